"""Starts the dashboard as its own process, as an owner's machine runs it."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds from start to the first answer


@dataclass(frozen=True, slots=True)
class Server:
    """A running dashboard: the port it listens on, the database it shows, the file its messages go to."""

    port: int
    db: Path
    log: Path

    @property
    def address(self) -> str:
        """The address to open, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def serving(folder: Path, script: str = "app.py") -> Iterator[Server]:
    """Serve the dashboard on a free port with its database in the folder. Its log in an AssertionError on trouble.

    `script` is another page to serve in its place: the path of a file.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Server(port=port, db=folder / "owner_time.duckdb", log=folder / "server.log")
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"OWNER_TIME_DB": str(server.db)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_it_answers(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    said = _said(server)
    assert "Traceback" not in said, f"the dashboard met an error of its own:\n{said}"


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Return when the dashboard is healthy."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"the dashboard ended while it started:\n{_said(server)}"
        with contextlib.suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
            line.request("GET", "/_stcore/health")
            if line.getresponse().status == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"the dashboard did not answer within {PATIENCE} s:\n{_said(server)}")


def _said(server: Server) -> str:
    return server.log.read_text(encoding="utf-8", errors="replace")
