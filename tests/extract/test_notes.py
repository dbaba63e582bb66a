"""Many notes of the same words become a few."""

from etl.extract.notes import thin
from etl.model import Note


def test_notes_are_told_in_the_order_of_their_lines() -> None:
    notes = (Note(7, "b"), Note(None, "whole file"), Note(3, "a"))
    assert thin(notes) == (Note(None, "whole file"), Note(3, "a"), Note(7, "b"))


def test_of_many_alike_the_first_are_told_and_the_rest_in_one() -> None:
    found = thin([Note(line, "no end") for line in range(1_200, 0, -1)] + [Note(21, "other")])
    assert found[:20] == tuple(Note(line, "no end") for line in range(1, 21))
    assert found[20:] == (Note(21, "1,180 more times, the last on line 1,200: no end"), Note(21, "other"))


def test_without_lines_they_are_counted_alone() -> None:
    assert thin([Note(None, "odd")] * 22)[-1] == Note(None, "2 more times: odd")
