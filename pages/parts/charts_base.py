"""The ground every picture stands on: the page's font, no grid; and the small arithmetic of labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.parts.ink import FONT, Ink

CONFIG = {
    "displayModeBar": "hover",
    "modeBarButtons": [["toImage"]],
    "displaylogo": False,
    "displayNotifier": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""For `st.plotly_chart`: one button keeps the picture, above it and only while it is looked at; a finger that scrolls the page
does not drag it."""
SIZE = 14
ROW = 56
"""Height of a row, in pixels: a line of words and, under it, its bar."""
TEMPLATE = {"data": {"scatter": [{"type": "scatter"}]}}
"""Plotly's template `none`, as it is sent."""
CHECKED = False
"""Whether Plotly looks each property up before it is drawn, which takes four fifths of the time: in the tests it does."""
BELOW = 0.14
"""How far below the middle of its row a bar sits, in rows."""

OWN_WORDS = "%{hovertext}<extra></extra>"
"""The hovertemplate of a trace whose marks each have words of their own: hundreds of templates take a third of its drawing."""

Dict = dict[str, Any]


def figure(
    ink: Ink,
    height: int,
    data: Sequence[Dict],
    *,
    x: Dict | None = None,
    y: Dict | None = None,
    margin: tuple[int, int, int, int] = (0, 0, 4, 4),
    notes: Sequence[Dict] = (),
    shapes: Sequence[Dict] = (),
    **layout: Any,
) -> go.Figure:
    """A figure of plain traces. `margin` is left, right, top, bottom in pixels."""
    axis = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    left, right, top, bottom = margin
    return go.Figure(
        data=list(data),
        layout={
            "template": TEMPLATE,
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "font": {"family": FONT, "size": SIZE, "color": ink.text},
            "paper_bgcolor": ink.paper,  # a picture that is kept brings its paper along: light words on white could not be read
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "dragmode": False,
            "datarevision": 0,  # Streamlit draws each picture twice, of other data anew: what it is of is not compared
            "hovermode": "closest",
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": ink.quiet, "activecolor": ink.text},
            "hoverlabel": {
                "bgcolor": ink.paper,
                "bordercolor": ink.line,
                "font": {"family": FONT, "size": SIZE, "color": ink.text},
                "align": "left",
            },
            "xaxis": axis | (x or {}),
            "yaxis": axis | (y or {}),
            "annotations": list(notes),
            "shapes": list(shapes),
            **layout,
        },
        _validate=CHECKED,
    )


def words(text: str, x: float, y: float, ink_colour: str, **more: Any) -> Dict:
    """A piece of text in a picture, without an arrow; left-aligned at (x, y) unless told otherwise."""
    size = more.pop("size", SIZE)
    return {
        "text": text,
        "x": x,
        "y": y,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "font": {"size": size, "color": ink_colour},
        **more,
    }


_TOWARDS = {"left": "right", "center": "center", "right": "left", "bottom": "top", "middle": "middle", "top": "bottom"}
"""Where words stand that are held there."""


def written(notes: Sequence[Dict], left: float = 0.0, top: float = 0.0) -> Dict:
    """Many of the same `words` as one trace: each for itself is measured twice as it is drawn, and takes 3 ms.

    What stands on the paper's edge is put at `left` or `top`, where the axes begin. Words here lie straight, and are not shifted.
    """
    return {
        "type": "scatter",
        "mode": "text",
        "x": [left if note.get("xref") == "paper" else note["x"] for note in notes],
        "y": [top if note.get("yref") == "paper" else note["y"] for note in notes],
        "text": [note["text"] for note in notes],
        "textposition": [f"{_TOWARDS[note['yanchor']]} {_TOWARDS[note['xanchor']]}" for note in notes],
        "textfont": {what: [note["font"][what] for note in notes] for what in ("size", "color")},
        # Cut, unless some stand above the axes: beside what is not cut, Plotly hides the words of bars that end with an axis.
        "cliponaxis": not any(note.get("yref") == "paper" for note in notes),
        "hoverinfo": "skip",
    }


def level(x0: float, x1: float, y: float, line: Dict) -> Dict:
    """A level line behind the marks."""
    return {"type": "line", "x0": x0, "x1": x1, "y0": y, "y1": y, "line": line, "layer": "below"}


def row_labels(labels: Sequence[str], ink: Ink, **more: Any) -> list[Dict]:
    """One line of words above each row's bar; rows count down from the top. `labels` are escaped already."""
    return [words(text, 0, row - 0.3, ink.text, xref="paper", yref="y", xshift=-1, **more) for row, text in enumerate(labels)]


def rows_axis(rows: int) -> Dict:
    """Room for `rows` rows, the first on top."""
    return {"range": [rows - 0.5, -0.55]}


def spread(centres: Sequence[float], gap: float, low: float = 0.0, high: float = 1.0) -> list[float]:
    """Positions as near to `centres` (ascending) as they can be while `gap` apart and inside [low, high].

    Too many for the room share it evenly.
    """
    count = len(centres)
    if count < 2:
        return [min(max(centre, low), high) for centre in centres]
    if gap * (count - 1) >= high - low:
        return [low + (high - low) * place / (count - 1) for place in range(count)]
    # Pool neighbours that push each other, each pool around the mean of where its members wish to be.
    pools: list[list[float]] = []
    for place, centre in enumerate(centres):
        pools.append([centre - gap * place])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            pools[-2].extend(pools.pop())
    wished = [_mean(pool) for pool in pools for _ in pool]
    return [min(max(wish, low), high - gap * (count - 1)) + gap * place for place, wish in enumerate(wished)]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def nice_top(largest: float) -> float:
    """The end of a shared axis: the next of 1, 2, 4, 5, 10, 20 … at or above `largest`."""
    if not largest > 0:
        return 1.0
    step = 10.0 ** len(str(int(largest)))
    for part in (0.01, 0.02, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0):
        if step * part >= largest:
            return step * part
    return step
