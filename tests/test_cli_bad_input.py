"""Bad inputs: exit code, file, place, what was expected; the others are still audited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import assets
from kg.cli import run
from kg.sources import MAX_BYTES

DEMO = assets.folder("demo")
ANSWER, RECORD = str(DEMO / "answer.txt"), str(DEMO / "record-1.txt")
Captured = pytest.CaptureFixture[str]
BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 8,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "latin.txt": "Die Prüfung half.\n".encode("latin-1") * 9,
}
PLACES = {
    "empty.txt": "empty", "blank.txt": "empty", "binary.txt": "byte", "picture.txt": "PNG",
    "latin.txt": "byte 6", "folder": "folder", "missing.txt": "no such file", "large.txt": "bytes",
}  # fmt: skip


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "folder").mkdir()
    with (folder / "large.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    assert MAX_BYTES < 50_000_000
    (folder / "menu.txt").write_text("Home\nLog in\nCart\n")
    (folder / "question.txt").write_text("Home\nLog in\nAbout us\n")
    return folder


def audited(capfd: Captured, *words: str, code: int) -> tuple[dict[str, Any], str]:
    """Run the audit and return its report, which is written before a failing exit."""
    assert run(["audit", *words, "--json"]) == code
    captured = capfd.readouterr()
    return json.loads(captured.out), captured.err


@pytest.mark.parametrize(("name", "place"), PLACES.items())
def test_an_unreadable_record_is_exit_3_and_loses_no_other(
    bad: Path, name: str, place: str, capfd: Captured
) -> None:
    file = str(bad / name)
    shown, told = audited(capfd, ANSWER, "--record", f"1={RECORD}", "--record", file, code=3)
    assert file in told
    assert place in told
    assert told.count("\n") == 1
    (failure,) = [f for f in shown["findings"] if f["rule"] == "input/unreadable"]
    assert file in failure["message"]
    assert shown["summary"]["coverage"] > 0
    assert shown["summary"]["by_verdict"]["misattributed"]


@pytest.mark.parametrize(("name", "place"), PLACES.items())
def test_an_unreadable_answer_is_exit_3_and_its_records_are_still_read(
    bad: Path, name: str, place: str, capfd: Captured
) -> None:
    file = str(bad / name)
    shown, told = audited(capfd, file, "--record", RECORD, code=3)
    assert file in told
    assert place in told
    assert [item["name"] for item in shown["inputs"]] == ["record-1.txt"]


def test_a_record_that_is_none_says_what_was_expected(bad: Path, capfd: Captured) -> None:
    file = str(bad / "menu.txt")
    _, told = audited(capfd, ANSWER, "--record", f"1={file}", code=3)
    assert file in told
    assert "expected" in told


def test_an_answer_without_statements_is_exit_3(bad: Path, capfd: Captured) -> None:
    shown, told = audited(capfd, str(bad / "question.txt"), "--record", RECORD, code=3)
    assert "question.txt" in told
    assert "without statements" in told
    assert {item["name"] for item in shown["inputs"]} == {"question.txt", "record-1.txt"}


def test_a_marker_that_the_answer_does_not_have_is_exit_2(capfd: Captured) -> None:
    other = str(DEMO / "record-2.txt")
    words = [ANSWER, "--record", f"1={RECORD}", "--record", f"99={other}"]
    shown, told = audited(capfd, *words, code=2)
    assert "99" in told
    assert "record-2.txt" in told
    assert shown["summary"]["by_verdict"]["misattributed"]


def test_two_records_for_one_marker_are_exit_2(capfd: Captured) -> None:
    other = str(DEMO / "record-2.txt")
    third = str(DEMO / "record-3.txt")
    words = [f"1={RECORD}", f"1={other}", f"3={third}"]
    shown, told = audited(
        capfd, ANSWER, *(w for record in words for w in ("--record", record)), code=2
    )
    assert "two records for marker 1" in told
    judged = [c for s in shown["statements"] for c in s["citations"] if c["resolution"]["record"]]
    assert {citation["marker"] for citation in judged} == {"3"}


def test_one_record_given_twice_is_one_record(capfd: Captured) -> None:
    record = ["--record", f"1={RECORD}"]
    once, _ = audited(capfd, ANSWER, *record, code=1)
    twice, told = audited(capfd, ANSWER, *record, *record, code=1)
    assert twice == once
    assert told == ""


def test_several_bad_inputs_are_all_told_and_the_worst_decides(bad: Path, capfd: Captured) -> None:
    words = ["--record", f"99={RECORD}", "--record", str(bad / "empty.txt")]
    _, told = audited(capfd, ANSWER, *words, "--record", str(bad / "binary.txt"), code=3)
    assert told.count("\n") == 3


def test_a_wrong_file_of_states_is_exit_3_and_the_audit_goes_on(
    tmp_path: Path, capfd: Captured
) -> None:
    (tmp_path / "s.json").write_text('{"10.1/a": {"status": "vanished"}}')
    words = ["--record", f"1={RECORD}", "--status", str(tmp_path / "s.json")]
    shown, told = audited(capfd, ANSWER, *words, code=3)
    assert "vanished" in told
    assert shown["summary"]["by_verdict"]["misattributed"]


def test_the_human_report_is_written_before_a_failing_exit_too(bad: Path, capfd: Captured) -> None:
    assert run(["audit", ANSWER, "--record", str(bad / "empty.txt")]) == 3
    assert "→ exit 3" in capfd.readouterr().out


def test_a_record_read_in_a_format_that_it_is_not(capfd: Captured) -> None:
    words = ["audit", ANSWER, "--record", RECORD, "--input-format", f"{RECORD}=papyrus"]
    assert run(words) == 2
    assert "papyrus" in capfd.readouterr().err
