"""``kg recheck``: a graph as built holds, every edit of it is found, and what is absent is said."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import assets
from kg.build import build, publish
from kg.cli import run
from kg.corpus import read_corpus
from kg.export import export
from kg.graph import manifest_digest, manifest_graph, sealed
from kg.integrity import InHand, read_documents, recheck
from kg.store import MemoryStore, Seal, seal_of, seal_path, seal_text
from tests.graph_edits import KINDS, edited

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.build import Built

DEMO = assets.folder("demo")
EDITS = 8


@pytest.fixture(scope="module")
def built() -> Built:
    return build(read_corpus(DEMO))


@pytest.fixture(scope="module")
def quads(built: Built) -> tuple[Quad, ...]:
    return tuple(built.quads)


def seal(quads: tuple[Quad, ...]) -> Seal:
    return Seal(manifest_digest(quads) or "")


def name(quad: Quad) -> str:
    return str(quad.graph_name)[1:-1]


def test_a_graph_as_built_holds(quads: tuple[Quad, ...]) -> None:
    found = recheck(MemoryStore(quads), seal=seal(quads))
    assert found.holds
    assert found.absent == ()
    assert found.checked["graphs"] == len({quad.graph_name for quad in quads}) - 1
    assert min(found.checked[what] for what in ("passages", "figures", "manifest")) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_single_edit_is_found_and_its_graph_named(kind: str, quads: tuple[Quad, ...]) -> None:
    chance = random.Random(f"edit {kind}")  # noqa: S311 - chooses what to break
    for _ in range(EDITS):
        changed, old = edited(quads, kind, chance)
        found = recheck(MemoryStore(changed), seal=seal(quads))
        assert name(old) in {broken.graph for broken in found.broken}, old


@pytest.mark.parametrize("kind", ["offset", "text"])
def test_an_edit_of_text_or_offset_names_the_node(kind: str, quads: tuple[Quad, ...]) -> None:
    changed, old = edited(quads, kind, random.Random(7))  # noqa: S311
    named = {broken.node for broken in recheck(MemoryStore(changed)).broken}
    assert str(old.subject)[1:-1] in named


def test_an_edit_that_the_manifest_was_made_to_fit_is_found_by_the_seal(
    quads: tuple[Quad, ...],
) -> None:
    changed, _ = edited(quads, "figure", random.Random(3))  # noqa: S311
    forged = sealed(changed)
    rules = {broken.rule for broken in recheck(MemoryStore(forged), seal=seal(quads)).broken}
    assert "integrity/manifest-digest" in rules
    assert "integrity/graph-digest" not in rules


def test_a_graph_that_is_gone_or_new_is_named(quads: tuple[Quad, ...]) -> None:
    lost = sorted({name(quad) for quad in quads} - {manifest_graph()})[0]
    rest = [quad for quad in quads if name(quad) != lost]
    (broken,) = [b for b in recheck(MemoryStore(rest)).broken if b.rule.endswith("graph-digest")]
    assert broken.graph == lost
    assert "is gone" in broken.message
    more = sealed(rest) + [quad for quad in quads if name(quad) == lost]
    (broken,) = [b for b in recheck(MemoryStore(more)).broken if b.rule.endswith("graph-digest")]
    assert "is not in the manifest" in broken.message


def test_a_document_in_hand_that_changed_is_named(tmp_path: Path, built: Built) -> None:
    shutil.copytree(DEMO, tmp_path / "files")
    changed = tmp_path / "files" / "record-1.txt"
    changed.write_text(changed.read_text("utf-8").replace("p = .002", "p = .2"), "utf-8")
    store = MemoryStore(built.quads)
    found = recheck(store, in_hand=read_documents(tmp_path / "files", store))
    (broken,) = found.broken
    assert broken.rule == "integrity/document-digest"
    assert "record-1.txt" in broken.message
    assert found.checked["documents"] == len(built.dossier.documents) - 1


def test_without_text_and_file_a_document_is_said_to_be_absent(quads: tuple[Quad, ...]) -> None:
    bare = sealed(q for q in quads if not q.predicate.value.endswith(("ns#text", "textSha256")))
    store = MemoryStore(bare)
    without = recheck(store)
    assert without.holds
    assert "answer.txt" in without.absent
    assert "passages" not in without.checked
    with_files = recheck(store, in_hand=read_documents(DEMO, store))
    assert with_files.holds
    assert with_files.absent == ()
    assert with_files.checked["passages"] > 0
    assert with_files.checked["figures"] > 0


def test_the_pointer_and_the_file_beside_an_export_carry_the_seal(
    tmp_path: Path, built: Built
) -> None:
    published = publish(built, tmp_path / "store")
    assert seal_of(tmp_path / "store") == Seal(published.manifest, published.sha256)
    file = tmp_path / "graph.trig"
    content = export(built.quads, "trig")
    file.write_bytes(content)
    assert seal_of(file) is None
    seal_path(file).write_text(seal_text(file.name, content, published.manifest), "utf-8")
    assert seal_of(file) == Seal(published.manifest)
    file.write_bytes(content + b"\n")
    found = recheck(MemoryStore(built.quads), seal=seal_of(file), in_hand=InHand())
    assert [broken.rule for broken in found.broken] == ["integrity/file-digest"]


def test_the_command_says_what_no_longer_holds(
    tmp_path: Path, built: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(built, tmp_path / "store")
    assert run(["recheck", str(tmp_path / "store"), "--documents", str(DEMO)]) == 0
    assert "Everything checked holds." in capsys.readouterr().out
    assert run(["export", str(tmp_path / "store"), "-o", str(tmp_path / "g.nq")]) == 0
    capsys.readouterr()
    text = (tmp_path / "g.nq").read_text("utf-8")
    (tmp_path / "g.nq").write_text(text.replace("17 W", "71 W"), "utf-8")
    assert run(["recheck", str(tmp_path / "g.nq"), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["holds"] is False
    rules = {broken["rule"] for broken in said["broken"]}
    assert {"integrity/file-digest", "integrity/graph-digest"} <= rules
    assert all(broken["message"] for broken in said["broken"])
