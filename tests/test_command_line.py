"""The command line: exit statuses, and one clear sentence for each bad input, with what was stored before still there."""

import json
import re
import subprocess
import sys

import duckdb
import pytest

from etl import pipeline
from etl.extract import read
from etl.model import Extract, How
from etl.store import connection
from tests.conftest import Etl, RunEtl
from tests.making import LOG_HEADER, PRACTICE, Desk, calendar, event, log

WORK = calendar("Work", event("Zsecret rota", "2026-01-05 09:00", "10:00", place="North"))
EVENT = WORK.decode().replace("Zsecret rota", "Zsecret payroll").replace("20260105", "20260106")

BAD: dict[str, tuple[str, bytes | str, str]] = {
    "not a calendar": ("letter.ics", "%PDF-1.7 Zsecret", r"letter.ics: this is a PDF"),
    "empty": ("empty.ics", "", r"empty.ics: the file is empty"),
    "truncated": ("cut.ics", EVENT[:-30], r"cut.ics"),
    "a column missing": ("log.csv", "started_at,topic\n2026-01-05 09:00,Zsecret\n", r"log.csv, line 1: .*minutes"),
    "an impossible date": ("log.csv", f"{LOG_HEADER}\n2026-02-30 09:00,5,,,Zsecret,,,,,\n", r"log.csv, line 2: started_at"),
    "minutes of 0": ("log.csv", log("2026-01-05 09:00,5", "2026-01-05 10:00,0,,,Zsecret"), r"log.csv, line 3: minutes must be"),
    "minutes of -5": ("log.csv", log("2026-01-05 09:00,-5,,,Zsecret"), r"log.csv, line 2: minutes must be"),
    "minutes of 2000": ("log.csv", log("2026-01-05 09:00,2000,,,Zsecret"), r"log.csv, line 2: minutes must be"),
    "minutes of ten": ("log.csv", log("2026-01-05 09:00,ten,,,Zsecret"), r"log.csv, line 2: minutes must be"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_sentence_and_changes_nothing(name: str, desk: Desk, etl: Etl) -> None:
    file_name, data, expected = BAD[name]
    assert etl("load", desk.file("work.ics", WORK))[0] == 0
    before = desk.db.read_bytes()
    status, out, err = etl("load", desk.file(file_name, data))
    assert (status, out) == (1, "")
    assert one_sentence(err, expected)
    assert desk.db.read_bytes() == before
    desk.db.unlink()
    (desk.folder / "desk.duckdb.key").unlink()
    assert etl("load", desk.file(file_name, data))[0] == 1
    assert [path.name for path in desk.folder.iterdir()] == ["practice.toml"]


def one_sentence(message: str, expected: str) -> bool:
    """A line of its own that ends in a full stop, with no content of a file and no word of the program's making."""
    assert message.startswith("Not taken: "), message
    assert message.count("\n") == 1
    assert message.endswith(".\n")
    for word in ("zsecret", "Traceback", "Error", "VEVENT", "Exception", "None"):
        assert word.lower() not in message.lower(), message
    return re.match(expected, message.removeprefix("Not taken: ")) is not None or pytest.fail(message)


def test_files_that_can_be_taken_are_taken(desk: Desk, etl: Etl) -> None:
    status, out, err = etl("load", desk.file("cut.ics", EVENT[:-30]), desk.file("work.ics", WORK), desk.folder / "lost.ics")
    assert status == 1
    assert out.startswith("work.ics: calendar “Work”, 1 event, 2026-01-05 to 2026-01-05, 1.00 h counted\n")
    assert err.splitlines()[1] == "Not taken: lost.ics: there is no such file. Check the name and the folder."
    status, out, err = etl("load", desk.file("work.ics", WORK))
    assert (status, out, err) == (0, "work.ics: nothing new. This file is loaded already.\n", "")


def test_a_load_that_removes_much_names_replace_and_can_be_undone(desk: Desk, etl: Etl) -> None:
    days = [event("Zsecret rota", f"2026-01-0{n} 09:00", "10:00", uid=f"{n}") for n in range(5, 9)]
    assert etl("load", desk.file("work.ics", calendar("Work", *days)))[0] == 0
    less = desk.file("work.ics", calendar("Work", days[0], days[3]))
    status, out, err = etl("load", less)
    assert (status, out) == (1, "")
    assert err == (
        "Not taken: work.ics: it would remove 2.0 h of the 4.0 h that are known so far, more than a third."
        " If that is right, load it again with --replace.\n"
    )
    status, out, err = etl("load", less, "--replace")
    assert (status, err) == (0, "")
    assert "\n  0 new, 0 changed, 2 gone, 2 unchanged\n" in out
    assert etl("undo") == (0, "Undone: work.ics. All calendars and logs are as they were before it.\n", "")
    assert len(desk.titles()) == 4
    status, out, err = etl("undo")
    assert (status, out) == (1, "")
    assert err == "desk.duckdb: there is no load to undo: only the last one can be undone, and only once. Load a file again.\n"


def test_an_event_with_an_impossible_time_is_left_out_and_said(desk: Desk, etl: Etl) -> None:
    broken = event("Zsecret", "2026-02-30 09:00", "10:00")
    status, out, err = etl("load", desk.file("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00"), broken)))
    assert (status, err) == (0, "")
    assert re.search(r"\n  Note, line \d+: [^\n]*left out", out)
    assert "zsecret" not in out.lower()


def test_an_unknown_location_in_a_log_is_taken_and_said(desk: Desk, etl: Etl) -> None:
    status, out, err = etl("load", desk.file("log.csv", log("2026-01-05 09:00,30,Nowhere")))
    assert (status, err) == (0, "")
    assert "Note: 1 row is about a location that practice.toml does not name, and counted as Practice-wide for now." in out
    assert desk.hours() == {("management", "Practice-wide"): 0.5}


def test_a_typo_in_the_practice_is_named_with_line_and_key(desk: Desk, etl: Etl) -> None:
    etl("load", desk.file("work.ics", WORK))
    before = desk.db.read_bytes()
    desk.practice.write_text(PRACTICE.replace("time_zone", "tme_zone"))
    status, out, err = etl("load", desk.file("more.ics", EVENT))
    assert (status, out) == (1, "")
    assert err.startswith("practice.toml, line 3: ")
    assert "tme_zone" in err
    assert "time_zone" in err
    assert desk.db.read_bytes() == before


def test_a_held_database_is_one_sentence(desk: Desk, etl: Etl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.3)
    etl("load", desk.file("work.ics", WORK))
    hold = f"import duckdb, time; con = duckdb.connect({str(desk.db)!r}); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        told = f"desk.duckdb: another program has it open (process {holder.pid}). Close that program, then try again.\n"
        commands = [
            ("load", desk.file("more.ics", EVENT)),
            ("report",),
            ("check",),
            ("export", "sources", "--out", desk.folder / "s.csv"),
        ]
        assert [etl(*command) for command in commands] == [(1, "", told)] * 4
        holder.kill()
    assert etl("check")[0] == 0


def test_a_foreign_database_is_one_sentence(desk: Desk, etl: Etl) -> None:
    with duckdb.connect(str(desk.db)) as con:
        con.execute("create table recipes (name varchar)")
    for command in (("load", desk.file("work.ics", WORK)), ("report",), ("check",), ("sample",)):
        status, out, err = etl(*command)
        assert (status, out) == (1, "")
        assert err == "desk.duckdb: this database belongs to another program. It was left as it is; name another with --db.\n"


def test_nothing_loaded_yet_is_one_sentence(desk: Desk, etl: Etl) -> None:
    for command in (("report",), ("check",), ("export", "sources", "--out", desk.folder / "s.csv")):
        assert etl(*command) == (1, "", "desk.duckdb: there is no such database yet. Load a calendar first.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("load",),
        ("lode", "x.ics"),
        ("load", "x.ics", "--date-order", "ymd"),
        ("load", "x.ics", "--practice", "lost.toml"),
        ("report", "--from", "14.9.2026"),
        ("report", "--from", "2026-01-06", "--to", "2026-01-05"),
        ("export", "titles", "--out", "x.csv"),
        ("export", "sources", "--out", "x.doc"),
        ("export", "sources", "--out", "x.ics"),
        ("export", "sources"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...], desk: Desk, etl: Etl) -> None:
    desk.take(("work.ics", WORK))
    status, out, err = etl(*arguments)
    assert (status, out) == (2, "")
    assert "Traceback" not in err


def test_check_says_what_is_broken(desk: Desk, etl: Etl) -> None:
    desk.take(("work.ics", WORK))
    status, out, _ = etl("check")
    assert (status, out.count("ok    "), out.count("\n")) == (0, 15, 15)
    desk.harm("insert into time_slices select * from time_slices")
    status, out, _ = etl("check")
    assert status == 1
    assert "BROKEN  slices never overlap: 1 times\n" in out


def test_a_fault_of_the_program_shows_no_content(desk: Desk, etl: Etl) -> None:
    desk.take(("work.ics", WORK))
    desk.harm("alter table day_slices rename column seconds to moments")
    desk.harm("create view zsecret as select 1")
    status, out, err = etl("report")
    assert (status, out) == (1, "")
    assert err.startswith("Owner Time came upon a fault of its own (")
    assert "Zsecret" not in err


def test_a_fault_says_what_became_of_several_files(desk: Desk, etl: Etl, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_or_fail(data: bytes, file_name: str, how: How) -> Extract:
        if file_name != "work.ics":
            raise ZeroDivisionError
        return read(data, file_name, how)

    monkeypatch.setattr(pipeline, "read", read_or_fail)
    status, out, err = etl("load", desk.file("work.ics", WORK), desk.file("more.ics", EVENT))
    assert (status, out) == (1, "")
    assert err.startswith("Owner Time came upon a fault of its own (ZeroDivisionError in ")
    assert err.endswith(" What it was at was not stored; of several files, those before it are in. Please report this line.\n")
    assert desk.titles() == [("01-05 09:00", "Zsecret rota")]


def test_as_a_program_of_its_own(desk: Desk, run_etl: RunEtl) -> None:
    """The whole way, each command in a process of its own."""
    done = run_etl("load", desk.file("work.ics", WORK), "--db", desk.db)
    assert (done.returncode, done.stderr) == (0, "")
    done = run_etl("report", "--json", "--db", desk.db)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["by_location"]["North"]["management"] == 1
    done = run_etl("export", "time_slices", "--out", desk.folder / "slices.csv", "--db", desk.db)
    assert (done.returncode, done.stdout, done.stderr) == (0, "slices.csv: 1 row of time_slices.\n", "")
    assert run_etl().returncode == 2
    done = run_etl("check", env={"OWNER_TIME_DB": str(desk.db)})
    assert (done.returncode, done.stderr) == (0, "")
