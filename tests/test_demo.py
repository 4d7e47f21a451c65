"""The demo's audit, statement by statement, against what a careful methodologist says of it."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from typing import Any

import pytest

from kg import assets
from kg.build import Built, build
from kg.corpus import read_corpus
from kg.model import Document, DocumentRole, FaultCode, Statement, Verdict

_DEMO = assets.folder("demo")
_EXPECTED = tomllib.loads((_DEMO / "expected.toml").read_text(encoding="utf-8"))
_ANSWER = (_DEMO / "answer.txt").read_text(encoding="utf-8")
_ROWS: list[dict[str, Any]] = _EXPECTED["statement"]
_CONFLICTS: list[dict[str, Any]] = _EXPECTED["contradiction"]
_BESIDE = {"self_contradiction", "source_internal_conflict"}
_FICTION = re.compile(r"\b10\.5555/demo\.[a-z]+(?:\.\d)?\b")


@cache
def built() -> Built:
    """Run the demo once."""
    return build(read_corpus(_DEMO / "corpus.toml"))


@cache
def texts() -> dict[str, str]:
    """Return the words of each passage, by its id."""
    documents = {document.id: document.text or "" for document in built().dossier.documents}
    return {
        passage.id: documents[passage.document][passage.start : passage.end]
        for passage in built().dossier.passages
    }


def opening(statement: Statement) -> str:
    """Return the opening words by which the expectations know a statement."""
    said = texts()[statement.passage]
    return next((row["opens"] for row in _ROWS if said.startswith(row["opens"])), said)


def verdict_of(statement: Statement) -> Verdict:
    """Return the verdict over all citations of a statement."""
    (own,) = (
        judgement.verdict
        for judgement in built().dossier.judgements
        if judgement.target == statement.id and judgement.marker is None
    )
    return own


def faults_of(statement: Statement) -> set[str]:
    """Unite the codes of a statement's faults: its claims', its citations' and its own.

    Conflicts are left out: the expectations list them by their two places.
    """
    dossier = built().dossier
    targets = {c.id for c in dossier.claims if c.statement == statement.id} | {statement.id}
    nodes: tuple[Any, ...] = (*dossier.assessments, *dossier.judgements)
    ids = {fault for node in nodes if node.target in targets for fault in node.faults}
    return {fault.code.value for fault in dossier.faults if fault.id in ids} - _BESIDE


def test_the_expectations_name_each_statement_once_and_only_codes_that_exist() -> None:
    for row in _ROWS:
        assert _ANSWER.count(row["opens"]) == 1, row["opens"]
        assert row["verdict"] in list(Verdict)
        assert set(row["faults"]) <= set(FaultCode)
        assert row["faults"] == sorted(row["faults"])
        assert row["why"]


def test_every_verdict_occurs_in_the_demo() -> None:
    assert {row["verdict"] for row in _ROWS} == set(Verdict)


def test_the_demo_is_fiction_and_says_so_in_its_identifiers() -> None:
    for path in sorted(_DEMO.glob("*")):
        for doi in re.findall(r"\b10\.\d{4,9}/[^\s\"'}:]+", path.read_text(encoding="utf-8")):
            assert _FICTION.fullmatch(doi.rstrip(".")), f"{path.name}: {doi}"


def test_every_file_of_the_corpus_is_read_and_each_record_knows_its_work() -> None:
    run = built()
    records = [d for d in run.dossier.documents if d.role is DocumentRole.RECORD]
    assert not run.failures
    assert {record.name: record.work for record in records} == {
        f"record-{n}.txt": f"https://doi.org/10.5555/demo.brindolast.{n}" for n in (1, 2, 3)
    }
    status = json.loads((_DEMO / "status.json").read_text(encoding="utf-8"))
    listed = [s for s in run.dossier.work_statuses if s.by is None]
    assert [s.work.removeprefix("https://doi.org/") for s in listed] == [*status]
    (superseded,) = (s for s in run.dossier.work_statuses if s.by is not None)
    assert (superseded.work[-1], superseded.by and superseded.by[-1]) == ("1", "2")


def test_the_statements_are_those_expected_and_no_others() -> None:
    found = [opening(statement) for statement in built().dossier.statements]
    assert sorted(found) == sorted(row["opens"] for row in _ROWS)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["opens"][:32])
def test_a_statement_gets_the_verdict_and_the_faults_expected(row: dict[str, Any]) -> None:
    (own,) = (s for s in built().dossier.statements if opening(s) == row["opens"])
    found = verdict_of(own).value, sorted(faults_of(own))
    assert found == (row["verdict"], row["faults"]), row["why"]


def _place(document: Document, words: str) -> int:
    text = document.text or ""
    assert text.count(words) == 1, words
    return text.index(words)


@pytest.mark.parametrize("row", _CONFLICTS, ids=lambda row: row["between"][0][:32])
def test_a_contradiction_is_found_between_the_two_places_expected(row: dict[str, Any]) -> None:
    dossier = built().dossier
    name = row.get("record", "answer.txt")
    (document,) = (d for d in dossier.documents if d.name == name)
    wanted = [_place(document, words) for words in row["between"]]
    passages = {p.id: p for p in dossier.passages}
    spans = {s.id: passages[s.passage] for s in dossier.statements} | passages
    found = [
        [spans[node] for node in c.between]
        for c in dossier.contradictions
        if c.kind.value == row["kind"]
    ]
    for pair in (wanted, wanted[::-1]):
        for places in found:
            ends = zip(places, pair, strict=True)
            if all(s.document == document.id and s.start <= at < s.end for s, at in ends):
                return
    pytest.fail(f"no such contradiction among {found}")


def test_no_contradiction_is_found_beyond_those_expected() -> None:
    kinds = [c.kind.value for c in built().dossier.contradictions]
    expected = [row["kind"] for row in _CONFLICTS]
    assert sorted(kinds) == sorted(expected)
