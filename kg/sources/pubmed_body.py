r"""What stands below the title of a PubMed page, region by region.

>>> from kg.sources.lines import lines
>>> text = "A Study Group\nAbstract\nIt helped.\nFigures\nFig. 1.\nWalking.\n(A) Men."
>>> for s in body(text, lines(text)):
...     print(s.part.value, s.label, repr(text[s.start : s.end]))
authors None 'A Study Group'
furniture None 'Abstract'
abstract None 'It helped.'
furniture None 'Figures'
caption Fig. 1. 'Walking.\n(A) Men.'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.model import Part, Segment
from kg.sources.furniture import is_cue
from kg.sources.labelled import labelled
from kg.sources.lines import Line
from kg.sources.pubmed_lists import captions, references
from kg.sources.pubmed_regions import (
    Opening,
    Region,
    is_identifier,
    opening,
    publication_type,
)
from kg.sources.sections import label_at, part_of
from kg.sources.works import registration_in

_SENTENCES = re.compile(r"[a-z)\]][.!?]\s+[A-Z]")
_SHORT_NAMES = re.compile(
    r"(?:[^\n]{1,200}?\bet al\b\.?|[^\n]{1,200}?\w{2}\.)[\s\u00a0]+(?=[A-Z][^\n]{2})"
)
_FEW_CHARS = 80
_PROSE_CHARS = 200
_FROM_ANYWHERE = frozenset({Part.KEYWORDS, Part.REGISTRATION})
_ROLES = frozenset({Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS, Part.RESULTS, Part.CONCLUSIONS})
_BEFORE_ABSTRACT = frozenset({Region.BYLINE, Region.AFFILIATIONS})
_LISTS = frozenset({Region.FIGURES, Region.REFERENCES})


@dataclass(frozen=True, slots=True)
class _State:
    """Where in the page a line stands.

    :param cue: the heading of the region
    :param opened: the headings so far; one that comes again is an entry of the page's menu
    :param again: whether the title was just printed again, with authors and journal to follow
    """

    region: Region
    cue: str = ""
    opened: frozenset[tuple[Region, str]] = frozenset()
    again: bool = False

    def under(self, region: Region, cue: str) -> _State:
        key = (region, cue.lower())
        here = Region.ASIDE if key in self.opened else region
        return _State(here, cue, self.opened | {key})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line and the region that it is read in; ``part`` where its form decides what it is."""

    line: Line
    region: Region
    cue: str
    part: Part | None = None
    start: int = 0


def body(text: str, found: Sequence[Line], title: str | None = None) -> Iterator[Segment]:
    """Yield the segments below the title, in order.

    :param title: as printed; a page prints it again above the short list of authors
    """
    placed = list(_placed(found, title))
    for (region, cue, own), group in groupby(placed, lambda p: (p.region, p.cue, p.part)):
        run = list(group)
        if own is not None:
            yield from _told(run, own)
        elif region is Region.ABSTRACT:
            yield from labelled(text, [p.line for p in run], Part.ABSTRACT)
        elif region is Region.FIGURES:
            yield from captions(text, [p.line for p in run])
        elif region is Region.REFERENCES:
            yield from references([p.line for p in run])
        else:
            yield from _other(run, region, cue)


def _told(run: Sequence[_Placed], part: Part) -> Iterator[Segment]:
    label = run[0].cue if part is Part.REVIEW_STATUS else None
    for placed in run:
        yield Segment(placed.start or placed.line.start, placed.line.end, part, label)


def _other(run: Sequence[_Placed], region: Region, cue: str) -> Iterator[Segment]:
    """Yield authors and affiliations, notes on the work's state, and what is about other works."""
    for placed in run:
        line = placed.line
        if region is Region.BYLINE:
            yield from _names(line, short=cue == "again")
        elif region is Region.AFFILIATIONS:
            yield Segment(line.start, line.end, Part.AUTHORS, cue)
        elif region is Region.STATUS:
            yield Segment(line.start, line.end, Part.REVIEW_STATUS, cue)
        elif region is Region.TYPES:
            yield Segment(line.start, line.end, Part.FURNITURE, cue)
        else:
            registered = region is Region.ASIDE and cue.lower() == "associated data"
            own = registered and registration_in(line.text)
            yield Segment(line.start, line.end, Part.REGISTRATION if own else Part.FURNITURE)


def _names(line: Line, *, short: bool) -> Iterator[Segment]:
    """Yield authors; the short form ``A Name et al. J Inv Med. 2019.`` ends with the journal."""
    match = _SHORT_NAMES.match(line.text) if short or " et al" in line.text else None
    if match is None:
        yield Segment(line.start, line.end, Part.AUTHORS)
        return
    names = match.group().rstrip()
    yield Segment(line.start, line.start + len(names), Part.AUTHORS)
    yield Segment(line.start + match.end(), line.end, Part.JOURNAL)


def _placed(found: Sequence[Line], title: str | None) -> Iterator[_Placed]:
    state = _State(Region.BYLINE)
    for line in found:
        if title and line.text == title:
            state = replace(state, region=Region.BYLINE, cue="again")
            yield _Placed(line, state.region, state.cue, Part.FURNITURE)
            continue
        opened = _opening(line, state.region)
        if opened and opened.region is Region.LINK:
            yield _Placed(line, state.region, state.cue, Part.FURNITURE)
        elif opened:
            state = state.under(opened.region, opened.cue)
            yield _headed(line, opened, state)
        else:
            state = _without_heading(line, state)
            yield _Placed(line, state.region, state.cue, _by_form(line, state.region))


def _opening(line: Line, region: Region) -> Opening | None:
    """Return the region that a line opens; in lists only a heading of its own line does."""
    opened = opening(line.text)
    if opened and region in _LISTS and opened.rest < len(line.text):
        aside = opened.region is Region.ASIDE and line.gap
        return opened if aside or opened.region in {Region.LINK, Region.STATUS} else None
    return opened


def _headed(line: Line, opened: Opening, state: _State) -> _Placed:
    """Place a heading; what a status line says itself is text, and so is one that stands alone."""
    if state.region is not Region.STATUS:
        return _Placed(line, state.region, state.cue, Part.FURNITURE)
    inline = opened.rest < len(line.text) and line.text[opened.rest - 1] != "."
    start = line.start + opened.rest if inline and " in" in opened.cue.lower() else 0
    return _Placed(line, state.region, state.cue, Part.REVIEW_STATUS, start)


def _without_heading(line: Line, state: _State) -> _State:
    """Return the state at a line that is no heading: an abstract may begin without one."""
    label = label_at(line.text)
    if label and label.part in _FROM_ANYWHERE and state.region not in _LISTS:
        return replace(state, region=Region.ABSTRACT, cue="")
    if state.region not in _BEFORE_ABSTRACT:
        return state
    named = label and (label.part in _ROLES or label.printed.lower().startswith("abstract"))
    bare = part_of(line.text) in _ROLES
    prose = (
        state.region is Region.BYLINE
        and len(line.text) > _PROSE_CHARS
        and len(_SENTENCES.findall(line.text)) > 1
    )
    return replace(state, region=Region.ABSTRACT, cue="") if named or bare or prose else state


def _by_form(line: Line, region: Region) -> Part | None:
    """Return the part of a line that its form tells, wherever it stands."""
    text = line.text
    if region in _BEFORE_ABSTRACT:
        if is_identifier(text):
            return Part.IDENTIFIER
        if publication_type(text):
            return Part.FURNITURE
    if region is Region.ABSTRACT and is_identifier(text, labelled=True):
        return Part.IDENTIFIER
    if region not in {Region.REFERENCES, Region.STATUS} and len(text) <= _FEW_CHARS:
        return Part.FURNITURE if is_cue("furniture", text) else None
    return None
