"""A load killed (kill -9) at any moment: the database is in the old state or the new one, and the next load goes well."""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from etl import pipeline
from tests.conftest import ROOT
from tests.making import at_desk
from tests.store.states import NEW, OLD, State, names, state

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no SIGKILL on Windows")
SEED = "kill"
KILLS = 48  # of each kind; with those of the command line 100 and some
BY_COMMAND = 3

# Processes that have imported all they need and nothing else: a kill falls into the load, not into Python's start.
FORKING = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
FORKING.set_forkserver_preload(["etl.pipeline", "etl.extract", "etl.report"])


def loading(db: Path, told: Connection) -> None:
    told.send("begun")
    pipeline.load([("work.ics", NEW)], db)


def begun(db: Path) -> multiprocessing.process.BaseProcess:
    """A process that is just beginning to load."""
    ours, theirs = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=loading, args=(db, theirs))
    process.start()
    assert ours.poll(60)
    ours.recv()
    return process


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the old export in it."""
    desk = at_desk(tmp_path_factory.mktemp("old"))
    desk.take(("work.ics", OLD))
    return desk.db


def folder_for(parent: Path, name: str, old: Path | None) -> Path:
    """The path of a database in a new folder: a copy of the old one, or not there yet."""
    desk = at_desk(parent / name)
    if old:
        shutil.copytree(old.parent, desk.folder, dirs_exist_ok=True)
    return desk.db


@pytest.mark.parametrize("kind", ["a new database", "a renewal"])
def test_killed_at_any_moment(kind: str, old: Path, tmp_path: Path) -> None:
    """One half of the kills at any moment, the other from the first write on, when there is most to lose."""
    start = old if kind == "a renewal" else None
    before = state(start) if start else None

    def whole(number: int) -> tuple[float, float, Path]:
        """How long a load lasts, and how long from its first write on, two at a time as those that are killed."""
        db = folder_for(tmp_path, f"whole{number}", start)
        process = begun(db)
        at = time.monotonic()
        wait_for_writing(process, db)
        writes_at = time.monotonic()
        process.join()
        return time.monotonic() - at, time.monotonic() - writes_at, db

    with ThreadPoolExecutor(2) as two:
        lasts, writes, db = sorted(two.map(whole, range(6)))[3]
    after = state(db)
    assert after not in (None, before)

    def killed(number: int) -> str:
        chance = random.Random(f"{SEED}:{kind}:{number}")
        db = folder_for(tmp_path, f"killed{number}", start)
        process = begun(db)
        if number % 2:
            wait_for_writing(process, db)
        time.sleep(chance.uniform(0, 1.3) * (writes if number % 2 else lasts))
        process.kill()
        process.join()
        was_killed = process.exitcode == -signal.SIGKILL
        found = state(db)
        assert found in (before, after), f"{SEED}:{kind}:{number} left something between"
        settled(db, number, after)
        return f"{'killed' if was_killed else 'done before'}, {'new' if found == after else 'old'} state"

    with ThreadPoolExecutor(2) as two:
        results = Counter(two.map(killed, range(KILLS)))
    print(
        f"seed {SEED}, {kind}: {dict(results)}; a whole load {lasts * 1e3:.0f} ms, from its first write on {writes * 1e3:.0f} ms"
    )
    assert results["killed, old state"] > KILLS // 4  # or the kills came too late to prove anything


def wait_for_writing(process: multiprocessing.process.BaseProcess, db: Path) -> None:
    """Return when the load writes its first byte: a log, or a database yet to be put in its place."""
    signs = [db.with_name(db.name + ending) for ending in (".wal", ".first", ".first.wal", ".new")]
    while process.is_alive() and not any(sign.exists() for sign in signs):
        time.sleep(0.001)


def settled(db: Path, number: int, after: State | None) -> None:
    """After every fourth kill the same load is done again: it finds its way past what the kill left."""
    if number % 4 == 0:
        (report,) = pipeline.load([("work.ics", NEW)], db)
        assert report.refused is None
        assert state(db) == after
        assert names(db.parent) == ["desk.duckdb", "desk.duckdb.key", "practice.toml"]


@pytest.mark.parametrize("fresh", [True, False])
def test_the_command_killed(fresh: bool, old: Path, tmp_path: Path) -> None:
    file = tmp_path / "work.ics"
    file.write_bytes(NEW)
    db = folder_for(tmp_path, "whole", None if fresh else old)
    command = [sys.executable, "-m", "etl", "load", str(file), "--db"]
    at = time.monotonic()
    subprocess.run([*command, str(db)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lasts = time.monotonic() - at
    before, after = None if fresh else state(old), state(db)
    for number in range(BY_COMMAND):
        db = folder_for(tmp_path, f"killed{number}", None if fresh else old)
        with subprocess.Popen([*command, str(db)], cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            time.sleep(lasts * (0.5 + 0.15 * number))
            process.kill()
        assert state(db) in (before, after)
        settled(db, 0, after)
