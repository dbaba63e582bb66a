"""What was left out, as an owner looks it up: the picture, a click on one of its steps, the list behind it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.server import Server
from tests.browser.streamlit_page import choose, click, expect_words, open_page, settle, table, upload
from tests.browser.tables import numbers
from tests.making import calendar, event

NASTY = "![x](http://127.0.0.1:9/x.png) <b>=1+1</b>"
DESK = calendar(
    "Desk",
    event("Payroll", "2026-03-02 09:00", "12:00"),
    event("Rota", "2026-03-02 10:00", "11:00"),  # takes an hour of the payroll
    event(NASTY, "2026-03-03 09:00", "11:00", "STATUS:CANCELLED"),
    event("Surgery", "2026-03-04 09:00", "11:00", "STATUS:CANCELLED"),  # clinical: its title is not kept
    event("Budget", "2026-03-05 09:00", "10:30", "STATUS:CANCELLED"),
    event("Lunch", "2026-03-05 12:00", "13:00", "TRANSP:TRANSPARENT"),
)
OTHER = calendar("Other", event("Payroll", "2026-03-09 09:00", "12:00"))
NO_NUMBER = "\xa0"  # parts of events are not counted
TAB = "/data?data_part=What+was+left+out"


def test_a_step_of_the_picture_opens_what_it_left_out(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}{TAB}")
    page.get_by_text("Nothing is loaded yet.").first.wait_for()
    page.get_by_role("tab", name="Files").click()
    settle(page)
    upload(page, ("desk.ics", DESK), ("other.ics", OTHER))
    click(page, "Load 2 files")
    page.get_by_role("button", name="See what was left out").click()
    settle(page)
    expect_words(page, "From your calendars to the counted hours: what was left out?")
    assert numbers(page, "waterfall") == [
        ["Step", "Hours", "Events"],
        ["In the calendars", "13 h 30 min", "7"],
        ["Cancelled", "−5 h 30 min", "3"],
        ["Marked free", "−1 h", "1"],
        ["At the same time as another", "−1 h", NO_NUMBER],
        ["Counted", "6 h", NO_NUMBER],
    ]
    picture = page.locator(".st-key-waterfall").get_by_role("img").or_(page.locator(".st-key-waterfall [aria-label]")).first
    assert "6 h counted of 13.5 h in the calendars" in str(picture.get_attribute("aria-label"))
    expect_words(page, "3 events, 5 h 30 min in all.")  # the first step is open from the start
    assert table(page) == [
        ["Start", "Left out", "Title", "Calendar", "Reason"],
        ["2026-03-05 09:00:00", "1 h 30 min", "Budget", "Desk", "cancelled"],
        ["2026-03-04 09:00:00", "2 h", "(title not kept)", "Desk", "cancelled"],
        ["2026-03-03 09:00:00", "2 h", NASTY, "Desk", "cancelled"],
    ]
    bars = page.locator(".st-key-waterfall .barlayer .point path")
    bars.nth(3).click(force=True)  # the two that were at the same time
    settle(page)
    expect_words(page, "1 event, 1 h in all.")
    assert table(page)[1] == ["2026-03-02 09:00:00", "1 h", "Payroll", "Desk", "at the same time as another"]
    choose(page, "Left out as", "Marked free")
    assert table(page)[1][2] == "Lunch"


def test_from_start_the_way_to_what_was_left_out_leads_to_data(page: Page, server: Server) -> None:
    open_page(page, server.address)
    upload(page, ("desk.ics", DESK))
    page.get_by_role("button", name="Load 1 file").click()
    settle(page)
    expect_words(page, "See what was left out")
    page.get_by_text("See what was left out").click()
    settle(page)
    expect_words(page, "From your calendars to the counted hours: what was left out?")
    assert "/data?" in page.url


def test_one_calendar_alone_and_the_days_above(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    upload(page, ("desk.ics", DESK), ("other.ics", OTHER))
    click(page, "Load 2 files")
    open_page(page, f"{server.address}{TAB}&period=This+week")
    choose(page, "Which hours?", "Calendar Desk")
    assert numbers(page, "waterfall")[1] == ["Exported", "10 h 30 min", "6"]
    choose(page, "Which hours?", "The days chosen above")
    assert numbers(page, "waterfall")[1] == ["In the calendars", "3 h", "1"]
    expect_words(page, "Nothing was left out.")
    choose(page, "Which hours?", "Calendar Other")
    assert numbers(page, "waterfall")[1] == ["Exported", "3 h", "1"]
    expect_words(page, "Nothing was left out.")
