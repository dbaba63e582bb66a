"""Excel files hold the same tables as CSV; a broken or hostile one is refused in one sentence, and ends nothing but itself."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from etl.extract import read
from etl.extract.workbook import as_csv
from etl.model import AsksColumns, CalendarExport, CsvShape, How, LogExport, Refused

SHAPE = CsvShape("Clinic", "Start", date="Day", minutes="Mins", title="Reason")
HOW = How(ZoneInfo("America/Toronto"), frozenset(), datetime(2027, 1, 1, tzinfo=UTC), csv=(SHAPE,))
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def with_sheet(body: bytes) -> bytes:
    """A workbook whose first sheet has this for its data."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([]))) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            space = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            new.writestr(info.filename, space + body + b"</sheetData></worksheet>" if info.filename == SHEET else old.read(info))
    return held.getvalue()


def open_document(rows: str) -> bytes:
    """An .ods of one sheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        out.writestr("mimetype", kind)
        entry = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
        out.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{name}manifest:1.0">{entry}</m:manifest>')
        spaces = " ".join(f'xmlns:{part}="{name}{part}:1.0"' for part in ("office", "table", "text"))
        sheet = f'<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>'
        body = f"<office:body>{sheet}</office:body>"
        out.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return held.getvalue()


def test_dates_times_and_lengths_are_read_as_excel_keeps_them() -> None:
    data = workbook(
        [["a title alone"]],
        [
            ["Appointments of Maple"],
            [],
            ["Day", "Start", "Mins", "Patient", "Reason"],
            [date(2026, 9, 14), time(9, 5), 30, "Rex\nFoo", "Dental"],
            [datetime(2026, 9, 14), datetime(1899, 12, 30, 10, 0), timedelta(minutes=45), "Rex", "Surgery"],
            ["14/09/2026", "11:00 AM", 7.5, "Rex", "=1+1"],
            [None, None, 30, "Rex", "Surgery"],
        ],
    )
    found = read(data, "clinic.csv", HOW)
    (export,) = found.exports
    assert isinstance(export, CalendarExport)
    assert [(one.line, one.start, one.end - one.start, one.title) for one in export.occurrences] == [
        (4, datetime(2026, 9, 14, 9, 5), timedelta(minutes=30), "Dental"),
        (5, datetime(2026, 9, 14, 10), timedelta(minutes=45), "Surgery"),
        (6, datetime(2026, 9, 14, 11), timedelta(minutes=7.5), ""),
    ]
    assert [note.line for note in found.notes] == [7]
    assert "Rex" not in repr(found)


def test_midnight_in_a_column_of_moments_is_a_time_of_day() -> None:
    rows = [["Start", "End"], [datetime(2026, 9, 14), datetime(2026, 9, 14, 8)], [datetime(2026, 9, 15, 9, 0, 0, 499), "10:00"]]
    (export,) = read(workbook(rows), "a.xlsx", replace(HOW, csv=(CsvShape("c", "Start", end="End"),))).exports
    assert isinstance(export, CalendarExport)
    assert [one.start for one in export.occurrences] == [datetime(2026, 9, 14), datetime(2026, 9, 15, 9)]


def test_an_interruption_log_and_an_unknown_table() -> None:
    (log,) = read(workbook([["started_at", "minutes"], [datetime(2026, 9, 14, 10, 20), 6]]), "log.xlsx", HOW).exports
    assert isinstance(log, LogExport)
    assert log.interruptions[0].started_at == datetime(2026, 9, 14, 10, 20)
    with pytest.raises(AsksColumns):
        read(workbook([["When", "Who"], [datetime(2026, 9, 14, 10, 20), "Rex"]]), "a.xlsx", HOW)


def test_open_document() -> None:
    rows = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell {cell}</table:table-cell>' for cell in cells)}</table:table-row>"
        for cells in (
            [f'office:value-type="string"><text:p>{name}</text:p>' for name in ("started_at", "minutes")],
            [
                'office:value-type="date" office:date-value="2026-09-14T10:20:00">',
                'office:value-type="float" office:value="6">',
            ],
        )
    )
    (log,) = read(open_document(rows), "log.ods", HOW).exports
    assert isinstance(log, LogExport)
    assert log.interruptions[0].minutes == 6


FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="%d"><c r="%s%d"><v>2</v></c></row>'
TABLE = workbook([["Day", "Start", "Mins", "Reason"], *[[date(2026, 9, 14), time(9), 30, f"Rex {n}"] for n in range(500)]])
DAMAGED = "this spreadsheet is damaged"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(200), DAMAGED),
        (TABLE[:3000] + b"[Content_Types].xml", DAMAGED),
        (TABLE[:2500] + bytes(400) + TABLE[2900:], DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), DAMAGED),
        (workbook([]), "no sheet of this spreadsheet holds a table"),
        (with_sheet(FAR % (1_048_576, b"XFD", 1_048_576)), DAMAGED),  # asks for 400 GB: ends the process that reads it
        (with_sheet(FAR % (99_999_999, b"ZZZZZZ", 99_999_999)), DAMAGED),
        (with_sheet(FAR % (1_048_000, b"B", 1_048_000)), "more than a million rows"),
        (with_sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="x"><c r="!"></row>'), DAMAGED),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, says: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refused, match=says) as told:
        read(data, "book.csv", HOW)
    assert str(told.value).startswith("book.csv: ")
    assert "Save it as CSV" in str(told.value)
    assert capfd.readouterr() == ("", "")


def test_what_unpacks_to_too_much_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.extract.workbook.MOST_BYTES", 50_000)
    with pytest.raises(Refused, match="more than a million rows or 300 MB"):
        as_csv(with_sheet(b" " * 100_000), "book.xlsx")


def test_one_text_in_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.extract.workbook.MOST_BYTES", 100_000)
    with pytest.raises(Refused, match="more than a million rows or 300 MB"):
        as_csv(workbook([["x" * 30_000] * 2] * 4), "book.xlsx")


def test_a_workbook_that_takes_too_long_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.extract.workbook.SECONDS", 0.001)
    with pytest.raises(Refused, match="takes too long"):
        as_csv(TABLE, "book.xlsx")
