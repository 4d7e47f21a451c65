"""Candidates that name one group united, and every name that a group goes by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.group import LearnedGroup
from kg.extract.group_labels import EDGE, HEAD
from kg.text.lexicon import categories, concepts, function_words
from kg.text.tokens import words

_PAIR = 2
_LONG = 4
_DOSE_WORDS = re.compile(
    r"\d[\d.,]*\s?(?:mg|µg|μg|mcg|ug|g|ml|iu|units?|%)?(?:\s?/\s?\w+)?\b"
    r"|\b(?:(?:once|twice|three times) )?(?:daily|weekly|monthly|a day|a week|a month)\b"
)
_RHYTHM = re.compile(r"\b(?:daily|weekly|monthly|twice|a day|a week|a month)\b", re.IGNORECASE)
_ADDED = (" + ", " plus ", " with ", " and ")
_AMOUNT = re.compile(r"\d[\d.,]*")


def merge(candidates: Sequence[LearnedGroup]) -> tuple[LearnedGroup, ...]:
    """Unite candidates that name the same group, in order of their first place in the text."""
    merged: dict[str, LearnedGroup] = {}
    for group in sorted(candidates, key=lambda g: g.start):
        same = next((key for key in merged if _same(merged[key], group)), None)
        if same is None:
            merged[group.key] = group
            continue
        known = merged[same]
        merged[same] = replace(
            known,
            aliases=tuple(sorted({*known.aliases, *group.aliases})),
            n=known.n if known.n is not None else group.n,
            control=known.control or group.control,
        )
    return tuple(_with_one_dose(merged.values()))


def _with_one_dose(groups: Iterable[LearnedGroup]) -> Iterator[LearnedGroup]:
    """Unite ``tabrol`` and ``tabrol 10 mg`` where no other dose of it sets a group apart."""
    groups = list(groups)
    bare = {g.key: _undosed(g.label) for g in groups if not g.dose}
    taken: set[str] = set()
    for group in groups:
        if group.key in taken or group.dose:
            if group.dose:
                yield group
            continue
        kin = [g for g in groups if not g.dose and bare[g.key] == bare[group.key]]
        amounts = {amount for g in kin for amount in _AMOUNT.findall(g.label)}
        rhythms = {rhythm.lower() for g in kin for rhythm in _RHYTHM.findall(g.label)}
        one = len(amounts) <= 1 and len(rhythms) <= 1
        if len(kin) >= _PAIR and bare[group.key] and one:
            taken |= {g.key for g in kin}
            names = {a for g in kin for a in (*g.aliases, g.label.lower())}
            n = next((g.n for g in kin if g.n is not None), None)
            control = any(g.control for g in kin)
            yield replace(group, aliases=tuple(sorted(names)), n=n, control=control)
        else:
            yield group


def _undosed(label: str) -> str:
    return " ".join(_DOSE_WORDS.sub(" ", label.lower()).split())


def _same(a: LearnedGroup, b: LearnedGroup) -> bool:
    if a.dose or b.dose:
        return a.dose == b.dose
    return _core(a.key) == _core(b.key)


def _core(label: str) -> tuple[str, ...]:
    left_out = (EDGE | HEAD) - {"no"}
    return tuple(w.stem for w in words(label) if w.lower not in left_out)


def names_of(
    groups: Sequence[LearnedGroup], short_forms: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield ``(key, name)``: the printed names, and the one word that only this group has.

    :param short_forms: the record's abbreviations; a group goes by either form
    """
    long = {short.lower(): words(full) for short, full in short_forms.items()}
    own_words = {
        g.key: [w for word in words(g.label) for w in (word, *long.get(word.lower, ()))]
        for g in groups if not g.dose and not _is_with_control(g)
    }  # fmt: skip
    stems = {key: {w.stem for w in found} for key, found in own_words.items()}
    every = [(g.key, alias) for g in groups for alias in g.aliases]
    for group in groups:
        for alias in group.aliases:
            yield group.key, alias
            yield from ((group.key, form) for form in _numbers(alias, every))
            yield from ((group.key, part) for part in _parts(alias, group.key, every))
        own = stems.get(group.key, set[str]())
        shared = set().union(*(s for key, s in stems.items() if key != group.key), set())
        shared |= function_words()
        if len(own) > 1:
            for word in own_words[group.key]:
                if word.stem in own - shared and len(word.lower) > 3:
                    yield group.key, word.lower
        for short, full in short_forms.items():
            if full.lower() == group.label.lower():
                yield group.key, short.lower()
            elif short.lower() == group.label.lower():
                yield group.key, full.lower()


def _is_with_control(group: LearnedGroup) -> bool:
    """Whether a label adds to a control what others may have, too: ``placebo + diet advice``."""
    return group.control and any(mark in f" {group.label.lower()} " for mark in _ADDED)


def _numbers(alias: str, every: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a name of several words in the other number: *steel slings* for *steel sling*."""
    last = alias.split("-")[-1].split()[-1] if " " in alias or "-" in alias else ""
    if len(last) < _LONG or not last.isalpha():
        return
    form = (
        alias[:-1] if last.endswith("s") and not last.endswith(("ss", "is", "us")) else f"{alias}s"
    )
    if form not in {name for _, name in every}:
        yield form


def _parts(alias: str, key: str, every: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a long name without its first or its last word, where no other group shares it.

    *Sleep hygiene information* goes by *sleep hygiene*.
    """
    told = alias.split()
    others = " | ".join(name for other, name in every if other != key)
    for part in (told[:-1], told[1:]) if len(told) > _PAIR else ():
        kinds = {categories().get(c.key) for c in concepts(words(" ".join(part)))}
        edges = {part[0], part[-1]} & (EDGE | HEAD)
        if " ".join(part) not in others and not edges and kinds & {None, "intervention"}:
            yield " ".join(part)
