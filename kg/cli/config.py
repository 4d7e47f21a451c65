"""``kg config show``: every setting, its value and where it comes from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.output import formatted, output
from kg.cli.settings import KINDS, load

FORMATS = ("human", "json")


@click.group("config")
def command() -> None:
    """Show where each setting comes from."""


@command.command("show")
@formatted(*FORMATS)
def show() -> int:
    """Show every setting, its value and where it comes from."""
    from kg.report.json_text import json_text

    out = output(FORMATS)
    settings = load(Path.cwd(), os.environ)
    if out.format == "json":
        rows = [{"name": s.name, "value": s.value, "origin": s.origin} for s in settings.values()]
        out.write(json_text(rows))
        return 0
    width = max(map(len, settings))
    lines = [
        f"{setting.name:<{width}}  {_value(setting.value)}  ({setting.origin}; "
        f"{KINDS[setting.name].meaning})\n"
        for setting in settings.values()
    ]
    out.write("".join(lines))
    return 0


def _value(value: object) -> str:
    if value is None:
        return "not set"
    return str(value).lower() if isinstance(value, bool) else str(value)
