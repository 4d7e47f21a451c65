"""Each citation governs what it stands behind, and is judged by that alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.compare.governing import governed

GOUT = "TITLE: Zelorimab in gout\n\nRESULTS: Pain fell at 6 weeks with zelorimab (p = .02).\n"
WALK = "TITLE: Walking in heart failure\n\nRESULTS: Walking distance rose by 40 m at 12 weeks.\n"
PAIN = "pain fell at 6 weeks with zelorimab (p = .02)"
FAR = "walking distance rose by 40 m at 12 weeks"


def judged(folder: Path, line: str, **records: str) -> tuple[str, dict[str, str]]:
    (folder / "a.txt").write_text(f"Notes\n\n• {line}\n", encoding="utf-8")
    given = {}
    for marker, text in records.items():
        path = folder / f"{marker}.txt"
        path.write_text(text, encoding="utf-8")
        given[marker.removeprefix("r")] = path
    shown: dict[str, Any] = kg.audit(folder / "a.txt", given).to_dict()
    (statement,) = shown["statements"]
    return statement["verdict"], {c["marker"]: c["verdict"] for c in statement["citations"]}


@pytest.mark.parametrize(
    "line",
    [
        f"In gout, {PAIN} [1], and {FAR} [2].",
        f"In gout, {PAIN} [1]. In heart failure, {FAR}. 2",
        f"In gout, {PAIN}. 1 In heart failure, {FAR} [2].",
    ],
)
def test_a_citation_is_judged_by_the_claim_before_it(line: str, tmp_path: Path) -> None:
    found = judged(tmp_path, line, r1=GOUT, r2=WALK)
    assert found == ("supported", {"1": "supported", "2": "supported"})


def test_citations_behind_all_claims_govern_all(tmp_path: Path) -> None:
    line = f"In gout, {PAIN}, and {FAR} [1, 2]."
    verdict, by_marker = judged(tmp_path, line, r1=GOUT, r2=WALK)
    assert verdict == "supported"
    assert set(by_marker.values()) == {"partially_supported"}


def test_a_claim_whose_own_record_is_not_in_hand_does_not_pass(tmp_path: Path) -> None:
    line = f"In gout, {PAIN} [1], and {FAR} [2]."
    verdict, by_marker = judged(tmp_path, line, r1=GOUT)
    assert verdict == "partially_supported"
    assert by_marker == {"1": "supported", "2": "unresolvable_reference"}


@given(st.lists(st.integers(0, 90), unique=True), st.lists(st.integers(0, 90), unique=True))
def test_where_there_are_both_every_claim_is_governed_and_every_marker_governs(
    starts: list[int], places: list[int]
) -> None:
    claims = [(a, a + 1) for a in sorted(starts)]
    markers = [(a, a + 1) for a in sorted(places)]
    found = governed(claims, markers)
    assert len(found) == len(claims)
    if claims and markers:
        assert all(found)
        assert {at for own in found for at in own} == set(range(len(markers)))
