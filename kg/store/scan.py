"""A one-pass look at a query's words before any engine sees it.

It refuses what would reach the network (``SERVICE``, ``LOAD``), what would kill the process
(thousands of nested brackets) and what no parser could read (a string without its end); and it
tells which graphs the query names in ``FROM``. Everything else is left to the engine's own parser.
Each character is looked at once, so that no text makes it slow.

>>> scan('SELECT ?service WHERE { ?s ?p "SERVICE" } # SERVICE')
()
>>> scan("PREFIX e: <http://e/> SELECT * FROM e:a FROM NAMED <http://e/b> { ?s ?p ?o }")
('http://e/a', 'http://e/b')
>>> scan("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }")
Traceback (most recent call last):
kg.store.errors.QueryError: the query cannot be answered: SERVICE would ask another server
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kg.store.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 100
"""Deepest nesting of brackets that is passed on; the catalogued queries stay below 10."""
MAX_LENGTH = 100_000
"""Longest query in characters; the catalogued queries stay below 5,000."""

_LOCAL = r":(?:(?:[\w:%]|\\.)(?:[\w.\-:%]|\\.)*+)?+"
_TOKEN = re.compile(
    r"(?P<long>\"\"\"|''')|(?P<short>[\"'])"
    r"|(?P<iri><(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)"
    r"|(?P<comment>\#[^\n\r]*+)|(?P<variable>[?$@]\w++)"
    rf"|(?P<name>[\w.\-]++)(?P<local>{_LOCAL})?+|(?P<colon>{_LOCAL})"
    r"|(?P<open>[{(\[])|(?P<close>[})\]])"
)
_ENDS = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*+"""', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]|\\.|'(?!''))*+'''", re.DOTALL),
    '"': re.compile(r'(?:[^"\\\n\r]|\\.)*+"'),
    "'": re.compile(r"(?:[^'\\\n\r]|\\.)*+'"),
}
_HIDING = ("service", "load", "\\u")
"""Words that :func:`scan` looks for, and an escape that may hide one."""
_FROM = re.compile(r"from\s*+(?:named\s*+)?+(?:[<\#]|[^\s:]{0,99}+\S)")
_REACHING = {
    "SERVICE": "SERVICE would ask another server",
    "LOAD": "LOAD would read another document",
}


def scan(query: str) -> tuple[str, ...]:
    """Check a query's words, and return the IRIs of the graphs that it names in FROM.

    :raises QueryError: if it names another server, is longer than :data:`MAX_LENGTH`, nests deeper
        than :data:`MAX_DEPTH` or holds a string without its end
    """
    if len(query) > MAX_LENGTH:
        why = f"it is longer than {MAX_LENGTH:,} characters"
        raise QueryError(why)
    graphs = _graphs(query)
    if "service" in query.lower():
        _parsed_without_service(query)
    return tuple(dict.fromkeys(graphs))


def graphs_named(query: str) -> tuple[str, ...]:
    """Return what :func:`scan` does, at once where a text has nothing that it looks for.

    A string without its end is left to the engine.

    :raises QueryError: as :func:`scan` does

    >>> graphs_named("SELECT * WHERE { ?from ?p 'from here' }")
    ()
    >>> graphs_named("SELECT * FROM <http://e/a> WHERE { ?s ?p ?o }")
    ('http://e/a',)
    """
    deep = sum(map(query.count, "{([")) > MAX_DEPTH
    text = query.lower()
    if deep or len(query) > MAX_LENGTH or any(word in text for word in _HIDING):
        return scan(query)
    return scan(query) if "from" in text and _FROM.search(text) else ()


def _parsed_without_service(query: str) -> None:
    """Let another parser look where the word stands, even in a string or a comment.

    Whoever wants to hide a word has to have both parsers read the text alike and the engine
    otherwise. Escapes outside strings, which the parsers read differently, are refused with it.
    """
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    why = "it cannot be told that SERVICE in it asks no other server"
    if re.search(r"\\u", query, re.IGNORECASE):
        raise QueryError(why)
    try:
        left: list[object] = [parseQuery(query)]
    except (ParseException, RecursionError) as error:
        raise QueryError(why) from error
    while left:
        part = left.pop()
        if isinstance(part, CompValue) and part.name == "ServiceGraphPattern":
            raise QueryError(_REACHING["SERVICE"])
        if isinstance(part, CompValue):
            left.extend(part.values())
        elif not isinstance(part, str) and hasattr(part, "__iter__"):
            left.extend(part)


def _graphs(query: str) -> list[str]:
    depth = 0
    words: list[str] = []
    prefixes: dict[str, str] = {"BASE": ""}
    graphs: list[str] = []
    for kind, text in _tokens(query):
        if kind == "open":
            depth += 1
            if depth > MAX_DEPTH:
                why = f"brackets nest deeper than {MAX_DEPTH}"
                raise QueryError(why)
        elif kind == "close":
            depth -= 1
        elif kind == "word" and text == "LOAD":
            raise QueryError(_REACHING[text])
        elif kind == "word" and "SERVICE" in text:  # also 1SERVICE, which the engine reads apart
            raise QueryError(_REACHING["SERVICE"])
        elif kind == "iri":
            prefix = text.partition(":")[0]
            declared = words[-1:] == ["PREFIX"] or f"{prefix}:" in prefixes
            if text[0] != "<" and "SERVICE" in prefix.upper() and not declared:
                raise QueryError(_REACHING["SERVICE"])
            _note(words, prefixes, graphs, text)
        words = [*words[-2:], text if kind in {"word", "iri"} else kind]
    return graphs


def _note(words: list[str], prefixes: dict[str, str], graphs: list[str], iri: str) -> None:
    """Note a declared prefix, or a graph that is named in FROM."""
    if len(words) > 1 and words[-2] == "PREFIX":
        prefixes[words[-1]] = urljoin(prefixes["BASE"], iri[1:-1])
    elif words[-1:] == ["BASE"]:
        prefixes["BASE"] = iri[1:-1]
    elif words[-1:] == ["FROM"] or words[-2:] == ["FROM", "NAMED"]:
        head, sign, local = iri.partition(":")
        known = prefixes.get(head + sign, "") + local.replace("\\", "")
        graphs.append(urljoin(prefixes["BASE"], iri[1:-1]) if iri[0] == "<" else known)


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield kind and text: ``word`` in capitals, ``iri`` in brackets or with its prefix."""
    at = 0
    while found := _TOKEN.search(query, at):
        at = found.end()
        kind = found.lastgroup or ""
        text = found[kind]
        if kind in {"long", "short"}:
            end = _ENDS[text].match(query, at)
            if end is None:
                line = query.count("\n", 0, found.start()) + 1
                why = f"a string that starts in line {line} does not end"
                raise QueryError(why)
            at = end.end()
        elif kind == "name":
            for word in re.split(r"[.\-]", text):
                yield "word", word.upper()
        elif kind == "local":
            yield "iri", found["name"] + text
        elif kind == "colon":
            yield "iri", text
        elif kind in {"iri", "open", "close"}:
            yield kind, text
