"""From a recommendation every path to a passage, its weakest link, and the place where it breaks.

A path goes recommendation → statement → claim → marker → entry → work → record → passage, and on
to result, arm and trial where the graph holds them. It is complete when it reaches a passage of a
record in hand; otherwise it ends where the chain breaks.

>>> from kg.store import MemoryStore
>>> trace(MemoryStore(), "s013")
Traceback (most recent call last):
kg.errors.UsageError: nothing in this graph is called s013; \
expected the IRI, CURIE or short id of a statement or a recommendation
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.terms import DEFAULT_BASE
from kg.trace.facts import code, find, gather, span
from kg.trace.facts import text as text_of
from kg.trace.paths import paths
from kg.trace.tree import texts, tree
from kg.trace.values import Path, Span, Step, StepKind, Trace, TracedStatement, Weakest

if TYPE_CHECKING:
    from kg.store import Store
    from kg.trace.facts import Facts

__all__ = [
    "Path",
    "Span",
    "Step",
    "StepKind",
    "Trace",
    "TracedStatement",
    "Weakest",
    "text_of",
    "texts",
    "trace",
    "tree",
]


def trace(store: Store, name: str, base: str = DEFAULT_BASE) -> Trace:
    """Follow a statement, or the advice that it gives, to every passage that it rests on.

    :param name: an IRI, a CURIE, a node id, or a short id such as ``s013``
    :param base: what node ids stand below
    :raises kg.errors.UsageError: if nothing has that name, or several answers have it
    """
    target = find(store, name, base)
    facts = gather(store, target.statement, base)
    made = paths(facts, target.named)
    statement = _statement(facts)
    return Trace(statement, made, _summary(statement, made))


def _statement(facts: Facts) -> TracedStatement:
    row = facts.statement
    where = span(row)
    return TracedStatement(
        row["statement"].value,
        facts.iri,
        where.document_sha256,
        code(row, "kind") or "",
        where.start,
        where.end,
        where.sha256,
        facts.verdicts.get(facts.iri),
    )


def _summary(statement: TracedStatement, made: tuple[Path, ...]) -> str:
    complete = [path for path in made if path.complete]
    verdict = f" ({statement.verdict.replace('_', ' ')})" if statement.verdict else ""
    reach = f"{len(complete)} of {len(made)} paths reach a passage of a record in hand"
    path = (complete or list(made))[0]
    kind = path.steps[path.weakest.step].kind.value
    if path.complete:
        return f"{statement.id}{verdict}: {reach}; weakest link at the {kind}: {path.weakest.why}"
    breaks = dict.fromkeys(other.weakest.why for other in made)
    return f"{statement.id}{verdict}: {reach}; the chain breaks at the {kind}: {'; '.join(breaks)}"
