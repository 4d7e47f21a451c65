"""Makes RDF terms of a dossier's values, each node and each concept once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.graph.mapping import Kind, Property
from kg.terms import canonical_decimal, expand, from_curie

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Literal, NamedNode, Quad

    Term = NamedNode | Literal
    Triple = tuple[NamedNode, NamedNode, Term]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


class TermMaker:
    """Makes the terms of one base, each once.

    :param base: what node ids are put below
    """

    def __init__(self, base: str) -> None:
        from pyoxigraph import Literal, NamedNode, Quad

        self._base = base
        self._literal, self._named, self._quad = Literal, NamedNode, Quad
        self._nodes: dict[str, NamedNode] = {}
        self._terms: dict[str, NamedNode] = {}
        self._integer = NamedNode(f"{_XSD}integer")
        self._decimal = NamedNode(f"{_XSD}decimal")
        self._boolean = NamedNode(f"{_XSD}boolean")
        self.type = self.term("rdf:type")
        self._makers: dict[Kind, Callable[[Any], Term]] = {
            Kind.LINK: self.node,
            Kind.TEXT: self.text,
            Kind.SYMBOL: self.text,
            Kind.INTEGER: self.integer,
            Kind.DECIMAL: self.decimal,
            Kind.BOOLEAN: self.boolean,
        }

    def node(self, node: str) -> NamedNode:
        """Make the IRI of a node or a graph; what no IRI may hold is percent-encoded."""
        made = self._nodes.get(node)
        if made is None:
            iri = _IN_IRI.sub(lambda found: quote(found[0], safe=""), expand(node, self._base))
            made = self._nodes[node] = self._named(iri)
        return made

    def term(self, curie: str) -> NamedNode:
        """Make the IRI of a term of a vocabulary."""
        made = self._terms.get(curie)
        if made is None:
            made = self._terms[curie] = self._named(from_curie(curie, self._base))
        return made

    def text(self, value: str) -> Literal:
        """Make a string; half of a surrogate pair, which no encoding can carry, becomes U+FFFD."""
        try:
            return self._literal(str(value))
        except ValueError:
            whole = str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return self._literal(whole)

    def integer(self, value: int) -> Literal:
        """Make an ``xsd:integer``."""
        return self._literal(str(int(value)), datatype=self._integer)

    def decimal(self, value: Any) -> Literal:  # noqa: ANN401
        """Make a canonical ``xsd:decimal``."""
        return self._literal(canonical_decimal(value), datatype=self._decimal)

    def boolean(self, value: bool) -> Literal:
        """Make an ``xsd:boolean``."""
        return self._literal("true" if value else "false", datatype=self._boolean)

    def quad(self, triple: Triple, graph: NamedNode) -> Quad:
        """Put a triple into a graph."""
        return self._quad(*triple, graph)

    def maker(self, prop: Property) -> Callable[[Any], Term]:
        """Return what turns a field's value into a term."""
        if prop.scheme is None or prop.kind is Kind.SYMBOL:
            return self._makers[prop.kind]
        concepts = {code: self.term(curie) for code, curie in prop.scheme.concepts.items()}
        if prop.kind is Kind.OPEN:
            return lambda code: concepts.get(code) or self.text(code)
        return concepts.__getitem__
