"""Finds a Chromium for the browser tests, or fetches one. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = (
    "chromium-headless-shell",  # the same engine without a browser around it, which nobody looks at here: a tenth less work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_APPS = ("Chromium", "Google Chrome", "Microsoft Edge")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
# Package managers by their command, and what each is asked to run, one after the other, until there is a Chromium.
_APT = ["install", "--yes", "--no-install-recommends", "fonts-liberation"]
PACKAGE_MANAGERS = {
    "apt-get": (["update"], [*_APT, "chromium-headless-shell"], [*_APT, "chromium"]),  # Ubuntu has no headless shell
    "dnf": (["install", "--assumeyes", "chromium"],),
    "pacman": (["--sync", "--refresh", "--noconfirm", "--needed", "chromium"],),
    "apk": (["add", "chromium"],),
}
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)


def find() -> str:
    """Return the path of a Chromium that is there and runs, or ''. $CHROMIUM goes before all others."""
    return next((path for path in _candidates() if _runs(path)), "")


def fetch() -> str:
    """Install a Chromium: as root by the system's packages, else by Playwright. Return its path, or ''."""
    if _is_root():
        print("Installing Chromium with the system's packages.", file=sys.stderr)
        _install_packages()
        if path := find():
            return path
    print("Downloading Playwright's Chromium.", file=sys.stderr)
    libraries = ["--with-deps"] if _is_root() else []
    _run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"])
    return find()


def _candidates() -> Iterator[str]:
    """Yield every path a Chromium may lie at, the likeliest first."""
    yield os.environ.get("CHROMIUM", "")
    yield from (shutil.which(command) or "" for command in COMMANDS)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (str(folder / f"{app}.app/Contents/MacOS/{app}") for app in MAC_APPS)
    if sys.platform == "win32":
        roots = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
        yield from (str(Path(root) / program) for root in roots if root for program in WINDOWS_PROGRAMS)
    asked = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    yield asked.stdout.strip()


def _runs(path: str) -> bool:
    """Whether the program is there and starts. Ubuntu's `chromium` may be a note that asks for a snap."""
    if not path or not Path(path).is_file():
        return False
    if sys.platform == "win32":
        return True  # there --version opens a window
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _install_packages() -> None:
    """Install Chromium with the first package manager there is; what it prints goes to standard error."""
    manager = next((name for name in PACKAGE_MANAGERS if shutil.which(name)), None)
    for arguments in PACKAGE_MANAGERS[manager] if manager else ():
        _run([str(manager), *arguments])
        if find():
            return


def _run(command: list[str]) -> None:
    """Run a command that may fail: whether it helped is seen by looking for Chromium again."""
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
