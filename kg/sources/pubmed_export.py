r"""PubMed's export of records as text: one paragraph for each thing it tells.

>>> from kg.sources.lines import lines
>>> text = "1. J Inv Med. 2019;4:1-9.\n\nWalking.\n\nName A(1).\n\nIt helped.\n\nPMID: 12"
>>> is_export(lines(text))
True
>>> [segment.part.value for segment in pieces(text, lines(text))[0]]
['journal', 'title', 'authors', 'abstract', 'identifier']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Part, Segment
from kg.sources.labelled import labelled
from kg.sources.lines import Line
from kg.sources.pubmed_regions import Region, citation, is_identifier, opening

_NUMBER = re.compile(r"\d{1,4}\.\s+(?=\S)")
_HEAD = 3
_NAMES = re.compile(r"[^\n.;:]{1,60}(?:\(\d{1,3}\)|,|\.)")
_SENTENCES = re.compile(r"[a-z)\]][.!?]\s+[A-Z]")
_ASIDE = frozenset({Region.ASIDE, Region.LINK, Region.REFERENCES, Region.FIGURES})


def is_export(found: Sequence[Line]) -> bool:
    """Tell an export: the journal line comes first, and an identifier closes the record."""
    if not found:
        return False
    first = citation(found[0].text)
    closed = any(is_identifier(line.text, labelled=True) for line in found[1:])
    headed = any((o := opening(line.text)) and o.cue.lower() == "abstract" for line in found)
    return first is not None and bool(first.journal) and closed and not headed


def pieces(text: str, found: Sequence[Line]) -> tuple[list[Segment], bool]:
    """Return the segments of the first record, and whether more records follow.

    What follows is furniture.
    """
    blocks = list(_blocks(found))
    later = [at for at, block in enumerate(blocks) if at and _begins_record(block)]
    stop = later[0] if later else len(blocks)
    segments: list[Segment] = []
    abstract: list[Line] = []
    for at, block in enumerate(blocks[:stop]):
        told = list(_told(at, block))
        if told:
            segments += labelled(text, abstract, Part.ABSTRACT)
            segments += told
            abstract = []
        else:
            abstract += block
    segments += labelled(text, abstract, Part.ABSTRACT)
    rest = [line for block in blocks[stop:] for line in block]
    segments += [Segment(line.start, line.end, Part.FURNITURE) for line in rest]
    return segments, bool(later)


def record_starts(found: Sequence[Line]) -> list[int]:
    """Return where each record of an export begins."""
    blocks = list(_blocks(found))
    return [b[0].start for at, b in enumerate(blocks) if at == 0 or _begins_record(b)]


def _blocks(found: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in found:
        if line.gap and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _begins_record(block: Sequence[Line]) -> bool:
    text = block[0].text
    return _NUMBER.match(text) is not None and citation(text) is not None


def _told(at: int, block: Sequence[Line]) -> Iterator[Segment]:
    """Yield the segments of a paragraph, none if it belongs to the abstract."""
    first = block[0]
    span = first.start, block[-1].end
    opened = opening(first.text)
    number = _NUMBER.match(first.text)
    if at == 0:
        yield Segment(first.start + (number.end() if number else 0), span[1], Part.JOURNAL)
    elif at == 1:
        yield Segment(*span, Part.TITLE)
    elif opened and opened.region is Region.AFFILIATIONS:
        yield Segment(first.start, first.end, Part.FURNITURE)
        for line in block[1:]:
            yield Segment(line.start, line.end, Part.AUTHORS, opened.cue)
    elif opened and opened.region is Region.STATUS:
        begin = first.start if opened.rest >= len(first.text) else first.start + opened.rest
        begin = block[1].start if begin == first.start and len(block) > 1 else begin
        yield Segment(begin, span[1], Part.REVIEW_STATUS, opened.cue)
    elif opened and opened.region in _ASIDE:
        yield Segment(*span, Part.FURNITURE)
    elif is_identifier(first.text, labelled=True):
        yield Segment(*span, Part.IDENTIFIER)
    elif at < _HEAD and _are_names(block):
        yield Segment(*span, Part.AUTHORS)


def _are_names(block: Sequence[Line]) -> bool:
    whole = " ".join(line.text for line in block)
    return _NAMES.match(whole) is not None and not _SENTENCES.search(whole)
