"""The findings as SARIF 2.1.0, which code hosts and editors show at the line they are about.

Specification: OASIS, Static Analysis Results Interchange Format Version 2.1.0, 27 March 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.findings import explained
from kg.report.json_text import json_text
from kg.report.locating import Lines, Statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import DocumentText

    View = Mapping[str, Any]
    Texts = Mapping[str, DocumentText | None]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROLES = {"answer": "analysisTarget", "record": "referencedOnCommandLine"}
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def audit_sarif(view: View, texts: Texts) -> str:
    """Write the findings; each rule that found something is described once.

    >>> from kg.model import Dossier
    >>> from kg.report.view import view
    >>> '"results": []' in audit_sarif(view(Dossier()), {})
    True
    """
    queries = {finding["rule"]: finding.get("query") for finding in view["findings"]}
    rules = sorted(queries)
    index = {item["sha256"]: at for at, item in enumerate(view["inputs"])}
    writer = _Writer(view, texts, index)
    run = {
        "tool": {
            "driver": {
                "name": "claimgraph",
                "semanticVersion": view["tool"]["version"],
                "informationUri": "https://w3id.org/claimgraph/ns",
                "rules": [_rule(rule, queries[rule]) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {
                "location": {"uri": _uri(item["name"])},
                "hashes": {"sha-256": item["sha256"]},
                "roles": ["analysisTarget"]
                if item["role"] == "answer"
                else ["referencedOnCommandLine"],
            }
            for item in view["inputs"]
        ],
        "results": [writer.result(finding, rules) for finding in view["findings"]],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: str, query: str | None) -> dict[str, Any]:
    explanation = explained(rule, query)
    return {
        "id": rule,
        "name": rule.replace("/", "-"),
        "shortDescription": {"text": explanation.title},
        "fullDescription": {"text": explanation.problem},
        "help": {"text": explanation.solution},
    }


class _Writer:
    def __init__(self, view: View, texts: Texts, index: Mapping[str, int]) -> None:
        self._statements = Statements(view)
        self._names = {item["sha256"]: item["name"] for item in view["inputs"]}
        self._index = index
        self._texts = texts
        self._lines = {sha: Lines(text) for sha, text in texts.items() if text is not None}

    def result(self, finding: View, rules: list[str]) -> dict[str, Any]:
        statement = self._statements.of(finding)
        told: dict[str, Any] = {
            "ruleId": finding["rule"],
            "ruleIndex": rules.index(finding["rule"]),
            "level": _LEVELS[finding["severity"]],
            "message": {"text": finding["message"]},
        }
        if statement is None:
            return told | self._whole()
        answer = statement["answer"]
        told["locations"] = [self._location(answer, statement["start"], statement["end"])]
        related = [
            self._location(line["record"], line["start"], line["end"]) | {"id": at}
            for at, line in enumerate(_evidence(statement), 1)
        ]
        if related:
            told["relatedLocations"] = related
        told["partialFingerprints"] = {"statementSha256/v1": statement["sha256"]}
        told["properties"] = {"statement": statement["id"], "verdict": statement["verdict"]}
        return told

    def _whole(self) -> dict[str, Any]:
        """Place what is said of no one statement at the start of the answer: readers need a place.

        Inputs stand with the answers first.
        """
        sha256 = next(iter(self._names), None)
        return {} if sha256 is None else {"locations": [self._location(sha256, 0, 0)]}

    def _location(self, sha256: str, start: int, end: int) -> dict[str, Any]:
        region: dict[str, Any] = {"charOffset": start, "charLength": end - start}
        lines = self._lines.get(sha256)
        if lines is not None:
            region["startLine"], region["startColumn"] = lines.of(start)
            region["endLine"], region["endColumn"] = lines.of(end)
        place = {"uri": _uri(self._names[sha256]), "index": self._index[sha256]}
        return {"physicalLocation": {"artifactLocation": place, "region": region}}


def _evidence(statement: View) -> list[View]:
    found: dict[tuple[str, int, int], View] = {}
    for citation in statement["citations"]:
        for line in citation["evidence"]:
            found.setdefault((line["record"], line["start"], line["end"]), line)
    return list(found.values())


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
