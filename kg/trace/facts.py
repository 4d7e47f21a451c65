"""What the graph says of one statement, fetched by the catalogue's ``trace-*`` queries."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg import queries
from kg.errors import UsageError
from kg.model import DocumentText
from kg.store import Term
from kg.terms import DEFAULT_BASE, from_curie
from kg.text.filler import without_markup
from kg.trace.values import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import Store

    Cells = Mapping[str, Term]

_SHORT = re.compile(r"\w+(\.\w+)*")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SUFFIX = re.compile(r"_(statement|claim|part)$")


@dataclass(frozen=True, slots=True)
class Target:
    """The statement that a name means, and the node that was named."""

    statement: str
    named: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker and how far it leads; None where the graph holds nothing more."""

    marker: str
    label: str
    entry: str | None
    listed: bool
    status: str | None
    method: str | None
    confidence: Decimal
    work: str | None
    title: str | None
    record: str | None
    name: str | None
    scope: tuple[str, ...]
    states: tuple[str, ...]
    trials: tuple[TrialFacts, ...]


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """A trial that a record reports.

    :param certainties: level, basis and rule of each certainty that the graph holds of it
    """

    iri: str
    label: str
    design: str | None
    randomised: bool | None
    enrolled: int | None
    certainties: tuple[tuple[str, str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of each query."""

    iri: str
    statement: tuple[Cells, ...]
    claims: tuple[Cells, ...]
    citations: tuple[Citation, ...]
    evidence: Mapping[tuple[str, str], tuple[Cells, ...]]


def find(store: Store, name: str, base: str = DEFAULT_BASE) -> Target:
    """Find the statement that an IRI, a CURIE, a node id or a short id means.

    :raises UsageError: if nothing has that name, or several statements have it
    """
    if _SHORT.fullmatch(name):
        found = [row["node"].value for row in queries.run(store, "trace-find", short=name).terms()]
        if len(found) > 1:
            what = f"{len(found)} answers have a statement {name}: {', '.join(found)}"
            raise UsageError(what, hint="give one of these IRIs")
        named = found[0] if found else ""
    else:
        named = from_curie(name, base)
        given = Term.iri(named)
        rows = queries.run(store, "statement-of-node", base, node=given).terms()
        found = [row["iri"].value for row in rows]
    if not found:
        what = f"nothing in this graph is called {name}"
        raise UsageError(
            what, expected="the IRI, CURIE or short id of a statement or a recommendation"
        )
    return Target(found[0], named)


def gather(store: Store, statement: str, base: str = DEFAULT_BASE) -> Facts:
    """Ask the four questions about a statement.

    :raises UsageError: if the graph does not say where the statement stands
    """

    def ask(name: str) -> tuple[Cells, ...]:
        return tuple(queries.run(store, name, base, node=Term.iri(statement)).terms())

    said = ask("trace-statement")
    if not said:
        what = f"the graph does not say where {statement} stands"
        raise UsageError(what, hint="`kg validate` tells what is missing")
    evidence: dict[tuple[str, str], list[Cells]] = defaultdict(list)
    for row in ask("trace-evidence"):
        evidence[row["claim"].value, row["marker"].value].append(row)
    return Facts(
        statement,
        said,
        ask("trace-claims"),
        _citations(ask("trace-citations")),
        {key: tuple(rows) for key, rows in evidence.items()},
    )


def text(store: Store, sha256: str) -> DocumentText | None:
    """Return a document's text by its digest, markup filled; None where the graph has none."""
    rows = queries.run(store, "trace-text", sha256=Term.literal(sha256)).terms()
    if not rows:
        return None
    first = rows[0]
    shown = without_markup(first["text"].value, value(first, "format") or "")
    return DocumentText(shown, int(value(first, "begins") or 0))


def _citations(rows: tuple[Cells, ...]) -> tuple[Citation, ...]:
    by_marker: dict[tuple[str | None, ...], list[Cells]] = defaultdict(list)
    for row in rows:
        by_marker[value(row, "marker"), value(row, "entry"), value(row, "record")].append(row)
    return tuple(_citation(group) for group in by_marker.values())


def _citation(rows: list[Cells]) -> Citation:
    first = rows[0]
    return Citation(
        first["marker"].value,
        first["label"].value,
        value(first, "entry"),
        value(first, "listed") == "true",
        code(first, "status"),
        code(first, "method"),
        Decimal(value(first, "confidence") or 0),
        value(first, "work"),
        value(first, "title"),
        value(first, "record"),
        value(first, "name"),
        tuple(dict.fromkeys(word for row in rows if (word := code(row, "scope")))),
        tuple(dict.fromkeys(word for row in rows if (word := code(row, "state")))),
        _trials(rows),
    )


def _trials(rows: list[Cells]) -> tuple[TrialFacts, ...]:
    by_trial: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        if "trial" in row:
            by_trial[row["trial"].value].append(row)
    return tuple(_trial(own) for own in by_trial.values())


def _trial(rows: list[Cells]) -> TrialFacts:
    row = rows[0]
    enrolled, randomised = value(row, "enrolled"), value(row, "randomised")
    certain = [
        (level.removesuffix("_certainty"), code(r, "basis") or "", value(r, "rule"))
        for r in rows
        if (level := code(r, "certainty"))
    ]
    return TrialFacts(
        row["trial"].value,
        row["trial_label"].value,
        code(row, "design"),
        None if randomised is None else randomised == "true",
        None if enrolled is None else int(enrolled),
        tuple(dict.fromkeys(certain)),
    )


def value(row: Cells, name: str) -> str | None:
    """Return a cell's text, or None where it is unbound."""
    term = row.get(name)
    return None if term is None else term.value


def code(row: Cells, name: str) -> str | None:
    """Return the code of a cell's concept, without what only keeps its name apart from a class.

    >>> code({"v": Term.iri("https://w3id.org/claimgraph/verdict#NotFound")}, "v")
    'not_found'
    >>> code({"kind": Term.iri("https://w3id.org/claimgraph/ns#ResultClaim")}, "kind")
    'result'
    """
    said = value(row, name)
    if said is None:
        return None
    return _SUFFIX.sub("", _WORD.sub("_", said.rpartition("#")[2]).lower())


def span(row: Cells) -> Span:
    """Return where the words of a row's node stand."""
    return Span(
        row["document_sha256"].value,
        int(row["start"].value),
        int(row["end"].value),
        row["sha256"].value,
    )
