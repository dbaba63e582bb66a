"""What measures the layout of every page (test_access) finds each kind of fault on a page made for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.boxes import faults

PICTURE = (
    '<div class="st-key-weeks"><div class="js-plotly-plot" style="width: 200px">'
    '<svg class="main-svg" width="200" height="50">{}</svg></div></div>'
)
STACK = '<div data-testid="stVerticalBlock">{}</div>'


@pytest.fixture(scope="module")
def drawn(browser: Browser) -> Iterator[Page]:
    """One window for all of them."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ('<div style="width: 500px; height: 9px"></div>', "a scroll bar sideways under the page, 500 of 300 px: “”"),
        (PICTURE.format('<text x="150" y="20">Long ago</text>'), "cut by the edge of the picture weeks: “Long ago”"),
        (
            PICTURE.format('<text x="9" y="20">North</text><text x="20" y="22">South</text>'),
            "words over words in the picture weeks: “North”, “South”",
        ),
        ('<button style="width: 40px; overflow: hidden">Accept every answer</button>', "cut: “Accept every answer”"),
        ('<p style="position: fixed; left: 280px">Riverside</p>', "over the edge of the page: “Riverside”"),
        (STACK.format('<div>One</div><div style="margin-top: -9px">Two</div>'), "one over the other: “One”, “Two”"),
    ],
    ids=["wide", "picture", "words", "cut", "edge", "stack"],
)  # fmt: skip
def test_each_fault_of_a_layout_is_found(drawn: Page, inside: str, fault: str) -> None:
    drawn.set_content(f'<main data-testid="stMain" style="width: 300px; height: 200px; overflow: auto">{inside}</main>')
    assert faults(drawn) == [fault]


def test_what_stands_as_it_should_is_no_fault(drawn: Page) -> None:
    words = '<text x="9" y="20">North</text><text x="99" y="20">South</text><text x="99" y="20" visibility="hidden">Unseen</text>'
    drawn.set_content(
        '<main data-testid="stMain" style="width: 300px; height: 400px; overflow: auto">'
        + PICTURE.format(words)
        + STACK.format("<div>One</div><div>Two</div>")
        + '<div style="overflow-x: auto; width: 200px"><table style="width: 900px"><td>It scrolls by itself</td></table></div>'
        + "</main>"
    )
    assert faults(drawn) == []
