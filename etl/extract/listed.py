"""The dates that events name one by one: those added to a series (RDATE) and those taken out of it (EXDATE)."""

from dataclasses import dataclass

import numpy as np

from etl.clock import DAY, Ints
from etl.extract import value
from etl.extract.cells import Cells
from etl.extract.events import FIRST, LAST
from etl.model import Note

MOST_DATES = 10_000  # of one event
MOST_LISTED = 300_000  # of all events of a file


class TooMuchError(ValueError):
    """A file asks for more than a practice can have; the text says of what, in words that follow 'this file'."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A time that is named; `lasts`: a length of its own as seconds by the clock or, where these are -1, as days and
    seconds by the stopwatch."""

    wall: int
    clock: int
    lasts: tuple[int, int, int] | None


def listed(cells: Cells, lines: tuple[Ints, Ints], kind: str) -> dict[int, list[Listed]]:
    """The times on these lines (events and places), by event. `kind`: what to call one of them, "date" or "exception"; a
    date outside the years that count is none. Raises TooMuchError."""
    named: list[tuple[int, int, bytes, bytes]] = []  # event, line, its time, the end or length that follows it
    count: dict[int, int] = {}
    for event, place, line in zip(*(each.tolist() for each in lines), cells.lines.text(lines[1]), strict=True):
        head, colon, held = line.rpartition(b":")
        if len(head) > value.LONGEST_HEAD:
            continue
        for one in held.split(b",") if b"," in held else (held,):
            if one.strip():
                count[event] = count.get(event, 0) + 1
            if one.strip() and count[event] <= MOST_DATES:
                first, _, second = one.partition(b"/")
                named.append((event, place, head + colon + first, head + colon + second if second else b""))
        if len(named) > MOST_LISTED:
            raise TooMuchError(f"names more than {MOST_LISTED:,} dates or exceptions to repeating events")
    events, places = (np.array([each[nth] for each in named], int) for nth in (0, 1))
    wall, clock = cells.times(events, places, [time for _, _, time, _ in named])
    ended = np.flatnonzero([bool(second) and not _is_length(second) for _, _, _, second in named])
    ends, on_clock = cells.times(events[ended], places[ended], [named[nth][3] for nth in ended.tolist()])
    end = dict(zip(ended[on_clock >= 0].tolist(), ends[on_clock >= 0].tolist(), strict=True))
    found: dict[int, list[Listed]] = {}
    for nth, (at, on, (event, place, _, second)) in enumerate(zip(wall.tolist(), clock.tolist(), named, strict=True)):
        if on >= 0 and (kind == "exception" or FIRST <= at < LAST):
            lasts = (max(end[nth] - at, 0), 0, 0) if nth in end else _length(second)
            found.setdefault(event, []).append(Listed(at, on, lasts))
        else:
            a = "a date" if kind == "date" else "an exception"
            what = f"{a} of a repeating event cannot be read; it is left out"
            cells.notes.append(Note(int(cells.lines.number[place]), what))
    for event in (event for event, times in count.items() if times > MOST_DATES):
        what = f"an event names more than {MOST_DATES:,} {kind}s; the first are taken"
        cells.notes.append(Note(int(cells.line[event]), what))
    return found


def _is_length(second: bytes) -> bool:
    return b"P" in second.rpartition(b":")[2].upper()


def _length(second: bytes) -> tuple[int, int, int] | None:
    """The length that ends an RDATE of type PERIOD, by days and the stopwatch; None where there is none."""
    if not _is_length(second):
        return None
    try:
        days, elapsed = value.length(value.decode(second).rpartition(":")[2])
    except value.BadTime:
        return None
    return (-1, days, elapsed) if days * DAY + elapsed > 0 else (0, 0, 0)
