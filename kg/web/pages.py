"""The pages: each is a look-up, a template, and nothing that a browser must run to read it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from kg import __version__, queries
from kg.errors import KgError, UsageError
from kg.export.results import star
from kg.report.wording import SEVERITIES
from kg.terms import expand
from kg.vocabulary import constraints, terms
from kg.web import drawing, reading
from kg.web.chain import statement as statement_view
from kg.web.comparison import with_the_build_before
from kg.web.negotiation import MEDIA, accepted, ranked
from kg.web.templates import rendered
from kg.web.workers import Asked

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.findings import Finding
    from kg.queries import Query
    from kg.web.site import Site

PER_PAGE = 100
SHOWN_ROWS = 1_000
SECTIONS_OF = 10
_BY_ACCEPT = {"Vary": "Accept"}
_RDF = ("turtle", "ntriples", "rdfxml", "jsonld")


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


async def home(request: Request) -> Response:
    """List the answers; one alone is shown at once."""
    site = _site(request)
    held = reading.answers(site)
    if len(held) == 1:
        return RedirectResponse(f"/answer/{held[0].key}", 303)
    page = _number(request.query_params.get("page"), 1)
    shown = held[(page - 1) * PER_PAGE : page * PER_PAGE]
    more = len(held) > page * PER_PAGE
    return rendered("answers", request, answers=shown, total=len(held), page=page, more=more)


async def answer(request: Request) -> Response:
    """Show an answer as written, each statement marked, and one of them opened."""
    site = _site(request)
    held = reading.document(site, request.path_params["key"])
    if held is None:
        return missing(request, "this store has no such answer")
    view = reading.answer(site, held)
    wanted = request.query_params.get("verdict")
    opened = request.query_params.get("statement")
    keys = {one.short: one.key for one in view.stretches if one.key}
    chain = (
        statement_view(site, expand(f"statement/{keys[opened]}", site.base))
        if opened in keys
        else None
    )
    return rendered("answer", request, view=view, wanted=wanted, chain=chain)


async def statement(request: Request) -> Response:
    """Show a statement's evidence chain."""
    site = _site(request)
    try:
        view = statement_view(site, expand(f"statement/{request.path_params['key']}", site.base))
    except UsageError:
        return missing(request, "this store has no such statement")
    return rendered("statement", request, chain=view)


async def source(request: Request) -> Response:
    """Show a document as it was read, with the passages that something rests on marked."""
    site = _site(request)
    held = reading.document(site, request.path_params["key"])
    if held is None:
        return missing(request, "this store has no such document")
    start, end = (_number(request.query_params.get(name), -1) for name in ("start", "end"))
    chosen = (start, end) if 0 <= start < end else None
    return rendered("source", request, view=reading.source(site, held, chosen), chosen=chosen)


async def audit(request: Request) -> Response:
    """Show the findings: counted by rule and severity, and listed as far as they are filtered."""
    site = _site(request)
    found = await run_in_threadpool(lambda: site.findings)
    rules: dict[str, Counter[str]] = {}
    for finding in found:
        rules.setdefault(finding.rule, Counter())[finding.severity.value] += 1
    rule, severity = (request.query_params.get(name) for name in ("rule", "severity"))
    listed = [
        finding
        for finding in found
        if rule in (None, finding.rule) and severity in (None, finding.severity.value)
    ]
    page = _number(request.query_params.get("page"), 1)
    shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    known = reading.answers(site)
    totals = Counter(finding.severity.value for finding in found)
    return rendered(
        "audit", request, rules=sorted(rules.items()), totals=totals, severities=SEVERITIES,
        listed=[(one, _statement_key(site, one)) for one in shown], number=len(listed), page=page,
        more=len(listed) > page * PER_PAGE, rule=rule, severity=severity,
        answers=[(held, reading.answer(site, held)) for held in known[:SECTIONS_OF]],
        more_answers=len(known) - SECTIONS_OF,
        documents=reading.documents(site)[:PER_PAGE],
        drawing=drawing.bars([(name, totals[name]) for name in SEVERITIES]),
    )  # fmt: skip


async def compare(request: Request) -> Response:
    """Compare the build that is shown with the one before it."""
    held = await run_in_threadpool(with_the_build_before, _site(request))
    return rendered("compare", request, held=held)


async def graph(request: Request) -> Response:
    """Draw a statement's neighbourhood, beside the same as a table."""
    site = _site(request)
    try:
        drawn = drawing.neighbourhood(site, request.path_params["key"])
    except UsageError:
        return missing(request, "this store has no such statement")
    kind = request.path_params.get("kind", "html")
    if kind not in {"html", "svg", "graphml", "json"}:
        return missing(request, "a drawing can be had as svg, graphml or json")
    if kind == "html":
        return rendered("graph", request, drawn=drawn)
    body, media = {
        "svg": (drawn.svg.encode(), "image/svg+xml"),
        "graphml": (drawn.graphml(), "application/graphml+xml"),
        "json": (json.dumps(drawn.elements()).encode(), "application/json"),
    }[kind]
    headers = {}
    if kind != "json":
        headers["Content-Disposition"] = f'attachment; filename="{drawn.key[:16]}.{kind}"'
    return Response(body, 200, headers, media)


async def questions(request: Request) -> Response:
    """List the catalogued questions and audits."""
    kinds: dict[str, list[Query]] = {}
    for query in queries.catalogue():
        kinds.setdefault(query.kind, []).append(query)
    return rendered("questions", request, kinds=kinds)


async def question(request: Request) -> Response:
    """Ask a catalogued question with the terms that its form was given."""
    site = _site(request)
    try:
        query = queries.get(request.path_params["name"])
    except UsageError:
        return missing(request, "there is no such question")
    given = {
        parameter.name: request.query_params[parameter.name]
        for parameter in query.parameters
        if request.query_params.get(parameter.name)
    }
    try:
        text = queries.bind(query, site.base, **given)
    except UsageError as error:
        return rendered("question", request, query=query, given=given, error=str(error), status=400)
    if query.parameters and not given and "run" not in request.query_params:
        return rendered("question", request, query=query, given=given, text=text)
    table = await _table(site, text)
    return rendered("question", request, query=query, given=given, text=text, **table)


async def editor(request: Request) -> Response:
    """Show the editor; without a script, a form whose rows are shown below it."""
    text = request.query_params.get("query") or ""
    table = await _table(_site(request), text) if text else {}
    return rendered("query", request, text=text, **table)


async def vocabulary(request: Request) -> Response:
    """List every term and every constraint."""
    return rendered("vocabulary", request, terms=terms(), constraints=constraints())


async def about(request: Request) -> Response:
    """Say what is served, of which inputs, made by which release and rules."""
    site = _site(request)
    runs = reading.ask(site, "runs")
    return rendered(
        "about", request, pointer=site.pointer, site=site, runs=runs, version=__version__,
        documents=reading.documents(site)[:PER_PAGE],
    )  # fmt: skip


async def node(request: Request) -> Response:
    """Lead from a node's IRI to its page, or to its description, as the request likes."""
    name = request.path_params["name"]
    best = ranked(accepted(request), ("html", *_RDF))
    if not best:
        return missing(request, "text/html, text/turtle and others can be had", 406)
    if best[0] != "html":
        return RedirectResponse(f"/data/{quote(name)}", 303, _BY_ACCEPT)
    kind, _, key = name.partition("/")
    page = {"statement": "statement", "doc": "source"}.get(kind)
    where = f"/{page}/{quote(key)}" if page else f"/node/{quote(name)}"
    return RedirectResponse(where, 303, _BY_ACCEPT)


async def described(request: Request) -> Response:
    """Show what a node says and what says something of it."""
    site = _site(request)
    iri = expand(_named(request), site.base)
    try:
        said = reading.ask(site, "node-says", node=iri)
        of = reading.ask(site, "node-is-said", node=iri)
    except UsageError:
        return missing(request, "that is no name of a node")
    if not said and not of:
        return missing(request, "this store knows nothing of that node")
    return rendered("node", request, iri=iri, name=_named(request), said=said, of=of)


async def data(request: Request) -> Response:
    """Describe a node in RDF."""
    site = _site(request)
    formats = ranked(accepted(request), _RDF)
    if not formats:
        return missing(request, "text/turtle and others can be had", 406)
    iri = expand(_named(request), site.base)
    try:
        said = reading.ask(site, "node-says", node=iri)
    except UsageError:
        said = ()
    if not said:
        return missing(request, "this store knows nothing of that node")
    body = star(iri, [(row["predicate"].value, row["object"]) for row in said], formats[0])
    return Response(body, 200, {"ETag": site.tag(formats[0]), "Vary": "Accept"}, MEDIA[formats[0]])


def missing(request: Request, why: str, status: int = 404) -> Response:
    """Say that there is no such page, and where to go on."""
    return rendered("missing", request, why=why, status=status)


def _named(request: Request) -> str:
    """Return a node's id; a passage has its place behind a sign that no address carries."""
    name = str(request.path_params["name"])
    place = request.query_params.get("char")
    return f"{name}#char={place}" if place else name


async def _table(site: Site, text: str) -> dict[str, Any]:
    """Ask in a process that can be stopped, and lay the rows out as a table."""
    link = urlencode({"query": text})
    try:
        found = await site.workers.answer(Asked(text, ("json", "turtle")))
    except KgError as error:
        return {"error": str(error), "status": 400, "link": link}
    if found.format == "turtle":
        return {"turtle": found.body.decode(), "link": link}
    told = json.loads(found.body)
    if "boolean" in told:
        return {"truth": told["boolean"], "link": link}
    rows = told["results"]["bindings"]
    return {
        "names": told["head"]["vars"],
        "rows": [[row.get(name) for name in told["head"]["vars"]] for row in rows[:SHOWN_ROWS]],
        "number": len(rows),
        "link": link,
    }


def _statement_key(site: Site, finding: Finding) -> str | None:
    """Return what names a finding's statement in an address, if it is about one."""
    for row in finding.rows:
        cells = dict(row)
        term = cells.get("node", "")
        if "/statement/" in term:
            return reading.key_of(site, term.strip("<>"))
    return None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
