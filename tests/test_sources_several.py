"""Files of several records: each a document of its own, one bad record never losing the others."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from kg.model import DocumentRole, Source
from kg.sources import SourceError, XmlError, read_file, read_records

ARTICLE = (
    "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>Gout é {0}."
    "</ArticleTitle><Abstract><AbstractText>Pain fell in {0} men.</AbstractText></Abstract>"
    "</Article></MedlineCitation></PubmedArticle>\n"
)
SET = '<?xml version="1.0"?>\n<PubmedArticleSet>\n{}</PubmedArticleSet>\n'
NBIB = "\nPMID- {0}\nTI  - Gout {0}.\nAB  - Pain fell in {0} men.\n"


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def good(path: Path) -> list[Source]:
    return [found for found in read_records(path) if isinstance(found, Source)]


def bad(path: Path) -> list[SourceError]:
    return [found for found in read_records(path) if isinstance(found, SourceError)]


def files(numbers: list[int]) -> dict[str, bytes]:
    xml = SET.format("".join(ARTICLE.format(n) for n in numbers)).encode()
    study = {"protocolSection": {"identificationModule": {"nctId": "", "briefTitle": "x"}}}
    studies = [
        json.loads(json.dumps(study).replace('""', f'"NCT{n:08}"')) for n in numbers
    ]  # fmt: skip
    return {
        "set.xml": xml,
        "set.xml.gz": gzip.compress(xml),
        "export.nbib": "".join(NBIB.format(n) for n in numbers).encode(),
        "page.json": json.dumps({"studies": studies}, indent=1).encode(),
    }


@pytest.mark.parametrize("name", files([1]))
def test_each_record_is_a_document_with_its_own_digest_and_place(name: str, tmp_path: Path) -> None:
    data = files([11, 12, 13])[name]
    whole = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    found = good(written(tmp_path, name, data))
    assert len(found) == 3
    for source in found:
        begins = source.document.begins
        assert begins is not None
        assert whole[begins : begins + source.document.chars] == source.text
        assert hashlib.sha256(source.text.encode()).hexdigest() == source.document.sha256
        segment = source.segments[-1]
        passage = source.document.passage(segment.start, segment.end)
        printed = whole[passage.start : passage.end]
        assert hashlib.sha256(printed.encode()).hexdigest() == passage.sha256


@pytest.mark.parametrize("name", files([1]))
def test_a_file_of_one_record_is_that_record(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, name, files([11])[name])
    (found,) = good(path)
    assert found == read_file(path, DocumentRole.RECORD)
    assert found.document.begins is None


def test_a_bad_record_loses_no_other_and_is_named_by_its_line(tmp_path: Path) -> None:
    broken = ARTICLE.format(12).replace("</Abstract>", "")
    text = SET.format(ARTICLE.format(11) + broken + ARTICLE.format(13))
    path = written(tmp_path, "set.xml", text.encode())
    assert [s.work.pmid for s in good(path) if s.work] == ["11", "13"]
    (error,) = bad(path)
    assert isinstance(error, XmlError)
    assert "record at line 4" in str(error)
    assert str(error).startswith(str(path))


@pytest.mark.parametrize("cut", [60, 200])
def test_a_set_that_is_cut_off_keeps_what_is_whole(cut: int, tmp_path: Path) -> None:
    text = SET.format(ARTICLE.format(11) + ARTICLE.format(12))[:-cut]
    path = written(tmp_path, "set.xml", text.encode())
    assert [s.work.pmid for s in good(path) if s.work] == ["11"]
    assert len(bad(path)) == 1


def test_a_gzip_file_that_is_cut_off_says_where(tmp_path: Path) -> None:
    many = SET.format("".join(ARTICLE.format(n) for n in range(30000, 39000))).encode()
    path = written(tmp_path, "set.xml.gz", gzip.compress(many)[:-2000])
    assert good(path)
    assert "damaged gzip file" in str(bad(path)[-1])


def test_a_bomb_in_gzip_is_refused_by_what_it_unfolds_to(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt.gz", gzip.compress(b"0" * (40 << 20)))
    (error,) = bad(path)
    assert "too large" in str(error)


def test_entities_around_the_records_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]>\n'
    text = SET.format(ARTICLE.format(11) + ARTICLE.format(12)).replace(
        "<PubmedArticleSet>", bomb + "<PubmedArticleSet>"
    )
    path = written(tmp_path, "set.xml", text.encode())
    assert any("declares the entity" in str(error) for error in bad(path))
