"""A table of shaded cells on one scale, from nothing to the largest: filled cells can be clicked, empty ones open nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.parts.charts_base import BELOW, OWN_WORDS, ROW, Dict, figure, row_labels, rows_axis, words, written
from pages.parts.ink import Ink

CELL = 30 / ROW
"""Height of a cell, in rows."""
FLAT = 42
"""Room for heads of at most two lines, in pixels."""
TILTED = 104
Place = tuple[int, int]
"""A column and a row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is in a cell: what shades it, what stands in it, what is said of it under the mouse (escaped), and whether there are
    hours behind it to open."""

    value: float
    text: str
    said: str
    opens: bool


def grid(
    heads: Sequence[str], labels: Sequence[str], cells: Mapping[Place, Cell], ink: Ink, *, tilted: bool = False
) -> go.Figure:
    """A column for each of `heads`, a row under each of `labels` (escaped already).

    A point's `customdata` is its column and row.
    """
    most = max((cell.value for cell in cells.values()), default=0.0) or 1.0
    everywhere = [(column, row) for row in range(len(labels)) for column in range(len(heads))]
    filled = [place for place in everywhere if place in cells and cells[place].value]
    # What opens nothing lies in the ground, which the mouse does not find.
    opening = [place for place in filled if cells[place].opens]
    ground = [place for place in everywhere if place not in opening]
    inside = [
        words(cells[place].text, place[0], place[1] + BELOW, ink.text, xanchor="center", size=13)
        for place in everywhere
        if place in cells and cells[place].value
    ]
    data = [
        _boxes(ground, cells, most, ink) | {"hoverinfo": "skip"},
        _boxes(opening, cells, most, ink)
        | {
            "customdata": [list(place) for place in opening],
            "hovertext": [cells[place].said for place in opening],
            "hovertemplate": OWN_WORDS,
        },
        written(inside + row_labels(labels, ink), -0.5),
    ]
    top = TILTED if tilted else FLAT
    above: Dict = {"visible": True, "side": "top", "ticks": "", "showline": False, "tickangle": -60 if tilted else 0}
    above |= {"tickvals": list(range(len(heads))), "ticktext": list(heads), "tickfont": {"size": 13, "color": ink.text}}
    return figure(
        ink,
        ROW * len(labels) + top,
        data,
        x={"range": [-0.5, max(len(heads), 1) - 0.5]} | above,
        y=rows_axis(len(labels)),
        margin=(0, 40 if tilted else 2, top, 4),
        barmode="overlay",
    )


def _boxes(places: Sequence[Place], cells: Mapping[Place, Cell], most: float, ink: Ink) -> Dict:
    """Boxes in these places, each as dark as its value."""
    found = [cells.get(place) for place in places]
    return {
        "type": "bar",
        "x": [column for column, _ in places],
        "y": [CELL] * len(places),
        "base": [row + BELOW - CELL / 2 for _, row in places],
        "width": 0.97,
        "marker": {"color": [blend(*ink.heat, cell.value / most if cell else 0.0) for cell in found], "line": {"width": 0}},
    }


def blend(low: str, high: str, part: float) -> str:
    """The colour that lies `part` (0 to 1) of the way from one #RRGGBB to another."""
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in zip(_parts(low), _parts(high), strict=True))


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
