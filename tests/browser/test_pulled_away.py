"""Pulled away: a cell of the week opens what of the interruptions fell into it, and a question is handed over.

Mon 2 March 2026   10:50 Riverside, 20 minutes on stock: 10 of them after eleven
Tue 3              10:10 North, 6 minutes on stock
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.command_line import serving_loaded
from tests.browser.server import Server
from tests.browser.streamlit_page import await_text, choose, go_to, open_page, settle
from tests.making import calendar, event, log

DAYS = "period=Between+two+days&from=2026-03-02&to=2026-03-15"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    work = calendar("Work", event("Strategy", "2026-03-12 09:00", "11:00"))
    pulls = log("2026-03-02 10:50,20,Riverside,desk,stock,yes", "2026-03-03 10:10,6,North,desk,stock")
    with serving_loaded(tmp_path_factory.mktemp("pulled"), work, pulls) as running:
        yield running


def test_a_cell_opens_what_fell_into_it_and_a_question_goes_on_to_be_handed_over(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    open_page(page, f"{server.address}/pulled_away?{DAYS}")
    heading = page.get_by_role("heading", level=1)
    assert heading.inner_text() == "Riverside pulls you away most."
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    cells = page.locator(".st-key-pull_hours .barlayer .point path")
    assert cells.count() == 10 + 3, "two hours of five days, and on them those with an interruption"
    cells.nth(10 + 2).click(force=True)  # Monday, eleven
    page.wait_for_url("**/hours?*")
    settle(page)
    assert "10 min in 1 interruption" in heading.inner_text().replace("\u00a0", " ")
    await_text(page, "Only interruptions on Mondays from 11:00 to 12:00.")
    page.get_by_role("button", name="Back to Pulled away").click()
    page.wait_for_url("**/pulled_away*")
    settle(page)
    page.get_by_role("button", name="Hand it over").first.click()
    page.wait_for_url("**/handing_over*")
    settle(page)
    await_text(page, "stock")
    assert field(page, "What?").input_value() == "stock"  # as it was asked about
    good = page.get_by_role("textbox", name="In one sentence")
    good.fill("No shelf is empty.")
    page.get_by_role("tab", name="What if").click()
    settle(page)
    page.get_by_role("tab", name="What next").click()
    settle(page)
    assert good.input_value() == "No shelf is empty."  # looking elsewhere loses nothing
    page.set_viewport_size({"width": 1280, "height": 900})  # on a narrow one the pages are behind a menu
    go_to(page, "Help")
    go_to(page, "Handing over")
    assert good.input_value() == "No shelf is empty."  # nor does another page
    assert field(page, "What?").input_value() == "stock"
    page.get_by_role("button", name="Hand it over", exact=True).click()
    await_text(page, "it does not say who takes it")
    assert field(page, "What?").input_value() == "stock"  # and what was chosen stays
    field(page, "Who takes it? A role, not a name").fill("head nurse")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Hand it over", exact=True).click()
    await_text(page, "It is handed over.")
    page.get_by_role("tab", name="Handed over").click()
    await_text(page, "Too early to say")
    await_text(page, "Taken by head nurse")


def test_time_to_lead_is_put_aside_and_its_file_is_an_ordinary_calendar(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    open_page(page, f"{server.address}/handing_over?handing_over_part=Time+to+lead")
    page.get_by_role("button", name="Put aside 8 blocks, 12 h").click()
    await_text(page, "8 blocks put aside.")
    page.get_by_role("textbox", name="What is it for?").fill("hiring plan")
    page.keyboard.press("Enter")
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 8 blocks for your calendar").click()
    assert download.value.suggested_filename == "leadership-time.ics"
    text = download.value.path().read_bytes().decode()
    assert (text.count("BEGIN:VEVENT"), text.count("SUMMARY:Leadership time: hiring plan")) == (8, 8)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    choose(page, "Take back", " to ")  # the first of them is “Select all”
    page.keyboard.press("Escape")
    settle(page)
    page.get_by_role("button", name="Take them back").click()
    await_text(page, "1 block taken back.")
    await_text(page, "Download 7 blocks for your calendar")


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label)
