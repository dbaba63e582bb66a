"""Links to a part of a page open that part, and Back and Forward of the browser pass only what the owner has looked at."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.command_line import serving_loaded
from tests.browser.server import Server
from tests.browser.streamlit_page import expect_words, go_to, open_page, settle, text
from tests.making import calendar, event, log

WORK = calendar(
    "Work",
    event("Staff meeting", "2026-03-02 09:00", "12:00", place="North"),
    event("Payroll", "2026-03-10 09:00", "11:00", place="Riverside"),
    event("Strategy", "2026-03-12 09:00", "11:00", place="North"),
)
LOG = log("2026-03-02 09:30,15,Riverside,desk,stock,yes")
DAYS = "period=Between+two+days&from=2026-03-02&to=2026-03-22"
LINKS = (
    ("/data?data_part=Privacy", "Where my data is", "Where my data is"),
    ("/data?data_part=Practice", "Places that wait for a location", "Places"),
    ("/roles?roles_part=Your+rules", "What counts as leadership", "What counts as leadership"),
    ("/handing_over?handing_over_part=Time+to+lead", "How the verdict is made", "How the verdict is made"),
    ("/help?help_part=How+the+verdict+is+made", "Handing over: what holds", "Handed over"),
    ("/help?help_part=Where+my+data+is", "Data: what is stored", "Privacy"),
)
"""From where, the link's words, and the part that it opens."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_loaded(tmp_path_factory.mktemp("ways"), WORK, LOG) as running:
        yield running


def part(page: Page) -> str:
    """Which part is open."""
    return page.get_by_role("tab", selected=True).first.inner_text()


def follow(page: Page, words: str) -> None:
    page.get_by_test_id("stMain").get_by_role("link", name=words).first.click()
    settle(page)


def step(page: Page, way: str) -> None:
    """Back or forward, by the browser's own button."""
    page.go_back() if way == "back" else page.go_forward()
    settle(page)


def asked(page: Page) -> tuple[str, dict[str, list[str]]]:
    """The page and what its address asks for."""
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


def test_a_link_opens_its_part_also_from_a_page_with_parts_and_back_the_part_that_was_left(page: Page, server: Server) -> None:
    for start, words, opens in LINKS:
        open_page(page, server.address + start)
        left = part(page)
        follow(page, words)
        assert part(page) == opens, f"{words}, from {start}"
        page.mouse.move(640, 890)
        step(page, "back")
        assert (asked(page)[0], part(page)) == (start.partition("?")[0], left), f"back from {words}"
        step(page, "forward")
        assert part(page) == opens, f"forward to {words}"
    page.reload()
    settle(page)
    assert part(page) == "Privacy"


def test_back_passes_no_page_that_was_not_looked_at(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    page.get_by_role("tab", name="Privacy").click()
    settle(page)
    go_to(page, "Roles")
    page.get_by_role("tab", name="Places").click()
    settle(page)
    go_to(page, "Handing over")
    step(page, "back")
    assert (asked(page)[0], part(page)) == ("/roles", "Places")
    step(page, "back")
    assert (asked(page)[0], part(page)) == ("/data", "Privacy")


def test_back_from_the_hours_of_a_mark_leads_to_its_picture_under_its_own_filters(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview?{DAYS}&at=North")
    expect_words(page, "2 Mar – 22 Mar 2026")
    left = asked(page)
    marks = page.locator(".st-key-weeks .barlayer .point path")
    sizes = [mark.bounding_box() or {"height": 0.0} for mark in marks.all()]
    marks.nth(next(place for place, size in enumerate(sizes) if size["height"] > 8)).click(force=True)
    page.wait_for_url("**/hours?*")
    settle(page)
    expect_words(page, "Back to Overview")
    drilled = asked(page)
    step(page, "back")
    assert asked(page) == left
    expect_words(page, "2 Mar – 22 Mar 2026")
    step(page, "forward")
    assert asked(page) == drilled
    expect_words(page, "Back to Overview")


@pytest.mark.parametrize("gap", [0, 150])
def test_back_at_once_after_a_filter_leads_to_the_filters_of_the_page_before(page: Page, server: Server, gap: int) -> None:
    open_page(page, f"{server.address}/overview?{DAYS}&at=North")
    left = asked(page)
    go_to(page, "Locations")
    page.get_by_role("radio", name="26 weeks").click()
    page.wait_for_timeout(gap)
    step(page, "back")
    expect_words(page, "Over 3 weeks, for North")
    assert asked(page) == left


def test_a_double_click_is_one_step_of_the_history(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data?data_part=Privacy")
    page.get_by_test_id("stMain").get_by_role("link", name="Where my data is").first.dblclick(delay=60)
    settle(page)
    step(page, "back")
    assert asked(page) == ("/data", {"data_part": ["Privacy"]})
    open_page(page, f"{server.address}/overview?sample=1&tour=1")
    page.get_by_role("button", name="Next").dblclick(delay=60)
    settle(page)
    expect_words(page, "of 5")  # the second, where it came late, was one on the next page
    assert "1 of 5" not in text(page)
    assert "The tour goes on at" not in text(page)


def test_back_from_the_sample_is_ones_own_practice(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview?{DAYS}")
    go_to(page, "Start")
    page.get_by_role("button", name="Look around with the sample practice").click()
    settle(page)
    expect_words(page, "Sample practice.")
    for path in ("/", "/overview"):
        step(page, "back")
        assert asked(page)[0] == path
        assert "Sample practice." not in text(page)
    assert asked(page)[1] == parse_qs(DAYS)


def test_what_is_typed_in_the_settings_stays_while_another_part_is_looked_at(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data?data_part=Practice")
    page.get_by_role("textbox", name="Days off").fill("2026-12-25")
    page.keyboard.press("Tab")
    page.get_by_role("tab", name="Privacy").click()
    settle(page)
    page.get_by_role("tab", name="Practice").click()
    settle(page)
    assert page.get_by_role("textbox", name="Days off").input_value() == "2026-12-25"
