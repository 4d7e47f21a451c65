"""Runs an installable peer over a benchmark file and answers in the form of ``kg check --jsonl``.

    python benchmarks/peers.py NAME ITEMS.jsonl > OUT.jsonl

NAME is ``claimproofkit`` or ``rag-quantguard``; it has to be installed in the Python that runs
this, which ``benchmarks/results.py`` sees to in an environment of its own. A claim is flagged where
the peer calls any part of it contradicted, unsupported or ambiguous; a crash is told as an error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def claimproofkit() -> Callable[[str, str], bool]:
    """Return a function that tells whether the peer flags a claim."""
    from claimproofkit import ClaimVerifier, EvidencePassage, SourceType

    verifier = ClaimVerifier()

    def flags(claim: str, source: str) -> bool:
        passage = EvidencePassage(
            id="1", source="record", source_type=SourceType.EVIDENCE, text=source
        )
        return not verifier.verify_document(claim, [passage]).is_safe_to_publish

    return flags


def quantguard() -> Callable[[str, str], bool]:
    """Return a function that tells whether the peer flags a claim."""
    from quantguard import QuantitativeGuard

    guard = QuantitativeGuard()

    def flags(claim: str, source: str) -> bool:
        return not guard.verify(generated_text=claim, source_chunks=[source]).is_valid

    return flags


PEERS = {"claimproofkit": claimproofkit, "rag-quantguard": quantguard}


def answers(name: str, path: Path) -> None:
    """Print one answer a line; a peer's crash is the line's error."""
    flags = PEERS[name]()
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        source = item["source"].get("text")
        if source is None:
            source = (path.parent / item["source"]["path"]).read_text(encoding="utf-8")
        answer: dict[str, Any] = {"id": item["id"], "faults": [], "evidence": []}
        try:
            flagged = flags(item["claim"], source)
        except Exception as error:
            answer |= {"verdict": "not_checkable", "error": type(error).__name__}
        else:
            answer["verdict"] = "contradicted" if flagged else "supported"
        print(json.dumps(answer))


if __name__ == "__main__":
    answers(sys.argv[1], Path(sys.argv[2]))
