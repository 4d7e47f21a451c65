"""What can be wrong with a store or with a question to it."""

from __future__ import annotations

from kg.errors import KgError

FORMATS = ".trig .nq .ttl .nt .jsonld"


class StoreError(KgError):
    """A store that cannot be read, written or asked."""


class StoreMissingError(StoreError):
    """Nothing stands at the path that was given for a store."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"no store at {path}",
            expected=f"a published folder, an RDF file ({FORMATS}) or the URL of an endpoint",
            hint="publish one with `kg audit … --store DIR`",
        )


class NotAStoreError(StoreError):
    """Something stands there, but no store.

    :param why: what was found instead
    """

    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            f"{path} is no store: {why}",
            expected=f"a published folder or an RDF file ({FORMATS})",
        )


class UnparsableRdfError(StoreError):
    """An RDF file breaks the syntax of its format.

    :param line: the line, from 1, where the parser tells it
    """

    def __init__(self, path: str, line: int | None, why: str) -> None:
        self.path, self.line, self.why = path, line, why
        super().__init__(
            f"{path} is not readable as RDF: {why}",
            place=None if line is None else f"line {line}",
            hint="check the file against its suffix",
        )


class QueryError(StoreError):
    """A query that is no SPARQL 1.1, asks for more than is allowed, or cannot be evaluated."""

    exit_code = 2

    def __init__(self, why: str, *, expected: str | None = None, hint: str | None = None) -> None:
        self.why = why
        super().__init__(f"the query cannot be answered: {why}", expected=expected, hint=hint)


class TooManyRowsError(QueryError):
    """A query with more rows, or triples, than whoever asks wants to hold.

    :param most: how many were allowed
    """

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"it has more than {most:,} rows", hint="add a LIMIT, or ask for less")


class EndpointError(StoreError):
    """A SPARQL endpoint that cannot be reached or that answers with something else."""

    def __init__(self, url: str, why: str, hint: str | None = None) -> None:
        self.url, self.why = url, why
        super().__init__(
            f"{url}: {why}", expected="a SPARQL 1.1 endpoint that answers in JSON", hint=hint
        )
