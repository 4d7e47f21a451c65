"""Which RDF term each class and field of the model is written as: the one table of the mapping.

Conventions, for whoever writes a query or a shape:

- A node is an IRI: ``{base}id/{node id}``, or the id itself where that is absolute (a work's DOI).
  There are no blank nodes. Every node carries its class, and its super-class where the table lists
  two (``ev:Document`` with ``ev:Answer`` or ``ev:Record``; ``ev:Group`` with ``ev:Arm`` or
  ``ev:PooledGroup``), so no query needs inference.
- A field becomes one predicate, named in ``NODES`` below. A tuple gives one triple for each
  element and has no order: what has an order has an ordinal, a rank or an offset.
- An absent value gives no triple.
- ``LINK``: an IRI of another node. ``TEXT``: ``xsd:string``. ``INTEGER``, ``BOOLEAN``, ``DECIMAL``:
  canonical literals (``100``, ``0.05``, no exponent); compare decimals in a ``FILTER``. The figure
  as printed stands beside each as text. Partial dates are text.
- ``CONCEPT``: a member of a closed list (``kg/graph/schemes.py``), written as its concept (``v:``
  verdicts, ``f:`` faults, else ``ev:``), whose ``skos:notation`` in ``ontology/schemes.ttl`` is
  the code.
- ``SYMBOL``: a member of a closed list, written as its code, a string: the comparators ``=`` ``<``
  ``<=`` ``>`` ``>=`` ``~`` ``ns``.
- ``OPEN``: a code of a list that may grow: a known code is its concept, any other a string.
- ``CLASS``: a member of a closed list, written as the node's second class.

Triples that follow from others, written for the sake of short queries and ignored when read:

- statement ``ev:makes`` claim (also claim ``ev:statement`` statement);
- marker ``c4o:hasContext`` the passage of its statement (also marker ``ev:statement`` statement);
- entry ``biro:references`` the work of its resolution; ``a ev:UnlistedReference`` if not listed;
- work ``a fabio:JournalArticle`` where its publication types say so;
- document ``ev:year``, the year of its printed date, and ``ev:textSha256``, the digest of its text
  where the graph carries it;
- assessment and judgement ``ev:faultCode`` the code of each fault (also of the fault nodes), and
  ``prov:wasGeneratedBy`` the run;
- run ``a prov:Activity``, ``prov:wasAssociatedWith`` a ``prov:SoftwareAgent``;
- an alignment is the single triple claimed ``ev:alignsWith`` reported, without a node of its own.

Named graphs, below ``{base}id/`` (queries read their union, so they matter for provenance only):

- ``g/doc/{hash}``: a document, its passages, headings, statements, markers and typed figures;
- ``g/run/{run}/citations``: entries, resolutions, works and their states;
- ``g/run/{run}/reported/{document hash}``: a record's trial, groups, doses, outcomes,
  times, results and adverse events;
- ``g/claim/{hash}#assertion``: a claim, its claimed results and the nodes that they name; a
  recommendation has ``g/recommendation/{hash}#assertion``;
- ``g/claim/{hash}#provenance``: assertion graph ``prov:wasDerivedFrom`` passage,
  ``prov:wasGeneratedBy`` run;
- ``g/review/{hash}``: one person's decision;
- ``g/examination/{hash}``: an answer's examination on its own, and its findings;
- ``g/run/{run}/assessment``: the run, assessments, checks, faults, evidence lines, judgements,
  contradictions, alignments;
- ``g/manifest``: the digest and the number of triples of every other graph, made last
  (``kg/graph/manifest.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from kg import model
from kg.graph import schemes


class Kind(Enum):
    """How a field's value is written; the module's docstring tells each."""

    LINK = auto()
    TEXT = auto()
    INTEGER = auto()
    DECIMAL = auto()
    BOOLEAN = auto()
    CONCEPT = auto()
    SYMBOL = auto()
    OPEN = auto()
    CLASS = auto()


@dataclass(frozen=True, slots=True)
class Property:
    """A field and the predicate that it is written as."""

    field: str
    predicate: str
    kind: Kind = Kind.TEXT
    scheme: schemes.Scheme | None = None


@dataclass(frozen=True, slots=True)
class NodeMap:
    """A family of the dossier, the model's class, and its RDF class with its properties."""

    family: str
    model: type[Any]
    cls: str
    properties: tuple[Property, ...]


_P = Property
_DOCUMENT = _P("document", "ev:document", Kind.LINK)
_STATED_IN = _P("stated_in", "ev:statedIn", Kind.LINK)
_PASSAGE = _P("passage", "ev:statedIn", Kind.LINK)
_LABEL = _P("label", "rdfs:label")
_ALIASES = _P("aliases", "ev:alias")
_RULE = _P("rule", "ev:rule")
_DATE = _P("date", "dcterms:date")
_CONDITION = _P("condition", "ev:condition")
_STATEMENT = _P("statement", "ev:statement", Kind.LINK)
_MARKER = _P("marker", "ev:marker", Kind.LINK)
_GROUP = _P("group", "ev:group", Kind.LINK)
_POPULATION = _P("population", "ev:population", Kind.LINK)
_WORK = _P("work", "ev:work", Kind.LINK)
_MODALITY = _P("modality", "ev:modality", Kind.CONCEPT, schemes.MODALITY)
_POLARITY = _P("polarity", "ev:polarity", Kind.CONCEPT, schemes.POLARITY)
_SLOT = _P("slot", "ev:slot", Kind.OPEN, schemes.SLOT)
_VERDICT = _P("verdict", "ev:verdict", Kind.CONCEPT, schemes.VERDICT)
_FAULTS = _P("faults", "ev:fault", Kind.LINK)
_TARGET = _P("target", "oa:hasTarget", Kind.LINK)
_REGISTRATION = _P("registration", "ev:registeredAs")
_N = _P("n", "ev:n", Kind.INTEGER)

_RESULT = (
    _DOCUMENT,
    _STATED_IN,
    _GROUP,
    _P("comparator_group", "ev:comparatorGroup", Kind.LINK),
    _POPULATION,
    _P("outcome", "ev:outcome", Kind.LINK),
    _P("time_point", "ev:timePoint", Kind.LINK),
    _P("dose", "ev:dose", Kind.LINK),
    _P("direction", "ev:effectDirection", Kind.CONCEPT, schemes.DIRECTION),
    _P("comparison", "ev:comparison", Kind.CONCEPT, schemes.COMPARISON),
    _P("significant", "ev:significant", Kind.BOOLEAN),
    _MODALITY,
    _POLARITY,
    _P("superlative", "ev:superlative"),
    _P("excepted", "ev:excepted"),
    _P("p_comparator", "ev:pComparator", Kind.SYMBOL, schemes.COMPARATOR),
    _P("p_value", "ev:pValue", Kind.DECIMAL),
    _P("p_printed", "ev:pPrinted"),
    _P("estimate", "ev:estimate", Kind.DECIMAL),
    _P("estimate_printed", "ev:estimatePrinted"),
    _P("estimate_type", "ev:estimateType"),
    _P("unit", "ev:unitUcum"),
    _P("ci_lower", "ev:ciLower", Kind.DECIMAL),
    _P("ci_upper", "ev:ciUpper", Kind.DECIMAL),
    _P("ci_level", "ev:ciLevel", Kind.DECIMAL),
    _N,
    _P("mentions", "ev:mention", Kind.LINK),
)

# One row a family of the dossier, alignments left out: they have no node.
NODES: tuple[NodeMap, ...] = (
    NodeMap("runs", model.Run, "ev:Run", (
        _P("version", "ev:version"),
        _P("rules", "ev:rules"),
        _P("used", "prov:used", Kind.LINK),
        _P("as_of", "ev:asOf"),
    )),
    NodeMap("documents", model.Document, "ev:Document", (
        _P("sha256", "schema:sha256"),
        _P("name", "ev:name"),
        _P("role", "rdf:type", Kind.CLASS, schemes.DOCUMENT_ROLE),
        _P("format", "ev:format"),
        _P("chars", "ev:chars", Kind.INTEGER),
        _P("text", "ev:text"),
        _P("offsets", "ev:offsets"),
        _P("scope", "ev:contentScope", Kind.CONCEPT, schemes.SCOPE),
        _P("work", "ev:representationOf", Kind.LINK),
        _P("title", "dcterms:title"),
        _DATE,
        _P("review_status", "ev:reviewStatus"),
        _P("warnings", "ev:warning"),
        _P("begins", "ev:begins", Kind.INTEGER),
    )),
    NodeMap("passages", model.Passage, "ev:Passage", (
        _P("document", "oa:hasSource", Kind.LINK),
        _P("start", "ev:start", Kind.INTEGER),
        _P("end", "ev:end", Kind.INTEGER),
        _P("sha256", "schema:sha256"),
        _P("part", "ev:role", Kind.CONCEPT, schemes.PART),
    )),
    NodeMap("headings", model.Heading, "ev:Heading", (
        _DOCUMENT,
        _PASSAGE,
        _P("level", "ev:level", Kind.INTEGER),
        _LABEL,
        _CONDITION,
    )),
    NodeMap("statements", model.Statement, "ev:Statement", (
        _P("short_id", "ev:shortId"),
        _DOCUMENT,
        _PASSAGE,
        _P("kind", "ev:statementKind", Kind.CONCEPT, schemes.STATEMENT_KIND),
        _P("headings", "ev:heading", Kind.LINK),
        _CONDITION,
    )),
    NodeMap("claims", model.Claim, "ev:Claim", (
        _P("short_id", "ev:shortId"),
        _STATEMENT,
        _PASSAGE,
        _P("ordinal", "ev:ordinal", Kind.INTEGER),
        _P("kind", "ev:claimKind", Kind.CONCEPT, schemes.CLAIM_KIND),
        _P("core", "ev:core", Kind.BOOLEAN),
        _P("material", "ev:material", Kind.BOOLEAN),
        _P("checkable", "ev:checkable", Kind.BOOLEAN),
        _MODALITY,
        _POLARITY,
        _P("expresses", "ev:expresses", Kind.LINK),
    )),
    NodeMap("recommendations", model.Recommendation, "ev:Recommendation", (
        _STATEMENT,
        _P("action", "ev:action"),
        _P("direction", "ev:recommendationDirection", Kind.CONCEPT, schemes.ADVICE_DIRECTION),
        _P("strength", "ev:recommendationStrength", Kind.CONCEPT, schemes.ADVICE_STRENGTH),
        _CONDITION,
        _P("population", "ev:advisedFor"),
        _P("setting", "ev:setting"),
        _P("rests_on", "ev:restsOn", Kind.LINK),
    )),
    NodeMap("markers", model.Marker, "ev:CitationMarker", (
        _STATEMENT,
        _PASSAGE,
        _P("label", "ev:label"),
        _P("denotes", "c4o:denotes", Kind.LINK),
    )),
    NodeMap("entries", model.ReferenceEntry, "ev:ReferenceEntry", (
        _DOCUMENT,
        _P("label", "ev:label"),
        _P("listed", "ev:listed", Kind.BOOLEAN),
        _P("resolution", "ev:resolution", Kind.LINK),
        _PASSAGE,
    )),
    NodeMap("resolutions", model.Resolution, "ev:Resolution", (
        _P("entry", "ev:entry", Kind.LINK),
        _P("status", "ev:resolutionStatus", Kind.CONCEPT, schemes.RESOLUTION_STATUS),
        _P("method", "ev:resolutionMethod", Kind.CONCEPT, schemes.RESOLUTION_METHOD),
        _P("confidence", "ev:confidence", Kind.DECIMAL),
        _WORK,
        _P("record", "ev:record", Kind.LINK),
    )),
    NodeMap("works", model.Work, "ev:Work", (
        _P("title", "dcterms:title"),
        _P("journal", "ev:journal"),
        _P("first_author", "ev:firstAuthor"),
        _P("year", "ev:year", Kind.INTEGER),
        _DATE,
        _P("doi", "prism:doi"),
        _P("pmid", "fabio:hasPubMedId"),
        _P("pmcid", "fabio:hasPubMedCentralId"),
        _REGISTRATION,
        _P("publication_types", "ev:publicationType"),
    )),
    NodeMap("work_statuses", model.WorkStatus, "ev:WorkStatus", (
        _WORK,
        _P("state", "ev:workState", Kind.CONCEPT, schemes.WORK_STATE),
        _DATE,
        _P("by", "ev:supersededBy", Kind.LINK),
    )),
    NodeMap("status_checks", model.StatusCheck, "ev:StatusCheck", (_WORK, _DATE)),
    NodeMap("trials", model.Trial, "ev:Trial", (
        _DOCUMENT,
        _LABEL,
        _P("work", "ev:reportedIn", Kind.LINK),
        _P("design", "ev:design", Kind.OPEN, schemes.DESIGN),
        _P("randomised", "ev:randomised", Kind.BOOLEAN),
        _P("blinding", "ev:blinding"),
        _P("phase", "ev:phase"),
        _P("enrolled", "ev:enrolled", Kind.INTEGER),
        _POPULATION,
        _REGISTRATION,
        _P("arms", "ev:hasArm", Kind.LINK),
        _P("pools", "ev:hasPool", Kind.LINK),
        _P("outcomes", "ev:hasOutcome", Kind.LINK),
        _P("doses", "ev:hasDose", Kind.LINK),
        _P("results", "ev:hasResult", Kind.LINK),
        _P("adverse_events", "ev:hasAdverseEvent", Kind.LINK),
        _STATED_IN,
    )),
    NodeMap("groups", model.Group, "ev:Group", (
        _DOCUMENT,
        _P("kind", "rdf:type", Kind.CLASS, schemes.GROUP_KIND),
        _LABEL,
        _ALIASES,
        _N,
        _P("received", "ev:received", Kind.LINK),
        _P("pools", "ev:pools", Kind.LINK),
    )),
    NodeMap("doses", model.Dose, "ev:Dose", (
        _DOCUMENT,
        _P("printed", "ev:printed"),
        _P("value", "ev:value", Kind.DECIMAL),
        _P("unit", "ev:unitUcum"),
        _P("counted_entity", "ev:countedEntity"),
        _P("route", "ev:route"),
        _P("schedule", "ev:schedule"),
        _P("agent", "ev:agent"),
    )),
    NodeMap("populations", model.Population, "ev:Population", (_DOCUMENT, _LABEL)),
    NodeMap("outcomes", model.Outcome, "ev:Outcome", (
        _DOCUMENT,
        _LABEL,
        _ALIASES,
        _P("role", "ev:endpointRole", Kind.CONCEPT, schemes.ENDPOINT_ROLE),
        _P("better_when", "ev:betterWhen", Kind.CONCEPT, schemes.BETTER),
    )),
    NodeMap("time_points", model.TimePoint, "ev:TimePoint", (
        _DOCUMENT,
        _P("printed", "ev:printed"),
        _P("days", "ev:days", Kind.DECIMAL),
        _P("anchor", "ev:anchor", Kind.OPEN, schemes.ANCHOR),
    )),
    NodeMap("claimed_results", model.ClaimedResult, "ev:ClaimedResult", _RESULT),
    NodeMap("reported_results", model.ReportedResult, "ev:ReportedResult", _RESULT),
    NodeMap("adverse_events", model.AdverseEventReport, "ev:AdverseEventReport", (
        _DOCUMENT,
        _P("event", "ev:event"),
        _STATED_IN,
        _GROUP,
        _P("count", "ev:count", Kind.INTEGER),
        _P("at_risk", "ev:atRisk", Kind.INTEGER),
        _P("serious", "ev:serious", Kind.BOOLEAN),
        _P("onset", "ev:onset", Kind.LINK),
        _P("relatedness", "ev:relatedness", Kind.CONCEPT, schemes.RELATEDNESS),
    )),
    NodeMap("certainties", model.Certainty, "ev:Certainty", (
        _DOCUMENT,
        _P("about", "ev:certaintyOf", Kind.LINK),
        _P("level", "ev:certaintyLevel", Kind.CONCEPT, schemes.CERTAINTY_LEVEL),
        _P("basis", "ev:certaintyBasis", Kind.CONCEPT, schemes.CERTAINTY_BASIS),
        _RULE,
        _STATED_IN,
    )),
    NodeMap("mentions", model.Mention, "ev:Mention", (
        _PASSAGE,
        _P("kind", "ev:mentionKind", Kind.CONCEPT, schemes.MENTION_KIND),
        _P("printed", "ev:printed"),
        _P("value", "ev:value", Kind.DECIMAL),
        _P("upper", "ev:upper", Kind.DECIMAL),
        _P("comparator", "ev:comparator", Kind.SYMBOL, schemes.COMPARATOR),
        _P("unit", "ev:unitUcum"),
        _P("entity", "ev:entity"),
        _P("level", "ev:ciLevel", Kind.DECIMAL),
        _P("spread", "ev:spread", Kind.DECIMAL),
        _P("total", "ev:total", Kind.DECIMAL),
    )),
    NodeMap("assessments", model.Assessment, "ev:Assessment", (
        _TARGET,
        _MARKER,
        _P("record", "ev:record", Kind.LINK),
        _VERDICT,
        _RULE,
        _P("sentence", "ev:sentence"),
        _P("scope", "ev:scope", Kind.OPEN, schemes.SCOPE),
        _P("against", "ev:against", Kind.LINK),
        _P("evidence", "ev:evidence", Kind.LINK),
        _P("checks", "ev:slotCheck", Kind.LINK),
        _FAULTS,
    )),
    NodeMap("slot_checks", model.SlotCheck, "ev:SlotCheck", (
        _SLOT,
        _P("outcome", "ev:outcomeOfCheck", Kind.CONCEPT, schemes.CHECK_OUTCOME),
        _P("claim_value", "ev:claimValue"),
        _P("source_value", "ev:sourceValue"),
        _P("claim_passage", "ev:claimPassage", Kind.LINK),
        _P("source_passage", "ev:sourcePassage", Kind.LINK),
    )),
    NodeMap("faults", model.Fault, "ev:Fault", (
        _P("code", "ev:faultCode", Kind.CONCEPT, schemes.FAULT_CODE),
        _SLOT,
        _RULE,
        _P("claimed", "ev:claimed"),
        _P("found", "ev:found"),
        _P("claim_passage", "ev:claimPassage", Kind.LINK),
        _P("record_passage", "ev:recordPassage", Kind.LINK),
    )),
    NodeMap("evidence_lines", model.EvidenceLine, "ev:EvidenceLine", (
        _P("passage", "ev:passage", Kind.LINK),
        _P("rank", "ev:rank", Kind.INTEGER),
        _P("trial", "ev:independenceKey", Kind.LINK),
    )),
    NodeMap("judgements", model.Judgement, "ev:Judgement", (
        _TARGET, _VERDICT, _RULE, _MARKER, _FAULTS,
    )),
    NodeMap("contradictions", model.Contradiction, "ev:Contradiction", (
        _P("kind", "ev:conflictKind", Kind.CONCEPT, schemes.CONFLICT_KIND),
        _P("between", "ev:between", Kind.LINK),
        _SLOT,
        _RULE,
        _P("sentence", "ev:sentence"),
    )),
    NodeMap("reviews", model.Review, "ev:HumanReview", (
        _TARGET,
        _P("decision", "ev:decision", Kind.CONCEPT, schemes.DECISION),
        _VERDICT,
        _P("by", "ev:reviewer"),
        _P("why", "ev:why"),
        _P("revises", "prov:wasRevisionOf", Kind.LINK),
        _DATE,
    )),
    NodeMap("examinations", model.Examination, "ev:Examination", (
        _DOCUMENT,
        _P("sha256", "schema:sha256"),
        _P("checks", "ev:checksSha256"),
    )),
    NodeMap("findings", model.RecordedFinding, "ev:Finding", (
        _P("examination", "ev:examination", Kind.LINK),
        _RULE,
        _P("severity", "ev:severity", Kind.CONCEPT, schemes.SEVERITY),
        _P("message", "ev:sentence"),
        _P("statement", "ev:findingOn", Kind.LINK),
        _P("query", "ev:query"),
        _P("rows", "ev:rows"),
    )),
)  # fmt: skip

# Predicates and classes of the triples that follow from others (see the docstring).
ALIGNS_WITH = "ev:alignsWith"
MAKES = "ev:makes"
HAS_CONTEXT = "c4o:hasContext"
REFERENCES = "biro:references"
YEAR = "ev:year"
TEXT_SHA256 = "ev:textSha256"
NAMED_GRAPH, GRAPH_SHA256, TRIPLES = "ev:NamedGraph", "schema:sha256", "ev:triples"
FAULT_CODE_OF = "ev:faultCode"
GENERATED_BY = "prov:wasGeneratedBy"
DERIVED_FROM = "prov:wasDerivedFrom"
ASSOCIATED_WITH = "prov:wasAssociatedWith"
UNLISTED = "ev:UnlistedReference"
JOURNAL_ARTICLE = "fabio:JournalArticle"
ACTIVITY = "prov:Activity"
AGENT = ("prov:SoftwareAgent", "ev:SoftwareAgent")

DERIVED = frozenset({
    ALIGNS_WITH, MAKES, HAS_CONTEXT, REFERENCES, YEAR, FAULT_CODE_OF, GENERATED_BY, DERIVED_FROM,
    ASSOCIATED_WITH, UNLISTED, JOURNAL_ARTICLE, ACTIVITY, *AGENT, TEXT_SHA256, NAMED_GRAPH,
    GRAPH_SHA256, TRIPLES,
})  # fmt: skip


def mapped_terms() -> frozenset[str]:
    """List every CURIE that a graph of the product may hold, concepts included.

    >>> {"ev:statedIn", "v:NotFound", "f:WrongGroup", "ev:alignsWith"} <= mapped_terms()
    True
    """
    own = {node.cls for node in NODES} | {p.predicate for node in NODES for p in node.properties}
    concepts = {curie for scheme in schemes.SCHEMES for curie in scheme.concepts.values()}
    return frozenset(DERIVED | own | concepts)
