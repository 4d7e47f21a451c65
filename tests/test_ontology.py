"""The vocabulary: every term that a graph may hold is declared, every code has its concept."""

from __future__ import annotations

import re

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, URIRef

from kg import assets, model, queries
from kg.export.jsonld import context_text
from kg.graph import mapping, schemes
from kg.terms import FAULT, NS, VERDICT, curie, from_curie, prefixes

FOLDER = assets.folder("ontology")
TURTLE = sorted(FOLDER.glob("*.ttl"))
OWN = (NS, VERDICT, FAULT)
ONTOLOGY = URIRef("https://w3id.org/claimgraph/ns")


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("claims.ttl", "schemes.ttl", "reused.ttl"):
        graph.parse(FOLDER / name)
    return graph


def own_terms(graph: rdflib.Graph) -> set[str]:
    """List the subjects of our namespaces."""
    return {str(s) for s in graph.subjects() if str(s).startswith(OWN)}


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_both_parsers_read_the_same_triples(path: object) -> None:
    by_rdflib = rdflib.Graph().parse(str(path))
    by_pyoxigraph = set(parse(path=str(path), format=RdfFormat.TURTLE))
    assert len(by_rdflib) == len(by_pyoxigraph)


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_a_file_uses_the_prefixes_of_the_one_source(path: object) -> None:
    parser = parse(path=str(path), format=RdfFormat.TURTLE)
    list(parser)
    for name, namespace in parser.prefixes.items():
        assert prefixes().get(name, namespace if name == "" else None) == namespace, name


def test_the_prefixes_hold_the_namespaces_that_the_mapping_uses() -> None:
    used = {curie.partition(":")[0] for curie in mapping.mapped_terms()}
    assert used <= set(prefixes())
    assert (prefixes()["ev"], prefixes()["v"], prefixes()["f"]) == OWN


@pytest.mark.parametrize("curie", sorted(mapping.mapped_terms()))
def test_every_term_that_can_be_written_is_declared(curie: str, vocabulary: rdflib.Graph) -> None:
    term = URIRef(from_curie(curie))
    if curie in {"rdf:type", "rdfs:label"}:
        return
    assert (term, RDFS.label, None) in vocabulary or (term, SKOS.prefLabel, None) in vocabulary
    if str(term).startswith(OWN):
        assert len(list(vocabulary.objects(term, SKOS.definition))) == 1
    else:
        assert (term, SKOS.scopeNote, None) in vocabulary


def test_nothing_is_declared_that_no_graph_holds(vocabulary: rdflib.Graph) -> None:
    written = {from_curie(curie) for curie in mapping.mapped_terms()}
    lists = {from_curie(f"ev:{scheme.name}") for scheme in schemes.SCHEMES}
    assert own_terms(vocabulary) - written - lists == {f"{NS}Result"}


def test_every_term_has_a_definition_an_example_and_what_it_is_not(
    vocabulary: rdflib.Graph,
) -> None:
    lists = set(vocabulary.subjects(RDF.type, SKOS.ConceptScheme))
    terms = {URIRef(term) for term in own_terms(vocabulary)} - lists
    assert {URIRef(from_curie(row.cls)) for row in mapping.NODES} <= terms
    for said in (SKOS.definition, SKOS.example, SKOS.scopeNote):
        assert not {term for term in terms if (term, said, None) not in vocabulary}, said


@pytest.mark.parametrize("row", mapping.NODES, ids=lambda row: str(row.family))
def test_the_kind_of_a_property_is_the_kind_of_its_values(
    row: mapping.NodeMap, vocabulary: rdflib.Graph
) -> None:
    things = {mapping.Kind.LINK, mapping.Kind.CONCEPT}
    for prop in row.properties:
        term = URIRef(from_curie(prop.predicate))
        if not str(term).startswith(NS):
            continue
        expected = OWL.ObjectProperty if prop.kind in things else OWL.DatatypeProperty
        if prop.kind is mapping.Kind.OPEN:
            expected = OWL.AnnotationProperty  # a concept or a string
        assert (term, RDF.type, expected) in vocabulary, prop


@pytest.mark.parametrize("scheme", schemes.SCHEMES, ids=lambda scheme: str(scheme.name))
def test_every_code_has_one_concept_with_its_notation(
    scheme: schemes.Scheme, vocabulary: rdflib.Graph
) -> None:
    name = URIRef(from_curie(f"ev:{scheme.name}"))
    assert (name, RDF.type, SKOS.ConceptScheme) in vocabulary
    assert (name, SKOS.definition, None) in vocabulary
    declared = {
        str(vocabulary.value(concept, SKOS.notation)): str(concept)
        for concept in vocabulary.subjects(SKOS.inScheme, name)
    }
    assert declared == {code: from_curie(curie) for code, curie in scheme.concepts.items()}
    for concept in vocabulary.subjects(SKOS.inScheme, name):
        assert (concept, RDF.type, SKOS.Concept) in vocabulary
        assert (concept, SKOS.prefLabel, None) in vocabulary


def test_every_enum_of_the_model_has_a_scheme() -> None:
    enums = {name for name in model.__all__ if hasattr(getattr(model, name), "__members__")}
    assert {scheme.members.__name__ for scheme in schemes.SCHEMES if scheme.members} == enums


def test_the_ontology_has_a_version_and_imports_nothing(vocabulary: rdflib.Graph) -> None:
    assert vocabulary.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/0.1.0")
    assert str(vocabulary.value(ONTOLOGY, OWL.versionInfo)) == "0.1.0"
    assert not list(vocabulary.triples((None, OWL.imports, None)))


def test_super_classes_are_declared_or_belong_to_others(vocabulary: rdflib.Graph) -> None:
    declared = set(vocabulary.subjects(RDF.type, OWL.Class))
    own = {o for o in vocabulary.objects(None, RDFS.subClassOf) if str(o).startswith(NS)}
    assert own <= declared


def test_texts_name_only_terms_that_exist(vocabulary: rdflib.Graph) -> None:
    named = {
        curie
        for text in map(str, vocabulary.objects())
        for curie in re.findall(r"\b(?:ev|v|f):[A-Za-z]\w*", text)
    }
    assert {from_curie(curie) for curie in named} <= own_terms(vocabulary)


def test_the_context_file_is_what_the_export_carries() -> None:
    assert (FOLDER / "context.jsonld").read_text(encoding="utf-8") == context_text()


KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = {str(OWL.Ontology), str(OWL.versionIRI)}


def test_the_ontology_is_owl_2_dl_and_within_each_of_its_profiles(
    vocabulary: rdflib.Graph,
) -> None:
    """Declarations, annotations, named super-classes and facts of concepts: no other axiom.

    These forms are in OWL 2 EL, QL and RL (OWL 2 Profiles, W3C 2012, sections 2.2, 3.2 and 4.2),
    and the typing constraints of OWL 2 DL hold: no IRI is a property of two kinds, and a class is
    no datatype (OWL 2 Structural Specification, W3C 2012, section 5.8.1).
    """
    of_kind = {kind: set(vocabulary.subjects(RDF.type, kind)) for kind in KINDS}
    properties = [of_kind[kind] for kind in KINDS[1:]]
    for at, own in enumerate(properties):
        for other in properties[at + 1 :]:
            assert not own & other
    for subject, predicate, value in vocabulary:
        if predicate == RDF.type:
            assert value in KINDS or value in of_kind[OWL.Class] or str(value) in BUILT_IN
        elif predicate == RDFS.subClassOf:
            assert {subject, value} <= of_kind[OWL.Class]
        elif predicate in of_kind[OWL.ObjectProperty]:
            assert (value, RDF.type, SKOS.ConceptScheme) in vocabulary
        else:
            declared = of_kind[OWL.AnnotationProperty] | of_kind[OWL.DatatypeProperty]
            assert predicate in declared or str(predicate) in BUILT_IN, predicate


def test_each_reused_term_says_where_it_was_read_and_is_used(vocabulary: rdflib.Graph) -> None:
    reused = rdflib.Graph().parse(FOLDER / "reused.ttl")
    listed = set(reused.subjects(RDFS.label, None))
    for term in listed:
        for said in (SKOS.editorialNote, SKOS.scopeNote, OWL.versionInfo, DCTERMS.source):
            assert len(list(reused.objects(term, said))) == 1, (term, said)
    shapes = rdflib.Graph()
    for path in (FOLDER / "shapes").glob("*.ttl"):
        shapes.parse(path)
    asked = " ".join(str(text) for text in shapes.objects(None, SH.select))
    written = {from_curie(curie) for curie in mapping.mapped_terms()} - {
        str(RDF.type),
        str(RDFS.label),
    }
    needed = {term for term in written if not term.startswith(OWN)}
    needed |= {
        str(cls)
        for cls in vocabulary.objects(None, RDFS.subClassOf)
        if not str(cls).startswith(OWN)
    }
    asked_of = {str(term) for term in listed if f" {curie(str(term))} " in f" {asked} "}
    assert {str(term) for term in listed} == needed | asked_of | {REFERENCE}


REFERENCE = "http://purl.org/spar/biro/BibliographicReference"  # named by a mapping


def test_mappings_are_of_our_terms_to_vocabularies_that_are_named(
    vocabulary: rdflib.Graph,
) -> None:
    graph = rdflib.Graph().parse(FOLDER / "mappings.ttl")
    assert set(graph.predicates()) <= {SKOS.closeMatch, SKOS.relatedMatch, SKOS.broadMatch}
    for term, _, other in graph:
        assert str(term) in own_terms(vocabulary)
        assert not str(other).startswith(OWN)
        assert curie(str(other))[0] != "<", other


def test_a_deprecated_term_says_what_takes_its_place_and_is_used_no_more(
    vocabulary: rdflib.Graph,
) -> None:
    written = {from_curie(curie) for curie in mapping.mapped_terms()}
    for term in vocabulary.subjects(OWL.deprecated, rdflib.Literal(True)):
        assert str(term) not in written
        assert vocabulary.value(term, SKOS.changeNote) or vocabulary.value(
            term, DCTERMS.isReplacedBy
        )


def test_queries_and_shapes_use_declared_terms_alone(vocabulary: rdflib.Graph) -> None:
    texts = [query.text for query in queries.catalogue()]
    texts += [path.read_text("utf-8") for path in (FOLDER / "shapes").glob("*.ttl")]
    bare = [re.sub(r"#[^\n]*", "", re.sub(r"<[^>\s]*>", "", text)) for text in texts]
    used = {name for text in bare for name in re.findall(r"\b(?:ev|v|f):[A-Za-z]\w*", text)}
    assert used
    assert {from_curie(name) for name in used} <= own_terms(vocabulary)
