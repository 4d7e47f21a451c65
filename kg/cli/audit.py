"""``kg audit``: an answer and its records, a corpus, or a graph alone → the audit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.inputs import as_of, input_formats, record_input
from kg.cli.output import failing, formatted, output, setting
from kg.cli.reports import show
from kg.cli.stores import examined_before, opened, reviews_beside
from kg.errors import UsageError
from kg.report import AUDIT_FORMATS

if TYPE_CHECKING:
    from kg.cli.output import Output
    from kg.corpus import Inputs


@click.command("audit")
@click.argument("answer", required=False, metavar="ANSWER")
@click.option(
    "--record",
    "records",
    multiple=True,
    metavar="[MARKER=]FILE",
    help="A record in hand; again for each. Without a marker it is matched.",
)
@click.option(
    "--references", metavar="FILE", help="The answer's bibliography: RIS, BibTeX or CSL-JSON."
)
@click.option("--corpus", metavar="FILE", help="A corpus.toml or a folder instead of ANSWER.")
@click.option("--store", metavar="DIR", help="Publish the graph there; alone: the graph to audit.")
@click.option(
    "--input-format",
    "formats",
    multiple=True,
    metavar="FILE=FORMAT",
    help="What a file is; by its content unless given.",
)
@click.option("--status", metavar="FILE", help="States of works (retracted, …), JSON or CSV.")
@as_of
@failing
@formatted(*AUDIT_FORMATS)
def command(
    answer: str | None,
    records: tuple[str, ...],
    references: str | None,
    corpus: str | None,
    store: str | None,
    formats: tuple[str, ...],
    status: str | None,
    as_of: str | None,
) -> int:
    """Audit ANSWER against its records: parse, resolve, verify, validate, report."""
    out = output(AUDIT_FORMATS)
    if answer is None and corpus is None:
        if records or references or status or formats or as_of:
            what = "no ANSWER is given"
            raise UsageError(what, expected="kg audit ANSWER --record FILE")
        return _of_graph(out, store or setting("store"))
    inputs = _inputs(answer, records, references, corpus, formats)
    if status:
        inputs = replace(inputs, status=Path(status))
    if as_of:
        inputs = replace(inputs, as_of=as_of)
    return _of_inputs(out, inputs, store)


def _inputs(
    answer: str | None,
    records: tuple[str, ...],
    references: str | None,
    corpus: str | None,
    formats: tuple[str, ...],
) -> Inputs:
    from kg.corpus import AnswerInput, Inputs, read_corpus

    if corpus is not None:
        if answer or records or references:
            what = "--corpus names the answers, records and references itself"
            raise UsageError(what, expected="either ANSWER with --record, or --corpus")
        return read_corpus(corpus)
    known = input_formats(formats)
    given = tuple(record_input(record, known) for record in records)
    path = answer or ""
    named = {path, references or "", *(str(record.path) for record in given)}
    unused = set(known) - named
    if unused:
        what = f"--input-format names {', '.join(sorted(unused))}, which is no input"
        raise UsageError(what, expected="a path as it is given for ANSWER, --record, --references")
    listed = Path(references) if references else None
    return Inputs(
        (AnswerInput(Path(path), given, known.get(path), listed, known.get(references or "")),)
    )


def _of_inputs(out: Output, inputs: Inputs, store: str | None) -> int:
    from kg.build import build, publish

    built = build(inputs, setting("base"), reviews_beside(store), examined_before(store))
    code = show(out, built)
    if store:
        published = publish(built, store, setting("base"))
        out.note(f"published: {store} ({published.quads} quads)")
    return code


def _of_graph(out: Output, store: str | None) -> int:
    if not store:
        what = "nothing to audit"
        raise UsageError(what, expected="ANSWER with --record, --corpus FILE or --store STORE")
    from kg.build import reopen
    from kg.store import is_published

    fixed = is_published(Path(store))
    return show(out, reopen(opened(store), setting("base"), examined=fixed))
