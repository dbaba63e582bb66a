"""Two things against each other: where the owner was and whom it was about; one location and another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.parts.charts_base import BELOW, ROW, Dict, figure, level, row_labels, rows_axis, words
from pages.parts.charts_grid import Cell, grid
from pages.parts.format import brief, chart_text, count, number
from pages.parts.ink import Ink


def _in_cell(value: float, counts: bool, narrow: bool) -> str:
    """What stands in a cell; a narrow one has no room for a unit, nor for tenths of many hours."""
    if counts or not narrow:
        return number(value) if counts else brief(value)
    return "<0.1" if 0 < value < 0.05 else number(value, 0 if value >= 10 else 1)


def heat(
    about: Sequence[str], was: Sequence[str], cells: dict[tuple[str, str], tuple[float, float]], ink: Ink, *, counts: bool = False
) -> go.Figure:
    """Hours of interruptions, or their `counts`: a column for each location they were about, a row for where the owner was.

    `cells` maps (about, was) to (pulls, hours); what is missing never happened. A point's `customdata` is the places of its
    column and its row.
    """
    tilted = len(about) > 6
    you_were = [chart_text(_you_were(row), 60) for row in was]
    filled = {}
    for (column, row), (pulls, spent) in cells.items():
        place, line = about.index(column), was.index(row)
        said = f"about {chart_text(column)}, you were {you_were[line]}: {count(pulls, 'interruption')}, {brief(spent)}"
        value = pulls if counts else spent
        filled[place, line] = Cell(value, _in_cell(value, counts, tilted), said, opens=spent > 0)
    heads = [chart_text(column, 16) if tilted else two_lines(column) for column in about]
    return grid(heads, you_were, filled, ink, tilted=tilted)


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


@dataclass(frozen=True, slots=True)
class Fact:
    """What two locations are compared by: the value of each, the end of its row, and how many events are behind each."""

    name: str
    unit: str
    one: float
    other: float
    largest: float
    n: tuple[int, int]


def dumbbells(facts: Sequence[Fact], names: tuple[str, str], ink: Ink) -> go.Figure:
    """One row a fact, two marks: the first location full, the second open, each with its number, and n of both.

    Every row runs from 0 to where its scale ends, so that a long row is a large number for this practice. A
    point's `customdata` is its row and which of the two; nothing opens nothing.
    """
    first, second = (chart_text(name, 24) for name in names)
    labels = [
        f"<b>{chart_text(fact.name)}</b>  <span style='color:{ink.quiet}'>"
        f"{', '.join(part for part in (fact.unit, f'n {fact.n[0]} and {fact.n[1]}') if part)}</span>"
        for fact in facts
    ]
    shapes: list[Dict] = []
    notes = row_labels(labels, ink)
    xs: list[list[float]] = [[], []]
    for row, fact in enumerate(facts):
        values = (fact.one, fact.other)
        ends = [value / fact.largest if fact.largest else 0.0 for value in values]
        xs[0].append(ends[0])
        xs[1].append(ends[1])
        y = row + BELOW
        shapes += [
            level(0, 1, y, {"color": ink.line, "width": 1}),
            level(ends[0], ends[1], y, {"color": ink.mark, "width": 3}),
        ]
        said = [number(value) for value in values]
        if said[0] == said[1] and values[0] != values[1]:  # marks that stand apart do not bear one number
            said = [number(value, 2) for value in values]
        smaller = 0 if ends[0] <= ends[1] else 1
        for which, text in enumerate(said):
            left = which == smaller
            notes.append(
                words(
                    f"<b>{text}</b>" if which == 0 else text,
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
            "customdata": [[row, which] if (fact.one, fact.other)[which] else None for row, fact in enumerate(facts)],
            "marker": {
                "size": 13,
                "color": ink.mark if which == 0 else ink.paper,
                "line": {"color": ink.mark, "width": 2.5},
            },
            "hovertemplate": [
                f"{name}, {chart_text(fact.name)}: {number((fact.one, fact.other)[which])} {fact.unit}<extra></extra>"
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
