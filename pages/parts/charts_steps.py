"""The waterfall: from all hours in the calendars, step by step, to the counted ones."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.parts.charts_base import BELOW, ROW, Dict, figure, row_labels, rows_axis, words
from pages.parts.format import chart_text, hours
from pages.parts.ink import Ink, faded

BAR = 0.42


def steps(rows: Sequence[tuple[str, float]], ink: Ink, clickable: Sequence[str] = (), chosen: str | None = None) -> go.Figure:
    """The first row whole, each next one takes away or adds where the one before it ended, the last stays.

    `rows` are (words, signed hours). Full ink stands, an open bar is taken off, a hatched one is added. `chosen` is marked;
    a point's `customdata` is the words of its row.
    """
    last = len(rows) - 1
    bases, lengths, ends, reached = [], [], [], 0.0
    for place, (_, value) in enumerate(rows):
        if place in (0, last):
            reached = value
            bases.append(0.0)
        else:
            bases.append(min(reached, reached + value))
            reached += value
        lengths.append(abs(value))
        ends.append(reached)
    names = [chart_text(name, 60) for name, _ in rows]
    labels = [
        f"{name}  <b>{_signed(value, place in (0, last))}</b>{'  ← listed below' if rows[place][0] == chosen else ''}"
        for place, (name, (_, value)) in enumerate(zip(names, rows, strict=True))
    ]
    colours = [
        ink.mark if place in (0, last) else faded(ink.mark, 0.55 if row[0] == chosen else 0.22) for place, row in enumerate(rows)
    ]
    data: list[Dict] = [
        {
            "type": "bar",
            "orientation": "h",
            "x": lengths,
            "base": bases,
            "y": [row + BELOW for row in range(len(rows))],
            "width": BAR,
            "marker": {
                "color": colours,
                "line": {"width": 1.5, "color": ink.mark},
                "pattern": {
                    "shape": ["/" if 0 < place < last and row[1] > 0 else "" for place, row in enumerate(rows)],
                    "fgcolor": ink.mark,
                    "fillmode": "overlay",
                    "size": 6,
                },
            },
            "customdata": [name for name, _ in rows],
            "hovertemplate": [
                f"{name}: {_signed(row[1], place in (0, last))}"
                f"{', click for the events' if row[0] in clickable else ''}<extra></extra>"
                for place, (name, row) in enumerate(zip(names, rows, strict=True))
            ],
            # The list below says what is chosen: a click must not fade the other bars.
            "selected": {"marker": {"opacity": 1}},
            "unselected": {"marker": {"opacity": 1}},
        }
    ]
    half = BAR / 2
    joints = [
        {
            "type": "line",
            "x0": ends[place],
            "x1": ends[place],
            "y0": place + BELOW + half,
            "y1": place + 1 + BELOW - half,
            "line": {"color": ink.line, "width": 1},
            "layer": "below",
        }
        for place in range(last)
    ]
    return figure(
        ink,
        ROW * max(len(rows), 1) + 8,
        data,
        x={"range": [0, max((base + length for base, length in zip(bases, lengths, strict=True)), default=0.0) or 1.0]},
        y=rows_axis(max(len(rows), 1)),
        margin=(2, 8, 4, 4),
        notes=row_labels(labels, ink, bgcolor=ink.paper) or [words("Nothing here", 0, 0, ink.quiet)],
        shapes=joints,
    )


def _signed(value: float, stands: bool) -> str:
    """`207 h` for what stands, `−12 h` for what is taken off, `+1 h` for what is added."""
    return hours(value) if stands or value <= 0 else f"+{hours(value)}"
