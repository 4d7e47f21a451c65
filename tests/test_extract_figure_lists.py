"""Figures that lists and words put together."""

from __future__ import annotations

import pytest

from kg.extract.mentions import find


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They were followed for between one and six years.", [("1", "6", "a")]),
        ("Forty-six age- and sex-matched pupils took part.", [("46", None, None)]),
        ("Nineteen people of 19\u2009220 left.", [("19", None, None), ("19220", None, None)]),
        ("At 24 postoperative hours it ended.", [("24", None, "h")]),
        ("It weighed 0.95 against 0.55 kg.", [("0.95", None, "kg"), ("0.55", None, "kg")]),
        ("Their mean age was ten and 62% were girls.", [("10", None, "a"), ("62", None, "%")]),
        ("By day-28 it had healed.", [("28", None, "d")]),
        ("Women over 35 took part.", [("35", None, "a")]),
        ("They sat for 8.2 hours a day.", [("8.2", None, "h/d")]),
        ("They had a dozen hour-long sessions.", []),
    ],
)
def test_a_figure_is_read_with_what_its_list_tells(
    text: str, told: list[tuple[str, str | None, str | None]]
) -> None:
    found = [
        (str(f.value), None if f.upper is None else str(f.upper), f.unit)
        for f in find(text, 0, len(text))
    ]
    assert found == told


def test_a_count_of_the_people_named_before_is_a_count() -> None:
    (figure,) = find("Two of the patients had a fit.", 0, 30)
    assert (figure.kind.value, str(figure.value)) == ("count", "2")
