"""The audit of the build that is shown, compared with that of the build before it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.diff import compare
from kg.graph import dossier
from kg.report.view import view
from kg.store import DiskStore, NotAStoreError

if TYPE_CHECKING:
    from kg.diff import Diff
    from kg.web.site import Site

MOST_QUADS = 1_000_000
"""Larger builds are compared by ``kg diff``, which nobody waits for in a browser."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed, or why it cannot be told here.

    :param before: name of the build before
    """

    before: str | None
    changes: Diff | None
    why: str = ""


def with_the_build_before(site: Site) -> Comparison:
    """Compare the verdicts of two builds, statement by statement."""
    home, pointer = Path(site.place), site.pointer
    if pointer is None or not pointer.previous:
        return Comparison(None, None, "there is no build before this one")
    if pointer.quads > MOST_QUADS:
        return Comparison(pointer.previous, None, "the builds are large: compare them by kg diff")
    try:
        earlier = DiskStore(home / pointer.previous)
    except NotAStoreError:
        return Comparison(pointer.previous, None, "the build before was removed meanwhile")
    one = view(dossier(earlier.quads(), site.base), base=site.base)
    two = view(dossier(site.store.quads(), site.base), base=site.base)
    return Comparison(pointer.previous, compare(one, two))
