"""The graph for networkx, GraphML and Cytoscape: text nodes, scalar attributes, no None.

Two views: ``claims`` shows claims, citations, works, results and trials, with passages, markers,
resolutions and assessments collapsed into the edges that they made; ``rdf`` shows every triple.
"""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.terms import DEFAULT_BASE, curie, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx
    from pyoxigraph import Quad

    from kg.model import Assessment, Dossier, Passage

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_KEPT = {
    "documents": "document", "headings": "heading", "statements": "statement", "claims": "claim",
    "recommendations": "recommendation", "entries": "reference entry", "works": "work",
    "trials": "trial", "groups": "group", "doses": "dose", "populations": "population",
    "outcomes": "outcome", "time_points": "time point", "claimed_results": "claimed result",
    "reported_results": "reported result", "adverse_events": "adverse event",
}  # fmt: skip
_LABEL_FIELDS = ("short_id", "label", "title", "name", "printed", "event", "action")
_XML_FORBIDS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Edge = tuple[str, str, str, dict[str, str | int | float]]


def claims_graph(
    dossier: Dossier, quads: Iterable[Quad], base: str = DEFAULT_BASE
) -> nx.MultiDiGraph[str]:
    """Draw the claims view.

    Nodes are CURIEs with ``kind``, ``label``, ``iri`` and, where there is one, ``verdict``,
    ``start`` and ``end``. An edge's key is its predicate; ``graph`` names the graphs that say it.
    """
    names = {
        node.id: curie(expand(node.id, base))
        for family in _KEPT
        for node in getattr(dossier, family)
    }
    nodes = {names[key]: attributes for key, attributes in _attributes(dossier, base)}
    edges = [*_direct(quads, set(names.values())), *_collapsed(dossier, names)]
    return _drawn(nodes, edges)


def rdf_graph(quads: Iterable[Quad]) -> nx.MultiDiGraph[str]:
    """Draw every triple: IRIs are nodes, literals are attributes of their subject."""
    from pyoxigraph import Literal

    nodes: dict[str, dict[str, Any]] = {}
    values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    edges: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for quad in quads:
        subject, predicate = _name(quad.subject), curie(quad.predicate.value)
        nodes.setdefault(subject, {"iri": _value(quad.subject)})
        if isinstance(quad.object, Literal):
            values[subject, predicate].add(quad.object.value)
            continue
        target = _name(quad.object)
        nodes.setdefault(target, {"iri": _value(quad.object)})
        edges[subject, target, predicate].add(_name(quad.graph_name))
    for (subject, predicate), found in sorted(values.items()):
        nodes[subject][predicate] = "; ".join(sorted(found))
    for attributes in nodes.values():
        attributes.setdefault("label", attributes.pop(curie(_LABEL), ""))
    return _drawn(nodes, [(*key, {"graph": " ".join(sorted(g))}) for key, g in edges.items()])


def graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    """Write GraphML; characters that XML forbids become U+FFFD."""
    import networkx as nx

    target = io.BytesIO()
    nx.write_graphml_xml(_without_control_characters(graph), target, prettyprint=True)
    return target.getvalue()


def steps_graphml(nodes: Iterable[tuple[str, str, str]], edges: Iterable[tuple[str, str]]) -> bytes:
    """Write the steps of a trace as GraphML.

    :param nodes: name, kind and label of each step
    :param edges: pairs of names
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, kind, label in nodes:
        graph.add_node(name, kind=kind, label=label)
    graph.add_edges_from(edges)
    return graphml(_without_control_characters(graph))


def cytoscape(graph: nx.MultiDiGraph[str]) -> bytes:
    """Write the JSON that Cytoscape and cytoscape.js read."""
    import networkx as nx

    data = nx.cytoscape_data(graph)
    return (json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _attributes(dossier: Dossier, base: str) -> Iterator[tuple[str, dict[str, Any]]]:
    passages = {passage.id: passage for passage in dossier.passages}
    verdicts = {j.target: j.verdict.value for j in dossier.judgements if j.marker is None}
    for family, kind in _KEPT.items():
        for node in getattr(dossier, family):
            told = {
                "kind": kind,
                "iri": expand(node.id, base),
                "label": _label(node),
                "verdict": verdicts.get(node.id),
                **_place(passages.get(getattr(node, "passage", None) or "")),
            }
            yield node.id, {key: value for key, value in told.items() if value is not None}


def _label(node: object) -> str:
    values = (getattr(node, field, None) for field in _LABEL_FIELDS)
    return next((str(value) for value in values if value), str(getattr(node, "id", "")))


def _place(passage: Passage | None) -> dict[str, int]:
    return {"start": passage.start, "end": passage.end} if passage else {}


def _direct(quads: Iterable[Quad], kept: set[str]) -> list[Edge]:
    """Keep the triples between nodes of the view."""
    graphs: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for quad in quads:
        source, target = _name(quad.subject), _name(quad.object)
        if source in kept and target in kept:
            graphs[source, target, curie(quad.predicate.value)].add(_name(quad.graph_name))
    return [(*key, {"graph": " ".join(sorted(found))}) for key, found in graphs.items()]


def _collapsed(dossier: Dossier, names: Mapping[str, str]) -> Iterator[Edge]:
    """Make one edge of each chain that runs through nodes which the view leaves out."""
    passages = {passage.id: passage for passage in dossier.passages}
    for marker in dossier.markers:
        place = _place(passages.get(marker.passage))
        yield names[marker.statement], names[marker.denotes], "cites", {
            "marker": marker.label, **place,
        }  # fmt: skip
    for resolution in dossier.resolutions:
        for end in (resolution.work, resolution.record):
            if end is not None and end in names:
                yield names[resolution.entry], names[end], "resolved", {
                    "method": resolution.method.value, "status": resolution.status.value,
                    "confidence": float(resolution.confidence),
                }  # fmt: skip
    for result in (*dossier.claimed_results, *dossier.reported_results):
        passage = passages[result.stated_in]
        yield names[result.id], names[passage.document], "statedIn", {**_place(passage)}
    yield from _assessed(dossier, names, passages)
    for conflict in dossier.contradictions:
        if all(end in names for end in conflict.between):
            first, second = sorted(names[end] for end in conflict.between)
            yield first, second, f"contradicts {conflict.slot}", {
                "kind": conflict.kind.value, "rule": conflict.rule,
            }  # fmt: skip


def _assessed(
    dossier: Dossier, names: Mapping[str, str], passages: Mapping[str, Passage]
) -> Iterator[Edge]:
    codes = {fault.id: fault.code.value for fault in dossier.faults}
    lines = {line.id: line for line in dossier.evidence_lines}
    labels = {marker.id: marker.label for marker in dossier.markers}

    def places(assessment: Assessment) -> str:
        ranked = sorted((lines[line] for line in assessment.evidence), key=lambda x: (x.rank, x.id))
        spans = [passages[line.passage] for line in ranked]
        return " ".join(f"{span.start}-{span.end}" for span in spans)

    for item in dossier.assessments:
        marker = labels.get(item.marker, "")
        yield names[item.target], names[item.record], f"assessed {marker}".strip(), {
            "verdict": item.verdict.value, "rule": item.rule, "sentence": item.sentence,
            "faults": " ".join(sorted({codes[fault] for fault in item.faults})),
            "evidence": places(item),
        }  # fmt: skip


def _drawn(nodes: Mapping[str, dict[str, Any]], edges: Iterable[Edge]) -> nx.MultiDiGraph[str]:
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((name, nodes[name]) for name in sorted(nodes))
    for source, target, key, attributes in sorted(edges, key=lambda edge: edge[:3]):
        graph.add_edge(source, target, key=key, predicate=key, **attributes)
    return graph


def _without_control_characters(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    def clean(attributes: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: _XML_FORBIDS.sub("\ufffd", value) if isinstance(value, str) else value
            for key, value in attributes.items()
        }

    nodes = {name: clean(attributes) for name, attributes in graph.nodes(data=True)}
    edges = [(a, b, key, clean(data)) for a, b, key, data in graph.edges(keys=True, data=True)]
    for edge in edges:
        edge[3].pop("predicate", None)
    return _drawn(nodes, edges)


def _name(term: object) -> str:
    from pyoxigraph import NamedNode

    return curie(term.value) if isinstance(term, NamedNode) else str(term)


def _value(term: object) -> str:
    from pyoxigraph import NamedNode

    return term.value if isinstance(term, NamedNode) else str(term)
