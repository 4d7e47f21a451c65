r"""Markers that name what they cite: author and year, or an identifier.

A label is brought to one form, so that *Smith et al. (2014)* and *(Smith et al., 2014)* denote one
entry, and an identifier to its CURIE.

>>> text = "Pain fell (Roe & Doe, 2014; Poe et al., 2015a). Poe et al. (2015a) saw rash, PMID: 12."
>>> [(m.label, text[m.start : m.end]) for m in named_markers(text, 0, len(text))]
... # doctest: +NORMALIZE_WHITESPACE
[('Roe and Doe, 2014', 'Roe & Doe, 2014'), ('Poe et al., 2015a', 'Poe et al., 2015a'),
 ('Poe et al., 2015a', 'Poe et al. (2015a)'), ('pmid:12', 'PMID: 12')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.markers import PrintedMarker
from kg.extract.word_lists import listed
from kg.text.filler import FILLER

_PARTICLE = r"(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|ten|ter)[ -])"
_NAME = rf"{_PARTICLE}{{0,3}}[A-ZÀ-Þ][\w'’]+(?:-[A-ZÀ-Þ][\w'’]+)?"
_WHO = rf"{_NAME}(?:,? et al\.?|(?:, {_NAME}){{0,4}},? (?:and|&) (?:{_NAME}|colleagues|others))?"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_YEARS = rf"{_YEAR}(?:,? ?(?:and )?{_YEAR}){{0,5}}"
_ENCLOSED = re.compile(r"[(\[](?P<inside>[^()\[\]]{4,300})[)\]]")
_LEAD = r"(?:see(?: also)?|e\.g\.,?|cf\.?|reviewed in|as in|also|for review,? see)"
_PIECE = re.compile(
    rf"\s*(?:{_LEAD}\s+)?(?P<cited>(?P<who>{_WHO})(?P<comma>,?)\s+(?P<years>{_YEARS}))"
    r"(?:[,:]\s*(?:pp?\.|ch\.)?\s*\d[\d–-]*)?\s*"
)
_YEARS_ALONE = re.compile(rf"\s*(?P<cited>(?P<years>{_YEARS}))\s*")
_TOLD = re.compile(rf"(?P<who>{_WHO})(?:'s|’s)?\s?\((?P<years>{_YEARS})\)")
_ONE_YEAR = re.compile(_YEAR)
_SEVERAL = re.compile(r" et al|,| and | & ")
_IDENTIFIERS = (
    ("doi", re.compile(
        r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi:?\s*)?"
        r"\b(?P<id>10\.\d{4,9}/(?:[^\s\"'<>()\[\]{},;]|,(?=\S)|\([^\s()]*\))+)", re.IGNORECASE)),
    ("pmid", re.compile(
        r"(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)"
        r"(?P<id>\d{1,8})/?|\bPMID:?\s*#?(?P<id2>\d{1,8})\b")),
    ("pmcid", re.compile(
        r"(?:(?:https?://)?[\w./]*/)?(?:\bPMCID:?\s*)?\b(?P<id>PMC\d{3,9})\b/?")),
    ("nct", re.compile(
        r"(?:(?:https?://)?(?:www\.)?clinicaltrials\.gov/[\w/]*)?\b(?P<id>NCT\s?\d{8})\b")),
)  # fmt: skip
_IDENTIFIED = re.compile(r"10\.\d{4}|PMID|PMC\d|NCT|ncbi\.nlm\.", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:[\s,;:.]|and\b|see\b|identifier\b|registration\b|number\b|ClinicalTrials\.gov)*",
    re.IGNORECASE,
)


def named_markers(text: str, start: int, end: int) -> tuple[PrintedMarker, ...]:
    """Return the markers by author and year, and by identifier, of one sentence, in text order.

    Filler, which stands where a marked-up file prints markup, parts nothing.
    """
    if FILLER in text[start:end]:
        places = [at for at in range(start, end) if text[at] != FILLER]
        bare = named_markers("".join(text[at] for at in places), 0, len(places))
        ends = [*places, end]
        return tuple(
            PrintedMarker(
                m.label, places[m.start], ends[m.end - 1] + 1, ends[m.group_start],
                ends[m.group_end - 1] + 1 if m.group_end > m.group_start else ends[m.group_start],
            )
            for m in bare
        )  # fmt: skip
    found = [*_enclosed(text, start, end), *_told(text, start, end)]
    found += _identifiers(text, start, end)
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.label)))


def _enclosed(text: str, start: int, end: int) -> Iterator[PrintedMarker]:
    """Yield the citations of ``(Doe, 2014; see Roe et al., 2015)``."""
    for match in _ENCLOSED.finditer(text, start, end):
        if not _ONE_YEAR.search(match["inside"]):
            continue
        pieces: list[tuple[re.Match[str], str]] = []
        at, whole, who = match.start("inside"), True, ""
        for part in match["inside"].split(";"):
            piece = _PIECE.fullmatch(text, at, at + len(part))
            alone = _YEARS_ALONE.fullmatch(text, at, at + len(part)) if who else None
            if piece is not None and _is_author(piece["who"]):
                who = piece["who"]
                pieces.append((piece, who))
            elif alone is not None:
                pieces.append((alone, who))
            else:
                whole = False
            at += len(part) + 1
        for piece, name in pieces:
            span = match.span() if whole else piece.span("cited")
            yield from _labelled(name, piece["years"], piece.span("cited"), span)


def _told(text: str, start: int, end: int) -> Iterator[PrintedMarker]:
    """Yield the citations of ``Doe et al. (2014) found``; who found it stays in the sentence."""
    for match in _TOLD.finditer(text, start, end):
        if _is_author(match["who"]):
            years = match.start("years") - 1, match.end()
            yield from _labelled(match["who"], match["years"], match.span(), years)


def _labelled(
    who: str, years: str, span: tuple[int, int], group: tuple[int, int]
) -> Iterator[PrintedMarker]:
    name = " ".join(who.replace("&", "and").split())
    name = re.sub(r",? et al\.?\Z|,? and (?:colleagues|others)\Z", " et al.", name)
    for year in _ONE_YEAR.findall(years):
        yield PrintedMarker(f"{name}, {year}", *span, *group)


def _is_author(who: str) -> bool:
    """Whether a name before a year is one of an author: several names are, a month is not."""
    if _SEVERAL.search(who):
        return True
    return who.lower() not in listed("no-author")


def _identifiers(text: str, start: int, end: int) -> Iterator[PrintedMarker]:
    """Yield the identifiers; what encloses nothing else belongs to them."""
    if not _IDENTIFIED.search(text, start, end):
        return
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in _IDENTIFIERS:
        for match in pattern.finditer(text, start, end):
            if any(a <= match.start() < b for a, b, _ in spans):
                continue
            printed = match["id"] or match["id2"]
            trimmed = printed.rstrip(".,;:*_") if kind == "doi" else printed
            stop = match.end() - (len(printed) - len(trimmed) if kind == "doi" else 0)
            label = trimmed.lower() if kind == "doi" else re.sub(r"\s", "", trimmed)
            spans.append((match.start(), stop, f"{kind}:{label}"))
    for low, high, label in sorted(spans):
        around = _around(text, low, high, start, end, [(a, b) for a, b, _ in spans])
        bare = (low, low) if label.startswith("nct:") else (low, high)
        yield PrintedMarker(label, low, high, *(around or bare))


def _around(
    text: str, low: int, high: int, start: int, end: int, spans: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the brackets around an identifier if they hold identifiers alone."""
    for match in _ENCLOSED.finditer(text, start, end):
        if match.start() <= low and high <= match.end():
            at = match.start("inside")
            for a, b in sorted(s for s in spans if match.start() <= s[0] < match.end()):
                if not _BETWEEN.fullmatch(text, at, a):
                    return None
                at = b
            return match.span() if _BETWEEN.fullmatch(text, at, match.end("inside")) else None
    return None
