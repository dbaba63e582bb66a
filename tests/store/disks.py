"""A small disk of its own, to fill up or to make read-only."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of this size. Only root may mount one; elsewhere the test is skipped, and says so."""
    folder.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False).returncode
    ):
        pytest.skip("NOT TESTED here: a full and a read-only disk can only be mounted by root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
