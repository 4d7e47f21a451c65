"""What a claim adds to a record, or takes from it, in words: comparators, qualifiers, hedges.

Every check here looks at words that carry scope: *serious*, *several trials*, *all patients*,
*may*, *randomised*, *except*. Their lists are data (``cues.tsv``, ``designs.tsv``); a check fires
only where the rest of the claim was found in the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.compare.absent import names_a_thing
from kg.compare.anchors import anchors
from kg.compare.contrasts import tells_sexes
from kg.compare.draft import FaultDraft, Span
from kg.compare.similarity import coverage, printed_stems
from kg.extract.design import design_terms
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import Concept, Cue, broader, categories, general_english

_ADDED = 0.3
_FEW = 2
_DENIED = 3
_PEOPLE = {"=patient", "=woman", "=man", "=child", "=adult", "=elderly", "=infant", "=arm",
           "=trial", "=treatment"}  # fmt: skip
_QUALIFIED = 4
_BEHIND = {("attributable", "to"), ("attributed", "to"), ("related", "to"), ("due", "to"),
           ("caused", "by"), ("linked", "to"), ("ascribed", "to"), ("from", "the")}  # fmt: skip
_ANY_EVENT = {
    "treatment-emergent",
    "treatment emergent",
}  # what began after the first dose: any event of a trial


def additions(
    claim: Reading, record: Reading, soft: Mapping[str, str], spoken: set[int]
) -> Iterator[FaultDraft]:
    """Yield the clauses of a claim that have no counterpart in the record.

    :param spoken: clauses of the claim that a figure or direction of the record bears out
    """
    present = frozenset(key for key in record.rarity if key)
    for sentence in claim.sentences:
        for clause in sorted(set(sentence.layout.clause)):
            here = [
                c for c in sentence.concepts
                if sentence.layout.clause[c.first] == clause
                and (soft[c.key] in present or not _is_printed_figure(c, sentence))
            ]  # fmt: skip
            keys = {soft[c.key]: 1.0 for c in here}
            floor = _ADDED / 2 if clause in spoken else _ADDED
            if len(keys) <= _FEW or coverage(keys, present, record) >= floor:
                continue
            span = here[0].start, here[-1].end
            words = claim.text[span[0] : span[1]]
            yield FaultDraft(
                FaultCode.UNSUPPORTED_ADDITION, "clause", "clause-without-counterpart",
                Verdict.PARTIALLY_SUPPORTED, words, None, span, None,
                f"has nothing that answers to “{_short(words)}”",
            )  # fmt: skip


def _is_printed_figure(concept: Concept, sentence: Sentence) -> bool:
    """Whether a word is part of a figure, which is held against the record by its value."""
    return any(f.start <= concept.start < f.end for f in sentence.figures)


_UNKNOWN = re.compile(
    r"\b(?:(?:has|have|had|is|are|was|were|been|remains?)\s+(?:\w+\s+){0,2}?"
    r"(?:not|never|incompletely|poorly|insufficiently|rarely|little)\s+(?:\w+\s+){0,3}?"
    r"(?:studied|published|characteri[sz]ed|established|known|tested|evaluated|understood|"
    r"investigated|compared|examined|assessed|proven|determined)"
    r"|(?:remains?|is|are)\s+(?:unknown|unclear|unproven|untested|uncertain|unstudied))\b",
    re.IGNORECASE,
)


def says_unknown(text: str, sentences: Iterable[Sentence]) -> bool:
    """Whether a claim, or a record's sentence, says that something is not known or studied."""
    return any(_UNKNOWN.search(text, s.start, s.end) for s in sentences)


def unknown_words(claim: Reading, record: Reading, soft: Mapping[str, str]) -> Iterator[FaultDraft]:
    """Yield the content that no word of the record answers to, where nothing else was matched."""
    missing = [
        c
        for s in claim.sentences
        for c in s.concepts
        if soft.get(c.key, c.key) not in record.rarity
        and not broader(c.key) & record.rarity.keys()
        and _is_telling(c, s)
        and not all(w.stem in printed_stems(record) for w in s.tokens[c.first : c.last + 1])
    ]
    alone = len({c.key for c in missing}) == 1
    turn = alone and not _judges(claim) and not _names_one(missing[0], claim.sentences, claim.text)
    if not missing or turn:
        return
    span = missing[0].start, missing[-1].end
    words = ", ".join(dict.fromkeys(claim.text[c.start : c.end] for c in missing))
    yield FaultDraft(
        FaultCode.UNSUPPORTED_ADDITION, "clause", "content-without-counterpart",
        Verdict.PARTIALLY_SUPPORTED, words, None, span, None,
        f"has nothing that answers to “{_short(words)}”",
    )  # fmt: skip


def _judges(claim: Reading) -> bool:
    """Whether a claim advises or gives a judgement, which a record has to give in as many words."""
    return any(
        w.lower in _JUDGING for s in claim.sentences for w in s.tokens if s.start <= w.start < s.end
    )


def _names_one(concept: Concept, sentences: Iterable[Sentence], text: str) -> bool:
    """Whether a single missing word names a thing: any other is another turn of phrase."""
    return any(concept in s.concepts and names_a_thing(concept, s, text) for s in sentences)


def _is_telling(concept: Concept, sentence: Sentence) -> bool:
    """Whether the absence of a word tells anything: it names a thing, or is no general English."""
    words = sentence.tokens[concept.first : concept.last + 1]
    return concept.key not in _PEOPLE and any(w.stem not in general_english() for w in words)


_HUMANS = {"patients", "participants", "volunteers", "women", "men", "subjects"}
_JUDGING = {"should", "must", "judged", "considered", "deemed", "thought", "attributed", "blamed"}
_COMPARING = {"than", "versus", "vs", "against"}
_PHRASE = 6
_FRACTIONS = {f"{a} {part}" for a in ("a", "one") for part in ("third", "quarter", "half", "fifth")}


def unknown_comparators(
    claim: Reading, record: Reading, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield what a claim compares with, if its head and one more word are unknown to the record."""
    for sentence in claim.sentences:
        unknown = {
            c.first for c in sentence.concepts if soft.get(c.key, c.key) not in record.rarity
        }
        for phrase in _phrases(claim.text, sentence):
            absent = [c for c in phrase.concepts if c.first in unknown]
            # a thing of a kind that the record has is no other thing of it: others are `absent`
            given = [c for c in absent if categories().get(c.key) == "intervention"]
            kinds = [c for c in given if broader(c.key) & record.rarity.keys()]
            if phrase.concepts[-1] not in absent or (len(absent) < _FEW and not kinds):
                continue
            if not any(names_a_thing(c, sentence, claim.text) for c in absent):
                continue
            span = absent[0].start, phrase.concepts[-1].end
            words = claim.text[slice(*span)]
            yield FaultDraft(
                FaultCode.UNSUPPORTED_ADDITION, "comparator", "comparator-not-in-record",
                Verdict.NOT_FOUND, words, None, span, None,
                f"has nothing that answers to “{_short(words)}”",
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What follows a word that compares."""

    word: str
    concepts: tuple[Concept, ...]


def _phrases(text: str, sentence: Sentence) -> Iterator[_Phrase]:
    for index, token in enumerate(sentence.tokens):
        behind = " ".join(w.lower for w in sentence.tokens[index + 1 : index + 3])
        if token.lower not in _COMPARING or behind in _FRACTIONS:
            continue
        taken: list[Concept] = []
        for concept in sentence.concepts:
            between = sentence.tokens[index + 1 : concept.first]
            near = index < concept.first <= index + _PHRASE
            figure = any(f.start <= concept.start < f.end for f in sentence.figures)
            if near and any(mark in text[token.end : concept.start] for mark in ":;("):
                break
            if near and not figure and not any(w.lower in _PHRASE_ENDS for w in between):
                taken.append(concept)
        if taken:
            yield _Phrase(token.lower, tuple(taken))


_PHRASE_ENDS = {
    "are", "is", "was", "were", "and", "or", "but", "in", "at", "with", "for", "to", "by", "has",
    "have", "had", "that", "which", "who", "not", "after", "during", "on",
}  # fmt: skip


def _short(words: str, limit: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + " …"


def dropped_qualifiers(
    claim: Reading, record: Reading, soft: Mapping[str, str], best: Sentence
) -> Iterator[FaultDraft]:
    """Yield outcomes that the record narrows (*serious*) and the claim does not.

    The qualifier counts as dropped only if the record never speaks of the outcome without it.
    """
    narrowed = _narrowed(record)
    for sentence in claim.sentences:
        own = {(c.phrase, c.first) for c in sentence.cues if c.kind == "serious"}
        for concept in sentence.concepts:
            key = soft[concept.key]
            if key not in narrowed or _qualified(sentence, concept.first, own, narrowed[key]):
                continue
            phrase, at = narrowed[key]
            name = claim.text[concept.start : concept.end]
            yield FaultDraft(
                FaultCode.OUTCOME_MISMATCH, "outcome", "qualifier-dropped",
                Verdict.OVERGENERALISED, name, f"{phrase} {name}", (concept.start, concept.end), at,
                f"speaks only of “{phrase} {name}”",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _narrowed(record: Reading) -> dict[str, tuple[str, Span]]:
    """Concept → the qualifier without which the record never names it."""
    with_it: dict[str, tuple[str, Span]] = {}
    without: set[str] = set()
    for sentence in record.sentences:
        cues = [c for c in sentence.cues if c.kind == "serious" and c.phrase not in _ANY_EVENT]
        for concept in sentence.concepts:
            near = [c for c in cues if 0 < concept.first - c.last <= _QUALIFIED - 1]
            if concept.key == "=serious-adverse-event":
                with_it.setdefault("=adverse-event", ("serious", (concept.start, concept.end)))
            elif near and concept.key == "=adverse-event":
                with_it.setdefault(concept.key, (near[-1].phrase, (near[0].start, concept.end)))
            elif concept.key == "=adverse-event":
                without.add(concept.key)
    return {key: value for key, value in with_it.items() if key not in without}


def _qualified(
    sentence: Sentence, position: int, own: set[tuple[str, int]], need: tuple[str, Span]
) -> bool:
    behind = [w.lower for w in sentence.tokens[position + 1 : position + 1 + _QUALIFIED]]
    related = need[0].endswith(("-related", " related"))
    if related and any(told in _BEHIND for told in pairwise(behind)):
        return True  # "events attributable to treatment"
    near = {phrase for phrase, at in own if 0 < position - at <= _QUALIFIED}
    if need[0] in {"serious", "severe"}:
        return bool(near & {"serious", "severe", "major", "grade 3", "grade 4", "life threatening"})
    return bool(near)


def hedges(claim: Reading, record: Reading, pairs: Mapping[int, int]) -> Iterator[FaultDraft]:
    """Yield directions that the record only suggests and the claim asserts."""
    for mine, theirs in pairs.items():
        fact, other = claim.facts[mine], record.facts[theirs]
        if fact.figure is not None or fact.hedged or not other.hedged or other.p is not None:
            continue
        if other.sense in {"null", "different"} or not _only_suggested(record, other):
            continue
        held = anchors(claim, fact.sentence, record)
        if held and other.sentence not in held:
            continue  # it retells the figures, not the cautious words
        firm = any(
            not r.hedged and r.figure is None and _FAMILY.get(r.sense) == _FAMILY.get(other.sense)
            and set(r.context) & set(other.context)
            for r in record.facts
        )  # fmt: skip
        if not firm:
            yield FaultDraft(
                FaultCode.CAUSAL_OVERSTATEMENT, "modality", "hedge-dropped",
                Verdict.OVERGENERALISED, fact.phrase, other.phrase, (fact.start, fact.end),
                (other.start, other.end), "only suggests it",
            )  # fmt: skip


def flat_verbs(claim: Reading, record: Reading, best: Sentence) -> Iterator[FaultDraft]:
    """Yield a verb of effect that the claim asserts and the record only puts behind *may*.

    ``X prevents Y`` for ``X may prevent Y``; where any sentence with as much in common says it
    flatly, nothing is said.
    """
    content = {c.key for s in claim.sentences for c in s.concepts}
    floor = max(_FEW, len(content & best.keys) // 2)
    kin = [s for s in record.sentences if len(content & s.keys) >= floor]
    for sentence in claim.sentences:
        if any(c.kind in {"may", "negation", "null"} for c in sentence.cues):
            continue
        for cue in sentence.cues:
            if cue.kind not in _EFFECTS or cue.first != cue.last:
                continue
            stem = sentence.tokens[cue.first].stem
            uses = [(s, i) for s in kin for i, w in enumerate(s.tokens) if w.stem == stem]
            guarded = [(s, i) for s, i in uses if _guard(s, i) is not None]
            plain = [s for s, i in uses if (s, i) not in guarded and not _is_name(s, i)]
            shared = max((len(content & s.keys) for s, _ in guarded), default=0)
            flat = any(len(content & s.keys) >= _AS_MUCH * shared for s in plain)
            if guarded and not flat:
                theirs, at = guarded[0]
                guard = theirs.tokens[_guard(theirs, at) or 0]
                yield FaultDraft(
                    FaultCode.CAUSAL_OVERSTATEMENT, "modality", "hedge-dropped",
                    Verdict.OVERGENERALISED, cue.phrase, f"{guard.lower} {theirs.tokens[at].lower}",
                    (cue.start, cue.end), (guard.start, theirs.tokens[at].end), "only suggests it",
                )  # fmt: skip


def _guard(sentence: Sentence, position: int) -> int | None:
    """Return the position of the modal before a verb, if there is one."""
    near = range(max(0, position - _HEDGING), position)
    return next((i for i in near if sentence.tokens[i].lower in _MODALS), None)


def _is_name(sentence: Sentence, position: int) -> bool:
    """Whether a form is no finite verb: ``in preventing``, ``for prevention``."""
    word = sentence.tokens[position].lower
    before = sentence.tokens[position - 1].lower if position else ""
    return word.endswith(("ing", "ion", "ions", "tive")) or before in {"to", "of", "in", "for"}


def _only_suggested(record: Reading, fact: Fact) -> bool:
    """Whether the word that hedges stands right before the direction: ``may have reduced``."""
    sentence = record.sentences[fact.sentence]
    at = sentence.word_at(fact.start)
    return any(c.phrase in _SUGGESTING and 0 < at - c.last <= _HEDGING for c in sentence.cues)


_FAMILY = {"up": "more", "better": "more", "down": "less", "worse": "less"}
_SUGGESTING = {"may", "might", "could", "possibly", "perhaps", "potentially"}
_HEDGING = 4
_AS_MUCH = 0.7
_SUPPOSING = {"possibly", "perhaps", "potentially", "probably", "thought", "considered", "judged"}
_MODALS = {"may", "might", "could"}
_EFFECTS = {"causal", "up", "down", "better", "worse"}


def causes(claim: Reading, best: Sentence, record: Reading) -> Iterator[FaultDraft]:
    """Yield cause told where the record tells only that things go together."""
    yield from _proofs(claim, best, record)
    record_kinds = {c.kind for c in best.cues}
    if "correlational" not in record_kinds or "causal" in record_kinds:
        return
    for sentence in claim.sentences:
        for cue in sentence.cues:
            if cue.kind == "causal" and not _supposed(sentence, cue):
                yield FaultDraft(
                    FaultCode.CAUSAL_OVERSTATEMENT, "modality", "association-told-as-cause",
                    Verdict.OVERGENERALISED, cue.phrase,
                    next(c.phrase for c in best.cues if c.kind == "correlational"),
                    (cue.start, cue.end), (best.start, best.end), "tells an association",
                )  # fmt: skip


def _supposed(sentence: Sentence, cue: Cue) -> bool:
    """Whether a cause is only thought possible: ``thought possibly due to the drug``."""
    before = {w.lower for w in sentence.tokens[max(0, cue.first - _HEDGING) : cue.first]}
    return not before.isdisjoint(_SUPPOSING)


def _proofs(claim: Reading, best: Sentence, record: Reading) -> Iterator[FaultDraft]:
    """Yield a proof that the claim speaks of, where the record nowhere speaks of one."""
    if any(c.kind == "proof" for s in record.sentences for c in s.cues):
        return
    for sentence in claim.sentences:
        denials = [c.last for c in sentence.cues if c.kind in {"negation", "aim"}]
        for cue in sentence.cues:
            if cue.kind == "proof" and not any(0 < cue.first - at <= _DENIED for at in denials):
                yield FaultDraft(
                    FaultCode.CAUSAL_OVERSTATEMENT, "modality", "proof-not-claimed",
                    Verdict.OVERGENERALISED, claim.text[cue.start : cue.end], None,
                    (cue.start, cue.end), (best.start, best.end),
                    f"does not call it proven (“{cue.phrase}”)",
                )  # fmt: skip


@lru_cache(maxsize=8)
def _design_of(record: Reading) -> Mapping[str, Mapping[str, Span]]:
    return design_terms(record)


def misstated_design(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield aspects of the design of which the record tells another value."""
    told = _design_of(record)
    for aspect, values in design_terms(claim).items():
        if aspect == "population":
            people = _studied_people(record)
            known = {
                k: at for k, at in told.get(aspect, {}).items() if not people or k != "animals"
            }
            against = any(w.lower in _COMPARING for s in claim.sentences for w in s.tokens)
            if not ({"men", "women"} <= values.keys() and tells_sexes(record)):
                yield from _populations(values, known, against)
            continue
        for value, at in values.items():
            others = told.get(aspect, {})
            if others and value not in others and (aspect != "layout" or _rivals(value, others)):
                name, where = next(iter(others.items()))
                yield FaultDraft(
                    FaultCode.DESIGN_MISSTATED, aspect, "design-differs", Verdict.CONTRADICTED,
                    value, name, at, where,
                    f"tells {aspect}: {name}, where the claim tells {value}",
                )  # fmt: skip


@lru_cache(maxsize=8)
def _studied_people(record: Reading) -> bool:
    """Whether a record's own methods and findings speak of people, whatever it says of animals."""
    own = (s for s in record.sentences if s.part not in {Part.BACKGROUND, Part.TITLE})
    return any(w.lower in _HUMANS for s in own for w in s.tokens)


def _rivals(value: str, others: Mapping[str, Span]) -> bool:
    """Layouts exclude each other only within these sets."""
    sets = ({"crossover", "parallel"}, {"retrospective", "prospective"},
            {"cohort", "case-control", "cross-sectional", "case series", "trial"})  # fmt: skip
    return any(value in one and set(others) & one for one in sets)


def _populations(
    values: Mapping[str, Span], told: Mapping[str, Span], against: bool
) -> Iterator[FaultDraft]:
    animals = {name for name in told if name == "animals"}
    for value, at in values.items():
        if value != "animals" and animals and value not in told:
            yield FaultDraft(
                FaultCode.POPULATION_MISMATCH, "population", "animals-told-as-people",
                Verdict.OVERGENERALISED, value, "animals", at, told["animals"],
                "studied animals",
            )  # fmt: skip
        exclusive = {"children", "adults"}, {"women", "men"}
        for pair in exclusive:
            other = pair - {value}
            compared = bool(other & set(values)) and against
            if value in pair and value not in told and other & set(told) and not compared:
                name = next(iter(other))
                yield FaultDraft(
                    FaultCode.POPULATION_MISMATCH, "population", "another-population",
                    Verdict.MISATTRIBUTED, value, name, at, told[name], f"studied {name}",
                )  # fmt: skip
