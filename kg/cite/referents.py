"""Which entry each label denotes: a printed one, one of a bibliography's file, or what it names.

A label by author and year is looked for among the entries; an identifier, and a link's address,
name a work by themselves where no entry has it.

>>> split_label("van der Roe et al., 2014a"), split_label("12")
(('van der roe', '2014', 'a', ()), None)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.cite.matching import span_of, title_share
from kg.cite.printed import (
    PrintedEntry,
    first_of_each,
    identifier_of,
    link_at,
    printed_entries,
)
from kg.model import Bibliography, Marker, Source, Work

_BY_YEAR = re.compile(r"(?P<who>.+), (?P<year>(?:19|20)\d\d)(?P<letter>[a-z]?)")
_FIRST = re.compile(r"(?:, | and | et al)")
_SAME_TITLE = 0.8
_ORDER = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Referents:
    """What the labels of an answer denote.

    :param by_label: label → entry, of every label and of every entry
    :param every: the entries as printed, those that share a label included
    :param ambiguous: label → the entries that it may denote, where there are several
    """

    by_label: Mapping[str, PrintedEntry]
    every: tuple[PrintedEntry, ...]
    ambiguous: Mapping[str, tuple[PrintedEntry, ...]]


def referents(
    answer: Source, markers: Iterable[Marker], bibliography: Bibliography | None = None
) -> Referents:
    """Find the entry of every label; one that has none is absent."""
    printed = printed_entries(answer)
    every = (*printed, *_listed(bibliography, printed))
    by_label = first_of_each(every)
    if bibliography is not None:
        by_label = {label: _enriched(e, bibliography) for label, e in by_label.items()}
    ambiguous: dict[str, tuple[PrintedEntry, ...]] = {}
    used: dict[str, str] = {}
    for marker in sorted(markers, key=lambda m: (*span_of(m.passage), m.label)):
        label = marker.label
        if label in by_label:
            continue
        found = _candidates(label, marker, answer, tuple(by_label.values()), bibliography)
        if not found:
            continue
        if len(found) > 1:
            ambiguous[label] = found
        entry = found[0]
        used[entry.label] = label
        by_label[label] = replace(entry, label=label)
    cited = {m.label for m in markers}
    kept = {
        label: entry for label, entry in by_label.items() if label in cited or label not in used
    }
    return Referents(kept, tuple(every), ambiguous)


def split_label(label: str) -> tuple[str, str, str, tuple[str, ...]] | None:
    """Return surname, year, letter and further surnames of a label by author and year, or None."""
    match = _BY_YEAR.fullmatch(label)
    if match is None:
        return None
    first, *others = (_folded(name.strip(" .,")) for name in _FIRST.split(match["who"]))
    return first, match["year"], match["letter"], tuple(filter(None, others))


def _candidates(
    label: str, marker: Marker, answer: Source, entries: Sequence[PrintedEntry],
    bibliography: Bibliography | None,
) -> tuple[PrintedEntry, ...]:  # fmt: skip
    named = split_label(label)
    if named is not None:
        return _by_author(named, entries)
    if bibliography is not None:
        keyed = [e for e in entries if e.key and e.key == label.removeprefix("@")]
        if keyed:
            return (keyed[0],)
    start, end = span_of(marker.passage)
    work = identifier_of(label) or link_at(answer, start, end)
    if work is None:
        return ()
    same = [e for e in entries if _is_one(e.work, work)]
    return (same[0],) if same else (PrintedEntry(label, start, end, label, work),)


def _is_one(one: Work, two: Work) -> bool:
    names = ("doi", "pmid", "pmcid", "registration")
    return one.id == two.id or any(
        getattr(one, n) and getattr(one, n) == getattr(two, n) for n in names
    )


def _by_author(
    named: tuple[str, str, str, tuple[str, ...]], entries: Sequence[PrintedEntry]
) -> tuple[PrintedEntry, ...]:
    """Return the entries of an author and year; a letter counts them, unless they print theirs."""
    surname, year, letter, others = named
    own = [e for e in entries if _year_of(e) == year and _begins_with(e, surname)]
    if letter:
        lettered = [e for e in own if re.search(rf"\b{year}{letter}\b", e.text)]
        at = _ORDER.index(letter)
        own = lettered or (own[at : at + 1] if at < len(own) else [])
    closer = [e for e in own if all(name in _folded(e.text) for name in others)]
    return tuple(closer or own)


def _year_of(entry: PrintedEntry) -> str | None:
    if entry.work.year is not None:
        return str(entry.work.year)
    match = re.search(r"\b((?:19|20)\d\d)[a-z]?\b", entry.text)
    return match.group(1) if match else None


def _begins_with(entry: PrintedEntry, surname: str) -> bool:
    author = _folded(entry.work.first_author or "")
    begin = _folded(entry.text.lstrip('"“‘*_[(0123456789.]) '))
    words = rf"{re.escape(surname)}(?!\w)"
    return bool(re.match(words, begin) or re.search(rf"(?<!\w){words}", author))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _listed(
    bibliography: Bibliography | None, printed: Sequence[PrintedEntry]
) -> Iterable[PrintedEntry]:
    """Yield a bibliography's entries, counted from 1, but for those that the answer prints, too."""
    if bibliography is None:
        return
    for number, listed in enumerate(bibliography.entries, start=1):
        if not any(_is_one(e.work, listed.work) or _titled(e, listed.work) for e in printed):
            yield PrintedEntry(str(number), None, None, listed.text, listed.work, listed.key)


def _enriched(entry: PrintedEntry, bibliography: Bibliography) -> PrintedEntry:
    """Give a printed entry without identifier the work of the bibliography's entry."""
    if entry.start is None or entry.work.doi or entry.work.pmid:
        return entry
    same = [w for w in bibliography.entries if _titled(entry, w.work)]
    return replace(entry, work=same[0].work, key=same[0].key) if len(same) == 1 else entry


def _titled(entry: PrintedEntry, work: Work) -> bool:
    return title_share(entry.text, work.title or "") >= _SAME_TITLE
