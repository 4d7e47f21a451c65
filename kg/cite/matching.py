"""How well a printed entry fits a record's work, and a record's text the statements that cite it.

>>> work = Work("work/1", "Walking in the winter months", first_author="Doe", year=2019)
>>> metadata_confidence("Doe J. Walking in the winter months. J Gait 2019;4:1.", work)
Decimal('0.98')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from kg.model import Marker, Part, Source, Work
from kg.text.lexicon import concepts
from kg.text.sentences import sentences
from kg.text.tokens import words

_ONE_YEAR_OFF = 1
_LEAST_TITLE = 0.7
_WHOLE_TITLE = 0.95
_LEAST_WORDS = 3
_YEAR = re.compile(r"(?<![\d/.:-])((?:19|20)\d\d)(?![\d/])")
_NAME = re.compile(r"[^\W\d_][\w'’-]*")
_INITIALS = 3
_SPAN = re.compile(r"#char=(\d+),(\d+)\Z")
_UNREAD = frozenset(
    {Part.REFERENCE, Part.FURNITURE, Part.AUTHORS, Part.IDENTIFIER, Part.JOURNAL}
    | {Part.REVIEW_STATUS}
)
_LEAST_FIT = 0.4
_LEAST_LEAD = 0.1
_MOST_SURE = Decimal("0.6")


def span_of(passage: str) -> tuple[int, int]:
    """Return the offsets that a passage's id names.

    >>> span_of("doc/ab#char=3,9")
    (3, 9)
    """
    match = _SPAN.search(passage)
    return (int(match.group(1)), int(match.group(2))) if match else (0, 0)


def title_share(printed: str, title: str) -> float:
    """Return the share of a title's words that an entry prints, 0 for a title of a word or two.

    >>> title_share("Roe R. Sleep. 2001.", "Walking in the winter months")
    0.0
    """
    own = {w.stem for w in words(title)}
    if len(own) < _LEAST_WORDS:
        return 0.0
    return len(own & {w.stem for w in words(printed)}) / len(own)


def metadata_confidence(printed: str, work: Work) -> Decimal | None:
    """Return how surely an entry and a work are one by title, year and first author, or None.

    The title has to be there for the most part; another year or author takes from it.
    """
    share = title_share(printed, work.title or "")
    if share < _LEAST_TITLE:
        return None
    years = [int(year) for year in _YEAR.findall(printed)]
    near = not years or work.year is None or any(abs(y - work.year) <= _ONE_YEAR_OFF for y in years)
    named = _surname(work.first_author or "") in {w.lower() for w in _NAME.findall(printed)}
    sure = Decimal("0.7") if share < _WHOLE_TITLE else Decimal("0.9")
    sure += Decimal("0.04") if work.year and years and near else Decimal(0)
    sure += Decimal("0.04") if named else Decimal(0)
    sure -= Decimal(0) if near else Decimal("0.25")
    return sure if sure >= _MOST_SURE else None


def _surname(author: str) -> str:
    """Return the surname of ``Doe J``, ``Doe, Jane`` or ``Jane Doe``, in lower case.

    >>> _surname("Doe JR"), _surname("Doe, Jane"), _surname("Jane R Doe")
    ('doe', 'doe', 'doe')
    """
    family, comma, _ = author.partition(",")
    names = [name for name in _NAME.findall(family) if not name.isupper() or len(name) > _INITIALS]
    if not names:
        return ""
    given_first = not comma and len(names) > 1
    surname: str = names[-1] if given_first else names[0]
    return surname.lower()


def citing_text(answer: Source, markers: Sequence[Marker]) -> dict[str, list[str]]:
    """Return label → the texts that cite it: a bullet, a step, a row, or a sentence."""
    found: dict[str, list[str]] = {}
    for marker in sorted(markers, key=lambda m: (*span_of(m.passage), m.label)):
        at = span_of(marker.passage)[0]
        found.setdefault(marker.label, []).append(_around(answer, at))
    return found


def _around(answer: Source, at: int) -> str:
    for segment in answer.segments:
        if segment.start <= at < segment.end:
            if segment.part is not Part.PARAGRAPH:
                return answer.readable[segment.start : segment.end]
            for start, end in sentences(answer.readable, segment.start, segment.end):
                if start <= at < end:
                    return answer.readable[start:end]
    return ""


def content_of(record: Source) -> frozenset[str]:
    """Return the content words and figures of a record's own text."""
    return frozenset(
        key
        for segment in record.segments
        if segment.part not in _UNREAD
        for key in _keys(record.text[segment.start : segment.end])
    )


def _keys(text: str) -> list[str]:
    return [concept.key for concept in concepts(words(text))]


def content_fits(texts: Mapping[str, Sequence[str]], record: Source) -> dict[str, float]:
    """Return label → share of the weighted content of its statements that the record has.

    A word that most statements have tells nothing of which label is meant, so it weighs little.
    """
    own = content_of(record)
    keys = {label: [frozenset(_keys(t)) for t in found] for label, found in texts.items()}
    spread = Counter(key for found in keys.values() for each in found for key in each)
    return {
        label: sum(_share(each, own, spread) for each in found) / len(found)
        for label, found in keys.items()
        if found
    }


def _share(keys: frozenset[str], own: frozenset[str], spread: Counter[str]) -> float:
    weights = {key: 1 / spread[key] for key in sorted(keys)}
    total = sum(weights.values())
    return sum(weight for key, weight in weights.items() if key in own) / total if total else 0.0


def clearly_best(fits: Mapping[str, float]) -> tuple[str, Decimal] | None:
    """Return the label that fits best and how surely, if it clearly does; never above 0.6.

    >>> clearly_best({"1": 0.8, "2": 0.3}), clearly_best({"1": 0.8, "2": 0.75})
    (('1', Decimal('0.6')), None)
    """
    ranked = sorted(fits.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _LEAST_FIT:
        return None
    lead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
    if lead < _LEAST_LEAD:
        return None
    sure = Decimal(str(round(0.3 + min(lead, 0.3), 2)))
    return ranked[0][0], min(sure, _MOST_SURE)
