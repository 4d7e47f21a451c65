"""What a record reports: a trial with its arms, doses, outcomes, times, results, adverse events.

>>> from kg.model import Document, DocumentRole, Part, Segment, Source
>>> from kg.model import document_of
>>> text = ("Twenty people took 5 mg (n = 10) or 10 mg of drugol (n = 10). "
...         "Pain fell in the 10 mg group at 6 weeks (p = .01).")
>>> document = document_of("ab" * 32, "r.txt", DocumentRole.RECORD, "text", text)
>>> found = report(Source(document, (Segment(0, len(text), Part.ABSTRACT),))).dossier
>>> found.trials[0].enrolled, [group.label for group in found.groups]
(20, ['5 mg', '10 mg'])
>>> [(r.p_printed, r.direction.value) for r in found.reported_results]
[('.01', 'decrease')]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.adverse import adverse_events
from kg.extract.certainty import certainties
from kg.extract.design import design_terms
from kg.extract.endpoints import endpoint_roles
from kg.extract.frames import Frames
from kg.extract.phrases import population_phrase
from kg.extract.reading import Reading, Sentence, read_record
from kg.model import (
    Document,
    Dose,
    Dossier,
    EndpointRole,
    MentionKind,
    Part,
    Population,
    ReportedResult,
    Source,
    Trial,
)
from kg.terms import node_id
from kg.text.filler import plain
from kg.text.lexicon import Phrases, match_phrases, phrase_table, rows

_UNREPORTED = {
    Part.TITLE, Part.METHODS, Part.BACKGROUND, Part.OBJECTIVE, Part.KEYWORDS, Part.REGISTRATION,
}  # fmt: skip
_DESIGNS = {"randomised": "randomised_controlled", "not randomised": "non_randomised"}


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as read: all that a claim is held against."""

    document: Document
    reading: Reading


@dataclass(frozen=True, slots=True)
class Reported(ReadRecord):
    """A record as read, with its nodes.

    :param made_from: position of a fact of the reading → ids of the results made from it
    """

    dossier: Dossier
    made_from: dict[int, tuple[str, ...]]


def read_source(source: Source) -> ReadRecord:
    """Read a record without making nodes of it, which takes a quarter of the time."""
    return ReadRecord(source.document, read_record(source.readable, source.segments))


def report(source: Source) -> Reported:
    """Read a record: its document, passages, trial and everything that hangs on it."""
    reading = read_record(source.readable, source.segments)
    frames = Frames(source.document, reading)
    told = _facts_by_sentence(reading)
    results = [
        result
        for sentence in reading.sentences
        if sentence.part not in _UNREPORTED
        for result in frames.results(ReportedResult, told[sentence.index])
    ]
    for learned in reading.lexicon.groups:
        frames.group(learned.key)
    for sentence in reading.sentences:
        for figure in sentence.figures:
            frames.mention(figure)
    events = list(adverse_events(frames))
    for made_id, role in endpoint_roles(frames):
        known = frames.outcomes[made_id]
        if known.role is None or role is EndpointRole.PRIMARY:
            frames.outcomes[made_id] = replace(known, role=role)
    _complete_doses(frames)
    population = _population(frames)
    trial = _trial(source, frames, results, [e.id for e in events], population)
    certain = certainties(frames, trial)
    dossier = Dossier(
        documents=(source.document,),
        passages=tuple(frames.passages.values()),
        trials=(trial,),
        groups=tuple(frames.groups.values()),
        doses=tuple(frames.doses.values()),
        populations=(population,) if population else (),
        outcomes=tuple(frames.outcomes.values()),
        time_points=tuple(frames.times.values()),
        reported_results=tuple(r for r in results if isinstance(r, ReportedResult)),
        adverse_events=tuple(events),
        certainties=certain,
        mentions=tuple(frames.mentions.values()),
    ).normalised()
    made_from = {fact: tuple(ids) for fact, ids in frames.made_from.items()}
    return Reported(source.document, reading, dossier, made_from)


def _facts_by_sentence(reading: Reading) -> dict[int, list[int]]:
    """Return the positions of the facts of each sentence, by the sentence's number."""
    told: dict[int, list[int]] = defaultdict(list)
    for position, fact in enumerate(reading.facts):
        told[fact.sentence].append(position)
    return told


@cache
def _regimens() -> tuple[dict[str, tuple[str, str]], Phrases]:
    values = {row[1]: (row[0], row[2]) for row in rows("regimens.tsv")}
    return values, phrase_table([(phrase, phrase) for phrase in values], by_stem=False)


def _complete_doses(frames: Frames) -> None:
    """Give each dose the route, schedule and agent that the sentence with the doses tells."""
    for made_id, dose in list(frames.doses.items()):
        for sentence in frames.reading.sentences:
            if any(
                f.kind is MentionKind.DOSE and _is(dose, f.value, f.unit) for f in sentence.figures
            ):
                told = dict(_told(sentence))
                frames.doses[made_id] = dose = replace(
                    dose,
                    route=dose.route or told.get("route"),
                    schedule=dose.schedule or told.get("schedule"),
                )
                if dose.route and dose.schedule:
                    break


def _is(dose: Dose, value: object, unit: str | None) -> bool:
    return dose.value == value and (dose.unit or None) == unit


def _told(sentence: Sentence) -> Iterator[tuple[str, str]]:
    values, table = _regimens()
    seen: set[str] = set()
    for _, _, phrases in match_phrases([w.lower for w in sentence.tokens], table):
        aspect, value = values[phrases[0]]
        if aspect not in seen:
            seen.add(aspect)
            yield aspect, value


def _population(frames: Frames) -> Population | None:
    """Return who was studied, as the record first says it; the methods say it best."""
    order = {Part.METHODS: 0, Part.ABSTRACT: 1, Part.BODY: 1, Part.BACKGROUND: 2, Part.OBJECTIVE: 2}
    sentences = sorted(frames.reading.sentences, key=lambda s: (order.get(s.part, 3), s.index))
    spans = ((s, population_phrase(frames.reading.text, s.start, s.end)) for s in sentences)
    told = [(span[1] - span[0] > 12, -i, span) for i, (_, span) in enumerate(spans) if span]
    if not told:
        return None
    start, end = max(told)[2]
    label = " ".join(plain(frames.reading.text[start:end]).split())
    document = frames.document.id
    return Population(node_id("population", document, label.lower()), document, label)


def _trial(
    source: Source,
    frames: Frames,
    results: Sequence[object],
    events: Sequence[str],
    population: Population | None,
) -> Trial:
    document = source.document
    told = design_terms(frames.reading)
    arms = tuple(sorted(frames.group(g.key) for g in frames.reading.lexicon.groups))
    pools = tuple(sorted(g.id for g in frames.groups.values() if g.pools))
    layout = next(iter(told.get("layout", {})), None)
    allocation = next(iter(told.get("allocation", {})), None)
    phase = next(iter(told.get("phase", {})), None)
    work = source.work
    return Trial(
        node_id("trial", document.id),
        document.id,
        document.title or document.name,
        work=work.id if work else None,
        design=_design(layout, allocation),
        randomised=None if allocation is None else allocation == "randomised",
        blinding=next(iter(told.get("blinding", {})), None),
        phase=phase.removeprefix("phase ") if phase else None,
        enrolled=_enrolled(frames),
        population=population.id if population else None,
        registration=work.registration if work else None,
        arms=arms,
        pools=pools,
        outcomes=tuple(sorted(frames.outcomes)),
        doses=tuple(sorted(frames.doses)),
        results=tuple(sorted(r.id for r in results)),  # type: ignore[attr-defined]
        adverse_events=tuple(sorted(events)),
        stated_in=_design_passages(frames, told),
    )


def _design(layout: str | None, allocation: str | None) -> str | None:
    if layout not in {None, "prospective", "retrospective", "parallel"}:
        return str(layout).replace("-", "_").replace(" ", "_")
    return _DESIGNS.get(allocation or "")


def _design_passages(
    frames: Frames, told: dict[str, dict[str, tuple[int, int]]]
) -> tuple[str, ...]:
    """Return the sentences that tell the design."""
    places = [at for values in told.values() for at in values.values()]
    found = {
        frames.passage(s.start, s.end, s)
        for s in frames.reading.sentences
        if any(s.start <= start < s.end for start, _ in places) and s.part is not Part.TITLE
    }
    return tuple(sorted(found))


def _enrolled(frames: Frames) -> int | None:
    """Return how many took part: a printed count of people first, else the sum of the arms."""
    sizes = [g.n for g in frames.reading.lexicon.groups]
    summed = sum(n for n in sizes if n) if len(sizes) > 1 and all(sizes) else None
    counts = list(_counted(frames.reading))
    if summed is not None and (not counts or summed in counts):
        return summed
    return counts[0] if counts else summed


_PEOPLE = {"=patient", "=adult", "=child", "=infant", "=woman", "=man", "women", "men"}
_JOINED = {
    "enrolled", "enroled", "randomised", "randomized", "recruited", "included", "assigned",
    "allocated", "received", "participated", "studied", "underwent", "entered", "treated",
}  # fmt: skip


def _counted(reading: Reading) -> Iterator[int]:
    for sentence in reading.sentences:
        joined = {w.lower for w in sentence.tokens} & _JOINED
        if not joined or sentence.part in {Part.TITLE, Part.CAPTION, Part.CONCLUSIONS}:
            continue
        for figure in sentence.figures:
            whole = figure.value is not None and figure.value == figure.value.to_integral_value()
            if (
                figure.kind is MentionKind.COUNT
                and whole
                and figure.value
                and _of_people(sentence, figure.end)
            ):
                yield int(figure.total or figure.value)


def _of_people(sentence: Sentence, end: int) -> bool:
    near = [c for c in sentence.concepts if -12 <= c.start - end <= 40]
    return any(c.key in _PEOPLE or c.key.startswith("=patient") for c in near)
