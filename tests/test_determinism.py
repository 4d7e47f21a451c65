"""The same input gives the same bytes, under other hash seeds and another order of the files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kg import assets

DEMO = assets.folder("demo")
RECORDS = [f"{n}={DEMO / f'record-{n}.txt'}" for n in (1, 2, 3)]


def made(python: str, folder: Path, seed: str, records: list[str]) -> dict[str, bytes]:
    """Run the audit in a process of its own and return what it wrote, by form."""
    folder.mkdir()
    given = [word for record in records for word in ("--record", record)]
    store = folder / "store"
    audit = [python, "-m", "kg", "audit", str(DEMO / "answer.txt"), *given]
    status = ["--status", str(DEMO / "status.json"), "--fail-on", "never"]
    commands = {
        "json": [*audit, *status, "--json", "--store", str(store)],
        "html": [*audit, *status, "-f", "html"],
        "trig": [python, "-m", "kg", "export", str(store), "--to", "trig"],
        "graphml": [python, "-m", "kg", "export", str(store), "--to", "graphml"],
    }
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return {
        name: subprocess.run(words, env=environment, check=True, capture_output=True).stdout
        for name, words in commands.items()
    }


@pytest.fixture(scope="module")
def two_runs(
    python: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("runs")
    return (
        made(python, folder / "a", "1", RECORDS),
        made(python, folder / "b", "424242", RECORDS[::-1]),
    )


@pytest.mark.parametrize("form", ["json", "html", "trig", "graphml"])
def test_two_runs_give_the_same_bytes(
    two_runs: tuple[dict[str, bytes], dict[str, bytes]], form: str
) -> None:
    one, two = two_runs
    assert one[form]
    assert one[form] == two[form]


def test_no_path_of_this_machine_stands_in_what_is_written(
    two_runs: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    for content in two_runs[0].values():
        assert str(DEMO.parent).encode() not in content
