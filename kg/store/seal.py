"""What is known of a graph from outside it: the digests in a store's pointer or beside an export.

An export ``graph.trig`` has ``graph.trig.seal.json`` beside it, so that whoever gets both can tell
whether the file, and by the manifest each named graph in it, still is what was exported.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.errors import NotAStoreError
from kg.store.published import is_published, published

if TYPE_CHECKING:
    from os import PathLike

LAYOUT = "claimgraph-seal-1"
_SUFFIX = ".seal.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """The digests of a graph that stand outside it.

    :param manifest: digest of the manifest graph; empty if the graph had none
    :param quads: digest of all quads; None where only the file is sealed
    :param altered: whether a sealed file has other bytes than when it was sealed
    """

    manifest: str
    quads: str | None = None
    altered: bool = False


def seal_path(path: Path) -> Path:
    """Name the file that stands beside an export.

    >>> seal_path(Path("graph.trig")).name
    'graph.trig.seal.json'
    """
    return path.with_name(path.name + _SUFFIX)


def seal_text(name: str, content: bytes, manifest: str) -> str:
    """Write the seal of an export.

    :param name: the export's file name
    :param manifest: digest of the manifest graph of what was exported
    """
    said = {
        "layout": LAYOUT,
        "file": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "manifest": manifest,
    }
    return json.dumps(said, indent=1, sort_keys=True) + "\n"


def seal_of(place: Path | PathLike[str] | str) -> Seal | None:
    """Return the seal of a published store or of an exported file; None where there is none.

    :raises NotAStoreError: if there is one that is damaged
    """
    path = Path(place)
    if path.is_dir():
        if not is_published(path):
            return None
        pointer = published(path)
        return Seal(pointer.manifest, pointer.sha256)
    beside = seal_path(path)
    if not path.is_file() or not beside.is_file():
        return None
    try:
        said = json.loads(beside.read_text(encoding="utf-8"))
        manifest, sha256, layout = str(said["manifest"]), said["sha256"], said["layout"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAStoreError(str(beside), "the seal is damaged") from error
    if layout != LAYOUT:
        raise NotAStoreError(str(beside), "the seal is of another version")
    return Seal(manifest, None, hashlib.sha256(path.read_bytes()).hexdigest() != sha256)
