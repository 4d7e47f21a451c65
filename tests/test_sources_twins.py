"""The same answer as pasted text, Markdown and HTML: the same statements, citations, verdicts."""

from __future__ import annotations

from typing import Any

import pytest

import kg
from kg.model import DocumentRole, Source
from kg.sources import read
from kg.text.filler import plain

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
TWINS = {"a.md": MARKDOWN, "raised.html": RAISED, "linked.html": LINKED}


def source(name: str, text: str, role: DocumentRole = DocumentRole.ANSWER) -> Source:
    return read(text.encode(), name, role)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Audit each twin: for each statement its id, words, markers and verdict."""
    folder = tmp_path_factory.mktemp("twins")
    record = folder / "r.txt"
    record.write_text(RECORD, encoding="utf-8")
    found = {}
    for name, text in {"a.txt": TEXT, **TWINS}.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        shown = kg.audit(path, {"1": record}).to_dict()
        view = source(name, text).readable
        found[name] = [
            (
                s["id"], " ".join(plain(view[s["start"] : s["end"]]).split())[:16],
                sorted(c["marker"] for c in s["citations"]), s["verdict"],
                [c["resolution"]["status"] for c in s["citations"]],
            )
            for s in shown["statements"]
        ]  # fmt: skip
    return found


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_has_the_same_statements_markers_and_verdicts(
    name: str, audited: dict[str, list[Any]]
) -> None:
    assert audited[name] == audited["a.txt"]


def test_the_pasted_answer_is_judged_as_a_reader_would(audited: dict[str, list[Any]]) -> None:
    assert [row[3] for row in audited["a.txt"]] == [
        "supported", "supported", "contradicted", "source_unavailable",
    ]  # fmt: skip


@pytest.mark.parametrize("name", TWINS)
def test_a_view_is_as_long_as_its_file(name: str) -> None:
    found = source(name, TWINS[name])
    assert found.view is not None
    assert len(found.view) == len(found.text) == len(TWINS[name])
