"""Which named graph each node stands in, so that a triple's graph tells where it comes from.

>>> reported_graph("run/1", "doc/ab"), assertion_graph("claim/c1")
('g/run/1/reported/ab', 'g/claim/c1#assertion')
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import ClaimedResult, Dossier

_NO_RUN = "run/none"
_OF_RESULT = ("group", "comparator_group", "population", "outcome", "time_point", "dose")
_CITATIONS = ("entries", "resolutions", "works", "work_statuses", "status_checks")
_ASSESSMENT = (
    "runs", "assessments", "slot_checks", "faults", "evidence_lines", "judgements",
    "contradictions",
)  # fmt: skip


def document_graph(document: str) -> str:
    """Name the graph of a document's text layer."""
    return f"g/{document}"


def citations_graph(run: str) -> str:
    """Name the graph of a run's entries, resolutions and works."""
    return f"g/{run}/citations"


def reported_graph(run: str, document: str) -> str:
    """Name the graph of what a run read in a record."""
    return f"g/{run}/reported/{document.removeprefix('doc/')}"


def assertion_graph(node: str) -> str:
    """Name the graph of what a claim or a recommendation says."""
    return f"g/{node}#assertion"


def provenance_graph(node: str) -> str:
    """Name the graph of where an assertion graph comes from."""
    return f"g/{node}#provenance"


def assessment_graph(run: str) -> str:
    """Name the graph of a run's comparisons and verdicts."""
    return f"g/{run}/assessment"


def document_of(passage: str) -> str:
    """Name the document that a passage is cut from.

    >>> document_of("doc/ab#char=0,4")
    'doc/ab'
    """
    return passage.partition("#")[0]


class Places:
    """Where each node of a dossier stands.

    :param dossier: the run; its first ``Run`` names the graphs that belong to a run
    """

    def __init__(self, dossier: Dossier) -> None:
        self.run = min((run.id for run in dossier.runs), default=_NO_RUN)
        self.assessment = assessment_graph(self.run)
        self._citations = (citations_graph(self.run),)
        self._claimed = _claimed(dossier)

    def of(self, family: str, node: Any) -> Iterable[str]:  # noqa: ANN401
        """Name the graphs of a node; only what several claims share stands in more than one."""
        if family in _CITATIONS:
            return self._citations
        if family in _ASSESSMENT:
            return (self.assessment,)
        if family in ("claims", "recommendations"):
            return (assertion_graph(node.id),)
        if family in ("reviews", "examinations"):
            return (f"g/{node.id}",)
        if family == "findings":
            return (f"g/{node.examination}",)
        if family in ("markers", "mentions"):
            return (document_graph(document_of(node.passage)),)
        if family == "documents":
            return (document_graph(node.id),)
        if family in ("passages", "headings", "statements"):
            return (document_graph(node.document),)
        return self._claimed.get(node.id) or (reported_graph(self.run, node.document),)


def _claimed(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    """Map each node that a claim's result names to the assertion graphs of those claims."""
    results = {result.id: result for result in dossier.claimed_results}
    groups = {group.id: group for group in dossier.groups}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim in dossier.claims:
        own = [results[key] for key in claim.expresses if key in results]
        for node in {name for result in own for name in _named_by(result)}:
            group = groups.get(node)
            below = (group.received, *group.pools) if group else ()
            for name in (node, *below):
                if name is not None:
                    found[name].add(assertion_graph(claim.id))
    return {node: tuple(sorted(graphs)) for node, graphs in found.items()}


def _named_by(result: ClaimedResult) -> list[str]:
    links = (getattr(result, field) for field in _OF_RESULT)
    return [result.id, *(link for link in links if link is not None)]
