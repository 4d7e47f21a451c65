"""What a claim that keeps a sentence's wording changes in words: hedges, riders, names, sides.

The sentence of the record that the claim is laid beside says what stood there before: a *might*
that is gone, a clause that was added, an outcome in the place of another, the two sides of a
comparison exchanged. Of a freely worded claim nothing is said here.

>>> from kg.compare.beside import beside
>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Drugol might have lowered the need for rescue sedation in both wards.")
>>> text = "Drugol lowered the need for rescue sedation in both wards, and relatives were grateful."
>>> claim = read_claim(text, 0, len(text), record)
>>> laid = [beside(claim.sentences[0], record, [0])]
>>> [(f.rule, f.found or f.claimed) for f in reworded(claim, record, laid, {})]
[('hedge-left-out', 'might'), ('rider-without-counterpart', 'and relatives were grateful')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.compare.beside import Beside, Gap
from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, MentionKind, Verdict
from kg.text.lexicon import (
    Concept,
    broader,
    categories,
    concepts,
    find_cues,
    function_words,
)
from kg.text.tokens import Word

_FLAT = {"prove", "proves", "proved", "demonstrate", "demonstrates", "demonstrated", "confirm",
         "confirms", "confirmed", "show", "shows", "showed", "establish", "establishes",
         "established"}  # fmt: skip
_SAYING = {"suggest", "suggests", "suggested", "suggesting", "indicate", "indicates", "indicated",
           "indicating", "hint", "hints"}  # fmt: skip
_NO_HEDGE = {"can", "potential", "trend", "hypothesis", "promising"}
_RIDER = 3
_NEW = 0.6
# What any trial speaks of, so that it makes no rider a thing of the record.
_LIGHT = {
    "=follow-up",
    "=patient",
    "=trial",
    "=measure",
    "=arm",
    "=treatment",
    "=enrolled",
    "year",
    "two",
}
_ELSEWHERE = 0.75
_MOST = 10
_FEW = 2
_JOINING = 3
_COMPARING = {"than", "versus", "vs", "vs.", "against"}
_TURNED = {"up", "down", "better", "worse"}
_SIDE = 7
_MORE = {
    "more", "less", "fewer", "higher", "lower", "greater", "smaller", "longer", "shorter", "better",
    "worse", "larger", "superior", "inferior", "rarer", "commoner", "faster", "slower", "earlier",
    "later", "stronger", "weaker", "quicker", "sooner", "oftener", "likelier", "heavier", "older",
}  # fmt: skip


def reworded(
    claim: Reading, record: Reading, laid: Sequence[Beside], soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield what the claim's sentences change in words.

    :param laid: the claim's sentences whose wording is kept
    :param soft: content of the claim → the record's form of it
    """
    for pair in laid:
        for gap in pair.gaps:
            if _inside(pair, gap):
                yield from _hedges(claim, record, pair, gap)
                yield from _riders(claim, record, pair, gap, soft)
                yield from _names(claim, record, pair, gap, soft)
        yield from sides_exchanged(claim, record, pair.mine, pair.theirs)


def _inside(pair: Beside, gap: Gap) -> bool:
    """Whether a gap belongs to the claim, and not to another claim of its sentence."""
    tokens = pair.mine.tokens
    at = tokens[min(gap[0], len(tokens) - 1)].start
    return pair.mine.start <= at < pair.mine.end


def _hedges(claim: Reading, record: Reading, pair: Beside, gap: Gap) -> Iterator[FaultDraft]:
    """Yield a hedge that the sentence has and the claim has not: ``might``, ``suggests that``."""
    i1, i2, j1, j2 = gap
    mine, theirs = pair.mine.tokens[i1:i2], pair.theirs.tokens[j1:j2]
    hedges = [c for c in find_cues(theirs) if c.kind == "may" and c.phrase not in _NO_HEDGE]
    if not hedges or any(c.kind in {"may", "negation", "null"} for c in find_cues(mine)):
        return
    hedge = hedges[0]
    flat = [w for w in mine if w.lower in _FLAT]
    if hedge.phrase in _SAYING and not flat:
        return  # an opener that was left away takes nothing from what it opens
    at = (flat[0].start, flat[0].end) if flat else _around(pair.mine, i1, i2)
    found = record.text[hedge.start : hedge.end]
    yield FaultDraft(
        FaultCode.CAUSAL_OVERSTATEMENT, "modality", "hedge-left-out", Verdict.OVERGENERALISED,
        " ".join(claim.text[slice(*at)].split()), found, at, (hedge.start, hedge.end),
        f"says “{found}” where the claim asserts it flatly",
    )  # fmt: skip


def _around(sentence: Sentence, first: int, stop: int) -> Span:
    """Return a stretch of words, or the words to its sides where it is empty."""
    if first == stop:
        first, stop = max(0, first - 1), min(len(sentence.tokens), stop + 1)
    return sentence.tokens[first].start, sentence.tokens[stop - 1].end


def _riders(
    claim: Reading, record: Reading, pair: Beside, gap: Gap, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield a stretch that the claim adds, if no sentence of the record has its content.

    A gloss in brackets explains a word of the sentence; a result is held by its value elsewhere.
    """
    i1, i2, j1, j2 = gap
    tokens = pair.mine.tokens
    if i2 - i1 < _RIDER or j2 - j1 > 1 or any(pair.mine.layout.bracket[i1:i2]):
        return
    span = tokens[i1].start, tokens[i2 - 1].end
    figures = [f for f in pair.mine.figures if span[0] <= f.start < span[1]]
    if any(f.kind is not MentionKind.TIME for f in figures):
        return
    own = {c.key for c in _content(pair.mine, i1, i2)} - _LIGHT
    keys = {soft.get(key, key) for key in own if not key[0].isdigit()}
    new = [key for key in keys if not ({key} | broader(key)) & pair.theirs.keys]
    if not new or len(new) < _NEW * len(keys):
        return
    if _told_elsewhere(keys, {w.stem for w in tokens[i1:i2]} - function_words(), record):
        return
    words = " ".join(claim.text[slice(*span)].split())
    yield FaultDraft(
        FaultCode.UNSUPPORTED_ADDITION, "clause", "rider-without-counterpart",
        Verdict.PARTIALLY_SUPPORTED, words, None, span, (pair.theirs.start, pair.theirs.end),
        f"has nothing that answers to “{words}”",
    )  # fmt: skip


def _content(sentence: Sentence, first: int, stop: int) -> list[Concept]:
    """Return the content of a stretch, whatever claim of the sentence it belongs to."""
    named = [c for c in sentence.concepts if first <= c.first < stop]
    return named or concepts(sentence.tokens[first:stop])


def _told_elsewhere(keys: set[str], stems: set[str], record: Reading) -> bool:
    """Whether one sentence of the record has nearly all of a stretch: its content, and its words.

    A few keys may meet anywhere (*no need for monitoring*); all the words seldom do.
    """
    few = len(keys) <= _FEW
    for sentence in record.sentences:
        if len(sentence.keys & keys) < _ELSEWHERE * len(keys):
            continue
        own = sentence.keys | {w.stem for w in sentence.tokens} if few else frozenset[str]()
        if not few or len(own & (stems | keys)) >= _ELSEWHERE * len(stems):
            return True
    return False


def _names(
    claim: Reading, record: Reading, pair: Beside, gap: Gap, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield a name in the place of another: what is told of one outcome is told of another."""
    i1, i2, j1, j2 = gap
    if not (0 < i2 - i1 <= _MOST and 0 < j2 - j1 <= _MOST):
        return
    mine, theirs = _content(pair.mine, i1, i2), _content(pair.theirs, j1, j2)
    own = {soft.get(c.key, c.key) for c in mine}
    others = {c.key for c in theirs}
    several = min(i2 - i1, j2 - j1) >= _FEW
    named = several or any(categories().get(c.key) for c in (*mine, *theirs))
    if not own or not others or not named or _related(own, others):
        return
    if _has_other_slots(pair, gap) or _is_moved(pair, gap, own, others):
        return
    span = _around(pair.mine, i1, i2)
    at = _around(pair.theirs, j1, j2)
    said = " ".join(claim.text[slice(*span)].split())
    found = " ".join(record.text[slice(*at)].split())
    known = all(key in record.rarity for key in own)
    yield FaultDraft(
        FaultCode.OUTCOME_MISMATCH, "outcome", "another-name-in-its-place",
        Verdict.MISATTRIBUTED if known else Verdict.NOT_FOUND, said, found, span, at,
        f"tells it of “{found}”, not of “{said}”",
    )  # fmt: skip


def _related(own: set[str], others: set[str]) -> bool:
    """Whether the two share content, or one is broader than the other."""
    wide, wider = ({w for key in keys for w in broader(key)} for keys in (own, others))
    return bool((wide | own) & others or own & wider)


def _has_other_slots(pair: Beside, gap: Gap) -> bool:
    """Whether a figure stands in the gap, or a direction or a group on both sides of it.

    They are held elsewhere.
    """
    figures, cues, groups = [], [], []
    for sentence, first, stop in ((pair.mine, *gap[:2]), (pair.theirs, *gap[2:])):
        start, end = sentence.tokens[first].start, sentence.tokens[stop - 1].end
        figures.append(any(start <= f.start < end for f in sentence.figures))
        groups.append(any(start <= g.start < end for g in sentence.groups))
        kinds = {c.kind for c in find_cues(sentence.tokens[first:stop])}
        cues.append(bool(kinds & (_TURNED | {"null"})))
    return any(figures) or all(cues) or all(groups)


def _is_moved(pair: Beside, gap: Gap, own: set[str], others: set[str]) -> bool:
    """Whether the claim only says it at another place or spells it otherwise: ``postinfusion``."""
    i1, i2, j1, j2 = gap
    tokens = pair.mine.tokens
    spelt = [
        "".join(w.lower for w in part if len(w.lower) > _JOINING)
        for part in (tokens[i1:i2], pair.theirs.tokens[j1:j2])
    ]  # fmt: skip
    if spelt[0] in spelt[1] or spelt[1] in spelt[0]:
        return True
    kept = {c.key for c in (*concepts(tokens[:i1]), *concepts(tokens[i2:]))}
    left = {c.key for c in pair.theirs.concepts if not j1 <= c.first < j2}
    return own <= left or others <= kept


def sides_exchanged(
    claim: Reading, record: Reading, own: Sentence, best: Sentence
) -> Iterator[FaultDraft]:
    """Yield the two sides of a comparison, exchanged: ``A rose more than B`` for ``B … than A``.

    Both sentences have to tell the same directions.
    """
    mine, theirs = _compared(own, record), _compared(best, record)
    if mine is None or theirs is None or not _turns(own) or _turns(own) != _turns(best):
        return
    if not all(_MORE & {w.lower for w in s.tokens} for s in (own, best)):
        return  # values of two groups side by side may be told in either order
    crossed = mine.right & theirs.left and theirs.right & mine.left
    if not crossed or not own.start <= mine.at[0] < own.end:
        return
    said = " ".join(claim.text[slice(*mine.at)].split())
    found = " ".join(record.text[slice(*theirs.at)].split())
    yield FaultDraft(
        FaultCode.WRONG_GROUP, "group", "sides-exchanged", Verdict.CONTRADICTED, said, found,
        mine.at, theirs.at, f"says “{found}” where the claim says “{said}”",
    )  # fmt: skip


def _turns(sentence: Sentence) -> set[str]:
    return {c.kind for c in find_cues(sentence.tokens) if c.kind in _TURNED | {"null"}}


_MULTIPLES = {"twice", "half", "double", "three", "four", "a", "one", "two", "ten", "thrice"}


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A word that compares with what follows it, and the content that stands on one side alone."""

    at: Span
    left: set[str]
    right: set[str]


def _compared(sentence: Sentence, record: Reading) -> _Comparison | None:
    """Return the sides of a comparison: in *pain in group A than in group B*, A and B."""
    tokens = sentence.tokens
    places = [i for i in range(len(tokens)) if _compares(tokens, i)]
    outside = [i for i in places if not sentence.layout.bracket[i]]  # "(4 versus 9) … than"
    at = next(iter(outside or places), None)
    if at is None:
        return None
    stop = min(len(tokens), at + 1 + _SIDE)
    left = {c.key for c in concepts(tokens[:at], record.abbreviations)} - _LIGHT
    right = {c.key for c in concepts(tokens[at + 1 : stop], record.abbreviations)} - _LIGHT
    span = tokens[at].start, tokens[stop - 1].end
    return _Comparison(span, left - right, right - left)


def _compares(tokens: Sequence[Word], index: int) -> bool:
    word = tokens[index].lower
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    before = tokens[index - 1].lower if index else ""
    if word == "to" and before in {"superior", "inferior"}:
        return True
    if word == "than" and after in _MULTIPLES:
        return False  # "more than twice as common with X"
    return word in _COMPARING or (word == "compared" and after in {"with", "to"})
