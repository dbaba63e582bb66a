"""start.py, run as an owner runs it: in a folder of its own, with a real .venv, without the network."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "start.py"
NO_NETWORK = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_INDEX_URL": "http://127.0.0.1:9/",
    "PIP_RETRIES": "0",
    "PIP_NO_CACHE_DIR": "1",
}
SETTING_UP = "Setting up Owner Time. This takes a few minutes, and only now.\n"
TOO_OLD = re.compile(
    r"Owner Time needs Python 3\.11 or newer; this is \d\.\d+\. Get it from https://www\.python\.org/downloads/\n"
)


def set_up(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run only the setting up of the start.py in the folder, from another folder and with no way to any package."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import start; start.set_up('requirements.txt')"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=Path.home(), env=os.environ | NO_NETWORK, capture_output=True, text=True
    )


def practice_folder(folder: Path) -> Path:
    """Lay out what start.py looks for: itself, a one-line app, and requirements that name nothing."""
    shutil.copy(SOURCE, folder)
    (folder / "app.py").write_text("import streamlit as st\nst.title('Here')\n")
    (folder / "requirements.txt").write_text("# nothing\n")
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that has been set up once."""
    folder = practice_folder(tmp_path_factory.mktemp("owner time"))
    done = set_up(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, SETTING_UP, "")
    return folder


def test_is_short_and_needs_nothing_but_python() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    assert imported <= sys.stdlib_module_names


def test_parses_on_python_3_6() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_says_that_python_is_too_old() -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 10, 9, 'final', 0); runpy.run_path('start.py')"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert TOO_OLD.fullmatch(done.stderr)


def old_pythons() -> list[str]:
    """Find real Pythons before 3.11 on this machine."""
    found = [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    managed = Path(os.environ.get("PYENV_ROOT", "/nowhere")).glob("versions/3.*/bin/python")
    old = []
    for path in [*filter(None, found), *map(str, managed)]:
        asked = subprocess.run([path, "-c", "import sys; print(sys.version_info < (3, 11))"], capture_output=True)
        if asked.stdout.strip() == b"True":
            old.append(path)
    return old


def test_real_old_pythons_say_so_too() -> None:
    old = old_pythons()
    if not old:
        pytest.skip("no Python older than 3.11 on this machine")
    for path in old:
        done = subprocess.run([path, str(SOURCE)], capture_output=True)
        assert (done.returncode, done.stdout) == (1, b"")
        assert TOO_OLD.fullmatch(done.stderr.decode().replace("\r\n", "\n"))


def test_second_start_installs_nothing_and_is_quick(ready: Path) -> None:
    began = time.perf_counter()
    done = set_up(ready)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.perf_counter() - began < 2


def test_no_network_is_a_sentence_and_the_next_start_mends(ready: Path) -> None:
    (ready / "requirements.txt").write_text("a-package-that-is-nowhere==1\n")
    done = set_up(ready)
    assert done.returncode == 1
    assert done.stderr == (
        "The packages could not be downloaded: the package server does not answer. Connect to the internet (behind "
        "a company's proxy, set HTTPS_PROXY) and start again. Only setting up needs a connection.\n"
    )
    (ready / "requirements.txt").write_text("# nothing\n")
    assert (set_up(ready).stdout, set_up(ready).stdout) == (SETTING_UP, "")


def test_half_made_venv_is_made_anew(tmp_path: Path) -> None:
    folder = practice_folder(tmp_path)
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "left over").write_text("")
    assert (set_up(folder).stdout, set_up(folder).stdout) == (SETTING_UP, "")
    assert not (folder / ".venv" / "left over").exists()


@pytest.mark.parametrize("name", ["requirements.txt", "app.py"])
def test_missing_file_is_a_sentence(tmp_path: Path, name: str) -> None:
    folder = practice_folder(tmp_path)
    (folder / name).unlink()
    done = set_up(folder)
    where = folder.resolve()
    assert done.returncode == 1
    assert done.stderr == (f"{name} is missing from {where}. Unpack the whole of Owner Time again and start from there.\n")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_to_is_a_sentence(tmp_path: Path) -> None:
    folder = practice_folder(tmp_path)
    folder.chmod(0o555)
    done = set_up(folder)
    folder.chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The folder {folder.resolve()} cannot be written to.")


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        (str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))), "The disk is full."),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] Kein Speicherplatz frei", "The disk is full."),
        ("OSError: [WinError 112] Es steht nicht genug Speicherplatz zur Verfügung", "The disk is full."),
        (str(OSError(errno.EROFS, os.strerror(errno.EROFS), "x")), "cannot be written to"),
        ("PermissionError: [WinError 5] Zugriff verweigert: 'duckdb.pyd'", "cannot be written to"),
        ("/usr/bin/python3: No module named venv", "sudo apt install python3."),
        ("/home/o/.venv/bin/python: No module named ensurepip", "sudo apt install python3."),
        ("ERROR: No matching distribution found for x (from versions: none)", "Connect to the internet"),
        ("NewConnectionError('[Errno 13] Permission denied')", "Connect to the internet"),
        ("ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.org', port=443)\")", "Connect to the internet"),
        ("error: command 'gcc' failed", ""),
        ("", ""),
    ],
)
def test_explains_what_pip_and_venv_print(printed: str, sentence: str) -> None:
    explained = start.explain(printed)
    assert sentence in explained
    assert bool(sentence) == bool(explained)


@pytest.fixture
def busy() -> Iterator[int]:
    """Give a port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_takes_the_port_that_was_asked_for(busy: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    assert start.choose_port(free) == free
    with pytest.raises(SystemExit, match=f"Port {busy} is taken by another program"):
        start.choose_port(busy)


@pytest.mark.parametrize("port", [-1, 0, 80, 1023, 65536, 10**9])
def test_refuses_a_port_out_of_range(port: int) -> None:
    with pytest.raises(SystemExit, match=f"--port {port} cannot be used. Choose a number from 1024 to 65535"):
        start.choose_port(port)


def test_goes_on_from_8501_to_a_free_port() -> None:
    first = start.choose_port(None)
    assert first >= 8501
    with socket.create_server(("127.0.0.1", first)):
        assert start.choose_port(None) > first


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal here")
@pytest.mark.parametrize(("how", "to_all"), [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, False)])
def test_opens_and_ends_quietly(ready: Path, busy: int, how: signal.Signals, to_all: bool) -> None:
    # The real Streamlit, borrowed from the Python that runs the tests: nothing is downloaded.
    (packages,) = (ready / ".venv").glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    port = start.choose_port(None)
    with subprocess.Popen(
        [sys.executable, str(ready / "start.py"), "--no-browser", "--port", str(port)],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Who runs the tests in the background may have Ctrl-C ignored; a terminal has not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == f"Owner Time is open at http://127.0.0.1:{port} (press Ctrl-C here to end it).\n"
        assert start.answers(port)
        (os.killpg if to_all else os.kill)(process.pid, how)
        try:
            out, err = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:  # else leaving the block would wait for ever
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert (process.returncode, out.strip(), err) == (0, "", "")
    assert not start.answers(port)
