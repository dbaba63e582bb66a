"""A week to come, a row a day: its working hours, what is there already, and the hours to put aside to lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from etl.free_time import Span, Stretch
from etl.planned import Taken
from pages.parts.charts_base import Dict, figure, words
from pages.parts.format import clock, day, full_hour
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, Ink, faded

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ROW = 38
"""Height of a day, in pixels."""
BAR = 0.46


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar of one day, in minutes of its local clock; `kind` is 'there', 'aside' or 'proposed', `says` is for Plotly."""

    day: date
    begins: float
    ends: float
    kind: str
    colour: str
    says: str


def marks(
    taken: Iterable[Taken], aside: Iterable[Stretch], proposed: Iterable[Stretch], zone: ZoneInfo, week: date
) -> Iterator[Mark]:
    """What is to be drawn of one week from its first day on; what reaches over midnight is a bar on each of its days.

    What is put aside already is drawn as such, be it in an export by now or not.
    """
    put = list(aside)
    for each in taken:
        if each.what != "block" and not any(each.meets(other) for other in put):
            colour = ROLE_COLOURS.get(each.role, ROLE_COLOURS["unclassified"])
            said = "day off" if each.what == "day off" else ROLE_NAMES.get(each.role, each.role).lower()
            yield from _bars(each, "there", colour, said, zone, week)
    for block in put:
        yield from _bars(block, "aside", ROLE_COLOURS["leadership"], "put aside to lead", zone, week)
    for block in proposed:
        yield from _bars(block, "proposed", ROLE_COLOURS["leadership"], "proposed", zone, week)


def week_ahead(found: Sequence[Mark], spans: Sequence[Span], week: date, ink: Ink) -> go.Figure:
    """A row a day that has working hours or a mark, from the first hour to the last; free working time is the pale band."""
    days = [each for each in (week + timedelta(nth) for nth in range(7)) if _is_drawn(each, found, spans)]
    rows = {each: row for row, each in enumerate(days)}
    reach: list[float] = [minute for _, begins, ends in spans for minute in (begins, ends)]
    reach += [minute for each in found if each.kind != "there" for minute in (each.begins, each.ends)]
    first, last = min(reach, default=480) // 60, -(-max(reach, default=1080) // 60)
    here = [each for each in found if each.day in rows and each.ends > first * 60 and each.begins < last * 60]
    band = [(rows[each], begins, ends) for each in days for weekday, begins, ends in spans if weekday == each.weekday()]
    data: list[Dict] = [
        {
            "type": "bar", "orientation": "h", "hoverinfo": "skip", "width": BAR, "marker": {"color": ink.heat[0]},
            "base": [begins / 60 for _, begins, _ in band], "x": [(ends - begins) / 60 for _, begins, ends in band],
            "y": [row for row, _, _ in band],
        }
    ]  # fmt: skip
    for kind in ("there", "aside", "proposed"):
        shown = [(each, max(each.begins, first * 60), min(each.ends, last * 60)) for each in here if each.kind == kind]
        if shown:
            data.append(
                {
                    "type": "bar", "orientation": "h", "width": BAR,
                    "base": [begins / 60 for _, begins, _ in shown],
                    "x": [(ends - begins) / 60 for _, begins, ends in shown],
                    "y": [rows[each.day] for each, _, _ in shown],
                    "marker": {
                        "color": [_fill(each, ink) for each, _, _ in shown],
                        "line": {"color": [each.colour for each, _, _ in shown], "width": 2.5 if kind == "proposed" else 1},
                    },
                    "hovertemplate": [f"{each.says}<extra></extra>" for each, _, _ in shown],
                }
            )  # fmt: skip
    ticks = [hour for hour in range(int(first), int(last) + 1) if hour % 3 == 0]
    above: Dict = {"yref": "paper", "yanchor": "bottom", "xanchor": "center", "size": 12}
    notes = [words(full_hour(hour), hour, 1, ink.quiet, **above) for hour in ticks]
    notes += [
        words(f"{WEEKDAYS[each.weekday()]} {day(each, year=False)}", 0, row, ink.text, xref="paper", xshift=-82, size=13)
        for each, row in rows.items()
    ]
    lines: list[Dict] = [
        {"type": "line", "x0": hour, "x1": hour, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": ink.line, "width": 1},
         "layer": "below"}
        for hour in ticks
    ]  # fmt: skip
    count = max(len(days), 1)
    return figure(
        ink, ROW * count + 30, data, x={"range": [first, max(last, first + 1)]}, y={"range": [count - 0.5, -0.5]},
        margin=(84, 16, 22, 2), notes=notes, shapes=lines, barmode="overlay",
    )  # fmt: skip


def _fill(mark: Mark, ink: Ink) -> str:
    return {"there": faded(mark.colour, ink.faint), "aside": mark.colour, "proposed": ink.paper}[mark.kind]


def _is_drawn(on: date, found: Sequence[Mark], spans: Sequence[Span]) -> bool:
    works = any(weekday == on.weekday() for weekday, _, _ in spans)
    return works or any(each.day == on and each.kind != "there" for each in found)


def _bars(stretch: Stretch, kind: str, colour: str, said: str, zone: ZoneInfo, week: date) -> Iterator[Mark]:
    begins, ends = (at.astimezone(zone).replace(tzinfo=None) for at in (stretch.starts_at, stretch.ends_at))
    says = f"{clock(begins)} to {clock(ends)}, {said}"
    for nth in range(max((begins.date() - week).days, 0), min((ends.date() - week).days + 1, 7)):
        on = week + timedelta(nth)
        from_minute = begins.hour * 60 + begins.minute if begins.date() == on else 0
        to_minute = ends.hour * 60 + ends.minute if ends.date() == on else 1440
        if to_minute > from_minute:
            yield Mark(on, from_minute, to_minute, kind, colour, says)


def in_words(block: Stretch, zone: ZoneInfo) -> str:
    """`Tue 1 Dec 08:00 to 09:30`."""
    begins, ends = (at.astimezone(zone) for at in (block.starts_at, block.ends_at))
    return f"{WEEKDAYS[begins.weekday()]} {day(begins.date(), year=False)} {clock(begins)} to {clock(ends)}"
