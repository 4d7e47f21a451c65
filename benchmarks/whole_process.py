"""Measures whole processes: CPU seconds and peak memory of ``kg`` commands, the median of three.

    python benchmarks/whole_process.py [ANSWER RECORD]

Without arguments the two documents that the project grew from are audited, if they are at hand.
CPU seconds are user and system time of the child and of what it starts, as the kernel counts them.
Bytecode is cached, as pip leaves it on installing; one run before the three makes it in a checkout.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

RUNS = 3
ENVIRONMENT = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
ANSWER, RECORD = "000_6fba568072e3c303.txt", "002_817d4b841cb3a397.txt"
BEFORE_SHACL = """
import sys
from pathlib import Path
from kg import build, validate
from kg.corpus import AnswerInput, Inputs, RecordInput
validate.validate = lambda quads: sys.exit(0)
answer, record = map(Path, sys.argv[1:])
build.build(Inputs((AnswerInput(answer, (RecordInput(record, "1"),)),)))
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One process as the kernel saw it.

    :param seconds: CPU seconds
    :param megabytes: peak resident memory, 10⁶ bytes
    """

    seconds: float
    megabytes: float


def measured(words: list[str], allowed: tuple[int, ...] = (0,)) -> Figure:
    """Run a process once, its output thrown away."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=errors, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            errors.seek(0)
            told = errors.read().decode()
            sys.exit(f"{' '.join(words)} ended with {process.returncode}:\n{told}")
    kilobytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return Figure(usage.ru_utime + usage.ru_stime, kilobytes * 1024 / 1e6)


def row(name: str, words: list[str], limit: float, allowed: tuple[int, ...] = (0,)) -> str:
    """Measure a process and write its line of the table."""
    figures = [measured(words, allowed) for _ in range(RUNS + 1)][1:]
    seconds = statistics.median(figure.seconds for figure in figures)
    megabytes = max(figure.megabytes for figure in figures)
    return f"{name:<28} {seconds:>8.2f} {limit:>8.2f} {megabytes:>9.0f}"


def main() -> None:
    """Print the table."""
    given = [Path(word) for word in sys.argv[1:]] or [SEEDS / ANSWER, SEEDS / RECORD]
    kg = [sys.executable, "-m", "kg"]
    print(f"{'process':<28} {'CPU s':>8} {'at most':>8} {'peak MB':>9}")
    print(row("kg --help", [*kg, "--help"], 0.4))
    with tempfile.TemporaryDirectory() as folder:
        print(row("kg demo", [*kg, "demo", str(Path(folder) / "demo"), "-q"], 3.0))
    if not all(path.is_file() for path in given):
        print(f"skipped: the audit, because {' and '.join(map(str, given))} are not at hand")
        return
    answer, record = map(str, given)
    audit = [*kg, "audit", answer, "--record", f"1={record}", "--json"]
    print(row("kg audit, two documents", audit, 2.5, (0, 1)))
    stages = [sys.executable, "-c", BEFORE_SHACL, answer, record]
    print(row("  its stages before SHACL", stages, 0.5))


if __name__ == "__main__":
    main()
