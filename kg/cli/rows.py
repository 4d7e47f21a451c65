"""What a query gives back, as text: SPARQL 1.1 JSON, CSV and TSV, Turtle, or a table to read.

>>> from kg.store import Rows, Term
>>> print(write(Rows(("a",), ((Term.literal("x, y"),),)), "csv").replace(chr(13), ""), end="")
a
"x, y"
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.terms import curie

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Rows, Term
    from kg.store.contract import Answer

_WIDEST = 60
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def write(answer: Answer, fmt: str) -> str:
    """Write an answer in one of the query formats.

    :raises UsageError: if a graph is asked for as rows, or rows as a graph
    """
    from kg.store import Rows

    if isinstance(answer, bool):
        return _truth(answer, fmt)
    if isinstance(answer, Rows):
        return _rows(answer, fmt)
    if fmt not in {"turtle", "table"}:
        what = f"the query builds a graph, which {fmt} cannot hold"
        raise UsageError(what, expected="-f turtle")
    return _graph(answer)


def _truth(answer: bool, fmt: str) -> str:
    if fmt == "json":
        return _json({"head": {}, "boolean": answer})
    return f"{str(answer).lower()}\n"


def _rows(rows: Rows, fmt: str) -> str:
    if fmt == "turtle":
        what = "the query gives rows, which are no graph"
        raise UsageError(what, expected="-f table, json, csv or tsv, or a CONSTRUCT query")
    if fmt == "json":
        bindings = [{name: _binding(t) for name, t in row.items()} for row in rows.terms()]
        return _json({"head": {"vars": list(rows.variables)}, "results": {"bindings": bindings}})
    if fmt == "csv":
        return _csv(rows)
    if fmt == "tsv":
        head = "\t".join(f"?{name}" for name in rows.variables)
        lines = ["\t".join("" if term is None else term.n3 for term in row) for row in rows]
        return "".join(f"{line}\n" for line in (head, *lines))
    return _table(rows)


def _json(value: dict[str, Any]) -> str:
    from kg.report.json_text import json_text

    return json_text(value)


def _binding(term: Term) -> dict[str, str]:
    from kg.store import TermKind

    if term.kind is TermKind.IRI:
        return {"type": "uri", "value": term.value}
    if term.kind is not TermKind.LITERAL:
        return {"type": "bnode", "value": term.value.removeprefix("_:")}
    told = {"type": "literal", "value": term.value}
    if term.language:
        return told | {"xml:lang": term.language}
    return told | ({"datatype": term.datatype} if term.datatype not in {None, _STRING} else {})


def _csv(rows: Rows) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(rows.variables)
    writer.writerows(["" if term is None else term.value for term in row] for row in rows)
    return target.getvalue()


def _table(rows: Rows) -> str:
    cells = [[_cell(term) for term in row] for row in rows]
    lines = [list(rows.variables), *cells]
    widths = [max(len(line[i]) for line in lines) for i in range(len(rows.variables))]
    rule = ["-" * width for width in widths]
    counted = f"{len(rows)} row{'' if len(rows) == 1 else 's'}\n"
    return "".join(_line(line, widths) for line in (lines[0], rule, *cells)) + counted


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip() + "\n"


def _cell(term: Term | None) -> str:
    from kg.store import TermKind

    if term is None:
        return ""
    text = curie(term.value) if term.kind is TermKind.IRI else " ".join(term.value.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _graph(triples: Iterable[Any]) -> str:
    from kg.export.rdf_text import turtle_of

    return turtle_of(triples).decode()
