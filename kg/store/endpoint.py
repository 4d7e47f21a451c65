"""A SPARQL 1.1 endpoint, read only. The network is an argument: the caller gives the opener.

The server has to answer over the union of its graphs (Virtuoso does, Oxigraph with
``--union-default-graph``).
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any, Protocol

from kg.store.contract import Store
from kg.store.errors import EndpointError, QueryError
from kg.store.rows import RDF_LANG_STRING, XSD, Rows, Term, TermKind
from kg.store.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from urllib.request import Request

    from pyoxigraph import Quad

    from kg.store.contract import Answer

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_QUADS = """SELECT DISTINCT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"""
_BAD_QUERY = 400
_CAP = "X-SPARQL-MaxRows"
_DISTINCT = re.compile(r"^\s*SELECT\s+DISTINCT\b", re.IGNORECASE | re.MULTILINE)


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
            if not body.lstrip().startswith(b"{"):
                return _read_triples(body)
            answer = _read_rows(body)
        except (SyntaxError, ValueError) as error:
            raise EndpointError(self._url, f"the answer is not readable: {error}") from error
        if isinstance(answer, Rows) and _DISTINCT.search(query):
            # Virtuoso keeps a row twice where a value stands in two graphs.
            return Rows(answer.variables, tuple(dict.fromkeys(answer.rows)))
        return answer

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
        from urllib.parse import urlencode
        from urllib.request import Request

        # As a form: Virtuoso 7.2 never answers a query that is sent as the body itself.
        request = Request(  # noqa: S310 - open_store passes only http and https on
            self._url,
            data=urlencode({"query": query}).encode(),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": f"{_JSON}, {_TRIPLES};q=0.9",
            },
            method="POST",
        )
        try:
            with self._open(request) as response:
                body = response.read()
                self._refuse_a_cut(body, getattr(response, "headers", None))
                return body
        except URLError as error:
            if getattr(error, "code", None) == _BAD_QUERY:
                raise QueryError(f"{self._url} refuses it") from error  # noqa: EM102
            raise EndpointError(self._url, str(error.reason)) from error
        except OSError as error:
            raise EndpointError(self._url, str(error)) from error

    def _refuse_a_cut(self, body: bytes, headers: Mapping[str, str] | None) -> None:
        """Refuse rows that a server cut off while it said that all is well.

        :raises EndpointError: if it says how many rows it gives at most, and gave as many
        """
        most = (headers or {}).get(_CAP)
        if most is None or not most.isdigit() or not body.lstrip().startswith(b"{"):
            return
        if len(json.loads(body).get("results", {}).get("bindings", ())) >= int(most):
            why = f"it gives {most} rows at most and gave as many"
            raise EndpointError(self._url, why, "ask for less, or raise the server's limit")


def _read_rows(body: bytes) -> Rows | bool:
    said = json.loads(body)
    if "boolean" in said:
        return bool(said["boolean"])
    names = tuple(said["head"]["vars"])
    bindings = said["results"]["bindings"]
    return Rows(names, tuple(tuple(_term(row.get(name)) for name in names) for row in bindings))


def _term(said: dict[str, Any] | None) -> Term | None:
    """Read a term of a JSON result; booleans and numbers that a server rewrote are as they were."""
    if said is None:
        return None
    kind, value = said["type"], said["value"]
    if kind == "uri":
        return Term.iri(value)
    if kind == "bnode":
        return Term(TermKind.BLANK, f"_:{value}")
    if kind not in {"literal", "typed-literal"}:
        return Term(TermKind.TRIPLE, str(value))
    if "xml:lang" in said:
        return Term(TermKind.LITERAL, value, RDF_LANG_STRING, said["xml:lang"].lower())
    datatype = said.get("datatype", f"{XSD}string")
    if datatype == f"{XSD}boolean":
        value = {"1": "true", "0": "false"}.get(value, value)
    return Term.literal(value, datatype)


def _read_triples(body: bytes) -> Answer:
    import pyoxigraph

    parsed = pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return tuple(sorted({quad.triple for quad in parsed}, key=str))
