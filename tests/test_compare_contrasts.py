"""Words that exclude each other: each set holds, and the claimed word anywhere silences it."""

from __future__ import annotations

import pytest

from kg.compare.contrasts import contrasts
from kg.extract.reading import read_claim, read_record
from kg.model import FaultCode
from kg.text.lexicon import rows

_ROWS = list(rows("contrasts.tsv"))


def codes(text: str, told: str) -> list[str]:
    """Return the codes of a claim's contrasts with a record."""
    record = read_record(told)
    return [f.code.value for f in contrasts(read_claim(text, 0, len(text), record), record)]


def test_every_row_names_a_code_a_place_a_member_and_an_example_that_has_it() -> None:
    for group, code, place, member, phrases, example in _ROWS:
        assert FaultCode(code)
        assert place in {"anywhere", "same head", "must be told"}, group
        assert member.strip("~?")
        assert example
        assert phrases.strip()


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Drugol was taken once a week and zelor once a day.",
         "Drugol was taken once monthly and zelor once daily.", ["dose_mismatch"]),
        ("Drugol was taken once a month and zelor once a day.",
         "Drugol was taken once monthly and zelor once daily.", []),
        ("They came twice a week.", "They had two sessions weekly.", []),
        ("It eased pain in hip osteoarthritis.",
         "Adults with knee osteoarthritis took part.", ["population_mismatch"]),
        ("It eased pain in knee osteoarthritis.",
         "Adults with knee osteoarthritis took part; a hip fracture excluded them.", []),
        ("Half had mild asthma.", "Half had mild to severe asthma.", []),
    ],
)  # fmt: skip
def test_each_of_two_rhythms_is_held_against_the_records(
    text: str, told: str, expected: list[str]
) -> None:
    assert codes(text, told) == expected


@pytest.mark.parametrize(
    ("text", "told", "code"),
    [
        ("Women took drugol.", "Sixty men took drugol.", "population_mismatch"),
        ("Drugol was taken once daily.", "Drugol was taken twice a day.", "dose_mismatch"),
        ("Drugol was given under the skin.", "Drugol was given orally.", "dose_mismatch"),
        ("Systolic pressure fell.", "Diastolic pressure fell.", "outcome_mismatch"),
        ("This double-blind trial tested drugol.", "This open-label trial tested drugol.",
         "design_misstated"),
        ("This randomised trial tested drugol.", "Drugol was tested.", "design_misstated"),
        ("Severe asthma was treated.", "Mild asthma was treated.", "population_mismatch"),
        ("Progression-free survival was longer.", "Overall survival was longer.",
         "outcome_mismatch"),
        ("Emergency surgery was studied.", "All operations were elective.", "population_mismatch"),
        ("This ran at a single burns centre.", "Patients came from five burns centres.",
         "design_misstated"),
        ("Drugol was better than placebo.", "Drugol was better than zolamine.",
         "comparison_mismatch"),
        ("Gains had gone by a year.", "Gains were maintained at a year.", "wrong_direction"),
        ("Men and women took drugol.", "Sixty men took drugol.", "population_mismatch"),
        ("Fever followed the second dose.", "Fever followed the third dose.", "wrong_time"),
    ],
)  # fmt: skip
def test_a_member_against_its_rival_is_a_fault(text: str, told: str, code: str) -> None:
    assert codes(text, told) == [code]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Women took drugol.", "Sixty men and 20 women took drugol."),
        ("Women took drugol.", "Sixty people took drugol."),
        ("Drugol was taken once daily.", "Drugol was taken."),
        ("Severe asthma was treated.", "Mild pain and severe asthma were treated."),
        ("Severe asthma was treated.", "Mild eczema was treated."),  # another head
        ("This randomised trial tested drugol.", "Patients were assigned to drugol."),
        ("The trial was not double-blind.", "This open-label trial tested drugol."),
        ("The line was flushed with saline.", "The line was flushed with water."),
        (
            "Drugol was taken thrice daily, bloods checked every 4 weeks.",
            "Drugol was taken thrice daily.",
        ),
        ("This ran at five burns centres.", "Patients came from several hospitals."),
        ("This ran at one Danish hospital.", "Patients came to Odense University Hospital."),
    ],
)
def test_what_the_record_leaves_open_or_says_itself_is_none(text: str, told: str) -> None:
    assert codes(text, told) == []


def test_a_rate_by_the_year_is_no_rhythm_of_a_dose() -> None:
    told = "Adults took drugol every 4 weeks. The annual relapse rate was 0.4 on drugol."
    assert codes("The yearly relapse rate was 0.4 on drugol.", told) == []
    assert codes("Drugol was given yearly.", "Adults took drugol every 4 weeks.") == [
        "dose_mismatch"
    ]
