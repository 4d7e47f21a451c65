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
    from collections.abc import Callable, Iterable, Mapping

    from kg.store import Store

    Cells = Mapping[str, Term]
    Ask = Callable[[str], tuple[Cells, ...]]

_SHORT = re.compile(r"\w+(\.\w+)*")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SHOWN = 5
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
class GroupFacts:
    """An arm or another group that a result belongs to; n is how many people are in it."""

    iri: str
    label: str
    n: str | None


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A reported result, its figures as printed."""

    iri: str
    document_sha256: str
    start: int
    end: int
    outcome: str | None
    time: str | None
    p: str | None
    p_comparator: str | None
    estimate: str | None
    groups: tuple[GroupFacts, ...]


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """A passage of a record, and the compared results that it overlaps."""

    iri: str
    span: Span
    role: str | None
    results: tuple[ResultFacts, ...]


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """The verdict of a claim against a record; without a passage the record is silent."""

    iri: str
    verdict: str
    sentence: str
    passages: tuple[PassageFacts, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands on each hop.

    :param verdicts: the statement and each of its claims → the verdict on it
    :param assessments: claim and marker → the verdicts of that claim by that marker
    """

    iri: str
    statement: Cells
    advice: tuple[Cells, ...]
    claims: tuple[Cells, ...]
    verdicts: Mapping[str, str]
    citations: tuple[Citation, ...]
    assessments: Mapping[tuple[str, str], tuple[AssessmentFacts, ...]]


def find(store: Store, name: str, base: str = DEFAULT_BASE) -> Target:
    """Find the statement that an IRI, a CURIE, a node id or a short id means.

    :raises UsageError: if nothing has that name, or several statements have it
    """
    if _SHORT.fullmatch(name):
        found = [row["node"].value for row in queries.run(store, "trace-find", short=name).terms()]
        if len(found) > 1:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            what = (
                f"{len(found)} answers have a statement {name}: {', '.join(found[:_SHOWN])}{more}"
            )
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
    """Ask one query for each hop from a statement on.

    A hop is a few joins from a node that is known, which every engine answers by look-ups, however
    large the graph; the hops are put together here.

    :raises UsageError: if the graph does not say where the statement stands
    """

    def ask(name: str) -> tuple[Cells, ...]:
        return tuple(queries.run(store, name, base, node=Term.iri(statement)).terms())

    said = ask("trace-statement")
    if not said:
        what = f"the graph does not say where {statement} stands"
        raise UsageError(what, hint="`kg validate` tells what is missing")
    return Facts(
        statement,
        said[0],
        ask("trace-advice"),
        ask("trace-claims"),
        {row["target"].value: code(row, "verdict") or "" for row in ask("trace-verdicts")},
        _citations(ask),
        _assessments(ask),
    )


def text(store: Store, sha256: str) -> DocumentText | None:
    """Return a document's text by its digest, markup filled; None where the graph has none."""
    rows = queries.run(store, "trace-text", sha256=Term.literal(sha256)).terms()
    if not rows:
        return None
    first = rows[0]
    shown = without_markup(first["text"].value, value(first, "format") or "")
    return DocumentText(shown, int(value(first, "begins") or 0))


def _citations(ask: Ask) -> tuple[Citation, ...]:
    listed = {value(r, "entry") for r in ask("trace-entries") if value(r, "listed") == "true"}
    resolutions = _by(ask("trace-resolutions"), "entry")
    works, records = _by(ask("trace-works"), "work"), _by(ask("trace-records"), "record")
    trials, certainties = _by(ask("trace-trials"), "record"), _by(ask("trace-certainties"), "trial")
    made = []
    for row in ask("trace-citations"):
        for way in resolutions.get(value(row, "entry"), [{}]):
            work = works.get(value(way, "work"), [])
            record = records.get(value(way, "record"), [])
            made.append(
                Citation(
                    row["marker"].value,
                    row["label"].value,
                    value(row, "entry"),
                    value(row, "entry") in listed,
                    code(way, "status"),
                    code(way, "method"),
                    Decimal(value(way, "confidence") or 0),
                    value(way, "work"),
                    value(work[0], "title") if work else None,
                    value(way, "record"),
                    value(record[0], "name") if record else None,
                    _codes(record, "scope"),
                    _codes(work, "state"),
                    tuple(
                        _trial(own, certainties.get(iri, []))
                        for iri, own in _by(trials.get(value(way, "record"), []), "trial").items()
                    ),
                )
            )
    return tuple(dict.fromkeys(made))


def _trial(rows: list[Cells], certainties: list[Cells]) -> TrialFacts:
    row = rows[0]
    enrolled, randomised = value(row, "enrolled"), value(row, "randomised")
    certain = [
        (level.removesuffix("_certainty"), code(r, "basis") or "", value(r, "rule"))
        for r in certainties
        if (level := code(r, "certainty"))
    ]
    return TrialFacts(
        row["trial"].value,
        row["label"].value,
        code(row, "design"),
        None if randomised is None else randomised == "true",
        None if enrolled is None else int(enrolled),
        tuple(dict.fromkeys(certain)),
    )


def _assessments(ask: Ask) -> Mapping[tuple[str, str], tuple[AssessmentFacts, ...]]:
    evidence = _by(ask("trace-evidence"), "assessment")
    compared = _by(ask("trace-results"), "assessment")
    groups = _by(ask("trace-groups"), "result")
    outcomes, times = _by(ask("trace-outcomes"), "result"), _by(ask("trace-times"), "result")

    def result(row: Cells) -> ResultFacts:
        iri = row["result"].value
        return ResultFacts(
            iri,
            row["document_sha256"].value,
            int(row["start"].value),
            int(row["end"].value),
            _first(outcomes.get(iri, []), "outcome"),
            _first(times.get(iri, []), "time"),
            value(row, "p"),
            value(row, "p_comparator"),
            value(row, "estimate"),
            tuple(
                GroupFacts(g["group"].value, g["label"].value, value(g, "n"))
                for g in groups.get(iri, [])
            ),
        )

    made: dict[tuple[str, str], list[AssessmentFacts]] = defaultdict(list)
    for row in ask("trace-assessments"):
        iri = row["assessment"].value
        results = [result(r) for r in compared.get(iri, [])]
        passages = tuple(_passage(r, results) for r in evidence.get(iri, []))
        fact = AssessmentFacts(iri, code(row, "verdict") or "", row["sentence"].value, passages)
        made[row["claim"].value, row["marker"].value].append(fact)
    return {key: tuple(facts) for key, facts in made.items()}


def _passage(row: Cells, results: list[ResultFacts]) -> PassageFacts:
    where = span(row)
    inside = [
        r
        for r in results
        if r.document_sha256 == where.document_sha256
        and r.start < where.end
        and r.end > where.start
    ]
    return PassageFacts(row["passage"].value, where, code(row, "role"), tuple(inside))


def _by(rows: Iterable[Cells], name: str) -> dict[str | None, list[Cells]]:
    """Part rows by a cell's text, in the rows' own order."""
    found: dict[str | None, list[Cells]] = defaultdict(list)
    for row in rows:
        found[value(row, name)].append(row)
    return dict(found)


def _codes(rows: list[Cells], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for row in rows if (word := code(row, name))))


def _first(rows: list[Cells], name: str) -> str | None:
    return value(rows[0], name) if rows else None


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
