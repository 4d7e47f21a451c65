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
from kg.text.lexicon import Concept, Cue, function_words

_WHOLE = re.compile(
    r"\b(?:entire|overall|whole|full) (?:cohort|population|sample|group)\b|\ball patients\b", re.I
)
_BUT_NOT = re.compile(
    r"\bbut not (?:at|in|among|for|with) (?:the )?(?:[\w-]+ ){0,3}?(?:sites?|women|men|patients"
    r"|children|adults|subgroups?|cohorts?|cent(?:re|er)s?|countries|smokers|participants)\b"
)
_TAKING = re.compile(
    r"\b(?:patients|participants|people|women|men|those|children|adults|subjects)"
    r"(?: (?:who )?(?:are|were|already|currently|still|yet))*(?P<not> (?:not|never|no longer))?"
    r"(?: (?:already|currently|yet))? (?:on|taking|receiving|using|given|treated with) "
    r"(?P<what>[A-Za-z][\w-]{3,})"
)
_NAMING = 2
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


def elsewhere_not(
    claim: Reading, record: Reading, soft: Mapping[str, str], pairs: Mapping[int, int]
) -> Iterator[FaultDraft]:
    """Yield findings that the record denies of another part, and the claim tells of the whole.

    *At the northern site, but not at the southern*: a claim that names neither tells it of both.

    >>> from kg.extract.reading import read_claim, read_record
    >>> told = "Pain fell more at the northern site (9 v 4) but not at the other site."
    >>> record = read_record(told)
    >>> text = "Pain fell more (9 v 4)."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [f.found for f in elsewhere_not(claim, record, {}, {0: 0})]
    ['but not at the other site']
    """
    said = {soft.get(k, k) for s in claim.sentences for k in s.keys}
    own = {w.stem for s in claim.sentences for w in s.tokens}
    for mine, theirs in pairs.items():
        fact, other = claim.facts[mine], record.facts[theirs]
        sentence = record.sentences[other.sentence]
        for match in _BUT_NOT.finditer(record.text, other.end, sentence.end):
            span = match.span()
            part = [w for w in sentence.tokens if span[0] <= w.start < span[1]]
            parts = [
                i for i, w in enumerate(sentence.tokens)
                if w.lower == part[-1].lower and w.end < span[0]
            ]  # fmt: skip
            before = (w.stem for i in parts for w in sentence.tokens[max(0, i - _NAMING) : i])
            named = {stem for stem in before if stem not in function_words()}
            left_out = {m.start for m in sentence.groups if span[0] <= m.start < span[1]}
            other_part = {w.stem for w in part[1:]} - function_words()
            if not parts or left_out or (named | other_part) & own or part[-1].stem in said:
                continue
            words = " ".join(record.text[slice(*span)].split())
            yield FaultDraft(
                FaultCode.OVERGENERALISED, "scope", "denied-elsewhere", Verdict.OVERGENERALISED,
                fact.phrase, words, (fact.start, fact.end), span, f"says it “{words}”",
            )  # fmt: skip
            return


def told_of_untreated(
    claim: Reading, record: Reading, pairs: Mapping[int, int]
) -> Iterator[FaultDraft]:
    """Yield people told to take what the record's sentence says that they do not take.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Among patients not on tabrol, drugol lowered relapse (10% v 32%).")
    >>> text = "In patients on tabrol, drugol lowered relapse (10% v 32%)."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> pairs = {i: i for i in range(len(claim.facts))}
    >>> [(f.claimed, f.found) for f in told_of_untreated(claim, record, pairs)]
    [('patients on tabrol', 'patients not on tabrol')]
    """
    sentences = {record.facts[theirs].sentence for theirs in pairs.values()}
    for said in claim.sentences:
        for match in _TAKING.finditer(claim.text, said.start, said.end):
            if match["not"]:
                continue
            for index in sorted(sentences):
                best = record.sentences[index]
                for other in _TAKING.finditer(record.text, best.start, best.end):
                    if other["not"] and other["what"].lower() == match["what"].lower():
                        yield FaultDraft(
                            FaultCode.POPULATION_MISMATCH, "population", "told-of-untreated",
                            Verdict.MISATTRIBUTED, match.group(), other.group(), match.span(),
                            other.span(), f"tells it of “{other.group()}”",
                        )  # fmt: skip
                        return


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
