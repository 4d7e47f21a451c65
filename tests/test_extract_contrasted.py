"""Groups are learned from what a record sets against each other, whatever it calls them."""

from __future__ import annotations

import pytest

from kg.extract.reading import read_record

TOLD = " Pain was rarer with drugol than with the other. Drugol was safe."


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Adults received injections of drugol (60 mg) or placebo." + TOLD, ["drugol", "placebo"]),
        ("Response was 48% drugol versus 39% placebo." + TOLD, ["drugol", "placebo"]),
        ("Compared with placebo, drugol eased pain." + TOLD, ["drugol", "placebo"]),
        (
            "To compare drugol with zolamine for gout. Zolamine was safe." + TOLD,
            ["drugol", "zolamine"],
        ),
        (
            "To compare outcomes of keyhole and open repair of hernia. Pain was rarer after "
            "keyhole repair than after open repair.",
            ["keyhole repair", "open repair"],
        ),
        (
            "Children took drugol 20 mg, 40 mg or 80 mg or placebo.",
            ["20 mg", "40 mg", "80 mg", "placebo"],
        ),
        (
            "Each had a single dose of drugol 20 mg, drugol 40 mg and placebo. Pain was lower "
            "after placebo.",
            ["20 mg", "40 mg", "placebo"],
        ),
        ("Infants received drugol or a licensed comparator." + TOLD, None),
        ("The Eastern Cooperative Oncology Group scale was used. Nobody was treated.", []),
    ],
)
def test_the_groups_of_a_record(text: str, groups: list[str] | None) -> None:
    found = sorted(g.label for g in read_record(text).lexicon.groups)
    if groups is None:
        assert "infants" not in found
    else:
        assert found == sorted(groups)


def test_a_long_name_goes_by_its_parts() -> None:
    record = read_record(
        "Adults were randomised to online therapy (n = 43) or sleep hygiene information (n = 41). "
        "Remission was reached by 40% with online therapy and 10% with sleep hygiene."
    )
    shares = {f.phrase: f.groups for f in record.facts if f.figure and "%" in f.phrase}
    assert shares["40%"] != shares["10%"]
    assert all(len(groups) == 1 for groups in shares.values())


def test_a_list_of_thousands_of_doses_is_read_to_its_end() -> None:
    record = read_record("Adults took " + "5 mg, " * 3000 + "10 mg or placebo.")
    assert len(record.facts) > 3000
