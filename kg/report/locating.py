"""Which statement a finding is about, and in which line of the answer it stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import DocumentText

    View = Mapping[str, Any]


class Statements:
    """The statements of a view, by their IRIs and by their short ids."""

    def __init__(self, view: View) -> None:
        self._by_iri = {f"<{statement['iri']}>": statement for statement in view["statements"]}
        self._by_id: dict[str, View] = {}
        for statement in view["statements"]:
            self._by_id.setdefault(statement["id"], statement)

    def of(self, finding: View) -> View | None:
        """Return the statement of a finding; the rows tell it where several have its short id."""
        named = (term for row in finding.get("rows", ()) for term in row.values())
        found: View | None = next((self._by_iri[t] for t in named if t in self._by_iri), None)
        return found or self._by_id.get(finding.get("statement") or "")


class Lines:
    r"""Turns offsets of a text into lines and columns, both from 1, in code points.

    >>> from kg.model import DocumentText
    >>> Lines(DocumentText("ab\ncd")).of(4)
    (2, 2)
    """

    def __init__(self, text: DocumentText) -> None:
        self._begins = text.begins
        self._starts = [0, *(at + 1 for at, letter in enumerate(text.text) if letter == "\n")]

    def of(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset in the document's file."""
        at = offset - self._begins
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1
