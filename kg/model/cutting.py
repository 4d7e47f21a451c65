"""Cuts a dossier by answers: an answer, the records that it cites, and all that is said of both.

Every node of a cut is the dossier's own, so that what a check of one answer sees is what a check of
the whole would see of it. Nodes that several answers share stand in each of their cuts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from kg.model.document import DocumentRole
from kg.model.dossier import Dossier, unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Index = Mapping[str, list[Any]]

_OF_DOCUMENT = (
    "passages", "headings", "statements", "entries", "trials", "groups", "doses", "populations",
    "outcomes", "time_points", "claimed_results", "reported_results", "adverse_events",
    "certainties",
)  # fmt: skip
_OF_NO_CUT = {"runs", "documents", "examinations", "findings"}


class Cutter:
    """Finds what belongs to an answer, by indices that are made once.

    >>> Cutter(Dossier()).answers
    ()
    """

    def __init__(self, dossier: Dossier) -> None:
        self._whole = dossier
        self.answers = tuple(d.id for d in dossier.documents if d.role is DocumentRole.ANSWER)
        self._documents = {document.id: document for document in dossier.documents}
        self._own = {name: _by(getattr(dossier, name), "document") for name in _OF_DOCUMENT}
        for name in ("markers", "mentions"):
            self._own[name] = _grouped((_document(n.passage), n) for n in getattr(dossier, name))
        self._by_statement = {
            name: _by(getattr(dossier, name), "statement") for name in ("claims", "recommendations")
        }
        self._by_target = {
            name: _by(getattr(dossier, name), "target")
            for name in ("assessments", "judgements", "reviews")
        }
        self._by_work = {
            name: _by(getattr(dossier, name), "work") for name in ("work_statuses", "status_checks")
        }
        named = ("resolutions", "works", "slot_checks", "faults", "evidence_lines")
        self._named = {name: {n.id: n for n in getattr(dossier, name)} for name in named}
        self._faults = _grouped(
            (_document(place), fault)
            for fault in dossier.faults
            for place in (fault.claim_passage,)
            if place
        )
        self._conflicts = _grouped((n, c) for c in dossier.contradictions for n in c.between)
        self._alignments = _by(dossier.alignments, "claimed")

    def of(self, answer: str) -> Dossier:
        """Return an answer's cut; each run in it uses the documents of the cut alone.

        :param answer: id of the answer
        """
        found: dict[str, Any] = {}
        entries = self._own["entries"].get(answer, ())
        found["resolutions"] = self._pick("resolutions", (e.resolution for e in entries))
        records = {r.record for r in found["resolutions"] if r.record in self._documents}
        documents = [answer, *sorted(records - {answer})]
        found["documents"] = [self._documents[name] for name in documents]
        found |= {name: _all(index, documents) for name, index in self._own.items()}
        statements = [n.id for n in found["statements"]]
        found |= {name: _all(index, statements) for name, index in self._by_statement.items()}
        found |= self._judged([*statements, *(claim.id for claim in found["claims"])])
        found |= self._works(found)
        found["faults"] += _all(self._faults, [answer])
        ends = [*statements, *(passage.id for passage in found["passages"])]
        found["contradictions"] = _all(self._conflicts, ends)
        claimed = (
            n.id for name in ("groups", "outcomes", "time_points") for n in found[name]
        )  # fmt: skip
        found["alignments"] = _all(self._alignments, claimed)
        held = set(documents)
        found["runs"] = [
            replace(run, used=tuple(name for name in run.used if name in held))
            for run in self._whole.runs
        ]
        return Dossier(**{name: unique(nodes) for name, nodes in found.items()})

    def parts(self) -> Iterator[tuple[str | None, Dossier]]:
        """Yield each answer's cut, that of each record that no answer cites, and last the rest.

        The rest is the runs, with the bare names of the documents that stand in a cut, and every
        node that stands in none.
        """
        held: dict[str, set[str]] = defaultdict(set)
        records = [document.id for document in self._whole.documents]
        for name in dict.fromkeys((*self.answers, *records)):
            if name in held["documents"]:
                continue
            cut = self.of(name)
            for field in fields(cut):
                held[field.name].update(node.id for node in getattr(cut, field.name))
            yield name, cut
        families = {
            field.name: tuple(
                n for n in getattr(self._whole, field.name) if n.id not in held[field.name]
            )
            for field in fields(Dossier)
            if field.name not in _OF_NO_CUT
        }
        bare = tuple(replace(d, text=None, work=None) for d in self._whole.documents)
        yield None, Dossier(**families | {"runs": self._whole.runs, "documents": bare})

    def _judged(self, targets: list[str]) -> dict[str, list[Any]]:
        """Collect what is judged of statements and claims, with all that a judgement names."""
        found = {
            name: _all(self._by_target[name], targets) for name in ("assessments", "judgements")
        }
        judged = [*found["assessments"], *found["judgements"]]
        found["reviews"] = _all(self._by_target["reviews"], (node.id for node in judged))
        found["faults"] = self._pick("faults", (f for node in judged for f in node.faults))
        for name, field in (("slot_checks", "checks"), ("evidence_lines", "evidence")):
            names = (one for node in found["assessments"] for one in getattr(node, field))
            found[name] = self._pick(name, names)
        return found

    def _works(self, found: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        """Collect the works, what is known of them, and the works that take their place."""
        names = [node.work for node in (*found["resolutions"], *found["documents"])]
        names += [trial.work for trial in found["trials"]]
        works = dict.fromkeys(name for name in names if name)
        made = {name: _all(index, works) for name, index in self._by_work.items()}
        works |= dict.fromkeys(status.by for status in made["work_statuses"] if status.by)
        return {**made, "works": self._pick("works", works)}

    def _pick(self, family: str, names: Iterable[str | None]) -> list[Any]:
        nodes = self._named[family]
        return [nodes[name] for name in names if name in nodes]


def _by(nodes: Iterable[Any], field: str) -> Index:
    return _grouped((getattr(node, field), node) for node in nodes)


def _grouped(pairs: Iterable[tuple[str, Any]]) -> Index:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, node in pairs:
        found[key].append(node)
    return dict(found)


def _all(index: Index, keys: Iterable[str]) -> list[Any]:
    return [node for key in keys for node in index.get(key, ())]


def _document(passage: str) -> str:
    return passage.partition("#")[0]
