"""p-values worked out again from statistics and intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.p_values import from_interval, retested, two_sided, upper


@pytest.mark.parametrize(
    ("kind", "value", "freedom", "p"),
    [
        # Upper 5 % and 1 % points, as every table of these distributions prints them.
        ("t", 12.706, 1, 0.05), ("t", 2.228, 10, 0.05), ("t", 2.750, 30, 0.01),
        ("z", 1.960, 0, 0.05), ("z", 2.576, 0, 0.01), ("r", 0.632, 8, 0.05),
    ],
)  # fmt: skip
def test_two_sided_p_values_are_those_of_the_tables(
    kind: str, value: float, freedom: float, p: float
) -> None:
    assert two_sided(kind, value, freedom) == pytest.approx(p, rel=0.005)


@pytest.mark.parametrize(
    ("kind", "value", "freedom", "p"),
    [
        ("chi2", 3.841, (1,), 0.05), ("chi2", 18.307, (10,), 0.05), ("chi2", 9.210, (2,), 0.01),
        ("F", 4.965, (1, 10), 0.05), ("F", 3.316, (2, 30), 0.05), ("F", 3.895, (5, 24), 0.01),
    ],
)  # fmt: skip
def test_upper_p_values_are_those_of_the_tables(
    kind: str, value: float, freedom: tuple[float, ...], p: float
) -> None:
    assert upper(kind, value, *freedom) == pytest.approx(p, rel=0.02)


@pytest.mark.parametrize("function", [two_sided, upper])
def test_an_unknown_statistic_is_refused(function: object) -> None:
    with pytest.raises(KeyError):
        function("W", 1.0, 2.0)  # type: ignore[operator]


def test_an_interval_of_another_level_implies_the_same_p() -> None:
    wide = from_interval(2.0, 2.0 - 2.575829, 2.0 + 2.575829, 99.0, ratio=False)
    usual = from_interval(2.0, 2.0 - 1.959964, 2.0 + 1.959964, 95.0, ratio=False)
    assert wide == pytest.approx(usual, abs=1e-9)


@pytest.mark.parametrize(
    "said",
    [
        "t(28) = 2.20, p = .36", "t = 2.20, df = 28, P = 0.36", "F(2, 40) = 0.50, p = .02",
        "F2,40 = 0.50; p = .02", "χ2(1, N = 60) = 9.10, p = .40", "χ² = 9.10, df = 1, p = .40",
        "z = 3.10, p = .30", "r(18) = .10, p < .01", "t(28) = 0.20, P<0.05",
        "chi-square (1) = 9.10, p > 0.05",
    ],
)  # fmt: skip
def test_a_statistic_that_gives_another_p_is_seen(said: str) -> None:
    text = f"The groups differed ({said})."
    found = list(retested(text, 0, len(text)))
    assert len(found) == 1
    assert text[slice(*found[0].p)] == found[0].printed


@pytest.mark.parametrize(
    "said",
    [
        "t(28) = 2.20, p = .036", "t = 2.20, p = .36", "F(2, 40) = 0.50, p = .61",
        "χ2(1) = 3.10, p = .12 (Fisher)", "t(28) = 2.20, one-tailed p = .018",
        "t(28) = 2.20, Bonferroni-corrected p = .36", "z = 1.27, p = 0.22",
        "r(18) = .10, n = 20", "t(28) = 6.1, p = 0.000", "t(0) = 2.2, p = .9",
    ],
)  # fmt: skip
def test_a_statistic_that_leaves_room_is_not_blamed(said: str) -> None:
    text = f"The groups differed ({said})."
    assert not list(retested(text, 0, len(text)))


@given(
    st.decimals("0.01", "6", places=2), st.integers(3, 200), st.sampled_from([2, 3]), st.booleans()
)
def test_a_p_that_was_rightly_rounded_is_never_blamed(
    t: object, freedom: int, places: int, less: bool
) -> None:
    p = two_sided("t", float(str(t)), freedom)
    printed = f"< {max(p, 0.001) + 0.001:.3f}" if less else f"= {p:.{places}f}"
    text = f"Pain fell, t({freedom}) = {t}, p {printed}."
    assert not list(retested(text, 0, len(text)))


@given(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(2, 100))
def test_a_larger_statistic_never_gives_a_larger_p(one: float, two: float, freedom: float) -> None:
    low, high = sorted((one, two))
    assert two_sided("t", low, freedom) >= two_sided("t", high, freedom) - 1e-12
