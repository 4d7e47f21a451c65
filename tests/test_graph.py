"""The mapping between the model and quads: the round trip, the core shape, the named graphs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg import graph
from kg.graph import mapping, schemes
from kg.model import (
    Alignment,
    Claim,
    Document,
    DocumentRole,
    Dose,
    Dossier,
    Group,
    GroupKind,
    Outcome,
    ReportedResult,
    Run,
    Trial,
    Work,
)
from kg.terms import DEFAULT_BASE, expand, from_curie
from tests import strategies
from tests.sample_dossier import ANSWER, LINES, MARKER_SPANS, RECORD, RESULT, WORK, sample

XSD = "http://www.w3.org/2001/XMLSchema#"
LAW = settings(max_examples=30)


def select(query: str, quads: list[Quad]) -> list[tuple[str, ...]]:
    """Ask the union of the graphs, with the project's prefixes."""
    store = Store()
    store.extend(quads)
    solutions: Any = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    return [tuple(term.value for term in row) for row in solutions]


def plain(quads: list[Quad]) -> list[tuple[str, str, str, str]]:
    """Return graph, subject, predicate and object as bare text."""
    rows: list[Any] = list(quads)
    return [(q.graph_name.value, q.subject.value, q.predicate.value, q.object.value) for q in rows]


PREFIXES = {
    name: from_curie(f"{name}:")
    for name in ("ev", "v", "f", "oa", "prov", "c4o", "biro", "schema", "fabio", "rdfs")
}


@LAW
@given(strategies.dossiers(), strategies.bases)
def test_what_is_written_is_read_back_under_every_base(dossier: Dossier, base: str) -> None:
    assert graph.dossier(graph.quads(dossier, base), base) == dossier.normalised()


@LAW
@given(strategies.dossiers())
def test_a_store_and_its_text_give_the_dossier_back(dossier: Dossier) -> None:
    text = serialize(graph.quads(dossier), format=RdfFormat.N_QUADS)
    store = Store()
    store.extend(parse(text, format=RdfFormat.N_QUADS))
    assert graph.dossier(store) == dossier.normalised()
    assert set(store) == set(graph.quads(graph.dossier(store)))


@LAW
@given(strategies.dossiers(), strategies.bases)
def test_the_stream_yields_each_quad_once(dossier: Dossier, base: str) -> None:
    streamed = list(graph.stream(dossier, base))
    assert len(streamed) == len(set(streamed))
    assert set(streamed) == set(graph.quads(dossier, base))


@LAW
@given(strategies.dossiers())
def test_every_term_written_is_in_the_table_and_no_node_is_blank(dossier: Dossier) -> None:
    known = {from_curie(curie) for curie in mapping.mapped_terms()}
    for quad in graph.quads(dossier):
        assert quad.predicate.value in known
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(PREFIXES["ev"]):
            assert quad.object.value in known


def test_the_table_names_every_field_of_every_class_once() -> None:
    families = [*(row.family for row in mapping.NODES), "alignments"]
    assert sorted(families) == sorted(field.name for field in fields(Dossier))
    for row in mapping.NODES:
        own = ["id", *(prop.field for prop in row.properties)]
        assert sorted(own) == sorted(field.name for field in fields(row.model) if field.compare), (
            row.family
        )


def test_no_two_codes_share_a_concept() -> None:
    concepts = [curie for scheme in schemes.SCHEMES for curie in scheme.concepts.values()]
    assert len(concepts) == len(set(concepts))


def test_a_concept_is_a_class_only_where_the_code_is_written_as_one() -> None:
    classes = {row.cls for row in mapping.NODES}
    concepts = {curie for scheme in schemes.SCHEMES for curie in scheme.concepts.values()}
    assert not classes & concepts


def test_the_sample_has_the_shape_of_the_core() -> None:
    rows = select(
        """SELECT DISTINCT ?label ?status ?doi ?code ?found WHERE {
          ?document a ev:Answer, ev:Document ; schema:sha256 ?digest .
          ?passage a ev:Passage ; oa:hasSource ?document ; ev:start ?start ; ev:end ?end .
          ?statement a ev:Statement ; ev:statedIn ?passage ; ev:makes ?claim .
          ?marker a ev:CitationMarker ; ev:label ?label ; c4o:hasContext ?passage ;
                  c4o:denotes ?entry .
          ?entry a ev:ReferenceEntry, ev:UnlistedReference ; biro:references ?work ;
                 ev:resolution/ev:resolutionStatus ?status .
          ?record a ev:Record ; ev:representationOf ?work ; ev:contentScope ev:Abstract .
          BIND(STR(?work) AS ?doi)
          ?claim a ev:Claim ; ev:core true ; ev:expresses/ev:pPrinted "0.02" .
          ?assessment oa:hasTarget ?claim ; ev:verdict v:Misattributed ; ev:faultCode ?code ;
                      ev:fault/ev:faultCode ?code ; ev:fault/ev:found ?found ;
                      ev:slotCheck/ev:slot ev:group ; prov:wasGeneratedBy/a ev:Run .
        } ORDER BY ?label""",
        graph.quads(sample()),
    )
    resolved, wrong_group = from_curie("ev:Resolved"), from_curie("f:WrongGroup")
    assert rows == [("1", resolved, WORK, wrong_group, "all arms together")]


def test_each_layer_stands_in_its_own_graph() -> None:
    quads = graph.quads(sample())
    hash_of = ANSWER.id.removeprefix("doc/")
    where = {
        ANSWER.id: f"g/doc/{hash_of}",
        LINES[0].id: f"g/doc/{hash_of}",
        "statement/1": f"g/doc/{hash_of}",
        "entry/1": "g/run/1/citations",
        WORK: "g/run/1/citations",
        "claim/1": "g/claim/1#assertion",
        "claimed/1": "g/claim/1#assertion",
        "group/1": "g/claim/1#assertion",
        "recommendation/1": "g/recommendation/1#assertion",
        "assessment/1": "g/run/1/assessment",
        "fault/1": "g/run/1/assessment",
    }
    typed = {(s, g) for g, s, p, _ in plain(quads) if p == TYPE}
    for node, name in where.items():
        assert {g for s, g in typed if s == expand(node)} == {expand(name)}, node


TYPE = from_curie("rdf:type")


def test_an_assertion_graph_says_where_it_comes_from() -> None:
    rows = plain(graph.quads(sample()))
    provenance = [row[1:] for row in rows if row[0] == expand("g/claim/1#provenance")]
    assertion = expand("g/claim/1#assertion")
    assert provenance == [
        (assertion, from_curie("prov:wasDerivedFrom"), expand(LINES[0].id)),
        (assertion, from_curie("prov:wasGeneratedBy"), expand("run/1")),
    ]


def test_what_a_record_reports_stands_apart_from_what_claims_say() -> None:
    trial = Trial("trial/1", RECORD.id, "a small study", outcomes=("outcome/9",))
    outcome = Outcome("outcome/9", RECORD.id, "pain")
    quads = graph.quads(sample().merge(Dossier(trials=(trial,), outcomes=(outcome,))))
    graphs = {g for g, s, _, _ in plain(quads) if s == expand("outcome/9")}
    assert graphs == {expand(f"g/run/1/reported/{RECORD.id.removeprefix('doc/')}")}


def test_a_group_that_two_claims_share_stands_with_both() -> None:
    dossier = sample()
    second = replace(dossier.claims[2], expresses=("claimed/2",))
    shared = replace(dossier.claimed_results[0], id="claimed/2")
    claims = (*dossier.claims[:2], second)
    results = (*dossier.claimed_results, shared)
    quads = graph.quads(replace(dossier, claims=claims, claimed_results=results))
    graphs = {g for g, s, _, _ in plain(quads) if s == expand("group/1")}
    assert graphs == {expand("g/claim/1#assertion"), expand("g/claim/3#assertion")}


def test_an_alignment_is_one_triple_of_the_assessment() -> None:
    pair = Alignment(graph.alignment_id("group/1", "group/2"), "group/1", "group/2")
    (quad,) = graph.quads(Dossier(alignments=(pair,), runs=()))
    assert quad.predicate.value == from_curie("ev:alignsWith")
    assert graph.dossier([quad]).alignments == (pair,)


def test_a_decimal_is_canonical_and_the_figure_stays_as_printed() -> None:
    dossier = sample()
    result = replace(dossier.claimed_results[0], p_value=Decimal("0.050"), p_printed="0.050")
    quads = graph.quads(Dossier(claimed_results=(result,)))
    values = {q.predicate.value: q.object for q in quads}
    assert values[from_curie("ev:pValue")] == Literal("0.05", datatype=NamedNode(f"{XSD}decimal"))
    assert values[from_curie("ev:pPrinted")] == Literal("0.050")


@pytest.mark.parametrize(
    ("date", "years"), [("2026-03-01", ["2026"]), ("2026", ["2026"]), ("Spring", []), (None, [])]
)
def test_a_document_has_the_year_of_its_printed_date(date: str | None, years: list[str]) -> None:
    quads = graph.quads(Dossier(documents=(replace(ANSWER, date=date),)))
    assert [o for _, _, p, o in plain(quads) if p == from_curie("ev:year")] == years


def test_a_work_is_an_article_only_where_its_record_says_so() -> None:
    works = (Work("work/1", publication_types=("Journal Article",)), Work("work/2"))
    rows = select(
        "SELECT ?w WHERE { ?w a fabio:JournalArticle }", graph.quads(Dossier(works=works))
    )
    assert rows == [(expand("work/1"),)]


def test_a_known_slot_is_a_term_and_an_unknown_one_a_string() -> None:
    dossier = sample()
    known = replace(dossier.slot_checks[0], slot="time")
    unknown = replace(dossier.slot_checks[0], id="check/2", slot="colour")
    quads = graph.quads(Dossier(slot_checks=(known, unknown)))
    slots = [q.object for q in quads if q.predicate.value == from_curie("ev:slot")]
    assert slots == [NamedNode(from_curie("ev:timePoint")), Literal("colour")]


def test_order_and_repeats_in_what_is_given_change_no_byte() -> None:
    dossier = sample()
    shuffled = Dossier(
        **{
            f.name: (*getattr(dossier, f.name)[::-1], *getattr(dossier, f.name))
            for f in fields(dossier)
        }
    )
    assert graph.quads(shuffled) == graph.quads(dossier)


def test_the_hash_seed_changes_no_byte() -> None:
    code = (
        "from kg import graph; from tests.sample_dossier import sample;"
        "print(*graph.quads(sample()), sep='\\n')"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_an_iri_is_made_of_an_identifier_that_holds_what_no_iri_may() -> None:
    work = Work("https://doi.org/10.1002/1097<16::aid>3.0.co;2-2")
    ((_, subject, _, _),) = plain(graph.quads(Dossier(works=(work,))))
    assert subject == "https://doi.org/10.1002/1097%3C16::aid%3E3.0.co;2-2"


def test_half_a_surrogate_pair_is_written_as_a_replacement() -> None:
    quads = graph.quads(Dossier(works=(Work("work/1", title="a\ud800b"),)))
    assert graph.dossier(quads).works[0].title == "a�b"


def test_triples_of_others_are_passed_over() -> None:
    quads = graph.quads(sample())
    foreign = Quad(
        NamedNode(expand("claim/1")), NamedNode("https://example.org/note"), Literal("mine"),
        NamedNode("https://example.org/g"),
    )  # fmt: skip
    stranger = Quad(
        NamedNode("https://example.org/x"), NamedNode(TYPE), NamedNode("https://example.org/C"),
    )  # fmt: skip
    assert graph.dossier([*quads, foreign, stranger]) == sample().normalised()


def test_a_triple_in_two_graphs_is_read_once() -> None:
    quads = graph.quads(sample())
    copy = NamedNode("https://example.org/copy")
    twice = [Quad(q.subject, q.predicate, q.object, copy) for q in quads]
    assert graph.dossier([*quads, *twice]) == sample().normalised()


def _broken(predicate: str, instead: list[Any]) -> list[Quad]:
    """Write a group whose values of a predicate are replaced."""
    made = graph.quads(Dossier(groups=(Group("group/1", ANSWER.id, GroupKind.ARM, "arm", n=3),)))
    term = NamedNode(from_curie(predicate))
    kept = [q for q in made if q.predicate != term]
    subject, place = made[0].subject, made[0].graph_name
    return kept + [Quad(subject, term, value, place) for value in instead]


@pytest.mark.parametrize(
    ("predicate", "instead", "told"),
    [
        ("rdfs:label", [], "0 values"),
        ("ev:n", [Literal("1"), Literal("2")], "2 values"),
        ("ev:n", [Literal("many")], "'many'"),
        ("rdf:type", [NamedNode(from_curie("ev:Group"))], "0 values"),
    ],
)
def test_a_node_that_the_model_cannot_hold_is_named(
    predicate: str, instead: list[Any], told: str
) -> None:
    with pytest.raises(graph.GraphError) as caught:
        graph.dossier(_broken(predicate, instead))
    assert (caught.value.node, caught.value.predicate) == (expand("group/1"), predicate)
    assert told in str(caught.value)
    assert caught.value.exit_code == 3


def test_an_unknown_concept_is_named() -> None:
    document = Document("doc/ab", "ab", "a.txt", DocumentRole.ANSWER, "answer-text", 3)
    claim = NamedNode(expand("doc/ab"))
    scope = Quad(claim, NamedNode(from_curie("ev:contentScope")), NamedNode(from_curie("ev:Moon")))
    with pytest.raises(graph.GraphError, match=r"contentScope.*Moon"):
        graph.dossier([*graph.quads(Dossier(documents=(document,))), scope])


def test_without_a_run_the_graphs_of_a_run_still_have_a_name() -> None:
    quads = graph.quads(Dossier(works=(Work("work/1"),)))
    assert {row[0] for row in plain(quads)} == {f"{DEFAULT_BASE}id/g/run/none/citations"}


def test_the_agent_of_a_run_carries_its_version() -> None:
    quads = graph.quads(Dossier(runs=(Run("run/1", "0.1.0+dev", "ab"),)))
    rows = select(
        "SELECT ?v WHERE { ?r a ev:Run ; prov:wasAssociatedWith ?a ."
        " ?a a prov:SoftwareAgent, ev:SoftwareAgent ; ev:version ?v }",
        quads,
    )
    assert rows == [("0.1.0+dev",)]


def test_a_marker_keeps_its_own_passage_and_its_statement() -> None:
    marker = sample().markers[0]
    rows = select(
        "SELECT ?p ?s WHERE { ?m a ev:CitationMarker ; ev:label '7' ; ev:statedIn ?p ;"
        " ev:statement ?s }",
        graph.quads(sample()),
    )
    assert rows == [(expand(MARKER_SPANS[2].id), expand("statement/2"))]
    assert isinstance(marker.statement, str)


def test_a_claim_whose_statement_is_elsewhere_still_has_provenance() -> None:
    claim: Claim = sample().claims[0]
    rows = select(
        "SELECT ?p WHERE { GRAPH ?g { ?a prov:wasDerivedFrom ?p } }",
        graph.quads(Dossier(claims=(claim,))),
    )
    assert rows == [(expand(claim.passage),)]


def _right_number_of_another_group() -> Dossier:
    """Make a claim of one arm whose p value the record gives for all arms pooled."""
    claimed = sample().claimed_results[0]
    pool = ReportedResult(
        "reported/pool", RECORD.id, RESULT.id, "group/pool", outcome="outcome/2",
        time_point="time/2", p_comparator=claimed.p_comparator, p_value=Decimal("0.020"),
        p_printed=".02",
    )  # fmt: skip
    arm = replace(pool, id="reported/arm", group="group/arm", p_value=Decimal("0.3"))
    reported = (pool, replace(arm, p_printed=".3"))
    pairs = (("group/1", "group/arm"), ("outcome/1", "outcome/2"), ("time/1", "time/2"))
    return sample().merge(
        Dossier(
            reported_results=reported,
            groups=(
                Group("group/arm", RECORD.id, GroupKind.ARM, "40 mg arm", received="dose/1"),
                Group("group/pool", RECORD.id, GroupKind.POOLED, "all arms", pools=("group/arm",)),
            ),
            doses=(Dose("dose/1", RECORD.id, "40 mg", Decimal(40), "mg"),),
            alignments=tuple(Alignment(graph.alignment_id(*pair), *pair) for pair in pairs),
        )
    )


def test_a_right_number_of_another_group_is_found_by_a_plain_query() -> None:
    rows = select(
        """SELECT DISTINCT ?claim ?printed ?standsFor ?truePrinted WHERE {
          ?claim ev:expresses ?c . ?c a ev:ClaimedResult ; ev:pValue ?p ; ev:pPrinted ?printed ;
            ev:outcome/ev:alignsWith ?o ; ev:timePoint/ev:alignsWith ?t ;
            ev:group/ev:alignsWith ?saidOf .
          ?r a ev:ReportedResult ; ev:outcome ?o ; ev:timePoint ?t ; ev:group ?g ; ev:pValue ?q .
          FILTER(?p = ?q && ?g != ?saidOf)
          ?g a ev:PooledGroup ; rdfs:label ?standsFor ; ev:pools ?saidOf .
          ?saidOf a ev:Arm ; ev:received [ a ev:Dose ; ev:value ?dose ; ev:unitUcum "mg" ] .
          FILTER(?dose = 40)
          OPTIONAL { ?own a ev:ReportedResult ; ev:group ?saidOf ; ev:pPrinted ?truePrinted }
        } ORDER BY ?claim""",
        graph.quads(_right_number_of_another_group()),
    )
    assert rows == [(expand("claim/1"), "0.02", "all arms", ".3")]
