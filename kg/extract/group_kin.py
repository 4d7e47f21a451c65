"""Two names of one group united: ``matching placebo``, ``group I (10 mg)``, ``A plus C`` beside A.

A longer label is the shorter one's group if it only describes it, and if no other group shares the
part that both have; what sets groups apart (*high*, *early*, *plus B* against B's absence) stays.

>>> from kg.extract.group import LearnedGroup
>>> def group(label, start): return LearnedGroup(label, label, start, start + len(label), (label,))
>>> text = "oral drugol or matching placebo. Drugol helped, placebo did not."
>>> found = [group("oral drugol", 0), group("matching placebo", 15), group("drugol", 33)]
>>> [g.label for g in united([*found, group("placebo", 48)], text)]
['drugol', 'placebo']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.group import LearnedGroup
from kg.extract.group_labels import HEAD
from kg.text.tokens import stem

_PLUS = {"plus", "with", "and", "add", "combin"}
_TELLS_APART = {
    "high", "higher", "highest", "low", "lower", "lowest", "mid", "middle", "medium", "early",
    "late", "delayed", "immediate", "short", "long", "standard", "usual", "conventional", "no",
    "non", "not", "without", "un", "modified", "intensive", "intensified", "enhanced", "extended",
    "single", "double", "triple", "dual", "first", "second", "third", "alone", "only", "half",
    "full", "partial", "fixed", "active", "sham", "placebo", "control", "younger", "older", "new",
    "weekly", "monthly", "daily", "concurrent", "sequential", "other", "more",
    "less", "prior", "previous", "delay", "continued", "continuous", "intermittent", "brief",
    "individual", "group", "home", "supervised", "generic", "branded", "combined", "adjuvant",
}  # fmt: skip
_CODED = re.compile(r"(?:group|arm|cohort|treatment|regimen|sequence|schedule) \S{1,3}")
_NEAR = 24


def united(groups: Sequence[LearnedGroup], text: str) -> tuple[LearnedGroup, ...]:
    """Return the groups in their order, each once, with all of its names."""
    kept = list(groups)
    while (pair := next(_pairs(kept, groups, text), None)) is not None:
        one, two = sorted(pair, key=lambda g: (_is_coded(g), len(g.label), g.start))
        kept[min(map(kept.index, pair))] = _joined(one, two)
        kept.remove(two if two in kept else one)
    return tuple(kept)


def _joined(one: LearnedGroup, two: LearnedGroup) -> LearnedGroup:
    names = {*one.aliases, *two.aliases, one.label.lower(), two.label.lower()}
    return replace(
        one, aliases=tuple(sorted(names)), n=one.n if one.n is not None else two.n,
        dose=one.dose or two.dose, control=one.control or two.control,
    )  # fmt: skip


def _pairs(
    kept: Sequence[LearnedGroup], groups: Sequence[LearnedGroup], text: str
) -> Iterator[tuple[LearnedGroup, LearnedGroup]]:
    for one in kept:
        for two in kept:
            if one is two:
                continue
            if _is_coded(one) and not _is_coded(two):
                if _explains(one, two, text):
                    yield one, two
            elif not one.dose and not two.dose and _describes(one, two, groups):
                yield one, two


def _is_coded(group: LearnedGroup) -> bool:
    return bool(_CODED.fullmatch(group.label.lower()))


def _explains(coded: LearnedGroup, other: LearnedGroup, text: str) -> bool:
    """Whether one label stands in brackets behind the other: ``10 mg drugol (group I)``."""
    code, name = re.escape(coded.label), re.escape(other.label)
    behind = rf"(?<!\w){name}[^().;,]{{0,{_NEAR}}}\({code}\b"
    before = rf"\b{code}(?: ?\(|:| =) ?[^().;,]{{0,{_NEAR}}}{name}(?!\w)"
    return bool(re.search(f"{behind}|{before}", text, re.IGNORECASE))


def _describes(long: LearnedGroup, short: LearnedGroup, groups: Sequence[LearnedGroup]) -> bool:
    """Whether a longer label says of a shorter one's group no more than what it is."""
    whole, part = _stems(long), _stems(short)
    if not part or len(part) >= len(whole):
        return False
    if whole[-len(part) :] == part:
        added = whole[: -len(part)]
    elif whole[: len(part)] == part:
        added = whole[len(part) :]
    else:
        return False
    rivals = [_stems(g) for g in groups if g is not long and g is not short and not g.dose]
    if set(added) & _PLUS or "+" in long.label:
        joined = whole[len(part) :] if whole[: len(part)] == part else None
        return joined is not None and any(
            r[-len(joined) :] == joined and r[: len(part)] != part for r in rivals
        )
    if set(added) & _TELLS_APART:
        return False
    return not any(part == r[-len(part) :] or part == r[: len(part)] for r in rivals)


def _stems(group: LearnedGroup) -> tuple[str, ...]:
    """Return the label's words, hyphened ones whole: ``A-L`` does not describe ``A``."""
    spaced = group.label.lower().split()
    return tuple(w if w in _TELLS_APART else stem(w) for w in spaced if w not in HEAD)
