"""The morning of the Help page: what calendar and log say, and below it how it is counted."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from etl.example import Morning, Stretch
from pages.parts.charts_base import Dict, figure, row_labels, rows_axis, words
from pages.parts.format import chart_text, clock_of, count, full_hour
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, Ink, faded

ROW = 58
"""Height of a row, in pixels."""
COUNTED = "Counted: every minute once"


def morning(of: Morning, ink: Ink) -> go.Figure:
    """A row for each event and interruption, faint, and the counted stretches below them in full colour, on one clock."""
    laid = [*of.layer("calendar"), *of.layer("log")]
    counted = of.layer("counted")
    rows: list[tuple[str, Sequence[Stretch]]] = [(label(each), [each]) for each in laid]
    rows.append((COUNTED, counted))
    data = [_bars(parts, row, faint=row < len(laid)) for row, (_, parts) in enumerate(rows)]
    first, last = min(each.starts_minute for each in counted), max(each.ends_minute for each in counted)
    edges = sorted({each.starts_minute for each in counted} | {last})
    shapes: list[Dict] = [
        {"type": "line", "x0": edge, "x1": edge, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": ink.line, "width": 1},
         "layer": "below"}
        for edge in edges
    ]  # fmt: skip
    hours = list(range(int(first) // 60, int(last) // 60 + 1))
    notes = [
        words(
            full_hour(hour), hour * 60, 1, ink.quiet, yref="paper", yanchor="bottom", size=12,
            xanchor={hours[0]: "left", hours[-1]: "right"}.get(hour, "center"),  # at the edges, half of it would be cut off
        )
        for hour in hours
    ]  # fmt: skip
    return figure(
        ink, ROW * len(rows) + 24, data, x={"range": [first, last]}, y=rows_axis(len(rows)), margin=(2, 2, 22, 2),
        notes=[*notes, *row_labels([name for name, _ in rows], ink, bgcolor=ink.paper)], shapes=shapes, barmode="overlay",
    )  # fmt: skip


def label(laid: Stretch) -> str:
    """`Calendar: Surgery list, North`, `Log: 6 minutes about Riverside`, for Plotly."""
    if laid.layer == "log":
        return f"Log: {count(laid.ends_minute - laid.starts_minute, 'minute')} about {chart_text(laid.location)}"
    return f"Calendar: {chart_text(laid.name)}, {chart_text(laid.location)}"


def _bars(parts: Sequence[Stretch], row: int, *, faint: bool) -> Dict:
    colours = [ROLE_COLOURS[each.role] for each in parts]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [each.starts_minute for each in parts],
        "x": [each.ends_minute - each.starts_minute for each in parts],
        "y": [row + 0.14 for _ in parts],
        "width": 0.34,
        "marker": {
            "color": [faded(colour, 0.55) for colour in colours] if faint else colours,
            "line": {"width": 0},
            "pattern": {"shape": ["/" if each.taken_from else "" for each in parts], "fgcolor": "#FFFFFF", "size": 5},
        },
        "hovertemplate": [
            f"{clock_of(each.starts_minute)} to {clock_of(each.ends_minute)}, {ROLE_NAMES[each.role].lower()}, "
            f"{chart_text(each.location)}<extra></extra>"
            for each in parts
        ],
    }
