"""Which concept each code of each list is written as: one scheme an enum, and three open lists.

A concept is named by its code in CamelCase. Where that name is a class's or another scheme's, the
whole scheme takes a suffix (``ev:ClaimStatement``, ``ev:ResultClaim``, ``ev:DoseMention``) or the
member an exception (``ev:AbstractPart``, since ``ev:Abstract`` is a scope).

>>> SCOPE.concepts["full_text"], VERDICT.concepts["not_found"], PART.concepts["abstract"]
('ev:FullText', 'v:NotFound', 'ev:AbstractPart')
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg import model, terms


@dataclass(frozen=True, slots=True)
class Scheme:
    """A closed or open list of codes, each with its concept.

    :param name: local name of its ``skos:ConceptScheme``
    :param concepts: code → CURIE of its concept
    :param members: the enum whose values the codes are; None for an open list
    """

    name: str
    concepts: dict[str, str]
    members: type[StrEnum] | None = None


def _scheme(
    members: type[StrEnum], prefix: str = "ev", suffix: str = "", **exceptions: str
) -> Scheme:
    """Name each member's concept by its code in CamelCase, or by the exception given for it."""
    concepts = {
        member.value: f"{prefix}:{exceptions.get(member.name, terms.camel(member.value) + suffix)}"
        for member in members
    }
    return Scheme(f"{members.__name__}Scheme", concepts, members)


def _open(name: str, *codes: str, **exceptions: str) -> Scheme:
    """List known codes whose concepts are named in CamelCase."""
    return Scheme(name, {code: f"ev:{exceptions.get(code, terms.camel(code))}" for code in codes})


VERDICT = _scheme(model.Verdict, "v")
FAULT_CODE = _scheme(model.FaultCode, "f")
CHECK_OUTCOME = _scheme(model.CheckOutcome)
CONFLICT_KIND = _scheme(model.ConflictKind)
RESOLUTION_STATUS = _scheme(model.ResolutionStatus)
RESOLUTION_METHOD = _scheme(model.ResolutionMethod, NONE="NoMethod")
WORK_STATE = _scheme(model.WorkState)
DOCUMENT_ROLE = _scheme(model.DocumentRole)
SCOPE = _scheme(model.Scope)
PART = _scheme(model.Part, HEADING="HeadingPart", ABSTRACT="AbstractPart")
MENTION_KIND = _scheme(model.MentionKind, suffix="Mention")
COMPARATOR = _scheme(
    model.Comparator, EQUAL="EqualTo", LESS="LessThan", AT_MOST="AtMost", MORE="MoreThan",
    AT_LEAST="AtLeast", ABOUT="About", NS="NotSignificant",
)  # fmt: skip
DIRECTION = _scheme(model.Direction)
COMPARISON = _scheme(model.Comparison)
MODALITY = _scheme(model.Modality)
POLARITY = _scheme(model.Polarity)
STATEMENT_KIND = _scheme(model.StatementKind, suffix="Statement")
CLAIM_KIND = _scheme(model.ClaimKind, suffix="Claim")
ADVICE_DIRECTION = _scheme(model.RecommendationDirection)
ADVICE_STRENGTH = _scheme(model.RecommendationStrength)
GROUP_KIND = _scheme(model.GroupKind, POOLED="PooledGroup")
ENDPOINT_ROLE = _scheme(model.EndpointRole)
BETTER = _scheme(model.Better)
RELATEDNESS = _scheme(model.Relatedness)
CERTAINTY_LEVEL = _scheme(model.CertaintyLevel, suffix="Certainty")
CERTAINTY_BASIS = _scheme(model.CertaintyBasis)
DECISION = _scheme(model.Decision)
SEVERITY = _scheme(model.Severity, suffix="Finding")
DESIGN = _open(
    "StudyDesignScheme", "randomised_controlled", "non_randomised", "crossover",
    "cluster_randomised", "dose_escalation", "single_arm", "cohort", "case_control",
    "cross_sectional", "case_series", "case_report", "systematic_review", "meta_analysis",
    "guideline", "review", "animal", "in_vitro",
)  # fmt: skip
ANCHOR = _open("AnchorScheme", "baseline", "infusion", "randomisation", "treatment_start")
SLOT = Scheme(
    "SlotScheme",
    {
        "advice": "ev:advice",
        "age": "ev:age",
        "allocation": "ev:randomised",
        "blinding": "ev:blinding",
        "citation": "ev:citation",
        "claim": "ev:claim",
        "clause": "ev:clause",
        "comparator": "ev:comparatorGroup",
        "comparison": "ev:comparison",
        "count": "ev:count",
        "design": "ev:design",
        "direction": "ev:effectDirection",
        "doi": "ev:doi",
        "dose": "ev:dose",
        "estimate": "ev:estimate",
        "exception": "ev:excepted",
        "group": "ev:group",
        "interval": "ev:interval",
        "intervention": "ev:intervention",
        "layout": "ev:layout",
        "modality": "ev:modality",
        "n": "ev:n",
        "number": "ev:number",
        "outcome": "ev:outcome",
        "p_value": "ev:pValue",
        "percent": "ev:percent",
        "phase": "ev:phase",
        "pmcid": "ev:pmcid",
        "pmid": "ev:pmid",
        "polarity": "ev:polarity",
        "population": "ev:population",
        "reference": "ev:reference",
        "scope": "ev:scope",
        "significance": "ev:significant",
        "superlative": "ev:superlative",
        "time": "ev:timePoint",
        "title": "ev:title",
        "unit": "ev:unitUcum",
        "value": "ev:value",
        "work": "ev:work",
        "work_status": "ev:workState",
        "year": "ev:year",
    },
)
SCHEMES: tuple[Scheme, ...] = (
    VERDICT, FAULT_CODE, CHECK_OUTCOME, CONFLICT_KIND, RESOLUTION_STATUS, RESOLUTION_METHOD,
    WORK_STATE, DOCUMENT_ROLE, SCOPE, PART, MENTION_KIND, COMPARATOR, DIRECTION, COMPARISON,
    MODALITY, POLARITY, STATEMENT_KIND, CLAIM_KIND, ADVICE_DIRECTION,
    ADVICE_STRENGTH, GROUP_KIND, ENDPOINT_ROLE, BETTER, RELATEDNESS, CERTAINTY_LEVEL,
    CERTAINTY_BASIS, DECISION, SEVERITY, DESIGN, ANCHOR, SLOT,
)  # fmt: skip
