"""Groups of a record: which it sets apart, by which names they go, and where a text means them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.groups import POOLED, GroupLexicon, learn
from kg.extract.mentions import find
from kg.text.tokens import words

CELLS = (
    "Patients were randomised to 20 million (n = 15) or 100 million (n = 14) donor stem cells or "
    "placebo (n = 11). The 100-million group walked farther."
)
DRUG = "Adults received either drugol 20 mg or drugol 40 mg daily or placebo for 12 weeks."
YOGA = "Women were assigned to yoga (n = 50) or usual care (n = 49). The yoga group slept more."


def lexicon(text: str) -> GroupLexicon:
    return learn(text, words(text), list(find(text)))


def meant(record: str, text: str) -> list[tuple[str, str]]:
    """Return each mention with the label of what it means."""
    known = lexicon(record)
    text = f"So. {text}"  # a claim is a stretch of a longer text
    found = known.find(words(text, 4), list(find(text, 4)))
    return [(text[m.start : m.end], known.label(m.keys)) for m in found]


def test_groups_with_their_sizes_and_control() -> None:
    told = [(g.label, g.n, g.control) for g in lexicon(CELLS).groups]

    assert told == [("20 million", 15, False), ("100 million", 14, False), ("placebo", 11, True)]


def test_dose_sets_arms_apart() -> None:
    assert [g.dose for g in lexicon(DRUG).groups] == [
        (Decimal(20), "mg"),
        (Decimal(40), "mg"),
        None,
    ]


def test_size_behind_a_dose_and_its_drug_counts_once() -> None:
    text = "People took 5 mg (n = 10) or 10 mg of drugol (n = 12)."

    assert [(g.label, g.n) for g in lexicon(text).groups] == [("5 mg", 10), ("10 mg", 12)]


def test_arms_of_one_size_are_as_many_as_are_listed() -> None:
    text = "Adults took drugol 20 mg (n = 31), drugol 40 mg (n = 31), or placebo (n = 31)."

    assert [(g.label, g.n) for g in lexicon(text).groups] == [
        ("20 mg", 31),
        ("40 mg", 31),
        ("placebo", 31),
    ]


def test_coded_groups_keep_their_sizes() -> None:
    text = "Mice were split into group A (n = 8), group B (n = 7) and group C."

    assert [(g.key, g.n) for g in lexicon(text).groups] == [
        ("group a", 8),
        ("group b", 7),
        ("group c", None),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "100M arm", "100-million arm", "100 million cells", "100-million (M) arm", "100M",
        "100-million cell-dose group", "1 × 10⁸ cells",
    ],
)  # fmt: skip
def test_one_arm_of_cells_under_every_name(printed: str) -> None:
    assert [label for _, label in meant(CELLS, f"Pain fell in the {printed}.")] == ["100 million"]


@pytest.mark.parametrize(
    ("record", "text", "expected"),
    [
        (CELLS, "The 20-million (M) arm slept.", ["20 million"]),
        (CELLS, "Both the 20- and 100-million groups slept.", ["20 million", "100 million"]),
        (CELLS, "Sleep rose in the high-dose group.", ["100 million"]),
        (CELLS, "The lowest dose did worse than placebo.", ["20 million", "placebo"]),
        (CELLS, "Pain fell in the control arm.", ["placebo"]),
        (DRUG, "The 40 mg arm slept less than the placebo group.", ["40 mg daily", "placebo"]),
        (YOGA, "Yoga did better than usual care.", ["yoga", "usual care"]),
        (YOGA, "The intervention group slept more than the control group.", ["yoga", "usual care"]),
        (YOGA, "Nothing is said of anyone.", []),
    ],
)
def test_groups_are_found_by_their_names(record: str, text: str, expected: list[str]) -> None:
    assert [label for _, label in meant(record, text)] == expected


@pytest.mark.parametrize(
    "phrase", ["all treatment groups", "both groups", "all groups", "all arms", "all patients"]
)
def test_pooled_phrases_mean_all_groups(phrase: str) -> None:
    text = f"Pain fell in {phrase}."
    (mention,) = lexicon(CELLS).find(words(text), list(find(text)))

    assert text[mention.start : mention.end] == phrase
    assert mention.keys == {POOLED}


def test_dose_that_no_arm_has_is_no_group() -> None:
    assert meant(CELLS, "The 50-million arm slept.") == []


def test_text_without_groups_teaches_none() -> None:
    assert lexicon("Pain fell by 12 points at 6 months.").groups == ()


_PIECES = st.sampled_from(
    [
        "20 mg ", "40 mg ", "(n = 12) ", "or ", "placebo ", "the ", "group ", "arms ", "A ", ", ",
        "randomised to ", "100M ", "versus ", ". ", "drugol ", "both ", "groups ", "all ",
        "high-dose ",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_labels_and_mentions_lie_where_they_say(text: str) -> None:
    known = lexicon(text)
    mentions = known.find(words(text), list(find(text)))

    assert len({g.key for g in known.groups}) == len(known.groups)
    assert all(0 <= g.start < g.end <= len(text) for g in known.groups)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for one, two in pairwise(mentions):
        assert one.end <= two.start
    keys = {g.key for g in known.groups} | {POOLED}
    assert all(m.keys <= keys for m in mentions)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "Patients were randomised to placebo (n = 9) or tabrol 70 mg (n = 9). Tabrol 70 mg "
            "once monthly was safe. Pain fell in the tabrol group and in the placebo group.",
            {"placebo", "tabrol"},
        ),
        (
            "Patients had episodic migraine (EM) or chronic migraine (CM) and were randomised to "
            "tabrol (n = 9) or placebo (n = 9). Days fell by 2.1 for EM and by 1.9 for CM.",
            {"placebo", "tabrol"},
        ),
        (
            "Adults took drugol (n = 9) or placebo (n = 9). Rash was more frequent with drugol "
            "(12%), and nausea was less frequent (3%) than with placebo.",
            {"placebo", "drugol"},
        ),
    ],
)
def test_one_arm_has_one_group_and_what_patients_have_has_none(text: str, labels: set[str]) -> None:
    found = lexicon(text).groups
    assert {next(name for name in labels if name in g.key) for g in found} == labels
    assert len(found) == len(labels)


def test_what_is_called_active_is_the_one_arm_that_has_a_name() -> None:
    text = (
        "Adults were randomised to drugol (n = 9) or placebo (n = 9). Itch was lower in the active "
        "vs. placebo arm. Itch fell in the active group."
    )
    assert [(m, k) for m, k in meant(text, "Itch fell in the active group.")] == [
        ("active group", "drugol")
    ]
    assert len(lexicon(text).groups) == 2
