"""Each figure of a sentence is bound to the group that it is of, however the sentence says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.reading import Fact, read_record

MANIFEST = Path(__file__).with_name("bindings.tsv")


def cases() -> list[tuple[str, str, str]]:
    """Read the manifest: opening and sentence, figure, group."""
    found = []
    for line in MANIFEST.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            opening, sentence, bound = line.split("\t")
            pairs = [pair.split(" = ") for pair in bound.split(" | ")]
            found += [(f"{opening} {sentence}", figure, group) for figure, group in pairs]
    return found


def bound(text: str, printed: str) -> Fact:
    """Return the first figure behind the opening that begins as printed."""
    facts = [f for f in read_record(text).facts if f.figure is not None and f.sentence > 0]
    return next(f for f in facts if f.phrase.replace("−", "-").startswith(printed))


@pytest.mark.parametrize(("text", "printed", "group"), cases())
def test_a_figure_is_bound_to_its_group(text: str, printed: str, group: str) -> None:
    fact = bound(text, printed)
    (key,) = fact.groups
    assert group in key or key in group
    assert fact.firmly


@pytest.mark.parametrize(
    "sentence",
    [
        "The hazard ratio for death was 0.72 with drugol.",
        "Between drugol and placebo the mean difference was 13% of the score.",
    ],
)
def test_a_figure_that_compares_two_groups_is_firmly_of_neither(sentence: str) -> None:
    opening = "Adults received drugol (n = 100) or placebo (n = 100)."
    figures = [
        f for f in read_record(f"{opening} {sentence}").facts if f.sentence == 1 and f.figure
    ]
    assert figures
    assert not any(f.firmly for f in figures)
