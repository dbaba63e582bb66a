"""The interruption log: numbers an owner typed, so every wrong row refuses the file."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from etl.extract.table import read_csv
from etl.model import Extract, How, Interruption, LogExport, Note, Refused

HEAD = "started_at,minutes,about_location,asked_by,topic,team_could,answered_at,via,note\n"


def how(date_order: str | None = None) -> How:
    zone = ZoneInfo("America/Toronto")
    return How(zone, frozenset(), datetime(2027, 1, 1, tzinfo=UTC), date_order)


def read(text: str, date_order: str | None = None) -> Extract:
    return read_csv(text.encode(), "pulls.csv", how(date_order))


def only(text: str) -> Interruption:
    (export,) = read(text).exports
    assert isinstance(export, LogExport)
    (row,) = export.interruptions
    return row


def refused(text: str) -> Refused:
    with pytest.raises(Refused) as told:
        read(text)
    return told.value


def test_a_whole_row() -> None:
    found = read(HEAD + "2026-09-14 10:20,6,Riverside,front desk,supplier order,yes,2026-09-14 10:30,phone,call back\n")
    assert found.notes == ()
    row = Interruption(
        datetime(2026, 9, 14, 10, 20),
        6.0,
        "Riverside",
        "front desk",
        "supplier order",
        True,
        datetime(2026, 9, 14, 10, 30),
        "phone",
        "call back",
        "management",
        estimated=False,
        line=2,
    )
    assert found.exports == (LogExport("pulls", (row,), "pulls.csv"),)


def test_only_the_first_two_are_needed_in_any_case_and_order() -> None:
    row = only(" MINUTES ;Started At\n7,5;2026-09-14T10:20:00Z\n")
    assert (row.minutes, row.started_at) == (7.5, datetime(2026, 9, 14, 10, 20, tzinfo=UTC))
    assert (row.about, row.team_could, row.answered_at, row.role) == ("", None, None, "management")


@pytest.mark.parametrize("header", ["started_at,topic", "minutes,topic"])
def test_a_missing_column_is_named_beside_all_that_are_known(header: str) -> None:
    told = refused(header + "\n2026-09-14 10:20,secret\n")
    missing = {"started_at", "minutes"} - set(header.split(","))
    assert f"the column {missing.pop()} is missing" in str(told)
    assert "answered_at" in str(told)
    assert "secret" not in str(told)


@pytest.mark.parametrize("minutes", ["0", "-5", "2000", "1440.5", "ten", "nan", "inf", "1e3", "", "6 m", '"1,000"', "٣"])
def test_minutes_that_cannot_be(minutes: str) -> None:
    told = refused(HEAD + f"2026-09-14 10:20,6\n2026-09-14 10:20,{minutes},North\n")
    assert told.line == 3
    assert "minutes" in str(told)
    assert "1440" in str(told)
    assert "North" not in str(told)
    assert "ten" not in str(told).split()


@pytest.mark.parametrize("minutes", ["0.5", "1440", "6.25"])
def test_minutes_that_can_be(minutes: str) -> None:
    assert only(HEAD + f"2026-09-14 10:20,{minutes}\n").minutes == float(minutes)


@pytest.mark.parametrize("started", ["2026-02-30 10:20", "2026-09-13", "2026-09-14 25:00", "today", "1889-01-01 10:00", ""])
def test_a_start_that_cannot_be(started: str) -> None:
    told = refused(HEAD + f"{started},6\n")
    assert told.line == 2
    assert "started_at" in str(told)
    assert not started or started not in str(told)


def test_several_wrong_rows_are_counted_and_the_first_five_named() -> None:
    told = refused(HEAD + "2026-09-14 10:20,6\n" + "2026-09-14 10:20,0\n" * 8)
    assert told.line == 3
    assert "7 more" in str(told)
    assert "lines 4, 5, 6, 7, 8 and others" in str(told)
    assert "999 more rows" in str(refused(HEAD + "2026-09-14 10:20,0\n" * 1_000))
    assert ". At least 1,000 more rows are wrong" in str(refused(HEAD + "2026-09-14 10:20,0\n" * 1_002))
    assert "1 more row is wrong, on line 3" in str(refused(HEAD + "2026-09-14 10:20,0\n,6\n"))


def test_a_log_of_more_than_100_000_interruptions() -> None:
    told = refused(HEAD + "2026-09-14 10:20,6\n" * 100_001)
    assert told.line == 100_002
    assert "more than 100,000 interruptions" in str(told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", True),
        ("Y", True),
        ("TRUE", True),
        ("1", True),
        ("no", False),
        ("n", False),
        ("False", False),
        ("0", False),
        ("", None),
    ],
)
def test_team_could(text: str, expected: bool | None) -> None:
    assert only(HEAD + f"2026-09-14 10:20,6,,,,{text}\n").team_could is expected


def test_estimated() -> None:
    head = HEAD.replace("\n", ",estimated\n")
    assert only(head + "2026-09-14 10:20,6,,,,,,,,yes\n").estimated is True
    assert only(head + "2026-09-14 10:20,6,,,,,,,,\n").estimated is False
    assert "estimated" in str(refused(head + "2026-09-14 10:20,6,,,,,,,,perhaps\n"))


def test_team_could_and_role_know_their_words() -> None:
    told = refused(HEAD + "2026-09-14 10:20,6,,,,maybe\n")
    assert told.line == 2
    assert "team_could" in str(told)
    assert "maybe" not in str(told)
    told = refused("started_at,minutes,role\n2026-09-14 10:20,6,boss\n")
    assert "role" in str(told)
    assert "clinical" in str(told)
    assert only("started_at,minutes,role\n2026-09-14 10:20,6,Clinical\n").role == "clinical"


@pytest.mark.parametrize(
    ("started", "answered", "expected"),
    [
        ("2026-09-14 10:20", "10:30", datetime(2026, 9, 14, 10, 30)),
        ("2026-09-14 10:20", "10:20", datetime(2026, 9, 14, 10, 20)),
        ("2026-09-14 23:50", "0:10", datetime(2026, 9, 15, 0, 10)),
        ("2026-09-14 10:20:30", "10:20", datetime(2026, 9, 14, 10, 20, 30)),
        ("2026-09-14T10:20Z", "10:30", datetime(2026, 9, 14, 10, 30, tzinfo=UTC)),
        ("2026-09-14 10:20", "2026-09-16 8:00", datetime(2026, 9, 16, 8)),
        (
            "2026-09-14 10:20",
            "2026-09-14T10:30-04:00",
            datetime(2026, 9, 14, 10, 30, tzinfo=timezone(timedelta(hours=-4))),
        ),
    ],
)
def test_answered_at(started: str, answered: str, expected: datetime) -> None:
    assert only(HEAD + f"{started},6,,,,,{answered}\n").answered_at == expected


@pytest.mark.parametrize("answered", ["9:05", "2026-09-14 10:19", "2026-09-14T10:30Z", "soon", "2026-09-31 10:30"])
def test_an_answer_before_the_question(answered: str) -> None:
    told = refused(HEAD + f"2026-09-14 10:20,6,,,,,{answered}\n")
    assert told.line == 2
    assert "answered_at" in str(told)


def test_dates_take_one_order_or_ask() -> None:
    (export,) = read(HEAD + "03/04/2026 10:20,6\n13/04/2026 10:20,6\n").exports
    assert isinstance(export, LogExport)
    assert [row.started_at.month for row in export.interruptions] == [4, 4]
    assert "--date-order" in str(refused(HEAD + "03/04/2026 10:20 AM,6\n"))
    (export,) = read(HEAD + "03/04/2026 10:20,6\n", "mdy").exports
    assert isinstance(export, LogExport)
    assert export.interruptions[0].started_at == datetime(2026, 3, 4, 10, 20)


def test_a_repeated_row_counts_once_and_both_lines_are_named() -> None:
    found = read(HEAD + "2026-09-14 10:20,6,North\n2026-09-14 10:20,6,South\n2026-09-14 10:20,6,North,,\n")
    (export,) = found.exports
    assert isinstance(export, LogExport)
    assert [row.line for row in export.interruptions] == [2, 3]
    assert [note.line for note in found.notes] == [4]
    assert "line 2" in found.notes[0].text


def test_long_rows_and_unknown_columns_are_told_and_not_read() -> None:
    found = read("started_at,minutes,patient\n2026-09-14 10:20,6,Rex,secret\n")
    assert "Rex" not in repr(found)
    assert "secret" not in repr(found)
    assert found.notes[0] == Note(1, "column 3 of this line is none that a log has, and not read")
    assert [note.line for note in found.notes] == [1, 2]


def test_of_unknown_columns_only_the_number_is_told() -> None:
    (note,) = read("rex@example.com,started_at,Rex,minutes\n1,2026-09-14 10:20,2,6\n").notes
    assert note == Note(1, "columns 1, 3 of this line are none that a log has, and not read")


def test_a_start_that_the_clocks_skip_or_show_twice_is_told() -> None:
    rows = ["2026-03-08 02:30,6", "2026-03-08 03:00,6", "2026-11-01 01:30,6", "2026-11-01 01:30-05:00,6", "2026-11-01 02:00,6"]
    found = read("\n".join(["started_at,minutes", *rows]))
    assert [(note.line, note.text.split(",")[0].split(";")[0]) for note in found.notes] == [
        (2, "started_at is a time that the clocks skipped that night"),
        (4, "started_at came twice that night"),
    ]


def test_no_rows() -> None:
    assert "no rows" in str(refused(HEAD))
