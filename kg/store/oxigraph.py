"""The embedded store: pyoxigraph, in memory or read-only from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.store.contract import Store
from kg.store.errors import NotAStoreError, QueryError, TooManyRowsError
from kg.store.rows import RDF_LANG_STRING, Rows, Term, TermKind
from kg.store.scan import graphs_named, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pyoxigraph
    from pyoxigraph import Quad

    from kg.store.contract import Answer


class OxigraphStore(Store):
    """Answers from a pyoxigraph store that somebody else filled.

    :param inner: the pyoxigraph store; it is read and never changed
    """

    def __init__(self, inner: pyoxigraph.Store) -> None:
        self._inner = inner

    def answer(
        self,
        query: str,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        most: int | None = None,
        *,
        closed: bool = False,
    ) -> Answer:
        """Answer a query of any form over the union of all graphs, or over those that it names.

        :param default: IRIs of the graphs to ask instead, as the protocol's ``default-graph-uri``
        :param named: IRIs of the graphs that ``GRAPH`` may name, as ``named-graph-uri``
        :param most: how many rows or triples to give at most
        :param closed: whether a named graph that the store does not hold is an error
        :raises TooManyRowsError: if there are more than ``most``
        """
        import pyoxigraph

        own = graphs_named(query)
        for iri in (*own, *(default or ()), *(named or ())):
            try:
                held = self._inner.contains_named_graph(pyoxigraph.NamedNode(iri))
            except ValueError as error:
                what = f"{iri!r} is no IRI of a graph"
                raise QueryError(what) from error
            if closed and not held:
                what = f"this store has no graph <{iri}>"
                raise QueryError(what)
        asked: dict[str, Any] = {"use_default_graph_as_union": not own}
        if default or named:
            asked = {
                "default_graph": [pyoxigraph.NamedNode(iri) for iri in default or ()],
                "named_graphs": [pyoxigraph.NamedNode(iri) for iri in named or ()],
            }
        try:
            return _read(self._inner.query(query, **asked), most)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            scan(query)  # it may know better what is wrong
            raise QueryError(_short(str(error))) from error

    def quads(self) -> Iterator[Quad]:
        """Yield every quad, in no order."""
        return iter(self._inner)

    def __len__(self) -> int:
        """Count the quads."""
        return len(self._inner)


class MemoryStore(OxigraphStore):
    """An in-memory store of the quads that it is given.

    >>> len(MemoryStore())
    0
    """

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        import pyoxigraph

        super().__init__(pyoxigraph.Store())
        self._inner.extend(quads)


class DiskStore(OxigraphStore):
    """One build on disk, opened read-only.

    :raises NotAStoreError: if the folder holds no such build
    """

    def __init__(self, path: Path) -> None:
        import pyoxigraph

        try:
            inner = pyoxigraph.Store.read_only(str(path))
        except OSError as error:
            raise NotAStoreError(str(path), "its build cannot be opened") from error
        super().__init__(inner)


def _read(result: Any, most: int | None) -> Answer:  # noqa: ANN401 - its classes share no base
    import pyoxigraph

    def counted(found: Iterable[Any]) -> Iterator[Any]:
        for number, one in enumerate(found):
            if number == most:
                raise TooManyRowsError(most)
            yield one

    if isinstance(result, pyoxigraph.QueryBoolean):
        return bool(result)
    if isinstance(result, pyoxigraph.QueryTriples):
        return tuple(sorted(set(counted(result)), key=str))
    names = tuple(variable.value for variable in result.variables)
    width = range(len(names))
    rows = tuple(tuple(term_of(solution[i]) for i in width) for solution in counted(result))
    return Rows(names, rows)


def term_of(term: Any) -> Term | None:  # noqa: ANN401 - any of pyoxigraph's terms
    """Turn a pyoxigraph term into a :class:`Term`."""
    import pyoxigraph

    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return Term(TermKind.IRI, term.value)
    if isinstance(term, pyoxigraph.Literal):
        datatype = RDF_LANG_STRING if term.language else term.datatype.value
        return Term(TermKind.LITERAL, term.value, datatype, term.language)
    kind = TermKind.BLANK if isinstance(term, pyoxigraph.BlankNode) else TermKind.TRIPLE
    return Term(kind, str(term))


def _short(message: str) -> str:
    """Cut the parser's list of everything that it would have taken."""
    first = message.partition(": expected one of ")[0].partition("\n")[0]
    prefix = " (a prefix is not declared)" if "Prefix not found" in message else ""
    return f"{first}{prefix}"
