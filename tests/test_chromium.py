"""Which Chromium the browser tests take."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.chromium import find

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for a browser here")


def program(path: Path, status: int) -> str:
    """Write a program that only ends with this exit status."""
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return str(path)


def test_takes_the_one_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = program(tmp_path / "my browser", 0)
    monkeypatch.setenv("CHROMIUM", named)
    assert find() == named


def test_passes_over_one_that_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Ubuntu's chromium-browser is a script that only says where to get the snap.
    program(tmp_path / "chromium", 1)
    runs = program(tmp_path / "google-chrome", 0)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "gone"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find() == runs
