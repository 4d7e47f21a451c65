"""What a run uses: the manifest, the folder, the states of works, and what is refused of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import assets
from kg.corpus import CorpusError, StatusFileError, read_corpus, read_statuses
from kg.model import WorkState


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_manifest_names_files_relative_to_itself(tmp_path: Path) -> None:
    manifest = write(
        tmp_path,
        "c/corpus.toml",
        'status = "s.json"\n[[answer]]\nfile = "a.txt"\n'
        '[[answer.record]]\nfile = "r/one.txt"\nmarker = 1\nformat = "text"\n',
    )
    inputs = read_corpus(manifest)
    (answer,) = inputs.answers
    assert inputs.status == tmp_path / "c" / "s.json"
    assert answer.path == tmp_path / "c" / "a.txt"
    assert [(r.path, r.marker, r.format) for r in answer.records] == [
        (tmp_path / "c" / "r" / "one.txt", "1", "text")
    ]


def test_a_folder_with_a_manifest_is_that_manifest(tmp_path: Path) -> None:
    manifest = write(tmp_path, "corpus.toml", '[[answer]]\nfile = "a.txt"\n')
    assert read_corpus(tmp_path) == read_corpus(manifest)


def test_a_folder_offers_its_records_to_each_answer_of_it(tmp_path: Path) -> None:
    for name in ("one/answer-b.txt", "one/answer-a.txt", "one/records/r.txt", "two/answer.txt"):
        write(tmp_path, name, "x")
    write(tmp_path, "one/notes.txt", "not an answer")
    found = [(a.path.name, [r.path.name for r in a.records]) for a in read_corpus(tmp_path).answers]
    assert found == [("answer-a.txt", ["r.txt"]), ("answer-b.txt", ["r.txt"]), ("answer.txt", [])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("answer = 3", "no answer"),
        ("", "no answer"),
        ("[[answer]]\n", "answer 1: no file"),
        ('[[answer]]\nfile = "a"\nfile2 = "b"\n', "file2"),
        ("[[answer]]\nfile = 3\n", "answer 1: file"),
        ('[[answer]]\nfile = "a"\nrecord = "r"\n', "record is no list"),
        (
            '[[answer]]\nfile = "a"\n[[answer.record]]\nmarker = "1"\n',
            "answer 1, record 1: no file",
        ),
        ('[[answer]]\nfile = "a"\n[[answer.record]]\nfile = "r"\nwork = "x"\n', "the work x"),
        ('[[answer]\nfile = "a"\n', "line 1"),
        ('colour = "red"\n[[answer]]\nfile = "a"\n', "colour"),
    ],
)
def test_a_wrong_manifest_says_what_is_wrong_with_it(tmp_path: Path, text: str, names: str) -> None:
    with pytest.raises(CorpusError, match=names) as raised:
        read_corpus(write(tmp_path, "corpus.toml", text))
    assert raised.value.exit_code == 3
    assert "corpus.toml" in str(raised.value)


def test_a_folder_without_an_answer_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no answer in this folder"):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match="no such file"):
        read_corpus(tmp_path / "missing")


def test_the_demo_is_a_corpus_whose_files_are_there() -> None:
    inputs = read_corpus(assets.folder("demo"))
    assert inputs.status is not None
    files = [inputs.status, *(a.path for a in inputs.answers)]
    files += [record.path for answer in inputs.answers for record in answer.records]
    assert len(files) > 3
    assert all(file.is_file() for file in files)


def test_states_are_read_from_json(tmp_path: Path) -> None:
    text = (
        '{"10.1/A": {"status": "retracted", "date": "2020-01-01"},'
        ' "77": [{"status": "expression of concern"}, {"status": "corrected", "date": null}]}'
    )
    found = read_statuses(write(tmp_path, "s.json", text))
    assert [(s.key, s.state, s.date) for s in found] == [
        ("10.1/a", WorkState.RETRACTED, "2020-01-01"),
        ("77", WorkState.EXPRESSION_OF_CONCERN, None),
        ("77", WorkState.CORRECTED, None),
    ]


def test_states_are_read_from_csv_whatever_the_order_of_its_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "s.csv", "date,id,status\n2021,10.1/b,corrected\n,PMC7,Retracted\n,,\n")
    found = read_statuses(path)
    assert [(s.key, s.state, s.date) for s in found] == [
        ("10.1/b", WorkState.CORRECTED, "2021"),
        ("pmc7", WorkState.RETRACTED, None),
    ]


def test_states_are_read_from_the_columns_of_retraction_watch(tmp_path: Path) -> None:
    head = "Record ID,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n"
    rows = (
        "1,2/9/2021 0:00,10.1/c,0,Retraction\n"
        "2,12/31/2019 0:00,unavailable,345,Expression of concern\n"
        "3,1/1/2022 0:00,10.1/d,0,Reinstatement\n"
    )
    found = read_statuses(write(tmp_path, "rw.csv", head + rows))
    assert [(s.key, s.state, s.date) for s in found] == [
        ("10.1/c", WorkState.RETRACTED, "2021-02-09"),
        ("345", WorkState.EXPRESSION_OF_CONCERN, "2019-12-31"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("s.json", '{"10.1/a": {"status": "gone"}}', "10.1/a"),
        ("s.json", '{"10.1/a": "retracted"}', "10.1/a"),
        ("s.json", '{"10.1/a"', "not JSON"),
        ("s.json", "[1]", "no object"),
        ("s.csv", "id,status\n10.1/a,retracted\n10.1/b,lost\n", "line 3"),
        ("s.csv", "id,status\n,retracted\n", "line 2"),
        ("s.csv", "work,state\n10.1/a,retracted\n", "line 1"),
    ],
)
def test_a_wrong_file_of_states_names_the_place(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    with pytest.raises(StatusFileError, match="s\\.") as raised:
        read_statuses(write(tmp_path, name, text))
    assert place in str(raised.value)
    assert raised.value.exit_code == 3


def test_a_missing_file_of_states_is_told(tmp_path: Path) -> None:
    with pytest.raises(StatusFileError, match="none"):
        read_statuses(tmp_path / "none.json")
