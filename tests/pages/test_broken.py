"""A file that cannot be opened is a sentence with what to do, and Help still says where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import Opened
from tests.pages.test_pages_run import words


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    db = tmp_path / "owner_time.duckdb"
    db.write_bytes(b"no database" * 1000)
    monkeypatch.setenv("OWNER_TIME_DB", str(db))
    return db


def test_a_damaged_file_says_what_to_do_and_is_left_as_it_is(damaged: Path, opened: Opened) -> None:
    before = damaged.read_bytes()
    said = words(opened("overview"))
    assert "it is damaged. It was left as it is" in said
    assert "restore a backup" in said
    assert damaged.read_bytes() == before


def test_help_is_there_though_the_file_cannot_be_opened(damaged: Path, opened: Opened) -> None:
    app = opened("help", help_part="Where my data is")
    assert not app.error
    assert str(damaged.parent) in [each.value for each in app.code]
    assert damaged.name in words(app)
