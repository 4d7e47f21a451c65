"""From facts to frames: results whose group, outcome and time are nodes of the document's own.

A p-value with its slots makes one result; a direction told without a p makes one; an effect, a
percentage or a mean joins the result that its bracket belongs to. A fact of two arms that are
listed together makes a result for each of them, since a figure belongs to exactly one group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kg.extract.facts import ALL_TIMES
from kg.extract.figure import Figure
from kg.extract.groups import POOLED, LearnedGroup
from kg.extract.phrases import Span, outcome_phrase, panel_phrase
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import (
    Comparator,
    Direction,
    Document,
    Dose,
    Group,
    GroupKind,
    Mention,
    MentionKind,
    Modality,
    Outcome,
    Passage,
    Polarity,
    ResultSlots,
    TimePoint,
)
from kg.terms import canonical_decimal, node_id
from kg.text.abbreviations import defined
from kg.text.filler import plain
from kg.text.lexicon import concepts
from kg.text.tokens import words

DIRECTION = {
    "up": Direction.INCREASE, "down": Direction.DECREASE, "better": Direction.IMPROVEMENT,
    "worse": Direction.WORSENING, "null": Direction.NO_DIFFERENCE,
    "different": Direction.DIFFERENCE,
}  # fmt: skip
_ESTIMATES = {MentionKind.EFFECT, MentionKind.PERCENT, MentionKind.MEASURE}
_GENERIC = {"=concentration", "=score"} | {
    w.stem
    for w in words("level levels concentration concentrations score scores value serum plasma")
}
_P_NAME = re.compile(r"\A[Pp][\s-]*(?:values?)?\s*(?:of|was|is)?\s*[=<>≤≥~≈]{0,2}\s*")
_JOINING = {*_ESTIMATES, MentionKind.INTERVAL, MentionKind.SAMPLE_SIZE}


@dataclass(slots=True)
class Frames:
    """Collects the nodes of one document while its results are made.

    :param reading: what is read in it; of an answer, one statement after the other
    :param terms: id of the record in whose terms an answer is read; empty for a record itself
    :param made_from: position of a fact of the reading → ids of the results made from it
    """

    document: Document
    reading: Reading
    terms: str = ""
    groups: dict[str, Group] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    times: dict[str, TimePoint] = field(default_factory=dict)
    doses: dict[str, Dose] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    made_from: dict[int, list[str]] = field(default_factory=dict)
    long_forms: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn the document's own abbreviations."""
        self.long_forms = defined(self.reading.text)

    # -- nodes ---------------------------------------------------------------------------------

    def passage(self, start: int, end: int, sentence: Sentence | None = None) -> str:
        """Return the id of a passage, made if it is new."""
        part = sentence.part if sentence else None
        made = self.document.passage(start, end, part)
        return self.passages.setdefault(made.id, made).id

    def group(self, key: str, printed: str | None = None) -> str:
        """Return the id of the group of a lexicon's key; ``*`` pools all arms."""
        if key == POOLED:
            return self._pool(printed)
        learned = self.reading.lexicon.get(key)
        made_id = group_id(self.document.id, key, self.terms)
        if made_id not in self.groups and self.terms:
            label = printed or (learned.label if learned else key)
            received = self._received(learned, label)
            self.groups[made_id] = Group(
                made_id, self.document.id, GroupKind.ARM, label, received=received
            )
        elif made_id not in self.groups:
            label = learned.label if learned else (printed or key)
            self.groups[made_id] = Group(
                made_id, self.document.id, GroupKind.ARM, label,
                tuple(sorted(self._names(key) - {label})),
                learned.n if learned else None, self._received(learned, label),
            )  # fmt: skip
        return made_id

    def _names(self, key: str) -> set[str]:
        """Return every form in which the document prints a group's name."""
        return {
            " ".join(plain(self.reading.text[m.start : m.end]).split())
            for sentence in self.reading.sentences
            for m in sentence.groups
            if m.keys == {key}
        }

    def _pool(self, printed: str | None) -> str:
        made_id = group_id(self.document.id, POOLED, self.terms)
        if made_id not in self.groups:
            learned = () if self.terms else self.reading.lexicon.groups
            arms = tuple(sorted(self.group(g.key) for g in learned))
            sizes = [g.n for g in learned]
            n = sum(n for n in sizes if n) if sizes and all(sizes) else None
            label = printed or "all groups"
            self.groups[made_id] = Group(
                made_id, self.document.id, GroupKind.POOLED, label, (), n, None, arms
            )
        return made_id

    def _received(self, learned: LearnedGroup | None, printed: str) -> str | None:
        if learned is None or learned.dose is None:
            return None
        value, unit = learned.dose
        made_id = node_id("dose", self.document.id, canonical_decimal(value), unit)
        counted = unit.partition("{")[2].rstrip("}") or None
        self.doses.setdefault(
            made_id, Dose(made_id, self.document.id, printed, value, unit or None, counted)
        )
        return made_id

    def outcome(self, span: Span) -> str:
        """Return the id of the outcome a stretch names; two names of one thing are one node."""
        printed = " ".join(plain(self.reading.text[slice(*span)]).split())
        content = concepts(words(self.reading.text, *span), self.reading.abbreviations)
        keys = {c.key for c in content}
        key = " ".join(sorted(keys - _GENERIC or keys)) or printed.lower()
        made_id = node_id("outcome", self.document.id, key)
        known = self.outcomes.get(made_id)
        label = self.long_forms.get(printed, printed)
        if known is None:
            names: tuple[str, ...] = (printed,) if printed != label else ()
            self.outcomes[made_id] = Outcome(made_id, self.document.id, label, names)
        elif printed not in {known.label, *known.aliases}:
            names = tuple(sorted({*known.aliases, printed}))
            self.outcomes[made_id] = replace(known, aliases=names)
        return made_id

    def time(self, days: Decimal, printed: str) -> str:
        """Return the id of a time point; the first printed form is kept."""
        made_id = time_id(self.document.id, days)
        point = TimePoint(made_id, self.document.id, printed, Decimal(canonical_decimal(days)))
        self.times.setdefault(made_id, point)
        return made_id

    def mention(self, figure: Figure, kind: MentionKind | None = None) -> str:
        """Return the id of a typed figure's node."""
        passage = self.passage(figure.start, figure.end)
        made_id = node_id("mention", passage)
        self.mentions[made_id] = Mention(
            made_id, passage, kind or figure.kind, figure.printed, _bounded(figure.value),
            _bounded(figure.upper), figure.comparator, figure.unit, figure.entity,
            _bounded(figure.level), _bounded(figure.spread), _bounded(figure.total),
        )  # fmt: skip
        return made_id

    # -- results -------------------------------------------------------------------------------

    def results(
        self, make: type[ResultSlots], facts: Iterable[int], stated_in: Span | None = None
    ) -> list[ResultSlots]:
        """Make the results of some facts of the reading, in text order.

        :param make: ``ReportedResult`` or ``ClaimedResult``
        :param facts: positions in the reading's facts, all of one sentence
        :param stated_in: the passage that says it; the sentence if not given
        """
        positions = sorted(facts)
        made: list[ResultSlots] = []
        for head, joined in _bundles(self.reading, positions):
            for result in self._expanded(make, head, joined, stated_in):
                made.append(result)
                for position in (*head, *joined):
                    self.made_from.setdefault(position, []).append(result.id)
        return made

    def _expanded(
        self,
        make: type[ResultSlots],
        head: Sequence[int],
        joined: Sequence[int],
        stated_in: Span | None,
    ) -> Iterator[ResultSlots]:
        lead = self.reading.facts[head[0]]
        sentence = self.reading.sentences[lead.sentence]
        told = self._direction(lead, sentence)
        figures = [f for p in (*head, *joined) if (f := self.reading.facts[p].figure)]
        shared = self._slots(lead, told, sentence, figures)
        keys = sorted(lead.groups) or [""]
        times: list[Decimal | None] = [*sorted(t for t in lead.times if t != ALL_TIMES)] or [None]
        span = stated_in or (sentence.start, sentence.end)
        passage = self.passage(*span, sentence)
        for key in keys:
            for days in times:
                made_id = node_id(
                    make.__name__.lower(), self.document.id, lead.start, lead.end, key, days, *span
                )
                yield make(
                    made_id, self.document.id, passage,
                    group=self._named_group(sentence, key) if key else None,
                    time_point=self._named_time(sentence, days),
                    **shared,
                )  # fmt: skip

    def _named_group(self, sentence: Sentence, key: str) -> str:
        return self.group(key, _printed_group(self.reading, sentence, key))

    def _named_time(self, sentence: Sentence, days: Decimal | None) -> str | None:
        return None if days is None else self.time(days, _printed_time(sentence, days))

    def _direction(self, lead: Fact, sentence: Sentence) -> Fact | None:
        """Return the direction word that governs a figure: the nearest one in its clause."""
        if lead.figure is None:
            return lead
        told = [f for f in self.reading.facts if f.sentence == sentence.index and f.figure is None]
        here = [f for f in told if f.clause == lead.clause]
        before = [f for f in here if f.start < lead.start]
        return before[-1] if before else (here[0] if here else None)

    def _slots(
        self, lead: Fact, told: Fact | None, sentence: Sentence, figures: Sequence[Figure]
    ) -> dict[str, Any]:
        at = told or lead
        span = outcome_phrase(self.reading.text, sentence, at.start, at.clause)
        span = panel_phrase(self.reading, sentence) or span
        reference = sorted(lead.reference or (told.reference if told else frozenset()))
        slots: dict[str, Any] = {
            "outcome": self.outcome(span) if span else None,
            "comparator_group": self.group(reference[0]) if reference else None,
            "direction": DIRECTION[told.sense] if told else None,
            "comparison": lead.comparison or (told.comparison if told else None),
            "significant": lead.significant if told is None else told.significant,
            "modality": Modality.MAY if at.hedged else Modality.OBSERVED,
            "polarity": Polarity.NEGATED if at.sense == "null" else Polarity.AFFIRMED,
            "superlative": _superlative(sentence, at),
            "excepted": self._excepted(sentence, at),
            "mentions": tuple(sorted({self.mention(f) for f in figures})),
        }
        for figure in figures:
            _fill(slots, figure)
        return slots

    def _excepted(self, sentence: Sentence, at: Fact) -> tuple[str, ...]:
        if not at.excepted:
            return ()
        cues = [c.end for c in sentence.cues if c.kind == "exception" and c.end > at.start]
        after = min(cues, default=at.start)
        named = [c for c in sentence.concepts if c.key in at.excepted and c.start >= after]
        groups = [g for g in sentence.groups if any(g.start <= c.start < g.end for c in named)]
        spans = {(g.start, g.end) for g in groups} or {(c.start, c.end) for c in named}
        return tuple(sorted({plain(self.reading.text[start:end]) for start, end in spans}))


def group_id(document: str, key: str, terms: str = "") -> str:
    """Name the group of a lexicon's key; an answer's groups are named in the terms of a record."""
    return node_id("group", document, *([terms] if terms else []), key)


def time_id(document: str, days: Decimal) -> str:
    """Name the time point of a document that lies so many days after its anchor."""
    return node_id("time", document, canonical_decimal(days))


def _bounded(value: Decimal | None) -> Decimal | None:
    """Round to the digits that every store keeps."""
    return None if value is None else Decimal(canonical_decimal(value))


def _bundles(reading: Reading, positions: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the facts that make one result: the leading one first, then figures that join it."""
    facts = reading.facts
    figures = [p for p in positions if facts[p].figure is not None]
    leads = [p for p in figures if _kind(facts[p]) is MentionKind.P_VALUE]
    free = [p for p in figures if _kind(facts[p]) in _JOINING]
    taken: set[int] = set()
    for order, lead in enumerate(leads):
        floor = facts[leads[order - 1]].end if order else -1
        own = [
            p for p in free
            if p not in taken and floor <= facts[p].start
            and facts[p].clause == facts[lead].clause and facts[p].sentence == facts[lead].sentence
            and (facts[p].start < facts[lead].start or lead == leads[-1])
            and _may_share(facts[p].groups, facts[lead].groups)
        ]  # fmt: skip
        taken |= set(own)
        yield [lead], own
    told = {(facts[p].sentence, facts[p].clause) for p in leads}
    for position in positions:
        fact = facts[position]
        rest = [
            p for p in leads if (facts[p].sentence, facts[p].clause) == (fact.sentence, fact.clause)
        ]
        apart = fact.groups and not any(facts[p].groups & fact.groups for p in rest)
        if fact.figure is None and ((fact.sentence, fact.clause) not in told or apart):
            own = [
                p for p in free
                if p not in taken
                and (facts[p].sentence, facts[p].clause) == (fact.sentence, fact.clause)
                and (not facts[p].groups or facts[p].groups == fact.groups)
            ]  # fmt: skip
            taken |= set(own)
            yield [position], own
    for position in free:
        if (
            position not in taken
            and facts[position].groups
            and _kind(facts[position]) in _ESTIMATES
        ):
            yield [position], []


def _may_share(one: frozenset[str], two: frozenset[str]) -> bool:
    return not one or not two or one == two


def _kind(fact: Fact) -> MentionKind | None:
    return fact.figure.kind if fact.figure else None


def _fill(slots: dict[str, Any], figure: Figure) -> None:
    """Put a figure into the slot of its kind; the first of a kind stays."""
    if figure.kind is MentionKind.P_VALUE and "p_printed" not in slots:
        slots["p_comparator"] = figure.comparator
        slots["p_value"] = None if figure.comparator is Comparator.NS else _bounded(figure.value)
        slots["p_printed"] = _P_NAME.sub("", figure.printed) or figure.printed
    elif figure.kind is MentionKind.INTERVAL and "ci_lower" not in slots:
        slots |= {"ci_lower": _bounded(figure.value), "ci_upper": _bounded(figure.upper),
                  "ci_level": _bounded(figure.level)}  # fmt: skip
    elif figure.kind is MentionKind.SAMPLE_SIZE and "n" not in slots:
        whole = figure.value is not None and figure.value == figure.value.to_integral_value()
        slots["n"] = int(figure.value) if whole and figure.value is not None else None
    elif figure.kind in _ESTIMATES and "estimate_printed" not in slots and figure.value is not None:
        slots |= {"estimate": _bounded(figure.value), "estimate_printed": figure.printed,
                  "estimate_type": figure.entity or figure.kind.value,
                  "unit": figure.unit}  # fmt: skip


def _superlative(sentence: Sentence, at: Fact) -> str | None:
    for cue in sentence.cues:
        if cue.kind == "superlative" and sentence.layout.clause[cue.first] == at.clause:
            return cue.phrase
    return None


def _printed_group(reading: Reading, sentence: Sentence, key: str) -> str | None:
    for mention in sentence.groups:
        if key in mention.keys and len(mention.keys) == 1:
            return plain(reading.text[mention.start : mention.end])
    return None


def _printed_time(sentence: Sentence, days: Decimal) -> str:
    printed = (f.printed for f in sentence.figures if f.days == days)
    return next(printed, f"{canonical_decimal(days)} days")
