"""The pages without a script: what they show, where they lead, what a text cannot do to them."""

from __future__ import annotations

import hashlib
import re
import tomllib
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import assets
from kg.build import build, publish
from kg.cli import run
from kg.corpus import AnswerInput, Inputs, RecordInput, read_corpus
from kg.store import publish as publish_quads
from kg.web.vendoring import VENDORED, packages
from kg.web.workers import Limits
from tests import site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</p><svg onload=alert(1)>",
    "{{ 7 * 7 }}", "=HYPERLINK(\"http://x/\")", "javascript:alert(1)", "&lt;b&gt;", "\u202etxt",
)  # fmt: skip


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        self.found += [v for v in (told.get("href"), told.get("src")) if v]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(text: str) -> _Links:
    parser = _Links()
    parser.feed(text)
    return parser


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("pages") / "store"
    publish(build(read_corpus(assets.folder("demo"))), place)
    with site.client(place) as made:
        yield made


def test_every_link_of_every_page_leads_to_a_page(demo: TestClient) -> None:
    left, seen = ["/"], {"/"}
    kinds: list[tuple[str, str]] = []
    while left:
        address = left.pop()
        found = demo.get(address, headers={"accept": "text/html, */*;q=0.1"})
        assert found.status_code in {200, 303}, address
        if found.status_code == 303:
            more = [found.headers["location"]]
        elif found.headers["content-type"].startswith("text/html"):
            more = read(found.text).found
        else:
            more = []
        for link in more:
            assert not link.startswith(("http:", "https:", "//", "javascript:")), (address, link)
            whole = link if link.startswith("/") else address.partition("?")[0] + link
            whole = whole.partition("#")[0]
            kind = re.sub(r"=[^&]*|/[0-9a-f-]{6,}.*", "", whole)
            if whole not in seen and sum(k == kind for _, k in kinds) < 12:
                kinds.append((whole, kind))
                seen.add(whole)
                left.append(whole)
    assert len(seen) > 100


def test_the_answer_stands_as_written_with_each_verdict_in_words(demo: TestClient) -> None:
    page = demo.get(demo.get("/").headers["location"])
    text = (assets.folder("demo") / "answer.txt").read_text(encoding="utf-8")
    shown = read(page.text).text
    for line in filter(None, map(str.strip, text.splitlines())):
        assert line[:60].strip() in shown.replace("\n", " ") or line[:25] in shown
    for word in ("misattributed", "contradicted", "supported", "overgeneralised"):
        assert word in shown


def test_a_statement_shows_claim_and_passage_with_the_slot_that_differs(demo: TestClient) -> None:
    where = demo.get("/").headers["location"]
    page = demo.get(where, params={"statement": "s006"})
    told = read(page.text).text
    assert "s006" in told
    assert "mismatch" in told
    assert "all dose groups" in told.lower()
    link = next(one for one in read(page.text).found if "/source/" in one and "start=" in one)
    source = demo.get(unescape(link).partition("#")[0])
    assert 'class="chosen"' in source.text


def test_a_verdict_filters_the_answer(demo: TestClient) -> None:
    where = demo.get("/").headers["location"]
    page = demo.get(where, params={"verdict": "misattributed"}).text
    shown = re.findall(r'class="statement \w+( other)?"', page)
    assert 0 < shown.count("") < len(shown)


def test_every_number_of_the_audit_leads_to_as_many_findings(demo: TestClient) -> None:
    page = demo.get("/audit").text
    links = re.findall(r'<td class="number"><a href="(/audit\?[^"]+)">(\d+)</a>', page)
    assert len(links) > 5
    for link, number in links:
        listed = demo.get(unescape(link).partition("#")[0]).text
        found = re.search(r"<p>(\d+) finding", listed)
        assert found
        assert found[1] == number


def test_the_build_before_is_compared_statement_by_statement(
    demo: TestClient, tmp_path: Path
) -> None:
    assert "no build before" in demo.get("/compare").text
    answer, record = tmp_path / "a.txt", tmp_path / "r.txt"
    record.write_text("TITLE: A trial\n\nRESULTS: Grip strength rose (p = .02).", encoding="utf-8")
    for p_value in (".02", ".9"):
        answer.write_text(f"Grip strength rose (p = {p_value}) [1].", encoding="utf-8")
        inputs = Inputs((AnswerInput(answer, (RecordInput(record, "1"),)),))
        publish(build(inputs), tmp_path / "store")
    with site.client(tmp_path / "store") as asked:
        page = read(asked.get("/compare").text).text
    assert "worse" in page
    assert "contradicted" in page


def test_a_question_is_asked_with_the_terms_of_its_form(demo: TestClient) -> None:
    plain = demo.get("/questions/recommendations-on-small-trials")
    assert "<form" in plain.text
    asked = demo.get("/questions/recommendations-on-small-trials", params={"max": "20", "run": "1"})
    assert asked.status_code == 200
    assert "rows" in asked.text
    wrong = demo.get("/questions/recommendations-on-small-trials", params={"max": "x; DROP"})
    assert wrong.status_code == 400
    assert "xsd:integer" in wrong.text


def test_a_query_without_a_script_gives_a_table(demo: TestClient) -> None:
    text = "SELECT DISTINCT ?s WHERE { ?s a <https://w3id.org/claimgraph/ns#Claim> } ORDER BY ?s"
    page = demo.get("/query", params={"query": text})
    assert "<table" in page.text
    assert demo.get("/query", params={"query": "SELECT"}).status_code == 400


def test_a_node_is_led_to_its_page_or_its_description(demo: TestClient) -> None:
    key = demo.get("/").headers["location"].rpartition("/")[2]
    page = demo.get(f"/id/doc/{key}", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, f"/source/{key}")
    data = demo.get(f"/id/doc/{key}", headers={"accept": "text/turtle"})
    assert data.headers["location"] == f"/data/doc/{key}"
    turtle = demo.get(data.headers["location"], headers={"accept": "text/turtle"})
    assert "schema:sha256" in turtle.text
    assert demo.get("/id/doc/none", headers={"accept": "image/png"}).status_code == 406
    assert demo.get("/data/doc/none").status_code == 404


def test_a_neighbourhood_is_drawn_listed_and_downloaded(demo: TestClient) -> None:
    where = demo.get("/").headers["location"]
    page = demo.get(where, params={"statement": "s006"}).text
    link = next(one for one in read(page).found if one.startswith("/graph/"))
    assert "<svg" in demo.get(link).text
    svg, graphml = demo.get(f"{link}.svg"), demo.get(f"{link}.graphml")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert b"<graphml" in graphml.content
    assert re.fullmatch(
        r'attachment; filename="[0-9a-f]{16}\.svg"', svg.headers["content-disposition"]
    )
    assert demo.get(f"{link}.json").json()["nodes"]


@pytest.mark.parametrize("path", ["/", "/audit", "/sparql", "/nothing", "/static/site.css"])
def test_every_response_carries_the_policy_and_no_cookie(demo: TestClient, path: str) -> None:
    found = demo.get(path)
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in found.headers
    assert "access-control-allow-origin" not in found.headers


def test_only_the_names_of_this_machine_are_answered(demo: TestClient) -> None:
    assert demo.get("/about", headers={"host": "evil.example"}).status_code == 400
    assert demo.get("/about", headers={"host": "localhost:8007"}).status_code == 200


def test_pages_are_only_read(demo: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert demo.request(method, "/audit").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/answer/x", "/source/x", "/statement/x", "/graph/x", "/questions/x", "/node/x/y", "/x"],
)
def test_what_is_not_there_is_said_to_be_not_there(demo: TestClient, path: str) -> None:
    found = demo.get(path)
    assert found.status_code == 404
    assert "<h1>" in found.text


def test_a_page_of_the_answer_is_light(demo: TestClient) -> None:
    page = demo.get(demo.get("/").headers["location"])
    css = demo.get("/static/site.css")
    assert len(page.content) + len(css.content) < 100_000


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    said = [f"Grip strength rose by {n}.5 kg {text}" for n, text in enumerate(PAYLOADS, 1)]
    answer = "\n\n".join([PAYLOADS[0], *(f"{line} [1]." for line in said), f"[1] {PAYLOADS[1]}"])
    record = "\n".join([f"TITLE: {PAYLOADS[1]}\n", *(f"RESULTS: {line}." for line in said)])
    path, held = folder / "answer<b>.txt", folder / "record.txt"
    path.write_text(answer, encoding="utf-8")
    held.write_text(record, encoding="utf-8")
    inputs = Inputs((AnswerInput(path, (RecordInput(held, "1"),)),))
    publish(build(inputs), folder / "store")
    with site.client(folder / "store") as made:
        yield made


def test_a_text_from_a_document_is_text_on_every_page(hostile: TestClient) -> None:
    where = hostile.get("/").headers["location"]
    first = hostile.get(where)
    pages = [first.text, hostile.get("/audit").text, hostile.get("/about").text]
    for link in set(read(first.text).found):
        if "statement=" in link:
            opened = hostile.get(where + unescape(link).partition("#")[0]).text
            pages.append(opened)
            pages += [
                hostile.get(unescape(one).partition("#")[0]).text
                for one in read(opened).found
                if one.startswith(("/source/", "/graph/", "/statement/")) and "." not in one
            ]
    for page in pages:
        parsed = read(page)
        assert not [a for _, a in parsed.tags if any(name.startswith("on") for name in a)]
        assert "img" not in {tag for tag, _ in parsed.tags}
        scripts = [a.get("src") for tag, a in parsed.tags if tag == "script"]
        assert all(src and src.startswith("/static/") for src in scripts)
    shown = read(first.text).text
    for text in PAYLOADS:
        assert text in shown


def test_vendored_files_are_those_that_are_named_with_their_licences() -> None:
    named = set()
    for package in packages():
        assert package["license"] == "MIT"
        assert (VENDORED / package["license_file"]).read_text(encoding="utf-8").strip()
        named.add(package["license_file"])
        for file in package["file"]:
            content = (VENDORED / file["name"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"], file["name"]
            named.add(file["name"])
    assert {path.name for path in VENDORED.iterdir()} == named | {"VENDOR.toml"}
    assert tomllib.loads((VENDORED / "VENDOR.toml").read_text(encoding="utf-8"))


def test_what_cannot_be_served_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", str(tmp_path / "none")]) == 3
    assert "no store" in capsys.readouterr().err
    assert run(["serve"]) == 2
    assert "no store is given" in capsys.readouterr().err


@pytest.mark.parametrize(
    "path",
    [
        "/answer/a%20b", "/source/%00", "/node/a%22b", "/data/%5C", "/node/doc/x?char=a%20b",
        "/answer/%ff", "/graph/x.foo", "/statement/a%20b", "/graph/a%7Bb",
    ],
)  # fmt: skip
def test_an_address_that_names_nothing_is_not_found(demo: TestClient, path: str) -> None:
    found = demo.get(path, headers={"accept": "text/html, text/turtle;q=0.5"})
    assert found.status_code == 404
    assert "content-security-policy" in found.headers


def test_a_store_of_another_base_has_its_pages(tmp_path: Path) -> None:
    base = "https://other.example/"
    publish(build(read_corpus(assets.folder("demo")), base), tmp_path / "store", base)
    with site.client(tmp_path / "store", base=base) as asked:
        where = asked.get("/").headers["location"]
        assert asked.get(where, params={"statement": "s006"}).status_code == 200
        assert asked.get("/audit").status_code == 200


def test_what_is_served_stays_one_build_when_the_store_is_built_anew(tmp_path: Path) -> None:
    built = build(read_corpus(assets.folder("demo")))
    publish(built, tmp_path / "store")
    count = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"
    with site.client(tmp_path / "store", Limits(seconds=0.5)) as asked:
        before = asked.get("/sparql", params={"query": count})
        publish_quads(list(built.quads)[:1], tmp_path / "store")
        cross = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        for _ in range(6):
            assert asked.get("/sparql", params={"query": cross}).status_code == 504
        assert asked.get("/sparql", params={"query": count}).json() == before.json()
        assert "no build before" in asked.get("/compare").text


def test_each_form_of_a_description_has_its_own_tag(demo: TestClient) -> None:
    key = demo.get("/").headers["location"].rpartition("/")[2]
    tags = {
        demo.get(f"/data/doc/{key}", headers={"accept": kind}).headers["etag"]
        for kind in ("text/turtle", "application/n-triples")
    }
    assert len(tags) == 2
    assert "Accept" in demo.get(f"/id/doc/{key}").headers["vary"]
