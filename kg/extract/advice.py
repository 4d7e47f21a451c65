"""Advice in a sentence: what to do or not to do, how strongly, if what holds, for which reason.

Advice opens with a verb in the imperative (*Measure …*, *Do not …*), behind a label or a condition
(*If …, measure …*), or stands in a main clause with *should*, *must*, *is recommended*. The verbs
and phrases are data in ``kg/text/data/advice.tsv``.

>>> text = "If pain recurs, do not repeat the dose, as it raised pressure."
>>> advice = find_advice(text, 0, len(text))
>>> advice.direction.value, text[advice.start : advice.end], advice.condition
('against', 'do not repeat the dose', 'If pain recurs')
>>> text[advice.reason :]
'as it raised pressure.'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.clauses import lay_out
from kg.extract.word_lists import listed
from kg.model import RecommendationDirection, RecommendationStrength
from kg.text.lexicon import Cue, Phrases, match_phrases, phrase_table, rows
from kg.text.tokens import Word, words

_LABEL = re.compile(r"[\s*_]*[^.:;!?()\n]{1,60}:[\s*_]+(?=\S)")
_LABEL_WORDS = 7
_AHEAD = 9
_NEAR = 240
_AGAIN = re.compile(
    r";\s+(?:and\s+|but\s+)?|,?\s(?:and|but)\s+(?=(?:do not|don['’]t|avoid|never)\s)", re.IGNORECASE
)
_AGENT = re.compile(
    r"\b(?:clinicians?|physicians?|providers?|practitioners?|prescribers?|doctors?|nurses?|we|you)"
    r"\s+(?:should|must|ought to)\s+",
    re.IGNORECASE,
)
_POPULATION = re.compile(
    r"\b(?:in|for|among|to)\s+((?:[\w-]+\s+){0,4}?(?:patients|adults|people|individuals|women|men"
    r"|children|adolescents|infants|neonates|persons|residents|prisoners|those|survivors"
    r"|participants)\b(?:\s+(?:with|who|whose|aged|over|under|older|younger|above|below|on|taking|receiving|undergoing|at)"
    r"\s+[^,;.()]+?(?=\s+(?:in|if|when)\s|[,;:.()]|\Z))?)",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"\b(?:in|within|outside(?: of)?|during)\s+((?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:settings?"
    r"|clinics?|hospitals?|wards?|units?|care|prisons?|trials?|practice|home|departments?"
    r"|facilit(?:y|ies)|communit(?:y|ies)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice as it stands in a sentence. Offsets point into the text.

    :param begin: where its condition begins if that stands before it, else where the action does
    :param start: where the action begins; ``end`` is where it ends, its condition left out
    :param clause_end: where the clause ends, a condition behind the action included
    :param reason: where the clause that gives the reason begins, if one does
    :param imperative: whether an imperative opens it
    """

    begin: int
    start: int
    end: int
    clause_end: int
    direction: RecommendationDirection
    strength: RecommendationStrength
    imperative: bool
    condition: str | None = None
    reason: int | None = None
    population: str | None = None
    setting: str | None = None


@cache
def _table() -> Phrases:
    pairs = [(row[0], phrase) for row in rows("advice.tsv") for phrase in row[1].split("|")]
    return phrase_table(pairs, by_stem=False)


def advice_cues(tokens: Sequence[Word]) -> list[Cue]:
    """Return the phrases of ``advice.tsv`` among words, left to right; a phrase may be several."""
    lowers = [w.lower for w in tokens]
    return [
        Cue(tokens[a].start, tokens[b - 1].end, kind, " ".join(lowers[a:b]), a, b - 1)
        for a, b, kinds in match_phrases(lowers, _table())
        for kind in kinds
    ]


def find_advice(text: str, start: int, end: int) -> Advice | None:
    """Return the advice that a sentence gives, if its main clause gives one.

    :param start: where the sentence's words begin; ``end`` is where they end, markers left out
    """
    tokens = words(text, start, end)
    if not tokens:
        return None
    cues = advice_cues(tokens)
    kinds: dict[int, set[str]] = {}
    for cue in cues:
        kinds.setdefault(cue.first, set()).add(cue.kind)
    opening = _opening(text, start, end, tokens, kinds)
    if opening is not None:
        begun, position, condition = opening
        against = "prohibition" in kinds[position]
        span = (begun, position, end, position)
        return _advice(text, tokens, cues, span, against, condition, imperative=True)
    return _modal(text, tokens, cues, end)


def advised_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part a sentence that advises twice: ``Start 5 mg; do not exceed 10 mg``.

    >>> text = "Start 5 mg daily; do not exceed 10 mg."
    >>> [text[a:b] for a, b in advised_parts(text, 0, len(text))]
    ['Start 5 mg daily;', 'do not exceed 10 mg.']
    """
    parts: list[tuple[int, int]] = []
    at = begin = start
    depth = 0
    advises = False
    for match in _AGAIN.finditer(text, start, end):
        depth += text.count("(", at, match.start()) - text.count(")", at, match.start())
        before = find_advice(text, at, match.start()) if at == begin else None
        advises = advises or bool(before and before.imperative)
        at = match.end()
        if depth == 0 and advises and _opens_with_advice(text, at, end):
            parts.append((begin, match.start() + 1))
            begin, advises = at, False
    return [*parts, (begin, end)]


def _opens_with_advice(text: str, start: int, end: int) -> bool:
    following = find_advice(text, start, min(end, start + _NEAR))
    return following is not None and following.imperative


def _opening(
    text: str, start: int, end: int, tokens: Sequence[Word], kinds: dict[int, set[str]]
) -> tuple[int, int, str | None] | None:
    """Return the positions of a leading condition and of the imperative, and the condition."""
    label = _LABEL.match(text, start, end)
    first = 0
    if label and len(label.group().split()) <= _LABEL_WORDS:
        first = next((i for i, w in enumerate(tokens) if w.start >= label.end()), 0)
    places = [first, 0] if first else [0]
    for place in places:
        begun = _past_openers(tokens, place)
        if _commands(tokens, kinds, begun):
            return begun, begun, None
        if "condition" in kinds.get(begun, ()) or _prepositional(tokens, begun):
            for position in range(begun + 1, len(tokens)):
                gap = text[tokens[position - 1].end : tokens[position].start]
                after = _past_openers(tokens, position)
                if ("," in gap or ": " in gap) and _commands(tokens, kinds, after):
                    condition = text[tokens[begun].start : tokens[position - 1].end]
                    return begun, after, condition + (")" if gap.startswith(")") else "")
    return None


def _prepositional(tokens: Sequence[Word], position: int) -> bool:
    return position < len(tokens) and tokens[position].lower in {"for", "in", "with", "at", "prior"}


def _past_openers(tokens: Sequence[Word], position: int) -> int:
    while position < len(tokens) - 1 and tokens[position].lower in listed("opener"):
        position += 1
    return position


def _commands(tokens: Sequence[Word], kinds: dict[int, set[str]], position: int) -> bool:
    """Tell a verb that commands from a noun of the same form that a verb follows."""
    own = kinds.get(position, set())
    if "prohibition" in own:
        return True
    if "imperative" not in own:
        return False
    after = tokens[position + 1].lower if position + 1 < len(tokens) else ""
    if tokens[position].lower == "follow" and after == "up":
        return False
    if "ambiguous" not in own:
        return True
    if after in {"of", "in", "is", "was", "are", "were", "has", "and"}:
        return False
    ahead = range(position + 1, min(len(tokens), position + _AHEAD))
    return not any("finite" in kinds.get(i, ()) for i in ahead)


def _modal(text: str, tokens: Sequence[Word], cues: Sequence[Cue], end: int) -> Advice | None:
    """Return advice that a main clause gives with a modal verb."""
    layout = lay_out(text, tokens)
    for cue in norms(tokens, cues):
        if layout.bracket[cue.first]:
            continue
        clause = [i for i, number in enumerate(layout.clause) if number == layout.clause[cue.first]]
        relative = any(tokens[i].lower in listed("relative") for i in range(clause[0], cue.first))
        if relative and not _opens_condition(cues, clause[0]):
            continue
        begin = clause[0]
        if tokens[begin].lower in {"and", "but"} and cue.first <= begin + 1:
            begin = 0
        agent = _AGENT.match(text, tokens[begin].start)
        if agent and cue.kind == "modal":
            begin = next(i for i, w in enumerate(tokens) if w.start >= agent.end())
        against = cue.kind == "negated" or _denied(cues, cue)
        stop = tokens[clause[-1]].end if clause[-1] + 1 < len(tokens) else end
        condition = _leading_condition(text, tokens, cues, clause[0], cue.first)
        span = (begin, begin, stop, cue.last)
        return _advice(text, tokens, cues, span, against, condition, imperative=False)
    return None


def norms(tokens: Sequence[Word], cues: Sequence[Cue]) -> list[Cue]:
    """Return the phrases that say what ought to be; ``it is important to note that`` is none.

    >>> tokens = words("It is essential to note that it must be cooled.")
    >>> [cue.phrase for cue in norms(tokens, advice_cues(tokens))]
    ['must']
    """
    facts = {c.first for c in cues if c.kind == "understanding"}
    return [
        cue
        for cue in cues
        if cue.kind in {"modal", "negated"}
        and not (tokens[cue.last].lower == "to" and cue.last + 1 in facts)
        and not _is_of_the_past(tokens, cue.last)
    ]


def _is_of_the_past(tokens: Sequence[Word], position: int) -> bool:
    """``who should have been vaccinated``: what was not done is told, and nothing advised."""
    after = [w.lower for w in tokens[position + 1 : position + 3]]
    return tokens[position].lower == "should" and after == ["have", "been"]


def _opens_condition(cues: Sequence[Cue], position: int) -> bool:
    return any(c.kind == "condition" and c.first == position for c in cues)


def _denied(cues: Sequence[Cue], modal: Cue) -> bool:
    return any(c.kind == "negated" and c.first <= modal.first <= c.last for c in cues)


def _leading_condition(
    text: str, tokens: Sequence[Word], cues: Sequence[Cue], first: int, before: int
) -> str | None:
    """Return the clause ``If …,`` that stands before the subject."""
    if not _opens_condition(cues, first):
        return None
    for position in range(first + 1, before):
        if "," in text[tokens[position - 1].end : tokens[position].start]:
            return text[tokens[first].start : tokens[position - 1].end]
    return None


def _advice(
    text: str,
    tokens: Sequence[Word],
    cues: Sequence[Cue],
    span: tuple[int, int, int, int],
    against: bool,
    condition: str | None,
    *,
    imperative: bool,
) -> Advice:
    """Cut the action out of its clause.

    :param span: positions of the first word, condition included, and of the action's first word,
        the offset where the clause ends, and the position of the verb
    """
    opening, first, stop, verb = span
    start = tokens[first].start
    reason = _reason(text, tokens, cues, verb, stop)
    clause_end = reason if reason is not None else stop
    clause_end = _before_bracket_clause(text, tokens, start, _trimmed(text, start, clause_end))
    trailing = _trailing_condition(text, tokens, cues, verb, clause_end)
    end = _trimmed(text, start, trailing) if trailing else clause_end
    behind = text[trailing:clause_end] if trailing else None
    both = "; ".join(part for part in (condition, behind) if part) or None
    own = text[start:clause_end]
    begin = tokens[opening].start
    population = _group(_POPULATION, text[begin:clause_end])
    if population is None and begin > tokens[0].start:
        population = _group(_POPULATION, f"in {text[tokens[0].start : begin]}")
    return Advice(
        begin, start, end, clause_end,
        RecommendationDirection.AGAINST if against else RecommendationDirection.FOR,
        _strength(cues, start, clause_end), imperative, both, reason,
        population, _group(_SETTING, own),
    )  # fmt: skip


def _group(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group(1).strip() if match else None


def _reason(
    text: str, tokens: Sequence[Word], cues: Sequence[Cue], first: int, stop: int
) -> int | None:
    """Return where a reason opens: ``, as …``, ``because …``, ``to prevent …``, no bracket open."""
    depth = 0
    at = tokens[first].start
    opens = {c.first for c in cues if c.kind == "reason"}
    purposes = {c.first for c in cues if c.kind == "purpose" and c.first > first + 1}
    for position in range(first, len(tokens)):
        token = tokens[position]
        if token.start >= stop:
            break
        gap = text[at : token.start]
        depth += sum(gap.count(c) for c in "([") - sum(gap.count(c) for c in ")]")
        at = token.start
        if position == first or depth > 0:
            continue
        clear = "," in gap or ";" in gap or "—" in gap or " – " in gap
        told = token.lower in {"because", "since"} or position in purposes
        if told or (position in opens and clear):
            return token.start
    return None


def _before_bracket_clause(text: str, tokens: Sequence[Word], start: int, end: int) -> int:
    """Leave out brackets at the end that assert something of their own."""
    if text[end - 1] != ")":
        return end
    opener = text.rfind("(", start, end)
    if opener <= start or not asserts(text, opener, end):
        return end
    return _trimmed(text, start, opener)


def asserts(text: str, start: int, end: int) -> bool:
    """Tell whether brackets hold a clause with a finite verb, or define by a list.

    Such are ``(this dose worked best)`` and ``(two of: fever, cough, rash)``.

    >>> asserts("(this dose was best)", 0, 20), asserts("(a mark of age)", 0, 15)
    (True, False)
    """
    if ": " in text[start:end]:
        return True
    return any(c.kind == "finite" and c.first for c in advice_cues(words(text, start, end)))


def _trailing_condition(
    text: str, tokens: Sequence[Word], cues: Sequence[Cue], first: int, end: int
) -> int | None:
    """Return where a condition behind the action opens: ``only if …``, ``when …``, ``unless …``."""
    for cue in cues:
        head = cue.phrase.split(" ", 1)[0]
        if cue.kind != "condition" or cue.first <= first or cue.end > end:
            continue
        if head in listed("trailing-condition") and text.count(
            "(", tokens[first].start, cue.start
        ) == (text.count(")", tokens[first].start, cue.start)):
            return cue.start
    return None


def _strength(cues: Sequence[Cue], start: int, end: int) -> RecommendationStrength:
    inside = [c for c in cues if start <= c.start < end]
    kinds = {c.kind for c in inside}
    if "strong" in kinds or any(c.phrase == "should never" for c in inside):
        return RecommendationStrength.STRONG
    if "conditional" in kinds:
        return RecommendationStrength.CONDITIONAL
    return RecommendationStrength.UNSTATED


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" \t\r\n,;:.–—-"))
