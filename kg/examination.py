"""Each answer examined on its own, its findings kept in the graph and used again.

An examination holds an answer and its records to the shapes, and to those audit queries whose scope
is ``document``. It is named by the digest of what it looked at: where an earlier graph has an
examination of the same content by the same checks, its findings are taken from there. What only
several answers tell is asked of the whole graph each time.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import assets, queries
from kg.findings import Finding, audits, findings, in_order
from kg.model import Cutter, Dossier, Examination, RecordedFinding, Severity
from kg.terms import DEFAULT_BASE, contract, digest, expand, node_id, quads_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import Store, Term

    Cells = Mapping[str, Term]

_CODE = Path(__file__).resolve().parent
_MAKERS = ("findings.py", "examination.py", "validate", "model/cutting.py")
_DECIDING = ("entries", "resolutions", "works", "work_statuses", "status_checks", "reviews")


@dataclass(frozen=True, slots=True)
class Examined:
    """An examination with its findings."""

    examination: Examination
    findings: tuple[Finding, ...]


@cache
def checks_digest() -> str:
    """Return the SHA-256 of what examines: queries, shapes, and the code that makes findings."""
    shapes = sorted((assets.folder("ontology") / "shapes").glob("*.ttl"))
    code = sorted(p for name in _MAKERS for p in (_CODE / name, *(_CODE / name).glob("*.py")))
    whole = hashlib.sha256()
    for text in (
        *(query.text for query in audits("document")),
        *(path.read_text(encoding="utf-8") for path in (*shapes, *code) if path.is_file()),
    ):
        whole.update(digest(text).encode())
    return whole.hexdigest()


def examine(
    dossier: Dossier, earlier: Mapping[str, Examined] | None = None, base: str = DEFAULT_BASE
) -> tuple[Examined, ...]:
    """Examine each answer, and what belongs to none; use what an earlier graph holds.

    :param earlier: digest of the content → its examination, as :func:`held` reads them
    :param base: what node ids stand below

    >>> examine(Dossier())
    ()
    """
    made = []
    for answer, cut in Cutter(dossier).parts():
        if cut == Dossier():
            continue
        content = _content(cut, answer, base)
        known = (earlier or {}).get(content)
        if known is not None and known.examination.checks == checks_digest():
            made.append(known)
            continue
        name = node_id("examination", answer, content, checks_digest())
        examination = Examination(name, content, checks_digest(), answer)
        made.append(Examined(examination, _found(cut, base)))
    return tuple(made)


def recorded(dossier: Dossier, examined: Iterable[Examined], base: str = DEFAULT_BASE) -> Dossier:
    """Return the dossier with examinations and findings as nodes, earlier ones left out."""
    places = {(s.document, s.short_id): s.id for s in dossier.statements}
    iris = {f"<{expand(statement.id, base)}>": statement.id for statement in dossier.statements}
    examinations, found = [], []
    for one in examined:
        examinations.append(one.examination)
        for finding in one.findings:
            key = (one.examination.document or "", finding.statement or "")
            named = (iris.get(term) for row in finding.rows for _, term in row)
            statement = places.get(key) or next(filter(None, named), None)
            found.append(_node(finding, one.examination.id, statement))
    return replace(dossier, examinations=tuple(examinations), findings=tuple(found)).normalised()


def held(store: Store, base: str = DEFAULT_BASE) -> dict[str, Examined]:
    """Read the examinations of a graph: digest of the content → examination and findings."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for row in queries.run(store, "findings").terms():
        found[row["examination"].value].append(_finding(row))
    made = {}
    for row in queries.run(store, "examinations").terms():
        iri = row["examination"].value
        document = contract(row["document"].value, base) if "document" in row else None
        sha256, checks = row["sha256"].value, row["checks"].value
        examination = Examination(contract(iri, base), sha256, checks, document)
        made[sha256] = Examined(examination, in_order(found[iri]))
    return made


def whole(
    store: Store, examined: Iterable[Examined], base: str = DEFAULT_BASE
) -> tuple[Finding, ...]:
    """Join the findings of the examinations with those that only the whole graph tells."""
    found = [finding for one in examined for finding in one.findings]
    return in_order([*found, *findings(store, base=base, scope="corpus")])


def complete(dossier: Dossier, examined: Iterable[Examined]) -> bool:
    """Whether each answer, and what belongs to none, was examined by the checks of this release."""
    made = [one.examination for one in examined if one.examination.checks == checks_digest()]
    return bool(made) and {None, *Cutter(dossier).answers} <= {one.document for one in made}


def _found(cut: Dossier, base: str) -> tuple[Finding, ...]:
    from kg.graph import quads
    from kg.store import MemoryStore
    from kg.validate import validate

    made = quads(cut, base)
    return findings(MemoryStore(made), validate(made), base, scope="document")


def _content(cut: Dossier, answer: str | None, base: str) -> str:
    """Digest what decides a cut: its texts, how they were read, what they cite, which rules.

    Everything else in a cut follows from these by the rules, whose digest a run has.
    """
    from kg.graph import quads

    rules = [(run.version, run.rules, run.as_of) for run in cut.runs]
    texts = [digest(document.text or "") for document in cut.documents]
    told = {family: getattr(cut, family) for family in _DECIDING}
    bare = tuple(replace(document, text=None) for document in cut.documents)
    graph = quads_digest(quads(Dossier(**told, documents=bare), base))
    return digest(repr((base, answer, rules, texts, graph)))


def _node(finding: Finding, examination: str, statement: str | None) -> RecordedFinding:
    rows = None
    if finding.rows:
        asked = {"parameters": finding.parameters, "rows": finding.rows}
        rows = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    name = node_id("finding", examination, finding.rule, finding.statement, finding.message, rows)
    return RecordedFinding(
        name, examination, finding.rule, finding.severity, finding.message, statement,
        finding.query, rows,
    )  # fmt: skip


def _finding(row: Cells) -> Finding:
    code = row["severity"].value.rpartition("#")[2].removesuffix("Finding").lower()
    asked = json.loads(row["rows"].value) if "rows" in row else {"rows": (), "parameters": ()}
    return Finding(
        row["rule"].value,
        Severity(code),
        row["statement"].value if "statement" in row else None,
        row["message"].value,
        row["query"].value if "query" in row else None,
        tuple(tuple((name, term) for name, term in cells) for cells in asked["rows"]),
        tuple((name, term) for name, term in asked["parameters"]),
    )
