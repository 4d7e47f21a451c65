"""What a record tells of all but some, or of a part only, told by a claim of the whole.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("All measures improved with drugol, except grip.")
>>> text = "Grip improved with drugol."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.rule for f in of_exceptions(claim.facts[0], record.facts[0], record, claim)]
['told-of-what-is-excepted']
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Fact, Reading
from kg.model import FaultCode, Verdict
from kg.text.tokens import stem

_SPOKEN = 0.3
_ALL = {"all", "every", "each", "any", "everything"}
_REACH = 8


def _universal(fact: Fact, claim: Reading) -> bool:
    """Whether the claim says it of everything: ``all measures``, ``every outcome``."""
    sentence = claim.sentences[fact.sentence]
    own = zip(sentence.tokens, sentence.layout.clause, strict=True)
    return any(word.lower in _ALL for word, clause in own if clause == fact.clause)


def _only_excepted(fact: Fact, other: Fact, record: Reading) -> bool:
    """Whether the record's sentence names what the claim tells it of as the exception only."""
    spoken = {k for k, w in fact.context.items() if w >= _SPOKEN} & other.excepted
    keys = [c.key for c in record.sentences[other.sentence].concepts]
    return any(keys.count(key) == 1 for key in spoken)


def _excepted(other: Fact, record: Reading) -> list[str]:
    named = [c for c in record.sentences[other.sentence].concepts if c.key in other.excepted]
    return list(dict.fromkeys(record.text[c.start : c.end] for c in named if c.start > other.start))


def part_of(fact: Fact, other: Fact, record: Reading) -> Span | None:
    """Return where the record names a part (``the … component of``) that the claim leaves out."""
    sentence = record.sentences[other.sentence]
    spoken = {key for key, weight in fact.context.items() if weight > _SPOKEN}
    for index, token in enumerate(sentence.tokens[:-2]):
        if token.stem not in _parts() or sentence.tokens[index + 1].lower != "of":
            continue
        whole = {c.key for c in sentence.concepts if index < c.first <= index + _REACH}
        named = {c.key for c in sentence.concepts if index - 1 <= c.first <= index}
        if (
            abs(index - sentence.word_at(other.start)) <= _REACH
            and whole & spoken
            and not named & spoken
        ):
            first = max(0, index - 1)
            return sentence.tokens[first].start, token.end
    return None


@cache
def _parts() -> frozenset[str]:
    return frozenset(stem(word) for word in ("component", "subscale", "domain", "subset", "item"))


def of_exceptions(fact: Fact, other: Fact, record: Reading, claim: Reading) -> Iterator[FaultDraft]:
    """Yield what the record excepts and the claim tells, or tells of everything."""
    denies = fact.sense == "null" != other.sense
    if not other.excepted or fact.excepted or denies:
        return
    spans = (fact.start, fact.end), (other.start, other.end)
    kept = ", ".join(_excepted(other, record))
    if _only_excepted(fact, other, record):
        yield FaultDraft(
            FaultCode.WRONG_DIRECTION, "direction", "told-of-what-is-excepted",
            Verdict.CONTRADICTED, fact.phrase, kept, *spans, f"excepts {kept} from it",
        )  # fmt: skip
    elif _universal(fact, claim):
        yield FaultDraft(
            FaultCode.OVERGENERALISED, "exception", "exception-dropped",
            Verdict.OVERGENERALISED, fact.phrase, kept, *spans, f"excepts {kept}",
        )  # fmt: skip
