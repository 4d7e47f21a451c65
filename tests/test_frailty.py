"""The curated graph of an answer and its record, node by node, and against both where at hand."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import graph
from kg.compare.derive import CitationState, ClaimVerdict, statement_verdict
from kg.export import rdf_text
from kg.model import (
    Assessment,
    ConflictKind,
    Document,
    DocumentRole,
    FaultCode,
    Mention,
    ReportedResult,
    ResolutionStatus,
    Statement,
    Verdict,
)
from kg.terms import DEFAULT_BASE, from_curie, passage_id
from kg.validate import Severity, validate

_FILE = Path(__file__).resolve().parents[1] / "data" / "frailty" / "graph.trig"
_CURATION = f"{DEFAULT_BASE}id/g/curation/2026-11-25"
_QUADS = list(ox.parse(path=str(_FILE), format=ox.RdfFormat.TRIG))
_RUN = 10
DOSSIER = graph.dossier(_QUADS)
NODES: dict[str, Any] = {node.id: node for node in DOSSIER.nodes()}
ANSWER, RECORD = sorted(DOSSIER.documents, key=lambda document: document.role)
SHORT = {statement.id: statement.short_id for statement in DOSSIER.statements}

VERDICTS = {
    "s001": Verdict.OVERGENERALISED,
    "s002": Verdict.SUPPORTED,
    "s003": Verdict.OVERGENERALISED,
    "s004": Verdict.PARTIALLY_SUPPORTED,
    "s005": Verdict.MISATTRIBUTED,
    "s006": Verdict.SUPPORTED,
    "s007": Verdict.OVERGENERALISED,
    "s023": Verdict.NOT_FOUND,
    "s024": Verdict.NOT_FOUND,
    "s027": Verdict.PARTIALLY_SUPPORTED,
    "s028": Verdict.OVERGENERALISED,
    "s029": Verdict.PARTIALLY_SUPPORTED,
    "s036": Verdict.NOT_FOUND,
    "s037": Verdict.PARTIALLY_SUPPORTED,
    "s038": Verdict.NOT_FOUND,
    "s040": Verdict.NOT_FOUND,
}
REPORTED = {
    ("all treatment groups", "6-minute walk distance", "3 months", "= .02"),
    ("all treatment groups", "6-minute walk distance", "6 months", "= .001"),
    ("all treatment groups", "TNF-α", "6 months", "< .0001"),
    ("20 million cells", "6-minute walk distance", "6 months", "= .043"),
    ("100 million cells", "6-minute walk distance", "3 months", "= .033"),
    ("100 million cells", "6-minute walk distance", "6 months", "= .0005"),
    ("100 million cells", "TNF-α", "6 months", "= .0001"),
    ("200 million cells", "TNF-α", "6 months", "= .0001"),
    ("100 million cells", "SF-36 physical component", "1 month", "= .002"),
    ("100 million cells", "SF-36 physical component", "3 months", "= .03"),
    ("100 million cells", "SF-36 physical component", "6 months", "= .03"),
    ("200 million cells", "forced expiratory volume in 1 s", "3 months", "= .02"),
    ("20 million cells", "late T-cell activation (CD25)", "6 months", "= .03"),
}


def name(node: object) -> str:
    """Return a node's short id or label, to name a case by."""
    for attribute in ("short_id", "label", "printed", "id"):
        if hasattr(node, attribute):
            return str(getattr(node, attribute))
    return repr(node)


def text_of(document: Document, seeds: Path) -> str:
    """Return a document's text, if the file at hand is the one that was curated."""
    data = (seeds / document.name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == document.sha256
    return data.decode("utf-8")


def slice_of(passage: str | None, seeds: Path) -> str:
    """Return the words of a passage."""
    own = next(one for one in DOSSIER.passages if one.id == passage)
    document = ANSWER if own.document == ANSWER.id else RECORD
    return text_of(document, seeds)[own.start : own.end]


def test_the_file_is_in_the_one_canonical_form() -> None:
    assert rdf_text.trig(_QUADS) == _FILE.read_bytes()


def test_the_graph_is_that_of_its_model_and_its_curation_and_nothing_else() -> None:
    beside = {_CURATION, graph.manifest_graph()}
    own = {quad for quad in _QUADS if quad.graph_name.value not in beside}
    assert set(graph.quads(DOSSIER)) == own
    assert graph.dossier(own) == DOSSIER


def test_the_graph_keeps_every_shape_and_warns_only_of_what_the_answer_lacks() -> None:
    violations = validate(_QUADS)
    assert not [violation for violation in violations if violation.severity is Severity.VIOLATION]
    warned = Counter(v.shape.partition("#")[2] for v in violations)
    assert warned["ReferenceEntryResolved"] == len(DOSSIER.entries) - 1


def test_no_triple_has_a_blank_node() -> None:
    assert not [q for q in _QUADS if ox.BlankNode in {type(q.subject), type(q.object)}]


def test_every_link_leads_to_a_node_of_the_graph() -> None:
    known = {quad.subject.value for quad in _QUADS}
    made = f"{DEFAULT_BASE}id/"
    links = {q.object.value for q in _QUADS if isinstance(q.object, ox.NamedNode)}
    assert {link for link in links if link.startswith(made)} <= known


def test_each_node_says_who_curated_it_and_that_no_clinician_reviewed_it() -> None:
    curation = [quad for quad in _QUADS if quad.graph_name.value == _CURATION]
    made = from_curie("prov:wasGeneratedBy")
    generated = {q.subject.value for q in curation if q.predicate.value == made}
    nodes: tuple[Any, ...] = (
        *DOSSIER.assessments,
        *DOSSIER.judgements,
        *DOSSIER.reported_results,
    )
    asserted = {f"{DEFAULT_BASE}id/g/{claim.id}#assertion" for claim in DOSSIER.claims}
    assert {f"{DEFAULT_BASE}id/{node.id}" for node in nodes} | asserted <= generated
    said = {q.object.value for q in curation if isinstance(q.object, ox.Literal)}
    assert {"2026-11-25", "the claimgraph developers", "not reviewed by a clinician"} <= said
    assert not DOSSIER.runs


@pytest.mark.parametrize("document", DOSSIER.documents, ids=name)
def test_a_document_is_known_by_its_digest_and_carries_no_text(document: Document) -> None:
    assert document.text is None
    assert document.id == f"doc/{document.sha256[:32]}"
    assert re.fullmatch(r"[0-9a-f]{64}", document.sha256)


def test_every_passage_lies_inside_its_document() -> None:
    chars = {document.id: document.chars for document in DOSSIER.documents}
    for passage in DOSSIER.passages:
        assert 0 <= passage.start < passage.end <= chars[passage.document]
        assert passage.id == passage_id(passage.document, passage.start, passage.end)


def test_47_markers_stand_in_the_answer_and_31_resolve_to_nothing() -> None:
    status = {resolution.entry: resolution.status for resolution in DOSSIER.resolutions}
    found = Counter(status[marker.denotes] for marker in DOSSIER.markers)
    assert found == {ResolutionStatus.RESOLVED: 16, ResolutionStatus.UNRESOLVABLE: 31}
    assert [entry.label for entry in sorted(DOSSIER.entries, key=lambda e: int(e.label))] == [
        *"123456789"
    ]
    assert not any(entry.listed for entry in DOSSIER.entries)


def test_the_trial_is_a_phase_1_dose_escalation_of_three_arms_of_five() -> None:
    (trial,) = DOSSIER.trials
    groups = {group.id: group for group in DOSSIER.groups}
    doses = {dose.id: dose.value for dose in DOSSIER.doses}
    arms = [groups[arm] for arm in trial.arms]
    (pool,) = (groups[pool] for pool in trial.pools)
    assert (trial.design, trial.phase, trial.randomised) == ("dose_escalation", "1", False)
    assert sorted(doses[arm.received or ""] or 0 for arm in arms) == [20, 100, 200]
    assert sorted(pool.pools) == sorted(trial.arms)
    assert sum(arm.n or 0 for arm in arms) == pool.n == trial.enrolled == 15


def test_each_p_value_belongs_to_one_group_one_outcome_and_one_time() -> None:
    label = {group.id: group.label for group in DOSSIER.groups}
    label |= {outcome.id: outcome.label for outcome in DOSSIER.outcomes}
    printed = {time.id: time.printed for time in DOSSIER.time_points}
    found = [
        (
            label[result.group or ""],
            label[result.outcome or ""],
            printed[result.time_point or ""],
            f"{result.p_comparator} {result.p_printed}",
        )
        for result in DOSSIER.reported_results
        if result.p_printed
    ]
    assert Counter(found) == Counter(REPORTED)


def test_the_adverse_events_are_counted_and_none_is_tied_to_the_treatment() -> None:
    label = {group.id: group.label for group in DOSSIER.groups}
    found = {(e.event, label[e.group or ""], e.count) for e in DOSSIER.adverse_events}
    assert ("death", "200 million cells", 1) in found
    assert ("treatment-emergent serious adverse event", "all treatment groups", 0) in found
    assert ("moderate donor-specific cPRA reaction", "20 million cells", 1) in found
    assert {event.relatedness.value for event in DOSSIER.adverse_events} == {"not_stated"}


def _cited(statement: Statement) -> list[str]:
    return [m.label for m in DOSSIER.markers if m.statement == statement.id]


@pytest.mark.parametrize("statement", DOSSIER.statements, ids=name)
def test_a_statement_has_the_verdict_of_a_careful_reader(statement: Statement) -> None:
    (own,) = (
        judgement.verdict
        for judgement in DOSSIER.judgements
        if judgement.target == statement.id and judgement.marker is None
    )
    assert own is VERDICTS.get(statement.short_id, Verdict.UNRESOLVABLE_REFERENCE)
    assert ("1" in _cited(statement)) == (statement.short_id in VERDICTS)


@pytest.mark.parametrize("short_id", sorted(VERDICTS))
def test_a_statements_verdict_follows_from_its_claims_by_the_table(short_id: str) -> None:
    statement = next(s for s in DOSSIER.statements if s.short_id == short_id)
    own = {a.target: a.verdict for a in DOSSIER.assessments}
    claims = [
        ClaimVerdict(own[c.id], c.core, c.material, c.checkable)
        for c in DOSSIER.claims
        if c.statement == statement.id and c.id in own
    ]
    states = [CitationState(label == "1", label == "1") for label in _cited(statement)]
    assert statement_verdict(claims, states)[0] is VERDICTS[short_id]


@pytest.mark.parametrize("assessment", DOSSIER.assessments, ids=lambda a: NODES[a.target].short_id)
def test_an_assessment_says_why(assessment: Assessment) -> None:
    codes = {NODES[fault].code for fault in assessment.faults}
    assert (assessment.record, NODES[assessment.marker].label) == (RECORD.id, "1")
    assert assessment.sentence
    assert assessment.scope == ("abstract", "captions")
    if assessment.verdict is Verdict.SUPPORTED:
        assert assessment.evidence
        assert codes <= {FaultCode.SOURCE_INTERNAL_CONFLICT}
    elif assessment.verdict is Verdict.NOT_FOUND:
        assert codes == {FaultCode.UNSUPPORTED_ADDITION}
        assert not assessment.evidence
    else:
        assert codes
        assert assessment.evidence


def test_the_walk_p_values_are_told_of_one_arm_and_stand_for_all_groups() -> None:
    faults = [fault for fault in DOSSIER.faults if fault.code is FaultCode.WRONG_GROUP]
    assert {(f.claimed, f.found) for f in faults} == {("100-million", "all treatment groups")}
    targets = {
        NODES[a.target].short_id
        for a in DOSSIER.assessments
        if {f.id for f in faults} & set(a.faults)
    }
    assert targets == {"s005.2", "s005.3"}
    assert len(faults) == len(targets)


def test_the_record_contradicts_itself_in_three_places() -> None:
    kinds = [contradiction.kind for contradiction in DOSSIER.contradictions]
    assert kinds == [ConflictKind.WITHIN_RECORD] * 3
    record = {p.id for p in DOSSIER.passages if p.document == RECORD.id}
    assert all(set(c.between) <= record for c in DOSSIER.contradictions)


def test_the_advice_to_infuse_holds_on_a_condition_and_rests_on_a_claim() -> None:
    advice = next(r for r in DOSSIER.recommendations if SHORT[r.statement] == "s027")
    assert advice.condition == NODES[advice.statement].condition is not None
    assert [NODES[claim].short_id for claim in advice.rests_on] == ["s027.2"]


def test_each_passage_has_the_digest_of_the_words_that_stand_there(seeds: Path) -> None:
    for passage in DOSSIER.passages:
        words = slice_of(passage.id, seeds)
        assert hashlib.sha256(words.encode()).hexdigest() == passage.sha256
        assert words == words.strip()


@pytest.mark.parametrize("document", DOSSIER.documents, ids=name)
def test_a_document_is_as_long_as_the_file_at_hand(document: Document, seeds: Path) -> None:
    assert len(text_of(document, seeds)) == document.chars


@pytest.mark.parametrize("mention", DOSSIER.mentions, ids=lambda m: f"{m.printed}@{m.passage[-9:]}")
def test_a_printed_figure_stands_at_its_span(mention: Mention, seeds: Path) -> None:
    assert slice_of(mention.passage, seeds) == mention.printed


@pytest.mark.parametrize("result", DOSSIER.reported_results, ids=lambda r: r.id[-6:])
def test_a_reported_figure_stands_in_the_passage_that_reports_it(
    result: ReportedResult, seeds: Path
) -> None:
    words = slice_of(result.stated_in, seeds)
    if result.p_printed:
        assert f"{result.p_comparator} {result.p_printed}" in words
        assert [NODES[m].value for m in result.mentions] == [result.p_value]
    for mention in result.mentions:
        assert NODES[mention].printed in words


def test_a_marker_stands_at_its_span_and_inside_its_statement(seeds: Path) -> None:
    for marker in DOSSIER.markers:
        inside = NODES[NODES[marker.statement].passage]
        span = NODES[marker.passage]
        assert slice_of(marker.passage, seeds) == marker.label
        assert inside.start < span.start < span.end <= inside.end


def test_every_trailing_marker_of_the_answer_is_in_the_graph(seeds: Path) -> None:
    lines = re.findall(r"[.] (\d+(?:, \d+)*)$", text_of(ANSWER, seeds), re.MULTILINE)
    printed = Counter(label for line in lines for label in line.split(", "))
    assert Counter(marker.label for marker in DOSSIER.markers) == printed
    assert len(lines) == len(DOSSIER.statements)


def test_no_words_of_the_graph_are_a_run_of_ten_words_of_the_documents(seeds: Path) -> None:
    told = "\n".join(text_of(document, seeds) for document in DOSSIER.documents)
    seen = " ".join(re.findall(r"\w+", told.lower()))
    for node in replace(DOSSIER, works=()).nodes():
        for field in fields(node):
            value = getattr(node, field.name)
            found = re.findall(r"\w+", value.lower()) if isinstance(value, str) else []
            for at in range(len(found) - _RUN + 1):
                assert f" {' '.join(found[at : at + _RUN])} " not in f" {seen} "


def test_roles_are_one_answer_and_one_record() -> None:
    assert (ANSWER.role, RECORD.role) == (DocumentRole.ANSWER, DocumentRole.RECORD)
    assert RECORD.work == DOSSIER.works[0].id == "https://doi.org/10.1093/gerona/glx056"
