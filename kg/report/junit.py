"""The audit as JUnit XML, which build servers show: a case for each statement.

An error fails its statement's case. Warnings and notes are told in the case's output. A statement
whose record is not in hand is skipped, since nothing was tested.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.report.locating import Statements
from kg.report.wording import verdict_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    View = Mapping[str, Any]

_UNTESTED = {"source_unavailable", "not_checkable", None}
# XML 1.0 has no way to write these.
_CONTROLS = (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)
_NO_XML = dict.fromkeys((*_CONTROLS, *range(0xD800, 0xE000)), "\ufffd")


def audit_junit(view: View) -> str:
    """Write the audit.

    >>> from kg.model import Dossier
    >>> from kg.report.view import view
    >>> 'tests="0"' in audit_junit(view(Dossier()))
    True
    """
    known = Statements(view)
    of: dict[str, list[View]] = defaultdict(list)
    loose: list[View] = []
    for finding in view["findings"]:
        statement = known.of(finding)
        (loose if statement is None else of[statement["iri"]]).append(finding)
    suites = []
    for item in view["inputs"]:
        if item["role"] == "answer":
            own = [s for s in view["statements"] if s["answer"] == item["sha256"]]
            cases = [_case(item["name"], s["id"], s["verdict"], of[s["iri"]]) for s in own]
            suites.append(_suite(item["name"], cases))
    if loose:
        suites.append(_suite("the graph", [_case("the graph", "findings", "", loose)]))
    whole = "".join(text for text, _ in suites)
    tests, failed, skipped = (sum(counts[at] for _, counts in suites) for at in range(3))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="claimgraph" tests="{tests}" failures="{failed}" skipped="{skipped}">\n'
        f"{whole}</testsuites>\n"
    )


def _suite(name: str, cases: list[tuple[str, bool, bool]]) -> tuple[str, tuple[int, int, int]]:
    failed, skipped = sum(one[1] for one in cases), sum(one[2] for one in cases)
    head = (
        f'<testsuite name={_attribute(name)} tests="{len(cases)}" failures="{failed}" '
        f'skipped="{skipped}">\n'
    )
    return head + "".join(one[0] for one in cases) + "</testsuite>\n", (len(cases), failed, skipped)


def _case(
    suite: str, name: str, verdict: str | None, findings: Iterable[View]
) -> tuple[str, bool, bool]:
    """Write a case; tell whether it failed and whether it was skipped."""
    found = list(findings)
    errors = [one for one in found if one["severity"] == "error"]
    others = [one for one in found if one["severity"] != "error"]
    title = name if verdict == "" else f"{name}: {verdict_wording(verdict).word}"
    body = "".join(
        f"<failure type={_attribute(one['rule'])} message={_attribute(one['message'])}/>\n"
        for one in errors
    )
    skipped = not errors and verdict in _UNTESTED
    if skipped:
        body += f"<skipped message={_attribute(verdict_wording(verdict).meaning)}/>\n"
    if others:
        lines = "\n".join(f"{one['severity']} {one['rule']}: {one['message']}" for one in others)
        body += f"<system-out>{escape(lines.translate(_NO_XML))}</system-out>\n"
    head = f"<testcase classname={_attribute(suite)} name={_attribute(title)}>\n"
    return f"{head}{body}</testcase>\n", bool(errors), skipped


def _attribute(text: str) -> str:
    return quoteattr(text.translate(_NO_XML))
