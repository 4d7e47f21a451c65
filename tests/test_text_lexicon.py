"""Cues, synonyms and function words: data whose examples must hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.text.lexicon import (
    concepts,
    cue_table,
    find_cues,
    function_words,
    match_phrases,
    phrase_table,
    rows,
    synonym_table,
)
from kg.text.tokens import words


def test_every_example_of_the_cues_holds_a_cue_of_its_row() -> None:
    for row in rows("cues.tsv"):
        kinds = {cue.kind for cue in find_cues(words(row[3]))}
        assert row[0] in kinds, row[3]


def test_the_longest_phrase_wins_and_switches_a_cue_off() -> None:
    told = [
        (c.kind, c.phrase) for c in find_cues(words("The lower limb was not significantly weaker"))
    ]
    assert told[0] == ("neutral", "lower limb")
    assert "weaker" in {phrase for _, phrase in told}


@given(st.lists(st.sampled_from(["no", "longer", "lower", "limb", "rose", "than", "x"])))
def test_cues_stand_at_their_words(tokens: list[str]) -> None:
    text = " ".join(tokens)
    for cue in find_cues(words(text)):
        assert text[cue.start : cue.end] == cue.phrase
        assert cue.first <= cue.last


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_matches_do_not_overlap_and_are_of_the_table(tokens: list[str]) -> None:
    table = phrase_table([("1", "a b"), ("2", "a"), ("3", "b c a"), ("4", "a b")], by_stem=False)
    done = 0
    for first, stop, values in match_phrases(tokens, table):
        assert done <= first < stop
        assert values
        done = stop


def test_wordings_of_one_concept_meet() -> None:
    for one, other in (("QoL", "quality of life"), ("heart attack", "myocardial infarction")):
        assert [c.key for c in concepts(words(one))] == [c.key for c in concepts(words(other))]


def test_words_without_content_are_left_out() -> None:
    assert [c.key for c in concepts(words("It was of the zelorimab"))][-1:] == ["zelorimab"]
    assert "the" in function_words()


def test_a_documents_own_abbreviation_is_read_as_its_long_form() -> None:
    own = phrase_table([("=walking", "WD")], by_stem=False)
    assert next(c.key for c in concepts(words("WD rose"), own)) == "=walking"


def test_no_table_is_empty_and_comments_are_no_rows() -> None:
    assert len(cue_table()) > 100
    assert len(synonym_table()) > 100
    assert not any(row[0].startswith("#") for row in rows("cues.tsv"))
