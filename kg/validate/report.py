"""Runs pySHACL and turns its report into typed violations."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from kg.validate.extract import extract
from kg.validate.rdf import TermMaker, own_switches
from kg.validate.screen import suspects
from kg.validate.shapes import ShapesError
from kg.validate.violation import Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from pyoxigraph import Triple

    from kg.validate.held import Held
    from kg.validate.screen import Screen

UNNAMED = "_:shape"  # the label of a blank node means nothing and differs from run to run
_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = frozenset(
    _SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)


def violations(triples: Iterable[Triple], shapes: rdflib.Graph) -> list[Violation]:
    """Validate triples as one graph.

    :param shapes: as :func:`kg.validate.shapes.load` returns them
    """
    with own_switches():
        make = TermMaker()
        made = [make.triple(triple) for triple in triples]
        sound = [triple for triple in made if not _incomparable(triple[2])]
        if len(sound) == len(made):
            return _run(made, shapes)
        pairs, others = _parted(shapes)
        return _run(made, others) + _run(sound, pairs)


def of_suspects(held: Held, screen: Screen) -> list[Violation]:
    """Let pySHACL judge the nodes that a screen suspects, on the triples that their shapes see.

    Shapes that are not compiled are judged on the whole graph, and all shapes are where the graph
    has classes and sub-classes of its own.
    """
    import rdflib

    if held.has_subclasses:
        return violations(held.triples, screen.shapes)
    found = suspects(held, screen)
    told: list[Violation] = []
    if found:
        with own_switches():
            make = TermMaker()
            target, shapes = rdflib.URIRef(f"{_SH}targetNode"), _without_targets(screen, found)
            for shape, nodes in found.items():
                for node in nodes:
                    shapes.add((shape, target, make.term(node)))
        told = violations(extract(held, screen, found), shapes)
    if screen.uncompiled:
        whole = _without_targets(screen, screen.uncompiled)
        for triple in screen.shapes:
            if triple[0] in screen.uncompiled:
                whole.add(triple)
        told += violations(held.triples, whole)
    return told


def _without_targets(screen: Screen, wanted: Iterable[Any]) -> rdflib.Graph:
    """Return some shapes, with all that they name, and without what says which nodes they judge."""
    import rdflib

    kept, left, seen = rdflib.Graph(), list(wanted), set(wanted)
    while left:
        for triple in screen.shapes.triples((left.pop(), None, None)):
            if str(triple[1]) in _TARGETS:
                continue
            kept.add(triple)
            if triple[2] not in seen and not isinstance(triple[2], rdflib.Literal):
                seen.add(triple[2])
                left.append(triple[2])
    return kept


def _incomparable(term: Any) -> bool:  # noqa: ANN401
    """Tell what pySHACL cannot compare: a literal that its datatype does not allow, a blank node.

    Both are told by other constraints.
    """
    import rdflib

    if isinstance(term, rdflib.BNode):
        return True
    return getattr(term, "datatype", None) is not None and term.value is None


def _parted(shapes: rdflib.Graph) -> tuple[rdflib.Graph, rdflib.Graph]:
    """Part the shapes that compare two values of a node from all others."""
    import rdflib

    comparing = {
        shape
        for name in ("lessThan", "lessThanOrEquals")
        for shape in shapes.subjects(rdflib.URIRef(_SH + name))
    }
    pairs, others = rdflib.Graph(), rdflib.Graph()
    for triple in shapes:
        (pairs if triple[0] in comparing else others).add(triple)
    return pairs, others


def _run(triples: Iterable[tuple[Any, Any, Any]], shapes: rdflib.Graph) -> list[Violation]:
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    for triple in triples:
        data.store.add(triple, data)
    with warnings.catch_warnings():
        # rdflib warns of its own comparison of a literal that its datatype does not allow.
        warnings.simplefilter("ignore", DeprecationWarning)
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(str(text), expected="shapes that pySHACL can evaluate")
    return list(_read(report, shapes))


def _read(report: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Violation]:
    """Yield each result. A set-based shape has itself as target: its values are the offenders."""
    from rdflib import URIRef

    names = {
        name: URIRef(_SH + name)
        for name in (
            "focusNode", "value", "resultPath", "sourceShape", "resultSeverity", "resultMessage",
            "sourceConstraintComponent",
        )
    }  # fmt: skip
    for node in report.objects(None, URIRef(f"{_SH}result")):
        held: dict[str, Any] = {name: report.value(node, iri) for name, iri in names.items()}
        focus, value, shape = held["focusNode"], held["value"], held["sourceShape"]
        path = _path(shapes, shapes.value(shape, URIRef(f"{_SH}path")) or held["resultPath"])
        if focus == shape and value is not None:
            focus, value = value, None
        yield Violation(
            _text(focus), path, None if path is None and value == focus else _maybe(value),
            str(shape) if isinstance(shape, URIRef) else UNNAMED,
            Severity(_local(held["resultSeverity"]).lower()),
            _message(report, node, names["resultMessage"]),
            _local(held["sourceConstraintComponent"]),
        )  # fmt: skip


def _message(report: rdflib.Graph, node: Any, predicate: Any) -> str:  # noqa: ANN401
    return " ".join(sorted({str(message) for message in report.objects(node, predicate)}))


def _text(term: Any) -> str:  # noqa: ANN401
    return f"_:{term}" if term.__class__.__name__ == "BNode" else str(term)


def _maybe(term: Any) -> str | None:  # noqa: ANN401
    return None if term is None else _text(term)


def _local(iri: Any) -> str:  # noqa: ANN401
    return str(iri).rpartition("#")[2]


def _path(shapes: rdflib.Graph, path: Any) -> str | None:  # noqa: ANN401
    """Write a path: an IRI as it is, a sequence or an inverse as SPARQL does."""
    from rdflib import RDF, URIRef

    if path is None or isinstance(path, URIRef):
        return None if path is None else str(path)
    inverse = shapes.value(path, URIRef(f"{_SH}inversePath"))
    if inverse is not None:
        return f"^{_step(shapes, inverse)}"
    if shapes.value(path, RDF.first) is not None:
        return "/".join(_step(shapes, step) for step in shapes.items(path))
    return None


def _step(shapes: rdflib.Graph, path: Any) -> str:  # noqa: ANN401
    from rdflib import URIRef

    from kg.terms import curie

    return curie(str(path)) if isinstance(path, URIRef) else _path(shapes, path) or "…"
