"""One claim held against one record: the slots compared, the faults, the verdict, the reason.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell in the drug arm (p = .02). It did not change on placebo.")
>>> text = "Pain rose in the drug arm."
>>> found = compare(read_claim(text, 0, len(text), record), record)
>>> found.verdict.value, found.faults[0].code.value
('contradicted', 'wrong_direction')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from kg.compare import explain
from kg.compare.absent import absent, unnamed
from kg.compare.ages import of_another_age
from kg.compare.arithmetic import miscounted
from kg.compare.associations import told_as_effects
from kg.compare.authorities import called_upon
from kg.compare.beside import Beside, lay
from kg.compare.conjuncts import unheard_of
from kg.compare.contrasts import contrasts, told_of_the_sick
from kg.compare.courses import other_courses
from kg.compare.denials import denies_alone
from kg.compare.directions import check_directions
from kg.compare.doses import misdosed, mispaced, misstarted
from kg.compare.draft import GRAVITY, Comparison, FaultDraft, SlotDraft, Span, plainly
from kg.compare.durability import told_to_last
from kg.compare.effect_check import effect_compared
from kg.compare.emphases import put_on
from kg.compare.endpoint_ranks import other_ranks
from kg.compare.events import counted_events, denials, denied_events
from kg.compare.exclusions import excluded_but_studied, told_without
from kg.compare.favoured import favours_another
from kg.compare.figures import check_figures
from kg.compare.generalising import stretched
from kg.compare.member_classes import told_of_class
from kg.compare.neighbours import mismatched
from kg.compare.numbered_names import other_numbers
from kg.compare.opposite_kinds import of_the_opposite
from kg.compare.parts_of_combinations import told_alone
from kg.compare.people_counted import counted_as_other_places, counted_as_others
from kg.compare.preferences import prefers_the_other
from kg.compare.quantities import told_of_every
from kg.compare.ranking import best_of, evidence_of, is_part, rank, retold_by
from kg.compare.ranks import misranked
from kg.compare.ratio_verbs import misjudged
from kg.compare.relatedness import put_down_otherwise
from kg.compare.restrictions import elsewhere_not, restrictions, told_of_untreated
from kg.compare.retold import retold
from kg.compare.reworded import reworded, sides_exchanged
from kg.compare.significance import unborne
from kg.compare.similarity import content_weights, coverage, soft_keys
from kg.compare.slots import FigureCheck
from kg.compare.small_counts import counted_otherwise
from kg.compare.states import opposite_states
from kg.compare.strength import beyond_design, foretells
from kg.compare.strong_causes import strongly_caused
from kg.compare.subgroups import of_another_subgroup
from kg.compare.topic import OFF_TOPIC, about_something_else, off_topic
from kg.compare.unreported import told_of_a_plan, without_result
from kg.compare.verbatim import quoted
from kg.compare.wording import (
    additions,
    causes,
    dropped_qualifiers,
    flat_verbs,
    hedges,
    misstated_design,
    says_unknown,
    unknown_comparators,
    unknown_words,
)
from kg.extract.reading import Reading, Sentence
from kg.extract.series import RESULT_KINDS
from kg.model import CheckOutcome, FaultCode, Verdict
from kg.text.lexicon import categories, everyday, function_words
from kg.text.tokens import stem

_NO_FRAME: Mapping[str, str] = MappingProxyType({})
FLOOR = 0.35
_SILENT = 0.2
_UNKNOWN = 0.55
_UNKNOWN_OF_PART = 0.33
_FEWEST_UNKNOWN = 2
_SHORT_CLAIM = 3
_GIVEN = 0.6
_SAME_SUBJECT = 0.38
_BEST_FITTING = 3
_SILENCE = "record-is-silent"
_WORDS_ALONE = "words-alone"
# Faults of a claim's opening words: they presume that the rest of it stands.
_OPENERS = {"opener-generalises", "one-study-told-as-several"}
_MOST_WORDS = 0.75
_ALL_WORDS = 0.95
_ADVICE = "facts-stand-advice-does-not"
_LEAST_WORDS = 1
_LONGEST_LEAD = 6
_SHORT_PART = 10
_STATISTICAL = frozenset(
    map(
        stem,
        [
            "significance",
            "significant",
            "statistical",
            "statistically",
            "convincing",
            "degree",
            "margin",
            "confidence",
            "interval",
            "spanning",
            "zero",
            "gain",
            "difference",
            "differ",
            "effect",
            "fell",
            "short",
            "reached",
            "missed",
            "level",
            "chance",
            "unity",
            "crossing",
            "including",
            "never",
            "wide",
        ],
    )
)


def compare(claim: Reading, record: Reading, *, advice: bool = False) -> Comparison:
    """Hold a claim against a record; both are read in the record's terms.

    :param advice: whether the claim tells what to do, which a record seldom does
    """
    keys = {k for s in claim.sentences for k in s.keys}
    denies = any(True for s in claim.sentences for _ in denials(claim, s))
    if len(keys) <= _LEAST_WORDS and not claim.facts and not denies:
        return Comparison(Verdict.NOT_CHECKABLE, "nothing-to-compare", explain.nothing_to_compare())
    whole = quoted(claim, record)
    if whole is not None:
        return plainly(whole)
    effect = None if advice else effect_compared(claim, record, _NO_FRAME)
    if effect is not None:
        return plainly(effect)
    soft = soft_keys(claim, record)
    ranked = rank(claim, record, soft)
    if not ranked and (_is_statistical(claim) or _names_nothing(claim)):
        return Comparison(Verdict.NOT_CHECKABLE, _WORDS_ALONE, explain.nothing_to_compare())
    if not ranked:
        elsewhere = bool(record.sentences) and off_topic(claim, record, soft)
        fault = about_something_else(claim, record) if elsewhere else _silent(claim)
        return Comparison(Verdict.NOT_FOUND, fault.rule, explain.silent(), faults=(fault,))
    return plainly(_held(claim, record, soft, ranked, advice))


def _held(
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    ranked: Sequence[tuple[int, float]],
    advice: bool,
) -> Comparison:
    """Hold a claim against the sentences that fit it, slot by slot, and draw the verdict."""
    keys = {k for s in claim.sentences for k in s.keys}
    fits = dict(ranked)
    present = frozenset(k for k in record.rarity if k)
    covered = coverage({soft[k]: 1.0 for k in keys}, present, record)
    laid = lay(claim, record, retold_by(claim, record, [index for index, _ in ranked]))
    checks, of_places = _checked(claim, record, soft, fits, laid)
    best = record.sentences[best_of(ranked, checks, record)]
    faults = [*of_places]
    faults += _faults(claim, record, soft, checks, best, covered)
    matched = {c.fact: c.matched for c in checks if c.matched is not None}
    faults += unborne(claim, record, fits, matched)
    faults += without_result(claim, record, soft, frozenset(matched))
    faults += (*of_another_subgroup(claim, record, fits), *misjudged(claim, record, fits))
    faults += () if laid else _exchanged(claim, record, ranked)
    faults += (*favours_another(claim, record, fits), *told_of_every(claim, record, fits))
    evidence = evidence_of(ranked, checks, faults, laid, record)
    drafts = tuple(slot for check in checks for slot in check.checks)
    pairs = tuple(matched.items())
    if says_unknown(claim.text, claim.sentences) and not says_unknown(record.text, [best]):
        return Comparison(
            Verdict.NOT_FOUND, "gap-not-stated", explain.gap_not_stated(), drafts,
            (_silent(claim),), evidence, pairs,
        )  # fmt: skip
    faults += _not_named(claim, record, soft, drafts, faults)
    ungiven = advice and not foretells(claim)
    ungiven = ungiven and not _gives({soft[k]: 1.0 for k in keys}, record)
    if covered >= FLOOR:
        faults += beyond_design(claim, record, best, advice=ungiven)
    verdict, rule = _decide(faults, drafts, covered, ungiven)
    near = [index for index, _ in ranked[:_BEST_FITTING]]
    presumes = verdict is Verdict.SUPPORTED or rule in _OPENERS
    if presumes and not _compared(claim, checks, soft, record, near):
        # What nothing bears out is neither supported nor a stretch of what stands.
        if verdict is Verdict.SUPPORTED:
            verdict, rule = Verdict.NOT_CHECKABLE, _WORDS_ALONE
        else:
            verdict = Verdict.NOT_FOUND
    told_against = verdict not in {Verdict.SUPPORTED, Verdict.NOT_CHECKABLE}
    if told_against and off_topic(claim, record, soft):
        verdict, rule, evidence = Verdict.NOT_FOUND, OFF_TOPIC, ()
        faults = [about_something_else(claim, record)]
    if rule == _SILENCE and (_is_statistical(claim) or _names_nothing(claim)):
        verdict, rule, faults = Verdict.NOT_CHECKABLE, _WORDS_ALONE, []
    if verdict is Verdict.NOT_FOUND and not faults:
        faults = [_silent(claim)]
    if rule == _ADVICE:
        faults = [*faults, _advised(claim)]
    if rule == _SILENCE:
        evidence = ()
    kept = tuple(_relevant(faults, verdict))
    sentence = explain.sentence(verdict, rule, kept, drafts, record, best)
    return Comparison(verdict, rule, sentence, drafts, kept, evidence, pairs)


def _not_named(
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    drafts: Sequence[SlotDraft],
    faults: Sequence[FaultDraft],
) -> Iterator[FaultDraft]:
    """Yield the content of a claim that the record has nowhere, if nothing else bears it out."""
    keys = {k for s in claim.sentences for k in s.keys}
    unknown = [k for k in keys if soft[k] not in record.rarity and k not in everyday()]
    telling = [*unknown, *(k for k in keys if soft[k] in record.rarity)]
    short = len(telling) <= _SHORT_CLAIM and is_part(claim)
    fewest, share = (1, _UNKNOWN_OF_PART) if short else (_FEWEST_UNKNOWN, _UNKNOWN)
    thin = len(unknown) >= max(fewest, share * len(telling))
    added = any(f.code is FaultCode.UNSUPPORTED_ADDITION for f in faults)
    if thin and not added and not any(d.outcome is CheckOutcome.MATCH for d in drafts):
        yield from unknown_words(claim, record, soft)


def _checked(
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    fits: Mapping[int, float],
    laid: Sequence[Beside],
) -> tuple[list[FigureCheck], list[FaultDraft]]:
    """Check each figure and direction of a claim: by its place, where the wording is kept."""
    told = retold(claim, record, laid)
    settled = frozenset(position for one in told for position in one.settled)
    checks = [
        *(check for one in told for check in one.checks),
        *check_figures(claim, record, soft, fits, settled),
        *check_directions(claim, record, soft, fits, settled),
    ]
    changed = reworded(claim, record, laid, soft)
    return checks, [*(fault for one in told for fault in one.faults), *changed]


def _exchanged(
    claim: Reading, record: Reading, ranked: Sequence[tuple[int, float]]
) -> Iterator[FaultDraft]:
    """Yield sides of a freely worded comparison that a fitting sentence tells the other way."""
    fitting = [record.sentences[i] for i, fit in ranked[:_BEST_FITTING] if fit >= _SAME_SUBJECT]
    for own in claim.sentences:
        found = (f for best in fitting for f in sides_exchanged(claim, record, own, best))
        yield from islice(found, 1)


def _names_nothing(claim: Reading) -> bool:
    """Whether a short part that opens a sentence names nothing: ``Uptake was dismal: …``."""
    own = [s for s in claim.sentences if s.start < s.end]
    words = [w for s in own for w in s.tokens if s.start <= w.start < s.end]
    named = any(
        categories().get(c.key) for s in own for c in s.concepts if s.start <= c.start < s.end
    )
    figures = any(s.start <= f.start < s.end for s in own for f in s.figures)
    opens = all(s.start <= s.tokens[0].start and s.end < s.tokens[-1].end for s in own if s.tokens)
    label = any(claim.text[s.end - 1 : s.end + 1].strip().endswith(":") for s in own)
    bare = len(words) <= _SHORT_PART and not named
    return opens and not figures and (bare or (label and len(words) <= _LONGEST_LEAD))


def _is_statistical(claim: Reading) -> bool:
    """Whether a part only says how sure its clause is: ``though not to a convincing degree``."""
    content = {w.stem for s in claim.sentences for w in s.tokens if s.start <= w.start < s.end}
    return is_part(claim) and content - function_words() <= _STATISTICAL


def _faults(
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    checks: Sequence[FigureCheck],
    best: Sentence,
    covered: float,
) -> list[FaultDraft]:
    faults = [fault for check in checks for fault in check.faults]
    pairs = {c.fact: c.matched for c in checks if c.matched is not None and not c.faults}
    spoken = {claim.facts[mine].clause for mine in pairs}
    faults += misstated_design(claim, record)
    faults += (*contrasts(claim, record), *of_another_age(claim, record))
    faults += (*told_of_the_sick(claim, record), *told_to_last(claim, record))
    faults += (*told_as_effects(claim, record, soft), *put_down_otherwise(claim, record))
    faults += (*denied_events(claim, record), *counted_events(claim, record))
    faults += (*opposite_states(claim, record, soft), *called_upon(claim, record))
    faults += (*told_alone(claim, record), *told_of_a_plan(claim, record, frozenset(pairs)))
    faults += (*excluded_but_studied(claim, record), *other_courses(claim, record))
    faults += (*counted_otherwise(claim, record), *prefers_the_other(claim, record, soft))
    faults += of_the_opposite(claim, record, pairs)
    faults += other_ranks(claim, record, soft)
    faults += other_numbers(claim, record)
    faults += (*mismatched(claim, record), *counted_as_others(claim, record))
    faults += counted_as_other_places(claim, record)
    faults += miscounted(claim, record)
    faults += (*told_without(claim, record), *misranked(claim, record, soft))
    faults += (*misdosed(claim, record), *misstarted(claim, record), *mispaced(claim, record))
    if covered >= FLOOR or pairs:
        faults += stretched(claim, best, record)
        faults += dropped_qualifiers(claim, record, soft, best)
        faults += hedges(claim, record, pairs)
        faults += flat_verbs(claim, record, best)
        faults += causes(claim, best, record)
        faults += restrictions(claim, record, soft, pairs)
        faults += elsewhere_not(claim, record, soft, pairs)
        faults += told_of_untreated(claim, record, pairs)
        faults += (*told_of_class(claim, record), *put_on(claim, record, soft))
        faults += additions(claim, record, soft, spoken)
        faults += unheard_of(claim, record, soft, frozenset(pairs))
        faults += absent(claim, record, soft, frozenset(pairs))
        faults += unnamed(claim, record, soft)
        faults += unknown_comparators(claim, record, soft)
    if not any(f.code is FaultCode.CAUSAL_OVERSTATEMENT for f in faults):
        faults += strongly_caused(claim, record, soft)
    return faults


def _gives(keys: Mapping[str, float], record: Reading) -> bool:
    """Whether a sentence of the record advises, and advises this."""
    return any(
        coverage(keys, s.keys, record) >= _GIVEN
        for s in record.sentences
        if any(c.kind == "recommended" for c in s.cues)
    )


def _compared(
    claim: Reading,
    checks: Sequence[FigureCheck],
    soft: Mapping[str, str],
    record: Reading,
    nearest: Sequence[int],
) -> bool:
    """Whether a figure or direction of the claim stands in the record, or nearly all its words do.

    Shared words alone bear nothing out: what they say of each other may be the opposite, as it is
    where only the claim denies.
    """
    told = {check.fact for check in checks}
    measured = [i for i in told if (f := claim.facts[i].figure) and f.kind in RESULT_KINDS]
    ways = [i for i, f in enumerate(claim.facts) if f.figure is None and f.sense != "different"]
    if measured or any(i in told for i in ways):
        return True
    if denies_alone(claim, [record.sentences[i] for i in nearest]):
        return False
    weights = content_weights(claim, soft)
    own = max(coverage(weights, s.keys, record) for s in record.sentences)
    return own >= (_ALL_WORDS if ways else _MOST_WORDS)


def _decide(
    faults: Sequence[FaultDraft],
    drafts: Sequence[SlotDraft],
    covered: float,
    ungiven: bool,
) -> tuple[Verdict, str]:
    """Draw the verdict of one claim from its faults, the gravest first.

    :param ungiven: whether the claim is advice that the record does not give
    """
    matched = any(d.outcome is CheckOutcome.MATCH for d in drafts)
    if covered < _SILENT and not matched:
        return Verdict.NOT_FOUND, _SILENCE
    for verdict in GRAVITY:
        rules = [f.rule for f in faults if f.verdict is verdict]
        if not rules:
            continue
        if verdict is Verdict.NOT_FOUND and matched:
            return Verdict.PARTIALLY_SUPPORTED, rules[0]
        if verdict is Verdict.PARTIALLY_SUPPORTED and not matched:
            # No part of the claim was found to stand: words that both have are none.
            return Verdict.NOT_FOUND, _SILENCE if covered < FLOOR else rules[0]
        return verdict, rules[0]
    if covered < FLOOR and not matched:
        return Verdict.NOT_FOUND, _SILENCE
    if ungiven:
        return Verdict.PARTIALLY_SUPPORTED, _ADVICE
    return Verdict.SUPPORTED, "all-slots-stand" if matched else "content-stands"


def _advised(claim: Reading) -> FaultDraft:
    span = claim.sentences[0].start, claim.sentences[-1].end
    return FaultDraft(
        FaultCode.UNSUPPORTED_ADDITION, "advice", _ADVICE, Verdict.PARTIALLY_SUPPORTED,
        " ".join(claim.text[slice(*span)].split())[:80], None, span, None,
        "does not itself give this advice",
    )  # fmt: skip


def _silent(claim: Reading) -> FaultDraft:
    span = claim.sentences[0].start, claim.sentences[-1].end
    words = " ".join(claim.text[span[0] : span[1]].split())
    return FaultDraft(
        FaultCode.UNSUPPORTED_ADDITION, "claim", "record-is-silent", Verdict.NOT_FOUND,
        words[:80], None, span, None,
        "in hand says nothing of it",
    )  # fmt: skip


def _relevant(faults: Sequence[FaultDraft], verdict: Verdict) -> list[FaultDraft]:
    """Keep each fault once, the gravest first; a contradicted claim keeps no mere rider."""
    order = {v: i for i, v in enumerate(GRAVITY)}
    grave = verdict in {Verdict.CONTRADICTED, Verdict.MISATTRIBUTED}
    kept: dict[tuple[str, Span | None], FaultDraft] = {}
    for fault in sorted(faults, key=lambda f: (order[f.verdict], f.claim_span or (0, 0))):
        if grave and fault.verdict in {Verdict.PARTIALLY_SUPPORTED, Verdict.NOT_FOUND}:
            continue
        kept.setdefault((fault.code, fault.claim_span), fault)
    faults = list(kept.values())
    if verdict is Verdict.NOT_FOUND:
        codes = {f.code for f in faults}
        silent = {FaultCode.AMBIGUOUS_VALUE, FaultCode.SOURCE_OFF_TOPIC}
        if not codes & silent and FaultCode.UNSUPPORTED_ADDITION not in codes and faults:
            faults.append(replace(faults[0], code=FaultCode.UNSUPPORTED_ADDITION))
    return faults
