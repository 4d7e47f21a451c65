"""A bibliography beside the answer: what it resolves, what is odd about it, what is none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.cli import run
from tests.pdf_writer import pdf_drawing

Captured = pytest.CaptureFixture[str]
ANSWER = "Notes\n\n• Pain fell in gout (Nowhere, 2019). \n• Grip rose in gout (Roe et al., 2020).\n"
RIS = "TY  - JOUR\nAU  - Nowhere, A.\nTI  - Gout and pain\nPY  - 2019\nDO  - 10.1000/a\n"
RECORD = "TITLE: Gout and pain\n\nRESULTS: Pain fell in gout.\n\nDOI: 10.1000/a\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answer.txt").write_text(ANSWER, encoding="utf-8")
    (tmp_path / "r.txt").write_text(RECORD, encoding="utf-8")
    (tmp_path / "refs.ris").write_text(RIS, encoding="utf-8")
    return tmp_path


def audited(capfd: Captured, folder: Path, *words: str, code: int) -> tuple[list[str], str]:
    answer, record = str(folder / "answer.txt"), str(folder / "r.txt")
    assert run(["audit", answer, "--record", record, *words, "--json"]) == code
    captured = capfd.readouterr()
    return [s["verdict"] for s in json.loads(captured.out)["statements"]], captured.err


def test_names_are_resolved_through_it_and_its_oddities_are_told(
    folder: Path, capfd: Captured
) -> None:
    verdicts, told = audited(capfd, folder, "--references", str(folder / "refs.ris"), code=0)
    assert verdicts == ["supported", "unresolvable_reference"]
    assert "note: refs.ris: record 1 (line 1) has no end (ER)" in told


def test_its_format_may_be_given(folder: Path, capfd: Captured) -> None:
    refs = str(folder / "refs.ris")
    words = ("--references", refs, "--input-format", f"{refs}=bibtex")
    _, told = audited(capfd, folder, *words, code=3)
    assert "lists no work; expected entries in bibtex" in told


def test_a_corpus_ties_it_to_its_answer(folder: Path, capfd: Captured) -> None:
    (folder / "corpus.toml").write_text(
        '[[answer]]\nfile = "answer.txt"\nreferences = "refs.ris"\n\n'
        '[[answer.record]]\nfile = "r.txt"\n',
        encoding="utf-8",
    )
    assert run(["audit", "--corpus", str(folder / "corpus.toml"), "--json"]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert shown["statements"][0]["citations"][0]["marker"] == "Nowhere, 2019"
    assert shown["statements"][0]["verdict"] == "supported"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("bomb.gz", gzip.compress(b" " * (40 << 20)), "too large"),
        ("cut.gz", gzip.compress(b"TITLE: Gout\n" * 9000)[:-9], "damaged gzip file"),
        ("bomb.pdf", pdf_drawing(b"BT (a) Tj ET\n" * (90 << 16), pages=1), "page 1"),
        ("many.pdf", pdf_drawing(b" " * (7 << 20), pages=9), "unfolds to more than 12 MiB"),
        ("empty.pdf", pdf_drawing(b"0 0 m 9 9 l S", pages=1), "shows no text"),
        ("deep.json", b'{"protocolSection":' * 200 + b"1" + b"}" * 200, "inside each other"),
    ],
)
def test_what_unfolds_without_end_loses_no_other_input(
    name: str, data: bytes, told: str, folder: Path, capfd: Captured
) -> None:
    (folder / name).write_bytes(data)
    words = ("--record", str(folder / name), "--references", str(folder / "refs.ris"))
    verdicts, said = audited(capfd, folder, *words, code=3)
    assert verdicts == ["supported", "unresolvable_reference"]
    assert str(folder / name) in said
    assert told in said
