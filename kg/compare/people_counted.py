"""What is counted told as another kind: *381 women* of 381 participants, *41 homes* of 41 clinics.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Women and men took part. Of them, 38 participants developed gout.")
>>> text = "Gout developed in 38 women."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in counted_as_others(claim, record)]
[('38 women', '38 participants')]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.extract.mentions import Figure
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, MentionKind, Verdict

_ALL = {"participants", "patients", "people", "subjects", "individuals", "persons", "volunteers"}
_SORTS = {
    "women": "men", "men": "women", "girls": "boys", "boys": "girls", "females": "males",
    "males": "females", "children": "adults", "adults": "children", "mothers": "fathers",
}  # fmt: skip
_PLACES = {
    "hospitals", "homes", "schools", "practices", "villages", "wards", "countries", "households",
    "universities", "cities", "pharmacies", "districts", "families",
}  # fmt: skip
_LEAST = 3
_REACH = 4
_COUNTED = {MentionKind.COUNT, MentionKind.NUMBER, MentionKind.SAMPLE_SIZE}


def counted_as_others(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield counts of one kind of people that the record gives for people of every kind.

    Only where the record speaks of both kinds, so that the one is not all.
    """
    printed = _printed(record)
    theirs = [(f, s) for s in record.sentences for f in s.figures if _counts(f)]
    for sentence in claim.sentences:
        for figure in sentence.figures:
            inside = sentence.start <= figure.start < sentence.end
            told = _noun(figure, sentence) if inside and _counts(figure) else None
            if told is None or told[0] not in _SORTS or not {told[0], _SORTS[told[0]]} <= printed:
                continue
            same = [(f, _noun(f, s)) for f, s in theirs if f.value == figure.value]
            nouns = [noun for _, noun in same if noun is not None]
            if len(nouns) == len(same) > 0 and all(word in _ALL for word, _ in nouns):
                at = figure.start, told[1]
                found = same[0][0].start, nouns[0][1]
                yield FaultDraft(
                    FaultCode.POPULATION_MISMATCH, "population", "all-people-told-as-one-kind",
                    Verdict.MISATTRIBUTED, claim.text[slice(*at)], record.text[slice(*found)],
                    at, found, f"counts {record.text[slice(*found)]}",
                )  # fmt: skip


def counted_as_other_places(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield counts of one kind of places that the record gives for another kind.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Nurses of 41 hospitals were surveyed.")
    >>> text = "Nurses of 41 nursing homes were surveyed."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [(f.claimed, f.found) for f in counted_as_other_places(claim, record)]
    [('41 nursing homes', '41 hospitals')]
    """
    printed = _printed(record)
    for sentence in claim.sentences:
        for figure, word, end in _places(sentence):
            if word in printed or word.removesuffix("s") in printed:
                continue
            same = [
                (f, noun, stop) for s in record.sentences for f, noun, stop in _places(s)
                if f.value == figure.value
            ]  # fmt: skip
            if same:
                at, found = (figure.start, end), (same[0][0].start, same[0][2])
                yield FaultDraft(
                    FaultCode.POPULATION_MISMATCH, "population", "places-of-another-kind",
                    Verdict.MISATTRIBUTED, claim.text[slice(*at)], record.text[slice(*found)],
                    at, found, f"counts {record.text[slice(*found)]}",
                )  # fmt: skip


def _places(sentence: Sentence) -> Iterator[tuple[Figure, str, int]]:
    """Yield counts of places, with the noun within three words behind, and where it ends."""
    for figure in sentence.figures:
        inside = sentence.start <= figure.start < sentence.end
        if figure.kind not in _COUNTED or figure.value is None or not inside:
            continue
        at = sentence.word_at(figure.start)
        for word in sentence.tokens[at + 1 : at + _REACH]:
            if word.lower in _PLACES:
                yield figure, word.lower, word.end
                break


@lru_cache(maxsize=8)
def _printed(record: Reading) -> frozenset[str]:
    """Return the words of a record in lower case."""
    return frozenset(w.lower for s in record.sentences for w in s.tokens)


def _counts(figure: Figure) -> bool:
    return figure.kind is MentionKind.COUNT and figure.value is not None and figure.value >= _LEAST


def _noun(figure: Figure, sentence: Sentence) -> tuple[str, int] | None:
    """Return the people that a figure counts, the word right behind it, and where it ends."""
    after = next((w for w in sentence.tokens if w.end > figure.start and w.lower in _NOUNS), None)
    near = after is not None and sentence.word_at(after.start) - sentence.word_at(figure.start) <= 1
    return (after.lower, after.end) if after is not None and near else None


_NOUNS = _ALL | set(_SORTS)
