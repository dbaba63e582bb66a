"""Leadership blocks as a calendar file (.ics) that Google, Outlook and Apple take; written with the `ics` package."""

from collections.abc import Iterable
from datetime import UTC, datetime

from etl.blocks import Block

TITLE = "Leadership time"
"""Every block is called so, whatever its owner adds: the built-in word list knows it again by these words."""
NAME = "leadership-time.ics"
_MOST = 100  # characters that the owner may add
_FOLD = 75  # bytes of a line, RFC 5545 3.1


def title_of(about: str = "") -> str:
    """`Leadership time`, or with what the owner adds: `Leadership time: hiring plan`."""
    added = " ".join("".join(mark if mark.isprintable() else " " for mark in about).split())[:_MOST].strip()
    return f"{TITLE}: {added}" if added else TITLE


def block_id(block: Block, made_at: datetime) -> str:
    """A block's mark: when it is, how long, and the day it was made, so that the same one made again has the same."""
    return f"{block.starts_at:%Y%m%dT%H%M%SZ}-{block.minutes:.0f}-{made_at.astimezone(UTC):%Y%m%d}"


def uid_of(mark: str) -> str:
    """The UID of the event that stands for a block."""
    return f"{mark}@owner-time"


def written(blocks: Iterable[tuple[str, Block]], about: str, made_at: datetime) -> bytes:
    """The file of blocks with their marks: busy, in UTC, with lines folded and ended as the standard wants them."""
    from ics import Calendar, Event  # only here: the command line starts faster without it
    from ics.grammar.parse import ContentLine

    calendar = Calendar(creator="-//Owner Time//leadership blocks//EN")
    calendar.scale = "gregorian"
    calendar.events = [  # the package keeps them in a set, whose order is by chance
        Event(
            name=title_of(about),
            begin=block.starts_at,
            end=block.ends_at,
            uid=uid_of(mark),
            created=made_at,
            status="CONFIRMED",
            transparent=False,
        )
        for mark, block in blocks
    ]
    for event in calendar.events:
        event.extra.append(ContentLine("X-MICROSOFT-CDO-BUSYSTATUS", value="BUSY"))
    lines = calendar.serialize().split("\r\n")
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    """A line with its end, in pieces of at most _FOLD bytes that split no character."""
    pieces = []
    while len(line) > _FOLD:
        at = _FOLD
        while line[at] & 0xC0 == 0x80:  # within a character
            at -= 1
        pieces.append(line[:at])
        line = b" " + line[at:]
    return b"\r\n".join([*pieces, line]) + b"\r\n"
