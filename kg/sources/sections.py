"""Printed labels of a record's sections, and what part of a record each stands for.

The names are data: ``kg/text/data/sections.tsv``.

>>> label_at("RESULTS: Pain fell.")
Label(printed='RESULTS:', part=<Part.RESULTS: 'results'>, length=9, known=True)
>>> part_of("2. Materials & Methods"), part_of("Walking")
(<Part.METHODS: 'methods'>, None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.model import Part
from kg.text.lexicon import rows

_LEAD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})[.)]?[\s\u00a0]+(?=\D)")
_INLINE = re.compile(
    r"([A-Z][A-Za-z'’(),/& .\u00a0-]{1,80}?)[ \u00a0]?(?::|\s[–—-](?=\s))[ \u00a0\t]*"
)
_DOTTED = re.compile(r"([A-Z]{4,}(?:\.[^\n:]{1,120})?):[ \t]*(?=\Z|\S)")
_SEVERAL = re.compile(r" and |, and |[,/]")
_WORDS = 6
_CAPITALS = 4


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line or paragraph.

    :param part: None where the name is not in the table
    :param length: how many characters come before the section's own text
    """

    printed: str
    part: Part | None
    length: int
    known: bool


@cache
def names() -> Mapping[str, Part]:
    """Return section name → part; the first row that lists a name owns it."""
    found: dict[str, Part] = {}
    for row in rows("sections.tsv"):
        for name in row[1].split("|"):
            found.setdefault(_folded(name), Part(row[0]))
    return found


def _folded(name: str) -> str:
    plain = name.lower().replace("’", "'").replace("&", "and").replace("\u00a0", " ")
    return " ".join(word.removesuffix("s") for word in plain.strip(" .:").split())


def part_of(name: str) -> Part | None:
    """Return the part that a section name stands for, or None.

    Its number, its colon and plurals do not count; of several names the last decides.

    >>> part_of("MATERIAL AND METHODS:"), part_of("Aims/Methods"), part_of("Men/women")
    (<Part.METHODS: 'methods'>, <Part.METHODS: 'methods'>, None)
    """
    lead = _LEAD.match(name)
    folded = _folded(name[lead.end() :] if lead else name)
    known = names()
    if folded in known or not _SEVERAL.search(folded):
        return known.get(folded)
    parts = [known.get(_folded(piece)) for piece in _SEVERAL.split(folded)]
    return parts[-1] if all(parts) else None


def label_at(text: str) -> Label | None:
    """Return the label that a line begins with, if it begins with one.

    A name of the table counts in any case; another one only where it is printed in capitals.

    >>> label_at("Patients: 20 men."), label_at("In brief: it fell.")
    (Label(printed='Patients:', part=<Part.METHODS: 'methods'>, length=10, known=True), None)
    >>> label_at("PAIN SCORES: They fell.").known
    False
    """
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    match = _INLINE.match(text, begin)
    if match is None:
        return None
    name = match.group(1)
    part = part_of(name)
    printed = text[: match.end()].rstrip()
    if part is not None:
        return Label(printed, part, match.end(), True)
    capitals = name.isupper() and sum(c.isalpha() for c in name) >= _CAPITALS
    if capitals and len(name.split()) <= _WORDS and ":" in match.group():
        return Label(printed, None, match.end(), False)
    return None


def dotted_at(line: str) -> Label | None:
    """Return a label that names its place in the article, such as ``ABSTRACT.RESULTS:``.

    >>> dotted_at("BODY.STUDY DESIGN:").printed, dotted_at("Body fat: 20 %")
    ('BODY.STUDY DESIGN:', None)
    >>> dotted_at("ABSTRACT.SUMMARY.FINDINGS:").part
    <Part.RESULTS: 'results'>
    """
    match = _DOTTED.match(line)
    if match is None or not match.group(1).isupper():
        return None
    first, _, rest = match.group(1).partition(".")
    part = part_of(first)
    if part is None:
        return None
    steps = [part_of(step) for step in reversed(rest.split("."))]
    own = next(filter(None, steps), None) if rest else part
    return Label(match.group().rstrip(), own, match.end(), own is not None)
