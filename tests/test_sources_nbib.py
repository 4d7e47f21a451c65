"""PubMed's tagged text: fields, wrapped lines, states, and what is refused."""

from __future__ import annotations

import pytest

from kg.model import DocumentRole, Part, Scope, Source, WorkState
from kg.sources import NoRecordError, read

RECORD = """
PMID- 91000001
STAT- MEDLINE
DP  - 2021 Mar 4
TI  - Zelorimab in painful
      gout: a trial.
LID - 10.1000/ZEL.1 [doi]
AB  - BACKGROUND: Gout hurts. RESULTS: Pain fell on
      zelorimab (p = .02). CONCLUSIONS: It helps.
FAU - Nowhere, Ann
AU  - Nowhere A
CN  - Gout Group
PT  - Randomized Controlled Trial
JT  - Journal of invented trials
SI  - ClinicalTrials.gov/NCT01234567
CIN - J Inv. 2022 Jan;1:1. PMID: 91000002
RIN - J Inv. 2023 May;2:9. PMID: 91000003
OT  - gout
PMC - PMC9100001
"""


def source(text: str) -> Source:
    return read(text.encode(), "r.nbib", DocumentRole.RECORD)


def said(found: Source, part: Part) -> list[str]:
    view = found.view or ""
    return [" ".join(view[s.start : s.end].split()) for s in found.segments if s.part is part]


def test_wrapped_lines_are_joined_and_labels_part_the_abstract() -> None:
    found = source(RECORD)
    assert said(found, Part.TITLE) == ["Zelorimab in painful gout: a trial."]
    assert said(found, Part.RESULTS) == ["Pain fell on zelorimab (p = .02)."]
    assert found.document.scope == (Scope.ABSTRACT,)
    assert found.view is not None
    assert len(found.view) == len(found.text)


def test_the_work_and_its_state_are_read() -> None:
    found = source(RECORD)
    work = found.work
    assert work is not None
    assert (work.doi, work.pmid, work.pmcid) == ("10.1000/zel.1", "91000001", "PMC9100001")
    assert (work.date, work.registration) == ("2021-03-04", "NCT01234567")
    assert found.states == ((WorkState.RETRACTED, "2023-05"),)
    assert len(said(found, Part.REVIEW_STATUS)) == 2


def test_the_doi_is_found_among_article_ids_too() -> None:
    found = source(RECORD.replace("LID - 10.1000/ZEL.1 [doi]", "AID - 10.1000/zel.2 [doi]"))
    assert found.work is not None
    assert found.work.doi == "10.1000/zel.2"


def test_further_records_are_named() -> None:
    found = source(RECORD + RECORD.replace("91000001", "91000009"))
    assert ["91000009" in warning for warning in found.document.warnings] == [True]


@pytest.mark.parametrize("text", ["PMID- 1\n", "OWN - NLM\nSTAT- MEDLINE\n"])
def test_what_holds_no_record_is_refused(text: str) -> None:
    with pytest.raises(NoRecordError):
        read(text.encode(), "r.nbib", DocumentRole.RECORD, "nbib")
