"""The matching copy and the way back: offsets are the product's word on where something stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.normal import normalise

_ALPHABET = "ab 0159.,-(=<>\u00a0\u2009\u202f\u2013\u2212\u200b\u00adµμ≤≥·×⁶⁻²³₂ﬁﬃ'’“”~∼/\n\u2028m"
_TEXTS = st.text(st.sampled_from(_ALPHABET), max_size=60) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("p\u2009=\u2009.02", "p = 0.02"),
        ("p≤.05", "p<=0.05"),
        (".5 mg", "0.5 mg"),
        ("1.5 mg", "1.5 mg"),
        ("2·5 mg", "2.5 mg"),
        ("2×10⁶ cells", "2x10^6 cells"),
        ("in 2010⁶", "in 2010⁶"),
        ("kg/m²", "kg/m2"),
        ("6–12 months", "6-12 months"),
        ("µg", "μg"),
        ("post\u00adinfusion\u200b", "postinfusion"),
        ("“so”", '"so"'),
        ("ﬁve", "five"),
        ("end. .Begin", "end. .Begin"),
    ],
)
def test_what_print_varies_is_united(text: str, copy: str) -> None:
    assert normalise(text).text == copy


@given(_TEXTS)
def test_the_copy_maps_back_onto_the_whole_text(text: str) -> None:
    normal = normalise(text)
    start, end = normal.original(0, len(normal.text))
    assert normalise(text[:start]).text == normalise(text[end:]).text == ""


@given(_TEXTS, st.data())
def test_a_span_of_the_copy_is_the_copy_of_its_original(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    first = data.draw(st.integers(0, len(normal.text)))
    last = data.draw(st.integers(first, len(normal.text)))
    start, end = normal.original(first, last)
    assert 0 <= start <= end <= len(text)
    for at in range(first, last):
        one = normal.original(at, at + 1)
        assert start <= one[0] < one[1] <= end
        if normal.text[at] == text[one[0]]:
            assert normal.position(one[0]) == at or one[1] - one[0] > 1


@given(_TEXTS)
def test_positions_never_decrease_and_stay_inside(text: str) -> None:
    normal = normalise(text)
    found = [normal.position(at) for at in range(len(text) + 1)]
    assert found == sorted(found)
    assert all(0 <= at <= len(normal.text) for at in found)


@given(_TEXTS)
def test_a_copy_needs_no_second_round(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once or "." in once or "^" in once or "/" in once


@given(_TEXTS, st.integers(0, 10), st.integers(0, 10))
def test_a_stretch_counts_in_the_full_text(text: str, begin: int, cut: int) -> None:
    end = max(begin, len(text) - cut)
    normal = normalise(text, begin, end)
    if normal.text:
        start, stop = normal.original(0, len(normal.text))
        assert min(begin, len(text)) <= start <= stop <= min(end, len(text))


@pytest.mark.parametrize("span", [(-1, 2), (2, 1), (0, 99)])
def test_a_span_outside_the_copy_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no span"):
        normalise("p = .02").original(*span)


def test_an_offset_outside_the_stretch_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        normalise("It helped ten men.", 3, 9).position(2)
