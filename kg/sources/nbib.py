r"""Records in PubMed's tagged text (``.nbib``, the MEDLINE display): one tag a field.

>>> from kg.sources.decoding import decode
>>> text = b'''PMID- 12
... TI  - Walking in
...       gout.
... AB  - METHODS: Ten men walked. RESULTS: Pain fell
...       (p = .02).
... LID - 10.1000/x.1 [doi]
... RIN - J Inv. 2020 May;1:2. PMID: 13
... '''
>>> source = read(decode(text, "r.nbib"), DocumentRole.RECORD)
>>> [(s.part.value, source.view[s.start : s.end]) for s in source.segments][1:4]
... # doctest: +NORMALIZE_WHITESPACE
[('title', 'Walking in gout.'), ('methods', 'Ten men walked.'),
 ('results', 'Pain fell (p = .02).')]
>>> source.work.doi, source.states
('10.1000/x.1', ((<WorkState.RETRACTED: 'retracted'>, '2020-05'),))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import DocumentRole, Part, Scope, Segment, Source, Work, WorkState, document_of
from kg.sources.decoding import Decoded, NoRecordError
from kg.sources.labelled import labelled
from kg.sources.lines import Line
from kg.sources.works import doi_in, pmcid_in, registration_in, work
from kg.text.dates import printed_date

FORMAT = "nbib"
_FIELD = re.compile(
    r"^(?P<tag>[A-Z]{2,4}) {0,2}- ?(?P<value>[^\r\n]*(?:\r?\n {6}[^\r\n]*)*)", re.MULTILINE
)
_PARTS = {
    "PMID": Part.IDENTIFIER, "LID": Part.IDENTIFIER, "AID": Part.IDENTIFIER,
    "PMC": Part.IDENTIFIER, "TI": Part.TITLE, "TT": Part.TITLE, "BTI": Part.TITLE,
    "FAU": Part.AUTHORS, "CN": Part.AUTHORS, "JT": Part.JOURNAL, "SO": Part.JOURNAL,
    "SI": Part.REGISTRATION, "OT": Part.KEYWORDS, "PT": Part.FURNITURE,
}  # fmt: skip
_STATES = {
    "RIN": WorkState.RETRACTED, "PRIN": WorkState.RETRACTED,
    "ECI": WorkState.EXPRESSION_OF_CONCERN, "EIN": WorkState.CORRECTED, "RPI": WorkState.REPLACED,
    "CRI": WorkState.REPLACED, "RRI": WorkState.REPLACED, "UIN": WorkState.SUPERSEDED,
}  # fmt: skip
_NOTICES = {
    "CIN", "CON", "EFR", "ECF", "ROF", "PROF", "RPF", "CRF", "RRF", "UOF", "SPIN", "ORI", *_STATES,
}  # fmt: skip
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Field:
    """One field: its tag, and where its value stands."""

    tag: str
    start: int
    end: int


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read the first record of a tagged file; the others are named in a warning.

    :raises NoRecordError: if it holds no field that a record has
    """
    shown = _view(file.text)
    records = list(_records(file.text))
    own = records[0] if records else []
    tags = {field.tag for field in own}
    if len(own) < _FEWEST or not tags & {"PMID", "TI", "AB", "BTI"}:
        raise NoRecordError(file.name)
    segments = tuple(sorted(_segments(shown, own), key=lambda s: s.start))
    described = _work(file, shown, own)
    scope = (Scope.ABSTRACT,) if "AB" in tags else (Scope.METADATA,)
    document = document_of(file.sha256, file.name, role, FORMAT, file.text, scope)
    warnings = tuple(_warnings(file, shown, records, "AB" in tags))
    document = replace(document, title=described.title, work=described.id, warnings=warnings)
    return Source(document, segments, described, shown, tuple(_states(shown, own)))


def _view(text: str) -> str:
    """Return the text with each wrapped line joined to the one before it."""
    return re.sub(r"\r?\n(?= {6})", lambda match: " " * len(match.group()), text)


def _records(text: str) -> Iterator[list[_Field]]:
    fields = [
        _Field(m["tag"], m.start("value"), m.end("value"))
        for m in _FIELD.finditer(text) if m["value"].strip()
    ]  # fmt: skip
    starts = [i for i, field in enumerate(fields) if field.tag == "PMID"] or [0]
    for first, stop in zip(starts, [*starts[1:], len(fields)], strict=True):
        if fields[first:stop]:
            yield fields[first:stop]


def _segments(shown: str, own: Sequence[_Field]) -> Iterator[Segment]:
    for field in own:
        part = Part.REVIEW_STATUS if field.tag in _NOTICES else _PARTS.get(field.tag)
        value = shown[field.start : field.end]
        start = field.start + len(value) - len(value.lstrip())
        if field.tag == "AB":
            abstract = Line(start, field.end, shown[start : field.end], 0, True)
            yield from labelled(shown, [abstract], Part.ABSTRACT)
        elif part is not None:
            yield Segment(start, field.end, part, f"{field.tag}:")


def _said(shown: str, own: Sequence[_Field], *tags: str) -> list[str]:
    return [" ".join(shown[f.start : f.end].split()) for f in own if f.tag in tags]


def _work(file: Decoded, shown: str, own: Sequence[_Field]) -> Work:
    def one(*tags: str) -> str | None:
        return next((said for tag in tags for said in _said(shown, own, tag)), None)

    title = one("TI", "BTI")
    printed = one("DP")
    date = printed_date(printed) if printed else None
    numbers = [*_said(shown, own, "SI"), *_said(shown, own, "AB")]
    dois = [text for text in _said(shown, own, "LID", "AID") if text.endswith("[doi]")]
    return work(
        doi=doi_in(dois[0]) if dois else None,
        pmid=one("PMID"),
        pmcid=pmcid_in(one("PMC") or ""),
        title=title.strip("[]").removesuffix(".").removesuffix("]") if title else None,
        journal=one("JT", "TA"),
        first_author=one("AU", "FAU", "CN"),
        date=date[2] if date else None,
        registration=next(filter(None, map(registration_in, numbers)), None),
        publication_types=tuple(_said(shown, own, "PT")),
        document=file.sha256,
    )


def _states(shown: str, own: Sequence[_Field]) -> Iterator[tuple[WorkState, str | None]]:
    for field in own:
        if field.tag in _STATES:
            date = printed_date(shown[field.start : field.end])
            yield _STATES[field.tag], date[2] if date else None


def _warnings(
    file: Decoded, shown: str, records: Sequence[Sequence[_Field]], abstract: bool
) -> Iterator[str]:
    if len(records) > 1:
        left = ", ".join(next(iter(_said(shown, r, "PMID")), "?") for r in records[1:6])
        yield (
            f"{file.name}: holds {len(records)} records, only the first was read "
            f"(left out: PMID {left}{' …' if len(records) > 6 else ''})"
        )
    if not abstract:
        yield f"{file.name}: the record holds no abstract"
