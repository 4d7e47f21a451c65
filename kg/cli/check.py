"""``kg check``: claim–record pairs in, one verdict a line out."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.output import everywhere, line_writer, setting, to_file
from kg.cli.pairs import Options, answers
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREADABLE = 3


@click.command("check")
@click.option("--jsonl", required=True, metavar="FILE|-", help="One pair a line; - is stdin.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes. Default: the setting.")
@click.option("--timing", is_flag=True, help="Tell the milliseconds of each pair.")
@click.option("--ignore-frame", is_flag=True, help="Do not use the frames of the lines.")
@to_file
@everywhere
def command(jsonl: str, jobs: int | None, *, timing: bool, ignore_frame: bool) -> int:
    """Check claim–record pairs: one JSON object a line in, one verdict a line out, in order."""
    folder = Path() if jsonl == "-" else Path(jsonl).parent
    options = Options(folder, timing, not ignore_frame)
    failed = False
    with _lines(jsonl) as lines, line_writer() as write:
        for answer in answers(lines, options, jobs or setting("jobs")):
            failed = failed or "error" in answer
            write(json.dumps(answer, ensure_ascii=False))
    return _UNREADABLE if failed else 0


@contextmanager
def _lines(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        what = f"{name}: cannot be read: {error.strerror}"
        raise KgError(what, expected="a file of JSON lines") from error
    with stream:
        yield stream
