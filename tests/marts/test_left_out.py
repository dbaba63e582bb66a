"""The lists behind the steps of the waterfall: each adds up to its step."""

from datetime import datetime
from typing import Any

import pytest

from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

# Toronto is five hours behind UTC in January.
WORK = calendar(
    "Work",
    event("Surgery", "2026-01-05 15:00", "18:00", place="North"),
    event("Team huddle", "2026-01-05 16:00", "17:00"),  # takes an hour of the surgery
    event("At Riverside", "2026-01-06"),
    event("Rota", "2026-01-07 15:00", "17:00", "STATUS:CANCELLED"),
    event("Surgery", "2026-01-08 15:00", "16:30", "STATUS:CANCELLED", place="North"),  # clinical: no title is kept
    event("Budget", "2026-01-09 15:00", "16:00", "ATTENDEE;PARTSTAT=DECLINED:mailto:owner@example.com"),
    event("Lunch", "2026-01-09 17:00", "18:00", "TRANSP:TRANSPARENT"),
    event("Reminder", "2026-01-09 18:00", "18:00"),
    event("Payroll", "2026-01-09 19:00", "20:00", uid="payroll"),
    event("Overnight", "2026-01-12 04:30", "05:30", "STATUS:CANCELLED"),  # half an hour before and after midnight
)
OTHER = calendar("Other", event("Payroll", "2026-01-09 19:00", "20:00", uid="payroll"))
WEEK = {"from_day": day("2026-01-05"), "to_day": day("2026-01-11")}
FORTNIGHT = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18")}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("left_out") / "desk", PRACTICE.replace('"UTC"', '"America/Toronto"'))
    desk.take(("work.ics", WORK), ("other.ics", OTHER), ("log.csv", log("2026-01-05 10:30,12,North", "2026-01-10 10:30,12")))
    return desk


def listed(desk: Desk, mart: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in desk.ask(mart, **parameters)]


def work(desk: Desk) -> str:
    """The id of the calendar Work."""
    found: str = desk.sql("select source_id from sources where name = 'Work'")[0][0]
    return found


def test_each_list_adds_up_to_its_step(desk: Desk) -> None:
    scopes: list[tuple[str, dict[str, Any]]] = [("", days) for days in (WEEK, FORTNIGHT)]
    scopes += [("source_", {"source_id": name}) for (name,) in desk.sql("select source_id from sources where kind = 'calendar'")]
    assert len(scopes) == 4
    seen = set()
    for prefix, scope in scopes:
        for step in desk.ask(f"{prefix}waterfall", **scope)[1:-1]:
            if step["hours"] > 0:
                continue  # what is added is not left out
            rows = desk.ask(f"{prefix}left_out", **scope, step=step["step"])
            assert sum(row["hours"] for row in rows) == pytest.approx(-step["hours"], abs=1e-5), step
            if step["occurrences"] is not None:
                assert len(rows) == step["occurrences"], step
            seen.update(step["step"].lower() for _ in rows)
    assert len(seen) == 7 + 2  # every reason but "longer than 31 days", two of them under two names


def test_an_event_is_told_by_its_start_on_the_wall_clock_and_its_title_where_kept(desk: Desk) -> None:
    assert listed(desk, "left_out", **WEEK, step="Cancelled") == [
        (datetime(2026, 1, 7, 10), 2.0, "Rota", "Work", "cancelled"),
        (datetime(2026, 1, 8, 10), 1.5, None, "Work", "cancelled"),
        (datetime(2026, 1, 11, 23, 30), 0.5, "Overnight", "Work", "cancelled"),  # the half of it in this week
    ]
    assert listed(desk, "source_left_out", source_id=work(desk), step="cancelled")[-1][1] == 1.0


def test_the_part_of_an_event_that_another_owns(desk: Desk) -> None:
    found = (datetime(2026, 1, 5, 10), 1.0, None, "Work", "at the same time as another")
    assert listed(desk, "left_out", **WEEK, step="At the same time as another") == [found], "an interruption takes nothing off"
    assert listed(desk, "source_left_out", source_id=work(desk), step="at the same time as another") == [found]


def test_the_step_that_adds_has_no_list(desk: Desk) -> None:
    for step in ("In the calendars", "Interruptions outside the calendar", "Counted"):
        assert listed(desk, "left_out", **WEEK, step=step) == []
