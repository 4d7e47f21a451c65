"""An association told as what one thing does to another: *satisfaction improves sleep*.

A study that found that two things go together, and allocated neither, did not find that one moves
the other. A claim that says so in the present, or that one *makes* the other, says more.

>>> from kg.compare.similarity import soft_keys
>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("In 300 nurses, job satisfaction was associated with sleep quality.")
>>> text = "Job satisfaction improves sleep quality."
>>> claim = read_claim(text, 0, len(text), record)
>>> soft = soft_keys(claim, record)
>>> [(f.claimed, f.found) for f in told_as_effects(claim, record, soft)]
[('improves', 'associated with')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.compare.similarity import content_weights, coverage
from kg.extract.design import design_terms
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.lexicon import Cue

_MOVING = {"up", "down", "better", "worse"}
_WEAKER = {"may", "negation", "null", "correlational", "aim", "recommended"}
_MAKES = {"makes", "make"}
_NO_EFFECT = {"sense", "up", "sure", "it", "use", "this", "no", "clear", "recommendations", "do"}
_OF_NOUNS = {
    "larger", "greater", "smaller", "bigger", "more", "fewer", "less", "the", "these", "those",
    "such", "no", "of", "in", "with", "and", "better", "modest", "small", "large", "further",
}  # fmt: skip
_HALF = 0.5
_AS_MUCH = 0.7


def told_as_effects(
    claim: Reading, record: Reading, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield verbs that move an outcome, where the record only tells that it went with something.

    :param soft: key of the claim → key of the record that it meets
    """
    if _allocates(record):
        return
    weights = content_weights(claim, soft)
    told = [(coverage(weights, s.keys, record), s) for s in record.sentences]
    linked = [pair for pair in told if _link(pair[1]) is not None and pair[0] >= _HALF]
    if not linked:
        return
    covered, best = max(linked, key=lambda pair: (pair[0], -pair[1].index))
    link = _link(best)
    for sentence in claim.sentences:
        verb = _verb(sentence)
        if verb is None or link is None:
            continue
        stem = sentence.tokens[verb.first].stem
        if any(_says(s, stem) for fit, s in told if fit >= _AS_MUCH * covered and s is not best):
            continue
        yield FaultDraft(
            FaultCode.CAUSAL_OVERSTATEMENT, "modality", "association-told-as-effect",
            Verdict.OVERGENERALISED, verb.phrase, link.phrase, (verb.start, verb.end),
            (link.start, link.end), f"tells that they go together (“{link.phrase}”)",
        )  # fmt: skip


@lru_cache(maxsize=8)
def _allocates(record: Reading) -> bool:
    """Whether a record allocated people to groups, or set a treatment against another."""
    told = design_terms(record)
    return bool(told.get("allocation", {}).get("randomised")) or len(record.lexicon.groups) > 1


def _link(sentence: Sentence) -> Cue | None:
    """Return what says that things go together, if nothing in the sentence says that one acts."""
    if any(c.kind == "causal" for c in sentence.cues):
        return None
    return next((c for c in sentence.cues if c.kind == "correlational"), None)


def _verb(sentence: Sentence) -> Cue | None:
    """Return the verb with which a claim says, of now and always, that one thing moves another."""
    if any(c.kind in _WEAKER for c in sentence.cues):
        return None
    for cue in sentence.cues:
        if cue.kind in _MOVING and cue.first and _is_present(sentence, cue.first):
            return cue
    for index, token in enumerate(sentence.tokens[1:-1], start=1):
        if token.lower in _MAKES and sentence.tokens[index + 1].lower not in _NO_EFFECT:
            return Cue(token.start, token.end, "causal", token.lower, index, index)
    return None


def _is_present(sentence: Sentence, position: int) -> bool:
    """Whether a word is a verb in the third person that has an object: ``improves sleep``."""
    word = sentence.tokens[position].lower
    objects = {c.first for c in sentence.concepts}
    near = {position + 1, position + 2}
    before = sentence.tokens[position - 1].lower if position else ""
    if before in _OF_NOUNS:
        return False  # "larger gains in walking"
    return word.endswith("s") and not word.endswith(("ss", "ness")) and bool(objects & near)


def _says(sentence: Sentence, stem: str) -> bool:
    """Whether a sentence has the verb, and does not put it behind a *may*."""
    hedged = any(c.kind == "may" for c in sentence.cues)
    return not hedged and any(w.stem == stem for w in sentence.tokens)
