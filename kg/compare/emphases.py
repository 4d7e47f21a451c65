"""What a claim puts on at its end: *, mostly because of pneumonia*, *, chiefly stomach upsets*.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Admissions were more frequent with drugol than with placebo.")
>>> text = "Admissions were more frequent with drugol, mostly because of pneumonia."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.claimed for f in put_on(claim, record, {})]
['mostly because of pneumonia']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.compare.absent import names_a_thing
from kg.compare.draft import FaultDraft
from kg.compare.similarity import printed_stems
from kg.extract.reading import Reading
from kg.model import FaultCode, Verdict
from kg.text.lexicon import everyday

_PUT_ON = re.compile(
    r", (?P<rest>(?:mostly|mainly|chiefly|largely|primarily|especially|particularly|above all"
    r"|most of all|usually|typically) [^,.;]{3,80})",
    re.IGNORECASE,
)
_PEOPLE = {"=patient"}
_WHO = {"=woman", "=man", "=child", "=adult", "=elderly", "=young", "=infant", "=mother"}


def put_on(claim: Reading, record: Reading, soft: Mapping[str, str]) -> Iterator[FaultDraft]:
    """Yield emphases none of whose content is in the record.

    :param soft: key of the claim → key of the record that it meets
    """
    for sentence in claim.sentences:
        for match in _PUT_ON.finditer(claim.text, sentence.start, sentence.end):
            span = match.span("rest")
            own = [c for c in sentence.concepts if span[0] < c.start < span[1]]
            own = [c for c in own if c.key not in everyday() | _PEOPLE]
            named = any(c.key in _WHO or names_a_thing(c, sentence, claim.text) for c in own)
            unknown = named and not any(
                soft.get(c.key, c.key) in record.rarity
                or any(
                    w.stem in printed_stems(record) for w in sentence.tokens[c.first : c.last + 1]
                )
                for c in own
            )
            if unknown:
                words = claim.text[slice(*span)]
                yield FaultDraft(
                    FaultCode.UNSUPPORTED_ADDITION, "clause", "emphasis-not-in-record",
                    Verdict.PARTIALLY_SUPPORTED, words, None, span, None,
                    f"has nothing that answers to “{words}”",
                )  # fmt: skip
