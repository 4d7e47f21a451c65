"""``kg review``: what a person decided on a verdict, kept beside the store as a revision."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import everywhere, in_format, output, setting
from kg.cli.stores import opened
from kg.errors import UsageError
from kg.model import Verdict

FORMATS = ("human", "json")


@click.command("review")
@click.argument("store", metavar="STORE")
@click.argument("verdict", metavar="ASSESSMENT")
@click.option("--confirm", is_flag=True, help="The verdict is right.")
@click.option(
    "--overrule",
    metavar="VERDICT",
    type=click.Choice([v.value for v in Verdict]),
    help="Another verdict is right.",
)
@click.option("--by", required=True, metavar="WHO", help="Who decided.")
@click.option("--why", required=True, metavar="TEXT", help="Why.")
@click.option("--as-of", metavar="DATE", help="The day of the decision.")
@in_format(*FORMATS)
@everywhere
def command(
    store: str,
    verdict: str,
    confirm: bool,
    overrule: str | None,
    by: str,
    why: str,
    as_of: str | None,
) -> int:
    """Confirm or overrule a verdict of STORE. It stays; the review stands beside it.

    ASSESSMENT is the IRI of an assessment or a judgement, or a short id: s006 is the verdict on
    that statement, s006.2 the one on its second claim.
    """
    from kg.build import add_review
    from kg.report.json_text import json_text
    from kg.review import decide

    if confirm == bool(overrule):
        what = "a review either confirms or overrules"
        raise UsageError(what, expected="--confirm, or --overrule VERDICT")
    if not Path(store).is_dir():
        what = f"{store} is no published store"
        raise UsageError(what, expected="the folder that `kg build -o` or `kg audit --store` made")
    out = output(FORMATS)
    base = setting("base")
    made = decide(
        opened(store), verdict, by=by, why=why, date=as_of, base=base,
        overruled_to=Verdict(overrule) if overrule else None,
    )  # fmt: skip
    published = add_review(made, store, base)
    told = {
        "review": made.id, "target": made.target, "decision": made.decision.value,
        "verdict": made.verdict.value, "revises": made.revises, "sha256": published.sha256,
    }  # fmt: skip
    if out.format == "json":
        out.write(json_text(told))
    else:
        out.write(f"{made.decision.value}: {verdict} is {made.verdict.value}; {made.id}\n")
    return 0
