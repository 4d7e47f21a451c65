"""Claims of one effect: how they are read, which passage tells it, and which way it went."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.compare.effect_claims import read_effect
from kg.compare.effect_outcomes import polarity
from kg.compare.effects import outcome_of, read_effects
from kg.compare.sides import learn_sides
from kg.extract.reading import read_record
from kg.extract.record import report
from kg.model import DocumentRole
from kg.sources import read

RECORD = """Adults took drugol or placebo for eight weeks.
Headache days fell more with drugol than with placebo (p = .01).
Sleep quality did not differ between the groups (p = .61).
Serum zinc was significantly lower in the placebo group than in the drugol group (p = .003)."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Compared with placebo, drugol markedly reduced pain.", ("drugol", "placebo", "down")),
        ("Drugol significantly raised zinc compared with placebo.", ("Drugol", "placebo", "up")),
        ("Compared to care (as usual, by phone), drugol made no significant difference to pain.",
         ("drugol", "care (as usual, by phone)", "null")),
        ("Compared with placebo, drugol (2 mg significantly lowered pain.",
         ("drugol (2 mg", "placebo", "down")),
    ],
)  # fmt: skip
def test_claims_of_one_effect(text: str, expected: tuple[str, str, str]) -> None:
    said = read_effect(text)
    assert said is not None
    assert (said.intervention, said.comparator, said.sense) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pain fell by 3 points with drugol.",
        "Compared with placebo, drugol significantly reduced pain by 20 %.",
        "Drugol reduced pain compared with placebo (p = .02).",
        "Drugol was safe.",
        "",
    ],
)
def test_other_claims_are_left_alone(text: str) -> None:
    assert read_effect(text) is None


def test_a_frame_divides_names_with_commas() -> None:
    frame = {"intervention": "drugol, daily", "comparator": "zinc, iron, or placebo"}
    text = "Compared with zinc, iron, or placebo, drugol, daily significantly increased sleep."
    said = read_effect(text, frame)
    assert said is not None
    assert (said.comparator, said.intervention) == (frame["comparator"], frame["intervention"])


@pytest.mark.parametrize(
    ("outcome", "way"), [("headache days", "down"), ("sleep quality", "null"), ("serum zinc", "up")]
)
def test_which_way_an_effect_went(outcome: str, way: str) -> None:
    record = read_record(RECORD)
    sides = learn_sides("drugol", "placebo", outcome, record)
    effect = read_effects(record, outcome_of(outcome, record), sides)
    assert effect is not None
    assert effect.way == way
    best = record.sentences[effect.passages[0].sentence]
    assert outcome.split()[0] in record.text[best.start : best.end].lower()


def test_nothing_is_read_where_no_sentence_names_the_outcome() -> None:
    record = read_record(RECORD)
    sides = learn_sides("drugol", "placebo", "grip", record)
    assert read_effects(record, outcome_of("grip force", record), sides) is None


@pytest.mark.parametrize(
    ("verb", "verdict"),
    [
        ("significantly increased", "contradicted"),
        ("significantly decreased", "supported"),
        ("made no significant difference to", "contradicted"),
    ],
)
def test_three_claims_of_one_effect_are_judged_by_the_same_passage(verb: str, verdict: str) -> None:
    record = report(read(RECORD.encode(), "r.txt", DocumentRole.RECORD))
    found = check(f"Compared with placebo, drugol {verb} headache days.", record)
    assert found.verdict.value == verdict
    passage = found.evidence[0]
    assert RECORD[passage.start : passage.end].startswith("Headache")


def test_codes_of_groups_are_learned_where_they_stand_beside_a_name() -> None:
    record = read_record(
        "Adults took drugol (group A) or placebo (group B). Pain was lower in group B than group A."
    )
    sides = learn_sides("drugol", "placebo", "pain", record)
    assert sides.codes == {"a": 1, "b": -1}
    effect = read_effects(record, outcome_of("pain", record), sides)
    assert effect is not None
    assert effect.way == "up"


@pytest.mark.parametrize(
    ("outcome", "sign"), [("pain scores", -1), ("overall survival", 1), ("serum zinc", 0)]
)
def test_what_is_good_for_an_outcome(outcome: str, sign: int) -> None:
    assert polarity(outcome) == sign


@pytest.mark.parametrize(
    ("claim", "verdict", "code"),
    [
        ("In an open-label trial, drugol reduced headache days compared with placebo.",
         "contradicted", "design_misstated"),
        ("In a double-blind trial, drugol reduced headache days compared with placebo.",
         "supported", None),
        ("In children, drugol reduced headache days compared with placebo.",
         "misattributed", "population_mismatch"),
    ],
)  # fmt: skip
def test_an_effect_that_stands_hides_no_other_design_or_people(
    claim: str, verdict: str, code: str | None
) -> None:
    told = RECORD.replace("took", "in a double-blind trial took")
    found = check(claim, report(read(told.encode(), "r.txt", DocumentRole.RECORD)))
    assert found.verdict.value == verdict
    assert [f.code.value for f in found.faults] == ([code] if code else [])


def test_an_effect_told_of_another_time_is_not_borne_out() -> None:
    told = (
        "Adults took drugol (n = 60) or placebo (n = 60). At 12 weeks pain was significantly lower "
        "with drugol than with placebo (p = .01)."
    )
    record = report(read(told.encode(), "r.txt", DocumentRole.RECORD))

    def verdict(time: str) -> str:
        text = f"At {time} pain was significantly lower with drugol than with placebo."
        return check(text, record).verdict.value

    assert verdict("12 weeks") == "supported"
    assert verdict("6 weeks") in {"misattributed", "contradicted"}


def test_two_effects_in_one_claim_are_held_each_on_its_own() -> None:
    told = (
        "Children took drugol (n = 30) or nothing (n = 30). Drugol reduced LDL (2.2 vs. 2.6, "
        "p = .03) and increased HDL (1.5 vs. 1.2, p = .02) compared with the control group."
    )
    record = report(read(told.encode(), "r.txt", DocumentRole.RECORD))
    found = check("LDL was lower and HDL higher with drugol than in the control group.", record)
    assert "effect-went-otherwise" not in {f.rule for f in found.faults}


@pytest.mark.parametrize(
    ("sentence", "outcome", "way"),
    [
        ("Pain was lower with drugol in comparison with placebo (p = .02).", "pain", "down"),
        ("The increases in thirst were smaller with drugol than with placebo (p = .01).",
         "thirst", "down"),
        ("Time to healing was significantly faster with drugol than with placebo.",
         "time to healing", "down"),
        ("Thirst was significantly lower than before with placebo.", "thirst", "up"),
        ("Thirst was highest on placebo, significantly so (p = .01).", "thirst", "down"),
        ("Fever lasted in 12% and 31% on drugol and placebo, respectively (p = .02).",
         "fever", "down"),
        ("Thirst fell from 6 to 4 in both groups, but the groups did not differ.", "thirst",
         "null"),
        ("Sleep fell significantly less in parents in the placebo group.", "sleep", "down"),
        ("The time to healing was 92 hours (84 to 114 hours) for drugol recipients and 138 hours "
         "(105 to 164 hours) for placebo recipients (p < .001).", "time to healing", "down"),
        ("HDL cholesterol improved significantly with drugol compared with placebo.",
         "HDL cholesterol", "up"),
        ("Thirst was needed in 1 (0.6%) tabrol versus 5 (2.8%) drugol versus 14 (8%) placebo "
         "patients (p < .001).", "thirst", "down"),
        ("With the exception of thirst, all scores were significantly higher with drugol than "
         "with placebo (p < .001).", "thirst", "null"),
        ("Drugol patients had lower pain and required significantly more thirst when compared "
         "with patients who were not on drugol (p = .01).", "thirst", "up"),
    ],
)  # fmt: skip
def test_the_way_of_one_sentence(sentence: str, outcome: str, way: str) -> None:
    record = read_record(f"Adults took drugol or placebo for eight weeks.\n{sentence}")
    sides = learn_sides("drugol", "placebo", outcome, record)
    effect = read_effects(record, outcome_of(outcome, record), sides)
    assert effect is not None
    assert effect.way == way


@pytest.mark.parametrize(
    ("outcome", "sign"),
    [
        ("HDL cholesterol", 1), ("knowledge of side effects", 1), ("time to remission", -1),
        ("recovery time", -1), ("time to relapse", 1), ("pain score", -1),
    ],
)  # fmt: skip
def test_the_head_of_a_name_tells_what_is_good(outcome: str, sign: int) -> None:
    assert polarity(outcome) == sign


def test_long_names_that_are_the_records_own_do_not_make_a_claim_its_wording() -> None:
    record = report(read(
        b"Adults were given drugol capsules with honey water every evening before bed (group A), "
        b"or plain honey water every evening before bed (group B). Thirst was significantly lower "
        b"in group A than in group B.", "r.txt", DocumentRole.RECORD))  # fmt: skip
    claim = (
        "Compared with plain honey water every evening before bed (group B), drugol capsules with "
        "honey water every evening before bed (group A) significantly decreased thirst."
    )
    assert check(claim, record).rule == "effect-went-so"


def test_the_combination_is_the_side_that_has_both() -> None:
    record = read_record(
        "Adults took drugol alone or drugol plus zinc. "
        "Thirst was significantly lower in the combination group (p = .01)."
    )
    sides = learn_sides("drugol", "drugol plus zinc", "thirst", record)
    effect = read_effects(record, outcome_of("thirst", record), sides)
    assert effect is not None
    assert effect.way == "up"
