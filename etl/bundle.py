"""Files that leave the program: one, a folder of them or one zip; each all or nothing, and only its owner may read it."""

import contextlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.export import write_csv
from etl.model import WrongUsage
from etl.store.connection import sentences

_NEW = ".new"  # while it is being written
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can name: the same data gives the same zip


def verify_free(out: Path) -> None:
    """Raise WrongUsage where several files cannot go to this folder or zip, because of what is there."""
    zipped = _is_zip(out)
    if out.is_dir() if zipped else out.exists() and not (out.is_dir() and not any(out.iterdir())):
        what = "this is a folder" if zipped else "there is something of this name already"
        raise WrongUsage(out.name, what, "Name a new folder, or a file ending in .zip")


def write(out: Path, found: bytes | Mapping[str, bytes]) -> None:
    """Write one file, or several into a new folder or into one zip where the name ends so.

    Raises WrongUsage as `verify_free` does, StoreError where nothing can be written there.
    """
    if not isinstance(found, bytes):
        verify_free(out)
    new = out.with_name(out.name + _NEW)
    one = found if isinstance(found, bytes) else zipped(found) if _is_zip(out) else None
    try:
        with sentences(out):
            _remove(new, a_folder=one is None)
            if one is not None:
                _write(new, one)
            elif not isinstance(found, bytes):
                new.mkdir(mode=0o700)
                for name, data in found.items():
                    _write(new / name, data)
                if out.is_dir():
                    out.rmdir()  # it is empty; Windows puts no folder in the place of another
            new.replace(out)
    finally:
        with contextlib.suppress(OSError):
            _remove(new, a_folder=one is None)


def zipped(found: Mapping[str, bytes]) -> bytes:
    """The files as one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in found.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_csv(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A table as the bytes of a CSV file whose every cell is harmless."""
    out = io.StringIO(newline="")
    write_csv(out, names, rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _is_zip(out: Path) -> bool:
    return out.suffix.lower() == ".zip"


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb") as f:
        f.write(data)


def _remove(path: Path, a_folder: bool) -> None:
    """Take away what an earlier try left; never somebody's folder where a file is to be written."""
    if a_folder and path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
