"""How certain the evidence of a record is: as the record says it, and as its design lets one start.

What the record says is told of its own results, not of what others found; ``no high-certainty
evidence`` is no high certainty. The design gives only the level from which GRADE starts (GRADE
Handbook, Schünemann et al., 2013, section 5.1): high for randomised trials, low for the others.

>>> from kg.extract.reading import read_record
>>> reading = read_record("Pain may fall (low-certainty evidence).")
>>> [(level.value, reading.text[s.start : s.end]) for level, s in stated(reading)]
[('low', 'Pain may fall (low-certainty evidence).')]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.extract.frames import Frames
from kg.extract.reading import Reading, Sentence
from kg.model import Certainty, CertaintyBasis, CertaintyLevel, Part, Trial
from kg.terms import node_id
from kg.text.lexicon import Phrases, match_phrases, phrase_table, rows

RANDOMISED, OBSERVATIONAL = "grade-start-randomised", "grade-start-observational"
STATED = "stated-certainty"
_OF_OTHERS = {Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS, Part.REFERENCE}
_WITHOUT_START = {"systematic_review", "meta_analysis", "guideline", "review", "animal", "in_vitro"}
_NEAR = 3


@cache
def _table() -> Phrases:
    pairs = [(row[0], phrase) for row in rows("certainty.tsv") for phrase in row[1].split("|")]
    return phrase_table(pairs, by_stem=False)


def certainties(frames: Frames, trial: Trial) -> tuple[Certainty, ...]:
    """Return what is known of a trial's certainty, each with its basis."""
    document = frames.document.id
    found: dict[CertaintyLevel, list[str]] = {}
    for level, sentence in stated(frames.reading):
        found.setdefault(level, []).append(frames.passage(sentence.start, sentence.end, sentence))
    made = [
        Certainty(
            node_id("certainty", trial.id, STATED, level.value), document, trial.id, level,
            CertaintyBasis.STATED_BY_SOURCE, None, tuple(sorted(set(passages))),
        )
        for level, passages in found.items()
    ]  # fmt: skip
    start = start_by_design(trial.design, randomised=trial.randomised)
    if start is not None:
        level, rule = start
        made.append(
            Certainty(
                node_id("certainty", trial.id, rule), document, trial.id, level,
                CertaintyBasis.RULE_DERIVED, rule, trial.stated_in,
            )
        )  # fmt: skip
    return tuple(made)


def stated(reading: Reading) -> Iterator[tuple[CertaintyLevel, Sentence]]:
    """Yield each level that a record states, with the sentence that states it."""
    for sentence in reading.sentences:
        if sentence.part in _OF_OTHERS:
            continue
        denied = [c.last for c in sentence.cues if c.kind == "negation"]
        for first, _, levels in match_phrases([w.lower for w in sentence.tokens], _table()):
            if not any(0 < first - last <= _NEAR for last in denied):
                yield CertaintyLevel(levels[0]), sentence


def start_by_design(
    design: str | None, *, randomised: bool | None
) -> tuple[CertaintyLevel, str] | None:
    """Return the level from which GRADE starts, and the rule; None where the design is not known.

    >>> start_by_design("dose_escalation", randomised=False)
    (<CertaintyLevel.LOW: 'low'>, 'grade-start-observational')
    >>> start_by_design("systematic_review", randomised=None) is None
    True
    """
    if design in _WITHOUT_START or (randomised is None and design is None):
        return None
    if randomised or design in {"randomised_controlled", "cluster_randomised"}:
        return CertaintyLevel.HIGH, RANDOMISED
    return CertaintyLevel.LOW, OBSERVATIONAL
