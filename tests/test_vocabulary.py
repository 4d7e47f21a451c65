"""The reference pages: one for each term and query, every link leads somewhere, 40 constraints."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest

from kg import queries
from kg.vocabulary import Constraint, constraints, pages, terms, write

INVALID = Path(__file__).parent / "shapes" / "invalid"


def test_each_term_and_query_has_its_page_and_every_link_a_target() -> None:
    made = dict(pages())
    assert len([path for path in made if path.startswith("terms/")]) == len(terms())
    assert {f"queries/{query.name}.md" for query in queries.catalogue()} <= set(made)
    for path, text in made.items():
        for link in re.findall(r"\]\(([^)]+\.md)\)", text):
            target = PurePosixPath(path).parent / link
            assert str(target) in made, (path, link)


def test_each_page_of_a_term_has_its_definition() -> None:
    for name, facts in terms().items():
        assert facts.get("skos:definition"), name


def test_a_page_of_a_query_has_what_its_header_says() -> None:
    made = dict(pages())
    query = queries.get("Q19")
    page = made[f"queries/{query.name}.md"]
    said = [query.title, query.problem, query.solution, query.text.strip()]
    said += [parameter.meaning for parameter in query.parameters]
    said += [column.meaning for column in query.columns]
    assert [words for words in said if words not in page] == []


def test_the_constraints_are_numbered_without_a_gap() -> None:
    numbers = [constraint.number for constraint in constraints()]
    assert numbers == [f"C{number:02}" for number in range(1, 41)]


@pytest.mark.parametrize("constraint", constraints(), ids=lambda one: str(one.number))
def test_each_constraint_has_a_reason_and_a_file_that_breaks_it(constraint: Constraint) -> None:
    assert constraint.reason.endswith(".")
    broken = {path.name.partition("--")[0] for path in INVALID.glob("*.ttl")}
    assert {name for name, _ in constraint.shapes} & broken


def test_the_pages_are_written_below_a_folder(tmp_path: Path) -> None:
    assert write(tmp_path) == len(list(tmp_path.rglob("*.md")))
