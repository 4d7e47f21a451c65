"""``kg demo``: the whole job on the bundled documents."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kg.cli.output import OutputError, formatted, output, setting
from kg.cli.reports import show, tell_failures, view_of
from kg.errors import UsageError
from kg.report import AUDIT_FORMATS, render

_EXPECTED = "expected.toml"


@click.command("demo")
@click.argument("folder", default="kg-demo", metavar="[DIR]")
@formatted(*AUDIT_FORMATS)
def command(folder: str) -> int:
    """Audit the bundled answer in DIR (kg-demo) and leave report, graph and store there.

    It prints the errors and the verdicts, with -v the whole audit.
    """
    from kg.build import build, publish
    from kg.corpus import read_corpus
    from kg.export import export
    from kg.report.view import texts

    out = output(AUDIT_FORMATS)
    place = Path(folder)
    _copy(place)
    base = setting("base")
    built = build(read_corpus(place), base)
    shown = view_of(built)
    if out.format == "human" and out.verbosity == 0:
        out.write(_summary(shown, colour=out.colour))
        tell_failures(built)
    else:
        show(replace(out, verbosity=out.verbosity - 1), built, obey=False)
    page = render(shown, texts(built.dossier), "html")
    _write(place / "report.html", page.encode())
    content = export(built.quads, "trig", base)
    _write(place / "graph.trig", content)
    replace(out, path=str(place / "graph.trig")).seal(content, built.quads)
    publish(built, place / "store", base)
    out.note(f"report: {place / 'report.html'}")
    out.note(f"graph:  {place / 'graph.trig'}")
    out.note(f"store:  {place / 'store'} (kg trace s001 --store {place / 'store'})")
    return max((failure.exit_code for failure in built.failures), default=0)


def _summary(shown: dict[str, Any], *, colour: bool) -> str:
    """Tell each error in a line, then the verdicts."""
    from kg.report.lines import Line, coloured, plain

    errors = [finding for finding in shown["findings"] if finding["severity"] == "error"]
    lines = [
        Line(f"✗ {finding['statement'] or 'graph'} ", "bad", finding["message"], hang=7)
        for finding in errors
    ]
    text = coloured(lines) if colour else plain(lines)
    return text + "\n" + render(shown, {}, "human", verbosity=-1, colour=colour)


def _copy(place: Path) -> None:
    """Copy the bundled documents; a folder that holds other things is left alone."""
    from kg import assets

    bundled = assets.folder("demo")
    files = sorted(file for file in bundled.iterdir() if file.name != _EXPECTED)
    if place.exists() and not place.is_dir():
        what = f"{place} is a file"
        raise UsageError(what, expected="a folder")
    if place.is_dir() and any(place.iterdir()) and not (place / "corpus.toml").is_file():
        what = f"{place} holds other files"
        raise UsageError(what, expected="a new folder, an empty one, or an earlier demo")
    try:
        place.mkdir(parents=True, exist_ok=True)
        for file in files:
            if file.is_dir():
                shutil.copytree(file, place / file.name, dirs_exist_ok=True)
            else:
                shutil.copyfile(file, place / file.name)
    except OSError as error:
        raise OutputError(str(place), error.strerror or str(error)) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error
