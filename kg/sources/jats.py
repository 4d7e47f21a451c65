r"""Articles in JATS, the XML of PubMed Central: sections, captions, tables, references.

Every offset is one in the file. A paragraph is a segment of the part that its section's title or
type stands for, or the title of a section around it; a table's row is a segment whose cells are
parted by bars; each entry of the reference list is one. A figure's picture and a formula's layout
say nothing and are not read.

>>> from kg.sources.decoding import decode
>>> xml = b'''<article><front><article-meta><article-id pub-id-type="pmid">12</article-id>
... <title-group><article-title>Walking</article-title></title-group></article-meta></front>
... <body><sec><title>Results</title><p>Pain fell (<italic>p</italic> = 0.02)
... <xref ref-type="bibr">4</xref>.</p></sec></body></article>'''
>>> source = read(decode(xml, "r.nxml"), DocumentRole.RECORD)
>>> [(s.part.value, s.label) for s in source.segments]
[('identifier', 'pmid:'), ('title', None), ('results', 'Results')]
>>> source.work.pmid, source.document.scope
('12', (<Scope.FULL_TEXT: 'full_text'>,))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import DocumentRole, Part, Scope, Segment, Source, View, Work, WorkState, document_of
from kg.sources.decoding import Decoded, NoRecordError
from kg.sources.sections import part_of
from kg.sources.tree import Element
from kg.sources.view import view
from kg.sources.works import registration_in, work
from kg.sources.xml_tree import parse
from kg.text.dates import printed_date

FORMAT = "jats"
_TYPES = {
    "intro": Part.BACKGROUND, "methods": Part.METHODS, "materials|methods": Part.METHODS,
    "materials": Part.METHODS, "subjects": Part.METHODS, "results": Part.RESULTS,
    "discussion": Part.CONCLUSIONS, "conclusions": Part.CONCLUSIONS,
}  # fmt: skip
_STATES = (
    ("retract", WorkState.RETRACTED), ("concern", WorkState.EXPRESSION_OF_CONCERN),
    ("republish", WorkState.REPLACED), ("correct", WorkState.CORRECTED),
    ("erratum", WorkState.CORRECTED), ("updated", WorkState.SUPERSEDED),
)  # fmt: skip
_ABOUT_OTHERS = {"retraction", "correction", "expression-of-concern"}
_DATES = ("ppub", "collection", "epub", "pub", "")
_BLOCKS = {"p", "disp-quote", "list-item", "def", "verse-group"}
_CAPTIONED = {"fig", "table-wrap", "boxed-text", "supplementary-material"}

_Placed = tuple[Segment, Element]


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read an article.

    :raises XmlError: if the file is no whole, safe XML
    :raises NoRecordError: if no article is in it, or one without title, text and identifier
    """
    root = parse(file.text, file.name)
    article = next((e for e in root.walk() if e.name == "article"), None)
    if article is None:
        raise NoRecordError(file.name)
    placed = sorted(_segments(article), key=lambda pair: pair[0].start)
    segments = tuple(segment for segment, _ in placed)
    meta = article.find("front/article-meta") or Element("", 0, {})
    own = _work(file, article, meta)
    scope = tuple(_scope(article))
    if not segments or not (own.title or own.pmid or own.doi):
        raise NoRecordError(file.name)
    document = document_of(file.sha256, file.name, role, FORMAT, file.text, scope)
    absent = () if Scope.FULL_TEXT in scope else (f"{file.name}: the article has no body",)
    document = replace(document, title=own.title, work=own.id, warnings=absent)
    return Source(
        document,
        segments,
        own,
        View(lambda: view(file.text, (e for _, e in placed))),
        tuple(_states(article, meta)),
    )


def _scope(article: Element) -> Iterator[Scope]:
    if article.find("front/article-meta/abstract") is not None:
        yield Scope.ABSTRACT
    body = article.find("body")
    if body is not None and body.text():
        yield Scope.FULL_TEXT
    elif article.find("front/article-meta/abstract") is None:
        yield Scope.METADATA


def _segments(article: Element) -> Iterator[_Placed]:
    front = article.find("front")
    if front is not None:
        yield from _front(front)
    body = article.find("body")
    if body is not None:
        yield from _section(body, Part.BODY, None)
    for group in article.all("floats-group"):
        yield from _section(group, Part.BODY, None)
    for back in article.all("back"):
        for section in back.elements():
            if section.name == "ref-list":
                yield from _references(section)
            elif section.name in {"sec", "app-group", "ack", "notes", "fn-group"}:
                yield from _section(section, Part.BODY, None)


def _front(front: Element) -> Iterator[_Placed]:
    yield from _placed(front.all("journal-meta/journal-title"), Part.JOURNAL)
    yield from _placed(front.all("journal-meta/journal-title-group/journal-title"), Part.JOURNAL)
    meta = front.find("article-meta")
    if meta is None:
        return
    for identifier in meta.all("article-id"):
        kind = identifier.attributes.get("pub-id-type", "")
        yield from _placed([identifier], Part.IDENTIFIER, f"{kind}:")
    yield from _placed(meta.all("title-group/article-title"), Part.TITLE)
    yield from _placed(meta.all("title-group/subtitle"), Part.TITLE)
    for group in meta.all("contrib-group"):
        for contributor in group.elements("contrib"):
            names = (e for e in contributor.elements() if e.name in {"name", "collab"})
            yield from _placed(names, Part.AUTHORS)
    yield from _placed(meta.all("kwd-group/kwd"), Part.KEYWORDS)
    yield from _placed(meta.all("related-article"), Part.REVIEW_STATUS)
    for abstract in meta.all("abstract"):
        graphical = abstract.attributes.get("abstract-type") in {"graphical", "toc"}
        yield from _section(abstract, Part.FURNITURE if graphical else Part.ABSTRACT, None)


def _section(section: Element, around: Part, label: str | None) -> Iterator[_Placed]:
    """Yield a section's paragraphs, captions and rows; its title names the part, or its type."""
    title = section.find("title")
    named = " ".join(title.text().split()) if title is not None else None
    kind = _TYPES.get(section.attributes.get("sec-type", "").lower())
    part = (part_of(named) if named else None) or kind or around
    for child in section.elements():
        if child.name == "title":
            continue
        if child.name in _CAPTIONED or child.name == "fig-group":
            yield from _captioned(child)
        elif child.name in _BLOCKS:
            yield from _block(child, part, named or label)
        elif child.name in {"list", "def-list"}:
            items = (e for e in child.walk() if e.name in {"list-item", "def"})
            for item in items:
                yield from _block(item, part, named or label)
        elif child.name in {"sec", "app", "app-group", "boxed-text", "fn", "statement"}:
            yield from _section(child, part, named or label)


def _block(block: Element, part: Part, label: str | None) -> Iterator[_Placed]:
    """Yield a paragraph; a table or a figure inside it stands for itself."""
    floats = [e for e in block.walk() if e.name in _CAPTIONED and e is not block]
    for inside in floats:
        yield from _captioned(inside)
    if not floats:
        yield from _placed([block], part, label)
    else:
        for piece in block.elements():
            if piece not in floats and piece.name in _BLOCKS:
                yield from _placed([piece], part, label)


def _captioned(float_: Element) -> Iterator[_Placed]:
    number = float_.find("label")
    label = " ".join(number.text().split()) if number is not None else None
    for caption in float_.all("caption"):
        inner = [e for e in caption.elements() if e.name in {"title", "p"}]
        yield from _placed(inner or [caption], Part.CAPTION, label)
    for element in float_.walk():
        if element.name == "tr":
            yield from _placed([element], Part.TABLE_ROW, label)
    yield from _placed(
        (e for foot in float_.all("table-wrap-foot") for e in foot.walk() if e.name == "p"),
        Part.CAPTION, label,
    )  # fmt: skip


def _references(section: Element) -> Iterator[_Placed]:
    for entry in section.walk():
        if entry.name == "ref":
            number = entry.find("label")
            label = number.text() if number is not None else entry.attributes.get("id")
            yield from _placed([entry], Part.REFERENCE, label)


def _placed(elements: Iterable[Element], part: Part, label: str | None = None) -> Iterator[_Placed]:
    for element in elements:
        if element.inner_start < element.inner_end and element.speaks():
            yield Segment(element.inner_start, element.inner_end, part, label), element


def _work(file: Decoded, article: Element, meta: Element) -> Work:
    ids = {e.attributes.get("pub-id-type", ""): e.text() for e in meta.all("article-id")}
    title = meta.find("title-group/article-title")
    journal = article.find("front/journal-meta/journal-title") or article.find(
        "front/journal-meta/journal-title-group/journal-title"
    )
    pmc = ids.get("pmc") or ids.get("pmcid", "")
    abstract = " ".join(e.text() for e in meta.all("abstract"))
    body = article.find("body")
    told = (abstract, title.text() if title else "", body.text() if body else "")
    return work(
        doi=ids.get("doi"),
        pmid=ids.get("pmid"),
        pmcid=f"PMC{pmc.removeprefix('PMC')}" if pmc else None,
        title=title.text().removesuffix(".") if title else None,
        journal=journal.text() if journal else None,
        first_author=_first_author(meta),
        date=_date(meta),
        registration=next(filter(None, map(registration_in, told)), None),
        publication_types=tuple(filter(None, [article.attributes.get("article-type")])),
        document=file.sha256,
    )


def _first_author(meta: Element) -> str | None:
    for contributor in meta.all("contrib-group/contrib"):
        name = contributor.find("name")
        if name is not None:
            surname, given = name.find("surname"), name.find("given-names")
            return " ".join(e.text() for e in (surname, given) if e is not None)
        collective = contributor.find("collab")
        if collective is not None:
            return collective.text()
    return None


def _date(meta: Element) -> str | None:
    """Return the printed issue's date, else the electronic one's, as far as it is told."""
    dates = {
        e.attributes.get("pub-type") or e.attributes.get("date-type", ""): e
        for e in meta.all("pub-date")
    }
    chosen = next((dates[kind] for kind in _DATES if kind in dates), None)
    chosen = chosen or next(iter(dates.values()), None)
    if chosen is None:
        return None
    parts = [chosen.find(name) for name in ("year", "month", "day")]
    told = [part.text() for part in parts if part is not None]
    numbers = told and all(part.isdigit() for part in told)
    date = printed_date("-".join(p.zfill(2) for p in told) if numbers else " ".join(told))
    return date[2] if date else (told[0] if told and told[0].isdigit() else None)


def _states(article: Element, meta: Element) -> Iterator[tuple[WorkState, str | None]]:
    """Yield what the article says became of it; a notice of another work's fate is no state."""
    if article.attributes.get("article-type", "") in _ABOUT_OTHERS:
        return
    for related in meta.all("related-article"):
        kind = related.attributes.get("related-article-type", "").lower()
        state = next((state for word, state in _STATES if word in kind), None)
        if state is not None and not kind.endswith(("ed-article", "-of")):
            yield state, None
