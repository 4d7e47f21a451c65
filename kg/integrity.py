"""Whether a graph still is what was built: digests of graphs, documents and passages, and figures.

Each rule names the graph and, where it can, the node. What is not in hand is said, not passed over.

>>> from kg.store import MemoryStore
>>> found = recheck(MemoryStore())
>>> [broken.rule for broken in found.broken], found.holds
(['integrity/no-manifest'], False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any

from kg import queries
from kg.errors import KgError, UsageError
from kg.graph import by_graph, manifest_graph
from kg.model import DocumentRole, DocumentText
from kg.store import MemoryStore, OxigraphStore, Term
from kg.terms import DEFAULT_BASE, canonical_decimal, curie, digest, quads_digest
from kg.text.filler import plain, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.store import Seal, Store

_FIGURES = frozenset({
    "age", "count", "dose", "effectDirection", "estimate", "interval", "n", "number", "percent",
    "pValue", "value",
})  # fmt: skip
_NUMBER = re.compile(r"[.·]?\d[\d.,·]*")


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that no longer holds.

    :param rule: ``integrity/…``
    :param graph: IRI of the named graph in which it stands, where it is known
    :param node: IRI of the node, where one can be named
    """

    rule: str
    message: str
    graph: str | None = None
    node: str | None = None


@dataclass(frozen=True, slots=True)
class InHand:
    """Documents from files: their texts by the digest of their bytes, and the names of the files.

    :param names: name of each file that was read → the digests of the documents in it
    :param unread: what could not be read
    """

    texts: Mapping[str, tuple[DocumentText, str]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: tuple[KgError, ...] = ()


@dataclass(frozen=True, slots=True)
class Recheck:
    """What was checked and what came out.

    :param checked: what → how many of them
    :param broken: what no longer holds, sorted by rule, graph and node
    :param absent: names of documents whose text is neither in the graph nor in hand
    """

    checked: Mapping[str, int]
    broken: tuple[Broken, ...]
    absent: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is broken."""
        return not self.broken


def read_documents(folder: Path, store: Store) -> InHand:
    """Read the files of a folder and what lies below it, to hold a graph's documents to them.

    A file that has the name of a document is read in that document's format, any other by content;
    one that cannot be read is told of only if it has the name of a document.

    :raises UsageError: if it is no folder
    """
    from kg.sources import SourceError, read_file, read_records

    if not folder.is_dir():
        what = f"{folder} is no folder"
        raise UsageError(what, expected="the folder of the answer's and the records' files")
    formats = {
        row["name"].value: row["format"].value for row in queries.run(store, "documents").terms()
    }
    texts: dict[str, tuple[DocumentText, str]] = {}
    names: dict[str, frozenset[str]] = {}
    unread: list[KgError] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        own = set()
        try:
            for source in read_records(path, formats.get(path.name)):
                if isinstance(source, SourceError):
                    raise source
                document = source.document
                if document.held is not None:
                    texts[document.sha256] = document.held, document.format
                own.add(document.sha256)
        except KgError as error:
            try:
                document = read_file(path, DocumentRole.ANSWER, formats.get(path.name)).document
            except KgError:
                unread += [error] if path.name in formats else []
                continue
            if document.held is not None:
                texts[document.sha256] = document.held, document.format
            own.add(document.sha256)
        names[path.name] = names.get(path.name, frozenset()) | own
    return InHand(texts, names, tuple(unread))


def recheck(
    store: Store,
    base: str = DEFAULT_BASE,
    *,
    seal: Seal | None = None,
    in_hand: InHand | None = None,
) -> Recheck:
    """Recompute every digest and look up every printed figure.

    :param seal: the digests that stand outside the graph, see :func:`kg.store.seal_of`
    :param in_hand: the documents in hand, as :func:`read_documents` returns them
    """
    graphs = by_graph(store.quads())
    if not isinstance(store, OxigraphStore):  # a server's own SHA256 may be another
        store = MemoryStore(quad for quads in graphs.values() for quad in quads)
    stage = _Checking(store, base, {name: list(quads) for name, quads in graphs.items()})
    stage.sealed(seal)
    stage.graphs_by_manifest(seal.manifest if seal else None)
    stage.digests_in_graph()
    stage.documents(in_hand or InHand())
    stage.figures()
    found = {(b.rule, b.graph or "", b.node or "", b.message): b for b in stage.broken}
    return Recheck(
        dict(sorted(stage.checked.items())),
        tuple(found[key] for key in sorted(found)),
        tuple(sorted(stage.absent)),
    )


@dataclass(slots=True)
class _Checking:
    """One pass over a graph."""

    store: Store
    base: str
    graphs: Mapping[str, list[Any]]
    checked: dict[str, int] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    _texts: dict[str, DocumentText | None] = field(default_factory=dict)
    _homes: dict[str, str] = field(default_factory=dict)

    def _count(self, what: str, number: int = 1) -> None:
        self.checked[what] = self.checked.get(what, 0) + number

    def _break(self, rule: str, message: str, node: str | None = None) -> None:
        self.broken.append(Broken(f"integrity/{rule}", message, self._home(node), node))

    def _home(self, node: str | None) -> str | None:
        """Return the named graph in which a node has its type."""
        if not self._homes:
            for name, quads in self.graphs.items():
                for quad in quads:
                    if quad.predicate.value.endswith("#type"):
                        self._homes.setdefault(_bare(quad.subject), name)
        return None if node is None else self._homes.get(node)

    def sealed(self, seal: Seal | None) -> None:
        """Hold the whole to the digest that stands outside it."""
        if seal is None:
            return
        if seal.altered:
            self._break("file-digest", "the file has other bytes than when it was exported")
        if seal.quads is not None and quads_digest(self.store.quads()) != seal.quads:
            self._break("store-digest", "the build differs from the digest in the store's pointer")
        self._count("quads", len(self.store))

    def graphs_by_manifest(self, sealed: str | None) -> None:
        """Hold each named graph to the manifest, and the manifest to its own digest."""
        place = manifest_graph(self.base)
        own = self.graphs.get(place)
        if own is None:
            self.broken.append(
                Broken("integrity/no-manifest", f"there is no manifest graph {place}", place)
            )
            return
        if sealed and quads_digest(own) != sealed:
            what = f"the manifest graph differs from the digest that was published: {sealed}"
            self.broken.append(Broken("integrity/manifest-digest", what, place))
        self._count("manifest", int(bool(sealed)))
        stated = {
            _bare(quad.subject): _bare(quad.object)
            for quad in own
            if quad.predicate.value.endswith("sha256")
        }
        for name in sorted({*stated, *self.graphs} - {place}):
            self._count("graphs")
            self._hold(name, stated.get(name))

    def _hold(self, name: str, stated: str | None) -> None:
        held = self.graphs.get(name)
        if held is None:
            what = f"the named graph {curie(name)} is gone"
        elif stated is None:
            what = f"the named graph {curie(name)} is not in the manifest"
        elif quads_digest(held) != stated:
            what = f"the named graph {curie(name)} differs from its digest"
        else:
            return
        self.broken.append(Broken("integrity/graph-digest", what, name))

    def digests_in_graph(self) -> None:
        """Ask the graph itself, by the catalogue's question Q29."""
        for row in queries.run(self.store, "q29-integrity").terms():
            node, what = row["node"].value, row["broken"].value
            self._break(
                what.replace(" of the ", "-"),
                f"{curie(node)}: {what} is stated as {row['stated'].value}, "
                f"found {row['found'].value}",
                node,
            )

    def documents(self, in_hand: InHand) -> None:
        """Hold the graph's documents and their passages to the files in hand."""
        from kg.trace import text_of

        for row in queries.run(self.store, "documents").terms():
            node, name, sha256 = (row[key].value for key in ("document", "name", "sha256"))
            held = text_of(self.store, sha256)
            found = in_hand.texts.get(sha256)
            if found is not None:
                self._count("documents")
                self._passages(node, found[0])
                held = held or DocumentText(without_markup(found[0].text, found[1]),
                                            found[0].begins)  # fmt: skip
            elif name in in_hand.names:
                self._break(
                    "document-digest",
                    f"{name} in hand is another file than the one that was audited: no document "
                    f"in it has the digest {sha256}",
                    node,
                )
            elif held is None:
                self.absent.append(name)
            self._texts[sha256] = held
            if held is not None and found is None:
                self._count("passages", int(row["passages"].value))

    def _passages(self, document: str, text: DocumentText) -> None:
        rows = queries.run(
            self.store, "passages-of-document", self.base, document=Term.iri(document)
        )
        for row in rows.terms():
            self._count("passages")
            start, end = int(row["start"].value), int(row["end"].value)
            if digest(text.cut(start, end)) != row["sha256"].value:
                node = row["passage"].value
                what = f"{curie(node)}: the file in hand has another text at {start}–{end}"
                self._break("passage-in-hand", what, node)

    def figures(self) -> None:
        """Look for each printed figure at its place."""
        for row in queries.run(self.store, "printed-figures").terms():
            slot = row["slot"].value.rpartition("#")[2] if "slot" in row else None
            text = self._texts.get(row["sha256"].value)
            if text is None or (slot is not None and slot not in _FIGURES):
                continue
            self._count("figures")
            start, end = int(row["start"].value), int(row["end"].value)
            printed, node = row["printed"].value, row["node"].value
            if not _stands(printed, text.cut(start, end), whole=slot is None):
                what = f"{curie(node)}: “{printed}” does not stand at {start}–{end}"
                self._break("printed-figure", what, node)


def _stands(printed: str, text: str, *, whole: bool) -> bool:
    """Tell whether a figure is what stands at its place, or whether its numbers stand in it.

    Of what was counted together (``5 + 5 = 10``, ``2: low, high``) one number must stand there.

    >>> _stands("0.02", "p=.02", whole=False), _stands("5 + 5 = 10", "n = 5", whole=False)
    (True, True)
    >>> _stands("0.02", "p=.02", whole=True), _stands("0.02", "p=.03", whole=False)
    (False, False)
    """
    if whole:
        return _spaced(printed) == _spaced(plain(text))
    told, place = _numbers(printed), set(_numbers(plain(text)))
    if " + " in printed or ": " in printed:
        return any(number in place for number in told)
    return set(told) <= place


def _numbers(text: str) -> list[str]:
    """Return the numbers of a text without what differs in print alone: ``.050`` is ``0.05``."""
    found = [match.group().rstrip(".,·").replace("·", ".") for match in _NUMBER.finditer(text)]
    return [_canonical(number.replace(",", "")) for number in found]


def _canonical(number: str) -> str:
    try:
        return canonical_decimal(number)
    except InvalidOperation:  # several points, as in a date
        return number


def _bare(term: object) -> str:
    """Return an IRI or a string of N-Triples without its brackets or quotes."""
    return str(term).strip('<>"')


def _spaced(text: str) -> str:
    return " ".join(text.split())


def to_dict(found: Recheck, unread: Iterable[KgError] = ()) -> dict[str, object]:
    """Return what ``kg recheck --json`` writes."""
    return {
        "holds": found.holds,
        "checked": dict(found.checked),
        "broken": [
            {
                "rule": broken.rule,
                "severity": "error",
                "graph": broken.graph,
                "node": broken.node,
                "message": broken.message,
            }
            for broken in found.broken
        ],
        "not_in_hand": list(found.absent),
        "unread": [str(error) for error in unread],
    }
