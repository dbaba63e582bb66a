"""Pictures of handing over: the weeks of a hand-over, and the week that would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from etl.ledger import LedgerWeek
from pages.parts.charts_base import Dict, figure, words
from pages.parts.format import brief, chart_text, count, day, hours
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, WORDS_ON, WORK, Ink, faded

HEIGHT = 150


def weeks(rows: Sequence[LedgerWeek], ink: Ink, what: str = "interruption") -> go.Figure:
    """Hours a week of what was handed over: before it in ink, after it in the colour of management; a week that is not compared
    is an outline. A level line stands for the weeks before. A point's `customdata` is the first and the last day of its week."""
    blue = ROLE_COLOURS["management"]
    old = [week.hours for week in rows if week.side == "before"]
    top = max((week.hours for week in rows), default=0.0) or 1.0
    colours = [ink.mark if week.number < 0 else blue for week in rows]
    fills = [colour if not week.left_out else "rgba(0,0,0,0)" for colour, week in zip(colours, rows, strict=True)]
    data: list[Dict] = [
        {
            "type": "bar",
            "x": [week.number for week in rows],
            "y": [week.hours for week in rows],
            "width": 0.72,
            "marker": {"color": fills, "line": {"color": colours, "width": [1.5 if week.left_out else 0 for week in rows]}},
            "customdata": [[week.begins.isoformat(), week.ends.isoformat()] for week in rows],
            "hovertemplate": [_hover(week, what) for week in rows],
        },
        {  # a week of nothing is seen as one
            "type": "scatter",
            "mode": "markers",
            "x": [week.number for week in rows if not week.hours],
            "y": [0 for week in rows if not week.hours],
            "marker": {"symbol": "line-ew-open", "size": 12, "color": ink.quiet, "line": {"width": 2}},
            "cliponaxis": False,
            "hovertemplate": [_hover(week, what) for week in rows if not week.hours],
        },
    ]
    shapes: list[Dict] = [
        {"type": "line", "x0": -0.5, "x1": -0.5, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": ink.text, "width": 1.5}}
    ]
    if old:
        mean = sum(old) / len(old)
        line = {"color": ink.quiet, "width": 1.5, "dash": "dot"}
        shapes.append({"type": "line", "x0": -4.5, "x1": rows[-1].number + 0.5, "y0": mean, "y1": mean, "line": line})
    below: Dict = {"yref": "paper", "yanchor": "top", "yshift": -4, "size": 12}
    notes = [
        words("weeks before", -0.65, 0, ink.quiet, xanchor="right", **below),
        words("since", -0.35, 0, ink.quiet, xanchor="left", **below),
        words(
            f"<b>{brief(top)}</b>" if any(week.hours for week in rows) else "",
            -4.5,
            1,
            ink.quiet,
            yref="paper",
            yanchor="bottom",
            size=12,
        ),
    ]
    last = max((week.number for week in rows), default=0)
    return figure(
        ink, HEIGHT, data, x={"range": [-4.6, max(last, 3) + 0.6]}, y={"range": [0, top * 1.04]}, margin=(2, 4, 22, 24),
        notes=notes, shapes=shapes,
    )  # fmt: skip


def _hover(week: LedgerWeek, what: str) -> str:
    left_out = {"": ""}.get(week.left_out, f", not compared: {week.left_out}")
    return f"{day(week.begins)} to {day(week.ends)}: {hours(week.hours)}, {count(week.pulls, what)}{left_out}<extra></extra>"


def week_that_would_be(rows: Sequence[Mapping[str, float | str]], ink: Ink) -> go.Figure:
    """Two rows: the average week as it is, and with the chosen things gone. What surely comes back is open, what may is faint."""
    shown = [row for row in rows if row["role"] in WORK and float(row["hours_a_week"]) > 0]
    low, high = (sum(float(row[f"{side}_freed_a_week"]) for row in rows) for side in ("low", "high"))
    data: list[Dict] = []
    for row in shown:
        role = str(row["role"])
        values = [float(row["hours_a_week"]), float(row["left_a_week"])]
        look = {"color": ROLE_COLOURS[role], "line": {"width": 1.5, "color": ink.paper}}
        data.append(_part(values, look, ROLE_NAMES[role], str(WORDS_ON[role])))
    if high:
        blue = ROLE_COLOURS["management"]
        may = {"color": faded(blue, ink.faint), "line": {"width": 1.5, "color": blue}}
        does = {"color": "rgba(0,0,0,0)", "line": {"width": 2, "color": ink.text}}
        data.append(_part([0, high - low], may, "may come back", ink.text))
        data.append(_part([0, low], does, "comes back to you", ink.text))
    total = sum(float(row["hours_a_week"]) for row in shown)
    labels = [
        f"As it is  <b>{hours(total)}</b>",
        f"As it would be  <b>{hours(total - high)}{f' to {hours(total - low)}' if low < high else ''}</b>",
    ]
    notes = [words(text, 0, row - 0.42, ink.text, xref="paper", yref="y") for row, text in enumerate(labels)]
    return figure(
        ink,
        2 * 64 + 8,
        data,
        x={"range": [0, total or 1.0]},
        y={"range": [1.5, -0.6]},
        margin=(0, 4, 4, 4),
        notes=notes,
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": 13},
    )


def _part(values: Sequence[float], marker: Dict, name: str, words_in: str) -> Dict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [value or None for value in values],  # of nothing, the outline would be drawn
        "y": [0.08, 1.08],
        "width": 0.5,
        "marker": marker,
        "text": [hours(value) if value >= 0.05 else "" for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": words_in, "size": 13},
        "hovertemplate": [f"{chart_text(name)}: {hours(value)} a week<extra></extra>" for value in values],
    }
