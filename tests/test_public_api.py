"""The names that callers may rely on. A change here is a change of version."""

from __future__ import annotations

import inspect

import kg
from kg.errors import KgError, UsageError


def test_the_public_names_are_these() -> None:
    assert kg.__all__ == ["Audit", "EvidenceGraph", "Selection", "audit", "check", "load"]
    assert all(inspect.getdoc(getattr(kg, name)) for name in kg.__all__)


def test_the_signatures_are_these() -> None:
    found = {name: list(inspect.signature(getattr(kg, name)).parameters) for name in kg.__all__}
    assert found["audit"] == ["answer", "records", "references", "status", "as_of", "base"]
    assert found["check"] == ["claim", "record", "format"]
    assert found["load"] == ["place", "opener", "base"]


def test_a_graph_offers_these() -> None:
    public = {name for name in vars(kg.EvidenceGraph) if not name.startswith("_")}
    assert public == {
        "audit",
        "base",
        "dataset",
        "recheck",
        "select",
        "to_networkx",
        "trace",
        "validate",
    }
    rows = {name for name in vars(kg.Selection) if not name.startswith("_")}
    assert rows >= {"to_dicts", "to_pandas", "to_polars", "variables"}


def test_every_error_has_one_root() -> None:
    assert issubclass(UsageError, KgError)
    assert (KgError.exit_code, UsageError.exit_code) == (3, 2)
