"""A text read: its sentences, its facts, and a claim cut out of a statement."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.reading import narrow, read_claim, read_record
from kg.model import Part, Segment
from tests.invented_trials import GOUT, readings


def test_a_claim_keeps_what_binds_its_facts_in_the_whole_statement() -> None:
    said, _ = readings("In the 20 mg group, joint pain fell at 6 weeks and grip rose.", GOUT)
    at = said.text.index("grip")
    own, positions = narrow(said, at, len(said.text))
    assert [said.facts[i] for i in positions] == list(own.facts)
    assert [f.phrase for f in own.facts] == ["rose"]
    assert own.facts[0].groups == said.facts[positions[0]].groups != frozenset()


def test_a_claim_is_read_in_the_records_groups_and_abbreviations() -> None:
    record = "The six-minute walk distance (SMWD) rose. The SMWD fell on placebo."
    one, known = readings("The SMWD rose.", record)
    two = read_claim("Six-minute walk distance rose.", 0, 30, known)
    assert one.sentences[0].keys & two.sentences[0].keys
    assert known.lexicon is one.lexicon


def test_furniture_and_references_are_not_read() -> None:
    text = "Pain fell. Cookies help us."
    parts = (Segment(0, 10, Part.RESULTS), Segment(11, len(text), Part.FURNITURE))
    read = read_record(text, parts)
    assert [(s.start, s.end) for s in read.sentences] == [(0, 10)]


def test_half_of_a_compound_tells_no_direction() -> None:
    assert not [f for f in read_record("Stair-climb power was noted.").facts if f.figure is None]
    assert [f.sense for f in read_record("Power rose.").facts] == ["up"]


def test_nitric_oxide_denies_nothing() -> None:
    gas = read_record("NO inhalation lowered the pressure.")
    loud = read_record("NO DIFFERENCE was found in the pressure.")

    assert [f.sense for f in gas.facts] == ["down"]
    assert [f.sense for f in loud.facts] == ["null"]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    read = read_record("Pain fell. Pain rose. Pain and itching fell.")
    keys = {read.text[c.start : c.end]: c.key for s in read.sentences for c in s.concepts}
    assert read.weight(keys["itching"]) > read.weight(keys["Pain"])


@given(st.integers(0, len(GOUT)), st.integers(0, len(GOUT)))
def test_every_part_of_a_reading_lies_where_it_says(one: int, two: int) -> None:
    start, end = sorted((one, two))
    read = read_claim(GOUT, start, end, read_record(GOUT))
    for sentence in read.sentences:
        assert start <= sentence.start <= sentence.end <= end
        spans = [(w.start, w.end) for w in sentence.tokens]
        spans += [(f.start, f.end) for f in sentence.figures]
        spans += [(g.start, g.end) for g in sentence.groups]
        assert all(sentence.start <= a < b <= sentence.end for a, b in spans)
    for fact in read.facts:
        assert start <= fact.start < fact.end <= end
