"""What is exported parses back to the graph, or says what it leaves out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg import assets
from kg.errors import UsageError
from kg.export import FORMATS, SUFFIXES, draw, export, loss
from kg.export.jsonld import context_text
from kg.export.table import COLUMNS, csv_table
from kg.graph import quads
from kg.model import Claim
from tests.sample_dossier import sample

if TYPE_CHECKING:
    from collections.abc import Iterable

GRAPH_FORMATS = {
    "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
XSD = "http://www.w3.org/2001/XMLSchema#"


def parsed(data: bytes, fmt: RdfFormat) -> set[Quad]:
    return set(parse(data, format=fmt))


@pytest.fixture(scope="module")
def graph() -> list[Quad]:
    return list(quads(sample()))


@pytest.mark.parametrize("fmt", GRAPH_FORMATS)
def test_a_format_with_graphs_gives_every_quad_back(graph: list[Quad], fmt: str) -> None:
    assert graph
    assert parsed(export(graph, fmt), GRAPH_FORMATS[fmt]) == set(graph)


def test_turtle_gives_every_triple_back(graph: list[Quad]) -> None:
    found = {quad.triple for quad in parsed(export(graph, "turtle"), RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in graph}


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_order_of_the_quads_changes_no_byte(graph: list[Quad], fmt: str) -> None:
    assert export(graph, fmt) == export(list(reversed(graph)), fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_exports_the_empty_graph_and_says_what_it_loses(fmt: str) -> None:
    assert isinstance(export([], fmt), bytes)
    assert loss(fmt)
    assert fmt in SUFFIXES.values()


def test_an_unknown_format_or_view_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="papyrus"):
        export([], "papyrus")
    with pytest.raises(UsageError, match="papyrus"):
        draw([], "papyrus")


IRIS = st.sampled_from(
    [
        "https://w3id.org/claimgraph/ns#", "https://w3id.org/claimgraph/id/doc/ab#char=1,2",
        "https://doi.org/10.1/a(b)", "https://schema.org//x", "urn:x", "https://schema.org/",
    ]
).map(NamedNode)  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERALS = st.one_of(
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, language="en-gb")),
    st.sampled_from(["0.050", "x", "1"]).map(
        lambda text: Literal(text, datatype=NamedNode(f"{XSD}decimal"))
    ),
)
QUADS = st.builds(Quad, IRIS, IRIS, st.one_of(IRIS, LITERALS), st.one_of(IRIS, st.just(None)))


@given(st.lists(QUADS, max_size=12))
def test_any_quads_survive_the_formats_with_graphs(some: list[Quad]) -> None:
    wanted = {Quad(q.subject, q.predicate, q.object, q.graph_name or DefaultGraph()) for q in some}
    for fmt, rdf in GRAPH_FORMATS.items():
        assert parsed(export(some, fmt), rdf) == wanted, fmt


def test_the_bundled_context_is_the_one_that_exports_carry() -> None:
    assert (assets.folder("ontology") / "context.jsonld").read_text("utf-8") == context_text()


def test_jsonld_names_no_remote_context(graph: list[Quad]) -> None:
    context = json.loads(export(graph, "jsonld"))["@context"]
    assert isinstance(context, dict)


def test_graphml_reads_back_with_kinds_and_verdicts(graph: list[Quad]) -> None:
    found = nx.read_graphml(io.BytesIO(export(graph, "graphml")), force_multigraph=True)
    kinds = set(nx.get_node_attributes(found, "kind").values())
    assert {"claim", "work", "statement"} <= kinds
    assert "misattributed" in nx.get_node_attributes(found, "verdict").values()
    drawn = draw(graph)
    assert set(found) == set(drawn)
    assert found.number_of_edges() == drawn.number_of_edges()


def test_cytoscape_has_the_nodes_and_edges_of_the_drawing(graph: list[Quad]) -> None:
    elements = json.loads(export(graph, "cytoscape"))["elements"]
    drawn = draw(graph)
    assert {node["data"]["id"] for node in elements["nodes"]} == set(drawn)
    assert len(elements["edges"]) == drawn.number_of_edges()


def test_every_attribute_of_a_drawing_is_a_plain_value(graph: list[Quad]) -> None:
    for view in ("claims", "rdf"):
        drawn = draw(graph, view)
        values = [v for _, data in drawn.nodes(data=True) for v in data.values()]
        values += [v for *_, data in drawn.edges(data=True) for v in data.values()]
        assert values
        assert all(isinstance(value, str | int | float) for value in values)


def rows(data: bytes) -> Iterable[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_csv_has_a_row_for_each_claim_and_citation() -> None:
    dossier = sample()
    markers = {
        s.id: [m for m in dossier.markers if m.statement == s.id] for s in dossier.statements
    }
    wanted = sum(max(1, len(markers[claim.statement])) for claim in dossier.claims)
    found = list(rows(csv_table(dossier)))
    assert len(found) == wanted
    assert set(found[0]) == set(COLUMNS)
    assert {row["verdict"] for row in found} >= {a.verdict.value for a in dossier.assessments}


def test_a_cell_of_csv_cannot_be_run_as_a_formula() -> None:
    dossier = sample()
    hostile = replace(dossier.documents[0], name="=HYPERLINK(1)")
    documents = (hostile, *dossier.documents[1:])
    cells = [
        v for row in rows(csv_table(replace(dossier, documents=documents))) for v in row.values()
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_leaves_the_text_out_where_the_graph_does_not_carry_it() -> None:
    dossier = sample()
    bare = replace(dossier, documents=tuple(replace(d, text=None) for d in dossier.documents))
    assert {row["text"] for row in rows(csv_table(bare))} == {""}
    assert all(isinstance(claim, Claim) for claim in bare.claims)
