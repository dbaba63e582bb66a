"""Places that wait are put together where they mean one place, and nowhere else; what is suggested for them."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import place_signs
from etl.place_groups import PlaceGroup, WaitingPlace, groups
from etl.place_words import Texts, with_words, words_for
from etl.practice import Practice, parse
from etl.transform.places import Places

PRACTICE = parse(
    """
[practice]
name = "Maple Vets"
[[location]]
name = "North"
aliases = ["12 Mill Road"]
[[location]]
name = "Harbour"
aliases = ["Pier 9"]
[[location]]
name = "Eastgate Animal Hospital"
"""
)
ONE = parse("[[location]]\nname = 'North'")


def grouped(*texts: str, practice: Practice = PRACTICE, times: int = 5, apart: Sequence[str] = ()) -> list[PlaceGroup]:
    """The groups of places of falling hours, in which a calendar called Work has them all."""
    rows = [WaitingPlace(text, 100.0 - at, times, "Monday", "Work") for at, text in enumerate(texts)]
    return list(groups(rows, practice, apart=apart))


def together(*texts: str, practice: Practice = PRACTICE) -> set[frozenset[str]]:
    return {frozenset(group.texts) for group in grouped(*texts, practice=practice)}


ONE_PLACE = [
    ("1204 Mill Rd Suite 3, Riverside ON", "Riverside – Exam 2"),
    ("1204 Mill Rd Suite 3, Riverside ON", "Suite 5, 1204 Mill Road", "1204 MILL RD."),
    ("Riverside – Exam 2", "riverside, room 3", "RIVERSIDE Op 1", "Riverside Veterinary Clinic"),
    ("Riverside", "River side", "Riversdie", "Rivreside op 2"),
    ("Riverside Cat Clinic", "Riverside"),
    ("Exam 2", "Exam 3"),
    (
        "Zoom",
        "us02web.zoom.us",
        "teams.microsoft.com",
        "Microsoft Teams Meeting",
        "Phone",
        "Video call",
        "Zoom – Dr Patel",
        "meet",
    ),
    ("Home", "at home", "home office", "Working from home", "WFH"),
    ("123 5th Ave, Lakeside", "Lakeside"),
    ("Mühlenstraße 12", "Mühlenstrasse 12, Raum 2"),
]


@pytest.mark.parametrize("texts", ONE_PLACE, ids=lambda texts: texts[0])
def test_these_are_one_place(texts: Sequence[str]) -> None:
    assert together(*texts) == {frozenset(texts)}


TWO_PLACES = [
    ("1204 Mill Rd", "1206 Mill Rd"),
    ("1204 Mill Rd, Riverside ON", "88 Oak Ave, Riverside ON"),
    ("12 Main St, Springfield, Illinois", "14 Oak St, Shelbyville, Illinois"),
    ("Clinic 1", "Clinic 2"),
    ("Mill", "Hill"),
    ("Westfield", "Eastfield"),
    ("Exam 2", "Room 3"),
    ("Old barn", "New barn"),
    ("Home", "Nursing home"),
    ("Zoom", "Zoomtown Plaza"),
    ("Meet at the barn", "meet"),
    ("Riverside", "Riverside cafe"),
    ("Maple Oakville", "Maple Kingsway"),  # of the practice's own name
]


@pytest.mark.parametrize("texts", TWO_PLACES, ids=lambda texts: texts[0])
def test_these_are_two_places(texts: Sequence[str]) -> None:
    assert together(*texts) == {frozenset([text]) for text in texts}


def test_a_name_at_two_addresses_belongs_to_neither() -> None:
    texts = ("1204 Mill Rd, Riverside", "88 Oak Ave, Riverside", "Riverside – Exam 2")
    assert together(*texts) == {frozenset([text]) for text in texts}


def test_rooms_of_two_calendars_are_apart() -> None:
    rows = [WaitingPlace("Exam 2", 2.0, 1, "Monday", "One"), WaitingPlace("Exam 3", 1.0, 1, "Monday", "Two")]
    assert [group.texts for group in groups(rows, PRACTICE)] == [("Exam 2",), ("Exam 3",)]


def test_zoom_beside_a_place_is_at_the_place() -> None:
    assert together("Zoom / Riverside", "Riverside – Exam 2", "Zoom") == {
        frozenset(["Zoom / Riverside", "Riverside – Exam 2"]),
        frozenset(["Zoom"]),
    }


@pytest.mark.parametrize(
    ("texts", "location", "new", "at_least"),
    [
        (["Zoom"], "Practice-wide", False, 0.9),
        (["WFH"], "Practice-wide", False, 0.9),
        (["12 Mill Rd, Exam 4"], "North", False, 0.9),
        (["Harbuor"], "Harbour", False, 0.9),
        (["East Gate"], "Eastgate Animal Hospital", False, 0.9),
        (["Mill Road"], "North", False, 0.5),
        (["Hilton hotel"], "Practice-wide", False, 0.5),
        (["14 Mill Rd"], "14 Mill Rd", True, 0.5),
        (["1204 Mill Rd Suite 3, Riverside ON", "riverside – exam 2"], "Riverside", True, 0.7),
        (["riverside – exam 2", "RIVERSIDE"], "Riverside", True, 0.7),
        (["Exam 2"], "", False, 0.0),
        (["???"], "", False, 0.0),
    ],
    ids=lambda value: str(value),
)
def test_what_is_suggested(texts: Sequence[str], location: str, new: bool, at_least: float) -> None:
    (group,) = grouped(*texts)
    found = group.suggestion
    assert (found.location, found.new) == (location, new)
    assert at_least <= found.sure <= 1
    assert found.reason


def test_what_is_seldom_or_near_to_two_is_not_sure() -> None:
    (group,) = grouped("Old barn", times=2)
    assert group.suggestion.sure < 0.5
    (group,) = grouped("Oaks", practice=parse("[[location]]\nname='Oaks East'\n[[location]]\nname='Oaks West'"))
    assert (group.suggestion.location, group.suggestion.sure) == ("", 0)


def test_a_room_of_a_practice_with_one_location_is_there() -> None:
    (group,) = grouped("Exam 2", practice=ONE)
    assert group.suggestion.location == "North"


def test_a_new_name_stands_in_no_other_place() -> None:
    rows = [WaitingPlace("Lakeside – Exam 2", 3.0, 9), WaitingPlace("12 Oak St, Lakeside", 2.0, 9)]
    located = ["North, by the Lakeside"]
    (group,) = groups(rows, PRACTICE, located)
    assert group.suggestion.location not in ("", "Lakeside")


def test_what_is_apart_is_a_group_of_its_own() -> None:
    found = grouped("Riverside", "Riverside op 1", "Riverside op 2", apart=["Riverside op 1"])
    assert [group.texts for group in found] == [("Riverside", "Riverside op 2"), ("Riverside op 1",)]


def test_a_group_sums_its_places() -> None:
    rows = [WaitingPlace("Riverside", 1.0, 2, "Friday"), WaitingPlace("Riverside op 1", 2.5, 3, "Monday")]
    (group,) = groups(rows, PRACTICE)
    assert (group.texts, group.hours, group.times, group.weekday) == (("Riverside op 1", "Riverside"), 3.5, 5, "Monday")


WORDS = ["Riverside", "Riversdie", "River", "side", "Lakeside", "Mill", "12", "1204", "Rd", "St", "Exam", "2", "Suite", "Zoom",
         "zoom.us", "home", "at", "hotel", "North", "Clinic", "Barn", "Old", "ON", "–", ",", "(", "ß", "İ", "???"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
ROWS = st.lists(
    st.builds(
        WaitingPlace,
        place=TEXTS | st.text(min_size=1, max_size=12),
        hours=st.sampled_from([0.5, 1.0, 2.0]),
        times=st.integers(1, 5),
        weekday=st.sampled_from(["Monday", "Friday"]),
        calendars=st.sampled_from(["Work", "Clinic"]),
    ),
    unique_by=lambda row: row.place,
    max_size=14,
)


@given(ROWS, st.randoms(use_true_random=False), st.booleans())
def test_groups_are_a_partition_and_the_order_of_rows_does_not_matter(
    rows: list[WaitingPlace], chance: random.Random, split: bool
) -> None:
    apart = [row.place for row in rows[::3]] if split else []
    found = groups(rows, PRACTICE, apart=apart)
    texts = [text for group in found for text in group.texts]
    assert sorted(texts) == sorted(row.place for row in rows)
    assert all(len(group.places) == 1 for group in found if set(group.texts) & set(apart))
    assert all(0 <= group.suggestion.sure <= 1 for group in found)
    mixed = list(rows)
    chance.shuffle(mixed)
    assert groups(mixed, PRACTICE, apart=apart) == found


@given(ROWS, st.lists(TEXTS, max_size=6), st.sampled_from(["North", "Practice-wide", "Riverside", "New Place"]))
def test_the_words_of_an_answer_move_its_places_and_no_other(rows: list[WaitingPlace], more: list[str], location: str) -> None:
    now = Places(PRACTICE)
    waiting = [row for row in rows if now.settles(row.place) is None]
    texts = Texts([*(row.place for row in rows), *more], ["Riverside budget", "Barn"])
    for group in groups(waiting, PRACTICE, more):
        words = words_for(group.texts, location, PRACTICE, texts)
        if words is None:
            continue
        then = Places(with_words(PRACTICE, words))
        assert {then.settles(text) for text in group.texts} == {location}
        others = texts.places - set(group.texts)
        assert {text: then.settles(text) for text in others} == {text: now.settles(text) for text in others}


@pytest.mark.parametrize(
    ("asked", "location", "places", "others", "words"),
    [
        (["1204 Mill Rd Suite 3, Riverside ON", "Riverside – Exam 2"], "New", [], [], ("Riverside",)),
        (["1204 Mill Rd Suite 3, Riverside ON", "Suite 5, 1204 Mill Rd"], "New", [], [], ("1204 Mill Rd",)),
        (["1204 Mill Rd", "Suite 5, 1206 Mill Rd"], "New", [], [], ("Mill Rd",)),
        (["1204 Mill Rd", "Suite 5, 1206 Mill Rd"], "New", ["8 Mill Rd, North"], [], ("1204 Mill Rd", "1206 Mill Rd")),
        (["Oaks – Exam 2"], "North", [], ["Oaks budget"], ("Oaks – Exam 2",)),
        (["Oaks – Exam 2"], "North", [], ["Oaks walk, North"], ("Oaks",)),
        (["Exam 2", "Exam 3"], "North", [], [], ("Exam 2", "Exam 3")),
        (["Riverside – Exam 2"], "Riverside", [], ["Riverside budget"], ()),
        (["us02web.zoom.us", "Zoom"], "Practice-wide", [], ["Zoom training"], ("Zoom",)),
        (["us02web.zoom.us"], "Practice-wide", ["Zoom, North"], [], ("zoom.us",)),
        (["Home", "home office"], "Practice-wide", [], [], ("Home", "home office")),
    ],
)
def test_the_words_are_the_fewest_that_are_sure(
    asked: list[str], location: str, places: list[str], others: list[str], words: tuple[str, ...]
) -> None:
    found = words_for(asked, location, PRACTICE, Texts([*asked, *places], others))
    assert found is not None
    assert found.words == words


def test_no_words_where_whole_texts_would_take_another_place_along() -> None:
    assert words_for(["Barn"], "North", PRACTICE, Texts(["Barn", "Old barn"], [])) is None
    assert words_for(["Home"], "Practice-wide", PRACTICE, Texts(["Home", "Nursing home"], [])) is None
    assert words_for(["Oak"], "Barn", PRACTICE, Texts(["Oak", "Old barn"], [])) is None, "the new name itself is in another"
    both = words_for(["Barn", "Old barn"], "North", PRACTICE, Texts(["Barn", "Old barn"], []))
    assert both is not None
    assert both.words == ("Barn",)


def test_how_many_titles_name_it_too_is_counted() -> None:
    found = words_for(["Lakeside"], "Lakeside", PRACTICE, Texts(["Lakeside"], ["Lakeside budget", "Budget", "At lakeside"]))
    assert found is not None
    assert found.also == 2


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Suite 3, 1204 Mill Rd, Riverside", "1204 Mill Rd"),
        ("exam 2 1204 old mill road", "1204 old mill road"),
        ("Riverside", ""),
        ("12 St Clair Ave W", "12 St Clair Ave"),
    ],
)
def test_an_address_is_as_it_is_written(text: str, address: str) -> None:
    assert place_signs.address_in(text, place_signs.read(text)) == address
