"""The W3C formats of SPARQL 1.1: JSON, XML, CSV and TSV for rows, Turtle and others for graphs.

>>> from kg.store import Rows, Term
>>> rows = Rows(("a", "b"), ((Term.literal("x, y"), None),))
>>> print(written(rows, "csv").decode().replace(chr(13), ""), end="")
a,b
"x, y",
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.errors import UsageError
from kg.store import Rows, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from kg.store import Term
    from kg.store.contract import Answer

OF_ROWS = ("json", "xml", "csv", "tsv")
OF_TRUTH = ("json", "xml")
OF_GRAPHS = ("turtle", "ntriples", "rdfxml", "jsonld")
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
# XML 1.0 has no way to write these; a reader gets what stands for a character that is none.
_NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


def formats_of(answer: Answer) -> tuple[str, ...]:
    """Name the formats that can hold an answer, the most usual first."""
    if isinstance(answer, bool):
        return OF_TRUTH
    return OF_ROWS if isinstance(answer, Rows) else OF_GRAPHS


def written(answer: Answer, fmt: str) -> bytes:
    """Write an answer in one of the formats that can hold it.

    :raises UsageError: if the format cannot hold it
    """
    if fmt not in formats_of(answer):
        what = f"{fmt} cannot hold what the query gives"
        raise UsageError(what, expected=", ".join(formats_of(answer)))
    if isinstance(answer, bool):
        return _truth(answer, fmt)
    if isinstance(answer, Rows):
        writers = {"json": _json_rows, "xml": _xml_rows, "csv": _csv, "tsv": _tsv}
        return writers[fmt](answer).encode("utf-8", "replace")
    return _graph(answer, fmt)


def star(subject: str, said: Iterable[tuple[str, Term]], fmt: str) -> bytes:
    """Write what a node says of itself.

    :param said: predicates' IRIs with their objects
    :param fmt: one of :data:`OF_GRAPHS`
    """
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    def term(held: Term) -> NamedNode | BlankNode | Literal:
        if held.kind is TermKind.IRI:
            return NamedNode(held.value)
        if held.kind is TermKind.BLANK:
            return BlankNode(held.value.removeprefix("_:"))
        if held.language:
            return Literal(held.value, language=held.language)
        return Literal(held.value, datatype=NamedNode(held.datatype or _STRING))

    node = NamedNode(subject)
    triples = (Triple(node, NamedNode(predicate), term(held)) for predicate, held in said)
    return written(tuple(triples), fmt)


def _truth(answer: bool, fmt: str) -> bytes:
    word = "true" if answer else "false"
    if fmt == "json":
        return f'{{"head": {{}}, "boolean": {word}}}\n'.encode()
    return f"{_XML}<head/>\n<boolean>{word}</boolean>\n</sparql>\n".encode()


def _json_rows(rows: Rows) -> str:
    bindings = [{name: _binding(t) for name, t in row.items()} for row in rows.terms()]
    whole = {"head": {"vars": list(rows.variables)}, "results": {"bindings": bindings}}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    if term.kind is TermKind.IRI:
        return {"type": "uri", "value": term.value}
    if term.kind is TermKind.BLANK:
        return {"type": "bnode", "value": term.value.removeprefix("_:")}
    told = {"type": "literal", "value": term.value}
    if term.language:
        return told | {"xml:lang": term.language}
    return told | ({"datatype": term.datatype} if term.datatype not in {None, _STRING} else {})


def _xml_rows(rows: Rows) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in rows.variables)
    lines = [
        "<result>"
        + "".join(f"<binding name={quoteattr(n)}>{_xml(t)}</binding>" for n, t in row.items())
        + "</result>\n"
        for row in rows.terms()
    ]
    return f"{_XML}<head>{head}</head>\n<results>\n{''.join(lines)}</results>\n</sparql>\n"


def _xml(term: Term) -> str:
    # a carriage return that is not written as a reference is read back as a line feed
    told = _binding(term)
    text = escape(told["value"].translate(_NO_XML), {"\r": "&#13;"})
    if told["type"] != "literal":
        return f"<{told['type']}>{text}</{told['type']}>"
    named = {"xml:lang": told.get("xml:lang"), "datatype": told.get("datatype")}
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in named.items() if value)
    return f"<literal{attributes}>{text}</literal>"


def _csv(rows: Rows) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(rows.variables)
    writer.writerows(["" if term is None else term.value for term in row] for row in rows)
    return target.getvalue()


def _tsv(rows: Rows) -> str:
    head = "\t".join(f"?{name}" for name in rows.variables)
    lines = ("\t".join("" if term is None else term.n3 for term in row) for row in rows)
    return "".join(f"{line}\n" for line in (head, *lines))


def _graph(triples: Iterable[Triple], fmt: str) -> bytes:
    import pyoxigraph

    from kg.export.rdf_text import turtle_of

    if fmt == "turtle":
        return turtle_of(triples)
    kinds: dict[str, Any] = {
        "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
        "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
    return pyoxigraph.serialize(triples, format=kinds[fmt]) or b""
