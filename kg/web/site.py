"""What is served: one published build, which never changes, and the processes that query it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.store import (
    DiskStore,
    OxigraphStore,
    Published,
    StoreError,
    is_published,
    open_store,
    published,
)
from kg.terms import DEFAULT_BASE, quads_digest
from kg.web.workers import Limits, Workers

if TYPE_CHECKING:
    from kg.findings import Finding


LOCAL = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Site:
    """A store with what is known of it from outside.

    :param place: a published store or an RDF file
    :param store: the same, opened in this process for pages that look up a few nodes
    :param sha256: digest of all quads, which tags every answer
    :param pointer: what the store said of its build when it was opened; None for a file
    :param base: what node ids stand below
    """

    place: str
    store: OxigraphStore
    sha256: str
    workers: Workers
    pointer: Published | None = None
    base: str = DEFAULT_BASE
    hosts: tuple[str, ...] = LOCAL

    def tag(self, *parts: str) -> str:
        """Return the entity tag of what follows from the store, this release and some parts.

        :param parts: what else the bytes depend on, such as the format or the host
        """
        told = repr((self.sha256, __version__, parts))
        return f'"{hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]}"'

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: those that the graph holds, and those that only the whole graph tells."""
        from kg import examination
        from kg.findings import findings
        from kg.validate import validate

        held = examination.held(self.store, self.base)
        current = {one.examination.checks for one in held.values()} == {examination.checks_digest()}
        if current and self.pointer is not None:
            return examination.whole(self.store, held.values(), self.base)
        return findings(self.store, validate(self.store), self.base)


def open_site(
    place: str,
    limits: Limits | None = None,
    base: str = DEFAULT_BASE,
    hosts: tuple[str, ...] = LOCAL,
) -> Site:
    """Open a store of this machine.

    :param limits: what a query may take
    :param hosts: the names that it answers to
    :raises StoreError: if it cannot be opened, or is a server
    """
    home = Path(place)
    pointer = published(home) if home.is_dir() and is_published(home) else None
    if pointer is not None:
        # the pointer may move while this is served; what is shown stays one build
        build = home / pointer.build
        workers = Workers(str(build), limits)
        return Site(place, DiskStore(build), pointer.sha256, workers, pointer, base, hosts)
    store = open_store(place)
    if not isinstance(store, OxigraphStore):
        what = f"{place} is a server, which answers for itself"
        raise StoreError(what, expected="a published store or an RDF file")
    sha256 = quads_digest(store.quads())
    return Site(place, store, sha256, Workers(place, limits), None, base, hosts)
