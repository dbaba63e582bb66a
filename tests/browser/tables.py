"""Reads the tables under the pictures, and types into the tables that can be edited."""

from __future__ import annotations

import time
from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from tests.browser.streamlit_page import CELLS, settle, table

ROW = 35  # pixels: the height of a row of Streamlit's editable tables, the header's too
INSIDE = 60  # pixels from the left edge: in the first column, right of the boxes to tick


def numbers(page: Page, key: str) -> list[list[str]]:
    """Open "The numbers" under the picture of this key; the rows of its table, the header first."""
    return read(opened(page.locator(f".st-key-numbers_{key}")))


def read(box: Locator) -> list[list[str]]:
    """The rows of the one plain table in a box, the header first."""
    rows: list[list[str]] = box.locator("table").evaluate(CELLS)
    return rows


def opened(box: Locator) -> Locator:
    """The inside of the expander in the box, opened if it is not yet."""
    if box.locator("details").first.get_attribute("open") is None:
        box.locator("summary").first.click()
        settle(box.page)  # what is in it is drawn only now
    inside = box.get_by_test_id("stExpanderDetails").first
    inside.wait_for(state="visible")
    return inside


def write_row(page: Page, row: int, cells: Sequence[str | None], nth: int = 0) -> None:
    """Type into a row of the nth editable table, from its first cell on; None leaves a cell. Rows count from 0.

    The row behind the last one is added. The table is a canvas: it is clicked by pixels and walked by keys.
    """
    canvas = page.get_by_test_id("stDataFrame").nth(nth).locator("canvas").first
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(200)  # a list above it that has just been closed takes clicks for a moment
    box = page.locator("#portal").locator("textarea, input").first
    canvas.click(position={"x": INSIDE, "y": ROW * (row + 1) + ROW // 2}, force=True)
    page.wait_for_timeout(300)  # a new row opens its first cell by itself
    for text in cells:
        if text is not None:
            if not box.is_visible():
                page.keyboard.press("Enter")
                box.wait_for(state="visible")
            page.keyboard.press("Control+a")
            page.keyboard.type(text)
            page.wait_for_timeout(100)
            page.keyboard.press("Enter")
            box.wait_for(state="hidden")
            settle(page)
            page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
    _until_shown(page, row, cells, nth)
    settle(page)


def _until_shown(page: Page, row: int, cells: Sequence[str | None], nth: int, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    shown: list[str] = []
    while time.monotonic() < end:
        rows = table(page, nth)
        shown = rows[row + 1] if len(rows) > row + 1 else []
        if len(shown) >= len(cells) and all(want in (None, have) for want, have in zip(cells, shown, strict=False)):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"row {row} of the table shows {shown}, not {cells}")
