"""What a record says of a part only, and a claim of the whole.

*Only in women*, *limited to the first week*, *in the subgroup with anaemia*: where the record's
finding carries such a restriction and the claim that rests on it does not, the claim is stretched.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell only in women with severe gout.")
>>> text = "Drugol reduced pain."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.found for f in restrictions(claim, record, {}, {0: 0})]
['only in women with severe gout']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.compare.draft import FaultDraft
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.lexicon import Concept, Cue

_WHOLE = re.compile(
    r"\b(?:entire|overall|whole|full) (?:cohort|population|sample|group)\b|\ball patients\b", re.I
)
_REACH = 8
_ANYONE = {"=patient", "=arm", "=trial", "=treatment"}


def restrictions(
    claim: Reading, record: Reading, soft: Mapping[str, str], pairs: Mapping[int, int]
) -> Iterator[FaultDraft]:
    """Yield restrictions of matched directions that the claim leaves out.

    :param pairs: claim fact → record fact that bears it out
    """
    said = {soft.get(k, k) for s in claim.sentences for k in s.keys}
    limited = any(c.kind == "restriction" for s in claim.sentences for c in s.cues)
    for mine, theirs in pairs.items():
        fact, other = claim.facts[mine], record.facts[theirs]
        if fact.figure is not None or fact.sense == "null" or other.sense == "null":
            continue
        for cue, names in _restricting(record.text, record.sentences[other.sentence], other):
            keys = {c.key for c in names} - _ANYONE
            told = any(f.times and f.times & fact.times for f in (other,))
            if not keys or keys & said or limited or told:
                continue
            span = cue.start, names[-1].end
            words = " ".join(record.text[slice(*span)].split())
            yield FaultDraft(
                FaultCode.OVERGENERALISED, "scope", "restriction-dropped",
                Verdict.OVERGENERALISED, fact.phrase, words, (fact.start, fact.end), span,
                f"says it {words}",
            )  # fmt: skip


def _restricting(text: str, sentence: Sentence, fact: Fact) -> Iterator[tuple[Cue, list[Concept]]]:
    """Yield the restrictions in a fact's clause, with what they name."""
    if _WHOLE.search(text, sentence.start, sentence.end):
        return  # told of everyone, too
    for cue in sentence.cues:
        if cue.kind != "restriction" or sentence.layout.clause[cue.first] != fact.clause:
            continue
        names = [
            c for c in sentence.concepts
            if cue.last < c.first <= cue.last + _REACH
            and sentence.layout.clause[c.first] == fact.clause and not _split(sentence, cue, c)
            and "," not in text[cue.end : c.start]
        ]  # fmt: skip
        if names:
            yield cue, names


def _split(sentence: Sentence, cue: Cue, concept: Concept) -> bool:
    """Whether another direction stands between: then the name belongs to that."""
    return any(
        c.kind in {"up", "down", "better", "worse", "null"} and cue.last < c.first < concept.first
        for c in sentence.cues
    )
