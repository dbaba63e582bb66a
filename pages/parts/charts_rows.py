"""Pictures made of rows: a line of words and, under it, a bar on one shared scale. They read the same at any width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.parts.charts_base import BELOW, ROW, Dict, figure, level, row_labels, rows_axis, words, written
from pages.parts.format import between, chart_text, hours, number, percent
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, WORDS_ON, WORK, Ink, faded

BAR = 0.45


@dataclass(frozen=True, slots=True)
class Mix:
    """A place: its hours by role, its share by role of all of them, the hours `together`, and the `n` events they are of."""

    name: str
    hours: Mapping[str, float]
    shares: Mapping[str, float]
    together: float
    n: int


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


def hours_rows(rows: Sequence[tuple[str, float]], ink: Ink, *, each: str = " a week") -> go.Figure:
    """Hours by place, in ink: a place is no role; `each` stands behind an amount. A point's `customdata` is its row."""
    labels = [f"{chart_text(name, 30)}  <b>{hours(value)}</b>" for name, value in rows]
    data = [bar([value for _, value in rows], ink.mark, 0.8, each.strip(), [name for name, _ in rows])]
    return on_rows(data, labels, max((value for _, value in rows), default=0.0), ink)


def managing(rows: Sequence[tuple[str, float, float]], ink: Ink) -> go.Figure:
    """(place, hours a week, share) of management, in its colour. A point's `customdata` is its row."""
    labels = [f"{chart_text(name, 30)}  <b>{hours(value)}</b>, {percent(share)}" for name, value, share in rows]
    data = [bar([value for _, value, _ in rows], ROLE_COLOURS["management"], 1.0, "a week", [name for name, _, _ in rows])]
    return on_rows(data, labels, max((value for _, value, _ in rows), default=0.0), ink)


def splits(rows: Sequence[Mix], ink: Ink, *, each: str = " a week") -> go.Figure:
    """How each place's hours split over the roles, 100 % a row, leadership on the baseline, hours and n beside the name.

    `each` stands behind an amount. A point's `customdata` is its row and role.
    """
    data: list[Dict] = []
    for role in WORK:
        shares = [mix.shares.get(role, 0.0) for mix in rows]
        data.append(
            bar(shares, ROLE_COLOURS[role], 1.0, ROLE_NAMES[role], [mix.name for mix in rows])
            | {
                "customdata": [[row, role] for row in range(len(rows))],
                "text": [percent(share) if share >= 0.005 else "" for share in shares],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "insidetextfont": {"color": WORDS_ON[role], "size": 13},
                "hovertemplate": [
                    f"{chart_text(mix.name)}, {ROLE_NAMES[role]}: {hours(mix.hours.get(role, 0.0))}{each}"
                    f" ({percent(share)} of {hours(mix.together)})<extra></extra>"
                    for mix, share in zip(rows, shares, strict=True)
                ],
                "marker": {"color": ROLE_COLOURS[role], "line": {"width": 1.5, "color": ink.paper}},
            }
        )
    labels = [labelled(mix.name, hours(mix.together), f"n {mix.n}", ink) for mix in rows]
    drawn = on_rows(data, labels, 1.0, ink)
    drawn.update_layout(uniformtext={"mode": "hide", "minsize": 13})
    return drawn


def dots(
    rows: Sequence[tuple[str, float | None]], unit: str, ink: Ink, *, places: int = 1, behind: Sequence[str] = ()
) -> go.Figure:
    """One number a place as a dot on a line from nothing; None is drawn as no dot and a dash. `behind` stands after them.

    A point's `customdata` is its row; nothing opens nothing.
    """
    top = max((value for _, value in rows if value is not None), default=0.0) or 1.0
    labels = [labelled(name, number(value, places), behind[row] if behind else "", ink) for row, (name, value) in enumerate(rows)]
    marks = [(row, value) for row, (_, value) in enumerate(rows) if value is not None]
    data: list[Dict] = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [value for _, value in marks],
            "y": [row + BELOW for row, _ in marks],
            "marker": {"size": 13, "color": ink.mark},
            "cliponaxis": False,
            "customdata": [[row] if value else None for row, value in marks],
            "hovertemplate": [
                f"{chart_text(rows[row][0])}: {number(value, places)} {unit}<extra></extra>" for row, value in marks
            ],
        }
    ]
    shapes = [level(0, value, row + BELOW, {"color": ink.line, "width": 2}) for row, value in marks]
    return on_rows(data, labels, top * 1.06, ink, shapes, low=-top * 0.035)


def labelled(name: str, amount: str, behind: str, ink: Ink, width: int = 30) -> str:
    """A row's line of words, a stranger's name escaped: its name, its number, and quieter what is behind it."""
    return f"{chart_text(name, width)}  <b>{amount}</b>" + (
        f"  <span style='color:{ink.quiet}'>{behind}</span>" if behind else ""
    )


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
        [*data, written(row_labels(labels, ink), low)],
        x={"range": [low, top or 1.0]},
        y=rows_axis(max(len(labels), 1)),
        margin=(0, 8, 4, 4),
        notes=[] if labels else [words("Nothing here", 0, 0, ink.quiet)],
        shapes=shapes,
        barmode="stack",
    )
