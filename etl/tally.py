"""A tally on paper: the sheet to print, and its strokes as interruptions of which length and time of day are estimated."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from html import escape

from etl.model import Interruption, Refused

MOST_STROKES = 200
ROWS, BLANKS = 12, 3
MOST_SIGNS = 32  # of a location's name, above its column
MOST_UPRIGHT = 6
"""Locations that fit beside each other on an upright sheet; more turn it."""
MOST_ACROSS = 20
"""Locations whose names fit above their columns; of more they are turned too."""
_ALL_DAY = ((480, 1080),)
_STYLE = """
@page { size: %s; margin: 12mm; }
* { box-sizing: border-box; }
body { font-family: Arial, Helvetica, sans-serif; color: #000; background: #fff; margin: 0; font-size: 11pt; }
h1 { font-size: 16pt; margin: 0 0 2mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; } p { margin: 0 0 4mm; }
table { border-collapse: collapse; width: 100%%; table-layout: fixed; }
th, td { border: 0.3mm solid #444; padding: 0 2mm; height: %smm; overflow: hidden; text-align: left; font-weight: normal; }
th:first-child, td:first-child { width: 44mm; } thead th { font-weight: bold; font-size: %spt; overflow-wrap: anywhere; }
tbody th { white-space: nowrap; text-overflow: ellipsis; }
"""
_NAMES_TURNED = """
thead th:not(:first-child) { writing-mode: vertical-rl; height: 34mm; padding: 1mm 0; }
"""


def spread(
    day: date,
    strokes: Mapping[tuple[str, str], int],
    spans: Sequence[tuple[int, int]],
    minutes: float,
    until: datetime | None = None,
) -> tuple[Interruption, ...]:
    """The strokes of a day, (location, topic) → how many, each `minutes` long.

    A tally does not say when: they lie evenly over the working hours (`spans`, first and end minute of the day; from 8:00 to
    18:00 where it has none, up to `until` on the practice's clock), one cell after the other, no two begun in the same minute.
    Raises Refused for a day to come, no strokes or too many.
    """
    total = sum(strokes.values())
    if not total or min(strokes.values()) < 0:
        raise Refused("Tally", "there is no stroke in it", "Write how many strokes each field has")
    if total > MOST_STROKES:
        raise Refused("Tally", f"it has more than {MOST_STROKES} strokes for one day", "Correct the numbers")
    free = [minute for first, end in (spans or _ALL_DAY) for minute in range(first, end)]
    if until is not None:
        if day > until.date():
            raise Refused("Tally", "that day is still to come", "Choose the day that you tallied")
        if day == until.date():
            now = until.hour * 60 + until.minute
            free = [minute for minute in free if minute < now] or list(range(now))
    if total > len(free):
        free = list(range(free[-1] + 1 if free else 24 * 60))
    if total > len(free):
        raise Refused("Tally", "the day has had too few minutes for so many strokes", "Choose the day that you tallied")
    cells = [cell for turn in range(max(strokes.values())) for cell, count in strokes.items() if turn < count]
    return tuple(
        Interruption(
            started_at=datetime.combine(day, time()) + timedelta(minutes=free[(2 * nth + 1) * len(free) // (2 * total)]),
            minutes=minutes,
            about=location,
            topic=topic,
            via="tally",
            estimated=True,
        )
        for nth, (location, topic) in enumerate(cells)
    )


def sheet(practice: str, locations: Sequence[str], topics: Sequence[str], paper: str, usual_minutes: float) -> str:
    """One page to print, as HTML of its own: a column a location, a row a usual topic and some blank ones; `paper` is "A4" or
    "Letter". Every text in it is escaped."""
    places = list(locations) or ["Practice"]
    turned = len(places) > MOST_UPRIGHT
    size = {"A4": "A4", "Letter": "letter"}[paper] + (" landscape" if turned else "")
    head = "".join(f"<th>{escape(name[:MOST_SIGNS])}</th>" for name in ("Asked about", *places))
    names = [*topics[:ROWS], *[""] * BLANKS]
    rows = "".join(f"<tr><th>{escape(name)}</th>{'<td></td>' * len(places)}</tr>" for name in names)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tally of interruptions</title>'
        f"<style>{_STYLE % (size, *((8.5, 7) if turned else (13, 10)))}{_NAMES_TURNED * (len(places) > MOST_ACROSS)}</style>"
        "</head><body>"
        f"<h1>Who interrupted you?{f' {escape(practice)}' if practice else ''}</h1>"
        f"<p>Day: ______________ &nbsp; One stroke for each interruption, about {usual_minutes:g} minutes long.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></body></html>\n"
    )
