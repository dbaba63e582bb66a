"""The weeks of two places on one axis: a place is no role, so the first is a full mark in ink and the second an open one."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.parts.charts_base import Dict
from pages.parts.charts_week import NONE_OFF, Off, Week, ends, frame, off_in_words
from pages.parts.format import begun, chart_text, hours
from pages.parts.ink import Ink


def weeks_of_two(
    weeks: tuple[Sequence[Week], Sequence[Week]],
    names: tuple[str, str],
    top: float,
    ink: Ink,
    grain: str = "week",
    off: Off = NONE_OFF,
) -> go.Figure:
    """Working hours of both, a mark a week or month, on an axis from 0 to `top`; what is not whole is faint and not joined.

    A point's `customdata` is which of the two, and its first day; nothing opens nothing.
    """
    size = 10 if len(weeks[0]) <= 30 else 6
    data: list[Dict] = []
    for which, (name, of_place) in enumerate(zip(names, weeks, strict=True)):
        line = {"color": ink.mark, "width": 2, "dash": "solid" if which == 0 else "dot"}
        marker = {"size": size, "color": ink.mark if which == 0 else ink.paper, "line": {"color": ink.mark, "width": 2}}
        for whole in (True, False):
            shown = [(place, week) for place, week in enumerate(of_place) if week[2] == whole]
            if not shown:
                continue
            part = "" if whole else f", not a whole {grain}"
            called = [("week of " * (grain == "week")) + begun(week[0], grain) + off_in_words(week[0], off) for _, week in shown]
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers" if whole else "markers",
                    "x": [place for place, _ in shown],
                    "y": [week[1] for _, week in shown],
                    "line": line,
                    "marker": marker | ({} if whole else {"opacity": 0.45}),
                    "cliponaxis": False,
                    "customdata": [[which, week[0].isoformat()] if week[1] else None for _, week in shown],
                    "hovertemplate": [
                        f"{chart_text(name)}, {bar}{part}: {hours(week[1])}<extra></extra>"
                        for bar, (_, week) in zip(called, shown, strict=True)
                    ],
                }
            )
    return frame(data, len(weeks[0]), top, ink, ends([week[0] for week in weeks[0]], grain, ink), [])
