"""Two loads at once, each a process: one waits for the other up to three seconds, then says who holds the file."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from etl.store import open_read, open_write
from pages.parts import data
from tests.conftest import ROOT
from tests.making import Desk, at_desk, calendar, event

FIRST = ("first.ics", calendar("First", event("Rota", "2026-01-05 09:00", "10:00")))
SECOND = ("second.ics", calendar("Second", event("Payroll", "2026-01-06 09:00", "10:00")))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_desk(tmp_path / "desk")


def loading(desk: Desk, name: str, content: bytes) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "etl", "load", str(desk.file(name, content)), "--db", str(desk.db)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def holding(db: Path, seconds: float) -> "subprocess.Popen[str]":
    """A process that has the database open; returned when it has."""
    code = f"import duckdb, time; con = duckdb.connect({str(db)!r}); print('held', flush=True); time.sleep({seconds})"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    return process


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("fresh", [True, False])
def test_both_are_done(fresh: bool, turn: int, desk: Desk) -> None:
    if not fresh:
        desk.take(("third.ics", calendar("Third", event("Stock", "2026-01-07 09:00", "10:00"))))
    processes = [loading(desk, *file) for file in (FIRST, SECOND)]
    said = [process.communicate(timeout=60)[1] for process in processes]
    assert ([process.returncode for process in processes], said) == ([0, 0], ["", ""])
    assert [title for _, title in desk.titles()] == ["Rota", "Payroll", *([] if fresh else ["Stock"])]
    assert desk.broken() == []


def test_one_that_is_held_for_a_while_is_waited_for(desk: Desk) -> None:
    desk.take(FIRST)
    with holding(desk.db, 1.5), loading(desk, *SECOND) as process:
        assert process.communicate(timeout=60)[1] == ""
    assert process.returncode == 0
    assert len(desk.titles()) == 2


def test_one_that_is_held_on_is_said_with_who_holds_it(desk: Desk) -> None:
    desk.take(FIRST)
    with holding(desk.db, 60) as holder:
        begun = time.monotonic()
        with loading(desk, *SECOND) as process:
            said = process.communicate(timeout=60)[1]
        took = time.monotonic() - begun
        holder.kill()
    assert said == f"desk.duckdb: another program has it open (process {holder.pid}). Close that program, then try again.\n"
    assert process.returncode == 1
    assert took > 3
    assert len(desk.titles()) == 1


def test_what_others_look_at_lets_no_other_process_in(desk: Desk) -> None:
    """POSIX drops a process's locks on a file as soon as it closes any descriptor of it."""
    desk.take(FIRST)

    def look() -> None:
        data.stamp(desk.db)

    def read() -> None:
        with open_read(desk.db):
            pass

    for opened, aside in ((open_write, look), (open_read, look), (open_read, read)):
        with opened(desk.db):
            thread = threading.Thread(target=aside)
            thread.start()
            thread.join()
            with loading(desk, *SECOND) as process:
                assert "another program has it open" in process.communicate(timeout=60)[1], (opened, aside)
        assert len(desk.titles()) == 1
