"""A sentence's facts: its figures and the directions that it tells, each bound to its slots.

``kg.extract.binding`` says what a word belongs to; here is what is told: which way, how surely,
with what exception. *Respectively* and ``A versus B (x versus y)`` hand values out in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.asides import Asides
from kg.extract.binding import DIRECTIONS, Binder
from kg.extract.everyone import is_unsure
from kg.extract.group import POOLED
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Sentence
from kg.extract.series import hand_out
from kg.extract.when import ALL_TIMES
from kg.model import Comparator, Comparison, MentionKind
from kg.text.filler import plain
from kg.text.lexicon import Cue, categories

__all__ = ["ALL_TIMES", "DIRECTIONS", "facts_of"]

_VERBS = {"up", "down", "better", "worse"}
_DENIED = 5
_LEADING = 5
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
    r"(?:it was |they were |at |the |their |its |in |those |that |values |levels "
    r"|patients['’] |own |people's )*"
    r"(?:baseline|before (?:the )?(?:treatment|therapy|intervention|start)|pre-?treatment|entry"
    r"|start|outset|beginning)\b"
    r"|\b(?:relative to|compared with) (?:the |their |patients['’] )*own\b"
    r"|\b(?:below|above|from|off|on) (?:where they (?:had )?started"
    r"|their (?:starting|baseline) (?:level|value|point)s?)\b",
    re.IGNORECASE,
)
_MOVED = {"change", "changes", "effect", "effects", "difference", "differences", "influence",
          "impact"}  # fmt: skip
_HARDLY = {"minimal", "negligible", "little", "trivial"}
_DENYING = {f"{verb} not" for verb in ("was", "were", "did", "is", "are", "does", "do", "had")}
_STOPS = re.compile(r"\s*(?:[.;,(\[]|$)")
_FINDING = re.compile(
    r"(?:associations?|relationships?|correlations?|differences?|changes?|effects?|(?:in|de)creases?"
    r"|reductions?|improvements?|benefits?|advantages?|gains?|rises?|falls?|drops?|declines?)$"
)
_GONE = re.compile(
    r"[^.;:,]{0,80}?\b(?:(?:was|were) (?:\w+ly )?(?:absent|not (?:\w+ly )?"
    r"(?:seen|found|observed|apparent|evident|detected|detectable|shown|present|demonstrated"
    r"|confirmed|noted))|(?:(?:had|has|have) )?(?:disappeared|vanished|faded|waned|worn off"
    r"|evaporated|been lost)|wore off|was gone)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"[) ]{0,2}(?:in|of|for) (?:each|both|either) (?:groups?|arms?)\b")
_LINKED = {"up", "down", "better", "worse", "different"}
_HELD, _NAMED = 0.3, 0.83
_CARRIED = 0.6
_TREND = {"trend", "trended", "tendency", "tended"}


def facts_of(text: str, sentence: Sentence, both: frozenset[str] = frozenset()) -> list[Fact]:
    """Return the facts of a sentence in text order, each bound to its slots.

    :param both: the keys of the record's groups, if they are two
    """
    teller = _Teller(text, sentence)
    found = [
        *teller.figure_facts(),
        *teller.direction_facts(),
        *teller.elliptical_facts(),
        *teller.equal_facts(),
    ]
    found.sort(key=lambda fact: (fact.start, fact.end, fact.sense))
    return hand_out(text, sentence, found, teller.bound.refers.turned_round(), both)


class _Teller:
    """Works on one sentence; holds nothing beyond it."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        self.s = sentence
        self.bound = Binder(text, sentence)
        self.asides = Asides(text, sentence, self.bound.at)

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
            if cue.kind not in DIRECTIONS or cue.first <= last or self.asides.hold(cue):
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

    def equal_facts(self) -> Iterator[Fact]:
        """Yield a null for one value told of both groups: ``19% in each group had gout``."""
        if any(c.kind in _VERBS for c in self.s.cues):
            return
        for figure in self.s.figures:
            if figure.kind is not MentionKind.PERCENT:
                continue
            match = _EACH.match(self.text, figure.end, self.s.end)
            if match is None:
                continue
            position = self.bound.at(figure.start)
            yield Fact(
                figure.start, match.end(), self.s.index, self.s.layout.clause[position], "null",
                plain(self.text[figure.start : match.end()]), None, frozenset({POOLED}), True,
                frozenset(), self.bound.when.of(position, figure),
                self.bound.context_of(position, figure), Comparison.BETWEEN_GROUPS, None,
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
            if not near and not leads and cue.kind in _LINKED:
                yield from self._not_of(cue, other)
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

    def _not_of(self, cue: Cue, other: Cue) -> Iterator[Fact]:
        """``was linked to A, but not to B``, ``improved A but not B``: of B none is told."""
        clause = self.s.layout.clause[other.first]
        told = [
            c for c in self.s.concepts
            if 0 < c.first - other.last <= _LEADING and self.s.layout.clause[c.first] == clause
            and categories().get(c.key) in {"outcome", "condition"}
        ]  # fmt: skip
        if not told or self._between(cue, other.first):
            return
        groups, firmly = self._group_of(cue)
        context = {key: _HELD * w for key, w in self.bound.context_of(cue.first, None).items()}
        context |= {c.key: _NAMED for c in told}
        yield Fact(
            other.start, told[-1].end, self.s.index, self.s.layout.clause[cue.first], "null",
            plain(self.text[other.start : told[-1].end]), None, groups, firmly, frozenset(),
            self.bound.when.of(cue.first, None), context, self.comparison_of(cue.first), False,
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
        after = self.s.tokens[cue.last + 1 : cue.last + 2]
        if after and after[0].lower == "neither":
            return "null"  # "it changed neither pain nor sleep"
        if _FINDING.search(cue.phrase) and _GONE.match(self.text, cue.end, self.s.end):
            return "null"  # "the association was absent in", "the gain was not seen in"
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
