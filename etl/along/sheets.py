"""The account as a workbook, one sheet a question, and as tables of CSV; numbers and days are real ones, texts are only text."""

import io
from datetime import datetime, time
from typing import Any

from etl import bundle
from etl.along import sentences
from etl.along.account import Account
from etl.along.tables import Kind, Table

ABOUT = "About"
_FORMATS: dict[Kind, dict[str, Any]] = {
    "hours": {"num_format": "0.00"},
    "change": {"num_format": "+0.00;-0.00;0.00"},
    "number": {"num_format": "0.##"},
    "share": {"num_format": "0.0%"},
    "day": {"num_format": 14},  # a day as the reader's own country writes it
}
_HEAD = 3
"""Rows above those of a table: its question, its note, and the heads of its columns."""


def workbook(of: Account) -> bytes:
    """An Excel workbook: what it is about and the rules first, then a sheet a question."""
    import xlsxwriter  # only here: the command line starts faster without it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": "The owner's hours", "created": datetime.combine(of.known_to, time())})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format(form) for kind, form in _FORMATS.items()}
    about = book.add_worksheet(ABOUT)
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 100)
    for number, (head, text) in enumerate(rules(of)):
        about.write_string(number, 0, head, bold)
        about.write_string(number, 1, text, wrapped)
    for table in of.tables.values():
        _sheet(book.add_worksheet(table.name), table, bold, formats)
    book.close()
    return out.getvalue()


def csv_files(of: Account) -> dict[str, bytes]:
    """The same tables: the name and the bytes of each file."""
    about = {"about.csv": bundle.as_csv(["what", "said"], rules(of))}
    return about | {
        f"{table.name.lower().replace(' ', '_')}.csv": bundle.as_csv(
            [head for head, _ in table.columns], [[_rounded(value) for value in row] for row in table.rows]
        )
        for table in of.tables.values()
    }


def rules(of: Account) -> list[tuple[str, str]]:
    """What the tables are about, and what holds for all of them."""
    return [
        *([("Practice", of.practice)] if of.practice else []),
        ("Days", sentences.days(of)),
        ("Compared with", sentences.compared(of)),
        ("The finding", " ".join(of.said)),
        ("Hours", "Decimal hours: 6.5 is 6 h 30 min. A week: the average week of these days."),
        ("How it was counted", sentences.RULE),
        ("What is no hours", sentences.NOT_COUNTED_RULE),
        ("The log", sentences.trust(of)),
        *(("Still open", text) for text in sentences.left_open(of)),
        ("Time zone", f"Days of {of.time_zone}; known up to {of.asked.pen.day(of.known_to)}."),
        *((table.name, f"{table.question} {table.note}") for table in of.tables.values()),
    ]


def _sheet(sheet: Any, table: Table, bold: Any, formats: dict[Kind, Any]) -> None:
    sheet.write_string(0, 0, table.question, bold)
    sheet.write_string(1, 0, table.note)
    for column, (head, kind) in enumerate(table.columns):
        sheet.write_string(_HEAD - 1, column, head, bold)
        widest = max([len(head), *(len(row[column]) for row in table.rows if isinstance(row[column], str))])
        sheet.set_column(column, column, min(widest + 2, 60))
        for number, row in enumerate(table.rows, start=_HEAD):
            value = row[column]
            if isinstance(value, bool):
                sheet.write_string(number, column, "yes" if value else "no")
            elif isinstance(value, str) and value:
                sheet.write_string(number, column, value)  # never a formula
            elif kind == "day" and value is not None:
                sheet.write_datetime(number, column, value, formats[kind])
            elif value not in (None, ""):
                sheet.write_number(number, column, value, formats[kind])
    sheet.freeze_panes(_HEAD, 1)


def _rounded(value: Any) -> Any:
    return round(value, 6) + 0.0 if isinstance(value, float) else value
