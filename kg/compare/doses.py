"""Doses told beside the name of what is dosed: *drugol 20 mg*, *tabrol (5 mg/day)*.

A claim that gives a named thing a dose which the record never gives it, and gives it another,
misstates the dose, even where the record prints that dose for something else.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Adults took drugol (20 mg/day) plus tabrol (5 mg/day) or placebo.")
>>> text = "Adults took drugol 5 mg/day plus tabrol 20 mg/day."
>>> [(f.claimed, f.found) for f in misdosed(read_claim(text, 0, len(text), record), record)]
[('drugol 5 mg/day', 'drugol (20 mg/day'), ('tabrol 20 mg/day', 'tabrol (5 mg/day')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.compare.values import same_value
from kg.extract.mentions import Figure
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, MentionKind, Verdict
from kg.text.lexicon import everyday, function_words, general_english
from kg.text.normal import normalise
from kg.text.tokens import Word

_NEXT = 2
_FORMS = {
    "sr", "xr", "er", "tablet", "tablets", "oral", "once", "daily", "dose", "at", "of", "a", "hcl",
    "hydrochloride", "sodium", "extended-release", "sustained-release", "capsule", "capsules",
}  # fmt: skip
_PACES = {"daily", "weekly", "monthly", "yearly", "twice", "once", "every", "each", "per", "thrice"}
_LETTERS = 4
_START = re.compile(
    r"\b(?:start(?:ing|ed|s)?|initial(?:ly)?|initiat(?:ed|ing)|began|begun)\b",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"(?:/|\b(?:a|per|each|every) )(?P<by>day)\b|\b(?P<ly>daily)\b", re.IGNORECASE
)
_PACE = re.compile(
    r"[\s,]{0,2}(?:(?:by mouth|orally|oral|intravenously|subcutaneously|was|were|is|given|taken"
    r"|administered|injected)[\s,]{1,2}){0,4}"
    r"(?:(?:a|once a|once per|once every|per|each|every|twice a|three times a) "
    r"(?P<by>day|week|month)\b|(?:once |twice )?(?P<ly>daily|weekly|monthly)\b)",
    re.IGNORECASE,
)
_NEAR = 40
_RAISED = re.compile(
    r"\b(?:increased|raised|titrat\w+|up-?titrat\w+|escalat\w+|reduced|lowered|adjusted|then)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?: [A-Za-z]+){0,6} ?", re.IGNORECASE)
_FIRST = re.compile(r"\)? (?:on|at) (?:days?|weeks?) (?:1|one|0|zero)\b", re.IGNORECASE)
_LISTED = re.compile(r"[\s,/-]*(?:and|or|to|then|versus|vs\.?)?[\s-]*")


@dataclass(frozen=True, slots=True)
class _Dosed:
    """A dose with the name that stands right before it or right behind it."""

    key: str
    start: int
    figure: Figure
    stop: int = 0

    @property
    def end(self) -> int:
        """Where the dose or, behind it, the name ends."""
        return max(self.stop, self.figure.end)


def misdosed(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield named doses of a claim that the record does not give to what is named."""
    told = _by_name(record)
    for said in _dosed(claim):
        known = told.get(said.key, ())
        alike = [d for d in known if d.figure.unit == said.figure.unit]
        if not alike or any(same_value(said.figure, d.figure) for d in alike):
            continue
        if _raised_to(said, told, record):
            continue
        other = alike[0]
        span, at = (said.start, said.end), (other.start, other.end)
        name, found = claim.text[slice(*span)], record.text[slice(*at)]
        yield FaultDraft(
            FaultCode.DOSE_MISMATCH, "dose", "dose-of-another-name", Verdict.CONTRADICTED,
            name, found, span, at, f"gives “{found}”, not “{name}”",
        )  # fmt: skip


def _raised_to(said: _Dosed, told: Mapping[str, Sequence[_Dosed]], record: Reading) -> bool:
    """Whether a sentence on a drug prints a dose as no other's: ``A was raised to 150 mg``."""
    others = {d.figure.start for key, doses in told.items() if key != said.key for d in doses}
    return any(
        f.kind is MentionKind.DOSE and f.unit == said.figure.unit and f.start not in others
        and same_value(said.figure, f)
        and _RAISED.search(record.text, max(0, f.start - _NEAR), f.start)
        for s in record.sentences if said.key in s.keys
        for f in s.figures
    )  # fmt: skip


def misstarted(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield a starting dose of a claim where the record starts with another of the same unit.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("The starting dose was 10 mg, raised to 20 mg after four weeks.")
    >>> text = "Treatment was started at 20 mg."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [(f.claimed, f.found) for f in misstarted(claim, record)]
    [('20 mg', '10 mg')]
    """
    told = _starts_with(record)
    for said in _starting(claim) if told else ():
        alike = [figure for figure in told if figure.unit == said.unit]
        if alike and not any(same_value(said, figure) for figure in alike):
            span, at = (said.start, said.end), (alike[0].start, alike[0].end)
            name, found = claim.text[slice(*span)], record.text[slice(*at)]
            yield FaultDraft(
                FaultCode.DOSE_MISMATCH, "dose", "starting-dose-is-another", Verdict.CONTRADICTED,
                name, found, span, at, f"starts with {found}, not with {name}",
            )  # fmt: skip


def mispaced(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield doses of a claim that the record gives at another pace: by the day, not by the week.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("They took drugol, 500 IU, by mouth once a week for 8 weeks.")
    >>> text = "Drugol was taken at 500 IU a day."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [(f.claimed, f.found) for f in mispaced(claim, record)]
    [('500 IU a day', '500 IU, by mouth once a week')]
    """
    told = _paced(record)
    for said in _paced(claim):
        alike = [p for p in told if p.figure.unit == said.figure.unit
                 and same_value(said.figure, p.figure)]  # fmt: skip
        unpaced = len(_doses_of(said.figure, record)) > len(alike)
        if alike and not unpaced and all(p.pace != said.pace for p in alike):
            span, at = (said.figure.start, said.end), (alike[0].figure.start, alike[0].end)
            name, found = claim.text[slice(*span)], record.text[slice(*at)]
            yield FaultDraft(
                FaultCode.DOSE_MISMATCH, "dose", "dose-at-another-pace", Verdict.CONTRADICTED,
                name, found, span, at, f"gives “{found}”, not “{name}”",
            )  # fmt: skip


def _doses_of(figure: Figure, record: Reading) -> list[Figure]:
    """Return where a record prints a dose, with its pace or without."""
    return [
        f for s in record.sentences for f in s.figures
        if f.kind is MentionKind.DOSE and f.unit == figure.unit and same_value(figure, f)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Paced:
    """A dose, the unit of time by which it is given, and where that is told."""

    figure: Figure
    pace: str
    end: int


@lru_cache(maxsize=8)
def _paced(reading: Reading) -> tuple[_Paced, ...]:
    """Return the doses behind which the same stretch tells by what they are given."""
    found = []
    for sentence in reading.sentences:
        doses = [f for f in sentence.figures if f.kind is MentionKind.DOSE and f.value is not None]
        for figure in doses:
            later = min((f.start for f in doses if f.start > figure.start), default=sentence.end)
            own = _PRINTED.search(reading.text, figure.start, figure.end)
            match = own or _PACE.match(reading.text, figure.end, later)
            if match:
                word = (match["by"] or match["ly"]).lower()
                pace = word[:3].replace("dai", "day")
                found.append(_Paced(figure, pace, max(figure.end, match.end())))
    return tuple(found)


@lru_cache(maxsize=8)
def _starts_with(record: Reading) -> tuple[Figure, ...]:
    return tuple(_starting(record))


def _starting(reading: Reading) -> Iterator[Figure]:
    """Yield the doses with which treatment begins: behind the word that says so, or on day 1."""
    for sentence in reading.sentences:
        for figure in sentence.figures:
            dosed = figure.kind is MentionKind.DOSE and figure.value is not None
            if dosed and _FIRST.match(reading.text, figure.end):
                yield figure
        for match in _START.finditer(reading.text, sentence.start, sentence.end):
            doses = (
                f for f in sentence.figures
                if f.kind is MentionKind.DOSE and f.value is not None and f.start >= match.end()
            )  # fmt: skip
            first = next(doses, None)
            if first is not None and _BESIDE.fullmatch(reading.text, match.end(), first.start):
                yield first


@lru_cache(maxsize=8)
def _by_name(record: Reading) -> Mapping[str, tuple[_Dosed, ...]]:
    found: dict[str, tuple[_Dosed, ...]] = {}
    for dosed in _dosed(record):
        found[dosed.key] = (*found.get(dosed.key, ()), dosed)
    return found


def _dosed(reading: Reading) -> Iterator[_Dosed]:
    for sentence in reading.sentences:
        last: _Dosed | None = None
        for figure in sentence.figures:
            if figure.kind is not MentionKind.DOSE or figure.value is None or figure.upper:
                continue
            named = _name_before(sentence, figure, reading.text)
            behind = _name_behind(sentence, figure, reading.text)
            if behind is not None:
                last = None
                yield behind
            elif named is not None:
                last = _Dosed(named[0], named[1], figure)
            elif last is not None and _LISTED.fullmatch(
                reading.text, last.figure.end, figure.start
            ):
                last = _Dosed(last.key, last.start, figure)  # "drugol 5 and 10 mg"
            else:
                last = None
            if last is not None:
                yield last


def _name_behind(sentence: Sentence, figure: Figure, text: str) -> _Dosed | None:
    """Return the name that stands right behind a dose: ``100 mg of drugol``, ``5 mg tabrol``."""
    after = [w for w in sentence.tokens if w.start >= figure.end][: _NEXT + 2]
    if not after or text[figure.end : after[0].start] != " ":
        return None
    for word in after:
        if word.lower in _PACES:
            return None
        if word.lower in _FORMS:
            continue
        spaced = text[figure.end : word.start].replace(" ", "").isalpha()
        told = spaced or text[figure.end : word.start].isspace()
        plain = word.lower[0].isalpha() and len(word.lower) >= _LETTERS
        if told and plain and word.stem not in everyday() and _is_name(word):
            return _Dosed(word.stem, figure.start, figure, word.end)
        return None
    return None


def _is_name(word: Word) -> bool:
    """Whether a word names what is dosed: a drug or a food, and no turn of phrase."""
    return word.stem not in function_words() and word.stem not in general_english()


def _name_before(sentence: Sentence, figure: Figure, text: str) -> tuple[str, int] | None:
    """Return the stem and the place of the name before a dose, the form of the drug passed over."""
    at = sentence.word_at(figure.start) - 1
    near = 0
    while at >= 0 and near <= _NEXT and sentence.tokens[at].lower in _FORMS:
        at, near = at - 1, near + 1
    if at > 0 and sentence.tokens[at].lower.isdigit():
        at -= 1  # "Drugol 1 (10 g/day)"
    if at < 0:
        return None
    word = sentence.tokens[at]
    between = normalise(text[word.end : figure.start]).text
    aside = between.strip() == ";" and text[word.start - 1 : word.start] == "("
    plain = aside or not any(mark in between for mark in ",;:.)")
    plain = plain and word.lower[0].isalpha()
    if not plain or len(word.lower) < _LETTERS or word.stem in everyday():
        return None
    return word.stem, word.start
