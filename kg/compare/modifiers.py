"""One word before another that makes it another thing: *symptomatic* and *radiologic progression*.

Where a claim's figure stands in a sentence about one of two such outcomes, and the claim names the
other, which the record speaks of elsewhere, the figure is the other one's.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Motor relapse took 5.5 months. Sensory relapse took 2.8 months.")
>>> text = "Sensory relapse took 5.5 months."
>>> claim = read_claim(text, 0, len(text), record)
>>> own = next(f for f in record.facts if f.figure is not None)
>>> [(f.claimed, f.found) for f in modified(claim.facts[0], own, claim, record, {})]
[('Sensory relapse', 'Motor relapse')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.lexicon import Concept, categories, everyday

_LIGHT = {"=patient", "=arm", "=trial", "=measure", "=treatment", "=mean", "=overall", "median"}
_BY = 0.3

_Pair = tuple[str, str]


def modified(
    fact: Fact, own: Fact, claim: Reading, record: Reading, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield a name of the claim whose first word is another's in the sentence of its figure.

    :param own: the record's figure that the claim's was matched with
    """
    mine, theirs = claim.sentences[fact.sentence], record.sentences[own.sentence]
    here = _pairs(theirs)
    elsewhere = _all_pairs(record)
    for (first, head), (one, two) in _pairs(mine).items():
        pair = soft.get(first, first), soft.get(head, head)
        others = [(k, c) for k, c in here.items() if k[1] == pair[1] and k[0] != pair[0]]
        named = categories().get(pair[1]) in {"outcome", "condition"}
        if not named or not others or pair in here or pair not in elsewhere:
            continue
        if pair[0] in theirs.keys or fact.context.get(head, 0.0) < _BY:
            continue
        if any(soft.get(c.key, c.key) in {k[0] for k, _ in others} for c in mine.concepts):
            continue
        rival = others[0][1]
        name = claim.text[one.start : two.end]
        found = record.text[rival[0].start : rival[1].end]
        yield FaultDraft(
            FaultCode.OUTCOME_MISMATCH, "outcome", "value-of-another-name", Verdict.MISATTRIBUTED,
            name, found, (one.start, two.end), (rival[0].start, rival[1].end),
            f"gives {own.phrase} for “{found}”, not for “{name}”",
        )  # fmt: skip


def _pairs(sentence: Sentence) -> dict[_Pair, tuple[Concept, Concept]]:
    """Return each two content words that stand side by side, neither a group nor a figure."""
    taken = [(g.start, g.end) for g in sentence.groups]
    taken += [(f.start, f.end) for f in sentence.figures]
    taken += [(c.start, c.end) for c in sentence.cues]
    free = [
        c for c in sentence.concepts
        if not any(start <= c.start < end for start, end in taken) and c.key not in everyday()
        and c.key[0].isdigit() is False
    ]  # fmt: skip
    return {
        (a.key, b.key): (a, b) for a in free for b in free
        if b.first - a.last == 1 and a.key not in _LIGHT and b.key != a.key
    }  # fmt: skip


@lru_cache(maxsize=8)
def _all_pairs(record: Reading) -> frozenset[_Pair]:
    return frozenset(pair for s in record.sentences for pair in _pairs(s))
