"""Two things against each other: where the owner was and whom it was about; one location and another."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.parts.charts_base import BELOW, ROW, Dict, figure, level, row_labels, rows_axis, words
from pages.parts.format import brief, chart_text, count, number
from pages.parts.ink import Ink

CELL = 30 / ROW
"""Height of a cell of the heat map, in rows."""


def _in_cell(value: float, counts: bool, narrow: bool) -> str:
    """What stands in a cell; a narrow one has no room for tenths of a hundred hours."""
    if counts:
        return number(value)
    return f"{value:.0f} h" if narrow and value >= 10 else brief(value)


def heat(
    about: Sequence[str], was: Sequence[str], cells: dict[tuple[str, str], tuple[float, float]], ink: Ink, *, counts: bool = False
) -> go.Figure:
    """Hours of interruptions, or their `counts`: a column for each location they were about, a row for where the owner was.

    `cells` maps (about, was) to (pulls, hours); what is missing never happened. Plotly lets nobody choose a cell of a heat
    map, so an unseen bar lies over each; its point's `customdata` is the places of its column and its row.
    """
    pulls = [[cells.get((column, row), (0.0, 0.0))[0] for column in about] for row in was]
    spent = [[cells.get((column, row), (0.0, 0.0))[1] for column in about] for row in was]
    values = pulls if counts else spent
    you_were = [chart_text(_you_were(row), 60) for row in was]
    places = [(column, row) for row in range(len(was)) for column in range(len(about))]
    tilted = len(about) > 6
    data: list[Dict] = [
        {
            "type": "heatmap",
            "x": list(range(len(about))),
            "y": [row + BELOW for row in range(len(was))],
            "z": values,
            "zmin": 0,
            "zmax": max((value for line in values for value in line), default=0.0) or 1.0,
            "colorscale": [[0, ink.heat[0]], [1, ink.heat[1]]],
            "showscale": False,
            "xgap": 3,
            "ygap": ROW - 30,
            "text": [[_in_cell(value, counts, tilted) if value else "" for value in line] for line in values],
            "texttemplate": "%{text}",
            "textfont": {"size": 13, "color": ink.text},
            "hoverinfo": "skip",
        },
        {
            "type": "bar",
            "x": [column for column, _ in places],
            "y": [CELL] * len(places),
            "base": [row + BELOW - CELL / 2 for _, row in places],
            "width": 1,
            "opacity": 0,
            "customdata": [list(place) for place in places],
            "hovertemplate": [
                f"about {chart_text(about[column])}, you were {you_were[row]}: "
                f"{count(pulls[row][column], 'interruption')}, {brief(spent[row][column])}<extra></extra>"
                for column, row in places
            ],
        },
    ]
    above: Dict = {"yref": "paper", "yanchor": "bottom", "size": 13}
    above |= {"xanchor": "left", "textangle": -40} if tilted else {"xanchor": "center", "align": "center"}
    heads = [
        words(chart_text(column, 16) if tilted else two_lines(column), place, 1, ink.text, **above)
        for place, column in enumerate(about)
    ]
    top = 84 if tilted else 42
    return figure(
        ink,
        ROW * len(was) + top,
        data,
        x={"range": [-0.5, max(len(about), 1) - 0.5]},
        y=rows_axis(len(was)),
        margin=(0, 40 if tilted else 2, top, 4),
        notes=row_labels(you_were, ink) + heads,
    )


def two_lines(name: str) -> str:
    """A stranger's name for a narrow column: on two lines where it is long and can be broken."""
    if len(name) <= 9:
        return chart_text(name)
    breaks = [place + 1 for place, mark in enumerate(name[:-1]) if mark in " -"]
    if not breaks:
        return chart_text(name, 12)
    middle = min(breaks, key=lambda place: abs(place - len(name) / 2))
    return f"{chart_text(name[:middle], 12)}<br>{chart_text(name[middle:], 12)}"


def _you_were(was: str) -> str:
    return (
        was
        if was.startswith(("at ", "with "))
        else {"nothing in the calendar": "with nothing in the calendar"}.get(was, f"in {was}")
    )


def dumbbells(facts: Sequence[tuple[str, str, float, float, float]], names: tuple[str, str], ink: Ink) -> go.Figure:
    """One row a fact, two marks: the first location full, the second open, each with its number.

    `facts` are (fact, unit, first, second, scale): every row runs from 0 to `scale`, the largest of all locations,
    so that a long row is a large number for this practice. A point's `customdata` is its row and which of the two.
    """
    first, second = (chart_text(name, 24) for name in names)
    labels = [f"<b>{chart_text(fact)}</b>  <span style='color:{ink.quiet}'>{chart_text(unit)}</span>" for fact, unit, *_ in facts]
    shapes: list[Dict] = []
    notes = row_labels(labels, ink)
    xs: list[list[float]] = [[], []]
    for row, (_, _, one, two, scale) in enumerate(facts):
        ends = [value / scale if scale else 0.0 for value in (one, two)]
        xs[0].append(ends[0])
        xs[1].append(ends[1])
        y = row + BELOW
        shapes += [
            level(0, 1, y, {"color": ink.line, "width": 1}),
            level(ends[0], ends[1], y, {"color": ink.mark, "width": 3}),
        ]
        smaller = 0 if ends[0] <= ends[1] else 1
        for which, value in enumerate((one, two)):
            left = which == smaller
            notes.append(
                words(
                    f"<b>{number(value)}</b>" if which == 0 else number(value),
                    ends[which],
                    y,
                    ink.text,
                    xanchor="right" if left else "left",
                    xshift=-11 if left else 11,
                )
            )
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": xs[which],
            "y": [row + BELOW for row in range(len(facts))],
            "cliponaxis": False,
            "customdata": [[row, which] for row in range(len(facts))],
            "marker": {
                "size": 13,
                "color": ink.mark if which == 0 else ink.paper,
                "line": {"color": ink.mark, "width": 2.5},
            },
            "hovertemplate": [
                f"{name}, {chart_text(fact[0])}: {number(fact[2:4][which])} {chart_text(fact[1])}<extra></extra>"
                for fact in facts
            ],
        }
        for which, name in enumerate((first, second))
    ]
    return figure(
        ink,
        ROW * max(len(facts), 1) + 8,
        data,
        x={"range": [0, 1]},
        y=rows_axis(max(len(facts), 1)),
        margin=(44, 48, 4, 4),
        notes=[note | ({"xshift": -44} if note.get("xref") == "paper" else {}) for note in notes],
        shapes=shapes,
    )
