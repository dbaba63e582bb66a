"""Tables taken along: what they hold is what is stored, and no text in them becomes a formula."""

import csv
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import icalendar
import openpyxl
import pytest

from etl import hand_overs, planned
from etl.blocks import Block
from etl.export import COLUMNS, export
from etl.hand_overs import HandOver
from etl.model import Refused
from etl.store import open_read
from etl.store.connection import StoreError
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log

FORMULAS = [
    '=HYPERLINK("http://127.0.0.1:9/a")',
    "+1+1",
    "-2-2",
    "@SUM(A1)",
    "![x](http://127.0.0.1:9/a)",
    "<img src=x onerror=alert(1)>",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("desk") / "desk", PRACTICE.replace('"UTC"', '"America/Toronto"'))
    titles = [event(title, f"2026-01-{n:02} 15:00", "16:30") for n, title in enumerate(FORMULAS, 5)]
    evening = event("Rota", "2026-01-05 23:00", "2026-01-06 03:00", place="North", zone="America/Toronto")
    desk.take(("work.ics", calendar("Work", evening, *titles)), ("log.csv", log("2026-01-05 23:30,45,Riverside,desk,=stock,yes")))
    hand_overs.keep(desk.db, HandOver(date(2026, 1, 12), "head nurse", topic="=stock", locations=("North",)))
    at = datetime(2090, 1, 5, 15, tzinfo=UTC)
    planned.planned(desk.db, [Block(at, at + timedelta(hours=1))])
    return desk


def written(desk: Desk, table: str, ending: str) -> Path:
    out = desk.folder / f"{table}.{ending}"
    with open_read(desk.db) as con:
        count = export(con, table, out)
        assert count == con.execute(f"select count(*) from {table}").fetchall()[0][0]
    return out


def rows(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_csv_has_the_contracts_columns_and_harmless_cells(desk: Desk) -> None:
    found = rows(written(desk, "occurrences", "csv"))
    assert list(found[0]) == COLUMNS["occurrences"].split(", ")
    texts = {row["title"] for row in found}
    assert {"'" + FORMULAS[0], "'+1+1", "'-2-2", "'@SUM(A1)", FORMULAS[4], FORMULAS[5], "Rota"} == texts
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found for cell in row.values())
    (pull,) = rows(written(desk, "interruptions", "csv"))
    assert (pull["topic"], pull["team_could"], pull["answered_at"], pull["role"]) == ("'=stock", "yes", "", "management")


def test_csv_times_are_the_practices_with_their_offset(desk: Desk) -> None:
    times = [(row["starts_at"], row["ends_at"], row["role"]) for row in rows(written(desk, "time_slices", "csv"))]
    assert ("2026-01-05 23:00:00-05", "2026-01-05 23:30:00-05", "management") in times
    assert ("2026-01-05 23:30:00-05", "2026-01-06 00:15:00-05", "management") in times


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("table", COLUMNS)
def test_each_table_with_rows_goes_into_each_kind_of_file(desk: Desk, table: str, ending: str) -> None:
    assert desk.sql(f"select count(*) > 0 from {table}") == [(True,)]
    out = written(desk, table, ending)
    if ending == "xlsx" and table == "hand_overs":
        names, row = openpyxl.load_workbook(out)[table].iter_rows(values_only=True)
        assert dict(zip(names, row, strict=True))["from_day"] == datetime(2026, 1, 12)


def test_xlsx_text_stays_text(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(written(desk, "occurrences", "xlsx"))["occurrences"]
    names, *found = sheet.iter_rows()
    assert [cell.value for cell in names] == COLUMNS["occurrences"].split(", ")
    titles = [row[6] for row in found]
    assert {cell.value for cell in titles} == {*FORMULAS, "Rota"}
    assert {cell.data_type for cell in titles} == {"s"}
    assert all(cell.hyperlink is None for row in found for cell in row)
    ids = {str(number) for (number,) in desk.sql("select occurrence_id from occurrences")}
    assert {row[0].value for row in found} == ids  # as text: a number of a sheet keeps 15 digits
    rota = next(row for row in found if row[6].value == "Rota")
    assert (rota[3].value, rota[5].value) == (datetime(2026, 1, 5, 23), False)


def test_xlsx_writes_nowhere_but_to_its_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(desk.folder / "no such folder"))
    assert written(desk, "occurrences", "xlsx").stat().st_size > 0


def test_xlsx_refuses_a_text_that_no_cell_holds(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("log.csv", log("2026-01-05 23:30,45,,,,,,," + "x" * 32_768)))
    sentence = r"interruptions.xlsx: a text is longer than the 32,767 characters .*\. Choose csv or parquet\."
    with pytest.raises(Refused, match=sentence):
        written(desk, "interruptions", "xlsx")
    assert not (desk.folder / "interruptions.xlsx").exists()
    assert len(rows(written(desk, "interruptions", "csv"))[0]["note"]) == 32_768


def test_parquet_has_types(desk: Desk) -> None:
    out = written(desk, "occurrences", "parquet")
    types = {name: kind for name, kind, *_ in duckdb.execute(f"describe select * from '{out}'").fetchall()}
    assert list(types) == COLUMNS["occurrences"].split(", ")
    assert (types["starts_at"], types["all_day"], types["title"]) == ("TIMESTAMP WITH TIME ZONE", "BOOLEAN", "VARCHAR")
    assert duckdb.execute(f"select count(*) from '{out}' where title = ?", [FORMULAS[0]]).fetchall() == [(1,)]


def test_a_calendar_of_the_counted_time_has_its_sums(desk: Desk) -> None:
    counted = desk.hours()
    text = written(desk, "time_slices", "ics").read_bytes()
    found: dict[tuple[str, str], float] = {}
    for part in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        (role,) = part["CATEGORIES"].cats
        key = (str(role), str(part["LOCATION"]))
        found[key] = found.get(key, 0) + (part.end - part.start).total_seconds() / 3600
        assert part.start.utcoffset() == timedelta()
        assert part["TRANSP"] == "TRANSPARENT"
    assert found == pytest.approx(counted)
    assert all(title.encode() not in text for title in FORMULAS)


def test_the_same_slice_again_is_the_same_event(desk: Desk) -> None:
    assert written(desk, "time_slices", "ics").read_bytes() == written(desk, "time_slices", "ics").read_bytes()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "ics"])
def test_a_failure_leaves_the_older_file(desk: Desk, ending: str) -> None:
    out = written(desk, "time_slices", ending)
    before = out.read_bytes()
    in_the_way = desk.folder / f"{out.name}.new"
    in_the_way.mkdir()
    with pytest.raises(StoreError), open_read(desk.db) as con:
        export(con, "time_slices", out)
    in_the_way.rmdir()
    assert out.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(StoreError, match=r"^x\.csv: its folder is not there"), open_read(desk.db) as con:
        export(con, "sources", desk.folder / "nowhere" / "x.csv")


@pytest.mark.parametrize(
    ("table", "name"), [("titles", "x.csv"), ("about_file", "x.csv"), ("sources", "x.doc"), ("sources", "x.ics")]
)
def test_what_cannot_be_written_is_said(desk: Desk, table: str, name: str) -> None:
    with pytest.raises(Refused), open_read(desk.db) as con:
        export(con, table, desk.folder / name)


def test_a_path_with_an_apostrophe(desk: Desk) -> None:
    folder = desk.folder / "owner's"
    folder.mkdir()
    with open_read(desk.db) as con:
        assert export(con, "sources", folder / "x.parquet") == 2
