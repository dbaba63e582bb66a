"""The sample practice from the command line: a database of its own, whatever its name, and never mixed with another."""

from pathlib import Path

import pytest

from etl import given
from etl.__main__ import main
from tests.conftest import Etl
from tests.making import Desk, calendar, event

WORK = calendar("Work", event("Rota", "2026-01-05 09:00", "10:00", place="North"))


def test_your_own_files_do_not_go_into_the_sample(desk: Desk, etl: Etl) -> None:
    assert etl("sample")[0] == 0
    status, _, err = etl("load", desk.file("work.ics", WORK))
    assert (status, err.partition(". ")[0]) == (
        1,
        "desk.duckdb: this is the sample practice, and your own files are not mixed with it",
    )
    assert etl("check")[0] == 0
    assert etl("sample")[0] == 0


def test_the_sample_does_not_go_into_your_own(desk: Desk, etl: Etl) -> None:
    desk.take(("work.ics", WORK))
    status, out, err = etl("sample")
    assert (status, out) == (1, "")
    assert err.startswith("desk.duckdb: this database holds a practice of its own")
    assert desk.hours() == {("management", "North"): 1}


def test_a_database_may_have_any_name_and_each_has_a_key_of_its_own(tmp_path: Path) -> None:
    for name in ("foo", "foo.db", "other.key"):
        assert main(["sample", "--db", str(tmp_path / name)]) == 0
        assert main(["check", "--db", str(tmp_path / name)]) == 0
    left = sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".toml")
    assert left == ["foo", "foo.db", "foo.db.key", "foo.key", "other.key", "other.key.key"]
    keys = {(tmp_path / name).read_bytes() for name in ("foo.key", "foo.db.key", "other.key.key")}
    assert len(keys) == 3


def test_a_sample_that_is_refused_leaves_the_old_one(desk: Desk, etl: Etl, monkeypatch: pytest.MonkeyPatch) -> None:
    assert etl("sample")[0] == 0
    before = desk.db.read_bytes()
    monkeypatch.setattr(given, "LARGEST_FILE", 100)
    status, out, err = etl("sample")
    assert (status, out) == (1, "")
    assert "larger than" in err
    assert desk.db.read_bytes() == before
    assert not list(desk.folder.glob("*.making*"))
    monkeypatch.undo()
    assert etl("sample")[0] == 0
