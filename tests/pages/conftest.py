"""Whole pages as a window has them, with buttons that can be pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit import Page as StreamlitPage
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from pages.parts import charts_base
from tests.conftest import ROOT

Opened = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def checked_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Plotly refuse a property that it does not know: on the pages it is not asked."""
    monkeypatch.setattr(charts_base, "CHECKED", True)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Opens a page for an address as the one that the program begins with. Streamlit's tester would run the page's file alone
    before app.py in each run, and a press of a button would be lost on the way: so it is told that app.py comes first."""
    first = PagesManager.__init__

    def begun(self: PagesManager, *given: Any, **more: Any) -> None:
        first(self, *given, **more)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begun)

    def at(page: str, **address: str) -> AppTest:
        monkeypatch.setattr(
            st, "Page", lambda path, default, **more: StreamlitPage(path, default=path == f"pages/{page}.py", **more)
        )
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    return at
