"""The days of the log: which have entries, and where the gaps are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from pages.parts.charts_base import Dict, figure, words
from pages.parts.format import count, day
from pages.parts.ink import Ink

HEIGHT = 58


def days(rows: Sequence[Mapping[str, Any]], ink: Ink) -> go.Figure:
    """A mark a working day: a bar as high as its interruptions are many, an open ring where there is no entry.

    `rows` are those of the mart log_days.
    """
    worked = [row for row in rows if row["working"]]
    most = max((row["pulls"] for row in worked), default=0) or 1
    kept, missed = ([row for row in worked if bool(row["pulls"]) is logged] for logged in (True, False))
    data: list[Dict] = [
        {
            "type": "bar",
            "x": [row["day"] for row in kept],
            "y": [row["pulls"] for row in kept],
            "width": 0.8 * 86_400_000,
            "marker": {"color": ink.mark},
            "hovertemplate": [f"{day(row['day'])}: {count(row['pulls'], 'interruption')}<extra></extra>" for row in kept],
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [row["day"] for row in missed],
            "y": [most * 0.12] * len(missed),
            "marker": {"symbol": "circle-open", "size": 7, "color": ink.quiet, "line": {"width": 1.5}},
            "cliponaxis": False,
            "hovertemplate": [f"{day(row['day'])}: no entry<extra></extra>" for row in missed],
        },
    ]
    notes = []
    if worked:
        ends = [(worked[0]["day"], "left")] + ([(worked[-1]["day"], "right")] if len(worked) > 1 else [])
        over_years = worked[0]["day"].year != worked[-1]["day"].year
        notes = [
            words(day(when, year=over_years), when, 0, ink.quiet, xanchor=side, yanchor="top", size=12, yshift=-3)
            for when, side in ends
        ]
    return figure(ink, HEIGHT + 24, data, y={"range": [0, most * 1.05]}, margin=(6, 6, 4, 22), notes=notes)
