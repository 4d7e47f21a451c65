"""Edits a built graph a thousand times, once each, and asks whether the edit is found and named.

Each edit changes a figure, an offset, a digest or a text, drops a triple, or gives a node another's
passage. ``kg recheck`` and ``kg validate`` are asked of each. The edit is found if either breaks;
its graph is named if a message of recheck names it, its node if a message of either does.

    python benchmarks/edits.py [NUMBER]
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg import assets
from kg.build import build
from kg.corpus import read_corpus
from kg.graph import manifest_digest
from kg.integrity import recheck
from kg.store import MemoryStore, Seal
from kg.validate import validate
from tests.graph_edits import KINDS, edited

SEED = 20261125


def main(number: int) -> None:
    """Edit, ask and count."""
    quads = list(build(read_corpus(assets.folder("demo"))).quads)
    seal = Seal(manifest_digest(quads) or "")
    before = {violation.order for violation in validate(quads)}
    chance = random.Random(SEED)  # noqa: S311 - chooses what to break
    made, found, graph, node = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for at in range(number):
        kind = list(KINDS)[at % len(KINDS)]
        changed, old = edited(quads, kind, chance)
        broken = recheck(MemoryStore(changed), seal=seal).broken
        subject, home = str(old.subject)[1:-1], str(old.graph_name)[1:-1]
        named = subject in {b.node for b in broken}
        violations = [] if named else [v for v in validate(changed) if v.order not in before]
        made[kind] += 1
        found[kind] += bool(broken or violations)
        graph[kind] += home in {b.graph for b in broken}
        node[kind] += named or subject in {v.focus for v in violations}
    for kind in KINDS:
        print(
            f"{kind:8} made {made[kind]:4}  found {found[kind]:4}  "
            f"graph named {graph[kind]:4}  node named {node[kind]:4}"
        )
    print(f"found {sum(found.values())} of {sum(made.values())}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
