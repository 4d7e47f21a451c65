"""A text read for what it says: sentences with their words, figures, groups, cues and facts.

A *fact* is one figure or one direction told in words, with what binds it: the groups it is about,
the time, the words that say which outcome, and whether it compares a group with itself or with
another. Claim and record are read by the same code, so that their facts can be held together.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from kg.extract.clauses import Layout, lay_out
from kg.extract.groups import GroupLexicon, GroupMention, learn
from kg.extract.mentions import Figure, find
from kg.model import Comparison, Part, Segment
from kg.text.abbreviations import defined
from kg.text.lexicon import Concept, Cue, Phrases, concepts, find_cues, phrase_table
from kg.text.sentences import sentences
from kg.text.tokens import Word, words

_FEWEST = 3
_PAIR = 2
_LONGEST = 2_000
_HYPHENS = "-\u2010\u2011"
_MOVING = {"up", "down", "better", "worse", "different", "superlative"}
UNREAD = {
    *(Part.FURNITURE, Part.REFERENCE, Part.AUTHORS, Part.JOURNAL, Part.IDENTIFIER),
    Part.REVIEW_STATUS,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, or one direction told in words, with its slots.

    :param sense: ``up down better worse null different`` of a direction, ``figure`` of a figure
    :param groups: keys of the groups that it is about; empty where the words do not say
    :param firmly: whether the words themselves tie it to these groups
    :param reference: keys of the groups that it is compared with
    :param times: days; empty where the words do not say
    :param context: weight of each content word near it, by nearness
    :param p: the p-value that stands with a direction
    """

    start: int
    end: int
    sentence: int
    clause: int
    sense: str
    phrase: str
    figure: Figure | None = None
    groups: frozenset[str] = frozenset()
    firmly: bool = False
    reference: frozenset[str] = frozenset()
    times: frozenset[Decimal] = frozenset()
    context: Mapping[str, float] = field(default_factory=dict)
    comparison: Comparison | None = None
    significant: bool | None = None
    hedged: bool = False
    p: Figure | None = None
    excepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with everything found in it. Offsets point into the document's text."""

    index: int
    start: int
    end: int
    part: Part
    tokens: tuple[Word, ...]
    layout: Layout
    figures: tuple[Figure, ...]
    groups: tuple[GroupMention, ...]
    cues: tuple[Cue, ...]
    concepts: tuple[Concept, ...]
    heading: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """The content of the sentence."""
        return frozenset(c.key for c in self.concepts) | self.heading

    def word_at(self, offset: int) -> int:
        """Return the position of the word that starts at or after an offset."""
        for position, token in enumerate(self.tokens):
            if token.end > offset:
                return position
        return len(self.tokens) - 1

    def words_in(self, spans: Iterable[tuple[int, int]]) -> set[int]:
        """Return the positions of the words that begin in one of the spans."""
        starts = [token.start for token in self.tokens]
        return {
            position
            for start, end in spans
            for position in range(bisect_left(starts, start), bisect_left(starts, end))
        }


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text and all that was read in it. Each is itself only, so that what follows can be kept."""

    text: str
    sentences: tuple[Sentence, ...]
    facts: tuple[Fact, ...]
    lexicon: GroupLexicon
    abbreviations: Phrases
    rarity: Mapping[str, float]

    def weight(self, key: str) -> float:
        """Return how telling a content word is: rare in the record, so high."""
        return self.rarity.get(key, self.rarity.get("", 1.0))


def read_record(text: str, segments: Sequence[Segment] | None = None) -> Reading:
    """Read a record: its groups and abbreviations are learned from its own text."""
    parts = segments or (Segment(0, len(text), Part.BODY),)
    read = [s for s in parts if s.part not in UNREAD and s.end > s.start]
    body = "\n".join(text[s.start : s.end] for s in read)
    abbreviations = _abbreviation_table(body)
    figures = [f for s in read for f in find(text, s.start, s.end)]
    cut = [span for s in read for span in _cut(text, s)]
    tokens = [w for start, end in cut for w in words(text, start, end)]
    lexicon = learn(_blanked(text, read), tokens, figures)
    return _assemble(text, read, lexicon, abbreviations, figures)


def read_claim(
    text: str, start: int, end: int, record: Reading, part: Part = Part.PARAGRAPH
) -> Reading:
    """Read a stretch of an answer in the terms of a record: its groups, its abbreviations."""
    segment = Segment(start, end, part)
    figures = list(find(text, start, end))
    return _assemble(text, [segment], record.lexicon, record.abbreviations, figures, record.rarity)


def narrow(said: Reading, start: int, end: int) -> tuple[Reading, tuple[int, ...]]:
    """Cut a statement's reading down to one claim; what binds its facts was read in the whole.

    A claim cut off behind a figure (``… and 6 months (p = .01)``) keeps the content of its clause.

    :return: the claim's reading, and the position in ``said`` of each of its facts
    """
    kept = [i for i, f in enumerate(said.facts) if start <= f.start and f.end <= end]
    sentences_ = tuple(_narrowed(s, start, end) for s in said.sentences)
    facts = tuple(said.facts[i] for i in kept)
    return replace(said, sentences=sentences_, facts=facts), tuple(kept)


def _narrowed(sentence: Sentence, start: int, end: int) -> Sentence:
    def inside(item: Word | Figure | GroupMention | Cue | Concept) -> bool:
        return start <= item.start and item.end <= end

    own = tuple(c for c in sentence.concepts if inside(c))
    if own and len(own) < _FEWEST:
        clause = sentence.layout.clause[own[0].first]
        own = tuple(
            c for c in sentence.concepts
            if sentence.layout.clause[c.first] == clause and c.start < end
        )  # fmt: skip
    return replace(
        sentence, start=max(sentence.start, start), end=max(sentence.start, min(sentence.end, end)),
        figures=tuple(filter(inside, sentence.figures)),
        groups=tuple(filter(inside, sentence.groups)),
        cues=tuple(filter(inside, sentence.cues)), concepts=own,
    )  # fmt: skip


def _blanked(text: str, read: Sequence[Segment]) -> str:
    """Keep offsets, but let nothing outside the read segments be seen."""
    pieces, at = [], 0
    for segment in read:
        if segment.start >= at:
            pieces += [" " * (segment.start - at - 1) + "\n" * bool(segment.start - at)]
            pieces += [text[segment.start : segment.end]]
            at = segment.end
    return "".join(pieces)


def _abbreviation_table(text: str) -> Phrases:
    """Short form → the content keys of its long form."""
    pairs = []
    for short, long in defined(text).items():
        forms = {short, short.removesuffix("s"), f"{short.removesuffix('s')}s"}
        keys = [concept.key for concept in concepts(words(long))]
        pairs += [(key, form) for form in sorted(forms) for key in keys]
    return phrase_table(pairs, by_stem=False)


def _assemble(
    text: str,
    segments: Sequence[Segment],
    lexicon: GroupLexicon,
    abbreviations: Phrases,
    figures: Sequence[Figure],
    rarity: Mapping[str, float] | None = None,
) -> Reading:
    from kg.extract.facts import facts_of
    from kg.extract.series import carried

    read: list[Sentence] = []
    figures = sorted(figures, key=_start)
    for segment in segments:
        opening = panel = frozenset[str]()
        for start, end in _cut(text, segment):
            sentence = _sentence(
                text, len(read), start, end, segment.part, lexicon, abbreviations, figures,
                opening | panel,
            )  # fmt: skip
            if not sentence.tokens:
                continue
            opens = not read or read[-1].end <= segment.start
            read.append(sentence)
            if segment.part is Part.CAPTION and opens:
                opening = frozenset(c.key for c in sentence.concepts)
            elif segment.part is Part.CAPTION and _is_panel_title(text, sentence):
                panel = frozenset(c.key for c in sentence.concepts)
    keys = frozenset(group.key for group in lexicon.groups)
    both = keys if len(keys) == _PAIR else frozenset[str]()
    facts = [fact for sentence in read for fact in facts_of(text, sentence, both)]
    facts = carried(text, read, _panel_comparisons(text, read, facts))
    return Reading(text, tuple(read), tuple(facts), lexicon, abbreviations, rarity or _rarity(read))


def _start(figure: Figure) -> int:
    return figure.start


@lru_cache(maxsize=256)  # its words are learned from first, then it is read
def _cut(text: str, segment: Segment) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a segment begin and end."""
    return tuple(_bounded(text, sentences(text, segment.start, segment.end)))


def _bounded(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence, such as a table without line ends, at spaces.

    What is bound within a sentence grows with the square of its length.
    """
    for start, end in found:
        while end - start > _LONGEST:
            space = text.rfind(" ", start + 1, start + _LONGEST)
            cut = space if space > start else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _sentence(
    text: str,
    index: int,
    start: int,
    end: int,
    part: Part,
    lexicon: GroupLexicon,
    abbreviations: Phrases,
    figures: Sequence[Figure],
    panel: frozenset[str],
) -> Sentence:
    tokens = words(text, start, end)
    first = bisect_left(figures, start, key=_start)
    own = figures[first : bisect_left(figures, end, first, key=_start)]
    return Sentence(
        index, start, end, part, tuple(tokens), lay_out(text, tokens), tuple(own),
        tuple(lexicon.find(tokens, own, text)), tuple(_whole_words(text, find_cues(tokens))),
        tuple(concepts(tokens, abbreviations)), panel,
    )  # fmt: skip


def _whole_words(text: str, cues: Sequence[Cue]) -> Iterator[Cue]:
    """Leave out cues that are one half of a compound: ``stair-climb power`` tells no direction.

    *NO* in capitals is a gas, but where all is.
    """
    for cue in cues:
        if _is_gas(text, cue):
            continue
        before, after = text[cue.start - 1 : cue.start], text[cue.end : cue.end + 1]
        glued = (before in _HYPHENS and before) or (after in _HYPHENS and after)
        if not glued or cue.kind not in _MOVING:
            yield cue


def _is_gas(text: str, cue: Cue) -> bool:
    """Whether a cue's *no* is nitric oxide: ``NO inhalation``, but not ``NO DIFFERENCE``."""
    if text[cue.start : cue.start + 3] != "NO ":
        return False
    rest = text[cue.start + 2 : cue.end] or text[cue.end : cue.end + 4]
    return any(c.islower() for c in rest)


def _is_panel_title(text: str, sentence: Sentence) -> bool:
    """Whether a caption's sentence names its panel's outcome: ``(A) Change in grip``."""
    opening = text[sentence.start : sentence.start + 4]
    lettered = opening[:1] == "(" and ")" in opening
    return lettered or not any(c.kind in {"up", "down", "null"} for c in sentence.cues)


def _panel_comparisons(text: str, read: Sequence[Sentence], facts: Sequence[Fact]) -> list[Fact]:
    """Let a caption's note (``p values are for within group versus baseline``) govern its panel."""
    governed: dict[int, Comparison] = {}
    for sentence in read:
        if sentence.part is not Part.CAPTION:
            continue
        kinds = {c.kind for c in sentence.cues}
        low = text[sentence.start : sentence.end].lower()
        if "values are" in low or "value is" in low or "values were" in low:
            within = "within" in low or "within" in kinds
            kind = Comparison.WITHIN_GROUP if within else Comparison.BETWEEN_GROUPS
            for earlier in range(sentence.index - 1, -1, -1):
                if read[earlier].part is not Part.CAPTION or earlier in governed:
                    break
                governed[earlier] = kind
    return [
        replace(fact, comparison=fact.comparison or governed.get(fact.sentence)) for fact in facts
    ]


def _rarity(read: Sequence[Sentence]) -> dict[str, float]:
    """Weight content words by how few sentences of the record have them."""
    counts = Counter(key for sentence in read for key in sentence.keys)
    total = max(len(read), 1)
    weights = {key: math.log(1 + total / count) for key, count in sorted(counts.items())}
    weights[""] = math.log(1 + total)
    return weights
