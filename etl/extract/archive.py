"""A zip archive, unpacked in memory only; bytes are counted while reading, because its directory can lie."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from etl.given import last_part
from etl.model import Refused

MOST_BYTES = 300 * 1024 * 1024
MOST_ENTRIES = 200
MOST_LISTED = 5_000
BLOCK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
AGAIN = "Download the zip again"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive, by its base name."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rpartition(".")[0] or self.name


def entries(data: bytes, file_name: str) -> Iterator[Entry]:
    """The files of a zip, one after the other; folders, hidden files and those macOS adds are passed over.
    Raises Refused for an archive that is damaged, locked, empty or far too large."""
    if data.count(b"PK\x01\x02") > MOST_LISTED:
        raise Refused(file_name, f"the zip holds more than {MOST_LISTED:,} files", "Choose the zip of a calendar export")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise Refused(file_name, "the zip is damaged", AGAIN) from error
    with archive:
        listed = [info for info in archive.infolist() if _ours(info.filename)]
        if not listed:
            raise Refused(file_name, "no .ics files inside", "Choose the zip of a calendar export")
        if len(listed) > MOST_ENTRIES:
            raise Refused(file_name, f"the zip holds more than {MOST_ENTRIES} files", "Choose the zip of a calendar export")
        left = MOST_BYTES
        for info in listed:
            held = _read(archive, info, left, file_name)
            left -= len(held)
            yield Entry(last_part(info.filename), held)


def _ours(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    # A folder's name ends in a stroke, so that nothing is its last part.
    return "__MACOSX" not in parts and bool(parts[-1]) and not parts[-1].startswith(".")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, file_name: str) -> bytes:
    """The bytes of one file, at most `left`."""
    if info.flag_bits & 0x1:
        raise Refused(file_name, "the zip is locked with a password", "Unpack it and load the files inside")
    held = bytearray()
    try:
        with archive.open(info) as stream:
            while block := stream.read(BLOCK):
                held += block
                if len(held) > left:
                    what = f"the zip unpacks to more than {MOST_BYTES >> 20} MB"
                    raise Refused(file_name, what, "Choose the zip of a calendar export")
    except NotImplementedError as error:
        raise Refused(file_name, "the zip is packed in a way this program cannot read", "Unpack it and load the files") from error
    except BROKEN as error:
        raise Refused(file_name, "a file in the zip is damaged", AGAIN) from error
    return bytes(held)
