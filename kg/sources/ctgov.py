r"""Entries of ClinicalTrials.gov, as its API (version 2) serves them in JSON.

A registry tells in fields, and the rest of the program reads sentences. So a text is made of the
fields, one sentence for a design, an arm, an outcome or a figure, and each stretch of it is tied to
where the file prints it: offsets and digests are the file's. Posted results are told by
:mod:`kg.sources.ctgov_results`.

>>> from kg.sources.decoding import decode
>>> entry = b'''{"protocolSection": {"identificationModule": {"nctId": "NCT00000001",
...   "briefTitle": "Drugol in gout"}, "designModule": {"enrollmentInfo": {"count": 40,
...   "type": "ACTUAL"}, "designInfo": {"allocation": "RANDOMIZED"}}}}'''
>>> source = read(decode(entry, "r.json"), DocumentRole.RECORD)
>>> source.view.splitlines()
['NCT00000001', 'Drugol in gout', 'A randomised trial; 40 participants were enrolled.']
>>> at = source.view.index("40")
>>> passage = source.document.passage(at, at + 2)
>>> source.text[passage.start : passage.end], source.work.id
('40', 'https://clinicaltrials.gov/study/NCT00000001')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model import DocumentRole, Part, Scope, Source, Work, document_of
from kg.sources.ctgov_results import tell_results
from kg.sources.decoding import Decoded, NoRecordError
from kg.sources.json_tree import Item, parse
from kg.sources.telling import Telling
from kg.sources.works import work

FORMAT = "ctgov"
_ALLOCATION = {"RANDOMIZED": "randomised ", "NON_RANDOMIZED": "non-randomised "}
_MASKING = {
    "NONE": "open-label ", "SINGLE": "single-blind ", "DOUBLE": "double-blind ",
    "TRIPLE": "double-blind ", "QUADRUPLE": "double-blind ",
}  # fmt: skip
_MODEL = {
    "PARALLEL": "parallel-group ", "CROSSOVER": "crossover ", "FACTORIAL": "factorial ",
    "SINGLE_GROUP": "single-arm ", "SEQUENTIAL": "sequential ",
}  # fmt: skip
_PHASE = {
    "EARLY_PHASE1": "early phase 1 ", "PHASE1": "phase 1 ", "PHASE2": "phase 2 ",
    "PHASE3": "phase 3 ", "PHASE4": "phase 4 ",
}  # fmt: skip
_STATUS = {
    "RECRUITING": "recruiting", "NOT_YET_RECRUITING": "not yet recruiting",
    "ACTIVE_NOT_RECRUITING": "active, not recruiting", "COMPLETED": "completed",
    "TERMINATED": "terminated", "WITHDRAWN": "withdrawn", "SUSPENDED": "suspended",
    "ENROLLING_BY_INVITATION": "enrolling by invitation", "UNKNOWN": "unknown",
}  # fmt: skip
_OUTCOMES = {
    "primaryOutcomes": "The primary outcome is ", "secondaryOutcomes": "A secondary outcome is ",
    "otherOutcomes": "Another outcome is ",
}  # fmt: skip


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read one study; of a page or a list of studies, the first.

    :raises JsonError: if the file is no whole JSON
    :raises NoRecordError: if it holds no study with a registry number or a title
    """
    root = parse(file.text, file.name)
    studies = list(_studies(root))
    protocol = studies[0].member("protocolSection") if studies else None
    if protocol is None:
        raise NoRecordError(file.name)
    own = _work(file, protocol)
    if not (own.registration or own.title):
        raise NoRecordError(file.name)
    told = Telling(file.text)
    _tell_protocol(told, protocol)
    results = studies[0].member("resultsSection")
    if results is not None:
        tell_results(told, results)
    shown, segments, places = told.whole()
    document = document_of(file.sha256, file.name, role, FORMAT, file.text, (Scope.REGISTRY,))
    document = replace(
        document, title=own.title, work=own.id, places=places,
        warnings=tuple(_warnings(file, studies, results)),
    )  # fmt: skip
    return Source(document, segments, own, shown)


def _studies(root: Item) -> Iterator[Item]:
    held = root.member("studies") if root.is_object() else root
    for item in held.items() if held is not None else (root,):
        if item.is_object() and item.member("protocolSection") is not None:
            yield item


def _warnings(file: Decoded, studies: list[Item], results: Item | None) -> Iterator[str]:
    if len(studies) > 1:
        yield f"{file.name}: holds {len(studies)} studies, only the first was read"
    if results is None:
        yield f"{file.name}: the entry holds no results"


def _work(file: Decoded, protocol: Item) -> Work:
    dates = (
        "statusModule/lastUpdatePostDateStruct/date",
        "statusModule/studyFirstPostDateStruct/date",
    )
    return work(
        title=protocol.said("identificationModule/officialTitle")
        or protocol.said("identificationModule/briefTitle"),
        registration=protocol.said("identificationModule/nctId"),
        journal="ClinicalTrials.gov",
        date=next(filter(None, map(protocol.said, dates)), None),
        document=file.sha256,
        registry=True,
    )


def _tell_protocol(told: Telling, protocol: Item) -> None:
    for path, part in (
        ("identificationModule/nctId", Part.REGISTRATION),
        ("identificationModule/briefTitle", Part.TITLE),
        ("identificationModule/officialTitle", Part.TITLE),
        ("identificationModule/acronym", Part.TITLE),
        ("descriptionModule/briefSummary", Part.OBJECTIVE),
        ("descriptionModule/detailedDescription", Part.METHODS),
    ):
        found = protocol.member(path)
        if found is not None:
            told.tell(part, found, found)
    for secondary in protocol.items("identificationModule/secondaryIdInfos"):
        told.tell(Part.REGISTRATION, secondary, secondary.member("id"))
    for path in ("conditionsModule/conditions", "conditionsModule/keywords"):
        for item in protocol.items(path):
            told.tell(Part.KEYWORDS, item, item)
    _tell_design(told, protocol)
    _tell_status(told, protocol)
    for arm in protocol.items("armsInterventionsModule/armGroups"):
        told.tell(Part.METHODS, arm, arm.member("label"), ": ", arm.member("description"), ".")
    for given in protocol.items("armsInterventionsModule/interventions"):
        told.tell(Part.METHODS, given, given.member("name"), ": ", given.member("description"), ".")
    for path, opening in _OUTCOMES.items():
        for outcome in protocol.items(f"outcomesModule/{path}"):
            frame = outcome.member("timeFrame")
            told.tell(
                Part.METHODS, outcome, opening, outcome.member("measure"),
                " (" if frame else None, frame, ")" if frame else None, ".",
            )  # fmt: skip
    criteria = protocol.member("eligibilityModule/eligibilityCriteria")
    if criteria is not None:
        told.tell(Part.METHODS, criteria, criteria)
    for reference in protocol.items("referencesModule/references"):
        number = reference.member("pmid")
        told.tell(
            Part.REFERENCE, reference, reference.member("citation"),
            " PMID: " if number else None, number,
        )  # fmt: skip


def _tell_design(told: Telling, protocol: Item) -> None:
    design = protocol.member("designModule")
    if design is None:
        return
    info = "designInfo"
    words = [
        _ALLOCATION.get(design.said(f"{info}/allocation") or "", ""),
        _MASKING.get(design.said(f"{info}/maskingInfo/masking") or "", ""),
        *(_PHASE.get(str(phase.value), "") for phase in design.items("phases")),
        _MODEL.get(design.said(f"{info}/interventionModel") or "", ""),
    ]
    observed = design.said("studyType") == "OBSERVATIONAL"
    kind = "".join(words) + ("observational study" if observed else "trial")
    count = design.member("enrollmentInfo/count")
    planned = design.said("enrollmentInfo/type") != "ACTUAL"
    enrolled = " participants are planned." if planned else " participants were enrolled."
    told.tell(
        Part.METHODS, design, f"{'An' if kind[0] in 'aeiou' else 'A'} {kind}",
        "; " if count else ".", count, enrolled if count else None,
    )  # fmt: skip


def _tell_status(told: Telling, protocol: Item) -> None:
    status = protocol.member("statusModule/overallStatus")
    if status is None:
        return
    why = protocol.member("statusModule/whyStopped")
    said = _STATUS.get(str(status.value), str(status.value).lower())
    told.tell(Part.REVIEW_STATUS, status, f"The trial is {said}", ": " if why else None, why, ".")
