"""Listed values handed out to listed groups or times, in order.

*Respectively* and ``A versus B (x versus y)`` say that the first value is the first group's, the
second the second's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kg.extract.groups import POOLED, GroupMention
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Sentence
from kg.model import MentionKind

RESULT_KINDS = {
    MentionKind.P_VALUE, MentionKind.INTERVAL, MentionKind.EFFECT, MentionKind.PERCENT,
    MentionKind.COUNT, MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.SAMPLE_SIZE,
}  # fmt: skip
_PAIR = 2
_NEAR = 4
_COMPARING = {"than", "versus", "vs", "against", "over", "compared", "comparison"}
_BRACKETED = re.compile(
    r"[;,]? ?9[059] ?% ?ci?,?:? ?[-−]?[\d.]+ ?%? ?(?:to|-|–|,) ?[-−]?[\d.]+ ?%?"
    r"|\[[^\]]{0,40}\]|\([^)]{0,40}\)|±\s?[\d.]+|\d+ ?/ ?\d+|\d[\d.]*\s?%|%"
)
_UNIT_WORDS = re.compile(
    r"^(?:percentage )?(?:points?|degrees?|beats|events|patients|cases|women|men|mm|mg/dl|mmol/l"
    r"|mmhg|seconds?|s|minutes?)\b"
)
_VERSUS = re.compile(
    r"\b(?:vs\.?|versus|v|compared with|compared to|against|rather than|as opposed to|instead of)"
    r"(?=\s|$|[\d−-])"
)
_ONE_NAME = re.compile(r"\s(?:[\d.,]+\s?(?:mg|µg|μg|g|mL|ml|IU)(?:/kg|/d|/day)?\s)?")
_NESTED = re.compile(r"^[\])] ?(vs\.?|versus|and|or) \d[\d,]* ?[\[(]$")  # 45 [45%] vs 30 [30%]
_JOINING = (
    "and", "vs.", "vs", "versus", "or", "v", "compared with", "compared to", "as against",
    "against", "rather than", "as opposed to", "instead of",
)  # fmt: skip


def hand_out(
    text: str,
    sentence: Sentence,
    facts: Sequence[Fact],
    turned_round: bool,
    both: frozenset[str] = frozenset(),
) -> list[Fact]:
    """Return the facts, the listed ones bound to their own group or time.

    :param turned_round: whether the sentence names first what it compares with
    :param both: the keys of the record's groups, if they are two
    """
    found = list(facts)
    respectively = "respectively" in text[sentence.start : sentence.end].lower()
    for run in _runs(text, found, respectively):
        groups = _compared_groups(text, sentence, [found[i] for i in run], both)
        groups = groups or _listed_groups(sentence, len(run), turned_round, found[run[0]].reference)
        times = _listed_times(sentence, len(run)) if respectively else []
        for order, index in enumerate(run):
            if groups:
                several = not times and _several_times(sentence, found[index])
                found[index] = replace(
                    found[index], groups=groups[order], firmly=bool(groups[order]),
                    times=frozenset() if several else found[index].times,
                )  # fmt: skip
            elif times:
                found[index] = replace(found[index], times=frozenset({times[order]}))
            elif not respectively and len({found[i].groups for i in run}) == 1:
                found[index] = replace(found[index], firmly=False)  # one of them is another's
            elif _several_times(sentence, found[index]):
                found[index] = replace(found[index], times=frozenset())
    return found


def carried(text: str, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts, with a series' times or groups where it has them from a sentence before.

    ``At 2 and 4 weeks pain fell by 3% and 5%, respectively. Grip rose by 7% and 9%, respectively.``
    """
    found = list(facts)
    times: list[Decimal] = []
    groups: list[frozenset[str]] = []
    here: dict[int, list[int]] = {}
    for index, fact in enumerate(found):
        here.setdefault(fact.sentence, []).append(index)
    for sentence in sentences:
        respectively = "respectively" in text[sentence.start : sentence.end].lower()
        own = [f.days for f in sentence.figures if f.days is not None]
        named = [m.keys for m in sentence.groups if len(m.keys) == 1 and POOLED not in m.keys]
        if own or named or not respectively:
            times = own if respectively else []
            groups = list(dict.fromkeys(named)) if len(set(named)) > 1 else groups
            continue
        told = here.get(sentence.index, [])
        for run in _runs(text, [found[i] for i in told], True):
            for day, place in zip(times, run if len(run) == len(times) else (), strict=False):
                found[told[place]] = replace(found[told[place]], times=frozenset({day}))
            for keys, place in zip(groups, run if len(run) == len(groups) else (), strict=False):
                found[told[place]] = replace(found[told[place]], groups=keys, firmly=True)
    return found


def _runs(text: str, facts: Sequence[Fact], respectively: bool) -> Iterator[list[int]]:
    """Yield runs of figures of one kind that a list or a ``versus`` joins."""
    kinds = dict.fromkeys(f.figure.kind for f in facts if f.figure is not None)
    for kind in [k for k in kinds if k in RESULT_KINDS or k is MentionKind.TIME]:
        run: list[int] = []
        for index, fact in enumerate(facts):
            if fact.figure is None or fact.figure.kind is not kind:
                continue
            if run and _joined(text, facts[run[-1]], fact):
                run.append(index)
                continue
            if _is_run(text, run, facts, respectively and kind in RESULT_KINDS):
                yield run
            run = [index]
        if _is_run(text, run, facts, respectively and kind in RESULT_KINDS):
            yield run


def _joined(text: str, one: Fact, two: Fact) -> bool:
    if one.figure is None or two.figure is None or one.figure.kind is not two.figure.kind:
        return False
    gap = _BRACKETED.sub(" ", text[one.end : two.start].lower()).strip(" ,;-−–")
    gap = _UNIT_WORDS.sub(" ", gap).strip(" ,;-")
    gap = _NESTED.sub(r"\1", gap)
    for word in _JOINING:
        gap = gap.removeprefix(word).strip(" ,;-")
    return gap in {"", "p =", "p=", "by", "a mean of"}


def _is_run(text: str, run: Sequence[int], facts: Sequence[Fact], respectively: bool) -> bool:
    if len(run) < _PAIR:
        return False
    gap = text[facts[run[0]].end : facts[run[1]].start].lower()
    return respectively or (len(run) == _PAIR and bool(_VERSUS.search(gap)))


def _several_times(sentence: Sentence, fact: Fact) -> bool:
    """Whether the times that a sentence names may be what it compares."""
    days = {f.days for f in sentence.figures if f.days is not None and f.end <= fact.start}
    return len(days) > 1 and len(fact.times) <= 1


def _compared_groups(
    text: str, sentence: Sentence, run: Sequence[Fact], both: frozenset[str]
) -> list[frozenset[str]]:
    """Hand ``(x and y vs z)`` out to the clause's subjects and what they are compared with.

    What stands before the ``vs`` is the subjects', in their order; what follows, the reference's.
    """
    gaps = [text[one.end : two.start].lower() for one, two in pairwise(run)]
    turns = [i for i, gap in enumerate(gaps) if _VERSUS.search(gap)]
    if len(turns) != 1:
        return []
    here = _before(text, sentence, run[0])
    reference = run[0].reference
    subjects = list(dict.fromkeys(m.keys for m in here if not m.keys & reference))
    references = list(dict.fromkeys(m.keys for m in here if m.keys <= reference))
    before, after = turns[0] + 1, len(run) - turns[0] - 1
    if not here and len(run[0].groups) == 1 and run[0].groups < both:
        # "stay was shorter with A than with B, and pain was rarer (4 v 7)": A is still meant
        opening = [m for m in sentence.groups if m.keys < both and m.start < run[0].start]
        subjects = [opening[0].keys] if opening and _leads(sentence, opening[0]) else []
    if not references and len(subjects) == 1 and before == after == 1:
        other = both - subjects[0] if subjects[0] < both else frozenset[str]()
        return [subjects[0], other]  # "the drug group had less pain (4 v 7)"
    if len(references) != after or len(subjects) != before:
        return []
    return [*subjects, *references]


def _leads(sentence: Sentence, mention: GroupMention) -> bool:
    """Whether a group is what a sentence tells of, and not what it compares that with."""
    at = sentence.word_at(mention.start)
    before = [w.lower for w in sentence.tokens[max(0, at - _NEAR) : at]]
    return not _COMPARING & set(before) and ("relative", "to") not in pairwise(before)


def _before(text: str, sentence: Sentence, first: Fact) -> list[GroupMention]:
    """Return the groups that a run's clause names outside brackets; a drug and its dose are one."""
    layout = sentence.layout
    here: list[GroupMention] = []
    for mention in sentence.groups:
        at = sentence.word_at(mention.start)
        if layout.clause[at] != first.clause or layout.bracket[at] or POOLED in mention.keys:
            continue
        if mention.start > first.start:
            break
        if here and _ONE_NAME.fullmatch(text, here[-1].end, mention.start):
            here.pop()
        here.append(mention)
    return here


def _listed_groups(
    sentence: Sentence, size: int, turned_round: bool, reference: frozenset[str]
) -> list[frozenset[str]]:
    """Return as many single groups as there are values, in the order of the list."""
    ordered: list[frozenset[str]] = []
    for mention in sentence.groups:
        if len(mention.keys) == 1 and POOLED not in mention.keys and mention.keys not in ordered:
            ordered.append(mention.keys)
    if len(ordered) > size:
        ordered = [keys for keys in ordered if not keys & reference]
    if len(ordered) != size:
        return []
    return ordered[::-1] if size == _PAIR and turned_round else ordered


def _listed_times(sentence: Sentence, size: int) -> list[Decimal]:
    days = [f.days for f in sentence.figures if f.days is not None]
    return days if len(days) == size else []


def compared(sentence: Sentence, opens: int, figure: Figure | None) -> frozenset[str]:
    """Return the two groups that the only p of a sentence compares: ``x in A and y in B (p = …)``.

    :param opens: position of the word that the p's bracket hangs on
    """
    if figure is None or figure.kind is not MentionKind.P_VALUE:
        return frozenset()
    if sum(f.kind is MentionKind.P_VALUE for f in sentence.figures) > 1:
        return frozenset()
    named = [m for m in sentence.groups if sentence.word_at(m.start) <= opens]
    keys = frozenset(key for m in named for key in m.keys)
    kinds = [
        f.kind
        for f in sentence.figures
        if (f.kind in RESULT_KINDS or f.kind is MentionKind.TIME)
        and sentence.word_at(f.start) <= opens
        and not any(m.start <= f.start < m.end for m in named)
    ]
    two = len(keys) == _PAIR and POOLED not in keys
    return keys if two and any(kinds.count(kind) == _PAIR for kind in kinds) else frozenset()
