"""The role that a record gives to an outcome."""

from __future__ import annotations

import pytest

from kg.extract.record import report
from tests.invented_trials import source


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The primary outcome was joint pain at 12 weeks.", {"joint pain": "primary"}),
        ("Secondary endpoints included sleep, mood and appetite.",
         {"sleep": "secondary", "mood": "secondary", "appetite": "secondary"}),
        ("The primary outcome measure was a change in grip strength, assessed at 6 weeks.",
         {"grip strength": "primary"}),
        ("Joint pain fell at 12 weeks.", {}),
    ],
)  # fmt: skip
def test_outcomes_named_with_a_role_have_it(text: str, roles: dict[str, str]) -> None:
    found = report(source("Forty adults with gout took drugol. " + text)).dossier
    assert {o.label.lower(): o.role.value for o in found.outcomes if o.role} == roles


def test_the_primary_role_wins_where_a_record_gives_two() -> None:
    text = "The primary outcome was joint pain. Secondary outcomes were joint pain, sleep and mood."
    found = report(source("Forty adults took drugol. " + text)).dossier
    roles = {o.label.lower(): o.role.value for o in found.outcomes if o.role}
    assert roles["joint pain"] == "primary"
