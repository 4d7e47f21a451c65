"""What SHACL cannot say well: no blank node, no RDF 1.2, declared terms and known IRIs only."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kg import assets, terms
from kg.validate.violation import Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from kg.validate.held import Held

SHAPES = "https://w3id.org/claimgraph/shapes#"
NODE_KIND = "NodeKindConstraintComponent"
OWN = (terms.NS, terms.VERDICT, terms.FAULT)
_WORKS = (
    "https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/", "https://pmc.ncbi.nlm.nih.gov/",
    "https://www.ncbi.nlm.nih.gov/", "https://clinicaltrials.gov/", "https://orcid.org/",
)  # fmt: skip
_NODE = re.compile(r"[/:#]id/")


def unnamed_nodes(held: Held) -> Iterator[Violation]:
    """Yield each blank node once: a node without a name of its own cannot be cited or compared."""
    from pyoxigraph import BlankNode

    ends = held.subjects | held.objects
    for label in {node.value for node in ends if isinstance(node, BlankNode)}:
        yield Violation(
            f"_:{label}", None, None, f"{SHAPES}NoBlankNode", Severity.VIOLATION,
            "Every node is named by an IRI; a blank node has no name that lasts.",
            NODE_KIND,
        )  # fmt: skip


def undeclared_terms(held: Held) -> Iterator[Violation]:
    """Yield each use of a term in our namespaces that the ontology does not declare."""
    unknown = {*filter(_unknown, held.predicates), *filter(_unknown, held.objects)}
    for triple in held.triples | held.nested if unknown else ():
        predicate, value = triple.predicate, triple.object
        if predicate in unknown:
            yield _undeclared(triple, None, predicate.value)
        if value in unknown:
            yield _undeclared(triple, predicate.value, getattr(value, "value", ""))


def _unknown(term: Any) -> bool:  # noqa: ANN401
    from pyoxigraph import NamedNode

    if not isinstance(term, NamedNode) or not term.value.startswith(OWN):
        return False
    return term.value not in declared()


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


def strange_iris(held: Held) -> Iterator[Violation]:
    """Yield each IRI that names neither a node below a base nor a work nor a term of a vocabulary.

    A node stands below ``{base}id/``, whatever the base; a work has the IRI of its identifier. Who
    says more of our nodes may do so by properties of any vocabulary.
    """
    from pyoxigraph import NamedNode

    ends = held.subjects | held.objects
    known = (*terms.prefixes().values(), *_WORKS)
    for iri in {node.value for node in ends if isinstance(node, NamedNode)}:
        if not _NODE.search(iri) and not iri.startswith(known):
            yield Violation(
                iri, None, None, f"{SHAPES}KnownIri", Severity.VIOLATION,
                "An IRI names a node below the base, a work, or a term of a vocabulary in use.",
                NODE_KIND,
            )  # fmt: skip


def triple_terms(held: Held) -> Iterator[Violation]:
    """Yield each triple that holds a triple, which RDF 1.1 and SHACL do not know."""
    for triple in held.nested:
        yield Violation(
            _subject(triple), triple.predicate.value, str(triple.object),
            f"{SHAPES}NoTripleTerm", Severity.VIOLATION,
            "A graph is RDF 1.1: no triple stands within a triple.",
            NODE_KIND,
        )  # fmt: skip


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
