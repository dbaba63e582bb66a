"""A load killed at any moment: the database is in the old state or the new one, and the next load goes well.

A moment is a share of the processor time that the load takes, not of a clock's: on a busy machine the kills fall where
they fall on an idle one. The kernel ends the process then (SIGPROF, which nobody handles), as abruptly as kill -9, with
which the command is killed below.
"""

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
KILLS = 20  # of each kind; with those of the command line 46
BY_COMMAND = 3

# Processes that have imported all they need and nothing else: a kill falls into the load, not into Python's start.
FORKING = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
FORKING.set_forkserver_preload(["etl.pipeline", "etl.extract", "etl.report"])


def loading(db: Path, ends_after: float, told: Connection) -> None:
    """Load; ended by the kernel after so many seconds of processor time, 0: not."""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, ends_after)
    pipeline.load([("work.ics", NEW)], db)
    signal.setitimer(signal.ITIMER_PROF, 0)
    told.send(time.process_time() - begun)


def load_in_a_process(db: Path, ends_after: float = 0) -> float | None:
    """The processor time that a load took; None where it was killed before it ended."""
    ours, theirs = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=loading, args=(db, ends_after, theirs))
    process.start()
    theirs.close()
    process.join()
    try:
        return float(ours.recv())
    except EOFError:
        assert process.exitcode in (-signal.SIGPROF, 255)  # 255: Python's fork server did not see how it ended
        return None


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
    """One half of the kills at any moment, the other in the last third of a load, when there is most to lose."""
    start = old if kind == "a renewal" else None
    before = state(start) if start else None
    whole = [folder_for(tmp_path, f"whole{number}", start) for number in range(4)]
    with ThreadPoolExecutor(2) as two:
        lasts = sorted(time for time in two.map(load_in_a_process, whole) if time)[1]
    after = state(whole[0])
    assert after not in (None, before)

    def killed(number: int) -> str:
        chance = random.Random(f"{SEED}:{kind}:{number}")
        db = folder_for(tmp_path, f"killed{number}", start)
        ended = load_in_a_process(db, chance.uniform(0.67 if number % 2 else 0.01, 1.05) * lasts)
        found = state(db)
        assert found in (before, after), f"{SEED}:{kind}:{number} left something between"
        settled(db, number, after)
        return f"{'done before' if ended else 'killed'}, {'new' if found == after else 'old'} state"

    with ThreadPoolExecutor(2) as two:
        results = Counter(two.map(killed, range(KILLS)))
    print(f"seed {SEED}, {kind}: {dict(results)}; a whole load takes {lasts * 1e3:.0f} ms of the processor")
    assert results["killed, old state"] > KILLS // 4  # or the kills came too late to prove anything


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
