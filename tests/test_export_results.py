"""The W3C result formats: what is written is what another reader reads."""

from __future__ import annotations

import csv
import io

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.errors import UsageError
from kg.export.results import OF_GRAPHS, OF_ROWS, formats_of, star, written
from kg.store import Rows, Term

XSD = "http://www.w3.org/2001/XMLSchema#"
# XML 1.0 cannot hold these; JSON, CSV and TSV can.
_WRITABLE = st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\t\n\r")
texts = st.text(_WRITABLE, max_size=12)
terms = st.one_of(
    st.builds(Term.literal, texts),
    st.integers(-999, 999).map(lambda n: Term.literal(str(n), f"{XSD}integer")),
    st.sampled_from(["http://example.org/a", "urn:x:b"]).map(Term.iri),
    st.none(),
)
rows = st.lists(st.tuples(terms, terms), max_size=5).map(
    lambda found: Rows(("a", "b"), tuple(found))
)


def told(term: object) -> str | None:
    return None if term is None else getattr(term, "value", str(term))


@pytest.mark.parametrize(
    ("fmt", "reader"),
    [
        ("json", QueryResultsFormat.JSON),
        ("xml", QueryResultsFormat.XML),
        ("tsv", QueryResultsFormat.TSV),
    ],
)
@given(rows=rows)
def test_rows_are_read_back_by_another_reader(
    fmt: str, reader: QueryResultsFormat, rows: Rows
) -> None:
    read = pyoxigraph.parse_query_results(written(rows, fmt), format=reader)
    assert isinstance(read, pyoxigraph.QuerySolutions)
    assert [v.value for v in read.variables] == list(rows.variables)
    found = [[told(row["a"]), told(row["b"])] for row in read]
    assert found == [[told(term) for term in row] for row in rows]


@given(rows)
def test_csv_is_read_back_as_the_texts(rows: Rows) -> None:
    text = written(rows, "csv").decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["a", "b"]
    assert read[1:] == [[told(term) or "" for term in row] for row in rows]


@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_is_read_back(truth: bool) -> None:
    for fmt, reader in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        read = pyoxigraph.parse_query_results(written(truth, fmt), format=reader)
        assert isinstance(read, pyoxigraph.QueryBoolean)
        assert bool(read) is truth


def test_languages_and_datatypes_are_kept() -> None:
    made = Rows(
        ("a",),
        (
            (Term.literal("0.050", f"{XSD}decimal"),),
            (Term.iri("http://example.org/<a>"),),
            (Term.literal('x "y" <z> & \r'),),
        ),
    )
    xml = written(made, "xml").decode()
    assert f'datatype="{XSD}decimal"' in xml
    assert "&lt;z&gt; &amp; &#13;" in xml
    assert f'"0.050"^^<{XSD}decimal>' in written(made, "tsv").decode()


@pytest.mark.parametrize("fmt", OF_GRAPHS)
def test_a_graph_is_read_back(fmt: str) -> None:
    body = star("http://example.org/a", [("http://example.org/p", Term.literal("b"))], fmt)
    reader = {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "rdfxml": RdfFormat.RDF_XML,
        "jsonld": RdfFormat.JSON_LD,
    }[fmt]
    (read,) = pyoxigraph.parse(body, format=reader)
    assert told(read.object) == "b"


@pytest.mark.parametrize(
    ("answer", "fmt"), [(True, "csv"), (Rows(("a",), ()), "turtle"), ((), "json")]
)
def test_a_format_that_cannot_hold_an_answer_is_told(answer: object, fmt: str) -> None:
    with pytest.raises(UsageError):
        written(answer, fmt)  # type: ignore[arg-type]
    assert fmt not in formats_of(answer)  # type: ignore[arg-type]
    assert set(OF_ROWS) & set(OF_GRAPHS) == set()
