"""What a claim puts on behind an *and*: a conjunct that says something of its own, unheard of.

``X relieved pain, and the wounds healed sooner``: the first conjunct stands in the record, of the
second it has no word. A conjunct is cut where a coordinator is followed by a verb of its own; it is
weighed by the words that name something, and only if no figure or direction of it was matched.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell with drugol. Nausea was seen in two patients.")
>>> text = "Drugol relieved pain, and it also lowered rates of syphilis."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.claimed for f in unheard_of(claim, record, {}, frozenset())]
['syphilis']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading, Sentence
from kg.extract.series import RESULT_KINDS
from kg.model import FaultCode, Verdict
from kg.text.lexicon import Concept, general_english

_COORDINATORS = {"and", "but", "plus"}
_REACH = 5
_MOVING = {"up", "down", "better", "worse", "null", "different"}
_FINITE = {
    "is", "are", "was", "were", "has", "have", "had", "does", "did", "can", "could", "may", "might",
    "will", "would", "should", "must", "fell", "rose", "went", "came", "took", "left", "let",
    "kept", "made", "cut", "gave", "got", "led", "felt", "held", "lost", "met", "ran", "saw",
    "slept", "spent", "stood", "told", "won", "grew", "began", "brought",
}  # fmt: skip
_SHORT = 5  # bed, red, need, speed
_PARTICIPLES = {
    "indeed", "hundred", "impaired", "advanced", "combined", "untreated", "based", "related",
    "induced", "treated", "compared", "followed", "needed",
}  # fmt: skip
_LEAST = 0.6
# What a conjunct may speak of without naming a thing: people, measures, words of judgement.
_NAMELESS = {
    "=patient", "=woman", "=man", "=child", "=adult", "=elderly", "=infant", "=arm", "=trial",
    "=treatment", "=frequency", "=concentration", "=number", "=score", "=mean", "=follow-up",
    "=baseline", "=compared", "=caused", "=days", "risk", "minut", "hour", "techniqu", "advic",
    "medical", "=safe", "=tolerated",
}  # fmt: skip


def unheard_of(
    claim: Reading, record: Reading, soft: Mapping[str, str], matched: frozenset[int]
) -> Iterator[FaultDraft]:
    """Yield the conjuncts of a claim that name something and of which the record has nothing.

    :param matched: facts of the claim that the record bears out; of a direction any may be meant
    """
    borne = [claim.facts[i].start for i in matched if claim.facts[i].figure is not None]
    for sentence in claim.sentences:
        for first, stop in list(_conjuncts(sentence))[1:]:
            start, end = sentence.tokens[first].start, sentence.tokens[stop - 1].end
            if not sentence.start <= start < sentence.end or any(start <= b < end for b in borne):
                continue
            named = [
                c for c in sentence.concepts if first <= c.first < stop and _names(c, sentence)
            ]
            unknown = [c for c in named if soft.get(c.key, c.key) not in record.rarity]
            if not unknown or len(unknown) < _LEAST * len(named):
                continue
            span = unknown[0].start, unknown[-1].end
            words = ", ".join(dict.fromkeys(claim.text[c.start : c.end] for c in unknown))
            yield FaultDraft(
                FaultCode.UNSUPPORTED_ADDITION, "clause", "clause-without-counterpart",
                Verdict.PARTIALLY_SUPPORTED, words, None, span, None,
                f"has nothing that answers to “{words}”",
            )  # fmt: skip


def _names(concept: Concept, sentence: Sentence) -> bool:
    """Whether a word names something: no group, no number, no word of general English."""
    words = sentence.tokens[concept.first : concept.last + 1]
    grouped = any(g.start <= concept.start < g.end for g in sentence.groups)
    figure = any(
        f.start <= concept.start < f.end and f.kind in RESULT_KINDS for f in sentence.figures
    )
    plain = all(w.stem in general_english() or not w.lower[:1].isalpha() for w in words)
    told = any(c.first <= concept.first <= c.last and c.kind in _MOVING for c in sentence.cues)
    return not (grouped or figure or plain or told) and concept.key not in _NAMELESS


def _conjuncts(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words that each have a verb of their own, first and stop."""
    tokens, layout = sentence.tokens, sentence.layout
    cuts = [
        position for position, token in enumerate(tokens)
        if token.lower in _COORDINATORS and not layout.bracket[position]
        and _has_verb(sentence, position + 1, position + 1 + _REACH)
        and _has_verb(sentence, 0, position)
    ]  # fmt: skip
    yield from pairwise([0, *(cut + 1 for cut in cuts), len(tokens)])


def _has_verb(sentence: Sentence, first: int, stop: int) -> bool:
    """Whether a stretch has a finite verb, before any further coordinator."""
    for token in sentence.tokens[first:stop]:
        if token.lower in _COORDINATORS and first > 0:
            return False
        past = token.lower.endswith("ed") and len(token.lower) > _SHORT
        past = past and token.lower not in _PARTICIPLES
        if token.lower in _FINITE or past:
            return True
    return False
