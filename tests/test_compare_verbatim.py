"""A whole sentence of a record, cited to that record, is never a fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.check import check
from kg.compare.verbatim import quoted
from kg.extract.reading import read_record
from kg.extract.record import Reported, report
from kg.model import Part
from tests.invented_trials import RECORDS, readings, reported, source

HOSTILE = (
    "Pain fell similarly in A and B (p < .05). No deaths occurred, yet one man died. Drugol may "
    "cause rash, but it causes none. Changes were 6.4, 6.4 and 2.1 at 2 mg, 4 mg and placebo, "
    "respectively. Rates rose from 7.5% to 24% and 43.3% at 1 and 3 months. Doses of 300 mg/day "
    "and 600 mg/day had effect sizes of 0.44 and 0.47. All trials show that it is safe. Nothing "
    "is known."
)
TEXTS = {**RECORDS, "hostile": HOSTILE}
SENTENCES = [
    (name, text[s.start : s.end])
    for name, text in TEXTS.items()
    for s in report(source(text)).reading.sentences
    if s.part is not Part.TITLE
]
_READ = {name: report(source(text)) for name, text in TEXTS.items()}
WORDS = ["Pain", "fell", "rose", "in", "placebo", "drugol", "by", "12%", "3", "mg", "no", "deaths",
         "(p = .03)", "(n = 20)", "at", "6 weeks", "and", "may", "not", "improve", "trials", "show",
         "significantly", "serious", "than", "respectively", "versus", "all", "except"]  # fmt: skip


@pytest.mark.parametrize(("name", "sentence"), SENTENCES)
def test_no_sentence_of_a_record_is_flagged(name: str, sentence: str) -> None:
    found = check(sentence, _READ[name])
    assert found.verdict.value in {"supported", "not_checkable"}
    assert not found.faults


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14), min_size=1, max_size=4))
def test_nor_is_any_sentence_of_any_text(sentences: list[list[str]]) -> None:
    text = " ".join("It " + " ".join(words) + "." for words in sentences)
    record: Reported = report(source(text))
    for sentence in record.reading.sentences:
        found = check(text[sentence.start : sentence.end], record)
        assert found.verdict.value in {"supported", "not_checkable"}


def test_line_breaks_and_case_do_not_undo_a_quotation_and_a_changed_word_does() -> None:
    record = "Pain fell in the drug arm (p = .02). It rose on placebo."
    assert quoted(*readings("Pain fell\n in the  drug arm (p = .02)", record)) is not None
    assert quoted(*readings("pain rose in the drug arm (p = .02).", record)) is None
    assert quoted(*readings("Pain fell in the drug arm.", record)) is None


def test_a_quotation_is_tied_to_the_facts_of_its_own_sentence() -> None:
    record = "Pain fell on drugol (p = .02). Pain fell on placebo (p = .02)."
    claim, known = readings("Pain fell on placebo (p = .02).", record)
    found = quoted(claim, known)
    assert found is not None
    assert found.pairs
    assert {known.facts[theirs].sentence for _, theirs in found.pairs} == {1}
    assert found.evidence == ((31, len(record)),)


def test_a_text_without_sentences_is_no_quotation() -> None:
    claim, known = readings("", "Pain fell.")
    assert quoted(claim, known) is None
    assert not read_record("").sentences
    assert reported("gout").reading.sentences
