"""Every data file has an origin, a licence, a date and the digest that it was listed with."""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_DATA = _ROOT / "data"
_LISTED = {
    row["path"]: row
    for row in tomllib.loads((_DATA / "sources.toml").read_text(encoding="utf-8"))["file"]
}
_TEXTS = sorted(
    path.relative_to(_ROOT).as_posix()
    for path in _DATA.rglob("*")
    if path.is_file() and path.name != "sources.toml"
)
_RUN = 14


def word_runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return every run of so many words of a text."""
    found = re.findall(r"\w+", text.lower())
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def test_every_data_file_is_listed_and_every_listed_file_is_there() -> None:
    assert sorted(_LISTED) == _TEXTS


@pytest.mark.parametrize("path", sorted(_LISTED))
def test_a_listed_file_is_the_one_that_was_described(path: str) -> None:
    row = _LISTED[path]
    assert set(row) == {"path", "origin", "licence", "date", "sha256"}
    assert row["origin"]
    assert row["licence"] == "Apache-2.0"
    assert isinstance(row["date"], date)
    assert hashlib.sha256((_ROOT / path).read_bytes()).hexdigest() == row["sha256"]


@pytest.mark.parametrize("path", _TEXTS)
def test_no_data_file_holds_a_sentence_of_the_seed_documents(path: str, seeds: Path) -> None:
    own = word_runs((_ROOT / path).read_text(encoding="utf-8"), _RUN)
    for seed in sorted(seeds.glob("*.txt")):
        shared = own & word_runs(seed.read_text(encoding="utf-8"), _RUN)
        assert not shared, f"{path} shares {' '.join(min(shared))!r} with {seed.name}"


def test_the_comparison_of_runs_would_notice_a_copied_sentence() -> None:
    told = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    assert word_runs(f"Before. {told.title()}, after", _RUN) & word_runs(f"x {told}", _RUN)
