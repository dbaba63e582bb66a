"""What goes wrong for one window: a sentence and a way on there, a line without content in the log, and nothing elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import click, expect_words, go_to, open_page, settle, text, visiting
from tests.making import PRACTICE, calendar, event

TITLE = "Zephyr about Xanthippe"
WORK = calendar("Work", event(TITLE, "2026-03-02 09:00", "11:00", place="North"))
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  (\w+) at (?:app\.py|(?:pages|etl)/[\w/]+\.py), line \d+")
BROKEN = f'''
import streamlit as st
from pages.parts import format, shell, trouble
shell.configure()
st.button("Count", on_click=lambda: format.hours("{TITLE}"))

@st.fragment
def part():
    if st.button("Part"):
        format.hours("{TITLE}")

part()
st.download_button("File", trouble.quietly(lambda: format.hours("{TITLE}")), on_click="ignore")
if st.query_params.get("early"):
    format.hours("{TITLE}")
'''


def kinds(server: Server) -> list[str]:
    """The kinds of error in the log. AssertionError where a line is more than a kind and a place."""
    lines = server.db.with_suffix(".log").read_text("utf-8").splitlines()
    told = [LINE.fullmatch(line) for line in lines]
    assert all(told), lines
    return [match[1] for match in told if match]


def test_a_file_that_is_damaged_between_two_clicks(page: Page, browser: Browser, server: Server) -> None:
    export = server.db.parent / "work.ics"
    export.write_bytes(WORK)
    server.db.with_name("practice.toml").write_text(PRACTICE, "utf-8")
    etl(server, "load", str(export))
    open_page(page, f"{server.address}/overview?period=All")
    sound = server.db.read_bytes()
    with visiting(browser, server.address) as other:
        open_page(other.page, f"{server.address}/overview?sample=1")
        server.db.write_bytes(TITLE.encode() * 1000)
        go_to(page, "Locations")
        expect_words(page, "Open this page anew")
        assert page.get_by_role("alert").count() == 1
        go_to(other.page, "Locations")
        expect_words(other.page, "Sample practice.")
        assert "Open this page anew" not in text(other.page)
    server.db.write_bytes(sound)
    page.get_by_role("link", name="Open this page anew").click()
    page.wait_for_url("**/locations")  # without the period
    settle(page)
    expect_words(page, "North")
    assert "Open this page anew" not in text(page)
    assert set(kinds(server)) == {"StoreError"}
    assert TITLE not in server.log.read_text("utf-8")


def test_what_fails_outside_a_page_says_no_more(browser: Browser, tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text(BROKEN, "utf-8")
    with serving(tmp_path, str(script)) as server, visiting(browser, server.address) as visit:
        page = visit.page
        for address, button in (("", "Count"), ("", "Part"), ("/?early=1", "")):
            open_page(page, server.address + address)
            if button:
                click(page, button)
            expect_words(page, "This page could not be drawn.")
            assert page.get_by_role("link", name="Back to the beginning").count() == 1
            assert page.get_by_test_id("stException").count() == 0
            assert TITLE not in page.content()
        open_page(page, server.address)
        click(page, "File")
        expect_words(page, "Failed")
        assert len(kinds(server)) == 4
        said = server.log.read_text("utf-8")
        assert TITLE not in said
        server.log.write_text("", "utf-8")  # Streamlit prints the place of the fourth as a traceback, without its message
