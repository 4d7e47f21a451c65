"""Real files, where they are at hand: every record is read or refused, and no field is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from kg.corpus import StatusFileError, read_statuses
from kg.extract.answer import read_answer
from kg.model import DocumentRole, Source
from kg.sources import SourceError, read_bibliography_file, read_file, read_records
from kg.text.filler import plain

_SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not _SAMPLES.is_dir(), reason=f"the sample files are not at hand ({_SAMPLES})"
)
_FOLDERS = ("ctgov_v2", "jats", "jats_trials", "nbib", "pubmed_html", "pubmed_xml",
            "pubmed_xml_status")  # fmt: skip
_RECORDS = [p for folder in _FOLDERS for p in sorted((_SAMPLES / folder).glob("*"))]
_XML = [p for p in _RECORDS if p.parent.name.startswith("pubmed_xml")]
_LISTS = [p for f in ("ris", "bibtex", "csl") for p in sorted((_SAMPLES / f).glob("*"))]
_REFUSED = {"jabref_tiny-BE-noBOM.bib", "jabref_RisImporterCorrupted.ris"}
_FIELDS = (
    "Article/ArticleTitle", "Article/VernacularTitle", "Article/Abstract/AbstractText",
    "Article/Abstract/CopyrightInformation", "OtherAbstract/AbstractText", "Article/Journal/Title",
    "Article/AuthorList/Author", "Article/ELocationID", "Article/DataBankList/DataBank",
    "Article/PublicationTypeList/PublicationType", "KeywordList/Keyword", "PMID",
    "CommentsCorrectionsList/CommentsCorrections",
)  # fmt: skip
_AROUND = ("PubmedData/ArticleIdList/ArticleId", "PubmedData/ReferenceList/Reference")


def words(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Leave out what only parts words: raised figures and cells are parted in a view."""
    return re.sub(r"[\s^]+", "", plain(text))


def fields(path: Path) -> Iterator[str]:
    """Yield every field of the file's first record as lxml's XPath gives it."""
    root = etree.parse(str(path)).getroot()
    outer = next(iter(root.iter("PubmedArticle")), None)
    citation = next(iter(root.iter("MedlineCitation")))
    for where, paths in ((citation, _FIELDS), (outer, _AROUND)):
        for element in (
            e for path_ in paths for e in (where.xpath(path_) if where is not None else ())
        ):
            said = words("".join(element.itertext()))
            if said:
                yield said


@pytest.mark.parametrize("path", _XML, ids=lambda p: p.name)
def test_no_field_of_a_pubmed_record_is_lost(path: Path) -> None:
    expected = Counter(squeezed(said) for said in fields(path))
    source = next(s for s in read_records(path) if isinstance(s, Source))
    view = source.readable
    found = Counter(squeezed(view[s.start : s.end]) for s in source.segments)
    assert not expected - found


@pytest.mark.parametrize("path", _RECORDS, ids=lambda p: p.name)
def test_every_record_is_read_and_its_passages_slice(path: Path) -> None:
    found = list(read_records(path))
    assert found
    whole = path.read_bytes().decode()
    for source in found:
        assert isinstance(source, Source), str(source)
        for segment in source.segments:
            passage = source.document.passage(segment.start, segment.end)
            begins = source.document.begins or 0
            printed = source.text[passage.start - begins : passage.end - begins]
            assert whole[passage.start : passage.end] == printed


@pytest.mark.parametrize("path", _LISTS, ids=lambda p: p.name)
def test_every_bibliography_is_read_or_refused_in_words(path: Path) -> None:
    if path.name in _REFUSED:
        with pytest.raises(SourceError, match=re.escape(str(path))):
            read_bibliography_file(path)
    else:
        assert read_bibliography_file(path).entries


@pytest.mark.parametrize("path", sorted((_SAMPLES / "answers").glob("*.md")), ids=lambda p: p.name)
def test_an_answer_gives_statements_and_every_number_that_it_cites(path: Path) -> None:
    source = read_file(path, DocumentRole.ANSWER)
    said = read_answer(source)
    body = re.split(r"\n\s*\[1\] ", source.text)[0]
    cited = {n for group in re.findall(r"\[(\d{1,2})\](?!\()", body) for n in [group]}
    assert said.statements
    assert cited <= {marker.label for marker in said.markers}


@pytest.mark.parametrize(
    "path", sorted((_SAMPLES / "retractions").glob("*.[cj]*")), ids=lambda p: p.name
)
def test_a_list_of_states_is_read(path: Path) -> None:
    found = read_statuses(path)
    assert bool(found) == (path.suffix == ".csv" or "updated-by" in path.read_text("utf-8"))


def test_numbers_without_a_state_are_refused_in_words() -> None:
    with pytest.raises(StatusFileError, match="no column id or status"):
        read_statuses(_SAMPLES / "retractions" / "pubmed_retracted_pmids.tsv")
