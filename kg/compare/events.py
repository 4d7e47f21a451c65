"""Events that a text denies, and events that it counts: *no deaths* against *one participant died*.

A denial is ``no`` with a noun phrase; what narrows the noun has to stand near the count as well, so
that *no related deaths* is not opposed by a death.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, MentionKind, Part, Verdict
from kg.text.lexicon import Concept, categories

_SILENT = {Part.METHODS, Part.OBJECTIVE, Part.TITLE, Part.BACKGROUND}
_EVENTS = {"condition", "outcome"}
_REACH = 14
_NAME = 6
_OCCURRED = 5
_NARROWING = re.compile(  # "no event was attributed to the vaccine", "no rash led to withdrawal"
    r"\b(?:attribut|ascrib|relat|link|due to|caused|led to|leading|requir|need|result)", re.I
)


@dataclass(frozen=True, slots=True)
class Denial:
    """An event that a sentence denies: its head noun, and the keys of what narrows it."""

    sentence: Sentence
    head: Concept
    others: frozenset[str]


def denied_and_counted(reading: Reading) -> Iterator[tuple[Sentence, Sentence, str]]:
    """Yield passages that deny an event and passages that count it, with a sentence on both.

    >>> from kg.extract.reading import read_record
    >>> text = "No rash was seen. Later, one man in the drug arm had a mild rash."
    >>> [told for _, _, told in denied_and_counted(read_record(text))]
    ['One passage denies “rash”, the other counts it: one.']
    """
    found = [d for s in reading.sentences if s.part not in _SILENT for d in denials(reading, s)]
    seen: set[tuple[int, int]] = set()
    for denial in found:
        for sentence in reading.sentences:
            pair = (denial.sentence.index, sentence.index)
            if sentence.part in _SILENT or pair in seen or sentence is denial.sentence:
                continue
            count = counted(sentence, denial)
            if count is not None:
                seen.add(pair)
                name = reading.text[denial.head.start : denial.head.end]
                told = f"One passage denies “{name}”, the other counts it: {count}."
                yield denial.sentence, sentence, told


def denials(reading: Reading, sentence: Sentence) -> Iterator[Denial]:
    """Yield each event that a ``no …`` denies: the head of its noun phrase, what narrows it."""
    for cue in sentence.cues:
        if cue.kind not in {"negation", "null"} or cue.phrase.split()[0] != "no":
            continue
        first = cue.first + 1
        for names in _conjuncts(reading, sentence, first):
            head = names[-1]
            if head.key == "=patient":  # ``no patient died``
                head = _happened(sentence, head) or head
            if head.key != "=patient":
                yield Denial(sentence, head, frozenset(c.key for c in names[:-1]) - {"=patient"})


def _happened(sentence: Sentence, patient: Concept) -> Concept | None:
    """Return the event that befell nobody: ``no patient died``, ``none had a relapse``."""
    after = [c for c in sentence.concepts if c.first > patient.last][:1]
    between = sentence.tokens[patient.last + 1 : after[0].first] if after else ()
    told = bool(after) and categories().get(after[0].key) in _EVENTS
    return after[0] if told and all(w.lower in _BEFELL for w in between) else None


def _conjuncts(reading: Reading, sentence: Sentence, first: int) -> Iterator[list[Concept]]:
    """Yield the noun phrases that follow a denial: ``no A B or C D`` gives two."""
    names: list[Concept] = []
    resting = False
    for index in range(first, min(len(sentence.tokens), first + 2 * _REACH)):
        token = sentence.tokens[index]
        gap = reading.text[sentence.tokens[index - 1].end : token.start]
        figure = any(f.start <= token.start < f.end for f in sentence.figures)
        resumes = token.lower in {"or", "nor"}
        ends = token.lower in _ENDS or figure or ";" in gap or token.lower == "and" or "," in gap
        if names and (resumes or ends):
            yield names
            names = []
        resting = (resting or ends) and not resumes
        if not resting and not resumes and len(names) < _NAME:
            names += [c for c in sentence.concepts if c.first == index]
    if names:
        yield names


_BEFELL = {"had", "has", "have", "developed", "experienced", "suffered", "a", "an", "any"}
_ENDS = {
    "was", "were", "occurred", "at", "in", "during", "is", "are", "had", "has", "have", "after",
    "by", "with", "among", "between", "for", "to", "but", "whereas", "while", "seen", "of", "on",
    "when", "than", "within", "over", "from", "that", "which", "been",
}  # fmt: skip


def counted(sentence: Sentence, denial: Denial) -> str | None:
    """Return the printed count of a denied event, if a sentence counts it."""
    own = sentence.heading | {
        c.key
        for c in sentence.concepts
        if not any(g.start <= c.start < g.end for g in sentence.groups)
    }
    if denial.others and not denial.others & own:
        return None
    for concept in sentence.concepts:
        if concept.key != denial.head.key:
            continue
        clause = sentence.layout.clause[concept.first]
        for figure in sentence.figures:
            position = sentence.word_at(figure.start)
            near = -2 <= concept.first - position <= _REACH or (
                0 < position - concept.last <= _OCCURRED
                and sentence.tokens[position - 1].lower == "in"
            )
            counts = figure.kind in {MentionKind.COUNT, MentionKind.NUMBER}
            if near and counts and figure.value and sentence.layout.clause[position] == clause:
                return figure.printed
    return None


def counted_against(claim: Reading, record: Reading) -> tuple[Denial, Sentence, str] | None:
    """Return an event that a claim denies and a record counts, unless the record denies it, too.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("One woman in the drug arm died. No rash was seen.")
    >>> text = "No deaths occurred."
    >>> found = counted_against(read_claim(text, 0, len(text), record), record)
    >>> found[2]
    'One'
    """
    told = {d.head.key for s in record.sentences for d in denials(record, s)}
    for mine in claim.sentences:
        groups = {key for m in mine.groups for key in m.keys}
        for denial in denials(claim, mine):
            narrowed = _NARROWING.search(claim.text, denial.head.end, mine.end) is not None
            if denial.head.key in told or narrowed or _is_of_some(mine, denial):
                continue
            for sentence in record.sentences:
                theirs = {key for m in sentence.groups for key in m.keys}
                if sentence.part in _SILENT or (groups and theirs and not groups & theirs):
                    continue
                count = counted(sentence, denial)
                if count is not None:
                    return denial, sentence, count
    return None


def _is_of_some(mine: Sentence, denial: Denial) -> bool:
    """Whether the event is denied of so many only: ``24 of the women had no relapse``."""
    clause = mine.layout.clause[denial.head.first]
    kinds = {MentionKind.COUNT, MentionKind.PERCENT}
    return any(
        f.kind in kinds and f.end <= denial.head.start
        and mine.layout.clause[mine.word_at(f.start)] == clause
        for f in mine.figures
    )  # fmt: skip


def denied_against(claim: Reading, record: Reading) -> tuple[Denial, Sentence, str] | None:
    """Return an event that a claim counts and a record denies, unless the record counts it, too.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("No deaths occurred.")
    >>> text = "Three patients died."
    >>> found = denied_against(read_claim(text, 0, len(text), record), record)
    >>> found[2]
    'Three'
    """
    for theirs, denial in _denied_only(record):
        groups = {key for m in theirs.groups for key in m.keys}
        for mine in claim.sentences:
            named = {key for m in mine.groups for key in m.keys}
            count = counted(mine, denial)
            apart = groups and not groups & named  # of one arm only it is denied
            if count is not None and not apart:
                return denial, mine, count
    return None


@lru_cache(maxsize=8)
def _denied_only(record: Reading) -> tuple[tuple[Sentence, Denial], ...]:
    """Return the events that a record denies and nowhere counts; *no changes* denies none."""
    told = [s for s in record.sentences if s.part not in _SILENT]
    return tuple(
        (theirs, denial) for theirs in told for denial in denials(record, theirs)
        if categories().get(denial.head.key) in _EVENTS
        and not any(counted(s, denial) for s in record.sentences if s is not theirs)
    )  # fmt: skip


def denied_events(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield an event that the claim denies and the record counts."""
    found = counted_against(claim, record)
    if found is not None:
        denial, sentence, count = found
        name = claim.text[denial.head.start : denial.head.end]
        yield FaultDraft(
            FaultCode.WRONG_DIRECTION, "polarity", "denied-event-is-counted", Verdict.CONTRADICTED,
            f"no {name}", count, (denial.head.start, denial.head.end),
            (sentence.start, sentence.end), f"counts what the claim denies (“{name}”): {count}",
        )  # fmt: skip


def counted_events(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield an event that the claim counts and the record denies."""
    found = denied_against(claim, record)
    if found is not None:
        denial, sentence, count = found
        name = record.text[denial.head.start : denial.head.end]
        yield FaultDraft(
            FaultCode.WRONG_VALUE, "count", "counted-event-is-denied", Verdict.CONTRADICTED,
            count, f"no {name}", (sentence.start, sentence.end),
            (denial.sentence.start, denial.sentence.end),
            f"denies what the claim counts: no {name}",
        )  # fmt: skip
