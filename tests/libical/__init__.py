"""Small C programs of our own on libical (Debian's libical-dev): the bench's measure, and a third engine for rules."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = ("gcc", "libc6-dev", "libical-dev")
HELP = "a C compiler and libical's header files are needed: apt-get install gcc libc6-dev libical-dev"


class MissingError(Exception):
    """A program cannot be built here; the text says why."""


def build(name: str, folder: Path) -> Path:
    """Build `name`.c into the folder; the path of the program. Raises MissingError."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        raise MissingError(HELP)
    program = folder / name
    command = [compiler, "-O2", "-Wall", "-o", str(program), str(HERE / f"{name}.c"), "-lical"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(HELP if "ical.h" in done.stderr else done.stderr.strip())
    return program


def fetch() -> None:
    """Install what `build` needs with Debian's packages, where we may; `build` says what is missing where we may not."""
    apt = shutil.which("apt-get")
    if apt is None or sys.platform != "linux":
        return
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run([apt, *command], stdout=sys.stderr, check=False)
