"""Labels that a record sets against each other."""

from __future__ import annotations

import pytest

from kg.extract.contrasted import contrasted


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Relapse came in 12% with tabrol and 9% with zolamine. Tabrol beat zolamine.",
         ["tabrol", "zolamine"]),
        ("Harm: tabrol (12%), zolamine (9%). We gave tabrol or zolamine.", ["tabrol", "zolamine"]),
        ("Pain was lower with tabrol than with zolamine. Tabrol and zolamine are new.",
         ["tabrol", "zolamine"]),
        ("At the start it was 31 kg tabrol; 29 kg zolamine (31 kg tabrol; 29 kg zolamine).",
         ["tabrol", "zolamine"]),
    ],
)  # fmt: skip
def test_two_labels_in_one_place_are_compared(text: str, labels: list[str]) -> None:
    assert [text[start:end].lower() for start, end in contrasted(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "Relapse came in 12% with tabrol and 9% with zolamine.",  # each only once
        "Pain was lower at week 4 than at week 2. Week 4 and week 2 were fixed.",
        "Headache (12%), nausea (9%). Headache and nausea were asked for.",
        "There were 240 adults with gout and 12 adults with mumps; gout and mumps hurt.",
    ],
)
def test_times_harms_and_people_are_no_groups(text: str) -> None:
    assert contrasted(text) == []
