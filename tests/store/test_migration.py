"""A file of the first release is brought up to date when it is first opened: nothing is lost, nothing is read again."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from etl import changes, correct, filing, forget, logbook, watch
from etl.keyed import Key
from etl.store import SCHEMA_VERSION, migration, open_read
from etl.store.connection import StoreError
from etl.transform import words
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log
from tests.store.disks import small_disk
from tests.store.test_store import refusal

SCHEMA = (Path(__file__).parent / "schema_1.sql").read_text("utf-8")
"""The tables of the first release, as it came out."""
SCHEMA_2, SCHEMA_3, SCHEMA_4, SCHEMA_5 = ((Path(__file__).parent / f"schema_{n}.sql").read_text("utf-8") for n in (2, 3, 4, 5))
EVENTS = (
    event("Rota", "2026-01-05 09:00", "10:00", uid="rota", place="North"),
    event("Zq", "2026-01-05 09:30", "11:30", uid="zq"),
    event("Surgery Rex", "2026-01-06 09:00", "10:00", uid="rex"),
    event("At Riverside", "2026-01-05", uid="where"),
    event("Payroll", "2026-01-07 09:00", "10:00", "STATUS:CANCELLED", uid="pay"),
)
ROWS = [  # uid, original, starts, ends, all_day, title, place, status, why not, own location, role, activity, decided by
    ("rota", "20260105T090000Z", "05 09:00", "05 10:00", False, "Rota", "North", "", None, "North", "management", "scheduling"),
    ("zq", "20260105T093000Z", "05 09:30", "05 11:30", False, "Zq", None, "", None, None, "unclassified", ""),
    ("rex", "20260106T090000Z", "06 09:00", "06 10:00", False, None, None, "", None, None, "clinical", "surgery"),
    ("where", "20260105", "05 00:00", "06 00:00", True, "At Riverside", None, "", "all-day", "Riverside", "unclassified", ""),
    ("pay", "20260107T090000Z", "07 09:00", "07 10:00", False, "Payroll", None, "cancelled", "cancelled", None, "management", ""),
]
TITLES = {"rota": "Rota", "zq": "Zq", "rex": "Surgery Rex", "where": "At Riverside", "pay": "Payroll"}


def of_the_first_release(desk: Desk) -> None:
    """Make a database as the first release left it: its tables, one calendar, one log line, one line taken out."""
    key = Key(b"k" * 32)
    (desk.folder / "desk.duckdb.key").write_bytes(b"k" * 32)
    with duckdb.connect(str(desk.db)) as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute(SCHEMA)
        con.execute("insert into about_file values ('owner-time', 1, ?, false, false)", [key.hash("owner-time")])
        con.execute(
            "insert into practice values ('Maple', 'UTC', 'monday', 7.5, 'Mon-Fri 08:00-18:00', false, ?, ?, ?, '')",
            [PRACTICE, str(desk.practice), words.mark()],
        )
        con.execute("insert into locations values ('North', 0), ('Riverside', 1), ('Practice-wide', 2)")
        for source, kind in (("calendar/Work", "calendar"), ("interruptions/log", "interruptions")):
            con.execute(
                """insert into sources values (?, ?, ?, 'file', '2026-02-01', '2026-01-05', '2026-01-07', null, 'c', '', 'o', 'r',
                '2027-02-01')""",
                [source, kind, source.partition("/")[2]],
            )
        con.execute("insert into load_notes values ('calendar/Work', 7, 'something was assumed')")
        for order, (uid, original, starts, ends, all_day, title, place, status, why, own, role, activity) in enumerate(ROWS):
            con.execute(
                """insert into occurrences values (?, 'calendar/Work', ?, ?, ?, ?, ?, ?, false, ?, null, ?, ?, null, 'Work', ?, ?,
                ?, false, null, ?, ?, 'Practice-wide', 'word list')""",
                [
                    f"id{order}",
                    key.hash("uid:" + uid),
                    order,
                    original,
                    f"2026-01-{starts}",
                    f"2026-01-{ends}",
                    all_day,
                    title,
                    key.title(TITLES[uid]),
                    place,
                    status,
                    why,
                    own,
                    role,
                    activity,
                ],
            )
        con.execute(
            """insert into log_rows values ('i1', 'interruptions/log', '2026-01-05 09:15', '2026-01-05 09:30', false, 'North',
            'North', 'desk', 'stock', true, null, null, null, 'management', 'questions')"""
        )
        con.execute("insert into log_forgotten values ('i2')")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_desk(tmp_path / "desk")
    of_the_first_release(desk)
    return desk


def test_what_was_stored_is_there_and_counted(desk: Desk) -> None:
    assert desk.titles() == [
        ("01-05 00:00", "At Riverside"),
        ("01-05 09:00", "Rota"),
        ("01-05 09:30", "Zq"),
        ("01-06 09:00", None),
        ("01-07 09:00", "Payroll"),
    ]
    assert desk.hours() == {
        ("management", "North"): 1,
        ("unclassified", "Riverside"): 1.5,
        ("clinical", "Practice-wide"): 1,
    }
    assert desk.broken() == []
    assert desk.sql("select not_counted_because from occurrences where not counted order by all") == [
        ("all-day",),
        ("cancelled",),
    ]
    assert desk.sql("from log_forgotten") == [("i2",)]
    assert desk.sql("select leadership_target, practice_text from practice") == [(7.5, PRACTICE)]
    assert [row["note"] for row in desk.ask("load_notes")] == ["something was assumed"]
    assert desk.sql("select schema_version from about_file") == [(SCHEMA_VERSION,)]
    assert changes.last_load(desk.db) is None


def test_its_export_loaded_again_finds_every_event(desk: Desk) -> None:
    (report,) = desk.load(("work.ics", calendar("Work", *EVENTS)))
    (source,) = report.sources
    assert (source.source_id, source.new, source.gone, source.rows) == ("calendar/Work", 0, 0, 5)
    filing.file(desk.db, [filing.Answer("management", titles=("surgery rex",))])
    assert desk.hours()["management", "Practice-wide"] == 1


def test_the_log_goes_on(desk: Desk) -> None:
    desk.take(("log.csv", log("2026-01-05 10:00,30,North")))
    assert desk.sql("select count(*) from interruptions") == [(2,)]


def test_one_that_fails_half_way_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(con: duckdb.DuckDBPyConnection) -> None:
        raise duckdb.IOException("IO Error: No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(migration, "_fill_dated", fail)
        with pytest.raises(StoreError, match="has to be brought up to date once, which did not work: the disk is full"):
            desk.titles()
    with duckdb.connect(str(desk.db), read_only=True) as con:
        assert con.execute("select schema_version from about_file").fetchall() == [(1,)]
        assert con.execute("select count(*) from occurrences").fetchall() == [(5,)]
    assert len(desk.titles()) == 5


def test_one_that_may_not_be_written_is_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        shutil.copytree(desk.folder, disk / "desk")
        old = Desk(disk / "desk")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(StoreError, match=r"^desk\.duckdb: it was written by an older Owner Time and has to be brought"):
            old.titles()
        assert "may not be written to" in refusal(old, ("work.ics", calendar("Work", *EVENTS)))


def test_a_lost_key_does_not_keep_it_from_being_looked_at(desk: Desk) -> None:
    (desk.folder / "desk.duckdb.key").unlink()
    with open_read(desk.db) as con:
        assert con.execute("select count(*) from occurrences").fetchall() == [(5,)]


def test_a_file_of_the_second_release_is_brought_up_to_date_with_its_undo(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "second")
    old = event("Zpayroll K.", "2026-01-07 09:00", "10:00", uid="other")
    desk.take(("work.ics", calendar("Work", *EVENTS, old)))
    desk.take(("work.ics", calendar("Work", *EVENTS, event("Rota", "2026-01-07 14:00", "15:00"))))
    hours = desk.hours()
    _as_release(2, SCHEMA_2, desk.db)
    with duckdb.connect(str(desk.db), read_only=True) as con:
        assert con.execute("select schema_version from about_file").fetchall() == [(2,)]
    assert desk.hours() == hours
    assert desk.sql("select count(*) from filings where group_key = ''") == [(1,)]  # the clinical one's
    assert desk.sql("select distinct location_by from occurrences order by all") == [
        ("all-day event",), ("nothing",), ("place",), ("title",)
    ]  # fmt: skip
    assert desk.sql("select notice from practice") == [("",)]
    assert desk.broken() == []
    filing.file(desk.db, [filing.Answer("leadership", titles=("zpayroll",))])
    changes.undo_last_load(desk.db)
    assert desk.hours()["leadership", "Practice-wide"] == 1


def test_a_file_of_the_third_release_keeps_corrections_and_what_is_forgotten_and_its_undo(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "third")
    desk.take(("work.ics", calendar("Work", *EVENTS)), ("log.csv", log("2026-01-05 09:30,30,North")))
    (rota,) = desk.sql("select occurrence_id from occurrences where title = 'Rota'")[0]
    filing.file(desk.db, [correct.answer_for(desk.db, rota, "event", "leadership")])
    forget.forget_before(desk.db, day("2026-01-05"))
    desk.take(("log.csv", log("2026-01-05 09:30,6,North", "2026-01-06 11:00,30")))
    hours = desk.hours()
    _as_release(3, SCHEMA_3, desk.db)
    assert desk.hours() == hours
    assert desk.sql("select schema_version from about_file") == [(SCHEMA_VERSION,)]
    assert desk.sql("select role from corrections") == [("leadership",)]
    assert desk.sql("select count(*) from forgotten_before") == [(1,)]
    assert desk.sql("select count(*) from working_hours") == [(5,)]
    assert desk.sql("select location, count(*), bool_or(given) from open_hours group by all order by all") == [
        ("North", 5, False), ("Riverside", 5, False)
    ]  # fmt: skip
    assert desk.sql("select notice from practice") == [("",)]
    assert desk.broken() == []
    changes.undo_last_load(desk.db)
    assert desk.sql("select epoch(ends_at - starts_at) / 60, estimated from interruptions") == [(30, False)]


def test_a_file_of_the_fourth_version_keeps_all_of_its_tables_and_asks_for_nothing(tmp_path: Path) -> None:
    marked = PRACTICE.replace('name = "Riverside"\n', 'name = "Riverside"\nphones = ["204"]\n') + (
        '[interruptions]\nmarker = "?"\n\n'
        '[[csv]]\nname = "Telephone"\nkind = "calls"\nstart = "Began"\nnumber = "Caller"\nminutes = "Minutes"\n'
    )
    desk = at_desk(tmp_path / "fourth", marked)
    pull = event("? North stock", "2026-01-05 10:00", "10:06", uid="pull")
    other = event("? North rota", "2026-01-06 10:00", "10:06", uid="other")
    desk.take(("work.ics", calendar("Work", *EVENTS)))
    desk.take(
        ("calls.csv", b"Began,Caller,Minutes\n2026-01-05 10:01,204,6\n"),
        ("log.csv", log("2026-01-05 10:01,6,North")),
        ("work.ics", calendar("Work", *EVENTS, pull, other)),
    )
    (pair,) = desk.sql("select interruption_id, twin_id from log_held")
    logbook.decide_twice(desk.db, *pair, same=True)
    watch.start(desk.db, datetime(2026, 1, 5, 10, 0, tzinfo=UTC))
    for table, values in {
        "hand_overs": "'h', 'hand-over', 'stock', null, null, 'desk', '2026-01-05', '', '', '', '2026-01-05 10:00', null",
        "hand_over_locations": "'h', 'North'",
        "planned_blocks": "'b', 7, '2026-03-05 10:00', '2026-03-05 11:00', '2026-01-05 10:00'",
    }.items():
        desk.harm(f"insert into {table} values ({values})")
    tables = [name for (name,) in desk.sql("select table_name from duckdb_tables() where schema_name = 'main'")]
    there = {name: desk.sql(f"select count(*) from {name}") for name in tables}
    hours = desk.hours()
    _as_release(4, SCHEMA_4, desk.db)
    with duckdb.connect(str(desk.db)) as con:
        for schema in ("main", "before_load"):
            con.execute(f"update {schema}.sources set read_pulls = 'as it was hashed then' where kind = 'calendar'")
        con.execute("drop view interruptions_held")
        con.execute("update log_rows set about_text = 'North, Mrs Zjones' where source_id = 'calendar/Work'")
    assert {name: desk.sql(f"select count(*) from {name}") for name in tables} == there
    assert desk.hours() == hours
    assert desk.sql("select count(*) from interruptions_held") == [(1,)]
    assert desk.sql("select schema_version from about_file") == [(SCHEMA_VERSION,)]
    changes.use_practice(desk.db, marked + "[targets]\nleadership = 9\n")
    assert desk.sql("select notice from practice") == [("",)]
    assert desk.broken() == []
    assert not desk.has("zjones")
    (report,) = desk.load(("work.ics", calendar("Work", *EVENTS, pull)))
    assert (report.refused, desk.sql("select count(*) from log_rows where via = 'calendar'")) == (None, [(1,)])
    changes.undo_last_load(desk.db)
    assert desk.sql("select notice from practice") == [("",)]
    assert {name: desk.sql(f"select count(*) from {name}") for name in ("log_rows", "dated")} == {
        name: there[name] for name in ("log_rows", "dated")
    }


def test_a_file_of_the_fifth_version_knows_its_days_off_at_once(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "fifth")
    away = event("Vacation", "2026-01-08", "2026-01-10", uid="away")
    late = "2026-01-05 17:50,20,Riverside,desk,stock,yes,2026-01-05 18:30"
    desk.take(("work.ics", calendar("Work", *EVENTS, away)), ("log.csv", log("2026-01-05 09:30,30,North", late)))
    tables = [name for (name,) in desk.sql("select table_name from duckdb_tables() where schema_name = 'main'")]
    there = {name: desk.sql(f"select columns(*)::varchar from {name} order by all") for name in tables if name != "about_file"}
    assert all(there[name] for name in ("pull_pieces", "interruption_starts", "day_slices"))
    _as_release(5, SCHEMA_5, desk.db)
    with duckdb.connect(str(desk.db), read_only=True) as con:
        assert con.execute("select count(*) from duckdb_tables() where table_name = 'days_off'").fetchall() == [(0,)]
    assert desk.sql("from days_off order by day") == [(day("2026-01-08"), True, "says so"), (day("2026-01-09"), True, "says so")]
    assert {name: desk.sql(f"select columns(*)::varchar from {name} order by all") for name in there} == there
    assert desk.sql("select country from practice") == [("",)]
    assert desk.sql("select schema_version from about_file") == [(SCHEMA_VERSION,)]
    assert desk.broken() == []
    changes.use_practice(desk.db, PRACTICE.replace("[practice]", '[practice]\ncountry = "CA"\ndays_off = ["2026-01-10"]'))
    assert desk.sql("select country from practice") == [("CA",)]
    assert desk.sql("from days_off order by day")[2:] == [(day("2026-01-10"), False, "in your list")]  # a Saturday


def test_what_a_file_of_the_fourth_version_asks_for_it_still_asks_for(tmp_path: Path) -> None:
    marked = PRACTICE + '[interruptions]\nmarker = "?"\n'
    desk = at_desk(tmp_path / "fourth", marked)
    desk.take(("work.ics", calendar("Work", *EVENTS)))
    changes.use_practice(desk.db, marked.replace('"?"', '"!"'))
    asked = desk.sql("select notice from practice")
    assert "which of its events are interruptions" in asked[0][0]
    _as_release(4, SCHEMA_4, desk.db)
    changes.use_practice(desk.db, marked.replace('"?"', '"!"') + "[targets]\nleadership = 9\n")
    assert desk.sql("select notice from practice") == asked


def _as_release(version: int, schema: str, db: Path) -> None:
    """Write a database as an earlier release would have left it."""
    old = db.with_name("earlier.duckdb")
    with duckdb.connect(str(old)) as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute(schema)
        con.execute(f"attach '{db}' as today (read_only)")
        told = {}
        tables = con.execute("select table_name from duckdb_tables() where database_name = 'earlier'").fetchall()
        for (table,) in tables:
            columns = con.execute(
                "select string_agg(column_name, ', ') from duckdb_columns() where database_name = 'earlier' and table_name = ?",
                [table],
            ).fetchall()[0][0]
            con.execute(f"insert into {table} select {columns} from today.{table}")
            told[table] = columns
        kept = con.execute("select table_name from duckdb_tables() where database_name = 'today' and schema_name = 'before_load'")
        for (table,) in kept.fetchall():
            con.execute("create schema if not exists before_load")
            con.execute(f"create table before_load.{table} as select {told[table]} from today.before_load.{table}")
        con.execute("update about_file set schema_version = ?", [version])
    old.replace(db)
