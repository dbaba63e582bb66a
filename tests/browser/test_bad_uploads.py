"""What cannot be used is said in one clear sentence, and everything that was stored before is still there."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import click, expect_words, open_page, text, upload
from tests.browser.tables import opened
from tests.making import calendar, event

GOOD = calendar("Own", event("Payroll", "2026-03-02 09:00", "10:00"), event("Strategy", "2026-03-04 09:00", "11:00"))
NEWER = calendar("Own", event("Payroll", "2026-03-02 09:00", "10:00"), event("Strategy", "2026-03-04 09:00", "12:00"))
PRACTICE = '[practice]\nname = "Maple"\ntime_zone = "UTC"\n'
COLUMNS = "started_at,minutes,about_location,asked_by,topic\n"
SAYS = {  # file: what is in it, the beginning of what is said
    "letter.ics": (b"Dear owner,\nhere is my calendar.\n", "letter.ics, line 1: this is not a calendar or an interruption log."),
    "empty.ics": (b"", "empty.ics: the file is empty."),
    "cut.ics": (GOOD[: GOOD.rindex(b"END:VEVENT")], "cut.ics, line 15: the file ends inside an event."),
    "picture.ics": (b"\x89PNG\r\n\x1a\n\0\0", "picture.ics: this is a picture."),
    "column.csv": (b"started_at,topic\n2026-03-02 09:30,rota\n", "column.csv, line 1: the column minutes is missing."),
    "ten.csv": (f"{COLUMNS}2026-03-02 09:30,12,,,\n2026-03-02 10:30,ten,,,\n", "ten.csv, line 3: minutes must be a number"),
    "zero.csv": (f"{COLUMNS}2026-03-02 09:30,0,,,\n", "zero.csv, line 2: minutes must be a number of more than 0"),
    "minus.csv": (f"{COLUMNS}2026-03-02 09:30,-5,,,\n", "minus.csv, line 2: minutes must be a number of more than 0"),
    "days.csv": (
        f"{COLUMNS}2026-03-02 09:30,2000,,,\n",
        "days.csv, line 2: minutes must be a number of more than 0 and at most 1440",
    ),
    "february.csv": (f"{COLUMNS}2026-02-30 09:30,5,,,\n", "february.csv, line 2: started_at is a day that no calendar has."),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("bad")) as running:
        yield running


@pytest.fixture(scope="module")
def loaded(server: Server) -> tuple[dict[str, bytes], str]:
    """The files beside a database that holds three hours of one calendar, and its report."""
    folder = server.db.parent
    (folder / "practice.toml").write_text(PRACTICE, "utf-8")
    (folder / "own.ics").write_bytes(GOOD)
    etl(server, "load", str(folder / "own.ics"))
    report = etl(server, "report", "--json")
    return {path.name: path.read_bytes() for path in folder.iterdir() if path != server.log}, report


@pytest.fixture(autouse=True)
def stored(server: Server, loaded: tuple[dict[str, bytes], str]) -> str:
    """The report of what is stored before each test."""
    files, report = loaded
    for path in server.db.parent.iterdir():
        if path != server.log:
            path.unlink()
    for name, data in files.items():
        (server.db.parent / name).write_bytes(data)
    return report


def test_each_bad_file_gets_its_sentence_and_a_good_one_is_still_taken(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    files = [(name, data if isinstance(data, bytes) else data.encode()) for name, (data, _) in SAYS.items()]
    upload(page, *files, ("own.ics", NEWER))
    click(page, f"Load {len(files) + 1} files")
    alerts = page.get_by_test_id("stAlert")
    alerts.nth(len(SAYS) - 1).wait_for()  # the page is drawn anew when all are loaded
    refusals = alerts.all_inner_texts()
    assert len(refusals) == len(SAYS)
    for refusal, (name, (_, sentence)) in zip(refusals, SAYS.items(), strict=True):
        assert f"{name} was not taken" in refusal
        assert sentence in refusal
        assert "Traceback" not in refusal
    expect_words(page, "own.ics is loaded")
    assert '"leadership": 3.0' in etl(server, "report", "--json")


def test_refused_files_leave_nothing_behind(page: Page, server: Server, stored: str) -> None:
    open_page(page, f"{server.address}/data")
    upload(page, ("cut.ics", SAYS["cut.ics"][0]), ("ten.csv", SAYS["ten.csv"][0].encode()))  # type: ignore[union-attr]
    click(page, "Load 2 files")
    assert text(page).count("Everything that was stored before is still there") == 2
    assert etl(server, "report", "--json") == stored
    assert "BROKEN" not in etl(server, "check")


def test_a_log_about_an_unknown_location_is_taken_with_a_note(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    upload(page, ("where.csv", f"{COLUMNS}2026-03-02 09:30,5,Atlantis,,\n".encode()))
    click(page, "Load 1 file")
    expect_words(page, "where.csv is loaded")
    note = "1 row is about a location that practice.toml does not name, and counted as Practice-wide for now"
    opened(page.locator(".st-key-notes_0")).locator("canvas td").filter(has_text=note).wait_for(state="attached")


def test_a_database_that_another_program_holds(page: Page, server: Server, stored: str) -> None:
    open_page(page, f"{server.address}/data")
    with held(server.db) as number:
        upload(page, ("own.ics", NEWER))
        click(page, "Load 1 file")
        expect_words(page, f"owner_time.duckdb: another program has it open (process {number}). Close that program")
        os.utime(server.db)  # so that nothing is answered from memory
        open_page(page, f"{server.address}/overview")
        expect_words(page, f"owner_time.duckdb: another program has it open (process {number})")
    assert etl(server, "report", "--json") == stored
    open_page(page, f"{server.address}/overview")
    expect_words(page, "you led 2 of your 3 hours")


def test_a_database_of_another_program_and_a_file_that_is_none(page: Page, server: Server) -> None:
    server.db.unlink()
    with duckdb.connect(str(server.db)) as con:
        con.execute("create table shop (price integer)")
    before = server.db.read_bytes()
    for name in ("overview", "data"):
        open_page(page, f"{server.address}/{name}")
        expect_words(page, "owner_time.duckdb: this database belongs to another program. It was left as it is")
    assert server.db.read_bytes() == before
    server.db.write_bytes(b"a shopping list, not a database\n" * 300)
    before = server.db.read_bytes()
    open_page(page, server.address)
    expect_words(page, "owner_time.duckdb: this file is no Owner Time database, or it is damaged")
    assert server.db.read_bytes() == before


def test_a_typo_in_practice_toml_is_told_by_line_and_key_and_mended(page: Page, server: Server, stored: str) -> None:
    practice = server.db.parent / "practice.toml"
    practice.write_text(PRACTICE.replace("time_zone", "time_zoen"), "utf-8")
    open_page(page, f"{server.address}/data?data_part=Practice")
    expect_words(page, "practice.toml says something else than what is counted")
    click(page, "Count by the file")
    expect_words(page, "practice.toml, line 3:")
    expect_words(page, "time_zoen")
    expect_words(page, "Did you mean 'time_zone'")
    assert etl(server, "report", "--json") == stored
    practice.write_text(PRACTICE.replace("Maple", "Oak"), "utf-8")
    open_page(page, f"{server.address}/data?data_part=Practice")
    click(page, "Count by the file")
    expect_words(page, "Everything is counted by practice.toml as it is now")
    assert page.get_by_role("textbox", name="Name of the practice").input_value() == "Oak"


def test_settings_that_cannot_be_are_refused_and_nothing_is_written(page: Page, server: Server, stored: str) -> None:
    open_page(page, f"{server.address}/data?data_part=Practice")
    page.get_by_role("textbox", name="Working hours").fill("from nine to whenever")
    page.get_by_role("textbox", name="Name of the practice").fill("Elm")
    click(page, "Save and count anew")
    assert "working_hours" in page.get_by_test_id("stAlert").inner_text()
    assert (server.db.parent / "practice.toml").read_text("utf-8") == PRACTICE
    assert etl(server, "report", "--json") == stored


@contextlib.contextmanager
def held(db: Path) -> Iterator[int]:
    """Another process has the database open for writing; its number."""
    code = f"import duckdb, sys; con = duckdb.connect({str(db)!r}); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.stdin.close()
