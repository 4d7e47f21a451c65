"""The graph that is validated: its distinct triples in a store, and what a store would change.

A store writes numbers in one form (``7.0`` as ``7``). A node with a number in another form is a
suspect of all its shapes, and judged by its number as it stands. A triple within a triple is of
RDF 1.2, which SHACL does not know, and is kept apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sized
from itertools import islice
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph

IN_MEMORY = 2_000_000
"""How many quads memory holds, a kilobyte each; on disk it takes longer."""
_PART = 1_000

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
# what a store holds exactly: 64 bits of an integer, 18 places of a decimal number
_CANONICAL = {
    "boolean": re.compile("true|false"),
    "integer": re.compile("0|-?[1-9][0-9]{0,17}"),
    "decimal": re.compile("0|-?[1-9][0-9]{0,17}|-?(?:0|[1-9][0-9]{0,10})[.][0-9]{0,17}[1-9]"),
}


class Held:
    """A graph in a store, its distinct terms, and the numbers that a store would write otherwise.

    What memory should not hold is put into a store on disk, which goes when the context ends.

    :param quads: of any number of named graphs, whose union is the graph; read twice where a store
        would write a number otherwise
    """

    def __init__(self, quads: Iterable[pyoxigraph.Quad]) -> None:
        import pyoxigraph

        self._given = list(quads) if isinstance(quads, Iterator) else quads
        large = isinstance(self._given, Sized) and len(self._given) > IN_MEMORY
        self._aside = TemporaryDirectory(prefix="kg-validate-") if large else None
        self.subjects: set[Any] = set()
        self.predicates: set[Any] = set()
        self.objects: set[Any] = set()
        self.store = pyoxigraph.Store(self._aside.name) if self._aside else pyoxigraph.Store()
        self.store.bulk_extend(self._passing())
        if self._aside:
            self.store.optimize()
        self.nested = self._with({t for t in self.objects if isinstance(t, pyoxigraph.Triple)})
        self.otherwise = self._numbers({term for term in self.objects if _written_otherwise(term)})

    def __enter__(self) -> Self:
        """Hold the graph until the context ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the graph go, and what was put aside for it."""
        del self.store
        if self._aside:
            self._aside.cleanup()

    def _passing(self) -> Iterator[pyoxigraph.Quad]:
        """Yield the quads of RDF 1.1 without their graphs, and note their terms."""
        import pyoxigraph

        left, made = iter(self._given), pyoxigraph.Quad
        while part := list(islice(left, _PART)):
            self.subjects |= {quad.subject for quad in part}
            self.predicates |= {quad.predicate for quad in part}
            values = {quad.object for quad in part}
            self.objects |= values
            nested = {value for value in values if isinstance(value, pyoxigraph.Triple)}
            for quad in part:
                if not nested or quad.object not in nested:
                    yield made(quad.subject, quad.predicate, quad.object)

    def _with(self, values: set[Any]) -> set[pyoxigraph.Triple]:
        if not values:
            return set()
        return {quad.triple for quad in self._given if quad.object in values}

    def _numbers(self, odd: set[Any]) -> dict[tuple[Any, Any], list[pyoxigraph.Triple]]:
        """Map node and property to all numbers there, if a store would write one otherwise."""
        places = {(triple.subject, triple.predicate) for triple in self._with(odd)}
        nodes = {node for node, _ in places}
        found: defaultdict[tuple[Any, Any], set[pyoxigraph.Triple]] = defaultdict(set)
        for quad in self._given if places else ():
            place = (quad.subject, quad.predicate)
            if quad.subject in nodes and place in places and _is_number(quad.object):
                found[place].add(quad.triple)
        return {place: list(triples) for place, triples in found.items()}

    @property
    def triples(self) -> set[pyoxigraph.Triple]:
        """The triples as they were given, but those that hold a triple."""
        return {quad.triple for quad in self._given} - self.nested

    @property
    def has_unnamed(self) -> bool:
        """Whether any node is a blank node."""
        import pyoxigraph

        return any(isinstance(node, pyoxigraph.BlankNode) for node in self.subjects | self.objects)

    @property
    def has_subclasses(self) -> bool:
        """Whether a target may be an instance of a sub-class, which no screen knows."""
        import pyoxigraph

        return pyoxigraph.NamedNode(_SUBCLASS) in self.predicates

    def of(self, node: Any, predicate: Any) -> list[Any]:  # noqa: ANN401
        """Return the triples of a node and a predicate, numbers as they stand."""
        held = [quad.triple for quad in self.store.quads_for_pattern(node, predicate, None)]
        odd = self.otherwise.get((node, predicate), [])
        return [t for t in held if not odd or not _is_number(t.object)] + odd if odd else held


def _is_number(term: object) -> bool:
    datatype = getattr(term, "datatype", None)
    return (
        datatype is not None
        and str(datatype.value).startswith(_XSD)
        and not (datatype.value.endswith("#string"))
    )


def _written_otherwise(term: object) -> bool:
    """Tell a literal that is no string and not in the one form of its value."""
    if not _is_number(term):
        return False
    value = str(getattr(term, "value", ""))
    kind = getattr(term, "datatype").value.removeprefix(_XSD)  # noqa: B009
    return kind not in _CANONICAL or not _CANONICAL[kind].fullmatch(value)
