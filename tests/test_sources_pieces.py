"""Which lines belong together."""

from __future__ import annotations

from kg.model import Part
from kg.sources.lines import Mark
from kg.sources.pieces import Gathering, Piece, begins_item, joined, unmarked

_LONG = "Zelorimab was given to forty adults who walked"


def _piece(text: str, *, gap: bool = False, start: int = 0, mark: Mark | None = None) -> Piece:
    part = Part.PARAGRAPH if mark is None else Part.STEP
    return Piece(start, start + len(text), part, text, 0, gap, text, mark)


def test_a_line_that_was_broken_to_fit_goes_on() -> None:
    found = joined([_piece(_LONG, gap=True), _piece("Each day", start=50)])
    assert [(p.text, p.end) for p in found] == [(f"{_LONG}\nEach day", 58)]


def test_short_lines_and_lines_after_a_gap_stand_alone() -> None:
    assert len(joined([_piece("Safety"), _piece("Doses")])) == 2
    assert len(joined([_piece(_LONG), _piece("Each day", gap=True)])) == 2


def test_a_figure_at_the_beginning_of_a_broken_line_is_no_list_mark() -> None:
    mark = Mark("12.", 12, 4)
    figure = _piece("Then they rested", start=60, mark=mark)
    assert not begins_item(figure, _piece(_LONG))
    assert begins_item(figure, _piece("They walked."))
    assert joined([_piece(_LONG), figure])[0].text == f"{_LONG}\n12. Then they rested"


def test_a_mark_alone_takes_the_next_line() -> None:
    lone = Piece(0, 2, Part.STEP, "", 0, True, "", Mark("1.", 1, 2))
    [found] = joined([lone, _piece("Give 5 mg", start=3)])
    assert (found.part, found.text, found.mark) == (Part.STEP, "Give 5 mg", Mark("1.", 1, 2))


def test_a_mark_that_nothing_follows_is_furniture() -> None:
    [found] = joined([Piece(2, 2, Part.STEP, "", 0, True, "", Mark("1.", 1, 2))])
    assert (found.part, found.start, found.text) == (Part.FURNITURE, 0, "1.")


def test_unmarked_gives_the_mark_back() -> None:
    piece = unmarked(_piece("Doses", start=3, mark=Mark("2.", 2, 3)), Part.HEADING)
    assert (piece.start, piece.text, piece.mark) == (0, "2. Doses", None)


def test_a_gathering_joins_the_lines_of_each_piece() -> None:
    found = Gathering()
    assert found.last is None
    found.add(_piece("One"))
    found.extend(_piece("two", start=4))
    found.add(_piece("Three", start=8))
    assert [(p.start, p.end, p.text) for p in found.pieces()] == [
        (0, 7, "One\ntwo"), (8, 13, "Three"),
    ]  # fmt: skip
