"""``kg review``: a decision beside a verdict, which stays; the latest decides how grave it is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg import assets
from kg.build import add_review, build, publish, reopen
from kg.cli import run
from kg.corpus import read_corpus
from kg.errors import UsageError
from kg.integrity import recheck
from kg.model import Decision, Verdict
from kg.review import ReviewFileError, decide, latest, read, reviewed
from kg.store import REVIEWS, open_store, seal_of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.build import Built

WHO: dict[str, Any] = {"by": "a reader", "why": "table 2 has it"}


@pytest.fixture(scope="module")
def built() -> Built:
    return build(read_corpus(assets.folder("demo")))


@pytest.fixture
def store(tmp_path: Path, built: Built) -> Path:
    publish(built, tmp_path / "store")
    return tmp_path / "store"


def severities(found: Built, statement: str) -> set[str]:
    return {
        str(finding.severity)
        for finding in found.findings
        if finding.statement == statement and finding.rule.startswith("audit/verdict-")
    }


def test_a_verdict_that_is_overruled_stays_and_weighs_as_the_reviewer_says(store: Path) -> None:
    assert severities(reopen(open_store(store)), "s006") == {"error"}
    made = decide(open_store(store), "s006", overruled_to=Verdict.SUPPORTED, **WHO)
    add_review(made, store)
    found = reopen(open_store(store))
    (judgement,) = [j for j in found.dossier.judgements if j.id == made.target]
    assert judgement.verdict is Verdict.MISATTRIBUTED
    assert severities(found, "s006") == {"info"}
    (finding,) = [
        f
        for f in found.findings
        if f.statement == "s006" and f.rule == "audit/verdict-misattributed"
    ]
    assert finding.message == "misattributed found, supported held by a reader: table 2 has it"


def test_a_later_review_revises_the_earlier_and_both_are_kept(store: Path) -> None:
    first = decide(open_store(store), "s006", overruled_to=Verdict.SUPPORTED, **WHO)
    add_review(first, store)
    second = decide(open_store(store), "s006", by="another", why="one arm only")
    add_review(second, store)
    assert second.revises == first.id
    assert {review.id for review in read(store / REVIEWS)} == {first.id, second.id}
    held = reopen(open_store(store)).dossier.reviews
    assert {review.id for review in held} == {first.id, second.id}
    assert latest(held)[first.target] == second
    assert severities(reopen(open_store(store)), "s006") == {"error"}


def test_the_same_decision_twice_changes_nothing(store: Path) -> None:
    one = add_review(decide(open_store(store), "s006.2", **WHO), store)
    two = add_review(decide(open_store(store), "s006.2", **WHO), store)
    assert one == two
    assert len(list((store / REVIEWS).iterdir())) == 1


def test_a_reviewed_store_holds_and_conforms(store: Path) -> None:
    add_review(decide(open_store(store), "s001", **WHO), store)
    found = reopen(open_store(store))
    assert not [v for v in found.violations if v.severity.value == "violation"]
    assert recheck(open_store(store), seal=seal_of(store)).holds


def test_a_claim_and_an_assessment_are_reviewed_by_their_names(store: Path, built: Built) -> None:
    claim = next(c for c in built.dossier.claims if c.short_id == "s006.2")
    held = open_store(store)
    of_claim = decide(held, "s006.2", **WHO)
    judged = {j.id: j for j in built.dossier.judgements}
    assert judged[of_claim.target].target == claim.id
    assessment = next(a for a in built.dossier.assessments if a.target == claim.id)
    assert decide(held, f"id:{assessment.id}", **WHO).target == assessment.id


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("s999", WHO),
        ("s006", {"by": " ", "why": "x"}),
        ("s006", {"by": "x", "why": ""}),
        ("s006", {**WHO, "overruled_to": Verdict.MISATTRIBUTED}),
        ("id:claim/none", WHO),
    ],
)
def test_a_review_of_nothing_or_without_a_reason_is_refused(
    name: str, given: dict[str, Any], store: Path
) -> None:
    with pytest.raises(UsageError):
        decide(open_store(store), name, **given)


def test_a_rebuild_takes_the_reviews_and_tells_of_those_it_has_no_verdict_for(
    store: Path, built: Built
) -> None:
    made = decide(open_store(store), "s006", **WHO)
    add_review(made, store)
    stale = replace(made, id="review/stale", target="judgement/none", revises="judgement/none")
    again = build(read_corpus(assets.folder("demo")), reviews=[*read(store / REVIEWS), stale])
    assert again.dossier.reviews == (made,)
    assert again.unmatched == (stale,)
    assert reviewed(built.dossier, ())[0] == built.dossier


def test_a_file_that_is_no_review_is_named(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == ()
    (tmp_path / "a.ttl").write_text("<x:a> <x:b> <x:c> .", "utf-8")
    with pytest.raises(ReviewFileError) as caught:
        read(tmp_path)
    assert caught.value.path == tmp_path / "a.ttl"
    (tmp_path / "a.ttl").write_text("no turtle", "utf-8")
    with pytest.raises(ReviewFileError):
        read(tmp_path)


def test_the_command_records_and_the_audit_shows_both(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--by", "a reader", "--why", "see <b>table</b> 2", "--as-of", "2026-11-20"]
    assert run(["review", str(store), "s006", "--overrule", "supported", *words]) == 0
    assert "s006 is supported" in capsys.readouterr().out
    assert run(["review", str(store), "s006", *words]) == 2
    assert run(["review", str(store), "s006", "--confirm", "--overrule", "outdated", *words]) == 2
    assert run(["review", str(store / "current.json"), "s006", "--confirm", *words]) == 2
    capsys.readouterr()
    run(["audit", "--store", str(store), "--json"])
    (said,) = json.loads(capsys.readouterr().out)["reviews"]
    assert (said["statement"], said["found"], said["verdict"]) == (
        "s006", "misattributed", "supported",
    )  # fmt: skip
    assert (said["decision"], said["date"], said["current"]) == (
        Decision.OVERRULED.value, "2026-11-20", True,
    )  # fmt: skip
    for form, escaped in (("human", "see <b>table</b> 2"), ("html", "see &lt;b&gt;table"),
                          ("markdown", "see \\<b\\>table")):  # fmt: skip
        run(["audit", "--store", str(store), "-f", form])
        assert escaped in " ".join(capsys.readouterr().out.split()), form
