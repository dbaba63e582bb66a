"""What a file is, by its first bytes; names say nothing."""

import re

from etl.model import Refused

CALENDAR, CSV, ZIP = "calendar", "csv", "zip"
HEAD = 4096
CHOOSE = "Choose a calendar export (.ics or .zip), or a table of appointments or interruptions (.csv or .xlsx)"
BEGINS = re.compile(rb"(?:^|[\r\n])[ \t]*(?:BEGIN|END)[ \t]*:[ \t]*V[A-Z]+[ \t]*(?:[\r\n]|$)", re.IGNORECASE)
MARK = b"\xef\xbb\xbf"  # of UTF-8
# The mark stands first in the pattern, so that it is looked for at the speed of a plain search.
MARK_WITHIN = re.compile(MARK + rb"(?=(?i:BEGIN:VCALENDAR))(?<=[\r\n]...)", re.DOTALL)
FOREIGN = (
    (b"%PDF", "this is a PDF", "Export the calendar itself as .ics instead of printing it"),
    (b"!BDN", "this is an Outlook data file (.pst)", "In Outlook choose Save Calendar, which writes an .ics file"),
    (b"\x89PNG", "this is a picture", CHOOSE),
    (b"\xff\xd8\xff", "this is a picture", CHOOSE),
    (b"GIF8", "this is a picture", CHOOSE),
    (b"\x1f\x8b", "this is a gzip archive", "Unpack it and load the .ics file inside"),
    (b"Rar!", "this is a RAR archive", "Unpack it and load the .ics file inside"),
    (b"7z\xbc\xaf", "this is a 7z archive", "Unpack it and load the .ics file inside"),
    (b"SQLite format 3", "this is a database", CHOOSE),
    (b"PAR1", "this is a Parquet file", CHOOSE),
)
OFFICE = (b"PK\x03\x04\x14\x00\x06\x00", b"\xd0\xcf\x11\xe0")  # how Microsoft's programs begin a .xlsx, and an .xls
CONTROLS = bytes({*range(32), 127} - {0, 9, 10, 12, 13, 11, 26})


def kind_of(data: bytes, file_name: str) -> str:
    """CALENDAR, CSV (or a workbook) or ZIP; raises Refused, naming what it is, for anything else."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Refused(file_name, "the file is empty", "Export it again; a download may have failed")
    for magic, what, mend in FOREIGN:
        if data.startswith(magic):
            raise Refused(file_name, what, mend)
    if is_workbook(data):
        return CSV
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    head = decoded(data[:HEAD])
    if BEGINS.search(head[:HEAD]) or BEGINS.search(data[: 64 * HEAD]):
        return CALENDAR
    start = head.lstrip()[:100].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise Refused(file_name, "this is a web page", "Download the calendar file itself; the link may ask you to sign in first")
    if start.startswith((b"<?xml", b"{", b"[")):
        raise Refused(file_name, "this is neither a calendar nor a table", CHOOSE)
    if len(head.translate(None, CONTROLS)) < len(head) * 0.98:
        raise Refused(file_name, "this is neither a calendar nor a table", CHOOSE)
    return CSV


def is_workbook(data: bytes) -> bool:
    """Whether it begins as spreadsheets do; what it really holds, opening it will tell."""
    zipped = data.startswith(b"PK") and (b"[Content_Types].xml" in data or b"opendocument.spreadsheet" in data[:HEAD])
    return zipped or data.startswith(OFFICE)


def decoded(data: bytes) -> bytes:
    """The bytes as UTF-8 without a byte-order mark, where the file says or shows that it is UTF-16, or says it is UTF-8.
    Files joined to one have such a mark before each calendar."""
    code = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else _shown(data[:HEAD])
    if code:
        data = data.decode(code, "replace").encode()
    data = data.removeprefix(MARK)
    return MARK_WITHIN.sub(b"", data) if MARK in data else data


def _shown(head: bytes) -> str:
    """The UTF-16 that a file without a mark is written in; "" for none. It begins as a calendar does, or it has lines, and
    every fifth character is a Latin letter, digit or comma (the upper byte is 0), but hardly any is a NUL."""
    for code, lower, upper in (("utf-16-le", head[::2], head[1::2]), ("utf-16-be", head[1::2], head[::2])):
        begins, lines = "BEGIN:V".encode(code), ("\r".encode(code), "\n".encode(code))
        latin = upper.count(0) > len(upper) / 5 and lower.count(0) <= len(lower) / 50
        if head[: len(begins)].upper() == begins or (latin and any(end in head for end in lines)):
            return code
    return ""
