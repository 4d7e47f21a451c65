"""Claim–record pairs, one JSON object a line in, one verdict a line out, in the same order.

Memory does not grow with the number of lines: lines are taken in batches, and of the records only
the last few stay read.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.compare.check import Checked
    from kg.extract.record import ReadRecord

SLOTS = (
    "population", "intervention", "dose", "comparator", "group", "outcome", "time", "direction",
)  # fmt: skip
_BATCH = 64
_KEPT_RECORDS = 32


class PairError(KgError):
    """A line that holds no claim–record pair."""

    def __init__(self, problem: str, expected: str) -> None:
        super().__init__(problem, expected=expected)


@dataclass(frozen=True, slots=True)
class Options:
    """How pairs are checked.

    :param folder: what paths in the lines are relative to
    :param timing: whether each answer tells its milliseconds
    :param use_frame: whether a line's frame is used
    """

    folder: Path
    timing: bool = False
    use_frame: bool = True


def answers(lines: Iterable[bytes], options: Options, jobs: int = 1) -> Iterator[dict[str, Any]]:
    """Yield one answer for each line that is not blank.

    :param jobs: worker processes; 1 works in this one
    """
    filled = (line for line in lines if line.strip())
    if jobs == 1:
        for line in filled:
            yield answer(line, options)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while batch := list(islice(filled, _BATCH * jobs)):
            work = pool.map(answer, batch, [options] * len(batch), chunksize=_BATCH // 4)
            yield from work


def answer(line: bytes, options: Options) -> dict[str, Any]:
    """Check one line; an error stands in the answer and costs the others nothing."""
    started = time.perf_counter_ns()
    identity = None
    try:
        pair = _parsed(line)
        identity = pair.get("id")
        told = {"id": identity, **_checked(pair, options)}
    except KgError as error:
        told = {"id": identity, "error": str(error)}
    if options.timing:
        told["ms"] = round((time.perf_counter_ns() - started) / 1e6, 3)
    return told


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        pair = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = f"not JSON: {error}"
        raise PairError(what, "one JSON object a line, in UTF-8") from error
    if not isinstance(pair, dict):
        what = "not an object"
        raise PairError(what, '{"id": …, "claim": …, "source": …}')
    return pair


def _checked(pair: Mapping[str, Any], options: Options) -> dict[str, Any]:
    from kg.compare.check import check

    claim = pair.get("claim")
    if not isinstance(claim, str) or not claim.strip():
        what = "no claim"
        raise PairError(what, '"claim": "a text"')
    frame = _frame(pair) if options.use_frame else {}
    return told(check(claim, _record(pair, options.folder), frame))


def told(result: Checked) -> dict[str, Any]:
    """Write a check's result as the contract has it."""
    return {
        "verdict": result.verdict.value,
        "faults": [
            {"code": fault.code.value, "slot": fault.slot, "claimed": fault.claimed,
             "found": fault.found, "rule": fault.rule}
            for fault in result.faults
        ],
        "evidence": [
            {"start": passage.start, "end": passage.end, "sha256": passage.sha256}
            for passage in result.evidence
        ],
        "scope": list(result.scope),
        "rule": result.rule,
        "sentence": result.sentence,
    }  # fmt: skip


def _frame(pair: Mapping[str, Any]) -> dict[str, str]:
    frame = pair.get("frame")
    if frame is None:
        return {}
    if not isinstance(frame, dict):
        what = "the frame is no object"
        raise PairError(what, f"texts for any of {', '.join(SLOTS)}")
    for slot in SLOTS:
        if frame.get(slot) is not None and not isinstance(frame[slot], str):
            what = f"the frame's {slot} is no text"
            raise PairError(what, "a text")
    return {slot: frame[slot] for slot in SLOTS if frame.get(slot)}


def _record(pair: Mapping[str, Any], folder: Path) -> ReadRecord:
    source = pair.get("source")
    if not isinstance(source, dict):
        what = "no source"
        raise PairError(what, '"source": {"path": …} or {"text": …}')
    path, text, fmt = source.get("path"), source.get("text"), source.get("format")
    if (path is None) == (text is None) or not isinstance(path if text is None else text, str):
        what = "the source has not one of path and text"
        raise PairError(what, '{"path": "a text"} or {"text": "a text"}')
    if fmt is not None and not isinstance(fmt, str):
        what = "the source's format is no text"
        raise PairError(what, "a text")
    place = None if path is None else str(folder / path)
    return _read_record(place, text, fmt, _scope(source.get("scope")))


def _scope(said: object) -> tuple[str, ...]:
    from kg.model import Scope

    parts = [said] if isinstance(said, str) else said or []
    known = [scope.value for scope in Scope]
    if not isinstance(parts, list) or any(part not in known for part in parts):
        what = f"the source's scope {said!r} is not known"
        raise PairError(what, f"one or more of {', '.join(known)}")
    return tuple(known_part for known_part in known if known_part in parts)


@lru_cache(maxsize=_KEPT_RECORDS)
def _read_record(
    path: str | None, text: str | None, fmt: str | None, scope: tuple[str, ...]
) -> ReadRecord:
    from kg.extract.record import read_source
    from kg.model import DocumentRole, Scope
    from kg.sources import read, read_file

    if path is not None:
        source = read_file(path, DocumentRole.RECORD, fmt)
    else:
        data = (text or "").encode("utf-8", "surrogatepass")
        source = read(data, "source", DocumentRole.RECORD, fmt)
    if scope:
        held = tuple(Scope(part) for part in scope)
        source = replace(source, document=replace(source.document, scope=held))
    return read_source(source)
