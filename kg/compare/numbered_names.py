"""Names that end in a number, and years: *interleukin-5* is not *interleukin-9*, 2006 not 2016.

A number behind a hyphen makes a name another one. A claim's name or year that the record nowhere
prints, where it prints the name with other numbers or other years, tells of something else.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Drugol blocks interleukin-9. Adults were followed from 1998 to 2016.")
>>> def found(text):
...     claim = read_claim(text, 0, len(text), record)
...     return [(f.rule, f.claimed, f.found) for f in other_numbers(claim, record)]
>>> found("Drugol blocks interleukin-5.")
[('name-with-another-number', 'interleukin-5', 'interleukin-9')]
>>> found("Follow-up ran from 1998 to 2006.")
[('another-year', '2006', '1998')]
>>> found("From 1998 to 2016 they took drugol against interleukin-9.")
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading
from kg.model import FaultCode, Part, Verdict

_NAME = re.compile(r"(?<![\w-])([A-Za-z]{2,20})[-‐-](\d{1,3})(?![\w%-]|[.,]\d)")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = re.compile(
    rf"\b(?:in|from|to|until|since|between|and|during|by|through|{_MONTHS})[ –-]"
    r"((?:19|20)\d\d)(?![\w%]|[.,]\d|-\d\d?-| (?:adults|patients|people|women|men|children"
    r"|participants|subjects|m[gLl]|kcal|steps|IU|g|kg)\b)"
)
_NO_NAMES = {
    "day", "week", "month", "year", "phase", "grade", "stage", "type", "covid", "in", "to", "of",
    "the", "and", "point", "item", "aged", "over", "under", "top", "age",
}  # fmt: skip
_OF_OTHERS = {Part.BACKGROUND, Part.KEYWORDS}


def other_numbers(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield the names and years of a claim of which the record only prints others."""
    names, years = _printed(record)
    for sentence in claim.sentences:
        text = claim.text[sentence.start : sentence.end]
        for match in _NAME.finditer(text):
            own, number = match[1].lower(), match[2]
            numbers = names.get(own, {})
            if own not in _NO_NAMES and numbers and number not in numbers:
                yield _fault(
                    FaultCode.OUTCOME_MISMATCH, "outcome", "name-with-another-number",
                    Verdict.MISATTRIBUTED, match.span(), sentence.start, claim,
                    next(iter(numbers.values())), record,
                )  # fmt: skip
        for match in _YEAR.finditer(text):
            if years and match[1] not in years and match[1] not in record.text:
                yield _fault(
                    FaultCode.WRONG_TIME, "time", "another-year", Verdict.CONTRADICTED,
                    match.span(1), sentence.start, claim, next(iter(years.values())), record,
                )  # fmt: skip


@lru_cache(maxsize=8)
def _printed(record: Reading) -> tuple[Mapping[str, Mapping[str, Span]], Mapping[str, Span]]:
    """Return the numbers of each name, and the years of what was done, with where they stand."""
    names: dict[str, dict[str, Span]] = {}
    years: dict[str, Span] = {}
    for sentence in record.sentences:
        text, at = record.text[sentence.start : sentence.end], sentence.start
        for match in _NAME.finditer(text):
            span = at + match.start(), at + match.end()
            names.setdefault(match[1].lower(), {}).setdefault(match[2], span)
        if sentence.part not in _OF_OTHERS:
            for match in _YEAR.finditer(text):
                years.setdefault(match[1], (at + match.start(1), at + match.end(1)))
    return names, years


def _fault(
    code: FaultCode,
    slot: str,
    rule: str,
    verdict: Verdict,
    span: Span,
    offset: int,
    claim: Reading,
    place: Span,
    record: Reading,
) -> FaultDraft:
    at = span[0] + offset, span[1] + offset
    said, found = claim.text[slice(*at)], record.text[slice(*place)]
    return FaultDraft(
        code, slot, rule, verdict, said, found, at, place, f"tells of {found}, nowhere of {said}"
    )
