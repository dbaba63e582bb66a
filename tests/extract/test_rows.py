"""Bytes of a CSV to rows with the line each begins on."""

import pytest

from etl.extract.rows import Table, read_table
from etl.model import Refused


def table(text: str) -> Table:
    return read_table(text.encode(), "a.csv")


def first(read: Table) -> tuple[str, ...]:
    return next(iter(read))[1]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_header_decides_the_delimiter(mark: str) -> None:
    read = table(mark.join(["Started At", "MINUTES"]) + "\n" + mark.join(["x", "1,5" if mark != "," else "2"]) + "\n")
    assert read.columns == ("started_at", "minutes")
    assert first(read) == ("x", "1,5" if mark != "," else "2")


def test_delimiters_inside_quotes_do_not_count() -> None:
    assert table('"a;b;c",d\n1,2\n').columns == ("a;b;c", "d")


def test_a_row_is_numbered_by_its_first_line() -> None:
    read = table('a,b\n1,"two\r\nlines"\n\n  , \n3,4\n')
    assert list(read) == [(2, ("1", "two\r\nlines")), (6, ("3", "4"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(end: str) -> None:
    assert list(table(end.join(["a,b", "1,2", "3,4"]))) == [(2, ("1", "2")), (3, ("3", "4"))]


def test_blank_lines_and_a_separator_hint_come_before_the_header() -> None:
    read = table("sep=;\n\na;b\n1;2\n")
    assert read.columns == ("a", "b")
    assert list(read) == [(4, ("1", "2"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    read = read_table("a,b\nCafé,2\n".encode(encoding), "a.csv")
    assert read.columns == ("a", "b")
    assert first(read)[0] == "Café"
    assert len(read.notes) == (encoding == "cp1252")


def test_utf_16_of_both_byte_orders() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert first(read_table(mark + "a,b\n1,2\n".encode(encoding), "a.csv")) == ("1", "2")


def test_nul_bytes_are_removed_with_a_word() -> None:
    read = table("a,b\n1\0x,2\n")
    assert first(read) == ("1x", "2")
    assert [note.line for note in read.notes] == [2]
    assert "1x" not in read.notes[0].text


@pytest.mark.parametrize("text", ["", " \n\t\n", "a,b\n", "a,b\n\n , \n"])
def test_without_rows_it_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="no rows"):
        table(text)


def test_a_line_of_plain_text_is_no_table() -> None:
    with pytest.raises(Refused, match="this is neither a calendar nor a table"):
        table("hello world\n")


def test_an_unclosed_quote_is_refused_at_the_line_it_opens_on() -> None:
    with pytest.raises(Refused) as told:
        list(table('a,b\n1,2\n3,"secret\n5,6\n7,8\n'))
    assert told.value.line == 3
    assert "secret" not in str(told.value)


def test_a_cell_beyond_all_measure_is_refused() -> None:
    with pytest.raises(Refused) as told:
        list(table("a,b\n1,2\n3," + "x" * 200_000 + "\n"))
    assert told.value.line == 3


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(Refused, match="two columns"):
        table("minutes,Minutes\n1,2\n")


def test_only_the_cells_asked_for_are_kept_and_blank_where_a_row_is_short() -> None:
    rows, notes = table("a,b,c\n 1 ,2\n1,2,3,,4\n").take(["a", "c", "nowhere"])
    assert rows == [(2, ("1", "", "")), (3, ("1", "3", ""))]
    assert [note.line for note in notes] == [3]


def test_a_heading_above_the_table_is_passed_over() -> None:
    read = table("Appointments\n\nof September\na,b\n1,2\n")
    assert (read.columns, read.header_line, list(read)) == (("a", "b"), 4, [(5, ("1", "2"))])


@pytest.mark.parametrize("row", ["1," * 500_001, '"\n",' * 300_000])
def test_a_row_beyond_all_measure_is_refused(row: str) -> None:
    with pytest.raises(Refused, match="the row than 1,000,000") as told:
        list(table("a,b\n1,2\n" + row + "\n"))
    assert told.value.line == 3


def test_a_table_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.extract.rows.MOST_ROWS", 3)
    assert len(list(table("a,b\n" + "1,2\n" * 3))) == 3
    with pytest.raises(Refused, match="more than 3 rows") as told:
        table("a,b\n" + "1,2\n" * 4).take(["a"])
    assert told.value.line == 5
