"""From marker to record: who ties what, how surely, and what is wrong on the way."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cite import (
    CitationFaults,
    KnownStatus,
    SuppliedRecord,
    TwoRecordsError,
    UnknownMarkerError,
    check_supplied,
    citation_faults,
    resolve,
)
from kg.cite.printed import read_entry
from kg.cite.states import page_states
from kg.errors import UsageError
from kg.extract.answer import read_answer
from kg.model import (
    DocumentRole,
    Dossier,
    FaultCode,
    Part,
    Resolution,
    ResolutionMethod,
    ResolutionStatus,
    Segment,
    Source,
    Work,
    WorkState,
    document_of,
)
from kg.sources.works import work
from kg.terms import digest

BODY = (
    "Walking and falls\n"
    "- Nordic walking lowered falls among shepherds in alpine huts. 1\n"
    "- Vitamin K2 capsules did not change marathon times of divers. 2\n"
    "- Zelorimab cured gout in 40 penguins at 6 weeks. 3\n"
)
LIST = (
    "1. Doe J, Roe R. Nordic walking and falls in alpine shepherds. J Huts. 2019;4:1-9. "
    "doi:10.1000/WALK.",
    "2. Poe P. Vitamin K2 capsules and the marathon times of divers. Dive Med. 2020.",
    "4. Moe M. Sleep in lighthouses and the song of whales. Sea. 2001. PMID: 77.",
)
PENGUINS = (
    "Zelorimab for gout in penguins. We gave zelorimab to 40 penguins; gout was cured at 6 weeks."
)


def answer(*entries: str, body: str = BODY) -> Source:
    """Build an answer of bullets with a reference list, every place known."""
    text = body + "".join(entry + "\n" for entry in entries)
    segments: list[Segment] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, end = at, at + len(line.rstrip("\n"))
        if line.startswith("- "):
            segments.append(Segment(start + 2, end, Part.BULLET))
        elif line[0].isdigit():
            label, dot, _ = line.partition(". ")
            segments.append(Segment(start + len(label + dot), end, Part.REFERENCE, label))
        else:
            segments.append(Segment(start, end, Part.TITLE, level=1))
        at += len(line)
    document = document_of(digest(text), "answer.txt", DocumentRole.ANSWER, "answer-text", text)
    return Source(document, tuple(segments))


def record(text: str, own: Work | None = None, name: str = "page.txt") -> Source:
    """Build a record of one abstract."""
    document = document_of(digest(text), name, DocumentRole.RECORD, "text", text)
    return Source(document, (Segment(0, len(text), Part.ABSTRACT),), own)


WALK = record("Falls fell.", work(doi="10.1000/walk", title="Nordic walking", date="2019"), "w.txt")
DIVE = record(
    "Times stayed.",
    work(
        pmid="5", title="Vitamin K2 capsules and the marathon times of divers",
        first_author="Pia Poe", date="2020-05",
    ),
    "d.txt",
)  # fmt: skip
BIRD = record(PENGUINS, name="b.txt")


def resolved(source: Source, *records: SuppliedRecord) -> tuple[Dossier, dict[str, Resolution]]:
    """Resolve an answer's markers; return everything, and the resolutions by label."""
    said = read_answer(source)
    found = resolve(source, said.markers, records)
    by_id = {r.id: r for r in found.resolutions}
    return said.merge(found), {e.label: by_id[e.resolution] for e in found.entries}


def codes(source: Source, *records: SuppliedRecord) -> tuple[CitationFaults, set[FaultCode]]:
    """Return the citation faults and their codes."""
    said, _ = resolved(source, *records)
    faults = citation_faults(source, said, records)
    return faults, {f.code for f in faults.faults}


def test_no_reference_list_is_a_normal_case() -> None:
    said, by_label = resolved(answer())
    assert {r.status for r in by_label.values()} == {ResolutionStatus.UNRESOLVABLE}
    assert {r.method for r in by_label.values()} == {ResolutionMethod.NONE}
    assert [e.listed for e in said.entries] == [False] * 3
    assert {m.denotes for m in said.markers} == {e.id for e in said.entries}


def test_the_user_s_word_wins() -> None:
    _, by_label = resolved(answer(*LIST), SuppliedRecord(DIVE, "1"))
    assert by_label["1"].method is ResolutionMethod.SUPPLIED_BY_USER
    assert by_label["1"].confidence == 1
    assert by_label["1"].record == DIVE.document.id


def test_a_printed_identifier_ties_a_record() -> None:
    _, by_label = resolved(answer(*LIST), SuppliedRecord(WALK))
    assert by_label["1"].method is ResolutionMethod.PRINTED_IDENTIFIER
    assert by_label["1"].record == WALK.document.id
    assert by_label["1"].work == "https://doi.org/10.1000/walk"


def test_title_year_and_author_tie_a_record() -> None:
    _, by_label = resolved(answer(*LIST), SuppliedRecord(DIVE))
    assert by_label["2"].method is ResolutionMethod.MATCHED_METADATA
    assert by_label["2"].record == DIVE.document.id
    assert Decimal("0.9") < by_label["2"].confidence < 1


def test_another_year_makes_the_tie_less_sure() -> None:
    late = LIST[1].replace("2020", "2003")
    _, by_label = resolved(answer(LIST[0], late), SuppliedRecord(DIVE))
    assert by_label["2"].confidence < Decimal("0.9")


def test_content_is_the_last_resort_and_modestly_sure() -> None:
    _, by_label = resolved(answer(), SuppliedRecord(BIRD))
    assert by_label["3"].method is ResolutionMethod.INFERRED_BY_CONTENT
    assert by_label["3"].record == BIRD.document.id
    assert by_label["3"].confidence <= Decimal("0.6")
    assert by_label["1"].status is ResolutionStatus.UNRESOLVABLE


def test_content_that_fits_nowhere_ties_nothing() -> None:
    stray = record("Tulips bloom in spring where the soil is wet.")
    said, by_label = resolved(answer(), SuppliedRecord(stray))
    assert {r.method for r in by_label.values()} == {ResolutionMethod.NONE}
    assert [w.id for w in said.works] == [SuppliedRecord(stray).work.id]


def test_content_that_fits_two_labels_alike_ties_neither() -> None:
    twice = "Gout\n- Zelorimab cured gout in penguins. 1\n- Zelorimab cured gout in penguins. 2\n"
    _, by_label = resolved(answer(body=twice), SuppliedRecord(BIRD))
    assert {r.method for r in by_label.values()} == {ResolutionMethod.NONE}


def test_an_entry_that_names_another_work_is_not_given_a_record_by_content() -> None:
    entry = "3. Zoe Z. Knitting by moonlight in the far north. Yarn. 1999."
    _, by_label = resolved(answer(entry), SuppliedRecord(BIRD))
    assert by_label["3"].status is ResolutionStatus.RECORD_MISSING


def test_a_printed_entry_without_a_record_names_its_work() -> None:
    said, by_label = resolved(answer(*LIST))
    assert {label: r.status for label, r in by_label.items()} == {
        "1": ResolutionStatus.RECORD_MISSING,
        "2": ResolutionStatus.RECORD_MISSING,
        "3": ResolutionStatus.UNRESOLVABLE,
        "4": ResolutionStatus.RECORD_MISSING,
    }
    works = {w.id: w for w in said.works}
    assert works[by_label["4"].work or ""].pmid == "77"
    listed = {e.label: e.passage for e in said.entries if e.listed}
    assert set(listed) == {"1", "2", "4"}
    assert set(listed.values()) <= {p.id for p in said.passages}


def test_an_unnumbered_list_is_counted() -> None:
    source = answer(*LIST[:2])
    bare = tuple(
        Segment(s.start, s.end, s.part) if s.part is Part.REFERENCE else s for s in source.segments
    )
    _, by_label = resolved(Source(source.document, bare), SuppliedRecord(WALK))
    assert by_label["1"].record == WALK.document.id


@pytest.mark.parametrize(
    ("doi", "pmid", "title"),
    [("10.1000/A(b)c<1>", None, "T"), (None, "12", "T"), (None, None, "A title of words")],
)
def test_entry_and_record_give_one_work_one_id(
    doi: str | None, pmid: str | None, title: str
) -> None:
    from kg.cite.printed import work_id

    assert work_id(doi, pmid, title, "Doe", 2001) == (
        work(doi=doi, pmid=pmid, title=title, first_author="Doe", date="2001").id
    )


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Doe J, Roe R, Poe P. Walking in the cold. J Cold. 2019;4:1.", "Walking in the cold"),
        ("Doe, J., & Roe, R. (2019). Walking in the cold. J Cold, 4, 1.", "Walking in the cold"),
        ("Walking in the cold. J Cold 2019.", "Walking in the cold"),
        ('Doe J et al. "Walking in the cold." J Cold, 2019.', "Walking in the cold"),
        ("https://doi.org/10.1000/x", None),
    ],
)
def test_the_title_of_an_entry_is_found(entry: str, title: str | None) -> None:
    assert read_entry(entry).title == title


def test_a_marker_that_the_answer_does_not_have_is_told_with_those_it_has() -> None:
    said = read_answer(answer())
    records = [SuppliedRecord(WALK, "9"), SuppliedRecord(BIRD, "3")]
    (error,) = check_supplied(said.markers, records)
    assert isinstance(error, UnknownMarkerError)
    assert isinstance(error, UsageError)
    assert (error.marker, error.record, error.labels) == ("9", "w.txt", ("1", "2", "3"))
    assert "1, 2, 3" in str(error)
    _, by_label = resolved(answer(), *records)
    assert by_label["3"].record == BIRD.document.id
    assert not any(r.record == WALK.document.id for r in by_label.values())


def test_two_records_for_one_marker_are_told_and_neither_is_used() -> None:
    said = read_answer(answer())
    records = [SuppliedRecord(WALK, "1"), SuppliedRecord(DIVE, "1"), SuppliedRecord(BIRD, "3")]
    (error,) = check_supplied(said.markers, records)
    assert isinstance(error, TwoRecordsError)
    assert (error.marker, error.records) == ("1", ("d.txt", "w.txt"))
    _, by_label = resolved(answer(), *records)
    assert by_label["1"].status is ResolutionStatus.UNRESOLVABLE
    assert by_label["3"].record == BIRD.document.id


def test_the_same_record_twice_for_one_marker_is_no_error() -> None:
    said = read_answer(answer())
    assert check_supplied(said.markers, [SuppliedRecord(WALK, "1"), SuppliedRecord(WALK, "1")]) == (
        ()
    )


@pytest.mark.parametrize(
    ("line", "state", "date"),
    [
        ("Retraction in: J Huts. 2021 Mar 4;2:1.", WorkState.RETRACTED, "2021-03-04"),
        ("Erratum in\nJ Huts. 2020 May;3:2.", WorkState.CORRECTED, "2020-05"),
        ("Expression of concern in: J Huts. 2020.", WorkState.EXPRESSION_OF_CONCERN, "2020"),
        ("Corrected and republished in: J Huts. 2022.", WorkState.REPLACED, "2022"),
        ("Update in: J Huts. 2023.", WorkState.SUPERSEDED, "2023"),
    ],
)
def test_a_page_s_own_notice_gives_a_state(line: str, state: WorkState, date: str) -> None:
    assert list(page_states(line)) == [(state, date)]


@pytest.mark.parametrize("line", ["Comment in: J Huts. 2020.", "The retraction in the wall grew."])
def test_a_comment_or_a_sentence_gives_no_state(line: str) -> None:
    assert list(page_states(line)) == []


def test_states_come_from_publication_types_and_from_a_list() -> None:
    gone = record("It fell.", work(doi="10.1000/x", publication_types=("Retracted Publication",)))
    said = read_answer(answer())
    found = resolve(
        answer(), said.markers, [SuppliedRecord(gone, "1"), SuppliedRecord(DIVE, "2")],
        statuses=[
            KnownStatus("https://doi.org/10.1000/X", WorkState.RETRACTED, "2020-01-02"),
            KnownStatus("PMID: 5", WorkState.CORRECTED),
            KnownStatus("10.9/other", WorkState.RETRACTED),
        ],
    )  # fmt: skip
    assert sorted((s.work, s.state.value, s.date) for s in found.work_statuses) == [
        ("https://doi.org/10.1000/x", "retracted", "2020-01-02"),
        ("https://pubmed.ncbi.nlm.nih.gov/5/", "corrected", None),
    ]


def test_faults_are_keyed_by_marker_statement_and_entry() -> None:
    source = answer(*LIST)
    faults, found = codes(source, SuppliedRecord(WALK, "1"))
    assert found == {FaultCode.REFERENCE_UNRESOLVABLE, FaultCode.REFERENCE_NEVER_CITED}
    said = read_answer(source)
    third = next(m for m in said.markers if m.label == "3")
    (fault,) = faults.by_marker[third.id]
    assert faults.by_statement[third.statement] == (fault,)
    assert faults.by_entry[third.denotes] == (fault,)
    never = next(f for f in faults.faults if f.code is FaultCode.REFERENCE_NEVER_CITED)
    assert not any(never.id in ids for ids in faults.by_marker.values())


def test_a_record_that_is_not_what_the_entry_prints_is_told() -> None:
    faults, found = codes(answer(*LIST), SuppliedRecord(DIVE, "1"))
    assert FaultCode.METADATA_WRONG in found
    wrong = {
        f.slot: (f.claimed, f.found) for f in faults.faults if f.code.value == "metadata_wrong"
    }
    assert wrong["title"] == (
        "Nordic walking and falls in alpine shepherds",
        "Vitamin K2 capsules and the marathon times of divers",
    )
    other = record("It fell.", work(doi="10.1000/other"))
    faults, _ = codes(answer(*LIST), SuppliedRecord(other, "1"))
    assert ("doi", "10.1000/walk", "10.1000/other") in {
        (f.slot, f.claimed, f.found) for f in faults.faults
    }


def test_the_right_record_has_no_metadata_fault() -> None:
    _, found = codes(answer(*LIST), SuppliedRecord(DIVE, "2"))
    assert FaultCode.METADATA_WRONG not in found


def test_one_work_under_two_labels_is_a_duplicate() -> None:
    again = "3. Doe J. Nordic walking. J Huts. 2019. doi:10.1000/walk"
    faults, found = codes(answer(LIST[0], again))
    assert FaultCode.DUPLICATE_REFERENCE in found
    twice = [f for f in faults.faults if f.code is FaultCode.DUPLICATE_REFERENCE]
    assert sorted((f.claimed, f.found) for f in twice) == [("1", "3"), ("3", "1")]


def test_two_entries_under_one_label_are_ambiguous() -> None:
    again = "1. Zoe Z. Knitting by moonlight in the far north. Yarn. 1999."
    _, found = codes(answer(LIST[0], again))
    assert FaultCode.AMBIGUOUS_CITATION in found
    _, found = codes(answer(LIST[0], LIST[0]))
    assert FaultCode.AMBIGUOUS_CITATION not in found


def test_a_statement_to_check_without_a_marker_lacks_a_citation() -> None:
    source = answer(body="Rest\n- Rest lowered falls by 4%.\n- Encourage rest.\n")
    faults, found = codes(source)
    assert found == {FaultCode.CITATION_MISSING}
    (statement,) = faults.by_statement
    said = read_answer(source)
    assert next(s.short_id for s in said.statements if s.id == statement) == "s001"


def test_a_retracted_work_is_a_fault_of_each_marker_that_leads_to_it() -> None:
    gone = record("It fell.", work(doi="10.1000/x", publication_types=("Retracted Publication",)))
    records = [SuppliedRecord(gone, "1")]
    faults, found = codes(answer(), *records)
    assert FaultCode.RETRACTED in found
    marker = next(m for m in read_answer(answer()).markers if m.label == "1")
    assert len(faults.by_marker[marker.id]) == 1


def test_the_order_of_records_changes_nothing() -> None:
    records = [SuppliedRecord(WALK), SuppliedRecord(DIVE), SuppliedRecord(BIRD)]
    results = {repr(resolved(answer(*LIST), *order)[0]) for order in permutations(records)}
    assert len(results) == 1


labels = st.sampled_from(["1", "2", "3", "9", None])


@given(st.lists(st.tuples(st.sampled_from([WALK, DIVE, BIRD]), labels), max_size=5))
def test_every_marker_is_resolved_once_whatever_is_supplied(
    pairs: list[tuple[Source, str | None]],
) -> None:
    source = answer(*LIST)
    said, by_label = resolved(source, *(SuppliedRecord(*pair) for pair in pairs))
    assert {m.denotes for m in said.markers} <= {e.id for e in said.entries}
    assert set(by_label) == {"1", "2", "3", "4"}
    works = {w.id for w in said.works}
    for resolution in by_label.values():
        assert 0 <= resolution.confidence <= 1
        assert (resolution.record is not None) == (resolution.status is ResolutionStatus.RESOLVED)
        assert resolution.work is None or resolution.work in works
