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

from kg.store.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 100
"""Deepest nesting of brackets that is passed on; the catalogued queries stay below 10."""
MAX_LENGTH = 100_000
"""Longest query in characters; the catalogued queries stay below 5,000."""

_TOKEN = re.compile(
    r"(?P<long>\"\"\"|''')|(?P<short>[\"'])|(?P<iri><[^<>\"{}|^`\\\s]*+>)"
    r"|(?P<comment>\#[^\n\r]*+)|(?P<variable>[?$@]\w++)"
    r"|(?P<name>[\w.\-]++)(?P<local>:(?:[\w.\-:%]|\\.)*+)?+|(?P<colon>:(?:[\w.\-:%]|\\.)*+)"
    r"|(?P<open>[{(\[])|(?P<close>[})\]])"
)
_ENDS = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*+"""', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]|\\.|'(?!''))*+'''", re.DOTALL),
    '"': re.compile(r'(?:[^"\\\n\r]|\\.)*+"'),
    "'": re.compile(r"(?:[^'\\\n\r]|\\.)*+'"),
}
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(000[0-9A-Fa-f]{5})")
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
    plain = _ESCAPED.sub(lambda code: chr(int(code[1] or code[2], 16)), query)
    return tuple(dict.fromkeys(graph for text in (query, plain) for graph in _graphs(text)))


def _graphs(query: str) -> list[str]:
    depth = 0
    words: list[str] = []
    prefixes: dict[str, str] = {}
    graphs: list[str] = []
    for kind, text in _tokens(query):
        if kind == "open":
            depth += 1
            if depth > MAX_DEPTH:
                why = f"brackets nest deeper than {MAX_DEPTH}"
                raise QueryError(why)
        elif kind == "close":
            depth -= 1
        elif kind == "word" and text in _REACHING:
            raise QueryError(_REACHING[text])
        elif kind == "iri":
            _note(words, prefixes, graphs, text)
        words = [*words[-2:], text if kind in {"word", "iri"} else kind]
    return graphs


def _note(words: list[str], prefixes: dict[str, str], graphs: list[str], iri: str) -> None:
    """Note a declared prefix, or a graph that is named in FROM."""
    if len(words) > 1 and words[-2] == "PREFIX":
        prefixes[words[-1]] = iri[1:-1]
    elif words[-1:] == ["FROM"] or words[-2:] == ["FROM", "NAMED"]:
        head, sign, local = iri.partition(":")
        graphs.append(iri[1:-1] if iri[0] == "<" else prefixes.get(head + sign, "") + local)


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
