"""Small numbers in words, of a thing that the record counts otherwise: *eight sessions* of three.

A small number in words often only helps the telling (*two of them*). It is held against the record
where it stands right before a noun that the record has right behind one other number, and only it.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Nurses had three sessions of coaching. A two-factor solution emerged.")
>>> def found(text):
...     claim = read_claim(text, 0, len(text), record)
...     return [(f.claimed, f.found) for f in counted_otherwise(claim, record)]
>>> found("Nurses had eight sessions of coaching."), found("A four-factor solution emerged.")
([('eight sessions', 'three sessions')], [('four-factor', 'two-factor')])
>>> found("Nurses had three sessions in two weeks.")
[]

All words for studies are one.

>>> record = read_record("Three RCTs with 117 patients in all were included.")
>>> found("Five randomised controlled trials with 117 patients were found.")
[('Five randomised controlled trials', 'Three RCTs')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading
from kg.model import FaultCode, Verdict
from kg.text.numbers import number_words
from kg.text.tokens import stem

_NOUN = re.compile(r"(?: |-)([A-Za-z]{4,})(?![\w-])")
_STUDIES = re.compile(
    r" (?:(?:randomi[sz]ed|controlled|clinical|double-blind|placebo-controlled|published|eligible)"
    r",? ){0,4}(?:trials|studies|RCTs)(?![\w-])"
)
_OF_STUDIES = "=studies"
_EACH_COUNT = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})(?: [\w-]+){0,5}?"
    r" (?:trials?|stud(?:y|ies)|RCTs?)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(  # but not of a phase, a stage, a grade, a type, a group or a year
    r"(?<![\w.,/-])(?<!hase )(?<!tage )(?<!rade )(?<!ype )(?<!roup )(?<!ear )"
    r"([2-9]|1[0-2])(?= [A-Za-z])"
)
_LEAST, _MOST = 2, 12
_GIVEN = {
    stem(word)
    for word in ("sessions", "injections", "tablets", "capsules", "cycles", "courses", "infusions",
                 "lessons", "calls", "classes")
}  # fmt: skip
# What a record counts in many ways: people, times, groups of people, and turns of phrase.
_LOOSE = {
    stem(word)
    for word in (
        "patients", "women", "children", "participants", "adults", "people", "subjects", "cases",
        "babies", "infants", "girls", "boys", "times", "groups", "arms", "studies", "trials",
        "weeks", "days", "months", "years", "hours", "minutes", "points", "percent", "thirds",
        "quarters", "fifths", "tenths", "deaths", "events", "fold", "hundred", "thousand",
        "million", "other", "different", "main", "types", "kinds", "more", "were", "died",
        "volunteers", "year", "month", "week", "hour", "minute", "adverse", "serious", "outcomes",
        "drugs", "measures", "treatments", "doses", "controls", "individuals", "point", "side",
        "have", "with", "from", "showed", "received", "sites", "areas", "domains", "items",
        "hospitals", "countries", "centres", "centers", "respectively", "additional", "further"
    )
}  # fmt: skip

Counted = Mapping[str, Mapping[Decimal, Span]]


def counted_otherwise(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield the small numbers of a claim whose noun the record has behind another number alone."""
    printed = _counted(record.text)
    for sentence in claim.sentences:
        for name, value, span in _told(claim.text, sentence.start, sentence.end, digits=False):
            known = printed.get(name, {})
            if name == _OF_STUDIES and _counts_studies_often(record.text):
                continue
            if len(known) != 1 or value in known or value in _numbers(record.text):
                continue  # "12 client-owned dogs" are twelve dogs
            found = next(iter(known.values()))
            mine, theirs = claim.text[slice(*span)], record.text[slice(*found)]
            code = FaultCode.DOSE_MISMATCH if name in _GIVEN else FaultCode.WRONG_VALUE
            yield FaultDraft(
                code, "value", "counted-otherwise", Verdict.CONTRADICTED, mine, theirs, span,
                found, f"tells of {theirs}, not of {mine}",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _counted(text: str) -> Counted:
    """Return each noun of a record that numbers stand before, with the numbers."""
    found: dict[str, dict[Decimal, Span]] = {}
    for name, value, span in _told(text, 0, len(text), digits=True):
        found.setdefault(name, {}).setdefault(value, span)
    return found


@lru_cache(maxsize=8)
def _counts_studies_often(text: str) -> bool:
    """Whether a record counts studies at several places, which may come to another number."""
    return len(_EACH_COUNT.findall(text)) > 1


@lru_cache(maxsize=8)
def _numbers(text: str) -> frozenset[Decimal]:
    """Return every small number that a record prints of things, in words or digits."""
    spelled = {value for _, _, value in number_words(text)}
    return frozenset(spelled | {Decimal(m[1]) for m in _DIGITS.finditer(text)})


def _told(text: str, start: int, end: int, *, digits: bool) -> Iterator[tuple[str, Decimal, Span]]:
    """Yield nouns with the number right before each, and where both stand."""
    numbers = list(number_words(text[start:end]))
    if digits:
        numbers += [(*m.span(), Decimal(m[1])) for m in _DIGITS.finditer(text, start, end)]
    for low, high, value in numbers:
        several = _STUDIES.match(text, start + high, end)
        if several and _LEAST <= value <= _MOST:
            yield _OF_STUDIES, value, (start + low, several.end())
            continue
        noun = _NOUN.match(text, start + high, end)
        if noun and _LEAST <= value <= _MOST:
            name = stem(noun[1].lower())
            if name not in _LOOSE:
                yield name, value, (start + low, noun.end())
