"""Bytes of a table to rows of text, each with the line it begins on; nothing is known here of what the columns mean.

The standard library's reader is used with its header checked by us: readers that guess the header lose it in a file
with ragged rows. Rows are read one after the other, and of each only the cells that are asked for are kept.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from etl.extract.notes import thin
from etl.extract.sniff import CHOOSE
from etl.model import Note, NotOurs, Refused

DELIMITERS = ",;\t|"
HEADER_WITHIN = 20  # lines: reports have a heading of a few lines above their table
MOST_ROWS = 1_000_000
LONGEST_ROW = 1_000_000  # characters

Row = tuple[int, tuple[str, ...]]
"""The number of a row's first line, from 1, and its cells."""

_END = "\ufdd0"  # a noncharacter (Unicode 23.7): a row of its own at the end unless a quotation mark was left open
_SEPARATOR_HINT = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_MEND = "Open the file in a spreadsheet, mend that row and save it as CSV again"


def compared(name: str) -> str:
    """The name of a column as names are compared: `Start  Date` is `start_date`."""
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())


@dataclass(frozen=True, slots=True)
class Table:
    """The header of one file, its names as written and as compared; iterating reads the rows below it that are not blank."""

    file_name: str
    data: bytes
    encoding: str
    delimiter: str
    header_line: int
    names: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[Note, ...]

    def __iter__(self) -> Iterator[Row]:
        """Raises Refused: a quotation mark never closed, a cell or a row too long, too many rows."""
        lines = islice(_lines(self.data, self.encoding), self.header_line - 1, None)
        for nth, row in enumerate(_split(lines, self.delimiter, self.header_line, self.file_name)):
            if nth > MOST_ROWS:
                what = f"the table has more than {MOST_ROWS:,} rows"
                raise Refused(self.file_name, what, "Export a shorter time", row[0])
            if nth and any(map(str.strip, row[1])):
                yield row

    def take(self, columns: Sequence[str]) -> tuple[list[Row], list[Note]]:
        """Of each row the cells of these columns, without blanks around them; empty where the row is short or the column
        absent. And a word on each row with a cell under no header. Raises Refused where there are no rows."""
        places = [self.columns.index(column) if column in self.columns else None for column in columns]
        unnamed = [at for at, column in enumerate(self.columns) if not column]
        rows: list[Row] = []
        long: list[Note] = []
        same: dict[str, str] = {}  # a text that many rows share is kept once
        for line, cells in self:
            texts = ["" if at is None or at >= len(cells) else cells[at].strip() for at in places]
            rows.append((line, tuple([same.setdefault(text, text) for text in texts])))
            if any(cells[at].strip() for at in unnamed if at < len(cells)) or any(map(str.strip, cells[len(self.columns) :])):
                long.append(Note(line, "this row has more cells than the first line names; those beyond it were not read"))
        if not rows:
            raise _no_rows(self.file_name)
        return rows, long

    def need(self, columns: Mapping[str, str], mend: str) -> None:
        """Refuse the file when a column is missing; `columns` maps compared names to those a person writes."""
        missing = [name for column, name in columns.items() if column not in self.columns]
        if missing:
            is_are = "column {} is" if len(missing) == 1 else "columns {} are"
            what = f"the {is_are.format(' and '.join(missing))} missing"
            raise Refused(self.file_name, what, mend, self.header_line)


def read_table(data: bytes, file_name: str) -> Table:
    """The table of a CSV: its header is the first line with more than one cell, else the first that is not blank.

    Raises Refused: no rows, one column of plain text, a name twice, and for the header what reading its rows raises.
    """
    encoding, notes = _encoding(data)
    written = (pair for pair in enumerate(_lines(data, encoding), 1) if pair[1].strip(' \r\n"' + DELIMITERS))
    head = list(islice(written, HEADER_WITHIN))
    hint = ""
    if head and (told := _SEPARATOR_HINT.fullmatch(head[0][1])):
        hint = told[1]
        del head[0]
    if not head:
        raise _no_rows(file_name)
    line, header = next((pair for pair in head[:-1] if _is_split(pair[1], hint or _delimiter(pair[1]))), head[0])
    delimiter = hint or _delimiter(header)
    _, cells = next(_split(islice(_lines(data, encoding), line - 1, None), delimiter, line, file_name))
    names = tuple(cell.strip() for cell in cells)
    table = Table(file_name, data, encoding, delimiter, line, names, tuple(map(compared, names)), (*notes, *_nul(data, encoding)))
    named = [column for column in table.columns if column]
    if len(set(named)) < len(named):
        raise Refused(file_name, "two columns have the same name", "Rename or remove one of them", line)
    if not any(True for _ in table):
        if len(names) == 1:  # a line or two of plain text
            raise NotOurs(file_name, "this is neither a calendar nor a table", CHOOSE)
        raise _no_rows(file_name)
    return table


def _encoding(data: bytes) -> tuple[str, list[Note]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", []
    try:
        data.decode()
    except UnicodeDecodeError:
        told = "the file is not UTF-8; it was read as Western European text (Windows-1252)"
        return "cp1252", [Note(None, f"{told}. If letters with accents look wrong, save it as CSV UTF-8 and load it again")]
    return "utf-8-sig", []


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends; no text holds a NUL, so it is taken out."""
    for line in io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline=""):
        yield line.replace("\0", "")


def _nul(data: bytes, encoding: str) -> Iterable[Note]:
    if b"\0" not in data or encoding == "utf-16":
        return ()
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")
    return thin(Note(n, "characters that no text holds (NUL) were removed") for n, line in enumerate(lines, 1) if "\0" in line)


def _is_split(line: str, delimiter: str) -> bool:
    return sum(bool(cell.strip(' \r\n"')) for cell in line.split(delimiter)) > 1


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=bare.count)


def _split(lines: Iterable[str], delimiter: str, first_line: int, file_name: str) -> Iterator[Row]:
    length = 0

    def measured() -> Iterator[str]:
        nonlocal length
        for line in chain(lines, [_END]):
            length += len(line)
            if length > LONGEST_ROW:
                raise csv.Error
            yield line

    reader = csv.reader(measured(), delimiter=delimiter)
    row, begins = (first_line, tuple[str, ...]()), first_line
    try:
        for cells in reader:
            if row[1]:
                yield row
            if cells == [_END]:
                return
            row, begins, length = (begins, tuple(cells)), first_line + reader.line_num, 0
    except csv.Error:
        what = f"a cell is longer than {csv.field_size_limit():,} characters, the row than {LONGEST_ROW:,}"
        raise Refused(file_name, f"{what}, or a quotation mark is never closed", _MEND, begins) from None
    raise Refused(file_name, "a quotation mark opens here and is never closed", _MEND, row[0])


def _no_rows(file_name: str) -> Refused:
    return Refused(file_name, "there are no rows in it", "Export it again, and check that it has rows below the header")
