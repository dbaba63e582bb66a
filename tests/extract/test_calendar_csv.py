"""Outlook's own CSV export of a calendar: a broken row costs that row, and its line is named."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from etl.extract.table import read_csv
from etl.model import CalendarExport, Extract, How, Occurrence, Refused

HEAD = "Subject,Start Date,Start Time,End Date,End Time,All day event,Categories,Location,Show time as\n"
ZONE = "America/Toronto"


def read(text: str, date_order: str | None = None, zone: str = ZONE) -> Extract:
    until = datetime(2027, 1, 1, tzinfo=UTC)
    return read_csv(text.encode(), "cal.csv", How(ZoneInfo(zone), frozenset(), until, date_order))


def occurrences(found: Extract) -> tuple[Occurrence, ...]:
    (export,) = found.exports
    assert isinstance(export, CalendarExport)
    return export.occurrences


def only(row: str) -> Occurrence:
    (one,) = occurrences(read(HEAD + row + "\n"))
    return one


def test_a_whole_row() -> None:
    one = only("Rounds,1/13/2026,9:00:00 AM,1/13/2026,10:30:00 AM,False,Red; Staff,North,2")
    assert (one.start, one.end) == (datetime(2026, 1, 13, 9), datetime(2026, 1, 13, 10, 30))
    assert (one.title, one.place, one.categories, one.status, one.line) == ("Rounds", "North", ("Red", "Staff"), "", 2)
    assert one.original == "20260113T090000"
    assert len(one.uid) == 64
    assert int(one.uid, 16)


def test_the_key_is_the_content() -> None:
    row = "Rounds,2026-01-13,9:00,2026-01-13,10:00,False,,North,2"
    assert only(row).uid == only(row.replace("False,,", "False,Red,")).uid
    assert only(row).uid != only(row.replace("North", "South")).uid
    assert only(row).uid != only(row.replace("10:00", "10:05")).uid


@pytest.mark.parametrize(("shown", "status"), [("1", ""), ("2", ""), ("4", ""), ("", ""), ("3", "free"), ("Free", "free")])
def test_show_time_as(shown: str, status: str) -> None:
    assert only(f"Rounds,2026-01-13,9:00,2026-01-13,10:00,False,,North,{shown}").status == status


@pytest.mark.parametrize(
    ("ends", "end"),
    [
        ("2026-01-14,12:00:00 AM", date(2026, 1, 14)),  # Outlook writes the end exclusive, at midnight
        ("2026-01-15,0:00", date(2026, 1, 15)),
        ("2026-01-13,12:00 AM", date(2026, 1, 14)),
        ("2026-01-14,", date(2026, 1, 15)),  # without times the last day is meant
        ("2026-01-14,11:59 PM", date(2026, 1, 15)),
        (",", date(2026, 1, 14)),
    ],
)
def test_all_day(ends: str, end: date) -> None:
    one = only(f"At North,2026-01-13,12:00:00 AM,{ends},True,,,3")
    assert (one.start, one.end, one.original) == (date(2026, 1, 13), end, "20260113")
    assert type(one.start) is date
    assert type(one.end) is date


def test_columns_in_any_order_and_case_and_others_never_read() -> None:
    found = read("end time;END DATE;start time;start date;Description;subject\n10:00;13.01.2026;09:00;13.01.2026;secret;Rounds\n")
    assert occurrences(found)[0].start == datetime(2026, 1, 13, 9)
    assert "secret" not in repr(found)
    assert found.notes == ()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Refused, match="the column End Date is missing"):
        read("Subject,Start Date,Start Time,End Time\na,2026-01-13,9:00,10:00\n")


@pytest.mark.parametrize(
    "row",
    [
        "secret,2026-02-30,9:00,2026-02-28,10:00,False",
        "secret,2026-01-13,9:00",
        "secret,2026-01-13,,2026-01-13,10:00,False",
        "secret,2026-01-13,9:00,2026-01-13,8:00,False",
        "secret,2026-01-13,9:00,2026-01-13,10:00,perhaps",
        "secret,2026-01-13,,2026-01-12,,True",
        "secret,1889-01-13,9:00,1889-01-13,10:00,False",
    ],
)
def test_a_broken_row_costs_that_row(row: str) -> None:
    found = read(HEAD + row + "\nRounds,2026-01-13,9:00,2026-01-13,10:00,False\n")
    assert [one.line for one in occurrences(found)] == [3]
    assert [note.line for note in found.notes] == [2]
    assert "left out" in found.notes[0].text
    assert "secret" not in found.notes[0].text


def test_no_row_left_is_refused_at_the_first() -> None:
    with pytest.raises(Refused) as told:
        read(HEAD + "\nsecret,2026-02-30,9:00,2026-02-28,10:00,False\n")
    assert told.value.line == 3
    assert "secret" not in str(told.value)


def test_a_flood_of_broken_rows_is_told_in_few_notes() -> None:
    found = read(HEAD + "a,2026-02-30,9:00,,,\n" * 500 + "Rounds,2026-01-13,9:00,2026-01-13,10:00,False\n")
    assert len(found.notes) == 21
    assert "480 more" in found.notes[-1].text


def test_a_long_row_is_taken_and_told() -> None:
    found = read(HEAD + "Rounds,2026-01-13,9:00,2026-01-13,10:00,False,,,2,extra\n")
    assert len(occurrences(found)) == 1
    assert [note.line for note in found.notes] == [2]


def test_two_digit_years() -> None:
    text = HEAD + "a,1/13/26,9:00 AM,1/13/26,10:00 AM,False\nb,1/5/99,9:00 AM,1/5/99,10:00 AM,False\n"
    found = read(text)
    assert [one.start for one in occurrences(found)] == [datetime(2026, 1, 13, 9)]
    assert {note.line for note in found.notes} == {2, 3}


def test_ambiguous_dates_are_asked_about() -> None:
    with pytest.raises(Refused, match="--date-order"):
        read(HEAD + "a,03/04/2026,09:00,03/04/2026,10:00,False\n")
    assert occurrences(read(HEAD + "a,03/04/2026,09:00,03/04/2026,10:00,False\n", "dmy"))[0].start == datetime(2026, 4, 3, 9)


@pytest.mark.parametrize("zone", ["America/Toronto", "Pacific/Honolulu", "UTC"])
def test_am_and_pm_beside_slashes_are_taken_month_first_and_it_is_said(zone: str) -> None:
    found = read(HEAD + "a,03/04/2026,9:00 AM,03/04/2026,10:00 AM,False\n", zone=zone)
    assert occurrences(found)[0].start == datetime(2026, 3, 4, 9)
    assert "--date-order dmy" in found.notes[0].text
    assert "Data page" in found.notes[0].text


@pytest.mark.parametrize("zone", ["Australia/Sydney", "Pacific/Auckland", "Europe/London", "Asia/Kolkata"])
def test_am_and_pm_say_nothing_where_the_day_goes_first(zone: str) -> None:
    with pytest.raises(Refused, match="--date-order"):
        read(HEAD + "a,03/04/2026,9:00 AM,03/04/2026,10:00 AM,False\n", zone=zone)
