"""Writes ``kg/text/data/general.tsv``: verbs and adverbs of general English, from WordNet.

    python benchmarks/general_words.py DICT > kg/text/data/general.tsv

DICT is the ``dict`` folder of WordNet 3.1 (``index.sense``, ``data.noun``). A stem is taken if the
tagged texts use its words at least twice as a verb or an adverb, and at least as often so as
otherwise; what the lexicon lists as a condition, an outcome or an intervention is left out, and
what ``everyday.tsv`` has. Each stem is written as its commonest word.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from kg.text.lexicon import categories, everyday, function_words, synonym_table
from kg.text.tokens import stem

FEWEST = 2
SHORTEST = 3
WIDTH = 95
LICENCE = 29
MOVING = {"2", "4"}  # WordNet's numbers for verbs and adverbs
HEAD = """\
# Verbs and adverbs of general English: that a record has none of them tells nothing.
# Source: WordNet 3.1: words that its tagged texts use at least twice as a verb or an adverb, and at
# least as often so as otherwise; names of conditions, outcomes and interventions are left out.
# words, separated by spaces
#"""


def counts(folder: Path) -> tuple[Counter[str], Counter[str]]:
    """Count each word's tagged uses as a verb or an adverb, and its other ones."""
    moving: Counter[str] = Counter()
    naming: Counter[str] = Counter()
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, _, _, uses = line.split()
        word, rest = key.split("%")
        if word.isalpha() and word.islower():
            (moving if rest[0] in MOVING else naming)[word] += int(uses)
    return moving, naming


def general(folder: Path) -> list[str]:
    """Return the words of the list, in alphabetical order."""
    moving, naming = counts(folder)
    words: dict[str, set[str]] = defaultdict(set)
    for word in {*moving, *naming}:
        words[stem(word)].add(word)
    listed = {
        stems[0]
        for entries in synonym_table().values()
        for stems, values in entries
        if len(stems) == 1 and values[0] in categories()
    }
    known = listed | function_words() | everyday()
    found = []
    for own, forms in words.items():
        uses = sum(moving[word] for word in forms)
        rare = uses < FEWEST or uses < sum(naming[word] for word in forms)
        if len(own) >= SHORTEST and own not in known and not rare:
            found.append(min(forms, key=lambda word: (-moving[word], len(word), word)))
    return sorted(found)


def main(folder: Path) -> None:
    """Print the file: its head, WordNet's licence, the words."""
    lines = (folder / "data.noun").read_text(encoding="utf-8", errors="replace").splitlines()
    licence = [line.strip().partition(" ")[2].strip() for line in lines[:LICENCE]]
    print("\n".join([HEAD, *(f"# {line}".rstrip() for line in licence)]))
    line = ""
    for word in general(folder):
        if len(line) + len(word) > WIDTH:
            print(line.strip())
            line = ""
        line += f"{word} "
    print(line.strip())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
