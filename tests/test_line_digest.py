"""The digest of quads that pass: that of the sorted lines, however they come and are put aside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import quads
from kg.store import line_digest
from kg.store.line_digest import LineDigest
from kg.terms import quads_digest
from tests.strategies import dossiers

P = NamedNode("urn:x:p")
few = st.builds(
    lambda s, o: Quad(NamedNode(f"urn:x:{s}"), P, Literal(o)),
    st.integers(0, 30),
    st.text('a\n\r\t\\" é', max_size=3),
)


@settings(deadline=None)
@given(st.lists(few, max_size=60), st.integers(1, 70))
def test_repeats_and_runs_change_nothing(given_quads: list[Quad], run: int) -> None:
    seen = LineDigest(run)
    assert list(seen.of(given_quads)) == given_quads
    assert seen.finished() == (quads_digest(given_quads), len(set(given_quads)))


@pytest.mark.parametrize(("batch", "block"), [(1, 1), (3, 50), (7, 400)])
def test_runs_are_merged_whatever_their_blocks(
    batch: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_digest, "PASSED", batch)
    monkeypatch.setattr(line_digest, "WRITTEN", batch)
    monkeypatch.setattr(line_digest, "_BLOCK", block)
    held = [Quad(NamedNode(f"urn:x:{n * 7 % 50}"), P, Literal(str(n % 9))) for n in range(300)]
    for run in (1, 5, 17, 1000):
        seen = LineDigest(run)
        list(seen.of(held))
        assert seen.finished() == (quads_digest(held), len(set(held)))


@settings(max_examples=30, deadline=None)
@given(dossiers())
def test_the_digest_of_a_graph_is_that_of_its_quads(dossier: object) -> None:
    made = quads(dossier)  # type: ignore[arg-type]
    seen = LineDigest(5)
    list(seen.of(made))
    assert seen.finished()[0] == quads_digest(made)


def test_nothing_has_the_digest_of_nothing() -> None:
    assert LineDigest().finished() == (quads_digest([]), 0)
