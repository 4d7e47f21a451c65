"""Names of sections and the labels that they make."""

from __future__ import annotations

import pytest

from kg.model import Part
from kg.sources.sections import dotted_at, label_at, names, part_of
from kg.text.lexicon import rows


def test_every_example_of_the_table_gives_the_part_of_its_row() -> None:
    for row in rows("sections.tsv"):
        label = label_at(row[3])
        assert (label.part if label else part_of(row[3])) is Part(row[0])


def test_every_name_of_the_table_is_known_in_any_case() -> None:
    for row in rows("sections.tsv"):
        for name in row[1].split("|"):
            assert part_of(name.strip().upper()) is not None


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("2.1 Methods", Part.METHODS),
        ("IV. Results:", Part.RESULTS),
        ("Background/Aims", Part.OBJECTIVE),
        ("Aims/Methods", Part.METHODS),
        ("Walking", None),
        ("", None),
    ],
)
def test_numbers_colons_and_plurals_do_not_count(name: str, part: Part | None) -> None:
    assert part_of(name) is part


def test_a_label_needs_its_colon_or_dash() -> None:
    assert label_at("Results were good.") is None
    dashed = label_at("Results – They fell.")
    assert dashed is not None
    assert dashed.length == 10


def test_dotted_labels_take_the_last_name_that_is_known() -> None:
    dotted = dotted_at("BODY.WALKING.RESULTS: They fell.")
    assert dotted is not None
    assert (dotted.part, dotted.length) == (Part.RESULTS, 22)
    assert dotted_at("WALKING.RESULTS:") is None


def test_the_table_cannot_be_emptied_by_accident() -> None:
    assert set(names().values()) >= {Part.METHODS, Part.RESULTS, Part.CONCLUSIONS, Part.KEYWORDS}
