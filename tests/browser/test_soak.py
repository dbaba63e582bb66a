"""Two minutes of tests/soak.py: a number of actions, not of seconds, so that a slow machine does the same."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests import soak
from tests.browser.server import Server
from tests.browser.streamlit_page import visiting

ACTIONS = 24
SEED = 7


def test_four_windows_and_the_command_line_at_once(browser: Browser, server: Server) -> None:
    with visiting(browser, server.address) as visit:
        soaked = soak.begin(visit.page.context, server, 4, SEED)
        for nth in range(1, ACTIONS + 1):
            soaked.act()
            if nth % (ACTIONS // 2) == 0:
                soaked.judge()
    assert not visit.strangers
    print(soaked.done)
    assert soaked.logged
    assert soaked.filed
    assert soaked.loaded
