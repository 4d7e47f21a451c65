"""A claim that prints a sentence's figures is held against that sentence, and against no other."""

from __future__ import annotations

from kg.compare.anchors import anchors
from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record
from kg.model import Verdict

TOLD = (
    "Pelvic pain was reduced more with drugol than with placebo (43.6 vs. 35.5 mm; p = .0024). "
    "Both were well tolerated, and pelvic pain as a harm was similar."
)


def test_a_direction_of_another_sentence_says_nothing_against_it() -> None:
    record = read_record(TOLD)
    text = "Pelvic pain eased by 43.6 mm with drugol, against 35.5 mm with placebo."
    assert compare(read_claim(text, 0, len(text), record), record).verdict is not (
        Verdict.CONTRADICTED
    )


def test_a_round_figure_tells_no_sentence_from_another() -> None:
    record = read_record("Pain fell by 5 points (p < .05). Sleep rose by 5 points (p < .05).")
    text = "Pain fell by 5 points (p < .05)."
    assert anchors(read_claim(text, 0, len(text), record), 0, record) == frozenset()
