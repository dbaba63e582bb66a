"""The command line on the database that a server shows."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.browser.server import ROOT, Server


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
