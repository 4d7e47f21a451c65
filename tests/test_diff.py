"""``kg diff``: what got worse first, with its slots, through a changed answer and records."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import assets
from kg.build import build, publish
from kg.cli import run
from kg.corpus import read_corpus
from kg.diff import ChangeKind, compare
from kg.model import Verdict
from kg.report.view import view

if TYPE_CHECKING:
    from pathlib import Path

DEMO = assets.folder("demo")


def audit(folder: Path) -> dict[str, Any]:
    built = build(read_corpus(folder))
    return view(built.dossier, built.findings)


@pytest.fixture(scope="module")
def demo() -> dict[str, Any]:
    return audit(DEMO)


def changed(tmp_path: Path, name: str, old: str, new: str) -> dict[str, Any]:
    """Audit the demo with one passage of one file changed."""
    shutil.copytree(DEMO, tmp_path / "demo")
    file = tmp_path / "demo" / name
    text = file.read_text("utf-8")
    assert text.count(old) >= 1
    file.write_text(text.replace(old, new, 1), "utf-8")
    return audit(tmp_path / "demo")


def test_an_audit_does_not_differ_from_itself(demo: dict[str, Any]) -> None:
    found = compare(demo, demo)
    assert found.changes == ()
    assert found.unchanged == len(demo["statements"])
    assert not found.worse


def test_a_figure_that_went_wrong_is_worse_and_its_slot_is_named(
    tmp_path: Path, demo: dict[str, Any]
) -> None:
    after = changed(tmp_path, "answer.txt", "weeks (p = 0.048)", "weeks (p = 0.2)")
    found = compare(demo, after)
    assert [change.kind for change in found.changes] == [ChangeKind.WORSE]
    (change,) = found.changes
    assert any(
        s.is_new and s.slot == "p_value" and "0.2" in (s.claimed or "") for s in change.slots
    )
    assert found.worse
    back = compare(after, demo)
    assert [change.kind for change in back.changes] == [ChangeKind.BETTER]
    assert not back.worse


def test_a_bullet_put_in_front_is_new_and_the_others_are_the_same(
    tmp_path: Path, demo: dict[str, Any]
) -> None:
    first = demo["statements"][0]
    text = (DEMO / "answer.txt").read_text("utf-8")
    words = text[first["start"] : first["end"]]
    after = changed(tmp_path, "answer.txt", words, f"{words}\n\n  • Moss tea lengthens sleep.")
    found = compare(demo, after)
    assert [(c.kind, c.before) for c in found.changes] == [(ChangeKind.NEW, None)]
    assert found.unchanged == len(demo["statements"])


def test_a_record_that_is_taken_away_is_told_of_each_statement_that_cites_it(
    tmp_path: Path, demo: dict[str, Any]
) -> None:
    shutil.copytree(DEMO, tmp_path / "demo")
    manifest = tmp_path / "demo" / "corpus.toml"
    kept = manifest.read_text("utf-8").split("[[answer.record]]")
    manifest.write_text("[[answer.record]]".join(kept[:-1]), "utf-8")
    found = compare(demo, audit(tmp_path / "demo"))
    assert {c.after for c in found.changes} == {Verdict.SOURCE_UNAVAILABLE.value}


@given(st.lists(st.tuples(st.sampled_from(Verdict), st.sampled_from(Verdict)), max_size=8))
def test_what_is_worse_one_way_is_better_the_other(pairs: list[tuple[Verdict, Verdict]]) -> None:
    def side(which: int) -> dict[str, Any]:
        return {
            "statements": [
                {"id": f"s{n:03}", "sha256": str(n), "answer": "a", "start": n, "end": n + 1,
                 "verdict": pair[which].value, "claims": [], "citations": []}
                for n, pair in enumerate(pairs)
            ]
        }  # fmt: skip

    there, back = compare(side(0), side(1)), compare(side(1), side(0))
    assert there.unchanged == back.unchanged
    opposite = {ChangeKind.WORSE: ChangeKind.BETTER, ChangeKind.BETTER: ChangeKind.WORSE}
    assert sorted(opposite.get(c.kind, c.kind) for c in there.changes) == sorted(
        c.kind for c in back.changes
    )


def test_the_command_reads_stores_and_files_and_fails_on_worse(
    tmp_path: Path, demo: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    publish(build(read_corpus(DEMO)), tmp_path / "store")
    worse = json.loads(json.dumps(demo))
    worse["statements"][0]["verdict"] = "contradicted"
    (tmp_path / "worse.json").write_text(json.dumps(worse), "utf-8")
    one, two = str(tmp_path / "store"), str(tmp_path / "worse.json")
    assert run(["diff", one, one]) == 0
    assert run(["diff", two, one]) == 0
    capsys.readouterr()
    assert run(["diff", one, two]) == 1
    assert capsys.readouterr().out.startswith("✗ worse s001: partially supported → contradicted\n")
    assert run(["diff", one, two, "--fail-on", "never", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["summary"]["worse"] == 1
    assert said["changes"][0]["statement_after"] == "s001"
    (tmp_path / "no.json").write_text("[]", "utf-8")
    assert run(["diff", one, str(tmp_path / "no.json")]) == 3
