"""The reference: a page for each term, the list of constraints, and a page for each query.

Everything is read from ``ontology/`` and from the headers of ``queries/``; nothing is told twice.

    python -m kg.vocabulary docs/reference

>>> sorted(path for path, _ in pages())[:2]
['constraints.md', 'index.md']
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg import assets, queries
from kg.terms import FAULT, NS, VERDICT, curie, from_curie

Facts = Mapping[str, Sequence[str]]
_KINDS = {
    "owl:Class": "class", "owl:ObjectProperty": "property", "owl:DatatypeProperty": "property",
    "owl:AnnotationProperty": "property", "skos:Concept": "concept",
    "skos:ConceptScheme": "list of concepts",
}  # fmt: skip
_ROWS = (
    ("Definition", "skos:definition"), ("Example", "skos:example"), ("Not", "skos:scopeNote"),
    ("Used", "rdfs:comment"), ("Kind of", "rdfs:subClassOf"), ("Code", "skos:notation"),
    ("Of the list", "skos:inScheme"), ("Near", "skos:closeMatch"),
    ("Related", "skos:relatedMatch"), ("Deprecated", "owl:deprecated"),
    ("Instead", "dcterms:isReplacedBy"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Constraint:
    """A numbered constraint: its shapes with their messages, the gravest severity, the reason."""

    number: str
    severity: str
    shapes: tuple[tuple[str, str], ...]
    reason: str


@dataclass(slots=True)
class _Read:
    facts: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(_lists))


def _lists() -> dict[str, list[str]]:
    return defaultdict(list)


# Checked beside SHACL, which cannot say them well.
_BESIDE = (
    Constraint("C38", "violation", (
        ("NoBlankNode", "Every node is named by an IRI."),
        ("KnownIri", "An IRI names a node below the base, a work, or a term in use."),
    ), "A node without a name of its own cannot be cited, compared or kept."),
    Constraint("C39", "violation", (
        ("DeclaredTerm", "Only declared terms of our own are used."),
    ), "A misspelt term is silently asked for by nobody."),
)  # fmt: skip


def _facts(*paths: Path) -> Mapping[str, Facts]:
    """Read Turtle: subject → property → values, all as CURIEs or texts."""
    import pyoxigraph

    read = _Read()
    for path in paths:
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            if not isinstance(triple.subject, pyoxigraph.NamedNode):
                continue
            value = triple.object
            if isinstance(value, pyoxigraph.NamedNode):
                text = curie(value.value)
            else:
                text = getattr(value, "value", "")
            own = read.facts[curie(triple.subject.value)][curie(triple.predicate.value)]
            own.append(text)
    return read.facts


def terms() -> Mapping[str, Facts]:
    """Return the facts of each term of our own, by CURIE."""
    folder = assets.folder("ontology")
    facts = _facts(*(folder / f"{name}.ttl" for name in ("claims", "schemes", "mappings")))
    own = (NS, VERDICT, FAULT)
    return {name: facts[name] for name in sorted(facts) if _iri(name).startswith(own)}


def _iri(name: str) -> str:
    return name[1:-1] if name.startswith("<") else from_curie(name)


def constraints() -> tuple[Constraint, ...]:
    """Return the numbered constraints, in order.

    >>> len(constraints()), constraints()[4].number
    (40, 'C05')
    """
    folder = assets.folder("ontology") / "shapes"
    found: defaultdict[str, list[tuple[str, Facts]]] = defaultdict(list)
    for name, facts in sorted(_facts(*sorted(folder.glob("*.ttl"))).items()):
        for number in facts.get("dcterms:identifier", ()):
            found[number].append((_local(name), facts))
    made = [
        Constraint(
            number,
            min((_local(f["sh:severity"][0]).lower() for _, f in own), key=_gravity),
            tuple((name, " ".join(f["sh:message"])) for name, f in own),
            own[0][1]["rdfs:comment"][0],
        )
        for number, own in found.items()
    ]
    return tuple(sorted([*made, *_BESIDE], key=lambda constraint: constraint.number))


def _gravity(severity: str) -> int:
    return ("violation", "warning", "info").index(severity)


def _local(name: str) -> str:
    return name.replace("/", "#").replace(":", "#").rstrip(">").rpartition("#")[2]


def pages() -> Iterator[tuple[str, str]]:
    """Yield each page: its path below the reference's folder, and its Markdown."""
    known = terms()
    yield "index.md", _index(known)
    yield "constraints.md", _constraints()
    for name, facts in known.items():
        yield _page(name), _term(name, facts, known)
    for query in queries.catalogue():
        yield f"queries/{query.name}.md", _query(query)


def _page(name: str) -> str:
    return f"terms/{name.replace(':', '-')}.md"


def _label(facts: Facts) -> str:
    return (facts.get("rdfs:label") or facts.get("skos:prefLabel") or ["–"])[0]


def _index(known: Mapping[str, Facts]) -> str:
    lines = ["# Reference", "", "Made of `ontology/` and `queries/` by `make reference`.", ""]
    lines += ["[Constraints](constraints.md)", "", "## Terms", ""]
    for name, facts in known.items():
        kind = next((_KINDS[k] for k in facts.get("rdf:type", ()) if k in _KINDS), "term")
        lines.append(f"- [`{name}`]({_page(name)}) {kind}: {_label(facts)}")
    lines += ["", "## Queries", ""]
    for query in queries.catalogue():
        lines.append(f"- [`{query.name}`](queries/{query.name}.md) {query.title}")
    return "\n".join(lines) + "\n"


def _constraints() -> str:
    lines = [
        "# Constraints", "",
        "A violation says that the graph is ill-made; a warning or an info tells a fault of the "
        "answer or of a work.", "",
        "| Number | Severity | Shapes | What it says | Why |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for one in constraints():
        shapes = ", ".join(f"`{name}`" for name, _ in one.shapes)
        says = " ".join(dict.fromkeys(message for _, message in one.shapes))
        lines.append(f"| {one.number} | {one.severity} | {shapes} | {says} | {one.reason} |")
    return "\n".join(lines) + "\n"


def _term(name: str, facts: Facts, known: Mapping[str, Facts]) -> str:
    lines = [f"# {_label(facts)}", "", f"`{name}`, <{_iri(name)}>", ""]
    for title, prop in _ROWS:
        for value in facts.get(prop, ()):
            shown = f"[`{value}`]({_page(value)[6:]})" if value in known else value
            lines.append(f"- **{title}**: {shown}")
    members = [other for other, f in known.items() if name in f.get("skos:inScheme", ())]
    lines += [f"- **Member**: [`{other}`]({_page(other)[6:]})" for other in members]
    return "\n".join(lines) + "\n"


def _query(query: queries.Query) -> str:
    lines = [f"# {query.title}", "", f"`kg query {query.name}`"]
    lines[-1] += f" ({query.question})" if query.question else ""
    lines += ["", query.problem, "", query.solution, ""]
    severity = query.field("severity")
    lines += [f"- **Severity**: {severity}"] if severity else []
    for parameter in query.parameters:
        lines.append(
            f"- **Parameter** `{parameter.name}`, {parameter.datatype}, by default "
            f"`{parameter.default}`: {parameter.meaning}"
        )
    lines += [f"- **Column** `{column.name}`: {column.meaning}" for column in query.columns]
    return "\n".join([*lines, "", "```sparql", query.text.rstrip(), "```"]) + "\n"


def write(folder: Path) -> int:
    """Write every page below a folder; return how many there are."""
    number = 0
    for path, text in pages():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        number += 1
    return number


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))} pages in {sys.argv[1]}\n")
