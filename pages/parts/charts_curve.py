"""How far a few answers reach: the share of the hours that wait, settled by the first 1, 2, … answers."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.parts.charts_base import figure, words
from pages.parts.format import count, percent
from pages.parts.ink import Ink

MOST = 40
"""Answers that are drawn: nobody gives more in five minutes."""


def settled(curve: Sequence[float], enough: int, ink: Ink) -> go.Figure:
    """A step for each answer, from 0 to 100 %; the answer that is enough carries its numbers."""
    shown = list(curve[:MOST])
    end, reached = max(len(shown), 5) + 0.3, shown[enough - 1]
    # Under its mark, where the stairs leave room, at the end of a line: far below once they are high, before that to the right.
    far = enough > 0.6 * end
    at = 0.2 if far else max(reached - 0.32, 0.1)
    edge = enough > 0.84 * end  # on a telephone half of the words is that wide
    beside = {"xref": "paper", "xanchor": "right"} if edge else {"xanchor": "center"} if far else {"xshift": 10}
    leader = {"type": "line", "x0": enough, "x1": enough, "y0": at, "y1": reached, "line": {"color": ink.quiet, "width": 1}}
    notes = [
        words(
            f"<b>{count(enough, 'answer')}: {percent(reached)}</b>", 1 if edge else enough, at, ink.text,
            bgcolor=ink.paper, **beside,
        ),
        words("1", 1, 0, ink.quiet, size=13, yanchor="top", yshift=-6, xanchor="center"),
        words(count(len(shown), "answer"), len(shown), 0, ink.quiet, size=13, yanchor="top", yshift=-6, xanchor="right"),
    ]  # fmt: skip
    return figure(
        ink,
        210,
        [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [0, *range(1, len(shown) + 1)],
                "y": [0, *shown],
                "line": {"shape": "hv", "color": ink.mark, "width": 2.5},
                "hoverinfo": "skip",
                "cliponaxis": False,
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": list(range(1, len(shown) + 1)),
                "y": shown,
                "marker": {"size": [11 if at == enough else 6 for at in range(1, len(shown) + 1)], "color": ink.mark},
                "hovertemplate": [f"{count(at, 'answer')}: {percent(share)}<extra></extra>" for at, share in enumerate(shown, 1)],
                "cliponaxis": False,
            },
        ],
        x={"range": [0, end]},
        y={
            "visible": True,
            "range": [0, 1.04],
            "tickvals": [0, 0.5, 1],
            "ticktext": ["0 %", "50 %", "100 %"],
            "showgrid": True,
            "gridcolor": ink.line,
            "griddash": "dot",
            "tickfont": {"size": 13, "color": ink.quiet},
        },
        margin=(48, 12, 8, 26),
        notes=notes,
        shapes=[leader],
    )
