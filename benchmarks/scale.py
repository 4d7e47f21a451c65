"""Loads, validates, queries, traces, audits, exports and compares graphs of growing size.

A graph is made of answers and records that ``made_up.py`` invents and the product builds, copied
with nodes of their own up to the size. All of it conforms; in the faulty graphs one record of a
hundred loses the comparators of its p values. Each figure is CPU seconds: the median of three turns
for what leaves nothing behind. The same work is done in the same run by the bare engine, and by
rdflib with pySHACL: core constraints up to a million quads, all of them at the smallest size.

    python benchmarks/scale.py [QUADS …] > table.md
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyoxigraph
import pyshacl
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat

from benchmarks.made_up import write
from kg import assets, graph, queries
from kg.build import build
from kg.corpus import read_corpus
from kg.store import DiskStore, open_store, publish, published
from kg.validate import validate
from kg.validate.held import Held
from kg.validate.rdf import TermMaker, own_switches
from kg.validate.report import of_suspects, violations
from kg.validate.set_based import parted
from kg.validate.set_based import violations as over_the_graph
from kg.validate.shapes import load, parted_shapes, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TURNS = 3
ANSWERS = 36
PEER_UP_TO = 150_000
CORE_UP_TO = 1_500_000
SHAPES = assets.folder("ontology") / "shapes"
LARGE = 5_000_000
BATCH = 100_000
SLOW = 20.0
_NODES = ("https://w3id.org/claimgraph/id/", "https://doi.org/")
_TRACE = """
import re, sys, time
from pathlib import Path
from kg.store import open_store
from kg.trace import trace
store = open_store(sys.argv[1])
spent = []
for _ in range(7):
    before = time.process_time()
    trace(store, sys.argv[2])
    spent.append(time.process_time() - before)
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(sorted(spent)[3], peak[1])
"""


def unit(folder: Path) -> list[Quad]:
    """Build the documents that every size copies."""
    built = build(read_corpus(write(folder, ANSWERS)))
    wrong = [finding.message for finding in built.findings]
    assert not wrong, wrong[0]
    return [q for q in built.quads if not _name(q).endswith("g/manifest")]


def told_of_the_model(quads: list[Quad], folder: Path) -> str:
    """Write a model as N-Quads, and read them strictly; tell the time of each and the memory."""
    dossier, path = graph.dossier(quads), folder / "model.nq"

    def written() -> None:
        pyoxigraph.serialize(graph.stream(dossier), output=path, format=RdfFormat.N_QUADS)

    def parsed() -> int:
        return sum(1 for _ in pyoxigraph.parse(path=path, format=RdfFormat.N_QUADS))

    before = _high(forget=True)
    own = cpu(written)
    more = _high() - before
    read = cpu(parsed)
    return (f"Model to N-Quads: {parsed():,} quads in {own:.2f} CPU s, {read / own:.2f} of the "
            f"speed of a strict parse, {more:.0f} MB more memory")  # fmt: skip


def _name(quad: Quad) -> str:
    graph = quad.graph_name
    return graph.value if isinstance(graph, NamedNode) else ""


def copy(quads: list[Quad], at: int, *, faulty: bool = False) -> Iterator[Quad]:
    """Write the unit with nodes of its own.

    :param faulty: whether one record of a hundred loses the comparators of its p values
    """
    names: dict[NamedNode, NamedNode] = {}
    reported = sorted({_name(q) for q in quads if "/reported/" in _name(q)})
    bad = {g for n, g in enumerate(reported) if faulty and (at * len(reported) + n) % 100 == 0}

    def own(term: Any) -> Any:  # noqa: ANN401 - any term of pyoxigraph's
        if not isinstance(term, NamedNode) or not term.value.startswith(_NODES):
            return term
        if term not in names:
            head, sign, tail = term.value.partition("#")
            names[term] = NamedNode(f"{head}-{at}{sign}{tail}")
        return names[term]

    for quad in quads:
        if _name(quad) in bad and quad.predicate.value.endswith("pComparator"):
            continue
        value = quad.object
        yield Quad(own(quad.subject), quad.predicate, own(value), own(quad.graph_name))


def cpu(work: Callable[[], object], turns: int = TURNS) -> float:
    """Return the median CPU seconds of some turns; of one turn where that takes long."""
    spent: list[float] = []
    for _ in range(turns):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
        if spent[-1] > SLOW:
            break
    return statistics.median(spent)


class Size:
    """The work at one size; ``figures`` are what is told of it."""

    def __init__(self, quads: list[Quad], size: int, folder: Path) -> None:
        self._unit, self._copies = quads, max(1, round(size / len(quads)))
        self._folder = folder
        self.quads = len(quads) * self._copies
        self.figures: dict[str, float] = {}

    def measure(self) -> None:
        """Do all of it, and tell each part as it is done."""
        for part in (self._write, self._load, self._trace, self._ask, self._validate):
            before = set(self.figures)
            part()
            told = {name: round(v, 4) for name, v in self.figures.items() if name not in before}
            print(f"{self.quads:,} quads: {told}", file=sys.stderr, flush=True)

    def _copy(self, *, faulty: bool = False) -> Iterator[Iterator[Quad]]:
        for at in range(self._copies):
            yield copy(self._unit, at, faulty=faulty)

    def _write(self) -> None:
        """Write N-Quads, and read them strictly; quads a second of one by those of the other."""
        path = self._folder / "graph.nq"
        spent = 0.0
        with path.open("wb") as stream:
            for part in self._copy():
                quads = list(part)
                before = time.process_time()
                stream.write(pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b"")
                spent += time.process_time() - before
        self.figures["write N-Quads"] = spent
        self.figures["strict parse"] = cpu(lambda: sum(1 for _ in self._parsed()))
        self.figures["N-Quads, MB"] = path.stat().st_size / 1e6

    def _parsed(self) -> Any:  # noqa: ANN401 - pyoxigraph's reader has no public class
        return pyoxigraph.parse(path=self._folder / "graph.nq", format=RdfFormat.N_QUADS)

    def _load(self) -> None:
        ratios, own, bare = [], [], []
        for turn in range(_turns(self.quads)):
            with tempfile.TemporaryDirectory(dir=self._folder) as held:
                store = pyoxigraph.Store(held)
                before = time.process_time()
                store.bulk_load(path=self._folder / "graph.nq", format=RdfFormat.N_QUADS)
                store.flush()
                bare.append(time.process_time() - before)
                del store
            place = self._folder / f"store-{turn}"
            before = time.process_time()
            publish(self._parsed(), place)
            own.append(time.process_time() - before)
            ratios.append(bare[-1] / own[-1])
        self.place = place
        size = sum(f.stat().st_size for f in place.rglob("*") if f.is_file())
        self.figures |= {
            "bare bulk_load of the N-Quads": statistics.median(bare),
            "publish": statistics.median(own),
            "load, ratio to bare": statistics.median(ratios),
            "store, MB": size / 1e6,
            "peak memory of loading and before, MB": _peak(),
        }

    def _validate(self) -> None:
        """Validate in batches of copies, each of which is whole."""
        for what, faulty in (("conforming", False), ("1 % faulty", True)):
            spent, results = 0.0, 0
            batch: list[Quad] = []
            for part in self._copy(faulty=faulty):
                batch += part
                if len(batch) >= BATCH:
                    seconds, found = self._valid(batch)
                    spent, results, batch = spent + seconds, results + found, []
            if batch:
                seconds, found = self._valid(batch)
                spent, results = spent + seconds, results + found
            self.figures[f"validate, {what}"] = spent
            self.figures[f"results, {what}"] = results
            if self.quads <= CORE_UP_TO:
                self._compare(what, [q for part in self._copy(faulty=faulty) for q in part])
        self.figures["peak memory of validating and before, MB"] = _peak()

    def _valid(self, batch: list[Quad]) -> tuple[float, int]:
        spent = []
        for _ in range(TURNS if self.quads <= CORE_UP_TO else 1):
            before = time.process_time()
            found = validate(batch)
            spent.append(time.process_time() - before)
        return statistics.median(spent), len(found)

    def _compare(self, what: str, quads: list[Quad]) -> None:
        """Validate the whole at once, once it is loaded, as pySHACL does on a graph of rdflib's.

        pySHACL gets the shapes as they stand in the files, and again as the product prepares them.
        """
        over_all, screen = parted_shapes()
        held = Held(quads)
        mine: dict[str, Callable[[], object]] = {
            "core": lambda: of_suspects(held, screen),
            "set-based": lambda: list(over_the_graph(held.store, over_all)),
        }
        for part, work in mine.items():
            self.figures[f"{part} constraints, {what}"] = cpu(work)
        with own_switches():
            make, data = TermMaker(), rdflib.Graph()
            before = time.process_time()
            for triple in held.triples:
                data.add(make.triple(triple))
            self.figures["load into rdflib"] = time.process_time() - before
            as_written = parted(read(SHAPES))[1]
            peers = {"core constraints": as_written, "core constraints, prepared": screen.shapes}
            if self.quads <= PEER_UP_TO:
                peers["all constraints"] = load()
            for part, shapes in peers.items():
                name = f"{part} by pySHACL, {what}"
                work = partial(pyshacl.validate, data, shacl_graph=shapes, inplace=True)
                self.figures[name] = cpu(work, 1)
        assert set(of_suspects(held, screen)) == set(violations(held.triples, screen.shapes))

    def _ask(self) -> None:
        store = open_store(self.place)
        assert isinstance(store, DiskStore)
        inner = pyoxigraph.Store.read_only(str(self.place / published(self.place).build))
        self.slowest: list[tuple[str, float, float]] = []
        for query in queries.catalogue():
            if self.quads > LARGE and query.kind != "audit":
                continue  # rows of the whole graph, which nobody reads
            bare = cpu(partial(_rows, inner, query.text))
            own = cpu(partial(store.select, query.text))
            self.slowest.append((query.name, own, own / bare if bare > 0.002 else 1.0))
            if own > SLOW:
                print(f"{query.name}: {own:.0f} s", file=sys.stderr, flush=True)
        self.figures["all queries"] = sum(own for _, own, _ in self.slowest)
        self.figures["slowest query"] = max(own for _, own, _ in self.slowest)
        self.figures["queries, worst ratio to bare"] = max(r for _, _, r in self.slowest)
        export = partial(_dump, inner, self._folder / "export.nq")
        self.figures["export N-Quads"] = cpu(export)

    def _trace(self) -> None:
        """Trace in a process of its own, whose memory is that of tracing."""
        statement = next(
            q.subject.value
            for q in copy(self._unit, 0)
            if q.predicate.value.endswith("#statementKind") and isinstance(q.subject, NamedNode)
        )
        ran = subprocess.run(
            [sys.executable, "-c", _TRACE, str(self.place), statement],
            capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
        )  # fmt: skip
        if ran.returncode:
            raise RuntimeError(ran.stderr)
        seconds, memory = ran.stdout.split()
        self.figures["trace, ms"] = 1000 * float(seconds)
        self.figures["peak memory of tracing, MB"] = int(memory) / 1024


def _rows(store: pyoxigraph.Store, text: str) -> list[object]:
    found: Any = store.query(text, use_default_graph_as_union=True)
    return list(found)


def _turns(quads: int) -> int:
    """Return how often to load: loading a little differs most from turn to turn."""
    return 3 * TURNS if quads <= PEER_UP_TO else TURNS if quads <= LARGE else 1


def _dump(store: pyoxigraph.Store, path: Path) -> None:
    store.dump(output=path, format=RdfFormat.N_QUADS)


def _high(*, forget: bool = False) -> float:
    """Return the most memory so far, in MB; since it was last forgotten."""
    if forget:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    """Measure each size and print a table, a row for each figure, a column for each size."""
    measured: list[Size] = []
    with tempfile.TemporaryDirectory() as folder:
        quads = unit(Path(folder) / "corpus")
        model = told_of_the_model(quads, Path(folder))
        for size in sizes:
            inside = Path(folder) / str(size)
            inside.mkdir()
            measured.append(Size(quads, size, inside))
            measured[-1].measure()
            print(f"{measured[-1].quads:,} quads done", file=sys.stderr, flush=True)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"pyoxigraph {pyoxigraph.__version__}\n")  # fmt: skip
    names = dict.fromkeys(name for one in measured for name in one.figures)
    print(f"{model}\n")
    print("| CPU s unless said | " + " | ".join(f"{m.quads:,}" for m in measured) + " | exponent |")
    print("|---|" + "--:|" * (len(measured) + 1))
    for name in names:
        cells = [f"{m.figures[name]:.3g}" if name in m.figures else "–" for m in measured]
        print(f"| {name} | " + " | ".join(cells) + f" | {_exponent(measured, name)} |")
    slowest = sorted(measured[-1].slowest, key=lambda told: -told[1])[:8]
    told = ", ".join(f"{name} {own:.2f} s" for name, own, _ in slowest)
    print(f"\nSlowest queries at the largest size: {told}")


def _exponent(measured: list[Size], name: str) -> str:
    first, last = measured[0], measured[-1]
    if first is last or not first.figures.get(name) or not last.figures.get(name):
        return "–"
    grown = log(last.figures[name] / first.figures[name]) / log(last.quads / first.quads)
    return f"{grown:.2f}"


if __name__ == "__main__":
    main([int(word.replace("_", "")) for word in sys.argv[1:]] or [100_000, 1_000_000])
