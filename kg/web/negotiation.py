"""Content negotiation: which of the offered media types a request likes best (RFC 9110, 12.5.1).

>>> chosen("text/csv;q=0.5, application/*", ("text/csv", "application/json"))
'application/json'
>>> chosen("image/png", ("text/csv",)) is None
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nquads": "application/n-quads",
    "html": "text/html; charset=utf-8",
}
_ALSO = {
    "application/json": ("json", "jsonld"),
    "application/xml": ("xml", "rdfxml"),
    "text/xml": ("xml", "rdfxml"),
    "text/plain": ("ntriples",),
    "application/x-turtle": ("turtle",),
}


def ranked(accept: str, formats: Sequence[str]) -> list[str]:
    """Return the formats that a request takes, the best first; among equals in their own order.

    :param accept: the header; everything is taken where it is empty
    :param formats: keys of :data:`MEDIA`

    >>> ranked("text/csv, application/json;q=0.9", ("json", "xml", "csv"))
    ['csv', 'json']
    """
    ranges = _ranges(accept)
    weighed = [(_weight(ranges, fmt), -at, fmt) for at, fmt in enumerate(formats)]
    return [fmt for weight, _, fmt in sorted(weighed, reverse=True) if weight > 0]


def chosen(accept: str, types: Sequence[str]) -> str | None:
    """Return the best of some media types, or None where none is taken."""
    ranges = _ranges(accept)
    weighed = [(_of_type(ranges, kind), -at, kind) for at, kind in enumerate(types)]
    weight, _, best = max(weighed)
    return best if weight > 0 else None


def accepted(request: Request) -> str:
    """Return what a request takes, of all of its ``Accept`` lines."""
    return ", ".join(request.headers.getlist("accept"))


def _weight(ranges: dict[str, float], fmt: str) -> float:
    bare = MEDIA[fmt].partition(";")[0]
    if bare in ranges:
        return ranges[bare]
    also = [ranges[kind] for kind, formats in _ALSO.items() if fmt in formats and kind in ranges]
    return max(also) if also else _of_type(ranges, bare)


def _of_type(ranges: dict[str, float], kind: str) -> float:
    bare = kind.partition(";")[0]
    for name in (bare, f"{bare.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in (accept.strip() or "*/*").split(","):
        kind, *parameters = (word.strip().lower() for word in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        if kind:
            found[kind] = weight
    return found
