"""Published builds: listed, chosen, pruned, copied and brought back, and never half there."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.cli import run
from kg.errors import UsageError
from kg.store import (
    NotAStoreError,
    StoreError,
    backup,
    builds,
    open_store,
    prune,
    publish,
    published,
    restore,
    use,
)
from kg.terms import quads_digest

KILLS = 50
NODE = NamedNode("https://w3id.org/claimgraph/id/x")
BUILDER = """
import sys
from pyoxigraph import Literal, NamedNode, Quad
from kg.store import publish
node = NamedNode("https://w3id.org/claimgraph/id/x")
turn = 0
while True:
    turn += 1
    publish((Quad(node, node, Literal(f"{turn} {n}"), node) for n in range(400)), sys.argv[1])
    print(turn, flush=True)
"""


def kill_a_builder(store: Path, chance: random.Random) -> bool:
    """Let a process publish into a store, kill it by chance, and tell if the store is whole."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(store)], stdout=subprocess.DEVNULL
    )
    time.sleep(0.15 + chance.random() * 0.25)
    process.send_signal(signal.SIGKILL)
    process.wait()
    said, held = published(store), open_store(store)
    return quads_digest(held.quads()) == said.sha256 and len(held) == said.quads


def made(*words: str) -> list[Quad]:
    return [Quad(NODE, NODE, Literal(word), NODE) for word in words]


def words(store: Path) -> set[str]:
    return {str(quad.object).strip('"') for quad in open_store(store).quads()}


def test_the_current_build_and_the_one_before_are_kept(tmp_path: Path) -> None:
    for word in ("one", "two", "three"):
        publish(made(word), tmp_path)
    found = builds(tmp_path)
    assert [(build.current, build.previous) for build in found] == [(True, False), (False, True)]
    assert [build.quads for build in found] == [1, 1]
    assert all(build.bytes > 0 for build in found)
    assert published(tmp_path).previous == f"builds/{found[1].name}"


def test_publishing_the_same_again_keeps_the_build_before(tmp_path: Path) -> None:
    publish(made("one"), tmp_path)
    publish(made("two"), tmp_path)
    first = published(tmp_path)
    assert publish(made("two"), tmp_path) == first
    assert len(builds(tmp_path)) == 2


def test_joining_the_files_of_a_large_build_changes_nothing_that_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = made(*map(str, range(300)))
    plain = publish(many, tmp_path / "plain")
    monkeypatch.setattr(import_module("kg.store.published"), "SCATTERED", 0)
    joined = publish(many, tmp_path / "joined")
    assert (joined.sha256, joined.quads) == (plain.sha256, plain.quads)
    assert words(tmp_path / "joined") == words(tmp_path / "plain")


def test_an_earlier_build_can_be_shown_again(tmp_path: Path) -> None:
    publish(made("one"), tmp_path)
    publish(made("two"), tmp_path)
    earlier = builds(tmp_path)[1]
    use(tmp_path, earlier.name[:8])
    assert words(tmp_path) == {"one"}
    assert published(tmp_path).sha256 == quads_digest(made("one"))
    with pytest.raises(UsageError):
        use(tmp_path, "nowhere")
    with pytest.raises(UsageError):
        use(tmp_path, "")


def test_pruning_leaves_the_current_build_alone(tmp_path: Path) -> None:
    publish(made("one"), tmp_path)
    publish(made("two"), tmp_path)
    (tmp_path / "builds" / ".building-left").mkdir()
    gone = prune(tmp_path)
    assert len(gone) == 2
    assert [build.current for build in builds(tmp_path)] == [True]
    assert words(tmp_path) == {"two"}
    assert prune(tmp_path) == []


def test_a_backup_is_a_store_and_comes_back(tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(made("one"), store)
    (store / "reviews").mkdir()
    (store / "reviews" / "r.ttl").write_text("", "utf-8")
    backup(store, tmp_path / "copy")
    assert words(tmp_path / "copy") == {"one"}
    assert (tmp_path / "copy" / "reviews" / "r.ttl").is_file()
    publish(made("two"), store)
    restore(tmp_path / "copy", store)
    assert words(store) == {"one"}
    assert [build.previous for build in builds(store)] == [False, True]
    restore(tmp_path / "copy", tmp_path / "new")
    assert words(tmp_path / "new") == {"one"}
    with pytest.raises(UsageError, match="there already"):
        backup(store, tmp_path / "copy")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("", "utf-8")
    with pytest.raises(NotAStoreError):
        restore(tmp_path / "copy", tmp_path / "mine")


def test_a_damaged_backup_is_not_brought_back(tmp_path: Path) -> None:
    publish(made("one"), tmp_path / "store")
    backup(tmp_path / "store", tmp_path / "copy")
    pointer = json.loads((tmp_path / "copy" / "current.json").read_text("utf-8"))
    pointer["sha256"] = "0" * 64
    (tmp_path / "copy" / "current.json").write_text(json.dumps(pointer), "utf-8")
    publish(made("two"), tmp_path / "other")
    with pytest.raises(StoreError, match="not the build"):
        restore(tmp_path / "copy", tmp_path / "other")
    assert words(tmp_path / "other") == {"two"}


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, copy = str(tmp_path / "store"), str(tmp_path / "copy")
    publish(made("one"), store)
    publish(made("two"), store)
    assert run(["store", "list", store, "--json"]) == 0
    one, two = json.loads(capsys.readouterr().out)["builds"]
    assert (one["current"], two["previous"]) == (True, True)
    assert run(["store", "list", store]) == 0
    assert "current" in capsys.readouterr().out
    assert run(["store", "use", store, two["name"]]) == 0
    assert run(["store", "backup", store, copy]) == 0
    assert run(["store", "prune", store]) == 0
    assert run(["store", "restore", copy, store]) == 0
    assert run(["store", "list", str(tmp_path / "nowhere")]) == 3
    assert words(tmp_path / "store") == {"one"}


def test_killed_builds_leave_the_published_store_whole(tmp_path: Path) -> None:
    chance = random.Random(20261125)  # noqa: S311 - when to kill
    store = tmp_path / "store"
    publish(made("first"), store)
    assert all(kill_a_builder(store, chance) for _ in range(KILLS))
    prune(store)
    assert len(builds(store)) == 1
