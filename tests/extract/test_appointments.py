"""Tables of appointments as practice software writes them, read by what [[csv]] says of their columns."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from etl.extract.table import read_csv, values
from etl.model import AsksColumns, CalendarExport, CsvShape, Extract, How, Occurrence, Refused

MOMENTS = CsvShape("Clinic", "Appt Start", end="Appt End", title="Reason", place="Site")
APART = CsvShape("Clinic", "Time", date="Date", minutes="Mins", title="Reason", provider="Vet", owner=("Dr A", "Dr. Able"))
HEAD = "Date,Time,Mins,Patient,Reason,Vet\n"


def read(text: str, *shapes: CsvShape, zone: str = "America/Toronto") -> Extract:
    how = How(ZoneInfo(zone), frozenset(), datetime(2027, 1, 1, tzinfo=UTC), csv=shapes)
    return read_csv(text.encode(), "clinic.csv", how)


def only(text: str, *shapes: CsvShape) -> Occurrence:
    (one,) = all_of(read(text, *shapes))
    return one


def all_of(found: Extract) -> list[Occurrence]:
    (export,) = found.exports
    assert isinstance(export, CalendarExport)
    return list(export.occurrences)


def test_a_whole_row_and_nothing_of_the_columns_that_are_not_named() -> None:
    found = read(
        "APPT  start;Patient;appt end;Phone;reason;site\n14.09.2026 9:00;Rex;14.09.2026 9:30;555;Dental;North\n", MOMENTS
    )
    (one,) = all_of(found)
    assert (one.start, one.end, one.title, one.place) == (
        datetime(2026, 9, 14, 9),
        datetime(2026, 9, 14, 9, 30),
        "Dental",
        "North",
    )
    assert (found.exports[0].name, found.notes) == ("Clinic", ())
    assert "Rex" not in repr(found)
    assert "555" not in repr(found)


def test_an_offset_makes_an_instant() -> None:
    one = only("Appt Start,Appt End,Reason,Site\n2026-09-14T09:00-04:00,2026-09-14T10:00,x,y\n", MOMENTS)
    assert (one.start, one.end) == (datetime(2026, 9, 14, 13, tzinfo=UTC), datetime(2026, 9, 14, 14, tzinfo=UTC))
    assert one.original == "20260914T130000Z"


@pytest.mark.parametrize(
    ("cells", "start", "minutes"),
    [
        ("2026-09-14,9:00,30", "09:00", 30),
        ("14-Sep-2026,9:00 AM,0:45", "09:00", 45),
        ("2026-09-14 00:00:00,1899-12-30 09:05:00,30 min", "09:05", 30),  # as Access writes a date and a time apart
        ("14 September 2026,21:00,7.5", "21:00", 7.5),
    ],
)
def test_a_date_and_a_time_apart(cells: str, start: str, minutes: float) -> None:
    date, time, length = cells.split(",")
    one = only(f"{HEAD}{date},{time},{length},Rex,Dental,Dr A\n", APART)
    assert one.start == datetime.fromisoformat(f"2026-09-14T{start}")
    assert (one.end - one.start).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    ("start", "end", "hours"), [("9:00", "10:30", 1.5), ("23:00", "1:00", 2), ("20:00", "8:00", 12), ("9:00", "9:00", 0)]
)
def test_an_end_that_is_a_time_alone_is_of_that_day_or_the_night_after(start: str, end: str, hours: float) -> None:
    one = only(f"Day,From,To\n2026-09-14,{start},{end}\n", CsvShape("c", "From", date="Day", end="To"))
    assert (one.end - one.start).total_seconds() == hours * 3600
    one = only(f"From,To\n2026-09-14 {start},{end}\n", CsvShape("c", "From", end="To"))
    assert (one.end - one.start).total_seconds() == hours * 3600


def test_a_row_that_cannot_be_read_costs_that_row() -> None:
    rows = ["secret,9:00,30,,x,Dr A", "2026-09-14,,30,,x,Dr A", "2026-09-14,9:00,long,,x,Dr A", "2026-09-14,9:00,-5,,x,Dr A"]
    found = read(HEAD + "\n".join([*rows, "2026-09-14,9:00,30,,x,Dr A\n"]), APART)
    assert [one.line for one in all_of(found)] == [6]
    assert [(note.line, note.text.split(": ")[1].split(" is ")[0]) for note in found.notes] == [
        (2, "the start date"), (3, "the start time"), (4, "the length"), (5, "the length"),
    ]  # fmt: skip
    assert "secret" not in repr(found.notes)
    with pytest.raises(Refused, match="line 2: no row of this calendar can be read: here the start date is not a date") as told:
        read(HEAD + rows[0], APART)
    assert "secret" not in str(told.value)


def test_an_end_long_before_its_start_is_no_night() -> None:
    found = read("Day,From,To\n2026-09-14,9:00,8:00\n2026-09-14,9:00,10:00\n", CsvShape("c", "From", date="Day", end="To"))
    assert [note.text for note in found.notes] == ["left out: it ends before it starts"]


def test_only_the_owners_rows_are_read() -> None:
    rows = "2026-09-14,9:00,30,Rex,Dental,dr  a\n2026-09-14,9:00,30,Rex,Dental,Dr B\n2026-09-14,10:00,30,Rex,Dental,DR. ABLE\n"
    found = read(HEAD + rows + "bad,10:00,30,Rex,Dental,\n", APART)
    assert [one.line for one in all_of(found)] == [2, 4]
    assert [(note.line, note.text) for note in found.notes] == [(None, "2 rows are of other providers than you, and left out")]
    assert "Dr B" not in repr(found)
    with pytest.raises(Refused, match="no row of this table is of the provider who is you") as told:
        read(HEAD + "2026-09-14,9:00,30,Rex,Dental,Dr B\n", APART)
    assert "Dr B" not in str(told.value)


def test_a_cancelled_status() -> None:
    shape = CsvShape("c", "From", end="To", status="State", cancelled=("Cancelled", "No show"))
    rows = "From,To,State\n" + "".join(f"2026-09-14 9:00,10:00,{state}\n" for state in ("done", "CANCELLED", "no  show", ""))
    assert [one.status for one in all_of(read(rows, shape))] == ["", "cancelled", "cancelled", ""]


def test_the_first_shape_whose_columns_are_all_there_is_taken() -> None:
    assert read(HEAD + "2026-09-14,9:00,30,Rex,Dental,Dr A\n", MOMENTS, APART).exports[0].name == "Clinic"
    other = CsvShape("Other", "Time", date="Date", minutes="Mins")
    assert read(HEAD + "2026-09-14,9:00,30,Rex,Dental,Dr A\n", other, APART).exports[0].name == "Other"


def test_the_owners_word_goes_before_what_is_built_in() -> None:
    outlook = "Subject,Start Date,Start Time,End Date,End Time,Who\nx,2026-09-14,9:00,2026-09-14,10:00,Dr B\n"
    shape = CsvShape("c", "Start Time", date="Start Date", end="End Time", provider="Who", owner=("Dr A",))
    assert len(all_of(read(outlook))) == 1
    with pytest.raises(Refused, match="provider who is you"):
        read(outlook, shape)


def test_what_nobody_has_named_is_asked_about() -> None:
    text = "Maple\n" + HEAD + "14/09/2026,9:00 AM,30,Rex,Dental,Dr A\n" + "15/09/2026,9:00 AM,30,Tom,Dental\n" * 6
    with pytest.raises(AsksColumns) as told:
        read(text, MOMENTS)
    question = told.value.question
    assert question.columns == ("Date", "Time", "Mins", "Patient", "Reason", "Vet")
    assert question.first_rows[0] == ("14/09/2026", "9:00 AM", "30", "Rex", "Dental", "Dr A")
    assert (len(question.first_rows), question.first_rows[1][-1]) == (5, "")
    assert question.guess == {"date": "Date", "start": "Time", "minutes": "Mins", "title": "Reason", "provider": "Vet"}
    assert str(told.value).startswith("clinic.csv, line 2: the columns of this table are not known yet. Say in practice.toml")
    assert "Rex" not in str(told.value)


@pytest.mark.parametrize("text", ["Name,Phone\nAnn,555\n", "2026-09-14 10:20,6,Ann\n" * 2, "Dear all,\nbest wishes, me\n"])
def test_what_holds_no_dates_or_no_header_is_refused_without_a_question(text: str) -> None:
    with pytest.raises(Refused, match="this is not a calendar or an interruption log") as told:
        read(text)
    assert not isinstance(told.value, AsksColumns)


def test_the_words_of_a_column_the_most_frequent_first() -> None:
    text = HEAD + "2026-09-14,9:00,30,Rex,Dental,Dr B\n" + "2026-09-14,9:00,30,Rex,Dental,Dr A\n" * 2 + "2026-09-14,9:00,30\n"
    assert values(text.encode(), "a.csv", "vet") == ["Dr A", "Dr B"]
