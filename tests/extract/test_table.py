"""A CSV is told by its header: an interruption log, Outlook's calendar, or neither."""

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.table import read_csv
from etl.model import CalendarExport, Extract, How, LogExport, Refused

HEAD = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Location\r\n"


def read(data: bytes) -> Extract:
    return read_csv(data, "a.csv", How(ZoneInfo("UTC"), frozenset(), datetime(2027, 1, 1, tzinfo=UTC)))


def test_both_kinds_are_told_by_their_header() -> None:
    assert isinstance(read(b"STARTED_AT,Minutes\n2026-09-14 10:20,6\n").exports[0], LogExport)
    calendar = read((HEAD.upper() + "a,2026-01-05,9:00,2026-01-05,10:00,False,x\r\n").encode())
    assert isinstance(calendar.exports[0], CalendarExport)


@pytest.mark.parametrize(
    "data",
    [b"name,phone\nAnn,5550100\n", b"2026-09-14 10:20,6,Ann\n" * 2, b"\x00\x01\xff\n\xfe,\n"],
)
def test_neither_is_refused_with_what_a_log_needs(data: bytes) -> None:
    with pytest.raises(Refused) as told:
        read(data)
    assert "not a calendar or an interruption log" in str(told.value)
    assert "started_at, minutes" in str(told.value)
    assert "Ann" not in str(told.value)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", HEAD.encode(), b"started_at,minutes\n"])
def test_nothing_in_it(data: bytes) -> None:
    with pytest.raises(Refused, match="no rows"):
        read(data)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("a,01/05/2026,9:00 AM\r\nb,01/05/2026,9:00 AM,01/05/2026,10:00 AM,False,x,extra,extra\r\n", {2, 3}),
        ("a\0b,01/05/2026,9:00 AM,01/05/2026,10:00 AM,False,x\r\n", {2}),
        ("a,1/5/26,9:00 AM,1/5/26,10:00 AM,False,x\r\nb,1/5/99,9:00 AM,1/5/99,10:00 AM,False,x\r\n", {2, 3}),
    ],
)
def test_what_is_odd_in_a_calendar_is_named_by_line(rows: str, lines: set[int]) -> None:
    found = read((HEAD + rows).encode())
    assert {note.line for note in found.notes} >= lines
    (export,) = found.exports
    assert isinstance(export, CalendarExport)
    assert len(export.occurrences) == 1


CELLS = st.sampled_from(
    [
        "",
        "6",
        "03/04/2026",
        "2026-09-14 10:20",
        "13.01.26 9:00 PM",
        "9:00 AM",
        "10:20",
        "12/31/2100",
        "24:00",
        "True",
        '"',
        '"a\nb"',
        "é",
        "\0",
    ]
)
HEADERS = st.sampled_from(["started_at,minutes,answered_at", "minutes;started_at;team_could;role", HEAD.strip(), "a,b"])


@given(HEADERS, st.lists(st.lists(CELLS, max_size=8).map(",".join), max_size=5))
def test_whatever_the_cells_hold_it_is_read_or_refused(header: str, rows: list[str]) -> None:
    with suppress(Refused):
        assert read("\n".join([header, *rows]).encode()).exports


@given(st.binary(max_size=200))
def test_any_bytes_below_a_header_are_read_or_refused(data: bytes) -> None:
    for header in (b"started_at,minutes\n", HEAD.encode(), b"", b"\xff\xfe"):
        with suppress(Refused):
            assert read(header + data).exports
