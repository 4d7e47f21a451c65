"""The Python face, as a caller meets it."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from jsonschema import Draft202012Validator

import kg
from kg import assets
from kg.errors import KgError, UsageError
from kg.model import Verdict
from kg.sources import SourceError
from kg.store import EndpointError, StoreMissingError

DEMO = assets.folder("demo")
RECORDS = {str(n): DEMO / f"record-{n}.txt" for n in (1, 2, 3)}
PREFIX = "PREFIX ev: <https://w3id.org/claimgraph/ns#>\n"


@pytest.fixture(scope="module")
def audit() -> kg.Audit:
    return kg.audit(DEMO / "answer.txt", RECORDS, status=DEMO / "status.json")


def test_an_audit_has_findings_and_the_object_of_the_contract(audit: kg.Audit) -> None:
    assert audit.findings
    assert audit.failures == ()
    schema = json.loads(assets.text("report/audit.schema.json"))
    Draft202012Validator(schema).validate(audit.to_dict())
    assert json.loads(audit.render("json")) == audit.to_dict()
    assert "misattributed" in audit.render()
    assert audit._repr_html_().startswith("<table>")


def test_records_may_be_given_without_markers(audit: kg.Audit) -> None:
    found = kg.audit(DEMO / "answer.txt", list(RECORDS.values()))
    assert found.to_dict()["summary"]["coverage"] == audit.to_dict()["summary"]["coverage"]


def test_a_bad_input_is_told_and_not_raised(tmp_path: Path) -> None:
    found = kg.audit(DEMO / "answer.txt", [tmp_path / "none.txt"])
    assert len(found.failures) == 1
    assert found.dossier.statements


def test_values_are_frozen(audit: kg.Audit) -> None:
    with pytest.raises(FrozenInstanceError):
        audit.findings = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        audit.graph.base = "x"  # type: ignore[misc]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_the_dataset_is_rdflibs_with_every_quad(audit: kg.Audit) -> None:
    dataset = audit.graph.dataset
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.quads())) == len(audit.graph)
    assert audit.graph.dataset is dataset
    rows = dataset.query(PREFIX + "SELECT DISTINCT ?s WHERE { ?s a ev:Statement }")
    assert len(list(rows)) == len(audit.dossier.statements)


def test_a_catalogued_query_answers_with_rows(audit: kg.Audit) -> None:
    found = audit.graph.select("q10-doses")
    assert len(found) == len(found.to_dicts()) > 0
    assert list(found.to_dicts()[0]) == list(found.variables)
    assert found._repr_html_().startswith("<table>")


def test_a_query_of_ones_own_answers_too(audit: kg.Audit) -> None:
    query = PREFIX + "SELECT DISTINCT ?s WHERE { ?s a ev:Statement } ORDER BY ?s"
    assert len(audit.graph.select(query)) == len(audit.dossier.statements)


def test_rows_become_frames(audit: kg.Audit) -> None:
    found = audit.graph.select("q10-doses")
    for name, read in (("pandas", found.to_pandas), ("polars", found.to_polars)):
        pytest.importorskip(name)
        frame: Any = read()
        assert list(frame.columns) == list(found.variables)
        assert len(frame) == len(found)


@pytest.mark.parametrize("name", ["no-such-query", "q10-doses"])
def test_a_wrong_name_or_term_is_a_usage_error(audit: kg.Audit, name: str) -> None:
    with pytest.raises(UsageError):
        audit.graph.select(name, nonsense=1)


def test_a_query_without_a_header_takes_no_terms(audit: kg.Audit) -> None:
    with pytest.raises(KgError, match="no parameters"):
        audit.graph.select("SELECT DISTINCT ?s WHERE { ?s ?p ?o }", s=1)


def test_a_trace_follows_a_statement(audit: kg.Audit) -> None:
    found = audit.graph.trace("s001")
    assert found.statement.id == "s001"
    assert found.paths
    with pytest.raises(UsageError):
        audit.graph.trace("s999")


def test_the_graph_alone_gives_the_same_audit(audit: kg.Audit) -> None:
    assert audit.graph.audit().to_dict() == audit.to_dict()


def test_a_graph_validates_and_draws(audit: kg.Audit) -> None:
    assert audit.graph.validate() == audit.violations
    drawn = audit.graph.to_networkx()
    assert isinstance(drawn, nx.MultiDiGraph)
    assert "claim" in nx.get_node_attributes(drawn, "kind").values()
    assert len(audit.graph.to_networkx("rdf")) > len(drawn)
    assert "statements" in audit.graph._repr_html_()


def test_a_graph_loads_from_a_file(audit: kg.Audit, tmp_path: Path) -> None:
    from kg.export import export

    (tmp_path / "g.trig").write_bytes(export(audit.graph.store.quads(), "trig"))
    assert len(kg.load(tmp_path / "g.trig")) == len(audit.graph)
    with pytest.raises(StoreMissingError):
        kg.load(tmp_path / "none")
    with pytest.raises(EndpointError):
        kg.load("https://example.org/sparql")


def test_a_claim_is_checked_against_a_text_or_a_file() -> None:
    text = "TITLE: A trial\n\nRESULTS: Grip strength rose on zelorimab (p = .02)."
    found = kg.check("Grip strength rose on zelorimab (p = 0.02).", text)
    assert found.verdict is Verdict.SUPPORTED
    found = kg.check("Grip strength increased in the 50 mg group.", DEMO / "record-1.txt")
    assert found.verdict is Verdict.CONTRADICTED
    with pytest.raises(SourceError):
        kg.check("It helps.", "")
