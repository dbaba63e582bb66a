"""A program of its own, run by workbook.py: a workbook on standard input, its first table on standard output as CSV.

Exit status: 0 done; 2 no table; 3 a password; 4 more bytes than the first argument allows, or too many rows; else damaged.
"""

import contextlib
import csv
import io
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError

NO_TABLE, LOCKED, TOO_LARGE = 2, 3, 4
MOST_ROWS = 1_000_001  # the header's included
MEMORY = 1 << 30  # bytes


def main(most_bytes: int) -> int:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        return LOCKED
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height > 1 and sheet.width > 1:
            return write(sheet, most_bytes)
    return NO_TABLE


def write(sheet: CalamineSheet, most_bytes: int) -> int:
    """Write the sheet's rows; row 7 of the sheet is line 7."""
    if sheet.total_height > MOST_ROWS:
        return TOO_LARGE
    # A date is a date and a time at midnight to Excel: which is meant is told by the other cells of the column.
    moments = {at for row in sheet.iter_rows() for at, cell in enumerate(row) if isinstance(cell, datetime)}
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace", newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in sheet.iter_rows():
        cells = [text(cell, at in moments) for at, cell in enumerate(row)]
        most_bytes -= sum(map(len, cells))
        if most_bytes < 0:
            return TOO_LARGE
        writer.writerow(cells)
    out.flush()
    return 0


def text(cell: object, with_time: bool) -> str:
    """The cell as people write it, on one line. Excel keeps times as fractions of a day: they are rounded to the second."""
    if isinstance(cell, datetime):
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date):
        return f"{cell} 00:00:00" if with_time else str(cell)
    if isinstance(cell, time):
        return (datetime.combine(date.min, cell) + timedelta(milliseconds=500)).strftime("%H:%M:%S")
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
