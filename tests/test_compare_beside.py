"""A claim's sentence laid beside the record's that it retells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.beside import beside, lay
from kg.extract.reading import read_claim, read_record

TOLD = "Mean pain fell by 2 points in the drugol arm at week 6 and stayed low for a year."
WORDS = TOLD.removesuffix(".").split()


@pytest.mark.parametrize(
    ("claim", "laid"),
    [
        (TOLD, True),
        (TOLD.replace("2 points", "3 points"), True),
        (TOLD.removesuffix(".") + ", to the delight of nurses who had doubted it.", True),
        ("After six weeks people on drugol hurt less.", False),
        ("Mean pain fell.", False),
    ],
)
def test_only_a_kept_wording_is_laid_beside(claim: str, laid: bool) -> None:
    record = read_record(TOLD)
    assert bool(lay(read_claim(claim, 0, len(claim), record), record, [0])) is laid


@given(st.lists(st.integers(0, len(WORDS) - 1), max_size=3, unique=True))
def test_same_words_and_gaps_cover_the_claim_once(dropped: list[int]) -> None:
    text = " ".join(w for i, w in enumerate(WORDS) if i not in dropped)
    record = read_record(TOLD)
    (own,) = read_claim(text, 0, len(text), record).sentences
    found = beside(own, record, [0])
    assert found is not None
    covered = [*found.same, *(i for gap in found.gaps for i in range(gap[0], gap[1]))]
    assert sorted(covered) == list(range(len(own.tokens)))
    for mine, theirs in found.same.items():
        one, two = own.tokens[mine].lower, found.theirs.tokens[theirs].lower
        assert one == two or (one[0].isdigit() and two[0].isdigit())
