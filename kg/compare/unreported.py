"""An outcome that a record says it measured, and of which it gives no result.

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

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import broader, categories

_NO_RESULTS = {Part.TITLE, Part.OBJECTIVE, Part.BACKGROUND, Part.METHODS, Part.KEYWORDS}
_MOVED = {"up", "down", "better", "worse"}
_SPOKEN = 0.3


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
