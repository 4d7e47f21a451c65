"""A value of one kind of thing told of its opposite: *anatomic* for *non-anatomic* resections.

Where a record sets a thing and its *non-* apart, each of its values belongs to the one whose name
stands before it last.

>>> from kg.extract.reading import read_claim, read_record
>>> told = "Bleeding stopped in focal resections (24/25) and in non-focal resections (11/29)."
>>> record = read_record(told)
>>> def found(text):
...     claim = read_claim(text, 0, len(text), record)
...     pairs = {i: j for i, f in enumerate(claim.facts) for j, g in enumerate(record.facts)
...              if f.figure and g.figure and f.figure.value == g.figure.value}
...     return [(f.claimed, f.found) for f in of_the_opposite(claim, record, pairs)]
>>> found("In focal resections bleeding stopped in 11 of 29.")
[('focal', 'non-focal')]
>>> found("In non-focal resections bleeding stopped in 11 of 29.")
[]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from kg.compare.draft import FaultDraft
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.tokens import Word

_NOT = {"non"}
_COMPARING = {"vs", "versus", "than", "compared", "against"}
_SHORT = 3


def of_the_opposite(
    claim: Reading, record: Reading, pairs: Mapping[int, int]
) -> Iterator[FaultDraft]:
    """Yield kinds of which the record gives the opposite for a value that the claim tells.

    :param pairs: fact of the claim → the record's fact that it was matched with
    """
    for mine, theirs in pairs.items():
        fact, own = claim.facts[mine], record.facts[theirs]
        if fact.figure is None or own.figure is None:
            continue
        sentence, told = claim.sentences[fact.sentence], record.sentences[own.sentence]
        for kind in _opposed(told.tokens):
            here = None if _compares(told, kind) else _last(told, kind, own)
            said = [i for i, w in enumerate(sentence.tokens) if w.stem == kind]
            if here is None or len(said) != 1:
                continue
            denied, at = _is_denied(told.tokens, here), said[0]
            if denied == _is_denied(sentence.tokens, at):
                continue
            first = here - 1 if denied else here
            start, end = told.tokens[first].start, told.tokens[here].end
            word = sentence.tokens[at]
            yield FaultDraft(
                FaultCode.POPULATION_MISMATCH, "population", "value-of-the-opposite-kind",
                Verdict.MISATTRIBUTED, claim.text[word.start : word.end], record.text[start:end],
                (word.start, word.end), (start, end),
                f"gives {own.phrase} for “{record.text[start:end]}”",
            )  # fmt: skip
            return


def _opposed(tokens: Sequence[Word]) -> set[str]:
    """Return the stems of what a sentence names both with *non-* and without."""
    denied = {w.stem for i, w in enumerate(tokens) if _is_denied(tokens, i)}
    plain = {w.stem for i, w in enumerate(tokens) if not _is_denied(tokens, i)}
    return {kind for kind in denied & plain if len(kind) > _SHORT}


def _compares(sentence: Sentence, kind: str) -> bool:
    """Whether a sentence holds both against each other: ``A- versus non-A-based regimens``."""
    places = [i for i, w in enumerate(sentence.tokens) if w.stem == kind]
    return any(
        not _COMPARING.isdisjoint(w.lower for w in sentence.tokens[one:two])
        for one, two in itertools.pairwise(places)
    )


def _is_denied(tokens: Sequence[Word], position: int) -> bool:
    before = tokens[position - 1] if position else None
    return (
        before is not None and before.lower in _NOT
        and tokens[position].start - before.end <= 1
    )  # fmt: skip


def _last(sentence: Sentence, kind: str, own: Fact) -> int | None:
    """Return where the kind's name last stands before a value."""
    places = [i for i, w in enumerate(sentence.tokens) if w.stem == kind and w.end <= own.start]
    return places[-1] if places else None
