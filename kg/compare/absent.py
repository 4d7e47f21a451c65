"""Named things that a claim speaks of and the record nowhere does: a condition, an outcome, a drug.

Words differ freely between an answer and its source; named things do not. The lexicon knows the
other names of what it lists, so that a condition or an outcome of it which the record has under no
name, neither broader nor narrower, is not in the record.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell by 3 points on drugol. Nausea was seen in two patients.")
>>> text = "Drugol relieved pain and lowered the risk of stroke."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.code.value, f.claimed) for f in absent(claim, record, {}, frozenset())]
[('unsupported_addition', 'stroke')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.compare.turns import is_turn, stands_for
from kg.extract.reading import Reading, Sentence
from kg.extract.series import RESULT_KINDS
from kg.model import FaultCode, Verdict
from kg.text.lexicon import (
    Concept,
    broader,
    categories,
    everyday,
    general_english,
    names_drug,
    printed_terms,
)

_WITH = {"with", "having", "suffering", "for", "undergoing", "of", "by", "from", "on", "receiving"}
_PEOPLE = {"=patient", "=woman", "=man", "=child", "=adult", "=elderly", "=infant"}
_WHOLE = 6
_BEHIND = 6
_BESIDE = 1
_AMOUNTS = {"up", "down"}
_COMPARATIVES = {"more", "fewer", "less", "higher", "lower", "greater", "smaller", "increased",
                 "reduced"}  # fmt: skip
# what tells of a thing from its other side: who died, did not survive
_KIN = {
    "=death": {"=survival", "=overall-survival", "necrosi"},
    "=survival": {"=death"},
    "=withdrawal": {"=follow-up", "complet", "=completed", "respond", "stop", "halt", "ceas"},
    "=kidney": {"=urine"},
}  # fmt: skip
_CHANCES = {"odd", "odds", "chanc", "likelihood", "hope", "hopes", "prospect", "probabl"}
_TOO_WIDE = {"=adverse-event"}


def absent(
    claim: Reading, record: Reading, soft: Mapping[str, str], matched: frozenset[int]
) -> Iterator[FaultDraft]:
    """Yield the named things of a claim that the record does not have.

    :param matched: facts of the claim that the record bears out
    """
    known, printed, capitals = _has(record)
    own = frozenset(record.rarity)
    seen: set[str] = set()
    for sentence in claim.sentences:
        for concept in sentence.concepts:
            kind = _kind(concept, sentence)
            if kind is None or concept.key in seen:
                continue
            if _is_known(concept.key, known, own, soft):
                continue
            if any(g.start <= concept.start < g.end for g in sentence.groups):
                continue
            if categories().get(concept.key) and not _is_a_term(concept, sentence):
                continue
            if _is_general(concept, sentence):
                continue
            if is_turn(concept.key, claim.text, concept.start, concept.end):
                continue
            if stands_for(claim.text[concept.start : concept.end], _words(record)):
                continue
            if _initials(concept, sentence) in capitals or _is_printed(concept, sentence, printed):
                continue
            seen.add(concept.key)
            yield _fault(kind, concept, sentence, claim, matched)


def _kind(concept: Concept, sentence: Sentence) -> str | None:
    """Return what is named: by the lexicon, or a drug by the ending of its name."""
    word = sentence.tokens[concept.first].lower
    drug = concept.first == concept.last and names_drug(word)
    return categories().get(concept.key) or ("intervention" if drug else None)


def names_a_thing(concept: Concept, sentence: Sentence, text: str) -> bool:
    """Whether a word names a thing, and is no turn of phrase: listed, a drug, or a proper name."""
    if _kind(concept, sentence):
        return True
    words = sentence.tokens[concept.first : concept.last + 1]
    printed = [text[w.start : w.end] for w in words]
    opens = words[0].start == sentence.tokens[0].start
    proper = printed[0][:1].isupper() and not opens
    return proper or any(c.isdigit() or c.isupper() for word in printed for c in word[1:])


def unnamed(claim: Reading, record: Reading, soft: Mapping[str, str]) -> Iterator[FaultDraft]:
    """Yield what a claim says there was more or less of, if no word of the record answers to it.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Drugol was preferred to placebo. Pain was lower with drugol.")
    >>> text = "Drugol found more adenomas than placebo."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [f.claimed for f in unnamed(claim, record, {})]
    ['more adenomas']
    """
    known, printed, _ = _has(record)
    for sentence in claim.sentences:
        for cue in sentence.cues:
            if cue.kind not in _AMOUNTS or cue.phrase not in _COMPARATIVES:
                continue
            for concept in sentence.concepts:
                if not 0 < concept.first - cue.last <= _BESIDE or concept.key in everyday():
                    continue
                if not sentence.tokens[concept.last].lower.endswith("s"):
                    continue  # "more restricted" tells how, and counts no thing
                figure = any(f.start <= concept.start < f.end for f in sentence.figures)
                own = frozenset(record.rarity)
                alien = not _is_known(concept.key, known, own, soft) and not figure
                if alien and _leads_on(concept, sentence, known, soft):
                    continue
                if alien and not _is_printed(concept, sentence, printed):
                    words = claim.text[cue.start : concept.end]
                    yield FaultDraft(
                        FaultCode.UNSUPPORTED_ADDITION, "outcome", "outcome-not-named",
                        Verdict.NOT_FOUND, words, None, (cue.start, concept.end), None,
                        f"nowhere speaks of “{claim.text[concept.start : concept.end]}”",
                    )  # fmt: skip


def _leads_on(
    concept: Concept, sentence: Sentence, known: frozenset[str], soft: Mapping[str, str]
) -> bool:
    """Whether a word is a turn (*higher odds*), or only describes what follows: *less dry skin*."""
    if sentence.tokens[concept.first].stem in _CHANCES:
        return True
    behind = [c for c in sentence.concepts if c.first == concept.last + 1]
    return any(soft.get(c.key, c.key) in known for c in behind)


def _is_general(concept: Concept, sentence: Sentence) -> bool:
    """Whether a single word has another use in general English: *expecting*, *fit*, *taught*."""
    word = sentence.tokens[concept.first]
    return concept.first == concept.last and word.stem in general_english()


def _is_a_term(concept: Concept, sentence: Sentence) -> bool:
    """Whether the words are a term as listed, or its plural: *fits*, but not *fitted*."""
    own = tuple(w.lower for w in sentence.tokens[concept.first : concept.last + 1])
    last = own[-1].removesuffix("'s").removesuffix("’s")
    stems = {last, last.removesuffix("s"), last.removesuffix("es"), f"{last}s"}
    return any((*own[:-1], form) in printed_terms() for form in stems)


def _initials(concept: Concept, sentence: Sentence) -> str:
    """Return what a record may print for a name of several words without saying so: VL."""
    tokens = sentence.tokens[concept.first : concept.last + 1]
    return "".join(w.lower[0] for w in tokens).upper()


@lru_cache(maxsize=8)
def _has(record: Reading) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return what a record has: concepts with those that are broader, stems, words in capitals."""
    known = frozenset(record.rarity) | {wide for key in record.rarity for wide in broader(key)}
    printed = frozenset(w.stem for s in record.sentences for w in s.tokens)
    return known, printed, frozenset(re.findall(r"\b[A-Z]{2,6}\b", record.text))


@lru_cache(maxsize=8)
def _words(record: Reading) -> tuple[str, ...]:
    return tuple(w.lower for s in record.sentences for w in s.tokens)


def _is_printed(concept: Concept, sentence: Sentence, printed: frozenset[str]) -> bool:
    """Whether the record prints the very words, if as part of a longer name."""
    words = sentence.tokens[concept.first : concept.last + 1]
    return all(
        w.stem in printed or f"non{w.stem}" in printed
        or (len(w.stem) >= _WHOLE and any(p.removeprefix("intra").startswith(w.stem)
                                          for p in printed))
        for w in words
    )  # fmt: skip


def _is_known(
    key: str, known: frozenset[str], own: frozenset[str], soft: Mapping[str, str]
) -> bool:
    """Whether a record has a thing, one that it is a kind of, or one that is a kind of it.

    A record that speaks of harms in general does not thereby name this one.
    """
    if _KIN.get(key, frozenset()) & own:
        return True
    return soft.get(key, key) in known or bool((broader(key) - _TOO_WIDE) & own)


def _fault(
    kind: str, concept: Concept, sentence: Sentence, claim: Reading, matched: frozenset[int]
) -> FaultDraft:
    words = claim.text[concept.start : concept.end]
    span = concept.start, concept.end
    code, slot, verdict = FaultCode.UNSUPPORTED_ADDITION, "clause", Verdict.PARTIALLY_SUPPORTED
    rule = f"{kind}-not-in-record"
    if kind == "condition" and is_population(concept, sentence):
        code, slot, verdict = FaultCode.POPULATION_MISMATCH, "population", Verdict.MISATTRIBUTED
    elif kind != "intervention" and _is_told(concept, sentence, claim):
        slot, verdict = "outcome", Verdict.NOT_FOUND
        if _is_of_figure(concept, claim, matched):
            code, verdict = FaultCode.OUTCOME_MISMATCH, Verdict.MISATTRIBUTED
    return FaultDraft(
        code, slot, rule, verdict, words, None, span, None, f"nowhere speaks of “{words}”"
    )


def _is_of_figure(concept: Concept, claim: Reading, matched: frozenset[int]) -> bool:
    """Whether a figure that the record prints is told of this, and of nothing nearer."""
    for position in matched:
        fact = claim.facts[position]
        if fact.figure is not None and fact.figure.kind in RESULT_KINDS:
            named = {k: w for k, w in fact.context.items() if categories().get(k)}
            if named and max(named, key=lambda key: (named[key], key)) == concept.key:
                return True
    return False


def is_population(concept: Concept, sentence: Sentence) -> bool:
    """``patients with X``, ``X patients``: the thing tells who was studied."""
    near = [
        c for c in sentence.concepts
        if (c.key in _PEOPLE and -1 <= c.first - concept.last <= 1) or
        (c.key in _PEOPLE and 0 < concept.first - c.last <= _BEHIND)
    ]  # fmt: skip
    for other in near:
        if other.first > concept.last or concept.first - other.last == 1:
            return True
        between = [w.lower for w in sentence.tokens[other.last + 1 : concept.first]]
        if set(between[:2]) & _WITH:
            return True
    return False


def _is_told(concept: Concept, sentence: Sentence, claim: Reading) -> bool:
    """Whether the clause tells a direction or a figure, and of nothing else that has a name."""
    clause = sentence.layout.clause[concept.first]
    facts = [f for f in claim.facts if f.sentence == sentence.index and f.clause == clause]
    others = [
        c for c in sentence.concepts
        if sentence.layout.clause[c.first] == clause and c.key != concept.key
        and categories().get(c.key) == "outcome"
    ]  # fmt: skip
    return bool(facts) and not others
