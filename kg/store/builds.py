"""The builds of a published store: listed, shown, removed, copied away and brought back.

A build never changes, so that a copy of one is a copy for good; before one is shown, its quads are
counted and hashed again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import UsageError
from kg.store.errors import NotAStoreError, StoreError
from kg.store.oxigraph import DiskStore
from kg.store.published import (
    BUILDS,
    POINTER,
    REVIEWS,
    Published,
    describe,
    is_published,
    keep,
    published,
    show,
    write_json,
)
from kg.terms import quads_digest


@dataclass(frozen=True, slots=True)
class Build:
    """A build that lies in a store.

    :param current: whether readers open it
    :param previous: whether it was shown before the current one
    :param bytes: how much disk it takes
    """

    name: str
    sha256: str
    quads: int
    current: bool
    previous: bool
    bytes: int


def builds(home: Path) -> tuple[Build, ...]:
    """List the builds of a store, the current one first.

    :raises NotAStoreError: if it is no published store
    """
    pointer = published(home)
    found = []
    for path in sorted((home / BUILDS).glob("*/")):
        if path.name.startswith("."):
            continue
        said = _described(home, path)
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        name = f"{BUILDS}/{path.name}"
        found.append(
            Build(
                path.name, said.sha256, said.quads, name == pointer.build,
                name == pointer.previous, size,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda b: (not b.current, not b.previous, b.name)))


def use(home: Path, name: str) -> Published:
    """Show another build of a store.

    :param name: its name, or as much of its beginning as tells it from the others
    :raises UsageError: if no build, or several, have that name
    :raises StoreError: if the build is not what it says it is
    """
    found = [build for build in builds(home) if build.name.startswith(name)]
    if len(found) != 1:
        what = f"{len(found)} builds of {home} are called {name}"
        raise UsageError(what, expected=", ".join(build.name for build in builds(home)))
    path = home / BUILDS / found[0].name
    said = _described(home, path)
    _verified(path, said)
    return show(home, said)


def prune(home: Path) -> list[str]:
    """Remove every build but the current one, and what a build that was killed left behind.

    Nothing may be building into the store meanwhile.
    """
    pointer = published(home)
    gone = keep(home, {pointer.build})
    for left in sorted((home / BUILDS).glob(".*")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
        gone.append(f"{BUILDS}/{left.name}")
    write_json(home, replace(pointer, previous=""), home / POINTER)
    return gone


def backup(home: Path, target: Path) -> Published:
    """Copy the current build, its pointer and the reviews into a new folder, whole or not at all.

    :raises UsageError: if the target is there already
    """
    if target.exists():
        what = f"{target} is there already"
        raise UsageError(what, expected="a folder that does not exist yet")
    pointer = replace(published(home), previous="")
    _verified(home / pointer.build, pointer)
    _copied(home, pointer, target)
    return pointer


def restore(source: Path, home: Path) -> Published:
    """Bring a backup's build into a store and show it; the build that was shown is kept.

    :raises NotAStoreError: if the source is no backup
    :raises StoreError: if it is damaged
    """
    pointer = replace(published(source), previous="")
    _verified(source / pointer.build, pointer)
    if not is_published(home):
        if home.exists() and any(home.iterdir()):
            raise NotAStoreError(str(home), "it holds other files; give a new or an empty folder")
        _copied(source, pointer, home)
        return pointer
    target = home / pointer.build
    if not target.is_dir():
        aside = Path(tempfile.mkdtemp(prefix=".restoring-", dir=home / BUILDS))
        shutil.copytree(source / pointer.build, aside, dirs_exist_ok=True)
        aside.rename(target)
    for review in sorted((source / REVIEWS).glob("*.ttl")):
        (home / REVIEWS).mkdir(exist_ok=True)
        shutil.copy2(review, home / REVIEWS / review.name)
    describe(home, pointer)
    return show(home, pointer)


def _copied(source: Path, pointer: Published, target: Path) -> None:
    """Copy a store aside and give it its name last."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".copying-", dir=target.parent))
    try:
        shutil.copytree(source / pointer.build, aside / pointer.build)
        if (source / REVIEWS).is_dir():
            shutil.copytree(source / REVIEWS, aside / REVIEWS)
        describe(aside, pointer)
        show(aside, pointer)
        if target.is_dir():
            target.rmdir()
        aside.rename(target)
    except OSError as error:
        why = f"{target} could not be written: {error.strerror or error}"
        raise StoreError(why) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _described(home: Path, path: Path) -> Published:
    """Read what a build says that it is; one of an older version is counted and hashed."""
    pointer = published(home)
    if pointer.build == f"{BUILDS}/{path.name}":
        return replace(pointer, previous="")
    try:
        return Published(**json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        store = DiskStore(path)
        return Published(f"{BUILDS}/{path.name}", quads_digest(store.quads()), len(store))
    except (OSError, ValueError, TypeError) as error:
        raise NotAStoreError(str(path), "what is said of the build is damaged") from error


def _verified(path: Path, said: Published) -> None:
    if quads_digest(DiskStore(path).quads()) != said.sha256:
        what = f"{path} is not the build that it says it is"
        raise StoreError(what, hint="`kg recheck` tells which graph differs")
