"""Dates and times as people write them; one order of day and month for the whole file."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from etl.extract.dates import BadCell, decide_order, parse_date, parse_moment, parse_time
from etl.model import Refused

UTC_LESS_4 = timezone(timedelta(hours=-4))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-14 10:20", datetime(2026, 9, 14, 10, 20)),
        ("2026-09-14T10:20:05", datetime(2026, 9, 14, 10, 20, 5)),
        ("2026-09-14 10:20:05.250", datetime(2026, 9, 14, 10, 20, 5)),
        ("2026-09-14T10:20Z", datetime(2026, 9, 14, 10, 20, tzinfo=UTC)),
        ("2026-09-14T10:20:00-04:00", datetime(2026, 9, 14, 10, 20, tzinfo=UTC_LESS_4)),
        ("2026-09-14 10:20 -0400", datetime(2026, 9, 14, 10, 20, tzinfo=UTC_LESS_4)),
        ("2026/9/4 9:05", datetime(2026, 9, 4, 9, 5)),
        ("14/09/2026 10:20", datetime(2026, 9, 14, 10, 20)),
        ("14.9.2026, 10:20", datetime(2026, 9, 14, 10, 20)),
        ("14-09-26 10:20", datetime(2026, 9, 14, 10, 20)),
        ("3/4/2026 1:05 pm", datetime(2026, 4, 3, 13, 5)),
        ("3/4/2026 12:00 AM", datetime(2026, 4, 3)),
        ("3/4/2026 12:00\u202fp.m.", datetime(2026, 4, 3, 12)),
        ("3/4/2026 9 AM", datetime(2026, 4, 3, 9)),
    ],
)
def test_moments_day_first(text: str, expected: datetime) -> None:
    read = parse_moment(text, "dmy")
    assert (read, read.utcoffset()) == (expected, expected.utcoffset())


def test_month_first() -> None:
    assert parse_date("3/4/2026", "mdy") == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "31/04/2026", "14/13/2026", "2026-9", "tomorrow", "", "1/2-2026", "1/1/1989", "1/1/2101", "1/5/99"],
)
def test_impossible_dates(text: str) -> None:
    with pytest.raises(BadCell) as told:
        parse_date(text, "dmy")
    assert not text or text not in str(told.value)


@pytest.mark.parametrize("text", ["25:00", "10:60", "13:00 PM", "0:30 AM", "9", "10:20:61", "noon", "", "24:00"])
def test_impossible_times(text: str) -> None:
    with pytest.raises(BadCell):
        parse_time(text)


@pytest.mark.parametrize("text", ["2026-09-14", "", "10:20", "2026-09-14 10:20+99:00", "2026-09-14 10:20 CET"])
def test_a_moment_needs_date_and_time(text: str) -> None:
    with pytest.raises(BadCell):
        parse_moment(text, "dmy")


def test_time_alone() -> None:
    assert parse_time("9:05 PM") == time(21, 5)
    assert parse_time("09.05") == time(9, 5)


def order(*cells: str, told: str | None = None) -> str:
    return decide_order(list(enumerate(cells, 2)), told, "a.csv").order


def test_one_date_above_12_decides_for_the_whole_file() -> None:
    assert order("03/04/2026", "13/01/2026") == "dmy"
    assert order("03/04/2026", "01/13/2026 9:00 AM") == "mdy"


def test_what_the_rows_say_wins_over_what_was_told_and_is_said() -> None:
    decided = decide_order([(2, "13/01/2026")], "mdy", "a.csv")
    assert decided.order == "dmy"
    assert "day first" in decided.notes[0].text


def test_what_was_told_decides_where_the_rows_do_not() -> None:
    assert order("03/04/2026", told="mdy") == "mdy"


def test_dates_that_read_the_same_either_way_need_no_order() -> None:
    assert order("05/05/2026", "2026-03-04", "not a date", "44/44/2026") == "dmy"


def test_an_ambiguous_file_is_refused_with_the_question() -> None:
    with pytest.raises(Refused) as told:
        order("05/05/2026", "03/04/2026 10:20")
    assert told.value.line == 3
    for words in ("--date-order dmy", "--date-order mdy", "say which on the Data page"):
        assert words in str(told.value)
    assert "03/04" not in str(told.value)


def test_a_file_of_both_orders_is_refused_naming_both_lines() -> None:
    with pytest.raises(Refused) as told:
        order("13/01/2026", "01/13/2026")
    assert "line 2" in str(told.value)
    assert told.value.line == 3
    assert order("13/01/2026", "01/13/2026", told="dmy") == "dmy"


def test_two_digit_years_are_told() -> None:
    decided = decide_order([(2, "13/01/26"), (3, "2026-01-13"), (4, "14/01/26")], None, "a.csv")
    assert [note.line for note in decided.notes] == [2]
    assert "two digits" in decided.notes[0].text
