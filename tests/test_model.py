"""The frozen nouns: passages cut exactly, families sorted, nothing that can be changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import model
from kg.model import (
    Document,
    DocumentRole,
    Dossier,
    Part,
    Scope,
    Statement,
    StatementKind,
    document_of,
)
from kg.terms import digest
from tests.sample_dossier import sample
from tests.strategies import dossiers

CLASSES = [getattr(model, name) for name in model.__all__ if is_dataclass(getattr(model, name))]
FEW = settings(max_examples=15)


def _document(text: str) -> Document:
    return document_of(digest(text), "a.txt", DocumentRole.ANSWER, "answer-text", text)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: str(cls.__name__))
def test_a_noun_is_frozen_and_has_slots(cls: type) -> None:
    assert cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(cls)


def test_a_node_cannot_be_changed() -> None:
    statement = Statement("statement/1", "s001", "doc/ab", "doc/ab#char=0,1", StatementKind.CLAIM)
    with pytest.raises(FrozenInstanceError):
        statement.kind = StatementKind.EDITORIAL  # type: ignore[misc]


@given(st.text(min_size=1, max_size=30), st.data())
def test_a_passage_is_the_slice_that_it_names(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = _document(text)
    passage = document.passage(start, end, Part.BULLET)
    assert passage.id == f"{document.id}#char={start},{end}"
    assert (passage.document, passage.part) == (document.id, Part.BULLET)
    assert passage.sha256 == digest(text[start:end])


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 6)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no text at"):
        _document("pains").passage(start, end)


def test_a_document_without_text_gives_no_passage() -> None:
    with pytest.raises(ValueError, match="no text at"):
        replace(_document("pain"), text=None).passage(0, 1)


def test_a_document_is_named_by_its_bytes_and_counts_code_points() -> None:
    document = document_of(
        "ab" * 32, "a.txt", DocumentRole.RECORD, "text", "é𝒳", (Scope.METADATA, Scope.ABSTRACT)
    )
    assert document.id == f"doc/{'ab' * 16}"
    assert document.chars == 2
    assert document.scope == (Scope.ABSTRACT, Scope.METADATA)


@FEW
@given(dossiers())
def test_normalising_twice_is_normalising_once(dossier: Dossier) -> None:
    once = dossier.normalised()
    assert once.normalised() == once
    for family in (getattr(once, field.name) for field in fields(once)):
        names = [node.id for node in family]
        assert names == sorted(set(names))


@FEW
@given(dossiers(), dossiers())
def test_merging_is_the_same_in_any_order_but_for_the_first_of_an_id(
    one: Dossier, other: Dossier
) -> None:
    both, back = one.merge(other), other.merge(one)
    assert [node.id for node in both.nodes()] == [node.id for node in back.nodes()]
    assert one.merge() == one.merge(one)
    assert Dossier().merge(one) == one.merge(Dossier())


def test_normalising_sorts_the_sets_that_nodes_hold() -> None:
    statement = sample().statements[0]
    held = replace(statement, headings=("heading/2", "heading/1", "heading/2"))
    (kept,) = Dossier(statements=(held,)).normalised().statements
    assert kept.headings == ("heading/1", "heading/2")


def test_every_family_is_of_nodes_with_an_id() -> None:
    nodes = list(sample().nodes())
    assert len(nodes) == len({node.id for node in nodes})
    assert {type(node) for node in nodes} <= set(CLASSES)


def test_all_names_are_public_and_sorted() -> None:
    assert [*model.__all__] == sorted(model.__all__, key=lambda name: (name[0].islower(), name))
    assert all(hasattr(model, name) for name in model.__all__)
