"""The contract that every store keeps, publishing, opening, and what can go wrong."""

from __future__ import annotations

import hashlib
import importlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib.plugins import sparql

from kg.store import (
    EndpointError,
    EndpointStore,
    MemoryStore,
    NotAStoreError,
    QueryError,
    RdflibStore,
    Rows,
    Store,
    StoreError,
    StoreMissingError,
    Term,
    TermKind,
    UnparsableRdfError,
    open_store,
    publish,
    published,
)
from kg.terms import quads_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
from urllib.request import Request

X = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
PAIRS = "SELECT DISTINCT ?s ?o WHERE { ?s ?p ?o } ORDER BY ?s ?o"
MANY = f"SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE {{ <{X}a> ?p ?o }}"


def quad(s: str, o: str | Literal, graph: str | None = "g") -> Quad:
    return Quad(
        NamedNode(X + s),
        NamedNode(X + "p"),
        o if isinstance(o, Literal) else NamedNode(X + o),
        DefaultGraph() if graph is None else NamedNode(X + graph),
    )


def decimal(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + "decimal"))


QUADS = [
    quad("a", "b", "g1"),
    quad("a", decimal("0.02"), "g2"),
    quad("b", Literal('ünder "quotes"\n'), "g1"),
    quad("c", Literal("mot", language="fr"), None),
]


class StoreContract:
    """What holds for every store."""

    def store(self, quads: Iterable[Quad], folder: Path) -> Store:
        raise NotImplementedError

    def test_a_select_reads_the_union_of_all_graphs(self, tmp_path: Path) -> None:
        rows = self.store(QUADS, tmp_path).select(PAIRS)
        assert rows.variables == ("s", "o")
        assert [row[0].value[len(X) :] for row in rows.rows if row[0]] == ["a", "a", "b", "c"]

    def test_a_triple_in_two_graphs_gives_the_same_rows(self, tmp_path: Path) -> None:
        once = [quad("a", "b", "g1"), quad("a", "c", "g1"), quad("b", decimal("1"), "g1")]
        twice = once + [Quad(q.subject, q.predicate, q.object, NamedNode(X + "g2")) for q in once]
        single = self.store(once, tmp_path / "single")
        double = self.store(twice, tmp_path / "double")
        for query in (PAIRS, MANY):
            assert double.select(query) == single.select(query)
        assert len(double) == 2 * len(single)

    def test_terms_keep_their_kind_type_and_spelling(self, tmp_path: Path) -> None:
        found = {row[1] for row in self.store(QUADS, tmp_path).select(PAIRS)}
        assert found == {
            Term.iri(X + "b"),
            Term.literal("0.02", XSD + "decimal"),
            Term.literal('ünder "quotes"\n'),
            Term(TermKind.LITERAL, "mot", LANG_STRING, "fr"),
        }

    def test_unbound_is_none(self, tmp_path: Path) -> None:
        query = f"SELECT ?s ?q WHERE {{ ?s <{X}p> <{X}b> OPTIONAL {{ ?s <{X}none> ?q }} }}"
        rows = self.store(QUADS, tmp_path).select(query)
        assert rows.to_dicts() == [{"s": X + "a", "q": None}]
        assert "q" not in rows.terms()[0]

    def test_ask_and_construct(self, tmp_path: Path) -> None:
        store = self.store(QUADS, tmp_path)
        assert store.ask(f"ASK {{ <{X}a> ?p <{X}b> }}") is True
        assert store.ask(f"ASK {{ <{X}b> ?p <{X}a> }}") is False
        made = store.construct(
            f"CONSTRUCT {{ ?o <{X}q> ?s }} WHERE {{ ?s ?p ?o FILTER(isIRI(?o)) }}"
        )
        assert [str(triple) for triple in made] == [f"<{X}b> <{X}q> <{X}a>"]

    def test_the_form_of_a_query_is_checked(self, tmp_path: Path) -> None:
        store = self.store(QUADS, tmp_path)
        with pytest.raises(QueryError, match="no SELECT"):
            store.select("ASK { ?s ?p ?o }")
        with pytest.raises(QueryError, match="no ASK"):
            store.ask(PAIRS)
        with pytest.raises(QueryError, match="builds no graph"):
            store.construct(PAIRS)

    def test_a_query_of_another_server_or_without_end_is_refused(self, tmp_path: Path) -> None:
        store = self.store(QUADS, tmp_path)
        with pytest.raises(QueryError, match="SERVICE"):
            store.select("SELECT * { service <http://localhost:9/> { ?s ?p ?o } }")
        with pytest.raises(QueryError, match="nest"):
            store.select("SELECT * WHERE " + "{" * 5000 + "}" * 5000)

    def test_graphs_are_told_apart_where_a_query_asks(self, tmp_path: Path) -> None:
        query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
        rows = self.store(QUADS, tmp_path).select(query)
        assert [str(row[0]) for row in rows] == [X + "g1", X + "g2"]


class EmbeddedContract(StoreContract):
    """What holds where the quads are in hand."""

    def test_it_gives_back_every_quad(self, tmp_path: Path) -> None:
        store = self.store(QUADS, tmp_path)
        assert set(store.quads()) == set(QUADS)
        assert len(store) == len(QUADS)

    def test_an_ill_formed_query_is_told_with_its_place(self, tmp_path: Path) -> None:
        with pytest.raises(QueryError, match=r"error at 2:") as caught:
            self.store(QUADS, tmp_path).select("SELECT ?s WHERE {\n ?s <p:q> }")
        assert caught.value.exit_code == 2


class TestMemoryStore(EmbeddedContract):
    def store(self, quads: Iterable[Quad], folder: Path) -> Store:
        return MemoryStore(quads)


class TestDiskStore(EmbeddedContract):
    def store(self, quads: Iterable[Quad], folder: Path) -> Store:
        publish(quads, folder)
        return open_store(folder)


class TestRdflibStore(EmbeddedContract):
    def store(self, quads: Iterable[Quad], folder: Path) -> Store:
        return RdflibStore(quads)


class TestEndpointStore(StoreContract):
    def store(self, quads: Iterable[Quad], folder: Path) -> Store:
        return EndpointStore("https://sparql.invalid/", served(MemoryStore(quads)._inner))

    def test_it_lists_the_quads_of_named_graphs(self, tmp_path: Path) -> None:
        store = self.store(QUADS, tmp_path)
        assert set(store.quads()) == {q for q in QUADS if q.graph_name != DefaultGraph()}
        assert len(store) == 3

    def test_what_goes_wrong_there_names_the_endpoint(self) -> None:
        url = "https://sparql.invalid/"

        def refused(request: Request, /) -> Any:  # noqa: ANN401
            raise HTTPError(url, 400, "bad", {}, None)  # type: ignore[arg-type]

        def unreachable(request: Request, /) -> Any:  # noqa: ANN401
            raise URLError("no route")  # noqa: EM101

        def page(request: Request, /) -> IO[bytes]:
            return io.BytesIO(b"<html>")

        with pytest.raises(QueryError, match=r"sparql\.invalid"):
            EndpointStore(url, refused).select(PAIRS)
        with pytest.raises(EndpointError, match="no route"):
            EndpointStore(url, unreachable).select(PAIRS)
        with pytest.raises(EndpointError, match="not readable"):
            EndpointStore(url, page).select(PAIRS)


def served(inner: pyoxigraph.Store) -> Callable[[Request], IO[bytes]]:
    """Answer requests as a SPARQL server with the union option does."""

    def respond(request: Request, /) -> IO[bytes]:
        assert request.get_header("Content-type") == "application/x-www-form-urlencoded"
        assert isinstance(request.data, bytes)
        (asked,) = parse_qs(request.data.decode())["query"]
        result = inner.query(asked, use_default_graph_as_union=True)
        if isinstance(result, pyoxigraph.QueryTriples):
            return io.BytesIO(result.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
        return io.BytesIO(result.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")

    return respond


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib warns of itself
def test_rdflibs_switches_are_ours_during_a_call_and_the_hosts_after_it(tmp_path: Path) -> None:
    bait = tmp_path / "bait.ttl"
    bait.write_text(f"<{X}s> <{X}p> <{X}o> .", encoding="utf-8")
    before = (sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS)
    fetching = f"SELECT * FROM <{bait.as_uri()}> WHERE {{ <{X}s> ?p ?o }}"  # noqa: S608
    store = RdflibStore([quad("a", decimal("0.050"))])
    assert len(store.select(fetching)) == 0
    typed = f'SELECT ?x WHERE {{ BIND("007"^^<{XSD}integer> AS ?x) }}'
    assert store.select(typed).rows[0][0] == Term.literal("007", XSD + "integer")
    assert (sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS) == before == (True, True)
    # the same query does fetch and does rewrite when the host asks rdflib itself
    host = rdflib.Dataset(default_union=True)
    assert len(host.query(fetching)) == 1
    assert str(rdflib.Literal("007", datatype=rdflib.XSD.integer)) == "7"


def test_the_switches_are_put_back_after_an_error() -> None:
    with pytest.raises(QueryError):
        RdflibStore().select("SELECT nothing")
    assert (sparql.SPARQL_LOAD_GRAPHS, rdflib.NORMALIZE_LITERALS) == (True, True)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(texts)
def test_a_literals_n_triples_form_is_what_a_parser_reads_back(text: str) -> None:
    line = f"<{X}s> <{X}p> {Term.literal(text).n3} .".encode()
    (read,) = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert read.object == Literal(text)


def test_python_values_have_their_type_and_ill_typed_ones_their_text() -> None:
    typed = [("5", "integer"), ("0.5", "decimal"), ("true", "boolean"), ("x", "integer")]
    values = [Term.literal(text, XSD + kind).python for text, kind in typed]
    assert values == [5, Decimal("0.5"), True, "x"]


class TestPublishing:
    def test_the_pointer_names_a_build_and_its_digest(self, tmp_path: Path) -> None:
        said = publish(QUADS, tmp_path / "store")
        assert published(tmp_path / "store") == said
        lines = sorted(f"{q} .\n".encode() for q in QUADS)
        assert said.sha256 == hashlib.sha256(b"".join(lines)).hexdigest()
        assert (said.quads, said.build) == (len(QUADS), f"builds/{said.sha256[:32]}")

    def test_the_same_quads_in_another_order_are_the_same_build(self, tmp_path: Path) -> None:
        first = publish(QUADS, tmp_path)
        assert publish(reversed(QUADS), tmp_path) == first
        assert len(list((tmp_path / "builds").glob("*/"))) == 1

    def test_a_failed_build_leaves_the_earlier_one_and_no_litter(self, tmp_path: Path) -> None:
        first = publish(QUADS, tmp_path)

        def failing() -> Iterable[Quad]:
            yield quad("x", "y")
            message = "the source broke off"
            raise RuntimeError(message)

        with pytest.raises(RuntimeError):
            publish(failing(), tmp_path)
        assert published(tmp_path) == first
        assert set(open_store(tmp_path).quads()) == set(QUADS)
        assert {path.stem for path in (tmp_path / "builds").iterdir()} == {first.sha256[:32]}

    def test_a_stop_before_the_pointer_moves_leaves_the_earlier_build(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = publish(QUADS, tmp_path)

        def stopped(*_: object) -> None:
            raise OSError(28, "no space left")

        with monkeypatch.context() as patch:
            patch.setattr(importlib.import_module("kg.store.published"), "show", stopped)
            with pytest.raises(StoreError, match="no space left"):
                publish([quad("x", "y")], tmp_path)
        assert published(tmp_path) == first
        later = publish([quad("x", "y")], tmp_path)
        assert (published(tmp_path), len(open_store(tmp_path))) == (later, 1)

    def test_an_open_reader_keeps_its_build(self, tmp_path: Path) -> None:
        publish(QUADS, tmp_path)
        reader = open_store(tmp_path)
        publish([quad("x", "y")], tmp_path)
        assert (len(reader), len(open_store(tmp_path))) == (len(QUADS), 1)

    def test_a_damaged_build_is_built_again(self, tmp_path: Path) -> None:
        said = publish(QUADS, tmp_path)
        for file in (tmp_path / said.build).iterdir():
            file.unlink()
        with pytest.raises(NotAStoreError):
            open_store(tmp_path)
        publish(QUADS, tmp_path)
        assert len(open_store(tmp_path)) == len(QUADS)

    def test_a_folder_of_other_things_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(NotAStoreError, match="other files"):
            publish(QUADS, tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
        with pytest.raises(NotAStoreError, match="a file"):
            publish(QUADS, tmp_path / "thesis.txt")

    @given(st.lists(st.sampled_from(QUADS)))
    def test_the_digest_depends_on_the_set_of_quads_alone(self, quads: list[Quad]) -> None:
        assert quads_digest(quads) == quads_digest(sorted(set(quads), key=str))
        assert (quads_digest(quads) == quads_digest(QUADS)) == (set(quads) == set(QUADS))


class TestOpening:
    @pytest.mark.parametrize("suffix", ["trig", "nq", "ttl", "nt", "jsonld"])
    def test_every_format_is_read_by_its_suffix(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"graph.{suffix}"
        fmt = pyoxigraph.RdfFormat.from_extension(suffix)
        assert fmt is not None
        pyoxigraph.serialize([quad("a", "b", None)], path, format=fmt)
        assert set(open_store(path).quads()) == {quad("a", "b", None)}

    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreMissingError, match="nowhere") as caught:
            open_store(tmp_path / "nowhere")
        assert caught.value.exit_code == 3

    def test_a_folder_without_a_pointer(self, tmp_path: Path) -> None:
        with pytest.raises(NotAStoreError, match=r"current\.json"):
            open_store(tmp_path)

    @pytest.mark.parametrize("pointer", ["", "[]", '{"build": 1}', '{"x": 1}'])
    def test_a_damaged_pointer(self, tmp_path: Path, pointer: str) -> None:
        (tmp_path / "current.json").write_text(pointer, encoding="utf-8")
        with pytest.raises(NotAStoreError, match="damaged"):
            open_store(tmp_path)

    def test_a_pointer_out_of_the_folder(self, tmp_path: Path) -> None:
        publish(QUADS, tmp_path)
        said = json.loads((tmp_path / "current.json").read_text(encoding="utf-8"))
        said["build"] = "../elsewhere"
        (tmp_path / "current.json").write_text(json.dumps(said), encoding="utf-8")
        with pytest.raises(NotAStoreError, match="another version"):
            open_store(tmp_path)

    def test_a_file_that_is_no_rdf_by_its_name(self, tmp_path: Path) -> None:
        path = tmp_path / "answer.txt"
        path.write_text("words", encoding="utf-8")
        with pytest.raises(NotAStoreError, match=r"\.txt"):
            open_store(path)

    def test_broken_rdf_is_told_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "graph.ttl"
        path.write_text(f"<{X}a> <{X}b> <{X}c> .\n\n<{X}a> <{X}b>\n", encoding="utf-8")
        with pytest.raises(UnparsableRdfError, match="line 4") as caught:
            open_store(path)
        assert (caught.value.line, caught.value.path) == (4, str(path))

    @pytest.mark.parametrize("data", [b"\x00\xff\xfe", b"\xff\xfe<\x00"])
    def test_binary_is_no_rdf(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "graph.trig"
        path.write_bytes(data)
        with pytest.raises(UnparsableRdfError):
            open_store(path)

    def test_a_remote_context_is_not_fetched(self, tmp_path: Path) -> None:
        path = tmp_path / "graph.jsonld"
        path.write_text('{"@context": "https://example.org/context"}', encoding="utf-8")
        with pytest.raises(UnparsableRdfError):
            open_store(path)

    def test_a_url_needs_an_opener(self) -> None:
        with pytest.raises(EndpointError, match="opener"):
            open_store("https://sparql.invalid/")
        inner = MemoryStore(QUADS)._inner
        store = open_store("https://sparql.invalid/", opener=served(inner))
        assert len(store.select(PAIRS)) == len(QUADS)


def test_blank_nodes_are_told_as_such() -> None:
    node = Quad(BlankNode("b"), NamedNode(X + "p"), Literal("1"), DefaultGraph())
    for store in (MemoryStore([node]), RdflibStore([node])):
        assert [row[0].n3 for row in store.select(PAIRS) if row[0]] == ["_:b"]


def test_rows_are_the_same_value_when_their_terms_are() -> None:
    assert Rows(("a",), ((Term.iri(X),),)) == Rows(("a",), ((Term.iri(X),),))
