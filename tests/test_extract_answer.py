"""An answer's statements, markers, conditions, claims and advice, and their places in the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import sources
from kg.extract.answer import NoStatementsError, read_answer
from kg.model import (
    ClaimKind,
    DocumentRole,
    Dossier,
    Part,
    Recommendation,
    RecommendationDirection,
    RecommendationStrength,
    Segment,
    Source,
    Statement,
    StatementKind,
    document_of,
)
from kg.terms import digest, node_id

ANSWER = """Does zelorimab help in winter gout?

Zelorimab in Winter Gout

Zelorimab lowers pain in adults with winter gout. 1 It was tried in one study [2].

Efficacy

- Pain fell by 12 points at 4 weeks. 1, 3
- Quality of sleep did not change. 1

Treatment Protocol (If Pursuing Early Therapy)

1. Give 40 mg zelorimab by mouth once daily (this dose showed the best balance in one trial). 1
2. Measure grip strength at 6 weeks, as it predicts falls. 4

Common Pitfalls

- Do not give zelorimab outside of clinical trial settings. 2
- Patients with fever must not take zelorimab. 2
- If pain persists, refer to a specialist. 5

Evidence Limitations

- All data come from one small trial. 1

Disclaimer

This information is intended for healthcare professionals.
"""


def read(text: str) -> tuple[Source, Dossier]:
    """Read an answer."""
    source = sources.read(text.encode(), "answer.txt", DocumentRole.ANSWER)
    return source, read_answer(source)


def in_order(said: Dossier) -> list[Statement]:
    """Return the statements in the order of their short ids."""
    return sorted(said.statements, key=lambda s: s.short_id)


def cut(source: Source, said: Dossier, passage: str) -> str:
    """Return the text of a passage."""
    found = next(p for p in said.passages if p.id == passage)
    return source.text[found.start : found.end]


def advice(said: Dossier, number: str) -> Recommendation:
    """Return the recommendation of a statement."""
    statement = next(s for s in said.statements if s.short_id == number)
    return next(r for r in said.recommendations if r.statement == statement.id)


@pytest.fixture(scope="module")
def sample() -> tuple[Source, Dossier]:
    """Return the sample answer and what was read in it."""
    return read(ANSWER)


def test_each_bullet_step_and_sentence_is_one_statement_with_its_markers(
    sample: tuple[Source, Dossier],
) -> None:
    source, said = sample
    assert [cut(source, said, s.passage) for s in in_order(said)] == [
        "Zelorimab lowers pain in adults with winter gout. 1",
        "It was tried in one study [2].",
        "Pain fell by 12 points at 4 weeks. 1, 3",
        "Quality of sleep did not change. 1",
        "Give 40 mg zelorimab by mouth once daily (this dose showed the best balance in one trial)"
        ". 1",
        "Measure grip strength at 6 weeks, as it predicts falls. 4",
        "Do not give zelorimab outside of clinical trial settings. 2",
        "Patients with fever must not take zelorimab. 2",
        "If pain persists, refer to a specialist. 5",
        "All data come from one small trial. 1",
        "This information is intended for healthcare professionals.",
    ]
    assert [s.short_id for s in in_order(said)] == [f"s{n:03}" for n in range(1, 12)]


def test_statements_have_the_kind_that_their_words_and_section_give(
    sample: tuple[Source, Dossier],
) -> None:
    kinds = [s.kind.value for s in in_order(sample[1])]
    assert kinds == [
        "claim", "claim", "claim", "claim", "recommendation", "recommendation",
        "contraindication", "contraindication", "recommendation", "limitation", "editorial",
    ]  # fmt: skip


def test_a_marker_denotes_the_entry_of_its_label(sample: tuple[Source, Dossier]) -> None:
    source, said = sample
    for marker in said.markers:
        assert cut(source, said, marker.passage) == marker.label
        assert marker.denotes == node_id("entry", source.document.id, marker.label)
    assert sorted(m.label for m in said.markers) == ["1"] * 5 + ["2"] * 3 + ["3", "4", "5"]


def test_what_stands_below_a_heading_inherits_its_condition(
    sample: tuple[Source, Dossier],
) -> None:
    conditions = {s.short_id: s.condition for s in in_order(sample[1]) if s.condition}
    assert conditions == {
        "s005": "if pursuing early therapy",
        "s006": "if pursuing early therapy",
        "s009": "If pain persists",
    }
    assert advice(sample[1], "s005").condition == "if pursuing early therapy"


def test_the_headings_above_a_statement_are_its_section(sample: tuple[Source, Dossier]) -> None:
    said = sample[1]
    label = {h.id: h.label for h in said.headings}
    third = next(s for s in said.statements if s.short_id == "s003")
    assert "Efficacy" in [label[h] for h in third.headings]
    assert "Common Pitfalls" not in [label[h] for h in third.headings]


def test_advice_is_cut_to_its_action_and_rests_on_its_reasons(
    sample: tuple[Source, Dossier],
) -> None:
    source, said = sample
    step = advice(said, "s006")
    assert step.action == "Measure grip strength at 6 weeks"
    reasons = [c for c in said.claims if c.id in step.rests_on]
    assert [cut(source, said, c.passage) for c in reasons] == ["as it predicts falls"]
    dose = advice(said, "s005")
    assert dose.action == "Give 40 mg zelorimab by mouth once daily"
    assert len(dose.rests_on) == 1


def test_direction_and_strength_are_those_of_the_words(sample: tuple[Source, Dossier]) -> None:
    against, barred, either = (advice(sample[1], n) for n in ("s007", "s008", "s009"))
    assert against.direction is RecommendationDirection.AGAINST
    assert against.strength is RecommendationStrength.UNSTATED
    assert barred.direction is RecommendationDirection.AGAINST
    assert barred.strength is RecommendationStrength.STRONG
    assert (either.direction, either.action) == (
        RecommendationDirection.FOR, "refer to a specialist",
    )  # fmt: skip


def test_a_remark_about_the_text_gives_nothing_to_check(sample: tuple[Source, Dossier]) -> None:
    said = sample[1]
    last = in_order(said)[-1]
    assert last.kind is StatementKind.EDITORIAL
    assert not any(c.checkable for c in said.claims if c.statement == last.id)
    assert not any(r.statement == last.id for r in said.recommendations)


def test_claims_are_numbered_within_their_statement(sample: tuple[Source, Dossier]) -> None:
    said = sample[1]
    for statement in said.statements:
        own = sorted((c for c in said.claims if c.statement == statement.id), key=_ordinal)
        expected = [f"{statement.short_id}.{n}" for n in range(1, len(own) + 1)]
        assert own
        assert [c.short_id for c in own] == expected


def _ordinal(claim: object) -> int:
    return int(getattr(claim, "ordinal", 0))


def test_a_clause_with_should_inside_a_claim_makes_no_advice_of_it() -> None:
    _, said = read("It works.\n\nIt lowers pain, though it is a drug that should be cooled. 1\n")
    assert {s.kind for s in said.statements} == {StatementKind.CLAIM}
    assert not said.recommendations


def test_markers_inside_a_bullet_are_not_read_as_figures() -> None:
    source, said = read("T\n\n- Rest helps [1]. Sleep helps too. 2 Walking is best. 3\n")
    (statement,) = said.statements
    assert sorted(m.label for m in said.markers) == ["1", "2", "3"]
    claims = sorted((c for c in said.claims if c.statement == statement.id), key=_ordinal)
    words = [cut(source, said, c.passage) for c in claims]
    assert words == ["Rest helps", "Sleep helps too", "Walking is best"]


def test_advice_for_and_against_in_one_statement_makes_two_recommendations() -> None:
    _, said = read("T\n\n- Start 20 mg daily; do not exceed 40 mg. 1\n")
    assert sorted((r.action, r.direction.value) for r in said.recommendations) == [
        ("Start 20 mg daily", "for"), ("do not exceed 40 mg", "against"),
    ]  # fmt: skip


def test_a_label_that_names_people_is_the_population() -> None:
    _, said = read("T\n\n- Adults with gout: give 20 mg daily. 1\n- In children, avoid it. 2\n")
    assert sorted(r.population or "" for r in said.recommendations) == [
        "Adults with gout", "children",
    ]  # fmt: skip


def test_a_heading_that_asks_when_sets_no_condition() -> None:
    _, said = read("T\n\nOverview\n\nWhen to refer\n\n- Refer adults who fall. 1\n")
    assert [s.condition for s in said.statements] == [None]


def test_each_of_two_recommendations_keeps_its_own_condition() -> None:
    _, said = read("T\n\n- Check the pulse weekly; if it exceeds 90, stop the drug. 1\n")
    assert sorted((r.action, r.condition) for r in said.recommendations) == [
        ("Check the pulse weekly", None), ("stop the drug", "if it exceeds 90"),
    ]  # fmt: skip


def test_the_first_row_of_a_table_names_its_columns() -> None:
    text = "T\n\nDoses\n\n| Dose | Pain | Falls |\n| 20 mg | fell by 4% | 3 of 40 | [1]\n"
    _, said = read(text)
    rows = in_order(said)
    assert [s.kind.value for s in rows] == ["editorial", "claim"]
    assert [m.label for m in said.markers] == ["1"]


def test_an_answer_that_says_nothing_is_an_error_that_names_it() -> None:
    text = "Does it help?\nPersonalize"
    document = document_of(digest(text), "empty.txt", DocumentRole.ANSWER, "answer-text", text)
    silent = Source(document, (Segment(0, 13, Part.TITLE), Segment(14, 25, Part.FURNITURE)))
    with pytest.raises(NoStatementsError, match=r"empty\.txt") as caught:
        read_answer(silent)
    assert caught.value.exit_code == 3
    assert caught.value.name == "empty.txt"


def test_the_seed_answer_has_the_markers_and_statements_that_a_person_counted(
    seeds: Path,
) -> None:
    path = next(seeds.glob("000_*.txt"))
    source = sources.read_file(path, DocumentRole.ANSWER)
    said = read_answer(source)
    assert len(said.markers) == 47
    assert sum(marker.label != "1" for marker in said.markers) == 31
    passages = {p.id: p for p in said.passages}
    spans = [passages[s.passage] for s in said.statements]
    listed = [s for s in source.segments if s.part in {Part.BULLET, Part.STEP}]
    assert {(s.start, s.end) for s in listed} <= {(p.start, p.end) for p in spans}
    furniture = [s for s in source.segments if s.part is Part.FURNITURE]
    assert not [p for p in spans for f in furniture if p.start < f.end and f.start < p.end]
    condition = {s.condition for s in said.statements}
    assert "if pursuing experimental therapy" in condition


sentences = st.sampled_from(
    [
        "Pain fell at 3 months (p=0.02). 1", "Give 5 mg daily. 2, 3", "Do not stop it [1-3].",
        "If it hurts, stop.", "It is in phase 2.", "The mean was 3 [1-5].", "Sleep rose.¹,²",
        "However, evidence is limited. 12", "It is α-safe — 5%. 4", "Why?", "See Fig. 2.",
    ]
)  # fmt: skip
marks = st.sampled_from(["- ", "• ", "1. ", "", "\n", "## ", "| a | b | ", "\u00a0 "])
answers = st.lists(st.tuples(marks, sentences).map("".join), min_size=1, max_size=12).map(
    lambda lines: "A title\n\n" + "\n".join(lines) + "\nIt ends here, as said.\n"
)


@given(answers)
def test_statements_are_ordered_and_do_not_overlap(text: str) -> None:
    source, said = read(text)
    passages = {p.id: p for p in said.passages}
    spans = [passages[s.passage] for s in in_order(said)]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    for passage in said.passages:
        assert source.document.passage(passage.start, passage.end).sha256 == passage.sha256


@given(answers)
def test_markers_and_claims_lie_within_their_statement(text: str) -> None:
    _, said = read(text)
    passages = {p.id: p for p in said.passages}
    around = {s.id: passages[s.passage] for s in said.statements}
    own = [(m.passage, m.statement) for m in said.markers]
    own += [(c.passage, c.statement) for c in said.claims]
    for passage, statement in own:
        inner, outer = passages[passage], around[statement]
        assert outer.start <= inner.start < inner.end <= outer.end


@given(answers)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text)[1] == read(text)[1]
    said = read(text)[1]
    assert said == said.normalised()
    assert len({c.short_id for c in said.claims}) == len(said.claims)


def test_gloss_claims_are_never_reasons() -> None:
    _, said = read("T\n\n- Measure ferritin (a store of iron), as it predicts falls. 1\n")
    gloss = {c.id for c in said.claims if c.kind is ClaimKind.GLOSS}
    assert all(not gloss & set(r.rests_on) for r in said.recommendations)
