"""The owner's whole story on a fresh machine: start, sample, own calendar, places, roles, Overview, Locations, drill, correct,
hand over, report, erase. Every number met on the way is what `report --json` says at that moment.

One window and one server from the first page to an empty file: what one step leaves behind, the next one meets.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from pages.parts.format import exact
from tests.along.desks import Read
from tests.browser.command_line import etl
from tests.browser.server import Server
from tests.browser.streamlit_page import (
    await_text,
    choose,
    click,
    expect_words,
    go_to,
    open_page,
    settle,
    table,
    text,
    turn_to,
    upload,
)
from tests.browser.tables import numbers, opened
from tests.making import calendar, event, log

WEEKS = range(4)
FROM, TO = "2026-03-02", "2026-03-29"
DAYS = f"period=Between+two+days&from={FROM}&to={TO}"
WORK = calendar(
    "Work",
    event("Surgery: Wxrex", "2026-03-02 09:00", "13:00", f"RRULE:FREQ=WEEKLY;COUNT={len(WEEKS)}", place="12 Mill Road"),
    event("Staff meeting", "2026-03-02 10:00", "11:00", f"RRULE:FREQ=WEEKLY;COUNT={len(WEEKS)}", place="12 Mill Road"),
    event("Strategy", "2026-03-04 09:00", "11:00"),
    event("Vumbrik", "2026-03-05 09:00", "10:30", f"RRULE:FREQ=WEEKLY;COUNT={len(WEEKS)}", place="Riverside"),
    event("Payroll", "2026-03-27 09:00", "10:00"),
)
LOG = log(*(f"2026-03-{2 + 7 * week:02} 09:{10 + 5 * nth},6,Riverside,desk,stock,yes" for week in WEEKS for nth in range(2)))


def told(server: Server) -> dict[str, Any]:
    """The report of these days, as the command line has it now."""
    found: dict[str, Any] = json.loads(etl(server, "report", "--json", "--from", FROM, "--to", TO))
    return found


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("\u00a0", " ")


def column(rows: list[list[str]], key: str, value: str) -> dict[str, str]:
    at, wanted = rows[0].index(key), rows[0].index(value)
    return {row[at]: row[wanted] for row in rows[1:]}


def overview_agrees(page: Page, server: Server) -> dict[str, Any]:
    """Every role's hours on Overview, and the sum of them on the way from the calendars to what was counted."""
    turn_to(page, f"{server.address}/overview?{DAYS}")
    report = told(server)
    names = dict(zip(report["by_role"], ("Leadership", "Management", "Clinical", "Not filed", "Personal"), strict=True))
    assert column(numbers(page, "roles"), "Role", "Hours") == {
        names[role]: exact(hours) for role, hours in report["by_role"].items()
    }
    return report


def locations_agree(page: Page, server: Server) -> None:
    """Every location's working hours on Locations."""
    turn_to(page, f"{server.address}/locations?{DAYS}")
    work = {
        place: exact(sum(hours for role, hours in roles.items() if role != "personal"))
        for place, roles in told(server)["by_location"].items()
    }
    assert column(numbers(page, "side"), "Location", "Hours") == work


def test_from_the_first_page_to_an_empty_file(page: Page, server: Server, tmp_path: Path) -> None:
    # Start, and a look at the sample, which leaves nothing behind
    open_page(page, server.address)
    assert heading(page) == "See where your hours go."
    click(page, "Look around with the sample practice")
    expect_words(page, "Sample practice.")
    click(page, "Leave the sample")
    assert not server.db.exists()

    # The own calendar and log
    upload(page, ("work.ics", WORK), ("pulls.csv", LOG))
    click(page, "Load 2 files")
    expect_words(page, "work.ics is loaded")
    expect_words(page, "pulls.csv is loaded")
    assert told(server)["by_role"]["unclassified"] == 6

    # Places: one is named, the other accepted as proposed
    open_page(page, f"{server.address}/roles?roles_part=Places")
    for words, name in (("12 Mill Road", "North"), ("Riverside", "")):
        places = page.locator("[data-testid=stColumn]").filter(has_text=words)
        row = page.locator("[class*=st-key-places_row_]").filter(has=places).first
        if name:
            row.get_by_role("combobox").fill(name)
            page.get_by_role("option", name=name).first.click()
            settle(page)
        row.get_by_role("button", name="Accept", exact=True).click()
        row.wait_for(state="detached")
        settle(page)
    assert set(told(server)["by_location"]) == {"North", "Riverside", "Practice-wide"}
    locations_agree(page, server)

    # Roles: the one title nobody knows
    open_page(page, f"{server.address}/roles")
    assert [row[0] for row in table(page)[1:]] == ["Vumbrik"]
    page.get_by_role("button", name="Management").first.click()
    await_text(page, "6 h are management. Everything is counted anew.")
    report = overview_agrees(page, server)
    assert report["by_role"]["unclassified"] == 0
    locations_agree(page, server)

    # From a mark to its hours, and a correction in place
    turn_to(page, f"{server.address}/overview?{DAYS}")
    marks = page.locator(".st-key-average_week .barlayer .point path")
    wide = [nth for nth, mark in enumerate(marks.all()) if (mark.bounding_box() or {"width": 0})["width"] > 8]
    marks.nth(wide[1]).click(force=True)
    page.wait_for_url("**/hours?*")
    settle(page)
    assert f": {exact(report['by_role']['management'])} in " in heading(page)
    choose(page, "Which event?", "Vumbrik")
    choose(page, "It is", "Leadership")
    page.get_by_text("this whole series, 4 events").click()
    settle(page)
    click(page, "Save the correction")
    await_text(page, "Corrected: leadership for this whole series")
    after = told(server)
    assert after["by_role"]["leadership"] == report["by_role"]["leadership"] + 6
    assert f": {exact(after['by_role']['management'])} in " in heading(page)
    click(page, "Undo")
    await_text(page, "Taken back:")
    assert told(server) == report
    page.get_by_role("button", name="Back to Overview").click()
    page.wait_for_url("**/overview*")
    settle(page)
    overview_agrees(page, server)

    # Hand over what does not need the owner
    turn_to(page, f"{server.address}/handing_over?{DAYS}")
    choose(page.get_by_test_id("stMain"), "What?", "stock")
    page.get_by_role("combobox", name="Who takes it? A role, not a name").fill("head nurse")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="In one sentence").fill("No shelf is empty on a Friday.")
    page.get_by_role("button", name="Hand it over", exact=True).click()
    await_text(page, "It is handed over.")
    page.get_by_role("tab", name="Handed over").click()
    await_text(page, "Too early to say")
    assert told(server) == report, "what is handed over is counted as before"

    # The coach's page: the numbers of the report, and none of the words
    turn_to(page, f"{server.address}/overview?{DAYS}")
    with page.expect_download() as download:
        page.get_by_role("button", name="The coach's page").click()
    written = Path(download.value.path()).read_text("utf-8")
    cells = [value for rows in Read(written).tables.values() for row in rows for _, value in row if isinstance(value, float)]
    for role in ("leadership", "management", "clinical"):
        assert report["by_role"][role] in [round(value, 6) for value in cells], role
    assert not re.search("wxrex|vumbrik|head nurse|stock|shelf", written, re.IGNORECASE)

    # And all of it is erased, bytes included
    for name in ("Work", "pulls"):
        open_page(page, f"{server.address}/data?data_part=Privacy")
        choose(page, "Calendar or log", name)
        click(page, "Forget this calendar …")
        click(page, "Yes, remove it")
        await_text(page, f"{name} is removed.")
    assert told(server)["hours"] == 0
    open_page(page, f"{server.address}/roles")  # the owner's own words, which no calendar takes along
    opened(page.locator(".st-key-change_rule"))
    page.get_by_text("Take out", exact=True).click()
    settle(page)
    click(page, "What would it move?")
    click(page, "Save and count anew")
    page.locator(".st-key-change_rule").wait_for(state="detached")
    settle(page)
    for kept in (server.db, server.db.parent / "practice.toml"):
        left = kept.read_bytes().lower()
        assert not [word for word in (b"wxrex", b"vumbrik", b"payroll") if word in left], kept.suffix
    go_to(page, "Overview")
    assert heading(page) == "See where your hours go.", "with nothing loaded, the story begins again"
    assert "Traceback" not in text(page)
