"""``kg trace``: one statement or recommendation, followed to the passages that it rests on."""

from __future__ import annotations

import click

from kg.cli.output import formatted, output, setting
from kg.cli.stores import of_store, opened

FORMATS = ("human", "json")


@click.command("trace")
@click.argument("name", metavar="ID")
@of_store
@formatted(*FORMATS)
def command(name: str, store: str | None) -> int:
    """Follow ID (an IRI, a CURIE or a short id such as s013) down to every passage."""
    from kg.report.json_text import json_text
    from kg.trace import texts, trace, tree

    out = output(FORMATS)
    held = opened(store)
    found = trace(held, name, setting("base"))
    if out.format == "json":
        out.write(json_text(found.to_dict()))
    else:
        out.write("".join(f"{line}\n" for line in tree(found, texts(held, found))))
    return 0
