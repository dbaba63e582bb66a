"""Pictures made of rows: a line of words and, under it, a bar on one shared scale. They read the same at any width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.parts.charts_base import BELOW, ROW, Dict, figure, level, row_labels, rows_axis, words
from pages.parts.format import between, chart_text, hours, number, percent
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, WORDS_ON, WORK, Ink, faded

BAR = 0.45
Mix = tuple[str, Mapping[str, float], Mapping[str, float]]
"""A place, its hours a week by role, and its share by role of its working hours."""


def ranges(rows: Sequence[tuple[str, float, float]], ink: Ink) -> go.Figure:
    """What could be handed over: (topic, at least, at most) in hours a week, sure part full, the rest faint.

    A point's `customdata` is its row, and "yes" (the team could) or "not known".
    """
    labels = [f"{chart_text(topic, 36)}  <b>{between(low, high)}</b>" for topic, low, high in rows]
    blue = ROLE_COLOURS["management"]
    data = [
        bar([low for _, low, _ in rows], blue, 1.0, "the team could", [row[0] for row in rows])
        | {"customdata": [[row, "yes"] for row in range(len(rows))]},
        bar([high - low for _, low, high in rows], blue, 1.0, "not known", [row[0] for row in rows])
        | {
            "marker": {"color": faded(blue, ink.faint), "line": {"width": 1.5, "color": blue}},
            "customdata": [[row, "not known"] for row in range(len(rows))],
        },
    ]
    return on_rows(data, labels, max((high for _, _, high in rows), default=0.0), ink)


def hours_rows(rows: Sequence[tuple[str, float]], ink: Ink) -> go.Figure:
    """Hours a week by place, in ink: a place is no role. A point's `customdata` is its row."""
    labels = [f"{chart_text(name, 30)}  <b>{hours(value)}</b>" for name, value in rows]
    data = [bar([value for _, value in rows], ink.mark, 0.8, "a week", [name for name, _ in rows])]
    return on_rows(data, labels, max((value for _, value in rows), default=0.0), ink)


def splits(rows: Sequence[Mix], ink: Ink) -> go.Figure:
    """How each place's hours split over the roles, 100 % a row, leadership on the baseline.

    A point's `customdata` is its row and role.
    """
    data: list[Dict] = []
    for role in WORK:
        shares = [of_row.get(role, 0.0) for _, _, of_row in rows]
        data.append(
            bar(shares, ROLE_COLOURS[role], 1.0, ROLE_NAMES[role], [name for name, _, _ in rows])
            | {
                "customdata": [[row, role] for row in range(len(rows))],
                "text": [percent(share) if share >= 0.005 else "" for share in shares],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "insidetextfont": {"color": WORDS_ON[role], "size": 13},
                "hovertemplate": [
                    f"{chart_text(name)}, {ROLE_NAMES[role]}: {hours(values.get(role, 0.0))} a week"
                    f" ({percent(share)})<extra></extra>"
                    for (name, values, _), share in zip(rows, shares, strict=True)
                ],
                "marker": {"color": ROLE_COLOURS[role], "line": {"width": 1.5, "color": ink.paper}},
            }
        )
    labels = [chart_text(name, 30) for name, _, _ in rows]
    drawn = on_rows(data, labels, 1.0, ink)
    drawn.update_layout(uniformtext={"mode": "hide", "minsize": 13})
    return drawn


def dots(rows: Sequence[tuple[str, float | None]], unit: str, ink: Ink, *, places: int = 1) -> go.Figure:
    """One number a place as a dot on a line from nothing; None is drawn as no dot and a dash.

    A point's `customdata` is its row.
    """
    top = max((value for _, value in rows if value is not None), default=0.0) or 1.0
    labels = [f"{chart_text(name, 30)}  <b>{number(value, places)}</b>" for name, value in rows]
    marks = [(row, value) for row, (_, value) in enumerate(rows) if value is not None]
    data: list[Dict] = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [value for _, value in marks],
            "y": [row + BELOW for row, _ in marks],
            "marker": {"size": 13, "color": ink.mark},
            "cliponaxis": False,
            "customdata": [[row] for row, _ in marks],
            "hovertemplate": [
                f"{chart_text(rows[row][0])}: {number(value, places)} {unit}<extra></extra>" for row, value in marks
            ],
        }
    ]
    shapes = [level(0, value, row + BELOW, {"color": ink.line, "width": 2}) for row, value in marks]
    return on_rows(data, labels, top * 1.06, ink, shapes, low=-top * 0.035)


def bar(values: Sequence[float], colour: str, strength: float, what: str, names: Sequence[str]) -> Dict:
    """A series of level bars, one a row; a point's `customdata` is its row."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(values),
        "y": [row + BELOW for row in range(len(values))],
        "width": BAR,
        "marker": {"color": colour, "opacity": strength, "line": {"width": 0}},
        "customdata": [[row] for row in range(len(values))],
        "hovertemplate": [
            f"{chart_text(name)}: {hours(value)} {what}<extra></extra>" for name, value in zip(names, values, strict=True)
        ],
    }


def on_rows(
    data: list[Dict], labels: Sequence[str], top: float, ink: Ink, shapes: Sequence[Dict] = (), low: float = 0.0
) -> go.Figure:
    """A figure of rows on one scale from `low` to `top`; `labels` are escaped already."""
    return figure(
        ink,
        ROW * max(len(labels), 1) + 8,
        data,
        x={"range": [low, top or 1.0]},
        y=rows_axis(max(len(labels), 1)),
        margin=(0, 8, 4, 4),
        notes=row_labels(labels, ink) or [words("Nothing here", 0, 0, ink.quiet)],
        shapes=shapes,
        barmode="stack",
    )
