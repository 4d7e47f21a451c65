"""Drives the endpoint: good queries alone, good among hostile ones, ten thousand answers, a soak.

python benchmarks/endpoint.py [STORE] [--minutes M] [--answers N]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg import assets
from kg.build import build, publish
from kg.corpus import read_corpus
from kg.store import open_store
from tests.test_web_workers import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterable

EV = "https://w3id.org/claimgraph/ns#"
GOOD = tuple(
    f"SELECT DISTINCT ?s WHERE {{ ?s a <{EV}{name}> }} ORDER BY ?s LIMIT {most}"
    for name in ("Statement", "Claim", "Assessment", "Passage") for most in (10, 100, 1000)
)  # fmt: skip
LIMIT = 2.0


async def ask(address: str, query: str) -> tuple[int, bytes, float]:
    """Send a query by a connection of its own; return status, body and seconds."""
    place = urlsplit(address)
    before = time.monotonic()
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    body = urlencode({"query": query}).encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Accept: application/sparql-results+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    whole = await reader.read()
    writer.close()
    told, _, content = whole.partition(b"\r\n\r\n")
    return int(told.split()[1]), content, time.monotonic() - before


def p99(spent: Iterable[float]) -> float:
    return statistics.quantiles(spent, n=100)[98]


def memory(pid: int) -> int:
    """Return the resident bytes of the serving process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096


async def good(address: str, number: int, clients: int, rows: dict[str, int]) -> list[float]:
    """Ask good queries; every answer must be whole."""
    spent: list[float] = []
    left = iter(range(number))

    async def client() -> None:
        for at in left:
            query = GOOD[at % len(GOOD)]
            status, body, seconds = await ask(address, query)
            assert status == 200, (status, body[:200])
            assert len(json.loads(body)["results"]["bindings"]) == rows[query]
            spent.append(seconds)

    await asyncio.gather(*(client() for _ in range(clients)))
    return spent


async def hostile(address: str, until: asyncio.Event, ended: list[tuple[int, float]]) -> None:
    """Ask hostile queries one after another until it is over."""
    at = 0
    texts = list(HOSTILE.values())
    while not until.is_set():
        status, _, seconds = await ask(address, texts[at % len(texts)])
        ended.append((status, seconds))
        at += 1


def _told(spent: list[float]) -> str:
    return f"median {statistics.median(spent) * 1000:.1f} ms, p99 {p99(spent) * 1000:.1f} ms"


async def measure(
    address: str, pid: int, rows: dict[str, int], answers: int, minutes: float
) -> None:
    await good(address, 200, 8, rows)  # the processes start
    quiet = await good(address, 4_000, 4, rows)
    print(f"good alone: {_told(quiet)}")
    until, ended = asyncio.Event(), []
    bad = [asyncio.ensure_future(hostile(address, until, ended)) for _ in range(2)]
    await asyncio.sleep(0.5)
    mixed = await good(address, 4_000, 4, rows)
    until.set()
    await asyncio.gather(*bad)
    over = max(seconds for _, seconds in ended) - LIMIT
    worse = p99(mixed) / p99(quiet)
    print(f"good among hostile: {_told(mixed)}, {worse:.2f} times the quiet p99")
    statuses = sorted({status for status, _ in ended})
    print(f"hostile: {len(ended)} asked, statuses {statuses}, longest {over:+.3f} s past the limit")
    await good(address, answers, 8, rows)
    print(f"{answers:,} answers, all whole")
    start, begun = memory(pid), time.monotonic()
    asked = 0
    while time.monotonic() - begun < 60 * minutes:
        asked += len(await good(address, 2_000, 32, rows))
    spent = (time.monotonic() - begun) / 60
    slope = (memory(pid) - start) / 1e6 / spent if spent else 0.0
    told = f"soak: {spent:.1f} min of 32 clients, {asked:,} answers, none but 200"
    print(f"{told}, {slope:+.2f} MB a minute")


def main() -> None:
    """Serve a store and drive it."""
    options = argparse.ArgumentParser()
    options.add_argument("store", nargs="?")
    options.add_argument("--minutes", type=float, default=5.0)
    options.add_argument("--answers", type=int, default=10_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.store or str(Path(folder) / "store")
        if not given.store:
            publish(build(read_corpus(assets.folder("demo"))), place)
        store = open_store(place)
        rows = {query: len(store.select(query)) for query in GOOD}
        served = subprocess.Popen(
            [sys.executable, "-m", "kg", "serve", place, "--port", "0", "--seconds", str(LIMIT)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert served.stdout is not None
        address = served.stdout.readline().strip()
        try:
            asyncio.run(measure(address, served.pid, rows, given.answers, given.minutes))
        finally:
            served.terminate()
            served.wait()


if __name__ == "__main__":
    main()
