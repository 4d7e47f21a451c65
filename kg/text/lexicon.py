"""Phrases with a meaning: terms that say the same, cue phrases by kind, and words without content.

All of it is data in ``kg/text/data``; a new rule of language is one more row there.

>>> from kg.text.tokens import words
>>> [(c.kind, c.phrase) for c in find_cues(words("The arms did not differ in pain."))]
[('between', 'the arms'), ('null', 'did not differ')]
>>> [(c.kind, c.phrase) for c in find_cues(words("Strength of the lower limb was no longer low."))]
[('neutral', 'lower limb'), ('neutral', 'no longer')]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg import assets
from kg.text.tokens import Word, forms

_CATEGORY, _BROADER = 2, 3

# By first word: a table for each number of words, the most words first.
Phrases = Mapping[str, tuple[tuple[int, Mapping[tuple[str, ...], tuple[str, ...]]], ...]]


class Cue(NamedTuple):
    """A cue phrase at its place: offsets into the text, and the words' positions in the list."""

    start: int
    end: int
    kind: str
    phrase: str
    first: int
    last: int


def rows(name: str) -> Iterator[list[str]]:
    """Yield the columns of a data file's rows; lines that begin with ``#`` are comments."""
    for line in assets.text(f"text/data/{name}").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [column.strip() for column in line.split("\t")]


def phrase_table(pairs: Sequence[tuple[str, str]], *, by_stem: bool) -> Phrases:
    """Index ``(value, phrase)`` by first word and number of words."""
    return _indexed((forms(phrase, by_stem=by_stem), value) for value, phrase in pairs)


def _indexed(pairs: Iterable[tuple[tuple[str, ...], str]]) -> Phrases:
    values: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, value in pairs:
        if key and value not in values[key]:
            values[key].append(value)
    index: dict[str, dict[int, dict[tuple[str, ...], tuple[str, ...]]]] = defaultdict(dict)
    for key, found in values.items():
        index[key[0]].setdefault(len(key), {})[key] = tuple(found)
    return {head: tuple(sorted(sized.items(), reverse=True)) for head, sized in index.items()}


def match_phrases(
    tokens: Sequence[str], table: Phrases
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield ``(first, last + 1, values)`` of the longest phrases, left to right, no overlap."""
    free = 0
    row = tuple(tokens)
    for position, token in enumerate(row):
        if position < free or token not in table:
            continue
        for length, phrases in table[token]:
            values = phrases.get(row[position : position + length])
            if values is not None:
                free = position + length
                yield position, free, values
                break


@cache
def cue_table() -> Phrases:
    """Return the cue phrases, by lower-case words."""
    return phrase_table(
        [(row[0], phrase.strip()) for row in rows("cues.tsv") for phrase in row[1].split("|")],
        by_stem=False,
    )


_DRUG_NAME = 7
SYNONYMS = ("synonyms.tsv", "conditions.tsv", "outcomes.tsv", "interventions.tsv")


@cache
def synonym_table() -> Phrases:
    """Return the synonyms, by stems; the first row that lists a term owns it."""
    owner: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in _synonyms():
        for term in row[1].split("|"):
            owner.setdefault(forms(term, by_stem=True), (f"={row[0]}", term.strip()))
    return _indexed((key, value) for key, (value, _) in owner.items())


def _synonyms() -> Iterator[list[str]]:
    for name in SYNONYMS:
        yield from rows(name)


@cache
def printed_terms() -> frozenset[tuple[str, ...]]:
    """Return the terms of the lexicon as they are printed, in lower case.

    >>> ("seizures",) in printed_terms(), ("seized",) in printed_terms()
    (True, False)
    """
    terms = (term for row in _synonyms() for term in row[1].split("|"))
    return frozenset(forms(term, by_stem=False) for term in terms)


@cache
def categories() -> Mapping[str, str]:
    """Return concept → ``condition``, ``outcome`` or ``intervention``, for concepts that are one.

    >>> categories()["=stroke"], categories().get("=single")
    ('condition', None)
    """
    found: dict[str, str] = {}
    for row in _synonyms():
        if len(row) > _CATEGORY and row[_CATEGORY]:
            found.setdefault(f"={row[0]}", row[_CATEGORY])
    return found


@cache
def polarity(key: str) -> str | None:
    """Return whether more of a concept is ``good`` or ``bad``; None where the words do not say.

    >>> polarity("=stroke"), polarity("=survival"), polarity("=weight")
    ('bad', 'good', None)
    """
    for name in (key, *sorted(broader(key))):
        if name in _polarities():
            return _polarities()[name]
    return "bad" if categories().get(key) == "condition" else None


@cache
def _polarities() -> Mapping[str, str]:
    return {f"={row[0]}": row[1] for row in rows("polarity.tsv")}


@cache
def broader(key: str) -> frozenset[str]:
    """Return every concept that is broader than a concept.

    >>> sorted(broader("=serious-adverse-event"))
    ['=adverse-event']
    """
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for wider in _broader_table().get(waiting.pop(), ()):
            if wider not in found:
                found.add(wider)
                waiting.append(wider)
    return frozenset(found)


@cache
def _broader_table() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in _synonyms():
        if len(row) > _BROADER:
            table[f"={row[0]}"] = tuple(f"={b.strip()}" for b in row[_BROADER].split("|"))
    return table


@cache
def _drug_endings() -> tuple[str, ...]:
    return tuple(row[0] for row in rows("drug_endings.tsv"))


def names_drug(word: str) -> bool:
    """Whether a word is built like the name of a drug, by its ending.

    >>> names_drug("zelorimab"), names_drug("cholesterol"), names_drug("concept")
    (True, False, False)
    """
    low = word.lower()
    return len(low) >= _DRUG_NAME and low.endswith(_drug_endings())


@cache
def function_words() -> frozenset[str]:
    """Return the stems that carry no content."""
    return frozenset(s for row in rows("stopwords.tsv") for s in forms(row[0], by_stem=True))


@cache
def everyday() -> frozenset[str]:
    """Return the stems of everyday words, whose absence from a record tells nothing.

    >>> "seldom" in everyday(), "stroke" in everyday()
    (True, False)
    """
    return frozenset(s for row in rows("everyday.tsv") for s in forms(row[0], by_stem=True))


@cache
def general_english() -> frozenset[str]:
    """Return the stems of everyday words and of the verbs and adverbs of general English.

    A record may say them in any other way; what they are said of is weighed all the same.

    >>> "foretold" in general_english(), "fluctuat" in everyday()
    (True, False)
    """
    return everyday() | {s for row in rows("general.tsv") for s in forms(row[0], by_stem=True)}


def find_cues(tokens: Sequence[Word]) -> list[Cue]:
    """Return the cues among words, left to right; one phrase may be a cue of several kinds."""
    found = []
    for first, stop, kinds in match_phrases([w.lower for w in tokens], cue_table()):
        phrase = " ".join(w.lower for w in tokens[first:stop])
        found += [
            Cue(tokens[first].start, tokens[stop - 1].end, kind, phrase, first, stop - 1)
            for kind in kinds
        ]
    return found


class Concept(NamedTuple):
    """A content word or term at its place, by the key under which two wordings meet."""

    start: int
    end: int
    key: str
    first: int
    last: int


def concepts(tokens: Sequence[Word], abbreviations: Phrases | None = None) -> list[Concept]:
    """Return the content of a stretch of words, synonyms united, function words left out.

    :param abbreviations: the document's own abbreviations, by lower-case word → keys

    >>> from kg.text.tokens import words
    >>> [c.key for c in concepts(words("The QoL of subjects"))]
    ['=quality-of-life', '=patient']
    """
    stems = [w.stem for w in tokens]
    lowers = [w.lower for w in tokens]
    own = {first: (stop, keys) for first, stop, keys in match_phrases(lowers, abbreviations or {})}
    shared = {first: (stop, keys) for first, stop, keys in match_phrases(stems, synonym_table())}
    found: list[Concept] = []
    position = 0
    while position < len(tokens):
        stop, keys = own.get(position) or shared.get(position) or (position + 1, (stems[position],))
        if keys[0].startswith("=") or keys[0] not in function_words():
            at = tokens[position].start, tokens[stop - 1].end
            found += [Concept(*at, key, position, stop - 1) for key in keys]
        position = stop
    return found
