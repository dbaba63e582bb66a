"""No page is wider than its window, no word is cut, nothing stands over anything else: at a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from pages.parts.shell import addresses
from tests.browser.boxes import faults
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import open_page, settle

WIDTHS = (1280, 400)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for this file: its pages are looked at, never changed."""
    with serving(tmp_path_factory.mktemp("layout")) as running:
        yield running


@pytest.mark.parametrize("address", addresses())
@pytest.mark.parametrize("sample", ["?sample=1", ""], ids=["sample", "empty"])
def test_the_layout_of(page: Page, server: Server, address: str, sample: str) -> None:
    found = {}
    open_page(page, f"{server.address}/{address}{sample}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        found[width] = faults(page)
    assert found == {width: [] for width in WIDTHS}
