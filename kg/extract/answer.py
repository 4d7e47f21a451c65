r"""An answer's statements, markers, claims and advice, each tied to the passage that says it.

One bullet, step, table row or sentence of a paragraph makes one statement; what stands below a
heading inherits its condition. Frames are not made here.

>>> from kg.model import DocumentRole
>>> from kg.sources import read
>>> answer = read(b"Does it help?\n\nSafety\n\n- It is safe at 3 months. 4, 3\n", "a.txt",
...               DocumentRole.ANSWER)
>>> said = read_answer(answer)
>>> [(s.short_id, s.kind.value) for s in said.statements], sorted(m.label for m in said.markers)
([('s001', 'claim')], ['3', '4'])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.errors import KgError
from kg.extract import claims as claim_rules
from kg.extract.advice import Advice, advised_parts, find_advice
from kg.extract.kinds import heading_condition, kind_of, own_condition, section_role
from kg.extract.linked import all_markers
from kg.extract.markers import PrintedMarker, blanked, weak_style
from kg.model import (
    Claim,
    ClaimKind,
    Document,
    Dossier,
    Heading,
    Marker,
    Part,
    Passage,
    Recommendation,
    Segment,
    Source,
    Statement,
    StatementKind,
)
from kg.terms import node_id
from kg.text.sentences import sentences

_STATES = frozenset({Part.BULLET, Part.STEP, Part.PARAGRAPH, Part.TABLE_ROW})
_LISTED = frozenset({Part.BULLET, Part.STEP})


class NoStatementsError(KgError):
    """An answer in which nothing is a statement.

    :param name: the answer's name
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name}: an answer without statements",
            expected="bullets, steps, table rows or sentences that say something",
            hint="check that the file holds the answer's own text",
        )


@dataclass(frozen=True, slots=True)
class _Unit:
    """What will be one statement: its span, its sentences, and what stands above it.

    :param header: whether it is the first row of a table, which names its columns
    """

    segment: Segment
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    headings: tuple[Heading, ...]
    lead: str | None = None
    header: bool = False


@dataclass(slots=True)
class _Found:
    """The nodes found so far."""

    document: Document
    passages: list[Passage] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)

    def passage(self, start: int, end: int, part: Part) -> Passage:
        """Cut a passage and keep it."""
        passage = self.document.passage(start, end, part)
        self.passages.append(passage)
        return passage


def read_answer(source: Source) -> Dossier:
    """Read an answer: its document, passages, headings, statements, markers, claims and advice.

    Statements are numbered ``s001`` onward in text order; a claim's short id is its statement's,
    a dot and its ordinal. A statement's span includes its trailing markers, a claim's does not.

    :raises NoStatementsError: if nothing in it is a statement
    """
    found = _Found(source.document)
    units = list(_units(source, found))
    if not units:
        raise NoStatementsError(source.document.name)
    weak = weak_style(source.readable, [span for unit in units for span in unit.sentences])
    printed = [
        [m for span in unit.sentences for m in all_markers(source, *span, weak=weak)]
        for unit in units
    ]
    masked = blanked(source.readable, [m for own in printed for m in own])
    for number, (unit, own) in enumerate(zip(units, printed, strict=True), start=1):
        _state(masked, unit, own, f"s{number:03}", found)
    return Dossier(
        documents=(source.document,),
        passages=tuple(found.passages),
        headings=tuple(found.headings),
        statements=tuple(found.statements),
        markers=tuple(found.markers),
        claims=tuple(found.claims),
        recommendations=tuple(found.recommendations),
    ).normalised()


def _units(source: Source, found: _Found) -> Iterator[_Unit]:
    """Yield what will be statements, in text order, and note the headings above them."""
    above: list[Heading] = []
    lead: str | None = None
    segments = sorted(source.segments, key=lambda s: (s.start, -s.end))
    for segment, header in zip(segments, _headers(segments), strict=True):
        if segment.part in {Part.HEADING, Part.TITLE}:
            lead = None
            if segment.part is Part.HEADING:
                heading = _heading(source.readable, segment, found)
                above = [h for h in above if h.level < heading.level] + [heading]
        elif segment.part in _STATES:
            lead = lead if segment.part in _LISTED else None
            for spans in _spans(source.readable, segment):
                place = segment, spans[0][0], spans[-1][1], spans
                yield _Unit(*place, tuple(above), lead, header)
            lead = _lead(source.readable, segment) if segment.part is Part.PARAGRAPH else lead


def _headers(segments: Sequence[Segment]) -> list[bool]:
    """Tell which segments are the first of several table rows."""
    rows = [False, *(s.part is Part.TABLE_ROW for s in segments), False]
    return [rows[i] and not rows[i - 1] and rows[i + 1] for i in range(1, len(rows) - 1)]


def _heading(text: str, segment: Segment, found: _Found) -> Heading:
    passage = found.passage(segment.start, segment.end, segment.part)
    label = text[segment.start : segment.end].strip(" *_#\t\r\n")
    heading = Heading(
        node_id("heading", passage.id), found.document.id, passage.id, max(segment.level, 1),
        label, heading_condition(label),
    )  # fmt: skip
    found.headings.append(heading)
    return heading


def _lead(text: str, segment: Segment) -> str | None:
    """Return the condition that a lead-in such as ``If iron is low:`` sets for its list."""
    words_ = text[segment.start : segment.end].strip()
    return heading_condition(words_[:-1]) if words_.endswith(":") else None


def _spans(text: str, segment: Segment) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield the sentences of each statement: one of a paragraph, all of a bullet, step or row."""
    found = sentences(text, segment.start, segment.end)
    if segment.part is Part.PARAGRAPH:
        yield from ((span,) for span in found)
    elif segment.part is Part.TABLE_ROW and found:
        yield ((found[0][0], found[-1][1]),)
    elif found:
        yield tuple(found)


def _state(
    masked: str, unit: _Unit, printed: Sequence[PrintedMarker], short_id: str, found: _Found
) -> None:
    """Make one statement with its markers, claims and advice.

    :param masked: the answer's text with its markers blanked
    """
    part = unit.segment.part
    passage = found.passage(unit.start, unit.end, part)
    spans = [(low, low + len(masked[low:high].rstrip())) for low, high in unit.sentences]
    spans = [(claim_rules.past_label(masked, low, high), high) for low, high in spans]
    spans = [part for low, high in spans for part in advised_parts(masked, low, high)]
    advice = [find_advice(masked, low, high) for low, high in spans]
    role = section_role(h.label for h in unit.headings)
    kind = kind_of(masked[unit.start : unit.end], advice, role)
    kind = StatementKind.EDITORIAL if unit.header and not printed else kind
    if kind is StatementKind.EDITORIAL:
        advice = [None] * len(spans)
    statement = Statement(
        node_id("statement", passage.id), short_id, found.document.id, passage.id, kind,
        tuple(h.id for h in unit.headings), _condition(unit, own_condition(masked, spans, advice)),
    )  # fmt: skip
    found.statements.append(statement)
    _mark(printed, statement.id, part, found)
    claims = _claim(masked, list(zip(spans, advice, strict=True)), statement, part, found)
    if kind in {StatementKind.RECOMMENDATION, StatementKind.CONTRAINDICATION}:
        _advise(masked, unit, [a for a in advice if a], statement, claims, found)


def _condition(unit: _Unit, own: str | None) -> str | None:
    inherited = [h.condition for h in unit.headings] + [unit.lead, own]
    return "; ".join(dict.fromkeys(c for c in inherited if c)) or None


def _mark(printed: Sequence[PrintedMarker], statement: str, part: Part, found: _Found) -> None:
    document = found.document.id
    for marker in printed:
        passage = found.passage(marker.start, marker.end, part)
        found.markers.append(
            Marker(
                node_id("marker", passage.id, marker.label), statement, passage.id, marker.label,
                node_id("entry", document, marker.label),
            )
        )  # fmt: skip


def _claim(
    masked: str,
    parts: Sequence[tuple[tuple[int, int], Advice | None]],
    statement: Statement,
    part: Part,
    found: _Found,
) -> list[Claim]:
    """Make the claims of a statement; a remark about the text itself makes none to check."""
    made: list[Claim] = []
    for (low, high), advice in parts:
        for span in claim_rules.split(masked, low, high, advice):
            if span.end <= span.start:
                continue
            passage = found.passage(span.start, span.end, part)
            ordinal = len(made) + 1
            made.append(
                Claim(
                    node_id("claim", passage.id, span.kind.value, ordinal),
                    f"{statement.short_id}.{ordinal}", statement.id, passage.id, ordinal,
                    span.kind, span.core, span.material,
                    span.checkable and statement.kind is not StatementKind.EDITORIAL,
                    span.modality, span.polarity,
                )
            )  # fmt: skip
    found.claims += made
    return made


def _advise(
    text: str,
    unit: _Unit,
    advice: Sequence[Advice],
    statement: Statement,
    claims: Sequence[Claim],
    found: _Found,
) -> None:
    """Make the recommendations that a statement gives, each resting on the statement's reasons."""
    reasons = tuple(c.id for c in claims if c.kind not in {ClaimKind.ADVICE, ClaimKind.GLOSS})
    for ordinal, own in enumerate(advice):
        found.recommendations.append(
            Recommendation(
                node_id("recommendation", statement.id, *([ordinal] if ordinal else [])),
                statement.id, " ".join(text[own.start : own.end].split()), own.direction,
                own.strength, _condition(unit, own.condition), own.population, own.setting, reasons,
            )
        )  # fmt: skip
