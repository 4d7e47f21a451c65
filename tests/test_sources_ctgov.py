"""A registry's entry: what is told, where each figure stands, which claims hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.compare.check import check
from kg.extract.record import report
from kg.model import DocumentRole, Scope, Source
from kg.sources import JsonError, NoRecordError, detect, read

_GROUPS = [{"id": "OG000", "title": "Drugol"}, {"id": "OG001", "title": "Placebo"}]
STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT00000001",
            "briefTitle": "Drugol in gout \u2265 65",
            "secondaryIdInfos": [{"id": "2010-000000-11", "type": "EUDRACT_NUMBER"}],
        },
        "statusModule": {"overallStatus": "TERMINATED", "whyStopped": "slow recruitment"},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE3"],
            "designInfo": {"allocation": "RANDOMIZED", "maskingInfo": {"masking": "QUADRUPLE"}},
            "enrollmentInfo": {"count": 80, "type": "ACTUAL"},
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": "Pain", "timeFrame": "6 weeks"}]},
    },
    "resultsSection": {
        "participantFlowModule": {
            "groups": _GROUPS,
            "periods": [
                {
                    "milestones": [
                        {
                            "type": "STARTED",
                            "achievements": [{"groupId": "OG000", "numSubjects": "41"}],
                        }
                    ],
                    "dropWithdraws": [
                        {"type": "Rash", "reasons": [{"groupId": "OG001", "numSubjects": "3"}]}
                    ],
                }
            ],
        },
        "outcomeMeasuresModule": {
            "outcomeMeasures": [
                {
                    "title": "Pain score",
                    "paramType": "MEAN",
                    "dispersionType": "Standard Deviation",
                    "unitOfMeasure": "points",
                    "timeFrame": "6 weeks",
                    "groups": _GROUPS,
                    "classes": [
                        {
                            "categories": [
                                {
                                    "measurements": [
                                        {"groupId": "OG000", "value": "3.1", "spread": "1.2"},
                                        {"groupId": "OG001", "value": "4.5", "spread": "1.1"},
                                    ]
                                }
                            ]
                        }
                    ],
                    "analyses": [
                        {
                            "groupIds": ["OG000", "OG001"], "pValue": "<0.001",
                            "paramType": "Mean Difference (Final Values)", "paramValue": "-1.4",
                            "ciPctValue": "95", "ciLowerLimit": "-2.0", "ciUpperLimit": "-0.8",
                        }
                    ],
                }
            ]
        },
        "adverseEventsModule": {
            "eventGroups": [
                {"id": "EG000", "title": "Drugol", "seriousNumAffected": 2, "seriousNumAtRisk": 41}
            ],
            "seriousEvents": [
                {"term": "Rash", "stats": [{"groupId": "EG000", "numAffected": 2, "numAtRisk": 41}]}
            ],
        },
    },
}  # fmt: skip


def source(study: Any = STUDY, *, escaped: bool = True) -> Source:  # noqa: ANN401
    text = json.dumps(study, indent=1, ensure_ascii=escaped)
    return read(text.encode(), "r.json", DocumentRole.RECORD)


def test_an_entry_is_known_by_its_content() -> None:
    assert detect(json.dumps(STUDY).encode(), "x", DocumentRole.RECORD) == "ctgov"
    found = source()
    assert found.document.scope == (Scope.REGISTRY,)
    assert found.work is not None
    assert found.work.id == "https://clinicaltrials.gov/study/NCT00000001"


def test_what_is_told_names_group_time_figure_and_interval() -> None:
    lines = source().readable.splitlines()
    assert "A randomised double-blind phase 3 trial; 80 participants were enrolled." in lines
    assert "The trial is terminated: slow recruitment." in lines
    assert "At 6 weeks, the mean Pain score was 3.1 points (SD 1.2) in the Drugol group." in lines
    assert "3 participants in the Placebo group withdrew (Rash)." in lines
    assert "2 of 41 participants in the Drugol group had serious Rash." in lines
    assert any("95% CI -2.0 to -0.8), p <0.001." in line for line in lines)


@pytest.mark.parametrize("escaped", [True, False])
def test_every_figure_told_is_printed_at_its_place(escaped: bool) -> None:
    found = source(escaped=escaped)
    for figure in ("3.1", "-2.0", "80", "NCT00000001", "Drugol in gout"):
        at = found.readable.index(figure)
        passage = found.document.passage(at, at + len(figure))
        assert found.text[passage.start : passage.end] == figure
    at = found.readable.index("≥")
    passage = found.document.passage(at, at + 1)
    assert found.text[passage.start : passage.end] == ("\\u2265" if escaped else "≥")


def test_a_sentence_stands_where_its_figures_are_printed() -> None:
    found = source()
    line = next(s for s in found.segments if "3.1" in found.readable[s.start : s.end])
    passage = found.document.passage(line.start, line.end)
    printed = found.text[passage.start : passage.end]
    assert '"value": "3.1"' in printed
    assert "4.5" not in printed


def test_registry_results_become_reported_results() -> None:
    results = report(source()).dossier.reported_results
    assert any(r.p_printed and "0.001" in r.p_printed for r in results)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("At 6 weeks, the mean pain score was 3.1 points in the drugol group.", "supported"),
        ("At 6 weeks, the mean pain score was 3.1 points in the placebo group.", "misattributed"),
        ("The drugol trial enrolled 80 participants.", "supported"),
    ],
)
def test_claims_are_held_against_an_entry(claim: str, verdict: str) -> None:
    assert check(claim, report(source())).verdict.value == verdict


def test_an_entry_without_results_says_so() -> None:
    found = source({"protocolSection": STUDY["protocolSection"]})
    assert found.document.warnings == ("r.json: the entry holds no results",)


@pytest.mark.parametrize("text", ['{"protocolSection": {"a": 1}', '{"protocolSection": [1,]}'])
def test_json_that_is_cut_off_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(JsonError, match="line 1, column"):
        read(text.encode(), "r.json", DocumentRole.RECORD, "ctgov")


def test_json_without_a_study_is_no_record() -> None:
    with pytest.raises(NoRecordError):
        read(b'{"protocolSection": {}}', "r.json", DocumentRole.RECORD, "ctgov")
