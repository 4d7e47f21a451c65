r"""CSL-JSON: one item, a list of items, or an object of items by their ids.

>>> found, warnings = entries('''[{"id": "a", "title": "Walking", "DOI": "10.1000/x",
... "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [["2019"]]}}]''')
>>> found[0].key, found[0].work.year, found[0].work.first_author
('a', 2019, 'Doe, Jane')
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import ListedWork
from kg.sources.described import Described, listed


def entries(text: str) -> tuple[list[ListedWork], list[str]]:
    """Return the works that a file lists, and the items that are none.

    :raises json.JSONDecodeError: if the text is no JSON
    """
    works: list[ListedWork] = []
    warnings: list[str] = []
    for number, (key, item) in enumerate(_items(json.loads(text.removeprefix("\ufeff"))), start=1):
        if isinstance(item, dict):
            works.append(listed(str(item.get("id") or key or number), _described(item)))
        else:
            warnings.append(f"item {number} is no object")
    return works, warnings


def _items(held: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    if isinstance(held, list):
        yield from (("", item) for item in held)
    elif isinstance(held, dict) and ("title" in held or "type" in held or "DOI" in held):
        yield "", held
    elif isinstance(held, dict):
        yield from ((str(key), item) for key, item in held.items())


def _described(item: Mapping[str, Any]) -> Described:
    def one(name: str) -> str | None:
        value = item.get(name)
        value = value[0] if isinstance(value, list) and value else value
        return " ".join(str(value).split()) or None if isinstance(value, str | int) else None

    names = [
        ", ".join(str(n[k]) for k in ("family", "given") if n.get(k)) or str(n.get("literal", ""))
        for n in item.get("author") or [] if isinstance(n, dict)
    ]  # fmt: skip
    pmid, number = one("PMID"), one("number")
    places = [one("DOI"), f"PMID: {pmid}" if pmid else None, one("PMCID"), one("URL"), number]
    return Described(
        one("title"), tuple(filter(None, names)), _date(item), one("container-title"),
        one("volume"), one("page") or "", tuple(filter(None, places)), one("type"),
    )  # fmt: skip


def _date(item: Mapping[str, Any]) -> str | None:
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    told = "-".join(str(part).zfill(2) for part in first if part is not None)
    raw = issued.get("raw") or issued.get("literal")
    return told or (str(raw) if raw else None)
