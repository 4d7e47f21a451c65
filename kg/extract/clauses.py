"""Where a sentence's clauses and brackets lie: the ground on which figures are bound.

Each word gets the number of its clause and of its bracket (0 outside). A bracket belongs to the
clause in which it opens; nothing inside it breaks a clause.

>>> from kg.text.tokens import words
>>> tokens = words("Pain fell (p = .02), whereas sleep did not change")
>>> layout = lay_out("Pain fell (p = .02), whereas sleep did not change", tokens)
>>> layout.clause
(0, 0, 0, 0, 1, 1, 1, 1, 1)
>>> layout.bracket
(0, 0, 1, 1, 0, 0, 0, 0, 0)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.text.tokens import Word

_BREAKERS = {"whereas", "while", "but", "although", "though", "however", "which", "yet", "despite"}
_SOFT = {"and", "with", "but"}
_VERBS = {
    "was", "were", "is", "are", "had", "has", "have", "did", "does", "do", "showed", "shows",
    "increased", "decreased", "improved", "reduced", "fell", "rose", "declined", "received",
    "differed", "reported", "remained", "occurred", "experienced", "lowered", "worsened", "will",
    "can", "may", "might", "could", "should", "resulted", "led", "dropped", "achieved", "gained",
    "lost", "found", "suggest", "suggests", "demonstrated", "died", "became", "made", "saw",
    "cut", "went", "stayed", "tended", "responded", "completed", "underwent", "works", "work",
}  # fmt: skip


_BRACKET = re.compile(r"[(\[]")


@dataclass(frozen=True, slots=True)
class Layout:
    """Clause and bracket number of each word; where each bracket opens, as a word position."""

    clause: tuple[int, ...]
    bracket: tuple[int, ...]
    opens: tuple[int, ...]

    def outer(self, position: int) -> int:
        """Return the word position outside brackets that a word hangs on."""
        bracket = self.bracket[position]
        return self.opens[bracket] if bracket else position


def lay_out(text: str, tokens: Sequence[Word]) -> Layout:
    """Return the numbers of the clauses and brackets of a sentence's words.

    :param text: the whole text into which the words' offsets point
    """
    brackets, opens = _brackets(text, tokens)
    clauses: list[int] = []
    clause = 0
    seen_verb = False
    for position, token in enumerate(tokens):
        if position and not brackets[position]:
            gap = text[tokens[position - 1].end : token.start]
            breaks = token.lower in _BREAKERS or (gap != " " and _parts(gap))
            if breaks or (seen_verb and _new_clause(text, tokens, brackets, position)):
                clause += 1
                seen_verb = False
        if not brackets[position]:
            seen_verb = seen_verb or _is_verb(text, token)
        clauses.append(clause)
    for position, bracket in enumerate(brackets):
        if bracket:
            clauses[position] = clauses[opens[bracket]]
    return Layout(tuple(clauses), tuple(brackets), tuple(opens))


def _parts(gap: str) -> bool:
    return ";" in gap or ": " in gap or " – " in gap or "—" in gap


def _is_verb(text: str, token: Word) -> bool:
    """Whether a word is a verb, and no part of a compound: ``self-reported``."""
    return token.lower in _VERBS and text[token.start - 1 : token.start] != "-"


def _new_clause(text: str, tokens: Sequence[Word], brackets: Sequence[int], position: int) -> bool:
    """Whether a coordinator here opens a clause with a verb of its own."""
    word = tokens[position].lower
    comma = "," in text[tokens[position - 1].end : tokens[position].start]
    if word == "with" and comma:
        return True
    if word not in _SOFT:
        return False
    for later in range(position + 1, min(len(tokens), position + 10)):
        if brackets[later]:
            continue
        if _is_verb(text, tokens[later]):
            return later > position + 1 or comma
        if tokens[later].lower in _SOFT or tokens[later].lower in _BREAKERS:
            return False
    return False


def _brackets(text: str, tokens: Sequence[Word]) -> tuple[list[int], list[int]]:
    """Return each word's bracket (nested ones count as the outer one) and where each opens."""
    numbers: list[int] = []
    opens = [0]
    depth = 0
    at = tokens[0].start if tokens else 0
    if tokens and not _BRACKET.search(text, at, tokens[-1].start):
        return [0] * len(tokens), opens
    for position, token in enumerate(tokens):
        for char in text[at : token.start]:
            if char in "([":
                depth += 1
                if depth == 1:
                    opens.append(max(0, position - 1))
            elif char in ")]":
                depth = max(0, depth - 1)
        numbers.append(len(opens) - 1 if depth else 0)
        at = token.start
    return numbers, opens
