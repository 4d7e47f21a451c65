"""The depth of headings that carry no markup.

A heading directly followed by another is its parent. Marks that print depth (``##``, ``2.1``, all
capitals) decide first. Level 1 is the title, 2 a section, and so on.

>>> plain = [Head("Evidence", True), Head("Safety"), Head("Efficacy"), Head("Conclusion")]
>>> levels(plain)
[2, 3, 3, 2]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Part
from kg.sources.furniture import is_cue
from kg.sources.pieces import Piece, has_ended, unmarked
from kg.text.tokens import words

_HASHES = re.compile(r"(#{1,6})\s")
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+\D|(?P<roman>[IVX]{1,5})[.)]\s")
_MARKED = re.compile(r"(?:[.)\]%]\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|\[\d[\d\s,–-]*\])\Z")
_SENTENCES = re.compile(r"[a-z)\]][.!]\s+[A-Z]")
_ASIDE = frozenset({Part.FURNITURE, Part.REVIEW_STATUS, Part.DATE})
_LIST = frozenset({Part.BULLET, Part.STEP})
_CHARS, _WORDS, _LABEL_WORDS, _TITLE_CHARS = 100, 15, 6, 200
_CHAIN = 3
_SAME_TITLE = 0.6
_LETTERS = 4
_SECTION = 2


@dataclass(frozen=True, slots=True)
class Head:
    """A heading's text, and whether the next thing after it is a heading too.

    :param restates: whether it says the document's title again
    """

    text: str
    parent: bool = False
    restates: bool = False


def printed_level(text: str) -> int | None:
    """Return the level that a heading prints of itself, or None.

    >>> [printed_level(t) for t in ("## Safety", "2.1 Dosing", "II. Methods", "Safety")]
    [2, 3, 2, None]
    """
    hashes = _HASHES.match(text)
    if hashes:
        return len(hashes.group(1))
    number = _NUMBER.match(text)
    if number is None:
        return None
    return _SECTION if number.group("roman") else _SECTION + number.group(1).count(".")


def shouts(text: str) -> bool:
    """Tell whether a heading is printed in capitals.

    >>> shouts("SAFETY PROFILE"), shouts("TNF")
    (True, False)
    """
    return text.isupper() and sum(c.isalpha() for c in text) >= _LETTERS


def levels(heads: Sequence[Head]) -> list[int]:
    """Return the level of each heading, in order."""
    capitals = {shouts(head.text) for head in heads} == {True, False}
    found: list[int] = []
    deepest, above = 1, _SECTION - 1
    for chain in _chains(heads):
        deepest = max(deepest, len(chain))
        for at, head in enumerate(chain):
            printed = 1 if head.restates else printed_level(head.text)
            if printed is None and capitals and shouts(head.text):
                printed = _SECTION
            if printed is not None:
                above = printed
                found.append(printed)
            elif len(chain) > 1:
                found.append(max(above + 1, _SECTION + deepest - len(chain)) + at)
            elif above < _SECTION and is_cue("top", head.text):
                found.append(_SECTION)
            else:
                found.append(above + deepest)
    return found


def _chains(heads: Sequence[Head]) -> Iterator[list[Head]]:
    """Yield runs of headings with nothing between; a heading that prints its level stands alone."""
    chain: list[Head] = []
    for head in heads:
        chain.append(head)
        alone = head.restates or printed_level(head.text) is not None
        if alone or not head.parent:
            yield chain
            chain = []
    if chain:
        yield chain


def looks_like_heading(text: str) -> bool:
    """Tell whether a line is worded as a heading: short, one phrase, no full stop, no marker.

    >>> [looks_like_heading(t) for t in ("Safety profile", "It is safe.", "It is safe [1]")]
    [True, False, False]
    """
    count = len(text.split())
    if "\n" in text or len(text) > _CHARS or count > _WORDS or text[:1].islower():
        return False
    if text.endswith(":"):
        return count <= _LABEL_WORDS
    ended = has_ended(text) and not text.endswith(("?", ")"))
    return not (ended or _MARKED.search(text) or _SENTENCES.search(text) or text.endswith(","))


def with_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Tell the title and the headings from paragraphs, and give each heading its level."""
    found = list(pieces)
    content = [at for at, piece in enumerate(found) if piece.part not in _ASIDE]
    after = dict(pairwise(content))
    likely = [at for at in after if _is_head(found[at], found[after[at]])]
    title = _title(found, content, likely)
    if title is not None:
        found[title] = replace(found[title], part=Part.TITLE, level=1)
    likely = _believable(found, after, [at for at in likely if at != title])
    name = found[title].text if title is not None else ""
    heads = []
    among = frozenset(likely)
    for at in likely:
        found[at] = unmarked(found[at], Part.HEADING)
        hashes = f"{'#' * found[at].level} " if found[at].level else ""
        again = at == likely[0] and _says_again(name, found[at].text)
        heads.append(Head(hashes + found[at].text, after[at] in among, again))
    for at, level in zip(likely, levels(heads), strict=True):
        found[at] = replace(found[at], level=level)
    return found


def _is_head(piece: Piece, following: Piece) -> bool:
    if piece.part is Part.HEADING:
        return True
    if piece.part is Part.PARAGRAPH:
        return looks_like_heading(piece.text)
    numbered = piece.part is Part.STEP and piece.mark is not None and bool(piece.mark.number)
    apart = piece.gap and following.gap and following.part is not Part.STEP
    return numbered and apart and piece.indent == 0 and looks_like_heading(piece.text)


def _title(found: Sequence[Piece], content: Sequence[int], likely: Sequence[int]) -> int | None:
    """Return the index of the title: the first line, if it is worded as one and more follows."""
    if len(content) < 2:
        return None
    first, following = found[content[0]], found[content[1]]
    if first.part is Part.HEADING:
        return content[0] if first.level <= 1 and not is_cue("references", first.text) else None
    if first.part is not Part.PARAGRAPH or "\n" in first.text or len(first.text) > _TITLE_CHARS:
        return None
    if first.text.endswith("?"):
        return content[0]
    if content[0] not in likely:
        wordy = len(first.text) > _CHARS and not has_ended(first.text)
        return content[0] if wordy and following.gap else None
    return None if following.part in _LIST and len(likely) > 1 else content[0]


def _believable(found: Sequence[Piece], after: dict[int, int], likely: Sequence[int]) -> list[int]:
    """Leave out runs of more than three lines worded as headings: they are short paragraphs."""
    kept: list[int] = []
    run: list[int] = []
    among = frozenset(likely)
    for at in likely:
        run.append(at)
        if after[at] in among:
            continue
        plain = sum(printed_level(found[i].text) is None for i in run)
        kept += [i for i in run if plain <= _CHAIN or found[i].part is Part.HEADING]
        run = []
    return kept


def _says_again(title: str, heading: str) -> bool:
    """Tell whether a heading says the title again: three in five of its longer words are there."""
    told = {word.stem for word in words(title)}
    own = [word.stem for word in words(heading) if len(word.lower) >= _LETTERS]
    return len(own) >= _LETTERS and sum(s in told for s in own) >= _SAME_TITLE * len(own)
