r"""Signs that a record reports the comparison that a claim is of, and not one beside it.

A registry's claim is often held against a paper that only serves it as background: another trial
of the drug, a protocol, work on animals. Such a paper names the words and tests nothing of them. Of
a trial's own report both names stand in the title or in one sentence of its results, its doses and
times are the claim's, and it prints tests.

>>> from kg.extract.reading import read_claim, read_record
>>> from kg.compare.sides import learn_sides
>>> text = "Drugol against placebo: a randomised trial.\nPain fell more with drugol than placebo."
>>> record = read_record(text)
>>> words = "Drugol is superior to placebo in terms of pain."
>>> claim = read_claim(words, 0, len(words), record)
>>> sides = learn_sides("drugol", "placebo", "pain", record)
>>> told = report_signs(claim, ("drugol", "placebo", "pain"), record, sides)
>>> told["given-title"], told["both-told"], told["protocol"], told["untested"]
(1.0, 1.0, 0.0, 1.0)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.compare.sides import Sides
from kg.compare.significance import borne_out, denied
from kg.compare.similarity import coverage, soft_keys
from kg.extract.reading import Reading, Sentence, read_claim
from kg.model import MentionKind, Part

_ANIMALS = re.compile(r"\b(?:mice|mouse|rats?|murine|rabbits?|dogs|pigs|in vitro)\b", re.IGNORECASE)
_TRIAL = re.compile(r"random|\btrial\b", re.IGNORECASE)
_PLAN = re.compile(r"\bprotocol\b|\brationale\b|\bdesign\b|\bbaseline characteristics\b", re.I)
_REVIEW = re.compile(r"\breview\b|meta-analysis|\bguidelines?\b|\bconsensus\b", re.IGNORECASE)
_REGISTERED = re.compile(r"\bNCT\d{6,8}\b|clinicaltrials\.gov|\bISRCTN", re.IGNORECASE)
_EARLY = re.compile(r"pharmacokinetic|healthy (?:volunteers|subjects)|\bpilot\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TESTS = {MentionKind.P_VALUE, MentionKind.INTERVAL}
_ASIDE = {Part.METHODS, Part.BACKGROUND, Part.OBJECTIVE, Part.TITLE}
_FEW = 4


def report_signs(
    claim: Reading, names: tuple[str, str, str], record: Reading, sides: Sides
) -> dict[str, float]:
    """Describe how far a record is the report of a claim's own comparison.

    :param names: of what was given, what it is compared with, and the outcome
    """
    sentences = record.sentences
    title, rest = sentences[:1], sentences[1:]
    heading = record.text[: title[0].end] if title else ""
    told = [s for s in rest if s.part not in _ASIDE]
    both = [s for s in told if len({m.side for m in sides.mentions(s)}) > 1]
    tests = sum(f.kind in _TESTS for s in sentences for f in s.figures)
    sure, null = sum(map(borne_out, told)), sum(map(denied, told))
    found = {
        "given-title": _share(names[0], record, title),
        "against-title": _share(names[1], record, title),
        "outcome-title": _share(names[2], record, title),
        "outcome-told": _share(names[2], record, told),
        "randomised": float("random" in record.text.lower()),
        "trial-title": float(bool(_TRIAL.search(heading))),
        "protocol": float(bool(_PLAN.search(heading))),
        "review": float(bool(_REVIEW.search(heading))),
        "animals": float(bool(_ANIMALS.search(record.text))),
        "early": float(bool(_EARLY.search(record.text))),
        "registered": float(bool(_REGISTERED.search(record.text))),
        "tested": min(1.0, tests / (_FEW + 1)), "untested": float(not tests),
        "both-told": float(bool(both)), "both-often": min(1.0, len(both) / (_FEW - 1)),
        "both-sure": float(any(map(borne_out, both))),
        "both-null": float(any(map(denied, both))),
        "null-share": null / (null + sure) if null + sure else 0.5,
        "sure-often": min(1.0, sure / _FEW), "null-often": min(1.0, null / _FEW),
        "results": float(any(s.part is Part.RESULTS for s in sentences)),
    }  # fmt: skip
    return found | _figures(claim, names, record)


def _figures(claim: Reading, names: Sequence[str], record: Reading) -> dict[str, float]:
    """Describe whether the numbers of the arms' names and the claim's times stand in a record."""
    mine = frozenset(n for name in names[:2] for n in _NUMBER.findall(name))
    kept = mine & frozenset(_NUMBER.findall(record.text))
    days, theirs = _days(claim), _days(record)
    return {
        "doses": len(kept) / len(mine) if mine else 1.0, "dosed": float(bool(mine)),
        "times": float(bool(days & theirs)), "other-times": float(bool(days) and not days & theirs),
    }  # fmt: skip


def _days(reading: Reading) -> frozenset[object]:
    return frozenset(f.days for s in reading.sentences for f in s.figures if f.days is not None)


def _share(name: str, record: Reading, sentences: Sequence[Sentence]) -> float:
    """Return how much of a name's content some sentences have, by rarity."""
    read = read_claim(name, 0, len(name), record)
    soft = soft_keys(read, record)
    keys = {soft[k]: 1.0 for s in read.sentences for k in s.keys}
    return coverage(keys, frozenset(k for s in sentences for k in s.keys), record)
