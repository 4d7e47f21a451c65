"""Results as nodes: a group, an outcome and a time of the document's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.frames import Frames, group_id, time_id
from kg.extract.groups import POOLED
from kg.extract.reading import read_record
from kg.extract.record import report
from kg.graph import dossier, quads
from kg.model import ClaimedResult, ReportedResult
from tests.invented_trials import source

TEXT = (
    "Sixty adults took drugol (n = 30) or placebo (n = 30). The drugol group met, and the placebo "
    "group met. Joint pain fell by 12% at 6 weeks in the drugol group (p = .01) and rose in the "
    "placebo group. The 6-minute walk distance (6MWD) rose in the drugol group (p = .2). "
    "The 6MWD fell in the placebo group."
)


def frames(terms: str = "") -> Frames:
    """Return the frames of the text."""
    document = source(TEXT).document
    return Frames(document, read_record(TEXT), terms)


def all_results(made: Frames, kind: type[ReportedResult] | type[ClaimedResult]) -> list[object]:
    """Make the results of every sentence."""
    facts = made.reading.facts
    return [
        r
        for s in made.reading.sentences
        for r in made.results(kind, [i for i, f in enumerate(facts) if f.sentence == s.index])
    ]


def test_a_figure_belongs_to_one_result() -> None:
    made = frames()
    results = [r for r in all_results(made, ReportedResult) if isinstance(r, ReportedResult)]
    assert len({r.id for r in results}) == len(results)
    (own,) = [r for r in results if r.p_printed == ".01"]
    labels = {g.id: g.label for g in made.groups.values()}
    assert labels[str(own.group)] == "drugol"
    assert (own.estimate, own.estimate_type) == (Decimal(12), "percent")


def test_two_names_of_one_outcome_are_one_node() -> None:
    made = frames()
    all_results(made, ReportedResult)
    walks = [o for o in made.outcomes.values() if "walk" in o.label or "6MWD" in o.aliases]
    assert len(walks) == 1


def test_an_answers_groups_are_named_in_the_terms_of_a_record() -> None:
    own, said = frames(), frames("doc/other")
    key = own.reading.lexicon.groups[0].key
    assert own.group(key) == group_id(own.document.id, key)
    assert said.group(key) == group_id(own.document.id, key, "doc/other") != own.group(key)
    assert own.group(POOLED) == own.group(POOLED)


def test_times_are_known_by_their_days() -> None:
    made = frames()
    one = made.time(Decimal(42), "6 weeks")
    assert made.time(Decimal(42), "42 days") == one == time_id(made.document.id, Decimal(42))
    assert made.times[one].printed == "6 weeks"


def test_every_fact_knows_the_results_made_from_it() -> None:
    made = frames()
    ids = {r.id for r in all_results(made, ClaimedResult) if isinstance(r, ClaimedResult)}
    assert {key for keys in made.made_from.values() for key in keys} == ids


@pytest.mark.parametrize("printed", ["72 hours", "7.1 min", "half an hour", "3 months"])
def test_a_time_keeps_the_digits_that_every_store_keeps(printed: str) -> None:
    text = f"Pain fell in the drugol group at {printed} (p = .02). The drugol group slept."
    found = report(source(text)).dossier
    assert dossier(quads(found)) == found
    assert all(len(point.days.as_tuple().digits) <= 15 for point in found.time_points)
