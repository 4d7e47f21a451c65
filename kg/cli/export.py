"""``kg export``: a graph for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import everywhere, output, setting, to_file
from kg.cli.stores import opened
from kg.errors import UsageError
from kg.export import FORMATS, SUFFIXES


@click.command("export")
@click.argument("store", metavar="STORE")
@click.option("--to", "fmt", type=click.Choice(FORMATS), help="By the suffix of -o if not given.")
@to_file
@everywhere
def command(store: str, fmt: str | None) -> int:
    """Export STORE to a format of other programs; stderr says what the format cannot carry.

    Beside FILE stands FILE.seal.json with the digests by which `kg recheck FILE` holds it to what
    was exported.
    """
    from kg.export import export, loss

    out = output()
    chosen = fmt or SUFFIXES.get(Path(out.path).suffix.lower())
    if chosen is None:
        what = "no format is given"
        raise UsageError(what, expected=f"--to {'|'.join(FORMATS)}")
    held = list(opened(store).quads())
    content = export(held, chosen, setting("base"))
    out.write(content)
    out.seal(content, held)
    out.note(f"{chosen} leaves out: {loss(chosen)}")
    return 0
