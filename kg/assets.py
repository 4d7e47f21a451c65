"""Finds ``ontology/``, ``queries/``, the demo and other shipped files, in a wheel or in a checkout.

>>> (folder("ontology") / "prefixes.ttl").name
'prefixes.ttl'
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = {"ontology": "ontology", "queries": "queries", "demo": "data/demo"}


class AssetMissingError(KgError):
    """A file that ships with the package is not where it should be."""

    def __init__(self, name: str, looked_in: Path) -> None:
        self.name, self.looked_in = name, looked_in
        super().__init__(
            f"{name} is missing from {looked_in}", hint="reinstall claimgraph, then run `kg doctor`"
        )


@cache
def folder(name: str) -> Path:
    """Return the folder of one kind of asset: ``ontology``, ``queries`` or ``demo``.

    :raises AssetMissingError: if the installation lacks it
    """
    installed = _PACKAGE / "_assets" / name
    place = installed if installed.is_dir() else _PACKAGE.parent / _CHECKOUT[name]
    if not place.is_dir():
        raise AssetMissingError(name, place)
    return place


@cache
def text(name: str) -> str:
    """Return a file of the package by its path below ``kg/``, such as ``report/audit.html.j2``.

    :raises AssetMissingError: if the installation lacks it
    """
    place = _PACKAGE / name
    if not place.is_file():
        raise AssetMissingError(name, _PACKAGE)
    return place.read_text(encoding="utf-8")
