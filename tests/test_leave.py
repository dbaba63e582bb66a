"""Leave with everything: all of it is there, each column is explained, and no cell becomes a formula."""

import csv
import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from etl import stored
from etl.export import COLUMNS
from etl.leave import as_zip, take_along
from etl.model import WrongUsage
from etl.store import open_read, open_write
from etl.store.connection import StoreError
from tests.conftest import Etl
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log
from tests.store.states import names

EXTRAS = ("corrections", "interruptions_held", "locations", "load_notes")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_desk(tmp_path / "desk", PRACTICE.replace('"UTC"', '"America/Toronto"'))
    evening = event("Rota", "2026-01-05 23:00", "2026-01-06 03:00", place="North", zone="America/Toronto")
    risky = event("=1+1", "2026-01-07 15:00", "16:00")
    rows = log("2026-01-05 23:30,45,Riverside,desk,@stock,yes,,,-note")
    desk.take(("work.ics", calendar("Work", evening, risky)), ("log.csv", rows))
    return desk


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def taken(desk: Desk) -> dict[str, bytes]:
    out = desk.folder.parent / "all"
    take_along(desk.db, out)
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_every_column_has_its_sentence(tmp_path: Path) -> None:
    with open_write(tmp_path / "new.duckdb") as con:
        there = set(
            con.execute(
                """select table_name, column_name from duckdb_columns()
                where not internal and schema_name = 'main' and database_name = current_database()"""
            ).fetchall()
        )
    told = {(table, column) for table, columns in stored.words().items() for column in columns if column != "*"}
    assert told == there
    for table, columns in stored.words().items():
        assert "*" in columns, table
        for column, sentence in columns.items():
            assert re.fullmatch(r"[A-Z].{4,160}\.", sentence), (table, column)


def test_all_rows_are_there(desk: Desk) -> None:
    found = taken(desk)
    for table in (*COLUMNS, *EXTRAS):
        assert len(read(found[f"{table}.csv"])) == desk.sql(f"select count(*) from {table}")[0][0], table
    assert found["practice.toml"] == desk.practice.read_bytes()
    times = {(row["starts_at"], row["role"]) for row in read(found["time_slices.csv"])}
    assert ("2026-01-05 23:30:00-05", "management") in times


def test_the_schema_tells_of_every_column_and_no_other(desk: Desk) -> None:
    found = taken(desk)
    told = read(found["schema.csv"])
    assert all(row["type"] and row["meaning"] for row in told)
    for table in (*COLUMNS, *EXTRAS):
        header = found[f"{table}.csv"].decode("utf-8-sig").split("\r\n", 1)[0].split(",")
        assert [row["column"] for row in told if row["table"] == table] == header
    assert {row["table"] for row in told} == {Path(name).stem for name in found} - {"schema", "practice"}


def test_corrections_go_along(desk: Desk) -> None:
    desk.harm("insert into corrections values (1, -7, null, null, 'management', '=x', null, now())")
    (row,) = read(taken(desk)["corrections.csv"])
    assert (row["uid"], row["original"], row["activity"]) == ("-7", "", "'=x")


def test_no_cell_is_a_formula(desk: Desk) -> None:
    cells = [cell for name, data in taken(desk).items() if name.endswith(".csv") for row in read(data) for cell in row.values()]
    assert {"'=1+1", "'@stock", "'-note"} <= set(cells)
    assert not any(cell.startswith(("=", "+", "@", "-n")) for cell in cells)


def test_a_zip_holds_the_same(desk: Desk, tmp_path: Path) -> None:
    take_along(desk.db, tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_bytes() == as_zip(desk.db)
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == taken(desk)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_only_its_owner_may_read_it(desk: Desk, tmp_path: Path) -> None:
    take_along(desk.db, tmp_path / "all.zip")
    take_along(desk.db, tmp_path / "all")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("all.zip", "all", "all/sources.csv")] == [0o600, 0o700, 0o600]


def test_what_is_there_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    before = sorted(names(desk.folder))
    for bad in (desk.folder, desk.practice):
        with pytest.raises(WrongUsage, match="there is something of this name already"):
            take_along(desk.db, bad)
    assert names(desk.folder) == before
    (tmp_path / "empty").mkdir()
    assert take_along(desk.db, tmp_path / "empty") == len(list((tmp_path / "empty").iterdir()))
    with pytest.raises(StoreError, match=r"^x: its folder is not there"):
        take_along(desk.db, tmp_path / "nowhere" / "x")
    assert not any(path.name.endswith(".new") for path in tmp_path.iterdir())


def test_the_command_line(desk: Desk, etl: Etl, tmp_path: Path) -> None:
    said = "13 files. What each column means stands in schema.csv.\n"
    there = {f"{table}.csv" for table in (*COLUMNS, *EXTRAS, "schema")} | {"practice.toml"}
    status, out, err = etl("leave", "--out", tmp_path / "all")
    assert (status, out, err) == (0, f"all: {said}", "")
    assert set(names(tmp_path / "all")) == there
    assert etl("leave", "--out", tmp_path / "all")[0] == 2
    assert etl("leave", "--out", tmp_path / "all.zip") == (0, f"all.zip: {said}", "")
    assert etl("leave")[0] == 2


def test_real_rows_are_those_of_the_table_and_of_no_other(desk: Desk) -> None:
    with open_read(desk.db) as con:
        for table in stored.tables(con):
            shown = stored.rows(con, table, 5)
            assert all(len(row) == len(stored.columns(con, table)) for row in shown)
            assert len(shown) == min(5, con.execute(f"select count(*) from {table}").fetchall()[0][0]), table
        assert ("2026-01-05 23:00:00-05",) in {(row[5],) for row in stored.rows(con, "occurrences", 5)}
        for table in ("sqlite_master", "occurrences; drop table dated", "(select 1)"):
            with pytest.raises(LookupError):
                stored.rows(con, table, 5)


def test_the_files_on_the_disk_are_listed(desk: Desk) -> None:
    (desk.folder / "desk.duckdb.restore").write_bytes(b"12345")
    found = {each.name: (each.size, each.what) for each in stored.files(desk.db, desk.practice)}
    assert list(found) == ["desk.duckdb", "desk.duckdb.key", "desk.duckdb.restore", "practice.toml"]
    assert found["desk.duckdb.restore"] == (5, "left over from a program that was stopped")
    assert found["desk.duckdb"][0] == desk.db.stat().st_size
