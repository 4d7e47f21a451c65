"""``kg diff``: what changed between two audits, or between two stores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import exit_code, failing, formatted, output, setting
from kg.cli.stores import opened
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.diff import Change, Diff

FORMATS = ("human", "json")
_SIGNS = {"worse": "✗", "new": "+", "gone": "-", "changed": "~", "better": "✓"}


class AuditFileError(KgError):
    """A file that is no audit.

    :param path: the file
    """

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        super().__init__(f"{path}: {why}", expected="what `kg audit --json` writes, or a store")


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@failing
@formatted(*FORMATS)
def command(before: str, after: str) -> int:
    """Say what changed from A to B, the worst first. Each is a store or an audit in JSON."""
    from kg.diff import compare
    from kg.report.json_text import json_text

    out = output(FORMATS)
    found = compare(_audit(before), _audit(after))
    out.write(json_text(found.to_dict()) if out.format == "json" else _text(found))
    return exit_code([{"severity": "error"}] if found.worse else [])


def _audit(place: str) -> dict[str, Any]:
    """Read an audit's object from its file, or make it of a store."""
    path = Path(place)
    if path.suffix.lower() == ".json" and path.is_file():
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise AuditFileError(path, str(error)) from error
        if not isinstance(said, dict) or "statements" not in said:
            raise AuditFileError(path, "it has no statements")
        return said
    from kg.build import reopen
    from kg.cli.reports import view_of

    return view_of(reopen(opened(place), setting("base")))


def _text(found: Diff) -> str:
    lines = [line for change in found.changes for line in _lines(change)]
    counts = found.to_dict()["summary"]
    lines.append(", ".join(f"{number} {what}" for what, number in counts.items()))
    return "".join(f"{line}\n" for line in lines)


def _lines(change: Change) -> list[str]:
    one, two = change.statement_before, change.statement_after
    name = one if one == two or two is None else two if one is None else f"{one} → {two}"
    verdicts = [_words(v) for v in (change.before, change.after) if v is not None]
    lines = [f"{_SIGNS[change.kind.value]} {change.kind.value} {name}: "
             f"{' → '.join(dict.fromkeys(verdicts))}"]  # fmt: skip
    for slot in change.slots:
        said = f"claimed “{slot.claimed}”" if slot.claimed else ""
        told = f"found “{slot.found}”" if slot.found else ""
        compared = ", ".join(part for part in (said, told) if part)
        what = "now" if slot.is_new else "no longer"
        of = f"claim {slot.claim}, " if slot.claim else ""
        lines.append(f"    {what} {slot.code}: {of}{_words(slot.slot)}"
                     + (f": {compared}" if compared else ""))  # fmt: skip
    return lines


def _words(code: str) -> str:
    return code.replace("_", " ")
