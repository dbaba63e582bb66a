"""One content line of a calendar (RFC 5545 3.1): its name, its parameters and its value."""

import binascii
import re
from dataclasses import dataclass

HEAD = re.compile(r'(?:[^":]++|"[^"]*+")*+:')  # possessive, so that a stray quotation mark costs one pass
PARAM = re.compile(r';\s*([A-Za-z0-9-]+)\s*=\s*("[^"]*"|[^";]*)')
LONGEST_HEAD = 4_000


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is that of its first physical line; names of parameters are upper case, quotation marks gone."""

    number: int
    name: str
    params: dict[str, str]
    value: str


def decode(raw: bytes) -> tuple[str, bool]:
    """The text of a line and whether it was UTF-8; what is not is read as Windows' Latin-1, which old exports use."""
    try:
        return raw.decode(), True
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), False


def split(number: int, name: str, text: str) -> Line | None:
    """The parts of a line; None where its parameters cannot be told from its value."""
    head, colon, value = text.partition(":")
    if '"' in head:  # a colon between quotation marks belongs to a parameter
        found = HEAD.match(text)
        end = found.end() if found else 0
        head, colon, value = text[: end - 1], text[end - 1 : end], text[end:]
    if not colon or len(head) > LONGEST_HEAD:
        return None
    params = {}
    if ";" in head:
        params = {key.upper(): held.strip().strip('"') for key, held in PARAM.findall(head)}
        if "QUOTED-PRINTABLE" in head.upper():
            value = _quoted_printable(value, params.get("CHARSET", "utf-8"))
    return Line(number, name, params, value.replace("\0", ""))


def _quoted_printable(value: str, charset: str) -> str:
    """Text as vCalendar 1.0 wrote it."""
    raw = binascii.a2b_qp(value.encode())
    try:
        return raw.decode(charset if charset.lower() in ("utf-8", "iso-8859-1", "windows-1252") else "utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
