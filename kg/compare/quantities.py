"""All of them, where the record says many or some: *every infant* for *many infants*.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("CPAP replaces ventilation in many preterm infants, apart from the sick.")
>>> def found(text):
...     claim = read_claim(text, 0, len(text), record)
...     return [(f.claimed, f.found) for f in told_of_every(claim, record, {0: 1.0})]
>>> found("CPAP can replace ventilation in every preterm infant.")
[('every preterm infant', 'many preterm infants')]
>>> found("CPAP can replace ventilation in many preterm infants.")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.tokens import Word

_ALL = {"all", "every", "each", "any"}
_PART = {"many", "some", "most", "several", "certain", "selected", "few", "half", "majority"}
_FAR = 3
_FIT = 0.6
_LOOSE = {"group", "arm", "treat", "patient", "study", "trial", "tim", "oth", "cas", "of", "thes"}


def told_of_every(
    claim: Reading, record: Reading, fits: Mapping[int, float]
) -> Iterator[FaultDraft]:
    """Yield what a claim tells of all where a fitting sentence tells it of a part of the same.

    :param fits: sentence of the record → how well it fits the claim as a whole
    """
    floor = _FIT * max(fits.values(), default=0.0)
    fitting = [record.sentences[i] for i, fit in fits.items() if fit >= floor > 0]
    whole = {w for s in record.sentences for _, _, w in _counted(s.tokens, _ALL)}
    for sentence in claim.sentences:
        for first, last, noun in _counted(sentence.tokens, _ALL):
            inside = sentence.start <= sentence.tokens[first].start < sentence.end
            found = _part(noun, fitting) if inside and noun not in whole else None
            if found is None:
                continue
            start, end = sentence.tokens[first].start, sentence.tokens[last].end
            yield FaultDraft(
                FaultCode.OVERGENERALISED, "scope", "part-told-as-all", Verdict.OVERGENERALISED,
                claim.text[start:end], record.text[slice(*found)], (start, end), found,
                f"tells it of “{record.text[slice(*found)]}”",
            )  # fmt: skip
            return


def _part(noun: str, fitting: Sequence[Sentence]) -> tuple[int, int] | None:
    """Return where a fitting sentence tells of a part of what a noun names."""
    for sentence in fitting:
        for first, last, named in _counted(sentence.tokens, _PART):
            if named == noun:
                return sentence.tokens[first].start, sentence.tokens[last].end
    return None


def _counted(tokens: Sequence[Word], quantities: set[str]) -> Iterator[tuple[int, int, str]]:
    """Yield quantities with each noun that may be what they count, in the singular, last first."""
    for first, token in enumerate(tokens):
        if token.lower not in quantities:
            continue
        stop = first + 1
        while stop < min(len(tokens), first + 1 + _FAR) and _runs_on(tokens, stop):
            stop += 1
        for last in reversed(range(first + 1, stop)):
            if tokens[last].stem not in _LOOSE:
                yield first, last, tokens[last].lower.removesuffix("s")


def _runs_on(tokens: Sequence[Word], position: int) -> bool:
    """Whether nothing but a space parts a word from the one before it."""
    return tokens[position].start - tokens[position - 1].end <= 1
