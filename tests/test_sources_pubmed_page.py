"""PubMed pages and PubMed's text export, in the forms that people paste."""

from __future__ import annotations

import pytest

from kg.model import DocumentRole, Part, Scope, Source
from kg.sources import NoRecordError, read
from kg.sources.pubmed_page import FORMAT, looks_like

PAGE = """Skip to main page content

Randomized Controlled Trial

The invented journal of walking

Actions

    Search in PubMed
    Add to Search

. 2021 Mar 4;38(9):829-841.
 doi: 10.1000/walk.0001. Epub 2021 Feb 1.
Weekly zelorimab for sore knees in adults: a trial of
two doses
Anna Bea Author  1 , Cleo Name  2 ; ZELO Study Group
Collaborators, Affiliations
Affiliations

    1 Department of Walking, University of Somewhere.

    PMID: 30000001 PMCID: PMC7000001 DOI: 10.1000/walk.0001

Free PMC article
Erratum in

    Other A. J Walk. 2021 Jul 1;385(1):96. doi: 10.1000/walk.0002. PMID: 39999999

Comment in

    Foo B. J Bar. 2021 Aug;1(1):9. doi: 10.1000/cmt. PMID: 38888888

Abstract

Background: Sore knees are common.

Methods: We gave 40 adults zelorimab (NCT01234567).

Results: Soreness fell by 4 points (p = .02).

Conclusions: It helped.

Copyright © 2021 A Society.

Keywords: knees; walking.

PubMed Disclaimer

Figures

Figure 1.
Figure 1.
Soreness by week. (A) Low dose.
(B) High dose.
Figure 2.
Figure 3. Flow of the adults.

References

    1. Bar C. Sitting. J Sit. 2010;1:1. doi:10.1000/sit - PMC - PubMed
    1. Baz D. Lying. J Lie. 2011;2:2. - PubMed

Publication types

    Randomized Controlled Trial
    Clinical Trial, Phase II

MeSH terms

    Knee
    Comment
"""
EXPORT = """1. J Invented Walk. 2021 Mar 4;38(9):829-841. doi:
10.1000/walk.0001. Epub 2021 Feb 1.

Weekly zelorimab for sore knees in
adults.

Author AB(1), Name C(2).

Author information:
(1)Department of Walking, University of Somewhere.

Retraction in
    J Invented Walk. 2022 Jul 1;39(1):96. doi: 10.1000/walk.0002.

BACKGROUND: Sore knees are common and
stay for years.
RESULTS: Soreness fell by 4 points.

DOI: 10.1000/walk.0001
PMCID: PMC7000001
PMID: 30000001 [Indexed for MEDLINE]
"""


def _source(text: str) -> Source:
    return read(text.encode(), "page.txt", DocumentRole.RECORD, FORMAT)


def _parts(source: Source, part: Part) -> list[tuple[str | None, str]]:
    return [(s.label, source.text[s.start : s.end]) for s in source.segments if s.part is part]


def test_the_page_identifies_its_own_work_and_no_other() -> None:
    own = _source(PAGE).work
    assert own is not None
    assert (own.doi, own.pmid, own.pmcid) == ("10.1000/walk.0001", "30000001", "PMC7000001")
    assert (own.journal, own.date, own.year) == (
        "The invented journal of walking", "2021-03-04", 2021,
    )  # fmt: skip
    assert own.first_author == "Anna Bea Author"
    assert own.title == "Weekly zelorimab for sore knees in adults: a trial of two doses"
    assert own.registration == "NCT01234567"
    assert own.publication_types == ("Randomized Controlled Trial", "Clinical Trial, Phase II")


def test_a_page_without_own_doi_takes_none_from_its_references() -> None:
    text = PAGE.replace("doi: 10.1000/walk.0001. ", "").replace(" DOI: 10.1000/walk.0001", "")
    own = _source(text).work
    assert own is not None
    assert own.doi is None
    assert own.id == "https://pubmed.ncbi.nlm.nih.gov/30000001/"


def test_a_page_without_any_identifier_is_known_by_its_title() -> None:
    text = PAGE.replace("doi: 10.1000/walk.0001. ", "")
    text = text.replace("    PMID: 30000001 PMCID: PMC7000001 DOI: 10.1000/walk.0001\n", "")
    own = _source(text).work
    assert own is not None
    assert (own.doi, own.pmid, own.pmcid) == (None, None, None)
    assert own.id.startswith("work/")


def test_sections_of_the_abstract_keep_their_labels_out_of_the_span() -> None:
    source = _source(PAGE)
    assert _parts(source, Part.METHODS) == [
        ("Methods:", "We gave 40 adults zelorimab (NCT01234567).")
    ]
    assert _parts(source, Part.RESULTS) == [("Results:", "Soreness fell by 4 points (p = .02).")]
    assert _parts(source, Part.CONCLUSIONS) == [("Conclusions:", "It helped.")]
    assert _parts(source, Part.KEYWORDS) == [("Keywords:", "knees; walking.")]


def test_a_caption_is_one_segment_with_its_panels() -> None:
    assert _parts(_source(PAGE), Part.CAPTION) == [
        ("Figure 1.", "Soreness by week. (A) Low dose.\n(B) High dose."),
        ("Figure 3.", "Flow of the adults."),
    ]


def test_references_are_segments_without_their_marks() -> None:
    told = _parts(_source(PAGE), Part.REFERENCE)
    assert [text[:5] for _, text in told] == ["Bar C", "Baz D"]
    assert {label for label, _ in told} == {None}
    counted = _source(PAGE.replace("    1. Baz", "    2. Baz"))
    assert [label for label, _ in _parts(counted, Part.REFERENCE)] == ["1", "2"]


def test_the_state_of_the_work_is_told_apart_from_comments_on_it() -> None:
    told = _parts(_source(PAGE), Part.REVIEW_STATUS)
    assert [label for label, _ in told] == ["Erratum in", "Erratum in"]
    assert "10.1000/walk.0002" in told[1][1]
    assert not any("10.1000/cmt" in text for _, text in told)


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("Retraction in: J Walk. 2022;1:1.", "Retraction in", "J Walk. 2022;1:1."),
        ("Expression of concern in", "Expression of concern in", "Expression of concern in"),
        (
            "This article has been retracted.",
            "This article has been retracted",
            "This article has been retracted.",
        ),
    ],
)
def test_a_status_line_is_read_below_and_beside_its_heading(
    line: str, label: str, text: str
) -> None:
    source = _source(PAGE.replace("Free PMC article", line))
    assert _parts(source, Part.REVIEW_STATUS)[0] == (label, text)


def test_the_title_of_a_retracted_paper_stays_a_title() -> None:
    source = _source(PAGE.replace("Weekly zelorimab", "RETRACTED ARTICLE: Weekly zelorimab"))
    assert source.document.title is not None
    assert source.document.title.startswith("RETRACTED ARTICLE: Weekly zelorimab")


def test_scope_is_what_the_page_holds() -> None:
    assert _source(PAGE).document.scope == (Scope.ABSTRACT, Scope.CAPTIONS)
    bare = PAGE[: PAGE.index("Abstract\n")] + "No abstract available\n"
    source = _source(bare)
    assert source.document.scope == (Scope.METADATA,)
    assert source.document.warnings == ("page.txt: the page holds no abstract",)
    figures = _source(bare + PAGE[PAGE.index("Figures\n") :])
    assert figures.document.scope == (Scope.CAPTIONS,)


def test_an_abstract_without_labels_or_heading_is_found() -> None:
    begin = PAGE[: PAGE.index("Collaborators, Aff")]
    prose = "Forty adults took zelorimab each week. " * 8
    source = _source(f"{begin}\n{prose}\n")
    assert _parts(source, Part.ABSTRACT) == [(None, prose.strip())]
    named = _source(f"{begin}\nAbstract\n\nForty adults took it.\n")
    assert _parts(named, Part.ABSTRACT) == [(None, "Forty adults took it.")]
    labelled = _source(f"{begin}\nMethods: Forty adults took it.\n")
    assert _parts(labelled, Part.METHODS) == [("Methods:", "Forty adults took it.")]


def test_the_short_form_gives_first_author_and_journal() -> None:
    text = """Clinical Trial
. 2019 Mar;4(2):1-9.
doi: 10.1000/x.1

Walking after zelorimab

Affiliations
Clinical Trial

Walking after zelorimab

Anna Author\u00a0et al. J Inv Med. .

Abstract

It helped.
"""
    source = _source(text)
    own = source.work
    assert own is not None
    assert (own.first_author, own.journal) == ("Anna Author", "J Inv Med")
    assert own.publication_types == ("Clinical Trial",)
    assert len(_parts(source, Part.TITLE)) == 1


def test_a_title_above_the_journal_line_is_found() -> None:
    text = """Weekly zelorimab for sore knees
J Inv Med. 2019 Mar;4(2):1-9. doi: 10.1000/x.1.
Authors
Anna Author 1, Bea Other 2
PMID: 30000001

Abstract
It helped.
"""
    source = _source(text)
    assert source.document.title == "Weekly zelorimab for sore knees"
    assert source.work is not None
    assert source.work.first_author == "Anna Author"


def test_a_menu_that_names_the_abstract_again_opens_no_second_one() -> None:
    source = _source(
        PAGE + "\nPage navigation\n\nTitle & authors\nAbstract\nSome link of the site\n"
    )
    assert not _parts(source, Part.ABSTRACT)
    assert _parts(source, Part.FURNITURE)[-1] == (None, "Some link of the site")


def test_the_text_export_is_read_by_paragraphs() -> None:
    source = _source(EXPORT)
    own = source.work
    assert own is not None
    assert (own.doi, own.pmid, own.pmcid) == ("10.1000/walk.0001", "30000001", "PMC7000001")
    assert (own.title, own.first_author) == (
        "Weekly zelorimab for sore knees in adults", "Author AB",
    )  # fmt: skip
    assert (own.journal, own.date) == ("J Invented Walk", "2021-03-04")
    assert _parts(source, Part.BACKGROUND) == [
        ("BACKGROUND:", "Sore knees are common and\nstay for years.")
    ]
    [(label, notice)] = _parts(source, Part.REVIEW_STATUS)
    assert label == "Retraction in"
    assert notice.endswith("doi: 10.1000/walk.0002.")


def test_of_several_exported_records_the_first_is_read_with_a_warning() -> None:
    second = EXPORT.replace("1. J Inv", "2. J Other Inv").replace("30000001", "30000002")
    source = _source(f"{EXPORT}\n\n{second}")
    assert source.work is not None
    assert source.work.pmid == "30000001"
    assert "only the first was read" in source.document.warnings[0]
    assert len(_parts(source, Part.RESULTS)) == 1


@pytest.mark.parametrize("text", [PAGE, EXPORT, PAGE[PAGE.index(". 2021") :]])
def test_pages_are_recognised(text: str) -> None:
    assert looks_like(text)
    assert read(text.encode(), "a.txt", DocumentRole.RECORD).document.format == FORMAT


@pytest.mark.parametrize(
    "text",
    [
        "TITLE: Walking\n\nABSTRACT.RESULTS: It helped.",
        "Walking\n\nAbstract\n\nIt helped the ten men.",
        "It helped the men who walked in 2019. 2020 was wet; 3 of them fell.",
        ". 2019 Mar;4(2):1-9.\nWalking\nAbstract\nIt helps.\nIntroduction\n"
        + "It helped. " * 1200
        + "\nDiscussion\nIt did.",
    ],
)
def test_other_records_are_not(text: str) -> None:
    assert not looks_like(text)


@pytest.mark.parametrize("text", ["Walking", "Share\nSave\n", "Walking after zelorimab\n\nA Name"])
def test_what_holds_no_record_is_refused(text: str) -> None:
    with pytest.raises(NoRecordError):
        _source(text)


def test_windows_line_ends_and_a_byte_order_mark_change_no_text() -> None:
    plain = _source(PAGE)
    other = read(
        ("\ufeff" + PAGE.replace("\n", "\r\n")).encode(), "p.txt", DocumentRole.RECORD, FORMAT
    )
    told = [other.text[s.start : s.end].replace("\r\n", "\n") for s in other.segments]
    assert told == [plain.text[s.start : s.end] for s in plain.segments]
    assert [s.part for s in other.segments] == [s.part for s in plain.segments]


def test_the_notice_of_a_retraction_is_read_by_its_date_from_page_and_export() -> None:
    text = PAGE.replace("Erratum in", "Retraction in")
    for source, day in ((_source(text), "2021 Jul 1"), (_source(EXPORT), "2022 Jul 1")):
        [told] = [t for label, t in _parts(source, Part.REVIEW_STATUS) if day in t]
        assert told.index(day) > 0
        assert source.work is not None
        assert source.work.date == "2021-03-04"
