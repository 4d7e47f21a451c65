"""Words that exclude each other: *women* against *men*, *twice daily* against *once daily*.

A claim that uses one member of a set (``contrasts.tsv``), where the record nowhere uses it and does
use another, tells of other people, another design, another dose or another outcome. Sets whose
members describe many things (*mild*, *left*) count only before the same word.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Sixty men took drugol twice daily.")
>>> text = "In women, drugol was taken twice a day."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.code.value, f.claimed, f.found) for f in contrasts(claim, record)]
[('population_mismatch', 'women', 'men')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.compare.absent import is_population
from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import Phrases, categories, match_phrases, phrase_table, rows

_OTHER_WORK = {Part.BACKGROUND, Part.KEYWORDS}
_AIMS = {*_OTHER_WORK, Part.TITLE, Part.OBJECTIVE}
_DENIED = 3
_ROLES = "~?"
_VERDICTS = {
    FaultCode.DESIGN_MISSTATED: Verdict.CONTRADICTED,
    FaultCode.DOSE_MISMATCH: Verdict.CONTRADICTED,
    FaultCode.WRONG_DIRECTION: Verdict.CONTRADICTED,
}


_SLOTS = {
    FaultCode.POPULATION_MISMATCH: "population", FaultCode.DESIGN_MISSTATED: "design",
    FaultCode.DOSE_MISMATCH: "dose", FaultCode.OUTCOME_MISMATCH: "outcome",
    FaultCode.COMPARISON_MISMATCH: "comparator", FaultCode.WRONG_TIME: "time",
    FaultCode.WRONG_DIRECTION: "direction",
}  # fmt: skip


_NAIVE = re.compile(r"^\w+-(na[iï]ve)$")  # "mtx-naïve" is naïve to it
_ONCE = "rhythm/once a"
_NUMBERS = {"two", "three", "four", "five", "2", "3", "4", "5", "twice", "times"}
_COUNTED = 3
_CHECKED = {"bloods", "measured", "assessed", "checked", "visits", "seen", "monitored", "recorded",
            "examined", "evaluated", "sampled", "interviewed"}  # fmt: skip
_OF_A_RATE = {
    "rate",
    "rates",
    "risk",
    "incidence",
    "number",
    "cost",
    "costs",
    "mortality",
    "visits",
}
_CENTRES = {"centres", "centers", "hospitals", "sites", "clinics"}
_ONE_CENTRE = {"centre", "center", "hospital", "site", "clinic"}
_SEVERAL_CENTRES = 2
_NUMBER_WORDS = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several",
                 "twelve", "multiple", "many", "eleven"}  # fmt: skip
_COMPARING = {
    "than",
    "versus",
    "vs",
    "compared",
    "against",
    "over",
    "comparison",
    "relative",
    "outdid",
    "beat",
    "beats",
    "bettered",
    "outperformed",
    "surpassed",
    "exceeded",
}
_OFTEN = {"one": "once", "1": "once", "two": "twice", "2": "twice", "three": "three times",
          "3": "three times", "four": "four times", "4": "four times"}  # fmt: skip
_OCCASIONS = {"session", "sessions", "class", "classes", "dose", "doses", "injection",
              "injections", "visits", "tablets", "capsules", "workouts"}  # fmt: skip
_REACH = 6
_NEAR = 4
_JOINING = {"to", "or", "and"}
_WHOLE = {"sex"}
_BLINDING, _OPEN = "blinding", "open-label"
_BOTH = {"women", "men"}
_SEXES = re.compile(
    r"\b(?:sex|sexes|gender)\b|(?<!100)(?<!100 )% ?(?:were |of them )?(?:women|female)", re.I
)
_SEVERAL = {
    "rhythm",
    "country",
    "setting",
}  # a claim may tell two at once, each of a drug of its own


@dataclass(frozen=True, slots=True)
class Member:
    """One word of a set, and how it counts.

    :param same_head: only before the word that the rival precedes
    :param must_be_told: whether a claim may not add it where the record tells none of the set
    :param role: ``~`` speaks against others only, ``?`` leaves the set open
    """

    group: str
    name: str
    code: FaultCode
    same_head: bool
    must_be_told: bool
    role: str


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a text uses a member: the words' span, and the key of the word behind it."""

    member: Member
    span: Span
    heads: frozenset[str]
    part: Part


@cache
def _table() -> tuple[Mapping[str, Member], Phrases]:
    members: dict[str, Member] = {}
    pairs: list[tuple[str, str]] = []
    for group, code, place, name, phrases, *_ in rows("contrasts.tsv"):
        key = f"{group}/{name}"
        role = name[0] if name[0] in _ROLES else ""
        members[key] = Member(
            group, name.lstrip(_ROLES), FaultCode(code), place == "same head",
            place == "must be told", role,
        )  # fmt: skip
        pairs += [(key, phrase.strip()) for phrase in phrases.split("|")]
    return members, phrase_table(pairs, by_stem=False)


def contrasts(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield members of a set that a claim uses where the record uses only others."""
    told = uses_by_set(record)
    seen: set[str] = set()
    for sentence in claim.sentences:
        own_uses = [
            u for u in uses(sentence)
            if not u.member.role and sentence.start <= u.span[0] < sentence.end
        ]  # fmt: skip
        yield from _blinded_after_all(sentence, told, claim, record)
        for use in own_uses:
            group = use.member.group
            uses_of_set = told.get(group, [])
            beside = {o.member.name for o in own_uses if o.member.group == group and o is not use}
            rival = _rival(use, [u for u in uses_of_set if u.member.name not in beside])
            known = {u.member.name for u in uses_of_set}
            others = beside - known if group in _SEVERAL else beside
            if group in seen:
                continue
            against = any(w.lower in {"than", "versus", "vs"} for w in sentence.tokens)
            if group in _WHOLE and against and {w.lower for w in sentence.tokens} >= _BOTH:
                continue  # "women needed more than men"
            whole = group in _WHOLE and not against and not tells_sexes(record)
            if whole and known and beside & known and use.member.name not in known:
                rival = next(u for u in uses_of_set if u.member.name in beside)
                others = set()  # "men and women alike" of a trial of women
            if others:
                continue
            if rival is not None:
                seen.add(group)
                yield _fault(use, rival, claim, record)
            elif use.member.must_be_told and not uses_of_set and _is_compared(use, sentence):
                seen.add(group)
                yield _untold(use, claim)


def _blinded_after_all(
    sentence: Sentence, told: Mapping[str, list[Use]], claim: Reading, record: Reading
) -> Iterator[FaultDraft]:
    """Yield a blinding that a claim tells of where the record only tells of an open label."""
    known = told.get(_BLINDING, [])
    if not known or any(u.member.name != _OPEN for u in known):
        return
    for use in uses(sentence):
        inside = sentence.start <= use.span[0] < sentence.end
        if inside and use.member.group == _BLINDING and use.member.role == "?":
            yield _fault(use, known[0], claim, record)
            return


def tells_sexes(record: Reading) -> bool:
    """Whether a record tells what share were women, or of sex: it studied both sexes."""
    return bool(_SEXES.search(record.text))


def told_of_the_sick(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield the patients of a claim where the record studied healthy people, and no patients.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Twelve healthy subjects took drugol. Insulin did not change.")
    >>> text = "In people with diabetes, drugol did not change insulin."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [(f.claimed, f.found) for f in told_of_the_sick(claim, record)]
    [('diabetes', 'healthy subjects')]
    """
    told = uses_by_set(record).get("sickness", [])
    well = [u for u in told if u.member.name == "healthy" and u.part not in _OTHER_WORK]
    if not well or len(well) < len(told):
        return
    studied = {key for s in record.sentences if s.part not in _AIMS for key in s.keys}
    for sentence in claim.sentences:
        for concept in sentence.concepts:
            ill = categories().get(concept.key) == "condition" and is_population(concept, sentence)
            ill = ill and concept.key not in studied
            if ill and sentence.start <= concept.start < sentence.end:
                at = concept.start, concept.end
                words, found = claim.text[slice(*at)], record.text[slice(*well[0].span)]
                yield FaultDraft(
                    FaultCode.POPULATION_MISMATCH, "population", "healthy-told-as-ill",
                    Verdict.MISATTRIBUTED, words, found, at, well[0].span,
                    f"studied {found}, not people with {words}",
                )  # fmt: skip
                return


@lru_cache(maxsize=8)
def uses_by_set(record: Reading) -> Mapping[str, list[Use]]:
    """Return where a record uses the members of each set."""
    told: dict[str, list[Use]] = {}
    for sentence in record.sentences:
        for use in uses(sentence):
            told.setdefault(use.member.group, []).append(use)
    return told


def uses(sentence: Sentence) -> Iterator[Use]:
    """Yield where a sentence uses the members of the sets; what it denies is not used."""
    members, table = _table()
    lowers = [
        _NAIVE.sub(r"\1", w.lower) if w.lower.endswith("ve") else w.lower for w in sentence.tokens
    ]
    denials = [c.last for c in sentence.cues if c.kind == "negation"]
    for first, stop, keys in match_phrases(lowers, table):
        if any(0 < first - last <= _DENIED for last in denials):
            continue
        counted = _NUMBERS & set(lowers[max(0, first - _COUNTED) : first])
        if counted and keys[0].startswith(_ONCE):
            continue  # "two sessions weekly" is not once a week
        if keys[0].startswith("rhythm/") and _OF_A_RATE & set(lowers[stop : stop + _COUNTED]):
            continue  # "the yearly relapse rate" tells no dose
        if keys[0].startswith("rhythm/") and _CHECKED & set(
            lowers[max(0, first - _COUNTED) : first]
        ):
            continue  # "bloods every four weeks"
        joined = bool(_JOINING & set(lowers[stop : stop + 1]))  # "mild to severe asthma"
        after = stop + 2 if joined else stop
        head = next((c.key for c in sentence.concepts if after <= c.first <= after + 1), None)
        heads = {head} if head else set()
        if any(c.first <= after <= c.last for c in sentence.concepts):
            heads.add(sentence.tokens[after].stem)  # "knee" may be part of a longer name
        span = sentence.tokens[first].start, sentence.tokens[stop - 1].end
        for key in keys:
            yield Use(members[key], span, frozenset(heads), sentence.part)
    yield from _centres(sentence, members)
    yield from _sessions(sentence, members)


def _sessions(sentence: Sentence, members: Mapping[str, Member]) -> Iterator[Use]:
    """Yield ``three sessions of exercise a week``: how often, by what there is so often."""
    lowers = [w.lower for w in sentence.tokens]
    for index, word in enumerate(lowers):
        often = _OFTEN.get(lowers[index - 1]) if index else None
        if word not in _OCCASIONS or often is None:
            continue
        for stop in range(index + 1, min(index + _REACH, len(lowers) - 1)):
            key = f"rhythm/{often} a {lowers[stop + 1]}"
            if lowers[stop] in {"a", "per", "each", "every"} and key in members:
                span = sentence.tokens[index - 1].start, sentence.tokens[stop + 1].end
                yield Use(members[key], span, frozenset(), sentence.part)
                break


def _centres(sentence: Sentence, members: Mapping[str, Member]) -> Iterator[Use]:
    """Yield ``a single burns centre`` and ``five burns centres``: a word may stand between."""
    counts = {f.start: f.value for f in sentence.figures if f.value is not None}
    for index, token in enumerate(sentence.tokens):
        if token.lower not in _CENTRES | _ONE_CENTRE:
            continue
        near = sentence.tokens[max(0, index - _COUNTED) : index]
        alone = any(w.lower in {"single", "one"} for w in near)
        several = any(counts.get(w.start, 0) >= _SEVERAL_CENTRES for w in near)
        several = several or any(w.lower in _NUMBER_WORDS for w in near)
        if (token.lower in _ONE_CENTRE and alone) or (token.lower in _CENTRES and several):
            name = "single-centre" if token.lower in _ONE_CENTRE else "multicentre"
            span = near[0].start, token.end
            told = replace(members[f"centres/{name}"], must_be_told=False)  # a place may be named
            yield Use(told, span, frozenset(), sentence.part)


def _rival(use: Use, told: list[Use]) -> Use | None:
    """Return where the record uses another member, if it nowhere uses this one."""
    if use.member.same_head:
        told = [t for t in told if use.heads & t.heads]
    if any(t.member.name == use.member.name for t in told):
        return None
    if any(t.member.role == "?" for t in told):
        return None
    own = [t for t in told if t.part not in _OTHER_WORK]
    return own[0] if own else None


def _is_compared(use: Use, sentence: Sentence) -> bool:
    """Whether a comparator is told as one, and not as what was used: ``flushed with saline``."""
    if use.member.code is not FaultCode.COMPARISON_MISMATCH:
        return True
    before = [w.lower for w in sentence.tokens if w.start < use.span[0]][-_NEAR:]
    return bool(_COMPARING & set(before))


def _untold(use: Use, claim: Reading) -> FaultDraft:
    said = claim.text[slice(*use.span)]
    if use.member.code is FaultCode.COMPARISON_MISMATCH:
        return FaultDraft(
            use.member.code, "comparator", "comparator-not-told", Verdict.MISATTRIBUTED, said, None,
            use.span, None, f"does not say that anything was compared with “{said}”",
        )  # fmt: skip
    return FaultDraft(
        use.member.code, _SLOTS[use.member.code], "design-not-told", Verdict.PARTIALLY_SUPPORTED,
        said, None, use.span, None, f"does not say that it was {said}",
    )  # fmt: skip


def _fault(use: Use, rival: Use, claim: Reading, record: Reading) -> FaultDraft:
    said, found = claim.text[slice(*use.span)], record.text[slice(*rival.span)]
    code = use.member.code
    return FaultDraft(
        code, _SLOTS[code], "words-exclude-each-other",
        _VERDICTS.get(code, Verdict.MISATTRIBUTED), said, found, use.span, rival.span,
        f"tells of “{found}”, nowhere of “{said}”",
    )  # fmt: skip
