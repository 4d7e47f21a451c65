"""Everything known of one run over its answers and records: its nodes, family by family."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.assessment import (
        Alignment,
        Assessment,
        Contradiction,
        EvidenceLine,
        Fault,
        Judgement,
        SlotCheck,
    )
    from kg.model.citation import (
        Marker,
        ReferenceEntry,
        Resolution,
        StatusCheck,
        Work,
        WorkStatus,
    )
    from kg.model.document import Document, Heading, Passage
    from kg.model.finding import Examination, RecordedFinding
    from kg.model.frame import ClaimedResult, Mention, ReportedResult
    from kg.model.review import Review
    from kg.model.statement import Claim, Recommendation, Statement
    from kg.model.trial import (
        AdverseEventReport,
        Certainty,
        Dose,
        Group,
        Outcome,
        Population,
        TimePoint,
        Trial,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """The program's run: which version and rules, on which documents, as of which date.

    :param rules: SHA-256 of the rule set, so that another rule set is another run
    """

    id: str
    version: str
    rules: str
    used: tuple[str, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The nodes of one run. Each family is sorted by id and holds no id twice.

    >>> Dossier().merge(Dossier()) == Dossier()
    True
    """

    runs: tuple[Run, ...] = ()
    documents: tuple[Document, ...] = ()
    passages: tuple[Passage, ...] = ()
    headings: tuple[Heading, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    markers: tuple[Marker, ...] = ()
    entries: tuple[ReferenceEntry, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    works: tuple[Work, ...] = ()
    work_statuses: tuple[WorkStatus, ...] = ()
    status_checks: tuple[StatusCheck, ...] = ()
    trials: tuple[Trial, ...] = ()
    groups: tuple[Group, ...] = ()
    doses: tuple[Dose, ...] = ()
    populations: tuple[Population, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    time_points: tuple[TimePoint, ...] = ()
    claimed_results: tuple[ClaimedResult, ...] = ()
    reported_results: tuple[ReportedResult, ...] = ()
    adverse_events: tuple[AdverseEventReport, ...] = ()
    certainties: tuple[Certainty, ...] = ()
    mentions: tuple[Mention, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    slot_checks: tuple[SlotCheck, ...] = ()
    faults: tuple[Fault, ...] = ()
    evidence_lines: tuple[EvidenceLine, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    reviews: tuple[Review, ...] = ()
    examinations: tuple[Examination, ...] = ()
    findings: tuple[RecordedFinding, ...] = ()
    alignments: tuple[Alignment, ...] = ()

    def nodes(self) -> Iterator[Any]:
        """Yield every node, family by family."""
        for field in fields(self):
            yield from getattr(self, field.name)

    def merge(self, *others: Dossier) -> Dossier:
        """Unite dossiers; a node that several hold is kept once."""
        return Dossier(
            **{
                field.name: unique(
                    node for dossier in (self, *others) for node in getattr(dossier, field.name)
                )
                for field in fields(self)
            }
        )

    def normalised(self) -> Dossier:
        """Sort each family by id, and the sets that its nodes hold; drop repeats in both.

        A tuple in a node has no order of its own, so that equal content is equal.
        """
        families = {f.name: unique(getattr(self, f.name)) for f in fields(self)}
        return replace(self, **{name: _sorted(nodes) for name, nodes in families.items()})


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The node's name."""


Node = TypeVar("Node", bound=Identified)


def unique(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Sort nodes by id and keep the first of each id."""
    by_id: dict[str, Node] = {}
    for node in nodes:
        by_id.setdefault(node.id, node)
    return tuple(by_id[key] for key in sorted(by_id))


def _sorted(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
    """Sort the tuples inside nodes of one class."""
    if not nodes:
        return nodes
    names = [
        field.name
        for field in fields(nodes[0])
        if str(field.type).startswith("tuple[") and field.compare
    ]
    return tuple(_with_sets(node, names) for node in nodes) if names else nodes


def _with_sets(node: Any, names: list[str]) -> Any:  # noqa: ANN401
    held = {name: getattr(node, name) for name in names}
    sets = {name: tuple(sorted(set(values))) for name, values in held.items()}
    return node if sets == held else replace(node, **sets)
