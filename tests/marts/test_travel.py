"""The way between two locations on one day: days worked out by hand, and a dumb counter, minute by minute, over random days."""

import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

ALL: dict[str, Any] = {"from_day": day("2026-01-01"), "to_day": day("2026-01-31"), "locations": None}
THREE_HOURS = 180
Trip = tuple[date, str, str, int]


def desk_of(tmp_path: Path, *events: str, pulls: tuple[str, ...] = ()) -> Desk:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", calendar("Work", *events)), *((("log.csv", log(*pulls)),) if pulls else ()))
    return desk


def trips(desk: Desk, **more: Any) -> list[tuple[int, str, str, float]]:
    found = desk.ask("travel", **(ALL | more))
    return [(row["day"].day, row["from_place"], row["to_place"], row["seconds"] / 60) for row in found]


def clinic(place: str, start: str, end: str, title: str = "Surgery") -> str:
    return event(title, start, end, place=place)


def test_what_lies_between_two_places_is_the_way(tmp_path: Path) -> None:
    desk = desk_of(
        tmp_path,
        clinic("North", "2026-01-05 09:00", "12:00"),
        clinic("Riverside", "2026-01-05 12:40", "15:00"),
        clinic("North", "2026-01-05 16:00", "17:00"),
    )
    assert trips(desk) == [(5, "North", "Riverside", 40), (5, "Riverside", "North", 60)]
    (row,) = desk.ask("travel_sums", **ALL)
    assert row == {
        "one": "North", "other": "Riverside", "trips": 2, "days": 1, "seconds": 6000, "hours": pytest.approx(5 / 3),
        "hours_a_week": pytest.approx(5 / 3), "all_hours": pytest.approx(5 / 3), "all_hours_a_week": pytest.approx(5 / 3),
        "all_trips": 2,
    }  # fmt: skip
    assert sum(desk.hours().values()) == pytest.approx(3 + 7 / 3 + 1), "and is not counted with the others"
    assert trips(desk, locations=["Riverside"]) == trips(desk)
    assert trips(desk, locations=["Practice-wide"]) == []
    assert trips(desk, from_day=day("2026-01-06")) == []


def test_what_is_counted_in_between_is_not_the_way(tmp_path: Path) -> None:
    desk = desk_of(
        tmp_path,
        clinic("North", "2026-01-05 09:00", "12:00"),
        event("Payroll", "2026-01-05 12:20", "12:50"),  # for the practice as a whole: no place
        event("Gym", "2026-01-05 13:00", "13:20"),
        clinic("Riverside", "2026-01-05 14:00", "15:00"),
        pulls=("2026-01-05 13:50,5,North,desk,stock",),  # a call on the way: counted, and nobody knows where
    )
    assert trips(desk) == [(5, "North", "Riverside", 120 - 30 - 20 - 5)]


def test_a_call_about_another_place_is_no_move(tmp_path: Path) -> None:
    surgery = clinic("North", "2026-01-05 09:00", "12:00")
    desk = desk_of(tmp_path, surgery, pulls=("2026-01-05 11:30,60,Riverside,desk,stock",))
    assert trips(desk) == []


@pytest.mark.parametrize(("starts", "expected"), [("15:00", [180]), ("15:01", [])])
def test_more_than_three_hours_apart_is_not_the_way(tmp_path: Path, starts: str, expected: list[float]) -> None:
    away = clinic("Riverside", f"2026-01-05 {starts}", "17:00")
    desk = desk_of(tmp_path, clinic("North", "2026-01-05 09:00", "12:00"), away)
    assert [minutes for *_, minutes in trips(desk)] == expected


def test_one_after_the_other_and_all_filled_is_no_trip(tmp_path: Path) -> None:
    desk = desk_of(
        tmp_path,
        clinic("North", "2026-01-05 09:00", "12:00"),
        clinic("Riverside", "2026-01-05 12:00", "13:00"),
        event("Payroll", "2026-01-05 13:00", "14:00"),
        clinic("North", "2026-01-05 14:00", "15:00"),
    )
    assert trips(desk) == []


def test_a_night_between_two_days_is_no_trip(tmp_path: Path) -> None:
    desk = desk_of(
        tmp_path,
        clinic("North", "2026-01-05 22:00", "2026-01-06 00:00"),
        clinic("Riverside", "2026-01-06 00:30", "01:00"),
        clinic("North", "2026-01-06 22:00", "2026-01-07 06:00"),
        clinic("Riverside", "2026-01-07 06:30", "07:00"),
    )
    assert trips(desk) == [(7, "North", "Riverside", 30)], "a shift that ran into the day is of that day"


# The counter knows nothing of sums or of the next slice: it looks at each minute of a day and remembers where the owner was last.


def counted(slices: list[tuple[int, int, str | None]], zone: ZoneInfo) -> list[Trip]:
    """Trips of slices (first and last minute since 1970, and where the owner was, None where nobody knows)."""
    where = {minute: place for first, last, place in slices for minute in range(first, last)}
    found: list[Trip] = []
    if not where:
        return found
    today, last_place, apart, free = date.min, None, 0, 0
    for minute in range(min(where), max(where) + 1):
        on = datetime.fromtimestamp(minute * 60, zone).date()
        if on != today:
            today, last_place = on, None
        place = where.get(minute)
        if place in (None, "Practice-wide"):
            apart += 1
            free += minute not in where
            continue
        if last_place not in (None, place) and free and apart <= THREE_HOURS:
            found.append((on, str(last_place), str(place), free * 60))
        last_place, apart, free = place, 0, 0
    return found


ZONES = {"America/Toronto": date(2025, 11, 2), "Atlantic/Azores": date(2025, 10, 26), "Australia/Lord_Howe": date(2025, 10, 5)}
PLACES = st.sampled_from(("North", "Riverside", "Riverside", "Mill", ""))
LENGTHS = st.sampled_from((10, 30, 60, 90, 180))
GAPS = st.sampled_from((-60, -10, 0, 10, 20, 40, 60, 170, 180, 190))


@st.composite
def days(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A zone, events one after the other around a change of its clocks, some overlapping, and a few interruptions."""
    zone = draw(st.sampled_from(sorted(ZONES)))
    at = datetime.combine(ZONES[zone], time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=3)
    events, pulls = [], []
    for number in range(draw(st.integers(6, 14))):
        at += timedelta(minutes=draw(GAPS))
        end = at + timedelta(minutes=draw(LENGTHS))
        title = draw(st.sampled_from(("Surgery", "Payroll", "Gym")))
        events.append(event(title, f"{at:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}", uid=f"u{number}", place=draw(PLACES)))
        if draw(st.integers(0, 3)) == 0:  # near the end, or on the way
            called = (end + timedelta(minutes=draw(st.sampled_from((-12, 3, 17))))).astimezone(ZoneInfo(zone))
            pulls.append(f"{called:%Y-%m-%dT%H:%M:%S%z},7,{draw(PLACES)}")
        at = end
    return zone, events, pulls


seen: list[int] = []


@settings(max_examples=12, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days())
def compared(made: tuple[str, list[str], list[str]]) -> None:
    zone, events, pulls = made
    with tempfile.TemporaryDirectory() as folder:
        practice = PRACTICE.replace('"UTC"', f'"{zone}"') + '\n[[location]]\nname = "Mill"\n'
        desk = at_desk(Path(folder) / "desk", practice)
        files = [("work.ics", calendar("Work", *events))] + [("log.csv", log(*pulls))] * bool(pulls)
        desk.take(*files)
        slices = desk.sql(
            "select epoch_us(starts_at) // 60000000, epoch_us(ends_at) // 60000000,"
            " case when interruption_id is null then location else displaced_location end from time_slices order by starts_at"
        )
        expected = counted(slices, ZoneInfo(zone))
        asked: dict[str, Any] = {"from_day": day("2025-09-01"), "to_day": day("2025-12-31"), "locations": None}
        got = [(row["day"], row["from_place"], row["to_place"], row["seconds"]) for row in desk.ask("travel", **asked)]
        assert got == expected
        assert sum(row["seconds"] for row in desk.ask("travel_sums", **asked)) == sum(trip[-1] for trip in expected)
        for on in {trip[0] for trip in expected}:
            one_day = asked | {"from_day": on, "to_day": on}
            assert len(desk.ask("travel", **one_day)) == sum(trip[0] == on for trip in expected)
        seen.append(len(expected))


def test_the_counter_and_the_mart_find_the_same_trips() -> None:
    seen.clear()
    compared()
    assert sum(seen) > 20, "trips to compare"
