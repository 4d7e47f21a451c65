"""The reference store: an rdflib Dataset. Slow and independent; only for small graphs.

Two of rdflib's switches are process-wide. They are set around our own calls and put back, since
the host program's rdflib is not ours to change.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.store.contract import Store
from kg.store.errors import QueryError
from kg.store.rows import RDF_LANG_STRING, XSD, Rows, Term, TermKind
from kg.store.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from pyoxigraph import Quad, Triple

    from kg.store.contract import Answer


@contextmanager
def own_switches() -> Iterator[None]:
    """Keep rdflib from fetching what a query names and from rewriting ``0.050``.

    rdflib 7.6 also warns of its own use of its deprecated names, which is no caller's business.

    >>> import rdflib
    >>> before = rdflib.NORMALIZE_LITERALS
    >>> with own_switches():
    ...     rdflib.NORMALIZE_LITERALS
    False
    >>> rdflib.NORMALIZE_LITERALS == before
    True
    """
    import rdflib
    from rdflib.plugins import sparql

    before = (sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS)
    sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS = False, False
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Dataset", DeprecationWarning)
            yield
    finally:
        sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS = before


class RdflibStore(Store):
    """Answers from an rdflib Dataset whose default graph is the union of all graphs.

    >>> len(RdflibStore())
    0
    """

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self.dataset = dataset(quads)

    def answer(self, query: str) -> Answer:
        """Answer a query of any form over the union of all graphs."""
        _check(query)
        with own_switches():
            try:
                return _read(self.dataset.query(query))
            except (ValueError, TypeError, NotImplementedError, OSError) as error:
                raise QueryError(str(error)) from error

    def quads(self) -> Iterator[Quad]:
        """Yield every quad, in no order."""
        import pyoxigraph

        with own_switches():
            held = list(self.dataset.quads((None, None, None, None)))
        for s, p, o, graph in held:
            if graph is None or str(graph) == _default_graph():
                name: Any = pyoxigraph.DefaultGraph()
            else:
                name = _to_oxigraph(graph)
            yield pyoxigraph.Quad(_to_oxigraph(s), _to_oxigraph(p), _to_oxigraph(o), name)

    def __len__(self) -> int:
        """Count the quads."""
        return sum(1 for _ in self.quads())


def dataset(quads: Iterable[Quad]) -> rdflib.Dataset:
    """Turn quads into a Dataset that keeps every figure as it is written."""
    import rdflib
    from pyoxigraph import DefaultGraph

    with own_switches():
        made = rdflib.Dataset(default_union=True)
        for quad in quads:
            spot = _triple(quad.triple)
            if isinstance(quad.graph_name, DefaultGraph):
                made.default_graph.add(spot)
            else:
                made.graph(_to_rdflib(quad.graph_name)).add(spot)
    return made


def _default_graph() -> str:
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    return str(DATASET_DEFAULT_GRAPH_ID)


def _check(query: str) -> None:
    """Let pyoxigraph's parser read the query first: one grammar and one message for all stores."""
    import pyoxigraph

    from kg.store.oxigraph import OxigraphStore

    OxigraphStore(pyoxigraph.Store()).answer(query)
    scan(query)


def _triple(triple: Triple) -> tuple[Any, Any, Any]:
    return _to_rdflib(triple.subject), _to_rdflib(triple.predicate), _to_rdflib(triple.object)


def _to_rdflib(term: Any) -> Any:  # noqa: ANN401 - terms of one library to those of the other
    import pyoxigraph
    import rdflib

    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise QueryError(f"rdflib has no triple terms: {term}")  # noqa: EM102
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == XSD + "string"
    return rdflib.Literal(
        term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value), normalize=False
    )


def _to_oxigraph(term: Any) -> Any:  # noqa: ANN401 - terms of one library to those of the other
    import pyoxigraph
    import rdflib

    if isinstance(term, rdflib.BNode):
        return pyoxigraph.BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        return pyoxigraph.NamedNode(str(term))
    if term.language:
        return pyoxigraph.Literal(str(term), language=term.language)
    return pyoxigraph.Literal(
        str(term), datatype=pyoxigraph.NamedNode(str(term.datatype or XSD + "string"))
    )


def _read(result: Any) -> Answer:  # noqa: ANN401 - rdflib types a result by an attribute
    import pyoxigraph

    if result.type == "ASK":
        return bool(result.askAnswer)
    if result.type in {"CONSTRUCT", "DESCRIBE"}:
        made = {pyoxigraph.Triple(*map(_to_oxigraph, triple)) for triple in result.graph}
        return tuple(sorted(made, key=str))
    names = tuple(str(name) for name in result.vars)
    return Rows(names, tuple(tuple(_term(row[i]) for i in range(len(names))) for row in result))


def _term(term: Any) -> Term | None:  # noqa: ANN401 - any of rdflib's terms
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        plain = RDF_LANG_STRING if term.language else XSD + "string"
        return Term(TermKind.LITERAL, str(term), str(term.datatype or plain), term.language)
    if isinstance(term, rdflib.BNode):
        return Term(TermKind.BLANK, f"_:{term}")
    return Term(TermKind.IRI, str(term))
