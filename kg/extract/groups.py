"""Which groups a record has, learned from its own words, and where a text speaks of them.

A group is learned where the record sets people apart: a printed head (``the drug arm``), a code
(``group A``), a label with its size (``20 mg (n = 12)``), or the two sides of an allocation or a
comparison (``randomised to X or Y``). Groups that a dose sets apart are known by that dose, so that
``100M``, ``100-million`` and ``100 million cells`` are one arm.

>>> from kg.text.tokens import words
>>> text = "Patients received drugol (n = 12) or placebo (n = 11). The drugol group slept more."
>>> lexicon = learn(text, words(text), [])
>>> [(g.label, g.control) for g in lexicon.groups]
[('drugol', False), ('placebo', True)]
>>> [sorted(m.keys) for m in lexicon.find(words("Sleep was longer on drugol than placebo."), [])]
[['drugol'], ['placebo']]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.contrasted import against_control, contrasted, controls, studied
from kg.extract.group import POOLED, GroupMention, LearnedGroup
from kg.extract.group_implied import implied_labels, placebo_beside
from kg.extract.group_kin import united
from kg.extract.group_labels import (
    HEAD,
    allocated_labels,
    candidate,
    coded_labels,
    dose_labels,
    headed_labels,
    sized_labels,
)
from kg.extract.group_names import merge, names_of
from kg.extract.group_spans import names_span, span_labels
from kg.model import MentionKind
from kg.text.abbreviations import defined
from kg.text.lexicon import Phrases, categories, concepts, match_phrases, phrase_table, rows
from kg.text.tokens import Word, words

if TYPE_CHECKING:
    from kg.extract.mentions import Figure

__all__ = ["POOLED", "GroupLexicon", "GroupMention", "LearnedGroup", "learn"]

_SIZE_REACH = 25
_DRUG = re.compile(r"\b(?!or\b|and\b|of\b|to\b|either\b|dose\b|the\b|with\b)([A-Za-z]{4,}) $")
_BESIDE = 1
_LONG = 5
_ARMS = 2
_GIVEN = (["after"], ["on"], ["receiving"], ["given"])
_DOSE_OF = ["dose", "of"]
_CONTROLLED = {
    "better", "worse", "good", "poor", "poorer", "under", "tight", "tighter", "adequate", "optimal",
    "inadequate", "improved", "glycaemic", "glycemic", "glucose", "sugar", "pain", "pressure", "bp",
    "symptom", "symptoms", "asthma", "tumour", "tumor", "local", "locoregional", "disease",
    "seizure", "weight", "infection", "rate", "rhythm", "viral", "motor", "impulse", "headache",
    "bleeding", "birth", "quality", "self", "postural", "emesis", "hba1c", "lipid", "cholesterol",
    "ovarian", "cycle", "bladder", "appetite", "emotional", "executive", "inhibitory", "vector",
}  # fmt: skip
_PEOPLE = {"students", "pupils", "nurses", "residents", "physicians", "clinicians", "doctors",
           "parents", "mothers", "caregivers", "veterans", "workers", "employees", "athletes",
           "volunteers", "cases", "older", "younger", "girls", "boys"}  # fmt: skip
_CONTROLS = {"control", "controls"}
_INERT = {"placebo", "sham", "vehicle", "saline"}
_GENERIC = {"active", "active treatment", "experimental", "treatment", "study drug", "verum"}


@cache
def _generic_table() -> Phrases:
    return phrase_table(
        [(row[0], row[1]) for row in rows("groups.tsv") if row[0] != "control"], by_stem=False
    )


@dataclass(frozen=True, slots=True)
class GroupLexicon:
    """The groups of one record and the names they go by."""

    groups: tuple[LearnedGroup, ...]
    table: Phrases

    def get(self, key: str) -> LearnedGroup | None:
        """Return the group of a key, if there is one."""
        return next((group for group in self.groups if group.key == key), None)

    def label(self, keys: frozenset[str]) -> str:
        """Name a set of groups in the record's words."""
        if POOLED in keys:
            return "all groups"
        return " and ".join(g.label for g in self.groups if g.key in keys)

    def find(
        self, tokens: Sequence[Word], figures: Sequence[Figure], text: str = ""
    ) -> list[GroupMention]:
        """Return where a text speaks of these groups, in text order, without overlap.

        :param text: what the words were cut from; without it no length of treatment is read
        """
        generic = list(self._by_kind(tokens))
        found = [
            *self._by_name(tokens),
            *self._by_code(tokens),
            *generic,
            *self._by_dose(tokens, figures),
            *self._by_span(text, figures),
            *self._by_form(tokens),
        ]
        found.sort(key=lambda m: (m.start, m.start - m.end))
        kept: list[GroupMention] = []
        for mention in found:
            if not kept or mention.start > kept[-1].end + _BESIDE:
                kept.append(mention)
            elif mention.start >= kept[-1].end and (
                mention not in generic or POOLED in mention.keys
            ):
                kept.append(mention)  # of "drugol-treated patients" the drug names the group
        return kept

    def _by_name(self, tokens: Sequence[Word]) -> Iterator[GroupMention]:
        lowers = [w.lower for w in tokens]
        for first, stop, keys in match_phrases(lowers, self.table):
            if lowers[first:stop] == ["control"] and _is_of_disease(lowers, first):
                continue
            strong = stop - first > 1 or _head_follows(lowers, stop)
            yield GroupMention(
                tokens[first].start, tokens[stop - 1].end, frozenset(keys), strong or len(keys) == 1
            )

    def _by_code(self, tokens: Sequence[Word]) -> Iterator[GroupMention]:
        """Yield each code of a list as a mention: ``groups A, B and C``."""
        keys = {g.key for g in self.groups}
        head = ""
        for token in tokens:
            if token.lower in HEAD and token.lower.endswith("s"):
                head = token.lower.removesuffix("s")
            elif head and f"{head} {token.lower}" in keys:
                yield GroupMention(token.start, token.end, frozenset({f"{head} {token.lower}"}))
            elif token.lower not in {"and", "or"}:
                head = ""

    def _by_kind(self, tokens: Sequence[Word]) -> Iterator[GroupMention]:
        lowers = [w.lower for w in tokens]
        for first, stop, kinds in match_phrases(lowers, _generic_table()):
            if lowers[first:stop] == ["control"] and _is_of_disease(lowers, first):
                continue
            meant = self._generic(kinds[0])
            if meant:
                sure = POOLED in meant or len(self.groups) <= len(meant) + 1
                yield GroupMention(tokens[first].start, tokens[stop - 1].end, meant, sure)

    def _generic(self, kind: str) -> frozenset[str]:
        """Resolve ``the control arm``, ``both groups``, ``the highest dose`` and the like."""
        controls = [g for g in self.groups if g.control]
        others = [g for g in self.groups if not g.control]
        dosed = sorted((g.dose[0], g.key) for g in self.groups if g.dose)
        if kind == "pooled":
            return frozenset({POOLED})
        if kind == "comparator" and len(controls) == 1:
            return frozenset({controls[0].key})
        if kind == "active" and len(others) == 1:
            return frozenset({others[0].key})
        if kind == "highest" and dosed:
            return frozenset({dosed[-1][1]})
        if kind == "lowest" and dosed:
            return frozenset({dosed[0][1]})
        if kind == "middle" and len(dosed) == 3:
            return frozenset({dosed[1][1]})
        return frozenset()

    def _by_dose(self, tokens: Sequence[Word], figures: Sequence[Figure]) -> Iterator[GroupMention]:
        dosed = {g.dose: g.key for g in self.groups if g.dose}
        for figure in figures:
            if figure.kind is MentionKind.DOSE and figure.value is not None and not figure.upper:
                key = dosed.get((figure.value, figure.unit or ""))
                if key:
                    after = [w.lower for w in tokens if w.start >= figure.end][:4]
                    before = [w.lower for w in tokens if w.end <= figure.start][-2:]
                    given = [*before[:1]] in _GIVEN or before[:1] in (["with"], ["taking"])
                    told = before == _DOSE_OF or before[-1:] in _GIVEN or given
                    strong = bool(HEAD & set(after)) or "dose" in after or told
                    yield GroupMention(figure.start, figure.end, frozenset({key}), strong)

    def _by_form(self, tokens: Sequence[Word]) -> Iterator[GroupMention]:
        """Yield people called by what they did: ``exercisers``, ``those being telemonitored``."""
        stems = {
            own[0].stem: g.key for g in self.groups
            if len(own := words(g.label)) == 1 and len(own[0].stem) >= _LONG
        }  # fmt: skip
        for token in tokens if stems else ():
            done = token.lower.endswith(("ers", "ed")) and token.lower not in self.table
            if done and token.stem in stems:
                yield GroupMention(token.start, token.end, frozenset({stems[token.stem]}))

    def _by_span(self, text: str, figures: Sequence[Figure]) -> Iterator[GroupMention]:
        spans = {g.span: g.key for g in self.groups if g.span}
        for figure in figures if spans and text else ():
            if figure.days in spans and names_span(text, figure):
                yield GroupMention(figure.start, figure.end, frozenset({spans[figure.days]}))


def _is_of_disease(lowers: Sequence[str], at: int) -> bool:
    """``pain was under better control``, ``local control``: what is held in check is no group."""
    before, after = lowers[at - 1] if at else "", lowers[at + 1 : at + 2]
    return before in _CONTROLLED or after in (["of"], ["over"])


def _head_follows(lowers: Sequence[str], stop: int) -> bool:
    return any(word in HEAD for word in lowers[stop : stop + 2])


def learn(text: str, tokens: Sequence[Word], figures: Sequence[Figure]) -> GroupLexicon:
    """Learn the groups of a record from its text.

    :param tokens: the words of the text
    :param figures: its typed figures (doses set arms apart)
    """
    dosed = [] if _of_many_drugs(text, figures) else list(dose_labels(text, figures))
    named = [
        *sized_labels(text),
        *coded_labels(text),
        *headed_labels(text, tokens),
        *allocated_labels(text),
        *(group for span in contrasted(text) for group in candidate(text, *span)),
    ]
    if len(merge(named)) + len(dosed) < _ARMS:
        named += allocated_labels(text, surely=True)
    if len(merge(named)) + len(dosed) < _ARMS:
        named += _against_control(text)
    if len(merge(named)) + len(dosed) < _ARMS:
        named += [group for span in studied(text) for group in candidate(text, *span)]
    spans = list(span_labels(text, figures))
    if len(merge(named)) + len(dosed) < _ARMS and not spans:
        named += implied_labels(text)
    if len(merge(named)) + len(dosed) == 1 and not spans and not any(g.control for g in named):
        named += placebo_beside(text)
    if dosed and not any(g.control for g in [*named, *dosed]):
        named += [group for span in controls(text) for group in candidate(text, *span)]
    candidates = [
        *dosed,
        *(group for group in named if not _told_by_dose(text, group, dosed, figures)),
    ]
    candidates += spans
    short_forms = defined(text)
    candidates = [g for g in candidates if not _is_of_patients(g, short_forms)]
    groups = _one_control(_named(united(merge(candidates), text)))
    if len(groups) == 1 and groups[0].label.lower() in _PEOPLE:
        groups = ()  # everyone is one of them
    names = list(names_of(groups, short_forms))
    return GroupLexicon(groups, phrase_table(names, by_stem=False))


def _against_control(text: str) -> list[LearnedGroup]:
    """Return what is set against a placebo, with the placebo; neither alone is a group."""
    found = [group for span in against_control(text) for group in candidate(text, *span)]
    return found if len({group.control for group in found}) == _ARMS else []


def _named(groups: tuple[LearnedGroup, ...]) -> tuple[LearnedGroup, ...]:
    """Unite ``active`` or ``treatment`` with the one arm that has a name and is no control."""
    generic = [g for g in groups if g.label.lower() in _GENERIC]
    named = [g for g in groups if not g.control and g not in generic]
    if len(generic) != 1 or len(named) != 1:
        return groups
    aliases = {*named[0].aliases, *generic[0].aliases, generic[0].label.lower()}
    both = replace(named[0], aliases=tuple(sorted(aliases)), n=named[0].n or generic[0].n)
    return tuple(both if g is named[0] else g for g in groups if g is not generic[0])


def _one_control(groups: tuple[LearnedGroup, ...]) -> tuple[LearnedGroup, ...]:
    """Unite ``control`` with the one other group that is a control: ``usual care``."""
    controls = [g for g in groups if g.control]
    generic = [g for g in controls if g.label.lower() in _CONTROLS]
    if len(controls) != _ARMS or len(generic) != 1 or len(groups) <= _ARMS:
        return groups
    named = next(g for g in controls if g is not generic[0])
    if named.label.lower() in _INERT:
        return groups  # a control group beside one on placebo
    if named.n is not None and generic[0].n not in {None, named.n}:
        return groups
    aliases = {*named.aliases, *generic[0].aliases}
    both = replace(named, aliases=tuple(sorted(aliases)), n=named.n or generic[0].n)
    return tuple(both if g is named else g for g in groups if g is not generic[0])


def _of_many_drugs(text: str, figures: Sequence[Figure]) -> bool:
    """Whether each sized dose is another drug's: ``A 20 mg (n = 9) or B 300 mg (n = 9)``."""
    drugs = [
        match.group(1).lower() for group in dose_labels(text, figures)
        if group.n is not None
        and (match := _DRUG.search(text, max(0, group.start - _SIZE_REACH), group.start))
    ]  # fmt: skip
    return len(drugs) >= _ARMS and len(set(drugs)) == len(drugs)


def _is_of_patients(group: LearnedGroup, short_forms: Mapping[str, str]) -> bool:
    """Whether a label abbreviates what patients have, or what is measured: ``for EM``."""
    full = short_forms.get(group.label, short_forms.get(group.label.upper(), ""))
    kinds = {categories().get(c.key) for c in concepts(words(full))}
    if full.lower().startswith("recombinant "):
        return False
    return bool(kinds & {"condition", "outcome"}) and "intervention" not in kinds


def _told_by_dose(
    text: str, group: LearnedGroup, dosed: Sequence[LearnedGroup], figures: Sequence[Figure]
) -> bool:
    """Whether a label only repeats the dose that sets an arm apart, or calls it a dose group."""
    if not dosed:
        return False
    doses = {g.dose for g in dosed}
    # 10 mg of drugol (n = 12): the size is the dose's; 10 mg (n = 12) or placebo (n = 12): not so
    sized = group.n is not None and any(
        g.n == group.n
        and 0 <= group.start - g.end <= _SIZE_REACH
        and "(" not in text[g.end : group.start]
        for g in dosed
    )
    repeats = sized or any(
        f.kind is MentionKind.DOSE
        and (f.value, f.unit or "") in doses
        and f.start < group.end
        and group.start < f.end
        for f in figures
    )
    return repeats or group.label.lower().split("-")[-1].split()[-1] in {"dose", "doses"}
