"""Model to quads and back; ``kg/graph/mapping.py`` is the one place where the mapping stands.

The law: ``dossier(quads(d)) == d.normalised()``, under every base, through N-Quads and through a
store. Only an alignment's id and text that no encoding can carry are made anew.

>>> from kg.model import Dossier, Run
>>> run = Dossier(runs=(Run("run/1", "0.1.0", "ab"),))
>>> len(quads(run)), dossier(quads(run)) == run
(8, True)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.manifest import by_graph, manifest_digest, manifest_graph, sealed
from kg.graph.reading import GraphError, alignment_id, read
from kg.graph.writing import stream as written
from kg.graph.writing import write
from kg.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kg.model import Dossier

__all__ = [
    "GraphError",
    "alignment_id",
    "by_graph",
    "dossier",
    "manifest_digest",
    "manifest_graph",
    "quads",
    "sealed",
    "stream",
]


def quads(dossier: Dossier, base: str = DEFAULT_BASE) -> list[Quad]:
    """Write a dossier as quads in its named graphs, sorted, each once.

    :param dossier: normalised first, so that of nodes with one id the first is written
    :param base: what node ids are put below
    """
    return write(dossier.normalised(), base)


def stream(dossier: Dossier, base: str = DEFAULT_BASE) -> Iterator[Quad]:
    """Yield the quads of :func:`quads` node by node, unsorted, for any length in little memory.

    :param dossier: normalised first, as by :func:`quads`
    :param base: what node ids are put below

    >>> from kg.model import Dossier, Run
    >>> run = Dossier(runs=(Run("run/1", "0.1.0", "ab"),))
    >>> set(stream(run)) == set(quads(run))
    True
    """
    return written(dossier.normalised(), base)


def dossier(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> Dossier:
    """Read a dossier back, normalised; triples that the mapping does not know are passed over.

    :param quads: of any graph; a triple may stand in several
    :param base: the base that the quads were written under
    :raises GraphError: if a node lacks what its class needs, or has two values where one may be
    """
    return read(quads, base)
