"""Fits the weights of ``kg.compare.superiority`` on training pairs: a softmax over three labels.

    python benchmarks/fit_superiority.py DATA/clinifact/train.jsonl > superiority_weights.tsv

Plain gradient descent from zero with an L2 penalty; the same input gives the same weights.
Needs numpy.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from kg.compare.effects import outcome_of, read_effects
from kg.compare.own_report import report_signs
from kg.compare.sides import learn_sides
from kg.compare.superiority import LABELS, features, read_superiority
from kg.extract.reading import read_claim
from kg.extract.record import report
from kg.model import DocumentRole
from kg.sources import read

STEPS, RATE, PENALTY = 6000, 0.2, 0.002


def described(path: Path) -> list[tuple[dict[str, float], int]]:
    """Return the features and the label of each pair."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        text = item["source"]["text"]
        record = report(read(text.encode(), "record.txt", DocumentRole.RECORD, "text")).reading
        said = read_superiority(item["claim"], item.get("frame", {}).get("outcome", ""))
        if said is None:
            continue
        sides = learn_sides(said.intervention, said.comparator, said.outcome, record)
        effect = read_effects(record, outcome_of(said.outcome, record), sides)
        label = LABELS.index(item["expect"]["label"])
        claim = read_claim(item["claim"], 0, len(item["claim"]), record)
        names = said.intervention, said.comparator, said.outcome
        told = features(said, effect, record) | report_signs(claim, names, record, sides)
        found.append((told, label))
    return found


def fitted(pairs: list[tuple[dict[str, float], int]]) -> list[dict[str, float]]:
    """Return one set of weights for each label."""
    names = sorted({name for row, _ in pairs for name in row})
    rows = np.array([[row.get(name, 0.0) for name in names] for row, _ in pairs])
    true = np.eye(len(LABELS))[[label for _, label in pairs]]
    weights = np.zeros((len(names), len(LABELS)))
    for _ in range(STEPS):
        scores = rows @ weights
        raised = np.exp(scores - scores.max(1, keepdims=True))
        off = true - raised / raised.sum(1, keepdims=True)
        weights += RATE * (rows.T @ off / len(pairs) - PENALTY * weights)
    return [dict(zip(names, map(float, own), strict=True)) for own in weights.T]


def main() -> None:
    """Print the data file."""
    print("# Weights of kg.compare.superiority, fitted on training pairs by "
          "benchmarks/fit_superiority.py.\n# label\tfeature\tweight")  # fmt: skip
    for label, own in zip(LABELS, fitted(described(Path(sys.argv[1]))), strict=True):
        for name in sorted(own):
            print(f"{label}\t{name}\t{own[name]:.3f}")


if __name__ == "__main__":
    main()
