"""The words that name an outcome, and those that name who was studied, in a sentence of a trial.

An outcome is named by the noun phrase beside the word that tells its direction: left of it where it
is the subject (``walking distance rose``), right of it otherwise (``improvements in walking
distance``). In a figure's caption the panel's title names it.

>>> from kg.extract.reading import read_record
>>> read = read_record("In both groups the mean walking distance rose at 3 months.")
>>> sentence, fact = read.sentences[0], read.facts[-1]
>>> start, end = outcome_phrase(read.text, sentence, read.facts[-1].start, read.facts[-1].clause)
>>> read.text[start:end]
'walking distance'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.reading import Reading, Sentence
from kg.model import Part
from kg.text.lexicon import concepts
from kg.text.tokens import Word

Span = tuple[int, int]
_DIRECTIONS = {"up", "down", "better", "worse", "null", "different", "significant", "superlative"}
_STOPS = {
    "at", "after", "during", "versus", "vs", "than", "compared", "by", "from", "to", "was", "were",
    "is", "are", "had", "has", "have", "showed", "shows", "which", "that", "who", "when", "while",
    "whereas", "but", "with", "without", "did", "does", "not", "between", "among", "relative",
    "over", "post", "per", "also", "demonstrated", "experienced", "reported", "occurred", "on",
    "as", "including", "remained", "gave", "seen", "saw", "being", "following", "until", "within",
    "however", "both",
    "for", "an", "either", "each", "there", "will", "may", "can", "could", "would", "if",
    "suggest", "suggests", "indicate", "indicates", "support", "supports",
}  # fmt: skip
_LINKS = {"of", "in", "the", "a", "and", "or", "for", "on"}
_EMPTY = {
    "the", "a", "an", "mean", "average", "median", "overall", "of", "in", "and", "or", "change",
    "changes", "significant", "significantly", "statistically", "values", "their", "its", "some",
    "no", "any", "all", "further", "greater", "our", "this", "these", "that", "then", "only",
    "clinically", "important", "total", "for", "on", "group", "groups", "arm", "arms", "cell",
    "dose", "effects", "effect", "including", "rates", "rate", "measured", "measures", "patients",
    "subjects", "participants", "they", "it", "we", "outcome", "outcomes", "primary", "secondary",
    "respectively", "difference", "differences", "p", "value", "incidence", "best",
}  # fmt: skip
_LONGEST = 12
_WHO = re.compile(
    r"\b(?:in|of|among|for|with|included|enrolled|recruited|randomi[sz]ed|studied|\d[\d,]*)\s+"
    r"(?:(?:\d[\d,]*|[a-z]+)\s+){0,2}?"
    r"((?:(?:elderly|older|frail|adult|young|healthy|hospitali[sz]ed|obese|postmenopausal|pregnant|"
    r"critically|ill|ambulatory|male|female|community-dwelling)\s+){0,3}"
    r"(?:patients|participants|adults|women|men|children|adolescents|infants|people|persons|"
    r"individuals|subjects|volunteers|neonates)\b"
    r"(?:\s+(?:with|aged|at risk of|undergoing|who (?:had|have|underwent)|suffering from)\s+"
    r"[^.,;:()]{3,80})?)"
)
_ENDS_POPULATION = re.compile(
    r"\s+(?:were|was|received?|took|who|to|and were|had|in a|using|from|at|for|by)\s.*\Z", re.DOTALL
)


def outcome_phrase(text: str, sentence: Sentence, offset: int, clause: int) -> Span | None:
    """Return where the outcome of a direction word or a figure is named, or None.

    :param offset: where the word or figure stands
    :param clause: number of its clause
    """
    tokens = sentence.tokens
    position = sentence.word_at(offset)
    if sentence.layout.bracket[position]:
        position = sentence.layout.outer(position) + 1
    barred = _barred(sentence)
    open_ = [
        i not in barred and not sentence.layout.bracket[i] and sentence.layout.clause[i] == clause
        for i in range(len(tokens))
    ]
    left = _left(text, tokens, open_, position)
    found = _trimmed(text, left) or _trimmed(text, _right(text, tokens, open_, position))
    return found or _antecedent(text, sentence, clause, barred)


def _antecedent(text: str, sentence: Sentence, clause: int, barred: set[int]) -> Span | None:
    """Return the outcome before a relative pronoun: ``…, which showed an improvement``."""
    layout, tokens = sentence.layout, sentence.tokens
    first = layout.clause.index(clause)
    if not first or tokens[first].lower not in {"which", "that"}:
        return None
    open_ = [i < first and i not in barred and not layout.bracket[i] for i in range(len(tokens))]
    run: list[Word] = []
    for index in range(first - 1, -1, -1):
        if not open_[index] or tokens[index].lower in {*_STOPS, *_LINKS}:
            break
        run.insert(0, tokens[index])
    return _trimmed(text, run)


def _barred(sentence: Sentence) -> set[int]:
    """Words that name no outcome: groups, figures and cues of direction or denial."""
    spans = [(g.start, g.end) for g in sentence.groups]
    spans += [(f.start, f.end) for f in sentence.figures]
    kinds = {*_DIRECTIONS, "negation", "exception"}
    spans += [(c.start, c.end) for c in sentence.cues if c.kind in kinds]
    return sentence.words_in(spans)


def _left(text: str, tokens: Sequence[Word], open_: Sequence[bool], at: int) -> list[Word]:
    """Walk back from a verb to the beginning of its subject; what stands close is skipped."""
    index = at - 1
    skipped = 0
    while index >= 0 and skipped < 4 and (not open_[index] or tokens[index].lower in _STOPS):
        if re.search(r"[,;:]", text[tokens[index].end : tokens[index + 1].start]):
            return []
        index -= 1
        skipped += 1
    run: list[Word] = []
    while index >= 0 and open_[index] and len(run) < _LONGEST:
        word = tokens[index]
        gap = text[word.end : run[0].start] if run else ""
        if word.lower in _STOPS or re.search(r"[,;:()]", gap):
            break
        run.insert(0, word)
        index -= 1
    return run


def _right(text: str, tokens: Sequence[Word], open_: Sequence[bool], at: int) -> list[Word]:
    index = at
    while index < len(tokens) and (not open_[index] or tokens[index].lower in _LINKS):
        index += 1
    run: list[Word] = []
    while index < len(tokens) and open_[index] and len(run) < _LONGEST:
        word = tokens[index]
        gap = text[run[-1].end : word.start] if run else ""
        if word.lower in _STOPS or re.search(r"[,;:()]", gap):
            break
        run.append(word)
        index += 1
    return run


def _trimmed(text: str, run: list[Word]) -> Span | None:
    """Cut words that name nothing off both ends; a run without content is no outcome."""
    while run and (run[0].lower in _EMPTY or run[0].lower.endswith("ly")):
        run = run[1:]
    while run and (run[-1].lower in _EMPTY - {"rate", "rates"} or run[-1].lower.endswith("ly")):
        run = run[:-1]
    if not run or not concepts(run):
        return None
    span = run[0].start, run[-1].end
    return span if any(c.isalpha() for c in text[slice(*span)]) else None


def panel_phrase(reading: Reading, sentence: Sentence) -> Span | None:
    """Return where a caption's panel title names the outcome of the sentences below it."""
    if sentence.part is not Part.CAPTION or not sentence.heading:
        return None
    for earlier in reversed(reading.sentences[: sentence.index]):
        keys = {c.key for c in earlier.concepts}
        if keys and keys <= sentence.heading:
            return _title_phrase(reading, earlier)
    return None


def _title_phrase(reading: Reading, title: Sentence) -> Span | None:
    """Return what a panel's title names, its letter, its verbs and brackets left out."""
    told = [f for f in reading.facts if f.sentence == title.index and f.figure is None]
    if told and told[0].sense not in {"different", "better"}:
        return outcome_phrase(reading.text, title, told[0].start, told[0].clause)
    barred = _barred(title)
    rest = [
        word
        for index, word in enumerate(title.tokens)
        if not title.layout.bracket[index] and not (index in barred and word.lower in _EMPTY)
    ]
    if rest and len(rest[0].lower) == 1:
        rest = rest[1:]
    cut = [i for i, word in enumerate(rest) if word.lower in _STOPS]
    kept = rest[: cut[0]] if cut else rest
    while kept and kept[-1].start in {title.tokens[i].start for i in barred}:
        kept = kept[:-1]
    return _trimmed(reading.text, kept)


def population_phrase(text: str, start: int, end: int) -> Span | None:
    """Return where a stretch says who was studied: ``patients with …``, ``women aged …``.

    >>> text = "We randomised 40 older adults with gout to zelorimab or placebo."
    >>> start, end = population_phrase(text, 0, len(text))
    >>> text[start:end]
    'older adults with gout'
    """
    match = _WHO.search(text, start, end)
    if match is None:
        return None
    words = _ENDS_POPULATION.sub("", match.group(1))
    return match.start(1), match.start(1) + len(words)
