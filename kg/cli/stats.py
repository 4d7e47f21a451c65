"""``kg stats``: how much of what a graph holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import formatted, output, setting
from kg.cli.stores import opened

if TYPE_CHECKING:
    from kg.store import Store

FORMATS = ("human", "json")


@click.command("stats")
@click.argument("store", required=False, metavar="STORE")
@formatted(*FORMATS)
def command(store: str | None) -> int:
    """Count the quads, graphs, nodes and verdicts of STORE."""
    from kg.report.json_text import json_text

    out = output(FORMATS)
    told = _counts(opened(store))
    out.write(json_text(told) if out.format == "json" else _text(told))
    return 0


def _counts(store: Store) -> dict[str, Any]:
    from kg.graph import dossier
    from kg.report.view import counts, view

    quads = list(store.quads())
    held = dossier(quads, setting("base"))
    summary = view(held, base=setting("base"))["summary"]
    return {
        "quads": len(quads),
        "triples": len({quad.triple for quad in quads}),
        "graphs": len({quad.graph_name for quad in quads}),
        "nodes": counts(held),
        "verdicts": summary["by_verdict"],
        "coverage": summary["coverage"],
    }


def _text(told: dict[str, Any]) -> str:
    rows = [(name, told[name]) for name in ("quads", "triples", "graphs")]
    rows += [(name.replace("_", " "), number) for name, number in told["nodes"].items()]
    rows += [
        (f"verdict {name.replace('_', ' ')}", number) for name, number in told["verdicts"].items()
    ]
    width = max(len(name) for name, _ in rows)
    return "".join(f"{name:<{width}}  {number:>7}\n" for name, number in rows)
