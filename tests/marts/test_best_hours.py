"""At which hours leadership is least disturbed, against a fortnight worked out by hand."""

import math
from pathlib import Path
from typing import Any

import pytest

from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

FORTNIGHT = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18")}
MORNINGS = PRACTICE.replace('time_zone = "UTC"', 'time_zone = "UTC"\nworking_hours = "Mon-Tue 08:30-11:00"')
# Leading on the first Monday from 8:30 to 10:30, the last half hour of it twice; a rota of half an hour takes its own out of it.
WORK = (
    event("Strategy", "2026-01-05 08:30", "10:30"),
    event("Vision", "2026-01-05 10:00", "10:30"),
    event("Rota", "2026-01-05 09:30", "10:00"),
    event("Strategy", "2026-01-19 09:00", "11:00"),  # a week too late
)
# Six minutes out of leading, six out of the rota; before work; on the next Monday; on one Tuesday after work.
PULLS = (
    "2026-01-05 09:10,6,North",
    "2026-01-05 09:50,6,North",
    "2026-01-05 07:00,6,North",
    "2026-01-12 10:30,6,North",
    "2026-01-13 12:00,6,North",
    "2026-01-19 09:10,6,North",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("best") / "desk", MORNINGS)
    desk.take(("work.ics", calendar("Work", *WORK)), ("log.csv", log(*PULLS)))
    return desk


def hours(desk: Desk, **asked: Any) -> dict[tuple[int, int], dict[str, Any]]:
    return {(row["weekday"], row["hour"]): row for row in desk.ask("best_hours", **(FORTNIGHT | asked))}


def test_every_working_hour_is_there_with_what_the_log_saw_of_it(desk: Desk) -> None:
    rows = hours(desk)
    assert {hour: (row["logged_hours"], row["pulls"], row["pulls_an_hour"]) for hour, row in rows.items()} == {
        (0, 8): (1, 0, 0), (0, 9): (2, 2, 1), (0, 10): (2, 1, 0.5),  # two Mondays have an entry
        (1, 8): (0.5, 0, 0), (1, 9): (1, 0, 0), (1, 10): (1, 0, 0),  # one Tuesday has, if after work
    }  # fmt: skip


def test_what_survived_of_leadership_is_what_neither_an_event_nor_a_pull_took(desk: Desk) -> None:
    rows = hours(desk)
    found = {hour: (row["planned_hours"], row["kept_hours"]) for hour, row in rows.items() if row["planned_hours"]}
    assert found == {(0, 8): (0.5, 0.5), (0, 9): (1, pytest.approx(0.4)), (0, 10): (0.5, 0.5)}
    assert rows[0, 9]["kept_share"] == pytest.approx(0.4)
    assert rows[1, 9]["kept_share"] is None


def test_an_interruption_about_leading_is_kept_here_and_on_the_day(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", MORNINGS)
    pulls = log("2026-01-05 09:10,6,North,,vision,,,,,leadership", "2026-01-05 10:10,12,North,,stock,yes")
    desk.take(("work.ics", calendar("Work", event("Strategy", "2026-01-05 09:00", "11:00"))), ("log.csv", pulls))
    kept = sum(row["kept_hours"] for row in hours(desk).values())
    assert kept == pytest.approx(1.8)
    rows = desk.ask("planned_leadership", **FORTNIGHT)
    assert [(row["became"], row["topic"], round(row["hours"] * 60)) for row in rows] == [
        ("kept", "", 108),
        ("interruption", "stock", 12),
    ]


def test_an_hour_seen_little_counts_as_an_average_one(desk: Desk) -> None:
    # 3 pulls in 7.5 logged hours, 1.4 of 2 planned hours kept.
    rows = hours(desk)
    assert rows[0, 9]["calm"] == pytest.approx(math.exp(-(2 + 1.6) / 6) * (0.4 + 2.8) / 5)
    assert rows[1, 8]["calm"] == pytest.approx(math.exp(-1.6 / 4.5) * 0.7)
    order = sorted(rows, key=lambda hour: -rows[hour]["calm"])
    assert (order[0], order[-1]) == ((0, 8), (0, 9))


def test_where_nothing_is_known_all_hours_are_alike(desk: Desk) -> None:
    rows = hours(desk, from_day=day("2025-01-06"), to_day=day("2025-01-19"))
    assert {(row["logged_hours"], row["pulls_an_hour"], row["calm"]) for row in rows.values()} == {(0, None, 1)}


def test_hours_are_those_of_the_local_clock_on_both_sides_of_its_change(tmp_path: Path) -> None:
    practice = PRACTICE.replace('"UTC"', '"Australia/Lord_Howe"')  # half an hour back on 5 April 2026
    desk = at_desk(tmp_path / "desk", practice)
    led = [event("Strategy", f"2026-{each} 10:00", "11:00", zone="Australia/Lord_Howe") for each in ("03-30", "04-06")]
    pulls = log("2026-03-30 10:59,1,North", "2026-04-06 10:00,1,North")
    desk.take(("work.ics", calendar("Work", *led)), ("log.csv", pulls))
    rows = hours(desk, from_day=day("2026-03-30"), to_day=day("2026-04-12"))
    found = {hour: (row["planned_hours"], row["pulls"]) for hour, row in rows.items() if row["planned_hours"] or row["pulls"]}
    assert found == {(0, 10): (2, 2)}
