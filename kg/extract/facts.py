"""A sentence's facts: its figures and the directions that it tells, each bound to its slots.

``kg.extract.binding`` says what a word belongs to; here is what is told: which way, how surely,
with what exception. *Respectively* and ``A versus B (x versus y)`` hand values out in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.binding import DIRECTIONS, Binder
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Sentence
from kg.extract.series import hand_out
from kg.extract.told_aside import is_aside, is_unsure
from kg.extract.when import ALL_TIMES
from kg.model import Comparator, Comparison, MentionKind
from kg.text.filler import plain
from kg.text.lexicon import Cue

__all__ = ["ALL_TIMES", "DIRECTIONS", "facts_of"]

_ALIKE = {"similar", "comparable", "equal", "the same", "same"}
_AMOUNTS = {"more", "less"}
_VERBS = {"up", "down", "better", "worse"}
_DENIED = 5
_LABELLED = 4
_WHOSE = 5
_PEOPLE = {
    "those", "people", "patients", "participants", "women", "men", "children", "adults",
    "subjects", "veterans", "students", "individuals", "persons", "residents", "infants",
    "caregivers", "parents", "mothers", "workers",
}  # fmt: skip
_GOING_WITH = {"went with", "goes with", "went along with", "goes along with", "go with"}
_LEADING = 5
_GOES_ON = {"did", "does", "depended", "depends", "varied", "changed", "differed", "held"}
_OPENED = 25
_NEAR = 4
_AVERTS = {"prevent", "avoid", "halt", "avert", "attenu", "slow", "delay"}
_LOSSES = {"decline", "declines", "deterioration", "worsening", "loss", "impairment", "fall",
           "drop", "decrease", "reduction"}  # fmt: skip
_DID_NOT = {"did not", "does not", "do not", "didn't", "doesn't", "don't", "failed to"}
_MAKING = {"keep", "make", "help", "let", "leave", "get", "give", "bring", "lead", "translate",
           "result", "allow", "enable", "cause", "seem", "appear", "lend"}  # fmt: skip
_FINITE = {"did", "had", "was", "were", "has", "have", "is", "are", "showed", "fell", "rose",
           "improved"}  # fmt: skip
# as the subject they deny what follows, however far the verb
_SUBJECTS = {"neither", "none", "nor"}
_ALPHA = Decimal("0.05")
_THAN_BEFORE = re.compile(
    r"\b(?:than|compared (?:to|with)|relative to) "
    r"(?:it was |they were |at |the |their |its |in |those |that |values |levels )*"
    r"(?:baseline|before (?:the )?(?:treatment|therapy|intervention|start)|pre-?treatment|entry"
    r"|start|outset|beginning)\b",
    re.IGNORECASE,
)
_MOVED = {"change", "changes", "effect", "effects", "difference", "differences", "influence",
          "impact"}  # fmt: skip
_MOVED_ITSELF = {"changed", "varied", "shifted", "moved"}
_HARDLY = {"minimal", "negligible", "little", "trivial"}
_THOUGHT = {"considered", "judged", "deemed", "thought", "possibly", "probably", "likely",
            "definitely", "believed", "suspected"}  # fmt: skip
_MULTIPLE = re.compile(r"(?:twice|\w+ times|half|(?:a|one) (?:third|quarter)) (?:as|that)\b")
_DENYING = {f"{verb} not" for verb in ("was", "were", "did", "is", "are", "does", "do", "had")}
_STOPS = re.compile(r"\s*(?:[.;,(\[]|$)")
_CARRIED = 0.6
_TREND = {"trend", "trended", "tendency", "tended"}


def facts_of(text: str, sentence: Sentence, both: frozenset[str] = frozenset()) -> list[Fact]:
    """Return the facts of a sentence in text order, each bound to its slots.

    :param both: the keys of the record's groups, if they are two
    """
    teller = _Teller(text, sentence)
    found = [*teller.figure_facts(), *teller.direction_facts(), *teller.elliptical_facts()]
    found.sort(key=lambda fact: (fact.start, fact.end, fact.sense))
    return hand_out(text, sentence, found, teller.bound.refers.turned_round(), both)


class _Teller:
    """Works on one sentence; holds nothing beyond it."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        self.s = sentence
        self.bound = Binder(text, sentence)

    def figure_facts(self) -> Iterator[Fact]:
        """Yield a fact for each figure, times and doses included."""
        for figure in self.s.figures:
            position = self.bound.at(figure.start)
            groups, firmly = self.bound.group_of(position, figure)
            firmly = firmly and not self._of_either(position)
            firmly = firmly and not is_unsure(self.text, self.s, figure)
            yield Fact(
                figure.start, figure.end, self.s.index, self.s.layout.clause[position], "figure",
                figure.printed, figure, groups, firmly, self.bound.refers.of(position),
                self.bound.when.of(position, figure), self.bound.context_of(position, figure),
                self.comparison_of(position), self.significance_of(position),
            )  # fmt: skip

    def _of_either(self, position: int) -> bool:
        """``95% did, whether they took A or B``: told of both."""
        words = [w.lower for w in self.s.tokens[position + 1 :]]
        return "whether" in words and "or" in words[words.index("whether") :]

    def direction_facts(self) -> Iterator[Fact]:
        """Yield a fact for each direction told in words; a denied one is a null."""
        last = -1
        for cue in self.s.cues:
            if cue.kind not in DIRECTIONS or cue.first <= last or self._modifies(cue):
                continue
            if (
                self._bounds(cue)
                or self._averts(cue)
                or self._is_of_null(cue)
                or self._is_known(cue)
                or self._tells_who(cue)
                or self._is_exposure(cue)
                or is_aside(self.text, self.s, cue)
                or self._moves_alike(cue)
            ):
                continue
            last = cue.last
            yield from self._left_out(cue)
            sense = self._averted(cue, self._denied(cue))
            groups, firmly = self._group_of(cue)
            reference = self.bound.refers.of(cue.first)
            p = self._p_of(cue)
            significant = self.significance_of(cue.first)
            if significant and self._is_trend(cue):
                significant = False
            if significant is None and p is not None and p.value is not None:
                significant = p.comparator is not Comparator.NS and (
                    p.value < _ALPHA or (p.value == _ALPHA and p.comparator is Comparator.LESS)
                )
            yield Fact(
                cue.start, cue.end, self.s.index, self.s.layout.clause[cue.first], sense,
                cue.phrase, None, groups - reference, firmly, reference,
                self.bound.when.of(cue.first, None), self.bound.context_of(cue.first, None),
                self.comparison_of(cue.first), False if sense == "null" else significant,
                self._hedged(cue), p, self._excepted(cue),
            )  # fmt: skip

    def _group_of(self, cue: Cue) -> tuple[frozenset[str], bool]:
        """Return the groups of a direction: ``an increase of 2.3 %`` is told of its figure's."""
        after = self.s.tokens[cue.last + 1 : cue.last + 3]
        if len(after) > 1 and after[0].lower in {"of", "by"}:
            own = next((f for f in self.s.figures if f.start == after[1].start), None)
            if own is not None:
                groups, firmly = self.bound.group_of(self.bound.at(own.start), own)
                if firmly and len(groups) == 1:
                    return groups, firmly
        return self.bound.group_of(cue.first, None)

    def _is_trend(self, cue: Cue) -> bool:
        """Tell ``a trend toward lower`` from what the clause calls significant."""
        before = [w.lower for w in self.s.tokens[max(0, cue.first - 4) : cue.first]]
        told = next((i for i, word in enumerate(before) if word in _TREND), None)
        return told is not None and "significant" not in before

    def _modifies(self, cue: Cue) -> bool:
        """Whether the noun behind tells the direction: ``a greater``, ``a similar reduction``."""
        if self._is_amount(cue):
            return True
        denies = cue.kind == "null" and cue.phrase not in _ALIKE
        return not denies and any(
            other.kind in DIRECTIONS and other.first == cue.last + 1 and other.kind != "null"
            and not self._is_amount(other)
            for other in self.s.cues
        )  # fmt: skip

    def _is_amount(self, cue: Cue) -> bool:
        """``eased more``, ``fell by 5 g more``, ``eased pain more than X``: how much it moved."""
        if " than " in cue.phrase or _MULTIPLE.match(cue.phrase):
            clause = self.s.layout.clause
            return any(
                c.kind in _VERBS and c.last < cue.first and clause[c.first] == clause[cue.first]
                for c in self.s.cues
            )
        return cue.phrase in _AMOUNTS and any(
            other.kind in _VERBS and other.phrase not in _AMOUNTS
            and other.last < cue.first and self._only_measures(other.last + 1, cue.first)
            for other in self.s.cues
        )  # fmt: skip

    def _only_measures(self, first: int, stop: int) -> bool:
        """Whether nothing but an adverb or an amount stands between two words."""
        spans = [(f.start, f.end) for f in self.s.figures]
        return all(
            w.lower == "by" or w.lower.endswith("ly") or any(a <= w.start < b for a, b in spans)
            for w in self.s.tokens[first:stop]
        )

    def _is_of_null(self, cue: Cue) -> bool:
        """``no significant reduction``, ``did not differ in their influence``: one fact."""
        clause = self.s.layout.clause[cue.first]
        nulls = [
            c for c in self.s.cues
            if c.kind == "null" and self.s.layout.clause[c.first] == clause and c.first < cue.first
        ]  # fmt: skip
        nulls = [c for c in nulls if c.phrase not in _ALIKE]
        return any(c.last + 1 == cue.first or cue.kind == "different" for c in nulls)

    def _is_known(self, cue: Cue) -> bool:
        """Whether *the association* is spoken of, and not found: it did or did not depend."""
        tokens = self.s.tokens
        before = tokens[cue.first - 1].lower if cue.first else ""
        after = tokens[cue.last + 1].lower if cue.last + 1 < len(tokens) else ""
        if cue.phrase == "declined" and tokens[cue.first - 1].lower == "who" and cue.first:
            return True  # those who said no
        if cue.phrase.startswith("difference") and before in {"mean", "risk", "median"}:
            return any(0 <= f.start - cue.end <= _LABELLED for f in self.s.figures)
        if cue.phrase in {"related to", "related"}:  # "events judged possibly related to treatment"
            return bool({w.lower for w in tokens[max(0, cue.first - 5) : cue.first]} & _THOUGHT)
        named = cue.phrase in {"association", "relationship", "correlation", "link"}
        return named and before in {"the", "this"} and after in _GOES_ON

    def _tells_who(self, cue: Cue) -> bool:
        """Whether it only tells who is meant: ``those with greater need``, ``whose pain rose``."""
        tokens = [w.lower for w in self.s.tokens]
        first = max(0, cue.first - _WHOSE)
        if "whose" in tokens[first : cue.first]:
            whose = cue.first - 1 - tokens[first : cue.first][::-1].index("whose")
            return self.s.layout.clause[whose] == self.s.layout.clause[cue.first]
        before = tokens[max(0, cue.first - 2) : cue.first]
        return len(before) > 1 and before[1] == "with" and before[0] in _PEOPLE

    def _is_exposure(self, cue: Cue) -> bool:
        """Whether it tells what goes with another direction: ``higher intake went with less``."""
        if cue.kind not in {"up", "down"}:
            return False
        clause = self.s.layout.clause
        links = [
            c.last for c in self.s.cues
            if c.first > cue.last and clause[c.first] == clause[cue.first]
            and (c.kind == "correlational" or c.phrase in _GOING_WITH)
            and c.phrase != "related to"
        ]  # fmt: skip
        told = [
            c.first
            for c in self.s.cues
            if c.kind in _VERBS and clause[c.first] == clause[cue.first]
        ]
        first = min(links, default=None)
        return first is not None and any(at > first for at in told)

    def _moves_alike(self, cue: Cue) -> bool:
        """Whether that it moved alike is what is told: ``changed about as much on A as on B``."""
        clause = self.s.layout.clause
        return cue.phrase in _MOVED_ITSELF and any(
            c.kind == "null" and clause[c.first] == clause[cue.first]
            and 0 < c.first - cue.last <= _NEAR
            for c in self.s.cues
        )  # fmt: skip

    def _bounds(self, cue: Cue) -> bool:
        """Whether a comparative only bounds a number: ``more than 5``, ``grade 3 or worse``."""
        tokens = self.s.tokens
        if cue.first and tokens[cue.first - 1].lower == "or":
            before = tokens[max(0, cue.first - 3) : cue.first - 1]
            return any(w.lower[:1].isdigit() for w in before)
        after = tokens[cue.last + 1 : cue.last + 3]
        return len(after) > 1 and after[0].lower == "than" and after[1].lower[:1].isdigit()

    def elliptical_facts(self) -> Iterator[Fact]:
        """Yield a null for a clause that only denies: ``…, whereas six cups a day was not (1.02)``.

        Its content is the clause's own, then that of the direction which it denies.
        """
        clause = self.s.layout.clause
        for cue in self.s.cues:
            denies = cue.kind == "negation" and cue.phrase in _DENYING
            if not denies or not _STOPS.match(self.text, cue.end, self.s.end):
                continue
            told = [c for c in self.s.cues if c.kind in _VERBS and c.last < cue.first]
            apart = told and clause[told[-1].first] != clause[cue.first]
            if not apart:
                continue
            groups, firmly = self._group_of(cue)
            denied = self.bound.context_of(told[-1].first, None)
            context = {key: _CARRIED * weight for key, weight in denied.items()}
            own = self.bound.context_of(cue.first, None)
            yield Fact(
                cue.start, cue.end, self.s.index, clause[cue.first], "null", cue.phrase, None,
                groups, firmly, frozenset(), self.bound.when.of(cue.first, None),
                {key: max(own.get(key, 0.0), context.get(key, 0.0)) for key in {**context, **own}},
                self.comparison_of(cue.first), False,
            )  # fmt: skip

    def _left_out(self, cue: Cue) -> Iterator[Fact]:
        """``… improved in A but not in B``, ``A, but not B, improved``: of B none is told."""
        for other in self.s.cues:
            leads = other.phrase == "but not" and 0 < cue.first - other.last <= _LEADING
            if other.phrase not in {"but not", "not in the"} or (
                other.first < cue.last and not leads
            ):
                continue
            near = [
                m for m in self.s.groups
                if 0 <= self.bound.at(m.start) - other.last <= 4
                and (not leads or m.end <= cue.start)
            ]  # fmt: skip
            if near and cue.kind != "null" and not self._between(cue, other.first):
                keys = self.bound.chain(
                    (self.bound.at(near[0].start), self.bound.at_last(near[0].end), near[0])
                )
                yield Fact(
                    other.start, near[0].end, self.s.index, self.s.layout.clause[cue.first], "null",
                    plain(self.text[other.start : near[0].end]), None, keys, True, frozenset(),
                    frozenset(), self.bound.context_of(cue.first, None),
                    self.comparison_of(cue.first), False,
                )  # fmt: skip

    def _between(self, cue: Cue, position: int) -> bool:
        return any(c.kind in DIRECTIONS and cue.last < c.first < position for c in self.s.cues)

    def _denied(self, cue: Cue) -> str:
        """``did not improve`` and ``no increase`` tell no difference."""
        if cue.kind == "null":
            return "null"
        if cue.kind == "different" and self.significance_of(cue.first) is False:
            return "null"  # "this difference was not significant"
        if cue.kind == "different" and self._hardly(cue):
            return "null"
        clause = self.s.layout.clause[cue.first]
        before = self.s.tokens[cue.first - 1].lower if cue.first else ""
        if before == "not" and cue.kind in _VERBS:
            return "null"  # "but not less than those on X"
        aside = {c.last for c in self.s.cues if c.phrase == "without"}
        for other in self.s.cues:
            if other.kind == "negation" and other.last < cue.first:
                # "no evidence that …" denies the whole clause that it opens
                opens = other.phrase in _SUBJECTS or other.phrase.endswith((" that", " for", " of"))
                goes_on = other.phrase in _DID_NOT and before in {"or", "nor"}
                # "did not keep patients with heart failure alive longer"
                verb = self.s.tokens[min(other.last + 1, cue.first)].lower
                goes_on = goes_on or (other.phrase in _DID_NOT and verb in _MAKING)
                reach = _OPENED if opens or goes_on else _DENIED
                near = cue.first - other.last <= reach
                # "those without pain did worse": the verb is another's
                told = self.s.tokens[other.last + 1 : cue.last + 1] if other.last in aside else ()
                if any(w.lower in _FINITE for w in told):
                    continue
                if near and self.s.layout.clause[other.first] == clause:
                    return "null"
        return cue.kind

    def _hardly(self, cue: Cue) -> bool:
        """``minimal mean weight change``, ``little effect on``: next to none."""
        if cue.phrase.split()[0] not in _MOVED:
            return False  # "minimal disease activity differed"
        before = self.s.tokens[max(0, cue.first - 3) : cue.first]
        return any(w.lower in _HARDLY for w in before)

    def _averts(self, cue: Cue) -> bool:
        """Whether a direction only says that another did not come: ``slowed the decline``."""
        return self.s.tokens[cue.first].stem in _AVERTS and any(
            other.phrase in _LOSSES and 0 < other.first - cue.last <= _NEAR for other in self.s.cues
        )

    def _averted(self, cue: Cue, sense: str) -> str:
        """``prevented the decline``: that something bad did not come is good."""
        before = self.s.tokens[max(0, cue.first - _NEAR) : cue.first]
        averts = any(w.stem in _AVERTS for w in before)
        return "better" if averts and cue.phrase in _LOSSES and sense != "null" else sense

    def _hedged(self, cue: Cue) -> bool:
        clause = self.s.layout.clause[cue.first]
        return any(c.kind == "may" and self.s.layout.clause[c.first] == clause for c in self.s.cues)

    def _excepted(self, cue: Cue) -> frozenset[str]:
        """Content that an exception takes out of what is said."""
        taken: set[str] = set()
        for other in self.s.cues:
            if other.kind != "exception" or other.phrase.startswith(
                ("only", "limited", "restrict")
            ):
                continue
            if other.first > cue.last:
                clause = self.s.layout.clause[other.first]
                taken |= {
                    c.key
                    for c in self.s.concepts
                    if other.last < c.first <= other.last + 5
                    and self.s.layout.clause[c.first] == clause
                }
        return frozenset(taken)

    def _p_of(self, cue: Cue) -> Figure | None:
        """Return the p-value that stands with a direction: the first after it in its clause."""
        clause = self.s.layout.clause[cue.first]
        for figure in self.s.figures:
            if figure.kind is MentionKind.P_VALUE and figure.start > cue.start:
                same = self.s.layout.clause[self.bound.at(figure.start)] == clause
                return figure if same else None
        return None

    def comparison_of(self, position: int) -> Comparison | None:
        """Return whether the clause compares a group with its baseline or with another."""
        clause = self.s.layout.clause[position]
        if self._than_before(position, clause) and not self.bound.refers.of(position):
            # "higher than baseline (5 and 6, compared with 3 on placebo)" is both
            inside = self.s.layout.bracket
            both = any(c.kind == "between" and inside[c.first] for c in self.s.cues)
            return None if both else Comparison.WITHIN_GROUP
        here = {c.kind for c in self.s.cues if self.s.layout.clause[c.first] == clause}
        between = bool(self.bound.refers.of(position)) or self._compares(clause)
        if "within" in here:
            words = zip(self.s.tokens, self.s.layout.clause, strict=True)
            than = any(w.lower == "than" for w, at in words if at == clause)
            # a change from baseline that is held against another group's is both
            return None if between or than else Comparison.WITHIN_GROUP
        return Comparison.BETWEEN_GROUPS if between else None

    def _compares(self, clause: int) -> bool:
        """Whether a clause compares groups; ``no changes in both groups`` does not."""
        told = [
            c
            for c in self.s.cues
            if c.kind == "between" and self.s.layout.clause[c.first] == clause
        ]
        phrases = {c.phrase for c in self.s.cues if self.s.layout.clause[c.first] == clause}
        in_each = all(c.phrase.endswith("both groups") for c in told)
        return bool(told) and not (in_each and any("no change" in p for p in phrases))

    def _than_before(self, position: int, clause: int) -> bool:
        """Whether it is told against the same people's start: ``31 % higher than at baseline``."""
        match = _THAN_BEFORE.search(self.text, self.s.tokens[position].start, self.s.end)
        return match is not None and self.s.layout.clause[self.bound.at(match.start())] == clause

    def significance_of(self, position: int) -> bool | None:
        """Return whether the clause says that it is significant, or that it is not."""
        clause = self.s.layout.clause[position]
        for cue in self.s.cues:
            if self.s.layout.clause[cue.first] != clause:
                continue
            if cue.kind == "null" and ("significan" in cue.phrase or cue.phrase.startswith("ns")):
                return False
        for cue in self.s.cues:
            if cue.kind == "significant" and self.s.layout.clause[cue.first] == clause:
                denied = any(
                    n.kind == "negation" and 0 < cue.first - n.last <= 3 for n in self.s.cues
                )
                return not denied
        return None
