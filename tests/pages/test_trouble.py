"""The door that every error of a session goes through is still the one that is taken over: Streamlit calls it its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from streamlit.runtime import fragment
from streamlit.runtime.scriptrunner import exec_code

from pages.parts import trouble


def test_an_error_that_nobody_caught_is_told_by_us_and_printed_by_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (exec_code, fragment):  # an AttributeError where a newer Streamlit calls it otherwise
        monkeypatch.setattr(module, trouble._DOOR, getattr(module, trouble._DOOR))
    told: list[Exception] = []
    monkeypatch.setattr(trouble, "tell", told.append)
    trouble.take_over()

    def fails() -> None:
        raise KeyError("a title")

    exec_code.exec_func_with_error_handling(fails, cast(Any, SimpleNamespace(on_script_error=None)))
    assert [str(error) for error in told] == ["'a title'"]
    assert "a title" not in caplog.text + "".join(capsys.readouterr())
