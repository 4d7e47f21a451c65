"""Which sentences of a record fit a claim best, and which of them a verdict rests on.

>>> from kg.compare.similarity import soft_keys
>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Sleep was unchanged. Pain fell by 4 points with drugol.")
>>> text = "Drugol lowered pain by 4 points."
>>> claim = read_claim(text, 0, len(text), record)
>>> [index for index, _ in rank(claim, record, soft_keys(claim, record))]
[1, 0]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.compare.beside import Beside
from kg.compare.draft import FaultDraft, Span
from kg.compare.similarity import content_weights, coverage
from kg.compare.slots import FigureCheck
from kg.compare.values import same_time
from kg.extract.reading import Reading
from kg.model import Part, Verdict

_RARE_NUMBER = 0.25
_LENGTH = 0.002
_ALSO_TRIED, _EVIDENCE = 2, 3
_SOFT_PARTS = {Part.TITLE: 0.85, Part.KEYWORDS: 0.5, Part.BACKGROUND: 0.75, Part.OBJECTIVE: 0.75}


def rank(claim: Reading, record: Reading, soft: Mapping[str, str]) -> list[tuple[int, float]]:
    """Order the record's sentences by how well they fit the claim, the best first.

    The fit is the share of the claim's content that the sentence has, plus a bonus for each rare
    number that both print, weighted down a little by length and by the part of the record.
    """
    numbers = {(f.kind, f.value) for s in claim.sentences for f in s.figures if f.value is not None}
    times = {f.days for s in claim.sentences for f in s.figures if f.days}
    weights = content_weights(claim, soft)
    ranked = []
    for sentence in record.sentences:
        fit = coverage(weights, sentence.keys, record)
        if sentence.heading:  # a caption's title speaks for its sentences, but not in full
            own = frozenset(c.key for c in sentence.concepts)
            fit = (fit + coverage(weights, own, record)) / 2
        shared = {(f.kind, f.value) for f in sentence.figures} & numbers
        timed = not shared and any(
            same_time(f.days, day) for f in sentence.figures if f.days for day in times
        )
        fit += min(2, len(shared) + timed) * _RARE_NUMBER
        fit *= _SOFT_PARTS.get(sentence.part, 1.0)
        fit -= _LENGTH * len(sentence.tokens)
        ranked.append((sentence.index, max(fit, 0.0)))
    ranked.sort(key=lambda pair: (-pair[1], pair[0]))
    return ranked if ranked and ranked[0][1] > 0 else []


def best_of(
    ranked: Sequence[tuple[int, float]], checks: Sequence[FigureCheck], record: Reading
) -> int:
    """Return the sentence that most matched facts stand in, the better fit first."""
    fits = dict(ranked)
    votes: dict[int, float] = {}
    for check in checks:
        if check.matched is not None:
            index = record.facts[check.matched].sentence
            votes[index] = votes.get(index, 0.0) + 0.3
    return max(fits, key=lambda index: (fits[index] + votes.get(index, 0.0), -index))


def evidence_of(
    ranked: Sequence[tuple[int, float]],
    checks: Sequence[FigureCheck],
    faults: Sequence[FaultDraft],
    laid: Sequence[Beside],
    record: Reading,
) -> tuple[Span, ...]:
    """Return the sentences that the verdict rests on: those that a grave fault names come first.

    A sentence whose wording the claim keeps comes before one that only fits it.
    """
    first = laid[0].theirs.index if laid else best_of(ranked, checks, record)
    fits = dict(ranked)
    grave = [f for f in faults if f.verdict in {Verdict.CONTRADICTED, Verdict.MISATTRIBUTED}]
    spans = [s for f in grave for s in (f.record_span, f.own_span) if s is not None]
    named = [i for span in spans if (i := _sentence_at(record, span[0])) is not None]
    used = {record.facts[c.matched].sentence for c in checks if c.matched is not None}
    others = sorted(used - {first}, key=lambda index: (-fits[index], index))
    order = list(dict.fromkeys([*named, first, *others]))
    order += [i for i, fit in ranked[:2] if i not in order and fit > 0.6 * fits[first]]
    return tuple((record.sentences[i].start, record.sentences[i].end) for i in order[:_EVIDENCE])


def _sentence_at(record: Reading, offset: int) -> int | None:
    return next((s.index for s in record.sentences if s.start <= offset < s.end), None)


def retold_by(claim: Reading, record: Reading, ranked: Sequence[int]) -> Sequence[int]:
    """Put the sentences that share most words with the statement first, if the claim is its part.

    A part, such as a rider, may have too little content of its own to find what it was put to.
    """
    if not is_part(claim):
        return ranked
    own = {w.stem for s in claim.sentences for w in s.tokens}
    shared = sorted(ranked, key=lambda index: -len(own & _stems(record)[index]))
    return [*shared[:_ALSO_TRIED], *ranked]


@lru_cache(maxsize=4)
def _stems(record: Reading) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(w.stem for w in s.tokens) for s in record.sentences)


def is_part(claim: Reading) -> bool:
    """Whether a claim is one of several of its sentence, such as a clause that was put on."""
    return any(
        s.tokens and (s.start > s.tokens[0].start or s.end < s.tokens[-1].end)
        for s in claim.sentences
    )
