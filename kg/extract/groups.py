"""Which groups a record has, learned from its own words, and where a text speaks of them.

A group is learned where the record sets people apart: a printed head (``the drug arm``), a code
(``group A``), a label with its size (``20 mg (n = 12)``), or the two sides of an allocation or a
comparison (``randomised to X or Y``). Groups that a dose sets apart are known by that dose, so that
``100M``, ``100-million`` and ``100 million cells`` are one arm.

>>> text = "Patients received drugol (n = 12) or placebo (n = 11). The drugol group slept more."
>>> lexicon = learn(text, words(text), [])
>>> [(g.label, g.control) for g in lexicon.groups]
[('drugol', False), ('placebo', True)]
>>> [sorted(m.keys) for m in lexicon.find(words("Sleep was longer on drugol than placebo."), [])]
[['drugol'], ['placebo']]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.contrasted import contrasted
from kg.model import MentionKind
from kg.text.abbreviations import defined
from kg.text.lexicon import Phrases, function_words, match_phrases, phrase_table, rows
from kg.text.tokens import Word, words

if TYPE_CHECKING:
    from kg.extract.mentions import Figure

POOLED = "*"
_HEAD = {"group", "groups", "arm", "arms", "cohort", "cohorts"}
_CODE = re.compile(
    r"\b(group|arm|cohort|treatment|regimen|sequence|schedule)s?\s+"
    r"([A-F]|I{1,3}|IV|V|[1-9])\b(?!\s*(?:%|mg|\.\d|weeks?|days?|months?))"
)
_SIZE = re.compile(r"[(\[][Nn]\s*=\s*(\d[\d,]*)")
_ALLOCATION = re.compile(
    r"\b(?:randomi[sz]ed|randomly|allocated|assigned|allocation|received?|receiving|given|"
    r"treated with|either|between|comparing|compared|compare|comparison of)\b"
)
_SPLIT = re.compile(r"\s+(?:or|versus|vs\.?|and|with|to)\s+|,\s*(?:or|and)?\s*|\s*;\s*", re.I)
_EDGE = {
    "a", "an", "the", "either", "to", "receive", "received", "receiving", "with", "of", "in", "on",
    "for", "by", "at", "from", "than", "and", "or", "was", "were", "is", "are", "both", "two",
    "three", "four", "each", "all", "only", "no", "not", "into", "between", "among", "within",
    "these", "this", "those", "that", "same", "other", "per", "as", "after", "versus", "vs",
    "compared", "had", "has", "have", "any", "one", "single", "every", "their", "its", "our", "we",
    "more", "less", "who", "which", "while", "but", "when", "patients", "participants", "subjects",
    "women", "men", "children", "study", "different", "respective", "remaining", "respectively",
    "treatment", "parallel", "age", "assigned", "allocated", "randomised", "randomized", "across",
    "against", "during", "first", "second", "whole", "entire", "total", "equal", "following",
    "using", "via", "through", "where", "whereas", "then", "there", "how", "also", "although",
    "showed", "improved", "increased", "decreased", "significantly", "significant", "analysis",
    "people", "adults", "individuals", "healthy", "and/or", "given", "randomly", "eligible",
    "daily", "weekly", "once", "twice", "treated",
}  # fmt: skip
_NOT_A_LABEL = {
    "age", "risk", "focus", "support", "peer", "working", "ethnic", "blood", "sub", "subgroup",
    "diagnostic", "income", "consensus", "experimental groups", "discussion", "data", "results",
    "patients", "time", "baseline", "research", "high-risk", "low-risk", "minority", "matched",
}  # fmt: skip
_OF_STUDIES = {"trial", "trials", "study", "studies", "design", "analysis", "analyses", "phase"}
_PAIR = 2
_DOSE_WORDS = re.compile(
    r"\d[\d.,]*\s?(?:mg|µg|μg|mcg|ug|g|ml|iu|units?|%)?(?:\s?/\s?\w+)?\b|\b(?:once|twice) daily\b|\bdaily\b"
)
_OF_PEOPLE = re.compile(r"[≥≤<>]|\b(?:aged?|years|hours|expected)\b")
_TIME_LABEL = re.compile(
    r"(?:[a-z]+ )?[\d.,–-]+ ?-?(?:minutes?|hours?|days?|weeks?|months?|years?|h|min)"
)
_MAX_LABEL = 6
_SIZE_REACH = 25
_LONGEST_OFFER = 50
_OFFER = re.compile(
    r"(?: (?:of )?[A-Za-z-]{2,20}){0,3},? (?:or|versus|vs\.?)(?: [A-Za-z-]{2,20}){0,2} "
)


@dataclass(frozen=True, slots=True)
class LearnedGroup:
    """One group that a record sets apart.

    :param key: a stable name within the record
    :param start: where the label first stands
    :param dose: value and unit of the dose that sets it apart, if one does
    :param control: whether it is what the others are compared with
    """

    key: str
    label: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()
    n: int | None = None
    dose: tuple[Decimal, str] | None = None
    control: bool = False


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A place where a text speaks of one or more groups.

    :param keys: the groups; ``{"*"}`` for all of them pooled
    :param strong: whether the words leave no doubt that a group is meant
    """

    start: int
    end: int
    keys: frozenset[str]
    strong: bool = True


@cache
def _control_words() -> frozenset[str]:
    return frozenset(row[1] for row in rows("groups.tsv") if row[0] == "control")


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

    def find(self, tokens: Sequence[Word], figures: Sequence[Figure]) -> list[GroupMention]:
        """Return where a text speaks of these groups, in text order, without overlap."""
        found = [*self._by_name(tokens), *self._by_dose(tokens, figures)]
        found.sort(key=lambda m: (m.start, m.start - m.end))
        kept: list[GroupMention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _by_name(self, tokens: Sequence[Word]) -> Iterator[GroupMention]:
        lowers = [w.lower for w in tokens]
        for first, stop, keys in match_phrases(lowers, self.table):
            strong = stop - first > 1 or _head_follows(lowers, stop)
            yield GroupMention(
                tokens[first].start, tokens[stop - 1].end, frozenset(keys), strong or len(keys) == 1
            )
        for first, stop, kinds in match_phrases(lowers, _generic_table()):
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
                    strong = bool(_HEAD & set(after)) or "dose" in after
                    yield GroupMention(figure.start, figure.end, frozenset({key}), strong)


def _head_follows(lowers: Sequence[str], stop: int) -> bool:
    return any(word in _HEAD for word in lowers[stop : stop + 2])


def learn(text: str, tokens: Sequence[Word], figures: Sequence[Figure]) -> GroupLexicon:
    """Learn the groups of a record from its text.

    :param tokens: the words of the text
    :param figures: its typed figures (doses set arms apart)
    """
    dosed = list(_dose_labels(text, figures))
    named = [
        *_sized_labels(text),
        *_coded_labels(text),
        *_headed_labels(text, tokens),
        *_allocated_labels(text),
        *(group for span in contrasted(text) for group in _candidate(text, *span)),
    ]
    candidates = [*dosed, *(group for group in named if not _told_by_dose(group, dosed, figures))]
    groups = _merge(candidates)
    names = list(_aliases(groups, defined(text)))
    return GroupLexicon(groups, phrase_table(names, by_stem=False))


def _told_by_dose(
    group: LearnedGroup, dosed: Sequence[LearnedGroup], figures: Sequence[Figure]
) -> bool:
    """Whether a label only repeats the dose that sets an arm apart, or calls it a dose group."""
    if not dosed:
        return False
    doses = {g.dose for g in dosed}
    # 10 mg of drugol (n = 12): the size is the dose's
    sized = group.n is not None and any(
        g.n == group.n and 0 <= group.start - g.end <= _SIZE_REACH for g in dosed
    )
    repeats = sized or any(
        f.kind is MentionKind.DOSE
        and (f.value, f.unit or "") in doses
        and f.start < group.end
        and group.start < f.end
        for f in figures
    )
    return repeats or group.label.lower().split("-")[-1].split()[-1] in {"dose", "doses"}


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span to its label: cut words at both edges that belong to the sentence."""
    tokens = words(text, start, end)
    while tokens and tokens[0].lower in _EDGE:
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower in _EDGE or tokens[-1].lower in _HEAD):
        tokens = tokens[:-1]
    return (tokens[0].start, tokens[-1].end) if tokens else (start, start)


def _candidate(text: str, start: int, end: int, n: int | None = None) -> Iterator[LearnedGroup]:
    start, end = _trim(text, start, end)
    label = text[start:end]
    tokens = words(label)
    if not tokens or len(tokens) > _MAX_LABEL or label.lower() in _NOT_A_LABEL:
        return
    if any(mark in label for mark in "()[].;:=<>\n") or not re.search("[A-Za-z]", label):
        return
    if tokens[-1].lower in _OF_STUDIES or _OF_PEOPLE.search(label):
        return
    if _TIME_LABEL.fullmatch(label.lower()):
        return
    names = {label.lower(), *(w.lower for w in tokens)}
    control = bool(names & _control_words())
    yield LearnedGroup(label.lower(), label, start, end, (label.lower(),), n, None, control)


def _dose_labels(text: str, figures: Sequence[Figure]) -> Iterator[LearnedGroup]:
    """Doses that a size or a head word follows set arms apart, if there are two or more."""
    found = []
    for figure in figures:
        if figure.kind is not MentionKind.DOSE or figure.value is None or figure.upper:
            continue
        after = text[figure.end : figure.end + 40]
        size = re.match(r"[^().;,]{0,25}\(\s*[Nn]\s*=\s*(\d+)", after)
        head = re.match(r"[\s\-\w]{0,14}\b(?:groups?|arms?|cohorts?)\b", after)
        if size or head or figure.shared_unit or _is_offered(text, figure, figures):
            label = figure.printed.strip(" -")
            dose = (figure.value, figure.unit or "")
            n = int(size.group(1)) if size else None
            found.append(
                LearnedGroup(
                    f"dose {figure.value:f} {figure.unit}", label, figure.start, figure.end,
                    (), n, dose, figure.value == 0,
                )
            )  # fmt: skip
    if len({group.dose for group in found}) > 1:
        yield from found


def _is_offered(text: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """``20 mg or 40 mg``: a dose that is told as one of several."""
    for other in figures:
        if other.kind is not MentionKind.DOSE or other.unit != figure.unit or other.upper:
            continue
        low, high = sorted((figure, other), key=lambda f: f.start)
        if 0 < high.start - low.end <= _LONGEST_OFFER and _OFFER.fullmatch(
            text, low.end, high.start
        ):
            return True
    return False


def _sized_labels(text: str) -> Iterator[LearnedGroup]:
    """``X (n = 12)``: the words before the bracket, back to the clause's edge."""
    for match in _SIZE.finditer(text):
        before = text[max(0, match.start() - 80) : match.start()]
        edge = max(
            (m.end() for m in re.finditer(r"[,;:()\[\].]|\b(?:or|and|to|with|versus|vs|receive[ds]?"
             r"|receiving|either|of|into|in|for|on|were|was|by)\b", before)), default=0,
        )  # fmt: skip
        n = int(match.group(1).replace(",", ""))
        yield from _candidate(text, match.start() - len(before) + edge, match.start(), n)


def _coded_labels(text: str) -> Iterator[LearnedGroup]:
    for match in _CODE.finditer(text):
        label = match.group().lower()
        code = match.group(2)
        label = f"{match.group(1).lower()} {code.lower()}"
        size = re.match(r"\s*[(\[][Nn]\s*=\s*(\d{1,9})", text[match.end() : match.end() + 24])
        n = int(size.group(1)) if size else None
        yield LearnedGroup(label, match.group(), match.start(), match.end(), (label,), n)


def _headed_labels(text: str, tokens: Sequence[Word]) -> Iterator[LearnedGroup]:
    """Yield ``the PS and EZ groups``: up to four words before the head, shared heads split."""
    for index, token in enumerate(tokens):
        if token.lower not in _HEAD:
            continue
        first = index
        while first > 0 and index - first < _MAX_LABEL:
            word = tokens[first - 1]
            gap = text[word.end : tokens[first].start]
            joined = word.lower in {"and", "or"} and token.lower.endswith("s")
            if re.search(r"[.,;:()\[\]]", gap) or (word.lower in _EDGE and not joined):
                break
            first -= 1
        if first < index:
            span = tokens[first].start, tokens[index - 1].end
            for part in _parts(text, *span):
                yield from _candidate(text, *part)


def _allocated_labels(text: str) -> Iterator[LearnedGroup]:
    """Yield the sides of ``randomised to X or Y`` and ``comparing X with Y``, if there are two."""
    for match in _ALLOCATION.finditer(text):
        rest = text[match.end() : match.end() + 160]
        stop = re.search(r"[.;()\n]|\b(?:for|in|on|at|during|after|before|among|"
                         r"as|using|was|were|by|who|is|are|over|every|until|plus)\b",
                         rest)  # fmt: skip
        end = match.end() + (stop.start() if stop else len(rest))
        parts = list(_parts(text, match.end(), end))
        sides = [group for part in parts for group in _candidate(text, *part)]
        if len(parts) > 1 and len(sides) > 1 and any(g.control for g in sides):
            yield from sides


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SPLIT.finditer(text, start, end):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if end > at:
        yield at, end


def _merge(candidates: Sequence[LearnedGroup]) -> tuple[LearnedGroup, ...]:
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
        if (
            len(kin) == _PAIR
            and bare[group.key]
            and any(g.label.lower() == bare[group.key] for g in kin)
        ):
            taken |= {g.key for g in kin}
            names = {a for g in kin for a in (*g.aliases, g.label.lower())}
            n = next((g.n for g in kin if g.n is not None), None)
            yield replace(group, aliases=tuple(sorted(names)), n=n)
        else:
            yield group


def _undosed(label: str) -> str:
    return " ".join(_DOSE_WORDS.sub(" ", label.lower()).split())


def _same(a: LearnedGroup, b: LearnedGroup) -> bool:
    if a.dose or b.dose:
        return a.dose == b.dose
    return _core(a.key) == _core(b.key)


def _core(label: str) -> tuple[str, ...]:
    return tuple(w.stem for w in words(label) if w.lower not in _EDGE and w.lower not in _HEAD)


def _aliases(
    groups: Sequence[LearnedGroup], short_forms: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield ``(key, name)``: the printed names, and the one word that only this group has.

    :param short_forms: the record's abbreviations; a group goes by either form
    """
    long = {short.lower(): words(full) for short, full in short_forms.items()}
    own_words = {
        g.key: [w for word in words(g.label) for w in (word, *long.get(word.lower, ()))]
        for g in groups if not g.dose
    }  # fmt: skip
    stems = {key: {w.stem for w in found} for key, found in own_words.items()}
    for group in groups:
        for alias in group.aliases:
            yield group.key, alias
        own = stems.get(group.key, set())
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
