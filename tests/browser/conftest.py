"""A real server and a real Chromium for every test of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.server import Server, serving, warm_up
from tests.browser.streamlit_page import visiting
from tests.chromium import find

FLAGS = [
    "--no-sandbox",  # a container's root may not make one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of this folder as `browser`: `-m "not browser"` leaves them away.

    One that fails is run once more, and named among the RERUN of the summary: with three Chromiums on two processors a page can
    be late by more than any wait. What fails twice has failed. `--reruns 0` shows what fails once.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if config.getoption("reruns", None) is None:
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the Chromium to drive. Without one: failure where CI=true, else a skip that says so."""
    path = os.environ.get("OWNER_TIME_CHROMIUM") or find()
    if path:
        return path
    reason = "NO CHROMIUM: the dashboard is NOT tested. Install Chromium or Chrome, or run: python start.py test"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start the browser once; each test gets its own window, cookies and storage."""
    warm_up()
    with sync_playwright() as playwright:
        # The pages of a server, from one test to the next, in one process, which has its scripts compiled; but not with the
        # compiler for what runs long, whose threads are an eighth of all work here and come too late for a page of two seconds.
        flags = [*FLAGS, "--process-per-site", "--js-flags=--no-opt"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve the dashboard with an empty database in tmp_path, for this test alone."""
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """Give a browser page, not yet opened. The test fails if anything on it asked for an address elsewhere."""
    with visiting(browser, server.address) as visit:
        yield visit.page
    assert not visit.strangers, "the page asked for addresses that are not its own server's"
