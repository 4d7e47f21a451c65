r"""RIS, as reference managers and databases export it; parsed by rispy.

What rispy drops without a word, a record that no ``ER`` closes, is closed first and named.

>>> found, warnings = entries("TY  - JOUR\nAU  - Doe, Jane\nTI  - Walking in gout\nPY  - 2019//\n")
>>> found[0].work.title, found[0].work.first_author, found[0].work.year, len(warnings)
('Walking in gout', 'Doe, Jane', 2019, 1)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import rispy

from kg.model import ListedWork
from kg.sources.described import Described, listed

_TYPE = re.compile(r"^\s*TY {1,2}- ", re.MULTILINE)
_RECORD = re.compile(r"^\s*TY {1,2}- .*?(?=^\s*TY {1,2}- |\Z)", re.MULTILINE | re.DOTALL)
_END = re.compile(r"^ER {1,2}-\s*$", re.MULTILINE)
_EMPTY_END = re.compile(r"^(ER {1,2}-)[ \t]*\S[^\n]*$", re.MULTILINE)
_NOT_A_FIELD = re.compile(r"^[A-Z][A-Z0-9] {1,2}-")


def entries(text: str) -> tuple[list[ListedWork], list[str]]:
    """Return the works that a file lists, and what was odd about it."""
    warnings: list[str] = []
    blocks = []
    for number, match in enumerate(_RECORD.finditer(text.removeprefix("\ufeff")), start=1):
        block = _EMPTY_END.sub(r"\1", match.group().strip())
        if not _END.search(block):
            line = text.count("\n", 0, match.start()) + 1
            warnings.append(f"record {number} (line {line}) has no end (ER)")
            block += "\nER  - "
        blocks.append(block)
    if not blocks:
        return [], warnings
    found = rispy.loads("\n\n".join(blocks) + "\n")
    if len(found) < len(blocks):
        warnings.append(f"{len(blocks) - len(found)} of {len(blocks)} records could not be read")
    works = [listed(str(at), _described(entry)) for at, entry in enumerate(found, start=1)]
    return works, warnings


def _described(entry: Mapping[str, Any]) -> Described:
    def one(*names: str) -> str | None:
        return next(_texts(entry, names), None)

    authors = tuple(_texts(entry, ("first_authors", "authors")))
    pages = [p for p in (one("start_page"), one("end_page")) if p]
    places = [*_texts(entry, ("doi", "urls", "notes", "type_of_work", "file_attachments2",
                              "accession_number", "custom2", "custom1"))]  # fmt: skip
    return Described(
        one("title", "primary_title"), authors,
        one("year", "publication_year", "date"),
        one("journal_name", "secondary_title", "alternate_title3", "alternate_title2"),
        one("volume"), "-".join(pages), tuple(places),
        one("type_of_reference"),
    )  # fmt: skip


def _texts(entry: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        held = entry.get(name)
        for value in held if isinstance(held, list) else [held]:
            if isinstance(value, str) and value.strip():
                yield " ".join(value.split())
