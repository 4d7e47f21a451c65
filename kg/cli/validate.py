"""``kg validate``: a graph held to its SHACL shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import exit_code, failing, formatted, output
from kg.cli.stores import opened

if TYPE_CHECKING:
    from kg.validate import Violation

FORMATS = ("human", "json")
_SEVERITY = {"violation": "error", "warning": "warning", "info": "info"}


@click.command("validate")
@click.argument("store", required=False, metavar="STORE")
@failing
@formatted(*FORMATS)
def command(store: str | None) -> int:
    """Hold STORE to the SHACL shapes; each violation says what it breaks."""
    from kg.report.json_text import json_text
    from kg.validate import validate

    out = output(FORMATS)
    violations = [_told(violation) for violation in validate(opened(store))]
    if out.format == "json":
        out.write(json_text({"conforms": not violations, "violations": violations}))
    else:
        out.write(_text(violations))
    return exit_code(violations)


def _told(violation: Violation) -> dict[str, Any]:
    return {
        "severity": _SEVERITY[violation.severity.value],
        "reason": violation.reason(),
        "message": violation.message,
        "focus": violation.focus,
        "path": violation.path,
        "value": violation.value,
        "shape": violation.shape,
        "component": violation.component,
    }


def _text(violations: list[dict[str, Any]]) -> str:
    if not violations:
        return "The graph holds to every shape.\n"
    return "".join(f"{violation['severity']}: {violation['reason']}\n" for violation in violations)
