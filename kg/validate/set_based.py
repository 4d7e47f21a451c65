"""Set-based constraints, asked of pyoxigraph: one query over the graph, each ``?value`` offends.

Such a shape has itself as its only target and one ``sh:select``, so that its query answers for the
whole graph at once. Any SHACL engine evaluates it as it stands; here the query is asked of the
embedded store, which is many times faster than rdflib, and its rows become the same results.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.validate.violation import Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_THIS = re.compile(r"[$?]this\b")
COMPONENT = "SPARQLConstraintComponent"


@dataclass(frozen=True, slots=True)
class SetBased:
    """A constraint over the whole graph.

    :param query: a SELECT of ``?value``, with its prefixes
    """

    shape: str
    severity: Severity
    message: str
    query: str


def parted(shapes: rdflib.Graph) -> tuple[tuple[SetBased, ...], rdflib.Graph]:
    """Part the set-based constraints from all other shapes.

    :param shapes: as :func:`kg.validate.shapes.load` returns them
    """
    import rdflib

    names = {n: rdflib.URIRef(_SH + n) for n in ("targetNode", "sparql", "select", "prefixes",
                                                 "severity", "message")}  # fmt: skip
    rest, found = rdflib.Graph(), []
    rest += shapes
    for shape in sorted(set(shapes.subjects(names["sparql"])), key=str):
        constraints = list(shapes.objects(shape, names["sparql"]))
        alone = list(shapes.objects(shape, names["targetNode"])) == [shape]
        if not alone or len(constraints) != 1:
            continue
        constraint = constraints[0]
        select = str(shapes.value(constraint, names["select"]))
        head = _prefixes(shapes, shapes.value(constraint, names["prefixes"]))
        severity = str(shapes.value(shape, names["severity"]) or f"{_SH}Violation")
        found.append(
            SetBased(
                str(shape), Severity(severity.rpartition("#")[2].lower()),
                str(shapes.value(shape, names["message"])), head + _THIS.sub("", select),
            )
        )  # fmt: skip
        for node in (shape, constraint):
            rest.remove((node, None, None))
    return tuple(found), rest


def _prefixes(shapes: rdflib.Graph, declaring: object) -> str:
    from rdflib import URIRef

    lines = [
        f"PREFIX {shapes.value(one, URIRef(f'{_SH}prefix'))}: "
        f"<{shapes.value(one, URIRef(f'{_SH}namespace'))}>\n"
        for one in shapes.objects(URIRef(str(declaring)), URIRef(f"{_SH}declare"))
    ]
    return "".join(sorted(lines))


def violations(store: pyoxigraph.Store, constraints: Iterable[SetBased]) -> Iterator[Violation]:
    """Ask each constraint of a graph.

    :raises SyntaxError: if a constraint's query is no SPARQL
    """
    for constraint in constraints:
        rows: Any = store.query(constraint.query)
        for focus in {_text(row["value"]) for row in rows}:
            yield Violation(
                focus, None, None, constraint.shape, constraint.severity, constraint.message,
                COMPONENT,
            )  # fmt: skip


def _text(term: object) -> str:
    value = getattr(term, "value", None)
    if value is None:
        return str(term)
    return f"_:{value}" if str(term).startswith("_:") else str(value)
