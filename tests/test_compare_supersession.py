"""Later records that take another's place, and citations that another record bears out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg

OPEN = """TITLE: Zelorimab for painful gout: an open-label study

DATE: 2018

METHODS: In this open-label, single-arm study, 20 adults with gout took zelorimab 5 mg for 6 weeks.

RESULTS: Pain fell at 6 weeks (p = .02). Two adults had a rash.

DOI: 10.1000/open
"""
RANDOMISED = """TITLE: Zelorimab versus placebo in gout: a randomised trial

METHODS: In this randomised, double-blind trial, 120 adults with gout were assigned to
zelorimab 5 mg (n = 60) or placebo (n = 60) for 24 weeks.

RESULTS: Pain fell more with zelorimab than with placebo at 24 weeks (p = .003). Grip strength
did not differ between the groups (p = .41).

DOI: 10.1000/random
"""
ELSEWHERE = """TITLE: Walking in heart failure: a randomised trial

METHODS: In this randomised trial, 300 adults with heart failure walked daily (n = 150) or got
usual care (n = 150).

RESULTS: Walking distance rose by 40 m with walking at 12 weeks (p = .01).

DOI: 10.1000/walk
"""


def journal(text: str, printed: str) -> str:
    return text.replace("\n\nMETHODS", f"\n\nJOURNAL: {printed}\n\nMETHODS", 1)


def audited(folder: Path, answer: str, **records: str) -> dict[str, Any]:
    (folder / "answer.txt").write_text(answer, encoding="utf-8")
    given = {}
    for marker, text in records.items():
        path = folder / f"{marker}.txt"
        path.write_text(text, encoding="utf-8")
        given[marker.removeprefix("r")] = path
    audit = kg.audit(folder / "answer.txt", given)
    assert not audit.failures
    return audit.to_dict()


def states(shown: dict[str, Any]) -> dict[str, list[str]]:
    return {
        i["work"]["doi"]: [s["status"] for s in i["work"]["status"]]
        for i in shown["inputs"]
        if i["role"] == "record"
    }


MORE = "• Pain fell more with zelorimab than with placebo at 24 weeks (p = .003). 2\n"
WALK = "• Walking distance rose by 40 m with walking at 12 weeks (p = .01). {0}\n"
ANSWER = f"Does zelorimab help?\n\n• Pain fell at 6 weeks with zelorimab (p = .02). 1\n{MORE}"


def test_a_later_randomised_record_supersedes_an_earlier_one(tmp_path: Path) -> None:
    old = journal(OPEN.replace("DATE: 2018\n\n", ""), "J Inv. 2018;1:1-9")
    new = journal(RANDOMISED, "J Inv. 2021;4:1-9")
    shown = audited(tmp_path, ANSWER, r1=old, r2=new)
    assert states(shown) == {"10.1000/open": ["superseded"], "10.1000/random": []}
    faults = [f["found"] for s in shown["statements"] for c in s["citations"] for f in c["faults"]]
    assert faults == ["superseded 2021 by https://doi.org/10.1000/random"]
    assert [s["verdict"] for s in shown["statements"]] == ["supported", "supported"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (journal(RANDOMISED, "J Inv. 2018;1:1"), journal(OPEN, "J Inv. 2021;4:1")),
        (journal(OPEN, "J Inv. 2018;1:1"), journal(ELSEWHERE, "J Inv. 2021;4:1")),
        (journal(OPEN, "J Inv. 2018;1:1"), RANDOMISED),
        (
            journal(OPEN, "J Inv. 2018;1:1").replace("RESULTS: ", "RESULTS: (NCT00000001) "),
            journal(RANDOMISED, "J Inv. 2021;4:1").replace("RESULTS: ", "RESULTS: (NCT00000001) "),
        ),
    ],
    ids=["later but not abler", "of another topic", "without a date", "of the same trial"],
)
def test_other_records_supersede_nothing(old: str, new: str, tmp_path: Path) -> None:
    shown = audited(tmp_path, ANSWER, r1=old, r2=new)
    assert all(not found for found in states(shown).values())


def test_swapped_entries_are_found_and_the_right_record_named(tmp_path: Path) -> None:
    answer = f"Notes\n\n{WALK.format(1)}{MORE}"
    shown = audited(tmp_path, answer, r1=RANDOMISED, r2=ELSEWHERE)
    found = [
        [(f["code"], f["claimed"], f["found"]) for f in c["faults"] if f["slot"] == "reference"]
        for s in shown["statements"] for c in s["citations"]
    ]  # fmt: skip
    assert found == [
        [("wrong_reference", "1", "Walking in heart failure: a randomised trial")],
        [("wrong_reference", "2", "Zelorimab versus placebo in gout: a randomised trial")],
    ]
    assert {s["verdict"] for s in shown["statements"]} == {"not_found"}


def test_a_claim_that_no_record_bears_out_has_no_other_reference(tmp_path: Path) -> None:
    sleep = "• Sleep rose by 2 hours with zelorimab at 24 weeks. 1\n"
    answer = f"Notes\n\n{sleep}{WALK.format(2)}"
    shown = audited(tmp_path, answer, r1=RANDOMISED, r2=ELSEWHERE)
    codes = [f["code"] for s in shown["statements"] for c in s["citations"] for f in c["faults"]]
    assert "wrong_reference" not in codes


def test_of_two_citations_in_a_sentence_only_the_wrong_one_is_redirected(tmp_path: Path) -> None:
    line = "• Pain fell more with zelorimab than with placebo at 24 weeks (p = .003) [1], and "
    answer = (
        f"Notes\n\n{line}walking distance rose by 40 m with walking at 12 weeks (p = .01) [1].\n"
    )
    answer += WALK.format(2)
    shown = audited(tmp_path, answer, r1=RANDOMISED, r2=ELSEWHERE)
    found = [[f["code"] for f in c["faults"]] for c in shown["statements"][0]["citations"]]
    assert [("wrong_reference" in codes) for codes in found] == [False, True]
