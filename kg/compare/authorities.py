"""An authority that a claim calls on, and of which the record says nothing: *guidelines recommend*.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell with drugol.")
>>> text = "Drugol lowers pain and is recommended by guidelines."
>>> [f.claimed for f in called_upon(read_claim(text, 0, len(text), record), record)]
['guidelines']
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from kg.compare.draft import FaultDraft
from kg.compare.similarity import printed_stems
from kg.extract.reading import Reading
from kg.model import FaultCode, Verdict
from kg.text.lexicon import Phrases, match_phrases, phrase_table, rows


@cache
def _table() -> Phrases:
    pairs = [
        (row[0], phrase.strip())
        for row in rows("authorities.tsv")
        for phrase in row[1].split("|")
    ]  # fmt: skip
    return phrase_table(pairs, by_stem=False)


def called_upon(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield the authorities of a claim that the record does not name, by no form of the word."""
    for sentence in claim.sentences:
        for first, stop, names in match_phrases([w.lower for w in sentence.tokens], _table()):
            span = sentence.tokens[first].start, sentence.tokens[stop - 1].end
            if names[0] in _named(record) or not sentence.start <= span[0] < sentence.end:
                continue
            if sentence.tokens[first].stem in printed_stems(record):
                continue
            said = claim.text[slice(*span)]
            yield FaultDraft(
                FaultCode.UNSUPPORTED_ADDITION, "clause", "authority-not-in-record",
                Verdict.PARTIALLY_SUPPORTED, said, None, span, None,
                f"says nothing of {names[0]} (“{said}”)",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _named(record: Reading) -> frozenset[str]:
    return frozenset(
        name
        for sentence in record.sentences
        for _, _, names in match_phrases([w.lower for w in sentence.tokens], _table())
        for name in names
    )
