"""Bytes of a CSV file to rows of text, each with the line it begins on.

The standard library's reader is used with its header checked by us: readers that guess the header lose it in a file
with ragged rows. Nothing is known here of what the columns mean.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from etl.extract.notes import thin
from etl.extract.sniff import CHOOSE
from etl.model import Note, Refused

DELIMITERS = ",;\t"

_END = "\ufdd0"  # a noncharacter (Unicode 23.7): a row of its own at the end unless a quotation mark was left open
_SEPARATOR_HINT = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_WORDS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is the number of its first physical line, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows of one file. `columns` are compared names (`Start Date` is `start_date`), `names` as written."""

    file_name: str
    header_line: int
    names: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]

    def text(self, row: Row, column: str) -> str:
        """The cell of that column without blanks around it; empty where the row is short or the column absent."""
        if column not in self.columns:
            return ""
        at = self.columns.index(column)
        return row.cells[at].strip() if at < len(row.cells) else ""

    def is_long(self, row: Row) -> bool:
        """Whether a cell with something in it lies under no header."""
        return any(cell.strip() for at, cell in enumerate(row.cells) if not "".join(self.columns[at : at + 1]))

    def need(self, columns: Mapping[str, str], mend: str) -> None:
        """Refuse the file when a column is missing; `columns` maps compared names to those a person writes."""
        missing = [name for column, name in columns.items() if column not in self.columns]
        if missing:
            is_are = "column {} is" if len(missing) == 1 else "columns {} are"
            what = f"the {is_are.format(' and '.join(missing))} missing"
            raise Refused(self.file_name, what, mend, self.header_line)

    def long_notes(self) -> Iterator[Note]:
        """A word about each row that has more cells than the header."""
        for row in self.rows:
            if self.is_long(row):
                yield Note(row.line, "this row has more cells than the first line names; those beyond it were not read")


def read_table(data: bytes, file_name: str) -> Table:
    """Decode and split a CSV whose first line that is not blank is its header.

    Raises Refused: no rows, a quotation mark never closed, a cell longer than csv.field_size_limit(), a name twice.
    """
    text, notes = _decode(data)
    text, nul_notes = _without_nul(text)
    numbered = enumerate(io.StringIO(text, newline=""), 1)
    hint, header_line, lines = _skip_to_header(numbered)
    if header_line == 0:
        raise _no_rows(file_name)
    first = next(lines)
    rows = _split(chain([first], lines), hint or _delimiter(first), header_line, file_name)
    names = tuple(name.strip() for name in next(rows).cells)
    columns = tuple(re.sub(r"[\s_-]+", "_", name.casefold()) for name in names)
    if len(set(filter(None, columns))) < len(list(filter(None, columns))):
        raise Refused(file_name, "two columns have the same name", "Rename or remove one of them", header_line)
    kept = tuple(row for row in rows if any(cell.strip() for cell in row.cells))
    if not kept:
        if len(columns) == 1:  # a line or two of plain text
            raise Refused(file_name, "this is neither a calendar nor a table", CHOOSE)
        raise _no_rows(file_name)
    return Table(file_name, header_line, names, columns, kept, (*notes, *nul_notes))


def yes_or_no(text: str) -> bool | None:
    """yes, y, true or 1; no, n, false or 0, in any case; None for blank. Raises ValueError for anything else."""
    if not text:
        return None
    if text.casefold() not in _WORDS:
        raise ValueError
    return _WORDS[text.casefold()]


def name_lines(lines: Sequence[int], at_most: int = 5) -> str:
    """`line 4`, `lines 4 and 6`, `lines 4, 5, 6, 7, 8 and others`."""
    named = [str(line) for line in lines[:at_most]]
    if len(lines) > at_most:
        return f"lines {', '.join(named)} and others"
    return f"line {named[0]}" if len(named) == 1 else f"lines {', '.join(named[:-1])} and {named[-1]}"


def _decode(data: bytes) -> tuple[str, tuple[Note, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        told = "the file is not UTF-8; it was read as Western European text (Windows-1252)"
        mend = "If letters with accents look wrong, save it as CSV UTF-8 and load it again"
        return data.decode("cp1252", errors="replace"), (Note(None, f"{told}. {mend}"),)


def _without_nul(text: str) -> tuple[str, tuple[Note, ...]]:
    if "\0" not in text:
        return text, ()
    lines = io.StringIO(text, newline="")
    notes = [Note(n, "characters that no text holds (NUL) were removed") for n, line in enumerate(lines, 1) if "\0" in line]
    return text.replace("\0", ""), thin(notes)


def _skip_to_header(numbered: Iterator[tuple[int, str]]) -> tuple[str, int, Iterator[str]]:
    """The delimiter that a `sep=;` line names or "", the line number of the header or 0, and the lines from it on."""
    hint = ""
    for number, line in numbered:
        if (told := _SEPARATOR_HINT.fullmatch(line)) and not hint:
            hint = told[1]
        elif line.strip(' \r\n"' + DELIMITERS):
            return hint, number, chain([line], (rest for _, rest in numbered))
    return hint, 0, iter(())


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=bare.count)


def _split(lines: Iterator[str], delimiter: str, first_line: int, file_name: str) -> Iterator[Row]:
    reader = csv.reader(chain(lines, [_END]), delimiter=delimiter)
    row, begins = Row(first_line, ()), first_line
    mend = "Open the file in a spreadsheet, mend that row and save it as CSV again"
    try:
        for cells in reader:
            if row.cells:
                yield row
            if cells == [_END]:
                return
            row, begins = Row(begins, tuple(cells)), first_line + reader.line_num
    except csv.Error:
        what = f"a cell is longer than {csv.field_size_limit():,} characters, or a quotation mark is never closed"
        raise Refused(file_name, what, mend, begins) from None
    raise Refused(file_name, "a quotation mark opens here and is never closed", mend, row.line)


def _no_rows(file_name: str) -> Refused:
    return Refused(file_name, "there are no rows in it", "Export it again, and check that it has rows below the header")
