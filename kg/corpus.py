"""What a run uses: answers, the records in hand for each, and a file of the states of works.

A corpus is a ``corpus.toml``, or a folder: one with a ``corpus.toml``, or one where each file
called ``answer…`` is an answer and each file of ``records/`` is a record in hand for all of them;
folders inside a folder are corpora of their own.

>>> from pathlib import Path
>>> Inputs((AnswerInput(Path("answer.txt")),)).answers[0].records
()
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.cite import KnownStatus

MANIFEST = "corpus.toml"
_TOP_KEYS = frozenset({"answer", "status"})
_ANSWER_KEYS = frozenset({"file", "format", "record", "references"})
_STATUS_FORM = 'JSON {"DOI, PMID or PMCID": {"status": …, "date": …}}, or CSV id,status,date'
_OTHER_NAMES = {
    "retraction": "retracted", "withdrawal": "retracted", "removal": "retracted",
    "correction": "corrected", "erratum": "corrected", "corrigendum": "corrected",
    "new_version": "superseded",
}  # fmt: skip
_WORK = re.compile(r"(?:doi:10\.\S+|pmid:\d+|pmcid:PMC\d+)")
_NO_IDENTIFIER = frozenset({"", "0", "unavailable", "n/a"})
_NO_STATE = "none"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_RECORD_KEYS = frozenset({"file", "format", "marker", "work"})


class CorpusError(KgError):
    """A corpus that cannot be read as one.

    :param path: the manifest or the folder
    """

    def __init__(self, path: Path, problem: str, **facts: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}", **facts)


class StatusFileError(KgError):
    """A file of states of works that cannot be read as one.

    :param path: the file
    """

    def __init__(
        self, path: Path, problem: str, place: str | None = None, expected: str = _STATUS_FORM
    ) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}", place=place, expected=expected)


@dataclass(frozen=True, slots=True)
class RecordInput:
    """A record's file.

    :param marker: the label that it belongs to; None to have it matched
    :param format: one of :data:`kg.sources.FORMATS`; by content if None
    :param work: the work that the corpus says it is, as ``doi:``, ``pmid:`` or ``pmcid:`` and the
        identifier; what the record prints of itself wins
    """

    path: Path
    marker: str | None = None
    format: str | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """An answer's file and the records that are in hand for it.

    :param references: its bibliography as a file of a reference manager
    :param references_format: one of :data:`kg.sources.BIBLIOGRAPHIES`; by content if None
    """

    path: Path
    records: tuple[RecordInput, ...] = ()
    format: str | None = None
    references: Path | None = None
    references_format: str | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that one run uses.

    :param status: a file of the states of works, JSON or CSV
    :param as_of: the run's date and only clock; the answers' latest printed date if None
    """

    answers: tuple[AnswerInput, ...]
    status: Path | None = None
    as_of: str | None = None


def read_corpus(path: Path | str) -> Inputs:
    """Read a ``corpus.toml`` or a folder.

    Files are named relative to the manifest; whether they can be read, the run finds out.

    :raises CorpusError: if it is missing, not TOML, holds a key or a value that is not known, or
        names no answer
    """
    place = Path(path)
    if place.is_dir():
        return _folder(place)
    if not place.is_file():
        raise CorpusError(place, "no such file or folder", hint="check the path")
    return _manifest(place)


def _folder(folder: Path) -> Inputs:
    parts = list(_parts(folder))
    if not parts:
        raise CorpusError(
            folder, "no answer in this folder",
            expected=f"a {MANIFEST}, or a file called answer… beside a folder records/",
        )  # fmt: skip
    statuses = sorted({part.status for part in parts if part.status})
    if len(statuses) > 1:
        names = ", ".join(map(str, statuses))
        raise CorpusError(folder, f"several files of states: {names}", expected="one for a run")
    answers = tuple(answer for part in parts for answer in part.answers)
    return Inputs(answers, statuses[0] if statuses else None)


def _parts(folder: Path) -> Iterator[Inputs]:
    if (folder / MANIFEST).is_file():
        yield _manifest(folder / MANIFEST)
        return
    records = tuple(RecordInput(file) for file in _files(folder / "records"))
    answers = [file for file in _files(folder) if file.name.lower().startswith("answer")]
    if answers:
        yield Inputs(tuple(AnswerInput(file, records) for file in answers))
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and not inner.name.startswith(".") and inner.name != "records":
            yield from _parts(inner)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))


def _manifest(path: Path) -> Inputs:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = f"cannot be read: {error}"
        raise CorpusError(path, problem, expected="TOML in UTF-8") from error
    table = _checked(path, "the corpus", table, _TOP_KEYS)
    answers = table.get("answer")
    if not isinstance(answers, list) or not answers:
        raise CorpusError(path, "no answer", expected="at least one [[answer]] with a file")
    status = _text(path, "the corpus", table, "status")
    return Inputs(
        tuple(_answer(path, number, entry) for number, entry in enumerate(answers, 1)),
        path.parent / status if status else None,
    )


def _answer(path: Path, number: int, table: object) -> AnswerInput:
    what = f"answer {number}"
    table = _checked(path, what, table, _ANSWER_KEYS)
    records = table.get("record", [])
    if not isinstance(records, list):
        raise CorpusError(path, f"{what}: record is no list", expected="[[answer.record]]")
    references = _text(path, what, table, "references")
    return AnswerInput(
        _file(path, what, table),
        tuple(_record(path, f"{what}, record {n}", entry) for n, entry in enumerate(records, 1)),
        _text(path, what, table, "format"),
        path.parent / references if references else None,
    )


def _record(path: Path, what: str, table: object) -> RecordInput:
    table = _checked(path, what, table, _RECORD_KEYS)
    marker, fmt, work = (_text(path, what, table, key) for key in ("marker", "format", "work"))
    if work is not None and not _WORK.fullmatch(work):
        problem = f"{what}: the work {work} is no identifier"
        raise CorpusError(path, problem, expected="doi:…, pmid:… or pmcid:…")
    return RecordInput(_file(path, what, table), marker, fmt, work)


def _checked(path: Path, what: str, table: object, known: frozenset[str]) -> dict[str, Any]:
    keys = ", ".join(sorted(known))
    if not isinstance(table, dict):
        raise CorpusError(path, f"{what} is no table", expected=f"keys {keys}")
    for key in table:
        if key not in known:
            raise CorpusError(path, f"{what}: the key {key} is not known", expected=keys)
    return table


def _file(path: Path, what: str, table: Mapping[str, object]) -> Path:
    name = _text(path, what, table, "file")
    if name is None:
        raise CorpusError(path, f"{what}: no file", expected='file = "…"')
    return path.parent / name


def _text(path: Path, what: str, table: Mapping[str, object], key: str) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and key == "marker":
        return str(value)
    if not isinstance(value, str) or not value:
        raise CorpusError(path, f"{what}: {key} is wrong", expected="a text in quotes")
    return value


def read_statuses(path: Path) -> tuple[KnownStatus, ...]:
    """Read the states of works from JSON or CSV.

    JSON is ``{identifier: {"status": …, "date": …, "checked": …}}``, or a list of such for an
    identifier; CSV has the columns ``id,status,date`` (and ``checked``) or those of the Retraction
    Watch data; a work as Crossref serves it tells its own. The status ``none`` says that somebody
    looked on the day ``checked`` and found no state.

    :raises StatusFileError: with the place, if the file is neither or a state is not known
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StatusFileError(path, f"cannot be read: {error}") from error
    if text.lstrip().startswith(("{", "[")):
        return tuple(_json_states(path, text))
    return tuple(_csv_states(path, text))


def _json_states(path: Path, text: str) -> Iterator[KnownStatus]:
    try:
        table = json.loads(text)
    except ValueError as error:
        raise StatusFileError(path, f"not JSON: {error}") from error
    if not isinstance(table, dict):
        raise StatusFileError(path, "no object of identifiers")
    if "DOI" in table or "message" in table:
        yield from _crossref(path, table.get("message", table))
        return
    for identifier, said in table.items():
        for entry in said if isinstance(said, list) else [said]:
            if not isinstance(entry, dict):
                raise StatusFileError(path, "no state", place=identifier)
            yield _status(
                path, identifier, identifier, entry.get("status"), entry.get("date"),
                entry.get("checked"),
            )  # fmt: skip


def _crossref(path: Path, work: object) -> Iterator[KnownStatus]:
    """Read the ``updated-by`` of a work as Crossref serves it; an addendum is no state."""
    if not isinstance(work, dict):
        raise StatusFileError(path, "no work of Crossref")
    seen = str((work.get("indexed") or {}).get("date-time", ""))[:10]
    if _DAY.fullmatch(seen):
        yield _status(path, "indexed", work.get("DOI"), _NO_STATE, None, seen)
    for update in work.get("updated-by") or ():
        kind = str(update.get("type", "")).lower()
        if _OTHER_NAMES.get(kind, kind) in {*_OTHER_NAMES.values(), "expression_of_concern"}:
            dates = (update.get("updated") or {}).get("date-parts") or [[]]
            date = "-".join(str(part).zfill(2) for part in dates[0] if part)
            yield _status(path, "updated-by", work.get("DOI"), kind, date)


def _csv_states(path: Path, text: str) -> Iterator[KnownStatus]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        columns = {name.strip().lower() for name in reader.fieldnames or ()}
    except csv.Error as error:
        raise StatusFileError(path, f"not CSV: {error}", "line 1") from error
    watch = "retractionnature" in columns
    if not watch and not {"id", "status"} <= columns:
        raise StatusFileError(path, "no column id or status", place="line 1")
    for row in _rows(path, reader):
        cells = {k.strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(k, str)}
        place = f"line {reader.line_num}"
        if watch:
            yield from _watched(path, place, cells)
        elif any(cells.values()):
            yield _status(
                path, place, cells["id"], cells["status"], cells.get("date"),
                cells.get("checked") or None,
            )  # fmt: skip


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise StatusFileError(path, f"not CSV: {error}", f"line {reader.line_num + 1}") from error


def _watched(path: Path, place: str, cells: Mapping[str, str]) -> Iterator[KnownStatus]:
    """Read a row of the Retraction Watch data; a reinstated work has no state."""
    nature = cells["retractionnature"].lower()
    if nature == "reinstatement" or not nature:
        return
    for column in ("originalpaperdoi", "originalpaperpubmedid"):
        identifier = cells.get(column, "")
        if identifier.lower() not in _NO_IDENTIFIER:
            yield _status(path, place, identifier, nature, _iso(cells.get("retractiondate", "")))


def _iso(printed: str) -> str | None:
    """Turn the month/day/year of the Retraction Watch data into an ISO date."""
    match = _AMERICAN.match(printed)
    if not match:
        return printed or None
    month, day, year = (int(part) for part in match.groups())
    return f"{year:04}-{month:02}-{day:02}"


def _status(
    path: Path,
    place: str,
    identifier: object,
    status: object,
    date: object,
    checked: object = None,
) -> KnownStatus:
    from kg.cite import KnownStatus
    from kg.model import WorkState

    code = str(status or "").strip().lower().replace(" ", "_")
    code = _OTHER_NAMES.get(code, code)
    known = [state.value for state in WorkState]
    if not isinstance(identifier, str) or not identifier.strip():
        raise StatusFileError(path, "no identifier", place=place)
    if code not in {*known, _NO_STATE}:
        expected = f"a status of {', '.join(known)}, or {_NO_STATE} with the day of the check"
        raise StatusFileError(path, f"the status {status!r} is not known", place, expected)
    if date is not None and not isinstance(date, str):
        raise StatusFileError(path, f"the date {date!r} is no text", place)
    if (checked is not None or code == _NO_STATE) and not _DAY.fullmatch(str(checked)):
        raise StatusFileError(path, f"the day of the check {checked!r} is none", place,
                              "`checked` as YYYY-MM-DD")  # fmt: skip
    state = None if code == _NO_STATE else WorkState(code)
    return KnownStatus(
        identifier.strip(), state, (date or "").strip() or None,
        None if checked is None else str(checked),
    )  # fmt: skip
