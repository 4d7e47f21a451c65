"""A claim that one treatment beats another in an outcome, as registries word it.

*X is superior to Y in terms of O* is borne out by a difference that the record calls significant,
opposed by *no significant difference*, and neither where the record names the outcome or the
treatments too thinly, or is no report of their comparison (``own_report.py``). The three are
weighed by features of what the record tells; the weights are data (``superiority_weights.tsv``),
fitted on training pairs.

>>> said = read_superiority("Drugol is superior to placebo in terms of pain at 6 weeks.")
>>> said.intervention, said.comparator, said.outcome, said.told
('Drugol', 'placebo', 'pain at 6 weeks', 'superior')
>>> read_superiority("Pain fell on drugol.") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.compare.draft import Comparison, FaultDraft, SlotDraft
from kg.compare.effects import Effect, outcome_of, read_effects
from kg.compare.own_report import report_signs
from kg.compare.sides import learn_sides
from kg.compare.significance import borne_out, denied
from kg.compare.similarity import coverage, soft_keys
from kg.extract.reading import Reading, read_claim
from kg.model import CheckOutcome, FaultCode, Part, Verdict
from kg.text.lexicon import rows

LABELS = ("supported", "contradicted", "not_found")
_CLAIM = re.compile(
    r"\s*(?P<given>.{1,200}?)\s+is\s+(?P<told>superior(?: or other)?|equivalent|non-?inferior"
    r"(?: or equivalent)?)\s+(?:to|than)\s+(?P<against>.{1,200}?)\s+in\s+(?:terms\s+of|"
    r"respect\s+of|regard\s+to)\s+(?P<outcome>.{1,1200}?)\.?\s*",
    re.DOTALL,
)
_EVIDENCE = 3
_THIN = 0.5
_WHOLE = 0.95


@dataclass(frozen=True, slots=True)
class Superiority:
    """What a claim of superiority names, and where the word stands that tells it."""

    intervention: str
    comparator: str
    outcome: str
    told: str
    span: tuple[int, int]


def read_superiority(text: str, outcome: str = "") -> Superiority | None:
    """Read a claim of superiority; None where it is none.

    :param outcome: the outcome's name without its time frame, where it is known
    """
    match = _CLAIM.fullmatch(text)
    if match is None:
        return None
    told = match.start("told") - 3, match.end("told")
    names = match["given"], match["against"], outcome or match["outcome"]
    return Superiority(*names, match["told"].split()[0], told)


def superiority_compared(
    claim: Reading, record: Reading, frame: Mapping[str, str]
) -> Comparison | None:
    """Return what holds of a claim of superiority; None of any other."""
    own = [s for s in claim.sentences if s.start < s.end]
    if len(own) != 1:
        return None
    text = claim.text[own[0].start : own[0].end]
    said = read_superiority(text, frame.get("outcome", ""))
    if said is None:
        return None
    sides = learn_sides(said.intervention, said.comparator, said.outcome, record)
    effect = read_effects(record, outcome_of(said.outcome, record), sides)
    described = features(said, effect, record)
    described |= report_signs(
        claim, (said.intervention, said.comparator, said.outcome), record, sides
    )
    scores = {label: _score(label, described) for label in LABELS}
    label = max(LABELS, key=lambda name: scores[name])
    span = said.span[0] + own[0].start, said.span[1] + own[0].start
    return _told(label, span, claim, effect, record)


def features(said: Superiority, effect: Effect | None, record: Reading) -> dict[str, float]:
    """Describe what a record tells of an effect, for the weights."""
    given, against = _named(said.intervention, record), _named(said.comparator, record)
    outcome = _named(said.outcome, record)
    ends = [s for s in record.sentences if s.part is Part.CONCLUSIONS] or record.sentences[-2:]
    found = {
        "one": 1.0, "given": given, "against": against, "outcome": outcome,
        "all-named": given * against * outcome, "outcome-whole": float(outcome > _WHOLE),
        "given-whole": float(given > _WHOLE), "against-whole": float(against > _WHOLE),
        "ends-null": float(any(c.kind == "null" for s in ends for c in s.cues)),
        "ends-better": float(any(c.kind == "better" for s in ends for c in s.cues)),
        "no-harm": float(said.told != "superior"),
    }  # fmt: skip
    if effect is None:
        return found | {"silent": 1.0}
    best = record.sentences[effect.passages[0].sentence]
    top = [record.sentences[p.sentence] for p in effect.passages[:_EVIDENCE]]
    return found | {
        "covered": effect.covered, "thin": float(effect.covered < _THIN),
        "null": effect.ways[2], "moved": max(effect.ways[:2]),
        "null-covered": effect.ways[2] * effect.covered,
        "moved-covered": max(effect.ways[:2]) * effect.covered,
        "borne-out": float(borne_out(best)), "denied": float(denied(best)),
        "null-named": effect.ways[2] * outcome, "moved-named": max(effect.ways[:2]) * outcome,
        "covered-named": effect.covered * given,
        "borne-out-near": sum(map(borne_out, top)) / len(top),
        "denied-near": sum(map(denied, top)) / len(top),
    }  # fmt: skip


def _named(name: str, record: Reading) -> float:
    """Return how much of a name's content the record has, by rarity."""
    read = read_claim(name, 0, len(name), record)
    soft = soft_keys(read, record)
    keys = {soft[k]: 1.0 for s in read.sentences for k in s.keys}
    return coverage(keys, frozenset(k for k in record.rarity if k), record)


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    table: dict[str, dict[str, float]] = {label: {} for label in LABELS}
    for label, feature, weight in rows("superiority_weights.tsv"):
        table[label][feature] = float(weight)
    return table


def _score(label: str, described: Mapping[str, float]) -> float:
    weights = _weights()[label]
    return sum(weights.get(name, 0.0) * value for name, value in described.items())


def _told(
    label: str,
    span: tuple[int, int],
    claim: Reading,
    effect: Effect | None,
    record: Reading,
) -> Comparison:
    phrase = claim.text[slice(*span)].strip()
    passages = effect.passages[:_EVIDENCE] if effect else ()
    places = [record.sentences[p.sentence] for p in passages]
    evidence = tuple((s.start, s.end) for s in places)
    at = evidence[0] if evidence else None
    if label == "supported":
        draft = SlotDraft("direction", CheckOutcome.MATCH, phrase, "a difference", span, at)
        sentence = "The record tells a difference in it."
        return Comparison(Verdict.SUPPORTED, "superiority-told", sentence, (draft,), (), evidence)
    verdict, code, rule, reason = {
        "contradicted": (Verdict.CONTRADICTED, FaultCode.WRONG_DIRECTION, "superiority-denied",
                         "tells no difference where the claim tells superiority"),
        "not_found": (Verdict.NOT_FOUND, FaultCode.UNSUPPORTED_ADDITION, "superiority-not-told",
                      "does not tell this outcome of these treatments"),
    }[label]  # fmt: skip
    outcome = CheckOutcome.MISMATCH if at else CheckOutcome.ABSENT_IN_SOURCE
    draft = SlotDraft("direction", outcome, phrase, None, span, at)
    fault = FaultDraft(code, "direction", rule, verdict, phrase, None, span, at, reason)
    sentence = f"The record {reason}."
    return Comparison(verdict, rule, sentence, (draft,), (fault,), evidence)
