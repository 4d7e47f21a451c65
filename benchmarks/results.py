"""Measures verification on the shared sets, beside two baselines and two peers: ``RESULTS.md``.

    python benchmarks/results.py DATA [--without-peers]

DATA holds the sets and their scorer ``score.py``. The differ (``DATA/baseline_differ.py``) takes
the nearest sentence and flags every difference; *present* flags a claim one of whose numbers the
record nowhere prints. The peers are installed from PyPI into an environment of their own.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from planted import items as planted

HERE = Path(__file__).resolve().parent
KG = Path(sys.executable).with_name("kg")
SETS = {
    "Free paraphrases (dev)": "paraphrases/dev.jsonl",
    "Abstracts, planted faults": "abstracts/abstract_mutants.jsonl",
    "Full texts, planted faults (validation)": "evidence_inference/validation/mutants.jsonl",
}
DIRECTION = "evidence_inference/validation/direction.jsonl"
LABELLED = {
    "CliniFact (validation)": "clinifact/validation.jsonl",
    "Check-COVID (dev)": "check_covid/dev.jsonl",
}
PEERS = ("claimproofkit", "rag-quantguard")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FLAGS = {
    "contradicted", "misattributed", "overgeneralised", "not_found", "partially_supported",
    "outdated",
}  # fmt: skip
MOST = 10
SOWN = 100


def run(command: list[str], out: Path) -> None:
    """Run a command with its output in a file; exit codes are the commands' own affair."""
    with out.open("w", encoding="utf-8") as sink:
        subprocess.run(command, stdout=sink, stderr=subprocess.DEVNULL, check=False)


def scored(data: Path, items: Path, out: Path) -> dict[str, Any]:
    """Score an output with the sets' own scorer."""
    command = [sys.executable, str(data / "score.py"), str(items), str(out)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(told.stdout)
    return report


def present(items: Path, out: Path) -> None:
    """Answer as one who only asks whether each number stands anywhere in the record."""
    with out.open("w", encoding="utf-8") as sink:
        for line in items.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            source = item["source"].get("text")
            if source is None:
                source = (items.parent / item["source"]["path"]).read_text(encoding="utf-8")
            missing = set(NUMBER.findall(item["claim"])) - set(NUMBER.findall(source))
            verdict = "contradicted" if missing else "supported"
            answer = {"id": item["id"], "verdict": verdict, "faults": [], "evidence": []}
            sink.write(json.dumps(answer) + "\n")


def peer_python(folder: Path) -> Path:
    """Install the peers into an environment of their own and return its Python."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


def headline(name: str, report: dict[str, Any]) -> str:
    """Print one tool's line of a set's table."""
    cells = [report.get(k) for k in ("recall", "false_flags", "true_supported", "named", "hit@1")]
    return f"| {name} | " + " | ".join("–" if c is None else f"{c:.3f}" for c in cells) + " |"


def by_kind(report: dict[str, Any]) -> list[str]:
    """Print a set's figures by kind."""
    lines = ["| Kind | n | flagged | abstained | supported | named | hit@1 |", "|---|" + "--:|" * 6]
    for kind, row in report["kinds"].items():
        cells = (row.get(k) for k in ("flagged", "abstained", "supported", "named", "hit@1"))
        told = " | ".join("–" if c is None else f"{c:.3f}" for c in cells)
        lines.append(f"| {kind} | {row['n']} | {told} |")
    return lines


def reasons(items: Path, out: Path) -> list[str]:
    """Print which rules flagged truths, and which kinds of fault were missed."""
    answers = {a["id"]: a for a in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for item in map(json.loads, items.read_text(encoding="utf-8").splitlines()):
        answer = answers[item["id"]]
        flagged = answer["verdict"] in FLAGS
        if item["expect"]["holds"] and flagged:
            false.update({fault["rule"] for fault in answer["faults"]})
        elif not item["expect"]["holds"] and not flagged:
            missed.update(item["expect"].get("faults") or [item["kind"]])
    told = [f"Rules that flagged truths: {_counts(false)}."] if false else []
    return [*told, f"Faults missed: {_counts(missed)}."] if missed else told


def _counts(found: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in found.most_common(MOST))


def main(data: Path, *, peers: bool) -> str:
    """Measure everything and return the text of ``RESULTS.md``."""
    lines = [
        "# Results", "", "Made by `make bench BENCHMARKS=DATA`; the sets and the scorer are not "
        f"part of this project. Python {platform.python_version()}. Growth, endpoint and pages "
        "stand in [SCALE.md](SCALE.md).", "",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        python = peer_python(work / "peers") if peers else None
        for title, items in (*_shared(data), *_own(data, work)):
            lines += _set(title, data, items, work, python)
        lines += _blind()
        lines += ["## Direction prompts, full texts (validation)", "",
                  "| Frame | macro-F1 | hit@1 | coverage |", "|---|--:|--:|--:|"]  # fmt: skip
        for told, extra in (("as given", []), ("ignored", ["--ignore-frame"])):
            out = work / "direction"
            run([str(KG), "check", *extra, "--jsonl", str(data / DIRECTION)], out)
            row = scored(data, data / DIRECTION, out)["direction"]
            lines.append(f"| {told} | {row['macro_f1']} | {row['hit@1']} | {row['coverage']} |")
        lines += ["", "## Labelled pairs", "", "| Set | accuracy | macro-F1 | precision when it "
                  "speaks | coverage |", "|---|--:|--:|--:|--:|"]  # fmt: skip
        for title, name in LABELLED.items():
            run([str(KG), "check", "--jsonl", str(data / name)], work / "labelled")
            row = scored(data, data / name, work / "labelled")["labels"]
            cells = (
                row[k] for k in ("accuracy", "macro_f1", "precision_when_it_speaks", "coverage")
            )
            lines.append(f"| {title} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join([*lines, ""])


def _shared(data: Path) -> list[tuple[str, Path]]:
    return [(title, data / name) for title, name in SETS.items()]


def _own(data: Path, work: Path) -> list[tuple[str, Path]]:
    """Write this folder's own sets, with the training texts that they are about."""
    told, sown = work / "paraphrases.jsonl", work / "planted.jsonl"
    texts: dict[str, dict[str, str]] = {}
    for line in (data / "clinifact" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["id"]] = row["source"]
    articles = data / "evidence_inference" / "train" / "articles"
    lines = (HERE / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()
    rows = list(map(json.loads, lines))
    for item in {row["item"] for row in rows} - set(texts):
        texts[item] = _abstract(articles / f"{item}.txt")
    _write(told, ({**row, "source": texts[row["item"]]} for row in rows))
    _write(sown, planted(data, SOWN))
    return [("Own paraphrases (all batches)", told), ("Own planted faults", sown)]


def _abstract(article: Path) -> dict[str, str]:
    """Cut an article of the training set to its title and abstract."""
    text = article.read_text(encoding="utf-8")
    body = re.search(r"\n\s*BODY", text)
    cut = text[: body.start()] if body else text
    return {"text": cut.rstrip() + "\n", "format": "text", "scope": "abstract"}


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as sink:
        sink.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _blind() -> list[str]:
    """Print what each batch of own paraphrases gave the one time that it was new to the rules."""
    lines = (HERE / "blind.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        "## Own paraphrases, blind", "", "Each batch the one time that no rule had seen it; the "
        "rules were changed between the batches.", "",
        "| Batch | items | recall | flags on true | true supported | fault named | hit@1 |",
        "|---|" + "--:|" * 6, *(f"| {' | '.join(row)} |" for row in rows), "",
    ]  # fmt: skip


def _set(title: str, data: Path, items: Path, work: Path, python: Path | None) -> list[str]:
    out = work / "out"
    run([str(KG), "check", "--timing", "--jsonl", str(items)], out)
    own = scored(data, items, out)
    why = reasons(items, out)
    lines = [f"## {title}", "", f"{own['items']} items. Time of a claim: median "
             f"{own['ms_median']} ms, 99th percentile {own['ms_p99']} ms.", "",
             "| Tool | recall | flags on true | true supported | fault named | hit@1 |",
             "|---|" + "--:|" * 5, headline("claimgraph", own)]  # fmt: skip
    run([sys.executable, str(data / "baseline_differ.py"), str(items)], work / "differ")
    lines.append(headline("differ", scored(data, items, work / "differ")))
    present(items, work / "present")
    lines.append(headline("present", scored(data, items, work / "present")))
    for peer in PEERS if python else ():
        run([str(python), str(HERE / "peers.py"), peer, str(items)], work / peer)
        lines.append(headline(peer, scored(data, items, work / peer)))
    return [*lines, "", *by_kind(own), "", *why, ""]


if __name__ == "__main__":
    if len(sys.argv) < 2 or not (Path(sys.argv[1]) / "score.py").is_file():
        sys.exit("Name the folder of the benchmark sets, the one that holds score.py:\n"
                 "    make bench BENCHMARKS=DIR")  # fmt: skip
    os.environ.setdefault("PYTHONHASHSEED", "0")
    text = main(Path(sys.argv[1]), peers="--without-peers" not in sys.argv)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
