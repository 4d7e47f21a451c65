"""A small invented run: an answer of three statements, one record, all that a report reads."""

from __future__ import annotations

from decimal import Decimal

from kg.model import (
    Assessment,
    CheckOutcome,
    Claim,
    ClaimedResult,
    ClaimKind,
    Comparator,
    ConflictKind,
    Contradiction,
    Direction,
    Document,
    DocumentRole,
    Dossier,
    EvidenceLine,
    Fault,
    FaultCode,
    Group,
    GroupKind,
    Heading,
    Judgement,
    Marker,
    Outcome,
    Part,
    Passage,
    Recommendation,
    RecommendationDirection,
    RecommendationStrength,
    ReferenceEntry,
    Resolution,
    ResolutionMethod,
    ResolutionStatus,
    Run,
    Scope,
    SlotCheck,
    Statement,
    StatementKind,
    TimePoint,
    Verdict,
    Work,
    WorkState,
    WorkStatus,
    document_of,
)
from kg.terms import digest, node_id

ANSWER_TEXT = (
    "Zelorimab in winter gout\n"
    "- Grip strength rose in the 40 mg arm at 6 weeks (p = 0.02). 1\n"
    '- Use <b>40 mg</b> | "daily" & rest. 1, 7\n'
    "- Grip strength fell in the 40 mg arm.\n"
)
RECORD_TEXT = (
    "Zelorimab for winter gout: a small study\n"
    "Results: Grip strength rose in all arms together at 6 weeks (p = .02); "
    "in the 40 mg arm p = .3.\n"
)
WORK = "https://doi.org/10.5555/zelorimab.1"


def _documents() -> tuple[Document, Document]:
    answer = document_of(
        digest(ANSWER_TEXT), "answer.txt", DocumentRole.ANSWER, "answer-text", ANSWER_TEXT
    )
    record = document_of(
        digest(RECORD_TEXT), "page.txt", DocumentRole.RECORD, "pubmed-page", RECORD_TEXT,
        (Scope.ABSTRACT, Scope.METADATA),
    )  # fmt: skip
    values = {name: getattr(record, name) for name in Document.__slots__} | {"work": WORK}
    return answer, Document(**values)


ANSWER, RECORD = _documents()


def cut(document: Document, words: str, part: Part | None = None) -> Passage:
    """Cut the first place where a document says the words."""
    start = (document.text or "").index(words)
    return document.passage(start, start + len(words), part)


HEADING = cut(ANSWER, "Zelorimab in winter gout", Part.HEADING)
LINES = tuple(cut(ANSWER, line[2:], Part.BULLET) for line in ANSWER_TEXT.splitlines()[1:])
MARKERS = (
    cut(ANSWER, "1\n- Use"),
    cut(ANSWER, "1, 7"),
    cut(ANSWER, "7\n"),
)
MARKER_SPANS = tuple(ANSWER.passage(p.start, p.start + 1) for p in MARKERS)
CLAIMED = cut(ANSWER, "40 mg arm at 6 weeks")
RESULT = cut(RECORD, "Grip strength rose in all arms together at 6 weeks (p = .02)", Part.RESULTS)
POOLED = cut(RECORD, "all arms together")


def _text_layer() -> Dossier:
    return Dossier(
        runs=(Run("run/1", "0.1.0", "ab" * 32, (ANSWER.id, RECORD.id), "2026-03-01"),),
        documents=(ANSWER, RECORD),
        passages=(HEADING, *LINES, *MARKER_SPANS, CLAIMED, RESULT, POOLED),
        headings=(Heading("heading/1", ANSWER.id, HEADING.id, 1, "Zelorimab in winter gout"),),
        statements=tuple(
            Statement(f"statement/{n}", f"s{n:03}", ANSWER.id, line.id, kind, ("heading/1",))
            for n, line, kind in (
                (1, LINES[0], StatementKind.CLAIM),
                (2, LINES[1], StatementKind.RECOMMENDATION),
                (3, LINES[2], StatementKind.CLAIM),
            )
        ),
    )


def _citation_layer() -> Dossier:
    named = (("1", "statement/1"), ("1", "statement/2"), ("7", "statement/2"))
    return Dossier(
        markers=tuple(
            Marker(node_id("marker", span.id), statement, span.id, label, f"entry/{label}")
            for (label, statement), span in zip(named, MARKER_SPANS, strict=True)
        ),
        entries=tuple(
            ReferenceEntry(f"entry/{n}", ANSWER.id, n, False, f"resolution/{n}") for n in "17"
        ),
        resolutions=(
            Resolution("resolution/1", "entry/1", ResolutionStatus.RESOLVED,
                       ResolutionMethod.SUPPLIED_BY_USER, Decimal(1), WORK, RECORD.id),
            Resolution("resolution/7", "entry/7", ResolutionStatus.UNRESOLVABLE,
                       ResolutionMethod.NONE, Decimal(0)),
        ),
        works=(Work(WORK, "Zelorimab for winter gout: a small study", doi="10.5555/zelorimab.1"),),
        work_statuses=(WorkStatus("status/1", WORK, WorkState.CORRECTED, "2025-11-02"),),
    )  # fmt: skip


def _claim_layer() -> Dossier:
    return Dossier(
        claims=(
            Claim("claim/1", "s001.1", "statement/1", LINES[0].id, 1, ClaimKind.RESULT, True, True,
                  True, expresses=("claimed/1",)),
            Claim("claim/2", "s002.1", "statement/2", LINES[1].id, 1, ClaimKind.ADVICE, True, True,
                  True),
            Claim("claim/3", "s003.1", "statement/3", LINES[2].id, 1, ClaimKind.RESULT, True, True,
                  True),
        ),
        recommendations=(
            Recommendation("recommendation/1", "statement/2", "use 40 mg daily",
                           RecommendationDirection.FOR, RecommendationStrength.UNSTATED,
                           rests_on=("claim/2",)),
        ),
        claimed_results=(
            ClaimedResult("claimed/1", ANSWER.id, LINES[0].id, group="group/1",
                          outcome="outcome/1", time_point="time/1", direction=Direction.INCREASE,
                          p_comparator=Comparator.EQUAL, p_value=Decimal("0.02"), p_printed="0.02"),
        ),
        groups=(Group("group/1", ANSWER.id, GroupKind.ARM, "40 mg arm"),),
        outcomes=(Outcome("outcome/1", ANSWER.id, "grip strength"),),
        time_points=(TimePoint("time/1", ANSWER.id, "6 weeks", Decimal(42)),),
    )  # fmt: skip


def _assessment_layer() -> Dossier:
    first, second = (node_id("marker", span.id) for span in MARKER_SPANS[:2])
    verdicts = (
        ("claim/1", None, Verdict.MISATTRIBUTED), ("statement/1", None, Verdict.MISATTRIBUTED),
        ("statement/1", first, Verdict.MISATTRIBUTED), ("claim/2", None, Verdict.NOT_FOUND),
        ("statement/2", None, Verdict.NOT_FOUND), ("statement/2", second, Verdict.NOT_FOUND),
        ("claim/3", None, Verdict.UNCITED), ("statement/3", None, Verdict.UNCITED),
    )  # fmt: skip
    return Dossier(
        assessments=(
            Assessment("assessment/1", "claim/1", first, RECORD.id, Verdict.MISATTRIBUTED,
                       "value-of-another-group", "The value stands for all arms together.",
                       ("abstract", "metadata"), evidence=("line/1",), checks=("check/1",),
                       faults=("fault/1",)),
            Assessment("assessment/2", "claim/2", second, RECORD.id, Verdict.NOT_FOUND, "silent",
                       "The record in hand says nothing of it.", ("abstract", "metadata"),
                       faults=("fault/2",)),
        ),
        slot_checks=(SlotCheck("check/1", "group", CheckOutcome.MISMATCH, "40 mg arm",
                               "all arms together", CLAIMED.id, POOLED.id),),
        faults=(
            Fault("fault/1", FaultCode.WRONG_GROUP, "group", "value-of-another-group", "40 mg arm",
                  "all arms together", CLAIMED.id, POOLED.id),
            Fault("fault/2", FaultCode.UNSUPPORTED_ADDITION, "claim", "silent"),
        ),
        evidence_lines=(EvidenceLine("line/1", RESULT.id, 1),),
        judgements=tuple(
            Judgement(node_id("judgement", *key), key[0], key[2], "derived", key[1])
            for key in verdicts
        ),
        contradictions=(
            Contradiction("contradiction/1", ConflictKind.WITHIN_ANSWER,
                          ("statement/1", "statement/3"), "direction", "opposite-directions",
                          "One says that grip strength rose, the other that it fell."),
        ),
    )  # fmt: skip


def sample() -> Dossier:
    """Return the whole run."""
    return _text_layer().merge(_citation_layer(), _claim_layer(), _assessment_layer())
