"""Makes rdflib's terms of pyoxigraph's, without writing and parsing text in between."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

_STRING = "http://www.w3.org/2001/XMLSchema#string"


@contextmanager
def own_switches() -> Iterator[None]:
    """Keep rdflib from rewriting ``0.050`` and from fetching what a query names; undo it after.

    It also says nothing of a literal that its datatype does not allow: the shapes do.

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

    log = logging.getLogger("rdflib.term")
    before = (sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS, log.disabled)
    sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS, log.disabled = False, False, True
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=UserWarning, module=r"rdflib\.term")
            yield
    finally:
        sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS, log.disabled = before


class TermMaker:
    """Makes rdflib terms, each once."""

    def __init__(self) -> None:
        import pyoxigraph
        import rdflib

        self._made: dict[Any, Any] = {}
        self._named, self._blank = pyoxigraph.NamedNode, pyoxigraph.BlankNode
        self._uri, self._bnode, self._literal = rdflib.URIRef, rdflib.BNode, rdflib.Literal

    def triple(self, triple: Triple) -> tuple[Any, Any, Any]:
        """Make the three terms of a triple."""
        return self.term(triple.subject), self.term(triple.predicate), self.term(triple.object)

    def term(self, term: Any) -> Any:  # noqa: ANN401
        """Make one term. Plain strings have no datatype, as in a query that rdflib reads."""
        made = self._made.get(term)
        if made is None:
            made = self._made[term] = self._make(term)
        return made

    def _make(self, term: Any) -> Any:  # noqa: ANN401
        if isinstance(term, self._named):
            return self._uri(term.value)
        if isinstance(term, self._blank):
            return self._bnode(term.value)
        if term.language:
            return self._literal(term.value, lang=term.language)
        datatype = term.datatype.value
        return self._literal(
            term.value, datatype=None if datatype == _STRING else self._uri(datatype)
        )
