"""Findings from audit queries and constraints: rule, severity, statement, message, order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.findings import Finding, findings
from kg.graph import quads
from kg.model import Severity
from kg.store import MemoryStore, read_quads
from kg.validate import Violation
from kg.validate.violation import Severity as ShaclSeverity
from tests.sample_dossier import sample

CASES = Path(__file__).parent / "queries"


def of_case(name: str) -> tuple[Finding, ...]:
    (path,) = (CASES / name).glob("data.*")
    found = findings(MemoryStore(read_quads(path)))
    return tuple(finding for finding in found if finding.query == name)


def test_each_verdict_has_the_contracts_severity_and_one_finding() -> None:
    found = [(f.rule.removeprefix("audit/verdict-"), f.severity.value) for f in of_case("verdict")]
    assert sorted(found) == [
        ("contradicted", "error"),
        ("misattributed", "error"),
        ("not-found", "warning"),
        ("outdated", "warning"),
        ("overgeneralised", "info"),  # a reviewer holds it to be supported
        ("partially-supported", "warning"),
        ("source-unavailable", "info"),
        ("supported", "error"),  # a reviewer holds it to be misattributed
        ("uncited", "info"),
        ("unresolvable-reference", "warning"),
    ]


def test_a_figure_of_another_group_names_both_groups_and_the_own_figure() -> None:
    first, second = of_case("right-number-wrong-group")
    assert (first.severity, first.statement) == (Severity.ERROR, "s001")
    assert first.message == (
        "s001.1 gives 0.02 (grip strength) to 40 mg arm; "
        "the record reports it of all arms together, and .3 of 40 mg arm"
    )
    assert second.message.endswith("the record reports it of all arms together")


def test_a_retracted_work_is_an_error_and_another_state_a_warning() -> None:
    found = {f.message: f.severity.value for f in of_case("work-states")}
    assert found == {
        "the cited work is retracted as of 2020-01-01": "error",
        "the cited work is corrected": "warning",
    }


def test_findings_are_sorted_gravest_first_then_by_statement() -> None:
    found = findings(MemoryStore(quads(sample())))
    ranks = [list(Severity).index(finding.severity) for finding in found]
    assert ranks == sorted(ranks)
    assert [f.statement for f in found if f.severity is Severity.ERROR] == ["s001"]
    assert all(finding.rows for finding in found)


@pytest.mark.parametrize(
    ("focus", "statement"),
    [("claim/2", "s002"), ("assessment/1", "s001"), ("statement/3", "s003"), ("trial/9", None)],
)
def test_a_broken_constraint_is_a_finding_of_the_statement_it_touches(
    focus: str, statement: str | None
) -> None:
    violation = Violation(
        f"https://w3id.org/claimgraph/id/{focus}", None, None,
        "https://w3id.org/claimgraph/shapes#TrialSize", ShaclSeverity.VIOLATION,
        "The parts add up.", "SPARQLConstraintComponent",
    )  # fmt: skip
    found = [f for f in findings(MemoryStore(quads(sample())), [violation]) if f.query is None]
    (finding,) = found
    assert (finding.rule, finding.severity) == ("shape/TrialSize", Severity.ERROR)
    assert finding.statement == statement
    assert focus in finding.message
