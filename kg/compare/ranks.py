"""A group told to have had the most or the least of something, against the groups' own values.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "Infants received low-dose vaccine, high-dose vaccine or placebo. Fever occurred in 21% of "
...     "the low-dose group, 34% of the high-dose group and 9% of the placebo group."
... )
>>> text = "Fever was most common in the low-dose group."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in misranked(claim, record, {})]
[('most common', '34%')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.compare.draft import FaultDraft
from kg.compare.similarity import ANY_TRIAL
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import FaultCode, MentionKind, Verdict
from kg.text.lexicon import Cue

_MOST = {"highest", "greatest", "largest", "longest", "most common", "most frequent", "commonest"}
_LEAST = {"lowest", "smallest", "shortest", "least common", "least frequent", "rarest"}
_VALUED = {MentionKind.PERCENT, MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.COUNT}
_SPOKEN = 0.3
_LISTED = 0.1  # what a list tells of stands far from its last members
_FEWEST = 2


def misranked(claim: Reading, record: Reading, soft: Mapping[str, str]) -> Iterator[FaultDraft]:
    """Yield groups that a claim ranks first or last where the record's values rank another so.

    :param soft: key of the claim → key of the record that it meets
    """
    for sentence in claim.sentences:
        for cue in sentence.cues:
            if cue.kind != "superlative" or cue.phrase not in _MOST | _LEAST:
                continue
            group = _ranked(sentence, cue)
            told = {soft.get(k, k) for k in sentence.keys} - ANY_TRIAL
            firsts = list(_firsts(record, told, cue.phrase in _MOST, group)) if group else []
            if not group or not firsts or any(first.groups == group for first in firsts):
                continue
            first = firsts[0]
            name = record.lexicon.label(first.groups)
            yield FaultDraft(
                FaultCode.WRONG_GROUP, "group", "another-ranks-so", Verdict.CONTRADICTED,
                cue.phrase, first.phrase, (cue.start, cue.end), (first.start, first.end),
                f"gives the {cue.phrase} value for {name} ({first.phrase})",
            )  # fmt: skip


def _ranked(sentence: Sentence, cue: Cue) -> frozenset[str]:
    """Return the one group that a superlative is told of; none where several are named."""
    clause = sentence.layout.clause[cue.first]
    named = {
        m.keys for m in sentence.groups
        if sentence.layout.clause[sentence.word_at(m.start)] == clause and POOLED not in m.keys
    }  # fmt: skip
    only = next(iter(named)) if len(named) == 1 else frozenset[str]()
    return only if len(only) == 1 else frozenset()


def _firsts(record: Reading, told: set[str], most: bool, group: frozenset[str]) -> Iterator[Fact]:
    """Yield, of each sentence that gives groups' values of what is told, the highest or lowest."""
    series: dict[tuple[int, str, str | None], dict[frozenset[str], Fact]] = {}
    for fact in record.facts:
        figure = fact.figure
        if figure is None or figure.kind not in _VALUED or figure.value is None or figure.upper:
            continue
        near = any(fact.context.get(key, 0.0) >= _LISTED for key in told)
        if near and fact.firmly and len(fact.groups) == 1 and POOLED not in fact.groups:
            key = fact.sentence, figure.kind.value, figure.unit
            series.setdefault(key, {}).setdefault(fact.groups, fact)
    for values in series.values():
        spoken = any(f.context.get(k, 0.0) >= _SPOKEN for f in values.values() for k in told)
        if len(values) < _FEWEST or group not in values or not spoken:
            continue
        first = (max if most else min)(values.values(), key=_value)
        ties = [f for f in values.values() if _value(f) == _value(first)]
        yield first if len(ties) == 1 else values[group]


def _value(fact: Fact) -> float:
    return float(fact.figure.value) if fact.figure and fact.figure.value is not None else 0.0
