"""Triples that follow from others: short ways for queries, and the provenance of graphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.graph import mapping
from kg.graph.places import (
    assertion_graph,
    citations_graph,
    document_graph,
    document_of,
    provenance_graph,
)
from kg.graph.schemes import FAULT_CODE
from kg.terms import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from kg.graph.places import Places
    from kg.graph.rdf_terms import TermMaker, Triple
    from kg.model import Assessment, Dossier, Judgement

    Placed = tuple[str, Triple]

_YEAR = re.compile(r"(\d{4})(?!\d)", flags=re.ASCII)
_ARTICLE = "journal article"


def following(dossier: Dossier, make: TermMaker, places: Places) -> Iterator[Placed]:
    """Yield each triple that follows from the dossier, with the graph that it stands in."""
    yield from _of_documents(dossier, make)
    yield from _of_markers(dossier, make)
    yield from _of_claims(dossier, make, places)
    yield from _of_citations(dossier, make, places)
    yield from _of_assessments(dossier, make, places)
    yield from _of_runs(dossier, make, places)


def _of_documents(dossier: Dossier, make: TermMaker) -> Iterator[Placed]:
    year, text_sha256 = make.term(mapping.YEAR), make.term(mapping.TEXT_SHA256)
    for document in dossier.documents:
        if document.text is not None:
            written = make.text(document.text)
            triple = make.node(document.id), text_sha256, make.text(digest(written.value))
            yield document_graph(document.id), triple
        printed = _YEAR.match(document.date or "")
        if printed:
            triple = make.node(document.id), year, make.integer(int(printed[1]))
            yield document_graph(document.id), triple


def _of_markers(dossier: Dossier, make: TermMaker) -> Iterator[Placed]:
    passages = {statement.id: statement.passage for statement in dossier.statements}
    has_context = make.term(mapping.HAS_CONTEXT)
    for marker in dossier.markers:
        if marker.statement in passages:
            context = make.node(passages[marker.statement])
            triple = make.node(marker.id), has_context, context
            yield document_graph(document_of(marker.passage)), triple


def _of_claims(dossier: Dossier, make: TermMaker, places: Places) -> Iterator[Placed]:
    makes, derived = make.term(mapping.MAKES), make.term(mapping.DERIVED_FROM)
    generated = make.term(mapping.GENERATED_BY)
    passages = {statement.id: statement.passage for statement in dossier.statements}
    cuts: list[tuple[str, str | None]] = [
        *((claim.id, claim.passage) for claim in dossier.claims),
        *((advice.id, passages.get(advice.statement)) for advice in dossier.recommendations),
    ]
    for claim in dossier.claims:
        triple = make.node(claim.statement), makes, make.node(claim.id)
        yield assertion_graph(claim.id), triple
    for node, passage in cuts:
        graph, place = make.node(assertion_graph(node)), provenance_graph(node)
        if passage is not None:
            yield place, (graph, derived, make.node(passage))
        if dossier.runs:
            yield place, (graph, generated, make.node(places.run))


def _of_citations(dossier: Dossier, make: TermMaker, places: Places) -> Iterator[Placed]:
    graph, references = citations_graph(places.run), make.term(mapping.REFERENCES)
    works = {resolution.id: resolution.work for resolution in dossier.resolutions}
    for entry in dossier.entries:
        subject, work = make.node(entry.id), works.get(entry.resolution)
        if work is not None:
            yield graph, (subject, references, make.node(work))
        if not entry.listed:
            yield graph, (subject, make.type, make.term(mapping.UNLISTED))
    for publication in dossier.works:
        if any(kind.lower() == _ARTICLE for kind in publication.publication_types):
            subject = make.node(publication.id)
            yield graph, (subject, make.type, make.term(mapping.JOURNAL_ARTICLE))


def _of_assessments(dossier: Dossier, make: TermMaker, places: Places) -> Iterator[Placed]:
    fault_code = make.term(mapping.FAULT_CODE_OF)
    generated = make.term(mapping.GENERATED_BY)
    codes = {fault.id: make.term(FAULT_CODE.concepts[fault.code]) for fault in dossier.faults}
    judged: tuple[Assessment | Judgement, ...] = (*dossier.assessments, *dossier.judgements)
    for node in judged:
        subject = make.node(node.id)
        for code in {codes[fault]: None for fault in node.faults if fault in codes}:
            yield places.assessment, (subject, fault_code, code)
        if dossier.runs:
            yield places.assessment, (subject, generated, make.node(places.run))


def _of_runs(dossier: Dossier, make: TermMaker, places: Places) -> Iterator[Placed]:
    agents: dict[str, NamedNode] = {}
    for run in dossier.runs:
        subject = make.node(run.id)
        agent = make.node(f"agent/claimgraph-{quote(run.version, safe='')}")
        agents[run.version] = agent
        yield places.assessment, (subject, make.type, make.term(mapping.ACTIVITY))
        yield places.assessment, (subject, make.term(mapping.ASSOCIATED_WITH), agent)
    for version, agent in agents.items():
        for cls in mapping.AGENT:
            yield places.assessment, (agent, make.type, make.term(cls))
        yield places.assessment, (agent, make.term("ev:version"), make.text(version))
