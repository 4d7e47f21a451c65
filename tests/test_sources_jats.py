"""Articles in JATS: sections, captions, tables, references, and states."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.extract.record import report
from kg.model import DocumentRole, Part, Scope, Source, WorkState
from kg.sources import NoRecordError, XmlError, read
from kg.text.filler import plain

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "x.dtd">
<article article-type="research-article"><front><journal-meta><journal-title-group>
<journal-title>Journal of invented trials</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">91000001</article-id>
<article-id pub-id-type="pmc">9100001</article-id>
<article-id pub-id-type="doi">10.1000/zel.1</article-id><title-group>
<article-title>Zelorimab in <italic>gout</italic></article-title></title-group>
<contrib-group><contrib><name><surname>Nowhere</surname><given-names>Ann</given-names></name>
<xref ref-type="aff" rid="a">1</xref></contrib><contrib><collab>Gout Group</collab></contrib>
</contrib-group><pub-date pub-type="epub"><day>4</day><month>3</month><year>2021</year></pub-date>
<related-article related-article-type="retraction-forward"/>
<abstract><sec><title>Methods</title><p>Ninety adults with gout got zelorimab (n = 45) or placebo
(n = 45; NCT01234567).</p></sec></abstract><kwd-group><kwd>gout</kwd></kwd-group></article-meta>
</front><body><sec sec-type="intro"><title>Introduction</title><p>Gout hurts
<sup><xref ref-type="bibr" rid="r1">1</xref></sup>.</p></sec>
<sec><title>Results</title><sec><title>Pain</title><p>Pain fell on zelorimab (p&#x2009;=&#x2009;.02)
at 10<sup>6</sup> units <xref ref-type="bibr" rid="r1">1</xref>.</p></sec>
<table-wrap><label>Table 1</label><caption><p>Pain by arm.</p></caption><table><tbody>
<tr><td>Arm</td><td>Mean</td></tr><tr><td>Zelorimab</td><td>3.1</td></tr></tbody></table>
<table-wrap-foot><p>Means of points.</p></table-wrap-foot></table-wrap></sec></body><back>
<ref-list><ref id="r1"><label>1</label><mixed-citation>Noone C. Gout. 2011.</mixed-citation></ref>
</ref-list></back></article>"""


def source(xml: str = ARTICLE) -> Source:
    return read(xml.encode(), "r.nxml", DocumentRole.RECORD)


def said(found: Source, part: Part) -> list[str]:
    view = found.view or ""
    texts = (view[s.start : s.end] for s in found.segments if s.part is part)
    return [" ".join(plain(text).split()) for text in texts]


def test_paragraphs_take_the_part_of_their_section_or_of_one_around_it() -> None:
    found = source()
    assert said(found, Part.BACKGROUND) == ["Gout hurts ."]
    assert said(found, Part.RESULTS) == ["Pain fell on zelorimab (p = .02) at 10^6 units ."]
    assert said(found, Part.METHODS)[0].startswith("Ninety adults")
    assert found.document.scope == (Scope.ABSTRACT, Scope.FULL_TEXT)


def test_tables_are_rows_of_cells_and_captions_keep_their_number() -> None:
    found = source()
    assert said(found, Part.TABLE_ROW) == ["Arm | Mean |", "Zelorimab | 3.1 |"]
    captions = [(s.label, s.part) for s in found.segments if s.part is Part.CAPTION]
    assert captions == [("Table 1", Part.CAPTION)] * 2


def test_the_work_its_state_and_its_references_are_read() -> None:
    found = source()
    work = found.work
    assert work is not None
    assert (work.doi, work.pmid, work.pmcid) == ("10.1000/zel.1", "91000001", "PMC9100001")
    assert (work.date, work.first_author) == ("2021-03-04", "Nowhere Ann")
    assert work.registration == "NCT01234567"
    assert found.states == ((WorkState.RETRACTED, None),)
    assert [s.label for s in found.segments if s.part is Part.REFERENCE] == ["1"]


def test_a_notice_of_anothers_retraction_is_no_state_of_its_own() -> None:
    notice = ARTICLE.replace("research-article", "retraction").replace(
        "retraction-forward", "retracted-article"
    )
    assert source(notice).states == ()


def test_every_segment_is_the_inside_of_an_element() -> None:
    found = source()
    for segment in found.segments:
        assert ARTICLE[segment.start - 1] == ">"
        assert ARTICLE[segment.end : segment.end + 2] == "</"


def test_a_claim_is_held_against_the_body() -> None:
    found = check("Pain rose on zelorimab (p = .02).", report(source()))
    assert found.verdict.value == "contradicted"


@pytest.mark.parametrize(
    ("xml", "error"),
    [(ARTICLE[:700], XmlError), ("<article><body/></article>", NoRecordError)],
)
def test_what_is_no_article_is_refused(xml: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        source(xml)
