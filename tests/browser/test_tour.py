"""The tour of the sample by keyboard: five steps kept in the address, the way back, and a clean end."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from pages.parts import tour
from tests.browser.server import Server
from tests.browser.streamlit_page import await_text, go_to, open_page, settle


def press(page: Page, name: str) -> None:
    """A button, by the keyboard alone."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def said(number: int) -> str:
    return f"{number} of {len(tour.STEPS)}"


def test_the_tour_opens_each_page_survives_a_reload_and_ends_without_a_trace(page: Page, server: Server) -> None:
    open_page(page, server.address)
    press(page, "Show me around in five steps")
    for number, step in enumerate(tour.STEPS[:4], 1):
        page.wait_for_url(re.compile(rf"/{step.page}\?.*tour={number}"), timeout=60_000)
        await_text(page, said(number))
        await_text(page, "Sample practice.")
        if number == 2:
            page.reload()
            settle(page, 60)
            await_text(page, said(2))
            press(page, "Back")
            page.wait_for_url(re.compile("tour=1"))
            await_text(page, said(1))
            press(page, "Next")
            page.wait_for_url(re.compile("tour=2"))
            await_text(page, said(2))
        if number == 3:
            go_to(page, "Data")  # looking elsewhere loses nothing
            await_text(page, "The tour goes on at Pulled away.")
            press(page, "Back to Pulled away")
            page.wait_for_url(re.compile("pulled_away.*tour=3"))
            await_text(page, said(3))
        settle(page, 60)
        press(page, "Next")
    await_text(page, said(5))
    await_text(page, "Now with your own hours.")
    settle(page, 60)
    assert "sample=1" not in page.url
    assert page.locator('input[type="file"]').count() == 1
    press(page, "End the tour")
    expect(page.locator(".st-key-tour")).to_have_count(0)
    settle(page, 60)
    assert "tour" not in page.url
    page.reload()
    settle(page, 60)
    expect(page.locator(".st-key-tour")).to_have_count(0)


def test_a_step_that_is_none_is_no_tour(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/help?tour=9")
    await_text(page, "How does it work?")
    expect(page.locator(".st-key-tour")).to_have_count(0)
    assert "tour" not in page.url
