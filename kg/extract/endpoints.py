"""Which outcomes a record calls primary, and which secondary.

``The primary endpoint was X`` and ``secondary outcomes were X, Y and Z`` name them; each named
thing is an outcome of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.frames import Frames
from kg.extract.phrases import Span
from kg.model import EndpointRole
from kg.text.lexicon import concepts
from kg.text.tokens import words

_NAMED = re.compile(
    r"\b(?P<role>primary|secondary)(?:\s+(?:efficacy|safety|clinical|study|composite))?"
    r"(?:\s+(?:and\s+secondary))?\s+(?:end-?\s?points?|outcomes?(?:\s+measures?)?)"
    r"(?:\s+measures?)?\s*(?:was|were|is|are|included|includes|:|,)\s*",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:,?\s+(?:measured|assessed|evaluated|defined|determined|at|after|from|over|within|"
    r"during|"
    r"between|as measured|using|by|according)\b.*|[.;(].*)\Z",
    re.DOTALL,
)
_PARTS = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*;\s*")
_LONGEST = 160
_LEAD = re.compile(r"(?:the|a|an|change[s]? in|incidence of|any|rate of|proportion of)\s+", re.I)


def endpoint_roles(frames: Frames) -> Iterator[tuple[str, EndpointRole]]:
    """Yield the outcomes with the role that the record's words give them."""
    text = frames.reading.text
    for sentence in frames.reading.sentences:
        for match in _NAMED.finditer(text, sentence.start, sentence.end):
            role = EndpointRole(match.group("role").lower())
            end = min(sentence.end, match.end() + _LONGEST)
            body = _CUT.sub("", text[match.end() : end])
            for span in _spans(match.end(), body, role):
                span = _led(text, span)
                if concepts(words(text, *span)):
                    yield frames.outcome(span), role


def _spans(start: int, body: str, role: EndpointRole) -> Iterator[Span]:
    """Cut a list of outcomes; a primary outcome is one unless commas part it."""
    if role is EndpointRole.PRIMARY and "," not in body:
        yield start, start + len(body.rstrip(" .,"))
        return
    at = 0
    for match in _PARTS.finditer(body):
        if match.start() > at:
            yield start + at, start + match.start()
        at = match.end()
    rest = body[at:].rstrip(" .,")
    if rest:
        yield start + at, start + at + len(rest)


def _led(text: str, span: Span) -> Span:
    start, end = span
    while match := _LEAD.match(text, start, end):
        start = match.end()
    return (start, end) if end > start else span
