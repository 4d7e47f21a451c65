"""Answers examined on their own: the same findings as the whole graph gives, made once."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from kg import assets
from kg.build import add_review, build, examine, publish, reopen
from kg.corpus import AnswerInput, Inputs, RecordInput, read_corpus
from kg.examination import checks_digest, complete, held, recorded
from kg.examination import examine as examinations
from kg.model import Cutter, DocumentRole, Dossier, Severity, Verdict
from kg.review import decide
from kg.store import MemoryStore, open_store
from tests.strategies import dossiers

if TYPE_CHECKING:
    from kg.build import Built

DEMO = assets.folder("demo")
ANSWERS = (
    "Grip strength rose in the 40 mg arm (p = .02) [1].",
    "Walking speed fell by 0.2 m/s in all groups [1].",
    "Nobody was harmed [2].",
)
RECORD = (
    "TITLE: A trial of grip\n\nRESULTS: Grip strength rose in the 40 mg arm (p = .02) and "
    "walking speed rose by 0.1 m/s. DOI: 10.5555/grip.1"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Inputs:
    record = tmp_path / "record.txt"
    record.write_text(RECORD, encoding="utf-8")
    made = []
    for number, text in enumerate(ANSWERS):
        path = tmp_path / f"answer-{number}.txt"
        path.write_text(f"{text}\n\nReferences\n1. A trial of grip. doi:10.5555/grip.1\n")
        made.append(AnswerInput(path, (RecordInput(record, "1"),)))
    return Inputs(tuple(made), as_of="2026-03-01")


@pytest.fixture(scope="module")
def demo() -> Built:
    return build(read_corpus(DEMO))


@pytest.mark.parametrize("name", ["demo", "corpus"])
def test_what_is_found_of_each_answer_is_what_the_whole_graph_gives(
    name: str, request: pytest.FixtureRequest
) -> None:
    given = request.getfixturevalue(name)
    built = given if name == "demo" else build(given)
    anew = reopen(MemoryStore(built.quads))
    assert built.findings == anew.findings
    assert {f.rule.partition("/")[0] for f in built.findings} == {"audit", "shape"}


def test_what_an_examination_found_is_read_back_from_the_graph(demo: Built) -> None:
    made = examinations(demo.dossier)
    again = held(MemoryStore(demo.quads))
    assert {one.examination.sha256: one for one in made} == again
    assert any(one.findings for one in made)


def test_an_answer_that_did_not_change_is_not_examined_again(corpus: Inputs) -> None:
    first = build(replace(corpus, answers=corpus.answers[:2]))
    known = held(first.store)
    marked = {
        key: replace(
            one, findings=tuple(replace(f, message="as it was found") for f in one.findings)
        )
        for key, one in known.items()
    }
    second = build(corpus, earlier=marked)
    told = {f.message for f in second.findings if f.query == "verdict"}
    assert "as it was found" in told
    assert len(told) > 1, "the answer that is new was not examined"
    assert build(corpus, earlier=known).findings == build(corpus).findings
    assert build(corpus, earlier=known).quads == build(corpus).quads


@pytest.mark.parametrize("what", ["record", "date", "checks"])
def test_other_content_or_other_checks_are_examined_anew(
    corpus: Inputs, what: str, tmp_path: Path
) -> None:
    corpus = replace(corpus, answers=corpus.answers[:2])  # the third does not cite the record
    first = build(corpus)
    stale = {
        key: replace(one, findings=tuple(replace(f, message="stale") for f in one.findings))
        for key, one in held(first.store).items()
    }
    if what == "record":
        (tmp_path / "record.txt").write_text(RECORD.replace("0.1", "0.3"), encoding="utf-8")
    if what == "date":
        corpus = replace(corpus, as_of="2026-09-01")
    if what == "checks":
        stale = {
            key: replace(one, examination=replace(one.examination, checks="0" * 64))
            for key, one in stale.items()
        }
    assert "stale" not in {finding.message for finding in build(corpus, earlier=stale).findings}


def test_a_published_build_is_reopened_by_its_examinations(corpus: Inputs, tmp_path: Path) -> None:
    built = build(corpus)
    publish(built, tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert reopen(store, examined=True).findings == built.findings
    assert complete(built.dossier, held(store).values())


def test_a_graph_that_was_edited_is_asked_anew(demo: Built) -> None:
    kept = [quad for quad in demo.quads if not quad.predicate.value.endswith("#pComparator")]
    found = reopen(MemoryStore(kept)).findings
    assert found != demo.findings


def test_a_graph_without_all_examinations_is_asked_anew(demo: Built) -> None:
    bare = replace(demo.dossier, examinations=demo.dossier.examinations[:1])
    assert not complete(bare, list(held(MemoryStore(demo.quads)).values())[:1])
    gone = [quad for quad in demo.quads if "/g/examination/" not in quad.graph_name.value]
    assert reopen(MemoryStore(gone), examined=True).findings == demo.findings


def test_a_review_changes_the_findings_of_its_answer_alone(corpus: Inputs, tmp_path: Path) -> None:
    built = build(corpus)
    publish(built, tmp_path / "store")
    store = open_store(tmp_path / "store")
    target = next(
        j for j in built.dossier.judgements
        if j.verdict is not Verdict.SUPPORTED and j.marker is None and "statement/" in j.target
    )  # fmt: skip
    made = decide(
        store, target.id, overruled_to=Verdict.SUPPORTED, by="a reader", why="it is there"
    )
    add_review(made, tmp_path / "store")
    after = open_store(tmp_path / "store")
    assert reopen(after, examined=True).findings == reopen(after).findings
    changed = set(held(after)) - set(held(store))
    assert len(changed) == 1


def test_a_cut_holds_the_dossiers_own_nodes_and_nothing_of_another_answer(demo: Built) -> None:
    whole = demo.dossier
    cutter = Cutter(whole)
    for answer in cutter.answers:
        cut = cutter.of(answer)
        assert {s.document for s in cut.statements} <= {answer}
        assert {s.id for s in cut.statements} == {
            s.id for s in whole.statements if s.document == answer
        }
        for family in fields(Dossier):
            if family.name != "runs":
                assert set(getattr(cut, family.name)) <= set(getattr(whole, family.name))


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_every_node_stands_in_a_part(dossier: Dossier) -> None:
    whole = dossier.normalised()
    parts = list(Cutter(whole).parts())
    assert [name for name, _ in parts].count(None) == 1
    for family in fields(Dossier):
        if family.name in {"examinations", "findings"}:
            continue
        found = {node.id for _, part in parts for node in getattr(part, family.name)}
        assert found == {node.id for node in getattr(whole, family.name)}, family.name


def test_a_record_that_no_answer_cites_is_examined_as_well(tmp_path: Path) -> None:
    record = tmp_path / "record.txt"
    record.write_text(RECORD, encoding="utf-8")
    loose = Inputs((AnswerInput(tmp_path / "missing.txt", (RecordInput(record, "1"),)),))
    built = build(loose)
    (document,) = [d for d in built.dossier.documents if d.role is DocumentRole.RECORD]
    assert document.id in {one.document for one in built.dossier.examinations}
    assert built.findings == reopen(MemoryStore(built.quads)).findings


def test_a_finding_names_the_statement_of_its_own_answer(demo: Built) -> None:
    answers = {s.id: s.document for s in demo.dossier.statements}
    of = {one.id: one.document for one in demo.dossier.examinations}
    on = [finding for finding in demo.dossier.findings if finding.statement]
    assert on
    assert all(of[f.examination] == answers[f.statement or ""] for f in on)
    assert {finding.severity for finding in on} == set(Severity)


def test_recording_leaves_what_was_recorded_before_out(demo: Built) -> None:
    assert recorded(demo.dossier, ()).findings == ()
    assert examine(demo.dossier).quads == demo.quads
    assert len(checks_digest()) == 64
