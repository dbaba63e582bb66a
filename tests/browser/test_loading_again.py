"""A newer export, one that would take away too much, and the last load undone: as an owner does it on the page."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.server import Server
from tests.browser.streamlit_page import await_text, click, open_page, settle, text, upload
from tests.making import calendar, event

DAYS = [f"2026-03-{day:02}" for day in range(2, 12)]
ROTAS = [event("Rota", f"{day} 09:00", "10:00", uid=day) for day in DAYS]
ALL = calendar("Desk", *ROTAS)
NEWER = calendar(
    "Desk", event("Rota", "2026-03-02 09:00", "11:00", uid=DAYS[0]), *ROTAS[1:9], event("Payroll", "2026-03-11 13:00", "14:00")
)
FEW = calendar("Desk", *ROTAS[:3], *ROTAS[7:])  # 4 of 10 hours would go


def load(page: Page, name: str, export: bytes) -> None:
    open_tab(page, "Files")
    upload(page, (name, export))
    click(page, "Load 1 file")


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    settle(page)


def loaded(page: Page) -> str:
    """What stands under What is loaded."""
    open_tab(page, "What is loaded")
    return text(page)


def test_a_load_is_undone_after_it_was_asked_about_once(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    load(page, "first.ics", ALL)
    await_text(page, "first.ics is loaded")
    load(page, "newer.ics", NEWER)
    await_text(page, "Against what was known: 1 new, 1 changed, 1 gone, 8 unchanged.")
    said = loaded(page)
    assert "10 events" in said
    assert "11 h counted" in said
    assert "The last load: newer.ics, on " in said
    click(page, "Undo the last load …")
    click(page, "Leave it as it is")
    assert "11 h counted" in loaded(page)
    click(page, "Undo the last load …")
    click(page, "Yes, undo it")
    await_text(page, "The last load is undone")
    settle(page)
    said = loaded(page)
    assert "10 h counted" in said
    assert "first.ics" in said
    assert page.get_by_role("button", name="Undo the last load …").count() == 0, "only the last one, and only once"


def test_an_export_that_takes_too_much_away_is_asked_about(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/data")
    load(page, "all.ics", ALL)
    await_text(page, "all.ics is loaded")
    load(page, "few.ics", FEW)
    await_text(page, "few.ics was not taken")
    said = text(page)
    assert "say so below" in said
    assert "--replace" not in said
    click(page, "Keep what is stored")
    assert "Replace them" not in text(page)
    assert "10 h counted" in loaded(page)
    load(page, "few.ics", FEW)
    click(page, "Replace them all the same")
    await_text(page, "few.ics is loaded")
    assert "Replace them" not in text(page)
    assert "6 h counted" in loaded(page)
