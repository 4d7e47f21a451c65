"""From a statement's facts to its paths: a tree of steps, walked by networkx from root to leaves.

A step's key carries the claim and the marker that it was reached by, so that a passage that one
claim rests on never ends the path of another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import ResolutionStatus
from kg.trace import links
from kg.trace.facts import code, span, value
from kg.trace.links import Aspect, Link
from kg.trace.values import Path, Step, StepKind, Weakest

if TYPE_CHECKING:
    import networkx as nx

    from kg.trace.facts import (
        Cells,
        Citation,
        Facts,
        GroupFacts,
        PassageFacts,
        ResultFacts,
        TrialFacts,
    )

    Key = tuple[str, ...]

_SILENT = "the record in hand ({scope}) says nothing that bears on it"


@dataclass(slots=True)
class _Tree:
    """The steps so far, with what is judged at each and why a leaf is a break."""

    graph: nx.DiGraph[Key]
    steps: dict[Key, Step] = field(default_factory=dict)
    links: dict[Key, list[tuple[Aspect, int, str]]] = field(default_factory=dict)
    breaks: dict[Key, str] = field(default_factory=dict)

    def add(self, parent: Key | None, step: Step, *context: str) -> Key:
        key = (step.kind.value, step.iri, *context)
        self.steps.setdefault(key, step)
        self.graph.add_node(key)
        if parent is not None:
            self.graph.add_edge(parent, key)
        return key

    def judge(self, key: Key, aspect: Aspect, grade: int, why: str) -> None:
        said = self.links.setdefault(key, [])
        if (aspect, grade, why) not in said:
            said.append((aspect, grade, why))


def paths(facts: Facts, named: str) -> tuple[Path, ...]:
    """Return every path of a statement: complete ones first, of them the strongest first.

    Equally strong paths stay in the order of the text.

    :param named: IRI of the node that the caller asked for; a recommendation's own IRI leaves the
        statement's other recommendations out
    """
    import networkx as nx

    tree = _Tree(nx.DiGraph())
    roots = _roots(tree, facts, named)
    leaves = [key for key in tree.graph if tree.graph.out_degree(key) == 0]
    made = []
    for root in roots:
        if root in leaves:
            made.append(_path(tree, (root,)))
        for walk in nx.all_simple_paths(tree.graph, root, leaves):
            made.append(_path(tree, tuple(walk)))
    strongest = sorted(dict.fromkeys(made), key=lambda pair: (not pair[1].complete, -pair[0]))
    return tuple(path for _, path in strongest)


def _roots(tree: _Tree, facts: Facts, named: str) -> list[Key]:
    row = facts.statement
    verdict = facts.verdicts.get(facts.iri)
    label = f"{row['statement'].value}, {_words(code(row, 'kind'))}"
    label += f": {_words(verdict)}" if verdict else ""
    statement = tree.add(None, Step(StepKind.STATEMENT, facts.iri, label, span(row)))
    advice = {r["recommendation"].value: r for r in facts.advice}
    roots = []
    for iri, said in advice.items():
        if named in {iri, facts.iri} or named not in advice:
            step = Step(StepKind.RECOMMENDATION, iri, said["action"].value + _terms(said))
            roots.append(tree.add(None, step))
            tree.graph.add_edge(roots[-1], statement)
    if not facts.claims:
        tree.breaks[statement] = "the statement makes no claim"
    for claim in facts.claims:
        _claim(tree, statement, facts, claim)
    return roots or [statement]


def _terms(row: Cells) -> str:
    """Say for whom, where, under which condition and how strongly something is advised."""
    strength = code(row, "strength")
    told = [
        "advice against" if code(row, "direction") == "against" else None,
        strength if strength != "unstated" else "strength not stated",
        f"for {value(row, 'population')}" if "population" in row else None,
        f"setting named: {value(row, 'setting')}" if "setting" in row else None,
        f"condition: {value(row, 'condition')}" if "condition" in row else None,
    ]
    said = "; ".join(part for part in told if part)
    return f" ({said})" if said else ""


def _claim(tree: _Tree, statement: Key, facts: Facts, row: Cells) -> None:
    iri = row["claim"].value
    verdict = facts.verdicts.get(iri)
    label = f"{row['short'].value}, {_words(code(row, 'kind'))}"
    label += f": {_words(verdict)}" if verdict else ""
    claim = tree.add(statement, Step(StepKind.CLAIM, iri, label, span(row)))
    for citation in facts.citations:
        step = Step(StepKind.MARKER, citation.marker, f"marker {citation.label}")
        marker = tree.add(claim, step, iri)
        _citation(tree, marker, facts, iri, citation)
    if not facts.citations:
        checkable = row["checkable"].value == "true"
        tree.breaks[claim] = (
            "no marker stands with it" if checkable else "it is an opinion or a norm without marker"
        )


def _citation(tree: _Tree, marker: Key, facts: Facts, claim: str, citation: Citation) -> None:
    context = (claim, citation.marker)
    if citation.entry is None:
        tree.breaks[marker] = f"marker {citation.label} denotes no entry"
        return
    printed = "printed in" if citation.listed else "not printed in"
    label = f"entry {citation.label}, {printed} the answer"
    if citation.method and citation.work:
        label += f"; {_words(citation.method)}, confidence {citation.confidence:f}"
    last = tree.add(marker, Step(StepKind.ENTRY, citation.entry, label), *context)
    if citation.work:
        why = f"the entry was tied to the work as {_words(citation.method)}"
        why += f", confidence {citation.confidence:f}"
        grade = links.of_resolution(citation.confidence)
        tree.judge(last, Aspect.RESOLUTION, grade, why)
        work = Step(StepKind.WORK, citation.work, citation.title or citation.work)
        last = tree.add(last, work, *context)
        states = " and ".join(map(_words, citation.states)) or "of no known retraction or change"
        why = f"the work is {states}"
        tree.judge(last, Aspect.STATUS, links.of_states(citation.states), why)
    if citation.record is None:
        tree.breaks[last] = _why_missing(citation)
        return
    scope = ", ".join(map(_words, citation.scope)) or "scope not stated"
    held = facts.assessments.get((claim, citation.marker), ())
    said = f": {_words(held[0].verdict)}: {held[0].sentence}" if held else ""
    step = Step(StepKind.RECORD, citation.record, f"{citation.name} ({scope}){said}")
    record = tree.add(last, step, *context)
    tree.judge(
        record, Aspect.SCOPE, links.of_scope(citation.scope), f"of the work, {scope} was in hand"
    )
    _evidence(tree, record, facts, claim, citation)


def _why_missing(citation: Citation) -> str:
    if citation.status == ResolutionStatus.RECORD_MISSING:
        return f"no record of the work that marker {citation.label} cites is in hand"
    unlisted = "" if citation.listed else ": the answer prints no such entry"
    return f"marker {citation.label} leads to no work{unlisted}"


def _evidence(tree: _Tree, record: Key, facts: Facts, claim: str, citation: Citation) -> None:
    context = (claim, citation.marker)
    held = facts.assessments.get(context, ())
    for assessment in held:
        why = f"{_words(assessment.verdict)}: {assessment.sentence}"
        for found in assessment.passages:
            part = f", {_words(found.role)}" if found.role else ""
            label = f"{found.span.start}–{found.span.end}{part}"
            step = Step(StepKind.PASSAGE, found.iri, label, found.span)
            passage = tree.add(record, step, *context)
            tree.judge(passage, Aspect.VERDICT, links.of_verdict(assessment.verdict), why)
            _results(tree, passage, found, citation, context)
        if not assessment.passages:
            tree.breaks[record] = why
    if not held:
        scope = ", ".join(map(_words, citation.scope)) or "scope not stated"
        tree.breaks[record] = _SILENT.format(scope=scope)


def _results(
    tree: _Tree, passage: Key, found: PassageFacts, citation: Citation, context: tuple[str, str]
) -> None:
    within = (*context, found.iri)
    last = []
    for result in found.results:
        step = Step(StepKind.RESULT, result.iri, _figures(result))
        key = tree.add(passage, step, *within)
        arms = [
            tree.add(key, Step(StepKind.ARM, group.iri, _arm(group)), *within, result.iri)
            for group in result.groups
        ]
        last += arms or [key]
    for key in last or [passage]:
        _trials(tree, key, citation)


def _arm(group: GroupFacts) -> str:
    return group.label + (f", n = {group.n}" if group.n else "")


def _trials(tree: _Tree, last: Key, citation: Citation) -> None:
    for trial in citation.trials:
        step = Step(StepKind.TRIAL, trial.iri, trial.label + _certainty(trial))
        key = tree.add(last, step, *last)
        grade = links.of_design(trial.design, trial.enrolled, randomised=trial.randomised)
        tree.judge(key, Aspect.DESIGN, grade, f"the trial is {_design(trial)}")


def _certainty(trial: TrialFacts) -> str:
    """Say how certain the evidence is, never without who says so."""
    told = [
        f"certainty {_words(level)}, {_words(basis)}" + (f" ({rule})" if rule else "")
        for level, basis, rule in trial.certainties
    ]
    return f" [{'; '.join(told)}]" if told else ""


def _design(trial: TrialFacts) -> str:
    random = {True: "randomised", False: "not randomised", None: "not said to be randomised"}
    parts = [_words(trial.design)] if trial.design else []
    if _words(trial.design) != random[trial.randomised]:
        parts.append(random[trial.randomised])
    parts.append(
        "of unstated size" if trial.enrolled is None else f"with {trial.enrolled} people enrolled"
    )
    return ", ".join(parts)


def _figures(result: ResultFacts) -> str:
    p = f"p {result.p_comparator or '='} {result.p}" if result.p else None
    parts = (result.outcome, result.time, result.estimate, p)
    return ", ".join(part for part in parts if part) or "a result without figures"


def _path(tree: _Tree, walk: tuple[Key, ...]) -> tuple[int, Path]:
    """Make a path of a walk, with the grade of its weakest link."""
    steps = tuple(tree.steps[key] for key in walk)
    complete = any(step.kind is StepKind.PASSAGE for step in steps)
    if not complete:
        at = len(steps) - 1
        weakest = Weakest(at, tree.breaks.get(walk[-1], "nothing follows"))
        return 0, Path(steps, complete, at, weakest)
    judged = [
        Link(aspect, grade, index, why)
        for index, key in enumerate(walk)
        for aspect, grade, why in tree.links.get(key, ())
    ]
    link = links.weakest(judged)
    return link.grade, Path(steps, complete, None, Weakest(link.step, link.why))


def _words(code: str | None) -> str:
    return (code or "not stated").replace("_", " ")
