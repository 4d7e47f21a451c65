"""Groups that a record nowhere lists: a drug tried against placebo, a thing given or not given.

>>> [g.label for g in implied_labels("They took tabrol 5 mg or no tabrol for a week.")]
['tabrol', 'no tabrol']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.extract.group import LearnedGroup
from kg.extract.group_labels import candidate
from kg.text.lexicon import names_drug
from kg.text.tokens import words

_OR_NONE = re.compile(
    r"(?<![\w-])(?P<given>[A-Za-z][\w-]{3,})(?: [\d.,]+ ?[\w/]{1,12})?,? (?:or|versus|vs\.?) "
    r"(?P<none>no (?P=given))(?![\w-])",
    re.IGNORECASE,
)
_OR_ALONE = re.compile(
    r"(?<![\w-])(?P<more>[A-Za-z][\w-]* (?:plus|\+|with|and|combined with) (?P<one>[A-Za-z][\w-]*"
    r"(?: [A-Za-z][\w-]*)?)),? (?:or|versus|vs\.?|than|compared (?:with|to)|and) (?:to |with )?"
    r"(?P<alone>(?P=one) alone)(?![\w-])",
    re.IGNORECASE,
)
_IN_TURN = re.compile(
    r"\brandomly (?:received|given|underwent|performed|completed|assigned|allocated)"
    r"(?: to)?(?: either)? (?P<list>[^.;:()]{5,120})"
)
_ITEM = re.compile(r",? (?:and|or) |, ")
_GOES_ON = re.compile(
    r"\b(?:for|in|on|at|over|during|after|before|while|every|within|as|by|with)\b.*"
)
_PLACEBO = re.compile(
    r"\b(?:placebo|sham|saline)\b(?!-controlled| controlled|-effect| effect| response| run-in"
    r"| lead-in|-subtracted)",
    re.IGNORECASE,
)
_OFTEN = 3
_TWICE = 2
_FEW_WORDS = 4


def implied_labels(text: str) -> Iterator[LearnedGroup]:
    """Yield the groups that follow from how a record speaks, where it lists none, two or more."""
    for found in (
        _given_or_not(text), _added_or_alone(text), _in_turn(text), _against_placebo(text),
    ):  # fmt: skip
        if len(found) >= _TWICE:
            yield from found
            return


def _given_or_not(text: str) -> list[LearnedGroup]:
    """``tabrol 5 mg or no tabrol``: the thing, and its absence."""
    match = _OR_NONE.search(text)
    if match is None:
        return []
    return [*candidate(text, *match.span("given")), _absent(text, *match.span("none"))]


def _added_or_alone(text: str) -> list[LearnedGroup]:
    """``stimulation plus training or training alone``: with and without what was added."""
    match = _OR_ALONE.search(text)
    if match is None:
        return []
    spans = match.span("more"), match.span("alone")
    return [group for span in spans for group in candidate(text, *span)]


def placebo_beside(text: str) -> Iterator[LearnedGroup]:
    """Yield the placebo that a record speaks of as something given."""
    told = _PLACEBO.search(text)
    yield from candidate(text, *told.span()) if told else ()


def _absent(text: str, start: int, end: int) -> LearnedGroup:
    """Return the group that is not given something: a control."""
    label = text[start:end]
    name = label.lower()
    return LearnedGroup(name, label, start, end, (name,), None, None, control=True)


def _in_turn(text: str) -> list[LearnedGroup]:
    """``randomly received A, B and C``: each of them, each told again."""
    for match in _IN_TURN.finditer(text):
        start = match.start("list")
        whole = _GOES_ON.sub("", match.group("list"))
        spans, at = [], 0
        for item in _ITEM.finditer(whole):
            spans.append((start + at, start + item.start()))
            at = item.end()
        spans.append((start + at, start + len(whole.rstrip())))
        found = [group for span in spans for group in _one(text, *span)]
        short = all(len(words(group.label)) <= _FEW_WORDS for group in found)
        if short and len(found) == len(spans) >= _TWICE:
            return found
    return []


def _one(text: str, start: int, end: int) -> Iterator[LearnedGroup]:
    if text[start:end].lower().startswith("no "):
        yield _absent(text, start, end)
    else:
        yield from candidate(text, start, end)


def _against_placebo(text: str) -> list[LearnedGroup]:
    """Return the one drug that a record speaks of and the placebo beside which it was given."""
    told = _PLACEBO.search(text)
    drugs = [w for w in words(text) if names_drug(w.lower)]
    counts = Counter(w.lower for w in drugs).most_common(_TWICE)
    if told is None or not counts or counts[0][1] < _OFTEN:
        return []
    if len(counts) == _TWICE and counts[1][1] * _TWICE > counts[0][1]:
        return []
    first = next(w for w in drugs if w.lower == counts[0][0])
    return [*candidate(text, first.start, first.end), *candidate(text, *told.span())]
