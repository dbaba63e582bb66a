"""The arrows and what a period is held against: the address keeps both, on every page, and so do the way to the events and back.

Payroll, an hour each Friday, from 3 January 2025 to 27 March 2026; the owner is away on Monday 23 and Tuesday 24 March.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import click, expect_words, go_to, open_page, settle
from tests.browser.tables import opened
from tests.making import PRACTICE, calendar, event

OWN = calendar(
    "Own",
    event("Payroll", "2025-01-03 09:00", "10:00", "RRULE:FREQ=WEEKLY;UNTIL=20260327T235959Z"),
    event("Vacation", "2026-03-23", "2026-03-25"),
)
NOW = "2 Mar – 29 Mar 2026, against the 4 weeks before; an average of 3.6 weeks: 2 days off"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("period")) as running:
        folder = running.db.parent
        (folder / "own.ics").write_bytes(OWN)
        (folder / "practice.toml").write_text(PRACTICE, "utf-8")
        etl(running, "load", str(folder / "own.ics"))
        yield running


def test_arrows_and_comparison_outlive_reload_page_events_and_back(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview")
    expect_words(page, NOW)
    assert page.get_by_role("button", name="Later").is_disabled()
    click(page, "Earlier")
    expect_words(page, "2 Feb – 1 Mar 2026, against the 4 weeks before")
    page.keyboard.press("Alt+Shift+ArrowLeft")
    expect_words(page, "5 Jan – 1 Feb 2026, against the 4 weeks before")
    page.get_by_role("radio", name="A year before").click()
    held = "5 Jan – 1 Feb 2026, against the same 4 weeks a year before"
    expect_words(page, held)
    assert "ago=2" in page.url
    assert "against=A+year+before" in page.url.replace("%20", "+")
    page.reload()
    expect_words(page, held)
    go_to(page, "Locations")
    expect_words(page, held)
    inside = opened(page.locator(".st-key-numbers_side"))
    inside.get_by_role("button", name="Which hours are these?").click()
    expect_words(page, "Back to Locations")
    expect_words(page, held)
    page.get_by_role("button", name="Back to Locations").click()
    expect_words(page, "How do the locations compare")
    expect_words(page, held)
    page.go_back()
    settle(page)
    page.go_forward()
    expect_words(page, held)
    click(page, "Later")
    expect_words(page, "2 Feb – 1 Mar 2026, against the same 4 weeks a year before")
    page.get_by_role("radio", name="Quarter").click()
    expect_words(page, "1 Jan – 29 Mar 2026, nothing a year before to compare with")  # 1 January 2025 is not covered
    click(page, "Earlier")
    expect_words(page, "1 Oct – 31 Dec 2025")
    page.get_by_role("radio", name="4 weeks").click()
    expect_words(page, "2 Mar – 29 Mar 2026, against the same 4 weeks a year before")


def test_two_days_move_by_their_own_length(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview?period=Between+two+days&from=2026-02-01&to=2026-02-28")
    expect_words(page, "1 Feb – 28 Feb 2026, against the month before")
    click(page, "Earlier")
    expect_words(page, "1 Jan – 31 Jan 2026, against the month before")
    assert "from=2026-01-01" in page.url
    click(page, "Later")
    expect_words(page, "1 Feb – 28 Feb 2026")
