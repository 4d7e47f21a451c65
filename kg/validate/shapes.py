"""Reads the shapes and prepares them for pySHACL, which is fast on whole classes only.

pySHACL evaluates ``sh:property`` anew for each focus node. A property shape that has the target of
its node shape itself is evaluated once for all of them, with the same results, so that is what it
is given; the files keep the usual form, which every SHACL engine and every reader knows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import assets
from kg.errors import KgError
from kg.validate.rdf import TermMaker, own_switches
from kg.validate.screen import Screen, compiled
from kg.validate.set_based import SetBased, parted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


class ShapesError(KgError):
    """The shapes cannot be read."""


def load(place: Path | None = None) -> rdflib.Graph:
    """Return the shapes as a graph, each property shape with the targets of its node shape.

    :param place: a Turtle file, or a folder of them; the shapes that ship where None
    :raises ShapesError: if there is no such file or it is not Turtle
    """
    return _load(place or assets.folder("ontology") / "shapes")


@cache
def _load(place: Path) -> rdflib.Graph:
    with own_switches():
        return hoist(read(place))


def parted_shapes(place: Path | None = None) -> tuple[tuple[SetBased, ...], Screen]:
    """Return the set-based constraints, and all other shapes compiled to a screen.

    :param place: as :func:`load` takes it
    """
    return _parted(place or assets.folder("ontology") / "shapes")


@cache
def _parted(place: Path) -> tuple[tuple[SetBased, ...], Screen]:
    over_all, for_each = parted(_load(place))
    return over_all, compiled(for_each)


@cache
def told_by() -> Mapping[str, str]:
    """Map each shape to the audit query that finds the same with more to say, where there is one.

    >>> told_by()["https://w3id.org/claimgraph/shapes#SameComparator"]
    'comparator-drift'
    """
    from rdflib import RDFS

    graph = load()
    return {
        str(shape): str(query).rpartition("/")[2]
        for shape, query in graph.subject_objects(RDFS.seeAlso)
    }


@cache
def said_by() -> Mapping[str, tuple[str, str]]:
    """Map the local name of each shape to its message and to why it stands, as far as it says so.

    >>> said_by()["PassageCutsFigure"][1]
    'Half a figure is another figure.'
    """
    from rdflib import RDFS, SH

    graph = load()
    return {
        str(shape).rpartition("#")[2]: (str(message), str(graph.value(shape, RDFS.comment) or ""))
        for shape, message in graph.subject_objects(SH.message)
    }


def read(place: Path) -> rdflib.Graph:
    """Return the shapes as they stand in the files.

    :raises ShapesError: if there is no such file or it is not Turtle
    """
    import pyoxigraph
    import rdflib

    files = sorted(place.glob("*.ttl")) if place.is_dir() else [place]
    if not files:
        message = f"no shapes in {place.name}"
        raise ShapesError(message, expected="files named *.ttl")
    graph, make = rdflib.Graph(), TermMaker()
    for file in files:
        try:
            parser = pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
            for triple in parser:
                graph.add(make.triple(triple))
        except (OSError, SyntaxError) as error:
            message = f"{file.name}: {error}"
            raise ShapesError(message, expected="SHACL shapes in Turtle") from error
    return graph


def hoist(shapes: rdflib.Graph) -> rdflib.Graph:
    """Give each property shape the targets of the node shapes that have it, and part them."""
    from rdflib import URIRef

    property_of = URIRef(f"{_SH}property")
    targets = [URIRef(f"{_SH}{name}") for name in _TARGETS]
    for node, prop in list(shapes.subject_objects(property_of)):
        own: list[Any] = [(target, o) for target in targets for o in shapes.objects(node, target)]
        if not own:
            continue
        for target, value in own:
            shapes.add((prop, target, value))
        shapes.remove((node, property_of, prop))
    return shapes
