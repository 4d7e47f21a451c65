"""The catalogue: every query file's form, its case, its parameters, and binding."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import queries
from kg.errors import UsageError
from kg.queries import Query, QueryFileError
from kg.store import MemoryStore, RdflibStore, Rows, Term, read_quads
from kg.terms import prefixes
from kg.validate.shapes import parted_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parent / "queries"
CATALOGUE = queries.catalogue()
XSD = "http://www.w3.org/2001/XMLSchema#"
PER_FILE = pytest.mark.parametrize("query", CATALOGUE, ids=[query.name for query in CATALOGUE])
HOPS = [q for q in CATALOGUE if q.name.startswith("trace-") and "?node " in q.text]
ASKED = range(1, 30)


def body(query: Query) -> str:
    """Return a query without comments and strings, which may name keywords."""
    text = re.sub(r'"[^"\n]*"', '""', query.text)
    return "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines())


def as_csv(rows: Rows) -> list[list[str]]:
    return [
        list(rows.variables),
        *(["" if term is None else term.value for term in row] for row in rows),
    ]


def data_of(query: Query) -> list[pyoxigraph.Quad]:
    (path,) = (CASES / query.name).glob("data.*")
    return read_quads(path)


@PER_FILE
def test_a_query_gives_the_expected_rows_on_both_engines(query: Query) -> None:
    quads = data_of(query)
    with (CASES / query.name / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = list(csv.reader(stream))
    rows = MemoryStore(quads).select(query.text)
    assert as_csv(rows) == expected
    assert len(rows) > 0, "a case without a row proves nothing"
    assert RdflibStore(quads).select(query.text) == rows


@PER_FILE
def test_a_triple_in_two_graphs_changes_no_row(query: Query) -> None:
    # one triple at a time: doubling all of them multiplies the matches of every pattern
    quads = data_of(query)
    expected = MemoryStore(quads).select(query.text)
    other = pyoxigraph.NamedNode("https://example.org/g2")
    for quad in quads:
        copied = [*quads, pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, other)]
        assert MemoryStore(copied).select(query.text) == expected, str(quad)


@PER_FILE
def test_an_empty_graph_has_no_row(query: Query) -> None:
    assert len(MemoryStore().select(query.text)) == 0
    assert len(RdflibStore().select(query.text)) == 0


def test_every_case_belongs_to_a_query() -> None:
    assert {path.name for path in CASES.iterdir()} == {query.name for query in CATALOGUE}


def test_every_question_asked_has_its_query() -> None:
    answered = {query.question for query in CATALOGUE}
    assert {f"Q{number:02}" for number in ASKED} <= answered


@PER_FILE
def test_rows_are_distinct_counted_distinct_and_ordered(query: Query) -> None:
    text = body(query)
    selects = re.findall(r"\bSELECT\b(\s+DISTINCT\b)?", text)
    assert selects
    assert all(selects)
    assert all(re.findall(r"\bCOUNT\s*\(\s*(DISTINCT\b)?", text))
    assert re.search(r"\}\s*(GROUP BY .*\s*(HAVING .*\s*)?)?ORDER BY \?", text)


@PER_FILE
def test_graphs_are_named_only_to_ask_for_provenance(query: Query) -> None:
    assert "GRAPH" not in body(query).split() or query.question == "Q26"


@PER_FILE
def test_the_header_describes_every_column_in_order(query: Query) -> None:
    selected = MemoryStore().select(query.text).variables
    assert tuple(column.name for column in query.columns) == selected
    assert query.solution
    assert query.field("scope")


@PER_FILE
def test_prefixes_are_the_projects_own(query: Query) -> None:
    declared = re.findall(r"^PREFIX (\w+): <(\S+)>$", query.text, flags=re.MULTILINE)
    assert declared
    assert set(declared) <= set(prefixes().items())
    used = body(query).partition("SELECT")[2]
    assert all(re.search(rf"\b{prefix}:", used) for prefix, _ in declared)


@PER_FILE
def test_a_parameter_stands_first_in_where(query: Query) -> None:
    for parameter in query.parameters:
        before = query.text.partition(parameter.line)[0].splitlines()
        assert before[-1].endswith("{") or "#+ param" in before[-1]


@pytest.mark.parametrize("query", HOPS, ids=[query.name for query in HOPS])
def test_a_hop_of_a_trace_is_look_ups_from_the_node_that_is_given(query: Query) -> None:
    # an engine that joins optional parts by hashing scans the store for each part of several
    # patterns, of a nested part, and of one that stands before the joins
    where = body(query).partition("WHERE {")[2].rpartition("}\nORDER BY")[0]
    _, *optional = where.split("OPTIONAL")
    for part in optional:
        assert re.fullmatch(r"\s*\{[^{}]*\}\s*", part), "it is nested, or joins follow"
        pattern, _, filtered = part.partition("FILTER")
        hops = [word for word in pattern.split(".") if "?" in word]
        assert len(hops) == 1
        assert not filtered


def _nests(text: str) -> Iterator[str]:
    """Yield what stands within each EXISTS, without the nests inside it."""
    for opening in re.finditer(r"EXISTS\s*\{", text):
        depth, own = 1, ""
        for sign in text[opening.end() :]:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth == 0:
                break
            own += sign if depth == 1 and sign != "}" else ""
        yield own


_ASKED = [(query.name, body(query)) for query in CATALOGUE]
_ASKED += [(one.shape.rpartition("#")[2], one.query) for one in parted_shapes()[0]]


@pytest.mark.parametrize(("name", "text"), _ASKED, ids=[name for name, _ in _ASKED])
def test_a_nest_is_one_look_up(name: str, text: str) -> None:
    # an engine may join several patterns of a nest over the whole store, for each row anew
    for nest in _nests(text):
        patterns = re.sub(r"FILTER (NOT )?EXISTS|FILTER\s*\((?:[^()]|\([^()]*\))*\)", "", nest)
        assert len(re.findall(r"\S\s+\.(?=\s)|;", f"{patterns.strip()} .")) <= 1, (name, nest)
        assert "/" not in re.sub(r"<[^>]*>", "", patterns), (name, nest)


@pytest.mark.parametrize("query", [q for q in CATALOGUE if q.kind == "audit"], ids=lambda q: q.name)
def test_an_audit_says_what_a_row_weighs_and_means(query: Query) -> None:
    severity, message = query.field("severity"), query.field("message")
    names = {column.name for column in query.columns}
    assert severity in {"error", "warning", "info", "?severity"}
    assert severity != "?severity" or "severity" in names
    assert message is not None
    assert "statement" in names
    templates = [value for key, value in query.fields if key.startswith(("message", "rule"))]
    assert {name for text in templates for name in re.findall(r"\{(\w+)\}", text)} <= names
    assert query.text.startswith("# # ")
    assert "# **Problem:**" in query.text


def test_a_query_is_got_by_name_number_and_file() -> None:
    assert queries.get("q10-doses") is queries.get("Q10") is queries.get("queries/q10-doses.rq")
    with pytest.raises(UsageError, match="q10-doses"):
        queries.get("q10-dosis")


PARAMETERS = """# # Try
# **Question:** Which value?
SELECT DISTINCT ?n ?d ?b ?t ?i WHERE {
  VALUES ?n { 20 }  #+ param n xsd:integer a number
  VALUES ?d { 0.5 }  #+ param d xsd:decimal a decimal
  VALUES ?b { true }  #+ param b xsd:boolean a switch
  VALUES ?t { "a" }  #+ param t xsd:string a text
  VALUES ?i { <https://example.org/> }  #+ param i iri a node
} ORDER BY ?n
"""
TRY = queries.read(PARAMETERS, "try")


def ask(**given: Term | str | int | Decimal | bool) -> dict[str, object]:
    (row,) = MemoryStore().select(queries.bind(TRY, **given)).to_dicts()
    return dict(row)


def test_defaults_hold_where_nothing_is_given() -> None:
    assert queries.bind(TRY) == PARAMETERS
    assert ask() == {"n": 20, "d": Decimal("0.5"), "b": True, "t": "a", "i": "https://example.org/"}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("n", 5, 5),
        ("n", "5", 5),
        ("n", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>', 5),
        ("n", Term.literal("5", XSD + "integer"), 5),
        ("d", Decimal("0.25"), Decimal("0.25")),
        ("b", False, False),
        ("t", 'quo"te } UNION {', 'quo"te } UNION {'),
        ("t", '"in quotes"', "in quotes"),
        ("i", "<https://example.org/x>", "https://example.org/x"),
        ("i", "ev:Claim", "https://w3id.org/claimgraph/ns#Claim"),
        ("i", "claim/7", "https://w3id.org/claimgraph/id/claim/7"),
        ("i", Term.iri("https://example.org/x"), "https://example.org/x"),
    ],
)
def test_a_term_takes_the_place_of_the_default(
    name: str, value: Term | str | int | Decimal | bool, expected: object
) -> None:
    assert ask(**{name: value})[name] == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", "five"),
        ("n", "5.5"),
        ("n", True),
        ("n", "5 } UNION { ?s ?p ?o"),
        ("n", Term.iri("https://example.org/")),
        ("d", "1e3"),
        ("b", "yes"),
        ("t", Term.literal("5", XSD + "integer")),
        ("i", "https://example.org/a b"),
        ("i", "https://example.org/> } #"),
        ("i", Term.literal("text")),
    ],
)
def test_an_ill_typed_term_is_refused(name: str, value: Term | str | int | bool) -> None:
    with pytest.raises(UsageError, match=rf"^{name} cannot be"):
        queries.bind(TRY, **{name: value})


def test_an_unknown_parameter_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="n, t"):
        queries.bind(TRY, m=1)
    with pytest.raises(UsageError, match="none"):
        queries.run(MemoryStore(), "q10-doses", max=1)


plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


@given(plain)
def test_no_text_gets_out_of_its_literal(text: str) -> None:
    assert ask(t=Term.literal(text))["t"] == text


def test_a_base_of_ones_own_reaches_node_ids() -> None:
    text = queries.bind(TRY, "https://example.org/", i="claim/7")
    assert "<https://example.org/id/claim/7>" in text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT DISTINCT ?s WHERE { ?s ?p ?o } ORDER BY ?s",
        "# # Title only\nSELECT * { ?s ?p ?o }",
        PARAMETERS.replace("xsd:integer", "xsd:date"),
        PARAMETERS.replace("param n", "param m"),
    ],
)
def test_an_incomplete_header_is_told(text: str) -> None:
    with pytest.raises(QueryFileError, match=r"try\.rq"):
        queries.read(text, "try")
