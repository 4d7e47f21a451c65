"""One statement put to one record: what ``kg check`` answers.

>>> from kg.model import DocumentRole
>>> from kg.sources import read
>>> from kg.extract.record import read_source
>>> text = "Forty adults took drugol (n = 20) or placebo (n = 20). Pain fell on drugol (p = .02)."
>>> record = read_source(read(text.encode(), "r.txt", DocumentRole.RECORD))
>>> found = check("Pain rose on drugol (p = .02).", record)
>>> found.verdict.value, [fault.code.value for fault in found.faults]
('contradicted', ['wrong_direction'])
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.compare.assess import compare
from kg.compare.derive import CitationState, ClaimVerdict, statement_verdict
from kg.compare.draft import Comparison, FaultDraft
from kg.compare.effect_check import effect_compared
from kg.compare.superiority import superiority_compared
from kg.extract import claims as claim_rules
from kg.extract.advice import find_advice
from kg.extract.reading import Reading, narrow, read_claim
from kg.extract.record import ReadRecord
from kg.model import ClaimKind, Passage, Verdict
from kg.text.sentences import sentences

_NO_FRAME: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Checked:
    """What came out for a statement and a record.

    :param rule: the rule that decided
    :param sentence: one sentence that a clinician can check
    :param faults: of all claims of the statement, in their order
    :param evidence: passages of the record, the best first
    """

    verdict: Verdict
    rule: str
    sentence: str
    faults: tuple[FaultDraft, ...]
    evidence: tuple[Passage, ...]
    scope: tuple[str, ...]


def check(claim: str, record: ReadRecord, frame: Mapping[str, str] = _NO_FRAME) -> Checked:
    """Hold a statement against a record.

    :param frame: slots as text; a group and a time count where the statement names none
    """
    text = _framed(claim, record.reading, frame)
    compared: list[tuple[ClaimVerdict, Comparison]] = []
    for start, end in sentences(text):
        said = read_claim(text, start, end, record.reading)
        whole = superiority_compared(said, record.reading, frame)
        whole = whole or effect_compared(said, record.reading, frame)
        if whole is not None:  # its commas divide names, not claims
            compared.append((ClaimVerdict(whole.verdict, True, True, True), whole))
            continue
        begin = claim_rules.past_label(text, start, end)
        for span in claim_rules.split(text, begin, end, find_advice(text, begin, end)):
            own, _ = narrow(said, span.start, span.end)
            found = compare(own, record.reading, advice=span.kind is ClaimKind.ADVICE)
            judged = ClaimVerdict(found.verdict, span.core, span.material, span.checkable)
            compared.append((judged, found))
    verdict, _ = statement_verdict([c for c, _ in compared], [CitationState(True, True)])
    leading = _leading(compared, verdict)
    spans = dict.fromkeys(
        span for found in _witnesses(compared, leading) for span in found.evidence
    )
    faults = {
        (f.code, f.slot, f.claim_span): f
        for judged, found in compared
        if judged.material
        for f in found.faults
    }
    return Checked(
        verdict,
        leading.rule if leading else "nothing-to-compare",
        leading.sentence if leading else "The statement says nothing that can be compared.",
        tuple(faults.values()),
        tuple(record.document.passage(*span) for span in spans if span[0] < span[1]),
        tuple(sorted(scope.value for scope in record.document.scope)),
    )


def _framed(claim: str, record: Reading, frame: Mapping[str, str]) -> str:
    """Add the frame's group and time to a statement that names none of its own."""
    if not frame.get("group") and not frame.get("time"):
        return claim
    said = read_claim(claim, 0, len(claim), record)
    text = claim.rstrip().rstrip(".")
    if frame.get("group") and not any(s.groups for s in said.sentences):
        text += f" in the {frame['group']}"
    if frame.get("time") and not any(f.days is not None for s in said.sentences for f in s.figures):
        text += f" at {frame['time']}"
    return claim if text == claim.rstrip().rstrip(".") else text + "."


def _witnesses(
    compared: list[tuple[ClaimVerdict, Comparison]], leading: Comparison | None
) -> list[Comparison]:
    """Order comparisons by their evidence: what was added has none, so what stands comes first."""
    added = leading is not None and leading.verdict in {
        Verdict.PARTIALLY_SUPPORTED, Verdict.NOT_FOUND,
    }  # fmt: skip
    standing = [f for _, f in compared if f.verdict is Verdict.SUPPORTED] if added else []
    return [*standing, *([leading] if leading else []), *(f for _, f in compared)]


def _leading(
    compared: list[tuple[ClaimVerdict, Comparison]], verdict: Verdict
) -> Comparison | None:
    """Return the comparison that the statement's verdict rests on: a core claim's first."""
    same = [(c, f) for c, f in compared if f.verdict is verdict] or compared
    ordered = sorted(same, key=lambda pair: (not pair[0].core, not pair[0].material))
    return ordered[0][1] if ordered else None
