"""Words that make one study many, or a sample everyone: *several trials*, *all patients*.

One study bears what it found of those whom it studied. A claim that opens with more, where the
record itself does not, is wider than its source.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell in 60 adults on drugol. Larger trials are needed.")
>>> text = "Several clinical trials show that drugol lowers pain."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.claimed for f in stretched(claim, record.sentences[0], record)]
['trials show']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.groups import POOLED
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, MentionKind, Verdict
from kg.text.lexicon import Cue, categories

_STUDIED = re.compile(
    r"\b(?:patients|adults|women|men|children|participants|people|subjects|infants) "
    r"(?:[\w-]+ ){0,12}?(?:with|aged|who had|undergoing)\b[^.]{0,120}?"
    r"\b(?:randomi[sz]ed|randomly|enrolled|recruited|eligible|allocated)\b",
    re.IGNORECASE,
)
_MEASURED = {"outcome", "condition"}
_NUMERALS = {"1", "2", "3", "4", "i", "ii", "iii", "iv"}
_PLURALS = {"studies", "trials"}
_NOT_PLURAL = {"other", "more", "further", "future", "larger", "no", "two", "previous", "earlier",
               "in"}  # fmt: skip
_CALLED_FOR = 3
_HELD = {"everyone", "everybody", "anyone", "whichever", "whatever the", "no matter",
         "regardless of", "always", "consistently", "irrespective of", "whatever other",
         "whatever its"}  # fmt: skip
_HOLDING = {
    "lost", "randomised", "randomized", "enrolled", "assigned", "allocated", "arm", "arms", "group",
    "groups", "device", "drug", "dose", "treatment", "used", "given", "received", "method",
    "technique", "using", "trial", "study", "regimen", "way", "protocol", "schedule", "taken",
    "took",
}  # fmt: skip
_WHOLE_SAMPLE = {
    f"{word} {noun}"
    for word, noun in (
        *(("all", f"{noun}s") for noun in ("participant", "subject", "recipient")),
        *(("every", noun) for noun in ("participant", "subject", "recipient")),
        *(("each", noun) for noun in ("participant", "patient")),
    )
}
_EVERYONE = {"everyone", "everybody", "anyone", "whichever", "whatever the", "no matter",
             "regardless of", "in all patients", "all patients", "irrespective of",
             "whatever its", "whatever other", "whatever lies", *_WHOLE_SAMPLE}  # fmt: skip
_MOVED = {"up", "down", "better", "worse"}
_FARED = {"responded", "recovered", "survived", "relapsed", "died", "achieved", "cured", "healed",
          "tolerated", "remitted"}  # fmt: skip
_ALIKE = {"regardless", "irrespective", "independent", "independently", "whether"}
_ALL = {"all", "every", "universally", "universal"}
_WHOLE = 100
_ALL_OF_THEM = {"all", "every", "each", "everyone", "everybody"}
_OF_THE_WORLD = {"worldwide", "globally", "around the world", "across the world"}
_WORLD = {"global", "globally", "worldwide", "world", "international", "internationally"}
_EACH = {"both", "each", "either", "young", "younger"}
_SORTS = {
    "sex", "sexes", "men", "women", "males", "females", "male", "female", "boys", "girls", "old",
    "older", "adults", "children", "subgroup", "subgroups", "stratum", "strata",
}  # fmt: skip
_ALWAYS = {"always", "invariably", "consistently", "universally", "without exception"}
_NOBODY = {"no", "not", "hardly", "never", "without", "nor", "scarcely", "neither", "none"}
_ALMOST = {"nearly", "almost", "virtually", "practically"}


def stretched(claim: Reading, best: Sentence, record: Reading) -> Iterator[FaultDraft]:
    """Yield openers that make one study many, or a sample everyone."""
    said = {c.phrase for s in record.sentences for c in s.cues if c.kind == "generalise"}
    for sentence in claim.sentences:
        generalising = [
            c for c in sentence.cues
            if c.kind == "generalise" and c.phrase not in said and not _is_of_study(c, sentence)
            and not (c.phrase in _EVERYONE and _tells_of_all(best))
            and not (c.phrase in _EVERYONE and _told_of_both(claim, record))
            and not (c.phrase == "all patients" and _says_who(best, record))
            and not (c.phrase in _ALWAYS and said & _ALWAYS) and not _is_denied(c, sentence)
            and not (c.phrase.split()[0] in _ALL_OF_THEM and _gives_all(best))
            and not (c.phrase in _OF_THE_WORLD and _spans_the_world(record))
        ]  # fmt: skip
        if not generalising:
            for span in _several(claim, sentence, record):
                words = claim.text[slice(*span)]
                yield FaultDraft(
                    FaultCode.OVERGENERALISED, "scope", "one-study-told-as-several",
                    Verdict.OVERGENERALISED, words, record.text[best.start : best.end][:80], span,
                    (best.start, best.end), f"is one study; it does not bear “{words}”",
                )  # fmt: skip
        for cue in generalising:
            yield FaultDraft(
                FaultCode.OVERGENERALISED, "scope", "opener-generalises",
                Verdict.OVERGENERALISED, claim.text[cue.start : cue.end],
                record.text[best.start : best.end][:80], (cue.start, cue.end),
                (best.start, best.end),
                f"is one study of its own sample; it does not bear “{cue.phrase}”",
            )  # fmt: skip


def _told_of_both(claim: Reading, record: Reading) -> bool:
    """Whether a sentence on the claim's outcome tells it of both groups: ``in both groups``."""
    named = {k for s in claim.sentences for k in s.keys if categories().get(k) in _MEASURED}
    return any(
        named & s.keys
        and any(c.kind == "between" and c.phrase.endswith(("both groups", "both arms"))
                for c in s.cues)
        for s in record.sentences
    )  # fmt: skip


def _says_who(best: Sentence, record: Reading) -> bool:
    """Whether a sentence tells who was studied, which holds for all of them."""
    return bool(_STUDIED.search(record.text, best.start, best.end))


def _is_denied(cue: Cue, sentence: Sentence) -> bool:
    """Whether it is told of nobody: ``no resistance in anyone``, ``hardly anyone``."""
    clause = sentence.layout.clause
    before = (w.lower for i, w in enumerate(sentence.tokens[: cue.first])
              if clause[i] == clause[cue.first])  # fmt: skip
    return cue.phrase.startswith("any") and not _NOBODY.isdisjoint(before)


def _tells_of_all(best: Sentence) -> bool:
    """Whether the record's sentence itself tells it of all: ``all patients``, ``both sexes``."""
    words = [w.lower for w in best.tokens]
    if not (_ALL | _ALIKE).isdisjoint(words) or any(
        word in _EACH and not _SORTS.isdisjoint(words[i + 1 : i + 4])
        for i, word in enumerate(words)
    ):
        return True
    return any(POOLED in m.keys for m in best.groups)


@lru_cache(maxsize=8)
def _spans_the_world(record: Reading) -> bool:
    return any(w.lower in _WORLD for s in record.sentences for w in s.tokens)


def _gives_all(best: Sentence) -> bool:
    """Whether the record's sentence gives the share as 100%."""
    return any(f.kind is MentionKind.PERCENT and f.value == _WHOLE for f in best.figures)


def _is_of_study(cue: Cue, sentence: Sentence) -> bool:
    """Whether a wide word is held to the study: ``everyone lost to follow-up``."""
    following = {w.lower for w in sentence.tokens[cue.last + 1 : cue.last + 5]}
    before = {w.lower for w in sentence.tokens[max(0, cue.first - 1) : cue.first]}
    if cue.phrase in _WHOLE_SAMPLE:  # "all participants improved", not "all participants took it"
        clause = sentence.layout.clause
        here = [w.lower for w, at in zip(sentence.tokens, clause, strict=True)
                if at == clause[cue.first]]  # fmt: skip
        moved = any(c.kind in _MOVED and clause[c.first] == clause[cue.first]
                    for c in sentence.cues)  # fmt: skip
        return bool(before & _ALMOST) or not (moved or _FARED & set(here))
    return bool(before & _ALMOST) or (cue.phrase in _HELD and bool(following & _HOLDING))


def _several(claim: Reading, sentence: Sentence, record: Reading) -> Iterator[Span]:
    """Yield plurals (``phase 1 studies``) where the record is one study and knows of no more."""
    if _knows_of_several(record):
        return
    for index, word in enumerate(sentence.tokens):
        inside = sentence.start <= word.start and word.end <= sentence.end
        before = sentence.tokens[index - 1].lower if index else ""
        if inside and word.lower in _PLURALS and before not in _NOT_PLURAL:
            back = 2 if before in _NUMERALS else 1
            yield sentence.tokens[max(0, index - back)].start, word.end


@lru_cache(maxsize=8)
def _knows_of_several(record: Reading) -> bool:
    """Whether a record speaks of studies that there are, not of those that it calls for."""
    return any(
        word.lower in _PLURALS
        and not _NOT_PLURAL & {w.lower for w in s.tokens[max(0, index - _CALLED_FOR) : index]}
        for s in record.sentences
        for index, word in enumerate(s.tokens)
    )
