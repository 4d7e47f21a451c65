r"""PubMed and MEDLINE records as XML, as E-utilities and PubMed's baseline files print them.

Every offset is one in the file. Kept as segments are title, abstract sections with their labels,
authors, journal, identifiers, registry numbers, key words, publication types and the notices that
tie the work to others; what the record says of its work's state (``RetractionIn`` …) goes to the
source's states. A file of several records gives its first; the others are named in a warning.

>>> from kg.sources.decoding import decode
>>> xml = b'''<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12</PMID><Article>
... <ArticleTitle>Walking with CO<sub>2</sub>.</ArticleTitle><Abstract>
... <AbstractText Label="RESULTS">It fell (p &lt; 0.05).</AbstractText></Abstract></Article>
... </MedlineCitation></PubmedArticle></PubmedArticleSet>'''
>>> source = read(decode(xml, "r.xml"), DocumentRole.RECORD)
>>> [(s.part.value, source.text[s.start : s.end]) for s in source.segments][1:]
[('title', 'Walking with CO<sub>2</sub>.'), ('results', 'It fell (p &lt; 0.05).')]
>>> source.work.pmid, source.work.title, source.document.scope
('12', 'Walking with CO2', (<Scope.ABSTRACT: 'abstract'>,))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model import (
    DocumentRole,
    Part,
    Scope,
    Segment,
    Source,
    View,
    Work,
    WorkState,
    document_of,
)
from kg.sources.decoding import Decoded, NoRecordError
from kg.sources.sections import part_of
from kg.sources.tree import Element
from kg.sources.view import view
from kg.sources.works import registration_in, work
from kg.sources.xml_tree import parse
from kg.text.dates import printed_date

FORMAT = "pubmed-xml"
_STATES = {
    "RetractionIn": WorkState.RETRACTED,
    "PartialRetractionIn": WorkState.RETRACTED,
    "ExpressionOfConcernIn": WorkState.EXPRESSION_OF_CONCERN,
    "ErratumIn": WorkState.CORRECTED,
    "CorrectedandRepublishedIn": WorkState.REPLACED,
    "RetractedandRepublishedIn": WorkState.REPLACED,
    "RepublishedIn": WorkState.REPLACED,
    "UpdateIn": WorkState.SUPERSEDED,
}
_AROUND = {
    "PubmedArticle": "MedlineCitation",
    "PubmedBookArticle": "BookDocument",
    "MedlineCitation": "",
}
_CLOSED = {
    "Author",
    "Reference",
    "MeshHeadingList",
    "ChemicalList",
    "GrantList",
    "AffiliationInfo",
    "History",
    "DateCompleted",
    "DateRevised",
    "MedlineJournalInfo",
    "PersonalNameSubjectList",
    "InvestigatorList",
    "SupplMeshList",
    "GeneSymbolList",
}
_CATEGORIES = {
    "BACKGROUND": Part.BACKGROUND, "OBJECTIVE": Part.OBJECTIVE, "METHODS": Part.METHODS,
    "RESULTS": Part.RESULTS, "CONCLUSIONS": Part.CONCLUSIONS,
}  # fmt: skip


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read the first record of a PubMed XML file.

    :raises XmlError: if the file is no whole, safe XML
    :raises NoRecordError: if no citation in it has a title, an abstract or an identifier
    """
    root = parse(file.text, file.name, _CLOSED)
    records = list(_records(root))
    if not records:
        raise NoRecordError(file.name)
    outer, citation = records[0]
    placed = sorted(_segments(outer, citation), key=lambda pair: pair[0].start)
    segments = tuple(segment for segment, _ in placed)
    own = _work(file, outer, citation)
    prose = any(s.part not in _ASIDE for s in segments)
    if not own.title and not own.pmid and not prose:
        raise NoRecordError(file.name)
    scope = (Scope.ABSTRACT,) if prose else (Scope.METADATA,)
    document = document_of(file.sha256, file.name, role, FORMAT, file.text, scope)
    document = replace(
        document, title=own.title, work=own.id, warnings=tuple(_warnings(file, records, prose))
    )
    return Source(
        document,
        segments,
        own,
        View(lambda: view(file.text, (e for _, e in placed))),
        tuple(_states(citation)),
    )


_ASIDE = frozenset(
    {
        Part.TITLE, Part.AUTHORS, Part.JOURNAL, Part.IDENTIFIER, Part.KEYWORDS, Part.REGISTRATION,
        Part.FURNITURE, Part.REVIEW_STATUS, Part.REFERENCE,
    }
)  # fmt: skip


def _records(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each record: the element around it, and its citation."""
    around = [root] if root.name in _AROUND else list(root.elements())
    for element in around:
        if element.name == "MedlineCitation":
            yield element, element
        elif element.name in _AROUND:
            citation = element.find(_AROUND[element.name])
            if citation is not None:
                yield element, citation


def _warnings(file: Decoded, records: list[tuple[Element, Element]], prose: bool) -> Iterator[str]:
    if len(records) > 1:
        rest = ", ".join(_pmid(c) or "?" for _, c in records[1:6])
        yield (
            f"{file.name}: holds {len(records)} records, only the first was read "
            f"(left out: PMID {rest}{' …' if len(records) > 6 else ''})"
        )
    if not prose:
        yield f"{file.name}: the record holds no abstract"


def _segments(outer: Element, citation: Element) -> Iterator[tuple[Segment, Element]]:
    """Yield each segment with the element that it is the inside of."""
    article = citation.find("Article")
    yield from _placed(citation.all("PMID"), Part.IDENTIFIER, "PMID:")
    for found in (article.all("ArticleTitle"), article.all("VernacularTitle")) if article else ():
        yield from _placed(found, Part.TITLE)
    if article is not None:
        yield from _placed(article.all("Journal/Title"), Part.JOURNAL)
        yield from _placed(article.all("AuthorList/Author"), Part.AUTHORS)
        yield from _placed(article.all("ELocationID"), Part.IDENTIFIER)
        yield from _placed(article.all("DataBankList/DataBank"), Part.REGISTRATION)
        yield from _placed(article.all("PublicationTypeList/PublicationType"), Part.FURNITURE)
        for text in article.all("Abstract/AbstractText"):
            yield from _section(text)
        yield from _placed(article.all("Abstract/CopyrightInformation"), Part.FURNITURE)
    for text in citation.all("OtherAbstract/AbstractText"):
        yield from _placed([text], Part.FURNITURE, "Other abstract")
    yield from _placed(citation.all("KeywordList/Keyword"), Part.KEYWORDS)
    notices = citation.all("CommentsCorrectionsList/CommentsCorrections")
    yield from _placed(notices, Part.REVIEW_STATUS)
    if outer is not citation:
        yield from _placed(outer.all("PubmedData/ArticleIdList/ArticleId"), Part.IDENTIFIER)
        yield from _placed(outer.all("PubmedData/ReferenceList/Reference"), Part.REFERENCE)


def _placed(
    elements: Iterator[Element] | list[Element], part: Part, label: str | None = None
) -> Iterator[tuple[Segment, Element]]:
    for element in elements:
        if element.inner_start < element.inner_end and element.speaks():
            kind = element.attributes.get("RefType") or element.attributes.get("IdType")
            printed = label or (f"{kind}:" if kind else None)
            yield Segment(element.inner_start, element.inner_end, part, printed), element


def _section(text: Element) -> Iterator[tuple[Segment, Element]]:
    """Yield an abstract's section; its label decides, else the category that PubMed gave it."""
    label = text.attributes.get("Label", "")
    category = _CATEGORIES.get(text.attributes.get("NlmCategory", ""))
    part = (part_of(label) if label else None) or category or Part.ABSTRACT
    yield from _placed([text], part, f"{label}:" if label else None)


def _work(file: Decoded, outer: Element, citation: Element) -> Work:
    article = citation.find("Article")
    ids = {
        element.attributes.get("IdType", ""): element.text()
        for element in outer.all("PubmedData/ArticleIdList/ArticleId")
    }
    located = {
        element.attributes.get("EIdType", ""): element.text()
        for element in (article.all("ELocationID") if article else ())
        if element.attributes.get("ValidYN", "Y") == "Y"
    }
    title = _said(article, "ArticleTitle")
    registered = _texts(article, "DataBankList/DataBank/AccessionNumberList/AccessionNumber")
    abstract = _texts(article, "Abstract/AbstractText")
    return work(
        doi=ids.get("doi") or located.get("doi"),
        pmid=_pmid(citation),
        pmcid=ids.get("pmc"),
        title=title.strip("[]").removesuffix(".").removesuffix("]") if title else None,
        journal=_said(article, "Journal/Title"),
        first_author=_first_author(article),
        date=_date(article),
        registration=next(filter(None, map(registration_in, [*registered, *abstract])), None),
        publication_types=tuple(_texts(article, "PublicationTypeList/PublicationType")),
        document=file.sha256,
    )


def _said(element: Element | None, path: str) -> str | None:
    found = element.find(path) if element is not None else None
    return (found.text() or None) if found is not None else None


def _texts(element: Element | None, path: str) -> list[str]:
    return [found.text() for found in element.all(path)] if element is not None else []


def _pmid(citation: Element) -> str | None:
    return _said(citation, "PMID")


def _first_author(article: Element | None) -> str | None:
    author = article.find("AuthorList/Author") if article is not None else None
    if author is None:
        return None
    names = (_said(author, "LastName"), _said(author, "Initials"))
    return _said(author, "CollectiveName") or " ".join(filter(None, names)) or None


def _date(article: Element | None) -> str | None:
    """Return when the work was published, as far as the record tells it: ``2019-03``."""
    for path in ("Journal/JournalIssue/PubDate", "ArticleDate"):
        found = article.find(path) if article is not None else None
        if found is None:
            continue
        told = (_said(found, "MedlineDate"), _said(found, "Year"), _said(found, "Month"))
        medline, year, month = told
        printed = medline or " ".join(filter(None, (year, month, _said(found, "Day"))))
        date = printed_date(_named_month(printed))
        if date or (year or medline or "")[:4].isdigit():
            return date[2] if date else (year or medline or "")[:4]
    return None


def _named_month(printed: str) -> str:
    """Write ``2019 03 07`` as ``2019-03-07``; a date with a month's name stays."""
    parts = printed.split()
    return "-".join(p.zfill(2) for p in parts) if all(p.isdigit() for p in parts) else printed


def _states(citation: Element) -> Iterator[tuple[WorkState, str | None]]:
    """Yield what the record tells of its work's state; a comment is none."""
    for notice in citation.all("CommentsCorrectionsList/CommentsCorrections"):
        state = _STATES.get(notice.attributes.get("RefType", ""))
        if state is not None:
            date = printed_date(_said(notice, "RefSource") or "")
            yield state, date[2] if date else None
