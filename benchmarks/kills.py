"""Kills a builder again and again, and asks each time whether the published store is whole.

A process publishes one build after the other into one store; it is killed at a moment drawn by
chance, the store is opened, its quads are hashed and compared with the pointer, and the builder
starts anew in the same store.

    python benchmarks/kills.py [NUMBER]
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.store import prune, publish, published
from tests.test_store_builds import kill_a_builder, made

SEED = 20261125


def main(number: int) -> None:
    """Kill, look, count."""
    chance = random.Random(SEED)  # noqa: S311 - when to kill
    whole, shown = 0, set()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        publish(made("first"), store)
        for _ in range(number):
            whole += kill_a_builder(store, chance)
            shown.add(published(store).sha256)
            prune(store)
    print(f"{number} kills, {whole} times whole, {len(shown)} different builds shown in between")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
