"""What a record tells of one kind of patients, told of another that it knows as well.

*Among women it helped*, where the sentence that says so begins *In men*: both are in the record, so
that no word excludes another there; the sentence itself decides.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "In men, distress fell more with the programme than without. In women, sleep was unchanged."
... )
>>> text = "Among women, distress fell more with the programme."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in of_another_subgroup(claim, record, {0: 1.0, 1: 0.2})]
[('women', 'men')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.compare.contrasts import Use, uses, uses_by_set
from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict

_WITHIN = {"in", "among", "for"}
_SKIPPED = {"the", "all", "these", "those", "older", "younger"}
_PLACES = {"country", "setting"}  # where all of them were, and no kind of patients
_NEAR = 0.8
_BACK = 3


def of_another_subgroup(
    claim: Reading, record: Reading, fits: Mapping[int, float]
) -> Iterator[FaultDraft]:
    """Yield subgroups that the claim names and the sentence that bears it out does not.

    :param fits: sentence of the record → how well it fits the claim as a whole
    """
    if not fits:
        return
    best = record.sentences[max(fits, key=lambda index: (fits[index], -index))]
    here = list(uses(best))
    for sentence in claim.sentences:
        for use in uses(sentence):
            if not _is_subgroup(use, sentence):
                continue
            own = [u for u in here if u.member.group == use.member.group]
            if not own or any(u.member.name == use.member.name for u in own):
                continue
            known = uses_by_set(record).get(use.member.group, [])
            told = [_fit(u, record, fits) for u in known if u.member.name == use.member.name]
            if told and max(told) < _NEAR * fits[best.index]:
                yield _fault(use, own[0], claim, record)


def _is_subgroup(use: Use, sentence: Sentence) -> bool:
    """Whether the words set a kind of patients apart: ``among women``, ``in the older men``."""
    if use.member.code is not FaultCode.POPULATION_MISMATCH or use.member.role:
        return False
    if use.member.group in _PLACES:
        return False
    at = sentence.word_at(use.span[0])
    before = [w.lower for w in sentence.tokens[max(0, at - _BACK) : at] if w.lower not in _SKIPPED]
    inside = sentence.start <= use.span[0] < sentence.end
    return inside and not use.member.same_head and bool(before) and before[-1] in _WITHIN


def _fit(use: Use, record: Reading, fits: Mapping[int, float]) -> float:
    place = (s.index for s in record.sentences if s.start <= use.span[0] < s.end)
    return fits.get(next(place, -1), 0.0)


def _fault(use: Use, rival: Use, claim: Reading, record: Reading) -> FaultDraft:
    said, found = claim.text[slice(*use.span)], record.text[slice(*rival.span)]
    return FaultDraft(
        FaultCode.POPULATION_MISMATCH, "population", "told-of-another-subgroup",
        Verdict.MISATTRIBUTED, said, found, use.span, rival.span,
        f"tells it of “{found}”, not of “{said}”",
    )  # fmt: skip
