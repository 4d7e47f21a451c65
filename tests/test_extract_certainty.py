"""How certain a record calls its evidence, and from which level its design lets one start."""

from __future__ import annotations

import pytest

from kg.extract.certainty import OBSERVATIONAL, RANDOMISED, start_by_design, stated
from kg.extract.reading import read_record
from kg.extract.record import report
from kg.model import CertaintyBasis, CertaintyLevel, DocumentRole
from kg.sources import read
from kg.text.lexicon import rows


def levels(text: str) -> list[str]:
    return [level.value for level, _ in stated(read_record(text))]


@pytest.mark.parametrize("row", list(rows("certainty.tsv")), ids=lambda row: str(row[0]))
def test_the_example_of_each_row_has_its_level(row: list[str]) -> None:
    assert levels(row[3]) == [row[0]]


@pytest.mark.parametrize(
    "text",
    [
        "There was no high-certainty evidence on falls.",
        "The risk of falls was low.",
        "Certainty is wanting.",
    ],
)
def test_what_states_no_certainty_has_none(text: str) -> None:
    assert levels(text) == []


@pytest.mark.parametrize(
    ("design", "randomised", "expected"),
    [
        ("randomised_controlled", True, (CertaintyLevel.HIGH, RANDOMISED)),
        (None, True, (CertaintyLevel.HIGH, RANDOMISED)),
        ("cohort", None, (CertaintyLevel.LOW, OBSERVATIONAL)),
        ("dose_escalation", False, (CertaintyLevel.LOW, OBSERVATIONAL)),
        ("meta_analysis", None, None),
        ("animal", True, None),
        (None, None, None),
    ],
)
def test_a_design_starts_where_grade_starts(
    design: str | None, randomised: bool | None, expected: tuple[CertaintyLevel, str] | None
) -> None:
    assert start_by_design(design, randomised=randomised) == expected


def test_each_certainty_of_a_record_says_what_it_rests_on() -> None:
    text = (
        "TITLE: Moss tea for sleep\n\nMETHODS: In this randomised trial 60 adults drank moss tea."
        "\n\nRESULTS: Sleep rose by 1 h (low-certainty evidence).\n"
    )
    found = report(read(text.encode(), "r.txt", DocumentRole.RECORD)).dossier
    by_basis = {certainty.basis: certainty for certainty in found.certainties}
    told = by_basis[CertaintyBasis.STATED_BY_SOURCE]
    derived = by_basis[CertaintyBasis.RULE_DERIVED]
    assert (told.level, told.rule, len(told.stated_in)) == (CertaintyLevel.LOW, None, 1)
    assert (derived.level, derived.rule) == (CertaintyLevel.HIGH, RANDOMISED)
    assert told.about == derived.about == found.trials[0].id
