"""Findings: every row of an audit query and every result of a constraint, with a severity.

An audit query says in its header what a row means: ``severity`` (a fixed one, or ``?column``),
``message`` with column names in braces, and, where a row may hold more, ``message-with-COLUMN``
for rows that bind that column. ``gather`` names a column whose values are joined in one finding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import queries
from kg.errors import UsageError
from kg.model import Severity
from kg.store import Term, TermKind
from kg.terms import DEFAULT_BASE, contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.queries import Query
    from kg.store import Store
    from kg.validate import Violation

    Cells = Mapping[str, Term]


_OF_SHACL = {"violation": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}
_ORDER = {severity: rank for rank, severity in enumerate(Severity)}
_PLACE = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WITH = "message-with-"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an audit query or a constraint returned.

    :param rule: ``audit/…`` for a query, ``shape/…`` for a constraint
    :param statement: short id of the statement, or None where it is about none
    :param query: name of the audit query, None for a constraint
    :param rows: the query's rows behind it, each as (column, N-Triples form) pairs; for a
        constraint the statement's IRI as ``node``, if it is about one
    :param parameters: the query's parameters as they were asked, as (name, term) pairs
    """

    rule: str
    severity: Severity
    statement: str | None
    message: str
    query: str | None = None
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()


def findings(
    store: Store,
    violations: Iterable[Violation] = (),
    base: str = DEFAULT_BASE,
    *,
    scope: str | None = None,
) -> tuple[Finding, ...]:
    """Run the audit queries, add the constraints' results, and sort: gravest first, then place.

    :param violations: results of :func:`kg.validate.validate` for the same graph
    :param base: what node ids stand below, so that messages can show them short
    :param scope: ``document`` for the queries that need no other answer, ``corpus`` for those that
        do; all if None

    >>> from kg.store import MemoryStore
    >>> findings(MemoryStore())
    ()
    """
    results = list(_of_violations(store, violations, base))
    asked = audits() if results else audits(scope)
    found = {query.name: list(_of_query(store, query, base)) for query in asked}
    told = [finding for own in found.values() for finding in own]
    wanted = [finding for query in audits(scope) for finding in found[query.name]]
    return in_order([*wanted, *_not_told(told, results)])


def audits(scope: str | None = None) -> list[Query]:
    """List the audit queries of a scope; all if None."""
    known = [query for query in queries.catalogue() if query.kind == "audit"]
    return [query for query in known if scope in (None, query.field("scope"))]


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings, each once: the gravest first, then by place."""
    return tuple(sorted(dict.fromkeys(found), key=_place_in_order))


def _place_in_order(finding: Finding) -> tuple[object, ...]:
    return (
        _ORDER[finding.severity],
        finding.statement is None,
        finding.statement or "",
        finding.rule,
        finding.message,
        finding.rows,
    )


def _of_query(store: Store, query: Query, base: str) -> Iterator[Finding]:
    gathered = query.field("gather")
    groups: dict[tuple[tuple[str, str], ...], list[Cells]] = defaultdict(list)
    for cells in store.select(queries.bind(query)).terms():
        groups[_pairs({k: v for k, v in cells.items() if k != gathered})].append(cells)
    for rows in groups.values():
        shown = {name: _shown(term, base) for name, term in rows[0].items()}
        if gathered in shown:
            shown[gathered] = " and ".join(
                dict.fromkeys(_shown(cells[gathered], base) for cells in rows)
            )
        yield Finding(
            f"audit/{_rule(query, shown)}",
            Severity(_filled(query.field("severity") or "warning", shown)),
            shown.get("statement"),
            _message(query, shown),
            query.name,
            tuple(_pairs(cells) for cells in rows),
            tuple((parameter.name, parameter.default) for parameter in query.parameters),
        )


def _pairs(cells: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, term.n3) for name, term in cells.items()))


def _rule(query: Query, shown: Mapping[str, str]) -> str:
    rule = query.field("rule")
    return _fill(rule, shown).replace(" ", "-") if rule else query.name


def _filled(value: str, shown: Mapping[str, str]) -> str:
    """Return a header's value, or the column's that it names by ``?column``."""
    return shown[value[1:]] if value.startswith("?") else value


def _message(query: Query, shown: Mapping[str, str]) -> str:
    """Fill the last template whose column the row binds."""
    template = query.field("message") or query.title
    for key, value in query.fields:
        if key.startswith(_WITH) and key.removeprefix(_WITH) in shown:
            template = value
    return _fill(template, shown)


def _fill(template: str, shown: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: shown.get(place[1], "–"), template)


def _shown(term: Term, base: str) -> str:
    """Write a term for a message: a concept as words, a node by its id, a literal as it stands."""
    if term.kind is not TermKind.IRI:
        return term.value
    vocabulary, sign, local = term.value.rpartition("#")
    if sign and "=" not in local and not vocabulary.startswith(f"{base}id/"):
        return _WORD.sub(" ", local).lower()
    return contract(term.value, base)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule looks for.

    :param title: in a few words
    :param problem: what a finding of it says, and why one wants to know
    :param solution: what to do
    """

    title: str
    problem: str
    solution: str


def explained(rule: str, query: str | None = None) -> Explanation:
    """Say what a rule looks for: its audit query does, or its shape; an input's has neither.

    :param rule: as a finding names it
    :param query: the audit query that found it, if one did

    >>> explained("audit/comparator-drift", "comparator-drift").title
    'Comparator drift'
    """
    from kg.validate import said_by

    if query is not None:
        asked = queries.get(query)
        return Explanation(asked.title, asked.problem, asked.solution)
    name = rule.rpartition("/")[2]
    message, why = said_by().get(name, ("", ""))
    title = _WORD.sub(" ", name.replace("-", " ")).strip().capitalize()
    if not message:
        return Explanation(
            title, "An input could not be read.", "Read the message; mend the input."
        )
    return Explanation(title, " ".join(filter(None, (message, why))), "Look at the node it names.")


def _not_told(
    found: Iterable[Finding], results: Iterable[tuple[Violation, Finding]]
) -> list[Finding]:
    """Leave out what an audit query has found of the same statement or node, with more to say."""
    from kg.validate import told_by

    told: set[tuple[str, str]] = set()
    for finding in found:
        name = finding.query or ""
        told |= {(name, term) for row in finding.rows for _, term in row}
        told |= {(name, finding.statement)} if finding.statement else set()
    own = []
    for violation, finding in results:
        query = told_by().get(violation.shape, "")
        places = {f"<{violation.focus}>", finding.statement or ""}
        if not any((query, place) in told for place in places):
            own.append(finding)
    return list(dict.fromkeys(own))


def _of_violations(
    store: Store, violations: Iterable[Violation], base: str
) -> Iterator[tuple[Violation, Finding]]:
    statements: dict[str, Cells | None] = {}
    for violation in violations:
        focus = violation.focus.removeprefix("<").removesuffix(">")
        if focus not in statements:
            statements[focus] = _statement_of(store, focus, base)
        of = statements[focus]
        finding = Finding(
            f"shape/{re.split(r'[#/:]', violation.shape.rstrip('>'))[-1]}",
            _OF_SHACL[violation.severity.value],
            of["statement"].value if of else None,
            violation.reason(),
            rows=((("node", of["iri"].n3),),) if of else (),
        )
        yield violation, finding


def _statement_of(store: Store, focus: str, base: str) -> Cells | None:
    try:
        rows = queries.run(store, "statement-of-node", base, node=Term.iri(focus)).terms()
    except UsageError:  # a literal or an ill-made IRI, which is what the shape complains of
        return None
    return rows[0] if rows else None
