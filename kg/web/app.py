"""The application: its addresses, and what every response carries.

It only reads. It sends nothing to other origins, sets no cookie, and answers only to the names of
the machine that it was started for.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.export.results import OF_GRAPHS
from kg.terms import prefixes
from kg.web import pages, protocol
from kg.web.description import service_description
from kg.web.negotiation import MEDIA, accepted, ranked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.web.site import Site

_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The editor's table of results makes one style of its own, and its icons are data.
_EDITOR_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "connect-src", "font-src 'self' data:; connect-src"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class _Headers:
    """Puts the policy on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = _EDITOR_POLICY if scope["path"] == "/query" else _POLICY

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = {**_ALWAYS, "Content-Security-Policy": policy}
                message["headers"] = [
                    *message["headers"],
                    *((name.lower().encode(), value.encode()) for name, value in told.items()),
                ]
            await send(message)

        await self.app(scope, receive, send_with_policy)


def application(site: Site) -> Starlette:
    """Make the application that serves a site."""

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        await site.workers.start()
        yield
        await site.workers.stop()

    routes = [
        Route("/", pages.home),
        Route("/answer/{key}", pages.answer),
        Route("/statement/{key}", pages.statement),
        Route("/source/{key}", pages.source),
        Route("/audit", pages.audit),
        Route("/compare", pages.compare),
        Route("/graph/{key}.{kind:str}", pages.graph),
        Route("/graph/{key}", pages.graph),
        Route("/questions", pages.questions),
        Route("/questions/{name}", pages.question),
        Route("/query", pages.editor),
        Route("/vocabulary", pages.vocabulary),
        Route("/about", pages.about),
        Route("/id/{name:path}", pages.node),
        Route("/node/{name:path}", pages.described),
        Route("/data/{name:path}", pages.data),
        Route("/sparql", protocol.sparql, methods=["GET", "HEAD", "POST", "OPTIONS"]),
        Route("/graphs", protocol.graphs),
        Route("/prefixes.json", _prefixes),
        Route("/.well-known/void", _void),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    middleware = [
        Middleware(_Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(site.hosts), www_redirect=False),
    ]
    handlers = {404: _not_found, 405: _not_allowed}
    made = Starlette(
        routes=routes, middleware=middleware, lifespan=living, exception_handlers=handlers
    )
    made.state.site = site
    return made


async def _prefixes(_: Request) -> Response:
    return JSONResponse(dict(sorted(prefixes().items())))


async def _void(request: Request) -> Response:
    site: Site = request.app.state.site
    formats = ranked(accepted(request), OF_GRAPHS) or ["turtle"]
    endpoint = str(request.base_url) + "sparql"
    body = service_description(site, endpoint, formats[0])
    return Response(
        body, 200, {"ETag": site.tag(formats[0], endpoint), "Vary": "Accept"}, MEDIA[formats[0]]
    )


async def _not_found(request: Request, _: Exception) -> Response:
    return pages.missing(request, "there is no such page")


async def _not_allowed(request: Request, _: Exception) -> Response:
    return pages.missing(request, "this address is only read", 405)
