"""The manifest: the SHA-256 of every named graph, each on a node that is the graph's own name.

It stands in a graph of its own. Its digest stands outside the graph, in the pointer of a published
store and beside an export, so that a change anywhere is found, the manifest's included.

>>> from pyoxigraph import Literal, NamedNode, Quad
>>> node = NamedNode("https://example.org/a")
>>> whole = sealed([Quad(node, node, Literal("1"), NamedNode("https://example.org/g"))])
>>> len(whole), sealed(whole) == whole
(4, True)
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.graph.mapping import GRAPH_SHA256, NAMED_GRAPH, TRIPLES
from kg.graph.rdf_terms import TermMaker
from kg.terms import DEFAULT_BASE, expand, quads_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

MANIFEST = "g/manifest"


def manifest_graph(base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the graph that holds the manifest."""
    return expand(MANIFEST, base)


def sealed(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> list[Quad]:
    """Return the quads with the manifest of their named graphs, an earlier manifest left out.

    :param base: what the manifest graph's IRI stands below
    """
    make = TermMaker(base)
    graph = make.node(MANIFEST)
    held = [quad for quad in quads if quad.graph_name != graph]
    made = []
    for name, own in by_graph(held).items():
        node = make.node(name)
        for triple in (
            (node, make.type, make.term(NAMED_GRAPH)),
            (node, make.term(GRAPH_SHA256), make.text(quads_digest(own))),
            (node, make.term(TRIPLES), make.integer(len(set(own)))),
        ):
            made.append(make.quad(triple, graph))
    return sorted({*held, *made}, key=lambda quad: (str(quad.graph_name), str(quad.triple)))


def manifest_digest(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> str | None:
    """Return the digest of the manifest graph itself, or None where there is none."""
    own = by_graph(quads).get(manifest_graph(base))
    return None if own is None else quads_digest(own)


def by_graph(quads: Iterable[Quad]) -> Mapping[str, list[Quad]]:
    """Part quads by the IRI of their named graph; the default graph has none and is left out."""
    from pyoxigraph import NamedNode

    found: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            found[quad.graph_name.value].append(quad)
    return found
