"""The processes behind the endpoint: stopped in time, replaced, and never in a good query's way."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from kg import assets
from kg.build import build, publish
from kg.corpus import read_corpus
from kg.web.workers import (
    Answered,
    Asked,
    Limits,
    QueryRefusedError,
    QueryStoppedError,
    QueryTooLargeError,
    QueryUnacceptableError,
    Workers,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

GOOD = "SELECT DISTINCT ?s WHERE { ?s a <https://w3id.org/claimgraph/ns#Statement> } ORDER BY ?s"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HOSTILE = {
    "count of a cross join": f"SELECT (COUNT(*) AS ?n) WHERE {{ {CROSS} }}",
    "sort of a cross join": f"SELECT * WHERE {{ {CROSS} }} ORDER BY ?l ?c",
    "path closure": "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<http://x/>|^!<http://x/>)+ ?b . "
    "?c (!<http://x/>|^!<http://x/>)+ ?d }",
    "regular expressions": f'SELECT * WHERE {{ {CROSS} FILTER(REGEX(STR(?c), "^(a+)+$")) }} '
    "ORDER BY ?a",
    "growing strings": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?x) WHERE "
    f"{{ {CROSS} }}",
}
FORMATS = ("json", "turtle")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    place: Path = tmp_path_factory.mktemp("workers") / "store"
    publish(build(read_corpus(assets.folder("demo"))), place)
    return str(place)


def worked(store: str, limits: Limits, work: Callable[[Workers], Awaitable[None]]) -> None:
    async def whole() -> None:
        workers = Workers(store, limits)
        await workers.start()
        try:
            await work(workers)
        finally:
            await workers.stop()

    asyncio.run(whole())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_stopped_and_the_next_is_answered(store: str, name: str) -> None:
    async def work(workers: Workers) -> None:
        before = time.monotonic()
        with pytest.raises(QueryStoppedError):
            await workers.answer(Asked(HOSTILE[name], FORMATS))
        assert time.monotonic() - before < 2.0
        found = await workers.answer(Asked(GOOD, FORMATS))
        assert found.rows == 23

    worked(store, Limits(seconds=1.0), work)


def test_memory_is_bounded(store: str) -> None:
    async def work(workers: Workers) -> None:
        with pytest.raises(QueryStoppedError):
            await workers.answer(Asked(HOSTILE["sort of a cross join"], FORMATS))

    worked(store, Limits(seconds=60.0, memory=600_000_000), work)


def test_good_queries_are_answered_while_hostile_ones_run(store: str) -> None:
    async def work(workers: Workers) -> None:
        bad = [
            asyncio.ensure_future(workers.answer(Asked(text, FORMATS)))
            for text in [*HOSTILE.values()][:3]
        ]
        await asyncio.sleep(0.4)
        good = [await workers.answer(Asked(GOOD, FORMATS)) for _ in range(20)]
        assert {found.rows for found in good} == {23}
        assert not any(task.done() for task in bad), "the good ones waited for the bad ones"
        ended = await asyncio.gather(*bad, return_exceptions=True)
        assert all(isinstance(one, QueryStoppedError) for one in ended)

    worked(store, Limits(seconds=6.0, processes=6), work)


def test_many_at_once_all_get_whole_answers(store: str) -> None:
    async def work(workers: Workers) -> None:
        found = await asyncio.gather(*(workers.answer(Asked(GOOD, ("json",))) for _ in range(64)))
        assert {(one.rows, one.body) for one in found} == {(23, found[0].body)}

    worked(store, Limits(processes=4), work)


def test_what_is_wrong_with_a_query_is_told_by_its_own_error(store: str) -> None:
    async def work(workers: Workers) -> None:
        with pytest.raises(QueryRefusedError):
            await workers.answer(Asked("SELECT", FORMATS))
        with pytest.raises(QueryTooLargeError):
            await workers.answer(Asked(GOOD, FORMATS))
        with pytest.raises(QueryUnacceptableError):
            await workers.answer(Asked("ASK {}", ("csv",)))
        truth = await workers.answer(Asked("ASK {}", FORMATS))
        assert truth == Answered("json", 1, b'{"head": {}, "boolean": true}\n')

    worked(store, Limits(rows=5), work)
