"""JSON-LD with its context inside: nothing is fetched to read it.

The context is made from ``ontology/prefixes.ttl``; ``ontology/context.jsonld`` is the same text for
those who want it as a file, and a test holds the two together.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.export.rdf_text import in_order
from kg.terms import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def context() -> dict[str, Any]:
    """Make the context: every prefix, each marked as one, since JSON-LD would not take all for it.

    >>> context()["@context"]["prov"]
    {'@id': 'http://www.w3.org/ns/prov#', '@prefix': True}
    """
    terms = {name: {"@id": iri, "@prefix": True} for name, iri in sorted(prefixes().items())}
    return {"@context": {"@version": 1.1, **terms}}


def context_text() -> str:
    """Write the context as the file ``ontology/context.jsonld`` holds it."""
    return json.dumps(context(), indent=2, ensure_ascii=False) + "\n"


def jsonld(quads: Iterable[Quad]) -> bytes:
    """Write all graphs, each a named graph of sorted nodes; the default graph's come first."""
    document: dict[str, Any] = {**context(), "@graph": []}
    for graph, own in groupby(in_order(quads), key=lambda quad: quad.graph_name):
        nodes = _nodes(quad.triple for quad in own)
        if _is_default(graph):
            document["@graph"].extend(nodes)
        else:
            document["@graph"].append({"@id": _id(graph), "@graph": nodes})
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _is_default(graph: object) -> bool:
    from pyoxigraph import DefaultGraph

    return isinstance(graph, DefaultGraph)


def _nodes(triples: Iterable[Triple]) -> list[dict[str, Any]]:
    return [
        {"@id": _id(subject), **_properties(own)}
        for subject, own in groupby(triples, key=lambda triple: triple.subject)
    ]


def _properties(triples: Iterable[Triple]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for triple in triples:
        if triple.predicate.value == _TYPE:
            properties.setdefault("@type", []).append(_id(triple.object))
        else:
            key = _compact(triple.predicate.value)
            properties.setdefault(key, []).append(_value(triple.object))
    return properties


def _value(term: NamedNode | BlankNode | Literal | Triple) -> dict[str, Any]:
    from pyoxigraph import Literal

    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return {"@value": term.value}
    return {"@value": term.value, "@type": _compact(term.datatype.value)}


def _id(term: object) -> str:
    from pyoxigraph import NamedNode

    return _compact(term.value) if isinstance(term, NamedNode) else str(term)


def _compact(iri: str) -> str:
    """Shorten an IRI where expansion by the context gives it back."""
    fits = [(len(space), name) for name, space in prefixes().items() if iri.startswith(space)]
    if not fits:
        return iri
    length, name = max(fits)
    local = iri[length:]
    return iri if local.startswith("//") or not local else f"{name}:{local}"
