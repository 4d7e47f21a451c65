"""Kills a builder again and again, and asks each time whether the published store is whole.

A process publishes one build after the other into one store; it is killed at a moment drawn by
chance, the store is opened, its quads are hashed and compared with the pointer, and the builder
starts anew in the same store.

    python benchmarks/kills.py [NUMBER]
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.store import open_store, prune, publish, published
from kg.terms import quads_digest
from tests.test_store_builds import BUILDER, made

SEED = 20261125


def main(number: int) -> None:
    """Kill, look, count."""
    chance = random.Random(SEED)  # noqa: S311 - when to kill
    whole, shown = 0, set()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        publish(made("first"), store)
        for _ in range(number):
            process = subprocess.Popen(
                [sys.executable, "-c", BUILDER, str(store)], stdout=subprocess.DEVNULL
            )
            time.sleep(0.15 + chance.random() * 0.25)
            process.send_signal(signal.SIGKILL)
            process.wait()
            said, held = published(store), open_store(store)
            whole += quads_digest(held.quads()) == said.sha256 and len(held) == said.quads
            shown.add(said.sha256)
            prune(store)
    print(f"{number} kills, {whole} times whole, {len(shown)} different builds shown in between")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
