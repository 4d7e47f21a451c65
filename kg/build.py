"""Runs the stages: answers and records in; a dossier, its quads, violations and findings out.

One bad input never loses the others: it becomes a failure of the run, and the rest goes on. Inputs
are sorted by content, so that the order in which files are named changes nothing.

>>> from kg.corpus import AnswerInput, Inputs
>>> run = build(Inputs((AnswerInput(Path("missing.txt")),)))
>>> [type(failure).__name__ for failure in run.failures], run.dossier.statements
(['MissingFileError'], ())
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.errors import KgError
from kg.model import DocumentRole, Dossier, Run
from kg.terms import DEFAULT_BASE, node_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.cite import CitationFaults, KnownStatus, SuppliedRecord
    from kg.corpus import AnswerInput, Inputs, RecordInput
    from kg.examination import Examined
    from kg.extract.record import Reported
    from kg.findings import Finding
    from kg.model import Bibliography, Judgement, Review, Source
    from kg.store import Published, Store
    from kg.validate import Violation

_PACKAGE = Path(__file__).resolve().parent
_KEPT_WHOLE = 100
_RULE_ROOMS = ("cite", "compare", "extract", "model", "sources", "text")
_RULE_SUFFIXES = frozenset({".py", ".tsv", ".toml", ".csv", ".json"})


@dataclass(frozen=True, slots=True)
class Case:
    """One answer as read, with the records that are in hand for it."""

    answer: Source
    records: tuple[SuppliedRecord, ...] = ()
    bibliography: Bibliography | None = None


@dataclass(frozen=True)
class Built:
    """What a run came to.

    :param quads: of type :class:`pyoxigraph.Quad`, sorted
    :param store: answers questions about the quads
    :param findings: gravest first; what each answer's examination found, and what only the whole
        graph tells
    :param failures: inputs that could not be used, sorted by message; none of them lost the others
    :param unmatched: reviews of verdicts that this run did not make
    """

    dossier: Dossier
    quads: tuple[Any, ...]
    store: Store
    findings: tuple[Finding, ...]
    failures: tuple[KgError, ...] = ()
    unmatched: tuple[Review, ...] = ()

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """The whole graph held to its shapes, at the first look."""
        from kg.validate import validate

        return validate(self.quads)


def build(
    inputs: Inputs,
    base: str = DEFAULT_BASE,
    reviews: Sequence[Review] = (),
    earlier: Mapping[str, Examined] | None = None,
) -> Built:
    """Read the files and run every stage over them.

    :param base: what the graph's IRIs stand below
    :param reviews: earlier decisions on the verdicts of these inputs
    :param earlier: what an earlier graph found, as :func:`kg.examination.held` reads it
    """
    stage = _Reading()
    cases = [case for answer in inputs.answers if (case := stage.case(answer))]
    statuses = stage.statuses(inputs.status)
    return run(cases, inputs.as_of, statuses, base, stage.failures, stage.loose, reviews, earlier)


def run(
    cases: Iterable[Case],
    as_of: str | None = None,
    statuses: Sequence[KnownStatus] = (),
    base: str = DEFAULT_BASE,
    failures: Sequence[KgError] = (),
    loose: Iterable[Source] = (),
    reviews: Sequence[Review] = (),
    earlier: Mapping[str, Examined] | None = None,
) -> Built:
    """Run every stage but reading.

    :param as_of: the run's date; the answers' latest printed date if None
    :param statuses: states of works, as :func:`kg.corpus.read_statuses` reads them
    :param failures: what reading could not read
    :param loose: records in hand for an answer that could not be read
    :param reviews: earlier decisions; those whose verdict is not made are told as unmatched
    :param earlier: what an earlier graph found of the same answers
    """
    stage = _Judging(statuses, list(failures))
    for case in sorted(cases, key=lambda case: case.answer.document.id):
        stage.judge(case)
    for source in loose:
        stage.reported(source)
    from kg.review import reviewed

    dossier, unmatched = reviewed(stage.dossier(as_of), reviews)
    return replace(examine(dossier, base, stage.failures, earlier), unmatched=unmatched)


def examine(
    dossier: Dossier,
    base: str = DEFAULT_BASE,
    failures: Iterable[KgError] = (),
    earlier: Mapping[str, Examined] | None = None,
) -> Built:
    """Examine each answer of a dossier, write the dossier as quads, and find what is wrong.

    :param earlier: what an earlier graph found of the same answers, as
        :func:`kg.examination.held` reads it
    """
    from kg import examination
    from kg.graph import quads, sealed
    from kg.store import MemoryStore

    examined = examination.examine(dossier, earlier, base)
    whole = examination.recorded(dossier, examined, base)
    made = sealed(quads(whole, base), base)
    store = MemoryStore(made)
    found = examination.whole(store, examined, base)
    return Built(whole, tuple(made), store, found, _in_order(failures))


def reopen(store: Store, base: str = DEFAULT_BASE, *, examined: bool = False) -> Built:
    """Find what is wrong with a graph that is at hand without its documents.

    :param examined: whether to rely on the examinations that the graph holds, as on those of a
        published build, which never changes; otherwise everything is asked anew
    :raises KgError: if the graph is not one of claimgraph's
    """
    from kg import examination
    from kg.findings import findings
    from kg.graph import dossier
    from kg.validate import validate

    held = sorted(store.quads(), key=str)
    known = dossier(held, base)
    earlier = examination.held(store, base) if examined else {}
    if examination.complete(known, earlier.values()):
        found = examination.whole(store, earlier.values(), base)
    else:
        found = findings(store, validate(held), base)
    return Built(known, tuple(held), store, found, ())


def publish(built: Built, folder: Path | str, base: str = DEFAULT_BASE) -> Published:
    """Publish a run's graph; readers see it once it is whole.

    :param base: what the graph's IRIs stand below
    :raises kg.store.StoreError: if the folder holds other things, or cannot be written
    """
    from kg import store
    from kg.graph import manifest_digest

    return store.publish(built.quads, folder, manifest_digest(built.quads, base) or "")


def add_review(review: Review, folder: Path | str, base: str = DEFAULT_BASE) -> Published:
    """Keep a review beside a published store, and publish the store with all of its reviews.

    :raises kg.store.StoreError: if the folder is no published store, or cannot be written
    """
    from kg import examination
    from kg import review as reviews
    from kg import store as stores
    from kg.graph import dossier, manifest_digest, quads, sealed

    home = Path(folder)
    store = stores.open_published(home)
    held = list(store.quads())
    reviews.write(review, home / stores.REVIEWS, base)
    kept = dossier(held, base)
    decided_so_far = reviews.read(home / stores.REVIEWS, base)
    whole, _ = reviews.reviewed(replace(kept, reviews=()), decided_so_far)
    examined = examination.examine(whole, examination.held(store, base), base)
    whole = examination.recorded(whole, examined, base)
    before = set(quads(_of_review(kept), base))
    made = sealed([*(q for q in held if q not in before), *quads(_of_review(whole), base)], base)
    return stores.publish(made, home, manifest_digest(made, base) or "")


def _of_review(dossier: Dossier) -> Dossier:
    """Leave what a review changes: the reviews, and what examinations found."""
    return Dossier(
        reviews=dossier.reviews, examinations=dossier.examinations, findings=dossier.findings
    )


def _in_order(failures: Iterable[KgError]) -> tuple[KgError, ...]:
    by_message = {str(failure): failure for failure in failures}
    return tuple(by_message[message] for message in sorted(by_message))


@dataclass(slots=True)
class _Reading:
    """Reads each file once; what cannot be read becomes a failure."""

    failures: list[KgError] = field(default_factory=list)
    loose: list[Source] = field(default_factory=list)
    _read: dict[tuple[Path, str | None], Source | None] = field(default_factory=dict)
    _held: dict[tuple[Path, str | None], tuple[Source, ...]] = field(default_factory=dict)

    def case(self, answer: AnswerInput) -> Case | None:
        from kg.cite import SuppliedRecord, named_by

        source = self._source(answer.path, answer.format)
        listed = self._bibliography(answer.references, answer.references_format)
        supplied = [
            SuppliedRecord(read, given.marker)
            for given in answer.records
            for read in self._records(given, named_by(source, listed))
        ]
        if source is None:
            self.loose.extend(record.source for record in supplied)
            return None
        if listed is not None:
            for warning in listed.warnings:
                source = _with_warning(source, f"{listed.name}: {warning}")
        return Case(source, tuple(supplied), listed)

    def _bibliography(self, path: Path | None, fmt: str | None) -> Bibliography | None:
        if path is None:
            return None
        from kg.sources import read_bibliography_file

        try:
            return read_bibliography_file(path, fmt)
        except KgError as error:
            self.failures.append(error)
            return None

    def statuses(self, path: Path | None) -> Sequence[KnownStatus]:
        if path is None:
            return ()
        from kg.corpus import read_statuses

        try:
            return read_statuses(path)
        except KgError as error:
            self.failures.append(error)
            return ()

    def _records(self, given: RecordInput, is_named: Callable[[Source], bool]) -> Iterable[Source]:
        """Return the records of a file; of a long file, those that the answer names."""
        key = (given.path, given.format)
        found = self._held[key] if key in self._held else self._kept(given, is_named)
        return [_as_work(s, given.work) for s in found] if given.work else found

    def _kept(self, given: RecordInput, is_named: Callable[[Source], bool]) -> Sequence[Source]:
        """Read a file's records; those of one that is kept whole are read once a run."""
        from kg.sources import SourceError, read_records

        held: list[Source] = []
        number = 0
        for found in read_records(given.path, given.format):
            if isinstance(found, SourceError):
                self.failures.append(found)
                continue
            number += 1
            if number == _KEPT_WHOLE + 1:
                held = [source for source in held if is_named(source)]
            if number <= _KEPT_WHOLE or is_named(found):
                held.append(found)
        if number > _KEPT_WHOLE:
            said = f"{given.path.name}: {number} records, of which the answer names {len(held)}"
            if not held:
                self.failures.append(
                    SourceError(
                        str(given.path), f"none of its {number} records is named by the answer",
                        expected="an entry with the identifier or the whole title of a record",
                        hint="cut out the records that are meant, or give a bibliography",
                    )
                )  # fmt: skip
            return [_with_warning(source, said) for source in held]
        self._held[given.path, given.format] = tuple(held)
        return held

    def _source(self, path: Path, fmt: str | None) -> Source | None:
        from kg.sources import read_file

        key = (path, fmt)
        if key not in self._read:
            try:
                self._read[key] = read_file(path, DocumentRole.ANSWER, fmt)
            except KgError as error:
                self.failures.append(error)
                self._read[key] = None
        return self._read[key]


def _with_warning(source: Source, warning: str) -> Source:
    document = source.document
    return replace(source, document=replace(document, warnings=(*document.warnings, warning)))


def _as_work(source: Source, identifier: str) -> Source:
    """Give a record's work an identifier that it does not print of itself."""
    from kg.sources.works import work

    kind, _, value = identifier.partition(":")
    own = source.work
    if own is not None and getattr(own, kind):
        return source
    said = {
        name: getattr(own, name)
        for name in ("doi", "pmid", "pmcid", "title", "journal", "first_author", "date",
                     "registration", "publication_types")
        if own is not None
    }  # fmt: skip
    made = work(**(said | {kind: value}), document=source.document.sha256)
    return replace(source, work=made, document=replace(source.document, work=made.id))


@dataclass(slots=True)
class _Judging:
    """Runs extraction, resolution and comparison for one answer after the other."""

    _statuses: Sequence[KnownStatus]
    failures: list[KgError]
    _parts: list[Dossier] = field(default_factory=list)
    _records: dict[str, Reported] = field(default_factory=dict)

    def judge(self, case: Case) -> None:
        """Add one answer's nodes; a record with a wrong marker is a failure and left out of it."""
        from kg.cite import check_supplied, citation_faults, resolve
        from kg.compare.supersession import supersessions
        from kg.compare.verify import verify
        from kg.extract.answer import read_answer

        known = {r.document.id: self.reported(r.source) for r in case.records}
        try:
            said = read_answer(case.answer)
        except KgError as error:
            self.failures.append(error)
            self._parts.append(Dossier(documents=(case.answer.document,)))
            return
        self.failures.extend(check_supplied(said.markers, case.records))
        said = said.merge(
            resolve(case.answer, said.markers, case.records, statuses=self._statuses,
                    bibliography=case.bibliography)
        )  # fmt: skip
        later = supersessions(known, said.works)
        said = said.merge(Dossier(work_statuses=tuple(later)))
        found = citation_faults(case.answer, said, case.records, case.bibliography)
        judged = verify(case.answer, said, known)
        # A claim of `judged` knows its result, the same of `said` does not; the first is kept.
        self._parts.append(_with_faults(judged, found).merge(said))

    def reported(self, source: Source) -> Reported:
        """Read what a record reports, once a run."""
        from kg.extract.record import report

        name = source.document.id
        if name not in self._records:
            self._records[name] = report(source)
        return self._records[name]

    def dossier(self, as_of: str | None) -> Dossier:
        """Unite the parts and say which run made them."""
        whole = Dossier().merge(*self._parts, *(r.dossier for r in self._records.values()))
        return replace(whole, runs=(_run(whole, as_of),))


def _with_faults(judged: Dossier, found: CitationFaults) -> Dossier:
    """Add the faults of citations to the judgements of the statements that cite."""
    return replace(
        judged,
        judgements=tuple(
            replace(judgement, faults=tuple(sorted({*judgement.faults, *_owed(judgement, found)})))
            for judgement in judged.judgements
        ),
        faults=(*judged.faults, *found.faults),
    ).normalised()


def _owed(judgement: Judgement, found: CitationFaults) -> Sequence[str]:
    if judgement.marker is None:
        return found.by_statement.get(judgement.target, ())
    return found.by_marker.get(judgement.marker, ())


def _run(dossier: Dossier, as_of: str | None) -> Run:
    used = tuple(sorted(document.id for document in dossier.documents))
    dates = [d.date for d in dossier.documents if d.role is DocumentRole.ANSWER and d.date]
    date = as_of or max(dates, default=None)
    release, rules = __version__, rules_digest()
    return Run(node_id("run", release, rules, date, *used), release, rules, used, date)


@cache
def rules_digest() -> str:
    """Return the SHA-256 of the rule set: the code and tables that decide a verdict.

    Paths below the package and the files' bytes go in, so that every installation of the same
    release gives the same digest.
    """
    whole = hashlib.sha256()
    for path in sorted(_rule_files(), key=lambda path: path.relative_to(_PACKAGE).as_posix()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(_PACKAGE).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def _rule_files() -> Iterable[Path]:
    for room in _RULE_ROOMS:
        yield from (p for p in (_PACKAGE / room).rglob("*") if p.suffix in _RULE_SUFFIXES)
        if (_PACKAGE / f"{room}.py").is_file():
            yield _PACKAGE / f"{room}.py"
