"""``kg check``: one verdict a line, in order, whatever one of the lines is."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from kg.model import Verdict

RECORD = (
    "TITLE: Zelorimab in winter gout\n\n"
    "METHODS: Forty adults took zelorimab (n = 20) or placebo (n = 20) for 6 weeks.\n\n"
    "RESULTS: Grip strength rose with zelorimab at 6 weeks (p = .02)."
)
TRUE = "Grip strength rose with zelorimab at 6 weeks (p = 0.02)."
FALSE = "Grip strength fell with zelorimab at 6 weeks (p = 0.02)."
Captured = pytest.CaptureFixture[str]


def pair(identity: object, claim: str, **source: object) -> dict[str, Any]:
    return {"id": identity, "claim": claim, "source": source or {"text": RECORD}, "more": 1}


def checked(
    folder: Path, capfd: Captured, pairs: list[Any], *options: str, code: int = 0
) -> list[dict[str, Any]]:
    lines = [item if isinstance(item, str) else json.dumps(item) for item in pairs]
    (folder / "pairs.jsonl").write_text("\n".join(lines) + "\n")
    assert run(["check", "--jsonl", str(folder / "pairs.jsonl"), *options]) == code
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_an_answer_has_the_keys_of_the_contract(tmp_path: Path, capfd: Captured) -> None:
    true, false = checked(tmp_path, capfd, [pair("a", TRUE), pair(7, FALSE)])
    keys = ["id", "verdict", "faults", "evidence", "scope", "rule", "sentence"]
    assert list(true) == list(false) == keys
    assert (true["id"], true["verdict"], true["faults"]) == ("a", "supported", [])
    assert (false["id"], false["verdict"]) == (7, "contradicted")
    (fault,) = false["faults"]
    assert list(fault) == ["code", "slot", "claimed", "found", "rule"]
    assert fault["code"] == "wrong_direction"
    best = true["evidence"][0]
    assert "Grip strength rose" in RECORD[best["start"] : best["end"]]
    assert len(best["sha256"]) == 64


def test_a_path_is_relative_to_the_file_of_the_pairs(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "records").mkdir(parents=True)
    (tmp_path / "in" / "records" / "r.txt").write_text(RECORD)
    monkeypatch.chdir(tmp_path)
    (answer,) = checked(tmp_path / "in", capfd, [pair("a", TRUE, path="records/r.txt")])
    assert answer["verdict"] == "supported"


def test_the_scope_may_be_given(tmp_path: Path, capfd: Captured) -> None:
    one = pair("a", TRUE, text=RECORD, scope="full_text")
    two = pair("b", TRUE, text=RECORD, scope=["captions", "abstract"])
    found = checked(tmp_path, capfd, [one, two])
    assert [answer["scope"] for answer in found] == [["full_text"], ["abstract", "captions"]]


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "3", '"text"', '{"id": "x"}', '{"id": "x", "claim": ""}',
        '{"id": "x", "claim": "c"}', '{"id": "x", "claim": "c", "source": {}}',
        '{"id": "x", "claim": "c", "source": {"path": "a", "text": "b"}}',
        '{"id": "x", "claim": "c", "source": {"path": "missing.txt"}}',
        '{"id": "x", "claim": "c", "source": {"text": ""}}',
        '{"id": "x", "claim": "c", "source": {"text": 3}}',
        '{"id": "x", "claim": "c", "source": {"text": "r", "format": "papyrus"}}',
        '{"id": "x", "claim": "c", "source": {"text": "r", "scope": "all"}}',
        '{"id": "x", "claim": "c", "source": {"text": "r", "scope": 3}}',
        '{"id": "x", "claim": "c", "source": {"text": "\\ud800"}}',
        '{"id": "x", "claim": "c", "source": {"text": "r"}, "frame": 1}',
        '{"id": "x", "claim": "c", "source": {"text": "r"}, "frame": {"group": 1}}',
        "[" * 100_000,
    ],
    ids=range(19),
)  # fmt: skip
def test_a_line_that_cannot_be_read_costs_the_others_nothing(
    tmp_path: Path, capfd: Captured, line: str
) -> None:
    found = checked(tmp_path, capfd, [pair("a", TRUE), line, "", pair("b", TRUE)], code=3)
    assert [answer.get("verdict") for answer in found] == ["supported", None, "supported"]
    assert list(found[1]) == ["id", "error"]
    assert found[1]["id"] in {"x", None}


def test_bytes_that_are_no_utf8_are_an_error_of_their_line(tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "p.jsonl").write_bytes(b'{"id": "x", "claim": "\xff"}\n')
    assert run(["check", "--jsonl", str(tmp_path / "p.jsonl")]) == 3
    assert "UTF-8" in json.loads(capfd.readouterr().out)["error"]


def test_pairs_come_from_stdin_and_go_to_a_file(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.TextIOWrapper(io.BytesIO(json.dumps(pair("a", TRUE)).encode()))
    monkeypatch.setattr("sys.stdin", given)
    assert run(["check", "--jsonl", "-", "-o", str(tmp_path / "out.jsonl")]) == 0
    assert capfd.readouterr().out == ""
    assert json.loads((tmp_path / "out.jsonl").read_text())["verdict"] == "supported"


def test_a_missing_file_is_exit_3(tmp_path: Path, capfd: Captured) -> None:
    assert run(["check", "--jsonl", str(tmp_path / "none.jsonl")]) == 3
    assert "none.jsonl" in capfd.readouterr().err


def test_worker_processes_change_no_byte(tmp_path: Path, capfd: Captured) -> None:
    pairs = [pair(n, (TRUE, FALSE, "It rained.")[n % 3]) for n in range(40)]
    alone = checked(tmp_path, capfd, [*pairs, "{"], code=3)
    together = checked(tmp_path, capfd, [*pairs, "{"], "--jobs", "2", code=3)
    assert together == alone
    assert [answer["id"] for answer in alone] == [*range(40), None]
    assert {answer["verdict"] for answer in alone[:-1]} <= {verdict.value for verdict in Verdict}


def test_only_timing_tells_the_time(tmp_path: Path, capfd: Captured) -> None:
    (answer,) = checked(tmp_path, capfd, [pair("a", TRUE)], "--timing")
    assert answer.pop("ms") >= 0
    assert [answer] == checked(tmp_path, capfd, [pair("a", TRUE)])


def test_a_frame_is_used_unless_it_is_to_be_ignored(tmp_path: Path, capfd: Captured) -> None:
    bare = pair("a", "Grip strength rose (p = 0.02).") | {"frame": {"time": "2 years"}}
    (framed,) = checked(tmp_path, capfd, [bare])
    (ignored,) = checked(tmp_path, capfd, [bare], "--ignore-frame")
    assert ignored["verdict"] == "supported"
    assert framed["verdict"] != "supported"
