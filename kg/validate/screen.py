"""A SPARQL screen of the shapes: which nodes may break which shape, and what is needed to say so.

Each shape becomes one SELECT over the embedded store that finds its suspects: every node that
breaks it, and seldom one that does not. pySHACL then judges the suspects alone, on the triples that
their shapes look at, so that its report is the record. A shape that cannot be compiled is
named, and pySHACL judges it on the whole graph.

A store writes numbers in one form (``7.0`` as ``7``). A node with a number in another form is a
suspect of all its shapes, and judged by its number as it stands.

The constraints that are compiled are those of SHACL Core that the shapes use; what a value does to
an expression that it has no meaning for (a comparison with a word) counts against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_SILENT = frozenset({
    "path", "message", "severity", "name", "description", "order", "group", *_TARGETS,
})  # fmt: skip
_LEXICAL = {
    f"{_XSD}integer": "^[+-]?[0-9]+$",
    f"{_XSD}decimal": r"^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
    f"{_XSD}boolean": "^(true|false|1|0)$",
    f"{_XSD}string": "",
}
_SIGNS = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
_PAIRS = {"lessThan": "<", "lessThanOrEquals": "<="}
_MOST = 3
_CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,14}[1-9])?")
_KINDS = {"IRI": "isIRI", "Literal": "isLiteral", "BlankNode": "isBlank"}


class UncompiledError(ValueError):
    """A shape uses what the compiler does not know; pySHACL judges all of its targets."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The compiled shapes.

    :param queries: shape → a SELECT of ``?this``, its suspects
    :param uncompiled: shapes that could not be compiled
    :param targets: shape → the pattern of its targets
    """

    shapes: rdflib.Graph
    queries: dict[Any, str]
    uncompiled: frozenset[Any]
    targets: dict[Any, str]


def compiled(shapes: rdflib.Graph) -> Screen:
    """Compile every shape that has a target.

    :param shapes: each property shape with the targets of its node shape, and none set-based
    """
    import rdflib

    queries: dict[Any, str] = {}
    uncompiled = set()
    targets: dict[Any, str] = {}
    targeted = {s for name in _TARGETS for s in shapes.subjects(rdflib.URIRef(_SH + name))}
    for shape in sorted(targeted, key=str):
        target = targets[shape] = _target(shapes, shape)
        try:
            failing = _Compiler(shapes).breaks(shape, "?this")
        except UncompiledError:
            uncompiled.add(shape)
            continue
        if failing:
            body = " || ".join(f"({one})" for one in failing)
            queries[shape] = f"SELECT DISTINCT ?this WHERE {{ {target} FILTER({body}) }}"
    return Screen(shapes, queries, frozenset(uncompiled), targets)


def _target(shapes: rdflib.Graph, shape: object) -> str:
    """Write the targets of a shape as alternatives."""
    import rdflib

    found = []
    for name in _TARGETS:
        for value in shapes.objects(shape, rdflib.URIRef(_SH + name)):  # type: ignore[arg-type]
            found.append(
                {
                    "targetClass": f"?this <{_TYPE}> {value.n3()} .",
                    "targetNode": f"VALUES ?this {{ {value.n3()} }}",
                    "targetSubjectsOf": f"?this {value.n3()} ?anything .",
                    "targetObjectsOf": f"?anything {value.n3()} ?this .",
                }[name]
            )
    return " UNION ".join(f"{{ {one} }}" for one in sorted(found))


class _Compiler:
    """Writes what it takes to break a shape, as SPARQL expressions; each variable is used once."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes, self._used = shapes, 0

    def breaks(self, shape: object, at: str) -> list[str]:
        """Return expressions of which one is true where ``at`` breaks the shape."""
        path = self._value(shape, "path")
        found = []
        for name, value in self._constraints(shape):
            if path is None:
                found += self._of_value(name, value, at)
            else:
                found += self._of_path(name, value, at, path)
        return found

    def _constraints(self, shape: object) -> Iterator[tuple[str, Any]]:
        for predicate, value in sorted(self._shapes.predicate_objects(shape)):  # type: ignore[arg-type]
            name = str(predicate).removeprefix(_SH)
            if name == str(predicate) or name in _SILENT:
                continue
            yield name, value

    def _value(self, shape: Any, name: str) -> Any:  # noqa: ANN401
        import rdflib

        return self._shapes.value(shape, rdflib.URIRef(_SH + name))

    def _new(self) -> str:
        self._used += 1
        return f"?v{self._used}"

    def path(self, path: Any) -> str:  # noqa: ANN401
        """Write a path as SPARQL does: an IRI, an inverse, a sequence.

        :raises UncompiledError: for any other path
        """
        import rdflib

        if isinstance(path, rdflib.URIRef):
            return path.n3()
        inverse = self._value(path, "inversePath")
        if inverse is not None:
            return f"^{self.path(inverse)}"
        steps = list(self._shapes.items(path))
        if not steps:
            raise UncompiledError(str(path))
        return "/".join(self.path(step) for step in steps)

    def _of_path(self, name: str, value: Any, at: str, path: Any) -> list[str]:  # noqa: ANN401
        way, one, two = self.path(path), self._new(), self._new()
        if name == "minCount":
            return [f"NOT EXISTS {{ {self._several(at, way, int(value))} }}"] if int(value) else []
        if name == "maxCount":
            return [f"EXISTS {{ {self._several(at, way, int(value) + 1)} }}"]
        if name == "hasValue":
            return [f"NOT EXISTS {{ {at} {way} {value.n3()} }}"]
        if name in _PAIRS:
            right = f"COALESCE({one} {_PAIRS[name]} {two}, false)"
            body = f"{at} {way} {one} . {at} {self.path(value)} {two} . FILTER(!{right})"
            return [f"EXISTS {{ {body} }}"]
        failing = self._of_value(name, value, one)
        return [f"EXISTS {{ {at} {way} {one} . FILTER({one_of}) }}" for one_of in failing]

    def _several(self, at: str, way: str, number: int) -> str:
        """Write that a path has so many values, each another than the others.

        :raises UncompiledError: for more than a few
        """
        if number > _MOST:
            raise UncompiledError(str(number))
        names = [self._new() for _ in range(number)]
        apart = [f"!sameTerm({a}, {b})" for n, a in enumerate(names) for b in names[n + 1 :]]
        told = " . ".join(f"{at} {way} {name}" for name in names)
        return f"{told} . FILTER({' && '.join(apart)})" if apart else told

    def _of_value(self, name: str, value: Any, at: str) -> list[str]:  # noqa: ANN401
        """Return what makes one value break a constraint."""
        import rdflib

        text = f"STR({at})"
        if name == "class":
            return [f"NOT EXISTS {{ {at} <{_TYPE}> {value.n3()} }}"]
        if name == "nodeKind":
            kinds = [kind for kind in _KINDS if kind in str(value).removeprefix(_SH)]
            return [f"!({' || '.join(f'{_KINDS[kind]}({at})' for kind in kinds)})"]
        if name == "datatype":
            if str(value) not in _LEXICAL:
                raise UncompiledError(str(value))
            lexical = _LEXICAL[str(value)]
            sound = f'&& REGEX({text}, "{lexical}")' if lexical else ""
            return [f"!COALESCE(isLiteral({at}) && DATATYPE({at}) = {value.n3()} {sound}, false)"]
        if name == "in":
            members = list(self._shapes.items(value))
            if any(isinstance(m, rdflib.Literal) and m.datatype is not None and
                   str(m.datatype) != f"{_XSD}string" for m in members):  # fmt: skip
                raise UncompiledError(name)
            listed = ", ".join(rdflib.Literal(str(m)).n3() if isinstance(m, rdflib.Literal)
                               else m.n3() for m in members)  # fmt: skip
            return [f"!COALESCE({at} IN ({listed}), false)"]
        if name == "pattern":
            if "(?" in str(value) or self._flagged(value):
                raise UncompiledError(name)
            pattern = rdflib.Literal(str(value)).n3()
            return [f"isBlank({at}) || !COALESCE(REGEX({text}, {pattern}), false)"]
        if name in _SIGNS:
            return [f"!COALESCE({at} {_SIGNS[name]} {value.n3()}, false)"]
        if name == "minLength":
            return [f"isBlank({at}) || STRLEN({text}) < {int(value)}"]
        if name == "hasValue":
            return [f"!sameTerm({at}, {value.n3()})"]
        return self._of_shapes(name, value, at)

    def _flagged(self, pattern: object) -> bool:
        import rdflib

        return any(
            (shape, rdflib.URIRef(f"{_SH}flags"), None) in self._shapes
            for shape in self._shapes.subjects(rdflib.URIRef(f"{_SH}pattern"), pattern)  # type: ignore[arg-type]
        )

    def _of_shapes(self, name: str, value: Any, at: str) -> list[str]:  # noqa: ANN401
        """Return what makes one value break what is said of it by other shapes."""
        if name in {"node", "property"}:
            return self.breaks(value, at)
        if name == "not":
            broken = self.breaks(value, at)
            return [f"!({' || '.join(f'({one})' for one in broken)})"] if broken else ["true"]
        if name in {"or", "and"}:
            each = [self.breaks(member, at) for member in self._shapes.items(value)]
            if name == "and":
                return [one for failing in each for one in failing]
            if any(not failing for failing in each):
                return []
            both = (" || ".join(f"({one})" for one in failing) for failing in each)
            return [" && ".join(f"({failing})" for failing in both)]
        raise UncompiledError(name)


class Held:
    """The triples that are validated: in a store, and those that a store would write otherwise.

    :param triples: of RDF 1.1
    """

    def __init__(self, triples: Iterable[pyoxigraph.Triple]) -> None:
        import pyoxigraph

        self.triples = tuple(triples)
        self.store = pyoxigraph.Store()
        self.otherwise: defaultdict[tuple[Any, Any], list[Any]] = defaultdict(list)
        quad = pyoxigraph.Quad
        self.store.bulk_extend(quad(t.subject, t.predicate, t.object) for t in self.triples)
        odd = {term for term in {t.object for t in self.triples} if _written_otherwise(term)}
        for triple in self.triples if odd else ():
            if triple.object in odd:
                self.otherwise[triple.subject, triple.predicate].append(triple)

    @property
    def has_subclasses(self) -> bool:
        """Whether a target may be an instance of a sub-class, which no screen knows."""
        import pyoxigraph

        named = pyoxigraph.NamedNode(_SUBCLASS)
        return next(self.store.quads_for_pattern(None, named, None), None) is not None

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
    if kind == "boolean":
        return value not in {"true", "false"}
    if kind not in {"integer", "decimal"}:
        return True
    return not _CANONICAL.fullmatch(value)


def suspects(held: Held, screen: Screen) -> dict[Any, list[Any]]:
    """Return the suspects of each shape that has any, as terms of pyoxigraph."""
    odd = " ".join(sorted({str(subject) for subject, _ in held.otherwise if _is_iri(subject)}))
    found: dict[Any, list[Any]] = {}
    for shape, query in screen.queries.items():
        rows: Any = held.store.query(query)
        own = {row["this"]: None for row in rows}
        if odd:
            target = f"VALUES ?this {{ {odd} }} {screen.targets[shape]}"
            rows = held.store.query(f"SELECT DISTINCT ?this WHERE {{ {target} }}")
            own |= {row["this"]: None for row in rows}
        if own:
            found[shape] = list(own)
    return found


def _is_iri(term: object) -> bool:
    return str(term).startswith("<")


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
            if name in _PAIRS or name == "targetSubjectsOf":
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
