"""The sample practice, the periods, and an address that shows the same picture to whoever opens it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import await_text, click, expect_words, go_to, open_page, settle, text, visiting
from tests.browser.tables import numbers
from tests.making import calendar, event

PAGES = ("Start", "Overview", "Locations", "Pulled away", "The day", "Handing over", "Log", "Hours", "Roles", "Data")
BANNER = "Sample practice."
# One Friday a week, and one hour of payroll more on each: 1 h on 27 February to 5 h on 27 March 2026.
FRIDAYS = ("2026-02-27", "2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27")
OWN = calendar("Own", *(event("Payroll", f"{day} 09:00", f"{9 + hours}:00") for hours, day in enumerate(FRIDAYS, 1)))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("sample")) as running:
        yield running


@pytest.fixture
def own_practice(server: Server) -> Iterator[Server]:
    """The server, with an owner's own calendar loaded for this test."""
    export = server.db.parent / "own.ics"
    export.write_bytes(OWN)
    (server.db.parent / "practice.toml").write_text('[practice]\ntime_zone = "UTC"\n', "utf-8")
    etl(server, "load", str(export))
    yield server
    for path in (server.db, server.db.with_name(server.db.name + ".key"), server.db.with_name("practice.toml")):
        path.unlink()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_while_nothing_is_loaded_every_page_leads_to_start(page: Page, server: Server) -> None:
    for name in ("overview", "locations", "against", "pulled_away", "day"):
        open_page(page, f"{server.address}/{name}?period=13+weeks&at=North")
        assert heading(page) == "See where your hours go.", name
    open_page(page, f"{server.address}/roles")
    page.get_by_test_id("stMain").get_by_role("link", name="Load a calendar").click()
    settle(page)
    assert heading(page) == "See where your hours go."
    open_page(page, f"{server.address}/data")
    page.get_by_role("link", name="How to export a calendar").click()
    settle(page)
    assert heading(page) == "See where your hours go."
    assert not server.db.exists(), "looking makes no file"


def test_the_sample_says_so_on_every_page_and_is_left_again(page: Page, server: Server) -> None:
    open_page(page, server.address)
    click(page, "Look around with the sample practice")
    assert heading(page).startswith("Over 4 weeks you led ")
    for name in PAGES:
        go_to(page, name)
        assert BANNER in text(page), name
        assert "sample=1" in page.url, name
    click(page, "Leave the sample")
    assert BANNER not in text(page)
    assert heading(page) == "See where your hours go."
    go_to(page, "Data")
    assert BANNER not in text(page)
    expect_words(page, "Nothing is loaded yet.")
    assert not server.db.exists(), "nothing of the sample is in the owner's database"


def test_what_is_done_in_the_sample_leaves_the_owners_files_alone(page: Page, own_practice: Server) -> None:
    beside = own_practice.db.parent
    before = {path.name: path.read_bytes() for path in beside.iterdir() if "sample" not in path.name and path.suffix != ".log"}
    open_page(page, f"{own_practice.address}/roles?sample=1&period=All")
    waiting, wait = heading(page), re.compile(r"Without a role yet: \d+\s(?:h|min)[^.]*")
    at_first = wait.findall(text(page))
    page.keyboard.press("2")  # the keyboard suffices: 1 to 4 for a role, U to undo
    await_text(page, "are management. Everything is counted anew.")
    assert wait.findall(text(page)) != at_first
    page.keyboard.press("u")
    await_text(page, "Taken back:")
    assert (heading(page), wait.findall(text(page))) == (waiting, at_first)
    go_to(page, "Data")
    assert page.locator('input[type="file"]').count() == 0, "the sample takes no files"
    click(page, "Leave the sample")
    assert (
        heading(page) == "Over 4 weeks you led none of your 3.5 hours a week."
    )  # 14 h in the last 4 weeks: Roles has no days to choose
    after = {path.name: path.read_bytes() for path in beside.iterdir() if "sample" not in path.name and path.suffix != ".log"}
    assert after == before


def test_a_copied_address_shows_the_same_picture_in_another_browser_on_another_server(
    page: Page, browser: Browser, server: Server, tmp_path: Path
) -> None:
    open_page(page, f"{server.address}/overview?sample=1&period=13+weeks")
    page.locator(".st-key-at").get_by_role("button", name="Riverside").click()
    page.locator(".st-key-at").get_by_role("button", name="Practice-wide").click()
    settle(page)
    go_to(page, "Locations")
    path = page.url.removeprefix(server.address)
    said, side, weeks = text(page), numbers(page, "side"), numbers(page, "location_weeks")
    assert [row[0] for row in side[1:]] == ["Riverside", "Practice-wide"]
    assert len(weeks) == 1 + 13
    shutil.copy(server.db.with_name("sample.duckdb"), tmp_path)
    shutil.copy(server.db.with_name("sample.duckdb.key"), tmp_path)
    with serving(tmp_path) as other, visiting(browser, other.address) as visit:
        open_page(visit.page, other.address + path)
        assert heading(visit.page) == heading(page)
        assert text(visit.page) == said
        assert numbers(visit.page, "side") == side
        assert numbers(visit.page, "location_weeks") == weeks
        assert visit.page.url.removeprefix(other.address) == path
    assert not visit.strangers


def test_each_period_holds_its_hours(page: Page, own_practice: Server) -> None:
    open_page(page, f"{own_practice.address}/overview")
    for preset, words, hours in (
        ("This week", "23 Mar – 29 Mar 2026", "5 h"),  # the week in which the calendars end: its weekend is free
        ("Last week", "23 Mar – 29 Mar 2026", "5 h"),  # the last one that is over
        ("4 weeks", "2 Mar – 29 Mar 2026", "14 h"),  # 2 + 3 + 4 + 5
        ("13 weeks", "27 Feb – 29 Mar 2026", "15 h"),  # all there is
        ("All", "27 Feb – 29 Mar 2026", "15 h"),
    ):
        page.get_by_role("radio", name=preset, exact=True).click()
        settle(page)
        assert words in text(page), preset
        assert numbers(page, "roles")[2][:2] == ["Management", hours], preset


def test_between_two_days(page: Page, own_practice: Server) -> None:
    open_page(page, f"{own_practice.address}/overview")
    page.get_by_role("radio", name="Between two days").click()
    settle(page)
    assert shown_days(page) == ["2026/03/02", "2026/03/29"]  # begins with the last four weeks
    write_day(page, "From", "20260309")
    write_day(page, "To", "20260320")
    expect_words(page, "9 Mar – 20 Mar 2026")
    assert numbers(page, "roles")[2][:2] == ["Management", "7 h"]  # 3 + 4
    assert "from=2026-03-09" in page.url
    assert "to=2026-03-20" in page.url
    go_to(page, "Locations")
    assert shown_days(page) == ["2026/03/09", "2026/03/20"]
    assert [row[:2] for row in numbers(page, "side")[1:]] == [["Practice-wide", "7 h"]]


def shown_days(page: Page) -> list[str]:
    digits = "field => [...field.querySelectorAll('[role=spinbutton]')].map(part => part.textContent).join('/')"
    return [page.locator(f".st-key-{name}").evaluate(digits) for name in ("from", "to")]


def write_day(page: Page, name: str, digits: str) -> None:
    """Type year, month and day; the field takes them when it is left."""
    page.locator(f".st-key-{name.lower()}").get_by_role("spinbutton", name="year").click()
    page.keyboard.type(digits)
    page.get_by_role("heading", level=1).click()
    settle(page)
