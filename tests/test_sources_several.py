"""Files of several records: each a document of its own, one bad record never losing the others."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

import kg
from kg.build import build
from kg.corpus import read_corpus
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


def test_a_missing_end_tag_loses_only_its_own_record(tmp_path: Path) -> None:
    broken = ARTICLE.format(12).replace("</PubmedArticle>", "")
    text = SET.format(ARTICLE.format(11) + broken + ARTICLE.format(13))
    path = written(tmp_path, "set.xml", text.encode())
    assert [s.work.pmid for s in good(path) if s.work] == ["11", "13"]
    assert len(bad(path)) == 1


def test_a_record_in_a_comment_is_none(tmp_path: Path) -> None:
    text = SET.format(
        "<!-- " + ARTICLE.format(10) + "-->" + ARTICLE.format(11) + ARTICLE.format(12)
    )
    path = written(tmp_path, "set.xml", text.encode())
    assert [s.work.pmid for s in good(path) if s.work] == ["11", "12"]
    assert not bad(path)


def test_a_set_without_its_end_is_named_by_its_last_line(tmp_path: Path) -> None:
    text = SET.format(ARTICLE.format(11) + ARTICLE.format(12)).replace("</PubmedArticleSet>", "")
    (error,) = bad(written(tmp_path, "set.xml", text.encode()))
    assert "by line 6" in str(error)


def test_a_digest_is_over_the_bytes_of_the_file_as_it_is_encoded(tmp_path: Path) -> None:
    text = "".join(NBIB.format(n) for n in (11, 12))
    path = written(tmp_path, "export.nbib", b"\xff\xfe" + text.encode("utf-16-le"))
    found = good(path)
    assert len(found) == 2
    for source in found:
        own = source.text.encode("utf-16-le")
        assert hashlib.sha256(own).hexdigest() == source.document.sha256


def long_set(numbers: range) -> bytes:
    return SET.format("".join(ARTICLE.format(n) for n in numbers)).encode()


def test_of_a_long_file_each_answer_keeps_the_records_that_it_names(tmp_path: Path) -> None:
    written(tmp_path, "set.xml", long_set(range(500, 700)))
    for name, pmid in (("one", 512), ("two", 613)):
        text = f"Notes\n\n• Pain fell in {pmid} men (PMID: {pmid}).\n"
        written(tmp_path, f"{name}.txt", text.encode())
    written(
        tmp_path,
        "corpus.toml",
        b"".join(
            b'[[answer]]\nfile = "%s.txt"\n[[answer.record]]\nfile = "set.xml"\n' % name
            for name in (b"one", b"two")
        ),
    )
    built = build(read_corpus(tmp_path / "corpus.toml"))
    assert not built.failures
    assert {w.pmid for w in built.dossier.works} == {"512", "613"}
    whole = [j for j in built.dossier.judgements if j.marker]
    assert [j.verdict.value for j in whole] == ["supported", "supported"]


def test_a_long_file_that_the_answer_does_not_name_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "set.xml", long_set(range(500, 700)))
    answer = written(tmp_path, "answer.txt", "Notes\n\n• Pain fell. 1\n".encode())
    audit = kg.audit(answer, [path])
    assert ["none of its 200 records is named" in str(f) for f in audit.failures] == [True]
