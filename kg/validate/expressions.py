"""Writes constraints as SPARQL expressions that are true where a node breaks them.

The constraints that are compiled are those of SHACL Core that the shapes use; what a value does to
an expression that it has no meaning for (a comparison with a word) counts against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

SH = "http://www.w3.org/ns/shacl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_SILENT = frozenset({
    "path", "message", "severity", "name", "description", "order", "group", *TARGETS,
})  # fmt: skip
_LEXICAL = {
    f"{_XSD}integer": "^[+-]?[0-9]+$",
    f"{_XSD}decimal": r"^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
    f"{_XSD}boolean": "^(true|false|1|0)$",
    f"{_XSD}string": "",
}
_SIGNS = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
PAIRS = {"lessThan": "<", "lessThanOrEquals": "<="}
_MOST = 3
KINDS = {"IRI": "isIRI", "Literal": "isLiteral", "BlankNode": "isBlank"}


class UncompiledError(ValueError):
    """A shape uses what the compiler does not know; pySHACL judges all of its targets."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One way to break a constraint.

    :param expression: SPARQL that is true where ``?this`` breaks it
    :param name: local name of the constraint's parameter, such as ``minCount``
    :param value: what the parameter says: a number, an IRI, or a set of terms of pyoxigraph
    :param path: IRI of the property; empty where the node itself is judged, None for a longer path
    """

    expression: str
    name: str
    value: Any
    path: str | None


class Compiler:
    """Writes what it takes to break a shape, as SPARQL expressions; each variable is used once."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes, self._used = shapes, 0

    def conditions(self, shape: object) -> tuple[Condition, ...]:
        """Return what it takes to break a shape that has targets, one for each constraint."""
        import rdflib

        path = self._value(shape, "path")
        simple = str(path) if isinstance(path, rdflib.URIRef) else None
        found = []
        for name, value in self._constraints(shape):
            expressions = self._expressions(name, value, "?this", path)
            held = self._comparable(name, value)
            place = "" if path is None else simple
            found += [Condition(one, name, held, place) for one in expressions]
        return tuple(found)

    def _comparable(self, name: str, value: Any) -> Any:  # noqa: ANN401
        """Return a constraint's value as the counts of a graph hold it."""
        if name == "in":
            return frozenset(map(_oxigraph, self._shapes.items(value)))
        return int(value) if name in {"minCount", "maxCount"} else str(value)

    def _breaks(self, shape: object, at: str) -> list[str]:
        """Return expressions of which one is true where ``at`` breaks the shape."""
        path = self._value(shape, "path")
        return [
            expression
            for name, value in self._constraints(shape)
            for expression in self._expressions(name, value, at, path)
        ]

    def _expressions(self, name: str, value: Any, at: str, path: Any) -> list[str]:  # noqa: ANN401
        if path is None:
            return self._of_value(name, value, at)
        return self._of_path(name, value, at, path)

    def _constraints(self, shape: object) -> Iterator[tuple[str, Any]]:
        for predicate, value in sorted(self._shapes.predicate_objects(shape)):  # type: ignore[arg-type]
            name = str(predicate).removeprefix(SH)
            if name == str(predicate) or name in _SILENT:
                continue
            yield name, value

    def _value(self, shape: Any, name: str) -> Any:  # noqa: ANN401
        import rdflib

        return self._shapes.value(shape, rdflib.URIRef(SH + name))

    def _new(self) -> str:
        self._used += 1
        return f"?v{self._used}"

    def _path(self, path: Any) -> str:  # noqa: ANN401
        """Write a path as SPARQL does: an IRI, an inverse, a sequence.

        :raises UncompiledError: for any other path
        """
        import rdflib

        if isinstance(path, rdflib.URIRef):
            return path.n3()
        inverse = self._value(path, "inversePath")
        if inverse is not None:
            return f"^{self._path(inverse)}"
        return "/".join(self._steps(path))

    def _steps(self, path: Any) -> list[str]:  # noqa: ANN401
        """Write each step of a path on its own."""
        import rdflib

        inverse = self._value(path, "inversePath")
        if isinstance(path, rdflib.URIRef) or inverse is not None:
            return [self._path(path)]
        steps = [one for step in self._shapes.items(path) for one in self._steps(step)]
        if not steps:
            raise UncompiledError(str(path))
        return steps

    def _from(self, at: str, path: Any, end: str, then: str = "") -> str:  # noqa: ANN401
        """Write that a path leads from one node to another, of which something is true.

        Each step is a nest of its own: an engine may join the steps of a path over the whole graph,
        for each node anew.
        """
        *steps, last = self._steps(path)
        opened = ""
        for step in steps:
            between = self._new()
            opened += f"{at} {step} {between} . FILTER EXISTS {{ "
            at = between
        return f"{opened}{at} {last} {end} . {then}{' }' * len(steps)}"

    def _of_path(self, name: str, value: Any, at: str, path: Any) -> list[str]:  # noqa: ANN401
        one, two = self._new(), self._new()
        if name == "minCount" and int(value) == 1:
            return [f"NOT EXISTS {{ {self._from(at, path, one)} }}"]
        if name == "minCount":
            several = self._several(at, self._path(path), int(value))
            return [f"NOT EXISTS {{ {several} }}"] if int(value) else []
        if name == "maxCount":
            return [f"EXISTS {{ {self._several(at, self._path(path), int(value) + 1)} }}"]
        if name == "hasValue":
            return [f"NOT EXISTS {{ {self._from(at, path, value.n3())} }}"]
        if name in PAIRS:
            right = f"COALESCE({one} {PAIRS[name]} {two}, false)"
            body = f"{at} {self._path(path)} {one} . {at} {self._path(value)} {two} . "
            return [f"EXISTS {{ {body}FILTER(!{right}) }}"]
        failing = self._of_value(name, value, one)
        return [
            f"EXISTS {{ {self._from(at, path, one, f'FILTER({one_of})')} }}" for one_of in failing
        ]

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
            return [f"NOT EXISTS {{ {at} <{TYPE}> {value.n3()} }}"]
        if name == "nodeKind":
            kinds = [kind for kind in KINDS if kind in str(value).removeprefix(SH)]
            return [f"!({' || '.join(f'{KINDS[kind]}({at})' for kind in kinds)})"]
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
            (shape, rdflib.URIRef(f"{SH}flags"), None) in self._shapes
            for shape in self._shapes.subjects(rdflib.URIRef(f"{SH}pattern"), pattern)  # type: ignore[arg-type]
        )

    def _of_shapes(self, name: str, value: Any, at: str) -> list[str]:  # noqa: ANN401
        """Return what makes one value break what is said of it by other shapes."""
        if name in {"node", "property"}:
            return self._breaks(value, at)
        if name == "not":
            broken = self._breaks(value, at)
            return [f"!({' || '.join(f'({one})' for one in broken)})"] if broken else ["true"]
        if name in {"or", "and"}:
            each = [self._breaks(member, at) for member in self._shapes.items(value)]
            if name == "and":
                return [one for failing in each for one in failing]
            if any(not failing for failing in each):
                return []
            both = (" || ".join(f"({one})" for one in failing) for failing in each)
            return [" && ".join(f"({failing})" for failing in both)]
        raise UncompiledError(name)


def _oxigraph(term: Any) -> Any:  # noqa: ANN401
    import pyoxigraph
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return pyoxigraph.NamedNode(str(term))
    return pyoxigraph.Literal(str(term))
