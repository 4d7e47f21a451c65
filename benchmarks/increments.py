"""Audits a corpus, adds one answer of a hundred, and audits it again with what is known.

python benchmarks/increments.py [ANSWERS]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_up import write
from benchmarks.scale import cpu
from kg.build import build
from kg.corpus import read_corpus
from kg.examination import examine, held, whole
from kg.findings import findings


def main(answers: int) -> None:
    """Print the CPU seconds of the first audit and of the second."""
    with tempfile.TemporaryDirectory() as folder:
        first = build(read_corpus(write(Path(folder) / "first", answers)))
        more = answers + max(1, answers // 100)
        second = build(read_corpus(write(Path(folder) / "second", more)))
    known = held(first.store)
    anew = cpu(lambda: examine(second.dossier))
    again = cpu(lambda: examine(second.dossier, known))
    reading = cpu(lambda: held(first.store))
    corpus = cpu(lambda: findings(second.store, scope="corpus"))
    assert whole(second.store, examine(second.dossier, known)) == second.findings
    print(f"{answers} answers, {len(second.quads):,} quads after {more - answers} more")
    print(f"  document-scoped, all answers examined   {anew:.2f} s")
    print(f"  document-scoped, with what was known    {again:.2f} s, {again / anew:.1%}")
    print(f"  reading what was known                  {reading:.2f} s")
    print(f"  corpus-scoped, each time                {corpus:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
