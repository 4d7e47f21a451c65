"""The look at a query's words: what is refused however it is written, and what never is."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import queries
from kg.store import QueryError
from kg.store.scan import MAX_DEPTH, MAX_LENGTH, graphs_named, scan

HIDDEN = (
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { service<http://x/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE <http://x/> {} }",
    "SELECT * { ?s ?p 1.SERVICE <http://x/> {} }",
    "SELECT * { ?s ?p <a>.SERVICE#c\n<http://x/> {} }",
    "SELECT * { ?s ?p x:y . SERVICE?g {} }",
    'SELECT * { ?s ?p "a"@en.SERVICE SILENT <http://x/> {} }',
    "SELECT * { OPTIONAL { ?a ?b <http://e/\u00a0#> } SERVICE SILENT <http://x/> { ?s ?p ?o } }",
    "PREFIX e: <http://e/> SELECT * { ?x ?y e:.SERVICE SILENT <http://x/> { ?s ?p ?o } }",
    r'SELECT * { OPTIONAL {?a <http://e/\u0061#> "\u0022"} SERVICE <http://x/> {} OPTIONAL '
    r'{?s ?p "\u0022"} }',
    "SELECT * { ?s ?p 1SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://x/> { ?s ?p ?o } }",
    "PREFIX : <http://x/> SELECT * { ?s ?p trueSERVICE:y { ?s ?p ?o } }",
    'SELECT * { ?s ?p ?a, ?b FILTER(?a<?b#>"""\n) SERVICE <http://x/> { ?s ?p ?o } } #"""',
    "LOAD <http://x/>",
)
HARMLESS = (
    'SELECT * { ?s ?p "SERVICE" } # SERVICE <http://x/>',
    "SELECT ?service { ?service ?load ?o }",
    "PREFIX service: <http://x/SERVICE> SELECT * { ?s service:load ?o }",
    "SELECT * { ?s <http://x/SERVICE> '''a SERVICE ''' }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    'SELECT * { ?s ?p """a "quoted" SERVICE""" , "\\"" }',
    r'SELECT ("\u0022" AS ?x) {}',
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
)
CRAFTED = (
    '"""\\' * 24_000, "a." * 49_000, "<" * 99_000, "<a" * 49_000, "'\"\"\"" * 20_000,
    "a-" * 49_000, "#" * 99_000, "\\" * 99_000, "?" * 99_000, ":" * 99_000,
)  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
def test_what_reaches_out_is_found_however_it_is_written(text: str) -> None:
    for look in (scan, graphs_named):
        with pytest.raises(QueryError, match=r"server|document"):
            look(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_word_in_a_text_a_name_or_a_comment_is_no_keyword(text: str) -> None:
    scan(text)


@pytest.mark.parametrize("query", queries.catalogue(), ids=lambda query: str(query.name))
def test_no_catalogued_query_is_refused(query: queries.Query) -> None:
    assert scan(query.text) == graphs_named(query.text) == ()


def test_the_graphs_of_from_are_told_with_their_prefixes() -> None:
    text = (
        "PREFIX e: <http://e/> PREFIX : <http://d/> SELECT * FROM e:a FROM NAMED :b "
        "from <http://c/> FROM e:a WHERE { ?s ?p ?o . ?from ?named <http://not/> }"
    )
    assert scan(text) == ("http://e/a", "http://d/b", "http://c/")
    assert scan("BASE <http://e/> ASK FROM <a> {}") == ("http://e/a",)
    assert scan("PREFIX e: <http://e/> ASK FROM e:a\\-b {}") == ("http://e/a-b",)


@pytest.mark.parametrize("text", CRAFTED, ids=lambda text: str(text[:6]))
def test_a_crafted_text_is_looked_at_in_one_pass(text: str) -> None:
    # each took minutes where a pattern was tried at every character; now all of them take a blink
    for look in (scan, graphs_named):
        with contextlib.suppress(QueryError):
            look(text)


_WORDS = (
    "SELECT", "*", "from", "FROM", "Named", "NAMED", "#", "\n", " ", "<http://e/a>", "e:a", ":b",
    "e\u00b7:a", "PREFIX", "{", "}", "(", ")", "?from", "'x'", '"', "\\u0046ROM", "BASE", "load",
    "SERVICE", "a", "9", "from here", "<", ".", "xfrom", "\t", "-", "long" * 30 + ":z",
)  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=40).map("".join))
@example("SELECT * FROM#c\n<http://e/a> {}")
@example("SELECT * FROM" + "long" * 30 + ":z {}")
@example("SELECT * fromnamede:a {}")
def test_the_quick_look_misses_nothing(text: str) -> None:
    try:
        expected = scan(text)
    except QueryError as error:
        if "does not end" not in str(error):
            with pytest.raises(QueryError):
                graphs_named(text)
    else:
        assert graphs_named(text) == expected


def test_depth_and_length_have_an_end() -> None:
    scan("{" * MAX_DEPTH + "}" * MAX_DEPTH)
    with pytest.raises(QueryError, match="deeper"):
        scan("{" * (MAX_DEPTH + 1))
    scan(" " * MAX_LENGTH)
    with pytest.raises(QueryError, match="longer"):
        scan(" " * (MAX_LENGTH + 1))


def test_a_string_without_its_end_is_told_with_its_line() -> None:
    with pytest.raises(QueryError, match="line 2"):
        scan('SELECT *\n{ ?s ?p "never }\n')


@given(st.text(max_size=60))
def test_any_text_is_looked_at(text: str) -> None:
    with contextlib.suppress(QueryError):
        scan(text)


@given(st.text(alphabet="\"'\\ab\n{}", max_size=30))
def test_brackets_within_strings_do_not_count(text: str) -> None:
    inside = text.replace("\\", "").replace('"', "").replace("\n", "").replace("'", "")
    scan(f'SELECT * {{ ?s ?p "{inside}" }}')
