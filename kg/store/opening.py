"""One door to every kind of store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.endpoint import EndpointStore
from kg.store.errors import (
    FORMATS,
    EndpointError,
    NotAStoreError,
    StoreError,
    StoreMissingError,
    UnparsableRdfError,
)
from kg.store.oxigraph import MemoryStore
from kg.store.published import open_published

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.store.contract import Store
    from kg.store.endpoint import Opener


def open_store(place: Path | str, *, opener: Opener | None = None) -> Store:
    """Open a published folder, an RDF file or a SPARQL endpoint, for reading.

    :param place: a path, or an ``http(s)`` URL
    :param opener: what sends requests to an endpoint, such as ``urllib.request.urlopen``; without
        one no URL is opened
    :raises StoreMissingError: if nothing is there
    :raises NotAStoreError: if something else is there
    :raises UnparsableRdfError: if the file breaks its format, with the line
    :raises EndpointError: if it is a URL and no opener is given
    """
    if str(place).startswith(("http://", "https://")):
        if opener is None:
            raise EndpointError(str(place), "no network is allowed here", "pass an opener")
        return EndpointStore(str(place), opener)
    path = Path(place)
    if not path.exists():
        raise StoreMissingError(str(place))
    return open_published(path) if path.is_dir() else MemoryStore(read_quads(path))


def read_quads(path: Path | str) -> list[Quad]:
    """Parse an RDF file by pyoxigraph, its format told by its suffix.

    :raises NotAStoreError: if the suffix is none of those that are read
    :raises UnparsableRdfError: if the file breaks its format, with the line
    """
    import pyoxigraph

    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in FORMATS.split():
        raise NotAStoreError(str(path), f"a file that ends in {suffix or 'no suffix'}")
    try:
        parsed = pyoxigraph.parse(
            path.read_bytes(), format=pyoxigraph.RdfFormat.from_extension(suffix[1:])
        )
        return list(parsed)
    except SyntaxError as error:
        raise UnparsableRdfError(str(path), error.lineno, error.msg) from error
    except ValueError as error:
        raise UnparsableRdfError(str(path), None, str(error)) from error
    except OSError as error:
        raise StoreError(f"{path} could not be read: {error.strerror}") from error  # noqa: EM102
