"""A claim of one effect held against what the record tells of that effect.

>>> from kg.extract.reading import read_record
>>> record = read_record(
...     "Adults took drugol or placebo. Pain fell more with drugol than with placebo (p = .02)."
... )
>>> text = "Compared with placebo, drugol significantly increased pain."
>>> effect_compared(read_claim(text, 0, len(text), record), record, {}).verdict.value
'contradicted'
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.compare.absent import absent
from kg.compare.ages import of_another_age
from kg.compare.beside import lay
from kg.compare.contrasts import contrasts
from kg.compare.dose_arms import told_of_other_doses
from kg.compare.draft import Comparison, FaultDraft, SlotDraft
from kg.compare.effect_claims import EffectClaim, read_effect
from kg.compare.effects import WAYS, Effect, outcome_of, read_effects
from kg.compare.sides import learn_sides
from kg.compare.similarity import soft_keys, times_meet
from kg.compare.wording import misstated_design
from kg.extract.reading import Fact, Reading, Sentence, read_claim
from kg.extract.when import ALL_TIMES
from kg.model import CheckOutcome, FaultCode, Verdict

_TOLD = {"up": "a rise", "down": "a fall", "null": "no difference"}
_EVIDENCE = 3
_WAYS = {"up", "down", "null"}
_STARTS = {"baseline", "before", "before treatment", "pretreatment", "pre-treatment"}
_NAMED = 0.25
_CLEAR = 0.15


def effect_compared(claim: Reading, record: Reading, frame: Mapping[str, str]) -> Comparison | None:
    """Return what holds of a claim of one effect; None of any other, or where the record is silent.

    :param frame: names of ``intervention`` and ``comparator``
    """
    own = [s for s in claim.sentences if s.start < s.end]
    if len(own) != 1:
        return None
    start, end = own[0].start, own[0].end
    said = read_effect(claim.text[start:end], frame)
    if said is None or _tells_two(claim, said):
        return None
    if not _is_known(said.comparator, record):
        return None
    sides = learn_sides(said.intervention, said.comparator, said.outcome, record)
    effect = read_effects(record, outcome_of(said.outcome, record), sides)
    if effect is None or effect.covered < _NAMED:
        return None
    if _keeps_wording(said, own[0], claim, record, effect):
        return None
    agrees = effect.way == said.sense
    if agrees and (_misstates(claim, record) or _mistimes(claim, record, effect, said)):
        return None
    if agrees and any(told_of_other_doses(fact, record) for fact in claim.facts):
        return None
    return _compared(said, effect, start, claim, record)


def _tells_two(claim: Reading, said: EffectClaim) -> bool:
    """Whether a claim goes both ways, of two effects: *LDL was lower and HDL higher*."""
    told = {f.sense for f in claim.facts if f.sense in _WAYS and not _is_named(f, claim, said)}
    return len(told) > 1


def _is_named(fact: Fact, claim: Reading, said: EffectClaim) -> bool:
    """Whether a fact is part of what was given, compared or measured: *low-dose aspirin*."""
    for name in (said.outcome, said.intervention, said.comparator):
        at = claim.text.find(name) if name else -1
        if at >= 0 and at <= fact.start < at + len(name):
            second = "and" in claim.text[at : fact.start].split()  # a second effect is told
            return not second or fact.start < said.span[0]
    return False


def _misstates(claim: Reading, record: Reading) -> bool:
    """Whether a claim whose effect stands tells of another design or of other people."""
    people = (
        f for f in absent(claim, record, soft_keys(claim, record), frozenset())
        if f.code is FaultCode.POPULATION_MISMATCH
    )  # fmt: skip
    others = (*contrasts(claim, record), *of_another_age(claim, record))
    return any(True for _ in (*misstated_design(claim, record), *others, *people))


def _mistimes(claim: Reading, record: Reading, effect: Effect, said: EffectClaim) -> bool:
    """Whether a claim tells the effect of another time than the best passage that tells one."""
    named = {
        f.figure.days for f in claim.facts if f.figure is not None and _is_named(f, claim, said)
    }  # fmt: skip
    told = frozenset(d for f in claim.facts if f.figure is None for d in f.times) - named
    if not told or ALL_TIMES in told:
        return False
    for passage in effect.passages[:_EVIDENCE]:
        facts = [f for f in record.facts if f.sentence == passage.sentence and f.figure is None]
        times = frozenset(day for f in facts for day in f.times)
        if times and ALL_TIMES not in times:
            return not times_meet(told, times)
    return False


def _is_known(name: str, record: Reading) -> bool:
    """Whether the record has any content of a name; one that it lacks is compared elsewhere."""
    if name.strip().lower() in _STARTS:
        return True  # an earlier time, which every record has
    read = read_claim(name, 0, len(name), record)
    soft = soft_keys(read, record)
    keys = {soft[k] for s in read.sentences for k in s.keys}
    return not keys or any(key in record.rarity for key in keys)


def _keeps_wording(
    said: EffectClaim, own: Sentence, claim: Reading, record: Reading, effect: Effect
) -> bool:
    """Whether a claim retells a sentence word for word; then its places are the surer signs.

    Where only long names are the record's own, no word of it stands for the one that tells.
    """
    shared = {
        p.sentence: len(own.keys & record.sentences[p.sentence].keys) for p in effect.passages
    }
    nearest = sorted(shared, key=lambda index: (-shared[index], index))
    telling = own.word_at(said.span[0] + own.start), own.word_at(said.span[1] - 1 + own.start)
    return any(
        pair.place(word) for pair in lay(claim, record, nearest[:_EVIDENCE])
        for word in range(telling[0], telling[1] + 1)
    )  # fmt: skip


def _compared(
    said: EffectClaim, effect: Effect, offset: int, claim: Reading, record: Reading
) -> Comparison:
    chosen = [record.sentences[p.sentence] for p in effect.passages[:_EVIDENCE]]
    evidence = tuple((sentence.start, sentence.end) for sentence in chosen)
    span = said.span[0] + offset, said.span[1] + offset
    phrase = claim.text[slice(*span)].strip()
    told = _TOLD[effect.way]
    agrees = effect.way == said.sense
    outcome = CheckOutcome.MATCH if agrees else CheckOutcome.MISMATCH
    draft = SlotDraft("direction", outcome, phrase, told, span, evidence[0])
    if agrees:
        return Comparison(
            Verdict.SUPPORTED, "effect-went-so", f"The record tells {told} of it.", (draft,), (),
            evidence,
        )  # fmt: skip
    ahead = max(effect.ways) - effect.ways[WAYS.index(said.sense)]
    verdict = Verdict.CONTRADICTED if ahead >= _CLEAR else Verdict.NOT_FOUND
    code = FaultCode.WRONG_DIRECTION if ahead >= _CLEAR else FaultCode.UNSUPPORTED_ADDITION
    rule = "effect-went-otherwise" if ahead >= _CLEAR else "effect-not-clear"
    reason = f"tells {told} where the claim tells {_TOLD[said.sense]}"
    fault = FaultDraft(code, "direction", rule, verdict, phrase, told, span, evidence[0], reason)
    return Comparison(verdict, rule, f"The record {reason}.", (draft,), (fault,), evidence)
