"""Locations in the owner's order, two against each other, and what their marks open: by the address, a reload and the way back.

North: a surgery of an hour on ten working days; Riverside: two hours of rota on the same days, an hour and a half after it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.command_line import serving_loaded
from tests.browser.server import Server
from tests.browser.streamlit_page import open_page, settle, text, visiting
from tests.browser.tables import numbers
from tests.browser.test_hours import back_to, click_mark, heading
from tests.making import calendar, event, log

DAYS = [f"2026-03-{number:02}" for number in (*range(2, 7), *range(9, 14))]
WORK = calendar(
    "Work",
    *(event("Surgery", f"{each} 09:00", "10:00", place="North") for each in DAYS),
    *(event("Rota", f"{each} 11:30", "13:30", place="Riverside") for each in DAYS),
)
LOG = log("2026-03-02 09:30,12,Riverside,desk,stock,yes")
SPAN = "period=Between+two+days&from=2026-03-02&to=2026-03-15"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_loaded(tmp_path_factory.mktemp("side"), WORK, LOG) as running:
        yield running


def order(page: Page) -> list[str]:
    return [row[0] for row in numbers(page, "side")[1:]]


def pair(page: Page) -> list[str]:
    return numbers(page, "pair")[0]


def test_the_chosen_order_survives_a_reload_and_the_way_to_the_hours_and_back(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/locations?{SPAN}")
    assert order(page) == ["Riverside", "North", "Practice-wide"]
    page.get_by_role("radio", name="Name", exact=True).click()
    settle(page)
    assert "sorted=Name" in page.url
    assert order(page) == ["North", "Riverside", "Practice-wide"]
    page.reload()
    settle(page)
    assert order(page) == ["North", "Riverside", "Practice-wide"]
    click_mark(page, "side_hours", 0)
    assert heading(page) == "North, all work, 2 Mar – 15 Mar 2026: 9 h 48 min in 10 events"
    back_to(page, "Locations")
    assert "sorted=Name" in page.url
    assert order(page) == ["North", "Riverside", "Practice-wide"]


def test_two_locations_are_a_page_of_their_own(page: Page, browser: Browser, server: Server) -> None:
    open_page(page, f"{server.address}/locations?{SPAN}")
    page.get_by_role("link", name="Riverside against North, or any two").click()
    page.wait_for_url("**/against?*")
    settle(page)
    first = heading(page)
    assert first == "Riverside takes 10.1 h a week of managing, North 0 h."
    assert ("one=Riverside" in page.url, "other=North" in page.url) == (True, True)
    assert "from=2026-03-02" in page.url, "the days come along"
    assert pair(page) == ["Fact", "Unit", "Riverside", "n", "North", "n of the other"]
    assert page.get_by_role("link", name="Two locations").count() == 0, "the bar on top stays as it is"
    page.reload()
    settle(page)
    assert (heading(page), pair(page)[2]) == (first, "Riverside")
    with visiting(browser, server.address) as visit:  # cold
        open_page(visit.page, f"{server.address}/against?{SPAN}&one=North&other=Riverside")
        assert (heading(visit.page), pair(visit.page)[2::2]) == (first, ["North", "Riverside"])
    marks = page.locator(".st-key-pair .scatterlayer .point")
    here = page.url
    marks.nth(1).click(force=True)  # no leadership at Riverside
    settle(page)
    assert page.url == here, "nothing to open"
    marks.nth(0).click(force=True)
    page.wait_for_url("**/hours?*")
    settle(page)
    opened = "Riverside, all work, 2 Mar – 15 Mar 2026: 20 h 12 min in 10 events and 1 interruption"
    assert heading(page) == opened
    page.reload()
    settle(page)
    assert heading(page) == opened, "the address names the location, too"
    page.get_by_role("button", name="Back to Two locations").click()
    page.wait_for_url("**/against*")
    settle(page)
    assert (heading(page), pair(page)[2::2]) == (first, ["Riverside", "North"])


def test_presence_opens_its_hours_and_an_empty_cell_nothing(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/locations?{SPAN}")
    assert "You are most at Riverside on Mondays: 2 h on an average Monday, there on 2 of 2." in text(page).replace("\u00a0", " ")
    assert "About 7.5 h a week: 10 trips between two locations in these days." in text(page).replace("\u00a0", " ")
    cells = page.locator(".st-key-presence .barlayer .point path")
    assert cells.count() == 5 + 10, "a row of Practice-wide that has nothing, and two of five weekdays"
    here = page.url
    cells.nth(0).click(force=True)
    page.wait_for_timeout(1000)  # two clicks at once would be a double click
    settle(page)
    assert page.url == here, "nothing to open"
    cells.nth(5 + 5).click(force=True)  # the first of the second row: North
    page.wait_for_url("**/hours?*")
    settle(page)
    assert heading(page) == "All work, 2 Mar – 15 Mar 2026: 2 h in 2 events and 1 interruption"
    assert "Only while you were at North, on Mondays." in text(page)
