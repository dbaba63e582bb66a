"""The values of calendar properties (RFC 5545 3.3): content lines in, numbers and texts out, many at a time."""

import binascii
import re

import numpy as np

from etl.clock import DAY, Ints

DAY_FORM, LOCAL_FORM, UTC_FORM = 0, 1, 2
"""20260105, 20260105T090000, 20260105T090000Z."""
HEAD = re.compile(r'(?:[^":]++|"[^"]*+")*+:')  # possessive, so that a stray quotation mark costs one pass
PARAM = re.compile(r';\s*([A-Za-z0-9-]+)\s*=\s*("[^"]*"|[^";]*)')
LENGTH = re.compile(r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?")
ESCAPED = re.compile(r"\\([\\;,nN])")
LONGEST_HEAD = 4_000


class BadTime(ValueError):  # noqa: N818 - named for what it is told about
    """A text that is no time, or no length."""


def moments(values: list[bytes]) -> tuple[Ints, Ints]:
    """DATE and DATE-TIME values as wall-clock seconds and their forms. Raises BadTime where one is neither."""
    walls, forms = try_moments(values)
    if (forms < 0).any():
        raise BadTime
    return walls, forms


def try_moments(values: list[bytes]) -> tuple[Ints, Ints]:
    """The same; the form of what is neither is -1."""
    cells = np.array(values, "S24").view("<u8").reshape(len(values), 3)  # a longer one fills the last word
    walls, forms = moments_in(cells[:, 0], cells[:, 1])
    return walls, np.where(cells[:, 2] == 0, forms, -1)


def moments_in(date: Ints, clock: Ints) -> tuple[Ints, Ints]:
    """The same of values that lie in two words of eight bytes, the rest of them 0. All digits are read at once."""
    day, day_sound = _eight_digits(date)
    time, time_sound = _eight_digits((clock >> np.uint64(8) & np.uint64(0xFFFFFFFFFFFF)) | np.uint64(0x3030 << 48))
    mark = clock >> np.uint64(56)
    forms = np.where(mark == 0, LOCAL_FORM, np.where(mark == ord("Z"), UTC_FORM, -1))
    if (dates := clock == 0).any():
        forms[dates], time[dates] = DAY_FORM, 0
    time //= 100
    hour, minute, second = time // 10_000, time // 100 % 100, time % 100
    year, month, of_month = day // 10_000, day // 100 % 100, day % 100
    first = ((year - 1970) * 12 + month - 1).astype("M8[M]")
    days_in = (first + 1).astype("M8[D]") - first.astype("M8[D]")
    sound = day_sound & (year > 0) & (month > 0) & (month < 13)
    sound &= (of_month > 0) & (of_month <= days_in.astype(np.int64))
    sound &= (forms == DAY_FORM) | (
        time_sound & (clock & np.uint64(0xFF) == ord("T")) & (hour < 24) & (minute < 60) & (second < 60)
    )
    walls = (first.astype("M8[D]").astype(np.int64) + of_month - 1) * DAY + hour * 3600 + minute * 60 + second
    return walls, np.where(sound, forms, -1)


def _eight_digits(word: Ints) -> tuple[Ints, Ints]:
    """Eight ASCII digits in a word as the number they are, and whether they are digits."""
    high, six = np.uint64(0xF0F0F0F0F0F0F0F0), np.uint64(0x0606060606060606)
    zeros = np.uint64(0x3030303030303030)
    sound = ((word & high) == zeros) & (((word + six) & high) == zeros)
    word = ((word & np.uint64(0x0F0F0F0F0F0F0F0F)) * np.uint64(2561)) >> np.uint64(8)
    word = ((word & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601)) >> np.uint64(16)
    word = ((word & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
    return word.astype(np.int64), sound


def length(text: str) -> tuple[int, int]:
    """A DURATION (RFC 5545 3.3.6): whole days by the calendar, then seconds by the stopwatch. Raises BadTime."""
    found = LENGTH.fullmatch(text.strip().upper())
    if not found or not any(found.groups()[1:]):
        raise BadTime
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    return sign * (weeks * 7 + days), sign * (hours * 3600 + minutes * 60 + seconds)


def offset(text: str) -> int:
    """A UTC-OFFSET in seconds. Raises BadTime."""
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text.strip())
    if not found:
        raise BadTime
    ahead = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
    return -ahead if found[1] == "-" else ahead


def decode(raw: bytes) -> str:
    """Text, of which what is not UTF-8 is read as Windows' Latin-1, which old exports use."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8 text."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def split(line: bytes) -> tuple[dict[str, str], str] | None:
    """The parameters (names in upper case) and the value of a content line; None where they cannot be told apart."""
    text = decode(line)
    head, colon, value = text.partition(":")
    if '"' in head:  # a colon between quotation marks belongs to a parameter
        found = HEAD.match(text)
        end = found.end() if found else 0
        head, colon, value = text[: end - 1], text[end - 1 : end], text[end:]
    if not colon or len(head) > LONGEST_HEAD:
        return None
    params = {key.upper(): held.strip().strip('"') for key, held in PARAM.findall(head)} if ";" in head else {}
    if "QUOTED-PRINTABLE" in head.upper():  # vCalendar 1.0
        value = decode(binascii.a2b_qp(value.encode()))
    return params, value.replace("\0", "")


def text_of(value: str) -> str:
    """A TEXT without its escapes."""
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def texts_of(value: str) -> tuple[str, ...]:
    """The TEXTs of a list, blank ones left out."""
    return tuple(text for one in re.split(r"(?<!\\),", value) if (text := text_of(one)))
