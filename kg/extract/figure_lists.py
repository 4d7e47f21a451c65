"""Figures of one list: a count joined to its total, a span told in words, a unit told once.

>>> from kg.extract.mentions import find
>>> [(str(f.value), f.unit) for f in find("It fell by 3, 4 and 5 mg in 12 of 50 patients.")][:3]
[('3', 'mg'), ('4', 'mg'), ('5', 'mg')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.figure import Item
from kg.extract.figure_kinds import after_count, is_bare_age
from kg.text.units import lookup

_GAP = re.compile(
    r"-?(?: ?[,;/] ?| ?,? and (?:to |then |at )?| ?,? or | to | vs?\.? | versus "
    r"| compared (?:with|to) | ?& ?| x |x"
    r"|, respectively,? and | (?:as )?against | rather than | as opposed to | instead of )"
    r"(?:a mean of |by )?(?:[-−] ?)?$"
)
_OF = re.compile(r" (?:out )?of (?:the |a total of )?$")
_RATE = re.compile(
    r" ?(?:[a-z]{3,15} )?(?:per|/) ?(?P<base>[0-9][0-9,]{0,9} )?"
    r"(?P<what>(?:person|patient|participant)[- ](?:years?|months?|days?)"
    r"|patients?|persons?|people|women|population|births|live births)\b"
)
_TEN = 10
_COMPOUND = re.compile(r" [a-z]{2,12}-(?: and |[a-z])")  # "Forty-six age- and sex-matched"
_SENTENCE = re.compile(r"(?:[.!?:] |\n)$")


_BETWEEN = re.compile(
    r"(?<!difference )(?<!differences )\b[Bb]etween (?:the )?(?:ages? (?:of )?)?-?$"
)


def listed(text: str, items: Sequence[Item]) -> list[Item]:
    """Return the figures of a matching copy, what belongs to one list joined."""
    return list(spans_in_words(text, shared_units(text, joined_totals(text, items))))


def joined_totals(text: str, items: Sequence[Item]) -> list[Item]:
    """Join ``12 of 50``, and add what rates count by and what whole numbers count."""
    joined: list[Item] = []
    for item in items:
        last = joined[-1] if joined else None
        if (
            last is not None and last.unit is None and last.noun is None and item.unit is None
            and last.total is None and last.upper is None and item.upper is None
            and last.value <= item.value and _OF.fullmatch(text, last.end, item.start)
            and item.value == item.value.to_integral_value()  # "one of 15.3" is a score
        ):  # fmt: skip
            joined[-1] = replace(
                last, end=item.stop, stop=item.stop, total=item.value, noun=item.noun or "of"
            )
            continue
        joined.append(_rated(text, item))
    return joined


def _opens(text: str, item: Item) -> bool:
    """Whether a number in words opens a sentence: ``Forty-six age- and sex-matched pupils``."""
    whole = item.value == item.value.to_integral_value()
    if not _COMPOUND.match(text, item.stop):
        return False
    opens = not item.start or _SENTENCE.search(text, max(0, item.start - 4), item.start)
    return item.worded and whole and item.value > _TEN and bool(opens) and item.upper is None


def _rated(text: str, item: Item) -> Item:
    match = _RATE.match(text, item.end)
    if not match or item.unit is not None or (item.worded and not match["base"]):
        noun = item.noun or after_count(text, item.stop, item.value, item.worded)
        if noun is None and _opens(text, item):
            noun = ""
        return replace(item, noun=noun) if item.unit is None else item
    base = (match["base"] or "1 ").strip().replace(",", "")
    what = match["what"].replace(" ", "-").lower().removesuffix("s")
    known = lookup(what)
    code = known.ucum if known else "{" + what + "}"
    unit = f"/({base}.{code})" if base != "1" else f"/{code}"
    return replace(item, end=match.end(), unit=unit, known=None, noun=None)


def spans_in_words(text: str, items: Sequence[Item]) -> Iterator[Item]:
    """Yield figures; ``between one and six years`` is one, though it is told in words."""
    low: Item | None = None
    for item in items:
        joined = low is not None and text[low.end : item.start] == " and "
        if low is not None and joined and low.unit == item.unit and low.value < item.value:
            yield replace(item, start=low.start, value=low.value, upper=item.value)
            low = None
            continue
        if low is not None:
            yield low
        before = text[max(0, item.start - 34) : item.start]
        plain = item.unit is not None and item.upper is None and item.total is None
        opens = plain and item.worded and _BETWEEN.search(before)
        low = item if opens else None
        if low is None:
            yield item
    if low is not None:
        yield low


def shared_units(text: str, items: Sequence[Item]) -> list[Item]:
    """Hand the unit at the end of a list back to the figures before it."""
    result = list(items)
    for at in range(len(result) - 2, -1, -1):
        item, later = result[at], result[at + 1]
        whole = not item.worded or item.value == int(item.value)
        whole = whole and not (item.worded and is_bare_age(text, item))
        if not whole or item.unit is not None or item.noun is not None or item.end > later.start:
            continue
        if item.upper is not None and text[: item.start].endswith("between "):
            continue  # "between 2 and 4, and 7 months if lower": the and has closed it
        if later.start - item.end > 24 or not _GAP.fullmatch(text, item.end, later.start):
            continue
        if later.unit is not None:
            result[at] = replace(item, unit=later.unit, known=later.known, shared=True)
        elif later.noun is not None and later.total is None:
            result[at] = replace(item, noun=later.noun, shared=True)
    return result
