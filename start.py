"""`python start.py` sets up Owner Time and opens it; `python start.py test` sets it up and runs every test.

Standard library only. The file parses on Python 3.6, so that an old Python prints the sentence below.
"""

# ruff: noqa: S603 (every command is a list of our own making; none goes through a shell)
import argparse
import contextlib
import hashlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

VERSION = "{}.{}".format(*sys.version_info)
if sys.version_info < (3, 11):  # noqa: UP036 (only here do we meet older ones)
    sys.exit(f"Owner Time needs Python 3.11 or newer; this is {VERSION}. Get it from https://www.python.org/downloads/")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
STAMP = VENV / "owner-time.txt"  # hashes of the requirements files installed; empty while that goes on; none: not ours
ENV = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")} | {"PIP_USER": "0"}
HOST = "127.0.0.1"
# What a failing venv or pip prints (numbers too, as words are translated), and what the owner reads instead.
TROUBLES = {
    r"Errno (28|122)\b|WinError 112\b|No space left": f"The disk is full. Free 1 GB for {ROOT}, then start again.",
    r"connection broken|Connect\w*Error|Connect\w*Timeout|ReadTimeout|ProxyError|SSLError|from versions: none": (
        "The packages could not be downloaded: the package server does not answer. Connect to the internet (behind "
        "a company's proxy, set HTTPS_PROXY) and start again. Only setting up needs a connection."
    ),
    r"No module named '?(venv|ensurepip)|ensurepip is not available": (
        "This Python lacks the part that makes a folder for packages. On Debian or Ubuntu, type "
        f"'sudo apt install python{VERSION}-venv' and start again; elsewhere, install Python from python.org."
    ),
    r"Errno (1|13|30)\b|WinError (5|32)\b|Permission denied|Read-only file system": (
        f"The folder {ROOT} cannot be written to. Close any Owner Time that still runs, or move the folder to a "
        "place of your own, such as Documents, and start again."
    ),
}


def explain(printed: str) -> str:
    """Return the sentence for what a command that failed printed; '' when the trouble is none we know."""
    return next((sentence for pattern, sentence in TROUBLES.items() if re.search(pattern, printed)), "")


def attempt(*command: str) -> tuple[bool, str]:
    """Run a command without a sound. Return whether it worked, and what it printed."""
    try:
        done = subprocess.run(command, cwd=ROOT, env=ENV, stdin=subprocess.DEVNULL, capture_output=True)
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")


def set_up(*names: str) -> None:
    """Make .venv and install these requirements files, unless they are there. Exits with a sentence if it cannot."""
    for name in ("app.py", *names):
        if not (ROOT / name).is_file():
            sys.exit(f"{name} is missing from {ROOT}. Unpack the whole of Owner Time again and start from there.")
    wanted = [hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names]
    installed = STAMP.read_text(errors="replace").split() if STAMP.is_file() else None
    whole = attempt(PYTHON, "-c", "import pip")[0] and installed != []  # else half-made, or its Python is gone: anew
    if whole and set(wanted) <= set(installed or ()):
        return
    print("Setting up Owner Time. This takes a few minutes, and only now.", flush=True)
    make = [[sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], [PYTHON, "-m", "ensurepip"]]
    files = [f"--requirement={name}" for name in names]
    install = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", *files]
    for command in [install] if whole else [*make, install]:
        if VENV.is_dir():
            STAMP.write_text("")
        done, printed = attempt(*command)
        if not done:
            failed = f"{printed}\nSetting up failed, as the lines above say. Mend that, delete {VENV} and start again."
            sys.exit(explain(printed) or failed)
    attempt(PYTHON, "-m", "compileall", "-q", "etl", "pages")  # so that no command waits for it; without it all runs the same
    STAMP.write_text("\n".join(wanted))


def choose_port(asked: int | None) -> int:
    """Return the port asked for, or the first free one from 8501. Exits with a sentence if there is none."""
    if asked is not None and not 1024 <= asked <= 65535:
        sys.exit(f"--port {asked} cannot be used. Choose a number from 1024 to 65535, or leave --port away.")
    for port in range(8501, 8701) if asked is None else (asked,):
        with contextlib.suppress(OSError), socket.create_server((HOST, port)):
            return port
    sys.exit(f"Port {asked or '8501 to 8700'} is taken by another program. Close that one, or choose another --port.")


def answers(port: int) -> bool:
    """Whether the dashboard is ready on the port; asked directly, past any proxy."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        line = http.client.HTTPConnection(HOST, port, timeout=2)
        line.request("GET", "/_stcore/health")
        return line.getresponse().status == 200
    return False


def serve(port: int, browser: bool) -> None:
    """Run the dashboard until Ctrl-C. Exits with a sentence if it ends by itself."""
    options = [f"--server.address={HOST}", f"--server.port={port}", "--server.headless=true", "--logger.level=warning"]
    command = [PYTHON, "-m", "streamlit", "run", "app.py", *options]
    process = subprocess.Popen(command, cwd=ROOT, env=ENV, stdout=subprocess.DEVNULL)
    try:
        while process.poll() is None and not answers(port):
            time.sleep(0.1)
        if process.poll() is None:
            print(f"Owner Time is open at http://{HOST}:{port} (press Ctrl-C here to end it).", flush=True)
            if browser:
                webbrowser.open(f"http://{HOST}:{port}")
        if process.wait() != 0:
            sys.exit("The dashboard ended by itself. Lines above, if any, say why; start it again.")
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Do what the command line asks."""
    tests = "python start.py test: run every test instead; whatever follows goes to pytest"
    parser = argparse.ArgumentParser(description="Set up Owner Time and open it in the browser.", epilog=tests)
    parser.add_argument("--port", type=int, help="where to serve it, if not at the first free port from 8501")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended by a system: take the dashboard along
    try:
        if sys.argv[1:2] == ["test"]:
            set_up("requirements.txt", "tests/requirements.txt")
            sys.exit(subprocess.call([PYTHON, "-m", "tests.run", *sys.argv[2:]], cwd=ROOT, env=ENV))
        options = parser.parse_args()
        port = choose_port(options.port)
        set_up("requirements.txt")
        serve(port, browser=not options.no_browser)
    except KeyboardInterrupt:
        print()
        sys.exit(130 if sys.argv[1:2] == ["test"] else 0)  # tests cut off have not passed
    except OSError as error:
        sys.exit(explain(str(error)) or str(error))


if __name__ == "__main__":
    main()
