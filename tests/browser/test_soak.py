"""Two minutes of tests/soak, by steps and not by seconds: a slow machine does the same. Every kind of edit is in it."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.server import Server
from tests.browser.streamlit_page import visiting
from tests.soak.__main__ import begin, figures
from tests.soak.edits import EDITS
from tests.soak.judge import judge

SEED = 7


def test_four_windows_and_the_command_line_at_once(browser: Browser, server: Server) -> None:
    with visiting(browser, server.address) as visit:
        soak = begin(visit.page.context, server, 4, SEED)
        while soak.to_do:
            soak.act()
        judge(soak)
    assert not visit.strangers
    figures(soak)
    assert [kind for kind, many in soak.done.items() if many and "back" in kind], "nothing was taken back"
    assert {kind for kind, _, _ in EDITS} <= {*soak.done, *(kind for kind, _ in soak.refused)}
