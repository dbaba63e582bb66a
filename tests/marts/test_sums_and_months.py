"""The sums that pages state stand in the marts; long times are told by the month."""

from pathlib import Path
from typing import Any

import pytest

from tests.making import PRACTICE, Desk, at_desk, calendar, day, event

JANUARY_ON: dict[str, Any] = {"from_day": day("2026-01-05"), "to_day": day("2026-03-08"), "locations": None}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Nine weeks: a surgery at North (4 h), a rota for North (1 h), one for Riverside (3 h), strategy (2 h), the gym."""
    desk = at_desk(tmp_path_factory.mktemp("sums") / "desk", PRACTICE)
    work = calendar(
        "Work",
        event("Surgery", "2026-01-05 09:00", "13:00", place="North"),
        event("Rota", "2026-01-31 09:00", "10:00", place="North"),
        event("Rota", "2026-02-28 09:00", "12:00", place="Riverside"),
        event("Strategy", "2026-03-06 09:00", "11:00"),
        event("Gym", "2026-03-06 18:00", "19:30"),
    )
    desk.take(("work.ics", work))
    return desk


def test_all_work_together_stands_beside_each_role(desk: Desk) -> None:
    rows = desk.ask("hours_by_role", **JANUARY_ON, before_from=None, before_to=None)
    assert [(row["work_hours"], row["work_hours_a_week"], row["work_hours_a_week_before"]) for row in rows] == [
        (pytest.approx(10), pytest.approx(10 / 9), None)
    ] * 5
    march = {"from_day": day("2026-03-02"), "to_day": day("2026-03-08"), "locations": None}
    before = desk.ask("hours_by_role", **march, before_from=day("2026-02-23"), before_to=day("2026-03-01"))
    assert {(row["work_hours"], row["work_hours_a_week_before"]) for row in before} == {(2.0, 3.0)}


def test_a_location_has_its_sum_and_its_part_of_each_role(desk: Desk) -> None:
    rows = desk.ask("hours_by_location", **JANUARY_ON)
    assert {row["location"]: row["location_hours"] for row in rows} == {"North": 5, "Riverside": 3, "Practice-wide": 2}
    assert {round(row["placed_hours_a_week"], 6) for row in rows} == {round(8 / 9, 6)}
    assert {round(row["all_hours_a_week"], 6) for row in rows} == {round(10 / 9, 6)}
    parts = {(row["location"], row["role"]): row["share_of_role"] for row in rows}
    assert (parts["North", "management"], parts["Riverside", "management"]) == (0.25, 0.75)
    assert (parts["North", "clinical"], parts["Riverside", "clinical"]) == (1, 0)
    assert parts["North", "leadership"] is None  # none of it was for one location
    assert {parts["Practice-wide", role] for role in ("leadership", "management", "clinical")} == {None}


def test_months_are_whole_months(desk: Desk) -> None:
    rows = desk.ask("weekly_hours", **JANUARY_ON, grain="month")
    worked = [(str(row["begins"]), row["role"], row["hours"], row["finished"]) for row in rows if row["hours"]]
    assert worked == [
        ("2026-01-01", "management", 1, False),  # its first days are not covered
        ("2026-01-01", "clinical", 4, False),
        ("2026-02-01", "management", 3, True),
        ("2026-03-01", "leadership", 2, False),  # the period ends on the 8th
        ("2026-03-01", "personal", 1.5, False),
    ]
    by_location = desk.ask("weekly_by_location", **JANUARY_ON, grain="month")
    assert {(str(row["begins"]), row["location"]): row["location_hours"] for row in by_location if row["location_hours"]} == {
        ("2026-01-01", "North"): 5,
        ("2026-02-01", "Riverside"): 3,
        ("2026-03-01", "Practice-wide"): 2,
    }


def test_what_is_covered_reaches_to_the_free_ends_of_a_week(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE)
    desk.take(
        ("work.ics", calendar("Work", event("Rota", "2026-01-06 09:00", "10:00"), event("Rota", "2026-01-16 09:00", "10:00")))
    )
    (row,) = desk.ask("practice")
    assert (row["first_day"], row["covered_from"]) == (day("2026-01-06"), day("2026-01-05"))
    assert (row["last_day"], row["covered_to"]) == (day("2026-01-16"), day("2026-01-18"))
