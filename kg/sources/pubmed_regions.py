"""The regions of a PubMed page: which line opens one, and the lines that are known by their form.

The headings are data: ``kg/text/data/pubmed_regions.tsv`` and ``publication_types.tsv``.

>>> opening("Publication types").region, opening("It was published.")
(<Region.TYPES: 'types'>, None)
>>> opening("Retraction in: J Inv Med. 2019")
Opening(region=<Region.STATUS: 'status'>, cue='Retraction in', rest=15)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kg.text.lexicon import rows

_LONGEST = 300
_CITATION = re.compile(
    r"(?:\d{1,4}\.\s)?(?P<journal>[^\n;]{0,160}?)\.\s{1,400}(?P<date>(?:19|20)\d\d"
    r"(?:[ -](?:[A-Z][a-z]{2}|Spring|Summer|Autumn|Fall|Winter)(?:[ -]\d{1,2}\b|-[A-Z][a-z]{2})?)?)"
    r"\s?(?P<rest>[;:.]|\Z)"
)
_VOLUME = re.compile(
    r";\s?(?:\d|[A-Z]?\d|\(|Suppl|Spec)|[:.]\s?(?:[a-z]{0,12}-?\d|doi|10\.)", re.IGNORECASE
)
_IDENTIFIER = re.compile(
    r"(?:doi|pmid|pmcid|pii)\s?:|(?:https?://)?(?:dx\.)?doi\.org/10\.|10\.\d{4,9}/\S+\Z"
    r"|PMC\d{4,9}\Z|\d{6,8}\Z",
    re.IGNORECASE,
)
_LABELLED_IDENTIFIER = re.compile(r"(?:doi|pmid|pmcid|pii)\s?:", re.IGNORECASE)
_ISSUE = re.compile(r"(?:Epub|eCollection|Online ahead of print|Print)\b")


class Region(StrEnum):
    """What stands below a heading of the page; a link opens nothing."""

    BYLINE = "byline"
    ABSTRACT = "abstract"
    FIGURES = "figures"
    REFERENCES = "references"
    TYPES = "types"
    AFFILIATIONS = "affiliations"
    STATUS = "status"
    ASIDE = "aside"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a region.

    :param cue: the heading as printed, without colon
    :param rest: where the line's own text begins after the heading; its length if there is none
    """

    region: Region
    cue: str
    rest: int


@dataclass(frozen=True, slots=True)
class Citation:
    """The line that tells where a work was published.

    :param journal: empty where the journal stands on the line before
    """

    journal: str
    date: str


@cache
def _whole() -> Mapping[str, Region]:
    found = (row for row in rows("pubmed_regions.tsv") if row[1] == "whole")
    return {row[2]: Region(row[0]) for row in found}


@cache
def _starts() -> tuple[tuple[str, Region], ...]:
    """Return the headings that more may follow, the longest first."""
    found = [(r[2], Region(r[0])) for r in rows("pubmed_regions.tsv") if r[1] == "start"]
    return tuple(sorted(found, key=lambda cue: (-len(cue[0]), cue[0])))


@cache
def _types() -> Mapping[str, str]:
    return {row[0].lower(): row[0] for row in rows("publication_types.tsv")}


def opening(line: str) -> Opening | None:
    """Return the region that a line opens, or None.

    A heading that goes on must go on with a colon, a figure, a capital or a full stop, so that a
    sentence that happens to begin with its words is none.

    >>> opening("Update in practice is slow.") is None, opening("Cited by 12 articles").region.value
    (True, 'aside')
    """
    if len(line) > _LONGEST:
        return None
    plain = " ".join(line.lower().split())
    region = _whole().get(plain.rstrip(" :"))
    if region is not None:
        return Opening(region, line.rstrip(" :"), len(line))
    for cue, started in _starts():
        if plain.startswith(cue) and line.lower().startswith(cue):
            rest = line[len(cue) :]
            own = rest.lstrip(" \t\u00a0:")
            if not own or not cue[-1].isalpha() or _goes_on(rest, own):
                return Opening(started, line[: len(cue)].rstrip(" :"), len(line) - len(own))
    return None


def _goes_on(rest: str, own: str) -> bool:
    if rest[0] in ":.":
        return True
    return rest[0].isspace() and (not own[0].islower() or own.startswith(("by ", "in ")))


def citation(line: str) -> Citation | None:
    """Read the line that tells journal, date, volume and pages.

    >>> citation(". 2017 Oct 12;72(11):15-22.")
    Citation(journal='', date='2017 Oct 12')
    >>> citation("1. J Inv Med. 2019;4:1-9. doi: 10.1000/x"), citation("It rose. 2019 was wet.")
    (Citation(journal='J Inv Med', date='2019'), None)
    """
    match = _CITATION.match(line)
    if match is None:
        return None
    journal = match.group("journal").strip()
    if journal and not _VOLUME.match(line, match.start("rest")):
        return None
    return Citation(journal, match.group("date"))


def is_identifier(line: str, *, labelled: bool = False) -> bool:
    """Tell a line that prints identifiers of the work and nothing before them.

    :param labelled: whether only a line counts that says which identifier follows

    >>> is_identifier("PMID: 123"), is_identifier("10.1000/x"), is_identifier("x 10.1000/x")
    (True, True, False)
    """
    pattern = _LABELLED_IDENTIFIER if labelled else _IDENTIFIER
    return pattern.match(line) is not None


def is_issue_note(line: str) -> bool:
    """Tell a note on the date of issue, such as ``Epub 2017 Apr 25.``."""
    return _ISSUE.match(line) is not None


def publication_type(line: str) -> str | None:
    """Return the publication type that a line consists of.

    >>> publication_type("clinical trial, phase I"), publication_type("Trial of zelorimab")
    ('Clinical Trial, Phase I', None)
    """
    return _types().get(line.lower().replace("’", "'").rstrip(" *")) if line else None
