"""Which side of a comparison a record's words speak of: what was given, or what it is held against.

A side is known by the words that only its name has, by the words every trial uses for it (``the
intervention group``, ``controls``), and by the code that the record gives it (``group A``), which
is learned from the places where code and name stand together.

>>> from kg.extract.reading import read_record
>>> record = read_record("Adults took drugol (group A) or placebo (group B). Pain fell in group A.")
>>> sides = learn_sides("drugol", "placebo", "pain", record)
>>> [(m.side, m.first) for m in sides.mentions(record.sentences[1])]
[(1, 4)]
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.reading import Reading, Sentence
from kg.text.lexicon import concepts
from kg.text.tokens import Word, words

GIVEN, AGAINST = 1, -1
_HEADS = {"group", "groups", "arm", "arms", "patients", "participants", "subjects", "women",
          "men", "children", "cohort", "condition", "treatment", "therapy", "individuals",
          "animals", "sites", "schools", "families", "mothers", "students"}  # fmt: skip
_CODED = {"group", "groups", "arm", "arms", "treatment", "regimen", "cohort"}
_CODE = re.compile(r"[a-h]|i{1,3}|iv|[1-6]")
_GENERIC_GIVEN = {"intervention", "experimental", "treatment", "treated", "active", "verum",
                  "study", "exposed", "test", "trained"}  # fmt: skip
_BEFORE_GENERIC = {"the", "in", "an", "a", "to", "of", "than", "with", "both", "each", "active",
                   "for", "and", "our", "two", "that", "between", "among", "by", "from",
                   "drug"}  # fmt: skip
_LISTING = {"and", "to", "than", "vs", "versus", "or"}
_CONTROLS = {"control", "controls", "comparison", "comparator", "untreated"}
# A side only before a head: *in comparison with* names none.
_OF_COMPARING = {"comparison", "comparator"}
_UNTOLD = {"=group", "=arm", "=patient", "=treatment", "=daily", "mg", "g", "ml", "kg", "day",
           "dai", "week", "month", "hour", "min", "mcg", "receiv", "group", "treat", "dos",
           "therapi", "subject", "=dose", "plu", "plus", "alon", "=combination",
           # words of every trial's text, that tell no side apart outside the name
           "first", "second", "third", "one", "two", "thre", "four", "tim", "prior", "perform",
           "contain", "=weekly", "=days", "=measure", "=concentration", "determin", "consist",
           "=duration", "includ", "amp", "lt", "gt", "half", "regimen", "=outcome", "result",
           "=enrolled", "base", "follow", "us", "combin", "twic", "level", "initial", "dl",
           "initi", "phas", "period", "protocol", "program", "act", "standard", "normal", "mm",
           "ye", "year", "page", "pag"}  # fmt: skip
_SHORT = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{1,5}(?![A-Za-z0-9])")
_JOINT = {"combination", "combined"}
_NEAR = 3
_REACH = 10


@dataclass(frozen=True, slots=True)
class SideMention:
    """A place where a sentence speaks of one side, as positions of its first and last word."""

    first: int
    last: int
    side: int


@dataclass(frozen=True, slots=True)
class Sides:
    """The words by which a record's sentences tell the sides of one comparison apart.

    :param keys: content key → side
    :param codes: code of a group (``a``, ``ii``) → side
    :param shorts: short form that a name has in it (``TC-RF``: ``rf``) → side
    :param generic: whether ``intervention group`` means what was given
    :param control: the side that ``controls`` means
    :param text: the record's text
    :param longer: the side whose name has the other's in it, 0 if neither has
    """

    keys: Mapping[str, int]
    codes: Mapping[str, int]
    shorts: Mapping[str, int]
    generic: bool
    control: int
    text: str = ""
    longer: int = 0

    def mentions(self, sentence: Sentence) -> list[SideMention]:
        """Return where a sentence speaks of the sides, in text order."""
        found = sorted(self._raw(sentence), key=lambda m: (m.first, m.last))
        merged: list[SideMention] = []
        for mention in found:
            last = merged[-1] if merged else None
            if (
                last
                and last.side == -mention.side == -self.longer
                and mention.first <= last.last + 2
            ):
                merged[-1] = SideMention(last.first, mention.last, mention.side)
                continue
            if last and last.side == -mention.side and _people_of(sentence, last, mention):
                merged[-1] = mention  # *parents in the control group*
                continue
            if last and last.side == -mention.side and self._modifies(sentence, last, mention):
                continue  # *closed-loop phases*: what stands before the noun tells
            if last and last.side == mention.side and mention.first <= last.last + _NEAR:
                joined = max(last.last, mention.last)
                merged[-1] = SideMention(last.first, joined, last.side)
            elif last is None or mention.first > last.last:
                merged.append(mention)
        return merged

    def _headed(self, tokens: Sequence[Word], position: int) -> bool:
        """Whether a head follows, or controls are listed: ``intervention and control groups``."""
        behind = [w.lower for w in tokens[position + 1 : position + 4]]
        listed = behind[:1] in (["and"], ["or"], ["versus"], ["vs"])
        return behind[:1] != [] and (
            behind[0] in _HEADS or (listed and bool(_CONTROLS & set(behind)))
        )

    def _modifies(self, sentence: Sentence, one: SideMention, two: SideMention) -> bool:
        """Whether a mention is the noun right behind another, with nothing but a space between."""
        if two.first != one.last + 1:
            return False
        tokens = sentence.tokens
        return self.text[tokens[one.last].end : tokens[two.first].start] == " "

    def _raw(self, sentence: Sentence) -> Iterator[SideMention]:
        for concept in sentence.concepts:
            side = self.keys.get(concept.key)
            if side:
                yield SideMention(concept.first, concept.last, side)
        tokens = sentence.tokens
        for position, token in enumerate(tokens):
            behind = tokens[position + 1].lower if position + 1 < len(tokens) else ""
            if token.lower in _CONTROLS and token.stem not in self.keys and self.control:
                if token.lower not in _OF_COMPARING or behind in _HEADS:
                    yield SideMention(position, position, self.control)
            elif self.generic and token.lower in _GENERIC_GIVEN and self._headed(tokens, position):
                if not position or tokens[position - 1].lower in _BEFORE_GENERIC:
                    yield SideMention(position, position + 1, GIVEN)
            elif self.longer and token.lower in _JOINT and behind in _HEADS:
                yield SideMention(position, position + 1, self.longer)
            elif token.lower in self.shorts and self.text[token.start : token.end].isupper():
                yield SideMention(position, position, self.shorts[token.lower])
            elif position and token.lower in self.codes:
                before = tokens[position - 1].lower
                printed = self.text[token.start]
                listed = printed.isupper() and before in _LISTING
                if not printed.islower() and (before in _CODED or listed):
                    yield SideMention(position, position, self.codes[token.lower])


def _people_of(sentence: Sentence, one: SideMention, two: SideMention) -> bool:
    """Whether only ``in the`` or the like stands between two mentions: the second one tells."""
    between = [w.lower for w in sentence.tokens[one.last + 1 : two.first]]
    return between in (["in", "the"], ["of", "the"], ["from", "the"], ["in"])


def learn_sides(given: str, against: str, outcome: str, record: Reading) -> Sides:
    """Learn how a record speaks of the sides of one comparison.

    :param given: the name of what was given; ``against``: of what it is compared with
    """
    own, other = _keys(given, record), _keys(against, record)
    of_outcome = _keys(outcome, record)
    keys = dict.fromkeys(own - other - of_outcome, GIVEN)
    keys |= dict.fromkeys(other - own - of_outcome, AGAINST)
    shared = own & other - of_outcome
    if not own - other:  # one name is part of the other: alone, it means the shorter
        keys = dict.fromkeys(shared, GIVEN) | keys
    elif not other - own:
        keys = dict.fromkeys(shared, AGAINST) | keys
    low = {w.lower for w in words(given)}, {w.lower for w in words(against)}
    controlled = bool(low[0] & _CONTROLS) - bool(low[1] & _CONTROLS)
    generic = controlled <= 0 and not low[1] & {"intervention", "experimental", "active"}
    control = GIVEN if controlled > 0 else AGAINST
    codes = dict(_own_codes(given, GIVEN)) | dict(_own_codes(against, AGAINST))
    codes = codes or _learned_codes(record, keys, control)
    longer = AGAINST if not own - other else GIVEN if not other - own else 0
    shorts = _shorts(given, against)
    return Sides(keys, codes, shorts, generic, control, record.text, longer)


def _shorts(given: str, against: str) -> dict[str, int]:
    """Return the short forms in capitals that only one name has in it, and their hyphened parts."""
    own, other = (frozenset(w.lower() for w in _SHORT.findall(name)) for name in (given, against))
    return dict.fromkeys(sorted(own - other), GIVEN) | dict.fromkeys(sorted(other - own), AGAINST)


def _keys(name: str, record: Reading) -> frozenset[str]:
    found = {c.key for c in concepts(words(name), record.abbreviations)}
    return frozenset(k for k in found if k not in _UNTOLD and not _CODE.fullmatch(k))


def _own_codes(name: str, side: int) -> Iterator[tuple[str, int]]:
    tokens = words(name)
    for before, token in itertools.pairwise(tokens):
        if before.lower in _CODED and _CODE.fullmatch(token.lower):
            yield token.lower, side


def _learned_codes(record: Reading, keys: Mapping[str, int], control: int) -> dict[str, int]:
    """Learn codes where they stand beside a name: ``group A (drugol)``, ``drugol (group A)``."""
    votes: dict[str, float] = defaultdict(float)
    for sentence in record.sentences:
        tokens = sentence.tokens
        at = [
            i for i in range(1, len(tokens))
            if tokens[i - 1].lower in _CODED and _CODE.fullmatch(tokens[i].lower)
            and not record.text[tokens[i].start].islower()
        ]  # fmt: skip
        if not at:
            continue
        sided = {c.first: keys[c.key] for c in sentence.concepts if c.key in keys}
        sided |= {i: control for i, t in enumerate(tokens) if t.lower in _CONTROLS}
        for order, place in enumerate(at):
            bracket = sentence.layout.bracket[place]
            after_end = min(at[order + 1] - 1 if order + 1 < len(at) else 10**6, place + _REACH)
            before_end = max(at[order - 1] if order else -1, place - _REACH)
            after = [side for i, side in sided.items() if place < i < after_end]
            before = [side for i, side in sided.items() if before_end < i < place]
            behind = _bracket_follows(sentence, place)
            told = before[-2:] if bracket and not behind else after[:2] or before[-1:]
            votes[tokens[place].lower] += sum(told) * (2.0 if bracket or behind else 1.0)
    return {code: GIVEN if vote > 0 else AGAINST for code, vote in votes.items() if abs(vote) >= 1}


def _bracket_follows(sentence: Sentence, place: int) -> bool:
    bracket = sentence.layout.bracket
    return place + 1 < len(bracket) and bracket[place + 1] not in {0, bracket[place]}
