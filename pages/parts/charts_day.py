"""Days as ribbons along the clock, and what became of the hours put aside for leadership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from pages.parts.charts_base import OWN_WORDS, Dict, figure, words, written
from pages.parts.format import brief, chart_text, clock_of, full_hour, hours
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, WORDS_ON, Ink

ROW = 62
"""Height of a day, in pixels: its words stand nearer to its own ribbon than to the one above."""
RIBBON = 0.31
Stretch = Mapping[str, Any]


def ribbons(days: Sequence[tuple[str, Sequence[Stretch]]], ink: Ink, row: int = ROW, told: Sequence[str] = ()) -> go.Figure:
    """A row a day: (what it is called, escaped; its stretches as the mart day_ribbon gives them), the first on top.

    Roles in their colours along the local clock; each interruption also as a mark above its day, as wide as it was long.
    A point's `customdata` is its row. Each stretch is a point and tells of itself; where `told` has what is told of each day,
    a day is one: hundreds of points take longer to draw than all else on a page.
    """
    first = min((stretch["starts_minute"] for _, parts in days for stretch in parts), default=480) // 60
    last = -(-max((stretch["ends_minute"] for _, parts in days for stretch in parts), default=1080) // 60)
    every = [(row_of, part) for row_of, (_, parts) in enumerate(days) for part in parts]
    of = {role: [each for each in every if each[1]["role"] == role] for role in ROLE_COLOURS}
    layers = [(found, ROLE_COLOURS[role], RIBBON, 0.15) for role, found in of.items() if found]
    if pulls := [each for each in every if each[1]["pull"]]:
        layers.append((pulls, ink.text, 0.1, -0.09))
    data = [_whole(first, last, days, told)] if told else [_bars(*layer) for layer in layers]
    apart = 3 if last - first <= 15 else 6  # hours: on a telephone more words than six would stand over each other
    hours_shown = [hour for hour in range(int(first), int(last) + 1) if hour % apart == 0]
    top = -0.6
    names = [words(name, 0, at - 0.27, ink.text, xref="paper", size=13) for at, (name, _) in enumerate(days)]
    clock = [
        words(
            full_hour(hour), hour, 1, ink.quiet, yref="paper", yanchor="bottom", size=12,
            xanchor={first: "left", last: "right"}.get(hour, "center"),  # at the edges, half of it would be cut off
        )
        for hour in hours_shown
    ]  # fmt: skip
    data.append(written(clock + names, first, top))
    # From its words down, and broken where a day is named: one path for all.
    ends = [top, *(edge for at in range(len(days)) for edge in (at - 0.43, at - 0.15)), len(days) - 0.5]
    lines = "".join(
        f"M{hour},{above}V{below}" for hour in hours_shown for above, below in zip(ends[::2], ends[1::2], strict=True)
    )
    grid: list[Dict] = [{"type": "path", "path": lines, "line": {"color": ink.line, "width": 1}, "layer": "below"}]
    shapes = [*grid * bool(lines), *(_path(*layer) for layer in layers if told)]
    count = max(len(days), 1)
    return figure(
        ink, row * count + 30, data, x={"range": [first, max(last, first + 1)]}, y={"range": [count - 0.5, top]},
        margin=(2, 14, 22, 2), shapes=shapes, barmode="overlay",
    )  # fmt: skip


def _whole(first: float, last: float, days: Sequence[tuple[str, Sequence[Stretch]]], told: Sequence[str]) -> Dict:
    """What the mouse finds of each day, from one end of its row to the other."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": first,
        "x": [last - first] * len(days),
        "y": [row + 0.08 for row in range(len(days))],
        "width": 0.48,
        "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        "customdata": list(range(len(days))),
        "hovertext": ["<br>".join((name, *words.split("; "))) for (name, _), words in zip(days, told, strict=True)],
        "hovertemplate": OWN_WORDS,
    }


def _path(found: Sequence[tuple[int, Stretch]], colour: str, width: float, below: float) -> Dict:
    """The bars of `_bars` as one path, which nothing is told of."""
    drawn = "".join(
        f"M{start},{row + below - width / 2}H{start + length}V{row + below + width / 2}H{start}Z"
        for row, start, length in ((row, part["starts_minute"] / 60, _hours(part)) for row, part in found)
    )
    return {"type": "path", "path": drawn, "fillcolor": colour, "line": {"width": 0}, "layer": "below"}


def _hours(part: Stretch) -> float:
    """How long a stretch is drawn: a minute, if it is shorter."""
    return max(float(part["ends_minute"] - part["starts_minute"]), 1.0) / 60


def _bars(found: Sequence[tuple[int, Stretch]], colour: str, width: float, below: float) -> Dict:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [part["starts_minute"] / 60 for _, part in found],
        "x": [_hours(part) for _, part in found],
        "y": [row + below for row, _ in found],
        "width": width,
        "marker": {"color": colour, "line": {"width": 0}},
        "customdata": [row for row, _ in found],
        "hovertext": [in_words(part) for _, part in found],
        "hovertemplate": OWN_WORDS,
    }


def in_words(part: Stretch) -> str:
    """`10:00 to 10:30, management, about Riverside, out of clinical`, for Plotly."""
    said = f"{clock_of(part['starts_minute'])} to {clock_of(part['ends_minute'])}, {ROLE_NAMES[part['role']].lower()}"
    if not part["pull"]:
        return f"{said}, {chart_text(part['location'])}"
    out_of = f", out of {ROLE_NAMES[part['displaced_role']].lower()}" if part["displaced_role"] else ""
    return f"{said}: interruption about {chart_text(part['location'])}{out_of}"


def survived(rows: Sequence[tuple[str, float, str]], ink: Ink) -> go.Figure:
    """Hours put aside for leadership as one bar: (what became of them, hours, 'kept', 'interruption' or 'event'), kept first."""
    total = sum(value for _, value, _ in rows) or 1.0
    data: list[Dict] = []
    at = 0.0
    shade = {"kept": ROLE_COLOURS["leadership"], "interruption": ink.text, "event": ink.mark}
    for place, (name, value, kind) in enumerate(rows):
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": [value],
                "base": [at],
                "y": [0],
                "width": 0.6,
                "marker": {"color": shade[kind], "line": {"width": 1.5, "color": ink.paper}},
                "customdata": [[place]],
                "text": [f"{chart_text(name, 24)} {brief(value)}" if value / total > 0.22 else ""],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "insidetextfont": {"color": WORDS_ON["leadership"] if kind == "kept" else ink.paper, "size": 13},
                "hovertemplate": f"{chart_text(name)}: {hours(value)}<extra></extra>",
            }
        )
        at += value
    return figure(ink, 70, data, x={"range": [0, total]}, y={"range": [-0.5, 0.5]}, margin=(0, 4, 4, 4), barmode="overlay")
