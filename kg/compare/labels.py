"""The label of a figure: the words of its own list item, which no other figure of the list has.

``brushed teeth (2.1), clean hands (3.4)``, ``12 % on tabrol and 9 % on zolamine``, ``4 [low] vs
7 [high]``: a value is told of what stands in its item. If a claim puts a value beside the label of
its neighbour, and not beside its own, the value is another outcome's, group's or dose's.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Odds rose for brushed teeth (OR 2.1), clean hands (OR 3.4) and sleep.")
>>> text = "Clean hands became more likely (OR 2.1)."
>>> claim = read_claim(text, 0, len(text), record)
>>> (mine,) = [f for f in claim.facts if f.figure is not None]
>>> own, other = [f for f in record.facts if f.figure is not None]
>>> sorted(told_of_another(mine, own, [own, other], claim, record, {})[1])
['clean', 'hand']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.compare.values import same_kind, same_value
from kg.extract.reading import Fact, Reading, Sentence
from kg.text.tokens import Word

_BEHIND = {"in", "with", "for", "on", "among", "after", "of", "at", "following", "versus", "vs"}
_BREAKS = {
    "was",
    "were",
    "is",
    "are",
    "had",
    "have",
    "including",
    "included",
    "and",
    "or",
    "vs",
    "versus",
    "but",
    "while",
    "whereas",
    "compared",
    "than",
    "against",
}
_BEING = {"was", "were", "is", "are", "had", "have"}
_SAID = _BEING | {
    "found", "believed", "reported", "experienced", "preferred", "rated", "judged", "said", "felt",
    "thought", "considered", "discontinued", "withdrew", "stopped", "developed", "achieved",
    "reached", "died", "responded", "completed", "relapsed", "required", "needed", "underwent",
    "received", "used", "showed", "dropped", "left", "improved", "worsened",
}  # fmt: skip
_PEOPLE_OF = {"of", "the", "patients", "participants", "people", "women", "men", "children",
              "subjects", "respondents", "adults", "infants", "them", "those"}  # fmt: skip
_MOVING = {"up", "down", "better", "worse"}
_COPULAS = {"was", "were", "is", "are"}
_TIMES = {"year", "month", "week", "day", "hour", "minut", "fiv", "six", "two", "thre", "ten"}
_NAMELESS = {
    "=compared", "=obtained", "=patient", "=arm", "=mean", "=median", "=frequency", "=number",
    "occur", "report", "includ", "kg", "mg", "ml", "cm", "mm",
}  # fmt: skip
_BESIDE_FIGURES = {
    "versus", "vs", "v", "and", "to", "median", "mean", "p", "ci", "iqr", "sd", "range", "days",
    "weeks", "months", "years", "hours", "points", "mg", "kg", "ml", "cm", "mm", "or", "rr", "hr",
    "of",
}  # fmt: skip
_MARKS = re.compile(r"[,;:()\[\]]")
_WIDEST = 9
_NESTED = {"[", "("}
_BETWEEN = 3
_NEXT = 14
_VERSUS_AFTER = re.compile(r"[^,;()]{0,6}\b(?:vs\.?|versus|and|v)\s")
_VERSUS_BEFORE = re.compile(r"\d[^,;()]{0,6}\b(?:vs\.?|versus|and|v)\s+$")


def told_of_another(
    fact: Fact,
    own: Fact,
    alike: Sequence[Fact],
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
) -> tuple[Fact, frozenset[str]] | None:
    """Return the neighbour whose label the claim gives the value, and what of it the claim says.

    :param own: the record's figure that has the claimed value
    :param alike: the record's figures of the kind
    """
    sentence = record.sentences[own.sentence]
    handed_out = zip(sentence.tokens, sentence.layout.bracket, strict=True)
    bracketed = bool(sentence.layout.bracket[sentence.word_at(own.start)])
    if not bracketed and any(w.lower == "respectively" and not at for w, at in handed_out):
        return None
    label = _label(own, sentence, record)
    wide = label | _label(own, sentence, record, wide=True)
    same_group = fact.firmly and own.firmly and fact.groups & own.groups
    left_out = _of_groups(sentence) if same_group else frozenset[str]()
    said, around = _said(fact, claim, soft)
    everything = frozenset(soft.get(k, k) for k in claim.sentences[fact.sentence].keys)
    often = Counter(c.key for c in sentence.concepts)
    for other in alike:
        if other.sentence != own.sentence or other is own or _is_spread(other, own, sentence):
            continue
        if _is_no_rival(other, own, record) and _printed_in(claim, fact, other) is None:
            continue
        rival = _label(other, sentence, record)
        mine, theirs = label - rival - left_out, rival - wide - left_out - _NAMELESS
        theirs = frozenset(key for key in theirs if often[key] <= 1)  # told of nothing else there
        if not mine or not theirs & said or mine & around:
            continue
        printed = _printed_in(claim, fact, other)
        if printed is None and mine & everything:
            continue  # the claim names its own label, if further off
        if printed is not None and not mine & _said(printed, claim, soft)[0]:
            continue  # it gives the neighbour's value, too: only exchanged labels are a fault
        return other, theirs & said
    return None


def _is_no_rival(other: Fact, own: Fact, record: Reading) -> bool:
    """Whether a neighbour cannot be what a value is taken for: a range, a difference."""
    one, two = other.figure, own.figure
    if one is None or two is None or (one.upper is None) != (two.upper is None):
        return True
    before = record.text[max(0, other.start - _NEXT) : other.end].lower()
    mine = record.text[max(0, own.start - _NEXT) : own.end].lower()
    return ("difference" in before) != ("difference" in mine)


def _printed_in(claim: Reading, fact: Fact, other: Fact) -> Fact | None:
    """Return the claim's figure that has the neighbour's value, if it prints that, too."""
    for own in claim.facts:
        if own is fact or own.sentence != fact.sentence or own.figure is None:
            continue
        alike = other.figure is not None and same_kind(own.figure, other.figure)
        if alike and other.figure is not None and same_value(own.figure, other.figure):
            return own
    return None


def _of_groups(sentence: Sentence) -> frozenset[str]:
    """Return the content by which a sentence names groups."""
    return frozenset(
        c.key for m in sentence.groups for c in sentence.concepts if m.start <= c.start < m.end
    )


def _is_spread(other: Fact, own: Fact, sentence: Sentence) -> bool:
    """Whether a figure stands in the bracket right behind another: its SD, its total."""
    first, second = sentence.word_at(own.start), sentence.word_at(other.start)
    return bool(sentence.layout.bracket[second]) and 0 < second - first <= _BETWEEN


def _said(
    fact: Fact, claim: Reading, soft: Mapping[str, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return what the claim says in the figure's item, and around it.

    Where the claim has several figures of the kind, or the figure stands in a bracket behind its
    item, only the item counts.
    """
    sentence = claim.sentences[fact.sentence]
    item = frozenset(soft.get(k, k) for k in _label(fact, sentence, claim, wide=True))
    kind = fact.figure.kind if fact.figure else None
    several = sum(f.kind is kind for f in sentence.figures) > 1
    everything = frozenset(soft.get(c.key, c.key) for c in sentence.concepts)
    everything |= _doses(sentence.start, sentence.end, sentence, fact)
    bracketed = bool(sentence.layout.bracket[sentence.word_at(fact.start)])
    if several or (item and bracketed):
        return item, (item if several else everything)
    return everything, everything


def _label(
    fact: Fact, sentence: Sentence, reading: Reading, *, wide: bool = False
) -> frozenset[str]:
    """Return the content of a figure's list item.

    :param wide: whether what stands before an unbracketed figure counts beside what follows it
    """
    tokens, layout = sentence.tokens, sentence.layout
    first = sentence.word_at(fact.start)
    last = max((i for i, w in enumerate(tokens) if w.start < fact.end), default=first)
    if reading.text[tokens[last].end : tokens[last].end + 1] == "/" and last + 1 < len(tokens):
        last += tokens[last + 1].lower.isdigit()  # 2/10 of a scale
    headed = _before_colon(first, sentence, reading.text)
    if headed is not None:
        start, end = tokens[headed[0]].start, tokens[headed[1]].end
        return frozenset(c.key for c in sentence.concepts if start <= c.start < end)
    spans = [_behind(fact, last, sentence, reading.text, wide=wide)]
    if layout.bracket[first]:
        opens = layout.opens[layout.bracket[first]]
        if wide and _shares_bracket(fact, reading):
            return frozenset()
        spans.append(_before(opens, sentence, reading.text, fact))
        spans.append(_compared(spans[-1], sentence, reading.text, fact))
        if _explains_a_figure(opens, sentence):
            spans.append(_behind(fact, opens, sentence, reading.text, wide=wide))
    elif wide or spans[0] is None:
        parted = not first or tokens[first - 1].lower in _BREAKS
        parted = parted or bool(_MARKS.search(reading.text[tokens[first - 1].end : fact.start]))
        leading = None if parted else _before(first - 1, sentence, reading.text, fact)
        spans.append(leading or _predicate(last + 1, sentence, reading.text, fact))
    elif not layout.bracket[last]:
        spans.append(_predicate(spans[0][1] + 1, sentence, reading.text, fact))
    if not layout.bracket[first]:
        spans.append(_subject(first, sentence, reading.text, fact))
    keys: set[str] = set()
    for span in spans:
        if span is not None:
            start, end = tokens[span[0]].start, tokens[span[1]].end
            keys |= {c.key for c in sentence.concepts if start <= c.start < end} - _TIMES
            keys |= _doses(start, end, sentence, fact)
    return frozenset(key for key in keys if not key[0].isdigit())


def _before_colon(at: int, sentence: Sentence, text: str) -> tuple[int, int] | None:
    """Return the words before a colon behind which only figures stand: ``relapse: 4% vs 9%``."""
    tokens = sentence.tokens
    last = at - 1
    while last >= 0 and ":" not in (gap := text[tokens[last].end : tokens[last + 1].start]):
        word = tokens[last].lower
        if ";" in gap or (word.isalpha() and word not in _BESIDE_FIGURES):
            return None
        last -= 1
    first = last
    while first > 0 and last - first < _WIDEST:
        if _MARKS.search(text[tokens[first - 1].end : tokens[first].start]):
            return first, last
        if tokens[first - 1].lower in {"and", "or"}:
            return first, last
        if tokens[first - 1].lower in _BREAKS:
            return None  # "fell more than on B: 4% vs. 9% for nausea"
        first -= 1
    return (first, last) if first == 0 <= last else None


def _explains_a_figure(opens: int, sentence: Sentence) -> bool:
    """Whether a bracket stands behind a figure: ``in 399 (13.2%) in the placebo group``."""
    near = sentence.tokens[max(0, opens - 1) : opens + 1]
    return any(f.start <= w.start < f.end for w in near for f in sentence.figures)


def _shares_bracket(fact: Fact, reading: Reading) -> bool:
    """Whether ``(12 % vs 9 %)`` holds two of a kind, so that no label is before either alone."""
    after = reading.text[fact.end : fact.end + _NEXT]
    before = reading.text[max(0, fact.start - _NEXT) : fact.start]
    return bool(_VERSUS_AFTER.match(after) or _VERSUS_BEFORE.search(before))


def _doses(start: int, end: int, sentence: Sentence, fact: Fact) -> frozenset[str]:
    """Return the figures of another kind in a stretch, as keys: a dose labels, too."""
    return frozenset(
        f"#{f.value:f}{(f.unit or '').removesuffix('/d')}" for f in sentence.figures
        if start <= f.start < end and f.value is not None and f.unit and f.days is None
        and fact.figure is not None and f.unit != fact.figure.unit
    )  # fmt: skip


def _behind(
    fact: Fact, last: int, sentence: Sentence, text: str, *, wide: bool
) -> tuple[int, int] | None:
    """Return the words of ``in the X group`` or ``[X]`` right behind a figure."""
    tokens, layout = sentence.tokens, sentence.layout
    at = last + 1
    home = layout.bracket[last]
    while at < len(tokens) and layout.bracket[at] not in {0, home} and home == 0:
        if text[tokens[at].end : tokens[at].end + 1] in ")]" and at == last + 1:
            return at, at
        at += 1
    if at >= len(tokens) or at - last > _WIDEST or layout.bracket[at] != home:
        return None
    nouns = _BETWEEN if wide else 0
    while not home and nouns and at + 1 < len(tokens) and tokens[at].lower not in _BEHIND:
        if _ends(at, sentence, text, fact):
            return None
        at, nouns = at + 1, nouns - 1
    if tokens[at].lower not in _BEHIND and not home:
        return None
    stop = at
    while stop + 1 < len(tokens) and not _ends(stop + 1, sentence, text, fact):
        stop += 1
    gap = text[tokens[last].end : tokens[at].start].strip()
    return (at, stop) if gap in _NESTED or not _MARKS.search(gap) else None


def _subject(at: int, sentence: Sentence, text: str, fact: Fact) -> tuple[int, int] | None:
    """Return what a figure behind a copula is told of: ``the rates for death were 1.46``."""
    tokens, layout = sentence.tokens, sentence.layout
    if at < 2 or tokens[at - 1].lower not in _COPULAS:
        return None
    stop = at - 2
    if layout.bracket[stop] and layout.opens[layout.bracket[stop]] < stop:
        stop = layout.opens[layout.bracket[stop]]
    return None if tokens[stop].lower in _BREAKS else _before(stop, sentence, text, fact)


def _compared(
    item: tuple[int, int] | None, sentence: Sentence, text: str, fact: Fact
) -> tuple[int, int] | None:
    """Return the subject of a comparison: of ``rash was commoner with X (12%)`` the rash."""
    told = item is not None and any(
        item[0] <= c.first <= item[1] and c.kind in _MOVING for c in sentence.cues
    )
    after = next(
        (w.lower for w in sentence.tokens if w.start > fact.end and _is_out(w, sentence)), ""
    )
    told = told and after != "to"  # "likelier (26%) to be born small": not yet told of what
    return _subject(item[0], sentence, text, fact) if item is not None and told else None


def _is_out(word: Word, sentence: Sentence) -> bool:
    return not sentence.layout.bracket[sentence.word_at(word.start)]


def _predicate(at: int, sentence: Sentence, text: str, fact: Fact) -> tuple[int, int] | None:
    """Return what is said of a figure that is itself the subject: ``9% were at risk of falls``.

    ``6 patients withdrew``: the people that it counts may stand between, with their bracket.
    """
    at = _behind_people(at, sentence)
    tokens = sentence.tokens
    if at >= len(tokens) or tokens[at].lower not in _SAID or sentence.layout.bracket[at]:
        return None
    closes = sentence.layout.bracket[at - 1]  # "of patients (12/40) found it easy"
    if not closes and _MARKS.search(text[tokens[at - 1].end : tokens[at].start]):
        return None
    first = at + 1 if tokens[at].lower in _BEING else at
    stop = first
    while stop + 1 < len(tokens) and not _ends(stop + 1, sentence, text, fact):
        stop += 1
    return (first, stop) if first < len(tokens) else None


def _behind_people(at: int, sentence: Sentence) -> int:
    """Return the word behind ``(of the) patients (484/552)``, where that follows a figure."""
    tokens, bracket = sentence.tokens, sentence.layout.bracket
    first = at
    while first < len(tokens) and tokens[first].lower in _PEOPLE_OF:
        first += 1
    inside = bracket[first] if first < len(tokens) else 0
    while inside and first < len(tokens) and bracket[first] == inside:
        first += 1
    return first


def _before(at: int, sentence: Sentence, text: str, fact: Fact) -> tuple[int, int] | None:
    """Return the words of the item before a figure or its bracket."""
    layout = sentence.layout
    while at >= 0 and layout.bracket[at] != layout.bracket[max(at - 1, 0)] and layout.bracket[at]:
        at -= 1
    first = at
    while first > 0:
        aside = _aside(first - 1, sentence, text, fact)
        if aside is not None:
            first = aside
        elif _ends(first - 1, sentence, text, fact, left=True):
            break
        else:
            first -= 1
    return (first, at) if 0 <= first <= at else None


def _aside(index: int, sentence: Sentence, text: str, fact: Fact) -> int | None:
    """Return the word that a bracket hangs on, if one that holds no figure of the kind ends here.

    ``rash (grade 3 or worse) affected 39%``: what is told is told of the rash.
    """
    layout, tokens = sentence.layout, sentence.tokens
    inside = layout.bracket[index]
    if not inside or inside == layout.bracket[index + 1]:
        return None
    opens = layout.opens[inside]
    start, end = tokens[opens].end, tokens[index + 1].start
    kind = fact.figure.kind if fact.figure else None
    rival = any(start <= f.start < end and f.kind is kind for f in sentence.figures)
    return opens if opens < index and not rival else None


def _is_glued(word: Word, text: str) -> bool:
    """Whether a word is part of a compound: the *versus* of ``graft-versus-host``."""
    return text[word.start - 1 : word.start] == "-" and text[word.end : word.end + 1] == "-"


def _ends(index: int, sentence: Sentence, text: str, fact: Fact, *, left: bool = False) -> bool:
    """Whether a list item ends before a word (behind it, going left)."""
    word = sentence.tokens[index]
    if word.lower in _BREAKS:
        return not _is_glued(word, text)
    near = sentence.tokens[index + 1] if left else sentence.tokens[index - 1]
    gap = text[word.end : near.start] if left else text[near.end : word.start]
    if _MARKS.search(gap):
        return True
    return any(
        f.start <= word.start < f.end and fact.figure is not None and f.kind is fact.figure.kind
        for f in sentence.figures
    )
