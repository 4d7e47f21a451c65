"""One run over answers and records: what it unites, what it dates, what it survives."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kg import assets
from kg.build import Built, Case, build, publish, reopen, rules_digest, run
from kg.cite import SuppliedRecord
from kg.corpus import AnswerInput, Inputs, RecordInput, read_corpus
from kg.examination import recorded
from kg.graph import dossier, quads, sealed
from kg.model import DocumentRole, Verdict
from kg.sources import read_file
from kg.store import open_store

DEMO = assets.folder("demo")
ANSWER = DEMO / "answer.txt"


def record(number: int) -> RecordInput:
    return RecordInput(DEMO / f"record-{number}.txt", str(number))


@pytest.fixture(scope="module")
def built() -> Built:
    return build(read_corpus(DEMO))


def test_the_run_names_its_rules_its_documents_and_its_date(built: Built) -> None:
    (made,) = built.dossier.runs
    assert made.rules == rules_digest()
    assert made.used == tuple(sorted(document.id for document in built.dossier.documents))
    (answer,) = [d for d in built.dossier.documents if d.role is DocumentRole.ANSWER]
    assert made.as_of == answer.date
    assert answer.date


def test_another_date_is_another_run(built: Built) -> None:
    other = build(replace(read_corpus(DEMO), as_of="2031-01-01"))
    assert other.dossier.runs[0].as_of == "2031-01-01"
    assert other.dossier.runs[0].id != built.dossier.runs[0].id


def test_the_quads_are_the_dossier(built: Built) -> None:
    assert set(built.quads) == set(sealed(quads(built.dossier)))
    assert dossier(built.quads) == built.dossier.normalised()


def test_every_statement_and_claim_has_a_verdict(built: Built) -> None:
    judged = {j.target for j in built.dossier.judgements if j.marker is None}
    assert {s.id for s in built.dossier.statements} <= judged
    assert {c.id for c in built.dossier.claims} <= judged


def test_every_id_that_a_node_names_is_there(built: Built) -> None:
    known = {node.id for node in built.dossier.nodes()}
    for assessment in built.dossier.assessments:
        named = {assessment.target, assessment.marker, assessment.record, *assessment.faults}
        named |= {*assessment.checks, *assessment.evidence, *assessment.against}
        assert named <= known
    for judgement in built.dossier.judgements:
        assert {judgement.target, *judgement.faults} <= known
    for claim in built.dossier.claims:
        assert set(claim.expresses) <= known


def test_the_retracted_work_is_a_fault_of_the_statements_that_cite_it(built: Built) -> None:
    faults = {fault.id: fault.code.value for fault in built.dossier.faults}
    of_citations = [j for j in built.dossier.judgements if j.marker]
    assert any("retracted" in {faults[f] for f in j.faults} for j in of_citations)


def test_demo_shows_most_of_the_verdicts(built: Built) -> None:
    verdicts = {j.verdict for j in built.dossier.judgements if j.marker is None}
    assert len(verdicts) >= 8
    assert {Verdict.SUPPORTED, Verdict.MISATTRIBUTED, Verdict.CONTRADICTED} <= verdicts


def test_every_order_of_the_records_gives_the_same_run() -> None:
    runs = [
        build(Inputs((AnswerInput(ANSWER, tuple(record(n) for n in order)),)))
        for order in list(permutations((1, 2, 3)))[::2]
    ]
    first = runs[0]
    for other in runs[1:]:
        assert other.dossier == first.dossier
        assert other.quads == first.quads
        assert other.findings == first.findings


def test_several_answers_are_one_run(tmp_path: Path) -> None:
    text = ANSWER.read_text("utf-8")
    other = tmp_path / "other.txt"
    other.write_text(text.replace("stair-climb", "stair climbing"), encoding="utf-8")
    inputs = (AnswerInput(ANSWER, (record(1),)), AnswerInput(other, (record(1), record(2))))
    one = build(Inputs(inputs))
    two = build(Inputs(inputs[::-1]))
    assert one.quads == two.quads
    assert len([d for d in one.dossier.documents if d.role is DocumentRole.ANSWER]) == 2
    assert len(one.dossier.runs) == 1
    assert len(one.dossier.documents) == 4


def test_a_failed_input_loses_no_other(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    answer = AnswerInput(ANSWER, (record(1), RecordInput(tmp_path / "empty.txt", "2")))
    lost = AnswerInput(tmp_path / "missing.txt", (record(3),))
    found = build(Inputs((answer, lost)))
    assert [type(failure).__name__ for failure in found.failures] == [
        "EmptyFileError",
        "MissingFileError",
    ]
    names = {document.name for document in found.dossier.documents}
    assert names == {"answer.txt", "record-1.txt", "record-3.txt"}
    assert Verdict.MISATTRIBUTED in {j.verdict for j in found.dossier.judgements}


def test_a_record_that_prints_no_identifier_takes_the_one_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("TITLE: A trial\n\nRESULTS: Grip strength rose (p = .02).")
    given = RecordInput(tmp_path / "r.txt", "1", work="doi:10.1000/Given")
    found = build(Inputs((AnswerInput(ANSWER, (given,)),)))
    (read,) = [d for d in found.dossier.documents if d.role is DocumentRole.RECORD]
    assert read.work == "https://doi.org/10.1000/given"
    assert read.work in {work.id for work in found.dossier.works}
    own = build(Inputs((AnswerInput(ANSWER, (replace(record(1), work="doi:10.1000/other"),)),)))
    assert own.dossier == build(Inputs((AnswerInput(ANSWER, (record(1),)),))).dossier


def test_sources_that_are_read_already_need_no_files() -> None:
    answer = read_file(ANSWER, DocumentRole.ANSWER)
    source = read_file(DEMO / "record-1.txt", DocumentRole.RECORD)
    found = run([Case(answer, (SuppliedRecord(source, "1"),))])
    assert found.dossier == build(Inputs((AnswerInput(ANSWER, (record(1),)),))).dossier


def test_a_published_run_reopens_as_what_it_was(built: Built, tmp_path: Path) -> None:
    publish(built, tmp_path / "store")
    again = reopen(open_store(tmp_path / "store"))
    assert again.dossier == built.dossier.normalised()
    assert again.findings == built.findings
    assert again.violations == built.violations


def test_another_base_changes_iris_and_nothing_else(built: Built) -> None:
    base = "https://example.org/"
    other = build(read_corpus(DEMO), base)
    assert recorded(other.dossier, ()) == recorded(built.dossier, ())
    assert not [q for q in other.quads if "claimgraph/id/" in str(q)]
    found = [(finding.rule, finding.severity, finding.statement) for finding in other.findings]
    assert found == [(f.rule, f.severity, f.statement) for f in built.findings]


def test_the_rules_are_named_by_their_content() -> None:
    assert len(rules_digest()) == 64
    assert rules_digest() == rules_digest()
