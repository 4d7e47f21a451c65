"""Where a sentence is cut into pieces that each assert one thing.

Pieces end at clauses, before another predicate or another time of the same subject, and before what
a comma adds: a result, a consequence, a circumstance. Lists of nouns are never cut.

>>> from kg.extract.clauses import lay_out
>>> from kg.extract.mentions import find
>>> text = "It was safe, with no fever at 1 month and no rash within 6 months."
>>> tokens = words(text)
>>> [text[tokens[p.inside[0]].start : tokens[p.inside[-1]].end]
...  for p in pieces(text, tokens, lay_out(text, tokens), list(find(text)))]
... # doctest: +NORMALIZE_WHITESPACE
['It was safe', 'with no fever at 1 month', 'and no rash within 6 months']
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kg.extract.clauses import Layout
from kg.extract.mentions import Figure
from kg.extract.word_lists import listed
from kg.model import MentionKind
from kg.text.lexicon import concepts, find_cues
from kg.text.tokens import Word, words

_SUBORDINATE = {
    "although", "though", "while", "whereas", "which", "despite", "however", "with", "making",
    "highlighting", "limiting", "suggesting", "indicating", "but",
}  # fmt: skip
_MOVES = frozenset({"up", "down", "better", "worse", "null", "different"})
_COORDINATORS = frozenset({"and", "but", "or"})
_REASONS = frozenset({"as", "since", "because"})
_NORMS = frozenset({"should", "must", "ought"})
_BARE = frozenset({MentionKind.TIME, MentionKind.NUMBER})
_NEAR_VERB = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that assert one thing, by position, and where its subject stands if elsewhere.

    :param continues: whether it says the same of another time
    """

    inside: range
    core: bool
    fills_from: int | None
    continues: bool = False


class _End(Enum):
    """How a piece ends: at a clause; before another predicate, time or something added."""

    CLAUSE = auto()
    PREDICATE = auto()
    TIME = auto()
    ADDITION = auto()


def pieces(
    text: str, tokens: Sequence[Word], layout: Layout, figures: Sequence[Figure]
) -> Iterator[Piece]:
    """Part words at clauses, and at what hangs on a clause and asserts something of its own."""
    first, core, fills, continues = 0, True, None, False
    for position in range(1, len(tokens) + 1):
        cut = _End.CLAUSE if position == len(tokens) else None
        cut = cut or _ends(text, tokens, layout, figures, first, position)
        if cut is None:
            continue
        yield Piece(range(first, position), core, fills, continues)
        if position == len(tokens):
            return
        if cut is _End.CLAUSE:
            core, fills = not _is_subordinate(text, tokens[position]), None
        else:
            core, fills = core and cut is not _End.ADDITION, tokens[first].start
        first, continues = position, cut is _End.TIME


def _ends(
    text: str,
    tokens: Sequence[Word],
    layout: Layout,
    figures: Sequence[Figure],
    first: int,
    position: int,
) -> _End | None:
    """Tell whether a piece ends before a word, and whether what follows hangs on it."""
    if layout.bracket[position]:
        return None
    word = tokens[position].lower
    gap = text[tokens[position - 1].end : tokens[position].start]
    rest = range(position, bisect_right(layout.clause, layout.clause[position]))
    if layout.clause[position] != layout.clause[position - 1]:
        lists = ":" in gap and not _has_verb(tokens, layout, rest)
        return None if lists else _End.CLAUSE
    following = tokens[position + 1].lower if position + 1 < len(tokens) else ""
    if word in _COORDINATORS and following in listed("predicate"):
        return _End.PREDICATE
    if word in _COORDINATORS and _other_time(text, tokens, figures, first, position, rest):
        return _End.TIME
    if word in _COORDINATORS and _new_subject(text, tokens, layout, first, position, rest):
        return _End.CLAUSE
    if word == "that" and following in _NORMS:
        return _End.ADDITION
    if word == "because" or ("," in gap and word in _REASONS):
        return _End.ADDITION
    if "," not in gap:
        return None
    if word in listed("consequence") or word == "with":
        return _End.ADDITION
    return _End.ADDITION if word == "including" and _reports(tokens, figures, rest) else None


def within(figures: Sequence[Figure], start: int, end: int) -> Sequence[Figure]:
    """Return the figures that start in a stretch; they are in text order."""
    low = bisect_left(figures, start, key=_place)
    return figures[low : bisect_left(figures, end, low, key=_place)]


def _place(figure: Figure) -> int:
    return figure.start


def _has_verb(tokens: Sequence[Word], layout: Layout, inside: Sequence[int]) -> bool:
    return any(tokens[i].lower in listed("predicate") for i in inside if not layout.bracket[i])


def _other_time(
    text: str,
    tokens: Sequence[Word],
    figures: Sequence[Figure],
    first: int,
    position: int,
    rest: Sequence[int],
) -> bool:
    """``no fever at 1 month and no rash within 6 months``: each side has a time of its own."""
    own = within(figures, tokens[first].start, tokens[rest[-1]].end)
    times = [f for f in own if f.kind is MentionKind.TIME]
    after = next((f for f in times if f.start >= tokens[position].end), None)
    if after is None or times[0].start > tokens[position].start:
        return False
    low, high = tokens[position].end, after.start
    value = any(f.kind not in _BARE for f in within(figures, low, high))
    return value or bool(concepts(words(text, low, high)))


def _new_subject(
    text: str,
    tokens: Sequence[Word],
    layout: Layout,
    first: int,
    position: int,
    rest: Sequence[int],
) -> bool:
    """``one trial enrolled 40 people and the other is under way``: a subject and a verb again."""
    following = tokens[position + 1].lower if position + 1 < len(tokens) else ""
    if following not in listed("determiner"):
        return False
    before = range(first, position)
    told = _has_verb(tokens, layout, before) or any(
        tokens[i].lower.endswith("ed")
        and not layout.bracket[i]
        and tokens[i + 1].lower not in listed("preposition")
        for i in before[:-1]
    )
    near = [i for i in rest if i <= position + _NEAR_VERB]
    return told and _has_verb(tokens, layout, near[2:])


def _reports(tokens: Sequence[Word], figures: Sequence[Figure], inside: Sequence[int]) -> bool:
    """Tell an inclusion that reports a result from a list of members."""
    own = [tokens[i] for i in inside]
    moves = any(c.kind in _MOVES for c in find_cues(own))
    return moves and bool(within(figures, own[0].start, own[-1].end))


def _is_subordinate(text: str, word: Word) -> bool:
    before = text[max(0, word.start - 2) : word.start]
    if word.lower == "but":
        return False
    return word.lower in _SUBORDINATE or (word.lower.endswith("ing") and "," in before)
