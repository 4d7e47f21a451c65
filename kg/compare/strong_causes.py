"""Strong words of cause, where the record only links things or puts it behind a *may*.

*Depression made patients miss doses*, *it is X that keeps Y going*, *because they slept less*: such
words say more than *associated with*, *may contribute to* or *predicted* do.

>>> from kg.compare.similarity import soft_keys
>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Depression was associated with missed doses. Age was not.")
>>> text = "Depression made patients miss their doses."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in strongly_caused(claim, record, soft_keys(claim, record))]
[('made patients miss', 'associated with')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.compare.draft import FaultDraft, Span
from kg.compare.similarity import content_weights, coverage
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.lexicon import Cue

_OBJECT = r"(?!no\b|up\b|it\b|a\b|an\b|little\b|any\b|sure\b|use\b)(?:[\w'’-]+ ){1,7}?"
_STATE = (
    r"(?:be|become|live|die|eat|gain|lose|leave|miss|persist|give|drink|smoke|feel|have|seek|sleep"
    r"|fall|rise|grow|develop|obese|worse|better|sick|ill|depressed|sooner|longer|fail|come|need"
    r"|stop|cut|use|take|do|more|less|fewer)\b"
)
_STRONG = (
    re.compile(rf"\b(?:makes?|made) {_OBJECT}{_STATE}", re.IGNORECASE),
    re.compile(r"\bkeeps? (?:[\w'’-]+ ){1,7}?(?:from \w+ing|going)\b", re.IGNORECASE),
    re.compile(r"\b(?:pushe[sd]|drove|drives?|forces?|forced) (?:[\w'’-]+ ){1,5}?(?:in)?to\b",
               re.IGNORECASE),
    re.compile(r"\b(?:is|was|are|were) what (?:\w+ )?(?:made|makes|keeps?|kept|caused?)\b", re.I),
    re.compile(r"\b(?:causes?|caused|brings? about|brought about|is the (?:cause|reason)|cures?"
               r"|saved? lives|gives? rise to|gave rise to)\b", re.IGNORECASE),
)  # fmt: skip
_NO_CAUSE = re.compile(r"\b(?:any|all|of any|from any|-)\s?causes?\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|not|never|nobody|whether|n't|without|unclear|unknown|if)\b", re.IGNORECASE
)
_WEAK = {"correlational", "may"}
_HEDGED = {"may"}
_MOVING = {"up", "down", "better", "worse", "null"}
_HALF = 0.4
_AS_MUCH = 0.8


def strongly_caused(
    claim: Reading, record: Reading, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield strong words of cause that what fits best in the record is too weak for."""
    places = [place for s in claim.sentences for place in _places(claim.text, s)]
    if not places:
        return
    weights = content_weights(claim, soft)
    told = [(coverage(weights, s.keys, record), s) for s in record.sentences]
    top = max((fit for fit, _ in told), default=0.0)
    near = [(fit, s) for fit, s in told if fit >= max(_HALF, _AS_MUCH * top)]
    links = [(fit, cue) for fit, s in near if (cue := _weakness(s)) is not None]
    best, cue = max(links, key=lambda pair: pair[0], default=(0.0, None))
    if cue is None or any(_asserts(s) for fit, s in near if fit >= best and _weakness(s) is None):
        return
    yield FaultDraft(
        FaultCode.CAUSAL_OVERSTATEMENT, "modality", "cause-told-more-strongly",
        Verdict.OVERGENERALISED, claim.text[slice(*places[0])], cue.phrase, places[0],
        (cue.start, cue.end), f"says no more than “{cue.phrase}”",
    )  # fmt: skip


def _places(text: str, sentence: Sentence) -> Iterator[Span]:
    """Yield where a claim tells a cause in strong words, and neither hedges nor denies it."""
    if any(c.kind in _HEDGED for c in sentence.cues):
        return
    for pattern in _STRONG:
        match = pattern.search(text, sentence.start, sentence.end)
        if match is None or _NO_CAUSE.search(text, max(0, match.start() - 8), match.end()):
            continue
        if not _DENIED.search(text, sentence.start, match.end()):
            yield match.span()


def _asserts(sentence: Sentence) -> bool:
    """Whether a sentence says flatly that something moved, or was caused."""
    return any(c.kind in _MOVING or c.kind == "causal" for c in sentence.cues)


def _weakness(sentence: Sentence) -> Cue | None:
    """Return the words by which a sentence only links or suggests, if nothing in it says more."""
    if any(c.kind == "causal" for c in sentence.cues):
        return None
    return next((c for c in sentence.cues if c.kind in _WEAK), None)
