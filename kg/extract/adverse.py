"""Adverse events that a record reports: how many people had one, in which group, and when.

A denied event (``no serious adverse events``) is reported with the count 0. Causality is only what
the words say: *related* and *unrelated*, else not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.frames import Frames
from kg.extract.groups import POOLED
from kg.extract.reading import Sentence
from kg.model import AdverseEventReport, MentionKind, Part, Relatedness
from kg.terms import node_id
from kg.text.filler import plain
from kg.text.lexicon import Concept

_EVENTS = {
    "=adverse-event", "=serious-adverse-event", "=death", "=reaction", "=complication", "=toxicity",
}  # fmt: skip
_SKIPPED = {
    Part.TITLE, Part.METHODS, Part.BACKGROUND, Part.OBJECTIVE, Part.KEYWORDS, Part.REGISTRATION,
}  # fmt: skip
_UNRELATED = re.compile(
    r"\b(?:unrelated|not related|not attributed|not considered related)\b", re.I
)
_RELATED = re.compile(r"\b(?:treatment-related|drug-related|related to|attributed to)\b", re.I)
_SERIOUS = re.compile(r"\bserious\b", re.I)
_DENIALS = {"no", "none", "not", "neither", "without", "never"}
_REACH = 12


def adverse_events(frames: Frames) -> Iterator[AdverseEventReport]:
    """Yield what the record reports, in text order, each event of a clause once."""
    for sentence in frames.reading.sentences:
        if sentence.part in _SKIPPED:
            continue
        seen: set[tuple[str, int]] = set()
        for concept in sentence.concepts:
            where = concept.key, sentence.layout.clause[concept.first]
            if concept.key in _EVENTS and where not in seen:
                count = _count(sentence, concept)
                if count is not None:
                    seen.add(where)
                    yield _event(frames, sentence, concept, count)


def _count(sentence: Sentence, concept: Concept) -> int | None:
    """Return the count of people or events that stands nearest before an event; a denial is 0."""
    clause = sentence.layout.clause[concept.first]
    told: list[tuple[int, int]] = []
    for figure in sentence.figures:
        if figure.kind in {MentionKind.COUNT, MentionKind.NUMBER} and figure.value is not None:
            position = sentence.word_at(figure.start)
            near = -2 <= concept.first - position <= _REACH
            whole = figure.value == figure.value.to_integral_value()
            if near and whole and sentence.layout.clause[position] == clause:
                told.append((position, int(figure.value)))
    for cue in sentence.cues:
        denied = cue.kind in {"negation", "null"} and cue.phrase.split()[0] in _DENIALS
        if denied and cue.first < concept.first and sentence.layout.clause[cue.first] == clause:
            told.append((cue.first, 0))
    return max(told)[1] if told else None


def _event(frames: Frames, sentence: Sentence, concept: Concept, count: int) -> AdverseEventReport:
    text = frames.reading.text
    start, end = _named(sentence, concept)
    event = " ".join(plain(text[start:end]).split())
    passage = frames.passage(sentence.start, sentence.end, sentence)
    told = text[sentence.start : sentence.end]
    related = Relatedness.NOT_STATED
    if _UNRELATED.search(told):
        related = Relatedness.UNRELATED
    elif _RELATED.search(told):
        related = Relatedness.RELATED
    grave = concept.key in {"=serious-adverse-event", "=death"} or bool(_SERIOUS.search(event))
    return AdverseEventReport(
        node_id("adverse-event", passage, concept.key, start), frames.document.id, event, passage,
        _group(frames, sentence, concept), count, None, True if grave else None,
        _onset(frames, sentence, concept), related,
    )  # fmt: skip


def _named(sentence: Sentence, concept: Concept) -> tuple[int, int]:
    """Widen the event's name by the qualifiers that stand before it."""
    first = concept.first
    narrowing = {
        i for c in sentence.cues if c.kind == "serious" for i in range(c.first, c.last + 1)
    }
    while first - 1 in narrowing:
        first -= 1
    return sentence.tokens[first].start, concept.end


def _onset(frames: Frames, sentence: Sentence, concept: Concept) -> str | None:
    """Return the time that follows the event before another event does, else one before it."""
    others = [c.start for c in sentence.concepts if c.key in _EVENTS and c.start > concept.end]
    stop = min(others, default=sentence.end)
    times = [
        f
        for f in sentence.figures
        if f.kind is MentionKind.TIME and f.days is not None and not f.upper
    ]
    after = [f for f in times if concept.end <= f.start < stop]
    before = [f for f in times if f.end <= concept.start]
    for chosen in (*after[:1], *before[-1:]):
        if chosen.days is not None:
            return frames.time(chosen.days, chosen.printed)
    return None


def _group(frames: Frames, sentence: Sentence, concept: Concept) -> str | None:
    """Return the one group that the event's clause names: the nearest after it, else before."""
    clause = sentence.layout.clause[concept.first]
    here = [
        m for m in sentence.groups if sentence.layout.clause[sentence.word_at(m.start)] == clause
    ]
    pooled = [m for m in here if POOLED in m.keys]
    single = [m for m in here if len(m.keys) == 1]
    if pooled:
        return frames.group(POOLED)
    keys = {key for m in single for key in m.keys}
    return frames.group(keys.pop()) if len(keys) == 1 else None
