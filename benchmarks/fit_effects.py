"""Fits the weights of ``kg.compare.effects`` on training prompts: which passage, which way.

    python benchmarks/fit_effects.py DATA/evidence_inference/train > effect_weights.tsv

A passage's share is a softmax over its place features, a way's share a softmax over its signs; what
is raised is the log share of the true way, summed over passages, and that of the marked passages.
Adam from zero with an L2 penalty; the same input gives the same weights. Needs numpy.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.compare import effects
from kg.compare.effect_claims import EffectClaim, read_effect
from kg.compare.sides import learn_sides
from kg.extract.reading import Reading
from kg.extract.record import report
from kg.model import DocumentRole
from kg.sources import read

STEPS, RATE, PENALTY, FEWEST = 400, 0.05, (0.025, 0.0015, 0.0015), 8
Matrix = NDArray[np.float64]
PARTS = ("place", "way-moved", "way-null")


def prompts(folder: Path) -> list[tuple[list[Any], int]]:
    """Return the candidate passages of each prompt (features, marked or not) and the true way."""
    known: dict[str, Any] = {}
    found = []
    for line in (folder / "direction.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if not item["expect"]["holds"]:
            continue
        path = item["source"]["path"]
        if path not in known:
            data = (folder / path).read_bytes()
            known[path] = report(read(data, path, DocumentRole.RECORD)).reading
        record, said = known[path], read_effect(item["claim"], item["frame"])
        if said is not None:
            found.append((passages(record, said, item["expect"]["evidence"]), way_of(item["id"])))
    return found


def passages(record: Reading, said: EffectClaim, marked: list[list[int]]) -> list[Any]:
    """Describe each candidate passage of one prompt."""
    outcome = effects.outcome_of(said.outcome, record)
    sides = learn_sides(said.intervention, said.comparator, said.outcome, record)
    sections = effects.sections_of(record)
    described = []
    for index in effects.candidates(record, outcome, sides):
        facts = [f for f in record.facts if f.sentence == index]
        place = effects.place_features(index, record, facts, outcome, sides, sections)
        ways = effects.way_features(index, record, facts, outcome, sides)
        own = record.sentences[index]
        described.append((place, ways, any(own.start < e and s < own.end for s, e in marked)))
    return described


def way_of(identity: str) -> int:
    """Return the position in ``effects.WAYS`` of the way that an item's id names."""
    return 1 if identity.endswith("--1") else 0 if identity.endswith("-1") else 2


def matrix(rows: list[dict[str, float]], names: list[str]) -> Matrix:
    """Lay feature dicts out as a matrix."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def shares(scores: Matrix) -> Matrix:
    """Return the softmax over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def slopes(prompt: tuple[Any, ...], weights: list[Any]) -> list[Any]:
    """Return the gradient of one prompt's log share."""
    place, up, down, null, marked, way = prompt
    fit = shares(place @ weights[0])
    ways = shares(np.stack([up @ weights[1], down @ weights[1], null @ weights[2]], 1))
    owed = fit * ways[:, way]
    owed = used = owed / (owed.sum() + 1e-12)
    pull = owed - fit
    if marked.any():
        gold = fit * marked
        pull = 0.5 * pull + gold / (gold.sum() + 1e-12) - fit
        used = 0.5 * owed + 0.5 * marked / marked.sum()
    wrong = -ways
    wrong[:, way] += 1
    wrong *= used[:, None]
    return [place.T @ pull, up.T @ wrong[:, 0] + down.T @ wrong[:, 1], null.T @ wrong[:, 2]]


def fitted(found: list[tuple[list[Any], int]]) -> list[tuple[str, str, float]]:
    """Fit the weights; a feature that few passages have is left out."""
    counts: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for rows, _ in found:
        for place, (up, down, null), _ in rows:
            for count, names in zip((0, 1, 1, 2), (place, up, down, null), strict=True):
                counts[count].update(names)
    names = [sorted(n for n, seen in count.items() if seen >= FEWEST) for count in counts]
    laid = [
        (
            matrix([r[0] for r in rows], names[0]), matrix([r[1][0] for r in rows], names[1]),
            matrix([r[1][1] for r in rows], names[1]), matrix([r[1][2] for r in rows], names[2]),
            np.array([r[2] for r in rows], float), way,
        )
        for rows, way in found if rows
    ]  # fmt: skip
    weights = [np.zeros(len(n)) for n in names]
    first, second = [w.copy() for w in weights], [w.copy() for w in weights]
    for step in range(1, STEPS + 1):
        each = [slopes(prompt, weights) for prompt in laid]
        for i, penalty in enumerate(PENALTY):
            slope = sum(e[i] for e in each) / len(laid) - penalty * weights[i]
            first[i] = 0.9 * first[i] + 0.1 * slope
            second[i] = 0.99 * second[i] + 0.01 * slope * slope
            raised = first[i] / (1 - 0.9**step)
            weights[i] += RATE * raised / (np.sqrt(second[i] / (1 - 0.99**step)) + 1e-8)
    return [
        (part, name, float(value))
        for part, own, values in zip(PARTS, names, weights, strict=True)
        for name, value in zip(own, values, strict=True)
    ]


def main() -> None:
    """Print the weights as the data file has them."""
    print("# Weights of the two steps of kg.compare.effects: how well a sentence fits (place),")
    print("# which way it tells (way-moved, way-null). Fitted on the training articles of Evidence")
    print("# Inference by benchmarks/fit_effects.py; a plus speaks for the passage or the way.")
    print("# step\tfeature\tweight")
    for part, name, value in fitted(prompts(Path(sys.argv[1]))):
        if abs(value) >= 0.005:
            print(f"{part}\t{name}\t{value:.2f}")


if __name__ == "__main__":
    main()
