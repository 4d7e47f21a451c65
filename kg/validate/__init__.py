"""Quads and shapes to typed violations.

The shapes stand in ``ontology/shapes/``, one file per family. A Violation says that the graph is
ill-made; a fault of an answer or of a work is a Warning or Info. Beside SHACL, four checks that it
cannot express well: no blank node, no triple within a triple, no undeclared term of our own, and no
IRI of an unknown kind.

>>> validate([])
()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.validate.closed import (
    NODE_KIND,
    strange_iris,
    triple_terms,
    undeclared_terms,
    unnamed_nodes,
)
from kg.validate.held import Held
from kg.validate.report import of_suspects
from kg.validate.set_based import violations as over_the_graph
from kg.validate.shapes import ShapesError, parted_shapes, said_by, told_by
from kg.validate.violation import Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad

__all__ = ["Severity", "ShapesError", "Violation", "said_by", "told_by", "validate"]


def validate(quads: Iterable[Quad], shapes: Path | None = None) -> tuple[Violation, ...]:
    """Hold a graph to the shapes; the union of its named graphs is one graph.

    :param quads: of any number of named graphs; a store, whose length is known, is put aside on
        disk while it is validated, if it is too large for memory
    :param shapes: a Turtle file, or a folder of them, instead of the shapes that ship
    :return: one violation for each broken constraint, the gravest first, in a fixed order
    :raises ShapesError: if the shapes cannot be read
    """
    over_all, screen = parted_shapes(shapes)
    with Held(quads) as held:
        found = {
            *of_suspects(held, screen),
            *over_the_graph(held.store, over_all),
            *undeclared_terms(held),
            *triple_terms(held),
            *strange_iris(held),
        }
        told = {violation.focus for violation in found if violation.component == NODE_KIND}
        found.update(one for one in unnamed_nodes(held) if one.focus not in told)
    return tuple(sorted(found, key=lambda violation: violation.order))
