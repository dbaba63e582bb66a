"""How far the log can be trusted, against two weeks worked out by hand."""

from typing import Any

import pytest

from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

FORTNIGHT = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18")}
# Work on Monday to Wednesday of the first week, on Thursday only the gym; on holiday all of the second but Tuesday. Sunday is
# no working day of the practice, but something was written down.
WORK = calendar(
    "Work",
    event("Surgery", "2026-01-05 09:00", "13:00", place="North"),
    event("Rota", "2026-01-06 09:00", "10:00"),
    event("Rota", "2026-01-07 09:00", "10:00"),
    event("Gym", "2026-01-08 18:00", "19:30"),
    event("Rota", "2026-01-10 09:00", "10:00"),  # a Saturday
    event("Rota", "2026-01-13 09:00", "10:00"),
)
# In the surgery 30 minutes from Riverside, estimated; twice at once on Tuesday, of which 10 of 16 minutes are counted once.
PULLS = (
    "2026-01-05 09:30,30,Riverside",
    "2026-01-06 09:00,10,North",
    "2026-01-06 09:04,6,North",
    "2026-01-18 20:00,20,North",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("trust") / "desk", PRACTICE)
    desk.take(("work.ics", WORK), ("log.csv", log(*PULLS)))
    for table in ("log_rows", "interruption_starts"):
        desk.harm(f"update {table} set estimated = true where about_location = 'Riverside'")
    return desk


def trust(desk: Desk, **more: Any) -> dict[str, Any]:
    (row,) = desk.ask("log_trust", **(FORTNIGHT | {"locations": None} | more))
    return row


def test_working_days_are_those_with_work_or_an_entry(desk: Desk) -> None:
    rows = {row["day"].day: row for row in desk.ask("log_days", **FORTNIGHT)}
    assert len(rows) == 14
    assert [number for number, row in rows.items() if row["working"]] == [5, 6, 7, 13, 18]
    assert {n: (r["pulls"], r["minutes"], r["estimated_minutes"]) for n, r in rows.items() if r["pulls"]} == {
        5: (1, 30, 30), 6: (2, 16, 0), 18: (1, 20, 0)
    }  # fmt: skip


def test_what_was_logged_and_how_much_of_it_is_a_guess(desk: Desk) -> None:
    row = trust(desk)
    assert (row["working_days"], row["logged_days"], row["pulls"]) == (5, 3, 4)
    assert row["hours"] == pytest.approx(1)  # 30, 10 and 20 minutes
    assert row["estimated_share"] == pytest.approx(0.5)
    assert row["low_hours_a_week"] == pytest.approx(0.5)
    assert row["high_hours_a_week"] is None  # three days say nothing of the others


def test_of_one_location_the_days_are_those_of_the_whole_log(desk: Desk) -> None:
    row = trust(desk, locations=["North"])
    assert (row["working_days"], row["logged_days"], row["pulls"]) == (5, 3, 3)
    assert (row["hours"], row["estimated_share"]) == (pytest.approx(0.5), 0)
    assert trust(desk, locations=["Practice-wide"])["estimated_share"] is None


def test_from_ten_logged_days_on_a_range_is_given(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE)
    days = [f"2026-01-{n:02d}" for n in (5, 6, 7, 8, 9, 12, 13, 14, 15, 16)]
    desk.take(("work.ics", calendar("Work", *(event("Rota", f"{each} 09:00", "10:00") for each in days))))
    desk.take(("log.csv", log(*(f"{each} 12:00,30" for each in days[:9]))))
    assert trust(desk)["high_hours_a_week"] is None
    desk.take(("log.csv", log(*(f"{each} 12:00,30" for each in (*days[:9], "2026-01-17")))))
    row = trust(desk)  # ten logged days of eleven working ones, 5 h in two weeks
    assert (row["working_days"], row["logged_days"]) == (11, 10)
    assert (row["low_hours_a_week"], row["high_hours_a_week"]) == (pytest.approx(2.5), pytest.approx(2.75))
