"""What a claim says something is, where the record says the opposite of it: *adherence was low*.

Only what is predicated counts (*adherence was high*, *high adherence*), by pairs of
``antonyms.tsv``, and only where the record nowhere says of it what the claim says.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Adherence was high in both groups. Pain fell.")
>>> text = "Adherence was rather low."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in opposite_states(claim, record, {})]
[('Adherence was rather low', 'Adherence was high')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import Phrases, everyday, match_phrases, phrase_table, rows

_BEING = {"was", "were", "is", "are", "be", "been", "remained", "proved", "being"}
_DENIED = 4
_ADVERBS = 2
_ASIDE = {Part.TITLE, Part.OBJECTIVE, Part.BACKGROUND, Part.KEYWORDS}
_OF = {"of", "between", "among", "in", "with", "for", "to", "across", "at"}
_POINTING = {"which", "who", "that", "these", "they", "it"}
_LIGHT = {"=trial", "=patient", "=arm", "=treatment"}


@dataclass(frozen=True, slots=True)
class _State:
    """That a thing is said to be one way: the key of the thing, the pair, which side of it.

    :param of: what it is a thing of: the *bias* of *the risk of bias was low*
    """

    key: str
    of: frozenset[str]
    pair: str
    side: int
    span: Span


@cache
def _table() -> Phrases:
    pairs = [
        (f"{number}/{side}", phrase.strip())
        for number, row in enumerate(rows("antonyms.tsv"))
        for side in (0, 1)
        for phrase in row[side].split("|")
    ]
    return phrase_table(pairs, by_stem=False)


def opposite_states(
    claim: Reading, record: Reading, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield what a claim says a thing is, where the record only says that it is the opposite."""
    known = _of_record(record)
    for sentence in claim.sentences:
        for state in _states(sentence):
            key = soft.get(state.key, state.key)
            own = {soft.get(k, k) for k in state.of}
            same = [
                s for s in known
                if (s.key, s.pair) == (key, state.pair) and (not own or not s.of or own & s.of)
            ]  # fmt: skip
            if same and all(s.side != state.side for s in same):
                said, found = claim.text[slice(*state.span)], record.text[slice(*same[0].span)]
                yield FaultDraft(
                    FaultCode.WRONG_DIRECTION, "polarity", "said-to-be-the-opposite",
                    Verdict.CONTRADICTED, said, found, state.span, same[0].span,
                    f"says “{found}” where the claim says “{said}”",
                )  # fmt: skip


@lru_cache(maxsize=8)
def _of_record(record: Reading) -> tuple[_State, ...]:
    told = (s for s in record.sentences if s.part not in _ASIDE)
    return tuple(state for sentence in told for state in _states(sentence))


def _states(sentence: Sentence) -> Iterator[_State]:
    lowers = [w.lower for w in sentence.tokens]
    denials = [c.last for c in sentence.cues if c.kind == "negation"]
    for first, stop, names in match_phrases(lowers, _table()):
        if not sentence.start <= sentence.tokens[first].start < sentence.end:
            continue
        place = _subject(sentence, first, stop)
        if place is None:
            continue
        denied = any(0 < first - last <= _DENIED for last in denials)
        key, of, low, high = place
        span = sentence.tokens[low].start, sentence.tokens[high].end
        for name in names:
            pair, side = name.split("/")
            yield _State(key, of, pair, 1 - int(side) if denied else int(side), span)


def _subject(
    sentence: Sentence, first: int, stop: int
) -> tuple[str, frozenset[str], int, int] | None:
    """Return what is said to be so, of what, and the first and last word that say it."""
    tokens, clause = sentence.tokens, sentence.layout.clause
    back = range(first - 1, max(-1, first - _ADVERBS - 2), -1)
    being = next((i for i in back if tokens[i].lower in _BEING), None)
    if being is None:
        after = next((c for c in sentence.concepts if c.first == stop), None)
        if after is None or after.key in everyday():
            return None
        return after.key, frozenset(), first, after.last
    before = [
        c for c in sentence.concepts
        if c.last < being and clause[c.last] == clause[being] and c.key not in everyday()
    ]  # fmt: skip
    if not before or tokens[being - 1].lower in _POINTING:
        return None
    head, rest = before[0], before[1:]
    if rest and tokens[head.last + 1].lower not in _OF:
        return None
    return head.key, frozenset(c.key for c in rest) - _LIGHT, head.first, stop - 1
