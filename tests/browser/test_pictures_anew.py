"""A picture after a click is the picture of what was chosen: mark for mark the one that its address shows when it is opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.command_line import serving_loaded
from tests.browser.server import Server
from tests.browser.streamlit_page import open_page, settle, visiting
from tests.making import calendar, event, log

WORK = calendar(
    "Work",
    event("Staff meeting", "2026-02-02 09:00", "12:00", "RRULE:FREQ=WEEKLY;COUNT=7", place="North"),
    event("Payroll", "2026-02-10 09:00", "11:00", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", place="Riverside"),
    event("Strategy", "2026-03-12 09:00", "11:00", place="North"),
)
LOG = log("2026-03-02 09:30,15,Riverside,desk,stock,yes", "2026-02-11 10:30,40,North,desk,rota,yes")
DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot')].map(picture =>
    [...picture.querySelectorAll('.plot path, .shapelayer path, .main-svg text')].map(mark =>
        mark.getAttribute('d') || mark.textContent + mark.getAttribute('y')).join('|'))"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_loaded(tmp_path_factory.mktemp("anew"), WORK, LOG) as running:
        yield running


@pytest.mark.parametrize("path", ["overview", "locations", "pulled_away"])
def test_after_each_click_the_pictures_are_those_of_the_address(page: Page, browser: Browser, server: Server, path: str) -> None:
    open_page(page, f"{server.address}/{path}")
    before = page.evaluate(DRAWN)
    assert before
    for button in (
        page.get_by_role("button", name="Earlier"),
        page.locator(".st-key-at").get_by_role("button", name="North"),
        page.get_by_role("radio", name="All", exact=True),
    ):
        button.click()
        settle(page)
        after = page.evaluate(DRAWN)
        with visiting(browser, server.address) as visit:
            open_page(visit.page, page.url)
            assert visit.page.evaluate(DRAWN) == after
        assert after != before
        before = after
