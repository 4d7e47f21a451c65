"""The pages in a browser: an auditor's way through demo and seed, and what a page may not do.

Debian's Chromium is driven headless; where it is not installed the tests are skipped and say so.
Pictures of the main pages are made on the way; ``KG_PICTURES=docs/pictures`` keeps them.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import assets
from kg.build import build, publish
from kg.corpus import AnswerInput, Inputs, RecordInput, read_corpus
from tests import site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium")
WIDTHS = (1280, 390)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("browser") / "store"
    publish(build(read_corpus(assets.folder("demo"))), place)
    with site.served(place) as address:
        yield address


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[str]:
    place = tmp_path_factory.mktemp("browser-seed") / "store"
    answer, record = (next(seeds.glob(f"{number}_*.txt")) for number in ("000", "002"))
    publish(build(Inputs((AnswerInput(answer, (RecordInput(record, "1"),)),))), place)
    with site.served(place) as address:
        yield address


class Watched:
    """A page with what it complained of and what it asked other origins."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", lambda told: self.complaints.append(told.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._note(asked.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(url)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def clean(self) -> None:
        assert self.complaints == []
        assert self.elsewhere == []


@pytest.fixture
def watched(browser: Browser, demo: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield Watched(context, demo)
    context.close()


def kept(page: Page, name: str, width: int) -> None:
    """Take a picture; keep it where the environment says so."""
    taken = page.screenshot()
    assert len(taken) > 5_000
    folder = os.environ.get("KG_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}-{width}.png").write_bytes(taken)


def test_an_auditor_goes_from_the_answer_to_the_passage_that_says_otherwise(
    watched: Watched,
) -> None:
    page = watched.go("/")
    page.get_by_role("link", name="misattributed 2").click()
    marked = page.locator("a.statement:not(.other)")
    page.locator("a.statement.other").first.wait_for()
    assert marked.count() == 2
    marked.first.click()
    pane = page.locator(".pane")
    pane.wait_for()
    assert "misattributed" in pane.inner_text()
    differing = pane.locator("tr.differs")
    assert differing.count() > 0
    assert "mismatch" in differing.first.inner_text()
    passage = pane.locator("blockquote").last.inner_text()
    pane.locator("a", has_text="in the source").first.click()
    chosen = page.locator("mark.chosen").first
    assert chosen.is_visible()
    assert chosen.inner_text().strip()[:20] in page.locator(".source").inner_text()
    assert passage
    box = chosen.bounding_box()
    assert box
    assert 0 <= box["y"] < 900, "the passage is not scrolled to"
    watched.clean()


def test_the_seed_shows_the_pooled_p_value_told_as_one_arms(browser: Browser, seed: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context, seed)
    page = watched.go("/")
    page.locator("a.statement#s005").click()
    pane = page.locator(".pane")
    pane.wait_for()
    assert "misattributed" in pane.locator("h2").first.inner_text()
    row = pane.locator("tr.differs", has_text="group").first
    assert "all" in row.inner_text().lower()
    watched.clean()
    context.close()


def test_a_catalogued_question_is_asked_and_edited(watched: Watched) -> None:
    page = watched.go("/questions")
    page.get_by_role("link", name="Recommendations that rest on small trials").click()
    page.locator("input#p-max").fill("30")
    page.get_by_role("button", name="Ask").click()
    page.locator("table tbody tr").first.wait_for()
    page.get_by_role("link", name="Edit it").click()
    page.locator(".CodeMirror").wait_for()
    assert "SELECT DISTINCT" in page.locator(".CodeMirror").inner_text()
    page.locator(".CodeMirror").evaluate(
        "e => e.CodeMirror.setValue('SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a "
        "<https://w3id.org/claimgraph/ns#Statement> }')"
    )
    page.locator(".yasqe_queryButton").click()
    page.locator(".yasr .dataTable, .yasr table").first.wait_for()
    assert "23" in page.locator(".yasr").inner_text()
    watched.clean()


def test_rows_and_drawings_are_downloaded(watched: Watched) -> None:
    page = watched.go("/questions/q10-doses?run=1")
    with page.expect_download() as rows:
        page.get_by_role("link", name="CSV").click()
    assert Path(rows.value.path()).read_text(encoding="utf-8").startswith("trial")
    assert rows.value.suggested_filename.endswith(".csv")
    page = watched.go("/")
    page.locator("a.statement.bad").first.click()
    page.locator(".pane").get_by_role("link", name="Graph").click()
    page.locator("#drawing[data-drawn]").wait_for()
    assert int(page.locator("#drawing").get_attribute("data-drawn") or 0) > 4
    for name, begins in (("SVG", b"<svg"), ("GraphML", b"<?xml"), ("PNG", b"\x89PNG")):
        with page.expect_download() as drawing:
            page.get_by_role("link", name=name, exact=True).click()
        assert Path(drawing.value.path()).read_bytes().startswith(begins)
    watched.clean()


def test_the_answer_is_printed(watched: Watched, tmp_path: Path) -> None:
    page = watched.go("/")
    page.pdf(path=tmp_path / "answer.pdf")
    assert (tmp_path / "answer.pdf").read_bytes().startswith(b"%PDF")
    watched.clean()


def test_all_but_the_drawing_and_the_editor_work_without_a_script(
    browser: Browser, demo: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo}/")
    page.locator("a.statement#s006").click()
    page.locator(".pane tr.differs").first.wait_for()
    page.locator(".pane").get_by_role("link", name="Graph").click()
    assert page.locator("#drawing svg").is_visible()
    page.goto(f"{demo}/query")
    page.get_by_role("button", name="Ask").click()
    page.locator("table tbody tr").first.wait_for()
    context.close()


def test_the_keyboard_reaches_a_claim(watched: Watched) -> None:
    page = watched.go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "statement" in (page.evaluate("document.activeElement.className") or ""):
            break
    page.keyboard.press("Enter")
    page.locator(".pane").wait_for()
    watched.clean()


def main_pages(watched: Watched) -> dict[str, str]:
    page = watched.go("/")
    page.locator("a.statement.bad").first.click()
    opened = page.url.removeprefix(watched.address)
    graph = page.locator(".pane").get_by_role("link", name="Graph").get_attribute("href") or ""
    source = page.locator(".pane a", has_text="in the source").first.get_attribute("href") or ""
    return {
        "answer": opened, "source": source, "audit": "/audit", "graph": graph,
        "question": "/questions/q10-doses?run=1", "query": "/query", "questions": "/questions",
        "vocabulary": "/vocabulary", "about": "/about",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(browser: Browser, demo: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    watched = Watched(context, demo)
    broken: dict[str, list[str]] = {}
    for name, path in main_pages(watched).items():
        page = watched.go(path)
        if name == "query":
            page.locator(".CodeMirror").wait_for()
        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
        found = Axe().run(page, options=options).response["violations"]
        if found:
            broken[name] = [
                f"{one['id']}: {json.dumps([n['html'][:120] for n in one['nodes'][:3]])}"
                for one in found
            ]
    assert broken == {}
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_main_pages_fit_and_are_pictured(browser: Browser, demo: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    watched = Watched(context, demo)
    for name, path in main_pages(watched).items():
        page = watched.go(path)
        if name == "graph":
            page.locator("#drawing[data-drawn]").wait_for()
        kept(page, name, width)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} px wide"
    watched.clean()
    context.close()


def test_the_narrowest_phone_needs_no_scrolling_sideways(browser: Browser, demo: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    watched = Watched(context, demo)
    for name, path in main_pages(watched).items():
        page = watched.go(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{name} is {wide} px wide"
    context.close()


PAYLOADS = (
    "<script>window.harmed = 1</script>", '"><img src=x onerror=window.harmed=1>',
    "<style>body { display: none }</style>", "<svg onload=window.harmed=1>", "{{ 7 * 7 }}",
    "<a href='javascript:window.harmed=1'>x</a>", "</title><script>window.harmed=1</script>",
)  # fmt: skip


def test_a_text_from_a_document_runs_nothing_and_is_shown_whole(
    browser: Browser, tmp_path: Path
) -> None:
    said = [f"Grip strength rose by {n}.5 kg {text}" for n, text in enumerate(PAYLOADS, 1)]
    answer, record = tmp_path / "a<script>.txt", tmp_path / "r.txt"
    answer.write_text("\n\n".join(f"{line} [1]." for line in said), encoding="utf-8")
    lines = [f"TITLE: {PAYLOADS[1]}\n", *(f"RESULTS: {line}." for line in said)]
    record.write_text("\n".join(lines), encoding="utf-8")
    built = build(Inputs((AnswerInput(answer, (RecordInput(record, "1"),)),)))
    publish(built, tmp_path / "store")
    context = browser.new_context()
    with site.served(tmp_path / "store") as address:
        watched = Watched(context, address)
        watched.page.on("dialog", lambda dialog: watched.complaints.append(dialog.message))
        page = watched.go("/")
        shown = page.locator(".answer").inner_text()
        assert all(text in shown for text in PAYLOADS)
        page.locator("a.statement").first.click()
        where = [page.url.removeprefix(address)]
        for words in ("Graph", "in the source", "This statement alone", "IRI"):
            link = page.locator(".pane a", has_text=words)
            if link.count():
                where.append(link.first.get_attribute("href") or "/")
        for path in (*where, "/audit", "/about", "/questions/printed-figures?run=1"):
            page = watched.go(path)
            assert page.evaluate("window.harmed") is None, path
            assert page.locator("body").is_visible()
        watched.clean()
    context.close()


def test_the_report_opens_from_the_disk_without_a_request(browser: Browser, tmp_path: Path) -> None:
    from kg.api import audit

    folder = assets.folder("demo")
    made = audit(folder / "answer.txt", {"1": folder / "record-1.txt"})
    (tmp_path / "report.html").write_text(made.render("html"), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    watched = Watched(context, (tmp_path / "report.html").as_uri())
    page = watched.go("")
    assert "misattributed" in page.inner_text("main")
    watched.clean()
    context.close()


def test_the_answer_is_painted_within_a_second(watched: Watched) -> None:
    page = watched.go("/")
    page.wait_for_timeout(2_000)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 5_000, "see benchmarks/pages.py for the figure itself"
