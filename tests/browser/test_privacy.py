"""Privacy, as an owner uses it: what is stored, everything taken along, a backup made and restored, a calendar forgotten."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from playwright.sync_api import Page

from etl.export import COLUMNS
from tests.browser.server import Server
from tests.browser.streamlit_page import await_text, choose, click, expect_words, open_page, settle, table, text, upload
from tests.making import calendar, event

NASTY = "![x](http://127.0.0.1:9/x.png) <b>=1+1</b>"
FIRST = calendar("Desk", event("Payroll", "2026-03-02 09:00", "12:00"), event(NASTY, "2026-03-03 09:00", "10:00"))
SECOND = calendar("Other", event("Rota", "2026-03-04 09:00", "11:00"))
TAB = "/data?data_part=Privacy"


def save(page: Page, name: str) -> tuple[str, bytes]:
    """Make a file by the button of this name and save it: its name and what is in it."""
    click(page, name)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save owner-time-").click()
    path = download.value.path()
    settle(page)
    return download.value.suggested_filename, Path(path).read_bytes()


def load(page: Page, server: Server, name: str, data: bytes) -> None:
    open_page(page, f"{server.address}/data")
    upload(page, (name, data))
    click(page, "Load 1 file")
    await_text(page, f"{name} is loaded")


def restore(page: Page, server: Server, name: str, data: bytes) -> None:
    open_page(page, server.address + TAB)
    upload(page, (name, data))


def test_what_is_stored_is_shown_and_its_rows_only_where_asked_for(page: Page, server: Server) -> None:
    open_page(page, server.address + TAB)
    expect_words(page, "Nothing is stored yet.")
    load(page, server, "desk.ics", FIRST)
    open_page(page, server.address + TAB)
    expect_words(page, "One event on one day")
    rows = table(page)
    assert rows[0] == ["Column", "What it holds"]
    assert ["calendar", "Name of its calendar."] in rows
    assert NASTY not in str(rows)
    page.get_by_text("Show 5 real rows of it").click()
    settle(page)
    (title,) = [row for row in table(page) if row[0] == "title"]
    assert set(title[2:]) == {"Payroll", NASTY}
    choose(page, "Table", "interruptions")
    expect_words(page, "One unplanned pull on you")
    assert table(page)[0] == ["Column", "What it holds"]
    files = {row[0]: row[1:] for row in table(page, 1)}
    assert files["owner_time.duckdb"][1] == "everything that is stored"
    assert files["owner_time.duckdb.key"] == ["32 bytes", "the key behind the keyed marks"]
    assert str(server.db.parent) in text(page)


def test_everything_is_taken_along(page: Page, server: Server) -> None:
    load(page, server, "desk.ics", FIRST)
    open_page(page, server.address + TAB)
    name, data = save(page, "Take everything with me")
    assert name.startswith("owner-time-20")
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {f"{table}.csv" for table in COLUMNS} | {"schema.csv", "practice.toml"} <= set(packed.namelist())
        told = io.StringIO(packed.read("occurrences.csv").decode("utf-8-sig"), newline="")
        assert {row["title"] for row in csv.DictReader(told)} == {"Payroll", NASTY}


def test_a_backup_is_made_and_restored(page: Page, server: Server) -> None:
    load(page, server, "desk.ics", FIRST)
    open_page(page, server.address + TAB)
    name, data = save(page, "Back up")
    assert name.endswith(".backup")
    load(page, server, "other.ics", SECOND)
    restore(page, server, name, data[:-1])
    expect_words(page, "the backup is damaged, or was cut off")
    assert page.get_by_role("button", name="Yes, restore it").count() == 0
    restore(page, server, name, data)
    said = text(page)
    assert "It replaces all that is stored here now (2 Mar – 4 Mar 2026): 2 calendars, your filings and corrections, " in said
    click(page, "Keep what is here")
    assert "It replaces" not in text(page)
    restore(page, server, name, data)
    click(page, "Yes, restore it")
    await_text(page, "Restored: everything is as it was on ")
    assert "It replaces" not in text(page), "the upload is a new, empty one"
    page.get_by_role("tab", name="What is loaded").click()
    settle(page)
    expect_words(page, "Desk")
    assert "Other" not in text(page)


def test_a_calendar_is_forgotten(page: Page, server: Server) -> None:
    load(page, server, "desk.ics", FIRST)
    load(page, server, "other.ics", SECOND)
    open_page(page, server.address + TAB)
    choose(page, "Calendar or log", "Other")
    click(page, "Forget this calendar …")
    click(page, "Yes, remove it")
    await_text(page, "Other is removed. Everything is counted anew.")
    assert b"Rota" not in server.db.read_bytes()
    assert b"Payroll" in server.db.read_bytes()
    choose(page, "Calendar or log")
    expect_words(page, "Forget this calendar …")
