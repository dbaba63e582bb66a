"""A table, be it CSV or a workbook: its header tells appointments from an interruption log; of any other the owner is asked."""

from collections import Counter
from itertools import islice

from etl.columns_guess import guess, is_dated
from etl.extract.appointments import OUTLOOK, fits, is_outlook, read_appointments
from etl.extract.calls import read_calls
from etl.extract.interruption_log import SHAPE, is_log, read_log
from etl.extract.rows import Table, compared, read_table
from etl.extract.sniff import is_workbook
from etl.extract.workbook import as_csv
from etl.model import AsksColumns, ColumnsQuestion, Extract, How, NotOurs

SHOWN_ROWS = 5
SAMPLED_ROWS = 50


def read_csv(data: bytes, file_name: str, how: How) -> Extract:
    """One LogExport or one CalendarExport. Raises AsksColumns for appointments in columns that nobody has named yet,
    NotOurs for a table that is none of ours, Refused for one that cannot be read."""
    table = _open(data, file_name)
    for shape in how.csv:
        if fits(table, shape):
            return read_calls(table, shape, how) if shape.kind == "calls" else read_appointments(table, shape, how)
    if is_outlook(table):
        return read_appointments(table, OUTLOOK, how)
    if is_log(table):
        return read_log(table, how)
    sample = [cells for _, cells in islice(table, SAMPLED_ROWS)]
    if is_dated(table.names, sample):
        raise AsksColumns(file_name, table.header_line, _question(table, sample))
    what = "this is not a calendar or an interruption log"
    raise NotOurs(file_name, what, f"{SHAPE}. A calendar is best exported as .ics", table.header_line)


def values(data: bytes, file_name: str, column: str, most: int = 200) -> list[str]:
    """What the cells of a column say, the most frequent first: for the owner to choose from, never for a message."""
    rows, _ = _open(data, file_name).take([compared(column)])
    return [text for text, _ in Counter(cells[0] for _, cells in rows if cells[0]).most_common(most)]


def _open(data: bytes, file_name: str) -> Table:
    return read_table(as_csv(data, file_name) if is_workbook(data) else data, file_name)


def _question(table: Table, sample: list[tuple[str, ...]]) -> ColumnsQuestion:
    places = [at for at, name in enumerate(table.names) if name]
    rows = tuple(tuple(cells[at].strip() if at < len(cells) else "" for at in places) for cells in sample[:SHOWN_ROWS])
    return ColumnsQuestion(tuple(table.names[at] for at in places), rows, guess(table.names, sample))
