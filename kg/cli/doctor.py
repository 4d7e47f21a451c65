"""``kg doctor``: whether the installation is whole."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

import click

from kg.cli.output import formatted, output
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMATS = ("human", "json")
_OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    :param found: what was found, or what is wrong
    """

    name: str
    ok: bool
    found: str


@click.command("doctor")
@formatted(*FORMATS)
def command() -> int:
    """Check Python, the packages, the shipped files, the shapes, the queries and the store."""
    from kg.report.json_text import json_text

    out = output(FORMATS)
    checks = list(_checks())
    if out.format == "json":
        out.write(json_text([asdict(check) for check in checks]))
    else:
        signs = {True: "ok ", False: "BAD"}
        out.write("".join(f"{signs[c.ok]}  {c.name:<12} {c.found}\n" for c in checks))
    return 0 if all(check.ok for check in checks) else 3


def _checks() -> Iterator[Check]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", sys.version_info >= _OLDEST, python)
    yield from _packages()
    for name, look in (
        ("prefixes", _prefixes), ("queries", _queries), ("demo", _demo), ("store", _store),
        ("shapes", _shapes),
    ):  # fmt: skip
        yield _tried(name, look)


def _packages() -> Iterator[Check]:
    for line in requires("claimgraph") or []:
        if ";" in line:
            continue
        name = line.split(">")[0].split("=")[0].split("<")[0].strip()
        try:
            yield Check(name, ok=True, found=version(name))
        except PackageNotFoundError:
            yield Check(name, ok=False, found=f"not installed; needs {line}")


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, found=look())
    except (KgError, ImportError, OSError, ValueError) as error:
        return Check(name, ok=False, found=str(error))


def _prefixes() -> str:
    from kg.terms import prefixes

    return f"{len(prefixes())} prefixes"


def _queries() -> str:
    from kg.queries import catalogue
    from kg.store import MemoryStore

    store = MemoryStore()
    for query in catalogue():
        store.answer(query.text)
    return f"{len(catalogue())} queries run"


def _demo() -> str:
    from kg import assets
    from kg.corpus import read_corpus

    inputs = read_corpus(assets.folder("demo"))
    files = [answer.path for answer in inputs.answers]
    files += [record.path for answer in inputs.answers for record in answer.records]
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        what = f"missing: {', '.join(missing)}"
        raise KgError(what, hint="reinstall claimgraph")
    return f"{len(files)} documents"


def _store() -> str:
    import tempfile

    from kg.store import open_store, publish

    with tempfile.TemporaryDirectory() as folder:
        publish([], folder)
        return f"published and read back {len(open_store(folder))} quads"


def _shapes() -> str:
    from kg.validate import validate

    return f"an empty graph has {len(validate([]))} violations"
