"""The average week as one bar."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from pages.parts.charts_base import Dict, figure, spread, words
from pages.parts.format import hours
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, WORK, Ink, faded


def average_week(
    now: Mapping[str, float],
    before: Mapping[str, float] | None,
    sums: tuple[float, float],
    against: str,
    ink: Ink,
    each: str = " a week",
    target: float | None = None,
) -> go.Figure:
    """One stacked bar of hours a week by work role, each named above its part; the time before as a thin shadow.

    The `target` of leadership, which begins at nothing, is a mark across the bar.

    `now` and `before` map a role to hours a week, `sums` are those of all work, now and before; `against` names the
    time before ("the 4 weeks before"); `each` stands behind an amount. A point's `customdata` is its role, and whether it
    is of the time "before" or "now".
    """
    top = max(sums) or 1.0
    data = _stack(now, 1.0, 0.62, False, ("now", "now"), ink, each)
    notes, shapes = _names(now, top, ink)
    if before is not None:
        data += _stack(before, 0.3, 0.2, True, ("before", against), ink, each)
        notes.append(words(f"{_sentence(against)}: {hours(sums[1])}{each}", 0, -0.12, ink.quiet, size=13))
    if target is not None and target <= top:
        line = {"dash": "dot", "width": 3, "color": ink.paper}
        shapes.append({"type": "line", "x0": target, "x1": target, "y0": 0.62, "y1": 1.38, "line": line})
        notes.append(words(f"↑ target {hours(target)}", target, 0.53, ink.quiet, size=13, xanchor="center"))
    return figure(
        ink,
        236 if before is not None else 180,
        data,
        x={"range": [0, top * 1.002]},  # the line around the longest ends within
        y={"range": [-0.35 if before is not None else 0.5, 2.15]},
        notes=notes,
        shapes=shapes,
        barmode="stack",
    )


def _stack(
    values: Mapping[str, float], y: float, width: float, faint: bool, when: tuple[str, str], ink: Ink, each: str
) -> list[Dict]:
    def look(colour: str) -> Dict:
        if faint:
            return {"color": faded(colour, ink.faint), "line": {"width": 1, "color": colour}}
        return {"color": colour, "line": {"width": 1.5, "color": ink.paper}}

    return [
        {
            "type": "bar",
            "orientation": "h",
            "x": [values.get(role, 0.0)],
            "y": [y],
            "width": width,
            "marker": look(ROLE_COLOURS[role]),
            "customdata": [[role, when[0]]],
            "hovertemplate": f"{ROLE_NAMES[role]}, {when[1]}: {hours(values.get(role, 0.0))}{each}<extra></extra>",
        }
        for role in WORK
    ]


def _names(now: Mapping[str, float], top: float, ink: Ink) -> tuple[list[Dict], list[Dict]]:
    """A name and its hours for each part, moved apart where parts are small, each tied to its part by a line."""
    shown = [role for role in WORK if now.get(role, 0.0) > 0 or role == "leadership"]
    centres, reached = [], 0.0
    for role in WORK:
        if role in shown:
            centres.append((reached + now.get(role, 0.0) / 2) / top)
        reached += now.get(role, 0.0)
    notes, shapes = [], []
    for role, centre, place in zip(shown, centres, spread(centres, 0.22, 0.105, 0.9), strict=True):
        text = f"<b>{ROLE_NAMES[role]}</b><br>{hours(now.get(role, 0.0))}"
        notes.append(words(text, place, 1.84, ink.text, xref="paper", xanchor="center", align="center"))
        shapes.append(
            {
                "type": "line",
                "x0": place * top,
                "y0": 1.52,
                "x1": centre * top,
                "y1": 1.33,
                "line": {"color": ROLE_COLOURS[role], "width": 2},
            }
        )
    return notes, shapes


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
