"""The half minute: each sentence leads to the picture that shows it, with the keyboard too, and says the report's hours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import open_page, settle, text, visiting
from tests.browser.tables import numbers
from tests.making import calendar, event

AT = """anchor => {
    const [top, bottom] = [document.getElementById(anchor).getBoundingClientRect().top, window.innerHeight];
    return 0 <= top && top < bottom;
}"""
WEEK = "period=Between+two+days&from=2026-03-02&to=2026-03-08"
THIN = calendar("Thin", event("Strategy", "2026-03-02 09:00", "10:30"), event("Zq", "2026-03-02 11:00", "12:00"))
UNFILED = calendar("Unfiled", event("Zq", "2026-03-02 09:00", "16:00"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("half")) as running:
        yield running


def own(server: Server, export: bytes) -> None:
    """An owner's practice of this calendar alone."""
    for path in server.db.parent.glob("owner_time.*"):
        path.unlink()
    (server.db.parent / "own.ics").write_bytes(export)
    (server.db.parent / "practice.toml").write_text('[practice]\ntime_zone = "UTC"\n', "utf-8")
    etl(server, "load", str(server.db.parent / "own.ics"))


def test_each_sentence_leads_to_its_picture_without_a_mouse_too(page: Page, browser: Browser, server: Server) -> None:
    open_page(page, f"{server.address}/overview?sample=1&period=13+weeks")
    page.set_viewport_size({"width": 1000, "height": 600})
    links = page.locator(".st-key-half_minute a[href^='#']")
    assert links.count() == 3
    assert page.get_by_test_id("stPlotlyChart").count() == 4
    page.evaluate("window.still_the_same_page = true")
    for nth, anchor in enumerate(("average-week", "managing", "hand-over")):
        link = links.nth(nth)
        assert link.get_attribute("href") == f"#{anchor}"
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(AT, arg=anchor)
        settle(page)
        assert page.url.endswith(f"/overview?sample=1&period=13+weeks#{anchor}")
        assert page.evaluate("window.still_the_same_page"), "it is no other page"
    links.nth(1).click()
    page.wait_for_function(AT, arg="managing")
    with visiting(browser, server.address) as visit:
        open_page(visit.page, page.url)
        visit.page.wait_for_function(AT, arg="managing")


def test_the_sentences_say_the_hours_of_the_report(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview?sample=1&period=Last+week")
    sample = str(server.db.with_name("sample.duckdb"))
    led, location, *_ = (link.inner_text() for link in page.locator(".st-key-half_minute a[href^='#']").all())
    last, *_, first = (row[0] for row in numbers(page, "weeks")[1:])  # the newest day on top
    days = page.locator(".st-key-period_in_words").inner_text()
    monday, sunday = span(days)
    assert span(f"{first} – {last}") == (monday, sunday)
    report = json.loads(etl(server, "report", "--json", "--db", sample, "--from", monday, "--to", sunday))
    by_role = report["by_role"]
    work = sum(hours for role, hours in by_role.items() if role != "personal")
    assert led == f"Last week you led {by_role['leadership']:.1f} of your {work:.0f} hours; your target is 8."
    name = location.split(" took ")[0]
    share = 100 * report["by_location"][name]["management"] / by_role["management"]
    assert location.replace("\u00a0", " ") == f"{name} took {share:.0f} % of your management hours, the most of 4 locations."


def span(words: str) -> tuple[str, str]:
    """Two days of `Oct 26 – Nov 1, 2026, against …` as in an address: the sample writes as its country does."""
    found = re.match(r"(\w+ \d+)(?:, (\d+))? – (\w+ \d+), (\d+)", words.replace("\u00a0", " "))
    assert found, words
    first, year, last, last_year = found.groups()
    return as_asked(first, year or last_year), as_asked(last, last_year)


def as_asked(on: str, year: str) -> str:
    return datetime.strptime(f"{on} {year}", "%b %d %Y").date().isoformat()  # noqa: DTZ007 - a day has no zone


def test_thin_data_says_what_helps(page: Page, server: Server) -> None:
    own(server, THIN)
    open_page(page, f"{server.address}/overview")
    assert page.get_by_role("heading", level=1).inner_text() == "In 1 day you led 1.5 of your 2.5 hours."
    assert "2.5 h in 1 day is too little to say more." in text(page).replace("\u00a0", " ")
    assert page.get_by_role("link", name="Load more on Data").count() == 1
    own(server, UNFILED)
    open_page(page, f"{server.address}/overview")
    assert page.get_by_role("heading", level=1).inner_text() == "None of your 7 hours has a role yet."
    page.get_by_test_id("stMain").get_by_role("link", name="File them on Roles").first.click()
    settle(page)
    assert "/roles" in page.url
