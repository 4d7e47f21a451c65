"""A claim that is a whole sentence of the record, word for word: the record bears it, slot by slot.

Whatever the program makes of the sentence's figures, it is the record's own sentence; it is never a
fault. A part of a sentence is no quotation in this sense, since what is left out may change it.
"""

from __future__ import annotations

import re

from kg.compare import explain
from kg.compare.draft import Comparison, SlotDraft
from kg.compare.slots import SLOT, slot_matches
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import CheckOutcome, Verdict


def quoted(claim: Reading, record: Reading) -> Comparison | None:
    """Return what holds of a claim that the record prints as a whole sentence; None of any other.

    Spelling of spaces, case and punctuation between words does not count.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Pain fell in the drug arm (p = .02). It rose on placebo.")
    >>> text = "Pain fell in the drug arm (p = .02)."
    >>> quoted(read_claim(text, 0, len(text), record), record).rule
    'sentence-of-the-record'
    >>> quoted(read_claim(text, 0, 12, record), record) is None
    True
    """
    own = [s for s in claim.sentences if s.start < s.end]
    pairs = [(mine, theirs) for mine in own if (theirs := _same(claim, mine, record))]
    if not own or len(pairs) < len(own):
        return None
    matched = [pair for mine, theirs in pairs for pair in _facts(claim, mine, record, theirs)]
    drafts = [
        draft
        for mine, theirs in matched
        for draft in _drafts(claim.facts[mine], record.facts[theirs], record)
    ]
    best = pairs[0][1]
    rule = "sentence-of-the-record"
    sentence = explain.sentence(Verdict.SUPPORTED, rule, (), drafts, record, best)
    evidence = tuple(dict.fromkeys((theirs.start, theirs.end) for _, theirs in pairs))
    return Comparison(
        Verdict.SUPPORTED, rule, sentence, tuple(drafts), (), evidence, tuple(matched)
    )


def _same(claim: Reading, mine: Sentence, record: Reading) -> Sentence | None:
    own = [w.lower for w in mine.tokens]
    alike = (s for s in record.sentences if len(s.tokens) == len(own))
    same = (s for s in alike if [w.lower for w in s.tokens] == own)
    return next((s for s in same if _signs(record, s) == _signs(claim, mine)), None)


def _signs(reading: Reading, sentence: Sentence) -> list[str]:
    """Return what no word carries and a figure does: ``p < .05`` is not ``p > .05``."""
    text = reading.text[sentence.start : sentence.end].replace("≤", "<=").replace("≥", ">=")
    return re.findall(r"[<>%±]", text)


def _facts(
    claim: Reading, mine: Sentence, record: Reading, theirs: Sentence
) -> list[tuple[int, int]]:
    """Pair the facts of the two sentences that stand at the same word."""
    places = {
        (theirs.word_at(f.start), f.sense): i
        for i, f in enumerate(record.facts)
        if f.sentence == theirs.index
    }
    own = [(i, f) for i, f in enumerate(claim.facts) if f.sentence == mine.index]
    pairs = [(i, places.get((mine.word_at(f.start), f.sense))) for i, f in own]
    return [(i, place) for i, place in pairs if place is not None]


def _drafts(fact: Fact, other: Fact, record: Reading) -> list[SlotDraft]:
    slot = SLOT[fact.figure.kind] if fact.figure else "direction"
    spans = (fact.start, fact.end), (other.start, other.end)
    own = SlotDraft(slot, CheckOutcome.MATCH, fact.phrase, other.phrase, *spans)
    return [own, *slot_matches(fact, other, record)]
