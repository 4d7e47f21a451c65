"""SARIF and JUnit: what a code host and a build server read says what the audit says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import jsonschema
import pytest

from kg import assets
from kg.api import audit
from kg.model import Dossier
from kg.report import render
from kg.report.view import view

if TYPE_CHECKING:
    from kg.api import Audit

SCHEMA = Path(__file__).parent / "sarif" / "sarif-2.1.0.json"
DEMO = assets.folder("demo")
TEXT = (DEMO / "answer.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo() -> Audit:
    return audit(DEMO / "answer.txt", {"1": DEMO / "record-1.txt"})


def run_of(made: Audit) -> dict[str, Any]:
    told = json.loads(made.render("sarif"))
    assert told["version"] == "2.1.0"
    (run,) = told["runs"]
    found: dict[str, Any] = run
    return found


def test_sarif_has_a_result_for_each_finding(demo: Audit) -> None:
    run = run_of(demo)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(demo.findings)
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, finding in zip(run["results"], demo.findings, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding.rule
        assert result["level"] == levels[finding.severity]
        assert result["message"]["text"] == finding.message


def test_sarif_is_as_its_schema_has_it_and_leaves_out_nothing_that_a_code_host_needs(
    demo: Audit,
) -> None:
    told = json.loads(demo.render("sarif"))
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (run,) = told["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        for part in ("shortDescription", "fullDescription", "help"):
            assert rule[part]["text"], rule["id"]
    assert all(result["locations"] for result in run["results"])


def test_sarif_points_at_the_words_of_the_statement(demo: Audit) -> None:
    run = run_of(demo)
    statements = {s.short_id: s for s in demo.dossier.statements}
    passages = {p.id: p for p in demo.dossier.passages}
    lines = TEXT.split("\n")
    seen = 0
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        if "properties" not in result:
            assert (region["startLine"], region["startColumn"]) == (1, 1)
            continue
        words = TEXT[region["charOffset"] : region["charOffset"] + region["charLength"]]
        own = passages[statements[result["properties"]["statement"]].passage]
        assert words == TEXT[own.start : own.end]
        first = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
        assert words.split("\n")[0].startswith(first[: len(words.split("\n")[0])])
        assert (
            run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"] == "answer.txt"
        )
        seen += 1
    assert seen > 10


def test_junit_fails_the_statements_that_have_an_error(demo: Audit) -> None:
    tree = ElementTree.fromstring(demo.render("junit"))  # noqa: S314 - our own bytes
    cases = {case.get("name", "").partition(":")[0]: case for case in tree.iter("testcase")}
    wrong = {f.statement for f in demo.findings if f.severity == "error"}
    assert {name for name, case in cases.items() if case.find("failure") is not None} == wrong
    assert {s.short_id for s in demo.dossier.statements} <= set(cases)
    assert tree.get("failures") == str(len(wrong))
    skipped = [name for name, case in cases.items() if case.find("skipped") is not None]
    assert tree.get("skipped") == str(len(skipped))
    assert not set(skipped) & wrong


def test_an_answer_that_is_borne_out_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Grip strength rose (p = .02) [1].", encoding="utf-8")
    record = tmp_path / "r.txt"
    record.write_text("TITLE: A trial\n\nRESULTS: Grip strength rose (p = .02).", encoding="utf-8")
    tree = ElementTree.fromstring(audit(tmp_path / "a.txt", {"1": record}).render("junit"))  # noqa: S314
    assert tree.get("failures") == "0"


def test_a_text_cannot_break_out_of_either(tmp_path: Path) -> None:
    text = 'Grip rose </failure><x y="1"> & ]]> \x0b\x01 by 9 kg in <all> groups (p = .9) [1].'
    (tmp_path / "a<b>&.txt").write_text(text, encoding="utf-8")
    record = tmp_path / "r.txt"
    record.write_text("TITLE: A trial\n\nRESULTS: Grip strength fell (p = .02).", encoding="utf-8")
    made = audit(tmp_path / "a<b>&.txt", {"1": record})
    tree = ElementTree.fromstring(made.render("junit"))  # noqa: S314
    assert not list(tree.iter("x"))
    assert (
        json.loads(made.render("sarif"))["runs"][0]["artifacts"][0]["location"]["uri"]
        == "a%3Cb%3E%26.txt"
    )


def test_an_empty_audit_is_whole_in_both() -> None:
    empty = view(Dossier())
    assert json.loads(render(empty, {}, "sarif"))["runs"][0]["results"] == []
    assert ElementTree.fromstring(render(empty, {}, "junit")).get("tests") == "0"  # noqa: S314
