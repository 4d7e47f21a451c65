"""Laws that hold for the segments of any text, whoever wrote it."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DocumentRole, Part, Source
from kg.sources import FORMATS, NoRecordError, read

_PIECES = (
    "Walking after zelorimab", "Safety", "## Doses", "It helped the ten men. 1", "• It is safe. 2",
    "  2. Give 5 mg.", "1.", "-", "Last updated: 1 March 2026View editorial policy", "Share",
    "Article Review Status", "Under review", "References", "[1] Name A. Walking. 2019.",
    "1. Name A. Walking. J Inv Med. 2019;1:1-9. doi:10.1000/y - PMC - PubMed", "a | b | c",
    ". 2019 Mar 4;4(2):1-9.", "J Inv Med. 2019 Mar;4(2):1-9. doi: 10.1000/x.1.", "J Inv Med",
    "doi: 10.1000/x.1.", "PMID: 123456 PMCID: PMC123456", "Abstract", "Background: It is rare.",
    "RESULTS: They walked 40 m more (p = .02).", "Keywords: walking; knees", "Figures", "Figure 1.",
    "Fig. 2 Walking (A) men (B) women.", "Publication types", "Clinical Trial", "Affiliations",
    "Author information:", "Erratum in", "Retraction in: J Inv Med. 2020;1:1.", "Comment in",
    "A Name et al. J Inv Med. 2019.", "PubMed Disclaimer", "Similar articles", "© 2019 A Society.",
    "it went on and on below the line that had been broken to fit", "\u00a0\u200b",
    "\ufeff", "(", "5",
)  # fmt: skip
_BREAKS = ("\n", "\r\n", "\n\n", "\r", " ", "\u2028", "\n \n", "\t", "\f")
_DOCUMENTS = st.lists(
    st.tuples(st.one_of(st.sampled_from(_PIECES), st.text(max_size=20)), st.sampled_from(_BREAKS)),
    min_size=1,
    max_size=25,
).map(lambda pairs: "".join(piece + end for piece, end in pairs))
_PASTED = sorted(
    set(FORMATS) - {"pubmed-xml", "jats", "nbib", "html", "pubmed-html", "ctgov", "pdf"}
)
_VISIBLE = re.compile(r"[^\s\ufeff\u200b\u200c\u200d\u2060]")


def _read(text: str, role: DocumentRole, fmt: str) -> Source | None:
    encoded = text.replace("\0", "").encode("utf-8", "ignore")
    if not _VISIBLE.search(encoded.decode()):
        return None
    try:
        return read(encoded, "a.txt", role, fmt)
    except NoRecordError:
        assert role is DocumentRole.RECORD or fmt != "answer-text"
        return None


@pytest.mark.parametrize("fmt", _PASTED)
@given(text=_DOCUMENTS)
def test_segments_are_in_order_apart_and_trimmed(fmt: str, text: str) -> None:
    source = _read(text, DocumentRole.RECORD, fmt)
    end = 0
    for segment in source.segments if source else ():
        own = source.text[segment.start : segment.end] if source else ""
        assert end <= segment.start < segment.end
        assert own == own.strip()
        end = segment.end
    assert source is None or end <= source.document.chars


@pytest.mark.parametrize("fmt", _PASTED)
@given(text=_DOCUMENTS)
def test_what_no_segment_holds_is_a_label_or_a_list_mark(fmt: str, text: str) -> None:
    source = _read(text, DocumentRole.RECORD, fmt)
    if source is None:
        return
    done = 0
    for segment in source.segments:
        _is_label_or_mark(source.text[done : segment.start], segment.label)
        done = segment.end
    _is_label_or_mark(source.text[done:], None)


def _is_label_or_mark(gap: str, label: str | None) -> None:
    left = "".join(_VISIBLE.findall(gap))
    printed = "".join(_VISIBLE.findall(label or ""))
    if not left or left == printed:
        return
    mark = r"(?:[^\w\s]|o|#{1,6}|\[?\(?(?:\d{1,4}|[A-Za-z]|[ivx]{2,4})[.):\]]{0,2}|[Ss]tep\d{1,2}.)"
    names = r"(?:[A-Z][A-Za-z.&,/ -]{2,80}(?::|\s?[–—-])?)"
    assert re.fullmatch(rf"(?:{mark}|{names})+", left), (gap, label)


@given(text=_DOCUMENTS)
def test_every_segment_makes_a_passage_whose_digest_is_that_of_its_text(text: str) -> None:
    source = _read(text, DocumentRole.ANSWER, "answer-text")
    for segment in source.segments if source else ():
        assert source is not None
        passage = source.document.passage(segment.start, segment.end, segment.part)
        own = source.text[segment.start : segment.end]
        assert passage.sha256 == hashlib.sha256(own.encode()).hexdigest()


@pytest.mark.parametrize("fmt", _PASTED)
@given(text=_DOCUMENTS)
def test_the_same_bytes_are_read_the_same(fmt: str, text: str) -> None:
    assert _read(text, DocumentRole.RECORD, fmt) == _read(text, DocumentRole.RECORD, fmt)


@given(text=_DOCUMENTS)
def test_line_ends_of_another_system_change_no_segment(text: str) -> None:
    plain = re.sub(r"\r\n|\r", "\n", text)
    one = _read(plain, DocumentRole.ANSWER, "answer-text")
    other = _read(plain.replace("\n", "\r\n"), DocumentRole.ANSWER, "answer-text")
    assert _told(one) == _told(other)


def _told(source: Source | None) -> list[tuple[Part, str, int]]:
    if source is None:
        return []
    return [
        (s.part, source.text[s.start : s.end].replace("\r\n", "\n"), s.level)
        for s in source.segments
    ]


@given(text=_DOCUMENTS)
def test_any_text_is_recognised_as_some_format(text: str) -> None:
    for role in DocumentRole:
        encoded = text.encode("utf-8", "ignore").replace(b"\0", b"")
        if _VISIBLE.search(encoded.decode()):
            try:
                assert read(encoded, "a.txt", role).document.format in FORMATS
            except NoRecordError:
                assert role is DocumentRole.RECORD
