"""Whether a claim is stronger than the record's design can bear: cause, and advice.

Strength runs from *none* over *correlational* (is linked to) and *conditional* (may lower) to
*causal* (lowers, prevents). A study that did not allocate by chance bears no cause that it does not
claim itself, and a study without chance allocation, or with a handful of people an arm, bears no
*should*: the grades of evidence of GRADE (Guyatt et al., BMJ 2008;336:924) and of the Oxford Centre
start from the same division.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("In this cohort study of nurses, night shifts went with more falls.")
>>> text = "Night shifts cause falls."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.rule for f in beyond_design(claim, record, record.sentences[0], advice=False)]
['cause-beyond-design']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.design import design_terms
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict

_OBSERVED = {"cohort", "case-control", "cross-sectional", "case series", "retrospective"}
_HANDFUL = 20
_SHOULD = re.compile(
    r"\b(?:should|must|ought to|recommend(?:ed)?)\b"
    r"(?! (?:only|not|never|be (?:only|limited|restricted|avoided|reserved)))",
    re.I,
)


class Strength(StrEnum):
    """How strongly a sentence ties an effect to what is said to have it."""

    NONE = "none"
    CORRELATIONAL = "correlational"
    CONDITIONAL = "conditional"
    CAUSAL = "causal"


_FORETELLS = re.compile(
    r"\bshould (?:leave|mean|bring|help|ease|relieve|lower|reduce|raise|improve|get|see|feel|expect"
    r"|have less|have fewer|notice)\b|\bfor one (?:more|extra|fewer|of them|patient)\b"
    r"|\b(?:trials?|studies|research|data|evidence) (?:is|are|will be) (?:needed|required"
    r"|necessary)\b",
    re.IGNORECASE,
)


def _reach(claim: Reading) -> Span:
    return claim.sentences[0].start, claim.sentences[-1].end


def strength(sentence: Sentence) -> Strength:
    """Return the strength of a sentence, by its cues; a hedge weakens a cause.

    >>> from kg.extract.reading import read_record
    >>> told = "Rain causes falls.", "Rain may cause falls.", "Rain went with falls.", "It rained."
    >>> [strength(read_record(text).sentences[0]).value for text in told]
    ['causal', 'conditional', 'none', 'none']
    """
    kinds = {c.kind for c in sentence.cues}
    if "causal" in kinds:
        return Strength.CONDITIONAL if "may" in kinds else Strength.CAUSAL
    if "correlational" in kinds:
        return Strength.CORRELATIONAL
    return Strength.CONDITIONAL if "may" in kinds else Strength.NONE


def beyond_design(
    claim: Reading, record: Reading, best: Sentence, *, advice: bool
) -> Iterator[FaultDraft]:
    """Yield cause and advice that the record's design cannot bear.

    :param best: the record's sentence that fits the claim best
    :param advice: whether the claim advises what the record does not itself advise
    """
    design = _without_chance(record)
    if advice:
        weak = design or _few_an_arm(record)
        weak = weak if _SHOULD.search(claim.text, *_reach(claim)) else None
        if weak is not None:
            words, at = weak
            span = _reach(claim)
            yield FaultDraft(
                FaultCode.CAUSAL_OVERSTATEMENT, "strength", "advice-beyond-design",
                Verdict.OVERGENERALISED, " ".join(claim.text[slice(*span)].split())[:80], words,
                span, at, f"({words}) cannot carry a recommendation",
            )  # fmt: skip
        return
    if design is None or strength(best) in {Strength.CAUSAL, Strength.CORRELATIONAL}:
        return
    for sentence in claim.sentences:
        if strength(sentence) is Strength.CAUSAL:
            cue = next(c for c in sentence.cues if c.kind == "causal")
            words, at = design
            yield FaultDraft(
                FaultCode.CAUSAL_OVERSTATEMENT, "modality", "cause-beyond-design",
                Verdict.OVERGENERALISED, cue.phrase, words, (cue.start, cue.end), at,
                f"({words}) can tell what goes together, not what causes it",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _without_chance(record: Reading) -> tuple[str, Span] | None:
    """Return where a record tells that people were not allocated by chance; None if they were."""
    told = design_terms(record)
    allocation, layout = told.get("allocation", {}), told.get("layout", {})
    if "randomised" in allocation:
        return None
    if "not randomised" in allocation:
        at = allocation["not randomised"]
    else:
        at = next((span for value, span in layout.items() if value in _OBSERVED), (0, 0))
    return (" ".join(record.text[slice(*at)].split()), at) if at[1] else None


@lru_cache(maxsize=8)
def _few_an_arm(record: Reading) -> tuple[str, Span] | None:
    """Return the largest arm, if every arm whose size is printed has a handful of people."""
    sizes = [(g.n, g) for g in record.lexicon.groups if g.n]
    if len(sizes) < 2 or max(n for n, _ in sizes) > _HANDFUL:
        return None
    n, group = max(sizes, key=lambda pair: (pair[0], pair[1].key))
    return f"{n} in the largest arm", (group.start, group.end)


def foretells(claim: Reading) -> bool:
    """Whether *should* or *have to* tells what will come, and not what to do.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Pain was lower with drugol.")
    >>> text = "Drugol should leave you with less pain."
    >>> foretells(read_claim(text, 0, len(text), record))
    True
    """
    return any(_FORETELLS.search(claim.text, s.start, s.end) for s in claim.sentences)
