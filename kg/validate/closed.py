"""What SHACL cannot say well: no blank node, no RDF 1.2, declared terms and known IRIs only."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg import assets, terms
from kg.validate.violation import Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

SHAPES = "https://w3id.org/claimgraph/shapes#"
NODE_KIND = "NodeKindConstraintComponent"
OWN = (terms.NS, terms.VERDICT, terms.FAULT)
_WORKS = (
    "https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/", "https://pmc.ncbi.nlm.nih.gov/",
    "https://www.ncbi.nlm.nih.gov/", "https://clinicaltrials.gov/", "https://orcid.org/",
)  # fmt: skip
_NODE = re.compile(r"[/:#]id/")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def unnamed_nodes(triples: Iterable[Triple]) -> Iterator[Violation]:
    """Yield each blank node once: a node without a name of its own cannot be cited or compared."""
    from pyoxigraph import BlankNode

    found = {node.value for node in _ends(triples) if isinstance(node, BlankNode)}
    for label in found:
        yield Violation(
            f"_:{label}", None, None, f"{SHAPES}NoBlankNode", Severity.VIOLATION,
            "Every node is named by an IRI; a blank node has no name that lasts.",
            NODE_KIND,
        )  # fmt: skip


def undeclared_terms(triples: Iterable[Triple]) -> Iterator[Violation]:
    """Yield each use of a term in our namespaces that the ontology does not declare."""
    from pyoxigraph import NamedNode

    held, known = list(triples), declared()
    # few terms are used often, so that each is looked at once
    used = {triple.predicate for triple in held} | {triple.object for triple in held}
    if not any(isinstance(term, NamedNode) and _unknown(term.value, known) for term in used):
        return
    for triple in held:
        predicate, value = triple.predicate.value, triple.object
        if _unknown(predicate, known):
            yield _undeclared(triple, None, predicate)
        if isinstance(value, NamedNode) and _unknown(value.value, known):
            yield _undeclared(triple, predicate, value.value)


def _unknown(iri: str, known: frozenset[str]) -> bool:
    return iri.startswith(OWN) and iri not in known


def _undeclared(triple: Triple, path: str | None, term: str) -> Violation:
    return Violation(
        _subject(triple), path, term, f"{SHAPES}DeclaredTerm", Severity.VIOLATION,
        f"{terms.curie(term)} is no term of the vocabulary; only declared terms are used.",
        "ClosedConstraintComponent",
    )  # fmt: skip


def _subject(triple: Triple) -> str:
    from pyoxigraph import NamedNode

    subject = triple.subject
    return subject.value if isinstance(subject, NamedNode) else str(subject)


def strange_iris(triples: Iterable[Triple]) -> Iterator[Violation]:
    """Yield each IRI that names neither a node below a base nor a work nor a term of a vocabulary.

    A node stands below ``{base}id/``, whatever the base; a work has the IRI of its identifier. Who
    says more of our nodes may do so by properties of any vocabulary.
    """
    from pyoxigraph import NamedNode

    found = {node.value for node in _ends(triples) if isinstance(node, NamedNode)}
    known = (*terms.prefixes().values(), *_WORKS)
    for iri in found:
        if not _NODE.search(iri) and not iri.startswith(known):
            yield Violation(
                iri, None, None, f"{SHAPES}KnownIri", Severity.VIOLATION,
                "An IRI names a node below the base, a work, or a term of a vocabulary in use.",
                NODE_KIND,
            )  # fmt: skip


def _ends(triples: Iterable[Triple]) -> set[object]:
    """Return every subject and object, each once."""
    held = list(triples)
    return {triple.subject for triple in held} | {triple.object for triple in held}


def triple_terms(triples: Iterable[Triple]) -> Iterator[Violation]:
    """Yield a violation for each of :func:`with_triples`, which RDF 1.1 and SHACL do not know."""
    for triple in triples:
        yield Violation(
            _subject(triple), triple.predicate.value, str(triple.object),
            f"{SHAPES}NoTripleTerm", Severity.VIOLATION,
            "A graph is RDF 1.1: no triple stands within a triple.",
            NODE_KIND,
        )  # fmt: skip


def with_triples(triples: Iterable[Triple]) -> set[Triple]:
    """Return the triples whose subject or object is a triple."""
    from pyoxigraph import Triple

    held = list(triples)
    odd = {term for term in _ends(held) if isinstance(term, Triple)}
    return {t for t in held if t.object in odd or t.subject in odd} if odd else set()


@cache
def declared() -> frozenset[str]:
    """Return the terms of our namespaces that the files of ``ontology/`` describe."""
    import pyoxigraph

    return frozenset(
        triple.subject.value
        for file in sorted(assets.folder("ontology").glob("*.ttl"))
        for triple in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
        if isinstance(triple.subject, pyoxigraph.NamedNode) and triple.subject.value.startswith(OWN)
    )
