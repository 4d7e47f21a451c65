"""``kg.validate``: a graph in, typed violations out."""

from __future__ import annotations

import logging
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.graph import quads
from kg.store import MemoryStore
from kg.terms import from_curie
from kg.validate import Severity, ShapesError, Violation, held, validate
from kg.validate.rdf import TermMaker, own_switches
from kg.validate.report import violations
from kg.validate.shapes import hoist, load, read
from tests.sample_dossier import sample
from tests.strategies import dossiers

if TYPE_CHECKING:
    from kg.model import Dossier

WHOLE = Path(__file__).parent / "shapes" / "valid" / "whole.ttl"
SHAPES = Path(__file__).parents[1] / "ontology" / "shapes"
XSD = "http://www.w3.org/2001/XMLSchema#"


def _node(curie: str) -> NamedNode:
    return NamedNode(from_curie(curie))


TYPE = _node("rdf:type")


def _whole() -> list[Quad]:
    return [
        Quad(triple.subject, triple.predicate, triple.object)
        for triple in pyoxigraph.parse(path=str(WHOLE), format=pyoxigraph.RdfFormat.TURTLE)
    ]


def _dose(value: str, datatype: str = "decimal") -> list[Quad]:
    dose = _node("id:said-dose")
    figure = Literal(value, datatype=NamedNode(XSD + datatype))
    kept = [
        quad for quad in _whole() if (quad.subject, quad.predicate) != (dose, _node("ev:value"))
    ]
    return [*kept, Quad(dose, _node("ev:value"), figure)]


def test_an_empty_graph_breaks_nothing() -> None:
    assert validate(iter(())) == ()


def test_a_run_of_the_program_is_no_violation() -> None:
    found = validate(quads(sample()))
    assert [one.reason() for one in found if one.severity is Severity.VIOLATION] == []


def test_a_violation_tells_node_path_value_shape_and_reason() -> None:
    (found,) = validate(_dose("-5"))
    assert found == Violation(
        from_curie("id:said-dose"),
        from_curie("ev:value"),
        "-5",
        "https://w3id.org/claimgraph/shapes#DoseValue",
        Severity.VIOLATION,
        "A dose has at most one value (ev:value), a decimal number, 0 or more.",
        "MinInclusiveConstraintComponent",
    )
    assert found.reason() == (
        "A dose has at most one value (ev:value), a decimal number, 0 or more: "
        "id:said-dose has ev:value -5."
    )


def test_a_missing_value_names_its_path() -> None:
    left = [quad for quad in _whole() if quad.predicate != _node("ev:days")]
    found = [one for one in validate(left) if one.focus == from_curie("id:week")]
    assert [(one.path, one.value, one.component) for one in found] == [
        (from_curie("ev:days"), None, "MinCountConstraintComponent")
    ]
    assert found[0].reason().endswith(": see ev:days of id:week.")


def test_a_set_based_constraint_names_the_offender() -> None:
    trial = _node("id:trial")
    held = [quad for quad in _whole() if quad.predicate != _node("ev:enrolled")]
    held.append(Quad(trial, _node("ev:enrolled"), Literal(39)))
    (found,) = validate(held)
    assert (found.focus, found.path, found.value) == (trial.value, None, None)
    assert found.severity is Severity.WARNING
    assert found.reason().endswith("add up to those enrolled: see id:trial.")


def test_a_path_of_several_steps_reads_as_sparql() -> None:
    state = _node("id:state")
    held = [quad for quad in _whole() if quad.predicate != _node("ev:workState")]
    held.append(Quad(state, _node("ev:workState"), _node("ev:Retracted")))
    (found,) = validate(held)
    assert found.path == "^ev:work/ev:workState"
    assert found.reason() == (
        "A cited work is retracted: doi:10.5555/moss.1 has ^ev:work/ev:workState ev:Retracted."
    )


def test_named_graphs_are_validated_as_their_union() -> None:
    spread = [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(f"https://example.org/{at % 5}"))
        for at, quad in enumerate(_whole())
    ]
    assert validate(spread) == ()
    assert validate([*spread, *_whole()]) == ()


def test_a_blank_node_is_found_wherever_it_stands() -> None:
    outcome = _node("id:said-outcome")
    held = [*_whole(), Quad(outcome, _node("ev:alignsWith"), BlankNode("b1"))]
    held.append(Quad(BlankNode("b2"), _node("rdfs:seeAlso"), outcome))
    held.append(Quad(BlankNode("b3"), TYPE, _node("prov:Activity")))
    found = [one for one in validate(held) if one.component == "NodeKindConstraintComponent"]
    assert [(one.focus, one.severity) for one in found] == [
        ("_:b3", Severity.VIOLATION),
        ("_:b1", Severity.VIOLATION),
        ("_:b2", Severity.VIOLATION),
    ]


def test_a_triple_within_a_triple_is_told_and_the_rest_is_validated() -> None:
    said = Triple(_node("id:low"), _node("ev:n"), Literal(20))
    held = [*_dose("-5"), Quad(_node("id:claim"), _node("rdf:reifies"), said)]
    assert [one.shape.partition("#")[2] for one in validate(held)] == [
        "DoseValue",
        "NoTripleTerm",
    ]


def test_only_own_terms_must_be_declared() -> None:
    low = _node("id:low")
    held = [*_whole(), Quad(low, NamedNode("https://example.org/colour"), Literal("green"))]
    assert validate(held) == ()
    held.append(Quad(low, _node("ev:colour"), Literal("green")))
    (found,) = validate(held)
    assert found.message.startswith("ev:colour is no term of the vocabulary")


@pytest.mark.parametrize("value", ["0.050", "5", "005.0"])
def test_a_decimal_may_be_spelt_in_any_way(value: str) -> None:
    assert validate(_dose(value)) == ()


def test_an_ill_typed_literal_is_a_violation_and_not_a_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        found = validate(_dose("five"))
    assert "five" in {one.value for one in found}
    assert not [record for record in caplog.records if record.name.startswith("rdflib")]


def test_violations_come_gravest_first_and_in_one_order() -> None:
    left = [quad for quad in _whole() if quad.predicate == TYPE]
    found = validate(left)
    assert found == validate(reversed(left))
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=list(Severity).index)
    assert {*severities} == {Severity.VIOLATION, Severity.WARNING}


def test_violations_are_values() -> None:
    (found,) = validate(_dose("-5"))
    with pytest.raises(FrozenInstanceError):
        found.focus = "other"  # type: ignore[misc]


def test_a_store_too_large_for_memory_gets_the_same_report(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [quad for quad in _dose("-5") if quad.predicate != _node("ev:days")]
    expected = validate(left)
    assert len(expected) > 1
    monkeypatch.setattr(held, "IN_MEMORY", 0)
    assert validate(left) == validate(MemoryStore(left)) == expected


@pytest.mark.parametrize("before", [True, False])
def test_the_switches_of_rdflib_are_as_before(
    before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", before)
    validate(_dose("-5"))
    assert rdflib.NORMALIZE_LITERALS is before
    assert not logging.getLogger("rdflib.term").disabled


def test_fast_shapes_give_the_report_of_the_shapes_as_written() -> None:
    broken = [quad for quad in _whole() if hash_of(quad) % 4]
    triples = {quad.triple for quad in broken}
    as_written = violations(triples, read(SHAPES))
    assert len(as_written) > 20
    assert set(violations(triples, load())) == set(as_written)


def hash_of(quad: Quad) -> int:
    """Choose quads in a way that no hash seed changes."""
    return sum(map(ord, str(quad.triple)))


def test_own_shapes_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> ."
        "@prefix ev: <https://w3id.org/claimgraph/ns#> ."
        "<https://example.org/s> a sh:NodeShape ; sh:targetClass ev:Dose ; sh:property ["
        'sh:path ev:route ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "No route." ] .',
        encoding="utf-8",
    )
    (found,) = validate(_whole(), file)
    assert (found.focus, found.severity) == (from_curie("id:said-dose"), Severity.INFO)
    assert validate(_whole(), tmp_path) == (found,)


@pytest.mark.parametrize("text", [None, "not turtle {"])
def test_unreadable_shapes_are_told(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "broken.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(ShapesError, match=r"no shapes in|broken\.ttl"):
        validate([], tmp_path)


def test_hoisting_keeps_a_property_shape_of_a_shape_without_target() -> None:
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> ."
        ":inner sh:property :p . :p sh:path :q ; sh:minCount 1 ."
    )
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert len(hoist(graph)) == 3


_LITERALS = st.one_of(
    st.text(max_size=9).map(Literal),
    st.integers(-9, 99).map(Literal),
    st.sampled_from(["x", "1", "0.50", "true", ""]).map(
        lambda text: Literal(text, datatype=NamedNode(f"{XSD}decimal"))
    ),
    st.just(Literal("Moos", language="de")),
)


# A validation takes a fifth of a second: few cases, and no long search for the smallest one.
@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
@given(st.lists(st.tuples(st.integers(0, 400), _LITERALS), max_size=20))
def test_no_literal_in_any_place_stops_the_validation(
    changes: list[tuple[int, Literal]],
) -> None:
    held = _whole()
    for at, literal in changes:
        quad = held[at % len(held)]
        held[at % len(held)] = Quad(quad.subject, quad.predicate, literal)
    for violation in validate(held):
        assert violation.message
        assert violation.reason().endswith(".")


@given(_LITERALS)
def test_terms_keep_their_spelling(literal: Literal) -> None:
    with own_switches():
        made = TermMaker().term(literal)
    assert str(made) == literal.value
    assert made.language == literal.language


@settings(max_examples=8, phases=(Phase.explicit, Phase.generate))
@given(dossiers())
def test_any_dossier_that_can_be_written_can_be_validated(dossier: Dossier) -> None:
    made = quads(dossier)
    found = validate(made)
    assert found == validate(reversed(made))
    subjects = {str(quad.subject)[1:-1] for quad in made}
    assert {violation.focus for violation in found} <= subjects
