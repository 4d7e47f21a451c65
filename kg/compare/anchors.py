"""The sentences of a record that print what a claim's sentence prints: there it is to be held.

A sentence that has the claim's very figures is the one that the claim retells; a direction of
another sentence says nothing against it.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell by 43.6 mm against 35.5 mm. Harms were similar.")
>>> text = "Pain eased by 43.6 mm, against 35.5 mm on placebo."
>>> sorted(anchors(read_claim(text, 0, len(text), record), 0, record))
[0]
"""

from __future__ import annotations

from decimal import Decimal

from kg.extract.mentions import Figure
from kg.extract.reading import Reading
from kg.model import MentionKind

_TELLING = {
    MentionKind.PERCENT, MentionKind.MEASURE, MentionKind.EFFECT, MentionKind.NUMBER,
    MentionKind.COUNT, MentionKind.P_VALUE, MentionKind.INTERVAL, MentionKind.TIME,
}  # fmt: skip
_ROUND_P = {Decimal(p) for p in ("0.05", "0.01", "0.001", "0.0001", "0.005")}
_PAIR = 2
_DIGITS = 2


def anchors(claim: Reading, sentence: int, record: Reading) -> frozenset[int]:
    """Return the sentences of the record that print most of a claim's telling figures.

    :param sentence: which sentence of the claim
    :return: none where the claim prints no figure that tells one sentence from another
    """
    own = [f for f in claim.sentences[sentence].figures if _tells(f)]
    if not own:
        return frozenset()
    counts = {}
    for other in record.sentences:
        values = {abs(g.value) for g in other.figures if g.value is not None}
        printed = sum(f.value is not None and abs(f.value) in values for f in own)
        if printed:
            counts[other.index] = printed
    most = max(counts.values(), default=0)
    if most < min(_PAIR, len(own)):
        return frozenset()
    return frozenset(index for index, printed in counts.items() if printed == most)


def _tells(figure: Figure) -> bool:
    """Whether a figure is printed so exactly that few sentences can have it by chance."""
    if figure.kind not in _TELLING or figure.value is None:
        return False
    if figure.kind is MentionKind.P_VALUE and figure.value in _ROUND_P:
        return False
    return figure.total is not None or len(figure.value.normalize().as_tuple().digits) >= _DIGITS
