"""Answers about places are kept in practice.toml, and move what was asked for and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import changes, places_desk
from etl.model import Refused
from etl.places_desk import InTheWay, PlaceAnswer, PlacesWaiting
from tests.making import PRACTICE, Desk, at_desk, calendar, event

LAKESIDE = ("1204 Mill Rd Suite 3, Lakeside ON", "Lakeside – Exam 2")
# Hours: Lakeside 4 + 1, Zoom 3, home 2, Barn 1, Old barn 1, and what is at North by its place or its title.
WORK = (
    "work.ics",
    calendar(
        "Work",
        event("Zq 1", "2026-01-05 09:00", "13:00", place=LAKESIDE[0].replace(",", "\\,")),
        event("Zq 2", "2026-01-06 09:00", "10:00", place=LAKESIDE[1]),
        event("Zq 3", "2026-01-07 09:00", "12:00", place="https://us02web.zoom.us/j/555123?pwd=9"),
        event("Zq 4", "2026-01-08 09:00", "11:00", place="Home"),
        event("Zq 5", "2026-01-09 09:00", "10:00", place="Barn"),
        event("Zq 6", "2026-01-12 09:00", "10:00", place="Old barn"),
        event("Zq 7", "2026-01-13 09:00", "10:00", place="12 Mill Road"),
        event("Zq North", "2026-01-14 09:00", "10:00", place="zoom.us"),
    ),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_desk(tmp_path / "desk", PRACTICE + "# the end\n")
    desk.take(WORK)
    return desk


def by_location(desk: Desk) -> dict[str, float]:
    return {location: hours for (_, location), hours in desk.hours().items()}


def waits(desk: Desk) -> set[str]:
    return {row["place"] for row in desk.ask("places_waiting")}


def test_what_waits_in_groups_with_the_curve(desk: Desk) -> None:
    found = places_desk.waiting(desk.db)
    assert [group.texts for group in found.groups] == [LAKESIDE, ("us02web.zoom.us",), ("Barn", "Old barn"), ("Home",)]
    assert (found.places, found.hours) == (6, 12)
    assert found.curve == pytest.approx((5 / 12, 8 / 12, 10 / 12, 1))
    assert [found.answers_for(share) for share in (0, 0.4, 0.5, 8 / 12, 0.9, 1)] == [1, 1, 2, 2, 4, 4]
    apart = places_desk.waiting(desk.db, apart=["Barn"])
    assert {group.texts for group in apart.groups} >= {("Barn",), ("Old barn",)}


def test_nothing_waits_where_nothing_is_stored(tmp_path: Path) -> None:
    assert places_desk.waiting(tmp_path / "none.duckdb") == PlacesWaiting()
    assert PlacesWaiting().answers_for(0.9) == 0


def test_each_suggestion_moves_its_own_places_alone(desk: Desk) -> None:
    for group in places_desk.waiting(desk.db).groups:
        located = dict(desk.sql("select place_text, own_location from filings where own_location is not null"))
        waiting = waits(desk)
        settled = places_desk.answer(desk.db, [PlaceAnswer(group.texts, group.suggestion.location)])
        assert (settled.places, settled.hours, settled.left) == (len(group.places), group.hours, 0)
        assert waits(desk) == waiting - set(group.texts)
        now = dict(desk.sql("select place_text, own_location from filings where own_location is not null"))
        assert now == located | dict.fromkeys(group.texts, group.suggestion.location)
        assert desk.practice.read_text("utf-8") == changes.practice_text(desk.db)
    assert desk.broken() == []
    assert by_location(desk) == {"Lakeside": 5, "Practice-wide": 5, "Barn": 2, "North": 2}


def test_all_in_one_go_and_remarks_stay(desk: Desk) -> None:
    groups = places_desk.waiting(desk.db).groups
    settled = places_desk.answer(desk.db, [PlaceAnswer(group.texts, group.suggestion.location) for group in groups])
    assert (settled.places, settled.hours, settled.left, settled.also) == (6, 12, 0, 0)
    written = desk.practice.read_text("utf-8")
    assert 'practice_wide = ["zoom.us", "Home"]' in written
    assert "# the end" in written
    before = desk.hours()
    desk.take(("work.ics", WORK[1].replace(b"END:VCALENDAR", event("More", "2026-02-02 09:00").encode() + b"\r\nEND:VCALENDAR")))
    assert desk.hours() == before


def test_a_place_that_belongs_to_no_location_leaves_what_its_title_says(desk: Desk) -> None:
    places_desk.answer(desk.db, [PlaceAnswer(("us02web.zoom.us",), "practice-wide")])
    assert desk.sql("select location from occurrences where title = 'Zq North'") == [("North",)]
    assert desk.sql("select own_location from filings where title = 'Zq 3'") == [("Practice-wide",)]


def test_an_answer_may_name_a_location_in_any_case_or_by_another_word(desk: Desk) -> None:
    places_desk.answer(desk.db, [PlaceAnswer(("Barn", "Old barn"), " 12  mill ROAD ")])
    assert by_location(desk)["North"] == 4
    assert 'aliases = ["12 Mill Road", "Barn"]' in desk.practice.read_text("utf-8")


def test_an_answer_that_would_take_another_place_along_is_refused_and_names_none_of_them(desk: Desk) -> None:
    before = desk.practice.read_bytes(), desk.hours()
    with pytest.raises(InTheWay) as caught:
        places_desk.answer(desk.db, [PlaceAnswer(("Barn",), "Riverside")])
    assert caught.value.places == ("Old barn",)
    assert "barn" not in str(caught.value).lower()
    assert "1 other place that would move too" in str(caught.value)
    assert (desk.practice.read_bytes(), desk.hours()) == before


def test_it_is_taken_once_the_other_is_answered_even_in_the_same_go(desk: Desk) -> None:
    settled = places_desk.answer(desk.db, [PlaceAnswer(("Barn",), "Riverside"), PlaceAnswer(("Old barn",), "North")])
    assert (settled.places, settled.left) == (2, 0)
    assert by_location(desk) | {"Practice-wide": 0} == {"Riverside": 1, "North": 3, "Practice-wide": 0}


def test_what_cannot_be_kept_is_left_and_the_rest_is_kept(desk: Desk) -> None:
    settled = places_desk.answer(desk.db, [PlaceAnswer(("Barn",), "Riverside"), PlaceAnswer(("Home",), "Practice-wide")])
    assert (settled.places, settled.hours, settled.left) == (1, 2, 1)
    assert "Barn" in waits(desk)


def test_a_place_that_names_a_location_already_is_no_question(desk: Desk) -> None:
    with pytest.raises(Refused, match="names another location already"):
        places_desk.answer(desk.db, [PlaceAnswer(("12 Mill Road",), "Riverside")])


def test_a_practice_file_that_was_edited_meanwhile_stays(desk: Desk) -> None:
    desk.practice.write_text(PRACTICE + "# by hand\n", "utf-8")
    with pytest.raises(Refused, match="it was changed outside of the dashboard"):
        places_desk.answer(desk.db, [PlaceAnswer(("Home",), "Practice-wide")])
    assert "Home" in waits(desk)


def test_of_a_clinical_place_the_owners_words_for_no_location_are_kept_and_no_more(tmp_path: Path) -> None:
    practice = PRACTICE + "[places]\npractice_wide = ['zoom.us']\n[[rule]]\nrole = 'clinical'\ntitle = 'Zs'\n"
    desk = at_desk(tmp_path / "desk", practice)
    clinic = calendar(
        "Clinic",
        event("At Riverside", "2026-01-05"),
        event("Zs Lovelace", "2026-01-05 09:00", "10:00", place="Lovelace\\, zoom.us/j/99"),
        event("Zs Byron", "2026-01-06 09:00", "10:00", place="Byron's house"),
    )
    desk.take(("clinic.ics", clinic))
    stored = [("zoom.us", "Practice-wide"), (None, None)]
    query = "select place_text, own_location from filings where not all_day order by own_location nulls last"
    assert desk.sql(query) == stored
    changes.use_practice(desk.db, practice.replace('name = "Maple"', 'name = "Oak"'))
    assert desk.sql(query) == stored, "counted anew it is as it was loaded"
    assert not desk.has("lovelace")
    assert not desk.has("byron")
