"""Cuts out what the shapes look at from their suspects, so that pySHACL sees no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.validate.expressions import PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph
    import rdflib

    from kg.validate.held import Held
    from kg.validate.screen import Screen

_SH = "http://www.w3.org/ns/shacl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def extract(held: Held, screen: Screen, found: dict[Any, list[Any]]) -> Iterator[pyoxigraph.Triple]:
    """Yield the triples that the shapes look at from their suspects, types included."""
    seen: set[Any] = set()
    for shape, nodes in found.items():
        walk = _Walk(held, screen.shapes)
        walk.shape(shape, nodes)
        for triple in walk.triples:
            if triple not in seen:
                seen.add(triple)
                yield triple


class _Walk:
    """Follows a shape's paths from nodes and keeps what it passes."""

    def __init__(self, held: Held, shapes: rdflib.Graph) -> None:
        self._held, self._shapes = held, shapes
        self.triples: set[Any] = set()

    def shape(self, shape: Any, nodes: Iterable[Any]) -> None:  # noqa: ANN401
        """Walk a shape and all shapes that it names."""
        import rdflib

        held = list(nodes)
        self._types(held)
        path = self._shapes.value(shape, rdflib.URIRef(f"{_SH}path"))
        ends = held if path is None else self._follow(path, held)
        self._types(ends)
        for predicate, value in self._shapes.predicate_objects(shape):
            name = str(predicate).removeprefix(_SH)
            if name in PAIRS or name == "targetSubjectsOf":
                self._follow(value, held)
            elif name == "targetObjectsOf":
                self._step(value, held, inverse=True)
            elif name in {"or", "and"}:
                for member in self._shapes.items(value):
                    self.shape(member, ends)
            elif name in {"not", "node", "property"}:
                self.shape(value, ends)

    def _follow(self, path: Any, nodes: list[Any]) -> list[Any]:  # noqa: ANN401
        import rdflib

        if isinstance(path, rdflib.URIRef):
            return self._step(path, nodes, inverse=False)
        inverse = self._shapes.value(path, rdflib.URIRef(f"{_SH}inversePath"))
        if inverse is not None:
            return self._step(inverse, nodes, inverse=True)
        for step in self._shapes.items(path):
            nodes = self._follow(step, nodes)
        return nodes

    def _step(self, predicate: Any, nodes: list[Any], *, inverse: bool) -> list[Any]:  # noqa: ANN401
        import pyoxigraph

        named = pyoxigraph.NamedNode(str(predicate))
        ends = []
        for node in nodes:
            if inverse:
                passed = [q.triple for q in self._held.store.quads_for_pattern(None, named, node)]
            else:
                literal = isinstance(node, pyoxigraph.Literal)
                passed = [] if literal else self._held.of(node, named)
            self.triples.update(passed)
            ends += [triple.subject if inverse else triple.object for triple in passed]
        return list(dict.fromkeys(ends))

    def _types(self, nodes: Iterable[Any]) -> None:
        import pyoxigraph

        named = pyoxigraph.NamedNode(_TYPE)
        for node in nodes:
            if not isinstance(node, pyoxigraph.Literal):
                self.triples.update(self._held.of(node, named))
