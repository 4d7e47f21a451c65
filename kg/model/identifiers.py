"""Identifiers of works, trials and people, checked and brought to one form.

>>> normal("doi", "https://doi.org/10.1000/AB."), normal("pmid", "PMID: 012"), normal("nct", "NCT1")
('10.1000/ab', '12', None)
>>> normal("orcid", "https://orcid.org/0000-0002-1825-0097"), normal("orcid", "0000-0002-1825-0098")
('0000-0002-1825-0097', None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "doi": re.compile(
            r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(?P<id>10\.\d{4,9}(?:\.\d+)*/\S+)", re.I
        ),
        "pmid": re.compile(
            r"(?:(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)?0*(?P<id>[1-9]\d{0,7})/?",
            re.I,
        ),
        "pmcid": re.compile(r"(?:\S*/|pmcid:?\s*)?(?P<id>PMC[1-9]\d{0,8})(?:\.\d+)?/?", re.I),
        "nct": re.compile(r"(?:\S*/|nct:)?(?P<id>NCT\s?\d{8})", re.I),
        "isrctn": re.compile(r"(?:\S*/)?(?P<id>ISRCTN\s?\d{8})", re.I),
        "eudract": re.compile(
            r"(?:eudract(?:\s+(?:number|no\.?))?:?\s*)?(?P<id>(?:199|20\d)\d-\d{6}-\d{2})", re.I
        ),
        "orcid": re.compile(r"(?:\S*/|orcid:?\s*)?(?P<id>\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX])", re.I),
    }
)
_UPPER = {"pmcid", "nct", "isrctn", "orcid"}


def normal(kind: str, printed: str) -> str | None:
    """Return an identifier in its one form, or None if it is none of its kind.

    :param kind: ``doi``, ``pmid``, ``pmcid``, ``nct``, ``isrctn``, ``eudract`` or ``orcid``
    :param printed: bare, with its prefix, or as an address

    A DOI is in lower case (they are compared so, by the DOI Handbook), numbers of registries are in
    upper case without spaces, and the last character of an ORCID is checked (ISO 7064, mod 11-2).
    """
    match = _FORMS[kind].fullmatch(printed.strip().rstrip(".,;"))
    if match is None:
        return None
    found = re.sub(r"\s", "", match["id"])
    if kind == "orcid":
        digits = found.replace("-", "").upper()
        whole = "-".join(digits[at : at + 4] for at in range(0, 16, 4))
        return whole if _orcid_check(digits[:-1]) == digits[-1] else None
    return found.upper() if kind in _UPPER else found.lower()


def _orcid_check(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
