"""Records as plain text: sections, captions, scope, and the work that they are of."""

from __future__ import annotations

import pytest

from kg.model import DocumentRole, Part, Scope, Source
from kg.sources import NoRecordError, read


def _read(text: str) -> Source:
    return read(text.encode(), "r.txt", DocumentRole.RECORD, "text")


def _told(source: Source) -> list[tuple[Part, str | None, str]]:
    return [(s.part, s.label, source.text[s.start : s.end]) for s in source.segments]


def test_labels_open_sections_and_stand_outside_the_spans() -> None:
    source = _read("TITLE: Knees\n\nMETHODS: Ten men took it. RESULTS: They walked.")
    assert _told(source) == [
        (Part.TITLE, "TITLE:", "Knees"),
        (Part.METHODS, "METHODS:", "Ten men took it."),
        (Part.RESULTS, "RESULTS:", "They walked."),
    ]
    assert source.document.title == "Knees"


def test_a_name_alone_on_its_line_opens_a_section_too() -> None:
    told = _told(_read("Weekly zelorimab\n\nResults\nThe ten men walked further.\n"))
    assert told[1] == (Part.RESULTS, "Results", "The ten men walked further.")


def test_the_printed_identifiers_name_the_work() -> None:
    text = "TITLE: Knees\nDOI: 10.1000/KNEE\nPMID: 123\n\nRESULTS: Ten men walked (NCT01234567)."
    own = _read(text).work
    assert own is not None
    assert (own.doi, own.pmid, own.registration) == ("10.1000/knee", "123", "NCT01234567")
    assert own.id == "https://doi.org/10.1000/knee"


def test_a_doi_inside_the_prose_is_not_the_work() -> None:
    own = _read("RESULTS: Ten men walked as in doi:10.1000/other before.").work
    assert own is not None
    assert own.doi is None


def test_captions_are_told_from_prose() -> None:
    told = _told(_read("Ten men took it for weeks.\n\nFigure 1. Walking by week. (A) Men.\n"))
    assert told[-1] == (Part.CAPTION, "Figure 1.", "Walking by week. (A) Men.")


def test_length_and_labels_tell_an_article_from_an_abstract() -> None:
    assert _read("Ten men took zelorimab. They walked.").document.scope == (Scope.ABSTRACT,)
    body = "Ten men took zelorimab. " * 300
    assert _read(body).document.scope == (Scope.FULL_TEXT,)
    both = _read(f"ABSTRACT.RESULTS:\nThey walked well again.\n\nBODY.RESULTS:\n{body}")
    assert both.document.scope == (Scope.ABSTRACT, Scope.FULL_TEXT)
    assert _read("TITLE: Knees\nPMID: 123").document.scope == (Scope.METADATA,)


@pytest.mark.parametrize(
    "text", ["Home\nSign in", "https://example.org/7", "Not found", "1 2 3 4 5"]
)
def test_what_says_nothing_is_no_record(text: str) -> None:
    with pytest.raises(NoRecordError, match="not a record"):
        _read(text)


def test_a_short_labelled_result_is_a_record() -> None:
    assert _told(_read("RESULTS: Pain fell.")) == [(Part.RESULTS, "RESULTS:", "Pain fell.")]
