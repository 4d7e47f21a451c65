"""The W3C's cases of the result formats (CSV, TSV, JSON), asked of the endpoint over HTTP."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, QueryResultsFormat, RdfFormat

from kg.store import publish
from tests import site

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SUITE = Path(__file__).parent / "w3c"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".srj": "application/sparql-results+json",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a manifest."""

    name: str
    query: Path
    data: Path
    result: Path


def _cases() -> list[Case]:
    found = []
    for manifest in sorted(SUITE.glob("*/manifest.ttl")):
        graph = pyoxigraph.Store()
        base = manifest.parent.as_uri() + "/"
        graph.load(path=str(manifest), format=RdfFormat.TURTLE, base_iri=base + "manifest.ttl")

        def file(node: Any, name: str, graph: pyoxigraph.Store = graph) -> Path:  # noqa: ANN401
            (quad,) = graph.quads_for_pattern(node, NamedNode(name), None)
            value: Any = quad.object
            return Path(value.value.removeprefix("file://"))

        for quad in graph.quads_for_pattern(None, NamedNode(f"{MF}action"), None):
            case: Any = quad.subject
            action: Any = quad.object
            name = case.value.rpartition("#")[2]
            query, data = file(action, f"{QT}query"), file(action, f"{QT}data")
            found.append(Case(name, query, data, file(case, f"{MF}result")))
    return sorted(found, key=lambda case: case.name)


CASES = _cases()


def test_every_case_of_the_suite_is_run() -> None:
    assert [case.name for case in CASES] == [
        "csv01", "csv02", "csv03", "jsonres01", "jsonres02", "jsonres03", "jsonres04",
        "tsv01", "tsv02", "tsv03",
    ]  # fmt: skip


@pytest.fixture(scope="module", params=sorted({case.data for case in CASES}), ids=lambda p: p.name)
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401
    """Serve the data of some cases."""
    triples = pyoxigraph.parse(path=str(request.param), format=RdfFormat.TURTLE)
    place = tmp_path_factory.mktemp("w3c") / "store"
    publish((Quad(t.subject, t.predicate, t.object) for t in triples), place)
    with site.client(place) as client:
        yield request.param, client


def test_a_result_is_written_as_the_suite_has_it(data: tuple[Path, TestClient]) -> None:
    file, client = data
    run = [case for case in CASES if case.data == file]
    assert run
    for case in run:
        media = MEDIA[case.result.suffix]
        query = case.query.read_text(encoding="utf-8")
        answer = client.get("/sparql", params={"query": query}, headers={"accept": media})
        assert answer.status_code == 200, case.name
        assert answer.headers["content-type"].startswith(media)
        expected = case.result.read_bytes()
        assert _read(answer.content, media) == _read(expected, media), case.name


def _read(written: bytes, media: str) -> object:
    """Read a result for comparison, each row as pairs of a name and a value.

    A blank node's label says nothing, ``SELECT *`` has its columns in no set order, and numbers
    are compared as the embedded store keeps them: 1.0E6 as 1000000, xsd:negativeInteger as
    xsd:integer (csv03, tsv03).
    """
    if media == "text/csv":
        head, *rows = csv.reader(io.StringIO(written.decode(), newline=""))
        bare = [[_value("_:" if cell.startswith("_:") else cell) for cell in row] for row in rows]
        return sorted(head), sorted(sorted(zip(head, row, strict=True)) for row in bare)
    form = QueryResultsFormat.from_media_type(media)
    assert form is not None
    result: Any = pyoxigraph.parse_query_results(written, format=form)
    if isinstance(result, pyoxigraph.QueryBoolean):
        return bool(result)
    names = [variable.value for variable in result.variables]
    told = [[(name, _plain(row[name])) for name in names] for row in result]
    return sorted(names), sorted(map(sorted, told))


def _plain(term: Any) -> str:  # noqa: ANN401
    if isinstance(term, BlankNode):
        return "_:"
    text, sign, datatype = str(term).rpartition("^^")
    datatype = datatype.replace("#negativeInteger>", "#integer>")
    return f'"{_value(text[1:-1])}"^^{datatype}' if sign else str(term)


def _value(text: str) -> str:
    try:
        return format(Decimal(text).normalize(), "f")
    except InvalidOperation:
        return text
