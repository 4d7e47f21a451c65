"""A change within a group told as a difference between groups, and the reverse.

A claim tells a difference where a figure is what one group is ahead of another by (*by 4 points
compared with placebo*, *4 points lower than on placebo*), and a change where it is what a group
gained on its own start (*4 points from baseline*). A record's figure is one group's own where the
other group's stands beside it; it is a difference where the words call it one.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "Forty adults took drugol (n = 20) or placebo (n = 20). Pain fell by 8 points with drugol "
...     "and by 5 points with placebo."
... )
>>> text = "Drugol lowered pain by 8 points compared with placebo."
>>> claim = read_claim(text, 0, len(text), record)
>>> mine = next(f for f in claim.facts if f.figure is not None)
>>> own = next(f for f in record.facts if f.phrase == "8 points")
>>> told_as(mine, own, claim, record)
('a difference between groups', "one group's own change")
"""

from __future__ import annotations

import re

from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading
from kg.extract.series import RESULT_KINDS
from kg.model import MentionKind

DIFFERENCE, CHANGE = "a difference between groups", "one group's own change"
_BETWEEN = re.compile(
    r"^[^.;]{0,60}?\b(?:relative to|compared (?:with|to)|versus|vs\.?|than|over|against|ahead of|"
    r"below|above|beyond)\s+(?:that |those |it |in |on |with |the |for |of |among |patients |"
    r"people |women |men |children |participants |subjects |given |taking |receiving |a |an )*"
)
_FRONTED = re.compile(
    r"\s*(?:against|compared (?:with|to)|in comparison (?:with|to)|relative to|versus|vs\.?) "
    r"(?!baseline)[^,;.]{3,60},"
)
_AHEAD = re.compile(
    r"\b(?:by|another|some|about|almost|nearly|roughly|around)\s+(?:an? |about |some |roughly |"
    r"almost |nearly |around |average of |mean of |median of )*$"
)
_MORE = re.compile(
    r"^[ -]?(?:\w+ ){0,2}?(?:higher|lower|more|less|fewer|longer|shorter|further|greater|smaller|"
    r"better|worse|faster|slower|earlier|later|heavier|lighter|bigger|larger)\b"
)
_BASELINE = re.compile(
    r"\b(?:from|than|versus|relative to|compared (?:with|to)|over|against|since|below|above"
    r"|under)\s+"
    r"(?:at |their |its |the |his |her |own )*(?:baseline|start|outset|beginning|entry|before|"
    r"pre-?treatment|it had been|they had been|they had at|initial)\b"
)
_CALLED = re.compile(
    r"\b(?:differences?|between-group|between-treatment|effect|advantage"
    r"|(?:versus|vs\.?|over|compared with|relative to)\s+[a-z][\w-]*\s+(?:was|were|is|of))\b"
)
_OF_GROUPS = re.compile(r"\b(?:placebo|controls?|versus|vs|than|between|both|groups)\b")
_BESIDE = 60
_MORE_THAN = re.compile(
    r"(?: percentage)?(?: points?)? (?:more|less|greater|lower|higher|fewer) than "
    r"(?!(?:at |the |their )*(?:baseline|start))"
)


def told_as(fact: Fact, own: Fact, claim: Reading, record: Reading) -> tuple[str, str] | None:
    """Return what a claim tells a figure as and what the record has it as, if they differ.

    :param own: the record's figure that has the claimed value
    """
    figure = fact.figure
    if figure is None or figure.kind not in RESULT_KINDS or figure.kind in _NO_CHANGE:
        return None
    if _tells_difference(fact, claim):
        return (DIFFERENCE, CHANGE) if _is_one_groups(own, record) else None
    if _tells_change(fact, claim) and _is_difference(own, record):
        return CHANGE, DIFFERENCE
    return None


_NO_CHANGE = {
    MentionKind.P_VALUE, MentionKind.INTERVAL, MentionKind.EFFECT, MentionKind.SAMPLE_SIZE,
    MentionKind.COUNT,
}  # fmt: skip


def _tells_difference(fact: Fact, claim: Reading) -> bool:
    """Whether one group is ahead of another by the figure, and the other has none of its own."""
    sentence = claim.sentences[fact.sentence]
    before = claim.text[sentence.start : fact.start].lower()
    after = claim.text[fact.end : sentence.end].lower()
    if _BASELINE.search(claim.text[sentence.start : sentence.end].lower()):
        return False
    ahead = _AHEAD.search(before) or _MORE.match(after)
    turned = _BETWEEN.match(after)
    if not turned and ahead and _FRONTED.match(before):
        return _has_one_figure(fact, claim)
    if not turned:
        led = re.search(r"\b(?:ahead of|beat|outdid|over|below|above)\s+\w+ (?:by )$", before)
        return bool(led)
    other = after[turned.end() :][:_BESIDE]
    own_figure = re.match(r"[^,;.]{0,20}?\d", other) or re.search(r"\b(?:by|was|at) \d", other)
    return bool(ahead) and own_figure is None and _has_one_figure(fact, claim)


def _has_one_figure(fact: Fact, claim: Reading) -> bool:
    sentence = claim.sentences[fact.sentence]
    kind = fact.figure.kind if fact.figure else None
    return sum(f.kind is kind for f in sentence.figures) == 1


def _is_one_groups(own: Fact, record: Reading) -> bool:
    """Whether a neighbour of the same kind is another group's: then this is one group's own."""
    sentence = record.sentences[own.sentence]
    item = re.split(r"[,;()]", record.text[sentence.start : own.start].lower())[-1]
    if own.figure is None or _CALLED.search(item):
        return False
    if own.firmly and (len(own.groups) > 1 or POOLED in own.groups):
        return True
    if _BASELINE.search(record.text[sentence.start : sentence.end].lower()) and own.firmly:
        return True
    whole = record.text[sentence.start : sentence.end].lower()
    if _BASELINE.search(whole) and not _OF_GROUPS.search(whole):
        return True
    return any(
        other.figure is not None and other.sentence == own.sentence and other.start != own.start
        and other.figure.kind is own.figure.kind and other.figure.unit == own.figure.unit
        and (
            (other.groups != own.groups and len(own.groups) == 1)
            or (other.firmly and len(other.groups) == 1 and other.groups.isdisjoint(own.groups))
        )
        for other in record.facts
    )  # fmt: skip


def _tells_change(fact: Fact, claim: Reading) -> bool:
    sentence = claim.sentences[fact.sentence]
    return _BASELINE.search(claim.text[sentence.start : sentence.end].lower()) is not None


def _is_difference(own: Fact, record: Reading) -> bool:
    """Whether the record calls the figure a difference between groups."""
    sentence = record.sentences[own.sentence]
    before = record.text[max(sentence.start, own.start - 70) : own.end].lower()
    after = record.text[own.end : min(sentence.end, own.end + _BESIDE)].lower()
    if _MORE_THAN.match(after):
        return True
    return _CALLED.search(before) is not None and "baseline" not in before
