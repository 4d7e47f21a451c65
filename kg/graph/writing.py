"""Writes a dossier as quads: each node by the table of the mapping, then what follows from it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.graph.following import following
from kg.graph.mapping import ALIGNS_WITH, NODES, NodeMap
from kg.graph.places import Places
from kg.graph.rdf_terms import TermMaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import NamedNode, Quad

    from kg.graph.rdf_terms import Term, Triple
    from kg.model import Dossier

    Column = tuple[str, NamedNode, Callable[[Any], Term]]


def write(dossier: Dossier, base: str) -> list[Quad]:
    """Write every node, each quad once, sorted by graph, subject, predicate and object."""
    graphs: defaultdict[Any, list[Quad]] = defaultdict(list)
    for quad in stream(dossier, base):
        graphs[quad.graph_name].append(quad)
    return [
        quad
        for graph in sorted(graphs, key=str)
        for quad in sorted(graphs[graph], key=lambda quad: str(quad.triple))
    ]


def stream(dossier: Dossier, base: str) -> Iterator[Quad]:
    """Yield each quad once, node by node, and hold those of one node at a time."""
    make, places = TermMaker(base), Places(dossier)
    for node_map in NODES:
        for node, triples in _family(dossier, node_map, make):
            for name in places.of(node_map.family, node):
                graph = make.node(name)
                for triple in dict.fromkeys(triples):
                    yield make.quad(triple, graph)
    for placed in (_alignments(dossier, make, places), following(dossier, make, places)):
        for name, triple in placed:
            yield make.quad(triple, make.node(name))


def _family(
    dossier: Dossier, node_map: NodeMap, make: TermMaker
) -> Iterator[tuple[Any, list[Triple]]]:
    """Yield each node of a family with its triples."""
    nodes = getattr(dossier, node_map.family)
    if not nodes:
        return
    cls = make.term(node_map.cls)
    columns: list[Column] = [
        (prop.field, make.term(prop.predicate), make.maker(prop)) for prop in node_map.properties
    ]
    for node in nodes:
        subject = make.node(node.id)
        triples: list[Triple] = [(subject, make.type, cls)]
        for field, predicate, maker in columns:
            value = getattr(node, field)
            if value is None:
                continue
            if isinstance(value, tuple):
                triples.extend((subject, predicate, maker(one)) for one in value)
            else:
                triples.append((subject, predicate, maker(value)))
        yield node, triples


def _alignments(dossier: Dossier, make: TermMaker, places: Places) -> Iterator[tuple[str, Triple]]:
    predicate = make.term(ALIGNS_WITH)
    for pair in dossier.alignments:
        triple = make.node(pair.claimed), predicate, make.node(pair.reported)
        yield places.assessment, triple
