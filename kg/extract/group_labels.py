"""Where a record's words set groups apart: by dose, size, code, head word or allocation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.group import LearnedGroup
from kg.extract.group_refusals import refused
from kg.model import MentionKind
from kg.text.filler import plain
from kg.text.lexicon import categories, concepts, find_cues, rows
from kg.text.tokens import Word, words

if TYPE_CHECKING:
    from kg.extract.mentions import Figure

HEAD = {"group", "groups", "arm", "arms", "cohort", "cohorts"}
_CODE = re.compile(
    r"\b((?i:group|arm|cohort|treatment|regimen|sequence|schedule))s?\s+"
    r"([A-F]|I{1,3}|IV|V|[1-9])\b(?!\s*(?:%|mg|\.\d|weeks?|days?|months?|strep|\w*h?aemolytic))"
)
_SIZE = re.compile(
    r"[(\[](?:(?:\d[^()\[\];]{1,16}|(?P<control>controls?|comparator|reference))[,;:] ?)?"
    r"[Nn]\s*=\s*(?P<n>\d[\d,]*)"
)
_ALLOCATION = re.compile(
    r"\b(?:randomi[sz]ed|randomly|allocated|assigned|allocation|received?|receiving|given|"
    r"treated with|either|between|comparing|compared|compare|comparison of)\b"
)
_STRONG = re.compile(
    r"(?:randomi[sz]ed|randomly (?:assigned|allocated)|assigned|allocated)"
    r"(?:,? (?:equally|1 ?: ?1(?: ?: ?1)?|in a [\d: ]+ ratio))?,? to (?!one |two |three |four |\d)"
)
_FEW_WORDS = 4
_MOST_ARMS = 4
_SPLIT = re.compile(r"\s+(?:or|versus|vs\.?|and|with|to)\s+|,\s*(?:or|and)?\s*|\s*;\s*", re.I)
EDGE = {
    "a", "an", "the", "either", "to", "receive", "received", "receiving", "with", "of", "in", "on",
    "for", "by", "at", "from", "than", "and", "or", "was", "were", "is", "are", "both", "two",
    "three", "four", "each", "all", "only", "no", "not", "into", "between", "among", "within",
    "these", "this", "those", "that", "same", "other", "per", "as", "after", "versus", "vs",
    "compared", "had", "has", "have", "any", "one", "single", "every", "their", "its", "our", "we",
    "more", "less", "who", "which", "while", "but", "when", "patients", "participants", "subjects",
    "women", "men", "children", "animals", "rats", "mice", "hamsters", "rabbits",
    "dogs", "pigs",
    "infants", "neonates", "newborns", "babies", "volunteers",
    "study", "different", "respective", "remaining", "respectively",
    "treatment", "parallel", "age", "assigned", "allocated", "randomised", "randomized", "across",
    "against", "during", "first", "second", "whole", "entire", "total", "equal", "following",
    "using", "via", "through", "where", "whereas", "then", "there", "how", "also", "although",
    "showed", "improved", "increased", "decreased", "significantly", "significant", "analysis",
    "people", "adults", "individuals", "healthy", "and/or", "given", "randomly", "eligible",
    "daily", "weekly", "once", "twice", "treated", "be", "taking", "consuming",
}  # fmt: skip
_GIVEN = {"receiving", "given", "taking", "using", "got", "took", "assigned", "allocated",
          "randomised", "randomized"}  # fmt: skip
_PREDICATES = {
    "required", "had", "has", "have", "was", "were", "is", "are", "did", "does", "showed", "shows",
    "received", "experienced", "reported", "achieved", "would", "will", "can", "may", "should",
    "underwent", "completed", "developed", "needed", "gained", "lost",
}  # fmt: skip
_NOT_A_LABEL = {
    "age", "risk", "focus", "support", "peer", "working", "ethnic", "blood", "sub", "subgroup",
    "diagnostic", "income", "consensus", "experimental groups", "discussion", "data", "results",
    "patients", "time", "baseline", "dose", "doses",
    "position", "technique", "approach", "schedule", "research", "high-risk", "low-risk",
    "minority", "matched", "namely", "strategy", "strategies", "regimen", "regimens", "population",
    "prospective", "retrospective", "observational", "symptoms", "outcomes", "health outcomes",
    "mean", "median", "score", "scores", "index", "follow-up", "noninferiority", "superiority",
    "residents", "persons", "positive", "negative", "male", "female", "high risk", "low risk",
    "referent", "reference",
}  # fmt: skip
_OF_DESIGN = {
    "retrospective", "prospective", "propensity", "placebo-controlled", "double-blind",
    "randomised", "randomized", "recruited", "enrolled", "multicenter", "multicentre", "open-label",
}  # fmt: skip
_OF_STUDIES = {"trial", "trials", "study", "studies", "design", "analysis", "analyses", "phase"}
_OF_PEOPLE = re.compile(r"[≥≤<>]|\b(?:aged?|years|hours|expected)\b")
_TIME_LABEL = re.compile(
    r"(?:[a-z]+ )?[\d.,–-]+ ?-?(?:minutes?|hours?|days?|weeks?|months?|years?|h|min)"
)
_AVERAGED = re.compile(r"\b(?:median|mean|average)\b[^.;]{0,16}$", re.I)
_DATED = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:19|20)\d\d)\b"
)
_NUMBERED = re.compile(r"0\d|[\d.,]+ (?:received|patients)|\d+-year|plus\b")
_POINTING = {"these", "those", "this", "that", "who", "which", "whose", "within"}
_RESULT = {"up", "down", "better", "worse", "significant"}
_MAX_LABEL = 6
_LONGEST_OFFER = 50
_PAIR = 2
_LIST_OF_DOSES = re.compile(r",? (?:and |or )?[A-Za-z][A-Za-z-]{3,} ?")
_SIZE_BACK = 30
_FORMS = {"dose", "doses", "tablet", "tablets", "injection", "injections", "infusion", "infusions",
          "course", "courses", "cycle", "cycles", "administration"}  # fmt: skip
_COURSE = {"acute", "chronic", "severe", "mild", "moderate", "early"}
_OFFER = re.compile(
    r"(?: (?:of )?[A-Za-z-]{2,20}){0,3},? (?:or|versus|vs\.?)(?: [A-Za-z-]{2,20}){0,2} "
)


@cache
def _control_words() -> frozenset[str]:
    return frozenset(row[1] for row in rows("groups.tsv") if row[0] == "control")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span to its label: cut words at both edges that belong to the sentence."""
    tokens = words(text, start, end)
    verb = next((i for i, w in enumerate(tokens) if i and w.lower in _PREDICATES), len(tokens))
    tokens = tokens[:verb]
    given = max((i for i, w in enumerate(tokens) if w.lower in _GIVEN), default=-1)
    tokens = tokens[given + 1 :]
    while tokens and tokens[0].lower in EDGE:
        if tokens[0].lower == "no" and text[tokens[0].end : tokens[0].end + 1] == "-":
            break  # "the no-oxygen group"
        tokens = tokens[1:]
    if len(tokens) > _PAIR and tokens[0].lower in _FORMS and tokens[1].lower == "of":
        tokens = tokens[_PAIR:]
    while tokens and (tokens[-1].lower in EDGE or tokens[-1].lower in HEAD):
        tokens = tokens[:-1]
    return (tokens[0].start, tokens[-1].end) if tokens else (start, start)


def candidate(text: str, start: int, end: int, n: int | None = None) -> Iterator[LearnedGroup]:
    """Yield a stretch as a group, cut to its label, if it can name one."""
    start, end = _trim(text, start, end)
    label = plain(text[start:end])
    tokens = words(label)
    if not tokens or len(tokens) > _MAX_LABEL or label.lower() in _NOT_A_LABEL:
        return
    if any(mark in label for mark in "()[].;:=<>\n") or not re.search("[A-Za-z]", label):
        return
    if any(w.lower in _POINTING for w in tokens[1:]):
        return
    if not _OF_DESIGN.isdisjoint(w.lower for w in tokens):
        return
    if tokens[-1].lower in _OF_STUDIES or _OF_PEOPLE.search(label):
        return
    if _DATED.search(label.lower()) or _is_condition(tokens) or refused(label):
        return
    if _TIME_LABEL.fullmatch(label.lower()) or _NUMBERED.match(label):
        return
    names = {label.lower(), *(w.lower for w in tokens)}
    control = bool(names & _control_words())
    yield LearnedGroup(label.lower(), label, start, end, (label.lower(),), n, None, control)


def _is_condition(tokens: Sequence[Word]) -> bool:
    """Whether a label is nothing but the name of a disease or a symptom."""
    found = [c for c in concepts(tokens) if tokens[c.first].lower not in _COURSE]
    return len(found) == 1 and categories().get(found[0].key) == "condition"


def dose_labels(text: str, figures: Sequence[Figure]) -> Iterator[LearnedGroup]:
    """Doses that a size or a head word follows set arms apart, if there are two or more."""
    found = []
    several = _offered(text, figures)
    for figure in figures:
        if figure.kind is not MentionKind.DOSE or figure.value is None or figure.upper:
            continue
        after = text[figure.end : figure.end + 40]
        size = re.match(r"[^().;,]{0,25}\(\s*[Nn]\s*=\s*(\d+)", after)
        head = re.match(r"[\s\-\w]{0,14}\b(?:groups?|arms?|cohorts?)\b", after)
        averaged = _AVERAGED.search(text[max(0, figure.start - 24) : figure.start])
        offered = figure.shared_unit or figure.start in several
        if size or head or (offered and not averaged):
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


def _offered(text: str, figures: Sequence[Figure]) -> set[int]:
    """Return where doses stand that are told as one of several: ``10 mg, 20 mg or 40 mg``.

    A comma hands on to a dose what the one behind it is.
    """
    doses = [f for f in figures if f.kind is MentionKind.DOSE and not f.upper]
    found: set[int] = set()
    for low, high in zip(reversed(doses[:-1]), reversed(doses[1:]), strict=True):
        gap = text[low.end : min(high.start, low.end + _LONGEST_OFFER + 1)]
        if low.unit != high.unit or not 0 < high.start - low.end <= _LONGEST_OFFER:
            continue
        listed = _LIST_OF_DOSES.fullmatch(gap) and _same_drug(text, low, high)
        if _OFFER.fullmatch(gap) or listed:
            found |= {low.start, high.start}
        elif gap == ", " and high.start in found:
            found.add(low.start)
    return found


def _same_drug(text: str, one: Figure, two: Figure) -> bool:
    """Whether the same word stands before two doses: ``drugol 5 mg and drugol 10 mg``."""
    before = [words(text, max(0, f.start - _SIZE_BACK), f.start)[-1:] for f in (one, two)]
    return bool(before[0]) and before[0][0].lower == (before[1] or before[0])[0].lower


def sized_labels(text: str) -> Iterator[LearnedGroup]:
    """``X (n = 12)``: the words before the bracket, back to the clause's edge."""
    for match in _SIZE.finditer(text):
        before = text[max(0, match.start() - 80) : match.start()]
        edge = max(
            (m.end() for m in re.finditer(r"[,;:()\[\].]|\b(?:or|and|to|with|versus|vs|receive[ds]?"
             r"|receiving|either|of|into|in|for|on|were|was|by)\b", before)), default=0,
        )  # fmt: skip
        n = int(match.group("n").replace(",", ""))
        for group in candidate(text, match.start() - len(before) + edge, match.start(), n):
            yield replace(group, control=group.control or bool(match.group("control")))


def coded_labels(text: str) -> Iterator[LearnedGroup]:
    """Yield ``group A``, ``arm 2`` and the like, with the size that follows."""
    found = list(_CODE.finditer(text))
    several = len({match.group(2) for match in found}) > 1
    for match in found:
        code = match.group(2)
        if match.group()[0].isupper() and not several:
            continue  # the name of a thing: "Group A"
        label = f"{match.group(1).lower()} {code.lower()}"
        size = re.match(r"\s*[(\[][Nn]\s*=\s*(\d{1,9})", text[match.end() : match.end() + 24])
        n = int(size.group(1)) if size else None
        yield LearnedGroup(label, match.group(), match.start(), match.end(), (label,), n)


def headed_labels(text: str, tokens: Sequence[Word]) -> Iterator[LearnedGroup]:
    """Yield ``the PS and EZ groups``: up to four words before the head, shared heads split."""
    for index, token in enumerate(tokens):
        if token.lower not in HEAD:
            continue
        first = index
        while first > 0 and index - first < _MAX_LABEL:
            word = tokens[first - 1]
            gap = text[word.end : tokens[first].start]
            joined = word.lower in {"and", "or"} and token.lower.endswith("s")
            joined = joined or _hyphenated(text, word)
            if re.search(r"[.,;:()\[\]]", gap) or (word.lower in EDGE and not joined):
                break
            first -= 1
        proper = text[token.start].isupper() and index - first > _PAIR
        if proper and all(text[w.start].isupper() for w in tokens[first:index]):
            continue  # the Eastern Cooperative Oncology Group
        if first < index:
            span = tokens[first].start, tokens[index - 1].end
            for part in _parts(text, *span):
                yield from candidate(text, *part)


def _hyphenated(text: str, word: Word) -> bool:
    """Whether a word is part of a compound: ``intensive-treatment``, ``no-oxygen``."""
    return text[word.start - 1 : word.start] == "-" or text[word.end : word.end + 1] == "-"


def allocated_labels(text: str, *, surely: bool = False) -> Iterator[LearnedGroup]:
    """Yield the sides of ``randomised to X or Y`` and ``comparing X with Y``, if there are two.

    :param surely: only where the words say that people were allocated, but with no control needed
    """
    for match in _ALLOCATION.finditer(text):
        if text[match.end() : match.end() + 1] in {",", "-"}:
            continue  # "a randomised, open study": a word of the design
        rest = text[match.end() : match.end() + 160]
        stop = re.search(r"[.;()\n]|\b(?:for|in|on|at|during|after|before|among|"
                         r"as|using|was|were|by|who|is|are|over|every|until|plus)\b",
                         rest)  # fmt: skip
        end = match.end() + (stop.start() if stop else len(rest))
        offered = re.search(r"\b(?:or|versus|vs\.?) .+?(?= and )", text[match.end() : end])
        end = match.end() + offered.end() if offered else end  # "to X or Y and monitored hourly"
        parts = list(_parts(text, match.end(), end))
        sides = [g for part in parts if not _tells(text, *part) for g in candidate(text, *part)]
        known = any(g.control for g in sides)
        if surely:
            known = _surely_allocated(text, match, end, parts, sides)
        if len(parts) > 1 and len(sides) > 1 and known:
            yield from sides


def _surely_allocated(
    text: str,
    match: re.Match[str],
    end: int,
    parts: Sequence[tuple[int, int]],
    sides: Sequence[LearnedGroup],
) -> bool:
    """Whether ``randomised to A, B or C`` names two to four arms, each in a few words."""
    told = _STRONG.match(text, match.start())
    short = all(len(words(g.label)) <= _FEW_WORDS for g in sides)
    offered = re.search(r"\b(?:or|versus|vs)\b", text[match.end() : end])
    joined = " and " in text[match.end() : end]
    return (
        bool(told and offered) and not joined and len(parts) == len(sides) <= _MOST_ARMS and short
    )


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a stretch goes on with the result: ``compared with placebo, reduced the need``."""
    return any(c.kind in _RESULT for c in find_cues(words(text, start, end)[:1]))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SPLIT.finditer(text, start, end):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if end > at:
        yield at, end
