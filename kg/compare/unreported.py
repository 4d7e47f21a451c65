"""Results told of what a record only planned: an outcome without a result, a trial still to come.

What stands among the outcomes that a trial set out to measure is no finding: a claim that the
outcome rose, fell or got better has nothing to rest on.

>>> from kg.extract.reading import read_claim, read_record
>>> from kg.compare.similarity import soft_keys
>>> record = read_record("Secondary outcomes were pain and quality of life. Pain fell with drugol.")
>>> text = "Drugol improved quality of life."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.rule for f in without_result(claim, record, soft_keys(claim, record), frozenset())]
['outcome-without-result']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import FaultCode, MentionKind, Part, Verdict
from kg.text.lexicon import broader, categories

_NO_RESULTS = {Part.TITLE, Part.OBJECTIVE, Part.BACKGROUND, Part.METHODS, Part.KEYWORDS}
_MOVED = {"up", "down", "better", "worse"}
_SPOKEN = 0.3
_PLANNED = 2
_RESULTS = {MentionKind.P_VALUE, MentionKind.INTERVAL, MentionKind.EFFECT}
_HOPED = {"will", "would", "could", "may", "might", "can", "should", "is", "are", "has", "have"}
_AHEAD = {"will", "would", "should", "plan", "plans", "planned", "aims", "aim", "whether", "if",
          "expected", "hoped", "hypothesis", "to"}  # fmt: skip


def without_result(
    claim: Reading, record: Reading, soft: Mapping[str, str], matched: frozenset[int]
) -> Iterator[FaultDraft]:
    """Yield the outcomes of a claim that the record only names among what it meant to measure.

    :param matched: facts of the claim that the record bears out
    """
    if not any(f.figure is None and not _only_plans(record.sentences[f.sentence])
               for f in record.facts):  # fmt: skip
        return  # a plan, of which all is still to come
    borne = {claim.facts[m].clause for m in matched if claim.facts[m].figure is not None}
    for position, fact in enumerate(claim.facts):
        if fact.clause in borne:
            continue
        if fact.figure is not None or fact.sense not in _MOVED or position in matched:
            continue
        key = _nearest(fact, soft)
        places = [s for s in record.sentences if key in s.keys] if key else []
        if not places or not all(_only_aims(s, key) for s in places):
            continue
        if any(key in broader(other) for s in record.sentences for other in s.keys):
            continue
        span = _place(key, claim, soft)
        if span is None:
            continue
        words = claim.text[slice(*span)]
        yield FaultDraft(
            FaultCode.UNSUPPORTED_ADDITION, "outcome", "outcome-without-result", Verdict.NOT_FOUND,
            words, None, span, (places[0].start, places[0].end),
            f"names “{words}” among what was to be measured, and gives no result of it",
        )  # fmt: skip


def _nearest(fact: Fact, soft: Mapping[str, str]) -> str:
    """Return the outcome that stands nearest to a direction, in the record's terms."""
    told = {k: w for k, w in fact.context.items() if categories().get(k) == "outcome"}
    nearest = max(told, key=lambda key: (told[key], key), default="")
    return soft.get(nearest, nearest) if told.get(nearest, 0.0) >= _SPOKEN else ""


def _place(key: str, claim: Reading, soft: Mapping[str, str]) -> Span | None:
    """Return where a claim names an outcome, if not in the name of a group."""
    for sentence in claim.sentences:
        for concept in sentence.concepts:
            inside = any(m.start <= concept.start < m.end for m in sentence.groups)
            if soft.get(concept.key, concept.key) == key and not inside:
                return concept.start, concept.end
    return None


def _only_plans(sentence: Sentence) -> bool:
    return sentence.part in _NO_RESULTS or any(c.kind == "aim" for c in sentence.cues)


def _only_aims(sentence: Sentence, key: str) -> bool:
    """Whether a sentence names an outcome behind what was to be measured, or reports nothing."""
    if sentence.part in _NO_RESULTS:
        return True
    first = min(c.first for c in sentence.concepts if c.key == key)
    aims = [c for c in sentence.cues if c.kind == "aim" and c.last < first]
    moves = any(c.kind in _MOVED | {"null", "different"} for c in sentence.cues if c.first > first)
    return bool(aims) and not moves


def told_of_a_plan(
    claim: Reading, record: Reading, matched: frozenset[int]
) -> Iterator[FaultDraft]:
    """Yield the result that a claim tells of a trial which is still to come.

    :param matched: facts of the claim that the record bears out

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Sixty people will take drugol. Pain will be the primary outcome.")
    >>> text = "Drugol reduced pain."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [f.rule for f in told_of_a_plan(claim, record, frozenset())]
    ['plan-told-as-result']
    """
    place = _plan(record)
    if place is None:
        return
    for position, fact in enumerate(claim.facts):
        if position in matched:
            continue
        sentence = claim.sentences[fact.sentence]
        words = {w.lower for w in sentence.tokens}
        told = fact.figure is None and fact.sense in _MOVED and not fact.hedged
        if told and not words & _AHEAD and not any(c.kind == "aim" for c in sentence.cues):
            yield FaultDraft(
                FaultCode.UNSUPPORTED_ADDITION, "outcome", "plan-told-as-result",
                Verdict.NOT_FOUND, fact.phrase, record.text[slice(*place)],
                (fact.start, fact.end), place, "only plans it, and gives no result",
            )  # fmt: skip
            return


@lru_cache(maxsize=8)
def _plan(record: Reading) -> Span | None:
    """Return where a record says what will be done, if it tells no result of its own."""
    ahead = [w for s in record.sentences for w in s.tokens if w.lower == "will"]
    found = any(
        f.kind in _RESULTS for s in record.sentences for f in s.figures
        if s.part is not Part.BACKGROUND
    )  # fmt: skip
    found = found or any(
        f.figure is None and not _only_plans(s) and not {w.lower for w in s.tokens} & _HOPED
        for f in record.facts for s in (record.sentences[f.sentence],)
        if f.sense in _MOVED
    )  # fmt: skip
    return (ahead[0].start, ahead[0].end) if len(ahead) >= _PLANNED and not found else None
