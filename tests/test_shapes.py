"""The SHACL shapes: well-formed, silent on a good graph, and each broken by something.

A file of ``tests/shapes/invalid`` is named ``<shape>--<why>.ttl`` and says what differs from
``tests/shapes/valid/whole.ttl``: each subject and property in it replaces those of the whole, and
``rdf:nil`` takes them away. Its one result is that of the shape that its name says. All of them
are validated at once, each with nodes of its own, since most of the time goes into the shapes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import RDF, SH

from kg import assets
from kg.graph import mapping
from kg.graph import quads as graph_quads
from kg.terms import camel, from_curie
from kg.validate import Severity, Violation, validate
from kg.validate.held import Held
from kg.validate.report import of_suspects, violations
from kg.validate.screen import suspects
from kg.validate.set_based import violations as over_the_graph
from kg.validate.shapes import load, parted_shapes, read
from tests.sample_dossier import sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILES = Path(__file__).parent / "shapes"
VALID = sorted(FILES.glob("valid/*.ttl"))
INVALID = sorted(FILES.glob("invalid/*.ttl"))
NS = "https://w3id.org/claimgraph/shapes#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE, NIL = NamedNode(str(RDF.type)), NamedNode(str(RDF.nil))
NODES = ("https://w3id.org/claimgraph/id/", "https://doi.org/")
BESIDE_SHACL = {"NoBlankNode", "NoTripleTerm", "DeclaredTerm", "KnownIri"}


def _quads(path: Path) -> list[Quad]:
    return [
        Quad(triple.subject, triple.predicate, triple.object)
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    ]


@cache
def _whole() -> tuple[Quad, ...]:
    return tuple(_quads(FILES / "valid" / "whole.ttl"))


@cache
def _shapes() -> rdflib.Graph:
    return read(assets.folder("ontology") / "shapes")


def _differing(path: Path) -> list[Quad]:
    own = _quads(path)
    named = {(quad.subject, quad.predicate) for quad in own}
    kept = [quad for quad in _whole() if (quad.subject, quad.predicate) not in named]
    return kept + [quad for quad in own if quad.object != NIL]


def _local(violation: Violation) -> str:
    return violation.shape.removeprefix(NS)


def _apart(quads: Iterable[Quad], name: str) -> Iterator[Quad]:
    """Name the nodes of a graph after the graph, so that it shares none with another."""

    def own(term: Any) -> Any:  # noqa: ANN401
        if isinstance(term, BlankNode):
            return BlankNode(f"{name.replace('-', '')}X{term.value}")
        if isinstance(term, NamedNode) and term.value.startswith(NODES):
            return NamedNode(f"https://example.org/{name}/id/{term.value.partition('://')[2]}")
        return term

    for quad in quads:
        yield Quad(own(quad.subject), quad.predicate, own(quad.object))


@cache
def _broken_by_files() -> dict[str, list[Violation]]:
    """Map the name of each file to what its graph breaks."""
    quads = [quad for path in INVALID for quad in _apart(_differing(path), path.stem)]
    found: dict[str, list[Violation]] = {path.stem: [] for path in INVALID}
    labels = {f"_:{stem.replace('-', '')}X": stem for stem in found}
    for violation in validate(quads):
        focus = violation.focus
        stem = labels[focus.partition("X")[0] + "X"] if focus[0] == "_" else focus.split("/")[3]
        found[stem].append(violation)
    return found


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_good_graph_breaks_nothing(path: Path) -> None:
    assert [violation.reason() for violation in validate(_quads(path))] == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_bad_graph_breaks_what_its_name_says_and_nothing_else(path: Path) -> None:
    shape, _, why = path.stem.partition("--")
    assert why
    assert {_local(violation) for violation in _broken_by_files()[path.stem]} == {shape}


def _as_a_store_writes(quads: Iterable[Quad]) -> list[pyoxigraph.Triple]:
    """Bring numbers to their one form, in which no node is suspect for its spelling."""
    store = pyoxigraph.Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    return [quad.triple for quad in store]


@pytest.mark.parametrize("canonical", [True, False])
def test_the_screen_and_the_set_based_queries_give_what_pyshacl_gives(canonical: bool) -> None:
    quads = [quad for path in INVALID for quad in _apart(_differing(path), path.stem)]
    triples = list(
        {quad.triple for quad in quads if not isinstance(quad.object, pyoxigraph.Triple)}
    )
    triples = _as_a_store_writes(quads) if canonical else triples
    over_all, screen = parted_shapes()
    assert len(over_all) > 20
    assert not screen.uncompiled
    held = Held(Quad(t.subject, t.predicate, t.object) for t in triples)
    if canonical:
        assert sum(map(len, suspects(held, screen).values())) < len(triples) / 100
    parts = {*of_suspects(held, screen), *over_the_graph(held.store, over_all)}
    assert parts == set(violations(triples, load()))


_VALUES = sorted({q.object.value for q in _whole() if isinstance(q.object, NamedNode)})
_POOL = st.one_of(
    st.sampled_from(_VALUES).map(NamedNode),
    st.sampled_from(["", "x", "1", "0.5", "7.0", "-3", "true"]).map(Literal),
    st.tuples(
        st.sampled_from(["0", "1", "0.50", "-0", "-2", "99", "x", "1e3"]),
        st.sampled_from(["decimal", "integer", "boolean", "double"]),
    ).map(lambda told: Literal(told[0], datatype=NamedNode(XSD + told[1]))),
    st.just(Literal("Moos", language="de")),
    st.just(BlankNode("b")),
)
_FEW = settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))


@_FEW
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 999), _POOL), min_size=1))
def test_any_value_anywhere_gets_the_report_of_pyshacl(
    edits: list[tuple[bool, int, NamedNode | Literal | BlankNode]],
) -> None:
    # Set-based queries are left out: of a number that is none, rdflib and others make what they
    # like, and the shape of its property tells it.
    quads = list(_whole())
    for kept, place, term in edits:
        at = place % len(quads)
        told = Quad(quads[at].subject, quads[at].predicate, term)
        quads[at : at + 1] = [quads[at], told] if kept else [told]
    held, (_, screen) = Held(quads), parted_shapes()
    assert set(of_suspects(held, screen)) == set(violations(held.triples, screen.shapes))


@_FEW
@given(st.lists(st.integers(0, 999), min_size=1))
def test_a_graph_with_any_gap_gets_the_report_of_pyshacl(gaps: list[int]) -> None:
    quads = list(_whole())
    for place in gaps:
        del quads[place % len(quads)]
    _same_reports(quads)


def test_the_sample_gets_the_report_of_pyshacl() -> None:
    _same_reports(graph_quads(sample()))


def _same_reports(quads: Iterable[Quad]) -> None:
    held = Held(quads)
    over_all, screen = parted_shapes()
    parts = {*of_suspects(held, screen), *over_the_graph(held.store, over_all)}
    assert parts == set(violations(held.triples, load()))


def test_a_shape_that_cannot_be_compiled_is_named_and_judged_by_pyshacl(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <https://example.org/> .
        x:Shape a sh:NodeShape ; sh:targetClass x:Thing ; sh:closed true ;
            sh:severity sh:Violation ; sh:message "A thing says nothing else." .
        """,
        encoding="utf-8",
    )
    _, screen = parted_shapes(file)
    assert {str(shape) for shape in screen.uncompiled} == {"https://example.org/Shape"}
    thing, kind = NamedNode("https://doi.org/t"), NamedNode("https://example.org/Thing")
    quads = [Quad(thing, TYPE, kind), Quad(thing, NamedNode("https://example.org/more"), thing)]
    found = {_local(v) for v in validate(quads, file)} - {"KnownIri"}
    assert found == {"https://example.org/Shape"}


def test_a_subclass_in_the_data_hides_no_target() -> None:
    sub, thing = NamedNode("https://w3id.org/claimgraph/id/Sub"), NamedNode("https://doi.org/t")
    subclass = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    quads = [
        Quad(sub, subclass, NamedNode(from_curie("ev:Dose"))),
        Quad(thing, TYPE, sub),
    ]
    over_all, screen = parted_shapes()
    triples = [quad.triple for quad in quads]
    held = Held(quads)
    parts = {*of_suspects(held, screen), *over_the_graph(held.store, over_all)}
    assert parts == set(violations(triples, load()))
    assert parts


def test_shapes_are_shapes() -> None:
    import pyshacl

    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((assets.folder("ontology") / "shapes").glob("*.ttl"))
    )
    graph = rdflib.Graph().parse(data=text, format="turtle")
    pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)


def test_every_shape_says_what_it_wants_and_how_grave_it_is() -> None:
    graph = _shapes()
    named = {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in graph.subjects(RDF.type, kind)
    }
    assert len(named) > 200
    for shape in named:
        (message,) = graph.objects(shape, SH.message)
        (severity,) = graph.objects(shape, SH.severity)
        assert str(message).endswith("."), shape
        assert len(str(message).split()) > 3, shape
        assert severity in {SH.Violation, SH.Warning, SH.Info}, shape


def test_every_class_and_property_of_the_mapping_has_a_shape() -> None:
    graph = _shapes()
    for node in mapping.NODES:
        cls = rdflib.URIRef(from_curie(node.cls))
        paths = {
            str(path)
            for shape in graph.subjects(SH.targetClass, cls)
            for prop in graph.objects(shape, SH.property)
            for path in graph.objects(prop, SH.path)
        }
        wanted = {from_curie(p.predicate) for p in node.properties} - {str(RDF.type)}
        assert wanted <= paths, node.cls


def test_the_lists_in_the_shapes_are_those_of_the_schemes() -> None:
    graph = _shapes()
    for node in mapping.NODES:
        cls = node.cls.removeprefix("ev:")
        for prop in node.properties:
            if prop.kind not in (mapping.Kind.CONCEPT, mapping.Kind.SYMBOL):
                continue
            assert prop.scheme is not None
            shape = rdflib.URIRef(NS + cls + camel(prop.field))
            (held,) = graph.objects(shape, SH["in"])
            written = {str(item) for item in graph.items(held)}
            if prop.kind is mapping.Kind.SYMBOL:
                assert written == set(prop.scheme.concepts)
            else:
                assert written == {from_curie(curie) for curie in prop.scheme.concepts.values()}


def _broken_by_loss() -> set[str]:
    """Name the shapes that miss something in the whole without its properties."""
    left = [quad for quad in _whole() if quad.predicate == TYPE]
    return {_local(violation) for violation in validate(left)}


def _broken_by_wrong_values() -> set[str]:
    """Name the shapes that refuse a value of another kind, or two values where one may be."""
    wrong = [
        quad if quad.predicate == TYPE else Quad(quad.subject, quad.predicate, other)
        for quad in _whole()
        for other in (
            Literal("no", datatype=NamedNode(f"{XSD}anyURI")),
            NamedNode("https://example.org/nothing"),
        )
    ]
    return {_local(violation) for violation in validate(wrong)}


def test_every_shape_is_broken_by_something() -> None:
    graph = _shapes()
    own = {
        str(shape).removeprefix(NS)
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in graph.subjects(RDF.type, kind)
        if isinstance(shape, rdflib.URIRef)
    }
    by_file = {path.stem.partition("--")[0] for path in INVALID}
    broken = by_file | _broken_by_loss() | _broken_by_wrong_values()
    # What only asks for a name is broken by a blank node, of which each class is made here.
    unnamed = [
        Quad(BlankNode(f"b{at}"), TYPE, NamedNode(cls))
        for at, cls in enumerate(sorted({str(cls) for cls in graph.objects(None, SH.targetClass)}))
    ]
    broken |= {_local(violation) for violation in validate(unnamed)}
    # These only carry a target for their property shapes and break nothing themselves.
    bare = {"Record", "CitedWork", "DoseAboveZero", "AdverseEventCount", "AssertionGraph"}
    assert own - broken - bare == set()
    assert by_file <= own | BESIDE_SHACL


def test_faults_of_answers_and_works_are_no_violations() -> None:
    found = {
        _local(violation): violation.severity
        for violations in _broken_by_files().values()
        for violation in violations
    }
    assert found["CitedWorkNotRetracted"] is Severity.WARNING
    assert found["TrialArmsSum"] is Severity.WARNING
    assert found["AssessmentNotFoundScope"] is Severity.INFO
    assert found["PassageOrder"] is Severity.VIOLATION


def test_the_whole_has_every_class_of_the_mapping() -> None:
    types = {quad.object for quad in _whole() if quad.predicate == TYPE}
    assert {NamedNode(from_curie(node.cls)) for node in mapping.NODES} <= types


@pytest.mark.parametrize("base", ["https://example.org/", "urn:x:", "http://localhost:8000/kg/"])
def test_nodes_below_any_base_are_known(base: str) -> None:
    node = NamedNode(f"{base}id/doc/ab")
    strange = {v.focus for v in validate([Quad(node, TYPE, node)]) if _local(v) == "KnownIri"}
    assert strange == set()
