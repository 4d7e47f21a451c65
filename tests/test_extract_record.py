"""What a record reports: its trial, arms, doses, outcomes, results and adverse events."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.record import Reported, report
from kg.model import Dossier, EndpointRole, GroupKind
from tests.invented_trials import RECORDS, reported, source

MIGRAINE = (
    "In a randomised, open-label phase 3 trial, 60 women with migraine received tabrol 5 mg "
    "(n = 20), tabrol 10 mg (n = 25) or placebo by mouth once daily. The primary outcome was "
    "attack frequency at 8 weeks. Secondary outcomes were nausea, sleep and mood. "
    "Attack frequency fell in the 5 mg group at 8 weeks (p = .002). "
    "Attack frequency fell by 3.1 days in the 10 mg group at 8 weeks (95% CI 1.9 to 4.3, p < "
    ".001). "
    "Nausea did not change in all treatment groups at 16 weeks (p = .4). "
    "Two serious adverse events occurred in the 10 mg group at week 3. "
    "One death in the 5 mg group was considered unrelated to treatment. No reactions were seen. "
    "Sleep was good in the placebo group."
)


@pytest.fixture(scope="module")
def migraine() -> Reported:
    """Return the record as read."""
    return report(source(MIGRAINE))


def labels(found: Dossier) -> dict[str | None, str]:
    """Return what each group, outcome and time is called."""
    named: dict[str | None, str] = {g.id: g.label for g in found.groups}
    named |= {o.id: o.label.lower() for o in found.outcomes}
    return named | {t.id: t.printed for t in found.time_points}


def test_the_trial_tells_its_design_and_who_took_part(migraine: Reported) -> None:
    (trial,) = migraine.dossier.trials
    assert (trial.randomised, trial.design) == (True, "randomised_controlled")
    assert (trial.blinding, trial.phase, trial.enrolled) == ("open-label", "3", 60)
    (population,) = migraine.dossier.populations
    assert population.label == "women with migraine"
    assert trial.population == population.id


def test_each_arm_has_its_size_and_its_dose(migraine: Reported) -> None:
    found = migraine.dossier
    doses = {d.id: d for d in found.doses}
    arms = {g.label: g for g in found.groups if g.kind is GroupKind.ARM}
    assert {"5 mg", "10 mg", "placebo"} <= set(arms)
    assert (arms["5 mg"].n, arms["10 mg"].n) == (20, 25)
    dose = doses[str(arms["10 mg"].received)]
    assert (str(dose.value), dose.unit) == ("10", "mg")
    assert (dose.route, dose.schedule) == ("oral", "once daily")
    assert arms["placebo"].received is None


def test_the_pool_of_all_arms_is_a_group_of_its_own(migraine: Reported) -> None:
    found = migraine.dossier
    (pool,) = [g for g in found.groups if g.kind is GroupKind.POOLED]
    assert set(pool.pools) == {g.id for g in found.groups if g.kind is GroupKind.ARM}
    assert found.trials[0].pools == (pool.id,)


def test_outcomes_have_the_role_that_the_record_gives_them(migraine: Reported) -> None:
    roles = {o.label.lower(): o.role for o in migraine.dossier.outcomes}
    assert roles["attack frequency"] is EndpointRole.PRIMARY
    assert {roles[name] for name in ("nausea", "sleep", "mood")} == {EndpointRole.SECONDARY}


def test_a_result_is_of_one_group_one_outcome_and_one_time(migraine: Reported) -> None:
    named = labels(migraine.dossier)
    told = {
        (named[r.group], named[r.outcome], named[r.time_point], r.direction and r.direction.value,
         r.p_printed)
        for r in migraine.dossier.reported_results
        if r.p_printed
    }  # fmt: skip
    assert ("5 mg", "attack frequency", "8 weeks", "decrease", ".002") in told
    assert ("10 mg", "attack frequency", "8 weeks", "decrease", ".001") in told
    pooled = {row for row in told if row[4] == ".4"}
    assert {(row[0], row[2], row[3]) for row in pooled} == {
        ("all treatment groups", "16 weeks", "no_difference")
    }


def test_an_interval_joins_the_result_of_its_bracket(migraine: Reported) -> None:
    (result,) = [r for r in migraine.dossier.reported_results if r.ci_lower is not None]
    assert (str(result.ci_lower), str(result.ci_upper), str(result.ci_level)) == (
        "1.9",
        "4.3",
        "95",
    )
    assert result.significant is True


def test_adverse_events_have_count_group_onset_and_relatedness(migraine: Reported) -> None:
    named = labels(migraine.dossier)
    told: dict[str, tuple[object, ...]] = {
        e.event.lower(): (e.count, named.get(e.group), named.get(e.onset), e.serious)
        for e in migraine.dossier.adverse_events
    }
    assert told["serious adverse events"] == (2, "10 mg", "week 3", True)
    assert told["death"] == (1, "5 mg", None, True)
    assert told["reactions"][0] == 0
    related = {e.event: e.relatedness.value for e in migraine.dossier.adverse_events}
    assert related["death"] == "unrelated"
    assert related["serious adverse events"] == "not_stated"


def test_methods_and_title_report_no_result() -> None:
    text = "TITLE: Drugol lowers pain\n\nMETHODS: Pain was reduced if p < .05.\n\nRESULTS: None."
    assert not report(source(text)).dossier.reported_results


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_passage_of_a_record_slices_with_its_digest(name: str) -> None:
    record = reported(name)
    assert record.dossier.passages
    for passage in record.dossier.passages:
        told = record.reading.text[passage.start : passage.end]
        assert hashlib.sha256(told.encode()).hexdigest() == passage.sha256


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_what_a_node_names_is_in_the_same_dossier(name: str) -> None:
    found = reported(name).dossier
    groups, outcomes = {g.id for g in found.groups}, {o.id for o in found.outcomes}
    times, passages = {t.id for t in found.time_points}, {p.id for p in found.passages}
    for result in found.reported_results:
        assert {result.group, result.comparator_group} <= groups | {None}
        assert {result.outcome} <= outcomes | {None}
        assert {result.time_point} <= times | {None}
        assert result.stated_in in passages
    (trial,) = found.trials
    assert set(trial.arms) <= groups
    assert set(trial.stated_in) <= passages


WORDS = ["Pain", "fell", "rose", "in", "the", "placebo", "group", "drugol", "by", "12%", "3", "mg",
         "no", "deaths", "(p = .03)", "(n = 20)", "at", "6 weeks", "and", "µg", "—", "𝛼",
         "1.",
         "RESULTS:", "\n\n", "respectively", "95% CI 1 to 2", "(", ")", "vs"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_text_is_read_twice_alike_and_its_passages_slice(text: str) -> None:
    document = source(f"{RECORDS['gout']} {text} End.")
    one, two = report(document), report(document)
    assert one.dossier == two.dossier
    for passage in one.dossier.passages:
        told = document.text[passage.start : passage.end]
        assert hashlib.sha256(told.encode()).hexdigest() == passage.sha256


def test_a_comparator_in_the_bracket_of_a_p_value_is_not_the_group_that_has_it() -> None:
    text = (
        "Adults took drugol 20 mg (n = 31) or placebo (n = 31). Grip strength increased by 4 kg in "
        "the 20 mg group at 6 weeks (p = .02 versus placebo)."
    )
    found = report(source(text)).dossier
    named = labels(found)
    assert {
        (named[r.group], named.get(r.comparator_group), r.p_printed)
        for r in found.reported_results
        if r.p_printed
    } == {("20 mg", "placebo", ".02")}
