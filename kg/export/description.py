"""What an endpoint and its dataset are: SPARQL Service Description, VoID and DCAT.

>>> made = description("http://127.0.0.1/sparql", "http://127.0.0.1/", 5, (), "ntriples")
>>> b"http://www.w3.org/ns/sparql-service-description#Service" in made
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import __version__
from kg.export.results import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCTERMS = "http://purl.org/dc/terms/"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def description(
    endpoint: str, home: str, triples: int, graphs: Iterable[tuple[str, int]], fmt: str
) -> bytes:
    """Describe a service and the dataset behind it.

    :param endpoint: the address of the queries
    :param home: the address of the pages
    :param triples: how many quads the dataset holds
    :param graphs: name and number of triples of each named graph
    :param fmt: one of :data:`kg.export.results.OF_GRAPHS`
    """
    return written(tuple(_triples(endpoint, home, triples, graphs)), fmt)


def _triples(
    endpoint: str, home: str, triples: int, graphs: Iterable[tuple[str, int]]
) -> Iterable[Triple]:
    from pyoxigraph import Literal, NamedNode, Triple

    node = NamedNode
    kind = node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    service, dataset = node(endpoint), node(f"{home}#dataset")

    def say(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
        return Triple(subject, node(predicate), value)

    yield Triple(service, kind, node(f"{_SD}Service"))
    yield say(service, f"{_SD}endpoint", service)
    yield say(service, f"{_SD}supportedLanguage", node(f"{_SD}SPARQL11Query"))
    yield say(service, f"{_SD}feature", node(f"{_SD}UnionDefaultGraph"))
    for name in _RESULTS:
        yield say(service, f"{_SD}resultFormat", node(f"{_FORMATS}{name}"))
    yield say(service, f"{_SD}defaultDataset", dataset)
    for name in (f"{_SD}Dataset", f"{_VOID}Dataset", f"{_DCAT}Dataset"):
        yield Triple(dataset, kind, node(name))
    yield say(dataset, f"{_DCTERMS}title", Literal("Claims, evidence and verdicts"))
    yield say(dataset, f"{_DCTERMS}creator", Literal(f"claimgraph {__version__}"))
    yield say(dataset, f"{_VOID}sparqlEndpoint", service)
    yield say(dataset, f"{_VOID}triples", Literal(triples))
    yield say(dataset, f"{_VOID}vocabulary", node("https://w3id.org/claimgraph/ns#"))
    yield say(dataset, f"{_DCAT}landingPage", node(home))
    yield say(dataset, f"{_DCAT}accessService", service)
    for name, number in graphs:
        named = node(name)
        yield say(dataset, f"{_SD}namedGraph", named)
        yield Triple(named, kind, node(f"{_SD}NamedGraph"))
        yield say(named, f"{_SD}name", node(name))
        yield say(named, f"{_VOID}triples", Literal(number))
