"""Records in hand that a later one in hand supersedes: as able to answer, and randomised or larger.

Two records are laid side by side: their treatments, who was studied, and what was measured have to
meet, and the later trial is randomised where the earlier is not, or has half as many people more.
Two reports of one registered trial supersede nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from kg.extract.record import Reported
from kg.model import Trial, Work, WorkState, WorkStatus
from kg.terms import node_id
from kg.text.lexicon import categories, concepts, function_words
from kg.text.tokens import words

_MEETS = 0.5
_LARGER = 1.5


def supersessions(records: Mapping[str, Reported], works: Sequence[Work]) -> list[WorkStatus]:
    """Return a state for each work whose record a later record in hand supersedes.

    :param records: document id → record as read
    """
    by_id = {work.id: work for work in works}
    topics = cache(lambda name: _topics(records[name]))
    found: dict[str, WorkStatus] = {}
    for earlier, later in permutations(sorted(records), 2):
        pair = _trial(records[earlier]), _trial(records[later])
        if pair[0] is None or pair[1] is None:
            continue
        old, new = (by_id.get(trial.work or "") for trial in pair if trial is not None)
        if old is None or new is None or not _is_later(old, new):
            continue
        if _is_abler(pair[0], pair[1]) and _meet(topics(earlier), topics(later)):
            status = WorkStatus(
                node_id("status", old.id, WorkState.SUPERSEDED.value, new.id), old.id,
                WorkState.SUPERSEDED, new.date, new.id,
            )  # fmt: skip
            known = found.get(old.id)
            if known is None or (known.date or "") < (status.date or ""):
                found[old.id] = status
    return [found[key] for key in sorted(found)]


def _trial(record: Reported) -> Trial | None:
    return next(iter(record.dossier.trials), None)


def _is_later(old: Work, new: Work) -> bool:
    one, two = old.date or str(old.year or ""), new.date or str(new.year or "")
    same = old.registration is not None and old.registration == new.registration
    return bool(one and two) and two > one and not two.startswith(one) and not same


def _is_abler(old: Trial, new: Trial) -> bool:
    """Whether the later trial is randomised where the earlier is not, or is clearly larger."""
    if new.randomised and not old.randomised:
        return True
    larger = bool(old.enrolled and new.enrolled and new.enrolled >= _LARGER * old.enrolled)
    return larger and bool(new.randomised) >= bool(old.randomised)


def _meet(one: _Topics, two: _Topics) -> bool:
    """Whether both study the same people, by the same treatment, for the same outcome."""
    known = one.conditions and two.conditions
    people = (one.conditions, two.conditions) if known else (one.people, two.people)
    pairs = ((one.treatments, two.treatments), people, (one.outcomes, two.outcomes))
    return all(_share(a, b) >= _MEETS for a, b in pairs)


@dataclass(frozen=True, slots=True)
class _Topics:
    """What a record's title and frames name."""

    treatments: set[str]
    conditions: set[str]
    people: set[str]
    outcomes: set[str]


def _topics(record: Reported) -> _Topics:
    trial = _trial(record)
    title = trial.label if trial else ""
    groups = [g.label for g in record.dossier.groups if not g.pools]
    people = [p.label for p in record.dossier.populations]
    named = _keys([title, *people])
    return _Topics(
        _treatments(_keys([title, *groups])),
        {key for key in named if categories().get(key) == "condition"},
        _keys(people),
        _keys([o.label for o in record.dossier.outcomes]),
    )


def _keys(labels: Sequence[str]) -> set[str]:
    return {c.key for label in labels for c in concepts(words(label))} - function_words()


def _treatments(keys: set[str]) -> set[str]:
    """Return what is given: known treatments, and names that no list has, such as a drug's."""
    named = {key for key in keys if not key.startswith("=")}
    return named | {key for key in keys if categories().get(key) == "intervention"}


def _share(one: set[str], two: set[str]) -> float:
    smaller = min(len(one), len(two))
    return len(one & two) / smaller if smaller else 0.0
