"""The order of gravity covers every verdict that a fault can imply, each once."""

from __future__ import annotations

from kg.compare.draft import GRAVITY
from kg.model import Verdict


def test_contradicted_is_gravest_and_what_needs_no_record_is_not_in_it() -> None:
    assert GRAVITY[:2] == (Verdict.CONTRADICTED, Verdict.MISATTRIBUTED)
    assert len(set(GRAVITY)) == len(GRAVITY)
    apart = {Verdict.UNCITED, Verdict.SOURCE_UNAVAILABLE, Verdict.UNRESOLVABLE_REFERENCE}
    assert set(GRAVITY) == set(Verdict) - apart - {Verdict.SUPPORTED, Verdict.NOT_CHECKABLE}
