"""A backup as one file: a zip of four parts under fixed names, closed with a seal over every byte before it.

    owner-time.json    what it is: versions, when it was made, length and SHA-256 of each other part
    database.duckdb    the database
    database.key       the key that belongs to it
    practice.toml      the practice that it is counted by

The seal is the zip's comment: 64 digits, the SHA-256 of all bytes in front of them. So a file that was cut, or in which a
single bit is another, is told from a whole one before anything in it is believed.
"""

import contextlib
import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from etl.extract.archive import BROKEN
from etl.given import Given, base_name
from etl.model import Refused
from etl.store import SCHEMA_VERSION

MANIFEST, DATABASE, KEY, PRACTICE = "owner-time.json", "database.duckdb", "database.key", "practice.toml"
ENDING = ".backup"  # not .zip: some browsers unpack that by themselves
MOST_BYTES = 4 << 30  # of the database; the other parts are small
_MOST_SMALL = 16 << 20
_FORMAT = 1
_SEAL = 64
_BLOCK = 1 << 20
_AGAIN = "Copy it again from where you keep it, or take an older one"
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself: when it was made (UTC), the version of its tables, whether it is of the sample."""

    made_at: datetime
    schema_version: int
    is_sample: bool


class Opened:
    """A backup that is open, its seal unbroken. What goes wrong in reading it is `Refused`, in its file's name."""

    def __init__(self, name: str, archive: zipfile.ZipFile, about: Backup, parts: Mapping[str, tuple[int, str]]) -> None:
        self.name, self.about = name, about
        self._archive, self._parts = archive, parts

    def copy(self, part: str, out: BinaryIO) -> None:
        """Write a part into a file, counting while it is read: what the manifest says is never exceeded."""
        length, digest = self._parts[part]
        found, count = hashlib.sha256(), 0
        with self._archive.open(part) as stream:
            while block := _read(stream, self.name):
                count += len(block)
                if count > length:
                    raise _damaged(self.name)
                found.update(block)
                out.write(block)
        if (count, found.hexdigest()) != (length, digest):
            raise _damaged(self.name)

    def read(self, part: str) -> bytes:
        """The bytes of a small part."""
        out = io.BytesIO()
        self.copy(part, out)
        return out.getvalue()


def write(out: BinaryIO, database: Path, key: bytes, practice: bytes, *, is_sample: bool) -> None:
    """Write a backup of these into an empty file that can be read and written."""
    with database.open("rb") as f:
        digest = hashlib.file_digest(f, "sha256").hexdigest()
    parts: dict[str, Path | bytes] = {DATABASE: database, KEY: key, PRACTICE: practice}
    told = {
        name: {"bytes": len(part), "sha256": hashlib.sha256(part).hexdigest()}
        if isinstance(part, bytes)
        else {"bytes": part.stat().st_size, "sha256": digest}
        for name, part in parts.items()
    }
    manifest = {
        "program": "owner-time",
        "format": _FORMAT,
        "schema_version": SCHEMA_VERSION,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "is_sample": is_sample,
        "parts": told,
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"0" * _SEAL
        _put(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
        for name, part in parts.items():
            _put(archive, name, part)
    out.seek(-_SEAL, os.SEEK_END)
    out.write(_seal(out).encode())


@contextlib.contextmanager
def opened(file: Given) -> Iterator[Opened]:
    """Open a backup. Raises Refused for a file that is none, that is damaged or that a newer Owner Time made."""
    name = base_name(file)
    with contextlib.ExitStack() as held:
        stream = held.enter_context(_stream(file, name))
        head = stream.read(30 + len(MANIFEST))  # a zip's first file is named 30 bytes behind the beginning
        if not (head.startswith(b"PK\x03\x04") and head.endswith(MANIFEST.encode())):
            raise Refused(name, "this is no backup of Owner Time", "Choose a file that “Back up” has made")
        if _sealed(stream) != _seal(stream):
            raise _damaged(name)
        try:
            archive = held.enter_context(zipfile.ZipFile(stream))
            with archive.open(MANIFEST) as listed:
                told = json.loads(_read(listed, name, _MOST_SMALL))
        except BROKEN as error:
            raise _damaged(name) from error
        yield Opened(name, archive, *_about(told, archive.namelist(), name))


def about(file: Given) -> Backup:
    """What a backup says of itself; Refused as for `opened`."""
    with opened(file) as backup:
        return backup.about


def _about(told: Any, names: list[str], name: str) -> tuple[Backup, dict[str, tuple[int, str]]]:
    """What the manifest tells, and length and SHA-256 of each part."""
    try:
        if told["program"] != "owner-time":
            raise _damaged(name)
        if told["format"] > _FORMAT or told["schema_version"] > SCHEMA_VERSION:
            raise Refused(name, "a newer Owner Time made it", "Update Owner Time, then restore it")
        parts = {part: (int(each["bytes"]), str(each["sha256"])) for part, each in told["parts"].items()}
        made_at = datetime.fromisoformat(told["made_at"]).astimezone(UTC)
        found = Backup(made_at, int(told["schema_version"]), bool(told["is_sample"]))
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _damaged(name) from error
    if names != [MANIFEST, *parts] or list(parts) != [DATABASE, KEY, PRACTICE]:
        raise _damaged(name)
    if parts[DATABASE][0] > MOST_BYTES or max(parts[KEY][0], parts[PRACTICE][0]) > _MOST_SMALL:
        raise Refused(name, "it unpacks to more than any backup does", "Choose a file that “Back up” has made")
    return found, parts


def _put(archive: zipfile.ZipFile, name: str, part: Path | bytes) -> None:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.external_attr = 0o600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.file_size = len(part) if isinstance(part, bytes) else part.stat().st_size  # whether it needs the long form
    with archive.open(entry, "w") as packed, io.BytesIO(part) if isinstance(part, bytes) else part.open("rb") as stream:
        shutil.copyfileobj(stream, packed, _BLOCK)


def _stream(file: Given, name: str) -> BinaryIO:
    if not isinstance(file, Path):
        return io.BytesIO(file[1])
    try:
        if file.is_dir():
            raise Refused(name, "this is a folder", "Name the file of the backup")
        return file.open("rb")
    except FileNotFoundError:
        raise Refused(name, "there is no such file", "Check the name and the folder") from None
    except OSError:
        raise Refused(name, "the file cannot be read", "Check that you may open it, then try again") from None


def _seal(stream: BinaryIO) -> str:
    """The SHA-256 of all but the seal itself."""
    left, found = max(stream.seek(0, os.SEEK_END) - _SEAL, 0), hashlib.sha256()
    stream.seek(0)
    while left and (block := stream.read(min(left, _BLOCK))):
        found.update(block)
        left -= len(block)
    return found.hexdigest()


def _sealed(stream: BinaryIO) -> str:
    """The seal that stands at the end."""
    stream.seek(max(stream.seek(0, os.SEEK_END) - _SEAL, 0))
    return stream.read(_SEAL).decode("ascii", "replace")


def _read(stream: IO[bytes], name: str, most: int = _BLOCK) -> bytes:
    try:
        return stream.read(most)
    except BROKEN as error:
        raise _damaged(name) from error


def _damaged(name: str) -> Refused:
    return Refused(name, "the backup is damaged, or was cut off", _AGAIN)
