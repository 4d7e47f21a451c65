r"""States of works: from a list of states, and from what a record's own page says of itself.

>>> found = page_states("Erratum in:\nJ Gait. 2019 May;4:9.\nComment in: J Gait. 2018.")
>>> [(state.value, date) for state, date in found]
[('corrected', '2019-05')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.cite.supplied import KnownStatus, SuppliedRecord, identifier_key
from kg.model import Part, Source, StatusCheck, Work, WorkState, WorkStatus
from kg.terms import node_id
from kg.text.dates import printed_date

_LINE = re.compile(r"[^\r\n]+")
_NOTICES = (
    (re.compile(r"(?:partially )?retracted and republished in\b", re.I), WorkState.REPLACED),
    (re.compile(r"corrected and republished (?:in|from)\b", re.I), WorkState.REPLACED),
    (re.compile(r"republished in\b", re.I), WorkState.REPLACED),
    (re.compile(r"(?:partial )?retraction in\b", re.I), WorkState.RETRACTED),
    (re.compile(r"retracted (?:publication|article)\b|this article has been retracted|"
                r"this paper has been retracted", re.I), WorkState.RETRACTED),
    (re.compile(r"(?:erratum|corrigendum|correction|corrected article) in\b", re.I),
     WorkState.CORRECTED),
    (re.compile(r"expressions? of concern in\b", re.I), WorkState.EXPRESSION_OF_CONCERN),
    (re.compile(r"(?:update in|updated in|superseded by)\b", re.I), WorkState.SUPERSEDED),
)  # fmt: skip
_TITLE = re.compile(r"\s*\[?(?:retracted(?: article)?|withdrawn)\b\s*[:\].]", re.IGNORECASE)
_PROSE = frozenset(
    {
        Part.ABSTRACT, Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS, Part.RESULTS,
        Part.CONCLUSIONS, Part.CAPTION, Part.REFERENCE, Part.KEYWORDS,
    }
)  # fmt: skip
_TYPES = {"retracted publication": WorkState.RETRACTED}


def page_states(text: str) -> Iterator[tuple[WorkState, str | None]]:
    """Yield the states that notices such as ``Retraction in: …`` give, each with its date.

    A notice opens its line; the journal and date stand behind it or on the next line. A comment is
    no state, and neither is the record's being itself a notice of another work.
    """
    lines = [match.group().strip() for match in _LINE.finditer(text)]
    for number, line in enumerate(lines):
        for pattern, state in _NOTICES:
            match = pattern.match(line)
            if match:
                rest = line[match.end() :].strip(" :.")
                rest = rest or (lines[number + 1] if number + 1 < len(lines) else "")
                date = printed_date(rest)
                yield state, date[2] if date else None
                break


def states_of(record: SuppliedRecord) -> list[WorkStatus]:
    """Return the states that a record's page, title and publication types give its work."""
    work = record.work
    found = [(_TYPES[t.lower()], None) for t in work.publication_types if t.lower() in _TYPES]
    found += [(WorkState.RETRACTED, None)] if _TITLE.match(work.title or "") else []
    own = record.source.states
    notices = () if record.source.seen is not None else page_states(_around(record.source))
    stated: list[tuple[WorkState, str | None]] = [*found, *own, *notices]
    return _statuses(work, stated)


def _around(source: Source) -> str:
    """Blank what tells of the study or of other works, so that only the page's notices are read."""
    pieces, at = [], 0
    for segment in sorted(source.segments, key=lambda s: (s.start, s.end)):
        if segment.part in _PROSE and segment.start >= at:
            pieces += [source.text[at : segment.start], "\n"]
            at = segment.end
    return "".join((*pieces, source.text[at:]))


def known_states(works: Iterable[Work], statuses: Iterable[KnownStatus]) -> list[WorkStatus]:
    """Return the states that a list gives works, met by DOI, PMID or PMCID."""
    by_key: dict[str, list[tuple[WorkState, str | None]]] = {}
    for status in statuses:
        if status.state is not None:
            by_key.setdefault(status.key, []).append((status.state, status.date))
    found: list[WorkStatus] = []
    for work in works:
        pairs = [pair for key in _keys(work) for pair in by_key.get(key, ())]
        found += _statuses(work, pairs)
    return found


def status_checks(works: Iterable[Work], statuses: Iterable[KnownStatus]) -> list[StatusCheck]:
    """Return when somebody looked for states of each work, met by DOI, PMID or PMCID.

    >>> found = KnownStatus("10.5555/a", None, checked="2026-10-01")
    >>> [check.date for check in status_checks([Work("work/a", doi="10.5555/a")], [found])]
    ['2026-10-01']
    """
    days: dict[str, set[str]] = {}
    for status in statuses:
        if status.checked is not None:
            days.setdefault(status.key, set()).add(status.checked)
    return [
        StatusCheck(node_id("status-check", work.id, day), work.id, day)
        for work in works
        for day in sorted({day for key in _keys(work) for day in days.get(key, ())})
    ]


def _keys(work: Work) -> list[str]:
    return sorted({identifier_key(i) for i in (work.doi, work.pmid, work.pmcid, work.id) if i})


def _statuses(work: Work, stated: Iterable[tuple[WorkState, str | None]]) -> list[WorkStatus]:
    """Keep each state once; a date beats none, and the earliest date beats later ones."""
    dates: dict[WorkState, str | None] = {}
    for state, date in stated:
        known = dates.get(state)
        dates[state] = min(known, date) if known and date else known or date
    return [
        WorkStatus(node_id("status", work.id, state.value, date), work.id, state, date)
        for state, date in sorted(dates.items())
    ]
