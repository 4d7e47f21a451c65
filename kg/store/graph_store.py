"""A server's graphs over the SPARQL 1.1 Graph Store Protocol: each put whole, then read back.

A reply of 200 proves nothing: a server may answer so and store nothing. So each graph is fetched
again and compared, triple by triple, after what servers rewrite (``true`` to ``1``, ``0.50`` to
``0.5``) is brought to one form.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.store.errors import EndpointError
from kg.terms import canonical_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad, Triple

    from kg.store.endpoint import Opener

    Plain = tuple[str, str, str, str, str]

REQUEST = 20_000  # triples; servers fall over at a million in one request
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset({"int", "long", "short", "integer", "nonNegativeInteger", "decimal"})
_GONE = 404
# Virtuoso looks at the content whatever it is told, and takes a long text for no Turtle without it.
_HEAD = f"@prefix xsd: <{_XSD}> .\n"


class PushError(EndpointError):
    """A server does not hold what it was given.

    :param graph: IRI of the named graph
    :param missing: how many triples it lacks; ``extra`` is how many it has besides
    """

    def __init__(self, url: str, graph: str, missing: int, extra: int) -> None:
        self.graph, self.missing, self.extra = graph, missing, extra
        super().__init__(
            url, f"{graph} came back with {missing} triples missing and {extra} others"
        )


class GraphStore:
    """The graphs of a server.

    :param url: the address of its Graph Store Protocol, without ``?graph=``
    :param opener: what sends a request
    """

    def __init__(self, url: str, opener: Opener) -> None:
        self._url, self._open = url, opener

    def push(self, quads: Iterable[Quad]) -> int:
        """Put each named graph, whatever the server held under its name, and read it back.

        :return: how many graphs were put
        :raises PushError: if a graph comes back otherwise
        :raises EndpointError: if the server refuses or cannot be reached
        """
        from pyoxigraph import NamedNode

        graphs: dict[str, list[Triple]] = {}
        for quad in quads:
            if isinstance(quad.graph_name, NamedNode):
                graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
        for name in sorted(graphs):
            self.put(name, graphs[name])
        return len(graphs)

    def put(self, graph: str, triples: Sequence[Triple]) -> None:
        """Replace one graph and read it back.

        :raises PushError: as :meth:`push`; :raises EndpointError: as :meth:`push`
        """
        ordered = sorted(set(triples), key=str)
        for at in range(0, len(ordered), REQUEST):
            body = "".join(f"{triple} .\n" for triple in ordered[at : at + REQUEST])
            self._send("POST" if at else "PUT", graph, (_HEAD + body).encode())
        wanted = {_plain(triple) for triple in ordered}
        found = {_plain(triple) for triple in self.get(graph)}
        if wanted != found:
            raise PushError(self._url, graph, len(wanted - found), len(found - wanted))

    def get(self, graph: str) -> tuple[Triple, ...]:
        """Fetch one graph; one that is not there has no triples."""
        import pyoxigraph

        body = self._send("GET", graph)
        try:
            parsed = pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE)
            return tuple(quad.triple for quad in parsed)
        except SyntaxError as error:
            raise EndpointError(self._url, f"{graph} is not readable: {error}") from error

    def delete(self, graph: str) -> None:
        """Remove one graph; one that is not there is removed already."""
        self._send("DELETE", graph)

    def _send(self, method: str, graph: str, body: bytes | None = None) -> bytes:
        from urllib.error import HTTPError, URLError
        from urllib.parse import quote
        from urllib.request import Request

        request = Request(  # noqa: S310 - the caller's opener decides what is opened
            f"{self._url}?graph={quote(graph, safe='')}",
            data=body,
            # Virtuoso refuses a change whose answer it cannot put into the form that is asked for.
            headers={
                "Content-Type": "text/turtle",
                "Accept": "text/turtle" if method == "GET" else "*/*",
            },
            method=method,
        )
        try:
            with self._open(request) as response:
                return response.read()
        except HTTPError as error:
            if error.code == _GONE and method in {"GET", "DELETE"}:
                return b""
            told = error.read(300).decode("utf-8", "replace").strip().partition("\n")[0]
            raise EndpointError(self._url, f"{method} {graph}: {error.code} {told}") from error
        except URLError as error:
            raise EndpointError(self._url, str(error.reason)) from error
        except OSError as error:
            raise EndpointError(self._url, str(error)) from error


def _plain(triple: Triple) -> Plain:
    """Bring a triple to the form in which what servers rewrite is equal.

    >>> from pyoxigraph import Literal, NamedNode, Triple
    >>> node, kind = NamedNode("x:a"), NamedNode(_XSD + "boolean")
    >>> _plain(Triple(node, node, Literal("1", datatype=kind)))[2]
    'true'
    """
    value = triple.object
    text = str(getattr(value, "value", value))
    datatype = getattr(value, "datatype", None)
    kind = datatype.value.removeprefix(_XSD) if datatype is not None else ""
    language = str(getattr(value, "language", None) or "").lower()
    if kind == "boolean":
        text = {"1": "true", "0": "false"}.get(text, text)
    elif kind in _WHOLE:
        kind = "number"
        try:
            text = canonical_decimal(Decimal(text))
        except InvalidOperation:
            kind = "ill-typed"
    return str(triple.subject), triple.predicate.value, text, kind, language
