"""A value that the record prints, but for another group, time, comparison or outcome.

Only what both texts tie firmly to different slots is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from kg.compare.absent import is_population
from kg.compare.comparisons import told_as
from kg.compare.draft import FaultDraft
from kg.compare.labelled_elsewhere import labelled_elsewhere
from kg.compare.labels import told_of_another
from kg.compare.one_arm import may_be_one
from kg.compare.similarity import coverage, times_meet
from kg.compare.slots import Candidate, named, told
from kg.compare.turns import is_turn
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading, Sentence
from kg.extract.when import ALL_TIMES, says_when
from kg.model import Comparison, FaultCode, MentionKind, Part, Verdict
from kg.text.lexicon import Concept, broader, categories

_PAIR = 2
_OWN = 0.12
_BY = 0.3
_OUTCOMES = {"condition", "outcome"}
_GIVEN = {"on", "receiving", "taking", "given", "injecting"}
_BESIDE = re.compile(
    r" (?:[a-z]+ )?(?:and|or|versus|vs\.?|than|compared (?:with|to)|over|to) "
    r"(?:the |a |an |with |in |on |those |given |receiving )*"
)
_PLACES = {
    Part.CAPTION: "figure captions", Part.RESULTS: "results", Part.METHODS: "methods",
    Part.CONCLUSIONS: "conclusions", Part.ABSTRACT: "abstract",
}  # fmt: skip
_OF_OUTCOMES = {MentionKind.PERCENT, MentionKind.EFFECT}
_MEASURED = {
    MentionKind.PERCENT, MentionKind.MEASURE, MentionKind.EFFECT, MentionKind.NUMBER,
    MentionKind.COUNT, MentionKind.P_VALUE,
}  # fmt: skip


def conflicts_on_slots(fact: Fact, other: Fact) -> bool:
    """Whether two facts name another group or another time, however loosely."""
    group = bool(fact.groups and other.groups and not fact.groups & other.groups)
    time = bool(
        fact.times and other.times and ALL_TIMES not in fact.times | other.times
        and not times_meet(fact.times, other.times)
    )  # fmt: skip
    return group or time


def conflicts(fact: Fact, other: Fact, record: Reading) -> bool:
    """Whether both texts tie their figure firmly to another group, or to another time."""
    return _group_conflict(fact, other, record) or _time_conflict(fact, other)


def _group_conflict(fact: Fact, other: Fact, record: Reading) -> bool:
    """Both texts tie the figure to a group of their own, and not to the same one."""
    if not (fact.groups and other.groups and fact.firmly and other.firmly):
        return False
    both = fact.figure is not None and fact.figure.kind is MentionKind.P_VALUE
    of_all = POOLED not in other.groups or len(fact.groups) >= _PAIR
    if both and of_all and other.comparison is Comparison.BETWEEN_GROUPS:
        return False  # the p of a comparison is of both its groups
    if any(_is_of_comparison(f) for f in (fact, other)) or is_dose_of_drug(fact, other, record):
        return False
    if POOLED in other.groups:
        return POOLED not in fact.groups and fact.figure is not None
    if POOLED in fact.groups:
        return False
    mine, theirs = fact.groups - other.groups, other.groups - fact.groups
    if fact.groups & other.groups and not (mine and theirs):
        return False  # one of them is told of a group more
    if may_be_one(mine, theirs, record):
        return False
    return _are_set_apart(mine, theirs, other, record)


def _are_set_apart(
    mine: frozenset[str], theirs: frozenset[str], other: Fact, record: Reading
) -> bool:
    """Whether the record's sentence, or one that it is told with, names the claim's group, too.

    Of two names that never stand together, one may be another name of the same arm; not so if one
    sentence gives a figure of a kind for each.
    """
    if mine | theirs in _pairs(record) | _joined(record):
        return True
    near = record.sentences[max(0, other.sentence - 1) : other.sentence + 2]
    named = {key for s in near for m in s.groups for key in m.keys}
    return bool(mine & named)


@lru_cache(maxsize=8)
def _pairs(record: Reading) -> frozenset[frozenset[str]]:
    """Return the pairs of groups that a sentence gives figures of one kind for, one each."""
    by_place: dict[tuple[int, MentionKind], set[str]] = {}
    for fact in record.facts:
        if fact.figure is not None and fact.firmly and len(fact.groups) == 1:
            place = fact.sentence, fact.figure.kind
            by_place.setdefault(place, set()).update(fact.groups - {POOLED})
    return frozenset(frozenset(keys) for keys in by_place.values() if len(keys) == _PAIR)


@lru_cache(maxsize=8)
def _joined(record: Reading) -> frozenset[frozenset[str]]:
    """Return the pairs of groups that stand beside each other: ``garlic or anethum``."""
    found = set()
    for sentence in record.sentences:
        for one, two in pairwise(sentence.groups):
            gap = record.text[one.end : two.start].lower()
            keys = one.keys | two.keys
            if len(keys) == _PAIR and POOLED not in keys and _BESIDE.fullmatch(gap):
                found.add(frozenset(keys))
    return frozenset(found)


def is_dose_of_drug(one: Fact, two: Fact, record: Reading) -> bool:
    """Whether one fact names an arm by its dose, and the other by a drug: they may be one arm."""
    drugs = {g.key for g in record.lexicon.groups if g.dose is None and not g.control}
    doses = {g.key for g in record.lexicon.groups if g.dose is not None and not g.control}
    pairs = (one, two), (two, one)
    return any(
        a.groups <= doses and b.groups <= drugs and not b.groups & a.reference for a, b in pairs
    )


def _is_of_comparison(fact: Fact) -> bool:
    """Whether a p-value stands behind what is compared with: ``less than with X (p = .04)``."""
    kind = fact.figure.kind if fact.figure else None
    return kind is MentionKind.P_VALUE and bool(fact.reference) and fact.groups <= fact.reference


def _time_conflict(fact: Fact, other: Fact) -> bool:
    if not fact.times or not other.times or ALL_TIMES in fact.times | other.times:
        return False
    figure = fact.figure
    if figure is not None and figure.kind in {MentionKind.TIME, MentionKind.AGE, MentionKind.DOSE}:
        return False
    return not times_meet(fact.times, other.times)


def misplaced(
    fact: Fact, other: Fact, candidates: Sequence[Candidate], record: Reading
) -> FaultDraft | None:
    """Return the fault of a value that is another group's, time's or comparison's."""
    if _group_conflict(fact, other, record) and not _is_when(other, record):
        own = _own_value(fact, other, candidates, record)
        mine, theirs = named(fact.groups, None, record), named(other.groups, other, record)
        place = _PLACES.get(record.sentences[own.sentence].part, "text") if own else ""
        instead = f"; for {mine} it gives {own.phrase}, in its {place}" if own else ""
        return FaultDraft(
            FaultCode.WRONG_GROUP, "group", "value-of-another-group", Verdict.MISATTRIBUTED,
            mine, theirs, (fact.start, fact.end), (other.start, other.end),
            f"gives {other.phrase} for {theirs}, not for {mine}{instead}",
            (own.start, own.end) if own else None,
        )  # fmt: skip
    if _time_conflict(fact, other):
        return FaultDraft(
            FaultCode.WRONG_TIME, "time", "value-of-another-time", Verdict.MISATTRIBUTED,
            told(fact.times), told(other.times), (fact.start, fact.end), (other.start, other.end),
            f"gives {other.phrase} at {told(other.times)}, not at {told(fact.times)}",
        )  # fmt: skip
    if (
        fact.comparison is not None
        and other.comparison is not None
        and fact.comparison is not other.comparison
        and record.sentences[other.sentence].part is not Part.TITLE
    ):
        kinds = {"within_group_vs_baseline": "a group with its own baseline",
                 "between_groups": "groups with each other"}  # fmt: skip
        return FaultDraft(
            FaultCode.COMPARISON_MISMATCH, "comparison", "value-of-another-comparison",
            Verdict.MISATTRIBUTED, fact.comparison.value, other.comparison.value,
            (fact.start, fact.end), (other.start, other.end),
            f"compares {kinds[other.comparison.value]} where it prints {other.phrase}",
        )  # fmt: skip
    return None


def miscompared(fact: Fact, own: Fact, claim: Reading, record: Reading) -> FaultDraft | None:
    """Return the fault of a change told as a difference between groups, or the reverse."""
    found = told_as(fact, own, claim, record)
    if found is None:
        return None
    said, told_in_record = found
    return FaultDraft(
        FaultCode.COMPARISON_MISMATCH, "comparison", "change-and-difference-confused",
        Verdict.MISATTRIBUTED, said, told_in_record, (fact.start, fact.end), (own.start, own.end),
        f"gives {own.phrase} as {told_in_record}, not as {said}",
    )  # fmt: skip


def change_told_as_arms(fact: Fact, own: Fact) -> FaultDraft:
    """Return the fault of a group's change that is told as the values of two groups."""
    return FaultDraft(
        FaultCode.COMPARISON_MISMATCH, "comparison", "change-told-as-arms", Verdict.MISATTRIBUTED,
        fact.phrase, own.phrase, (fact.start, fact.end), (own.start, own.end),
        f"gives {own.phrase} as part of one group's change, not as another group's value",
    )  # fmt: skip


def _as_precise(one: Fact, two: Fact) -> bool:
    """Whether both figures are printed with decimals, or neither is."""
    first, second = one.figure, two.figure
    if first is None or second is None or first.value is None or second.value is None:
        return False
    places = [f.value.as_tuple().exponent == 0 for f in (first, second) if f.value is not None]
    return places[0] == places[1] and first.kind is second.kind


def mislabelled(
    fact: Fact,
    own: Fact,
    candidates: Sequence[Candidate],
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
) -> FaultDraft | None:
    """Return the fault of a value that the claim puts beside its neighbour's label."""
    if fact.figure is None or fact.figure.kind not in _MEASURED:
        return None
    bare = fact.figure.kind is MentionKind.COUNT and fact.figure.total is None
    if bare and len(claim.sentences[fact.sentence].figures) > 1:
        return None
    alike = [c.fact for c in candidates if _as_precise(c.fact, own)]
    found = told_of_another(fact, own, alike, claim, record, soft)
    found = found or (None if bare else labelled_elsewhere(fact, own, claim, record, soft))
    if found is None:
        return None
    if bare and not any(categories().get(key) in _OUTCOMES for key in found[1]):
        return None
    other, keys = found
    arms = any(key.startswith("#") or categories().get(key) == "intervention" for key in keys)
    arms = arms or any(
        m.start <= c.start < m.end and c.key in keys
        for m in record.sentences[other.sentence].groups
        for c in record.sentences[other.sentence].concepts
    )
    code, slot = (
        (FaultCode.WRONG_GROUP, "group") if arms else (FaultCode.OUTCOME_MISMATCH, "outcome")
    )
    return FaultDraft(
        code, slot, "value-beside-anothers-label", Verdict.MISATTRIBUTED, fact.phrase, other.phrase,
        (fact.start, fact.end), (own.start, own.end),
        f"gives {own.phrase} for something else; there it gives {other.phrase}",
        (other.start, other.end),
    )  # fmt: skip


def of_another_outcome(
    fact: Fact, own: Fact, claim: Reading, record: Reading, soft: Mapping[str, str]
) -> FaultDraft | None:
    """Return the fault of a value that the claim tells of one named outcome, the record of another.

    Named are the outcomes and conditions of the lexicon; the record's sentence, or the one before,
    has none of those that stand by the claim's figure, and names another itself.
    """
    if fact.figure is None or fact.figure.kind not in _MEASURED:
        return None
    if fact.figure.kind is MentionKind.COUNT and fact.figure.total is None:
        return None  # how many people there were
    named = {k: w for k, w in fact.context.items() if categories().get(k) in _OUTCOMES}
    told = {k for k, w in named.items() if w >= _BY}
    if not told and fact.figure.kind in _OF_OUTCOMES:
        nearest = max(named, key=lambda k: (named[k], k), default="")
        told = {nearest} if categories().get(nearest) == "outcome" else set()
    told -= _of_patients(claim, fact) | _of_all(record) | _given(claim, fact)
    near = record.sentences[max(0, own.sentence - 1) : own.sentence + 1]
    if any(categories().get(k) in _OUTCOMES and w >= _BY for k, w in own.context.items()):
        near = near[-1:]  # it names its own outcome
    keys = {key for s in near for key in s.keys} | record.sentences[own.sentence].heading
    kin = {wide for key in keys for wide in broader(key)} | keys
    if not told or any(soft.get(k, k) in kin or broader(k) & keys for k in told):
        return None
    here = record.sentences[own.sentence]
    other = [
        c for c in here.concepts
        if categories().get(c.key) in _OUTCOMES
        and (own.context.get(c.key, 0.0) >= _BY or _names_its_own(fact, claim, told))
    ]  # fmt: skip
    stems = {w.stem for s in near for w in s.tokens}
    mine = claim.sentences[fact.sentence]
    said = [c for c in mine.concepts if c.key in told]
    printed = any(all(w.stem in stems for w in mine.tokens[c.first : c.last + 1]) for c in said)
    printed = printed or any(_initials(c, mine) in _capitals(here, record) for c in said)
    if not other or not said or printed or _share_a_name(told, {c.key for c in other}):
        return None
    name, found = (
        claim.text[said[0].start : said[0].end],
        record.text[other[0].start : other[0].end],
    )
    return FaultDraft(
        FaultCode.OUTCOME_MISMATCH, "outcome", "value-of-another-outcome", Verdict.MISATTRIBUTED,
        name, found, (fact.start, fact.end), (own.start, own.end),
        f"gives {own.phrase} for {found}, not for {name}",
    )  # fmt: skip


def _given(claim: Reading, fact: Fact) -> frozenset[str]:
    """Return what names what people were given, ``on basal-bolus insulin``, or is a turn."""
    sentence = claim.sentences[fact.sentence]
    return frozenset(
        c.key for c in sentence.concepts
        if _GIVEN & {w.lower for w in sentence.tokens[max(0, c.first - 3) : c.first]}
        or is_turn(c.key, claim.text, c.start, c.end)
    )  # fmt: skip


def _initials(concept: Concept, sentence: Sentence) -> str:
    """Return the initials of a name of several words: PE of *pulmonary embolism*."""
    words = sentence.tokens[concept.first : concept.last + 1]
    return "".join(w.lower[0] for w in words).upper() if len(words) > 1 else "-"


def _capitals(sentence: Sentence, record: Reading) -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z]{2,6}\b", record.text[sentence.start : sentence.end]))


def _names_its_own(fact: Fact, claim: Reading, told: set[str]) -> bool:
    """Whether the claim's figure has its outcome in its own name: ``HR for stroke was 0.45``."""
    return any(
        c.key in told and fact.start < c.start < fact.end
        for c in claim.sentences[fact.sentence].concepts
    )


def _share_a_name(some: set[str], others: set[str]) -> bool:
    """Whether one is part of another's name: *progression* of *progression-free survival*."""
    names = {key.removeprefix("=") for key in some}, {key.removeprefix("=") for key in others}
    return any(a in b or b in a for a in names[0] for b in names[1])


def _of_patients(claim: Reading, fact: Fact) -> frozenset[str]:
    """Return the conditions that only say who the patients are: ``myeloma patients``."""
    sentence = claim.sentences[fact.sentence]
    return frozenset(c.key for c in sentence.concepts if is_population(c, sentence))


@lru_cache(maxsize=8)
def _of_all(record: Reading) -> frozenset[str]:
    """Return the conditions that a record's title names: its patients have them."""
    titles = (s for s in record.sentences if s.part is Part.TITLE)
    return frozenset(k for s in titles for k in s.keys if categories().get(k) == "condition")


def _is_when(other: Fact, record: Reading) -> bool:
    """Whether a figure is a time that says when, or the only time of its sentence: every arm's."""
    if other.figure is None or other.figure.kind is not MentionKind.TIME:
        return False
    sentence = record.sentences[other.sentence]
    alone = sum(f.kind is MentionKind.TIME for f in sentence.figures) == 1
    return alone or says_when(other.figure, record.text, sentence)


def _own_value(
    fact: Fact, found: Fact, candidates: Sequence[Candidate], record: Reading
) -> Fact | None:
    """Return what is printed for the claimed group and time, of the found figure's outcome."""
    found_kin: list[tuple[float, int, Fact]] = []
    for candidate in candidates:
        other = candidate.fact
        meets = (
            times_meet(fact.times, other.times) if fact.times and other.times else not fact.times
        )
        if other.groups == fact.groups and meets and other.firmly:
            found_kin.append((kin(found, other, record), -candidate.position, other))
    best = max(found_kin, default=None, key=lambda k: k[:2])
    return best[2] if best and best[0] >= _OWN else None


def kin(one: Fact, two: Fact, record: Reading) -> float:
    """Return how much of one fact's context another has: whether both are of one outcome."""
    return coverage(one.context, two.context, record)
