"""The graph answers alone: the exported file and the queries, without this package's Python.

What plain rdflib and the ``oxigraph`` program say of the exported TriG is what ``kg query`` says.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rdflib

from kg import assets, queries
from kg.build import build
from kg.corpus import read_corpus
from kg.export import export
from kg.store import MemoryStore, read_quads

if TYPE_CHECKING:
    from kg.queries import Query
    from kg.store import Term

# rdflib's own reader of TriG and its own queries warn of rdflib's own names.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]
PER_FILE = pytest.mark.parametrize("query", queries.catalogue(), ids=lambda query: str(query.name))
PROGRAM = Path(sys.executable).with_name("oxigraph")
CURATED = Path(__file__).resolve().parents[1] / "data" / "frailty" / "graph.trig"


@pytest.fixture(scope="session", params=["built", "curated"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alone") / "graph.trig"
    if request.param == "curated":
        shutil.copy(CURATED, path)
    else:
        path.write_bytes(export(build(read_corpus(assets.folder("demo"))).quads, "trig"))
    return path


@pytest.fixture(scope="session")
def loaded(file: Path) -> str:
    if not PROGRAM.is_file():
        pytest.skip("the oxigraph program is not installed: pip install oxigraph")
    place = str(file.parent / "store")
    subprocess.run(
        [PROGRAM, "load", "--location", place, "--file", file], check=True, capture_output=True
    )
    return place


@cache
def ours(file: Path) -> MemoryStore:
    return MemoryStore(read_quads(file))


@cache
def plain(file: Path) -> rdflib.Dataset:
    made = rdflib.Dataset(default_union=True)
    made.parse(file, format="trig")
    return made


def shown(term: Term | None) -> str:
    """Return a term's text, empty where it is unbound."""
    return "" if term is None else term.value


@PER_FILE
def test_plain_rdflib_gives_the_rows_of_kg_query(query: Query, file: Path) -> None:
    expected = [tuple(map(shown, row)) for row in ours(file).select(query.text)]
    found = [
        tuple("" if term is None else str(term) for term in row)
        for row in list[Any](plain(file).query(query.text))
    ]
    assert found == expected


@PER_FILE
def test_the_oxigraph_program_gives_the_rows_of_kg_query(query: Query, loaded: str) -> None:
    rows = ours(Path(loaded).with_name("graph.trig")).select(query.text)
    expected = [list(map(shown, row)) for row in rows]
    done = subprocess.run(
        [PROGRAM, "query", "--location", loaded, "--union-default-graph",
         "--results-format", "json", "--query", query.text],
        check=True, capture_output=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    names = said["head"]["vars"]
    found = [
        [row[name]["value"] if name in row else "" for name in names]
        for row in said["results"]["bindings"]
    ]
    assert found == expected
