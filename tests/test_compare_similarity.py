"""How near two facts stand: it ranks, within bounds, and words in two forms meet."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.similarity import coverage, group_fit, soft_keys, time_fit, times_meet
from kg.extract.groups import POOLED
from tests.invented_trials import GOUT, readings

KEYS = st.frozensets(st.sampled_from(["a", "b", "c", POOLED]), max_size=3)
DAYS = st.frozensets(st.sampled_from([Decimal(7), Decimal(28), Decimal(84)]), max_size=2)


@given(KEYS, KEYS)
def test_groups_agree_alike_from_both_sides_and_the_unknown_adds_nothing(
    one: frozenset[str], two: frozenset[str]
) -> None:
    assert group_fit(one, two) == group_fit(two, one)
    if one:
        assert group_fit(one, one) > 0
        assert group_fit(one, frozenset()) == 0


@given(DAYS, DAYS)
def test_times_add_where_they_meet_and_take_where_they_do_not(
    one: frozenset[Decimal], two: frozenset[Decimal]
) -> None:
    assert (time_fit(one, two) > 0) == times_meet(one, two)
    assert times_meet(one, two) == times_meet(two, one)


def test_coverage_is_a_share_between_nothing_and_everything() -> None:
    _, known = readings("", GOUT)
    present = frozenset(key for key in known.rarity if key)
    keys = dict.fromkeys(sorted(present)[:6], 1.0)
    assert coverage(keys, present, known) == 1
    assert coverage(keys, frozenset(), known) == 0
    assert coverage({}, present, known) == 0
    assert 0 < coverage({**keys, "unheard": 1.0}, present, known) < 1


@pytest.mark.parametrize(
    ("word", "own", "meets"),
    [("tolerability", "tolerable", True), ("walnut", "walking", False), ("mossy", "moss", False)],
)
def test_two_long_forms_of_a_word_meet_and_short_ones_do_not(
    word: str, own: str, meets: bool
) -> None:
    said, known = readings(f"The {word} was noted.", f"It was {own} for most people.")
    key = next(c.key for c in said.sentences[0].concepts if c.start == 4)
    assert (soft_keys(said, known)[key] in known.rarity) is meets
