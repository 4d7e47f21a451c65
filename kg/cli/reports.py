"""Writes what a run came to, and tells on stderr which inputs failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import exit_code, setting
from kg.report import render

if TYPE_CHECKING:
    from kg.build import Built
    from kg.cli.output import Output


def view_of(built: Built) -> dict[str, Any]:
    """Make the object that every report shows."""
    from kg.report.view import view

    return view(built.dossier, built.findings, failures=built.failures, base=setting("base"))


def show(out: Output, built: Built, *, obey: bool = True) -> int:
    """Write the audit, then its failures, and return the exit code.

    :param obey: whether ``--fail-on`` decides; otherwise only a failed input does
    """
    from kg.report.view import texts

    shown = view_of(built)
    code = exit_code(shown["findings"] if obey else (), built.failures)
    report = render(
        shown, texts(built.dossier), out.format,
        exit_code=code if obey else None, verbosity=out.verbosity, colour=out.colour,
    )  # fmt: skip
    out.write(report)
    tell_failures(built)
    for warning in sorted({w for d in built.dossier.documents for w in d.warnings}):
        out.note(f"note: {warning}")
    return code


def tell_failures(built: Built) -> None:
    """Tell on stderr which inputs could not be used, and which reviews are of nothing made here."""
    for failure in built.failures:
        click.echo(f"kg: {failure}", err=True)
    for review in built.unmatched:
        click.echo(f"note: the review by {review.by} of {review.target} is of no verdict of this "
                   "run; it is kept beside the store", err=True)  # fmt: skip
