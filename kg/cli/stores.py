"""How commands open the store that they are asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import setting
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.examination import Examined
    from kg.model import Review
    from kg.store import Opener, Seal, Store


def of_store(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--store``; the setting decides where it is not given."""
    return click.option(
        "--store", metavar="STORE",
        help="A published folder, an RDF file or an endpoint's URL. Default: the setting.",
    )(command)  # fmt: skip


def opened(place: str | None) -> Store:
    """Open a store, or the one that the setting names.

    :raises UsageError: if neither names one
    :raises kg.store.StoreError: if it cannot be opened
    """
    from kg.store import open_store

    chosen = place or setting("store")
    if not chosen:
        what = "no store is given"
        raise UsageError(what, expected="--store STORE, KG_STORE, or store in kg.toml")
    if str(chosen).startswith(("http://", "https://")):
        from urllib.request import urlopen

        return open_store(chosen, opener=urlopen)
    return open_store(chosen)


def opener_for(url: str, user: str | None, password: str) -> Opener:
    """Return what sends requests, with a name and a password if a server asks for them."""
    from urllib.request import (
        HTTPBasicAuthHandler,
        HTTPDigestAuthHandler,
        HTTPPasswordMgrWithDefaultRealm,
        build_opener,
        urlopen,
    )

    if user is None:
        return urlopen
    known = HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, url, user, password)
    made = build_opener(HTTPDigestAuthHandler(known), HTTPBasicAuthHandler(known))
    return made.open


def reviews_beside(store: str | None) -> tuple[Review, ...]:
    """Read the reviews that stand beside a store which is to be published anew.

    :raises kg.review.ReviewFileError: if a file is none
    """
    from kg.review import read
    from kg.store import REVIEWS

    return read(Path(store) / REVIEWS, setting("base")) if store else ()


def examined_before(store: str | None) -> dict[str, Examined]:
    """Read what a store that is to be published anew holds of examinations; none if it is new.

    :raises kg.store.StoreError: if it cannot be opened
    """
    from kg.examination import held
    from kg.store import is_published, open_published

    if not store or not is_published(Path(store)):
        return {}
    return held(open_published(Path(store)), setting("base"))


def sealed(place: str | None) -> Seal | None:
    """Return the digests that stand outside a store: in its pointer, or beside the file."""
    from kg.store import seal_of

    chosen = str(place or setting("store"))
    return None if chosen.startswith(("http://", "https://")) else seal_of(chosen)
