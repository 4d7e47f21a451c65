"""A SPARQL 1.1 endpoint, read only. The network is an argument: the caller gives the opener.

The server has to answer over the union of its graphs (Virtuoso does, Oxigraph with
``--union-default-graph``).
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Protocol

from kg.store.contract import Store
from kg.store.errors import EndpointError, QueryError
from kg.store.oxigraph import term_of
from kg.store.rows import Rows
from kg.store.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from urllib.request import Request

    from pyoxigraph import Quad

    from kg.store.contract import Answer

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_QUADS = """SELECT DISTINCT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"""
_BAD_QUERY = 400


class Opener(Protocol):
    """Sends a request and opens the response, as ``urllib.request.urlopen`` does."""

    def __call__(self, request: Request, /) -> AbstractContextManager[IO[bytes]]:
        """Send the request."""
        ...


class EndpointStore(Store):
    """Asks a SPARQL endpoint by HTTP POST.

    :param url: the endpoint's address for queries
    :param opener: what sends a request, such as ``urllib.request.urlopen``
    """

    def __init__(self, url: str, opener: Opener) -> None:
        self._url, self._open = url, opener

    def answer(self, query: str) -> Answer:
        """Answer a query of any form over what the server holds to be its default graph."""
        scan(query)
        body = self._send(query)
        try:
            return _read_rows(body) if body.lstrip().startswith(b"{") else _read_triples(body)
        except (SyntaxError, ValueError) as error:
            raise EndpointError(self._url, f"the answer is not readable: {error}") from error

    def quads(self) -> Iterator[Quad]:
        """Yield every quad of every named graph."""
        import pyoxigraph

        result = pyoxigraph.parse_query_results(
            self._send(_QUADS), format=pyoxigraph.QueryResultsFormat.JSON
        )
        if not isinstance(result, pyoxigraph.QuerySolutions):
            raise EndpointError(self._url, "a SELECT was answered without rows")
        for row in result:
            yield pyoxigraph.Quad(row["s"], row["p"], row["o"], row["g"])

    def __len__(self) -> int:
        """Count the quads of all named graphs."""
        counted = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
        (number,) = self.select(counted).rows[0]
        return 0 if number is None else int(number.value)

    def _send(self, query: str) -> bytes:
        from urllib.error import URLError
        from urllib.request import Request

        request = Request(  # noqa: S310 - open_store passes only http and https on
            self._url,
            data=query.encode(),
            headers={
                "Content-Type": "application/sparql-query",
                "Accept": f"{_JSON}, {_TRIPLES};q=0.9",
            },
            method="POST",
        )
        try:
            with self._open(request) as response:
                return response.read()
        except URLError as error:
            if getattr(error, "code", None) == _BAD_QUERY:
                raise QueryError(f"{self._url} refuses it") from error  # noqa: EM102
            raise EndpointError(self._url, str(error.reason)) from error
        except OSError as error:
            raise EndpointError(self._url, str(error)) from error


def _read_rows(body: bytes) -> Rows | bool:
    import pyoxigraph

    result = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(result, pyoxigraph.QueryBoolean):
        return bool(result)
    names = tuple(variable.value for variable in result.variables)
    width = range(len(names))
    return Rows(names, tuple(tuple(term_of(row[i]) for i in width) for row in result))


def _read_triples(body: bytes) -> Answer:
    import pyoxigraph

    parsed = pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return tuple(sorted({quad.triple for quad in parsed}, key=str))
