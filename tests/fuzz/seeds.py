"""What the damage is done to: small exports of every kind that the product reads, each sound as it stands.

All words in them hold the mark (tests/fuzz/wellmade.py), except names of files and of columns.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass
from functools import cache

import openpyxl

from tests.fuzz.wellmade import MARK, calendar

LOG = f"""started_at,minutes,about_location,asked_by,topic,team_could,answered_at,via,note,role
2026-09-14 10:20,6,{MARK} North,{MARK} desk,"{MARK}, order",yes,,phone,{MARK} ‡,
2026-09-14 13:05,12.5,Riverside,nurse,{MARK},no,13:30,,"{MARK}
second line",clinical
2026-11-01 01:30,7,,,,,2026-11-01 02:10,walk-in,,personal
15.09.2026 08:00,"7,5",,{MARK},,,,,,leadership
"""
OUTLOOK = f"""Subject,Start Date,Start Time,End Date,End Time,All day event,Location,Categories,Show time as,Private,Description
{MARK} rota,14/9/2026,09:00:00,14/9/2026,10:30:00,False,{MARK} North,{MARK};Blue,2,False,"{MARK}
text"
"{MARK}, leave",15/9/2026,00:00:00,16/9/2026,00:00:00,True,,,3,False,
{MARK} ‡,1/11/2026,01:30:00,1/11/2026,02:30:00,False,"{MARK} St 12, North",,4,True,{MARK}
"""
APPOINTMENTS = f"""Date;From;To;Reason;Room;Doctor;Patient;Phone
14.09.2026;09:00;09:20;{MARK} check;Room {MARK};Dr {MARK};{MARK} Patient;+1 555 0100
14.09.2026;09:30;10:00;{MARK} ‡;;Dr {MARK};"{MARK}; Patient";
31.12.2026;23:30;00:30;{MARK};;;;
"""


@dataclass(frozen=True, slots=True)
class Seed:
    """One sound export. `kind` is ics, csv, zip or xlsx; only seeds of some kinds are calendars or logs."""

    name: str
    kind: str
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them, the same bytes in every run."""
    calendars = [Seed(f"calendar{number}.ics", "ics", calendar(f"seed {number}", 1 + number % 6)) for number in range(24)]
    calendars += [
        Seed("bare.ics", "ics", calendar("bare", 4, end="\n")),
        Seed("folded.ics", "ics", calendar("folded", 3, fold_at=12)),
        Seed("two.ics", "ics", calendar("two, first", 2) + calendar("two, second", 2)),
        Seed("marked.ics", "ics", b"\xef\xbb\xbf" + calendar("marked", 3)),
        Seed("wide.ics", "ics", calendar("wide", 3).decode().encode("utf-16")),
        Seed("old.ics", "ics", calendar("old", 3).decode().encode("cp1252", "replace")),
    ]
    tables = [
        Seed("log.csv", "csv", LOG.encode()),
        Seed("outlook.csv", "csv", OUTLOOK.replace("\n", "\r\n").encode("cp1252", "replace")),
        Seed("appointments.csv", "csv", APPOINTMENTS.encode("utf-8-sig")),
        Seed("tabs.csv", "csv", OUTLOOK.replace(",", "\t").encode("utf-16")),
    ]
    return (*calendars, *tables, *tables, _zipped(calendars[0], calendars[7], tables[0]), _zipped(calendars[3]), _sheet(OUTLOOK))


def _zipped(*entries: Seed) -> Seed:
    return Seed("takeout.zip", "zip", pack([(f"Takeout/Calendar/{entry.name}", entry.data) for entry in entries]))


def pack(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip; its times are those of the first zip ever, so that the bytes are the same in every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of two entries of one name, which are meant
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """The entries of a zip of our own making."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def _sheet(table: str) -> Seed:
    """The table as an Excel file, without the times of its making."""
    book = openpyxl.Workbook()
    for line in table.splitlines()[:3]:
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    kept = [(name, data) for name, data in unpack(out.getvalue()) if name != "docProps/core.xml"]
    return Seed("table.xlsx", "xlsx", pack(kept))
