"""Traces: what is found by a name, every path, the break, the weakest link, the tree."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import quads
from kg.store import MemoryStore, RdflibStore
from kg.trace import StepKind, texts, trace, tree
from kg.trace.links import Aspect, Link, of_scope, of_states, of_verdict, weakest
from tests.sample_dossier import ANSWER_TEXT, sample

STORE = MemoryStore(quads(sample()))


def test_a_complete_path_goes_through_every_station_to_the_passage() -> None:
    (path,) = trace(STORE, "s001").paths
    assert [step.kind.value for step in path.steps] == [
        "statement", "claim", "marker", "entry", "work", "record", "passage",
    ]  # fmt: skip
    assert (path.complete, path.breaks_at) == (True, None)
    assert path.steps[path.weakest.step].kind is StepKind.PASSAGE
    assert path.weakest.why.startswith("misattributed")


def test_a_recommendation_starts_its_paths_and_each_break_says_why() -> None:
    found = trace(STORE, "recommendation/1")
    assert {path.steps[0].kind for path in found.paths} == {StepKind.RECOMMENDATION}
    breaks = {path.steps[path.breaks_at or 0].kind.value: path.weakest.why for path in found.paths}
    assert "says nothing" in breaks["record"]
    assert "leads to no work" in breaks["entry"]
    assert not any(path.complete for path in found.paths)


def test_a_statement_without_marker_breaks_at_its_claim() -> None:
    (path,) = trace(STORE, "s003").paths
    assert (path.steps[-1].kind, path.breaks_at) == (StepKind.CLAIM, 1)


@pytest.mark.parametrize(
    "name",
    ["s001", "s001.1", "statement/1", "id:claim/1", "https://w3id.org/claimgraph/id/claim/1"],
)
def test_short_ids_node_ids_curies_and_iris_mean_the_same(name: str) -> None:
    assert trace(STORE, name) == trace(STORE, "s001")


def test_a_name_that_several_answers_have_lists_their_iris() -> None:
    run = sample()
    twin = replace(run.statements[0], id="statement/twin")
    store = MemoryStore(quads(run.merge(replace(type(run)(), statements=(twin,)))))
    with pytest.raises(UsageError, match=r"statement/1.*statement/twin") as caught:
        trace(store, "s001")
    assert caught.value.exit_code == 2


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(UsageError, match="s999"):
        trace(STORE, "s999")


def test_both_engines_give_the_same_trace_as_plain_json() -> None:
    found = trace(STORE, "s002")
    assert trace(RdflibStore(quads(sample())), "s002") == found
    said = json.loads(json.dumps(found.to_dict()))
    assert set(said) == {"statement", "paths", "summary"}
    assert set(said["paths"][0]) == {"steps", "complete", "breaks_at", "weakest"}
    assert said["statement"]["kind"] == "recommendation"


def test_the_tree_quotes_the_text_where_the_graph_carries_it() -> None:
    found = trace(STORE, "s003")
    words = ANSWER_TEXT[found.statement.start : found.statement.end]
    assert any(words in line for line in tree(found, texts(STORE, found)))
    bare = tree(found)
    assert any("text not in this graph" in line for line in bare)
    assert not any(words in line for line in bare)


links = st.builds(Link, st.sampled_from(Aspect), st.integers(0, 4), st.integers(0, 9), st.just(""))


@given(st.lists(links, min_size=1))
def test_the_weakest_link_has_the_lowest_grade_then_the_first_aspect(chain: list[Link]) -> None:
    found = weakest(chain)
    assert found == weakest(list(reversed(chain)))
    assert found.grade == min(link.grade for link in chain)
    assert found.aspect == min(link.aspect for link in chain if link.grade == found.grade)


def test_grades_fall_with_what_is_known_to_be_wrong() -> None:
    assert of_verdict("supported") > of_verdict("not_found") > of_verdict("contradicted")
    assert of_scope(["full_text"]) > of_scope(["abstract"]) > of_scope(["metadata"])
    assert of_states([]) > of_states(["corrected"]) > of_states(["corrected", "retracted"]) == 0
