"""The processes that answer queries: taken, watched, killed when their time is over, and replaced.

A good query takes milliseconds and a bad one all that it gets. A query that goes on for longer than
:data:`GRACE` gives way to the others on the processor, and its place among the short queries to the
next of them, until half of the processes are at work on long ones.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

GRACE = 0.2
_NICE = 19
_LINE = 1 << 16
# glibc reserves addresses for each thread, which would count as the query's memory.
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take.

    :param seconds: from when a process takes it up
    :param rows: rows or triples of an answer
    :param memory: bytes of addresses of a process
    :param processes: how many there may be
    :param waiting: seconds that a query waits for a process
    """

    seconds: float = 10.0
    rows: int = 100_000
    memory: int = 1 << 30
    processes: int = 8
    waiting: float = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what it is asked over.

    :param formats: names of formats in the order of preference
    :param default: graphs that are asked instead of all; ``named`` those that GRAPH may name
    """

    query: str
    formats: Sequence[str]
    default: Sequence[str] = ()
    named: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole answer in one of the formats."""

    format: str
    rows: int
    body: bytes


class QueryRefusedError(KgError):
    """A query that no process would answer: ill-formed, or asking for more than is allowed."""


class QueryTooLargeError(KgError):
    """A query whose answer has more rows than is allowed."""


class QueryUnacceptableError(KgError):
    """A query whose answer none of the wanted formats can hold.

    :param able: the formats that can
    """

    def __init__(self, able: Sequence[str]) -> None:
        self.able = tuple(able)
        super().__init__("none of the wanted formats can hold the answer")


class QueryStoppedError(KgError):
    """A query that took its whole time or memory, and whose process is no more."""


class BusyError(KgError):
    """No process came free."""


class _Process:
    """One process and whether its last answer was taken whole."""

    def __init__(self, inner: asyncio.subprocess.Process) -> None:
        self.inner = inner

    @classmethod
    async def started(cls, place: str, memory: int) -> _Process:
        inner = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.web.worker", place, str(memory),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, limit=_LINE, env=os.environ | _FEW_ARENAS,
        )  # fmt: skip
        assert inner.stdout is not None  # noqa: S101 - a pipe was asked for
        if await inner.stdout.readline() != b"ready\n":
            await cls(inner).kill()
            what = f"a process for {place} does not start"
            raise KgError(what)
        return cls(inner)

    async def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self.inner.stdin is not None  # noqa: S101
        assert self.inner.stdout is not None  # noqa: S101
        self.inner.stdin.write(json.dumps(request).encode() + b"\n")
        await self.inner.stdin.drain()
        line = await self.inner.stdout.readline()
        if not line:
            raise EOFError
        head = json.loads(line)
        return head, await self.inner.stdout.readexactly(head["length"])

    def give_way(self) -> None:
        """Let the others go first on the processor."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.inner.pid, _NICE)

    def come_back(self) -> bool:
        """Take part like the others again; whether that is allowed, which not every user is."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.inner.pid, 0)
        except OSError:
            return False
        return True

    async def kill(self) -> None:
        self.come_back()  # what is killed frees its memory at its own priority
        with contextlib.suppress(ProcessLookupError):
            self.inner.kill()
        await self.inner.communicate()  # reads to the end, so that the pipes are closed as well


class _Slot:
    """The place of one query among those at work: of the short ones, and later of the long ones."""

    def __init__(self, short: asyncio.Semaphore, long: asyncio.Semaphore) -> None:
        self._held, self._long = short, long

    async def give_way(self) -> None:
        """Leave the place to a short query, if there is one among the long ones."""
        if self._held is not self._long and not self._long.locked():
            await self._long.acquire()
            self._held.release()
            self._held = self._long

    def release(self) -> None:
        self._held.release()


class Workers:
    """A pool of processes on one store; used in one event loop."""

    def __init__(self, place: str, limits: Limits | None = None) -> None:
        self.place, self.limits = place, limits or Limits()
        self._idle: deque[_Process] = deque()
        half = max(1, self.limits.processes // 2)
        self._free, self._long = asyncio.Semaphore(half), asyncio.Semaphore(half)
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start one process, so that a store that cannot be opened is told at once, and others.

        :raises KgError: if it does not start
        """
        self._idle.append(await _Process.started(self.place, self.limits.memory))
        for _ in range(self.limits.processes // 2):
            self._replace()

    async def stop(self) -> None:
        """End every process that is not at work."""
        for task in tuple(self._tasks):
            await task
        while self._idle:
            await self._idle.pop().kill()

    async def answer(self, asked: Asked) -> Answered:
        """Answer a query: whole, or not at all.

        :raises QueryRefusedError: if it cannot be answered
        :raises QueryUnacceptableError: if no wanted format can hold the answer
        :raises QueryTooLargeError: if it has more rows than is allowed
        :raises QueryStoppedError: if it took all of its time or memory
        :raises BusyError: if no process came free
        """
        try:
            async with asyncio.timeout(self.limits.waiting):
                await self._free.acquire()
        except TimeoutError as error:
            what = "every process is at work"
            raise BusyError(what, hint="ask again in a moment") from error
        slot = _Slot(self._free, self._long)
        try:
            head, body = await self._watched(await self._taken(), asked, slot)
        finally:
            slot.release()
        return _answered(head, body)

    async def _watched(
        self, process: _Process, asked: Asked, slot: _Slot
    ) -> tuple[dict[str, Any], bytes]:
        request = {
            "query": asked.query, "formats": list(asked.formats), "default": list(asked.default),
            "named": list(asked.named), "most": self.limits.rows,
        }  # fmt: skip
        work = asyncio.ensure_future(process.ask(request))
        fresh = False
        try:
            done, _ = await asyncio.wait({work}, timeout=GRACE)
            if not done:
                process.give_way()
                await slot.give_way()
                left = self.limits.seconds - GRACE
                if not (await asyncio.wait({work}, timeout=left))[0]:
                    what = f"the query took more than {self.limits.seconds:g} s and was stopped"
                    raise QueryStoppedError(what, hint="ask for less, or ask the store itself")
            found = work.result()
            fresh = bool(done) or process.come_back()
        except (EOFError, asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
            what = "the query took more memory than is allowed and was stopped"
            raise QueryStoppedError(what, hint="ask for less, or add a LIMIT") from error
        finally:
            work.cancel()
            await asyncio.wait({work})
            if fresh:
                self._idle.append(process)
            else:
                self._replace(process)
        return found

    async def _taken(self) -> _Process:
        """Take an idle process, or start one; one that does not start is tried once more."""
        if self._idle:
            return self._idle.pop()
        try:
            return await _Process.started(self.place, self.limits.memory)
        except (KgError, OSError):
            await asyncio.sleep(GRACE)
        if self._idle:
            return self._idle.pop()
        try:
            return await _Process.started(self.place, self.limits.memory)
        except (KgError, OSError) as error:
            raise BusyError(str(error), hint="ask again in a moment") from error

    def _replace(self, killed: _Process | None = None) -> None:
        """End a process and start another, while nobody waits for it."""
        task = asyncio.create_task(self._replaced(killed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replaced(self, killed: _Process | None) -> None:
        if killed is not None:
            await killed.kill()
        if len(self._idle) < self.limits.processes // 2:
            with contextlib.suppress(KgError, OSError):
                self._idle.append(await _Process.started(self.place, self.limits.memory))


def _answered(head: dict[str, Any], body: bytes) -> Answered:
    status = head["status"]
    if status == "ok":
        return Answered(head["format"], head["rows"], body)
    if status == "unacceptable":
        raise QueryUnacceptableError(head["able"])
    if status == "too-many":
        raise QueryTooLargeError(head["why"])
    if status == "failed":
        raise QueryStoppedError(head["why"])
    raise QueryRefusedError(head["why"])
