"""Reads the options that name inputs: ``[MARKER=]FILE``, ``FILE=FORMAT`` and dates.

>>> record_input("1=trial.txt")
RecordInput(path=PosixPath('trial.txt'), marker='1', format=None, work=None)
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.corpus import RecordInput
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_MARKER = re.compile(r"[^=/\\]+|(?:doi|pmid|pmcid|pmc|nct):[^=]+", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def record_input(text: str, formats: Mapping[str, str] | None = None) -> RecordInput:
    """Read ``[MARKER=]FILE``.

    The first ``=`` divides, unless a file of the whole name exists or what stands before it is no
    marker, such as the start of a path.

    :param formats: format by file name, from :func:`input_formats`
    :raises UsageError: if the marker or the file is empty
    """
    marker, divided, name = text.partition("=")
    if not divided or Path(text).exists() or (marker and not _MARKER.fullmatch(marker)):
        marker, name = "", text
    elif not marker.strip() or not name:
        what = f"--record {text} has no {'file' if marker.strip() else 'marker'}"
        raise UsageError(what, expected="MARKER=FILE or FILE")
    return RecordInput(Path(name), marker.strip() or None, (formats or {}).get(name))


def input_formats(pairs: Iterable[str]) -> dict[str, str]:
    """Read ``FILE=FORMAT`` into format by file; the last ``=`` divides.

    :raises UsageError: if there is no ``=`` or the format is not known
    """
    from kg.sources import BIBLIOGRAPHIES, FORMATS

    found = {}
    for pair in pairs:
        name, divided, fmt = pair.rpartition("=")
        if not divided or not name:
            what = f"--input-format {pair} has no format"
            raise UsageError(what, expected="FILE=FORMAT")
        if fmt not in (*FORMATS, *BIBLIOGRAPHIES):
            what = f"--input-format {pair}: the format {fmt} cannot be read"
            raise UsageError(what, expected=", ".join((*FORMATS, *BIBLIOGRAPHIES)))
        found[name] = fmt
    return found


def as_of(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--as-of``, the only clock."""
    return click.option(
        "--as-of", metavar="DATE", callback=_read_date,
        help="The date of the run. Default: the date that the answer prints.",
    )(command)  # fmt: skip


def _read_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if _DATE.fullmatch(value):
        year, month, day = (int(part) for part in (value + "-01-01")[:10].split("-"))
        try:
            date(year, month, day)
        except ValueError:
            pass
        else:
            return value
    message = f"{value} is no date; expected YYYY-MM-DD, YYYY-MM or YYYY"
    raise click.BadParameter(message, ctx, param)
