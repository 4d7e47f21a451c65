"""A class of drugs told of where the record tried one of its members.

*DPP-4 inhibitors do not raise the risk* rests on a trial of one of them: a claim that names the
class, and not the drug, where the record's own findings name the drug and never the class.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Zelagliptin did not raise the risk of stroke. Zelagliptin was safe.")
>>> text = "DPP-4 inhibitors do not raise the risk of stroke."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in told_of_class(claim, record)]
[('inhibitors', 'Zelagliptin')]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import names_drug, rows
from kg.text.tokens import Word, words

_CLASSES = {
    "inhibitors", "agonists", "antagonists", "blockers", "statins", "sartans", "gliptins",
    "gliflozins", "antibodies", "diuretics", "corticosteroids", "steroids", "opioids",
    "antibiotics", "antidepressants", "antipsychotics", "bisphosphonates",
    "anticoagulants", "antivirals", "antihistamines", "anticonvulsants", "benzodiazepines",
    "biologics", "nsaids", "triptans",
    "macrolides", "fluoroquinolones", "quinolones", "cephalosporins", "penicillins", "fibrates",
}  # fmt: skip
_FINDINGS = {Part.RESULTS, Part.CONCLUSIONS, Part.ABSTRACT, Part.BODY, Part.TITLE}
_TWICE = 2
_OPENING = 6
_TAKEN = {"on", "with", "taking", "of", "without", "to", "for", "from", "oral", "inhaled"}
_ONE_OF = {"other", "another", "these", "its", "their", "both", "two", "three", "different", "no"}


def told_of_class(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield classes of drugs that open a claim, where the record tells of one member only."""
    drug = _sole_drug(record)
    if drug is None or _names(claim, record.text[slice(*drug)].lower()):
        return
    for sentence in claim.sentences:
        for index, word in enumerate(sentence.tokens[:_OPENING]):
            before = sentence.tokens[index - 1].lower if index else ""
            inside = sentence.start <= word.start < sentence.end
            if word.lower in _CLASSES and inside and before not in _ONE_OF | _TAKEN:
                name = record.text[slice(*drug)]
                if _is_member(name, word) and not _speaks_of(record, word):
                    span = word.start, word.end
                    yield FaultDraft(
                        FaultCode.OVERGENERALISED, "scope", "class-told-for-member",
                        Verdict.OVERGENERALISED, word.lower, name, span, drug,
                        f"tried {name}, and no other of the class",
                    )  # fmt: skip
                return


@lru_cache(maxsize=8)
def _sole_drug(record: Reading) -> tuple[int, int] | None:
    """Return where the record first names the one drug of which its findings tell most."""
    places: dict[str, list[tuple[int, int]]] = {}
    for sentence in _findings(record):
        for word in sentence.tokens:
            if names_drug(word.lower):
                places.setdefault(word.lower, []).append((word.start, word.end))
    often = [told for told in places.values() if len(told) >= _TWICE]
    return often[0][0] if len(often) == 1 else None


def _is_member(drug: str, word: Word) -> bool:
    """Whether the ending of a drug's name is given to members of a class."""
    for ending, given, *_ in rows("drug_endings.tsv"):
        if drug.lower().endswith(ending):
            named = {w.stem for w in words(given)}
            return (
                word.stem in named or word.lower == f"{ending}s" or ending.endswith(word.lower[:-1])
            )
    return False


def _findings(record: Reading) -> list[Sentence]:
    return [s for s in record.sentences if s.part in _FINDINGS]


def _names(claim: Reading, drug: str) -> bool:
    return any(drug in w.lower for s in claim.sentences for w in s.tokens)


def _speaks_of(record: Reading, word: Word) -> bool:
    """Whether the record's own findings speak of the class, too."""
    return any(w.stem == word.stem for s in _findings(record) for w in s.tokens)
