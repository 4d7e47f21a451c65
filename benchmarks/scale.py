"""Loads, validates, queries, traces and exports made-up graphs of growing size, beside the peers.

A graph is made of documents: an answer with statements, claims, claimed results, markers, entries
and assessments, and a record with passages, figures, a trial, groups and results, as a build writes
them. One document of a hundred is made faulty where asked. Each figure is the median CPU seconds
of three turns in one run; the same work is done by the bare engine, and by rdflib with pySHACL
where that ends in reasonable time.

    python benchmarks/scale.py [QUADS …]
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from kg import assets, queries
from kg.build import build
from kg.corpus import read_corpus
from kg.graph import manifest_digest, sealed
from kg.store import DiskStore, open_store, publish, published
from kg.trace import trace
from kg.validate import validate
from kg.validate.report import violations
from kg.validate.shapes import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TURNS = 3
PEER_UP_TO = 150_000
_SHORT, _LONG = 0.002, 0.25
_NODES = ("https://w3id.org/claimgraph/id/", "https://doi.org/")


def copies(quads: list[Quad], number: int, *, faulty: int = 0) -> Iterator[Quad]:
    """Write a built graph so many times, each copy with nodes of its own.

    :param faulty: every so-manieth copy loses the comparators of its p values; 0 for none
    """
    for at in range(number):
        names: dict[NamedNode, NamedNode] = {}

        def own(term: object, at: int = at, names: dict[NamedNode, NamedNode] = names) -> object:
            if not isinstance(term, NamedNode) or not term.value.startswith(_NODES):
                return term
            if term not in names:
                head, sign, tail = term.value.partition("#")
                names[term] = NamedNode(f"{head}-{at}{sign}{tail}")
            return names[term]

        for quad in quads:
            if faulty and at % faulty == 0 and quad.predicate.value.endswith("pComparator"):
                continue
            value = quad.object
            if quad.predicate.value.endswith("shortId") and isinstance(value, Literal):
                value = Literal(f"{value.value}x{at}")
            yield Quad(own(quad.subject), quad.predicate, own(value), own(quad.graph_name))  # type: ignore[arg-type]


def cpu(work: Callable[[], object]) -> float:
    """Return the median CPU seconds of some turns."""
    spent = []
    for _ in range(TURNS):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return statistics.median(spent)


def once(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one turn, for work that leaves something behind."""
    before = time.process_time()
    work()
    return time.process_time() - before


def main(sizes: list[int]) -> None:
    """Measure each size and print a table."""
    built = build(read_corpus(assets.folder("demo")))
    unit = [quad for quad in built.quads if not quad.graph_name.value.endswith("g/manifest")]  # type: ignore[union-attr]
    for size in sizes:
        number = max(1, size // len(unit))
        quads = sealed(copies(unit, number))
        print(f"\n{len(quads):,} quads, {number} answers")
        _load(quads)
        _validate(quads, "conforming")
        _validate(list(copies(unit, number, faulty=100)), "1 % faulty")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\npeak memory of the whole run {peak:,} MB")


def _load(quads: list[Quad]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bare = once(lambda: _bare(quads, Path(folder) / "bare"))
        store = Path(folder) / "store"
        own = once(lambda: publish(quads, store, manifest_digest(quads) or ""))
        size = sum(f.stat().st_size for f in store.rglob("*") if f.is_file())
        print(f"  load: bare bulk_extend {bare:.2f} s, publish {own:.2f} s, {size / 1e6:.0f} MB")
        _ask(store)


def _bare(quads: list[Quad], folder: Path) -> None:
    store = pyoxigraph.Store(str(folder))
    store.bulk_extend(quads)
    store.flush()


def _ask(place: Path) -> None:
    store = open_store(place)
    inner = pyoxigraph.Store.read_only(str(place / published(place).build))
    worst = 0.0
    for query in queries.catalogue():
        bare = cpu(partial(_rows, inner, query.text))
        own = cpu(partial(store.select, query.text))
        worst = max(worst, own / bare if bare > _SHORT else 0.0)
        if own > _LONG:
            print(f"    {query.name}: {own:.2f} s, bare {bare:.2f} s")
    assert isinstance(store, DiskStore)
    traced = cpu(lambda: trace(store, "s019x0"))
    print(f"  queries: slowest ratio to the bare engine {worst:.2f}; trace {traced * 1000:.1f} ms")


def _rows(store: pyoxigraph.Store, text: str) -> list[object]:
    found: Any = store.query(text, use_default_graph_as_union=True)
    return list(found)


def _validate(quads: list[Quad], what: str) -> None:
    found = validate(quads)
    own = cpu(lambda: validate(quads))
    line = f"  validate, {what}: {own:.2f} s, {len(found)} results"
    if len(quads) <= PEER_UP_TO:
        triples = {quad.triple for quad in quads}
        peer = once(lambda: violations(triples, load()))
        line += f"; pySHACL on rdflib {peer:.2f} s ({peer / own:.0f} times)"
    print(line)


if __name__ == "__main__":
    main([int(word.replace("_", "")) for word in sys.argv[1:]] or [100_000, 1_000_000])
