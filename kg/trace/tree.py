"""A trace as a tree that a person reads, from the recommendation down to the quoted passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.filler import plain
from kg.trace import facts
from kg.trace.values import Span, Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import DocumentText
    from kg.store import Store
    from kg.trace.values import Path, Trace

    Texts = Mapping[str, DocumentText | None]

_QUOTED = {StepKind.STATEMENT, StepKind.CLAIM, StepKind.PASSAGE}
_NO_TEXT = "text not in this graph"


def texts(store: Store, trace: Trace) -> dict[str, DocumentText | None]:
    """Fetch the texts of the documents that a trace names, by digest; None where not carried."""
    wanted = {step.span.document_sha256 for path in trace.paths for step in path.steps if step.span}
    return {sha256: facts.text(store, sha256) for sha256 in sorted(wanted)}


def tree(trace: Trace, texts: Texts | None = None) -> list[str]:
    """Draw a trace; paths that start alike are drawn once up to where they part.

    :param texts: document digest → text. Without a text, offsets and digest are shown instead
    """
    lines = [trace.summary]
    _branches(list(trace.paths), 0, "", texts or {}, lines)
    return lines


def _branches(paths: list[Path], depth: int, indent: str, texts: Texts, lines: list[str]) -> None:
    """Draw the steps at one depth, each with what hangs below it."""
    groups: dict[Step, list[Path]] = {}
    for path in paths:
        if depth < len(path.steps):
            groups.setdefault(path.steps[depth], []).append(path)
    for number, (step, below) in enumerate(groups.items(), 1):
        is_last = number == len(groups)
        lines.append(f"{indent}{'└─' if is_last else '├─'} {step.kind.value}: {step.label}")
        inner = indent + ("   " if is_last else "│  ")
        if step.kind in _QUOTED and step.span:
            lines.append(f"{inner}   {_quoted(step.span, texts)}")
        lines += [f"{inner}   {note}" for note in _notes(below, depth)]
        _branches(below, depth + 1, inner, texts, lines)


def _quoted(span: Span, texts: Texts) -> str:
    text = texts.get(span.document_sha256)
    if text is None:
        return f"{span.start}–{span.end}, sha256 {span.sha256[:16]}…, {_NO_TEXT}"
    return f"“{' '.join(plain(text.cut(span.start, span.end)).split())}”"


def _notes(paths: list[Path], depth: int) -> list[str]:
    """Say at its own step what is weakest, or where a path breaks."""
    notes = []
    for path in paths:
        if path.breaks_at == depth:
            notes.append(f"✗ breaks here: {path.weakest.why}")
        elif path.complete and path.weakest.step == depth:
            notes.append(f"! weakest link: {path.weakest.why}")
    return list(dict.fromkeys(notes))
