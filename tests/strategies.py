"""Hypothesis strategies for whole runs: every field of every class, by its type.

Values stay within what the model promises: ids are paths below the base or absolute IRIs, decimals
have at most 15 significant digits, links are drawn freely (a dossier may be a part of a run).
"""

from __future__ import annotations

import string
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from kg import model
from kg.graph import alignment_id
from kg.model import Alignment, Dossier
from kg.terms import DEFAULT_BASE

_HEX = "0123456789abcdef"
_NODES: dict[str, type[Any]] = {
    name: get_args(kind)[0]
    for name, kind in get_type_hints(Dossier, vars(model)).items()
}  # fmt: skip
_LINKS = {
    "about", "against", "arms", "between", "by", "checks", "claim_passage", "comparator_group",
    "denotes", "examination",
    "document", "doses", "entry", "evidence", "expresses", "faults", "group", "headings", "marker",
    "mentions", "onset", "outcomes", "passage", "pools", "received", "record", "record_passage",
    "resolution", "rests_on", "results", "revises", "adverse_events", "source_passage", "stated_in",
    "statement", "target", "time_point", "trial", "used", "work",
}  # fmt: skip
# Names that are a link in one class and text or a concept in another.
_LINKS_OF: dict[str, set[type[Any]]] = {
    "outcome": {model.ClaimedResult, model.ReportedResult},
    "dose": {model.ClaimedResult, model.ReportedResult},
    "population": {model.ClaimedResult, model.ReportedResult, model.Trial},
}

hashes = st.text(_HEX, min_size=4, max_size=8)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
codes = st.sampled_from(["group", "p_value", "time", "dose_escalation", "baseline", "abstract"])
decimals = st.decimals(
    min_value=Decimal(-(10**9)), max_value=Decimal(10**9), places=4, allow_nan=False
).map(lambda value: value.normalize())
bases = st.sampled_from(
    [DEFAULT_BASE, "https://example.org/", "http://localhost:8000/kg/", "urn:x:"]
)


def ids(kind: str) -> st.SearchStrategy[str]:
    """Draw an id of a family; a work's may be absolute, a passage's names its document."""
    plain = hashes.map(lambda text: f"{kind}/{text}")
    if kind == "passages":
        spans = st.tuples(hashes, st.integers(0, 99), st.integers(100, 199))
        return spans.map(lambda span: "doc/{}#char={},{}".format(*span))
    if kind == "documents":
        return hashes.map(lambda text: f"doc/{text}")
    if kind == "works":
        return plain | st.text(string.ascii_lowercase + string.digits + "-().é", min_size=1).map(
            lambda text: f"https://doi.org/10.5555/{text}"
        )
    return plain


links = st.one_of([ids(kind) for kind in ("passages", "documents", "works", "groups", "claims")])

_ENDS = {
    "document": ids("documents"),
    "passage": ids("passages"),
    "examination": ids("examinations"),
}


def _values(cls: type[Any], field: str, kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401
    """Draw a value of a field by its type; None and sets of values included."""
    if get_origin(kind) is UnionType:
        own = next(one for one in get_args(kind) if one is not type(None))
        return st.none() | _values(cls, field, own)
    if get_origin(kind) is tuple:
        return st.lists(_values(cls, field, get_args(kind)[0]), max_size=3).map(tuple)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    if kind is str:
        is_link = field in _LINKS or cls in _LINKS_OF.get(field, set())
        return _ENDS.get(field, links) if is_link else texts | codes
    plain: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(-(10**6), 10**6),
        Decimal: decimals,
    }
    return plain[kind]


def nodes(family: str) -> st.SearchStrategy[Any]:
    """Draw a node of a family of the dossier."""
    cls = _NODES[family]
    if cls is Alignment:
        return st.tuples(links, links).map(lambda pair: Alignment(alignment_id(*pair), *pair))
    hints = get_type_hints(cls)
    own = {
        field.name: _values(cls, field.name, hints[field.name])
        for field in fields(cls)
        if field.compare
    }
    return st.builds(cls, **own | {"id": ids(family)})


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Draw a run: up to two nodes a family."""
    return Dossier(
        **{family: tuple(draw(st.lists(nodes(family), max_size=2))) for family in _NODES}
    )
