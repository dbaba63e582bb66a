"""Pictures of waiting and of what runs without the owner: a row each, marks on one scale, values written at the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.parts.charts_base import BELOW, Dict, level
from pages.parts.charts_rows import on_rows
from pages.parts.format import brief, chart_text, count, exact, percent
from pages.parts.ink import Ink, faded

SIZE = 12


@dataclass(frozen=True, slots=True)
class Wait:
    """How long some waited, in minutes; `thin` where they are too few to say much."""

    name: str
    median: float
    ninetieth: float
    answered: int
    thin: bool


def waits(rows: Sequence[Wait], top: float, ink: Ink) -> go.Figure:
    """The median of each row as a full mark, the 90th percentile as an open one, from 0 to `top` minutes.

    Rows with few are faint, without the second mark. A point's `customdata` is its row.
    """
    labels = [
        f"{chart_text(row.name, 24)}  <b>{_time(row.median)}</b>  <span style='color:{ink.quiet}'>"
        + (f"of {row.answered}, few" if row.thin else f"9 in 10: {_time(row.ninetieth)}, of {row.answered}")
        + "</span>"
        for row in rows
    ]
    return _two_marks(
        labels,
        [(row.median, None if row.thin else row.ninetieth, ink.faint if row.thin else 1.0) for row in rows],
        [
            (
                f"{chart_text(row.name)}: half had their answer within {_time(row.median)}",
                f"{chart_text(row.name)}: nine of ten had it within {_time(row.ninetieth)}",
            )
            for row in rows
        ],
        top,
        ink,
    )


def runs(rows: Sequence[tuple[str, float | None, float | None]], ink: Ink) -> go.Figure:
    """The longest run of each location in hours as a full mark, the best so far as an open one: (name, longest, best).

    A point's `customdata` is its row.
    """
    labels = [
        f"{chart_text(name, 30)}  <b>{brief(longest)}</b>  <span style='color:{ink.quiet}'>"
        + ("the best so far" if brief(longest) == brief(best) else f"best so far {brief(best)}")
        + "</span>"
        for name, longest, best in rows
    ]
    return _two_marks(
        labels,
        [(longest, best, 1.0) for _, longest, best in rows],
        [
            (
                f"{chart_text(name)}: {exact(longest)} of open hours in these days",
                f"{chart_text(name)}: best so far {exact(best)}",
            )
            for name, longest, best in rows
        ],
        max((each or 0.0 for row in rows for each in row[1:]), default=0.0),
        ink,
    )


def shares(rows: Sequence[tuple[str, float | None, int]], ink: Ink) -> go.Figure:
    """The share of each location's days, from nothing to all of them: (name, share, days it is of).

    A point's `customdata` is its row.
    """
    labels = [
        f"{chart_text(name, 30)}  <b>{percent(share)}</b>  <span style='color:{ink.quiet}'>of {count(days, 'day')}</span>"
        for name, share, days in rows
    ]
    said = [(f"{chart_text(name)}: {percent(share)} of {count(days, 'open day')}", "") for name, share, days in rows]
    return _two_marks(labels, [(share, None, 1.0) for _, share, _ in rows], said, 1.0, ink)


def _two_marks(
    labels: Sequence[str],
    marks: Sequence[tuple[float | None, float | None, float]],
    said: Sequence[tuple[str, str]],
    top: float,
    ink: Ink,
) -> go.Figure:
    """Rows of a full and an open mark, each with its strength, on a line from 0 to `top`."""
    top = top or 1.0
    data: list[Dict] = []
    for which in (1, 0):
        shown = [(row, value, mark[2]) for row, mark in enumerate(marks) if (value := mark[which]) is not None]
        colours = [ink.paper if which else faded(ink.mark, strong) for _, _, strong in shown]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [value for _, value, _ in shown],
                "y": [row + BELOW for row, _, _ in shown],
                "marker": {"size": SIZE, "color": colours, "line": {"color": ink.mark, "width": 2}},
                "cliponaxis": False,
                "customdata": [[row] for row, _, _ in shown],
                "hovertemplate": [f"{said[row][which]}<extra></extra>" for row, _, _ in shown],
            }
        )
    shapes = [level(0, top, row + BELOW, {"color": ink.line, "width": 1}) for row in range(len(marks))]
    shapes += [
        level(0, max(one or 0.0, other or 0.0), row + BELOW, {"color": ink.mark, "width": 2})
        for row, (one, other, _) in enumerate(marks)
        if one or other
    ]
    return on_rows(data, labels, top * 1.04, ink, shapes, low=-top * 0.03)


def _time(minutes: float) -> str:
    return brief(minutes / 60)
