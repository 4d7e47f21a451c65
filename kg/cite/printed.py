"""The reference list that an answer prints: which work each entry names.

An entry names a work by an identifier, else by its bibliographic data. The ids of works are made
by the same rule as those that a record's reader gives, so that the two meet.

>>> entry = read_entry("Doe J, Roe R. Walking in winter. J Gait. 2019;4:1-9. doi:10.1000/ABC.")
>>> entry.doi, entry.year, entry.title, entry.first_author, entry.id
('10.1000/abc', 2019, 'Walking in winter', 'Doe', 'https://doi.org/10.1000/abc')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kg.model import Part, Segment, Source, Work
from kg.terms import node_id
from kg.text.filler import plain

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>\u00a0]+")
_PMID = re.compile(r"\bPMID\s?[:#-]?\s*(\d{1,8})\b|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{1,8})\b")
_PMCID = re.compile(r"\bPMC\s?(\d{3,9})\b")
_YEAR = re.compile(r"(?<![\d/.:-])((?:19|20)\d\d)(?![\d/])")
_AUTHOR = re.compile(
    r"[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ](?:[- ][A-ZÀ-Þ][\w'’-]*[a-zß-ÿ])*(?=,?\s+[A-Z]{1,3}\b)"
)
_FULL_STOP = re.compile(r"[.?!](?:[\"”’])?\s+(?=[\"“‘]?[A-Z0-9])")
_INITIALS = re.compile(r"(?:\b[A-Z]{1,3}\.?|\bet al\.?|\b(?:Jr|Sr|III?)\.?|\(\d{4}[a-z]?\))\Z")
_NCT = re.compile(r"\bNCT\s?\d{8}\b")
_FEWEST_WORDS = 3
_OPENERS = '"“‘*_ '


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """One entry of a reference list, with the place where the answer prints it.

    :param start: None for an entry of a bibliography's own file, as is ``end``
    :param key: the entry's key in a bibliography's file
    """

    label: str
    start: int | None
    end: int | None
    text: str
    work: Work
    key: str | None = None


def read_entry(text: str) -> Work:
    """Return the work that an entry names, as far as its print says."""
    doi, pmid, pmcid = _doi(text), _found(_PMID, text), _found(_PMCID, text)
    plain = _DOI.sub(" ", text)
    year = _YEAR.search(plain)
    author = _AUTHOR.match(text.lstrip(_OPENERS))
    title = _title(text)
    doi = doi.lower() if doi else None
    number = int(year.group(1)) if year else None
    registered = _NCT.search(text)
    nct = registered.group().replace(" ", "") if registered else None
    if nct and not (doi or pmid or pmcid):
        return Work(f"https://clinicaltrials.gov/study/{nct}", title=title, registration=nct)
    name = author.group() if author else None
    return Work(
        work_id(doi, pmid, title or text.strip(), name, number), title=title, first_author=name,
        year=number, date=year.group(1) if year else None, doi=doi, pmid=pmid,
        pmcid=f"PMC{pmcid}" if pmcid else None, registration=nct,
    )  # fmt: skip


def work_id(
    doi: str | None, pmid: str | None, title: str, first_author: str | None, year: int | None
) -> str:
    """Name a work by its surest identifier, else by its bibliographic data.

    >>> work_id(None, "12", "A title", None, None)
    'https://pubmed.ncbi.nlm.nih.gov/12/'
    """
    if doi:
        return f"https://doi.org/{quote(doi.lower(), safe='/:;()._-,+@!$*=~')}"
    if pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    plain = " ".join(re.findall(r"\w+", title.lower()))
    return node_id("work", plain, (first_author or "").lower(), year)


def printed_entries(answer: Source) -> tuple[PrintedEntry, ...]:
    """Return the entries that an answer prints, in text order.

    The entries of a list without any number are counted from 1, as its markers do.
    """
    printed = sorted((s for s in answer.segments if s.part is Part.REFERENCE), key=_start)
    numbered = any(segment.label for segment in printed)
    found: list[PrintedEntry] = []
    for ordinal, segment in enumerate(printed, start=1):
        label = segment.label if numbered else str(ordinal)
        text = _entry_text(answer, segment.start, segment.end)
        if label and text.strip():
            found.append(PrintedEntry(label, segment.start, segment.end, text, read_entry(text)))
    return tuple(found)


_LINK = re.compile(r"""(?:href\s*=\s*["']?|\]\(\s*<?)(https?://[^"'\s>)]+)""", re.IGNORECASE)


def _entry_text(answer: Source, start: int, end: int) -> str:
    """Return what an entry says; in a marked-up file, with the addresses that it links to."""
    said = plain(answer.readable[start:end])
    links = _LINK.findall(answer.text[start:end]) if answer.seen is not None else ()
    return " ".join((said, *(link for link in links if link not in said)))


def identifiers_in(text: str) -> Iterator[str]:
    """Yield every DOI, PMID, PMCID and NCT number that a text prints.

    >>> list(identifiers_in("See doi:10.1000/a., PMID: 12 and NCT01234567."))
    ['10.1000/a', '12', 'NCT01234567']
    """
    for match in _DOI.finditer(text):
        yield _doi(match.group()) or match.group()
    for match in _PMID.finditer(text):
        yield match.group(1) or match.group(2)
    for pattern in (_PMCID, _NCT):
        yield from (match.group() for match in pattern.finditer(text))


def identifier_of(label: str) -> Work | None:
    """Return the work that a label such as ``doi:10.1000/x`` or ``pmid:12`` names, or None.

    >>> identifier_of("nct:NCT01234567").id, identifier_of("12")
    ('https://clinicaltrials.gov/study/NCT01234567', None)
    """
    kind, colon, value = label.partition(":")
    if not colon or kind not in {"doi", "pmid", "pmcid", "nct"}:
        return None
    return read_entry({"doi": "", "pmid": "PMID: ", "pmcid": "", "nct": ""}[kind] + value)


def link_at(answer: Source, start: int, end: int) -> Work | None:
    """Return the work that a link around a marker leads to, or None where there is no link."""
    for low, high in answer.links:
        if low < end and start < high:
            found = _LINK.search(answer.text[low:high])
            return read_entry(found.group(1)) if found else None
    return None


def first_of_each(entries: Sequence[PrintedEntry]) -> dict[str, PrintedEntry]:
    """Return label → entry; where two have one label, the first counts."""
    by_label: dict[str, PrintedEntry] = {}
    for entry in entries:
        by_label.setdefault(entry.label, entry)
    return by_label


def _start(segment: Segment) -> int:
    return segment.start


def _doi(text: str) -> str | None:
    match = _DOI.search(text)
    if match is None:
        return None
    found = match.group().rstrip(".,;:*_")
    while found.endswith((")", "]")) and found.count("(") + found.count("[") < (
        found.count(")") + found.count("]")
    ):
        found = found[:-1].rstrip(".,;:")
    return found


def _found(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), None) if match else None


def _title(text: str) -> str | None:
    """Return the entry's title: its first sentence that is no list of authors."""
    at = 0
    pieces: list[str] = []
    for match in _FULL_STOP.finditer(text):
        if _INITIALS.search(text[at : match.start()]) and pieces == []:
            at = match.end()
            continue
        pieces.append(text[at : match.start() + 1])
        at = match.end()
    pieces.append(text[at:])
    for piece in pieces:
        plain = re.sub(r"\A\(?(?:19|20)\d\d[a-z]?\)?[.,]?\s*", "", piece.strip(_OPENERS))
        plain = plain.rstrip('."”’*_ ')
        if len(plain.split()) >= _FEWEST_WORDS and not _is_authors(plain):
            return plain
    return None


def _is_authors(piece: str) -> bool:
    """``Doe J, Roe R, Poe P``: most of the words between commas are a name and initials."""
    parts = [part for part in re.split(r",\s*|\s+and\s+|\s*&\s*", piece) if part]
    names = sum(
        bool(re.fullmatch(r"[\w'’ .-]+\s[A-Z][A-Z.]{0,4}|[A-Z]\.?(?:\s?[A-Z]\.?)*", p))
        for p in parts
    )
    return names * 2 > len(parts)
