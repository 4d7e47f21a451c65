"""Records of trials that never took place, and what is needed to hold statements against them."""

from __future__ import annotations

from kg.cite import SuppliedRecord, resolve
from kg.compare.check import Checked, check
from kg.compare.verify import verify
from kg.extract.answer import read_answer
from kg.extract.reading import Reading, read_claim, read_record
from kg.extract.record import Reported, report
from kg.model import DocumentRole, Dossier, Source
from kg.sources import read

GOUT = """TITLE: Zelorimab for painful gout: a randomised phase 2 trial

BACKGROUND: Gout is common in older adults.

METHODS: In this randomised, double-blind, placebo-controlled phase 2 trial, 90 adults with gout \
received zelorimab 20 mg (n = 30), zelorimab 40 mg (n = 30) or placebo (n = 30) once daily. \
The primary outcome was joint pain at 12 weeks. Secondary outcomes were grip strength, walking \
distance and sleep quality.

RESULTS: Joint pain fell in the 20 mg group at 6 weeks (p = .03) and at 12 weeks (p = .004). \
Grip strength increased in the 40 mg group at 12 weeks (p = .02). \
In all treatment groups, walking distance increased at 12 weeks (p = .01). \
Walking distance increased by 31 m in the 20 mg group (p = .048). \
Sleep quality did not change significantly in the placebo group (p = .61). \
All measures of stiffness improved except morning stiffness. \
Swelling resolved in 12 of 30 patients in the 40 mg group. \
There were no serious adverse events related to treatment. \
One patient in the 20 mg group had a seizure at day 9.

CONCLUSIONS: Zelorimab reduced joint pain. Higher uric acid was associated with swelling. \
Zelorimab may improve kidney function."""

ASTHMA = """TITLE: Breathing lessons in children with asthma

METHODS: Forty children with asthma were randomised to breathing lessons (n = 20) or to usual \
care (n = 20) in a single-blind parallel-group trial.

RESULTS: Peak flow was 310 L/min in the breathing lessons group and 275 L/min in the usual care \
group at 26 weeks (p = 0.008). Night cough decreased in the breathing lessons group (p < 0.001). \
No significant difference was found in school absence between the groups (p = 0.44). \
The physical component of the quality of life score improved in the breathing lessons group. \
Two children in the usual care group had a serious adverse event.

CONCLUSIONS: Breathing lessons raised peak flow in children with asthma."""

SLEEP = """TITLE: Evening light and sleep: a cohort study

BACKGROUND: Poor sleep is frequent among nurses.

METHODS: We followed 412 nurses for 2 years in a prospective cohort study.

RESULTS: Evening light was associated with shorter sleep (odds ratio 1.8, 95% CI 1.2 to 2.7). \
Mean sleep was 6.2 hours. Caffeine intake did not differ between the groups. \
Fatigue was reported by 103 nurses (25%).

CONCLUSIONS: Evening light may shorten sleep in nurses."""

RECORDS = {"gout": GOUT, "asthma": ASTHMA, "sleep": SLEEP}


def source(text: str, role: DocumentRole = DocumentRole.RECORD, name: str = "record.txt") -> Source:
    """Read a text as a document."""
    return read(text.encode(), name, role)


def reported(name: str) -> Reported:
    """Read one of the invented records."""
    return report(source(RECORDS[name]))


def found(claim: str, name: str = "gout") -> Checked:
    """Hold a statement against one of the invented records."""
    return check(claim, reported(name))


def codes(claim: str, name: str = "gout") -> list[str]:
    """Return a verdict and the codes of its faults."""
    checked = found(claim, name)
    return [checked.verdict.value, *sorted({f.code.value for f in checked.faults})]


def rules(claim: str, name: str = "gout") -> set[str]:
    """Return the rules of the faults of a statement."""
    return {f.rule for f in found(claim, name).faults}


def readings(claim: str, record: str) -> tuple[Reading, Reading]:
    """Read a claim and a record, as one is held against the other."""
    known = read_record(record)
    return read_claim(claim, 0, len(claim), known), known


def audit(answer: str, records: dict[str, str]) -> tuple[Source, Dossier, dict[str, Reported]]:
    """Verify an answer whose markers cite the records given."""
    written = source(answer, DocumentRole.ANSWER, "answer.txt")
    supplied = [
        SuppliedRecord(source(text, name=f"{marker}.txt"), marker)
        for marker, text in records.items()
    ]
    said = read_answer(written)
    said = said.merge(resolve(written, said.markers, supplied))
    known = {r.source.document.id: report(r.source) for r in supplied}
    return written, verify(written, said, known).merge(said), known
