"""PubMed XML: what is kept, where it stands, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.check import check
from kg.extract.record import report
from kg.model import DocumentRole, Part, Scope, Source, WorkState
from kg.sources import SourceError, read
from kg.text.filler import FILLER

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//" "x.dtd">\n'
)
RECORD = """<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">91000001</PMID><Article PubModel="Print"><Journal><JournalIssue>
<PubDate><Year>2021</Year><Month>Mar</Month></PubDate></JournalIssue>
<Title>Journal of invented trials</Title></Journal>
<ArticleTitle>Zelorimab &amp; CO<sub>2</sub> in gout: a <i>randomised</i> trial.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/ZEL.1</ELocationID>
<Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">Ninety adults got zelorimab
(n&#x2009;=&#x2009;45) or placebo (n = 45), 10<sup>6</sup> units each.</AbstractText>
<AbstractText Label="FINDINGS" NlmCategory="RESULTS">Pain fell on zelorimab (p&lt;0.05) and
<i>TNF-&#945;</i> did not change.</AbstractText><CopyrightInformation>None.</CopyrightInformation>
</Abstract><AuthorList><Author><LastName>Nowhere</LastName><ForeName>Ann</ForeName>
<Initials>A</Initials><Identifier Source="ORCID">0000-0000-0000-0000</Identifier></Author>
<Author><CollectiveName>Gout Group</CollectiveName></Author></AuthorList>
<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
<AccessionNumber>NCT01234567</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
<PublicationTypeList><PublicationType UI="D1">Randomized Controlled Trial</PublicationType>
</PublicationTypeList></Article><CommentsCorrectionsList>
<CommentsCorrections RefType="CommentIn"><RefSource>J Inv. 2022 Jan;1:1</RefSource>
<PMID>91000002</PMID></CommentsCorrections>
<CommentsCorrections RefType="RetractionIn"><RefSource>J Inv. 2023 May;2:9</RefSource>
<PMID>91000003</PMID></CommentsCorrections></CommentsCorrectionsList>
<KeywordList><Keyword>gout</Keyword></KeywordList></MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="pubmed">91000001</ArticleId><ArticleId IdType="pmc">PMC9100001</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"""


def source(xml: str) -> Source:
    return read(xml.encode(), "r.xml", DocumentRole.RECORD)


def said(found: Source, *parts: Part) -> list[str]:
    view = found.view or ""
    texts = (view[s.start : s.end] for s in found.segments if s.part in parts)
    return [" ".join(text.replace(FILLER, "").split()) for text in texts]


def test_inline_markup_entities_and_labels_are_read_without_loss() -> None:
    found = source(HEAD + RECORD)
    assert said(found, Part.TITLE) == ["Zelorimab & CO2 in gout: a randomised trial."]
    assert said(found, Part.METHODS) == [
        "Ninety adults got zelorimab (n = 45) or placebo (n = 45), 10^6 units each."
    ]
    assert said(found, Part.RESULTS) == [
        "Pain fell on zelorimab (p<0.05) and TNF-α did not change."
    ]
    assert [s.label for s in found.segments if s.part is Part.RESULTS] == ["FINDINGS:"]


def test_the_work_is_known_by_what_the_record_tells_of_it() -> None:
    work = source(HEAD + RECORD).work
    assert work is not None
    assert (work.doi, work.pmid, work.pmcid) == ("10.1000/zel.1", "91000001", "PMC9100001")
    assert (work.date, work.registration, work.first_author) == (
        "2021-03",
        "NCT01234567",
        "Nowhere A",
    )
    assert work.publication_types == ("Randomized Controlled Trial",)


def test_a_retraction_is_a_state_and_a_comment_is_none() -> None:
    assert source(HEAD + RECORD).states == ((WorkState.RETRACTED, "2023-05"),)


def test_registry_authors_and_notices_keep_their_places() -> None:
    found = source(HEAD + RECORD)
    assert said(found, Part.REGISTRATION) == ["ClinicalTrials.gov NCT01234567"]
    assert said(found, Part.AUTHORS)[1] == "Gout Group"
    assert len(said(found, Part.REVIEW_STATUS)) == 2
    assert found.document.scope == (Scope.ABSTRACT,)


def test_every_offset_is_one_in_the_file() -> None:
    xml = HEAD + RECORD
    found = source(xml)
    assert found.view is not None
    assert len(found.view) == len(found.text) == len(xml)
    for segment in found.segments:
        assert xml[segment.start - 1] == ">"
        assert xml[segment.end : segment.end + 2] == "</"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Pain fell on zelorimab (p < .05).", "supported"),
        ("Pain rose on zelorimab (p < .05).", "contradicted"),
    ],
)
def test_a_claim_is_held_against_what_the_markup_says(claim: str, verdict: str) -> None:
    found = check(claim, report(source(HEAD + RECORD)))
    assert found.verdict.value == verdict
    assert FILLER not in found.sentence


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        (RECORD[:900], "not well-formed XML"),
        (RECORD.replace("</AbstractText>", "", 1), "not well-formed XML"),
        (
            '<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + RECORD,
            "declares the entity",
        ),
        (
            '<!DOCTYPE PubmedArticleSet [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RECORD,
            "declares the entity",
        ),
        ("<PubmedArticle>" + "<a>" * 300 + "</a>" * 300 + "</PubmedArticle>", "inside each other"),
        ("<PubmedArticleSet></PubmedArticleSet>", "not a record"),
    ],
)  # fmt: skip
def test_broken_and_unsafe_files_are_refused_with_a_reason(xml: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        source(xml)
    assert caught.value.name == "r.xml"


def test_further_records_are_named_and_not_dropped_silently() -> None:
    one = RECORD.removeprefix("<PubmedArticleSet>").removesuffix("</PubmedArticleSet>")
    other = one.replace("91000001", "91000009")
    found = source(f"<PubmedArticleSet>{one}{other}</PubmedArticleSet>")
    assert found.work is not None
    assert found.work.pmid == "91000001"
    assert ["91000009" in warning for warning in found.document.warnings] == [True]


@given(st.text(st.characters(codec="utf-8", exclude_characters="<&\r\x00"), max_size=40))
def test_any_text_in_an_abstract_is_found_at_its_place(words: str) -> None:
    clean = "".join(c for c in words if c.isprintable() or c == "\n").replace(FILLER, "")
    xml = RECORD.replace("Ninety adults", f"Ninety {clean} adults")
    found = source(xml.replace("]]>", "]] >"))
    (methods,) = (s for s in found.segments if s.part is Part.METHODS)
    assert clean.replace("]]>", "]] >") in found.text[methods.start : methods.end]
    assert clean.replace("]]>", "]] >") in (found.view or "")[methods.start : methods.end]
