"""``kg query``: catalogued and own queries, and every form in which rows are written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from kg.cli import run
from kg.cli.rows import write
from kg.errors import UsageError
from kg.export import export
from kg.graph import quads
from kg.queries import catalogue
from kg.store import Rows, Term
from tests.sample_dossier import sample

Captured = pytest.CaptureFixture[str]
PREFIX = "PREFIX ev: <https://w3id.org/claimgraph/ns#>\n"
OWN = PREFIX + "SELECT DISTINCT ?s ?v WHERE { ?s a ev:Statement . OPTIONAL { ?s ev:none ?v } }"
HEADED = (
    "# # Statements\n# **Question:** Which statement is it?\n"
    f"{PREFIX}SELECT DISTINCT ?s WHERE {{\n"
    '  VALUES ?name { "s001" }  #+ param name xsd:string the short id\n'
    "  ?s ev:shortId ?name\n} ORDER BY ?s\n"
)
ROWS = Rows(
    ("a", "b"),
    (
        (Term.literal('x, "y"\n'), Term.iri("https://example.org/é")),
        (None, Term.literal("0.050", "http://www.w3.org/2001/XMLSchema#decimal")),
    ),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("query") / "graph.trig"
    path.write_bytes(export(quads(sample()), "trig"))
    return str(path)


@pytest.mark.parametrize("name", [query.name for query in catalogue()])
def test_every_catalogued_query_runs_by_its_name(name: str, store: str, capfd: Captured) -> None:
    assert run(["query", name, "--store", store, "-f", "csv"]) == 0
    head = capfd.readouterr().out.splitlines()[0].split(",")
    (query,) = [query for query in catalogue() if query.name == name]
    assert head == [column.name for column in query.columns]


def test_the_list_names_every_query_and_its_parameters(capfd: Captured) -> None:
    assert run(["query", "--list"]) == 0
    text = capfd.readouterr().out
    assert all(query.name in text for query in catalogue())
    assert run(["query", "--list", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert [query["name"] for query in told] == [query.name for query in catalogue()]
    assert all(query["about"] for query in told)


def test_an_own_query_comes_from_a_file_or_from_stdin(
    tmp_path: Path, store: str, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.rq").write_text(OWN)
    assert run(["query", str(tmp_path / "own.rq"), "--store", store, "-f", "csv"]) == 0
    from_file = capfd.readouterr().out
    assert len(from_file.splitlines()) == 1 + len(sample().statements)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(OWN.encode())))
    assert run(["query", "-", "--store", store, "-f", "csv"]) == 0
    assert sorted(capfd.readouterr().out.splitlines()) == sorted(from_file.splitlines())


def test_a_parameter_takes_its_term(tmp_path: Path, store: str, capfd: Captured) -> None:
    path = tmp_path / "headed.rq"
    path.write_text(HEADED)
    counts = []
    for words in ([], ["-p", "name=s002"], ["-p", "name=none"]):
        assert run(["query", str(path), "--store", store, "-f", "tsv", *words]) == 0
        counts.append(len(capfd.readouterr().out.splitlines()) - 1)
    assert counts == [1, 1, 0]


@pytest.mark.parametrize("words", [["-p", "name"], ["-p", "=x"], ["-p", "other=x"]])
def test_a_wrong_parameter_is_exit_2(
    tmp_path: Path, store: str, words: list[str], capfd: Captured
) -> None:
    (tmp_path / "headed.rq").write_text(HEADED)
    assert run(["query", str(tmp_path / "headed.rq"), "--store", store, *words]) == 2
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("text", ["SELECT", "DELETE WHERE { ?s ?p ?o }", "\ufeffnothing"])
def test_a_query_that_is_none_is_exit_2(
    tmp_path: Path, store: str, text: str, capfd: Captured
) -> None:
    (tmp_path / "bad.rq").write_text(text)
    assert run(["query", str(tmp_path / "bad.rq"), "--store", store]) == 2
    assert capfd.readouterr().err


def test_the_store_may_be_a_setting(
    store: str, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setenv("KG_STORE", store)
    assert run(["query", "q06-uncited-claims"]) == 0
    monkeypatch.delenv("KG_STORE")
    assert run(["query", "q06-uncited-claims"]) == 2
    assert "--store" in capfd.readouterr().err


def test_ask_and_construct_have_their_forms(tmp_path: Path, store: str, capfd: Captured) -> None:
    (tmp_path / "ask.rq").write_text("ASK { ?s ?p ?o }")
    assert run(["query", str(tmp_path / "ask.rq"), "--store", store]) == 0
    assert capfd.readouterr().out == "true\n"
    construct = tmp_path / "construct.rq"
    construct.write_text(PREFIX + "CONSTRUCT { ?s a ev:Statement } WHERE { ?s a ev:Statement }")
    assert run(["query", str(construct), "--store", store, "-f", "turtle"]) == 0
    text = capfd.readouterr().out
    assert len(list(parse(text, format=RdfFormat.TURTLE))) == len(sample().statements)
    assert run(["query", str(construct), "--store", store, "-f", "csv"]) == 2


def test_json_and_tsv_are_those_of_sparql() -> None:
    for fmt, form in (("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV)):
        found = parse_query_results(write(ROWS, fmt), format=form)
        assert isinstance(found, QuerySolutions)
        assert [variable.value for variable in found.variables] == ["a", "b"]
        terms = [[None if cell is None else str(cell) for cell in row] for row in found]
        assert terms == [[None if t is None else t.n3 for t in row] for row in ROWS]


def test_csv_quotes_what_needs_it() -> None:
    found = list(csv.reader(io.StringIO(write(ROWS, "csv"), newline="")))
    assert found == [["a", "b"], ['x, "y"\n', "https://example.org/é"], ["", "0.050"]]


def test_a_table_has_a_line_a_row() -> None:
    lines = write(ROWS, "table").splitlines()
    assert len(lines) == 5
    assert lines[-1] == "2 rows"
    with pytest.raises(UsageError):
        write(ROWS, "turtle")
