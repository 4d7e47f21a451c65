"""The audit as text for a terminal: what is wrong and why, the verdicts, the exit code."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.report.lines import Line
from kg.report.passages import record_passages, statement_shown
from kg.report.wording import (
    counted,
    fault_wording,
    scope_wording,
    severity_counts,
    verdict_wording,
    verdict_wordings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import DocumentText

    View = Mapping[str, Any]
    Texts = Mapping[str, DocumentText | None]

_PASSED = frozenset({"supported", "not_checkable"})
_BAR = 24
_LABEL = 24


def audit_lines(
    view: View, texts: Texts, *, exit_code: int | None = None, verbosity: int = 0
) -> Iterator[Line]:
    """Yield the lines of the report.

    :param view: the object of :func:`kg.report.view.view`
    :param texts: the documents' texts by digest
    :param exit_code: told at the end where it is given
    :param verbosity: below 0 the table alone, above 0 the supported statements as well
    """
    if verbosity >= 0:
        yield from _inputs(view)
        for _, answer in groupby(view["statements"], key=lambda statement: statement["answer"]):
            yield from _answer(list(answer), texts, verbosity)
        yield from _contradictions(view)
        yield from _reviews(view)
        yield from _other_findings(view)
    yield from _table(view)
    yield Line()
    closing = severity_counts(view["findings"])
    if exit_code is not None:
        closing += f" → exit {exit_code}"
    yield Line(closing, "title")


def _inputs(view: View) -> Iterator[Line]:
    for item in view["inputs"]:
        held = f", holds {scope_wording(item['scope'])}" if "scope" in item else ""
        yield Line(f"{item['role']} ", "dim", f"{item['name']} ({item['format']}{held})")
        for state in (item.get("work") or {}).get("status", []):
            since = f" since {state['date']}" if state["date"] else ""
            yield Line("work ", "bad", state["status"].replace("_", " ") + since, indent=2)
    yield Line()


def _answer(statements: list[View], texts: Texts, verbosity: int) -> Iterator[Line]:
    silent: dict[str, list[str]] = {}
    for statement in statements:
        judged = any(claim["assessments"] for claim in statement["claims"])
        passed = statement["verdict"] in _PASSED and not _faulty(statement)
        if verbosity > 0 or (judged and not passed):
            yield from _statement(statement, texts)
        elif not judged:
            silent.setdefault(statement["verdict"], []).append(statement["id"])
    for wording in verdict_wordings():
        if wording.code in silent:
            head = f"{wording.sign} {wording.word}: "
            yield Line(head, wording.tone, " ".join(silent[wording.code]), hang=4)
    if silent:
        yield Line()


def _faulty(statement: View) -> bool:
    return any(citation["faults"] for citation in statement["citations"])


def _statement(statement: View, texts: Texts) -> Iterator[Line]:
    wording = verdict_wording(statement["verdict"])
    head = f"{wording.sign} {statement['id']} {wording.word}"
    yield Line(head, wording.tone, f"  {statement['kind']}, {_place(statement)}")
    yield Line(text=statement_shown(statement, texts).text, indent=2, hang=0)
    for claim in statement["claims"]:
        for assessment in claim["assessments"]:
            yield from _assessment(assessment, claim, statement, texts)
    for citation in statement["citations"]:
        if citation["resolution"]["record"] is None:
            status = citation["resolution"]["status"].replace("_", " ")
            yield Line(f"[{citation['marker']}] ", "dim", status, indent=4)
    yield Line()


def _place(span: View) -> str:
    return f"{span['start']}–{span['end']}"


def _assessment(assessment: View, claim: View, statement: View, texts: Texts) -> Iterator[Line]:
    wording = verdict_wording(assessment["verdict"])
    record = next(
        citation["resolution"]["record"]
        for citation in statement["citations"]
        if citation["marker"] == assessment["citation"]
    )
    head = f"{claim['id']} [{assessment['citation']}] {wording.word}: "
    yield Line(head, wording.tone, assessment["sentence"], indent=4)
    for fault in assessment["faults"]:
        yield Line(f"{fault['code']}: ", "dim", fault_sentence(fault), indent=6)
    if assessment["verdict"] != "not_found":
        for passage in record_passages(assessment, record, texts)[:2]:
            yield Line("record ", "dim", f"{passage.start}–{passage.end}: {passage.text}", indent=6)


def fault_sentence(fault: View) -> str:
    """Say a fault in one sentence.

    >>> fault_sentence({"code": "wrong_group", "slot": "group", "claimed": "arm A",
    ...                 "found": "both arms", "rule": "value-of-another-group"})
    'the figure belongs to another group; group: claimed “arm A”, found “both arms”'
    """
    said = f"claimed “{fault['claimed']}”" if fault["claimed"] else ""
    found = f"found “{fault['found']}”" if fault["found"] else ""
    compared = ", ".join(part for part in (said, found) if part)
    slot = fault["slot"].replace("_", " ")
    return fault_wording(fault["code"]) + (f"; {slot}: {compared}" if compared else "")


def _contradictions(view: View) -> Iterator[Line]:
    for item in view["contradictions"]:
        head = f"✗ {item['kind'].replace('_', ' ')}: "
        yield Line(head, "bad", f"{' and '.join(item['between'])}: {item['sentence']}")
    if view["contradictions"]:
        yield Line()


def _reviews(view: View) -> Iterator[Line]:
    for item in view["reviews"]:
        yield Line("reviewed ", "dim" if not item["current"] else "title", review_sentence(item))
    if view["reviews"]:
        yield Line()


def review_sentence(item: View) -> str:
    """Say a review in one sentence, the verdict that stands first.

    >>> review_sentence({"statement": "s006", "claim": None, "found": "misattributed", "date": None,
    ...     "decision": "overruled", "verdict": "supported", "by": "a reader", "why": "see table 2",
    ...     "current": True, "target": "x"})
    's006 misattributed: overruled to supported by a reader: see table 2'
    """
    of = item["claim"] or item["statement"] or item["target"]
    found = (item["found"] or "no verdict").replace("_", " ")
    to = f" to {item['verdict'].replace('_', ' ')}" if item["decision"] == "overruled" else ""
    when = f" on {item['date']}" if item["date"] else ""
    later = "" if item["current"] else " (revised since)"
    return f"{of} {found}: {item['decision']}{to} by {item['by']}{when}{later}: {item['why']}"


def _other_findings(view: View) -> Iterator[Line]:
    """Yield the findings that no statement above has told."""
    others = [finding for finding in view["findings"] if finding["statement"] is None]
    tones = {"error": "bad", "warning": "warning", "info": "neutral"}
    for finding in others:
        head = f"{finding['severity']} {finding['rule']}: "
        yield Line(head, tones[finding["severity"]], finding["message"])
    if others:
        yield Line()


def _table(view: View) -> Iterator[Line]:
    summary = view["summary"]
    total = summary["statements"]
    yield Line(counted(total, "statement"), "title")
    for wording in verdict_wordings():
        number = summary["by_verdict"].get(wording.code, 0)
        if number:
            label = f"{wording.sign} {wording.word}".ljust(_LABEL)
            bar = "█" * max(1, round(_BAR * number / total))
            yield Line(label, wording.tone, f"{number:>4}  {bar}", indent=2)
    share = f"{summary['coverage']:.0%} of the statements were judged against a record in hand."
    yield Line(text=f"{share} Only “supported” counts as a pass.", indent=2)
