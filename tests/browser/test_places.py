"""Places that wait: suggestions taken, a group split, an answer refused, and what is decided leaves the list."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import await_text, expect_words, open_page, settle, text
from tests.making import PRACTICE, calendar, event

# Hours each: the first address and its room 4 + 2, Zoom 3, home 2, a slip of the pen 1, a nursing home 1.
PLACES = [
    ("1204 Mill Rd Suite 3\\, Lakeside ON", "09:00", "13:00"),
    ("Lakeside – Exam 2", "09:00", "11:00"),
    ("https://us02web.zoom.us/j/555123", "09:00", "12:00"),
    ("Home", "09:00", "11:00"),
    ("Rivreside", "09:00", "10:00"),
    ("Nursing home", "09:00", "10:00"),
]
WORK = calendar("Work", *(event(f"Zq {n}", f"2026-03-0{n} {at}", to, place=where) for n, (where, at, to) in enumerate(PLACES, 2)))


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("places")
    with serving(folder) as running:
        (folder / "work.ics").write_bytes(WORK)
        (folder / "practice.toml").write_text(PRACTICE + "# the end\n", "utf-8")
        etl(running, "load", str(folder / "work.ics"))
        yield running


def row(page: Page, words: str) -> Locator:
    """The row whose places have these words."""
    places = page.locator("[data-testid=stColumn]").filter(has_text=words)
    return page.locator("[class*=st-key-places_row_]").filter(has=places).first


def press(page: Page, within: Locator, name: str) -> None:
    """Press a button by the keyboard alone."""
    within.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
    settle(page)


def by_location(server: Server) -> dict[str, float]:
    report = json.loads(etl(server, "report", "--json", "--from", "2026-03-01", "--to", "2026-03-31"))
    return {name: sum(hours.values()) for name, hours in report["by_location"].items() if sum(hours.values())}


def test_places_find_their_location_by_the_keyboard_alone(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/roles?roles_part=Places")
    expect_words(page, "6 places wait: 13 h. 4 answers settle 92 % of these hours.")
    first = row(page, "Lakeside – Exam 2")
    assert "1204 Mill Rd Suite 3, Lakeside ON" in first.inner_text()
    assert "6 h" in first.inner_text()
    assert "A new location" in first.inner_text()

    press(page, first, "Accept")
    await_text(page, "2 places have a location now or need none: 6 h.")
    expect_words(page, "4 places wait: 7 h.")
    assert "Lakeside – Exam 2" not in text(page)

    press(page, row(page, "Home"), "Accept")  # the words stand in the nursing home too
    expect_words(page, "the same words stand in 1 other place that would move too")
    expect_words(page, "4 places wait")

    box = row(page, "Nursing home").get_by_role("combobox")
    box.focus()
    page.keyboard.type("riverside")  # a name that is there already, in another case
    page.get_by_role("option", name="Add: riverside").wait_for()
    page.keyboard.press("Enter")
    settle(page)
    press(page, row(page, "Nursing home"), "Accept")
    await_text(page, "1 place has a location now or needs none: 1 h.")

    press(page, page.get_by_test_id("stMain"), "Accept all 3")
    await_text(page, "No place waits for its location.")
    assert by_location(server) == pytest.approx({"Lakeside": 6, "Riverside": 2, "Practice-wide": 5})
    written = (server.db.parent / "practice.toml").read_text("utf-8")
    assert 'practice_wide = ["zoom.us", "Home"]' in written
    assert "# the end" in written


def test_a_group_is_split_and_answered_one_by_one(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/roles?roles_part=Places")
    press(page, row(page, "Lakeside – Exam 2"), "Split")
    assert "Lakeside – Exam 2" not in row(page, "1204 Mill Rd").inner_text()
    press(page, page.get_by_test_id("stMain"), "Put what was split together again")
    press(page, row(page, "Lakeside – Exam 2"), "Split")
    box = row(page, "1204 Mill Rd").get_by_role("combobox")
    box.fill("North")
    page.get_by_role("option", name="North").first.click()
    settle(page)
    press(page, row(page, "1204 Mill Rd"), "Accept")
    await_text(page, "5 places wait: 9 h.")
    assert by_location(server) == pytest.approx({"North": 4, "Practice-wide": 9})
    expect_words(page, "Lakeside – Exam 2")
