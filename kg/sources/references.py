r"""Bibliographies of reference managers: RIS, BibTeX, CSL-JSON, told apart by their content.

>>> found = read_bibliography(b"TY  - JOUR\nTI  - Walking in gout\nER  - \n", "r.ris")
>>> found.format, [entry.work.title for entry in found.entries]
('ris', ['Walking in gout'])
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from kg.model import Bibliography, ListedWork
from kg.sources.decoding import SourceError, decode, load
from kg.sources.json_tree import JsonError

_Reader = Callable[[str], tuple[list[ListedWork], list[str]]]
FORMATS = ("ris", "bibtex", "csl-json")
_RIS = re.compile(r"^\s*(?:TY|T1|AU|A1|TI) {1,2}- ", re.MULTILINE)
_BIBTEX = re.compile(r"^\s*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_LOOKED_AT = 200_000


class BibliographyError(SourceError):
    """A file that lists no work."""


def _reader(fmt: str) -> _Reader:
    """Return a format's reader; its parser is loaded when it is first needed."""
    if fmt == "ris":
        from kg.sources.ris import entries
    elif fmt == "bibtex":
        from kg.sources.bibtex import entries
    else:
        from kg.sources.csl_json import entries
    return entries


def read_bibliography(data: bytes, name: str, fmt: str | None = None) -> Bibliography:
    """Read the bytes of a bibliography.

    :param fmt: one of :data:`FORMATS`; by content if None
    :raises SourceError: if the bytes are no text, of another format, or list no work
    """
    file = decode(data, name)
    known = fmt or _detected(file.text)
    if known not in FORMATS:
        raise BibliographyError(
            name, "no bibliography" if fmt is None else f"the format {fmt} is no bibliography",
            expected="RIS, BibTeX or CSL-JSON", hint="export it from the reference manager again",
        )  # fmt: skip
    try:
        works, warnings = _reader(known)(file.text)
    except json.JSONDecodeError as error:
        raise JsonError(
            name, f"not JSON: {error.msg}", place=f"line {error.lineno}, column {error.colno}",
            expected="a whole CSL-JSON file",
        ) from error  # fmt: skip
    if not works:
        why = f": {warnings[0]}" if warnings else ""
        raise BibliographyError(name, f"lists no work{why}", expected=f"entries in {known}")
    return Bibliography(name, file.sha256, known, tuple(works), tuple(warnings))


def read_bibliography_file(path: Path | str, fmt: str | None = None) -> Bibliography:
    """Read a bibliography's file.

    :raises SourceError: as :func:`read_bibliography`, and if the file cannot be read
    """
    place = Path(path)
    try:
        return read_bibliography(load(place), place.name, fmt)
    except SourceError as error:
        raise error.at(str(place)) from None


def _detected(text: str) -> str | None:
    begin = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    if begin.startswith(("{", "[")):
        return "csl-json"
    ris, bibtex = _RIS.search(begin), _BIBTEX.search(begin)
    if ris and (bibtex is None or ris.start() < bibtex.start()):
        return "ris"
    return "bibtex" if bibtex else None
