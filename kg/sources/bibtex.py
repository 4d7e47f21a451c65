r"""BibTeX and BibLaTeX, parsed by bibtexparser; LaTeX of names and titles is turned into text.

Names are split before they are decoded, so that a name in braces stays one name. What the parser
could not read, and keys that stand twice, are named.

>>> text = r"@article{doe, author={Do{\'e}, Jane and {CARE}}, title={Walking {W}est}, year=2019}"
>>> found, warnings = entries(text)
>>> found[0].key, found[0].work.first_author, found[0].work.title
('doe', 'Doé, Jane', 'Walking West')
"""

from __future__ import annotations

import re

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text

from kg.model import ListedWork
from kg.sources.described import Described, listed

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_DEEPEST = 50
_LATEX = re.compile(r"[\\{}$~]")


def entries(text: str) -> tuple[list[ListedWork], list[str]]:
    """Return the works that a file lists, and what could not be read."""
    library = parse_string(text)
    warnings = [
        f"line {(block.start_line or 0) + 1}: {_why(block)}" for block in library.failed_blocks
    ]
    works = [listed(entry.key or str(at), _described(entry))
             for at, entry in enumerate(library.entries, start=1)]  # fmt: skip
    return works, warnings


def _why(block: object) -> str:
    error = getattr(block, "error", None)
    told = str(error).splitlines() if error else []
    return told[0] if told else "an entry that cannot be read"


def _described(entry: Entry) -> Described:
    fields = {name.lower(): str(f.value) for name, f in entry.fields_dict.items()}

    def one(*names: str) -> str | None:
        return next((_plain(fields[n]) for n in names if fields.get(n, "").strip()), None)

    names = _split(fields.get("author") or fields.get("editor") or "")
    places = tuple(
        _plain(fields[n]) for n in ("doi", "url", "pmid", "note", "eprint", "howpublished")
        if n in fields
    )  # fmt: skip
    places = tuple(f"PMID: {p}" if p == fields.get("pmid") else p for p in places)
    return Described(
        one("title"), tuple(names), one("date", "year"),
        one("journal", "journaltitle", "booktitle"),
        one("volume"), (one("pages") or "").replace("--", "-"), places, entry.entry_type,
    )  # fmt: skip


def _split(printed: str) -> list[str]:
    """Split names at ``and`` outside braces."""
    names, depth, start = [], 0, 0
    cuts = {m.start(): m.end() for m in _AND.finditer(printed)}
    for at, character in enumerate(printed):
        depth += (character == "{") - (character == "}")
        if depth == 0 and at in cuts:
            names.append(printed[start:at])
            start = cuts[at]
    names.append(printed[start:])
    return [_plain(name) for name in names if name.strip() and name.strip().lower() != "others"]


def _depth(printed: str) -> int:
    """Return how many braces are open at once, at most."""
    deepest = depth = 0
    for character in printed:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest


def _plain(printed: str) -> str:
    """Turn LaTeX into text."""
    if _LATEX.search(printed) and _depth(printed) <= _DEEPEST:
        printed = LatexNodes2Text(keep_comments=True).latex_to_text(printed)
    return " ".join(printed.split())
