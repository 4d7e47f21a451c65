"""Adverse events: how many, in which group, when, and whether related."""

from __future__ import annotations

import pytest

from kg.extract.record import report
from tests.invented_trials import source

ARMS = "Sixty adults took drugol or placebo. The drugol group and the placebo group had n = 30. "


def events(text: str) -> list[tuple[str, int | None, str | None, str | None, str]]:
    """Return event, count, group, onset and relatedness of each report."""
    found = report(source(ARMS + text)).dossier
    groups = {g.id: g.label for g in found.groups}
    times = {t.id: t.printed for t in found.time_points}
    return sorted(
        (e.event, e.count, groups.get(str(e.group)), times.get(str(e.onset)), e.relatedness.value)
        for e in found.adverse_events
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three adverse events occurred in the placebo group at day 4.",
         [("adverse events", 3, "placebo", "day 4", "not_stated")]),
        ("There were no deaths.", [("deaths", 0, None, None, "not_stated")]),
        ("One death in the drugol group was unrelated to treatment.",
         [("death", 1, "drugol", None, "unrelated")]),
        ("Two treatment-related adverse events occurred.",
         [("treatment-related adverse events", 2, None, None, "related")]),
        ("Adverse events were recorded.", []),
        ("Pain fell in 3 adults.", []),
    ],
)  # fmt: skip
def test_an_event_is_reported_with_what_the_words_say(
    text: str, expected: list[tuple[str, int | None, str | None, str | None, str]]
) -> None:
    assert events(text) == expected


def test_the_methods_report_no_event() -> None:
    text = "METHODS: Two adverse events would stop the trial.\n\nRESULTS: Pain fell on drugol."
    assert not report(source(text)).dossier.adverse_events
