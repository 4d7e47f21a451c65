"""What the reports promise: the contract's object, exact offsets, escaping, the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import fields, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kg import assets
from kg.errors import KgError, UsageError
from kg.model import Dossier, FaultCode, Scope, Verdict
from kg.report import AUDIT_FORMATS, render
from kg.report.markdown import escape
from kg.report.passages import marked
from kg.report.view import texts, view
from kg.report.wording import fault_wording, scope_wording, verdict_wordings
from tests.sample_dossier import ANSWER, ANSWER_TEXT, RECORD, RECORD_TEXT, sample

SCHEMA = json.loads(assets.text("report/audit.schema.json"))


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    return view(sample())


def statement(shown: dict[str, Any], short_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in shown["statements"] if s["id"] == short_id)
    return found


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_object_follows_its_schema(shown: dict[str, Any]) -> None:
    Draft202012Validator(SCHEMA).validate(shown)
    Draft202012Validator(SCHEMA).validate(view(Dossier()))


def test_the_schema_refuses_a_key_that_it_does_not_know(shown: dict[str, Any]) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid(shown | {"score": 1})


def test_the_schema_lists_the_codes_of_the_model() -> None:
    assert SCHEMA["$defs"]["verdict"]["enum"] == [verdict.value for verdict in Verdict]
    fault = SCHEMA["$defs"]["fault"]["properties"]["code"]["enum"]
    assert fault == [code.value for code in FaultCode]


def test_every_verdict_fault_and_scope_has_its_words() -> None:
    assert [wording.code for wording in verdict_wordings()] == [
        verdict.value for verdict in Verdict
    ]
    assert len({wording.sign for wording in verdict_wordings()}) == len(Verdict)
    assert all(fault_wording(code.value) for code in FaultCode)
    assert all(scope_wording([scope.value]) for scope in Scope)


def test_every_span_slices_to_what_it_names(shown: dict[str, Any]) -> None:
    first = statement(shown, "s001")
    assert ANSWER_TEXT[first["start"] : first["end"]].endswith("(p = 0.02). 1")
    fault = first["citations"][0]["faults"][0]
    claimed, found = fault["claim_span"], fault["record_span"]
    assert ANSWER_TEXT[claimed["start"] : claimed["end"]] == "40 mg arm at 6 weeks"
    assert RECORD_TEXT[found["start"] : found["end"]] == fault["found"]
    evidence = first["citations"][0]["evidence"]
    assert [line["record"] for line in evidence] == [RECORD.sha256]
    assert "p = .02" in RECORD_TEXT[evidence[0]["start"] : evidence[0]["end"]]


def test_a_frame_tells_its_slots_as_printed(shown: dict[str, Any]) -> None:
    frame = statement(shown, "s001")["claims"][0]["frame"]
    assert frame["p"] == {"comparator": "=", "value": "0.02", "printed": "0.02"}
    told = (frame["group"], frame["outcome"], frame["time"], frame["direction"])
    assert told == ("40 mg arm", "grip strength", "6 weeks", "increase")
    assert set(statement(shown, "s003")["claims"][0]["frame"]) == set(frame)


def test_a_marker_without_an_entry_is_told_as_such(shown: dict[str, Any]) -> None:
    resolution = statement(shown, "s002")["citations"][1]["resolution"]
    expected = {"status": "unresolvable", "method": "none", "confidence": 0.0, "record": None}
    assert resolution == expected


def test_the_state_of_a_work_stands_with_its_record(shown: dict[str, Any]) -> None:
    work = shown["inputs"][1]["work"]
    assert work["doi"] == "10.5555/zelorimab.1"
    assert work["status"] == [{"status": "corrected", "date": "2025-11-02"}]


def test_coverage_is_the_share_judged_against_a_record_in_hand(shown: dict[str, Any]) -> None:
    assert shown["summary"] == {
        "statements": 3,
        "by_verdict": {"misattributed": 1, "not_found": 1, "uncited": 1},
        "coverage": 0.6667,
    }


def test_an_unreadable_input_stands_among_the_findings() -> None:
    failure = KgError("x.txt is binary", expected="text")
    found = view(sample(), failures=[failure])
    assert found["findings"][0]["message"] == "x.txt is binary; expected text"
    assert found["findings"][0]["severity"] == "error"
    Draft202012Validator(SCHEMA).validate(found)


def test_the_order_of_the_nodes_does_not_reach_the_report() -> None:
    dossier = sample()
    turned = replace(
        dossier, **{field.name: getattr(dossier, field.name)[::-1] for field in fields(dossier)}
    )
    for fmt in AUDIT_FORMATS:
        assert render(view(turned), texts(turned), fmt) == render(
            view(dossier), texts(dossier), fmt
        )


def test_another_hash_seed_gives_the_same_bytes(python: str) -> None:
    code = (
        "from tests.sample_dossier import sample; from kg.report import *; "
        "from kg.report.view import view, texts; d = sample(); "
        "import sys; sys.stdout.reconfigure(encoding='utf-8'); "
        "[print(render(view(d), texts(d), fmt)) for fmt in AUDIT_FORMATS]"
    )
    outputs = {
        subprocess.run(
            [python, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, check=True,
            capture_output=True, cwd=Path(__file__).parents[1],
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="human, json"):
        render(view(Dossier()), {}, "word")


class Page(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "link", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(dossier: Dossier) -> Page:
    parser = Page()
    parser.feed(render(view(dossier), texts(dossier), "html"))
    parser.close()
    return parser


def test_the_html_page_is_well_formed_and_asks_for_nothing() -> None:
    found = page(sample())
    assert found.open == []
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(found.tags)
    links = {value for name, value in found.attributes if name in {"href", "src"} and value}
    assert all(link.startswith("#") for link in links)
    ids = [value for name, value in found.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert not any(name.startswith("on") or name == "style" for name, _ in found.attributes)


def test_the_html_page_has_landmarks_and_headings_in_order() -> None:
    found = page(sample())
    assert {"header", "nav", "main", "footer"} <= set(found.tags)
    levels = [int(tag[1]) for tag in found.tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_html_page_shows_markup_of_a_document_as_text() -> None:
    html = render(view(sample()), texts(sample()), "html")
    assert "&lt;b&gt;40 mg&lt;/b&gt;" in html
    assert "b" not in page(sample()).tags


@pytest.mark.parametrize(
    "payload",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "</style>"],
)
def test_no_name_and_no_label_becomes_markup(payload: str) -> None:
    dossier = sample()
    hostile = replace(
        dossier,
        documents=tuple(replace(node, name=payload, format=payload) for node in dossier.documents),
        works=tuple(replace(node, title=payload) for node in dossier.works),
        headings=tuple(replace(node, label=payload) for node in dossier.headings),
        faults=tuple(replace(node, found=payload, claimed=payload) for node in dossier.faults),
        assessments=tuple(replace(node, sentence=payload) for node in dossier.assessments),
    )
    found = page(hostile)
    assert found.tags == page(dossier).tags
    assert payload in "".join(found.text)


def test_a_graph_without_text_shows_offsets_and_digest() -> None:
    dossier = sample()
    bare = replace(dossier, documents=tuple(replace(node, text=None) for node in dossier.documents))
    for fmt in ("human", "markdown", "html"):
        told = render(view(bare), texts(bare), fmt, verbosity=1)
        assert "text not in this graph" in told.replace("\\", "")
        assert "Grip strength rose" not in told.replace("that grip", "")


def test_the_human_report_ends_with_the_verdicts_and_the_exit_code() -> None:
    told = render(view(sample()), texts(sample()), "human", exit_code=1).splitlines()
    assert told[-1] == "0 errors, 0 warnings → exit 1"
    assert any("misattributed" in line and line.endswith("█") for line in told[-8:])


def test_the_human_report_is_coloured_only_on_request() -> None:
    assert "\x1b[" not in render(view(sample()), texts(sample()), "human")
    assert "\x1b[" in render(view(sample()), texts(sample()), "human", colour=True)


def test_a_quiet_report_is_the_table_and_a_long_one_tells_what_passed() -> None:
    quiet = render(view(sample()), texts(sample()), "human", verbosity=-1)
    assert "s001" not in quiet
    full = render(view(sample()), texts(sample()), "human", verbosity=1)
    assert "Grip strength fell in the 40 mg arm." in full


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5))
def test_marking_loses_no_character_and_marks_exactly_what_is_inside(
    text: str, marks: list[tuple[int, int]]
) -> None:
    runs = marked(text, 0, len(text), marks)
    assert "".join(run.text for run in runs) == text
    flags = [run.marked for run in runs for _ in run.text]
    assert flags == [any(a <= place < b for a, b in marks) for place in range(len(text))]


@given(st.text(alphabet="ab |*_`<>[]()#-+.\\&!~\n{}"))
def test_markdown_escaping_leaves_one_line_and_can_be_undone(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    undone, rest = "", iter(escaped)
    for character in rest:
        undone += next(rest) if character == "\\" else character
    assert undone == " ".join(text.split())


def test_a_cell_of_a_markdown_table_cannot_break_it() -> None:
    failure = KgError("a|b\nc")
    told = render(view(sample(), failures=[failure]), texts(sample()), "markdown")
    row = next(line for line in told.splitlines() if "input/unreadable" in line)
    assert row.replace("\\|", "").count("|") == 5


def test_the_answer_is_named_by_its_digest(shown: dict[str, Any]) -> None:
    assert {s["answer"] for s in shown["statements"]} == {ANSWER.sha256}
