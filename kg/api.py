r"""The public face: :func:`audit`, :func:`check`, :func:`load` and :class:`EvidenceGraph`.

>>> record = "TITLE: A trial\n\nRESULTS: Nobody was harmed."
>>> result = check("Grip strength rose in the 40 mg arm.", record)
>>> result.verdict.value
'not_found'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.terms import DEFAULT_BASE

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl
    import rdflib

    from kg.build import Built
    from kg.compare.check import Checked
    from kg.corpus import RecordInput
    from kg.findings import Finding
    from kg.integrity import Recheck
    from kg.model import Dossier
    from kg.queries import Given
    from kg.store import Opener, Rows, Seal, Store, Value
    from kg.trace import Trace
    from kg.validate import Violation

Records = Mapping[str, Path | str] | Iterable[Path | str]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit came to.

    :param dossier: every node of the run
    :param findings: what is wrong, worst first
    :param failures: inputs that could not be used; the others were audited nevertheless
    """

    dossier: Dossier
    findings: tuple[Finding, ...]
    failures: tuple[KgError, ...]
    violations: tuple[Violation, ...]
    graph: EvidenceGraph

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``kg audit --json`` writes."""
        from kg.report.view import view

        return view(self.dossier, self.findings, failures=self.failures, base=self.graph.base)

    def render(self, fmt: str = "human") -> str:
        """Write the audit as ``human``, ``json``, ``markdown``, ``html``, ``sarif`` or ``junit``.

        :raises kg.errors.UsageError: for any other format
        """
        from kg.report import render
        from kg.report.view import texts

        return render(self.to_dict(), texts(self.dossier), fmt)

    def _repr_html_(self) -> str:
        summary = self.to_dict()["summary"]
        rows = [*summary["by_verdict"].items(), ("coverage", summary["coverage"])]
        return _html_table(("verdict", "statements"), rows)


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a query."""

    rows: Rows

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.rows.variables

    def __len__(self) -> int:
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, Value | None]]:
        """Return each row by column, values as Python has them."""
        return self.rows.to_dicts()

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas frame; needs ``claimgraph[pandas]``."""
        import pandas as pd

        return pd.DataFrame(self.to_dicts(), columns=list(self.variables))

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a polars frame; needs ``claimgraph[polars]``."""
        import polars as pl

        columns = {name: [row[name] for row in self.to_dicts()] for name in self.variables}
        return pl.DataFrame(columns, strict=False)

    def _repr_html_(self) -> str:
        return _html_table(self.variables, (row.values() for row in self.to_dicts()))


@dataclass(frozen=True)
class EvidenceGraph:
    """A graph of claims and evidence that can be asked, followed and audited.

    :param store: holds the quads
    :param base: what the graph's IRIs stand below
    """

    store: Store
    base: str = DEFAULT_BASE

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The graph for rdflib, every named graph in its union; made once, at the first look."""
        from kg.store import dataset

        return dataset(self.store.quads())

    def select(self, query: str, /, **terms: Given) -> Selection:
        """Answer a catalogued query by its name, or a SPARQL SELECT by its text.

        :param terms: the query's parameters
        :raises kg.errors.UsageError: if the name or a parameter is not known
        :raises kg.store.QueryError: if the text is no SELECT of SPARQL 1.1
        """
        from kg.queries import bind, get

        if "{" in query:
            from kg.queries import QueryFileError, read

            try:
                text = bind(read(query, "query"), self.base, **terms) if terms else query
            except QueryFileError as error:
                what = "a query without a header has no parameters"
                raise KgError(what, hint="write the term into the query") from error
            return Selection(self.store.select(text))
        return Selection(self.store.select(bind(get(query), self.base, **terms)))

    def trace(self, name: str) -> Trace:
        """Follow a statement or a recommendation to the passages that it rests on.

        :param name: an IRI, a CURIE, or a short id such as ``s013``
        :raises kg.errors.UsageError: if nothing or several have that name
        """
        from kg.trace import trace

        return trace(self.store, name, self.base)

    def audit(self) -> Audit:
        """Audit the graph alone, without its documents."""
        from kg.build import reopen

        return _audit(reopen(self.store, self.base), self.base)

    def validate(self) -> tuple[Violation, ...]:
        """Hold the graph to its SHACL shapes."""
        from kg.validate import validate

        return validate(self.store)

    def recheck(self, documents: Path | str | None = None, *, seal: Seal | None = None) -> Recheck:
        """Recompute the digests of graphs, documents and passages, and look up printed figures.

        :param documents: the folder of the answer's and the records' files, if they are in hand
        :param seal: the digests outside the graph, as :func:`kg.store.seal_of` returns them
        :raises kg.errors.UsageError: if ``documents`` is no folder
        """
        from kg.integrity import read_documents, recheck

        in_hand = None if documents is None else read_documents(Path(documents), self.store)
        return recheck(self.store, self.base, seal=seal, in_hand=in_hand)

    def to_networkx(self, view: str = "claims") -> nx.MultiDiGraph[str]:
        """Draw the graph for networkx.

        :param view: ``claims``, chains collapsed into edges, or ``rdf``, every triple
        """
        from kg.export import draw

        return draw(self.store.quads(), view, self.base)

    def __len__(self) -> int:
        return len(self.store)

    def _repr_html_(self) -> str:
        from kg.graph import dossier
        from kg.report.view import counts

        return _html_table(("nodes", "number"), counts(dossier(self.store.quads())).items())


def audit(
    answer: Path | str,
    records: Records = (),
    *,
    references: Path | str | None = None,
    status: Path | str | None = None,
    as_of: str | None = None,
    base: str = DEFAULT_BASE,
) -> Audit:
    """Audit an answer against the records that it cites.

    :param answer: the answer's file
    :param records: files of records, or marker → file
    :param references: the answer's bibliography: RIS, BibTeX or CSL-JSON
    :param status: a file of the states of works
    :param as_of: the run's date; the date that the answer prints if None

    An input that cannot be used is among the audit's ``failures``; it raises nothing.
    """
    from kg.build import build
    from kg.corpus import AnswerInput, Inputs

    inputs = Inputs(
        (
            AnswerInput(
                Path(answer),
                tuple(_record_inputs(records)),
                references=None if references is None else Path(references),
            ),
        ),
        None if status is None else Path(status),
        as_of,
    )
    return _audit(build(inputs, base), base)


def _record_inputs(records: Records) -> Iterable[RecordInput]:
    from kg.corpus import RecordInput

    if isinstance(records, Mapping):
        return [RecordInput(Path(file), marker) for marker, file in records.items()]
    if isinstance(records, str | Path):
        return [RecordInput(Path(records))]
    return [RecordInput(Path(file)) for file in records]


def _audit(built: Built, base: str) -> Audit:
    graph = EvidenceGraph(built.store, base)
    return Audit(built.dossier, built.findings, built.failures, built.violations, graph)


def check(claim: str, record: Path | str, *, format: str | None = None) -> Checked:
    """Hold one claim against one record.

    :param record: the record's file, as a path, or its text
    :param format: one of :data:`kg.sources.FORMATS`; by content if None
    :raises kg.sources.SourceError: if the record cannot be read
    """
    from kg.compare.check import check as check_claim
    from kg.extract.record import read_source
    from kg.model import DocumentRole
    from kg.sources import read, read_file

    if isinstance(record, Path):
        source = read_file(record, DocumentRole.RECORD, format)
    else:
        source = read(record.encode(), "record", DocumentRole.RECORD, format)
    return check_claim(claim, read_source(source))


def load(
    place: Path | str, *, opener: Opener | None = None, base: str = DEFAULT_BASE
) -> EvidenceGraph:
    """Open a published store, an RDF file or a SPARQL endpoint.

    :param opener: what sends requests to an endpoint, such as ``urllib.request.urlopen``; without
        one no URL is opened
    :raises kg.store.StoreError: if it cannot be opened
    """
    from kg.store import open_store

    return EvidenceGraph(open_store(place, opener=opener), base)


def _html_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    def line(cells: Iterable[object], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(_shown(c))}</{tag}>" for c in cells) + "</tr>"

    return f"<table>{line(head, 'th')}{''.join(line(row, 'td') for row in rows)}</table>"


def _shown(value: object) -> str:
    return "" if value is None else str(value)
