"""A table of appointments in columns of its own: asked about once, read from then on, and its patients left where they were."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.command_line import etl
from tests.browser.server import Server
from tests.browser.streamlit_page import click, expect_words, open_page, settle, table, text, upload

PATIENTS = ("Zyxwv Quux", "Plugh Xyzzy")
PICTURE = "![x](http://127.0.0.1:9/a)"
CLINIC = f"""\
Day;Time;Finish;Patient;Phone;Reason;Room;Vet;State;{PICTURE}
14/09/2026;9:00;11:00;{PATIENTS[0]};555-0001;Dental {PATIENTS[0]};North;Dr A;done;x
14/09/2026;11:30;12:00;{PATIENTS[1]};555-0002;Vaccination;North;Dr B;done;x
15/09/2026;9:00;9:30;{PATIENTS[1]};555-0002;Surgery;North;{PICTURE};done;x
15/09/2026;10:00;11:30;{PATIENTS[1]};555-0002;Surgery;North;Dr A;done;{PICTURE}
16/09/2026;10:00;11:00;{PATIENTS[1]};555-0002;Surgery;North;Dr A;Cancelled;x
""".encode()
NEWER = CLINIC + b"17/09/2026;8:00;9:00;Nobody Else;555-0003;Dental;North;Dr A;done;x\n"
REMARK = "# ours since 1998\n"


@pytest.fixture(autouse=True)
def practice(server: Server) -> None:
    text = f'{REMARK}[practice]\nname = "Maple"\ntime_zone = "UTC"\n\n[[location]]\nname = "North"\n'
    (server.db.parent / "practice.toml").write_text(text, "utf-8")


def test_columns_are_asked_once_and_the_hours_are_there(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    upload(page, ("clinic.csv", CLINIC))
    click(page, "Load 1 file")
    expect_words(page, "Which column is what?")
    assert "[[csv]]" not in text(page)
    assert table(page)[0][:4] == ["Day", "Time", "Finish", "Patient"]
    guessed = {
        "Start": "Time", "End": "Finish", "Day": "Day", "Title": "Reason", "Place": "Room", "Provider": "Vet", "Status": "State",
    }  # fmt: skip
    for asks, column in guessed.items():
        assert page.get_by_role("combobox", name=asks, exact=True).input_value() == column
    expect_words(page, "Choose which provider is you")
    assert page.get_by_role("button", name="Save and load").is_disabled()
    page.get_by_role("textbox", name="Name of this list").fill("Clinic appointments")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("combobox", name="Which provider is you?").press_sequentially("Dr A")
    page.keyboard.press("Enter")
    settle(page)
    assert not page.locator("img[src*='127.0.0.1:9']").count()
    click(page, "Save and load")
    said = text(page)
    assert "clinic.csv is loaded" in said
    assert "Clinic appointments: 3 events, 3 h 30 min counted" in said
    assert "Which column is what?" not in said
    assert '"clinical": 3.5' in etl(server, "report", "--json")
    written = (server.db.parent / "practice.toml").read_text("utf-8")
    assert written.startswith(REMARK)
    assert re.search(r'\[\[csv\]\]\nname = "Clinic appointments"\ndate = "Day"\nstart = "Time"\nend = "Finish"\n', written)
    upload(page, ("september.csv", NEWER))
    click(page, "Load 1 file")
    expect_words(page, "september.csv is loaded")
    assert "Which column is what?" not in text(page)
    open_page(page, f"{server.address}/overview?period=Between+two+days&from=2026-09-14&to=2026-09-20")
    expect_words(page, "4.5 h")
    for path in server.db.parent.iterdir():
        for planted in (*PATIENTS, "Nobody Else", "555-000"):
            assert planted.encode() not in path.read_bytes(), path.name


def test_a_file_can_be_left_out_and_nothing_is_kept(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    upload(page, ("clinic.csv", CLINIC))
    click(page, "Load 1 file")
    click(page, "Leave this file out")
    assert "Which column is what?" not in text(page)
    assert "csv" not in (server.db.parent / "practice.toml").read_text("utf-8")
