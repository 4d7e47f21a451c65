"""Where a document speaks against itself."""

from __future__ import annotations

import pytest

from kg.compare.contradictions import within_record
from kg.extract.record import report
from tests.invented_trials import GOUT, audit, source

ARMS = "Forty adults took drugol (n = 20) or placebo (n = 20). "


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Pain decreased in the drugol group at 6 weeks. "
         "Pain increased in the drugol group at 6 weeks.", "opposed-results"),
        ("Pain decreased in all treatment groups at 6 weeks. "
         "Pain did not change in the placebo group at 6 weeks.", "opposed-results"),
        ("No rash was seen. One man in the drugol group had a rash.", "denied-and-counted"),
    ],
)  # fmt: skip
def test_a_record_that_disagrees_with_itself_is_told_with_both_passages(
    text: str, rule: str
) -> None:
    record = report(source(ARMS + text))
    found = within_record(record)
    (conflict,) = found.contradictions
    assert (conflict.kind.value, conflict.rule) == ("within_record", rule)
    known = {p.id: p for p in (*found.passages, *record.dossier.passages)}
    ends = sorted(record.reading.text[known[p].start : known[p].end] for p in conflict.between)
    assert len(set(ends)) == 2
    assert all(end in text for end in ends)


@pytest.mark.parametrize(
    "text",
    [
        "Pain decreased in the drugol group at 6 weeks. Pain increased in it at 12 weeks.",
        "Pain decreased in the drugol group. Pain increased in the placebo group.",
        "Pain decreased in the drugol group. Pain did not change in the placebo group.",
        "Pain decreased in the drugol group. Grip strength increased in the drugol group.",
        "No related rash was seen. One man in the drugol group had a rash.",
    ],
)
def test_other_groups_times_outcomes_and_events_are_no_contradiction(text: str) -> None:
    assert not within_record(report(source(ARMS + text))).contradictions


ANSWER = """# Zelorimab

Grip strength increased in the 40 mg group at 12 weeks (p = .02) [1]. {} [1].
"""


@pytest.mark.parametrize(
    ("second", "rules"),
    [
        ("Grip strength decreased in the 40 mg group at 12 weeks", {"opposed-results"}),
        ("Grip strength rose in the 40 mg group at 12 weeks", set()),
        ("Joint pain decreased in the 20 mg group at 12 weeks", set()),
    ],
)
def test_two_statements_of_an_answer(second: str, rules: set[str]) -> None:
    _, found, _ = audit(ANSWER.format(second), {"1": GOUT})
    within = [c for c in found.contradictions if c.kind.value == "within_answer"]
    assert {c.rule for c in within} == rules
    statements = {s.id for s in found.statements}
    assert all(set(c.between) <= statements and len(c.between) == 2 for c in within)


def test_an_answer_that_denies_and_counts_an_event() -> None:
    answer = "# Safety\n\nThere were no seizures [1]. One patient had a seizure at day 9 [1].\n"
    _, found, _ = audit(answer, {"1": GOUT})
    assert {c.rule for c in found.contradictions if c.kind.value == "within_answer"} == {
        "denied-and-counted"
    }
