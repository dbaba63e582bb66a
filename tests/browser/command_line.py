"""The command line on the database that a server shows."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.browser.server import ROOT, Server, serving
from tests.making import PRACTICE


def etl(server: Server, *arguments: str) -> str:
    """What `python -m etl …` prints. AssertionError with its message where its exit status is not 0."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", *arguments],
        cwd=ROOT,
        env=os.environ | {"OWNER_TIME_DB": str(server.db), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"etl {arguments[0]} gave {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


@contextlib.contextmanager
def serving_loaded(folder: Path, work: bytes, pulls: bytes) -> Iterator[Server]:
    """Serve the dashboard over a practice with this calendar and this log."""
    with serving(folder) as running:
        (folder / "work.ics").write_bytes(work)
        (folder / "log.csv").write_bytes(pulls)
        (folder / "practice.toml").write_text(PRACTICE, "utf-8")
        etl(running, "load", str(folder / "work.ics"), str(folder / "log.csv"))
        yield running
