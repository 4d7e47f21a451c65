"""What a reference manager says of a work, brought to one form.

>>> work = listed("1", Described("Walking", ("Doe, Jane",), "2019/05//", "J Gait", "4", "1-9",
...                              ("https://doi.org/10.1000/A.B",), "JOUR")).work
>>> work.date, work.doi, work.id
('2019-05', '10.1000/a.b', 'https://doi.org/10.1000/a.b')
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import ListedWork
from kg.sources.works import doi_in, pmcid_in, pmid_in, registration_in, work

_DATE = re.compile(r"\s*((?:1[5-9]|20)\d\d)(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Described:
    """The fields of an entry that tell which work it names.

    :param places: where identifiers may stand: DOI fields, addresses, notes
    """

    title: str | None
    authors: tuple[str, ...]
    date: str | None
    journal: str | None
    volume: str | None
    pages: str
    places: tuple[str, ...]
    kind: str | None = None


def listed(key: str, described: Described) -> ListedWork:
    """Return the work of an entry, and the entry as a reference list would print it."""
    places = " ".join(described.places)
    doi = doi_in(places)
    made = work(
        doi=doi, pmid=pmid_in(places), pmcid=pmcid_in(places),
        title=described.title.rstrip(".") if described.title else None,
        journal=described.journal,
        first_author=described.authors[0] if described.authors else None,
        date=partial_date(described.date or ""),
        registration=registration_in(f"{places} {described.title or ''}"),
        publication_types=tuple(filter(None, [described.kind])),
    )  # fmt: skip
    return ListedWork(key, _printed(described, places if not doi else f"doi:{doi}"), made)


def partial_date(printed: str) -> str | None:
    """Return a date as far as it is told, year first; None if it holds no year.

    >>> partial_date("2019///"), partial_date("2019/5/3"), partial_date("May 2019")
    ('2019', '2019-05-03', '2019')
    """
    match = _DATE.match(printed)
    if match is None:
        year = _YEAR.search(printed)
        return year.group(1) if year else None
    year_, month, day = match.groups()
    parts = [year_]
    if month and 1 <= int(month) <= 12:
        parts.append(month.zfill(2))
        parts += [day.zfill(2)] if day and 1 <= int(day) <= 31 else []
    return "-".join(parts)


def _printed(said: Described, identifiers: str) -> str:
    names = ", ".join(said.authors[:3]) + (" et al" if len(said.authors) > 3 else "")
    journal = " ".join(filter(None, (said.journal, partial_date(said.date or ""))))
    volume = ":".join(filter(None, (said.volume, said.pages)))
    parts = (names, said.title, ";".join(filter(None, (journal, volume))), identifiers)
    return ". ".join(part.rstrip(".") for part in parts if part)
