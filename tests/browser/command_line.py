"""The command line on the database that a server shows."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from etl.__main__ import main
from tests.browser.server import ROOT, Server, serving
from tests.making import PRACTICE


def etl(server: Server, *arguments: str) -> str:
    """What `python -m etl …` prints. AssertionError with its message where its exit status is not 0.

    Within this process, which is another one than the server's; that the command is this function, tests/test_command_line.py
    shows.
    """
    told, said = io.StringIO(), io.StringIO()
    with patch.dict(os.environ, _place(server)), contextlib.redirect_stdout(told), contextlib.redirect_stderr(said):
        try:
            status = main(list(arguments))
        except SystemExit as end:  # argparse
            status = int(str(end.code))
    assert status == 0, f"etl {arguments[0]} gave {status}:\n{told.getvalue()}{said.getvalue()}"
    return told.getvalue()


def beside(server: Server, *arguments: str) -> None:
    """`python -m etl …` as a process of its own, and at work as a whole: it starts, opens the file, and ends."""
    command = [sys.executable, "-m", "etl", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | _place(server), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"etl {arguments[0]} gave {done.returncode}:\n{done.stdout}{done.stderr}"


def _place(server: Server) -> dict[str, str]:
    return {"OWNER_TIME_DB": str(server.db), "PYTHONIOENCODING": "utf-8"}


@contextlib.contextmanager
def serving_loaded(folder: Path, work: bytes, pulls: bytes) -> Iterator[Server]:
    """Serve the dashboard over a practice with this calendar and this log."""
    with serving(folder) as running:
        (folder / "work.ics").write_bytes(work)
        (folder / "log.csv").write_bytes(pulls)
        (folder / "practice.toml").write_text(PRACTICE, "utf-8")
        etl(running, "load", str(folder / "work.ics"), str(folder / "log.csv"))
        yield running
