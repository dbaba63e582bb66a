"""What all tests share: the command line as a function, and a home that is not the owner's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from etl.__main__ import main
from tests.making import Desk, at_desk

ROOT = Path(__file__).resolve().parent.parent

# Where CI=true each run draws the same examples, and what fails can be run again from what it prints.
settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

SLOWEST = (
    "fuzz/test_fuzz.py", "minutes/test_minutes.py", "store/test_kill.py", "hand_overs/test_ledger.py", "store/test_renewal.py",
    "store/test_full_disk.py", "marts/test_hours_behind.py", "filing/test_corrections_survive.py",
)  # fmt: skip
SLOWEST_WAITING = (
    "test_soak.py", "test_access.py", "test_sample_and_address.py", "test_hours.py", "test_log.py", "test_strangers_text.py",
    "test_privacy.py", "test_whole_story.py", "test_main_job.py", "test_doors.py", "test_side_by_side.py", "test_bad_uploads.py",
    "test_secrets.py", "test_ways.py",
)  # fmt: skip
"""Files of half a minute and more, the longest first: one that begins late is waited for with nothing beside it."""

RunEtl = Callable[..., "subprocess.CompletedProcess[str]"]
Told = tuple[int, str, str]
"""What a command came to: exit status, output, messages."""
Etl = Callable[..., Told]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's files, which wait, between the others, which work: of the slowest others each between two, the quick ones
    evenly among the rest."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    here = Path(__file__).parent
    long = [here / "browser" / name for name in SLOWEST_WAITING]
    waits = [path for path in files if here / "browser" in path.parents]
    waits.sort(key=lambda path: long.index(path) if path in long else len(long))
    slow = [path for name in SLOWEST if (path := here / name) in files]
    quick = [path for path in files if path not in waits and path not in slow]
    first, rest = waits[: len(slow)], waits[len(slow) :]
    pairs = [path for pair in zip_longest(slow, first) for path in pair if path]
    placed = sorted(((nth + 0.5) / len(paths), path) for paths in (rest, quick) for nth, path in enumerate(paths))
    items[:] = [item for path in (*pairs, *(path for _, path in placed)) for item in files[path]]


@pytest.fixture(autouse=True)
def away_from_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put home and the standard database in an empty folder: no test reads or writes what is the owner's."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("OWNER_TIME_DB", str(folder / "owner_time.duckdb"))
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A practice of this test alone, with nothing loaded yet."""
    return at_desk(tmp_path / "desk")


@pytest.fixture
def etl(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Etl:
    """Return `etl(command, *arguments)`: runs a command on the desk's database within this process."""

    def run(command: str, *arguments: object) -> Told:
        capsys.readouterr()
        try:
            status = main([command, *map(str, arguments), "--db", str(desk.db)])
        except SystemExit as end:  # argparse
            status = int(str(end.code))
        return (status, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def run_etl() -> RunEtl:
    """Return `run_etl(*args, cwd=ROOT, env=None)`: runs `python -m etl`, gives back status, stdout and stderr as text.

    What `env` names is set on top of the environment; nothing can be typed in, and after 300 s it is a failure.
    """

    def run(*args: Any, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        places = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, "-m", "etl", *map(str, args)],
            cwd=cwd,
            env=os.environ | places | (env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run
