"""The SPARQL 1.1 Protocol: the W3C's cases that a read-only endpoint can run, and our own.

The W3C suite (``sparql11/protocol/manifest.ttl``) has 34 cases. Those below carry its names; they
ask two graphs of an own store where the suite loads its own. ``NOT_RUN`` lists the others.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import queries
from kg.store import MemoryStore, publish
from kg.web.workers import Limits
from tests import site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

DIRECT = {"content-type": "application/sparql-query"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
ONE, TWO = "http://example.org/g1", "http://example.org/g2"
SELECT = "SELECT DISTINCT ?o WHERE { ?s ?p ?o } ORDER BY ?o"
SD = "http://www.w3.org/ns/sparql-service-description#"
NOT_RUN = {
    "update_dataset_default_graph": "updates: nothing is written here",
    "update_dataset_default_graphs": "updates",
    "update_dataset_named_graphs": "updates",
    "update_dataset_full": "updates",
    "update_post_form": "updates",
    "update_post_direct": "updates",
    "update_base_uri": "updates",
}


def quad(name: str, value: str, graph: str) -> Quad:
    return Quad(
        NamedNode(f"http://example.org/{name}"), NamedNode("http://example.org/p"), Literal(value),
        NamedNode(graph),
    )  # fmt: skip


QUADS = [
    quad("a", "one", ONE), quad("b", "two", TWO), quad("c", 'tab\t, "quoted"\nline', TWO),
    quad("d", "<script>alert(1)</script>", TWO),
]  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("protocol") / "store"
    publish(QUADS, place)
    with site.client(place) as made:
        yield made


def values(response: object) -> set[str]:
    return {row["o"]["value"] for row in response.json()["results"]["bindings"]}  # type: ignore[attr-defined]


def test_query_get(asked: TestClient) -> None:
    found = asked.get("/sparql", params={"query": "ASK {}"})
    assert found.status_code == 200
    assert found.headers["content-type"] in {
        "application/sparql-results+json", "application/sparql-results+xml",
    }  # fmt: skip
    assert found.json()["boolean"] is True


def test_query_post_form(asked: TestClient) -> None:
    assert asked.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_query_post_direct(asked: TestClient) -> None:
    assert asked.post("/sparql", content="ASK {}", headers=DIRECT).json()["boolean"] is True


@pytest.mark.parametrize("way", ["get", "post", "direct"])
@pytest.mark.parametrize(
    ("default", "expected"),
    [([ONE], {"one"}), ([ONE, TWO], {str(q.object.value) for q in QUADS})],  # type: ignore[union-attr]
)
def test_query_dataset_default_graphs(
    asked: TestClient, way: str, default: list[str], expected: set[str]
) -> None:
    graphs = {"default-graph-uri": default}
    if way == "get":
        found = asked.get("/sparql", params={"query": SELECT, **graphs})
    elif way == "post":
        found = asked.post("/sparql", data={"query": SELECT, **graphs})
    else:
        found = asked.post("/sparql", params=graphs, content=SELECT, headers=DIRECT)
    assert values(found) == expected


@pytest.mark.parametrize("way", ["get", "post"])
def test_query_dataset_named_graphs(asked: TestClient, way: str) -> None:
    text = "SELECT DISTINCT ?o WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"
    told = {"query": text, "named-graph-uri": [ONE]}
    found = asked.get("/sparql", params=told) if way == "get" else asked.post("/sparql", data=told)
    assert values(found) == {"one"}


def test_query_dataset_full(asked: TestClient) -> None:
    text = "SELECT DISTINCT ?o WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?o"
    told = {"query": text, "default-graph-uri": [ONE], "named-graph-uri": [TWO]}
    assert values(asked.post("/sparql", data=told)) == {str(q.object.value) for q in QUADS}  # type: ignore[union-attr]


def test_query_multiple_dataset(asked: TestClient) -> None:
    text = SELECT.replace("WHERE", f"FROM <{TWO}> WHERE")
    assert "one" not in values(asked.get("/sparql", params={"query": text}))
    told = {"query": text, "default-graph-uri": [ONE]}
    assert values(asked.get("/sparql", params=told)) == {"one"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (SELECT, {"application/sparql-results+json", "application/sparql-results+xml"}),
        ("ASK {}", {"application/sparql-results+json", "application/sparql-results+xml"}),
        ("DESCRIBE <http://example.org/a>", {"text/turtle", "application/rdf+xml"}),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"text/turtle", "application/rdf+xml"}),
    ],
    ids=["select", "ask", "describe", "construct"],
)
def test_query_content_type(asked: TestClient, text: str, kinds: set[str]) -> None:
    found = asked.get("/sparql", params={"query": text})
    assert found.headers["content-type"].partition(";")[0] in kinds


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_bad_query_method(asked: TestClient, method: str) -> None:
    found = asked.request(method, "/sparql", params={"query": "ASK {}"})
    assert found.status_code == 405


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", FORM, 400),
        ("ASK {}", {"content-type": "text/plain"}, 415),
        ("query=ASK%20%7B%7D", {}, 415),
        ("ASK {}", {}, 415),
        ("ASK {}".encode("utf-16"), DIRECT, 400),
        ("query=ASK%20%7B", FORM, 400),
        ("update=CLEAR%20ALL", FORM, 403),
        ("CLEAR ALL", {"content-type": "application/sparql-update"}, 403),
        ("query=CLEAR%20ALL", FORM, 400),
        ("", FORM, 400),
    ],
    ids=[
        "bad_multiple_queries", "bad_query_wrong_media_type", "bad_query_missing_form_type",
        "bad_query_missing_direct_type", "bad_query_non_utf8", "bad_query_syntax",
        "update_as_form", "update_direct", "update_as_query", "no_query",
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused_with_its_own_status(
    asked: TestClient, body: str | bytes, headers: dict[str, str], status: int
) -> None:
    found = asked.post("/sparql", content=body, headers=headers)
    assert found.status_code == status
    assert found.text.strip()


def test_a_syntax_error_is_told_with_its_place(asked: TestClient) -> None:
    found = asked.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert found.status_code == 400
    assert "2:" in found.text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o.SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:9/g> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * WHERE " + "{" * 3000 + "}" * 3000,
        'SELECT * WHERE { ?s ?p """never ends }',
        "SELECT * WHERE { ?s ?p ?o } #" + "x" * 100_001,
    ],
    ids=["service", "hidden service", "file", "web", "load", "nesting", "string", "length"],
)
def test_what_would_reach_out_or_bring_down_is_refused(asked: TestClient, text: str) -> None:
    found = asked.post("/sparql", data={"query": text})
    assert found.status_code == 400
    assert asked.get("/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.7", "text/tab-separated-values"),
        ("application/xml", "application/sparql-results+xml"),
        ("application/json;q=0.9, */*;q=0.1", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("text/html, application/*;q=0.5", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*;q=0.3", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, application/json, text/csv;q=0.1", "text/csv"),
    ],
)
def test_the_format_is_the_one_that_is_liked_best(
    asked: TestClient, accept: str, kind: str
) -> None:
    found = asked.get("/sparql", params={"query": SELECT}, headers={"accept": accept})
    assert found.status_code == 200
    assert found.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in found.headers["vary"]


@pytest.mark.parametrize(
    ("text", "accept"),
    [(SELECT, "image/png"), (SELECT, "text/turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv")],
)
def test_a_format_that_cannot_be_had_is_no_answer(
    asked: TestClient, text: str, accept: str
) -> None:
    found = asked.get("/sparql", params={"query": text}, headers={"accept": accept})
    assert found.status_code == 406


def test_every_result_format_tells_the_same_rows(asked: TestClient) -> None:
    told = {
        fmt: asked.get("/sparql", params={"query": SELECT, "format": fmt})
        for fmt in ("json", "xml", "csv", "tsv")
    }
    expected = sorted(str(q.object.value) for q in QUADS)  # type: ignore[union-attr]
    assert sorted(values(told["json"])) == expected
    space = {"s": "http://www.w3.org/2005/sparql-results#"}
    tree = ElementTree.fromstring(told["xml"].content)  # noqa: S314 - our own bytes
    assert sorted(e.text or "" for e in tree.findall(".//s:literal", space)) == expected
    rows = list(csv.reader(io.StringIO(told["csv"].text, newline="")))
    assert rows[0] == ["o"]
    assert sorted(row[0] for row in rows[1:]) == expected
    lines = told["tsv"].text.splitlines()
    assert lines[0] == "?o"
    terms = [
        pyoxigraph.parse(f"<x:s> <x:p> {line} .", format=pyoxigraph.RdfFormat.TURTLE)
        for line in lines[1:]
    ]
    assert sorted(next(iter(t)).object.value for t in terms) == expected
    engine = pyoxigraph.parse_query_results(
        told["xml"].content, format=pyoxigraph.QueryResultsFormat.XML
    )
    assert sorted(row["o"].value for row in engine) == expected  # type: ignore[union-attr]


def test_head_options_and_tags(asked: TestClient) -> None:
    whole = asked.get("/sparql", params={"query": SELECT})
    head = asked.head("/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
    again = asked.get(
        "/sparql", params={"query": SELECT}, headers={"if-none-match": whole.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = asked.get("/sparql", params={"query": SELECT}, headers={"accept": "text/csv"})
    assert other.headers["etag"] != whole.headers["etag"]
    assert asked.options("/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_the_bare_address_describes_the_service(asked: TestClient) -> None:
    found = asked.get("/sparql", headers={"accept": "application/n-triples"})
    triples = {
        str(t.predicate.value): t.object
        for t in pyoxigraph.parse(found.content, format=pyoxigraph.RdfFormat.N_TRIPLES)
    }
    assert str(triples["http://www.w3.org/ns/sparql-service-description#endpoint"]).endswith(
        "/sparql>"
    )
    assert triples["http://rdfs.org/ns/void#triples"].value == str(len(QUADS))
    assert asked.get("/.well-known/void").status_code == 200


def test_a_graph_is_read_by_the_graph_store_protocol(asked: TestClient) -> None:
    found = asked.get("/graphs", params={"graph": ONE}, headers={"accept": "application/n-triples"})
    held = list(pyoxigraph.parse(found.content, format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert [t.object.value for t in held] == ["one"]
    whole = asked.get("/graphs?default", headers={"accept": "application/n-triples"})
    assert whole.text.count("\n") == len(QUADS)
    assert asked.get("/graphs", params={"graph": "http://example.org/none"}).status_code == 404
    assert asked.get("/graphs").status_code == 400
    assert asked.put("/graphs", params={"graph": ONE}, content="x").status_code == 405


def test_an_answer_of_too_many_rows_is_no_answer(tmp_path: Path) -> None:
    publish([quad(f"n{n}", str(n), ONE) for n in range(30)], tmp_path / "store")
    limits = Limits(rows=20)
    with site.client(tmp_path / "store", limits) as asked:
        found = asked.get("/sparql", params={"query": SELECT})
        assert found.status_code == 413
        assert found.headers["row-limit"] == "20"
        fits = asked.get("/sparql", params={"query": f"{SELECT} LIMIT 20"})
        assert fits.headers["row-count"] == "20"
        built = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        assert asked.get("/sparql", params={"query": built}).status_code == 413


@pytest.mark.parametrize("query", queries.catalogue(), ids=lambda query: str(query.name))
def test_every_catalogued_query_runs_at_the_endpoint(
    asked: TestClient, query: queries.Query
) -> None:
    found = asked.post("/sparql", data={"query": query.text})
    assert found.status_code == 200
    expected = MemoryStore(QUADS).select(query.text)
    assert json.loads(found.content)["head"]["vars"] == list(expected.variables)


@pytest.mark.parametrize("name", NOT_RUN)
def test_the_cases_that_are_not_run_are_refused(asked: TestClient, name: str) -> None:
    text = f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:x:a> <urn:x:b> <urn:x:c> }} }}"
    graphs = {"using-graph-uri": [ONE], "using-named-graph-uri": [TWO]}
    if name.endswith("direct"):
        kind = {"content-type": "application/sparql-update"}
        found = asked.post("/sparql", params=graphs, content=text, headers=kind)
    else:
        found = asked.post("/sparql", data={"update": text, **graphs})
    assert found.status_code == 403
    assert values(asked.get("/sparql", params={"query": SELECT})) == {
        str(q.object.value)  # type: ignore[union-attr]
        for q in QUADS
    }


def test_all_lines_of_accept_count(asked: TestClient) -> None:
    lines = [("accept", "text/csv;q=0.1"), ("accept", "text/tab-separated-values")]
    found = asked.get("/sparql", params={"query": SELECT}, headers=lines)
    assert found.headers["content-type"].startswith("text/tab-separated-values")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graphs?graph=a%20b", 404),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=a%20b", 400),
        ("/sparql?query=BASE%20%3Chttp://example.org/%3E%20ASK%20FROM%20%3Cg1%3E%20%7B%7D", 200),
    ],
)
def test_a_graphs_name_is_looked_at_before_it_is_asked(
    asked: TestClient, path: str, status: int
) -> None:
    assert asked.get(path).status_code == status


def test_a_long_complaint_is_cut(asked: TestClient) -> None:
    text = f"ASK FROM <http://e/{'a' * 70_000}> {{}}"
    found = asked.post("/sparql", data={"query": text})
    assert found.status_code == 400
    assert len(found.text) < 5_000
