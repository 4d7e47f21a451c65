r"""The head of a PubMed page: site, publication type, journal, identifiers, title.

>>> from kg.sources.lines import lines
>>> text = "Review\nJ Inv Med\n. 2019 Mar;4(2):1-9.\nWalking after zelorimab\nA Study Group"
>>> segments, below = head(lines(text))
>>> [(s.part.value, text[s.start : s.end]) for s in segments][1:3]
[('journal', 'J Inv Med'), ('journal', '. 2019 Mar;4(2):1-9.')]
>>> segments[-1].part.value, [line.text for line in below]
('title', ['A Study Group'])
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Part, Segment
from kg.sources.furniture import is_cue
from kg.sources.lines import Line
from kg.sources.pieces import WRAPS_FROM
from kg.sources.pubmed_regions import (
    Region,
    citation,
    is_identifier,
    is_issue_note,
    opening,
    publication_type,
)
from kg.sources.sections import label_at

_CLOSING = frozenset(
    {Region.ABSTRACT, Region.FIGURES, Region.REFERENCES} | {Region.AFFILIATIONS, Region.BYLINE}
)
_JOURNAL_WORDS = 14
_JOURNAL_CHARS = 160
_PARTICLES = frozenset(
    ("al", "da", "de", "del", "di", "du", "el", "la", "le", "ten", "ter", "van", "von", "'t")
)
_STATUS_WORDS = 4
_TITLE_WORDS = 4
_LONG = 4


def head(found: Sequence[Line]) -> tuple[list[Segment], Sequence[Line]]:
    """Return the segments of a page's head, title included, and the lines below it."""
    stop = next((at for at, line in enumerate(found) if _closes(line)), len(found))
    cited = next((at for at in range(stop) if citation(found[at].text)), None)
    title, after = _title(found, stop, cited)
    if title is None:
        after = stop
    end = max(after, cited + 1) if cited is not None else after
    journal = _journal(found, cited)
    segments: list[Segment] = []
    for at, line in enumerate(found[:end]):
        if title is not None and title < at < after:
            continue
        stop_at = found[after - 1].end if at == title else line.end
        part = Part.JOURNAL if at == journal else _part(line, at, cited)
        segments.append(Segment(line.start, stop_at, Part.TITLE if at == title else part))
    return segments, found[end:]


def _closes(line: Line) -> bool:
    """Tell whether a line shows that the head is over."""
    opened = opening(line.text)
    if opened:
        return opened.region in _CLOSING
    label = label_at(line.text)
    return label is not None and label.part in {Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS}


def _part(line: Line, at: int, cited: int | None) -> Part:
    """Return what a line above the title is; identifiers count from the journal line on."""
    text = line.text
    opened = opening(text)
    if opened and opened.region is Region.STATUS:
        return Part.REVIEW_STATUS
    if at == cited:
        return Part.JOURNAL
    if is_identifier(text) and (cited is None or at > cited):
        return Part.IDENTIFIER
    return Part.JOURNAL if is_issue_note(text) else Part.FURNITURE


def _title(found: Sequence[Line], stop: int, cited: int | None) -> tuple[int | None, int]:
    """Return the title's line and the line after its end."""
    begin = 0 if cited is None else cited + 1
    title = next((at for at in range(begin, stop) if _may_be_title(found[at])), None)
    if cited and (title is None or _are_names(found[title].text)):
        above = [at for at in range(cited) if _may_be_title(found[at])]
        own = bool(above) and not found[cited].text.startswith(".")
        if own and len(found[above[-1]].text.split()) >= _TITLE_WORDS:
            return above[-1], above[-1] + 1
    if title is None:
        return None, stop
    after = title + 1
    while after < stop and _wraps(found[after - 1], found[after]):
        after += 1
    return title, after


def _may_be_title(line: Line) -> bool:
    text = line.text
    opened = opening(text)
    if opened:
        rest = text[opened.rest :].split()
        if opened.region is not Region.STATUS or len(rest) < _STATUS_WORDS:
            return False
    if is_identifier(text) or is_issue_note(text) or citation(text) or publication_type(text):
        return False
    return any(c.isalpha() for c in text) and not is_cue("furniture", text)


def _are_names(text: str) -> bool:
    """Tell a line that may list authors: each longer word begins with a capital."""
    return all(word[:1].isupper() for word in text.split() if len(word) >= _LONG and word.isalpha())


def _wraps(line: Line, following: Line) -> bool:
    """Tell whether a title goes on: a long line without an end, and one that begins small."""
    if following.gap or len(line.text) < WRAPS_FROM or line.text[-1] in ".?!]":
        return False
    if following.text.split()[0] in _PARTICLES:  # an author's name
        return False
    return following.text[:1].islower() or following.text[:1] == "("


def _journal(found: Sequence[Line], cited: int | None) -> int | None:
    """Return the line that names the journal, where the journal line itself does not."""
    if cited is None or not found[cited].text.startswith("."):
        return None
    for at in range(cited - 1, -1, -1):
        text = found[at].text
        opened = opening(text)
        if opened and opened.region is Region.LINK:
            continue
        other = opened or publication_type(text) or is_identifier(text)
        plain = not (other or is_cue("furniture", text))
        short = len(text) <= _JOURNAL_CHARS and len(text.split()) <= _JOURNAL_WORDS
        return at if plain and short and not text.endswith((".", "?", "!")) else None
    return None
