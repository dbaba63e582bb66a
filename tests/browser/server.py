"""Starts the dashboard as its own process, as an owner's machine runs it.

Two seconds of each start are imports. After `warm_up`, on Linux, a server is the copy of a process that has imported already:
as real and as much alone. And a browser that meets a port again has Streamlit's scripts, and has them compiled.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds from start to the first answer
IMPORTS = [
    "streamlit.web.cli", "streamlit.web.server.starlette.starlette_server", "pandas", "duckdb", "plotly.graph_objects",
    "etl.pipeline",
]  # fmt: skip

_ports: list[int] = []  # of the servers so far
_warm: list[ForkServerContext] = []


@dataclass(frozen=True, slots=True)
class Server:
    """A running dashboard: the port it listens on, the database it shows, the file its messages go to, its process."""

    port: int
    db: Path
    log: Path
    pid: int | None = None

    @property
    def address(self) -> str:
        """The address to open, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"


def warm_up() -> None:
    """From now on copy a process that has imported, where that is sound: on a Mac a copy of threads is not."""
    if sys.platform == "linux" and not _warm:
        _warm.append(multiprocessing.get_context("forkserver"))
        _warm[0].set_forkserver_preload(IMPORTS)


@contextlib.contextmanager
def serving(folder: Path, script: str = "app.py") -> Iterator[Server]:
    """Serve the dashboard on a free port with its database in the folder. Its log in an AssertionError on trouble.

    `script` is another page to serve in its place: the path of a file.
    """
    port = _free_port()
    db, log = folder / "owner_time.duckdb", folder / "server.log"
    command = ["streamlit", "run", script, "--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    env = os.environ | {"OWNER_TIME_DB": str(db)}
    with (_copied if _warm else _started)(command, env, log) as process:
        server = Server(port, db, log, process.pid)
        _wait_until_it_answers(server, process)
        yield server
    said = _said(server)
    assert "Traceback" not in said, f"the dashboard met an error of its own:\n{said}"


def _free_port() -> int:
    """One of a server before that has ended, else a new one."""
    for port in (*_ports, 0):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)) as free:
            found: int = free.getsockname()[1]
            if found not in _ports:
                _ports.append(found)
            return found
    raise AssertionError("no port is free")


@contextlib.contextmanager
def _started(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own, as start.py makes it."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _copied(command: list[str], env: dict[str, str], log: Path) -> Iterator[ForkServerProcess]:
    """A copy of the warm process."""
    process = _warm[0].Process(target=_run, args=(command, env, log), daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join(timeout=10)
        process.kill()
        process.join()


def _run(command: list[str], env: dict[str, str], log: Path) -> None:
    """In the copy: be what `python -m streamlit …` is."""
    with log.open("wb") as out:
        for stream in (1, 2):
            os.dup2(out.fileno(), stream)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    sys.argv = command
    runpy.run_module("streamlit", run_name="__main__")


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes] | ForkServerProcess) -> None:
    """Return when the dashboard is healthy."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        alive = process.poll() is None if isinstance(process, subprocess.Popen) else process.is_alive()
        assert alive, f"the dashboard ended while it started:\n{_said(server)}"
        with contextlib.suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
            line.request("GET", "/_stcore/health")
            if line.getresponse().status == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"the dashboard did not answer within {PATIENCE} s:\n{_said(server)}")


def _said(server: Server) -> str:
    return server.log.read_text(encoding="utf-8", errors="replace")
