"""The files an owner hands over: from the disk or as an upload; their names, bytes and first facts."""

import re
from pathlib import Path, PureWindowsPath

from etl.model import Refused
from etl.practice_checks import zones

LARGEST_FILE = 100_000_000  # bytes

Given = Path | tuple[str, bytes]
"""A file on disk, or an upload's name and bytes."""


def base_name(file: Given) -> str:
    """The name to speak of a file by: never its folder."""
    if isinstance(file, Path):
        return file.name
    # A drive in front tells a Windows path; elsewhere a backslash is a sign like any other.
    return last_part(file[0]) if PureWindowsPath(file[0]).drive else Path(file[0]).name


def last_part(path: str) -> str:
    """The last part of a path of any system."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def read_bytes(file: Given) -> tuple[str, bytes]:
    """The base name and bytes of a file, or Refused where it cannot be read or is too large."""
    name = base_name(file)
    if not isinstance(file, Path):
        data = file[1]
    else:
        try:
            if file.is_dir():
                raise Refused(name, "this is a folder", "Name the files in it")
            if file.stat().st_size > LARGEST_FILE:
                raise Refused(name, "the file is larger than 100 MB", "Export a shorter time")
            data = file.read_bytes()
        except FileNotFoundError:
            raise Refused(name, "there is no such file", "Check the name and the folder") from None
        except OSError:
            raise Refused(name, "the file cannot be read", "Check that you may open it, then try again") from None
    if len(data) > LARGEST_FILE:
        raise Refused(name, "the file is larger than 100 MB", "Export a shorter time")
    return name, data


def stem(file_name: str) -> str:
    """`log (1).csv` → `log`: a browser numbers what it downloads again."""
    return re.sub(r"\s*\(\d+\)$", "", Path(file_name).stem) or file_name


def zone_hint(data: bytes) -> str:
    """The zone a calendar file says it is in, for an owner who has not yet said theirs; else UTC."""
    for pattern in (rb"X-WR-TIMEZONE:([^\r\n]+)", rb'TZID="?:?([A-Za-z_]+/[A-Za-z_/]+)'):
        for found in re.finditer(pattern, data[:2_000_000]):
            zone = found.group(1).decode("ascii", "replace").strip()
            if zone in zones():
                return zone
    return "UTC"
