"""Counts a graph by class and property: what the counts show to be kept, no node need be asked for.

A thousand nodes of a class with a thousand values of a property on a thousand nodes: each has
exactly one. So three queries over the whole graph settle most cardinalities, datatypes, classes of
values and lists of allowed values, and only constraints that may be broken are asked node by node.

>>> import pyoxigraph
>>> from kg.validate.expressions import Condition
>>> ex, a = "https://example.org/", pyoxigraph.NamedNode("https://example.org/a")
>>> kind, colour = (pyoxigraph.NamedNode(n) for n in (TYPE, f"{ex}colour"))
>>> store = pyoxigraph.Store()
>>> store.add(pyoxigraph.Quad(a, kind, pyoxigraph.NamedNode(f"{ex}Moss")))
>>> store.add(pyoxigraph.Quad(a, colour, pyoxigraph.Literal("green")))
>>> census = taken(store, (), unnamed=False)
>>> census.keeps(f"{ex}Moss", Condition("", "minCount", 1, f"{ex}colour"))
True
>>> census.keeps(f"{ex}Moss", Condition("", "minCount", 1, f"{ex}height"))
False
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg import assets
from kg.validate.expressions import KINDS, SH, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph

    from kg.validate.expressions import Condition


@dataclass(frozen=True, slots=True)
class Census:
    """What is counted of a graph of distinct triples.

    :param nodes: (class, property) → how many values its nodes have, and how many nodes have one
    :param kinds: property → datatypes of its values → how many; nodes have the datatype None
    :param ends: (property, class) → how many of its values are nodes of the class
    :param members: property → its values, where a shape lists the allowed ones
    :param unnamed: whether any node is a blank node
    """

    nodes: dict[tuple[str, str], tuple[int, int]]
    kinds: dict[str, dict[str | None, int]]
    ends: dict[tuple[str, str], int]
    members: dict[str, frozenset[Any]]
    unnamed: bool

    def has(self, cls: str) -> bool:
        """Whether any node is of a class."""
        return (cls, TYPE) in self.nodes

    def keeps(self, cls: str, condition: Condition) -> bool:
        """Whether the counts show that no node of a class breaks a condition."""
        if condition.path is None:
            return False
        if condition.path == "":
            iri = (condition.name, condition.value) == ("nodeKind", f"{SH}IRI")
            return iri and not self.unnamed
        values, having = self.nodes.get((cls, condition.path), (0, 0))
        match condition.name:
            case "minCount":
                return condition.value == 1 and having == self.nodes[cls, TYPE][1]
            case "maxCount":
                return bool(condition.value > 0 and values == having)
            case "hasValue":
                return False
            case _:
                return not values or self._fit(condition.path, condition.name, condition.value)

    def _fit(self, path: str, name: str, value: Any) -> bool:  # noqa: ANN401
        """Whether all values of a property fit, whatever node they are of."""
        kinds = self.kinds[path]
        match name:
            case "datatype":
                return kinds.keys() == {value}
            case "nodeKind":
                told = {"IRI" if kind is None else "Literal" for kind in kinds}
                allowed = {kind for kind in KINDS if kind in value.removeprefix(SH)}
                return not self.unnamed and told <= allowed
            case "class":
                return sum(kinds.values()) == self.ends.get((path, value), 0)
            case "in":
                return bool(self.members[path] <= value)
            case _:
                return False


def taken(store: pyoxigraph.Store, listed: Iterable[str], *, unnamed: bool) -> Census:
    """Count a store of distinct triples.

    :param listed: properties whose values are listed, not only counted
    :param unnamed: whether any node is a blank node
    """
    nodes = {
        (_iri(row["class"]), _iri(row["path"])): (_number(row["values"]), _number(row["nodes"]))
        for row in _rows(store, "nodes")
    }
    kinds: defaultdict[str, dict[str | None, int]] = defaultdict(dict)
    for row in _rows(store, "kinds"):
        kind = row["kind"] and _iri(row["kind"])
        kinds[_iri(row["path"])][kind] = _number(row["values"])
    ends = {
        (_iri(row["path"]), _iri(row["end"])): _number(row["values"])
        for row in _rows(store, "ends")
    }
    return Census(nodes, dict(kinds), ends, _members(store, listed), unnamed)


def _members(store: pyoxigraph.Store, listed: Iterable[str]) -> dict[str, frozenset[Any]]:
    """Return the values of some properties."""
    import pyoxigraph

    given = [pyoxigraph.NamedNode(path) for path in listed]
    found: dict[str, set[Any]] = {path.value: set() for path in given}
    if given:
        for row in _rows(store, "members", " ".join(map(str, given))):
            found[_iri(row["path"])].add(row["value"])
    return {path: frozenset(values) for path, values in found.items()}


def _rows(store: pyoxigraph.Store, name: str, given: str = "UNDEF") -> Any:  # noqa: ANN401
    """Ask one of the queries of ``queries/census/``, with terms for its parameter if it has one."""
    return store.query(_text(name).replace("UNDEF", given))


def _number(term: Any) -> int:  # noqa: ANN401
    return int(term.value)


def _iri(term: Any) -> str:  # noqa: ANN401
    return str(term.value)


@cache
def _text(name: str) -> str:
    return (assets.folder("queries") / "census" / f"{name}.rq").read_text(encoding="utf-8")
