"""Words of direction that tell no direction of their own: bounds, names, asides, what is measured.

``more than 5``, ``those with greater need``, ``the risk of falling``, ``higher
intake went with less``: such a word belongs to what another word tells.

*How fast it fell* is asked, *as use climbed* is what something went with, *the larger, the better*
is a rule of two, *found unchanged* is the drug as it was given.

>>> from kg.extract.reading import read_record
>>> said = ("Age made no difference to how fast the score fell.", "As use climbed, pain fell.",
...     "The larger the lesion, the better the yield.", "Pain fell.")
>>> [[f.phrase for f in read_record(text).facts if f.sense] for text in said]
[['made no difference'], ['fell'], [], ['fell']]
>>> [f.phrase for f in read_record("Falls rose in those with greater need.").facts]
['rose']
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.binding import DIRECTIONS
from kg.extract.reading import Sentence
from kg.text.lexicon import Cue

_ALIKE = {"similar", "comparable", "equal", "the same", "same"}
_AMOUNTS = {"more", "less"}
_LABELLED = 4
_WHOSE = 5
_PEOPLE = {
    "those", "people", "patients", "participants", "women", "men", "children", "adults",
    "subjects", "veterans", "students", "individuals", "persons", "residents", "infants",
    "caregivers", "parents", "mothers", "workers",
}  # fmt: skip
_GOING_WITH = {"went with", "goes with", "went along with", "goes along with", "go with"}
_GOES_ON = {"did", "does", "depended", "depends", "varied", "changed", "differed", "held"}
_NEAR = 4
_AVERTS = {"prevent", "avoid", "halt", "avert", "attenu", "slow", "delay"}
_LOSSES = {"decline", "declines", "deterioration", "worsening", "loss", "impairment", "fall",
           "drop", "decrease", "reduction"}  # fmt: skip
_THOUGHT = {"considered", "judged", "deemed", "thought", "possibly", "probably", "likely",
            "definitely", "believed", "suspected"}  # fmt: skip
_MULTIPLE = re.compile(r"(?:twice|\w+ times|half|(?:a|one) (?:third|quarter)) (?:as|that)\b")
_FALLS = {"falls", "falling"}
_COUNTING = {"", "of", "from", "for", "by", "in", "and", "or", "on", "injurious", "more", "fewer",
             "recurrent", "all", "to", "prevent", "prevented", "reduced", "no", "any"}  # fmt: skip
_COUNTED = {"were", "was", "or", "and", "per", "occurred", "among"}
_VERBS = {"up", "down", "better", "worse"}

_ASKED = re.compile(
    r"\bhow (?:far|fast|quickly|rapidly|much|well|long|strongly|often|soon|steeply|greatly|likely"
    r"|readily)\b(?: [\w'-]+){0,7} $|\bwhether (?:or not )?(?:[\w'-]+ ){1,5}$"
)
_AS = re.compile(r"(?:^|[.;:,] )as (?:[\w'-]+ ){1,7}$")
_RULE_OF_TWO = re.compile(
    r"\bthe (?:more|less|fewer|\w{2,12}er|worse)\b[^.;,]{2,80}, the (?:more|less|fewer|\w{2,12}er"
    r"|worse|likelier)\b"
)
_AS_GIVEN = re.compile(r"\b(?:found|excreted|recovered|eliminated|leaves?|as|appears?|parent) $")
_MOVED_ITSELF = {"changed", "varied", "shifted", "moved"}


class Asides:
    """Works on one sentence; holds nothing beyond it."""

    def __init__(self, text: str, sentence: Sentence, at: Callable[[int], int]) -> None:
        """Take the sentence, and what tells the position of the word at an offset."""
        self.text = text
        self.s = sentence
        self.at = at

    def hold(self, cue: Cue) -> bool:
        """Whether a word of direction tells no direction of its own."""
        return (
            self._modifies(cue)
            or self._bounds(cue)
            or self._averts(cue)
            or self._is_of_null(cue)
            or self._is_known(cue)
            or self._is_accident(cue)
            or self._is_measured(cue)
            or self._tells_who(cue)
            or self._is_exposure(cue)
            or self._moves_alike(cue)
            or _is_aside(self.text, self.s, cue)
        )

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

    def _is_measured(self, cue: Cue) -> bool:
        """Whether a recovery is what got better or worse: ``did not improve motor recovery``."""
        clause = self.s.layout.clause
        return cue.phrase == "recovery" and any(
            other is not cue and other.kind in DIRECTIONS
            and clause[other.first] == clause[cue.first]
            for other in self.s.cues
        )  # fmt: skip

    def _is_accident(self, cue: Cue) -> bool:
        """Whether falls are what is counted: ``increased falls``, ``the risk of falling``."""
        if cue.phrase not in _FALLS or cue.first != cue.last:
            return False
        tokens = self.s.tokens
        before = tokens[cue.first - 1].lower if cue.first else ""
        after = tokens[cue.last + 1].lower if cue.last + 1 < len(tokens) else ""
        moved = any(c.kind in _VERBS and c.last == cue.first - 1 for c in self.s.cues)
        return cue.phrase != "fall" and (moved or before in _COUNTING or after in _COUNTED)

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

    def _averts(self, cue: Cue) -> bool:
        """Whether a direction only says that another did not come: ``slowed the decline``."""
        return self.s.tokens[cue.first].stem in _AVERTS and any(
            other.phrase in _LOSSES and 0 < other.first - cue.last <= _NEAR for other in self.s.cues
        )


def _is_aside(text: str, sentence: Sentence, cue: Cue) -> bool:
    """Whether a word of direction tells no result of its own."""
    before = text[sentence.start : cue.start].lower()
    whole = text[sentence.start : sentence.end].lower()
    if any(f.start <= cue.start and cue.end <= f.end for f in sentence.figures):
        return "difference" in cue.phrase  # "standardised mean difference 0.00"
    if cue.phrase == "unchanged" and _AS_GIVEN.search(before):
        return True
    if cue.kind == "null":
        return False
    if _RULE_OF_TWO.search(whole):
        return True
    if _AS.search(before) and "," in text[cue.end : sentence.end]:
        return any(c.kind in {"up", "down"} and c.first > cue.last for c in sentence.cues)
    return bool(_ASKED.search(before))
