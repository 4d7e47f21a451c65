"""Drawings made on the server: bars, and the neighbourhood of a statement in layers.

A drawing has classes and attributes and no style of its own, so that a strict policy lets it pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from kg.terms import expand
from kg.trace import StepKind, trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.trace import Step
    from kg.web.site import Site

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y = 168, 44, 40, 16
_LINE = 24
_ORDER = {kind: at for at, kind in enumerate(StepKind)}


@dataclass(frozen=True, slots=True)
class Box:
    """A node of a drawing and where it stands."""

    id: str
    kind: str
    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement's neighbourhood.

    :param edges: pairs of boxes' ids
    """

    iri: str
    key: str
    boxes: tuple[Box, ...]
    edges: tuple[tuple[str, str], ...]

    @property
    def svg(self) -> str:
        """The drawing as a file of its own."""
        width = max((box.x for box in self.boxes), default=0) + _WIDTH + 8
        height = max((box.y for box in self.boxes), default=0) + _HEIGHT + 8
        at = {box.id: box for box in self.boxes}
        lines = [
            f'<path class="edge" fill="none" stroke="#667" d="M{a.x + _WIDTH} {a.y + _HEIGHT // 2} '
            f"C{a.x + _WIDTH + 20} {a.y + _HEIGHT // 2} {b.x - 20} {b.y + _HEIGHT // 2} "
            f'{b.x} {b.y + _HEIGHT // 2}"/>'
            for a, b in ((at[one], at[two]) for one, two in self.edges)
        ]
        boxes = [
            f'<g class="box {box.kind}"><title>{escape(box.label)}</title>'
            f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{_HEIGHT}" rx="4" '
            f'fill="#fff" stroke="#667"/>'
            f'<text x="{box.x + 8}" y="{box.y + 18}" font-size="11" fill="#456">{box.kind}</text>'
            f'<text x="{box.x + 8}" y="{box.y + 34}" font-size="12" fill="#111">'
            f"{escape(_cut(box.label))}</text></g>"
            for box in self.boxes
        ]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="sans-serif" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f"<title>From the statement to its evidence</title>{''.join(lines + boxes)}</svg>"
        )

    def elements(self) -> dict[str, Any]:
        """Return the drawing for a script that lets one move it."""
        nodes = [
            {"data": {"id": box.id, "kind": box.kind, "label": f"{box.kind}\n{_cut(box.label)}"}}
            for box in self.boxes
        ]
        edges = [{"data": {"source": one, "target": two}} for one, two in self.edges]
        return {"nodes": nodes, "edges": edges}

    def graphml(self) -> bytes:
        """Return the drawing for a program that draws graphs."""
        from kg.export.network import steps_graphml

        return steps_graphml(((box.id, box.kind, box.label) for box in self.boxes), self.edges)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its name, its number, its width of :data:`FULL`, and its top."""

    name: str
    number: int
    width: float
    top: int


FULL = 420


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """Lay out a chart, the longest bar as wide as the chart."""
    most = max((number for _, number in counts), default=0) or 1
    return [
        Bar(name, number, round(FULL * number / most, 1), at * _LINE)
        for at, (name, number) in enumerate(counts)
    ]


def neighbourhood(site: Site, key: str) -> Drawn:
    """Lay out the paths of a statement in layers, a layer for each kind of step.

    :raises kg.errors.UsageError: if there is no such statement
    """
    iri = expand(f"statement/{key}", site.base)
    found = trace(site.store, iri, site.base)
    steps: dict[str, Step] = {}
    edges: dict[tuple[str, str], None] = {}
    for path in found.paths:
        for one in path.steps:
            steps.setdefault(one.iri, one)
        for one, two in zip(path.steps, path.steps[1:], strict=False):
            edges[one.iri, two.iri] = None
    return Drawn(iri, key, tuple(_laid_out(steps.values())), tuple(edges))


def _laid_out(steps: Iterable[Step]) -> Iterable[Box]:
    present = sorted({_ORDER[step.kind] for step in steps})
    below = dict.fromkeys(present, 4)
    for step in steps:
        layer = _ORDER[step.kind]
        x = 4 + present.index(layer) * (_WIDTH + _GAP_X)
        yield Box(step.iri, step.kind.value, step.label, x, below[layer])
        below[layer] += _HEIGHT + _GAP_Y


def _cut(label: str, most: int = 24) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"
