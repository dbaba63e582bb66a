"""The same secrets as tests/test_secrets.py, along the dashboard: uploaded in a real Chromium, looked for on every page."""

from __future__ import annotations

from playwright.sync_api import Page

from etl.waiting import waiting
from tests.browser.server import Server
from tests.browser.streamlit_page import click, expect_words, open_page, settle, text, turn_to, upload
from tests.making import calendar
from tests.test_secrets import BURIED, CLINICAL, CONTROL, EVENTS, LOG, REST, SECRETS, in_files

ADDRESSES = (
    "/overview?period=All",
    "/locations?period=All",
    "/against?period=All",
    "/pulled_away?period=All",
    "/day?period=All",
    "/handing_over?period=All",
    "/hours?period=All",
    "/roles",
    "/roles?roles_part=Your+rules",
    "/data?data_part=Log&period=All",
    "/log",
    "/data?data_part=What+is+loaded",
    "/data?data_part=What+was+left+out&period=All",
    "/data?data_part=Privacy",
)


def test_no_secret_is_on_any_page_or_in_any_file_of_the_dashboard(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    upload(page, ("work.ics", calendar("Work", *EVENTS)), ("clinic.ics", REST), ("log.csv", LOG))
    click(page, "Load 3 files")
    open_page(page, f"{server.address}/roles")
    assert CLINICAL[1] in in_files(server.db.parent)  # it waits for its owner
    while waiting(server.db).groups:
        page.keyboard.press("3")  # clinical
        settle(page)
    expect_words(page, "Every counted hour has a role.")
    assert in_files(server.db.parent) == {CONTROL}
    seen = ""
    for address in ADDRESSES:
        turn_to(page, server.address + address)
        shown = (text(page) + page.content()).lower()
        assert [word for word in SECRETS if word in shown] == [], address
        seen += shown
    assert CONTROL in seen
    assert BURIED[7] not in server.db.with_name("practice.toml").read_text("utf-8")
    assert in_files(server.db.parent) == {CONTROL}
