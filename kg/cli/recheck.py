"""``kg recheck``: whether a graph still is what was built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import exit_code, failing, formatted, output, setting
from kg.cli.stores import opened, sealed

if TYPE_CHECKING:
    from kg.integrity import InHand, Recheck
    from kg.store import Seal

FORMATS = ("human", "json")


@click.command("recheck")
@click.argument("store", required=False, metavar="STORE")
@click.option(
    "--documents", metavar="DIR", help="The folder of the answer's and the records' files."
)
@failing
@formatted(*FORMATS)
def command(store: str | None, documents: str | None) -> int:
    """Recompute the digests of STORE's graphs, documents and passages, and look up its figures."""
    from kg.integrity import InHand, read_documents, recheck, to_dict
    from kg.report.json_text import json_text

    out = output(FORMATS)
    held = opened(store)
    in_hand = read_documents(Path(documents), held) if documents else InHand()
    seal = sealed(store)
    found = recheck(held, setting("base"), seal=seal, in_hand=in_hand)
    shown = to_dict(found, in_hand.unread)
    out.write(json_text(shown) if out.format == "json" else _text(found, in_hand, seal))
    return exit_code([{"severity": "error"} for _ in found.broken])


def _text(found: Recheck, in_hand: InHand, seal: Seal | None) -> str:
    lines = [f"✗ {broken.rule}: {broken.message}" for broken in found.broken]
    counted = ", ".join(f"{number} {what}" for what, number in found.checked.items() if number)
    lines.append(f"checked: {counted or 'nothing'}")
    if seal is None:
        lines.append("The manifest's own digest is not at hand: it stands in a store's pointer "
                     "and beside an export.")  # fmt: skip
    lines += [f"not in hand, so not checked: {name}" for name in found.absent]
    lines += [f"not read: {error}" for error in in_hand.unread]
    lines.append("Everything checked holds." if found.holds else f"{len(found.broken)} broken")
    return "".join(f"{line}\n" for line in lines)
