"""Reads a dossier back from quads, in whatever graph they stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.graph.mapping import ALIGNS_WITH, NODES, Kind, NodeMap, Property
from kg.model import Alignment, Dossier
from kg.terms import contract, from_curie, node_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Quad

    Values = dict[str, dict[str, None]]
    Reader = Callable[[str], Any]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class GraphError(KgError):
    """A graph holds a node that the model cannot be made of.

    :param node: IRI of the node
    :param predicate: CURIE of the predicate that is off
    """

    def __init__(self, node: str, predicate: str, what: str, expected: str) -> None:
        self.node, self.predicate = node, predicate
        super().__init__(
            f"{node} {predicate}: {what}",
            expected=expected,
            hint="run `kg validate` on the graph, or build it again",
        )


def alignment_id(claimed: str, reported: str) -> str:
    """Name an alignment, which has no node of its own, by the two nodes that it ties."""
    return node_id("alignment", claimed, reported)


def read(quads: Iterable[Quad], base: str) -> Dossier:
    """Read every node of a class that the mapping knows.

    :raises GraphError: if a node lacks what its class needs, or has two values where one may be
    """
    index = _index(quads)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for subject, values in index.items():
        for cls in values.get(_TYPE, ()):
            members[cls].append(subject)
    families: dict[str, tuple[Any, ...]] = {
        row.family: _family(row, members[from_curie(row.cls)], index, base) for row in NODES
    }
    return Dossier(**families, alignments=_alignments(index, base)).normalised()


def _index(quads: Iterable[Quad]) -> dict[str, Values]:
    """Unite the graphs: subject → predicate → objects' values, each once."""
    from pyoxigraph import Literal, NamedNode

    index: dict[str, Values] = {}
    for quad in quads:
        subject, target = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(target, NamedNode | Literal):
            values = index.setdefault(subject.value, {})
            values.setdefault(quad.predicate.value, {})[target.value] = None
    return index


def _family(
    row: NodeMap, subjects: Iterable[str], index: dict[str, Values], base: str
) -> tuple[Any, ...]:
    shapes = {field.name: field for field in fields(row.model)}
    columns = [
        (prop, from_curie(prop.predicate), _reader(prop, base), *_shape(shapes[prop.field]))
        for prop in row.properties
    ]
    nodes = []
    for subject in subjects:
        values, found = index[subject], {}
        for prop, predicate, reader, many, needed in columns:
            own = [_value(subject, prop, reader, text) for text in values.get(predicate, ())]
            if prop.kind is Kind.CLASS:
                own = [one for one in own if one is not None]
            if many:
                found[prop.field] = tuple(own)
            elif len(own) == 1:
                found[prop.field] = own[0]
            elif own or needed:
                problem = f"{len(own)} values"
                raise GraphError(
                    subject, prop.predicate, problem, "exactly one" if needed else "one"
                )
        nodes.append(row.model(id=contract(subject, base), **found))
    return tuple(nodes)


def _shape(field: Any) -> tuple[bool, bool]:  # noqa: ANN401
    """Tell whether a field holds many values, and whether it must hold one."""
    return str(field.type).startswith("tuple["), field.default is MISSING


def _value(subject: str, prop: Property, reader: Reader, text: str) -> Any:  # noqa: ANN401
    try:
        return reader(text)
    except (KeyError, ValueError, InvalidOperation):
        expected = f"a value of kind {prop.kind.name.lower()}"
        raise GraphError(subject, prop.predicate, repr(text), expected) from None


def _reader(prop: Property, base: str) -> Reader:
    """Return what turns a term's text back into a field's value."""
    if prop.kind is Kind.LINK:
        return lambda iri: contract(iri, base)
    if prop.scheme is None:
        return _PLAIN[prop.kind]
    typed = prop.scheme.members or str
    if prop.kind is Kind.SYMBOL:
        return typed
    codes = {from_curie(term): typed(code) for code, term in prop.scheme.concepts.items()}
    if prop.kind is Kind.OPEN:
        return lambda text: codes.get(text, text)
    return codes.get if prop.kind is Kind.CLASS else codes.__getitem__


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


_PLAIN: dict[Kind, Reader] = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.BOOLEAN: _boolean,
}


def _alignments(index: dict[str, Values], base: str) -> tuple[Alignment, ...]:
    predicate = from_curie(ALIGNS_WITH)
    pairs = [
        (contract(claimed, base), contract(reported, base))
        for claimed, values in index.items()
        for reported in values.get(predicate, ())
    ]
    return tuple(Alignment(alignment_id(*pair), *pair) for pair in pairs)
