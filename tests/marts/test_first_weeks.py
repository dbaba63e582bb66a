"""The owner's own first four weeks, against weeks worked out by hand; and the figures that stand under them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from etl.references import REFERENCES_FILE, references
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event

# Weeks from Monday 5 January: 2 h leading and 4 h managing; nothing; 8 h with patients at North; 2 h leading, 3 h of one's own.
# The fifth is not one of the first four.
WORK = (
    event("Strategy", "2026-01-07 09:00", "11:00"),
    event("Rota", "2026-01-08 09:00", "13:00", place="Riverside"),
    event("Surgery", "2026-01-20 09:00", "17:00", place="North"),
    event("Strategy", "2026-01-26 09:00", "11:00"),
    event("Gym", "2026-02-01 18:00", "21:00"),
    event("Strategy", "2026-02-03 08:00", "18:00"),
)


def first(desk: Desk, locations: list[str] | None = None) -> dict[str, dict[str, Any]]:
    return {row["role"]: row for row in desk.ask("first_weeks", locations=locations)}


def taken(folder: Path, *events: str, practice: str = PRACTICE) -> Desk:
    desk = at_desk(folder, practice)
    desk.take(("work.ics", calendar("Work", *events)))
    return desk


def test_the_first_four_weeks_by_role(tmp_path: Path) -> None:
    rows = first(taken(tmp_path, *WORK))
    assert list(rows) == ["leadership", "management", "clinical", "unclassified", "personal"]
    assert [row["hours_a_week"] for row in rows.values()] == pytest.approx([1, 1, 2, 0, 0.75])
    assert [row["share"] for row in rows.values()] == [0.25, 0.25, 0.5, 0, None]
    assert {row["work_hours_a_week"] for row in rows.values()} == {4}
    assert {(row["from_day"], row["to_day"], row["weeks"]) for row in rows.values()} == {
        (day("2026-01-05"), day("2026-02-01"), 4)
    }


def test_of_some_locations_the_same_weeks(tmp_path: Path) -> None:
    rows = first(taken(tmp_path, *WORK), ["North"])
    assert [row["hours_a_week"] for row in rows.values()] == [0, 0, 2, 0, 0]
    assert rows["clinical"]["share"] == 1
    assert {row["weeks"] for row in rows.values()} == {4}


def test_a_week_that_is_covered_from_its_friday_on_is_not_the_first(tmp_path: Path) -> None:
    rows = first(taken(tmp_path, event("Strategy", "2026-01-02 09:00", "18:00"), *WORK))
    assert rows["leadership"]["from_day"] == day("2026-01-05")
    assert rows["leadership"]["hours_a_week"] == 1


def test_one_old_event_is_no_beginning(tmp_path: Path) -> None:
    old = event("Rota", "2019-03-05 09:00", "10:00", uid="old"), event("Rota", "2019-03-07 09:00", "10:00", uid="old too")
    daily = event("Surgery", "2026-01-12 09:00", "13:00", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE;COUNT=18", uid="daily")
    rows = first(taken(tmp_path, *old, event("Strategy", "2026-01-06 09:00", "10:00"), daily))
    assert (rows["clinical"]["from_day"], rows["clinical"]["to_day"]) == (day("2026-01-12"), day("2026-02-08"))
    assert (rows["clinical"]["hours_a_week"], rows["management"]["hours_a_week"]) == (12, 0)
    rows = first(taken(tmp_path / "two", *old, event("Surgery", "2026-01-12 09:00", "13:00", "RRULE:FREQ=DAILY;COUNT=11")))
    assert rows["management"]["from_day"] == day("2019-03-04")  # two filled weeks are no rule


def test_a_week_that_begins_on_sunday(tmp_path: Path) -> None:
    sunday = PRACTICE.replace('time_zone = "UTC"', 'time_zone = "UTC"\nweek_starts = "sunday"')
    rows = first(
        taken(tmp_path, *WORK, practice=sunday)
    )  # Wednesday is the third day: the week is covered, from the 4th to the 31st
    assert (rows["leadership"]["from_day"], rows["leadership"]["to_day"]) == (day("2026-01-04"), day("2026-01-31"))
    assert rows["personal"]["hours_a_week"] == 0  # the gym was on the Sunday after


def test_fewer_weeks_than_four_say_how_many_and_none_is_no_row(tmp_path: Path) -> None:
    rows = first(taken(tmp_path, *WORK[:3]))  # ends on a Tuesday, which is too early to be a whole week
    assert {row["weeks"] for row in rows.values()} == {2}
    assert rows["leadership"]["hours_a_week"] == 1
    assert rows["clinical"]["hours_a_week"] == 0
    assert first(taken(tmp_path / "other", WORK[2])) == {}


def test_every_published_figure_says_whom_it_is_about_and_what_it_is_not() -> None:
    figures = references()
    assert len(figures) == 4
    for each in figures:
        assert all(len(text) > 3 and text == text.strip() for text in (each.population, each.year, each.source))
        assert any(sign.isdigit() for sign in each.year)
        assert each.is_not.startswith("Not ")
        assert each.is_not.endswith(".")
        assert any(sign.isdigit() for sign in each.says)
    numbers = [("43 %", "36 %", "27"), ("68.1 %", "31.9 %", "323"), ("8.7", "16.6 %", "4,720"), ("90 %", "35.9", "2009")]
    for each, wanted in zip(figures, numbers, strict=True):
        assert all(number in f"{each.says} {each.population} {each.year}" for number in wanted)


def test_nobody_multiplies_interruptions_by_minutes_to_refocus() -> None:
    entries = tomllib.loads(REFERENCES_FILE.read_text("utf-8"))["reference"]
    assert not any("refocus" in str(entry) or "23 min" in str(entry) for entry in entries)


def test_a_figure_without_its_limits_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "references.toml"
    file.write_text(
        "version = 1\n[[reference]]\nsays = 'Most lead for 10 h.'\npopulation = 'some'\nyear = '2020'\nsource = 'x'\n"
    )
    with pytest.raises(TypeError, match="is_not"):
        references(file)
