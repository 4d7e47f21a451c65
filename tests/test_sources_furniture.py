"""What a site puts around a text; every row of the table does what its example says."""

from __future__ import annotations

import pytest

from kg.sources.furniture import folded, glued_at, is_cue, own_date, review_phrase
from kg.text.lexicon import rows

_ROWS = list(rows("furniture.tsv"))


@pytest.mark.parametrize("kind", ["furniture", "review", "state", "references", "top"])
def test_every_example_is_recognised(kind: str) -> None:
    missed = [row[4] for row in _ROWS if row[0] == kind and not is_cue(kind, row[4])]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "Share of patients who walked", "Home care helped ten men.",
        "Next, they rested for a week.",
        "Contact lenses were worn daily.", "Menu-based counselling lowered weight.",
    ],
)  # fmt: skip
def test_a_sentence_that_begins_like_a_menu_is_text(text: str) -> None:
    assert not is_cue("furniture", text)


def test_case_dashes_and_quotes_do_not_count() -> None:
    assert folded("“FOLLOW–UP”  it’s") == '"follow up" it\'s'
    assert is_cue("furniture", "HAVE A FOLLOW–UP QUESTION?")


def test_a_long_line_is_never_furniture() -> None:
    assert not is_cue("furniture", "Skip to content " + "and on " * 60)


def test_glued_furniture_is_found_at_the_end_alone() -> None:
    text = "Updated: 1 March 2026Share"
    at = glued_at(text)
    assert at is not None
    assert text[at:] == "Share"
    assert glued_at("Theyshare") is None


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Last updated: 1 March 2026", "2026-03-01"),
        ("Last updated on 2026-03-01", "2026-03-01"),
        ("Published: March 2026", "2026-03"),
        ("In March 2026 ten men walked.", None),
        ("Last updated: soon", None),
        ("Last updated: 1 March 2026 by ten men who walked", None),
    ],
)
def test_only_a_line_of_its_own_tells_the_date(line: str, iso: str | None) -> None:
    found = own_date(line)
    assert (found.iso if found else None) == iso


def test_the_most_cautious_words_tell_the_review() -> None:
    assert review_phrase(["Ten men walked"]) is None
    assert review_phrase(["It is pending human review now"]) == "pending human review"
