"""The first minute of an owner who has loaded nothing."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.server import Server
from tests.browser.streamlit_page import expect_words, open_page


def test_the_first_page_invites_an_upload_and_asks_nobody_else(page: Page, server: Server) -> None:
    open_page(page, server.address)
    expect_words(page, "Owner Time")
    assert page.locator('input[type="file"]').count() == 1
    # The fixture `page` fails the test if any request left for another address, the tab's icon included.
