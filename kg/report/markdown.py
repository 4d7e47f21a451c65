"""The audit as Markdown (CommonMark with tables). Every text of a document is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.report.human import fault_sentence, review_sentence
from kg.report.passages import Shown, record_passages, statement_shown
from kg.report.wording import (
    counted,
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

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&]")


def escape(text: str) -> str:
    r"""Make a text stand in Markdown as it is, on one line.

    >>> print(escape("a|b <i>*c*"))
    a\|b \<i\>\*c\*
    """
    return _SPECIAL.sub(lambda match: "\\" + match.group(), " ".join(text.split()))


def audit_markdown(view: View, texts: Texts) -> str:
    """Write the whole report.

    >>> from kg.model import Dossier
    >>> from kg.report.view import view
    >>> audit_markdown(view(Dossier()), {}).splitlines()[0]
    '# Audit'
    """
    parts = [
        *_head(view),
        *_summary(view),
        *(line for statement in view["statements"] for line in _statement(statement, texts)),
        *_contradictions(view),
        *_reviews(view),
        *_findings(view),
        _closing(view),
    ]
    return "\n".join(parts)


def _closing(view: View) -> str:
    tool = view["tool"]
    return (
        f"claimgraph {escape(tool['version'])}, rules `{tool['rules'][:12] or 'none'}`. It says "
        "what the records in hand say, not whether a claim is true. Not medical advice.\n"
    )


def _head(view: View) -> Iterator[str]:
    yield "# Audit\n"
    yield "| Input | Name | Format | Holds | State of the work |"
    yield "|---|---|---|---|---|"
    for item in view["inputs"]:
        states = [escape(s["status"]) for s in (item.get("work") or {}).get("status", [])]
        holds = scope_wording(item["scope"]) if "scope" in item else ""
        cells = [item["role"], escape(item["name"]), escape(item["format"]), holds]
        yield f"| {' | '.join([*cells, ', '.join(states)])} |"
    yield ""


def _summary(view: View) -> Iterator[str]:
    summary = view["summary"]
    yield f"## {counted(summary['statements'], 'statement')}\n"
    yield "| Verdict | Statements | Meaning |"
    yield "|---|---:|---|"
    for wording in verdict_wordings():
        number = summary["by_verdict"].get(wording.code)
        if number:
            yield f"| {wording.sign} {wording.word} | {number} | {wording.meaning} |"
    yield ""
    yield (
        f"Findings: {severity_counts(view['findings'])}. {summary['coverage']:.0%} of the "
        "statements were judged against a record in hand. Only “supported” counts as a pass.\n"
    )


def _statement(statement: View, texts: Texts) -> Iterator[str]:
    wording = verdict_wording(statement["verdict"])
    yield f"### {statement['id']} {wording.sign} {wording.word}\n"
    yield f"> {_text(statement_shown(statement, texts))}\n"
    for citation in statement["citations"]:
        word = verdict_wording(citation["verdict"]).word
        resolution = citation["resolution"]
        status = f"{resolution['status']}, {resolution['method']}".replace("_", " ")
        yield f"- [{escape(citation['marker'])}] **{word}** ({status})"
        yield from _assessments(citation, statement, texts)
    yield ""


def _assessments(citation: View, statement: View, texts: Texts) -> Iterator[str]:
    for claim in statement["claims"]:
        for item in claim["assessments"]:
            if item["citation"] != citation["marker"]:
                continue
            word = verdict_wording(item["verdict"]).word
            yield f"  - {claim['id']} {word}: {escape(item['sentence'])} (`{item['rule']}`)"
            for fault in item["faults"]:
                yield f"    - `{fault['code']}` {escape(fault_sentence(fault))}"
    for passage in record_passages(citation, citation["resolution"]["record"], texts):
        yield f"  - record {passage.start}–{passage.end}: {_text(passage)}"


def _text(passage: Shown) -> str:
    if not passage.runs:
        return escape(passage.text)
    return "".join(
        f"**{inner}**" if run.marked and (inner := escape(run.text)) else _spaced(run.text)
        for run in passage.runs
    ).strip()


def _spaced(text: str) -> str:
    """Escape a run and keep the spaces that part it from its neighbours."""
    inner = escape(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{inner}{after}" if inner else " "


def _contradictions(view: View) -> Iterator[str]:
    if view["contradictions"]:
        yield "## Contradictions\n"
        for item in view["contradictions"]:
            ends = " and ".join(escape(end) for end in item["between"])
            yield f"- {item['kind'].replace('_', ' ')}, {ends}: {escape(item['sentence'])}"
        yield ""


def _reviews(view: View) -> Iterator[str]:
    if view["reviews"]:
        yield "## Reviews\n"
        yield from (f"- {escape(review_sentence(item))}" for item in view["reviews"])
        yield ""


def _findings(view: View) -> Iterator[str]:
    if view["findings"]:
        yield "## Findings\n"
        yield "| Severity | Rule | Statement | Message |"
        yield "|---|---|---|---|"
        for item in view["findings"]:
            told = [item["severity"], f"`{item['rule']}`", item["statement"] or ""]
            yield f"| {' | '.join([*told, escape(item['message'])])} |"
        yield ""
