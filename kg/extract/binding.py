"""What a word of a sentence is bound to: groups, times, what it is compared with, context.

The rules are those of English trial prose. A bracket hangs on what stands to its left. Inside a
bracket the nearest group and time to the left count first. Outside, a group behind ``in``, ``on``
or ``among`` counts, else the clause's subject, else the sentence's opening.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.figure_fractions import SHARE
from kg.extract.groups import POOLED, GroupMention
from kg.extract.mentions import Figure
from kg.extract.reading import Sentence
from kg.extract.references import REFERENCE, References
from kg.extract.series import compared
from kg.extract.when import When
from kg.model import MentionKind

DIRECTIONS = ("up", "down", "better", "worse", "null", "different")
_TOWARD = {
    "in",
    "on",
    "for",
    "among",
    "with",
    "receiving",
    "taking",
    "given",
    "to",
    "of",
    "from",
    "after",
    "under",
    "received",
    "took",
    "got",
    "using",
}
_LISTING = {"", "and", "or", "/", "and the", "and in", "or the", "and in the", "&", "or a", "or an",
            "and a", "and an", "or either"}  # fmt: skip
_BOTH = re.compile(r"\bboth (?:the )?[\w-]{1,30}$", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[][^()\[\]]{0,30}[)\]]")
_REACH = 5.0
_NEXT = 9
_ITEM = 24
_AGAINST = re.compile(r" (?:as against|against|versus|vs\.?|compared with|compared to) \d")
_STATISTIC = {
    "hazard", "hazards", "ratio", "ratios", "odds", "risk", "relative", "adjusted", "unadjusted",
    "rate", "incidence", "hr", "or", "rr", "ahr", "aor", "arr", "irr", "smd", "md", "mean",
    "standardised", "standardized", "difference", "differences", "treatment", "estimated",
    "weighted", "absolute", "pooled", "median", "effect", "size", "cohen", "change", "reduction",
    "increase", "beta", "coefficient", "correlation", "between", "group", "groups", "value",
}  # fmt: skip
_BETWEEN = [0.75**n for n in range(5)]
_TURNING = {"and", "or", "but", "compared", "comparison", "relative"}
_TOTAL = re.compile(r" ?(?:[(\[][^)\]]{1,20}[)\]])? of (?:the )?")
_OPENS = re.compile(r"[^()\[\],;]{0,12}[(\[](?:in |for |with |on )?(?:the )?")
_CLOSES = re.compile(r"(?: groups?| arms?| patients)?[)\]]")
_TO = re.compile(r"[^,;]{0,24}?(?:[(\[][^)\]]{1,24}[)\]])? ?to (?:a mean of )?")
_WITH_UNIT = {MentionKind.TIME, MentionKind.MEASURE, MentionKind.PERCENT}
_LEFT_OUT = {("but", "not"), ("and", "not"), ("but", "no")}
_OF_TWO = {("relative", "reduction"), ("relative", "increase"), ("relative", "risk"),
           ("relative", "difference"), ("risk", "reduction")}  # fmt: skip
_HEADS = {"group", "groups", "arm", "arms", "patients", "participants", "recipients", "treatment",
          "women", "men", "children", "subjects", "cohort"}  # fmt: skip
_GIVEN = {"on", "with", "receiving", "given", "taking"}
_ARM = "=arm"  # "group", "arm": of every outcome, so of none

_Placed = tuple[int, int, GroupMention]  # first word, last word, mention


class Binder:
    """Works on one sentence; holds nothing beyond it."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        self.s = sentence
        self.starts = [w.start for w in sentence.tokens]
        self.position = {start: i for i, start in enumerate(self.starts)}
        self.when = When(text, sentence, self.at)
        self.refers = References(text, sentence, self.at)
        self.marked = self._marked()
        self.spoken = self._spoken()
        self.places: dict[MentionKind, list[int]] = {}
        for figure in sentence.figures:
            self.places.setdefault(figure.kind, []).append(self.at(figure.start))

    def at(self, offset: int) -> int:
        """Return the word position at an offset."""
        found = self.position.get(offset)
        return self.s.word_at(offset) if found is None else found

    def at_last(self, end: int) -> int:
        """Return the position of the last word that begins before an offset."""
        return max(0, bisect_left(self.starts, end) - 1)

    def _marked(self) -> set[int]:
        """Word positions that are no outcome words: groups, figures and cues."""
        spans = [(g.start, g.end) for g in self.s.groups]
        spans += [(f.start, f.end) for f in self.s.figures]
        spans += [(c.start, c.end) for c in self.s.cues if c.kind in {*DIRECTIONS, "significant"}]
        return self.s.words_in(spans) - self._named_outcomes()

    def _named_outcomes(self) -> set[int]:
        """Word positions inside an effect that tell of what it is: ``HR for stroke was 0.45``."""
        effects = [(f.start, f.end) for f in self.s.figures if f.kind is MentionKind.EFFECT]
        return {
            at for at in self.s.words_in(effects)
            if self.s.tokens[at].lower not in _STATISTIC
            and not any(char.isdigit() for char in self.s.tokens[at].lower)
        }  # fmt: skip

    def _spoken(self) -> list[tuple[str, int, int, int, int]]:
        """Return the outcome words: key, position, bracket, where that hangs on, clause."""
        layout = self.s.layout
        found = []
        for concept in self.s.concepts:
            if concept.first not in self.marked and concept.key != _ARM:
                there = layout.bracket[concept.first]
                hangs = layout.opens[there] if there else concept.first
                clause = layout.clause[concept.first]
                found.append((concept.key, concept.first, there, hangs, clause))
        return found

    def group_of(self, position: int, figure: Figure | None) -> tuple[frozenset[str], bool]:
        """Return the groups that a word is about, and whether the words tie it to them."""
        mentions = [(self.at(m.start), self.at_last(m.end), m) for m in self.s.groups]
        if figure is not None:
            mentions = [m for m in mentions if not m[2].start <= figure.start < m[2].end]
        if not mentions:
            return frozenset(), False
        if figure is not None and (_compares(figure) or self._is_difference(position)):
            return self._weakly(self.s.layout.outer(position), figure, mentions)[0], False
        if self.s.layout.bracket[position]:
            tied = self._in_bracket(position, figure, mentions)
            return tied or self._weakly(self.s.layout.outer(position), figure, mentions)
        if figure is not None:
            clause = self.s.layout.clause[position]
            behind = self._behind(position, self._of_clause(clause, mentions), figure)
            behind = behind or self._labelled(figure, mentions)
            if behind:
                return self.chain(behind), behind[2].strong
            if self._given_something(figure):
                return frozenset(), False
        return self._subject(position, figure, mentions)

    def _is_difference(self, position: int) -> bool:
        """Whether a figure is told as a difference: ``a between-group difference of −0.39 %``."""
        told = [w.lower for w in self.s.tokens[max(0, position - 4) : position]]
        before = set(told)
        if any(pair in _OF_TWO for pair in pairwise(told)):
            return True
        return bool(before & {"difference", "differences"}) and "baseline" not in before

    def _in_bracket(
        self, position: int, figure: Figure | None, mentions: Sequence[_Placed]
    ) -> tuple[frozenset[str], bool] | None:
        """Bind what stands in a bracket: to a group inside it, or to the one right before it."""
        layout = self.s.layout
        bracket = layout.bracket[position]
        inside = [m for m in mentions if layout.bracket[m[0]] == bracket]
        if figure is not None:  # "(12 mg X; 9 mg Y)": each item has its own
            inside = [m for m in inside if not self._parted(figure, m[2])]
        if figure is not None and figure.kind is MentionKind.P_VALUE:  # "(p = .03 versus placebo)"
            inside = [m for m in inside if not self.refers.is_one(m[0])]
        if inside:
            chosen = self._behind(position, inside, figure) or _nearest(inside, position)
            if chosen:
                return self.chain(chosen), chosen[2].strong
        both = compared(self.s, layout.opens[bracket], figure)
        if both:
            return both, True
        beside = self._beside(layout.opens[bracket], mentions)
        if beside:
            keys = self.chain(beside) if self._listed_before(beside) else beside[2].keys
            return keys, beside[2].strong and not self._shared_bracket(bracket, figure)
        host = self._host(layout.opens[bracket], figure)
        found = self.group_of(self.at(host.start), host) if host else None
        return None if found and self.refers.only(found[0], layout.opens[bracket]) else found

    def _host(self, opens: int, figure: Figure | None) -> Figure | None:
        """Return the figure that a bracket's figure explains: ``406 patients (13.4%)``."""
        if figure is None or opens < 0 or figure.kind is MentionKind.P_VALUE:
            return None
        end = self.s.tokens[opens].end
        hosts = [
            f for f in self.s.figures
            if f.start < end and 0 <= opens - self.at_last(f.end) <= 1 and f is not figure
            and f.kind is not figure.kind and not self.s.layout.bracket[self.at(f.start)]
        ]  # fmt: skip
        return hosts[-1] if hosts else None

    def _parted(self, figure: Figure, mention: GroupMention) -> bool:
        """Whether a semicolon stands between a figure and a group."""
        before = self.text[mention.end : figure.start] if mention.end <= figure.start else ""
        return ";" in before or ";" in self.text[figure.end : mention.start]

    def _shared_bracket(self, bracket: int, figure: Figure | None) -> bool:
        """Whether a bracket holds several figures of the kind, which may be several groups'."""
        if figure is None:
            return False
        here = [f for f in self.s.figures if self.s.layout.bracket[self.at(f.start)] == bracket]
        same = sum(f.kind is figure.kind for f in here)
        times = sum(f in self.when.times for f in here)
        return same > 1 and times < same  # each at its own time: one group's, followed up

    def _weakly(
        self, position: int, figure: Figure | None, mentions: Sequence[_Placed]
    ) -> tuple[frozenset[str], bool]:
        """Bind what a bracket holds to the clause's subject; surely only if no other is near."""
        keys, firm = self._subject(position, figure, mentions, listed=True)
        clause = self.s.layout.clause[position]
        outside = [m for m in mentions if not self.s.layout.bracket[m[0]]]
        here = self._of_clause(clause, outside)
        named = {key for m in here for key in m[2].keys}
        if not here:
            return keys, firm
        if self.refers.only(keys, position):
            return frozenset(), False  # "favoured A over B in pain (-3; p = .02)": of both
        if all(m[0] > position and self.refers.is_one(m[0]) for m in here):
            return frozenset(), False  # "the fall (38 %) was no greater than with placebo"
        return keys, named <= keys and all(m[2].strong for m in here)

    def _of_clause(self, clause: int, mentions: Sequence[_Placed]) -> list[_Placed]:
        layout = self.s.layout
        return [m for m in mentions if not layout.bracket[m[0]] and layout.clause[m[0]] == clause]

    def _subject(
        self,
        position: int,
        figure: Figure | None,
        mentions: Sequence[_Placed],
        *,
        listed: bool = False,
    ) -> tuple[frozenset[str], bool]:
        """Bind a word outside brackets to its clause's subject, else to the sentence's opening.

        :param listed: whether figures of the kind may stand between, each in its own bracket
        """
        layout = self.s.layout
        clause = layout.clause[position]
        subject = self._of_clause(clause, mentions)
        subject = [m for m in subject if not self._is_left_out(m[0])]
        if figure is None:
            subject = [m for m in subject if not self.refers.is_one(m[0])]
        if figure is not None and self._is_compared_itself(position, figure):
            subject = [m for m in subject if not self.refers.is_one(m[0])]
        left = [m for m in subject if m[1] <= position]
        before = {w.lower for w in self.s.tokens[max(0, position - 2) : position]}
        if left and figure is not None and before & REFERENCE and left[-1][1] < position - 2:
            return frozenset(), False  # "as against 9 % of …": another's, not the subject's
        if left:
            chosen = max(left, key=lambda m: m[1])
            cut_off = not listed and self._cut_off(chosen, figure)
            return self.chain(chosen), chosen[2].strong and not cut_off
        right = [m for m in subject if m[0] > position and not self.refers.is_one(m[0])]
        if right:
            chosen = min(right, key=lambda m: m[0])
            return self.chain(chosen), figure is None and chosen[2].strong
        outside = [m for m in mentions if not layout.bracket[m[0]]]
        earlier = [m for m in outside if layout.clause[m[0]] < clause]
        if figure is None:  # "more with X than with Y, and nausea was rarer": X is still meant
            earlier = [m for m in earlier if not self.refers.is_one(m[0])] or earlier
        if earlier:
            chosen = max(earlier, key=lambda m: m[1])
            opening = chosen[0] <= 2
            return self.chain(chosen), opening and chosen[2].strong
        return frozenset(), False

    def _is_compared_itself(self, position: int, figure: Figure) -> bool:
        """Whether a figure's own reference follows: ``by 5% against X and by 9% against Y``."""
        if _AGAINST.match(self.text, figure.end):
            return True  # "longer than with X, 29 hours as against 3"
        told = [w.lower for w in self.s.tokens[max(0, position - 2) : position]]
        after = [w.lower for w in self.s.tokens[position + 1 : position + 5]]
        return told[-2:] == ["and", "by"] and any(
            word in {*REFERENCE, "compared", "relative"} for word in after
        )

    def _is_left_out(self, position: int) -> bool:
        """Whether a group is named as the one of which it does not hold: ``X, but not Y, fell``."""
        before = [w.lower for w in self.s.tokens[max(0, position - 4) : position]]
        return any(pair in _LEFT_OUT for pair in pairwise(before))

    def _cut_off(self, chosen: _Placed, figure: Figure | None) -> bool:
        """Whether another figure of the kind stands between a subject and its figure."""
        if figure is None:
            return False
        bare = figure.kind is MentionKind.NUMBER  # "201 seconds, … only 155"
        return any(
            (f.kind is figure.kind or (bare and f.kind in _WITH_UNIT))
            and chosen[2].end <= f.start < figure.start
            and not self._goes_with(f, figure)
            for f in self.s.figures
        )  # fmt: skip

    def _beside(self, opens: int, mentions: Sequence[_Placed]) -> _Placed | None:
        """Return the group that a bracket stands right behind: ``the drug group (12 %)``."""
        tokens = self.s.tokens
        while opens >= 0 and tokens[opens].lower in _HEADS:
            opens -= 1
        end = tokens[opens].end if opens >= 0 else -1
        found = [m for m in mentions if m[2].start < end <= m[2].end and POOLED not in m[2].keys]
        return found[0] if found else None

    def _listed_before(self, chosen: _Placed) -> bool:
        """Whether a figure of its own stands between the listed groups: then each has its own."""
        starts = [m.start for m in self.s.groups if m.start < chosen[2].start]
        last = max(starts, default=None)
        if last is None:
            return True
        return not any(last < f.start < chosen[2].start for f in self.s.figures)

    def _given_something(self, figure: Figure) -> bool:
        """``17 % on zolprazole``: a figure of something given that is no group of the record."""
        following = [w for w in self.s.tokens if w.start >= figure.end][:2]
        if len(following) < 2 or following[0].lower not in _GIVEN:
            return False
        at = following[1].start
        counted = any(f.start <= at < f.end for f in self.s.figures)
        return not counted and following[1].lower not in {"the", "a", "an", "both", "each", "all"}

    def _behind(
        self,
        position: int,
        mentions: Sequence[_Placed],
        figure: Figure | None,
    ) -> _Placed | None:
        """``49 % in the drug arm``: a group that a preposition ties to the figure before it."""
        if figure is None:
            return None
        clause = self.s.layout.clause[position]
        mentions = [m for m in mentions if self.s.layout.clause[m[0]] == clause]
        after = [m for m in mentions if position < m[0]]
        if not after:
            return None
        chosen = min(after, key=lambda m: m[0])
        bracket = self.s.layout.bracket
        between = [
            self.s.tokens[i] for i in range(position + 1, chosen[0])
            if bracket[i] == bracket[position]
        ]  # fmt: skip
        if len(between) >= _NEXT:
            return None
        rival = any(
            f.kind is figure.kind and figure.end <= f.start < chosen[2].start
            and bracket[self.at(f.start)] == bracket[position]  # one in brackets is its spread
            and not self._goes_with(figure, f)
            for f in self.s.figures
        )  # fmt: skip
        toward = any(w.lower in _TOWARD for w in between)
        toward = toward or self.text[figure.end : chosen[2].start] in {" ", ": "}
        turned = any(w.lower in {*REFERENCE, *_TURNING} for w in between)
        turned = turned or self._opens_item(chosen[2], figure)
        return chosen if toward and not rival and not turned else None

    def _opens_item(self, mention: GroupMention, figure: Figure) -> bool:
        """Whether a comma and a group open the next item: ``X in 3% of men, Y in 5%``."""
        before = self.text[figure.end : mention.start].rstrip().removesuffix(" the")
        own = self.s.layout.bracket[self.at(mention.start)]
        return before.endswith(",") and any(
            f.kind is figure.kind and 0 < f.start - mention.end <= _ITEM
            and self.s.layout.bracket[self.at(f.start)] == own
            for f in self.s.figures
        )  # fmt: skip

    def _labelled(self, figure: Figure, mentions: Sequence[_Placed]) -> _Placed | None:
        """Return the group that alone fills the bracket behind a figure: ``-1.2 % (drugol)``."""
        for mention in mentions:
            opens = self.text[figure.end : mention[2].start]
            if _OPENS.fullmatch(opens) and _CLOSES.match(self.text, mention[2].end):
                return mention
        return None

    def _goes_with(self, figure: Figure, other: Figure) -> bool:
        """Whether a later figure is the total, or where a change went: ``from 60 to 40``."""
        gap = self.text[figure.end : other.start]
        begins = self.text[max(0, figure.start - 5) : figure.start].lower() == "from "
        return bool(_TOTAL.fullmatch(gap)) or (begins and bool(_TO.fullmatch(gap)))

    def chain(self, chosen: _Placed) -> frozenset[str]:
        """Unite groups that are listed together: ``both A and B``, ``the 1- and 2-mg arms``."""
        ordered = sorted(((self.at(m.start), m) for m in self.s.groups), key=lambda pair: pair[0])
        index = next(i for i, (_, m) in enumerate(ordered) if m.start == chosen[2].start)
        keys = set(chosen[2].keys)
        for step in (-1, 1):
            at = index
            while 0 <= at + step < len(ordered):
                one, other = sorted((ordered[at][1], ordered[at + step][1]), key=lambda m: m.start)
                if not self._listed(one.end, other.start):
                    break
                if self.refers.follows_fronted(self.at(other.start)):
                    break  # "Against placebo, drugol …"
                at += step
                keys |= ordered[at][1].keys
        return frozenset(keys)

    def _listed(self, end: int, start: int) -> bool:
        gap = self.text[end:start].lower()
        if _BOTH.search(self.text, self.s.start, end):  # "both the A (p = …) and B groups"
            gap = _BRACKET.sub(" ", gap)
        gap = gap.strip(" -,")
        gap = gap.removeprefix("million").removeprefix("group").removeprefix("arm").strip(" -,")
        return gap in _LISTING

    def context_of(self, position: int, figure: Figure | None) -> dict[str, float]:
        """Weigh the content words of the sentence by their nearness to a word."""
        layout = self.s.layout
        bracket, clause = layout.bracket[position], layout.clause[position]
        outer = layout.opens[bracket] if bracket else position
        weights: dict[str, float] = dict.fromkeys(self.s.heading, 0.3)
        rivals = self.places[figure.kind] if figure is not None else []
        for key, first, there, at, other in self.spoken:
            if there and there == bracket:
                distance = abs(first - position) / 2
            else:
                distance = abs(at - outer) + (4 if there else 0)
                distance *= 1.0 if at <= outer else 1.4
            weight = 1 / (1 + distance / _REACH)
            if other != clause:
                weight *= 0.4 ** abs(other - clause)
            if rivals:
                low, high = (first, position) if first < position else (position, first)
                between = bisect_left(rivals, high) - bisect_right(rivals, low)
                weight *= _BETWEEN[min(4, max(0, between))]
            if weight > weights.get(key, 0.0):
                weights[key] = weight
        return weights


def _compares(figure: Figure) -> bool:
    """Whether a figure tells of two groups at once: a ratio, a difference, its interval."""
    counted = figure.kind in {MentionKind.COUNT, MentionKind.SAMPLE_SIZE} or figure.entity == SHARE
    named = bool(figure.entity) and not counted  # of a count the entity is what is counted
    return named or figure.kind in {MentionKind.EFFECT, MentionKind.INTERVAL}


def _nearest(mentions: Sequence[_Placed], position: int) -> _Placed | None:
    """Return the nearest mention to the left, else the nearest to the right."""
    left = [m for m in mentions if m[1] <= position]
    if left:
        return max(left, key=lambda m: m[1])
    return min(mentions, key=lambda m: m[0]) if mentions else None
