"""A newer export renews its source: what changed, moved or went is followed, and what lies outside its days stays."""

from pathlib import Path

import pytest

from etl.changes import remove_source
from tests.making import Desk, at_desk, calendar, event, log

ROTA = event("Rota", "2026-01-05 09:00", "10:00", uid="rota")
PAYROLL = event("Payroll", "2026-01-06 09:00", "10:00", uid="payroll")
STOCK = event("Stock order", "2026-01-07 09:00", "10:00", uid="stock")
HUDDLE = event("Huddle", "2026-01-05 08:00", "08:15", "RRULE:FREQ=WEEKLY;COUNT=3", uid="huddle")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_desk(tmp_path / "desk")


def names(desk: Desk) -> list[str]:
    return [source_id for (source_id,) in desk.sql("select source_id from sources order by all")]


def test_a_change_is_followed(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", ROTA, PAYROLL)))
    desk.take(("work.ics", calendar("Work", event("Strategy", "2026-01-05 09:00", "11:30", uid="rota"), PAYROLL)))
    assert desk.titles() == [("01-05 09:00", "Strategy"), ("01-06 09:00", "Payroll")]
    assert desk.hours() == {("leadership", "Practice-wide"): 2.5, ("management", "Practice-wide"): 1}


def test_a_move_is_followed_even_out_of_the_exports_days(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", ROTA, PAYROLL, STOCK)))
    desk.take(("work.ics", calendar("Work", event("Rota", "2026-03-09 09:00", "10:00", uid="rota"), PAYROLL, STOCK)))
    assert desk.titles() == [("01-06 09:00", "Payroll"), ("01-07 09:00", "Stock order"), ("03-09 09:00", "Rota")]


def test_a_deletion_is_followed(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", ROTA, PAYROLL, STOCK)))
    desk.take(("work.ics", calendar("Work", ROTA, STOCK)))
    assert desk.titles() == [("01-05 09:00", "Rota"), ("01-07 09:00", "Stock order")]


def test_a_series_stays_where_the_export_was_cut(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", HUDDLE, ROTA, PAYROLL, STOCK)))
    desk.take(("work.ics", calendar("Work", PAYROLL)))
    assert len(desk.titles()) == 6


def test_an_instance_that_moved_is_there_once(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", HUDDLE)))
    moved = event("Huddle", "2026-01-13 10:00", "10:15", "RECURRENCE-ID:20260112T080000Z", uid="huddle")
    desk.take(("work.ics", calendar("Work", HUDDLE, moved)))
    assert desk.titles() == [("01-05 08:00", "Huddle"), ("01-13 10:00", "Huddle"), ("01-19 08:00", "Huddle")]


def test_what_lies_outside_of_a_shorter_export_stays(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", HUDDLE, ROTA, PAYROLL, STOCK)))
    desk.take(("work.ics", calendar("Work", HUDDLE, PAYROLL)))  # one day only, but a series comes whole
    assert [title for _, title in desk.titles()] == ["Huddle", "Rota", "Payroll", "Stock order", "Huddle", "Huddle"]


def test_the_next_months_export_is_the_same_calendar(desk: Desk) -> None:
    desk.take(
        ("january.ics", calendar("Work", ROTA)), ("february.ics", calendar("Work", event("Rota", "2026-02-05 09:00", "10:00")))
    )
    assert names(desk) == ["calendar/Work"]
    assert len(desk.titles()) == 2


def test_two_calendars_of_one_name_are_two(desk: Desk) -> None:
    clinic = calendar("Calendar", event("Consults", "2026-01-05 09:00", "12:00"), event("Consults", "2026-01-06 09:00", "12:00"))
    desk.take(("office.ics", calendar("Calendar", ROTA, PAYROLL)), ("clinic.ics", clinic))
    assert names(desk) == ["calendar/Calendar", "calendar/Calendar (clinic)"]
    assert desk.hours() == {("management", "Practice-wide"): 2, ("clinical", "Practice-wide"): 4}
    # Each is renewed by a newer export of its own, also under a number that a browser gave it.
    desk.take(("clinic (1).ics", clinic.replace(b"SUMMARY:Consults", b"SUMMARY:Vision day")))
    assert names(desk) == ["calendar/Calendar", "calendar/Calendar (clinic)"]
    assert desk.hours() == {("management", "Practice-wide"): 2, ("leadership", "Practice-wide"): 4}


def test_a_meeting_on_both_does_not_make_two_calendars_one(desk: Desk) -> None:
    mine = [event("Admin", f"2026-01-{n:02} 09:00", "10:00") for n in range(5, 15)]
    theirs = [event("Consults", f"2026-01-{n:02} 13:00", "14:00") for n in range(5, 15)]
    desk.take(("a.ics", calendar("Calendar", ROTA, *mine)), ("b.ics", calendar("Calendar", ROTA, *theirs)))
    assert names(desk) == ["calendar/Calendar", "calendar/Calendar (b)"]
    assert desk.sql("select count(*), count(*) filter (where counted) from occurrences") == [(22, 21)]


def test_a_calendar_without_a_name_is_called_as_its_file(desk: Desk) -> None:
    desk.take(("work.ics", calendar("", ROTA)))
    desk.take(("work (2).ics", calendar("", ROTA, PAYROLL)))
    assert names(desk) == ["calendar/work"]
    assert len(desk.titles()) == 2


def test_the_same_log_again_counts_once(desk: Desk) -> None:
    first, second = "2026-01-05 09:00,10,North,desk,stock", "2026-01-05 11:00,5,North,desk,rota"
    desk.take(("log.csv", log(first)), ("log (1).csv", log(first, second)), ("copy of log.csv", log(first)))
    assert names(desk) == ["interruptions/copy of log", "interruptions/log"]
    assert desk.sql("select count(*) from interruptions") == [(2,)]
    assert desk.hours() == {("management", "North"): 0.25}


def test_a_line_taken_out_of_a_log_is_followed(desk: Desk) -> None:
    rows = [f"2026-01-05 {hour:02}:00,{hour},North" for hour in (9, 10, 11)]
    desk.take(("log.csv", log(*rows)))
    desk.take(("log.csv", log(rows[0], rows[2])))
    assert desk.sql("select count(*) from interruptions") == [(2,)]


def test_a_log_named_as_the_typed_in_one_is_another(desk: Desk) -> None:
    desk.take(("typed in.csv", log("2026-01-05 09:00,10,North")))
    assert names(desk) == ["interruptions/typed in"]


def test_a_removed_calendar_comes_back_with_its_export(desk: Desk) -> None:
    work = ("work.ics", calendar("Work", ROTA))
    desk.take(work)
    remove_source(desk.db, "calendar/Work")
    assert (names(desk), desk.hours()) == ([], {})
    assert not desk.load(work)[0].nothing_new
    assert names(desk) == ["calendar/Work"]
