"""Stretches of a document's text as a report shows them, with what differs marked.

>>> [(run.text, run.marked) for run in marked("aspirin 100 mg daily", 0, 20, [(8, 14)])]
[('aspirin ', False), ('100 mg', True), (' daily', False)]
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.model import DocumentText
from kg.text.filler import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Texts: TypeAlias = "Mapping[str, DocumentText | None]"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is marked as a whole or not at all."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as a report shows it: its place, and its text where the graph carries it.

    :param runs: empty where the graph does not carry the text
    """

    document: str
    start: int
    end: int
    sha256: str | None
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The passage on one line, or where it stands if its text is not at hand."""
        if not self.runs:
            digest = f", SHA-256 {self.sha256[:12]}…" if self.sha256 else ""
            return f"[text not in this graph: {self.start}–{self.end}{digest}]"
        return " ".join("".join(run.text for run in self.runs).split())


def marked(
    text: str | DocumentText, start: int, end: int, marks: Iterable[tuple[int, int]]
) -> tuple[Run, ...]:
    """Cut a stretch into runs, the parts inside any of the marks marked.

    Marks may overlap and may reach beyond the stretch; an empty mark marks nothing.
    """
    held = DocumentText(text) if isinstance(text, str) else text
    inside = [(max(start, a), min(end, b)) for a, b in marks if max(start, a) < min(end, b)]
    edges = sorted({start, end, *(edge for mark in inside for edge in mark)})
    runs: list[Run] = []
    for left, right in pairwise(edges):
        is_marked = any(a <= left and right <= b for a, b in inside)
        if runs and runs[-1].marked == is_marked:
            runs[-1] = Run(runs[-1].text + held.cut(left, right), is_marked)
        else:
            runs.append(Run(held.cut(left, right), is_marked))
    return tuple(runs)


def shown(
    document: str,
    span: Mapping[str, Any],
    texts: Texts,
    marks: Iterable[Mapping[str, int] | None] = (),
) -> Shown:
    """Show a span of a document.

    :param document: the SHA-256 that names it
    :param span: anything with ``start`` and ``end``, and ``sha256`` where it is known
    :param marks: spans to mark; None stands for a fault that has no place
    """
    text = texts.get(document)
    start, end = span["start"], span["end"]
    places = [(mark["start"], mark["end"]) for mark in marks if mark]
    runs = () if text is None else marked(text, start, end, places)
    runs = tuple(Run(plain(run.text), run.marked) for run in runs)
    return Shown(document, start, end, span.get("sha256"), runs)


def statement_shown(statement: Mapping[str, Any], texts: Texts) -> Shown:
    """Show a statement with every slot that a fault names marked."""
    faults = [fault for citation in statement["citations"] for fault in citation["faults"]]
    return shown(statement["answer"], statement, texts, [fault["claim_span"] for fault in faults])


def record_passages(part: Mapping[str, Any], record: str | None, texts: Texts) -> list[Shown]:
    """Show the passages of a record that a verdict rests on, best first.

    :param part: anything with ``evidence`` and ``faults``: a citation or an assessment
    :param record: the SHA-256 of the cited record; None where it is not in hand

    A fault's own passage is shown besides where no evidence holds it.
    """
    marks = [fault["record_span"] for fault in part["faults"]]
    passages = [shown(line["record"], line, texts, marks) for line in part["evidence"]]
    if record is not None:
        for mark in marks:
            if mark and not any(_holds(passage, record, mark["start"]) for passage in passages):
                passages.append(shown(record, mark, texts, [mark]))
    return passages


def _holds(passage: Shown, record: str, place: int) -> bool:
    return passage.document == record and passage.start <= place < passage.end
