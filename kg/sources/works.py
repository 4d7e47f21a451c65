"""The work that a record represents: identifiers as printed, and the id that they give it.

>>> work(doi="10.1000/ABC", title="A trial").id
'https://doi.org/10.1000/abc'
>>> work(pmid="123").id
'https://pubmed.ncbi.nlm.nih.gov/123/'
"""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.model import Work
from kg.model.identifiers import normal
from kg.terms import node_id

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>\u00a0]*(?:<[^\s<>]*>[^\s\"'<>\u00a0]*)*")
_PMID = re.compile(r"\bPMID\s?[:#-]?\s*(\d{1,8})\b|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{1,8})\b")
_PMCID = re.compile(r"\bPMC\s?(\d{3,9})\b")
_REGISTRATION = re.compile(
    r"\b(?:NCT[ -]?\d{8}|ISRCTN[ -]?\d{8}|ACTRN[ -]?\d{14}|DRKS[ -]?\d{8}|UMIN[ -]?\d{9}"
    r"|ChiCTR(?:-[A-Z]{2,4})?-?\d{6,10}|IRCT\d{11,16}N\d{1,3}|CTRI/\d{4}/\d{2,3}/\d{6}"
    r"|KCT\d{7}|TCTR\d{11}|PACTR\d{15,16}|RBR-[a-z0-9]{6}|JPRN-[A-Za-z]+\d+|NTR[ -]?\d{3,5}"
    r"|EudraCT(?: (?:number|no\.?))?:? ?\d{4}-\d{6}-\d{2}|CRD\d{11})\b"
)


def doi_in(text: str) -> str | None:
    """Return the first DOI of a text, as printed, without the punctuation after it.

    >>> doi_in("doi: 10.1000/x(1)y.z. Epub"), doi_in("(see 10.1000/x)")
    ('10.1000/x(1)y.z', '10.1000/x')
    """
    match = _DOI.search(text)
    if match is None:
        return None
    found = match.group().rstrip(".,;:")
    while found.endswith((")", "]")) and found.count("(") + found.count("[") < (
        found.count(")") + found.count("]")
    ):
        found = found[:-1].rstrip(".,;:")
    return found


def pmid_in(text: str) -> str | None:
    """Return the first PubMed identifier that a text names as such.

    >>> pmid_in("PMID: 28444181 DOI: 10.1000/x"), pmid_in("page 28444181")
    ('28444181', None)
    """
    match = _PMID.search(text)
    return (match.group(1) or match.group(2)) if match else None


def pmcid_in(text: str) -> str | None:
    """Return the first PubMed Central identifier of a text.

    >>> pmcid_in("PMCID: PMC5861900")
    'PMC5861900'
    """
    match = _PMCID.search(text)
    return f"PMC{match.group(1)}" if match else None


def registration_in(text: str) -> str | None:
    """Return the first number of a trial registry in a text, without spaces inside.

    >>> registration_in("registered (NCT 01234567)"), registration_in("EudraCT 2010-023034-23")
    ('NCT01234567', '2010-023034-23')
    """
    match = _REGISTRATION.search(text)
    if match is None:
        return None
    kinds = (normal(kind, match.group()) for kind in ("nct", "isrctn", "eudract"))
    return next(filter(None, kinds), re.sub(r"\s", "", match.group()))


def work(
    *,
    doi: str | None = None,
    pmid: str | None = None,
    pmcid: str | None = None,
    title: str | None = None,
    journal: str | None = None,
    first_author: str | None = None,
    date: str | None = None,
    registration: str | None = None,
    publication_types: tuple[str, ...] = (),
    document: str = "",
    registry: bool = False,
) -> Work:
    """Return a work under the id of its surest identifier.

    :param document: digest of the record, which names a work that prints nothing of itself
    :param registry: whether the work is the registry's entry, known by its registry number
    """
    year = int(date[:4]) if date else None
    doi = normal("doi", doi) if doi else None
    pmid = normal("pmid", pmid) if pmid else None
    pmcid = normal("pmcid", pmcid) if pmcid else None
    entry = registry and registration and registration.startswith("NCT")
    made = _id(doi, pmid, title, first_author, year, document)
    return Work(
        f"https://clinicaltrials.gov/study/{registration}" if entry else made,
        title=title,
        journal=journal,
        first_author=first_author,
        year=year,
        date=date,
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        registration=registration,
        publication_types=publication_types,
    )


def _id(
    doi: str | None,
    pmid: str | None,
    title: str | None,
    first_author: str | None,
    year: int | None,
    document: str,
) -> str:
    if doi:
        return f"https://doi.org/{quote(doi.lower(), safe='/:;()._-,+@!$*=~')}"
    if pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    if title:
        plain = " ".join(re.findall(r"\w+", title.lower()))
        return node_id("work", plain, (first_author or "").lower(), year)
    return node_id("work", document)
