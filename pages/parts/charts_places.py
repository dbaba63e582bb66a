"""Where the owner is on which weekday, and on the way between which places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.parts.charts_grid import Cell, grid
from pages.parts.charts_rows import bar, labelled, on_rows
from pages.parts.format import brief, chart_text, count
from pages.parts.ink import Ink

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Way = tuple[str, float, int]
"""Two places in words, hours on the way between them, and how often."""


def presence(
    rows: Sequence[tuple[str, str]], weekdays: Sequence[int], cells: Mapping[tuple[str, int], tuple[float, int, int]], ink: Ink
) -> go.Figure:
    """Hours on an average day: a column a weekday (0 is Monday), a row a place (its name, and what is behind it).

    `cells` maps (place, weekday) to hours on an average day, days there and all such days. A point's `customdata` is the
    places of its column and its row.
    """
    filled = {}
    for row, (name, _) in enumerate(rows):
        for column, weekday in enumerate(weekdays):
            spent, days, of = cells.get((name, weekday), (0.0, 0, 0))
            said = f"{chart_text(name)}: {brief(spent)} on an average {WEEKDAYS[weekday]}, there on {days} of {of}"
            filled[column, row] = Cell(spent, brief(spent), said, opens=spent > 0)
    labels = [labelled(name, behind, "", ink) for name, behind in rows]
    return grid([WEEKDAYS[weekday][:3] for weekday in weekdays], labels, filled, ink)


def ways(rows: Sequence[Way], ink: Ink, *, each: str = " a week") -> go.Figure:
    """Hours on the way between two places, faint and without a role; `each` stands behind an amount."""
    labels = [labelled(name, brief(spent), count(trips, "trip"), ink, width=36) for name, spent, trips in rows]
    data = [
        bar([spent for _, spent, _ in rows], ink.mark, 0.45, "", [name for name, _, _ in rows])
        | {
            "hovertemplate": [
                f"{chart_text(name)}: {brief(spent)}{each}, {count(trips, 'trip')} in these days<extra></extra>"
                for name, spent, trips in rows
            ]
        }
    ]
    return on_rows(data, labels, max((spent for _, spent, _ in rows), default=0.0), ink)
