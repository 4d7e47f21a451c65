"""The two documents that the project grew from: offsets, kinds and digests, no text of theirs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.model import DocumentRole, Part, Scope, Source
from kg.sources import read_file
from kg.terms import digest


@pytest.fixture(scope="module")
def answer(seeds: Path) -> Source:
    return read_file(seeds / "000_6fba568072e3c303.txt", DocumentRole.ANSWER)


@pytest.fixture(scope="module")
def record(seeds: Path) -> Source:
    return read_file(seeds / "002_817d4b841cb3a397.txt", DocumentRole.RECORD)


def _spans(source: Source, part: Part) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in source.segments if s.part is part]


def _short_digest(source: Source, span: tuple[int, int]) -> str:
    return digest(source.text[slice(*span)])[:12]


def test_the_answer_prints_its_title_date_and_state_of_review(answer: Source) -> None:
    assert answer.document.format == "answer-text"
    assert answer.document.chars == 9138
    assert answer.document.date == "2026-03-01"
    assert answer.document.review_status == "pending human review"
    assert _spans(answer, Part.TITLE) == [(0, 97)]
    assert _spans(answer, Part.DATE) == [(324, 351)]
    assert _spans(answer, Part.REVIEW_STATUS)[:2] == [(99, 189), (190, 268)]
    assert len(_spans(answer, Part.REVIEW_STATUS)) == 6


def test_the_answer_has_every_bullet_step_and_paragraph(answer: Source) -> None:
    counts = Counter(s.part for s in answer.segments)
    assert counts[Part.BULLET] == 33
    assert counts[Part.STEP] == 6
    assert _spans(answer, Part.PARAGRAPH) == [(599, 948), (8399, 8924)]
    assert [s.label for s in answer.segments if s.part is Part.STEP] == ["1.", "2.", "3."] * 2
    for part in (Part.BULLET, Part.STEP):
        for start, end in _spans(answer, part):
            lead = answer.text[answer.text.rindex("\n", 0, start) + 1 : start]
            assert answer.text[start].isupper()
            assert answer.text[end : end + 1] == "\n"
            assert lead in ("  • ", "  1. ", "  2. ", "  3. ")


def test_headings_of_the_answer_have_their_depth(answer: Source) -> None:
    found = [(s.start, s.level) for s in answer.segments if s.part is Part.HEADING]
    assert found[:5] == [(516, 1), (950, 2), (993, 3), (1578, 3), (2208, 3)]
    assert [start for start, level in found if level == 2] == [
        950, 3397, 4611, 5659, 7116, 7765, 8366,
    ]  # fmt: skip
    assert len(found) == 19


def test_what_the_site_put_around_the_answer_is_furniture(answer: Source) -> None:
    assert _spans(answer, Part.FURNITURE) == [
        (351, 372), (374, 385), (387, 417), (419, 514), (8926, 8952), (8954, 9138),
    ]  # fmt: skip


def test_the_record_is_read_as_a_page_of_pubmed(record: Source) -> None:
    assert record.document.format == "pubmed-page"
    assert record.document.chars == 5775
    assert record.document.scope == (Scope.ABSTRACT, Scope.CAPTIONS)
    own = record.work
    assert own is not None
    assert own.id == record.document.work == "https://doi.org/10.1093/gerona/glx056"
    assert (own.date, own.journal) == ("2017-10-12", "J Gerontol A Biol Sci Med Sci")
    assert own.publication_types == ("Clinical Trial",)
    assert own.first_author is not None
    assert own.first_author.endswith("Golpanian")


def test_the_sections_of_the_record_stand_where_they_stand(record: Source) -> None:
    assert _spans(record, Part.TITLE) == [(590, 656)]
    assert [_spans(record, p)[0] for p in (Part.BACKGROUND, Part.METHODS, Part.RESULTS)] == [
        (835, 1182), (1193, 1618), (1629, 2400),
    ]  # fmt: skip
    assert _spans(record, Part.CONCLUSIONS) == [(2415, 2631)]
    assert _spans(record, Part.KEYWORDS) == [(2643, 2718)]
    assert _spans(record, Part.CAPTION) == [(2768, 3611), (3632, 4515), (4536, 4837)]
    assert len(_spans(record, Part.REFERENCE)) == 5
    assert [s.label for s in record.segments if s.part is Part.CAPTION] == [
        "Figure 1.", "Figure 2.", "Figure 3.",
    ]  # fmt: skip


def test_the_text_of_both_is_the_text_that_was_audited(answer: Source, record: Source) -> None:
    assert _short_digest(answer, (599, 948)) == "819e530775e4"
    assert _short_digest(record, (1629, 2400)) == "9ce1822a32e3"
