r"""The text of a PubMed page, pasted or saved, and PubMed's own export of records as text.

The page is read region by region: journal line, title, authors, identifiers, abstract, figures,
references, publication types. Only what the page prints of the work itself identifies it, never
what a reference or a comment prints. Every visible character lies in one segment, or is a label or
list mark that stands before one.

>>> from kg.sources.decoding import decode
>>> page = b'''J Inv Med
... . 2019 Mar;4(2):1-9.
... doi: 10.1000/x.1
... Walking after zelorimab
... Abstract
... Results: It helped ten men.
... References
... 1. Other work. J Inv Med. 2009;1:1. doi:10.1000/y
... '''
>>> source = read(decode(page, "p.txt"), DocumentRole.RECORD)
>>> source.work.doi, source.work.date, source.document.scope
('10.1000/x.1', '2019-03', (<Scope.ABSTRACT: 'abstract'>,))
>>> [segment.part.value for segment in source.segments]
['journal', 'journal', 'identifier', 'title', 'furniture', 'results', 'furniture', 'reference']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import DocumentRole, Part, Scope, Segment, Source, Work, document_of
from kg.sources.decoding import Decoded, NoRecordError
from kg.sources.lines import lines
from kg.sources.pubmed_body import body
from kg.sources.pubmed_export import is_export, pieces
from kg.sources.pubmed_head import head
from kg.sources.pubmed_regions import Region, citation, opening, publication_type
from kg.sources.works import doi_in, pmcid_in, pmid_in, registration_in, work
from kg.text.dates import printed_date

FORMAT = "pubmed-page"
_SITE = re.compile(
    r"PubMed Disclaimer|Access keys NCBI|National Library of Medicine|pubmed\.ncbi\.nlm\.nih\.gov",
    re.IGNORECASE,
)
_PMID = re.compile(r"^[ \t]*PMID\s?:\s*\d", re.MULTILINE)
_INFORMATION = re.compile(r"^[ \t]*(?:Author information:|Affiliations?[ \t]*\r?$)", re.MULTILINE)
_ARTICLE = re.compile(r"^[ \t]*(?:\d\.?\s+)?(?:introduction|discussion)[ \t]*\r?$", re.I | re.M)
_ARTICLE_CHARS = 12_000
_LOOKED_AT = 20_000
_HEAD_LINES = 80
_PROSE = frozenset(
    {Part.ABSTRACT, Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS, Part.RESULTS, Part.CONCLUSIONS}
)
_AFTER_NAME = re.compile(r"[\s\u00a0]*(?:[\d,;(*†‡§#¹²³]|\bet al\b|\band\b|\.\s*\Z)")


def looks_like(text: str) -> bool:
    r"""Tell whether a text is a PubMed page or PubMed's text export.

    It must print a journal line or the site's own words, and one more thing of such a page.

    >>> looks_like(". 2019 Mar;4(2):1-9.\nWalking\nAbstract\nIt helps.\nPMID: 12")
    True
    >>> looks_like("Walking\n\nAbstract\n\nIt helps ten men.")
    False
    """
    if len(text) > _ARTICLE_CHARS and len(_ARTICLE.findall(text)) > 1:
        return False
    begin = text[:_LOOKED_AT]
    top = lines(begin)[:_HEAD_LINES]
    printed = any(citation(line.text) for line in top)
    site = _SITE.search(text) is not None
    abstract = any((o := opening(line.text)) and o.region is Region.ABSTRACT for line in top)
    others = (abstract, _PMID.search(text), _INFORMATION.search(begin))
    return (printed or site) and sum(map(bool, (printed, site, *others))) > 1


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read a PubMed page or one record of PubMed's text export.

    :raises NoRecordError: if it holds no title beside a journal line, an identifier or an abstract
    """
    found = lines(file.text)
    warnings: list[str] = []
    if is_export(found):
        segments, more = pieces(file.text, found)
        if more:
            warnings.append(f"{file.name}: holds more records than one, only the first was read")
    else:
        top, below = head(found)
        title = next((file.text[s.start : s.end] for s in top if s.part is Part.TITLE), None)
        segments = [*top, *body(file.text, below, title)]
    scope = _scope(segments)
    own = _work(file, segments)
    known = any(s.part in {Part.JOURNAL, Part.IDENTIFIER} for s in segments)
    if scope == (Scope.METADATA,) and not (known and own.title):
        raise NoRecordError(file.name)
    if Scope.ABSTRACT not in scope:
        warnings.append(f"{file.name}: the page holds no abstract")
    document = document_of(file.sha256, file.name, role, FORMAT, file.text, scope)
    document = replace(document, title=own.title, work=own.id, warnings=tuple(warnings))
    return Source(document, tuple(segments), own)


def _scope(segments: Sequence[Segment]) -> tuple[Scope, ...]:
    parts = {segment.part for segment in segments}
    found = [Scope.ABSTRACT] * bool(parts & _PROSE) + [Scope.CAPTIONS] * (Part.CAPTION in parts)
    return tuple(found) or (Scope.METADATA,)


def _work(file: Decoded, segments: Sequence[Segment]) -> Work:
    """Return the work that the page is about, by what the page prints of it."""

    def printed(*parts: Part) -> list[str]:
        return [file.text[s.start : s.end] for s in segments if s.part in parts]

    published = printed(Part.JOURNAL)
    identifiers = "\n".join(printed(Part.JOURNAL, Part.IDENTIFIER))
    cited = next(filter(None, map(citation, published)), None)
    date = printed_date(cited.date if cited else "\n".join(published))
    authors = [s for s in segments if s.part is Part.AUTHORS and s.label is None]
    author = _first_author(file.text[authors[0].start : authors[0].end]) if authors else None
    title = next(iter(printed(Part.TITLE)), None)
    named = printed(Part.REGISTRATION) + printed(*_PROSE)
    return work(
        doi=doi_in(identifiers),
        pmid=pmid_in(identifiers),
        pmcid=pmcid_in(identifiers),
        title=" ".join(title.split()).removesuffix(".") if title else None,
        journal=(cited.journal if cited else None) or _journal(published),
        first_author=author,
        date=date[2] if date else None,
        registration=next(filter(None, map(registration_in, named)), None),
        publication_types=_types(file.text, segments),
        document=file.sha256,
    )


def _types(text: str, segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return the publication types that are printed above the abstract or under their heading."""
    body = _PROSE | {Part.CAPTION, Part.REFERENCE}
    stop = next((s.start for s in segments if s.part in body), len(text))
    told = (s for s in segments if s.part is Part.FURNITURE and (s.label or s.start < stop))
    found = (publication_type(text[s.start : s.end]) for s in told)
    return tuple(dict.fromkeys(filter(None, found)))


def _journal(published: Sequence[str]) -> str | None:
    """Return the journal that stands on a line of its own."""
    names = (text.strip(" .\u00a0") for text in published if not text.startswith("."))
    return next((name for name in names if name and not printed_date(name)), None)


def _first_author(names: str) -> str | None:
    """Return the first name of a list of authors, without the figures of affiliations.

    >>> _first_author("Golpanian S(1)(2), DiFede DL(1)"), _first_author("A Study Group.")
    ('Golpanian S', 'A Study Group')
    """
    match = _AFTER_NAME.search(names)
    name = names[: match.start()] if match else names
    return " ".join(name.split()) or None
