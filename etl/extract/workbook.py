"""A workbook (.xlsx, .xls, .xlsb, .ods) as the CSV it would be saved as, so that there is one reader of tables.

`python-calamine` reads values and runs no formula. It is Rust, and a workbook of a few bytes with a cell in the last row of
the last column makes it ask for more memory than there is, which ends its whole process: so it works in one of its own.
"""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from etl.extract.archive import BROKEN
from etl.model import Refused

MOST_BYTES = 300 * 1024 * 1024
SECONDS = 60
_AS_CSV = "Save it as CSV UTF-8 in your spreadsheet program and load that file"
_SAYS = {  # exit status of the other process
    2: "no sheet of this spreadsheet holds a table",
    3: "this spreadsheet is locked with a password",
    4: f"this spreadsheet holds more than a million rows or {MOST_BYTES >> 20} MB",
}


def as_csv(data: bytes, file_name: str) -> bytes:
    """The first sheet that has a table, a line a row. Raises Refused where it is damaged, locked or far too large."""
    if data.startswith(b"PK"):
        _measure(data, file_name)
    script = Path(__file__).with_name("workbook_rows.py")
    try:
        # -P: the modules beside the script must not stand in for Python's own of the same name
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-P", str(script), str(MOST_BYTES)], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(file_name, "this spreadsheet takes too long to read", _AS_CSV) from None
    if done.returncode:
        raise Refused(file_name, _SAYS.get(done.returncode, "this spreadsheet is damaged, or no spreadsheet"), _AS_CSV)
    return done.stdout


def _measure(data: bytes, file_name: str) -> None:
    """Refuse what unpacks to too much; it is counted while reading, because the directory of a zip can lie."""
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for info in packed.infolist():
                with packed.open(info) as part:
                    while block := part.read(1 << 20):
                        left -= len(block)
                        if left < 0:
                            raise Refused(file_name, _SAYS[4], _AS_CSV)
    except BROKEN as error:
        raise Refused(file_name, "this spreadsheet is damaged", _AS_CSV) from error
