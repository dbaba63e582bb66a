"""Any hour on any picture opens to its events; an event says why it counts, and can be corrected.

    Mon 2 March    clinic at North 9 to 13, the staff meeting inside it 10 to 11 at North; a call from Riverside at 9:30, 15 min
    Tue 3          a stranger's title nobody knows, 2 h
    Wed 4, 11, 18  "Vumbrik", 1 h each: not filed
    Thu 12         strategy, 2 h

Clinical N 2.75, management N 1 and R 0.25, leadership 2, not filed 2 + 3.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.command_line import serving_loaded
from tests.browser.server import Server
from tests.browser.streamlit_page import await_text, choose, click, open_page, settle, table, text, visiting
from tests.browser.tables import numbers, opened
from tests.making import calendar, event, log

NASTY = "Zq ![x](http://127.0.0.1:9/x.png) <b>[y](http://127.0.0.1:9/)</b>"
WORK = calendar(
    "Work",
    event("Surgery", "2026-03-02 09:00", "13:00", place="North"),
    event("Staff meeting", "2026-03-02 10:00", "11:00", place="North"),
    event(NASTY, "2026-03-03 09:00", "11:00"),
    event("Vumbrik", "2026-03-04 09:00", "10:00", "RRULE:FREQ=WEEKLY;COUNT=3"),
    event("Strategy", "2026-03-12 09:00", "11:00"),
)
LOG = log("2026-03-02 09:30,15,Riverside,desk,stock,yes")
DAYS = "period=Between+two+days&from=2026-03-02&to=2026-03-22"
ROW = 35  # pixels


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_loaded(tmp_path_factory.mktemp("hours"), WORK, LOG) as running:
        yield running


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("\u00a0", " ")


def said(page: Page) -> str:
    return text(page).replace("\u00a0", " ")


def click_mark(page: Page, key: str, nth: int, kind: str = ".barlayer .point path") -> None:
    """Click the nth mark of a picture, not counting bars of nothing: they have an edge all the same."""
    marks = page.locator(f".st-key-{key} {kind}")
    sizes = [mark.bounding_box() or {"width": 0.0, "height": 0.0} for mark in marks.all()]
    seen = [place for place, size in enumerate(sizes) if min(size["width"], size["height"]) > 8]
    marks.nth(seen[nth]).click(force=True)
    page.wait_for_url("**/hours?*")  # one run goes there, and only the next one draws: settle may take the first for the end
    settle(page)


def back_to(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Back to {name}").click()
    page.wait_for_url(f"**/{name.lower()}*")
    settle(page)


def titles(page: Page) -> list[str]:
    return [row[table(page)[0].index("Title")] for row in table(page)[1:]]


def test_a_bar_opens_to_the_events_it_is_made_of_and_leads_back(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview?{DAYS}")
    before = heading(page)
    assert numbers(page, "roles")[2][:2] == ["Management", "1 h 15 min"]
    click_mark(page, "average_week", 1)
    assert heading(page) == "Management, 2 Mar – 22 Mar 2026: 1 h 15 min in 1 event and 1 interruption"
    assert titles(page) == ["Staff meeting", "Interruption: stock"]
    assert "Together 1 h 15 min." in said(page)
    back_to(page, "Overview")
    assert heading(page) == before
    assert "from=2026-03-02" in page.url
    click_mark(page, "weeks", 0)
    assert heading(page) == "Leadership, 9 Mar – 15 Mar 2026: 2 h in 1 event"
    back_to(page, "Overview")
    assert heading(page) == before
    click_mark(page, "topics", 0)
    assert heading(page) == "Management, interruptions, 2 Mar – 22 Mar 2026: 15 min in 1 interruption"
    assert "Only interruptions on stock, the team could carry." in said(page)
    assert "stock" not in page.url, "browsers remember addresses"
    click(page, "Show all hours of these days")
    assert heading(page) == "All work, 2 Mar – 22 Mar 2026: 11 h in 7 events and 1 interruption"


def test_the_pictures_of_locations_open_too_and_a_copied_address_shows_the_same(
    page: Page, browser: Browser, server: Server
) -> None:
    open_page(page, f"{server.address}/locations?{DAYS}")
    before = heading(page)
    point = ".scatterlayer .point"
    for key, nth, kind, expected in (
        ("side_split", 3, "", "North, clinical, 2 Mar – 22 Mar 2026: 2 h 45 min in 1 event"),
        ("weeks_North", 0, "", "North, management, 2 Mar – 8 Mar 2026: 1 h in 1 event"),
        ("side_pulls", 1, point, "Riverside, interruptions, 2 Mar – 22 Mar 2026: 15 min in 1 interruption"),
        ("heat", 0, "", "Riverside, interruptions, 2 Mar – 22 Mar 2026: 15 min in 1 interruption"),
    ):
        click_mark(page, key, nth, kind or ".barlayer .point path")
        assert heading(page) == expected, key
        rows = table(page)
        if key in ("weeks_North", "heat"):  # days and location; where the owner was
            with visiting(browser, server.address) as visit:
                open_page(visit.page, page.url)
                assert heading(visit.page) == expected, key
                assert table(visit.page) == rows
                assert visit.page.url == page.url
        back_to(page, "Locations")
        assert heading(page) == before
    assert said(page).count("Click a mark") == 1


def test_without_a_mouse(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview?{DAYS}")
    fold = page.locator(".st-key-numbers_weeks")
    opened(fold)
    fold.get_by_role("button", name="Which hours are these?").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/hours?*")  # first the fold's own run, then the page's
    settle(page)
    assert heading(page).startswith("All work, 2 Mar – 22 Mar 2026: 11 h")
    page.get_by_role("combobox", name="Which event?").focus()
    page.keyboard.type("Staff")
    page.keyboard.press("Enter")
    settle(page)
    assert "Why does it count so?" in said(page)
    assert "Monday, 2 Mar 2026, 10:00 – 11:00, 1 h, at North, on the calendar Work." in said(page)
    assert "It goes before what is longer at the same time:" in said(page)
    assert "1 h taken from ‘(title not kept)’ (clinical, North)" in said(page)


def test_a_row_of_the_table_says_why_it_counts_so(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/hours?{DAYS}&at=North&role=Clinical")
    assert heading(page) == "North, clinical, 2 Mar – 22 Mar 2026: 2 h 45 min in 1 event"
    page.get_by_test_id("stDataFrame").locator("canvas").first.click(position={"x": 16, "y": ROW + ROW // 2}, force=True)
    settle(page)
    for line in (
        "Of its 4 h:",
        "2 h 45 min its own",
        "1 h belong to ‘Staff meeting’ (management, North), which is shorter and lies inside it",
        "15 min belong to an interruption about Riverside, on ‘stock’",
        "North. Its place, ‘North’, names it.",
    ):
        assert line in said(page), line
    address = page.url
    open_page(page, address)
    assert "Of its 4 h:" in said(page), "the address has the event too"
    open_page(page, f"{server.address}/hours?{DAYS}&kind=interruptions")
    choose(page, "Which event?")
    assert "15 min taken from ‘(title not kept)’ (clinical, North)" in said(page)
    page.get_by_role("link", name="Correct it in the log").click()
    settle(page)
    assert "Is the log right?" in said(page)


def test_a_correction_of_one_event_then_of_its_series_and_back(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/hours?{DAYS}&role=Not+filed")
    assert heading(page) == "Not filed, 2 Mar – 22 Mar 2026: 5 h in 4 events"
    choose(page, "Which event?", "Vumbrik")
    assert "one of 3 events of its series" in said(page)
    choose(page, "It is", "Management")
    assert "Moves 1 h from not filed to management, up to today." in said(page)
    page.get_by_text("this whole series, 3 events").click()
    settle(page)
    assert "Moves 3 h from not filed to management, up to today." in said(page)
    click(page, "Save the correction")
    await_text(page, "Corrected: management for this whole series")
    assert heading(page) == "Not filed, 2 Mar – 22 Mar 2026: 2 h in 1 event"
    assert "Management. Your correction of this series." in said(page)
    assert "and 2 more of its series" in said(page)
    here = page.url
    page.get_by_role("button", name="Hand this series over").click()
    page.wait_for_url("**/handing_over*")
    settle(page)
    assert page.get_by_role("combobox", name="What?").input_value() == "Vumbrik (this series alone)"
    page.get_by_role("combobox", name="Who takes it?").fill("head nurse")
    page.keyboard.press("Enter")
    click(page, "Hand it over")
    await_text(page, "It is handed over.")
    page.get_by_role("tab", name="Handed over").click()
    await_text(page, "Taken by head nurse")
    await_text(page, "Vumbrik")
    open_page(page, here)
    click(page, "Take back")
    await_text(page, "The correction is taken back")
    assert heading(page) == "Not filed, 2 Mar – 22 Mar 2026: 5 h in 4 events"
    choose(page, "It is", "Clinical")
    page.get_by_text("all titles like it").click()
    settle(page)
    assert "Moves 3 h from not filed to clinical, up to today." in said(page)


def test_a_strangers_title_stays_a_title(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/hours?{DAYS}&role=Not+filed")
    assert NASTY in titles(page)
    choose(page, "Which event?", "Zq")
    assert NASTY in said(page)
    assert page.get_by_test_id("stMain").locator("img[src*=png], b b, a[href*=':9']").count() == 0


def test_an_address_that_asks_for_what_is_not_there(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/hours?{DAYS}&role=Mars&kind=x&topic=x&could=x&was=x&event=e1&back=nowhere")
    assert "Nothing is counted here." in said(page)
    assert "It is no longer there" in said(page)
    back_to(page, "Overview")
    assert "you led " in heading(page)
