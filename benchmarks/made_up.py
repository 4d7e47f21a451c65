"""Makes up answers and records, any number of them, all different and all sound.

Every record reports a randomised trial with two or three arms, doses, outcomes, times, p values and
harms, and every answer tells what its records say, so that a graph of them conforms to the shapes.
Which trial has which figures follows from its number alone.

    python benchmarks/made_up.py FOLDER ANSWERS
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

DRUGS = ("velprazin", "ostramide", "quinolast", "merivone", "tandocept", "lurasofen", "bexatrol")
CONDITIONS = ("evening stiffness", "winter fatigue", "chronic hiccups", "restless hands")
OUTCOMES = (
    ("grip strength", "kg"), ("walking speed", "m/min"), ("sleep duration", "min"),
    ("knee flexion", "degrees"), ("stair-climb power", "W"),
)  # fmt: skip
HARMS = ("headache", "nausea", "dizziness", "dry mouth")
DOSES = (10, 20, 25, 40, 50, 80)


@dataclass(frozen=True, slots=True)
class Trial:
    """An invented trial."""

    number: int
    drug: str
    condition: str
    doses: tuple[int, ...]
    size: int
    outcomes: tuple[tuple[str, str], ...]
    weeks: int
    gains: tuple[float, ...]
    p_values: tuple[float, ...]
    harm: str

    @property
    def doi(self) -> str:
        """The identifier, below a prefix that is kept for examples."""
        return f"10.5555/madeup.{self.number}"

    @property
    def title(self) -> str:
        """The title, which no other trial has."""
        return (
            f"{self.drug.capitalize()} for {self.condition} in adults: "
            f"randomised trial number {self.number}"
        )


def trial(number: int) -> Trial:
    """Draw the trial of a number."""
    draw = random.Random(number)  # noqa: S311 - figures for a benchmark
    outcomes = tuple(draw.sample(OUTCOMES, 3))
    return Trial(
        number,
        draw.choice(DRUGS),
        draw.choice(CONDITIONS),
        tuple(sorted(draw.sample(DOSES, 2))),
        draw.randrange(40, 400),
        outcomes,
        draw.choice((6, 8, 12, 24)),
        tuple(draw.randrange(11, 99) / 10 for _ in outcomes),
        tuple(draw.randrange(1, 49) / 1000 for _ in outcomes),
        draw.choice(HARMS),
    )


def record(made: Trial) -> str:
    """Write the record of a trial as an abstract is printed."""
    low, high = made.doses
    listed = ", ".join(name for name, _ in made.outcomes[:-1]) + f" and {made.outcomes[-1][0]}"
    results = " ".join(
        f"At {made.weeks} weeks, {name} increased by {gain} {unit} in the {high} mg group "
        f"(p = {p:.3f} versus placebo)."
        for (name, unit), gain, p in zip(made.outcomes, made.gains, made.p_values, strict=True)
    )
    return (
        f"Clinical Trial\nJ Made Up Med\n. 2025 Feb 3;{made.number}(1):1-9.\n"
        f"doi: {made.doi}.\n\n{made.title}\n\nAbstract\n\n"
        f"Background: {made.condition.capitalize()} is common in later life.\n\n"
        f"Methods: In this double-blind randomised controlled trial, {3 * made.size} adults with "
        f"{made.condition} took {made.drug} {low} mg (n = {made.size}), {made.drug} {high} mg "
        f"(n = {made.size}), or placebo (n = {made.size}) once daily for {made.weeks} weeks. "
        f"Outcomes were {listed}.\n\n"
        f"Results: {results} No serious adverse events occurred. "
        f"{made.size // 10 + 2} participants in the {high} mg group reported {made.harm}.\n\n"
        f"Conclusions: {made.drug.capitalize()} {high} mg helped.\n"
    )


def answer(trials: list[Trial]) -> str:
    """Write an answer that says of each trial what its record says."""
    lines = [f"Do these drugs help? Answer {trials[0].number}\n", "Last updated: March 1, 2026\n"]
    for at, made in enumerate(trials, 1):
        high = made.doses[-1]
        lines.append(f"{made.drug.capitalize()}\n")
        lines += [
            f"  • At {made.weeks} weeks, {name} increased by {gain} {unit} in the {high} mg group "
            f"(p = {p:.3f}). {at}\n"
            for (name, unit), gain, p in zip(made.outcomes, made.gains, made.p_values, strict=True)
        ]
        lines.append(f"  • No serious adverse events occurred. {at}\n")
    lines.append("References\n")
    lines += [
        f"{at}. {made.title}. J Made Up Med. 2025;{made.number}(1):1-9. doi:{made.doi}\n"
        for at, made in enumerate(trials, 1)
    ]
    return "\n".join(lines)


def write(folder: Path, answers: int, *, each: int = 2, first: int = 0) -> Path:
    """Write a corpus of so many answers, each with so many records; return its corpus.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    said, checked = [], {}
    for at in range(first, first + answers):
        trials = [trial(at * each + nth) for nth in range(each)]
        (folder / f"answer-{at}.txt").write_text(answer(trials), encoding="utf-8")
        said.append(f'[[answer]]\nfile = "answer-{at}.txt"\n')
        for nth, made in enumerate(trials, 1):
            name = f"record-{made.number}.txt"
            (folder / name).write_text(record(made), encoding="utf-8")
            said.append(f'[[answer.record]]\nfile = "{name}"\nmarker = "{nth}"\n')
            checked[made.doi] = {"status": "none", "checked": "2026-02-01"}
    (folder / "status.json").write_text(json.dumps(checked), encoding="utf-8")
    path = folder / "corpus.toml"
    path.write_text('status = "status.json"\n\n' + "\n".join(said), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2])))
