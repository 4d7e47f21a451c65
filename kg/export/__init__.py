"""What other programs read of a graph, one file per family, each with a note of what is lost.

>>> FORMATS
('turtle', 'trig', 'nquads', 'jsonld', 'graphml', 'cytoscape', 'csv')
>>> export([], "nquads")
b''
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from kg import assets
from kg.errors import UsageError
from kg.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx
    from pyoxigraph import Quad

__all__ = ["FORMATS", "SUFFIXES", "VIEWS", "ExportFormatError", "draw", "export", "loss"]

FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml", "cytoscape", "csv")
SUFFIXES = {
    ".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld",
    ".graphml": "graphml", ".cyjs": "cytoscape", ".csv": "csv",
}  # fmt: skip
VIEWS = ("claims", "rdf")


class ExportFormatError(UsageError):
    """A format or a view that nothing is exported to."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(f"nothing is exported to {name}", expected=", ".join(known))


def export(quads: Iterable[Quad], fmt: str, base: str = DEFAULT_BASE) -> bytes:
    """Write a graph for other programs; the same graph is the same bytes.

    :param fmt: one of :data:`FORMATS`; :func:`loss` says what it cannot carry
    :param base: what the graph's IRIs stand below
    :raises ExportFormatError: for any other format
    """
    if fmt not in FORMATS:
        raise ExportFormatError(fmt, FORMATS)
    held = list(quads)
    if fmt in {"turtle", "trig", "nquads"}:
        from kg.export import rdf_text

        write = {"turtle": rdf_text.turtle, "trig": rdf_text.trig, "nquads": rdf_text.nquads}[fmt]
        return write(held)
    if fmt == "jsonld":
        from kg.export.jsonld import jsonld

        return jsonld(held)
    if fmt == "csv":
        from kg.export.table import csv_table
        from kg.graph import dossier

        return csv_table(dossier(held, base))
    from kg.export.network import cytoscape, graphml

    graph = draw(held, "claims", base)
    return graphml(graph) if fmt == "graphml" else cytoscape(graph)


def draw(
    quads: Iterable[Quad], view: str = "claims", base: str = DEFAULT_BASE
) -> nx.MultiDiGraph[str]:
    """Draw a graph for networkx.

    :param view: ``claims`` (chains collapsed into edges) or ``rdf`` (every triple)
    :raises ExportFormatError: for any other view
    """
    from kg.export.network import claims_graph, rdf_graph

    held = list(quads)
    if view == "rdf":
        return rdf_graph(held)
    if view != "claims":
        raise ExportFormatError(view, VIEWS)
    from kg.graph import dossier

    return claims_graph(dossier(held, base), held, base)


def loss(fmt: str) -> str:
    """Say what a format cannot carry.

    >>> loss("trig")
    'Nothing. The order of triples is not part of a graph.'
    """
    return losses()[fmt]


@cache
def losses() -> Mapping[str, str]:
    """Read ``losses.toml``: format → what is lost."""
    return dict(tomllib.loads(assets.text("export/losses.toml")))
