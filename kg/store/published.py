"""Published builds: built aside, hashed, synced, then shown by moving one pointer.

```
store/
  current.json            which build readers open, its digest and its number of quads
  builds/<digest>/        one build, never changed after it has its name
  builds/<digest>.json    what that build is
  reviews/                decisions of people, which each build takes as input
```

A reader opens what the pointer names. A build that fails, or a machine that stops, leaves the
pointer where it was; what lies under another name in ``builds/`` is not looked at. The build that
is shown and the one before it are kept.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.errors import NotAStoreError, StoreError
from kg.store.line_digest import LineDigest
from kg.store.oxigraph import DiskStore
from kg.terms import quads_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyoxigraph import Quad

POINTER = "current.json"
BUILDS = "builds"
REVIEWS = "reviews"
LAYOUT = "claimgraph-store-1"
SCATTERED = 2_000_000
"""Above so many quads a load leaves several files to look into for each triple: they are joined."""


@dataclass(frozen=True, slots=True)
class Published:
    """What the pointer says.

    :param build: the build's folder, relative to the store
    :param sha256: SHA-256 of the build's sorted canonical N-Quads
    :param quads: how many quads it holds
    :param manifest: digest of the graph that holds the digest of every other; empty if it has none
    :param previous: the build that was shown before; empty if there was none
    """

    build: str
    sha256: str
    quads: int
    manifest: str = ""
    previous: str = ""
    layout: str = LAYOUT


def publish(quads: Iterable[Quad], folder: Path | str, manifest: str = "") -> Published:
    """Build a store aside and show it once it is whole; the earlier build stays until then.

    :param quads: any number; numbers are written canonically, as :func:`kg.graph.quads` writes
        them, since a store writes them so
    :param manifest: digest of the manifest graph, for the pointer
    :param folder: made if need be; a folder that holds anything else is left alone
    :raises NotAStoreError: if the folder is a file or holds other things than a store
    :raises StoreError: if the disk refuses
    """
    home = Path(folder)
    _take(home)
    aside = Path(tempfile.mkdtemp(prefix=".building-", dir=home / BUILDS))
    try:
        published = replace(_build(quads, aside), manifest=manifest)
        target = home / published.build
        if not _holds(target, published):
            shutil.rmtree(target, ignore_errors=True)
            aside.rename(target)
            _sync(target.parent)
        describe(home, published)
        published = show(home, published)
        keep(home, {published.build, published.previous})
    except OSError as error:
        why = f"{home} could not be written: {error.strerror or error}"
        raise StoreError(why, hint="the earlier build is still in place") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return published


def is_published(folder: Path) -> bool:
    """Whether a folder has a pointer to a build."""
    return (folder / POINTER).is_file()


def published(folder: Path) -> Published:
    """Read a store's pointer.

    :raises NotAStoreError: if there is none, or it is damaged
    """
    try:
        said = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        pointer = Published(**said)
    except FileNotFoundError as error:
        raise NotAStoreError(str(folder), f"it has no {POINTER}") from error
    except (OSError, ValueError, TypeError) as error:
        raise NotAStoreError(str(folder), f"its {POINTER} is damaged") from error
    inside = Path(pointer.build).parent.as_posix() == BUILDS and ".." not in pointer.build
    if pointer.layout != LAYOUT or not inside:
        raise NotAStoreError(str(folder), f"its {POINTER} is of another version")
    return pointer


def open_published(folder: Path) -> DiskStore:
    """Open the build that a store's pointer names, read-only.

    :raises NotAStoreError: if there is no such build
    """
    return DiskStore(folder / published(folder).build)


def _take(home: Path) -> None:
    """Make the store's folder, or make sure that it is one."""
    if home.exists() and not home.is_dir():
        raise NotAStoreError(str(home), "it is a file")
    if home.is_dir() and {entry.name for entry in home.iterdir()} - {POINTER, BUILDS, REVIEWS}:
        if not is_published(home):
            raise NotAStoreError(str(home), "it holds other files; give a new or an empty folder")
        published(home)
    try:
        (home / BUILDS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{home} could not be made: {error.strerror}") from error  # noqa: EM102


def _build(quads: Iterable[Quad], aside: Path) -> Published:
    import pyoxigraph

    database, seen = pyoxigraph.Store(str(aside)), LineDigest()
    database.bulk_extend(seen.of(quads))
    database.flush()
    sha, count = seen.finished()
    if count > SCATTERED:
        database.optimize()
    if len(database) != count:
        what = f"the store holds {len(database)} quads of {count}"
        raise StoreError(what, hint="the earlier build is still in place")
    del database  # releases the lock before the folder moves
    for path in sorted(aside.rglob("*")):
        _sync(path)
    _sync(aside)
    return Published(f"{BUILDS}/{sha[:32]}", sha, count)


def _holds(target: Path, wanted: Published) -> bool:
    """Whether a build of this name is there and still is what its name says."""
    if not target.is_dir():
        return False
    try:
        return quads_digest(DiskStore(target).quads()) == wanted.sha256
    except (NotAStoreError, OSError):
        return False


def describe(home: Path, published: Published) -> None:
    """Write what a build is beside it, for when the pointer names another."""
    said = replace(published, previous="")
    write_json(home, said, (home / published.build).with_suffix(".json"))


def show(home: Path, build: Published) -> Published:
    """Move the pointer to a build; the build that it named before is kept as the previous one."""
    before = published(home) if is_published(home) else None
    if before is None:
        previous = ""
    else:
        previous = before.previous if before.build == build.build else before.build
    shown = replace(build, previous=previous)
    write_json(home, shown, home / POINTER)
    return shown


def keep(home: Path, builds: Collection[str]) -> list[str]:
    """Remove every build but these; return the names of those that are gone."""
    gone = []
    for path in sorted((home / BUILDS).iterdir()):
        name = f"{BUILDS}/{path.name}"
        if path.is_dir() and not path.name.startswith(".") and name not in builds:
            path.with_suffix(".json").unlink(missing_ok=True)
            shutil.rmtree(path, ignore_errors=True)
            gone.append(name)
    return gone


def write_json(home: Path, said: Published, target: Path) -> None:
    """Write JSON aside, sync it, and move it into its place."""
    text = json.dumps(asdict(said), indent=1, sort_keys=True) + "\n"
    handle, name = tempfile.mkstemp(prefix=".pointer-", dir=home / BUILDS)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
