"""Single edits of a built graph, as somebody or something might make them after the build."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Edit = Callable[[Sequence[Quad], random.Random], tuple[Quad, Quad | None]]

_DIGITS = "0123456789"
_LINKS = ("statedIn", "claimPassage", "sourcePassage", "recordPassage", "passage", "hasSource")


def edited(quads: Sequence[Quad], kind: str, chance: random.Random) -> tuple[list[Quad], Quad]:
    """Return a graph with one edit, and the quad that was edited.

    :param kind: one of :data:`KINDS`
    """
    old, new = KINDS[kind](quads, chance)
    rest = [quad for quad in quads if quad != old]
    return [*rest, *([new] if new is not None else [])], old


def _other_digit(text: str, chance: random.Random) -> str:
    places = [at for at, char in enumerate(text) if char in _DIGITS]
    at = chance.choice(places)
    digit = chance.choice([d for d in _DIGITS if d != text[at]])
    return text[:at] + digit + text[at + 1 :]


def _literal(*names: str) -> Edit:
    """Change a digit of a literal that one of these properties has."""

    def edit(quads: Sequence[Quad], chance: random.Random) -> tuple[Quad, Quad | None]:
        own = [
            quad
            for quad in quads
            if _local(quad) in names and any(char in _DIGITS for char in _value(quad))
        ]
        old = chance.choice(own)
        value = old.object
        assert isinstance(value, Literal)
        changed = Literal(_other_digit(value.value, chance), datatype=value.datatype)
        return old, Quad(old.subject, old.predicate, changed, old.graph_name)

    return edit


def _dropped(quads: Sequence[Quad], chance: random.Random) -> tuple[Quad, Quad | None]:
    return chance.choice(list(quads)), None


def _swapped(quads: Sequence[Quad], chance: random.Random) -> tuple[Quad, Quad | None]:
    own = [quad for quad in quads if _local(quad) in _LINKS]
    old = chance.choice(own)
    others = [q.object for q in own if _local(q) == _local(old) and q.object != old.object]
    return old, Quad(old.subject, old.predicate, chance.choice(others), old.graph_name)


def _local(quad: Quad) -> str:
    return quad.predicate.value.replace("/", "#").rpartition("#")[2]


def _value(quad: Quad) -> str:
    held = quad.object
    return held.value if isinstance(held, Literal | NamedNode) else ""


KINDS: dict[str, Edit] = {
    "figure": _literal("printed", "value", "pValue", "pPrinted", "estimatePrinted", "claimValue"),
    "offset": _literal("start", "end"),
    "digest": _literal("sha256", "textSha256"),
    "text": _literal("text"),
    "dropped": _dropped,
    "swapped": _swapped,
}
