"""What the tests of the pages share."""

from __future__ import annotations

import pytest

from pages.parts import charts_base


@pytest.fixture(autouse=True)
def checked_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Plotly refuse a property that it does not know: on the pages it is not asked."""
    monkeypatch.setattr(charts_base, "CHECKED", True)
