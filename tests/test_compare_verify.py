"""Every claim of an answer put to every record that it cites."""

from __future__ import annotations

import hashlib

import pytest

from kg.compare.verify import verify
from kg.model import Dossier, Source
from tests.invented_trials import ASTHMA, GOUT, audit

ANSWER = """# Zelorimab

Walking distance increased in the 20 mg group at 12 weeks (p = .01) [1]. \
Joint pain fell in the 20 mg group at 6 weeks (p = .03) [1]. \
Peak flow was 310 L/min in the breathing lessons group at 26 weeks [2]. \
Grip strength decreased in the 40 mg group at 12 weeks [1][2].

Drinking water lowers pain in old people. See also the cohort of 40 nurses [3].
"""


@pytest.fixture(scope="module")
def audited() -> tuple[Source, Dossier]:
    """Return the answer and what was found."""
    answer, found, _ = audit(ANSWER, {"1": GOUT, "2": ASTHMA})
    return answer, found


def verdicts(answer: Source, found: Dossier) -> dict[str, str]:
    """Return the opening words of each statement, and its verdict."""
    passages = {p.id: p for p in found.passages}
    whole = {j.target: j.verdict.value for j in found.judgements if j.marker is None}
    opening = {s.id: passages[s.passage].start for s in found.statements}
    return {answer.text[at : at + 13]: whole[key] for key, at in opening.items()}


def test_each_statement_gets_one_verdict_by_the_table(audited: tuple[Source, Dossier]) -> None:
    assert verdicts(*audited) == {
        "Walking dista": "misattributed",
        "Joint pain fe": "supported",
        "Peak flow was": "supported",
        "Grip strength": "contradicted",
        "Drinking wate": "uncited",
        "See also the ": "unresolvable_reference",
    }


def test_each_citation_of_a_statement_is_judged_by_itself(
    audited: tuple[Source, Dossier],
) -> None:
    answer, found = audited
    at = answer.text.index("Grip strength")
    passages = {p.id: p for p in found.passages}
    statement = next(s for s in found.statements if passages[s.passage].start == at)
    labels = {m.id: m.label for m in found.markers}
    own = {
        labels[j.marker]: j.verdict.value
        for j in found.judgements
        if j.target == statement.id and j.marker
    }
    assert own == {"1": "contradicted", "2": "not_found"}


def test_every_passage_slices_with_its_digest() -> None:
    answer, found, records = audit(ANSWER, {"1": GOUT, "2": ASTHMA})
    texts = {answer.document.id: answer.text}
    texts |= {key: record.reading.text for key, record in records.items()}
    passages = [*found.passages, *(p for r in records.values() for p in r.dossier.passages)]
    assert passages
    for passage in passages:
        told = texts[passage.document][passage.start : passage.end]
        assert told
        assert hashlib.sha256(told.encode()).hexdigest() == passage.sha256


def test_the_same_input_gives_the_same_dossier(audited: tuple[Source, Dossier]) -> None:
    _, again, _ = audit(ANSWER, {"2": ASTHMA, "1": GOUT})
    assert again.normalised() == audited[1].normalised()


def test_what_a_node_names_is_there(audited: tuple[Source, Dossier]) -> None:
    _, found = audited
    faults, checks = {f.id for f in found.faults}, {c.id for c in found.slot_checks}
    lines, passages = {e.id for e in found.evidence_lines}, {p.id for p in found.passages}
    claims = {c.id for c in found.claims}
    for made in found.assessments:
        assert made.target in claims
        assert set(made.faults) <= faults
        assert set(made.checks) <= checks
        assert set(made.evidence) <= lines
    assert {line.passage for line in found.evidence_lines} <= passages
    results = {r.id for r in found.claimed_results}
    assert all(set(c.expresses) <= results for c in found.claims)


def test_a_claims_group_outcome_and_time_are_tied_to_the_records() -> None:
    answer, found, records = audit(ANSWER, {"1": GOUT, "2": ASTHMA})
    at = answer.text.index("p = .01")
    mentions = {m.id: m for m in found.mentions}
    passages = {p.id: p for p in found.passages}
    result = next(
        r
        for r in found.claimed_results
        if any(passages[mentions[m].passage].start == at for m in r.mentions)
    )
    means = {a.claimed: a.reported for a in found.alignments}
    record = next(r for r in records.values() if "Zelorimab" in r.reading.text)
    own = next(r for r in record.dossier.reported_results if r.p_printed == ".01")
    labels = {g.id: g.label for g in record.dossier.groups}
    assert result.p_value == own.p_value
    assert means[str(result.outcome)] == own.outcome
    assert means[str(result.time_point)] == own.time_point
    assert labels[means[str(result.group)]] == "20 mg"
    assert labels[str(own.group)] == "all treatment groups"


def test_the_graphs_query_finds_the_right_number_of_the_wrong_group() -> None:
    from kg.graph import quads
    from kg.queries import run
    from kg.store import MemoryStore

    answer, found, records = audit(ANSWER, {"1": GOUT, "2": ASTHMA})
    whole = found.merge(
        *(r.dossier for r in records.values()), Dossier(documents=(answer.document,))
    )
    rows = list(run(MemoryStore(quads(whole)), "audit/right-number-wrong-group"))
    assert len(rows) == 1


def test_an_answer_without_records_is_read_in_its_own_terms() -> None:
    answer, found, _ = audit(ANSWER, {})
    assert not found.assessments
    assert found.claimed_results
    assert set(verdicts(answer, found).values()) == {"uncited", "unresolvable_reference"}
    assert not verify(answer, Dossier(), {}).judgements
