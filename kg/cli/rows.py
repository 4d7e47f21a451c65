"""What a query gives back, as text: SPARQL 1.1 JSON, CSV and TSV, Turtle, or a table to read.

>>> from kg.store import Rows, Term
>>> print(write(Rows(("a",), ((Term.literal("x, y"),),)), "csv").replace(chr(13), ""), end="")
a
"x, y"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.terms import curie

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Rows, Term
    from kg.store.contract import Answer

_WIDEST = 60


def write(answer: Answer, fmt: str) -> str:
    """Write an answer in one of the query formats.

    :raises UsageError: if a graph is asked for as rows, or rows as a graph
    """
    from kg.export.results import written
    from kg.store import Rows

    if fmt == "table" and isinstance(answer, Rows):
        return _table(answer)
    if isinstance(answer, bool) and fmt != "json":
        return f"{str(answer).lower()}\n"
    if isinstance(answer, tuple) and fmt == "table":
        fmt = "turtle"
    if isinstance(answer, Rows) and fmt == "turtle":
        what = "the query gives rows, which are no graph"
        raise UsageError(what, expected="-f table, json, csv or tsv, or a CONSTRUCT query")
    if isinstance(answer, tuple) and fmt != "turtle":
        what = f"the query builds a graph, which {fmt} cannot hold"
        raise UsageError(what, expected="-f turtle")
    return written(answer, fmt).decode()


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
