"""What the pages show, looked up in the store by catalogued queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg import queries
from kg.errors import UsageError
from kg.model import DocumentText
from kg.report.passages import Run, marked
from kg.report.wording import VerdictWording, verdict_wording, verdict_wordings
from kg.store import Term
from kg.terms import contract, expand
from kg.text.filler import plain
from kg.trace import text_of
from kg.trace.facts import code, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.web.site import Site

    Cells = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the store; ``key`` names it in addresses."""

    iri: str
    key: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A stretch of an answer: a statement with its verdict, or what stands between two."""

    text: str
    key: str | None = None
    short: str = ""
    kind: str = ""
    verdict: VerdictWording | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as written, cut at its statements.

    :param counts: each verdict that occurs, with how often
    :param sections: heading → verdict → how often
    """

    document: Held
    stretches: tuple[Stated, ...]
    counts: tuple[tuple[VerdictWording, int], ...]
    sections: Mapping[str, Counter[str]]

    @property
    def statements(self) -> int:
        """How many statements the answer makes."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A record or an answer as it was read, with the passages that something rests on marked.

    :param runs: the text, each run with the passages that it belongs to
    :param uses: passage → what rests on it
    """

    document: Held
    runs: tuple[Marked, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of a source's text; ``anchor`` names the passage that begins with it."""

    text: str
    marked: bool
    chosen: bool
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Use:
    """A statement that rests on a passage."""

    start: int
    end: int
    key: str
    short: str
    verdict: VerdictWording


def ask(site: Site, name: str, **given: str) -> tuple[Cells, ...]:
    """Run a catalogued query in this process; only look-ups are asked so."""
    terms = {key: Term.iri(iri) for key, iri in given.items()}
    return tuple(queries.run(site.store, name, site.base, **terms).terms())


def key_of(site: Site, iri: str) -> str:
    """Return what stands for a node in an address: its id without its kind."""
    return contract(iri, site.base).partition("/")[2]


def answers(site: Site) -> tuple[Held, ...]:
    """List the answers."""
    return tuple(_held(site, row) for row in ask(site, "answers"))


def documents(site: Site) -> tuple[Held, ...]:
    """List the documents, answers included."""
    return tuple(_held(site, row) for row in ask(site, "documents"))


def document(site: Site, key: str) -> Held | None:
    """Find a document by what stands for it in an address."""
    iri = expand(f"doc/{key}", site.base)
    try:
        rows = ask(site, "document", node=iri)
    except UsageError:
        return None  # what cannot be written as an IRI names no document
    return Held(iri, key, rows[0]["name"].value, rows[0]["sha256"].value) if rows else None


def answer(site: Site, held: Held) -> AnswerView:
    """Cut an answer at its statements; where the graph lacks its text, only ids are shown."""
    text = text_of(site.store, held.sha256)
    verdicts = {
        row["statement"].value: code(row, "verdict")
        for row in ask(site, "verdicts-of-answer", node=held.iri)
    }
    headings = [
        (int(row["start"].value), row["label"].value)
        for row in ask(site, "headings-of-answer", node=held.iri)
    ]
    at = text.begins if text else 0
    stretches: list[Stated] = []
    sections: dict[str, Counter[str]] = {}
    counted: Counter[str] = Counter()
    for row in ask(site, "statements-of-answer", node=held.iri):
        start, end = int(row["start"].value), int(row["end"].value)
        if start > at:
            stretches.append(Stated(_cut(text, at, start)))
        verdict = verdict_wording(verdicts.get(row["statement"].value))
        section = next((label for place, label in reversed(headings) if place < start), "")
        counted[verdict.code] += 1
        sections.setdefault(section, Counter())[verdict.code] += 1
        stretches.append(
            Stated(
                _cut(text, max(start, at), end), key_of(site, row["statement"].value),
                row["short"].value, (code(row, "kind") or "").replace("_", " "), verdict, section,
            )
        )  # fmt: skip
        at = max(at, end)
    if text and at < text.begins + len(text.text):
        stretches.append(Stated(_cut(text, at, text.begins + len(text.text))))
    told = tuple((w, counted[w.code]) for w in _all_wordings() if counted[w.code])
    return AnswerView(held, tuple(stretches), told, sections)


def source(site: Site, held: Held, chosen: tuple[int, int] | None) -> SourceView:
    """Mark the passages of a document that something rests on, and the one that was asked for."""
    text = text_of(site.store, held.sha256)
    uses = tuple(
        Use(
            int(row["start"].value), int(row["end"].value), key_of(site, row["statement"].value),
            row["short"].value, verdict_wording(code(row, "verdict")),
        )
        for row in ask(site, "evidence-in-document", node=held.iri)
    )  # fmt: skip
    spans = {(use.start, use.end) for use in uses} | ({chosen} if chosen else set())
    if text is None:
        return SourceView(held, (), uses)
    begins, ends = text.begins, text.begins + len(text.text)
    edges = sorted({begins, ends, *(e for s in spans for e in s if begins <= e <= ends)})
    runs = []
    for left, right in pairwise(edges):
        over = [span for span in spans if span[0] <= left and right <= span[1]]
        anchors = [f"char={a},{b}" for a, b in sorted(spans) if a == left]
        runs.append(
            Marked(
                plain(text.cut(left, right)), bool(over), chosen in over,
                anchors[-1] if anchors else None,
            )
        )  # fmt: skip
    return SourceView(held, tuple(runs), uses)


def runs_of(
    text: DocumentText | None, start: int, end: int, marks: Iterable[tuple[int, int]]
) -> tuple[Run, ...]:
    """Cut a stretch into marked and unmarked runs; none where the graph lacks the text."""
    if text is None:
        return ()
    return tuple(Run(plain(run.text), run.marked) for run in marked(text, start, end, marks))


def span_in(site: Site, row: Cells, name: str) -> tuple[str, int, int] | None:
    """Read a passage's document and offsets out of its name (RFC 5147)."""
    iri = value(row, name)
    node, sign, place = (iri or "").partition("#char=")
    start, comma, end = place.partition(",")
    if not sign or not comma:
        return None
    return key_of(site, node), int(start), int(end)


def _held(site: Site, row: Cells) -> Held:
    iri = row["document"].value
    return Held(iri, key_of(site, iri), row["name"].value, row["sha256"].value)


def _cut(text: DocumentText | None, start: int, end: int) -> str:
    return plain(text.cut(start, end)) if text and end > start else ""


def _all_wordings() -> tuple[VerdictWording, ...]:
    return (*verdict_wordings(), verdict_wording(None))
