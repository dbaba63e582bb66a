"""Days off make a week shorter: for averages and for the target, never for the hours."""

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.report import report, report_text
from etl.store import open_read
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, rows

OFF = (
    PRACTICE.replace("[practice]", '[practice]\ndays_off = ["2026-01-13..2026-01-14", "2026-01-17"]')
    + "\n[targets]\nleadership = 8\n"
)
FROM, TO = date(2026, 1, 5), date(2026, 2, 1)
EVENTS = (
    event("Surgery", "2026-01-05 09:00", "10:00", "RRULE:FREQ=DAILY;COUNT=26"),
    event("Board strategy", "2026-01-13 11:00", "12:00"),
    event("Vacation", "2026-01-19", "2026-01-22"),
    event("Vacation", "2026-01-26", "2026-01-27", "STATUS:CANCELLED"),
    event("Holiday", "2026-01-27", "2026-01-28", "ATTENDEE;PARTSTAT=DECLINED:mailto:owner@example.com"),
    event("Congress", "2026-01-28", "2026-01-29", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
    event("Mum's birthday", "2026-01-29", "2026-01-30", "TRANSP:TRANSPARENT"),
    event("Family day", "2026-01-30", "2026-01-31", "TRANSP:TRANSPARENT"),
    event("Holiday", "2026-01-13", "2026-01-15"),  # in the list as well
    event("Half of a day off", "2026-01-06 13:00", "18:00", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
)
DAYS = {
    "2026-01-13": "in your list", "2026-01-14": "in your list", "2026-01-17": "in your list", "2026-01-19": "says so",
    "2026-01-20": "says so", "2026-01-21": "says so", "2026-01-28": "out of office", "2026-01-30": "personal",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("off"), OFF)
    desk.take(("work.ics", calendar("Work", *EVENTS)))
    return desk


def test_a_day_is_off_by_the_list_or_by_an_all_day_event_that_holds(desk: Desk) -> None:
    assert {str(when): why for when, why in desk.sql("select day, why from days_off order by day")} == DAYS
    assert desk.sql("select day from days_off where not works") == [(day("2026-01-17"),)]  # a Saturday


def test_weeks_leave_out_working_days_off_counted_on_the_fingers(desk: Desk) -> None:
    """Every stretch of whole weeks, and of any days, a second way: day by day."""
    off = {date.fromisoformat(each) for each in DAYS}
    with open_read(desk.db) as con:
        for first, last in itertools.combinations_with_replacement(range(28), 2):
            days = [FROM + timedelta(days=n) for n in range(first, last + 1)]
            gone = len([each for each in days if each.weekday() < 5 and each in off])
            expected = len(days) / 7 - gone / 5
            if len(days) % 7 == 0:
                worked = len([each for each in days if each.weekday() < 5 and each not in off])
                assert worked / 5 == pytest.approx(expected)
            (row,) = rows(con, "weeks", from_day=days[0], to_day=days[-1])
            share = min(max(expected, 0), 1) if gone else 1
            assert (row["days_off"], row["weeks"], row["share"]) == (gone, pytest.approx(max(expected, 1)), pytest.approx(share))


def test_hours_on_a_day_off_count_and_are_divided_by_fewer_weeks(desk: Desk) -> None:
    asked = {"from_day": FROM, "to_day": TO, "before_from": None, "before_to": None, "locations": None}
    by_role = {row["role"]: row for row in desk.ask("hours_by_role", **asked)}
    assert by_role["clinical"]["hours"] == pytest.approx(26)
    assert by_role["clinical"]["hours_a_week"] == pytest.approx(26 / (4 - 7 / 5))
    assert by_role["leadership"]["hours"] == pytest.approx(1)  # on a day off


def test_the_target_of_a_week_is_less_by_its_days_off(desk: Desk) -> None:
    asked = {"from_day": FROM, "to_day": TO, "locations": None}
    led = [row for row in desk.ask("weekly_hours", grain="week", **asked) if row["role"] == "leadership"]
    assert [(row["days_off"], row["target"]) for row in led] == [
        (0, 8),
        (2, pytest.approx(4.8)),
        (3, pytest.approx(3.2)),
        (2, pytest.approx(4.8)),
    ]
    assert {row["target"] for row in desk.ask("weekly_hours", grain="week", **asked) if row["role"] != "leadership"} == {None}
    located = {(row["begins"], row["days_off"]) for row in desk.ask("weekly_by_location", grain="week", **asked)}
    assert {off for _, off in located} == {0, 2, 3}


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter"])
@pytest.mark.parametrize("mart", ["weekly_hours", "weekly_by_location"])
def test_every_grain_holds_every_hour_once(desk: Desk, mart: str, grain: str) -> None:
    asked = {"from_day": date(2025, 12, 31), "to_day": date(2026, 4, 1), "locations": None, "grain": grain}
    bars = desk.ask(mart, **asked)
    assert sum(row["hours"] for row in bars) == pytest.approx(32)
    begins = sorted({row["begins"] for row in bars})
    expected = {
        "day": [date(2025, 12, 31) + timedelta(days=n) for n in range(92)],
        "week": [date(2025, 12, 29) + timedelta(days=7 * n) for n in range(14)],
        "month": [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)],
        "quarter": [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)],
    }[grain]
    assert [each.date() if hasattr(each, "date") else each for each in begins] == expected
    whole = {row["begins"] for row in bars if row["finished"]}
    assert len(whole) == {"day": 28, "week": 4, "month": 0, "quarter": 0}[grain]


def test_the_report_says_its_days_off(desk: Desk) -> None:
    with open_read(desk.db) as con:
        told = report(con, FROM, TO)
    assert (told["weeks"], told["days_off"]) == (pytest.approx(2.6), 7)
    assert "2.6 weeks (7 working days off left out)" in report_text(told)


def test_working_days_are_those_of_the_practice(tmp_path: Path) -> None:
    desk = at_desk(
        tmp_path / "desk", OFF.replace("[practice]", '[practice]\nworking_hours = "Tue-Wed 08:00-18:00; Sat 09:00-12:00"')
    )
    desk.take(("work.ics", calendar("Work", *EVENTS[:2])))
    (row,) = desk.ask("weeks", from_day=FROM, to_day=TO - timedelta(days=7))
    assert (row["days_off"], row["weeks"]) == (3, pytest.approx(3 - 3 / 3))
