"""Claims as answers write them, put to records of many kinds: the true stand, the false are told.

The manifest holds no sentence of any real text; each row is there because a way of writing, not a
text, has to be understood.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.compare.assess import compare
from kg.compare.draft import Comparison
from kg.extract.reading import Reading, read_claim, read_record

MANIFEST = Path(__file__).with_name("plain_claims.tsv")
FLAGS = {"contradicted", "misattributed", "overgeneralised", "partially_supported", "not_found"}


def rows(kind: str) -> list[tuple[str, str]]:
    """Return the number of the record and the text of each row of a kind."""
    lines = MANIFEST.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(number, text) for own, number, text in cells if own == kind]


@cache
def record(number: str) -> Reading:
    return read_record(dict(rows("record"))[number])


def held(number: str, claim: str) -> Comparison:
    return compare(read_claim(claim, 0, len(claim), record(number)), record(number))


@pytest.mark.parametrize(("number", "claim"), rows("true"))
def test_a_true_claim_is_not_flagged(number: str, claim: str) -> None:
    assert held(number, claim).verdict.value not in FLAGS


@pytest.mark.parametrize(("number", "claim"), rows("false"))
def test_a_false_claim_is_flagged(number: str, claim: str) -> None:
    found = held(number, claim)
    assert found.verdict.value in FLAGS
    assert found.faults
