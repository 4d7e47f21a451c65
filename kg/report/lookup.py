"""A dossier's flat nodes, found by id and by what they belong to: made once for each report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Assessment, Claim, Document, Dossier, Judgement, Marker, Passage, Statement

_NODES = ("groups", "outcomes", "time_points", "doses", "populations", "claimed_results")
_REPORTED = ("faults", "evidence_lines", "entries", "resolutions", "works", "headings")


@dataclass(frozen=True, slots=True)
class Lookup:
    """The nodes of one dossier by id, and the lists that a statement or a claim owns.

    :param nodes: every node that another names by id, except documents and passages
    :param judged: the judgement of a target, for one marker or (None) for all
    """

    documents: Mapping[str, Document]
    passages: Mapping[str, Passage]
    nodes: Mapping[str, Any]
    claims: Mapping[str, tuple[Claim, ...]]
    markers: Mapping[str, tuple[Marker, ...]]
    assessments: Mapping[str, tuple[Assessment, ...]]
    judged: Mapping[tuple[str, str | None], Judgement]

    def marker_order(self, marker: Marker) -> tuple[int, str]:
        """Order markers as the text has them."""
        return (self.passages[marker.passage].start, marker.label)

    def statement_order(self, statement: Statement) -> tuple[str, str, int]:
        """Order statements by their answer, then by place."""
        answer = self.documents[statement.document]
        return (answer.name, answer.sha256, self.passages[statement.passage].start)


def look_up(dossier: Dossier) -> Lookup:
    """Index a dossier.

    >>> from kg.model import Dossier
    >>> look_up(Dossier()).claims
    {}
    """
    named = [node for family in (*_NODES, *_REPORTED) for node in getattr(dossier, family)]
    passages = {node.id: node for node in dossier.passages}
    markers = {
        statement: tuple(sorted(own, key=lambda m: (passages[m.passage].start, m.label)))
        for statement, own in _grouped(dossier.markers, "statement").items()
    }
    return Lookup(
        documents={node.id: node for node in dossier.documents},
        passages=passages,
        nodes={node.id: node for node in named},
        claims={
            statement: tuple(sorted(own, key=lambda claim: claim.ordinal))
            for statement, own in _grouped(dossier.claims, "statement").items()
        },
        markers=markers,
        assessments={k: tuple(v) for k, v in _grouped(dossier.assessments, "target").items()},
        judged={(j.target, j.marker): j for j in dossier.judgements},
    )


def _grouped(nodes: Iterable[Any], owner: str) -> dict[str, list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for node in nodes:
        groups[getattr(node, owner)].append(node)
    return dict(groups)


def families(dossier: Dossier) -> dict[str, int]:
    """Count the nodes of each family.

    >>> from kg.model import Dossier
    >>> families(Dossier())["claims"]
    0
    """
    return {field.name: len(getattr(dossier, field.name)) for field in fields(dossier)}
