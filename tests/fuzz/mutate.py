"""Damage that knows what it damages: lines, properties, blocks, cells, entries; and now and then just bytes."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable

from tests.fuzz.seeds import pack, unpack
from tests.fuzz.wellmade import MARK
from tests.rules.engines import DAYS

Lines = list[bytes]

ZONES = (
    b"America/Toronto", b"Europe/Berlin", b"Pacific/Apia", b"Eastern Standard Time", b'"W. Europe Standard Time"', b"UTC",
    b"GMT+2", b"/example.org/1/Europe/Paris", b"../../etc/passwd", b"Nowhere/Nothing", b"", b"(UTC-05:00) Eastern Time",
    b"america/toronto", b"Africa/El_Aaiun", b"Etc/GMT+12", b"Practice Clock", MARK.encode(), b"\xff\xfe", b"A" * 5000,
)  # fmt: skip
RULES = (
    b"FREQ=SECONDLY;COUNT=1000000000", b"FREQ=MINUTELY", b"FREQ=DAILY;INTERVAL=0", b"FREQ=DAILY;INTERVAL=99999999999",
    b"FREQ=", b"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", b"FREQ=DAILY;COUNT=-1", b"FREQ=DAILY;COUNT=0",
    b"FREQ=DAILY;UNTIL=99991231T235959Z", b"FREQ=DAILY;UNTIL=20200230", b"FREQ=DAILY;UNTIL=00010101", b"FREQ=FORTNIGHTLY",
    b"COUNT=3", b"FREQ=WEEKLY;BYDAY=8MO,XX", b"FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYSETPOS=-1",
    b"FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1,2", b"FREQ=YEARLY;BYYEARDAY=-366",
    b"FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9",
    b"freq=daily;count=3", b"FREQ=HOURLY;BYDAY=SU;BYMONTH=2;BYMONTHDAY=29", b"FREQ=DAILY;FREQ=WEEKLY",
    b"FREQ=DAILY;COUNT=2;UNTIL=20300101", b";;;=,", b"FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12;BYMONTH=2",
    b"FREQ=HOURLY;INTERVAL=24;BYHOUR=3", b"FREQ=DAILY;RSCALE=HEBREW;SKIP=OMIT", b"FREQ=YEARLY;BYWEEKNO=1;BYMONTH=7",
    b"FREQ=WEEKLY;INTERVAL=999;BYDAY=MO,TU,WE,TH,FR,SA,SU;WKST=SU", b"FREQ=HOURLY;INTERVAL=999",
)  # fmt: skip
NUMBERS = (
    b"0", b"-1", b"99999999999999999999", b"2147483648", b"9" * 400, b"00000000", b"1e9", b"0x10", "٣".encode(), b"99", b"60",
    b"",
)  # fmt: skip
NAMES = (
    b"BEGIN", b"END", b"DTSTART", b"DTEND", b"DURATION", b"RRULE", b"RDATE", b"EXDATE", b"RECURRENCE-ID", b"UID", b"SUMMARY",
    b"STATUS", b"TRANSP", b"SEQUENCE", b"TZID", b"TZOFFSETTO", b"TZOFFSETFROM", b"X-WR-TIMEZONE", b"X-WR-CALNAME",
    b"LOCATION", b"CATEGORIES", b"EXRULE", b"VERSION", b"METHOD", b"ATTENDEE", b"X-MICROSOFT-CDO-ALLDAYEVENT", b"DESCRIPTION",
)  # fmt: skip
VALUES = (
    b"20260105", b"20260105T090000", b"20260105T090000Z", b"20260230T250000Z", b"99991231T235959Z", b"00010101T000000Z",
    b"19700101", b"20260105T090000Z/PT1H", b"20260105T090000Z/20260105T080000Z", b"P1D", b"-PT1H", b"PT99999999999H", b"P",
    b"PT", b"VEVENT", b"VCALENDAR", b"VTIMEZONE", b"STANDARD", b"TRUE", b"CANCELLED", b"TRANSPARENT", b"+9959", b"-0000",
    b"+010203", b"CANCEL", b"1.0", b"20260308T023000", b"20261101T013000", b"2026-01-05T09:00:00Z", b"20260105T0900",
    b"\\n\\,\\;\\\\\\", b"=1+1", b"\0",
)  # fmt: skip
PARAMS = (
    b";VALUE=DATE", b";VALUE=DATE-TIME", b";VALUE=PERIOD", b";RANGE=THISANDFUTURE", b';X="a:b;c"', b';X="', b";", b";=",
    b";ENCODING=BASE64", b";ENCODING=QUOTED-PRINTABLE", b";CHARSET=utf-7", b";PARTSTAT=DECLINED",
    b";TZID=UTC;TZID=Europe/Paris", b";X=" + b'"' * 300,
)  # fmt: skip
CELLS = (
    b"", b"03/04/2026", b"31/12/2026", b"12/31/2026", b"2026-02-30", b"00:00", b"24:00", b"25:61", b"9:5 PM", b"1e3",
    b"1,000", b"-5", b"0", b"99999", b"yes", b"maybe", b"'=1+1", b'"', b'""', b"\0", b"1.1.26", b"9999-12-31 23:59",
    b"0001-01-01 00:00", b"2026-03-08 02:30", b"2026-09-14T10:20:00Z", b"2026-09-14 10:20 +25:00", "٢٠٢٦-٠١-٠١".encode(),
    b"A" * 140_000,
)  # fmt: skip
ENTRIES = ("../../evil.ics", "/abs.ics", ".hidden.ics", "__MACOSX/x.ics", "a" * 300 + ".ics", "C:\\x.ics", "ü.ics", "", "d.ics/")
LIMITS = (b"BYMONTH", b"BYMONTHDAY", b"BYYEARDAY", b"BYWEEKNO", b"BYSETPOS", b"BYHOUR", b"COUNT", b"INTERVAL")
TIMES = re.compile(rb"(DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID)([^:\r\n]*):")
BLOCK = re.compile(rb"BEGIN:(V?[A-Z]+)")


def mutated(chance: random.Random, kind: str, data: bytes) -> bytes:
    """The bytes after one to eight kinds of damage."""
    if kind in ("zip", "xlsx"):
        return _archive(chance, kind, data)
    for _ in range(min(8, 1 + int(chance.expovariate(0.6)))):
        data = _mutate(chance, kind, data)
    return data


def _mutate(chance: random.Random, kind: str, data: bytes) -> bytes:
    if chance.random() < 0.25 or not data:
        return chance.choice(BYTES)(chance, data)
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.split(end)
    tools = OF_CALENDARS if kind == "ics" else OF_TABLES
    chance.choice((*OF_LINES, *tools))(chance, lines)
    return end.join(lines)


def _archive(chance: random.Random, kind: str, data: bytes) -> bytes:
    """Damage within an archive, to its list of files, or to its bytes."""
    entries = unpack(data)
    what = chance.random()
    if what < 0.6:
        at = chance.randrange(len(entries))
        name, held = entries[at]
        inner = "ics" if name.endswith(".ics") else "csv"
        entries[at] = (name, mutated(chance, inner, held))
    elif what < 0.75:
        names = (
            "../../evil.ics",
            "/abs.ics",
            ".hidden.ics",
            "__MACOSX/x.ics",
            "a" * 300 + ".ics",
            "C:\\x.ics",
            "ü.ics",
            "",
            "d.ics/",
        )
        entries.insert(chance.randrange(len(entries) + 1), (chance.choice(names), chance.choice(entries)[1]))
    elif what < 0.85:
        entries *= chance.choice((2, 90))
        entries = entries[:210]
    if what < 0.85 or kind == "xlsx":
        method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
        data = pack(entries, method)
    return data if chance.random() < 0.6 else chance.choice(BYTES[:3])(chance, data)


# Bytes.


def _cut(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return chance.choice((data[:at], data[at:], data[:at] + data[at + chance.randrange(200) :]))


def _flip(chance: random.Random, data: bytes) -> bytes:
    held = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 30))):
        if held:
            held[chance.randrange(len(held))] = chance.choice(
                (0, 9, 10, 13, 32, 34, 58, 59, 127, 128, 255, chance.randrange(256))
            )
    return bytes(held)


def _zeros(chance: random.Random, data: bytes) -> bytes:
    """A download that never came: a stretch of zero bytes."""
    start, size = chance.randrange(len(data) + 1), chance.choice((1, 100, 4096, len(data) // 2))
    return data[:start] + bytes(len(data[start : start + size])) + data[start + size :]


def _encode(chance: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    code = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "cp1252", "utf-32", "utf-7"))
    return text.encode(code, "replace")


def _ends(chance: random.Random, data: bytes) -> bytes:
    """Other line ends; on some lines only, where they are mixed."""
    ends = (b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r\n", b"\x0b", b"\xe2\x80\xa8", b"\x85")
    if chance.random() < 0.6:
        return data.replace(b"\r\n", b"\n").replace(b"\n", chance.choice(ends[:5]))
    return b"".join(line + chance.choice(ends) for line in data.splitlines())


BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (_cut, _flip, _zeros, _encode, _ends)


# Lines.


def _drop(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    del lines[at : at + chance.choice((1, 1, 1, 5))]
    lines.append(b"") if not lines else None


def _repeat(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = [lines[at]] * chance.choice((1, 1, 2, 400))


def _swap(chance: random.Random, lines: Lines) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _number(chance: random.Random, lines: Lines) -> None:
    """A number becomes a huge, negative or missing one."""
    at = chance.randrange(len(lines))
    found = list(re.finditer(rb"\d+", lines[at]))
    if found:
        one = chance.choice(found)
        lines[at] = lines[at][: one.start()] + chance.choice(NUMBERS) + lines[at][one.end() :]


def _fold(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    for _ in range(chance.choice((1, 3, 40))):
        place = chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + chance.choice((b"\r\n ", b"\n ", b"\n\t", b"\r\n", b"\r ", b"\n\n ")) + lines[at][place:]


def _long(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at] += chance.choice((b"x", b" ", b'"', b"\\", b";", MARK.encode())) * chance.choice((100, 3_000, 60_000))


def _case(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((lines[at].lower(), lines[at].swapcase(), b" " + lines[at], lines[at] + b"  ", b"\t" + lines[at]))


OF_LINES: tuple[Callable[[random.Random, Lines], None], ...] = (_drop, _repeat, _swap, _number, _fold, _long, _case)


# Calendars.


def _block(chance: random.Random, lines: Lines) -> tuple[int, int]:
    """Where a block begins and ends, as a slice; an empty one where there is none."""
    begins = [(at, found[1]) for at, line in enumerate(lines) if (found := BLOCK.fullmatch(line.strip()))]
    if not begins:
        return 0, 0
    at, kind = chance.choice(begins)
    end = next((later for later in range(at, len(lines)) if lines[later].strip() == b"END:" + kind), len(lines) - 1)
    return at, end + 1


def _nest(chance: random.Random, lines: Lines) -> None:
    """A block is copied or moved to anywhere, within another one too, or taken out."""
    start, end = _block(chance, lines)
    held = lines[start:end]
    if chance.random() < 0.5:
        del lines[start:end]
    place = chance.randrange(len(lines) + 1)
    lines[place:place] = held * chance.choice((0, 1, 1, 2, 30 if len(held) < 30 else 2))


def _rezone(chance: random.Random, lines: Lines) -> None:
    """Times get another zone, lose theirs, or become those of days."""
    zone = chance.choice(ZONES)
    some = chance.random()
    for at, line in enumerate(lines):
        if TIMES.match(line) and chance.random() < some:
            lines[at] = chance.choice(
                (
                    TIMES.sub(lambda found: b"%s;TZID=%s:" % (found[1], zone), line),
                    TIMES.sub(rb"\1:", line),
                    line.rstrip(b"Z"),
                    line + b"Z",
                    re.sub(rb"T\d{6}Z?", b"", line),
                )
            )


def _uid(chance: random.Random, lines: Lines) -> None:
    """All events become one, or none has an identity."""
    new = chance.choice((b"UID:same", b"UID:", b"X-GONE:", b"uid:same"))
    for at, line in enumerate(lines):
        if line.startswith(b"UID") and chance.random() < 0.8:
            lines[at] = new


def _rule(chance: random.Random, lines: Lines) -> None:
    rule = chance.choice(RULES)
    if chance.random() < 0.3:
        parts = [b"FREQ=" + chance.choice((b"YEARLY", b"MONTHLY", b"WEEKLY", b"DAILY", b"HOURLY"))]
        for name in chance.sample(LIMITS, 3):
            parts.append(name + b"=%d" % chance.choice((1, 2, 5, 12, 23, 31, 53, 366, -1, -31)))
        parts.append(b"BYDAY=" + chance.choice(DAYS).encode())
        rule = b";".join(parts)
    places = [at for at, line in enumerate(lines) if line.startswith((b"RRULE", b"DTSTART"))]
    if places:
        at = chance.choice(places)
        lines[at : at + lines[at].startswith(b"RRULE")] = [b"RRULE:" + rule]


def _property(chance: random.Random, lines: Lines) -> None:
    """A property gets another name, value or parameter; or there is a new one."""
    at = chance.randrange(len(lines))
    name, colon, value = lines[at].partition(b":")
    new = chance.choice(VALUES)
    lines[at] = chance.choice(
        (
            chance.choice(NAMES) + colon + value,
            name + colon + new,
            name + chance.choice(PARAMS) + colon + value,
            lines[at] + b"\r\n" + chance.choice(NAMES) + b":" + new,
            name + value,
            name + colon + colon + value,
            colon + value,
            re.sub(rb"(:|,)(\d{8}T\d{6})", lambda found: found[1] + new, lines[at]),
        )
    )


def _many_dates(chance: random.Random, lines: Lines) -> None:
    name = chance.choice((b"RDATE", b"EXDATE", b"RDATE;VALUE=DATE", b"RDATE;VALUE=PERIOD"))
    value = chance.choice(VALUES[:9])
    lines.insert(chance.randrange(len(lines)), name + b":" + b",".join([value] * chance.choice((1, 5, 3_000))))


OF_CALENDARS: tuple[Callable[[random.Random, Lines], None], ...] = (
    _nest, _rezone, _uid, _rule, _rule, _property, _property, _property, _many_dates,
)  # fmt: skip


# Tables.


def _cell(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    mark = chance.choice((b",", b";", b"\t"))
    cells = lines[at].split(mark)
    cells[chance.randrange(len(cells))] = chance.choice(CELLS)
    lines[at] = mark.join(cells)


def _column(chance: random.Random, lines: Lines) -> None:
    """Two columns change places, or one is gone or there twice, on all lines or from one on."""
    mark = max((b",", b";", b"\t"), key=lines[0].count)
    one, other = chance.randrange(10), chance.randrange(10)
    how = chance.randrange(3)
    for at in range(chance.choice((0, 0, 1)), len(lines)):
        cells = lines[at].split(mark)
        if max(one, other) < len(cells):
            if how == 0:
                cells[one], cells[other] = cells[other], cells[one]
            elif how == 1:
                del cells[one]
            else:
                cells.insert(other, cells[one])
        lines[at] = mark.join(cells)


def _delimiter(chance: random.Random, lines: Lines) -> None:
    new = chance.choice((b",", b";", b"\t", b"|"))
    for at, line in enumerate(lines):
        lines[at] = re.sub(rb"[,;\t]", new, line)
    if chance.random() < 0.3:
        lines.insert(0, b"sep=" + new)


def _quote(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    place = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:place] + chance.choice((b'"', b'""', b"\\", b"\0")) + lines[at][place:]


OF_TABLES: tuple[Callable[[random.Random, Lines], None], ...] = (_cell, _cell, _cell, _column, _column, _delimiter, _quote)
