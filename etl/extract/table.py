"""A CSV file of either kind: its header tells an interruption log from a calendar."""

from etl.extract.calendar_csv import is_calendar, read_calendar_csv
from etl.extract.interruption_log import SHAPE, is_log, read_log
from etl.extract.rows import read_table
from etl.model import Extract, How, Refused


def read_csv(data: bytes, file_name: str, how: How) -> Extract:
    """One LogExport or one CalendarExport. Raises Refused for a CSV that is neither, or cannot be read."""
    table = read_table(data, file_name)
    if is_calendar(table):
        return read_calendar_csv(table, how)
    if is_log(table):
        return read_log(table, how)
    what = "this is not a calendar or an interruption log"
    raise Refused(file_name, what, f"{SHAPE}. A calendar is best exported as .ics", table.header_line)
