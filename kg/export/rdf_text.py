"""Turtle, TriG and N-Quads: sorted, so that the same graph is the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.terms import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple


def in_order(quads: Iterable[Quad]) -> list[Quad]:
    """Sort quads by graph, subject, predicate and object, each once."""
    return sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad.triple)))


def nquads(quads: Iterable[Quad]) -> bytes:
    """Write N-Quads, one sorted line a quad."""
    from pyoxigraph import RdfFormat, serialize

    return serialize(in_order(quads), format=RdfFormat.N_QUADS) or b""


def trig(quads: Iterable[Quad]) -> bytes:
    """Write TriG with the project's prefixes."""
    from pyoxigraph import RdfFormat, serialize

    return serialize(in_order(quads), format=RdfFormat.TRIG, prefixes=_prefixes()) or b""


def turtle(quads: Iterable[Quad]) -> bytes:
    """Write the union of all graphs as Turtle."""
    return turtle_of(quad.triple for quad in quads)


def turtle_of(triples: Iterable[Triple]) -> bytes:
    """Write triples as Turtle, each once."""
    from pyoxigraph import RdfFormat, serialize

    own = sorted(set(triples), key=str)
    return serialize(own, format=RdfFormat.TURTLE, prefixes=_prefixes()) or b""


def _prefixes() -> dict[str, str]:
    return dict(sorted(prefixes().items()))
