"""The catalogue of SPARQL queries: each ``.rq`` file documents itself and runs on any engine.

``queries/questions/`` hold questions, whose rows are the answer; ``queries/audit/`` hold audits,
of which every row is a finding. A file starts with its header::

    # # Title
    # **Question:** what it asks, and why one wants to know.   (or **Problem:** in an audit)
    # **Solution:** what to do with a row.
    #+ question: Q05
    #+ severity: warning
    #+ column statement: the short id of the statement

and a parameter is one line, first in WHERE, with its default::

    VALUES ?max { 20 }  #+ param max xsd:integer most participants

>>> query = get("q10-doses")
>>> query.kind, query.question, [column.name for column in query.columns][:2]
('question', 'Q10', ['trial', 'group'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import assets, terms
from kg.errors import KgError, UsageError
from kg.store import Term, TermKind
from kg.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.store import Rows, Store

XSD = "http://www.w3.org/2001/XMLSchema#"
KINDS = {"questions": "question", "audit": "audit"}
_FIELD = re.compile(r"^#\+ (?P<key>[a-z-]+)(?: (?P<name>\w+))?: (?P<value>.+)$")
_PARAMETER = re.compile(
    r"^\s*VALUES \?(?P<name>\w+) \{ (?P<default>.+?) \}"
    r"\s+#\+ param (?P<said>\w+) (?P<datatype>\S+) (?P<meaning>.+)$"
)
_LEXICAL = {
    "xsd:integer": re.compile(r"[+-]?\d+"),
    "xsd:decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "xsd:boolean": re.compile(r"true|false"),
    "xsd:string": re.compile(r"(?s).*"),
}


class QueryFileError(KgError):
    """A query file whose header is not as the catalogue needs it."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(f"the header of {name}.rq is incomplete: {why}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a caller may choose.

    :param datatype: ``iri`` or one of ``xsd:integer xsd:decimal xsd:boolean xsd:string``
    :param default: as it stands in the file
    :param line: the whole line that a term takes the place of
    """

    name: str
    datatype: str
    meaning: str
    default: str
    line: str


@dataclass(frozen=True, slots=True)
class Column:
    """A result column and what it holds."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Query:
    """One query file, its header read.

    :param kind: ``question`` or ``audit``
    :param problem: what a row says, and why one wants to know
    :param solution: what to do with a row
    :param fields: the other ``#+`` lines: ``question``, ``severity``, ``message``, ``rule``, …
    :param text: the file as it stands, which any SPARQL 1.1 engine runs
    """

    name: str
    kind: str
    title: str
    problem: str
    solution: str
    columns: tuple[Column, ...]
    parameters: tuple[Parameter, ...]
    fields: tuple[tuple[str, str], ...]
    text: str

    def field(self, key: str) -> str | None:
        """Return a header line's value, or None."""
        return dict(self.fields).get(key)

    @property
    def question(self) -> str | None:
        """The number of the competency question that it answers, if it answers one."""
        return self.field("question")


@cache
def catalogue() -> tuple[Query, ...]:
    """Read every query file, sorted by kind and name.

    :raises QueryFileError: if a header lacks what the catalogue needs
    """
    root = assets.folder("queries")
    return tuple(
        read(path.read_text(encoding="utf-8"), path.stem, kind)
        for folder, kind in sorted(KINDS.items())
        for path in sorted((root / folder).glob("*.rq"))
    )


@cache
def _by_name() -> dict[str, Query]:
    return {query.name: query for query in catalogue()}


def get(name: str) -> Query:
    """Return a catalogued query by its name, its question's number (``Q05``), or its file.

    :raises UsageError: if there is none, with the names that come near
    """
    named = _by_name()
    wanted = name if name in named else Path(name).name.removesuffix(".rq")
    if wanted in named:
        return named[wanted]
    for query in catalogue():
        if wanted.upper() == query.question:
            return query
    near = get_close_matches(wanted, [query.name for query in catalogue()], n=3, cutoff=0.4)
    raise UsageError(
        f"no query is called {name!r}",  # noqa: EM102
        expected=f"one such as {', '.join(near)}" if near else None,
        hint="`kg query --list` shows all",
    )


def read(text: str, name: str, kind: str = "question") -> Query:
    """Read a query file's header.

    :param name: the file's name without its suffix
    :raises QueryFileError: if the title or the problem is missing, or a parameter is not declared
        as the module's docstring says
    """
    lines = text.splitlines()
    found = [match for line in lines if (match := _FIELD.match(line))]
    title = next((line[4:].strip() for line in lines if line.startswith("# # ")), "")
    problem = _paragraph(lines, "Problem") or _paragraph(lines, "Question")
    if not title or not problem:
        raise QueryFileError(name, "a title and a **Problem:** or **Question:** are needed")
    return Query(
        name,
        kind,
        title,
        problem,
        _paragraph(lines, "Solution"),
        tuple(Column(m["name"], m["value"]) for m in found if m["key"] == "column"),
        _parameters(lines, name),
        tuple((m["key"], m["value"]) for m in found if m["key"] != "column"),
        text,
    )


def _paragraph(lines: list[str], label: str) -> str:
    """Join a labelled paragraph of the header, which goes on until the next mark."""
    words: list[str] = []
    for line in lines:
        if line.startswith(f"# **{label}:**"):
            words = [line.partition(":**")[2].strip()]
        elif words and line.startswith("# ") and not line.startswith(("# **", "# #")):
            words.append(line[2:].strip())
        elif words:
            break
    return " ".join(words)


def _parameters(lines: list[str], name: str) -> tuple[Parameter, ...]:
    made = []
    for line in lines:
        if "#+ param " not in line:
            continue
        match = _PARAMETER.match(line)
        known = match and match["datatype"] in {"iri", *_LEXICAL} and match["name"] == match["said"]
        if not match or not known:
            raise QueryFileError(name, f"not a parameter: {line.strip()}")
        parts = (match["name"], match["datatype"], match["meaning"], match["default"])
        made.append(Parameter(*parts, line))
    return tuple(made)


Given = Term | str | int | Decimal | bool


def bind(query: Query, base: str = DEFAULT_BASE, /, **given: Given) -> str:
    r"""Put typed terms in place of a query's parameters. Nothing else ever enters its text.

    :param base: what a node id stands below where a parameter takes an IRI
    :param given: parameter → a term, a Python value, or text: N-Triples, a CURIE or node id for
        an IRI, or the lexical form of a literal
    :raises UsageError: if the query has no such parameter, or the term is not of its type

    >>> query = read("# # T\n# **Question:** Q?\nSELECT DISTINCT ?max WHERE {\n"
    ...     "VALUES ?max { 20 }  #+ param max xsd:integer most\n} ORDER BY ?max", "t")
    >>> bind(query, max=5).splitlines()[3]
    'VALUES ?max { "5"^^<http://www.w3.org/2001/XMLSchema#integer> }'
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    text = query.text
    for name, value in given.items():
        if name not in known:
            has = ", ".join(sorted(known)) or "none"
            raise UsageError(f"{query.name} has no parameter {name!r}", expected=has)  # noqa: EM102
        term = _typed(value, known[name], base)
        text = text.replace(known[name].line, f"VALUES ?{name} {{ {term} }}")
    return text


def run(store: Store, name: str, base: str = DEFAULT_BASE, /, **given: Given) -> Rows:
    """Answer a catalogued query.

    :raises UsageError: as :func:`get` and :func:`bind`
    """
    return store.select(bind(get(name), base, **given))


def _typed(value: Given, parameter: Parameter, base: str) -> str:
    """Write a value as the N-Triples form of a term of the parameter's type."""
    term = value if isinstance(value, Term) else _parsed(str(value))
    if term is None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return _of_text(text, parameter, base)
    if parameter.datatype == "iri" and term.kind is TermKind.IRI:
        return _of_text(term.value, parameter, base)
    wanted = parameter.datatype.replace("xsd:", XSD)
    if term.kind is TermKind.LITERAL and term.datatype == wanted:
        return _of_text(term.value, parameter, base)
    raise _ill_typed(value, parameter)


def _of_text(text: str, parameter: Parameter, base: str) -> str:
    import pyoxigraph

    if parameter.datatype == "iri":
        try:
            return str(pyoxigraph.NamedNode(terms.from_curie(text, base)))
        except ValueError as error:
            raise _ill_typed(text, parameter) from error
    if not _LEXICAL[parameter.datatype].fullmatch(text):
        raise _ill_typed(text, parameter)
    datatype = pyoxigraph.NamedNode(parameter.datatype.replace("xsd:", XSD))
    return str(pyoxigraph.Literal(text, datatype=datatype))


def _parsed(text: str) -> Term | None:
    """Read N-Triples; None where the text is none, and so the lexical form or a CURIE."""
    import pyoxigraph

    if not text.startswith(('"', "<")):
        return None
    try:
        (quad,) = pyoxigraph.parse(
            f"<x:s> <x:p> {text} .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES
        )
    except (SyntaxError, ValueError):
        return None
    if isinstance(quad.object, pyoxigraph.NamedNode):
        return Term.iri(quad.object.value)
    if isinstance(quad.object, pyoxigraph.Literal):
        return Term.literal(quad.object.value, quad.object.datatype.value)
    return None


def _ill_typed(value: Given, parameter: Parameter) -> UsageError:
    kind = "an IRI, a CURIE or a node id" if parameter.datatype == "iri" else parameter.datatype
    shown = value.n3 if isinstance(value, Term) else str(value)
    return UsageError(
        f"{parameter.name} cannot be {shown}", expected=f"{kind}: {parameter.meaning}"
    )
