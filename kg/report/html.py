"""The audit as one HTML file that needs nothing else: no script, no font, no request.

Every text that comes from a document or a name of a file passes the template's escaping; the
template is rendered with an undefined name being an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import assets
from kg.report.human import fault_sentence, review_sentence
from kg.report.passages import record_passages, statement_shown
from kg.report.wording import (
    VerdictWording,
    counted,
    scope_wording,
    severity_counts,
    verdict_wording,
    verdict_wordings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import DocumentText

    View = Mapping[str, Any]
    Texts = Mapping[str, DocumentText | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart of verdicts, in units of its drawing."""

    wording: VerdictWording
    number: int
    width: float
    top: int


_CHART_WIDTH = 420
_ROW_HEIGHT = 26


def audit_html(view: View, texts: Texts) -> str:
    """Write the whole report.

    >>> from kg.model import Dossier
    >>> from kg.report.view import view
    >>> audit_html(view(Dossier()), {}).startswith("<!doctype html>")
    True
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["wording"] = verdict_wording
    environment.filters["scope"] = scope_wording
    environment.filters["fault"] = fault_sentence
    environment.filters["review"] = review_sentence
    template = environment.from_string(assets.text("report/audit.html.j2"))
    return template.render(
        view=view,
        css=assets.text("report/audit.css"),
        bars=bars(view),
        statements=[_statement(statement, texts) for statement in view["statements"]],
        answers={i["sha256"]: i["name"] for i in view["inputs"] if i["role"] == "answer"},
        records={i["sha256"]: i for i in view["inputs"] if i["role"] == "record"},
        findings_told=severity_counts(view["findings"]),
        statements_told=counted(view["summary"]["statements"], "statement"),
    )


def bars(view: View) -> list[Bar]:
    """Lay out the chart: a bar for every verdict that occurs, the longest as wide as the chart."""
    numbers = view["summary"]["by_verdict"]
    present = [(w, numbers[w.code]) for w in verdict_wordings() if numbers.get(w.code)]
    most = max((number for _, number in present), default=1)
    return [
        Bar(wording, number, round(_CHART_WIDTH * number / most, 1), index * _ROW_HEIGHT)
        for index, (wording, number) in enumerate(present)
    ]


def _statement(statement: View, texts: Texts) -> dict[str, Any]:
    return {
        "data": statement,
        "shown": statement_shown(statement, texts),
        "citations": [
            {
                "data": citation,
                "passages": record_passages(citation, citation["resolution"]["record"], texts),
                "assessments": _assessments(citation, statement),
            }
            for citation in statement["citations"]
        ],
    }


def _assessments(citation: View, statement: View) -> list[tuple[str, View]]:
    return [
        (claim["id"], assessment)
        for claim in statement["claims"]
        for assessment in claim["assessments"]
        if assessment["citation"] == citation["marker"]
    ]
