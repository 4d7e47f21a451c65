"""Sentences of a biomedical text, as exact offsets.

A full stop ends a sentence unless it stands in a figure, in brackets, after an abbreviation
(``kg/text/data/abbreviations.tsv``), an initial or a list number. A blank line always ends one, and
so does a line that looks like a heading. Citation markers after the stop belong to the sentence.

>>> text = "Pain fell (p = .02, Fig. 2).1,2 The arms, e.g. S. aureus carriers, did not differ. 4, 3"
>>> [text[start:end] for start, end in sentences(text)][0]
'Pain fell (p = .02, Fig. 2).1,2'
>>> len(sentences(text))
2
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kg.text.lexicon import rows

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|[\r\n\u2028\u2029])[^\S\r\n]*[\r\n\u2028\u2029]|\u2029")
_LIST_MARK = re.compile(r"\s*(?:[•◦▪‣●○*–-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++(?=[\s\"'”’)\]\[\d¹²³⁰⁴-⁹]|\Z)")
_CLOSERS = re.compile(r"[\"'”’)\]]*")
_GLUED = re.compile(r"(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[¹²³⁰⁴-⁹][¹²³⁰⁴-⁹,–⁻-]*)(?=\s|\Z)")
_MARKERS = re.compile(
    r"\s*\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]"
    r"|[ \t]\d{1,3}(?:\s?[,–-]\s?\d{1,3})*(?=\s*\Z|\s+[A-Z(])"
)
_NEXT = re.compile(
    r"\s+[\"'“‘(\[]*(?:[A-ZÀ-ÖØ-ÞΑ-Ω\d•(\[]|[*†‡§#]+\s?[A-Za-z]|[a-zα-ω]{1,5}-?[A-Z0-9]|[α-ω]-)"
)
_NEXT_WORD = re.compile(r"\s+[\"'“‘(\[]*([A-Za-z]+)")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘/]*\Z")
_VISIBLE = re.compile(r"\S")
_BRACKET = re.compile(r"[()\[\]]")
_HEADING_MAX = 60
_CUT_OFF = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)


@cache
def _entries(kind: str) -> frozenset[str]:
    """Return the abbreviations of a kind; starters are one word each."""
    found = [row[1] for row in rows("abbreviations.tsv") if row[0] == kind]
    return frozenset(" ".join(found).split() if kind == "starter" else found)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of a stretch as half-open offsets into the text, in order.

    They have no white space at their ends and together hold every other character of the stretch.

    >>> sentences("It rose (see below). It fell. ", 3)
    [(3, 20), (21, 29)]
    """
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    for first, last in _blocks(text, start, stop):
        found += _split(text, first, last)
    return found


def _blocks(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield stretches that no sentence crosses: paragraphs, headings, list items."""
    lines = [m.span() for m in _LINE.finditer(text, start, stop) if not m.group().isspace()]
    if not lines:
        return
    first = lines[0][0]
    for (a, b), (c, d) in pairwise(lines):
        if _BLANK.search(text, b, c) or _ends_block(text[a:b], text[c:d], a == first):
            yield first, b
            first = c
    yield first, lines[-1][1]


def _ends_block(line: str, following: str, opens: bool) -> bool:
    """Tell whether a single line break parts two lines for good."""
    line, following = line.strip(), following.strip()
    if _LIST_MARK.match(following + " "):
        return True
    if not opens or len(line) > _HEADING_MAX or following[:1].islower():
        return False
    if line.endswith(":"):
        return True
    last_word = line.rsplit(None, 1)[-1].lower()
    return line[-1].isalnum() and last_word not in _CUT_OFF and len(following) > len(line)


def _split(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    block = text[first:last]
    inside = _bracketed(block)
    openers = [opener for opener, _ in inside]
    begin = 0
    mark = _LIST_MARK.match(block)
    at = mark.end() if mark else 0
    for match in _STOP.finditer(block):
        if match.start() < at:
            continue
        pair = inside[bisect(openers, match.start()) - 1] if openers else (0, 0)
        opener = pair[0] if pair[0] < match.start() < pair[1] else None
        close = _end(block, begin, match, opener)
        if close is not None:
            yield from _trimmed(text, first + begin, first + close)
            begin = at = close
    yield from _trimmed(text, first + begin, last)


def _end(block: str, begin: int, match: re.Match[str], opener: int | None) -> int | None:
    """Return where the sentence that a stop may close ends, markers included, or None."""
    closers = _CLOSERS.match(block, match.end())
    close = closers.end() if closers else match.end()
    whole = opener is not None and close > match.end() and not block[begin:opener].strip()
    if opener is not None and not whole:
        return None
    after_digit = block[match.start() - 1 : match.start()].isdigit()
    glued = None if after_digit else _GLUED.match(block, close)
    close = glued.end() if glued else close
    markers = _MARKERS.match(block, close)
    close = markers.end() if markers else close
    if _VISIBLE.search(block, close) is None:
        return close
    if not _NEXT.match(block, close):
        return None
    sure = match.group() != "." or glued or markers
    return close if sure or not _abbreviated(block, begin, match.start(), close) else None


def _abbreviated(block: str, begin: int, stop: int, close: int) -> bool:
    """Tell whether the stop belongs to an abbreviation, an initial or a list number."""
    word = _LAST_WORD.search(block, max(begin, stop - 20), stop)
    last = word.group() if word else ""
    token = last.lower() + "."
    following = _NEXT_WORD.match(block, close)
    starts = following is not None and following.group(1).lower() in _entries("starter")
    if token in _entries("inner"):
        return True
    if token in _entries("may_end") or (len(last) == 1 and last.isupper()):
        return not starts
    return bool(re.fullmatch(r"\(?(?:\d{1,3}|[A-Za-z])", block[begin:stop].strip()))


def _bracketed(block: str) -> list[tuple[int, int]]:
    """Return the outermost bracket pairs; an unmatched bracket is none."""
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in _BRACKET.finditer(block):
        if match.group() in "([":
            stack.append(match.start())
        elif stack:
            opener = stack.pop()
            while pairs and pairs[-1][0] > opener:
                pairs.pop()
            pairs.append((opener, match.start()))
    return pairs


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        yield begin, begin + len(stripped)
