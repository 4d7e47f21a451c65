"""A SPARQL screen of the shapes: which nodes may break which shape.

Each shape becomes one SELECT over the embedded store that finds its suspects: every node that
breaks it, and seldom one that does not. Of its conditions only those are asked that a census of the
graph does not show to be kept. pySHACL then judges the suspects alone, on the triples that
their shapes look at, so that its report is the record. A shape that cannot be compiled is
named, and pySHACL judges it on the whole graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.validate.census import taken
from kg.validate.expressions import SH, TARGETS, TYPE, Compiler, UncompiledError

if TYPE_CHECKING:
    import rdflib

    from kg.validate.census import Census
    from kg.validate.expressions import Condition
    from kg.validate.held import Held


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of the targets of one shape.

    :param target: the pattern that binds ``?this`` to them
    :param classes: whose instances they are; None where other nodes are targets too
    :param conditions: each of which breaks the shape
    """

    target: str
    classes: tuple[str, ...] | None
    conditions: tuple[Condition, ...]

    def query(self, census: Census) -> str | None:
        """Write a SELECT of the suspects; None where a census shows that there are none."""
        left = [one.expression for one in self.conditions if not self._kept(one, census)]
        if not left:
            return None
        body = " || ".join(f"({one})" for one in left)
        return f"SELECT DISTINCT ?this WHERE {{ {self.target} FILTER({body}) }}"

    def _kept(self, condition: Condition, census: Census) -> bool:
        if self.classes is None:
            return False
        return all(not census.has(cls) or census.keeps(cls, condition) for cls in self.classes)


@dataclass(frozen=True, slots=True)
class Screen:
    """The compiled shapes.

    :param asks: shape → what is asked of its targets
    :param uncompiled: shapes that could not be compiled
    :param listed: properties of which a shape lists the allowed values
    """

    shapes: rdflib.Graph
    asks: dict[Any, Ask]
    uncompiled: frozenset[Any]
    listed: tuple[str, ...]


def compiled(shapes: rdflib.Graph) -> Screen:
    """Compile every shape that has a target.

    :param shapes: each property shape with the targets of its node shape, and none set-based
    """
    import rdflib

    asks: dict[Any, Ask] = {}
    uncompiled = set()
    targeted = {s for name in TARGETS for s in shapes.subjects(rdflib.URIRef(SH + name))}
    for shape in sorted(targeted, key=str):
        try:
            conditions = Compiler(shapes).conditions(shape)
        except UncompiledError:
            uncompiled.add(shape)
            continue
        if conditions:
            asks[shape] = Ask(_target(shapes, shape), _classes(shapes, shape), conditions)
    told = (one for ask in asks.values() for one in ask.conditions if one.name == "in")
    listed = tuple(sorted({one.path for one in told if one.path}))
    return Screen(shapes, asks, frozenset(uncompiled), listed)


def _target(shapes: rdflib.Graph, shape: Any) -> str:  # noqa: ANN401
    """Write the targets of a shape as alternatives."""
    import rdflib

    found = []
    for name in TARGETS:
        for value in shapes.objects(shape, rdflib.URIRef(SH + name)):
            found.append(
                {
                    "targetClass": f"?this <{TYPE}> {value.n3()} .",
                    "targetNode": f"VALUES ?this {{ {value.n3()} }}",
                    "targetSubjectsOf": f"?this {value.n3()} ?anything .",
                    "targetObjectsOf": f"?anything {value.n3()} ?this .",
                }[name]
            )
    return " UNION ".join(f"{{ {one} }}" for one in sorted(found))


def _classes(shapes: rdflib.Graph, shape: Any) -> tuple[str, ...] | None:  # noqa: ANN401
    import rdflib

    if any((shape, rdflib.URIRef(SH + name), None) in shapes for name in TARGETS[1:]):
        return None
    return tuple(sorted(map(str, shapes.objects(shape, rdflib.URIRef(f"{SH}targetClass")))))


def suspects(held: Held, screen: Screen) -> dict[Any, list[Any]]:
    """Return the suspects of each shape that has any, as terms of pyoxigraph."""
    census = taken(held.store, screen.listed, unnamed=held.has_unnamed)
    odd = {subject for subject, _ in held.otherwise}
    classes = _classes_of(held, odd)
    found: dict[Any, list[Any]] = {}
    for shape, ask in screen.asks.items():
        query = ask.query(census)
        rows: Any = held.store.query(query) if query else ()
        own = {row["this"]: None for row in rows}
        if odd:
            own |= dict.fromkeys(_odd_targets(held, ask, odd, classes))
        if own:
            found[shape] = list(own)
    return found


def _classes_of(held: Held, odd: set[Any]) -> dict[str, list[Any]]:
    """Map each class to those of some nodes that are its instances."""
    import pyoxigraph

    kind = pyoxigraph.NamedNode(TYPE)
    found: dict[str, list[Any]] = {}
    for node in sorted(odd, key=str):
        for triple in held.of(node, kind):
            found.setdefault(str(triple.object.value), []).append(node)
    return found


def _odd_targets(held: Held, ask: Ask, odd: set[Any], classes: dict[str, list[Any]]) -> list[Any]:
    """Return the targets of a shape among nodes whose numbers a store writes otherwise."""
    if ask.classes is not None:
        return [node for cls in ask.classes for node in classes.get(cls, ())]
    rows: Any = held.store.query(f"SELECT DISTINCT ?this WHERE {{ {ask.target} }}")
    return [row["this"] for row in rows if row["this"] in odd]
