"""The weeks one by one, or days, months, quarters: panels of roles over one axis of time, or roles stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from pages.parts.charts_base import Dict, figure, nice_top, words
from pages.parts.format import begun, count, hours, span
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, WORK, Ink, faded

Week = tuple[date, float, bool]
"""First day of a bar, hours, and whether it is over and covered."""
Off = Mapping[date, tuple[int, float | None]]
"""Of bars with working days off, by their first day: how many, and the target that is left of that week."""
NONE_OFF: Off = {}
PANELS, TITLE = 230, 40
"""Height of all panels' bars together, and of the line above each, in pixels."""
LEAST = 0.04
"""The part of all panels that the lowest one has."""


def weeks_by_role(
    by_role: Mapping[str, Sequence[Week]], ink: Ink, target: float | None = None, grain: str = "week", off: Off = NONE_OFF
) -> go.Figure:
    """A panel of bars a role over one axis of time; an hour is as high in each of them.

    The `target` of leadership is a dotted line in its panel, lower in a week with days off; what is not whole is hatched, a ring
    stands in a bar with days off, the last whole week carries its hours. The last two of a point's `customdata` are its role and
    first day.
    """
    largest = {role: max((week[1] for week in weeks), default=0.0) for role, weeks in by_role.items()}
    if "leadership" in largest:
        largest["leadership"] = max(largest["leadership"], target or 0.0)
    whole = sum(largest.values()) or 1.0
    tall = {role: max(value, whole * LEAST) for role, value in largest.items()}
    height = TITLE * len(tall) + PANELS
    count = max((len(weeks) for weeks in by_role.values()), default=0)
    mark = nice_top(max(tall.values(), default=0.0)) / 2
    data: list[Dict] = []
    notes: list[Dict] = []
    shapes: list[Dict] = []
    axes: dict[str, Any] = {}
    ceiling = float(height)
    for nth, (role, weeks) in enumerate(by_role.items(), 1):
        top = (ceiling - TITLE) / height
        ceiling -= TITLE + PANELS * tall[role] / sum(tall.values())
        axis = f"y{nth}" if nth > 1 else "y"
        axes[f"yaxis{nth}" if nth > 1 else "yaxis"] = _hours_axis(tall[role], mark, ink) | {
            "domain": [max(ceiling / height, 0.0), top],
            "anchor": "x",
        }
        drawn = [*_bars(weeks, role, grain, off), *_rings(weeks, tall[role], ink, off)]
        data += [bars | {"yaxis": axis} for bars in drawn]
        name = f'<span style="color:{ROLE_COLOURS[role]}">■</span> <b>{ROLE_NAMES[role]}</b>'
        notes.append(words(name, 0, top, ink.text, xref="paper", yref="paper", yanchor="bottom", yshift=9))
        finished = [place for place, week in enumerate(weeks) if week[2]]
        if finished and grain == "week":
            place = finished[-1]
            said = words(hours(weeks[place][1]), place + 0.45, top, ink.text, xanchor="right", yanchor="bottom", yshift=9)
            notes.append(said | {"yref": "paper"})
        if target is not None and role == "leadership":
            left = [off.get(week[0], (0, None))[1] for week in weeks]
            shapes += [step | {"yref": axis} for step in _steps([target if aim is None else aim for aim in left], role)]
    firsts = next((weeks for weeks in by_role.values() if weeks), ())
    notes += ends([week[0] for week in firsts], grain, ink)
    return figure(
        ink,
        height + 32,
        data,
        x={"range": [-0.6, max(count, 4) - 0.4]},
        y=axes.pop("yaxis", {}),
        margin=(44, 2, 6, 26),
        notes=notes,
        shapes=shapes,
        barmode="stack",
        bargap=0.18 if count <= 60 else 0.0,
        **axes,
    )


def _steps(aims: Sequence[float | None], role: str) -> list[Dict]:
    """The target as dotted lines, one for each run of weeks with the same; over the whole frame where there is one alone."""
    shapes: list[Dict] = []
    for place, aim in enumerate(aims):
        if shapes and shapes[-1]["y0"] == aim:
            shapes[-1]["x1"] = place + 0.5
        else:
            line = {"dash": "dot", "width": 2, "color": ROLE_COLOURS[role]}
            shapes.append({"type": "line", "x0": place - 0.5, "x1": place + 0.5, "y0": aim, "y1": aim, "line": line})
    return [shapes[0] | {"xref": "paper", "x0": 0, "x1": 1}] if len(shapes) == 1 else shapes


def _rings(weeks: Sequence[Week], top: float, ink: Ink, off: Off) -> list[Dict]:
    """A small ring at the foot of each bar with days off, clear of the numbers above them."""
    places = [place for place, week in enumerate(weeks) if week[0] in off]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": places,
            "y": [0.05 * top] * len(places),
            "marker": {"symbol": "circle", "size": 7, "color": ink.paper, "line": {"width": 1.5, "color": ink.text}},
            "hoverinfo": "skip",
        }
    ] * bool(places)


def weeks_stacked(
    by_role: Mapping[str, Sequence[Week]], top: float, ink: Ink, grain: str = "week", off: Off = NONE_OFF
) -> go.Figure:
    """Hours of every role stacked, bar by bar, on an axis from 0 to `top`; points and rings as in weeks_by_role."""
    data = [bars for role in WORK for bars in _bars(by_role.get(role, ()), role, grain, off)]
    firsts = next((weeks for weeks in by_role.values() if weeks), ())
    data += _rings(firsts, top, ink, off)
    return frame(data, len(firsts), top, ink, ends([week[0] for week in firsts], grain, ink), [])


def off_in_words(begins: date, off: Off) -> str:
    """`, 2 days off` behind the name of a bar that has them."""
    return f", {count(off[begins][0], 'day')} off" if begins in off else ""


def ring_in_words(grain: str) -> str:
    """What the ring in a bar means."""
    return "○: a day off" if grain == "day" else f"○: a {grain} with days off"


def shared_top(largest: float) -> float:
    """The end of the axis all panels share, with headroom for the number on the last bar."""
    return nice_top(largest) * 1.12


def _bars(weeks: Sequence[Week], role: str, grain: str, off: Off) -> list[Dict]:
    """One trace of the whole bars and one, hatched, of the others: long lists of colours are slow to draw."""
    colour = ROLE_COLOURS[role]
    called = "week of " if grain == "week" else ""
    part = {
        "color": faded(colour, 0.35),
        "pattern": {"shape": "/", "fgcolor": colour, "size": 6, "solidity": 0.3, "fillmode": "overlay"},
        "line": {"width": 1, "color": colour},
    }
    return [
        {
            "type": "bar",
            "x": [place for place, week in enumerate(weeks) if week[2] == whole],
            "y": [week[1] for week in weeks if week[2] == whole],
            "marker": {"color": colour, "line": {"width": 0}} if whole else part,
            "customdata": [
                [f"{called}{begun(week[0], grain)}{off_in_words(week[0], off)}", hours(week[1]), role, week[0].isoformat()]
                for week in weeks
                if week[2] == whole
            ],
            "hovertemplate": f"{ROLE_NAMES[role]}, %{{customdata[0]}}{'' if whole else f', not a whole {grain}'}: "
            "%{customdata[1]}<extra></extra>",
        }
        for whole in (True, False)
        if any(week[2] == whole for week in weeks)
    ]


def ends(days: Sequence[date], grain: str, ink: Ink) -> list[Dict]:
    """The first and the last bar's day under the axis, each kept inside the frame so that neighbours never meet; the year
    once where it is the same."""
    if not days:
        return []
    first, last = begun(days[0], grain), begun(days[-1], grain)
    if grain in ("day", "week"):
        first, _, last = span(days[0], days[-1]).partition(" – ")
    under: dict[str, Any] = {"xref": "paper", "yref": "paper", "yanchor": "top", "yshift": -5, "size": 13}
    notes = [words(first, 0, 0, ink.quiet, **under)]
    if len(days) > 1:
        notes.append(words(last, 1, 0, ink.quiet, xanchor="right", **under))
    return notes


def frame(data: Sequence[Dict], weeks: int, top: float, ink: Ink, notes: Sequence[Dict], shapes: Sequence[Dict]) -> go.Figure:
    return figure(
        ink,
        210,
        data,
        x={"range": [-0.6, max(weeks, 4) - 0.4]},
        y=_hours_axis(top, top / 1.12 / 2, ink),
        margin=(44, 2, 6, 26),
        notes=notes,
        shapes=shapes,
        barmode="stack",
        bargap=0.18 if weeks <= 60 else 0.0,
    )


def _hours_axis(top: float, mark: float, ink: Ink) -> Dict:
    """From nothing to `top`, with a line at each `mark` hours."""
    marks = [mark * nth for nth in range(int(top / mark + 1e-6) + 1)]
    return {
        "visible": True,
        "fixedrange": True,
        "range": [0, top],
        "tickvals": marks,
        "ticktext": [hours(each) for each in marks],
        "ticklabelposition": "outside",
        "showgrid": True,
        "gridcolor": ink.line,
        "griddash": "dot",
        "zeroline": True,
        "zerolinecolor": ink.line,
        "tickfont": {"size": 13, "color": ink.quiet},
        "automargin": False,
    }
