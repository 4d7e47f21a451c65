"""``kg query``: a catalogued question, or an own one, put to a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import formatted, output, setting
from kg.cli.stores import of_store, opened
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.queries import Query

FORMATS = ("table", "json", "csv", "tsv", "turtle")


@click.command("query")
@click.argument("name", required=False, metavar="NAME|FILE|-")
@of_store
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=TERM",
    help="A parameter's term: N-Triples, a CURIE, a node id, or a literal's text.",
)
@click.option("--list", "listed", is_flag=True, help="List the catalogued queries.")
@formatted(*FORMATS)
def command(
    name: str | None, store: str | None, parameters: tuple[str, ...], *, listed: bool
) -> int:
    """Put a catalogued query, a .rq file or the query on stdin (-) to a graph."""
    from kg.cli.rows import write

    out = output(FORMATS)
    if listed:
        out.write(_catalogue(out.format))
        return 0
    if name is None:
        what = "no query is given"
        raise UsageError(what, expected="a name, a file or -", hint="`kg query --list` shows all")
    text = _bound(name, _given(parameters))
    out.write(write(opened(store).answer(text), out.format))
    return 0


def _given(pairs: Iterable[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        key, divided, term = pair.partition("=")
        if not divided or not key.isidentifier():
            what = f"-p {pair} is no parameter"
            raise UsageError(what, expected="-p name=term")
        given[key] = term
    return given


def _bound(name: str, given: dict[str, str]) -> str:
    from kg.queries import QueryFileError, bind, get, read

    base = setting("base")
    if name != "-" and not Path(name).is_file():
        return bind(get(name), base, **given)
    text = _text(name)
    try:
        own = read(text, "stdin" if name == "-" else Path(name).stem)
    except QueryFileError:
        if given:
            raise
        return text
    return bind(own, base, **given)


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"{name} cannot be read: {error}"
        raise UsageError(what, expected="a SPARQL query in UTF-8") from error


def _catalogue(fmt: str) -> str:
    from kg.queries import catalogue

    if fmt == "json":
        from kg.report.json_text import json_text

        return json_text([_told(query) for query in catalogue()])
    return "".join(f"{query.kind:<9} {query.name:<34} {query.title}\n" for query in catalogue())


def _told(query: Query) -> dict[str, object]:
    return {
        "name": query.name,
        "kind": query.kind,
        "title": query.title,
        "about": query.problem,
        "what_to_do": query.solution,
        "columns": {column.name: column.meaning for column in query.columns},
        "parameters": [
            {"name": p.name, "datatype": p.datatype, "default": p.default, "meaning": p.meaning}
            for p in query.parameters
        ],
    }
