"""The atomic claims of a statement: what each clause asserts, which are core, which mere glosses.

A statement is cut at its clauses. A clause that hands several p-values or times to one direction is
cut again, so that each figure is asserted of its own time: *rose at 3 months (p = …) and 6 months
(p = …)* makes two claims. What stands in brackets without a figure is a gloss.

>>> text = "Walking rose at 3 months (p=.04) and 6 months (p=.01), although sleep was unchanged."
>>> [(text[c.start:c.end], c.core) for c in split(text, 0, len(text))]
... # doctest: +NORMALIZE_WHITESPACE
[('Walking rose at 3 months (p=.04)', True), ('6 months (p=.01)', True),
 ('although sleep was unchanged', False)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.advice import Advice, advice_cues, asserts, norms
from kg.extract.clauses import Layout, lay_out
from kg.extract.mentions import Figure, find
from kg.extract.pieces import pieces, within
from kg.extract.word_lists import listed
from kg.model import ClaimKind, MentionKind, Modality, Polarity, RecommendationDirection
from kg.text.lexicon import Cue, concepts, find_cues
from kg.text.tokens import Word, words

_SAFETY = {
    "=adverse-event", "=serious-adverse-event", "=death", "=safe", "=tolerated", "=complication",
    "=reaction",
}  # fmt: skip
_STATUS = re.compile(r"\b(?:registered|ongoing|under way|underway|recruiting|published|approved)\b")
_DESIGN = re.compile(
    r"\b(?:randomi[sz]ed|blinded|open-label|phase|design|enrolled|dose-escalation|placebo-"
    r"controlled|follow-up|allocated|assigned|cohort)\b",
    re.I,
)
_CLOSING = ')]%"”’⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻+'
_FEWEST = 2
_LABEL = re.compile(
    r"\s*(?:[A-Z][\w'’-]* )?(?:[\w'’-]+ ){0,3}(?:summary|digest|points?|takeaways?|notes?|messages?"
    r"|line|overview|highlights?|findings?|conclusions?|comment|caveat|remark|tip|facts?|update"
    r"|reminder|context)(?: for [a-z]+(?: [a-z]+)?)?: (?=\S)",
    re.IGNORECASE,
)
_SPLITS = {MentionKind.P_VALUE, MentionKind.INTERVAL}
_EDGES = " \t\r\n,;:–—-.*|"


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """One atomic claim: its words, and what kind of thing they assert.

    :param fills_from: start of the clause whose subject a cut-off part goes on with
    """

    start: int
    end: int
    kind: ClaimKind
    core: bool
    material: bool
    checkable: bool
    modality: Modality
    polarity: Polarity
    fills_from: int | None = None


def past_label(text: str, start: int, end: int) -> int:
    """Return where a sentence begins behind the label that it opens with, if it opens with one.

    >>> said = "Take-home message: drugol lowered pain."
    >>> said[past_label(said, 0, len(said)) :]
    'drugol lowered pain.'
    """
    match = _LABEL.match(text, start, end)
    return match.end() if match else start


def split(text: str, start: int, end: int, advice: Advice | None = None) -> list[ClaimSpan]:
    """Cut a sentence (markers left out) into its atomic claims, in text order.

    :param advice: the advice that the sentence gives; its clause makes a claim of kind ``advice``,
        which can be checked where it names a figure, and its reasons make claims of their own
    """
    figures = list(find(text, start, end))
    if advice is None:
        return _clauses(text, start, end, figures)
    if not advice.imperative:
        return _with_core(_clauses(text, start, end, figures))
    low, high = _strip(text, advice.begin, advice.clause_end)
    high = _close(text, high, end)
    checkable = bool(within(figures, low, high))
    against = advice.direction is RecommendationDirection.AGAINST
    advised = ClaimSpan(
        low, high, ClaimKind.ADVICE, True, True, checkable, Modality.RECOMMENDED,
        Polarity.NEGATED if against else Polarity.AFFIRMED,
    )  # fmt: skip
    glosses = [c for c in _clauses(text, low, high, figures) if c.kind is ClaimKind.GLOSS]
    reasons = [
        claim if claim.kind is ClaimKind.GLOSS else replace(claim, core=not checkable)
        for claim in _clauses(text, high, end, figures)
    ]
    return [advised, *glosses, *reasons]


def _with_core(claims: Sequence[ClaimSpan]) -> list[ClaimSpan]:
    """Let reasons be core where the advice itself asserts nothing that can be checked."""
    if any(claim.core and claim.checkable for claim in claims):
        return list(claims)
    return [
        replace(claim, core=claim.core or (claim.checkable and claim.kind is not ClaimKind.GLOSS))
        for claim in claims
    ]


def _clauses(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[ClaimSpan]:
    """Cut a stretch at its clauses, at its figures and at the brackets that say more."""
    claims: list[ClaimSpan] = []
    for low, high, bracket in _outside_and_inside(text, start, end):
        own = _plain(text, low, high, figures)
        claims += [replace(c, core=False) for c in own] if bracket else own
    return _joined(text, claims, figures)


def _outside_and_inside(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Part brackets that assert something and close the stretch from what stands before them."""
    last = _strip(text, start, end)[1]
    opener = text.rfind("(", start, last)
    if last > start and text[last - 1] == ")" and opener > start and asserts(text, opener, last):
        yield start, opener, False
        yield opener + 1, last - 1, True
    elif start < end:
        yield start, end, False


def _plain(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[ClaimSpan]:
    tokens = words(text, start, end)
    if not tokens:
        return []
    layout = lay_out(text, tokens)
    claims: list[ClaimSpan] = []
    for piece in pieces(text, tokens, layout, figures):
        spans = _cut(text, tokens, layout, piece.inside, figures, end)
        for order, (low, high) in enumerate(spans):
            claim = _describe(text, low, high, piece.core, figures)
            if order:
                first = claims[-order]
                claim = replace(
                    claim, kind=first.kind, modality=first.modality, polarity=first.polarity,
                    fills_from=first.start,
                )  # fmt: skip
            elif piece.continues and claim.kind is ClaimKind.RATIONALE:
                claim = replace(claim, kind=claims[-1].kind, fills_from=piece.fills_from)
            elif piece.fills_from is not None:
                claim = replace(claim, fills_from=piece.fills_from)
            claims.append(claim)
        claims += _glosses(text, tokens, layout, piece.inside, figures)
    return claims


def _cut(
    text: str,
    tokens: Sequence[Word],
    layout: Layout,
    inside: Sequence[int],
    figures: Sequence[Figure],
    end: int,
) -> list[tuple[int, int]]:
    """Cut a clause between brackets that each hold a p-value or an interval of their own.

    The cut is the coordinator between them; without one (``3 (p=.2) versus 5 (p=.1)``) there is
    none.
    """
    low = tokens[inside[0]].start
    high = _close(text, tokens[inside[-1]].end, end)
    brackets: list[int] = []
    for figure in within(figures, low, high):
        if figure.kind in _SPLITS:
            at = next((i for i in inside if tokens[i].end > figure.start), inside[-1])
            bracket = layout.bracket[at]
            if bracket and bracket not in brackets:
                brackets.append(bracket)
    spans: list[tuple[int, int]] = []
    last = {layout.bracket[i]: i for i in inside}
    first = {layout.bracket[i]: i for i in reversed(inside)}
    for one, two in pairwise(brackets):
        before, after = last[one], first[two]
        cut = next((i for i in range(after - 1, before, -1) if _parts(text, tokens, layout, i)), 0)
        if cut and concepts(words(text, tokens[cut].start, tokens[after].start)):
            stop = _close(text, tokens[cut - 1].end, end)
            spans.append(_strip(text, low, stop))
            low = tokens[cut].start
    return [*spans, _strip(text, low, high)]


def _parts(text: str, tokens: Sequence[Word], layout: Layout, position: int) -> bool:
    """Tell a coordinator or a word behind a comma, outside brackets."""
    comma = "," in text[tokens[position - 1].end : tokens[position].start]
    return not layout.bracket[position] and (
        comma or tokens[position].lower in {"and", "or", "but"}
    )


def _close(text: str, at: int, end: int) -> int:
    """Take closing brackets, quotes and signs that follow a word into its span."""
    while at < end and text[at] in _CLOSING:
        at += 1
    return at


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    opening = re.match(r"(?:and|or|as well as|both)\s+", text[start:end])
    start += opening.end() if opening else 0
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _glosses(
    text: str,
    tokens: Sequence[Word],
    layout: Layout,
    inside: Sequence[int],
    figures: Sequence[Figure],
) -> Iterator[ClaimSpan]:
    """Yield brackets that explain a term: no figure, no cue of comparison, two words or more."""
    numbers = sorted({layout.bracket[i] for i in inside if layout.bracket[i]})
    for number in numbers:
        own = [tokens[i] for i in inside if layout.bracket[i] == number]
        low, high = own[0].start, own[-1].end
        plain = not within(figures, low, high) and not any(
            c.kind in {"up", "down", "between", "null"} for c in find_cues(own)
        )
        if plain and len(concepts(own)) >= _FEWEST and own[0].lower not in {"e", "i", "see"}:
            yield ClaimSpan(
                low, high, ClaimKind.GLOSS, False, False, True, Modality.OBSERVED, Polarity.AFFIRMED
            )  # fmt: skip


def _joined(text: str, claims: Sequence[ClaimSpan], figures: Sequence[Figure]) -> list[ClaimSpan]:
    """Join a scrap that asserts nothing of its own to the claim before it."""
    kept: list[ClaimSpan] = []
    for claim in claims:
        hangs = kept and claim.kind is not ClaimKind.GLOSS and kept[-1].end <= claim.start
        if hangs and _is_scrap(text, claim, figures):
            kept[-1] = replace(kept[-1], end=claim.end)
        else:
            kept.append(claim)
    return kept


def _is_scrap(text: str, claim: ClaimSpan, figures: Sequence[Figure]) -> bool:
    if within(figures, claim.start, claim.end):
        return False
    own = words(text, claim.start, claim.end)
    told = any(w.lower in listed("predicate") for w in own)
    return len(concepts(own)) < (1 if told else _FEWEST)


def _describe(text: str, start: int, end: int, core: bool, figures: Sequence[Figure]) -> ClaimSpan:
    """Say what a claim is. A norm or an opinion is checkable only where it names a figure."""
    tokens = words(text, start, end)
    cues = find_cues(tokens)
    content = concepts(tokens)
    phrases = advice_cues(tokens)
    advised = norms(tokens, phrases)
    norm = bool(advised)
    against = any(c.kind == "negated" for c in advised)
    kind = ClaimKind.ADVICE if norm else _kind(text[start:end], cues, {c.key for c in content})
    valued = norm or any(c.kind == "opinion" for c in phrases)
    checkable = bool(content) and (not valued or bool(within(figures, start, end)))
    modality = Modality.RECOMMENDED if norm else _modality(cues)
    polarity = Polarity.NEGATED if against else _polarity(cues)
    return ClaimSpan(start, end, kind, core, True, checkable, modality, polarity)


def _kind(words_: str, cues: Sequence[Cue], keys: set[str]) -> ClaimKind:
    kinds = {c.kind for c in cues}
    if keys & _SAFETY:
        return ClaimKind.SAFETY
    if kinds & {"up", "down", "better", "worse", "null", "different", "superlative"}:
        return ClaimKind.RESULT
    if _STATUS.search(words_):
        return ClaimKind.STATUS
    if _DESIGN.search(words_):
        return ClaimKind.DESIGN
    return ClaimKind.RATIONALE


def _modality(cues: Sequence[Cue]) -> Modality:
    kinds = {c.kind for c in cues}
    if "may" in kinds:
        return Modality.MAY
    return Modality.CAUSAL if "causal" in kinds else Modality.OBSERVED


def _polarity(cues: Sequence[Cue]) -> Polarity:
    denied = any(c.kind in {"negation", "null"} for c in cues)
    return Polarity.NEGATED if denied else Polarity.AFFIRMED
