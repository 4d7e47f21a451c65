"""Labels that a record sets against each other where it tells results, whatever it called its arms.

``12 % in the X and 9 % in the Y group``, ``X (12 %), Y (9 %)``, ``lower with X than with Y``,
``(12 mg X; 9 mg Y)``: two labels in the same place of one sentence are what is compared. A label
counts if the record uses it at least twice.

>>> text = "Relapse: 12% with tabrol and 9% with zolamine. Tabrol caused nausea, zolamine not."
>>> [text[start:end] for start, end in contrasted(text)]
['tabrol', 'zolamine']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.text.lexicon import categories, concepts, find_cues, function_words
from kg.text.tokens import Word, words

Span = tuple[int, int]
_UNIT = (
    r"(?:%|±\s?[\d.,·]+%?|mg|µg|μg|g|kg|m[lL]|L|mmol|IU|points?|days?|weeks?|months?|years?|hours?|h|"
    r"min(?:utes?)?|s|cm|mm|m|W|N|bpm|mmHg|cases?|events?)(?:/\w+)?"
)
_NUMBER = rf"[−-]?\d[\d.,·]*(?:\s?{_UNIT})?(?: ?[\[(][^\])]{{0,40}}[\])](?:\s?{_UNIT})?)?"
_LABEL = r"(?P<label>[A-Za-z][\w-]*(?: [\w-]+){0,3})"
_BEHIND = re.compile(
    rf"{_NUMBER}[)\]]? (?:in|with|for|on|among|after|following|of|assigned to|allocated to"
    rf"|treated with|given|receiving) (?:the |those |patients |women |"
    rf"men |participants |children |subjects |people |on |in |with |receiving |given |treated |"
    rf"taking |who (?:received|had|took|got|underwent|were (?:given|assigned to)) )*"
    rf"(?={_LABEL})"
)
_BEFORE = re.compile(
    r"(?<![A-Za-z])(?P<label>[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)?) "
    r"[\[(][−-]?\d[\d.,·]*\s?(?:%|±|\[|/)"
)
_INSIDE = re.compile(rf"{_NUMBER} (?:{_UNIT} )?(?P<label>[A-Za-z][\w-]*)(?=[;)])")
_COMPARED = re.compile(
    r"(?<![A-Za-z])(?P<one>[A-Za-z][\w-]*(?: [\w-]+)?) (?:group |arm |patients )?"
    r"(?:than|versus|vs\.?|compared (?:with|to)|compared with the) "
    r"(?:with |in |for |on |the |those |patients |receiving |given |after )*"
    r"(?P<two>[A-Za-z][\w-]*(?: [\w-]+)?)"
)
_CONTROL = r"(?P<control>placebo|sham|vehicle|saline)(?![\w-])"
_ONE = r"(?P<name>[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)?)"
_DOSED = (
    r"(?: \d[\d.,]* ?(?:mg|µg|μg|g|IU|ml|mL)(?:/\w+){0,2}(?: (?:once|twice) daily| daily| bid)?)?"
    r"(?: ?[\[(][^\])]{0,60}[\])])?"
)
_WITH = r"(?:a |an |the |with |for |matching |matched |oral |receiving |given )*"
_STUDIED = re.compile(
    r"\bcompar(?:e|es|ed|ing) (?:the )?(?:[a-z]+ (?:and [a-z]+ )?of )?(?P<one>[A-Za-z][\w-]*"
    r"(?: [A-Za-z][\w-]*)?)(?: [\[(][^\])]{0,40}[\])])? (?:with|to|and|versus|against) "
    r"(?:that of )?(?P<two>[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)?)"
    r"(?=[.,;:)]| (?:for|in|on|as|to|at|of|among|after|during|when|[\[(])| ?[\[(])"
)
_OR_CONTROL = re.compile(rf"\b(?:or|and|versus|vs\.?) {_WITH}{_CONTROL}", re.IGNORECASE)
_BEFORE_CONTROL = re.compile(
    rf"(?<![\w-]){_ONE}{_DOSED},? (?:or|versus|vs\.?|over|than|compared (?:with|to)|relative to) "
    rf"{_WITH}(?:{_NUMBER} )?{_CONTROL}",
    re.IGNORECASE,
)
_BEHIND_CONTROL = (
    re.compile(
        rf"{_CONTROL}(?: ?[\[(][^\])]{{0,40}}[\])])?,? (?:or|versus|vs\.?|than) {_WITH}{_ONE}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b[Cc]ompared (?:with|to) {_WITH}{_CONTROL}, {_ONE}"),
)
_PLACED = re.compile(r"\b(?:at|during|over) (?:the )?(?:[a-z]+ )?$")
_FAR = 120
_TWICE = 2
_HEADS = {"group", "groups", "arm", "arms", "patients", "recipients", "treatment", "therapy"}
_NEVER = {
    "baseline", "week", "weeks", "month", "months", "day", "days", "year", "years", "hour", "hours",
    "total", "mean", "median", "expected", "before", "after", "time", "patient", "study", "trial",
    "population", "outcome", "control", "difference", "value", "rate", "score", "level", "analysis",
    "table", "figure", "fig", "respectively", "range", "mg", "ml", "kg", "points", "more", "less",
    "men", "women", "children", "adults", "cases", "controls", "follow-up", "treatment", "frequent",
    "common", "likely", "prevalent", "rare", "severe", "effective", "pronounced", "bid",
}  # fmt: skip


def contrasted(text: str) -> list[Span]:
    """Return where labels that are set against each other first stand, in text order."""
    found: dict[str, Span] = {}
    for one, two in _pairs(text):
        for start, end in (one, two):
            found.setdefault(text[start:end].lower(), (start, end))
    low = text.lower()
    often = [s for label, s in found.items() if _count(low, label) >= _TWICE]
    return sorted(often)


def _count(text: str, label: str) -> int:
    return len(re.findall(rf"(?<![\w-]){re.escape(label)}(?![\w])", text))


def _pairs(text: str) -> Iterator[tuple[Span, Span]]:
    for pattern in (_BEHIND, _BEFORE, _INSIDE):
        last = pattern is _BEFORE
        matches = (m.span("label") for m in pattern.finditer(text))
        told = [s for span in matches if (s := _label(text, *span, last=last))]
        for one, two in pairwise(told):
            between = text[one[1] : two[0]]
            a, b = text[slice(*one)].lower(), text[slice(*two)].lower()
            same = a.endswith(b) or b.endswith(a)
            if not same and len(between) <= _FAR and not re.search(r"[.;]\s+[A-Z]", between):
                yield one, two
    for match in _COMPARED.finditer(text):
        if _PLACED.search(text, max(0, match.start() - 24), match.start("one")):
            continue  # "smaller at the hip than the placebo group" compares no hip
        first = _label(text, *match.span("one"), last=True)
        second = _label(text, *match.span("two"))
        if first and second:
            yield first, second


def studied(text: str) -> list[Span]:
    """Return the two things that a record sets out to compare, each named at least twice.

    >>> text = "To compare tabrol with zolamine for gout. Tabrol and zolamine were safe."
    >>> [text[start:end] for start, end in studied(text)]
    ['tabrol', 'zolamine']
    """
    low = text.lower()
    for match in _STUDIED.finditer(text):
        one = _label(text, *match.span("one"), last=True)
        two = _label(text, *match.span("two"))
        names = [text[slice(*span)].lower() for span in (one, two) if span]
        if one and two and all(_count(low, name) >= _TWICE for name in names):
            return [_with_head(low, names[0], names[1], one), two]
    return []


def _with_head(low: str, one: str, two: str, span: Span) -> Span:
    """Return where a text prints the first name with the second's noun: ``A and B repair``."""
    whole = f"{one} {two.split()[-1]}"
    at = low.find(whole) if " " in two and " " not in one else -1
    return (at, at + len(whole)) if at >= 0 else span


def _often(text: str, low: str, span: Span, *, last: bool) -> Span | None:
    """Return a name that a text uses at least twice: the whole, else a word, that beside first.

    :param last: whether the name ends beside what it is set against
    """
    tokens = words(text, *span)
    one, other = (tokens[-1], tokens[0]) if last else (tokens[0], tokens[-1])
    for part in (span, (one.start, one.end), (other.start, other.end)):
        named = _label(text, *part, last=last)
        if named and _count(low, text[slice(*named)].lower()) >= _TWICE:
            return named
    return None


def controls(text: str) -> list[Span]:
    """Return where a placebo or a sham first stands as one of several things to be given.

    >>> text = "Patients received 10, 20 or 40 mg of drugol or placebo."
    >>> [text[start:end] for start, end in controls(text)]
    ['placebo']
    """
    match = _OR_CONTROL.search(text)
    return [match.span("control")] if match else []


def against_control(text: str) -> list[Span]:
    """Return what is set against a placebo or a sham, and that control, in text order.

    A name counts if the record uses it at least twice.

    >>> text = "They received injections of zelorimab (60 mg) or placebo. Zelorimab helped."
    >>> [text[start:end] for start, end in against_control(text)]
    ['zelorimab', 'placebo']
    """
    found: dict[str, Span] = {}
    low = text.lower()
    for pattern in (_BEFORE_CONTROL, *_BEHIND_CONTROL):
        for match in pattern.finditer(text):
            named = _often(text, low, match.span("name"), last=pattern is _BEFORE_CONTROL)
            if named:
                for span in (named, match.span("control")):
                    found.setdefault(text[slice(*span)].lower(), span)
    return sorted(found.values())


def _label(text: str, start: int, end: int, *, last: bool = False) -> Span | None:
    """Cut a stretch to the name in it; None if it names no group.

    :param last: whether the name is what the stretch ends in
    """
    tokens = words(text, start, end)
    kept = _run(tokens[::-1])[::-1] if last else _run(tokens)
    kinds = [categories().get(c.key) for c in concepts(kept)]
    measured = {"condition", "outcome"}
    if not kept or kinds[-1:] == ["outcome"] or (measured & set(kinds) and len(kinds) == 1):
        return None
    if "condition" in kinds:
        return None
    if find_cues(kept) or not any(c.isalpha() for c in kept[0].lower):
        return None
    return kept[0].start, kept[-1].end


def _run(tokens: Sequence[Word]) -> list[Word]:
    kept: list[Word] = []
    for token in tokens:
        if token.stem in function_words() or token.lower in _NEVER | _HEADS:
            break
        kept.append(token)
    return kept[:3]
