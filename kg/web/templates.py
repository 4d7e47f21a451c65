"""Fills the templates. Every text is escaped, and a name that is not given is an error."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from kg.report.wording import verdict_wording
from kg.terms import NS, contract, curie

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def rendered(template: str, request: Request, status: int = 200, **given: Any) -> Response:  # noqa: ANN401
    """Render a page.

    :param template: its name, without the suffix
    """
    site = request.app.state.site
    told: dict[str, Any] = {
        "path": request.url.path,
        "asked": dict(request.query_params),
        "base": site.base,
        "error": None,
        "names": None,
        "rows": None,
        "turtle": None,
        "truth": None,
        "link": None,
        "text": None,
    }
    headers = {"ETag": site.tag("html")} if status == 200 else None
    page = environment().get_template(f"{template}.html.j2").render(told | given)
    return HTMLResponse(page, status, headers)


@cache
def environment() -> Environment:
    """Return the templates' environment."""
    from pathlib import Path

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "wording": verdict_wording,
        "curie": curie,
        "address": address,
        "described": described,
        "parameters": _parameters,
    }
    made.globals["ns"] = NS
    return made


def address(iri: str, base: str) -> str | None:
    """Return the page of one of the store's own nodes, or None.

    >>> address("https://w3id.org/claimgraph/id/doc/ab#char=1,2", "https://w3id.org/claimgraph/")
    '/node/doc/ab?char=1%2C2'
    """
    if not iri.startswith(f"{base}id/"):
        return None
    name = contract(iri, base)
    kind, _, key = name.partition("/")
    if "#" not in name and kind in {"statement", "doc"}:
        return f"/{'source' if kind == 'doc' else kind}/{quote(key)}"
    return f"/node/{_in_address(name)}"


def described(iri: str, base: str) -> str:
    """Return the address of a node's description in RDF."""
    return f"/data/{_in_address(contract(iri, base))}"


def _in_address(name: str) -> str:
    """Write a node's id into an address; a passage's place becomes a parameter."""
    head, _, place = name.partition("#")
    if place.startswith("char="):
        return f"{quote(head)}?{urlencode({'char': place.removeprefix('char=')})}"
    return quote(head) + (f"%23{quote(place)}" if place else "")


def _parameters(asked: dict[str, str], **changed: object) -> str:
    """Write the parameters of an address with some of them changed, or left out where None."""
    told = asked | {key: str(value) for key, value in changed.items() if value is not None}
    gone = {key for key, value in changed.items() if value is None}
    left = {key: value for key, value in told.items() if key not in gone}
    return f"?{urlencode(left)}" if left else "?"
