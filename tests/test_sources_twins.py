"""The same answer in every form and way to cite: the same statements, works and verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.model import DocumentRole, Source
from kg.sources import read
from kg.text.filler import plain
from tests.pdf_writer import pdf_of

TEXT = """Does drugol help gout?

Efficacy

  • Pain fell in the drugol group at week 6 (p = .02). 1
  • Grip strength rose on drugol. 1, 2
  • Pain rose in the drugol group at week 6 (p = .02). 1

Safety

Three adults had a rash. 3

References

1. Nowhere A. Drugol for gout. J Inv. 2019. doi:10.1000/a.1
2. Nobody B. Grip and gout. J Inv. 2020. PMID: 91000002
3. Noone C. Rash in gout. J Inv. 2021.
"""
MARKDOWN = """# Does drugol help gout?

## Efficacy

- Pain fell in the **drugol** group at week 6 (*p* = .02).[1](#r1)
- Grip strength rose on drugol.[^1][^2]
- Pain rose in the drugol group at week 6 (p = .02).<sup>1</sup>

## Safety

Three adults had a rash.[3]

## References

1. Nowhere A. Drugol for gout. J Inv. 2019. [link](https://doi.org/10.1000/a.1)
2. Nobody B. Grip and gout. J Inv. 2020. PMID: 91000002
3. Noone C. Rash in gout. J Inv. 2021.
"""
RAISED = """<!DOCTYPE html><html><head><title>Menu</title><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a></nav><h1>Does drugol help gout?</h1><h2>Efficacy</h2>
<ul><li>Pain fell in the <b>drugol</b> group at week&nbsp;6 (<i>p</i> = .02).<sup>1</sup></li>
<li>Grip strength rose on drugol.<sup>1,2</sup>
<li>Pain rose in the drugol group at week 6 (p = .02).<sup>1</sup></ul>
<h2>Safety</h2><p>Three adults had a rash.<sup>3</sup><h2>References</h2>
<ol><li>Nowhere A. Drugol for gout. J Inv. 2019. <a href="https://doi.org/10.1000/a.1">link</a>
<li>Nobody B. Grip and gout. J Inv. 2020. PMID: 91000002
<li>Noone C. Rash in gout. J Inv. 2021.</ol></body></html>"""
LINKED = (
    RAISED.replace("<sup>1</sup>", '<a href="#r1">1</a>')
    .replace("<sup>1,2</sup>", '<a href="#r1">1</a><a href="#r2">2</a>')
    .replace("<sup>3</sup>", '<sup><a href="#r3">[3]</a></sup>')
)
RECORD = """TITLE: Drugol for gout

METHODS: Forty adults with gout got drugol (n = 20) or placebo (n = 20).

RESULTS: Pain fell in the drugol group at week 6 (p = .02). Grip strength rose on drugol.

DOI: 10.1000/a.1
"""
NAMED = """Does drugol help gout?

Efficacy

  • Pain fell in the drugol group at week 6 (p = .02; Nowhere, 2019).
  • Grip strength rose on drugol (see Nowhere, 2019; Nobody & Roe, 2020).
  • Pain rose in the drugol group at week 6 (p = .02) (Nowhere, 2019).

Safety

Three adults had a rash, as Noone (2021) saw.

References

Nobody B, Roe R. Grip and gout. J Inv. 2020. PMID: 91000002
Noone C. Rash in gout. J Inv. 2021.
Nowhere A. Drugol for gout. J Inv. 2019. doi:10.1000/a.1
"""
FOOTNOTES = """# Does drugol help gout?

## Efficacy

- Pain fell in the drugol group at week 6 (p = .02).[^nowhere]
- Grip strength rose on drugol.[^nowhere][^2]
- Pain rose in the drugol group at week 6 (p = .02).[^nowhere]

## Safety

Three adults had a rash.[^c]

[^nowhere]: Nowhere A. Drugol for gout. J Inv. 2019. doi:10.1000/a.1
[^2]: Nobody B. Grip and gout. J Inv. 2020. PMID: 91000002
[^c]: Noone C. Rash in gout. J Inv. 2021.
"""
NOTES = """<!DOCTYPE html><html><body><h1>Does drugol help gout?</h1><h2>Efficacy</h2>
<ul><li>Pain fell in the drugol group at week 6 (p = .02).<a href="#fn1"><sup>1</sup></a></li>
<li>Grip strength rose on drugol.<a href="#fn1"><sup>1</sup></a><a href="#fn2"><sup>2</sup></a></li>
<li>Pain rose in the drugol group at week 6 (p = .02).<a href="#fn1"><sup>1</sup></a></li></ul>
<h2>Safety</h2><p>Three adults had a rash.<a href="#fn3" id="fnref3"><sup>3</sup></a></p>
<section class="footnotes"><hr /><ol>
<li id="fn1"><p>Nowhere A. Drugol for gout. J Inv. 2019. doi:10.1000/a.1 <a href="#r1">↩</a></p>
<li id="fn2"><p>Nobody B. Grip and gout. J Inv. 2020. PMID: 91000002 <a href="#r2">↩︎</a></p></li>
<li id="fn3"><p>Noone C. Rash in gout. J Inv. 2021. <a href="#fnref3">↩︎</a></p></li>
</ol></section></body></html>"""
TWINS: dict[str, bytes] = {
    "a.md": MARKDOWN.encode(), "raised.html": RAISED.encode(), "linked.html": LINKED.encode(),
    "named.txt": NAMED.encode(), "footnotes.md": FOOTNOTES.encode(), "notes.html": NOTES.encode(),
    "a.pdf": pdf_of(TEXT.splitlines()),
}  # fmt: skip
RIS = """TY  - JOUR
AU  - Nobody, B.
TI  - Grip and gout
PY  - 2020
AN  - PMID: 91000002
ER  -
TY  - JOUR
AU  - Nowhere, A.
TI  - Drugol for gout
PY  - 2019
DO  - 10.1000/a.1
ER  -
"""


def source(name: str, data: bytes, role: DocumentRole = DocumentRole.ANSWER) -> Source:
    return read(data, name, role)


def audited(folder: Path, name: str, data: bytes, references: Path | None = None) -> list[Any]:
    """Audit an answer: for each statement its id, first words, cited works and verdict."""
    (folder / "r.txt").write_text(RECORD, encoding="utf-8")
    path = folder / name
    path.write_bytes(data)
    audit = kg.audit(path, [folder / "r.txt"], references=references)
    assert not audit.failures
    resolutions = {r.entry: r for r in audit.dossier.resolutions}
    denotes: dict[str, set[str | None]] = {}
    for marker in audit.dossier.markers:
        denotes.setdefault(marker.statement, set()).add(resolutions[marker.denotes].work)
    ids = {s.short_id: s.id for s in audit.dossier.statements}
    view = source(name, data).readable
    return [
        (
            s["id"], " ".join(plain(view[s["start"] : s["end"]]).split())[:16],
            sorted(map(str, denotes.get(ids[s["id"]], ()))), s["verdict"],
        )
        for s in audit.to_dict()["statements"]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    return audited(tmp_path_factory.mktemp("pasted"), "a.txt", TEXT.encode())


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_has_the_same_statements_cited_works_and_verdicts(
    name: str, pasted: list[Any], tmp_path: Path
) -> None:
    assert audited(tmp_path, name, TWINS[name]) == pasted


def test_the_pasted_answer_is_judged_as_a_reader_would(pasted: list[Any]) -> None:
    assert [row[3] for row in pasted] == [
        "supported", "supported", "contradicted", "source_unavailable",
    ]  # fmt: skip
    assert pasted[1][2] == [
        "https://doi.org/10.1000/a.1",
        "https://pubmed.ncbi.nlm.nih.gov/91000002/",
    ]


def test_a_bibliography_beside_the_answer_stands_for_its_list(
    pasted: list[Any], tmp_path: Path
) -> None:
    unlisted = NAMED.partition("References")[0]
    (tmp_path / "refs.ris").write_text(RIS, encoding="utf-8")
    found = audited(tmp_path, "b.txt", unlisted.encode(), references=tmp_path / "refs.ris")
    assert found[:2] == [pasted[0], (*pasted[1][:2], *found[1][2:])]
    assert found[1][2] == pasted[1][2]
    assert found[3][3] == "unresolvable_reference"


@pytest.mark.parametrize("name", [n for n in TWINS if n not in {"named.txt", "a.pdf"}])
def test_a_view_is_as_long_as_its_file(name: str) -> None:
    found = source(name, TWINS[name])
    assert found.view is not None
    assert len(found.view) == len(found.text) == len(TWINS[name].decode())


def test_the_other_authors_tell_two_entries_of_one_year_apart(tmp_path: Path) -> None:
    answer = """Notes

• Pain fell (Nowhere & Roe, 2019).
• Grip rose (Nowhere, 2019).

References

Nowhere A, Roe R. Drugol for gout. J Inv. 2019. doi:10.1000/a.1
Nowhere A, Poe P. Grip and gout. J Inv. 2019. doi:10.1000/b.1
"""
    found = audited(tmp_path, "answer.txt", answer.encode())
    assert found[0][2] == ["https://doi.org/10.1000/a.1"]
    (tmp_path / "answer.txt").write_text(answer, encoding="utf-8")
    shown = kg.audit(tmp_path / "answer.txt").to_dict()["statements"]
    codes = [[f["code"] for f in s["citations"][0]["faults"]] for s in shown]
    assert codes == [[], ["ambiguous_citation"]]
