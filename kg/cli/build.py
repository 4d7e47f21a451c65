"""``kg build``: a corpus → a published store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from kg.cli.inputs import as_of
from kg.cli.output import everywhere, exit_code, failing, in_format, output, setting
from kg.cli.reports import tell_failures, view_of
from kg.cli.stores import examined_before, reviews_beside

if TYPE_CHECKING:
    from kg.build import Built
    from kg.store import Published

FORMATS = ("human", "json")


@click.command("build")
@click.argument("corpus", metavar="CORPUS")
@click.option("-o", "--output", "store", required=True, metavar="DIR", help="The store to publish.")
@as_of
@failing
@in_format(*FORMATS)
@everywhere
def command(corpus: str, store: str, as_of: str | None) -> int:
    """Build CORPUS, a folder or a corpus.toml, into a published store."""
    from kg.build import build, publish
    from kg.corpus import read_corpus

    out = output(FORMATS)
    inputs = read_corpus(corpus)
    inputs = replace(inputs, as_of=as_of) if as_of else inputs
    built = build(inputs, setting("base"), reviews_beside(store), examined_before(store))
    published = publish(built, store, setting("base"))
    shown = _summary(built, published, store)
    code = exit_code(shown["findings"], built.failures)
    out.write(_text(shown, out.format))
    tell_failures(built)
    return code


def _summary(built: Built, published: Published, store: str) -> dict[str, Any]:
    shown = view_of(built)
    return {
        "store": store,
        "build": published.build,
        "sha256": published.sha256,
        "quads": published.quads,
        "inputs": shown["inputs"],
        "summary": shown["summary"],
        "findings": shown["findings"],
    }


def _text(shown: dict[str, Any], fmt: str) -> str:
    from kg.report.json_text import json_text
    from kg.report.wording import severity_counts

    if fmt == "json":
        return json_text(shown)
    documents = len(shown["inputs"])
    return (
        f"{shown['store']}: {documents} documents, {shown['summary']['statements']} statements, "
        f"{shown['quads']} quads\n{severity_counts(shown['findings'])}\n"
    )
