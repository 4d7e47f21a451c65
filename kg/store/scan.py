"""A one-pass look at a query's words before any engine sees it.

It refuses what would reach the network (``SERVICE``) and what would kill the process (thousands of
nested brackets); everything else is left to the engine's own parser.

>>> scan('SELECT ?service WHERE { ?s ?p "SERVICE" } # SERVICE')
>>> scan("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }")
Traceback (most recent call last):
kg.store.errors.QueryError: the query cannot be answered: SERVICE would ask another server
"""

from __future__ import annotations

import re

from kg.store.errors import QueryError

MAX_DEPTH = 100
"""Deepest nesting of brackets that is passed on; the catalogued queries stay below 10."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|\#[^\n\r]*"
    r"|[?$@]\w+"
    r"|[\w.\-]*:[\w.\-]*"
    r"|(?P<word>[A-Za-z]\w*)"
    r"|(?P<open>[{(\[])"
    r"|(?P<close>[})\]])",
    re.DOTALL,
)


def scan(query: str) -> None:
    """Check a query's words.

    :raises QueryError: if it names another server or nests deeper than :data:`MAX_DEPTH`
    """
    depth = 0
    for token in _TOKEN.finditer(query):
        if token.lastgroup == "open":
            depth += 1
        elif token.lastgroup == "close":
            depth -= 1
        elif token.lastgroup == "word" and token["word"].upper() == "SERVICE":
            raise QueryError("SERVICE would ask another server")  # noqa: EM101
        if depth > MAX_DEPTH:
            why = f"brackets nest deeper than {MAX_DEPTH}"
            raise QueryError(why)
