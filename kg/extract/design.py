"""The design and the people that a text tells of: allocation, blinding, phase, layout, population.

The terms are rows of ``kg/text/data/designs.tsv``. A design that is wished for, denied, or told of
other work is not the text's own.

>>> from kg.extract.reading import read_record
>>> told = design_terms(read_record("In this randomised phase II trial, 20 women walked."))
>>> {aspect: list(values) for aspect, values in told.items()}
{'allocation': ['randomised'], 'phase': ['phase 2'], 'population': ['women']}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.extract.reading import Reading, Sentence
from kg.model import Part
from kg.text.lexicon import Phrases, match_phrases, phrase_table, rows

Span = tuple[int, int]
_BEFORE, _AFTER = 8, -6
# What introduces and what concludes tells of other studies, too: it counts where nothing else does.
_OF_OTHERS = {Part.BACKGROUND, Part.OBJECTIVE, Part.CONCLUSIONS}


@cache
def _designs() -> tuple[Mapping[str, tuple[str, str]], Phrases]:
    values = {row[1]: (row[0], row[2]) for row in rows("designs.tsv")}
    return values, phrase_table([(phrase, phrase) for phrase in values], by_stem=False)


def design_terms(reading: Reading, *, wished: bool = False) -> dict[str, dict[str, Span]]:
    """Return the design that a text tells of itself: aspect → value → where it first stands.

    :param wished: whether one that is wished for or denied counts, too: ``no randomised trials``
    """
    found: dict[str, dict[str, Span]] = {}
    own = [s for s in reading.sentences if s.part not in _OF_OTHERS]
    around = [s for s in reading.sentences if s.part in _OF_OTHERS]
    for told in (_told(own, wished), _told(around, wished)):
        known = set(found)
        for aspect, value, at in told:
            if aspect not in known:
                found.setdefault(aspect, {}).setdefault(value, at)
    return found


def _told(sentences: Iterable[Sentence], wished: bool) -> Iterator[tuple[str, str, Span]]:
    values, table = _designs()
    for sentence in sentences:
        for first, stop, phrases in match_phrases([w.lower for w in sentence.tokens], table):
            aspect, value = values[phrases[0]]
            at = sentence.tokens[first].start, sentence.tokens[stop - 1].end
            inside = sentence.start <= at[0] and at[1] <= sentence.end
            if inside and (wished or not _of_another_study(sentence, first)):
                yield aspect, value, at


def _of_another_study(sentence: Sentence, position: int) -> bool:
    wished = (c for c in sentence.cues if c.kind in {"recommended", "negation"})
    return any(_AFTER <= position - cue.last <= _BEFORE for cue in wished)
