"""Plants faults in sentences of training texts, in kinds that the shared sets lack.

    python benchmarks/planted.py DATA OUT.jsonl [--most N]

DATA holds ``evidence_inference/train`` and ``clinifact/train.jsonl``. OUT gets items in the format
of ``DATA/score.py``, at most N of a kind (100), no two of a kind from one sentence. The texts stay
where they are: an item of an article names its file, an item of an abstract carries it.

The generators use their own plain patterns and none of the package's, so that a fault is not
planted by the rule that is to find it. The same input gives the same items.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST = 100
SENTENCE = re.compile(r"[A-Z][^\n]{38,400}?[.](?=\s+[A-Z]|\s*\n|\s*$)")
RESULT = re.compile(
    r"\b(?:increas|decreas|reduc|improv|differ|higher|lower|great|signific|less|more|fewer)"
)
NO_RESULT = re.compile(
    r"[.\]]\S{0,4} [A-Z]|\b(?:Figure|Fig|Table|et al|(?:was|were) (?:used|calculated|defined)|aim|"
    r"(?:was|were) measured|hypothes|we (?:will|set)|to (?:test|assess|compare)|previous|"
    r"(?:has|have) been)\b"
)
NUM = r"\d+(?:\.\d+)?"
CI = re.compile(
    rf"\bCI\)?[^0-9a-z%]{{0,4}}(?P<low>-?{NUM})(?P<to> to |, |[-–; ]{{1,3}})"
    rf"(?P<high>-?{NUM})(?![\d.]*\d|%)"
)
P = re.compile(r"\b[pP] ?(?P<sign>[<>=]) ?(?P<value>0?\.\d+)")
PAIR = re.compile(
    rf"(?<![\d.±/-])(?P<one>{NUM}) ?%?(?P<between>,? and | vs\.? )(?P<two>{NUM})(?![\d.]*\d)"
)
UNIT = re.compile(
    r"(?<=\d)(?P<space> ?)(?P<unit>mg|kg|μg|mL|ml|cm|mm|mmHg|mmol/L|mg/dL|mg/dl|g/dL|hours?"
    r"|minutes?)\b(?!/)"
)
OTHER_UNIT = {
    "mg": "g", "kg": "g", "μg": "mg", "mL": "L", "ml": "l", "cm": "mm", "mm": "cm", "mmHg": "kPa",
    "mmol/L": "mg/dL", "mg/dL": "mmol/L", "mg/dl": "mmol/l", "g/dL": "g/L", "hour": "day",
    "hours": "days", "minute": "hour", "minutes": "hours",
}  # fmt: skip
WEAK = (
    (re.compile(r"\b(?:did|was|were) not (?:statistically )?significant(ly)?\b"), None),
    (re.compile(r"\bnon-?significant(ly)? "), "significant\\1 "),
    (re.compile(r"\btended to be "), "was significantly "),
    (re.compile(r"\b(?:a )?(?:non-?significant )?trend (?:towards?|to) "), "a significant "),
    (re.compile(r"\bno (?:statistically )?significant "), "a significant "),
    (re.compile(r"\bwithout (?:statistically )?significant "), "with significant "),
)
HEDGE = re.compile(r"\b(?:may|might|could) (?P<verb>be|[a-z]{3,12})\b(?! not)")
SUGGESTS = re.compile(r"\b(?:suggest(?:s|ed)? that|appears? to|seems? to) ")
RIDERS = (
    ", as current guidelines recommend", ", and the benefit lasted for two years",
    ", and it also shortened hospital stay", ", which was confirmed in a second trial",
    ", with no need for monitoring", ", and it lowered the costs of care",
    ", by blocking the release of histamine", ", and most people preferred it",
    ", as earlier meta-analyses had found", ", and kidney function got better",
)  # fmt: skip
OPENERS = (
    "Several trials have shown that", "Many studies agree that", "In all patients,",
    "Across every age group,", "A large body of evidence shows that",
)  # fmt: skip
THAN = re.compile(r"\b(?:than|compared (?:with|to)|versus|vs\.?)\b")
HEAD = re.compile(r"\b[Tt]he (?P<name>[A-Za-z][\w/+-]*(?: [\w/+-]+)?) (?:group|arm)\b")
SAME = re.compile(r"\b(?:no|not|similar|both|either|neither|same|equal|comparable)\b")


@dataclass(frozen=True)
class Text:
    """A training text: what the item says of its source, its words, and its prompts."""

    name: str
    source: dict[str, str]
    text: str
    prompts: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Planted:
    """A sentence with a fault, and the codes that a fair judge accepts."""

    claim: str
    faults: tuple[str, ...]


def texts(data: Path) -> Iterator[Text]:
    """Yield the articles and the abstracts of the training sets, each once."""
    prompts: dict[str, list[dict[str, str]]] = {}
    folder = data / "evidence_inference" / "train"
    for line in (folder / "direction.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["frame"] not in prompts.setdefault(row["source"]["path"], []):
            prompts[row["source"]["path"]].append(row["frame"])
    for path in sorted((folder / "articles").glob("*.txt")):
        source = {"path": str(path), "format": "text", "scope": "full_text"}
        own = tuple(prompts.get(f"articles/{path.name}", ()))
        yield Text(path.stem, source, path.read_text(encoding="utf-8"), own)
    seen: set[str] = set()
    for line in (data / "clinifact" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["source"]["text"]
        if text not in seen:
            seen.add(text)
            yield Text(row["id"], row["source"], text)


def ci_bound(sentence: str, _: Text) -> Iterator[Planted]:
    """Move one bound of an interval away from the estimate."""
    for found in CI.finditer(sentence):
        for name in ("high", "low"):
            value = found[name]
            places = len(value.partition(".")[2])
            step = max(abs(float(value)) * 0.4, 2 * 10.0**-places)
            moved = float(value) + (step if name == "high" else -step)
            if moved >= 0 or float(found["low"]) < 0:
                yield Planted(_put(sentence, found, name, f"{moved:.{places}f}"), ("wrong_value",))


def respectively(sentence: str, _: Text) -> Iterator[Planted]:
    """Exchange two figures of an ordered list."""
    if "respectively" in sentence:
        for found in PAIR.finditer(sentence):
            one, two = found["one"], found["two"]
            if one != two and abs(found.end() - sentence.index("respectively")) < 60:
                claim = _put(sentence, found, "two", one)
                claim = claim[: found.start("one")] + two + claim[found.end("one") :]
                yield Planted(claim, ("wrong_group", "wrong_time", "wrong_value"))


def unit(sentence: str, _: Text) -> Iterator[Planted]:
    """Replace one unit by another one."""
    for found in UNIT.finditer(sentence):
        claim = _put(sentence, found, "unit", OTHER_UNIT[found["unit"]])
        yield Planted(claim, ("wrong_value", "dose_mismatch", "wrong_time"))


def p_comparator(sentence: str, _: Text) -> Iterator[Planted]:
    """Turn the sign of a p-value round."""
    for found in P.finditer(sentence):
        other = {"<": ">", ">": "<", "=": ">"}[found["sign"]]
        yield Planted(_put(sentence, found, "sign", other), ("wrong_value", "wrong_direction"))


def outcome_swapped(sentence: str, text: Text) -> Iterator[Planted]:
    """Replace the outcome by another outcome of the same article."""
    names = [p["outcome"] for p in text.prompts if 4 < len(p["outcome"]) < 60]
    for own in names:
        found = re.search(rf"(?i)(?<![\w/-]){re.escape(own)}(?![\w/(-])", sentence)
        others = [
            n for n in names
            if _words(n) and not set(_words(n)) & set(_words(own) + _words(sentence))
        ]  # fmt: skip
        if found and others and _words(own) and re.search(r"\d", sentence):
            claim = sentence[: found.start()] + others[0].lower() + sentence[found.end() :]
            yield Planted(claim, ("outcome_mismatch", "wrong_value", "wrong_direction"))


def groups_exchanged(sentence: str, text: Text) -> Iterator[Planted]:
    """Exchange the two sides of a comparison."""
    if not THAN.search(sentence) or SAME.search(sentence):
        return
    heads = [
        m for m in HEAD.finditer(sentence) if m["name"].lower() not in {"other", "two", "same"}
    ]
    if len(heads) == 2 and heads[0]["name"].lower() != heads[1]["name"].lower():
        first, second = heads
        claim = _put(sentence, second, "name", first["name"])
        claim = _put(claim, first, "name", second["name"])
        yield Planted(
            claim, ("wrong_group", "wrong_direction", "comparison_mismatch", "wrong_value")
        )
    for prompt in text.prompts:
        one, two = prompt["intervention"].strip(), prompt["comparator"].strip()
        low = sentence.lower()
        apart = one.lower() not in two.lower() and two.lower() not in one.lower()
        if (
            apart
            and low.count(one.lower()) == 1 == low.count(two.lower())
            and min(len(one), len(two)) > 3
        ):
            first, second = sorted(((low.index(one.lower()), one), (low.index(two.lower()), two)))
            between = sentence[first[0] + len(first[1]) : second[0]]
            rest = sentence[second[0] + len(second[1]) :]
            claim = sentence[: first[0]] + second[1] + between + first[1] + rest
            if (
                not THAN.search(between)
                or "and" in between.split()
                or re.match(r" (?:and|or)\b", rest)
            ):
                continue
            yield Planted(claim, ("wrong_group", "wrong_direction", "comparison_mismatch"))


def significance_added(sentence: str, _: Text) -> Iterator[Planted]:
    """Tell a finding that was not significant as one that was."""
    for pattern, instead in WEAK:
        found = pattern.search(sentence)
        if found and not re.search(r"[pP] ?[<>=]", sentence):
            told = pattern.sub(instead, sentence, count=1) if instead else (
                sentence[: found.start()]
                + found[0].replace(" not", "", 1)
                + sentence[found.end() :]
            )  # fmt: skip
            if "did significant " not in told:
                yield Planted(told, ("wrong_direction", "wrong_value"))
                return


def hedge_dropped(sentence: str, _: Text) -> Iterator[Planted]:
    """Tell a guarded conclusion flatly."""
    found = HEDGE.search(sentence)
    if found:
        verb = found["verb"]
        flat = (
            "is" if verb == "be" else f"{verb}{'es' if verb.endswith(('s', 'ch', 'sh')) else 's'}"
        )
        told = "has" if verb == "have" else flat
        claim = sentence[: found.start()] + told + sentence[found.end() :]
        yield Planted(claim, ("causal_overstatement", "overgeneralised"))
    elif SUGGESTS.search(sentence) and "that" in (SUGGESTS.search(sentence) or [""])[0]:
        claim = re.sub(r"suggest(?:s|ed)? that", "prove that", sentence, count=1)
        yield Planted(claim, ("causal_overstatement", "overgeneralised"))


def rider(sentence: str, text: Text) -> Iterator[Planted]:
    """Add a clause that the record does not have."""
    choice = RIDERS[_pick(text.name + sentence, len(RIDERS))]
    if not set(_words(choice)) & {"kidney", "costs"} or not set(_words(choice)) & set(
        _words(text.text)
    ):
        yield Planted(sentence.rstrip(".") + choice + ".", ("unsupported_addition",))


def opener(sentence: str, text: Text) -> Iterator[Planted]:
    """Tell a result of one trial of many, or of all people."""
    choice = OPENERS[_pick(sentence + text.name, len(OPENERS))]
    if not re.search(r"(?i)\b(?:trials|studies|meta-analys|review)", sentence):
        yield Planted(f"{choice} {sentence[0].lower()}{sentence[1:]}", ("overgeneralised",))


def foreign(sentence: str, _: Text) -> Iterator[Planted]:
    """Put a true sentence to another record."""
    yield Planted(sentence, ("unsupported_addition", "source_off_topic"))


def verbatim(sentence: str, _: Text) -> Iterator[Planted]:
    """Leave the sentence as it stands; it holds."""
    yield Planted(sentence, ())


KINDS: dict[str, Callable[[str, Text], Iterator[Planted]]] = {
    "ci_bound": ci_bound, "respectively": respectively, "unit": unit, "p_comparator": p_comparator,
    "outcome_swapped": outcome_swapped, "groups_exchanged": groups_exchanged,
    "significance_added": significance_added, "hedge_dropped": hedge_dropped, "rider": rider,
    "opener": opener, "foreign_record": foreign, "true_verbatim": verbatim,
}  # fmt: skip


def items(data: Path, most: int) -> Iterator[dict[str, Any]]:
    """Yield the items kind by kind, spread over the texts by the digest of their sentences."""
    read = list(texts(data))
    for kind, plant in KINDS.items():
        found = [
            (hashlib.sha256(f"{kind}{text.name}{m.start()}".encode()).hexdigest(), text, m)
            for text in read
            for m in SENTENCE.finditer(text.text)
            if _tells_a_result(kind, m[0]) and any(True for _ in plant(m[0], text))
        ]
        found.sort(key=lambda row: row[0])
        per_text: Counter[str] = Counter()
        made = 0
        for key, text, match in found:
            if made == most or per_text[text.name] >= 3:
                continue
            planted = next(p for p in plant(match[0], text))
            if planted.claim != match[0] or kind in {"foreign_record", "true_verbatim"}:
                per_text[text.name] += 1
                made += 1
                yield _item(kind, key, planted, text, match, read)


def _item(
    kind: str, key: str, planted: Planted, text: Text, match: re.Match[str], read: list[Text]
) -> dict[str, Any]:
    other = read[_pick(key, len(read))]
    holds = not planted.faults
    expect: dict[str, Any] = {"holds": holds, "evidence": [list(match.span())]}
    if planted.faults:
        expect["faults"] = list(planted.faults)
    if kind == "foreign_record":
        expect |= {"evidence": [], "verdicts": ["not_found", "not_checkable"]}
    source = other.source if kind == "foreign_record" and other is not text else text.source
    return {
        "id": f"{kind}-{key[:12]}", "kind": kind, "claim": planted.claim, "source": source,
        "expect": expect,
    }  # fmt: skip


def _tells_a_result(kind: str, sentence: str) -> bool:
    """Whether a sentence tells a result of its own; hedges stand where it is discussed."""
    return kind == "hedge_dropped" or bool(
        RESULT.search(sentence) and not NO_RESULT.search(sentence)
    )


def _put(sentence: str, found: re.Match[str], name: str, instead: str) -> str:
    return sentence[: found.start(name)] + instead + sentence[found.end(name) :]


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in {"with", "from", "that"}]


def _pick(key: str, size: int) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % size


def main() -> None:
    """Write the items, and say how many there are of each kind."""
    data, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    most = int(sys.argv[4]) if len(sys.argv) > 4 else MOST
    counts: Counter[str] = Counter()
    with out.open("w", encoding="utf-8") as sink:
        for item in items(data, most):
            counts[item["kind"]] += 1
            sink.write(json.dumps(item, ensure_ascii=False) + "\n")
    for kind, count in counts.items():
        print(f"{kind:20} {count}")


if __name__ == "__main__":
    main()
