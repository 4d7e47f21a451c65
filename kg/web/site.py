"""What is served: one published build, which never changes, and the processes that query it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store import OxigraphStore, StoreError, is_published, open_store, seal_of
from kg.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.findings import Finding
    from kg.web.workers import Workers


LOCAL = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Site:
    """A store with what is known of it from outside.

    :param place: a published store or an RDF file
    :param store: the same, opened in this process for pages that look up a few nodes
    :param sha256: digest of all quads, which tags every answer
    :param base: what node ids stand below
    """

    place: str
    store: OxigraphStore
    sha256: str
    workers: Workers
    base: str = DEFAULT_BASE
    hosts: tuple[str, ...] = LOCAL

    @property
    def tag(self) -> str:
        """The entity tag of what follows from the store alone."""
        return f'"{self.sha256[:32]}"'

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: those that the graph holds, and those that only the whole graph tells."""
        from kg import examination
        from kg.findings import findings
        from kg.validate import validate

        held = examination.held(self.store, self.base)
        current = {one.examination.checks for one in held.values()} == {examination.checks_digest()}
        if current and is_published(Path(self.place)):
            return examination.whole(self.store, held.values(), self.base)
        return findings(self.store, validate(self.store.quads()), self.base)


def open_site(
    place: str, workers: Workers, base: str = DEFAULT_BASE, hosts: tuple[str, ...] = LOCAL
) -> Site:
    """Open a store of this machine.

    :param hosts: the names that it answers to
    :raises StoreError: if it cannot be opened, or is a server
    """
    from kg.terms import quads_digest

    store = open_store(place)
    if not isinstance(store, OxigraphStore):
        what = f"{place} is a server, which answers for itself"
        raise StoreError(what, expected="a published store or an RDF file")
    seal = seal_of(place) if Path(place).is_dir() else None
    sha256 = seal.quads if seal and seal.quads else quads_digest(store.quads())
    return Site(place, store, sha256, workers, base, hosts)
