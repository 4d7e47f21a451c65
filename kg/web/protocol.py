"""The SPARQL 1.1 Protocol at ``/sparql``, for queries alone, and Graph Store reads at ``/graphs``.

An answer is whole or an error with a status of its own:

====  ==========================================================================
400   no query, more than one, or one that is refused; the body says where and why
403   an update: nothing is written here
406   no format that the request takes can hold the answer
413   the answer has more rows than are given
415   a body that is neither a form nor a query
503   no process came free
504   the query took all of its time or memory
====  ==========================================================================
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import PlainTextResponse, Response

from kg.export.results import OF_GRAPHS, OF_ROWS
from kg.web.description import service_description
from kg.web.negotiation import MEDIA, accepted, ranked
from kg.web.workers import (
    Answered,
    Asked,
    BusyError,
    QueryRefusedError,
    QueryStoppedError,
    QueryTooLargeError,
    QueryUnacceptableError,
)

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.errors import KgError
    from kg.web.site import Site

_QUERY_TYPE, _FORM = "application/sparql-query", "application/x-www-form-urlencoded"
_MOST_BODY = 200_000
_STATUS: dict[type[KgError], int] = {
    QueryRefusedError: 400,
    QueryTooLargeError: 413,
    QueryStoppedError: 504,
    BusyError: 503,
}
ALLOWED = "GET, HEAD, POST, OPTIONS"


class ProtocolError(Exception):
    """A request that is no query of the protocol, with the status that says so."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


async def sparql(request: Request) -> Response:
    """Answer a query by GET or by either POST; describe the service where there is none."""
    site: Site = request.app.state.site
    if request.method == "OPTIONS":
        return Response(
            status_code=204, headers={"Allow": ALLOWED, "Accept-Post": f"{_FORM}, {_QUERY_TYPE}"}
        )
    try:
        pairs = await _parameters(request)
        if request.method in {"GET", "HEAD"} and not pairs:
            return _described(request, site)
        asked = _asked(pairs, accepted(request))
    except ProtocolError as error:
        return _told(error.status, error.why)
    tag = _tag(site, asked)
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
    return await answered(site, asked, tag)


async def answered(site: Site, asked: Asked, tag: str) -> Response:
    """Ask, and turn whatever comes of it into a response."""
    most = str(site.workers.limits.rows)
    try:
        found = await site.workers.answer(asked)
    except QueryUnacceptableError as error:
        able = ", ".join(MEDIA[fmt].partition(";")[0] for fmt in error.able)
        return _told(406, f"the answer can be had as {able}")
    except tuple(_STATUS) as error:
        status = _STATUS[type(error)]
        headers = {"Row-Limit": most} | ({"Retry-After": "1"} if status == 503 else {})
        return _told(status, str(error), headers)
    return Response(found.body, 200, _headers(found, tag, most), MEDIA[found.format])


async def graphs(request: Request) -> Response:
    """Read a named graph, or the union of all, by the Graph Store Protocol."""
    site: Site = request.app.state.site
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    names = [value for key, value in pairs if key == "graph"]
    if len(names) + sum(key == "default" for key, _ in pairs) != 1:
        return _told(400, "give either ?default or one ?graph=IRI")
    formats = ranked(accepted(request), OF_GRAPHS)
    if not formats:
        return _told(406, "the graph can be had as text/turtle, application/n-triples and others")
    asked = Asked("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", formats, tuple(names))
    found = await answered(site, asked, _tag(site, asked))
    return (
        _told(404, f"there is no graph <{names[0]}>")
        if names and found.status_code == 400
        else found
    )


async def _parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of a request, whichever of the three ways they came by."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    if request.method != "POST":
        return pairs
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BODY:
            raise ProtocolError(413, f"the body is longer than {_MOST_BODY:,} bytes")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the body is no UTF-8: {error.reason}") from error
    if kind == _QUERY_TYPE:
        return [*pairs, ("query", text)]
    if kind == _FORM:
        return [*pairs, *parse_qsl(text, keep_blank_values=True)]
    if kind == "application/sparql-update":
        raise ProtocolError(403, "nothing is written here")
    raise ProtocolError(415, f"the body is {kind or 'of no type'}; give {_FORM} or {_QUERY_TYPE}")


def _asked(pairs: list[tuple[str, str]], accept: str) -> Asked:
    queries = [value for key, value in pairs if key == "query"]
    if any(key == "update" for key, _ in pairs):
        raise ProtocolError(403, "nothing is written here")
    if len(queries) != 1:
        raise ProtocolError(400, f"there are {len(queries)} queries; give one")
    named = dict(pairs).get("format")
    formats = [named] if named in {*OF_ROWS, *OF_GRAPHS} else ranked(accept, (*OF_ROWS, *OF_GRAPHS))
    return Asked(
        queries[0],
        formats,
        tuple(value for key, value in pairs if key == "default-graph-uri"),
        tuple(value for key, value in pairs if key == "named-graph-uri"),
    )


def _described(request: Request, site: Site) -> Response:
    formats = ranked(accepted(request), OF_GRAPHS)
    if not formats:
        return _told(406, "the description of the service can be had as text/turtle and others")
    endpoint = str(request.url.replace(query=""))
    body = service_description(site, endpoint, formats[0])
    headers = {"ETag": site.tag(formats[0], endpoint), "Vary": "Accept"}
    return Response(body, 200, headers, MEDIA[formats[0]])


def _headers(found: Answered, tag: str, most: str) -> dict[str, str]:
    headers = {"ETag": tag, "Vary": "Accept", "Row-Limit": most, "Row-Count": str(found.rows)}
    if found.format in {"csv", "tsv"}:
        name = hashlib.sha256(found.body).hexdigest()[:16]
        headers["Content-Disposition"] = f'attachment; filename="{name}.{found.format}"'
    return headers


def _tag(site: Site, asked: Asked) -> str:
    return site.tag(asked.query, repr((tuple(asked.formats), asked.default, asked.named)))


def _told(status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{why}\n", status, headers)
