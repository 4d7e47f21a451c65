"""Typed figures: which figures a text has, of which kind, with which value, unit and place."""

from __future__ import annotations

import os
import subprocess
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.mentions import Figure, find
from kg.model import Comparator, MentionKind

CELLS = "10*6.{cells}"


def told(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Write figures as ``kind value..upper unit``, so that a list of them reads at a glance."""
    return [_told(figure) for figure in find(text, start, end)]


def _told(figure: Figure) -> str:
    sign = "" if figure.comparator is Comparator.EQUAL else figure.comparator.value
    value = "" if figure.value is None else f"{figure.value:f}"
    upper = "" if figure.upper is None else f"..{figure.upper:f}"
    spread = "" if figure.spread is None else f"±{figure.spread:f}"
    total = "" if figure.total is None else f"/{figure.total:f}"
    level = "" if figure.level is None else f"@{figure.level:f}"
    parts = [figure.kind.value, f"{sign}{value}{upper}{spread}{total}{level}"]
    parts += [figure.unit] if figure.unit else []
    parts += [f"[{figure.entity}]"] if figure.entity else []
    return " ".join(parts)


P_VALUES = [
    ("Grip rose (p=.02).", ["p_value 0.02"]),
    ("Sleep fell, P < 0.001.", ["p_value <0.001"]),
    ("It had a p-value of 0.03.", ["p_value 0.03"]),
    ("Gait did not change (p = NS).", ["p_value ns"]),
    ("Gait did not change (NS).", ["p_value ns"]),
    ("Nothing moved (p>0.05).", ["p_value >0.05"]),
    ("Balance rose (P≤.05).", ["p_value <=0.05"]),
    ("Mood rose (P less than .01).", ["p_value <0.01"]),
    ("Pain fell (P=0·004).", ["p_value 0.004"]),
    ("Pain fell (P for trend = 0.04).", ["p_value 0.04"]),
    ("Pain fell (P = 3 × 10⁻⁸).", ["p_value 0.00000003"]),
    ("Both rose (p = .0001 and p = .0002, respectively).", ["p_value 0.0001", "p_value 0.0002"]),
    ("Both rose (p = 0.02 and 0.04).", ["p_value 0.02", "p_value 0.04"]),
    ("Both rose (p = 0.02 at 3 months).", ["p_value 0.02", "time 3 mo"]),
]
INTERVALS = [
    ("The risk fell (95% CI 0.58 to 0.89).", ["interval 0.58..0.89@95"]),
    (
        "Of them 28 % (95 % CI 19 % to 38 %) slept.",
        ["percent 28 %", "interval 19..38@95 %"],
    ),
    ("It was wide (95% CI, 1.1-2.3).", ["interval 1.1..2.3@95"]),
    ("It fell (95% CI −3.1 to −1.5).", ["interval -3.1..-1.5@95"]),
    ("It fell (90% confidence interval [CI], −3.1, 0.4).", ["interval -3.1..0.4@90"]),
    ("It fell by 4 points [95%CI 1–7].", ["measure 4 {points}", "interval 1..7@95"]),
    ("The median was 12 days (IQR 8-15).", ["time 12 d", "interval 8..15 [IQR]"]),
    ("Rates with 95% confidence intervals are given.", []),
]
EFFECTS = [
    ("HR 0.72 (0.61–0.85)", ["effect 0.72 [HR]", "interval 0.61..0.85"]),
    ("adjusted odds ratio (aOR) 2.1; 95% CI 1.3–3.4", ["effect 2.1 [aOR]", "interval 1.3..3.4@95"]),
    ("aOR 1.4 for men", ["effect 1.4 [aOR]"]),
    ("HR (95% CI): 1.41 (1.02, 1.96)", ["effect 1.41 [HR]", "interval 1.02..1.96@95"]),
    ("either 3 or 4.5", ["number 3", "number 4.5"]),
    ("SMD -0.45", ["effect -0.45 [SMD]"]),
    ("mean difference −2.3 mmHg", ["measure -2.3 mm[Hg]"]),
    ("relative risk, 0.63", ["effect 0.63 [RR]"]),
]
SPREADS = [
    ("The score was 12.3 ± 4.5 points.", ["measure 12.3±4.5 {points}"]),
    ("The score was 12.3 (SD 4.5).", ["number 12.3±4.5"]),
    ("They weighed 71 kg (SD, 9).", ["measure 71±9 kg"]),
    ("The mean (SD) score was 31.4 (6.2).", ["number 31.4±6.2"]),
]
COUNTS = [
    ("The arm was small (n = 12).", ["sample_size 12"]),
    ("Nausea hit 12/45 (26.7%).", ["count 12/45", "percent 26.7 %"]),
    ("Nausea hit 38 (7.2 %).", ["count 38", "percent 7.2 %"]),
    ("There was one death.", ["count 1 [death]"]),
    ("We saw twenty-four patients.", ["count 24 [patients]"]),
    ("One-hundred and three patients came.", ["count 103 [patients]"]),
    ("Three serious adverse events occurred.", ["count 3 [serious adverse events]"]),
    ("Nine of 45 patients left.", ["count 9/45 [patients]"]),
    ("A total of 1,234 women came.", ["count 1234 [women]"]),
    ("A town of 36 000 people.", ["count 36000 [people]"]),
    ("Nausea hit 206 of 323 women.", ["count 206/323 [women]"]),
    ("Five of the twelve patients left.", ["count 5/12 [patients]"]),
    ("In the drug arm ten (25%) left.", ["count 10", "percent 25 %"]),
    ("Of 148 participants, 37 slept.", ["count 148 [participants]", "number 37"]),
    ("The ALPHA 300 trial ended.", ["number 300"]),
    ("The two arms and one of the groups did well.", []),
    ("No serious adverse events occurred.", []),
]
PERCENTS = [
    ("Between them 68–75 % improved.", ["percent 68..75 %"]),
    ("It changed by −12.3%.", ["percent -12.3 %"]),
    ("It rose (5% to 7%).", ["percent 5..7 %"]),
    ("More than 40% slept.", ["percent >40 %"]),
    ("Mortality was 4.5 vs. 6.1%.", ["percent 4.5 %", "percent 6.1 %"]),
]
DOSES = [
    ("A 0.5-mL shot.", ["dose 0.5 mL"]),
    ("They took 20 mg twice daily.", ["dose 20 mg"]),
    ("They took 50 mg once daily.", ["dose 50 mg"]),
    ("Infused were 1.5×10^6 cells/kg.", [f"dose 1.5 {CELLS}/kg [cells]"]),
    ("the 20-million arm", [f"dose 20 {CELLS} [cells]"]),
    ("the 20-million (M) arm", [f"dose 20 {CELLS} [cells]"]),
    (
        "the 20-, 100- or 200-million cells",
        [f"dose 20 {CELLS} [cells]", f"dose 100 {CELLS} [cells]", f"dose 200 {CELLS} [cells]"],
    ),
    ("They took 10 or 20 mg.", ["dose 10 mg", "dose 20 mg"]),
    ("some 200 million people", ["count 200000000 [people]"]),
    ("It cost $100M.", []),
]
TIMES = [
    ("Seen at 6 mo.", ["time 6 mo"]),
    ("A 1-month visit.", ["time 1 mo"]),
    ("Death came after 258 days.", ["time 258 d"]),
    ("Seen for 6-12 months.", ["time 6..12 mo"]),
    ("Seen between 6 and 12 months.", ["time 6..12 mo"]),
    ("Treated for twelve weeks.", ["time 12 wk"]),
    ("Seen on day 28 and at week 12.", ["time 28 d", "time 12 wk"]),
    ("Seen at weeks 4, 8 and 12.", ["time 4 wk", "time 8 wk", "time 12 wk"]),
    ("Seen at 3 and 6 months.", ["time 3 mo", "time 6 mo"]),
    ("Seen at baseline, 3-, 6- and 12-month visits.", ["time 3 mo", "time 6 mo", "time 12 mo"]),
]
AGES = [
    ("Adults aged 60-95 years were seen for 2 years.", ["age 60..95 a", "time 2 a"]),
    ("Those 80 years and older came.", ["age >=80 a"]),
    ("Their mean age 75 was high.", ["age 75 a"]),
    ("Mean (SD) age was 75.5 (6.2) years.", ["age 75.5±6.2 a"]),
    ("Their age was 75.5 ± 6.2 years.", ["age 75.5±6.2 a"]),
    ("Patients over 65 years came.", ["age >65 a"]),
    ("A 70-year-old man came.", ["age 70 a"]),
    ("Women between the ages of 12 and 85 came.", ["age 12..85 a"]),
    ("Follow-up took over 5 years.", ["time 5 a"]),
]
MEASURES = [
    (
        "It fell by 10.7, 6.8 and 11.7 points.",
        ["measure 10.7 {points}", "measure 6.8 {points}", "measure 11.7 {points}"],
    ),
    ("Flow was 3.1 mL/sec.", ["measure 3.1 mL/s"]),
    ("It struck 12.3 per 1,000 person-years.", ["measure 12.3 /(1000.{person}.a)"]),
    ("A 6 cm × 2 cm wound.", ["measure 6 cm", "measure 2 cm"]),
    ("It fell from 24.3 to 20.1 points.", ["measure 24.3 {points}", "measure 20.1 {points}"]),
    ("A BMI of 37 kg/m(2), or 39.5 ± 2.8 kg m−2.", ["measure 37 kg/m2", "measure 39.5±2.8 kg/m2"]),
    ("It was 120/80 mmHg.", ["measure 120 mm[Hg]", "measure 80 mm[Hg]"]),
    ("An eGFR <60 mL/min/1.73 m2.", ["measure <60 mL/min/{1.73_m2}"]),
    ("It was three times higher, a 12-fold rise.", ["measure 3 {fold}", "measure 12 {fold}"]),
    ("A BMI of 27.3 kg/m² and a rise of 35.5 m.", ["measure 27.3 kg/m2", "measure 35.5 m"]),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *P_VALUES, *INTERVALS, *EFFECTS, *SPREADS, *COUNTS, *PERCENTS, *DOSES, *TIMES, *AGES,
        *MEASURES,
    ],
)  # fmt: skip
def test_sentence_yields_its_typed_figures(text: str, expected: list[str]) -> None:
    assert [t.replace(" [MD]", "") for t in told(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "6-minute walk", "six-minute walk distance", "IL-6", "SF-36", "TNF-α", "CD4", "CD69+ cells",
        "FEV1", "vitamin B12", "Phase 2", "a phase I/II trial", "Table 2", "Figure 1", "Fig. 3A",
        "Figures 1 and 2", "It fell [14].", "It fell [3,5-7].", "It fell. (24) Then it rose.",
        "It fell. 4, 3", "In 2017", "March 2026", "on 12 March 2026", "Eur J 2013;14:392",
        "NCT01234567", "doi:10.1000/j.a.2015.03.012", "the 36-item form", "a 1:1 ratio",
        "a 5-point scale", "type 2 diabetes", "grade 3", "group 1", "the 5-HT receptor",
        "https://example.org/a/12345", "2014-2016", "5th", "SARS-CoV-2", "HbA1c", "PaCO(2)",
        "(133)Xe", "1/3 radius", "24/7 care", "(1) to walk, and 2) to sleep", "a 0-10 scale",
    ],
)  # fmt: skip
def test_digits_in_names_are_no_figures(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "printed",
    [
        "100M arm", "100-million arm", "100 million cells", "1x10^8 cells", "1×10⁸ cells",
        "100 × 10⁶ cells", "100 million allogeneic stem cells", "one hundred million cells",
        "100-million cell-dose group", "100 million (M) cells",
    ],
)  # fmt: skip
def test_one_dose_of_cells_in_every_spelling(printed: str) -> None:
    (figure,) = find(f"the {printed}")

    assert (figure.kind, figure.value, figure.unit) == (MentionKind.DOSE, Decimal(100), CELLS)


def test_bare_millions_are_cells_where_the_text_speaks_of_them() -> None:
    alone = "The best result came with 100M."
    spoken = f"They had 20 million stem cells. {alone}"

    assert told(alone) == []
    assert told(spoken)[-1] == f"dose 100 {CELLS} [cells]"
    assert told(f"So. {alone}", 4) == [f"dose 100 {CELLS} [cells]"]


def test_list_members_are_marked_as_sharing_a_unit() -> None:
    figures = list(find("the 20-, 100- or 200-million cells at 3 and 6 months"))

    assert [f.shared_unit for f in figures] == [True, True, False, True, False]
    assert figures[3].days == Decimal("91.3125")


def test_times_and_ages_are_told_in_days() -> None:
    figures = find("at 6 months, 12 weeks and 2 years, aged 60 years, on day 5")

    assert [f.days for f in figures] == [
        Decimal(text) for text in ("182.625", "84", "730.5", "21915", "5")
    ]


def test_spread_belongs_to_the_printed_figure() -> None:
    (figure,) = find("a score of 12.3 ± 4.5 points")

    assert figure.printed == "12.3 ± 4.5 points"


def test_offsets_point_into_the_text_as_given() -> None:
    text = "Risk fell\u00a0(P≤.05) by 0·5\u2009mg, or 68–75\u202f%."

    assert [text[f.start : f.end] for f in find(text)] == ["P≤.05", "0·5\u2009mg", "68–75\u202f%"]


def test_stretch_is_read_alone() -> None:
    text = "It fell by 5%. It rose by 6%. It fell by 7%."
    start = text.index("It rose")

    assert told(text, start, start + 14) == ["percent 6 %"]


_PIECES = st.sampled_from(
    [
        "p", "=", "<", " ", "0.", ".05", "95% CI", "(", ")", "[", "-", "–", "−", "12", "3,456", "%",
        "mg", " million", "M", " cells", "10⁶", "×", " months", " and ", ", ", "aged ", "n = ", "/",
        "IL-6", "±", "SD", " to ", "one hundred", "≤", "·", "ﬁ", "\u200b", "\n", ". ", "week ",
        "HR ",
    ]
)  # fmt: skip


@given(st.one_of(st.lists(_PIECES, max_size=25).map("".join), st.text(max_size=60)))
def test_figures_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    figures = list(find(text))

    last = 0
    for figure in figures:
        assert last <= figure.start < figure.end <= len(text)
        assert figure.printed == text[figure.start : figure.end]
        last = figure.end
    assert figures == list(find(text))


@given(st.lists(_PIECES, max_size=20).map("".join), st.integers(0, 40), st.integers(0, 40))
def test_figures_of_a_stretch_lie_in_the_stretch(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))

    assert all(start <= f.start < f.end <= end for f in find(text, start, end))


@pytest.mark.parametrize(
    "unit",
    [
        "1", "1,", "1 ", "(", "((1", "1.", "p ", "p=", "1-", "95% CI ", "a1", "a-", "10^", "IL-",
        "age (", "age ", "1 of ", "1/", "weeks 4, ", "1 and ", "[1,", "1 x ", " ", "one hundred ",
        "1 million ", "- 1", "±1", "(SD", "1 (2-3) ", "x1", "A", "mean difference for a ", "1\n",
        "OR 1.2, ", "1 week after 5 x ", "six women 1% ", "1.5 (0.5) ",
    ],
)  # fmt: skip
def test_long_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = (unit * 10_000)[:10_000] + " 7 mg"

    assert all(0 <= f.start < f.end <= len(text) for f in find(text))


def test_two_hundred_kilobytes_of_digits_spaces_and_brackets_are_read_to_their_end() -> None:
    text = ("9" * 500 + " " * 500 + "(" * 500 + ")" * 500) * 100 + "a-" * 2000 + " 7 mg"

    assert told(text)[-1] == "dose 7 mg"


def test_hash_seed_changes_nothing(python: str) -> None:
    code = (
        "from kg.extract.mentions import find;"
        "print(list(find('OR 1.4 (95% CI 1.1 to 1.9), 20-, 100-million cells at 3 and 6 months')))"
    )
    outputs = {
        subprocess.run(
            [python, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip

    assert len(outputs) == 1


def test_what_a_sentence_leaves_out_is_what_it_told_before() -> None:
    assert told("A third left after two months, a half after four.")[-1] == "time 4 mo"
    assert told("After two weeks five left. After 4 trials it fell.")[-1] != "time 4 wk"
    counts = [f for f in find("Six women on A had rash, two on B and one on C.") if f.entity]
    assert [(int(f.value or 0), f.entity) for f in counts] == [
        (6, "women"), (2, "women"), (1, "women"),
    ]  # fmt: skip
    assert [f.entity for f in find("Four men died, three of them at home.")] == ["men", "men"]


def test_a_list_goes_on_with_the_ratio_that_opens_it() -> None:
    figures = find("The odds ratio was 0.95 for tea, 0.62 (95% CI 0.4 to 0.9) for milk and 1.2.")
    assert [f.entity for f in figures if f.kind is MentionKind.EFFECT] == ["OR", "OR"]


def test_means_with_bracketed_deviations_are_no_two_figures() -> None:
    figures = list(find("The score was 95.3 (21.4) before and 99.8 (20.1) after."))
    assert [(str(f.value), str(f.spread)) for f in figures] == [("95.3", "21.4"), ("99.8", "20.1")]
    assert next(find("Rash came to 12 (24.5) of them.")).spread is None


def test_a_currency_may_stand_behind_about() -> None:
    (figure,) = find("It came to about USD 3,800 in all.")
    assert figure.comparator is Comparator.ABOUT
