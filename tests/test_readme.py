"""The README shows what the program really does."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from kg.cli import COMMANDS
from kg.export import FORMATS
from kg.model import Verdict

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEMO = re.compile(r"<!-- demo-output -->\n```\n(.*?)```\n<!-- /demo-output -->", re.DOTALL)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, python: str) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    words = [python, "-m", "kg", "demo", "kg-demo", "-o", "out.txt"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return folder


def test_the_first_block_is_what_the_demo_prints(demo: Path) -> None:
    block = DEMO.search(README)
    assert block, "the markers of the demo's output are gone"
    printed = (demo / "out.txt").read_text(encoding="utf-8")
    assert block[1] == printed, "put the output of `kg demo` between the markers"


def test_the_python_lines_run(demo: Path, python: str) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code
    done = subprocess.run(
        [python, "-c", code[1]], cwd=demo, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "s001" in done.stdout


def test_the_table_has_every_verdict_in_order() -> None:
    table = re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)
    assert table == [verdict.value for verdict in Verdict]


def test_the_exports_are_those_of_the_program() -> None:
    assert f"`{' '.join(FORMATS)}`" in README


def test_every_command_that_is_shown_is_one() -> None:
    shown = set(re.findall(r"\bkg (?!-)([a-z]+)", README)) - {"is"}
    assert shown <= set(COMMANDS)
    assert {"audit", "trace", "query", "export"} <= shown
