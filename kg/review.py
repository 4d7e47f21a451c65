"""A person's decisions on verdicts: Turtle files beside a store, each a revision of a verdict.

Nothing is deleted: the verdict stays, a later review revises the earlier one, and both are shown.
A file is named by its content, so that recording the same decision twice changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import queries
from kg.errors import KgError, UsageError
from kg.model import Decision, Dossier, Review, Verdict
from kg.store import Term
from kg.terms import DEFAULT_BASE, contract, from_curie, node_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.store import Store


class ReviewFileError(KgError):
    """A review's file that cannot be read as one.

    :param path: the file
    """

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        super().__init__(
            f"{path}: {why}",
            expected="one review in Turtle, as `kg review` writes it",
            hint="move the file elsewhere to leave it out",
        )


def decide(
    store: Store,
    target: str,
    *,
    by: str,
    why: str,
    overruled_to: Verdict | None = None,
    date: str | None = None,
    base: str = DEFAULT_BASE,
) -> Review:
    """Make a review of an assessment or a judgement of a store.

    :param target: its IRI, CURIE or node id; or a short id: ``s006`` is the verdict on the
        statement, ``s006.2`` the one on the claim
    :param overruled_to: the verdict that is right; None confirms the one that stands
    :param date: the day of the decision
    :raises UsageError: if nothing or several have that name, who or why is empty, or the verdict
        that is to be overruled is the same
    """
    if not by.strip() or not why.strip():
        what = "a review says who decided and why"
        raise UsageError(what, expected="--by WHO --why TEXT")
    row = _target(store, target, base)
    node = contract(row["node"].value, base)
    verdict = Verdict(row["code"].value)
    if overruled_to is verdict:
        what = f"{target} has the verdict {verdict.value} already"
        raise UsageError(what, expected="another verdict, or --confirm")
    decision = Decision.CONFIRMED if overruled_to is None else Decision.OVERRULED
    held = overruled_to or verdict
    before = contract(row["latest"].value, base) if "latest" in row else node
    own = node_id("review", node, decision.value, held.value, by, why, date)
    return Review(own, node, decision, held, by, why, before if before != own else node, date)


def _target(store: Store, name: str, base: str) -> dict[str, Term]:
    """Find the verdict that a name means, with the latest review of it."""
    short = name if "/" not in name and ":" not in name else ""
    node = Term.iri(from_curie(name, base)) if not short else Term.iri(f"{base}id/none")
    rows = queries.run(store, "review-target", base, given=node, short=short).terms()
    found = {row["node"].value: row for row in rows}
    if len(found) > 1:
        what = f"{len(found)} verdicts are called {name}: {', '.join(sorted(found))}"
        raise UsageError(what, hint="give one of these IRIs")
    if not found:
        what = f"no verdict in this graph is called {name}"
        raise UsageError(
            what, expected="the IRI of an assessment or a judgement, or a short id such as s006"
        )
    return dict(next(iter(found.values())))


def write(review: Review, folder: Path, base: str = DEFAULT_BASE) -> Path:
    """Write a review's file into a store's folder of reviews.

    :raises KgError: if it cannot be written
    """
    from kg.export.rdf_text import turtle_of
    from kg.graph import quads

    path = folder / f"{review.id.rpartition('/')[2]}.ttl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(turtle_of(quad.triple for quad in quads(Dossier(reviews=(review,)), base)))
    except OSError as error:
        what = f"{path} could not be written: {error.strerror or error}"
        raise KgError(what) from error
    return path


def read(folder: Path, base: str = DEFAULT_BASE) -> tuple[Review, ...]:
    """Read every review of a folder; a folder that is not there holds none.

    :raises ReviewFileError: if a file is no review
    """
    from kg.graph import GraphError, dossier
    from kg.store import StoreError, read_quads

    found: list[Review] = []
    for path in sorted(folder.glob("*.ttl")):
        try:
            held = dossier(read_quads(path), base).reviews
        except (StoreError, GraphError) as error:
            raise ReviewFileError(path, str(error)) from error
        if len(held) != 1:
            raise ReviewFileError(path, f"{len(held)} reviews")
        found += held
    return tuple(found)


def reviewed(dossier: Dossier, reviews: Iterable[Review]) -> tuple[Dossier, tuple[Review, ...]]:
    """Add to a run the reviews of its verdicts; return also those whose verdict is not in it."""
    known = {a.id for a in dossier.assessments} | {j.id for j in dossier.judgements}
    given = tuple(reviews)
    own = [review for review in given if review.target in known]
    there = {review.id for review in own} | known
    kept = tuple(r if r.revises in there else replace(r, revises=r.target) for r in own)
    lost = tuple(review for review in given if review.target not in known)
    return dossier.merge(Dossier(reviews=kept)), lost


def latest(reviews: Sequence[Review]) -> dict[str, Review]:
    """Return the review of each target that no other revises; of several the last by date and id.

    >>> one = Review("review/1", "a/1", Decision.CONFIRMED, Verdict.SUPPORTED, "x", "y", "a/1")
    >>> two = replace(one, id="review/2", revises="review/1")
    >>> [review.id for review in latest([two, one]).values()]
    ['review/2']
    """
    revised = {review.revises for review in reviews}
    open_ = [review for review in reviews if review.id not in revised]
    return {r.target: r for r in sorted(open_, key=lambda r: (r.date or "", r.id))}
