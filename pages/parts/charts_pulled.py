"""Pictures of what interruptions take: which topics, at which hours of the week, out of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.parts.charts_base import Dict, figure, words
from pages.parts.charts_grid import blend
from pages.parts.charts_rows import bar, on_rows
from pages.parts.format import brief, chart_text, count, full_hour, percent
from pages.parts.ink import ROLE_COLOURS, Ink, faded

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOUR = 30
"""Height of an hour, in pixels."""
SKIPPED = 0.45
"""The gap where hours of the day are left out, in hours."""


def topics(rows: Sequence[tuple[str, float, float, float]], ink: Ink) -> go.Figure:
    """Hours of each topic: (topic, the team could, not known, needed the owner), what the team could on the baseline.

    A point's `customdata` is its row, and "yes", "not known" or "no".
    """
    blue, grey = ROLE_COLOURS["management"], ink.mark
    labels = [
        f"{chart_text(topic, 28)}  <b>{brief(could + unknown + needed)}</b>  <span style='color:{ink.quiet}'>"
        + (f"{brief(could) if unknown + needed else 'all'} the team could" if could else "")
        + "</span>"
        for topic, could, unknown, needed in rows
    ]
    names = [topic for topic, *_ in rows]
    looks: tuple[tuple[str, str, Dict], ...] = (
        ("yes", "the team could", {"color": blue}),
        ("not known", "not marked either way", {"color": faded(blue, ink.faint), "line": {"width": 1.5, "color": blue}}),
        ("no", "needed you", {"color": faded(grey, ink.faint), "line": {"width": 1.5, "color": grey}}),
    )
    data = []
    for part, (could, what, marker) in enumerate(looks):
        spent = [hours[part] for _, *hours in rows]
        data.append(
            bar(spent, blue, 1.0, what, names)
            | {
                "marker": marker,
                "customdata": [[row, could] for row in range(len(rows))],
                "hovertemplate": [
                    f"{chart_text(name)}: {brief(each)} {what}<extra></extra>" for name, each in zip(names, spent, strict=True)
                ],
            }
        )
    return on_rows(data, labels, max((could + unknown + needed for _, could, unknown, needed in rows), default=0.0), ink)


def taken(rows: Sequence[tuple[str, str, float, float | None]], colours: Mapping[str, str], ink: Ink) -> go.Figure:
    """Hours out of each kind of time: (kind, its name, hours, share). What is no role is drawn in ink.

    A point's `customdata` is its row.
    """
    labels = [
        f"{chart_text(name)}  <b>{brief(hours)}</b>  <span style='color:{ink.quiet}'>{percent(share)}</span>"
        for _, name, hours, share in rows
    ]
    drawn = bar([row[2] for row in rows], ink.mark, 1.0, "", [row[1] for row in rows]) | {
        "marker": {
            "color": [colours.get(kind, faded(ink.mark, ink.faint)) for kind, *_ in rows],
            "line": {"width": 1.5, "color": [colours.get(kind, ink.mark) for kind, *_ in rows]},
        },
        "hovertemplate": [f"{chart_text(name)}: {brief(hours)}<extra></extra>" for _, name, hours, _ in rows],
    }
    return on_rows([drawn], labels, max((row[2] for row in rows), default=0.0), ink)


def week(cells: Mapping[tuple[int, int], tuple[float, int]], weekdays: Sequence[int], ink: Ink) -> go.Figure:
    """Hours of interruptions by (weekday, hour of the day): a column a weekday, a row an hour, only the hours that occur.

    `cells` maps to (hours, how many began); what is empty opens nothing. A point's `customdata` is its weekday (0 is Monday)
    and its hour.
    """
    hours = sorted({hour for _, hour in cells})
    rows: dict[int, float] = {}
    for before, hour in zip([None, *hours], hours, strict=False):
        rows[hour] = 0.0 if before is None else rows[before] + (1 if hour == before + 1 else 1 + SKIPPED)
    tall = (max(rows.values(), default=0.0) + 1) * HOUR
    most = max((spent for spent, _ in cells.values()), default=0.0) or 1.0
    places = [(column, weekday, hour) for hour in hours for column, weekday in enumerate(weekdays)]
    filled = [(place, *cells[place[1:]]) for place in places if cells.get(place[1:], (0.0, 0))[0]]
    colours = [blend(*ink.heat, 0.12 + 0.88 * each / most) for _, each, _ in filled]
    data: list[Dict] = [
        _boxes(places, rows, ink.heat[0]) | {"hoverinfo": "skip"},
        _boxes([place for place, _, _ in filled], rows, colours)
        | {
            "text": [brief(each) for _, each, _ in filled],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "insidetextfont": {"size": 12, "color": ink.text},
            "constraintext": "none",
            "customdata": [list(place[1:]) for place, _, _ in filled],
            "hovertemplate": [
                f"{WEEKDAYS[weekday]} {full_hour(hour)} to {full_hour(hour + 1)}: {brief(each)}, "
                f"{count(began, 'interruption')} began<extra></extra>"
                for (_, weekday, hour), each, began in filled
            ],
        },
    ]
    notes = [
        words(WEEKDAYS[weekday], column, 1, ink.text, yref="paper", xanchor="center", yanchor="bottom", yshift=4, size=13)
        for column, weekday in enumerate(weekdays)
    ]
    notes += [
        words(full_hour(hour), 0, row, ink.quiet, xref="paper", xanchor="right", xshift=-6, size=12) for hour, row in rows.items()
    ]
    return figure(
        ink,
        round(tall) + 36,
        data,
        x={"range": [-0.5, max(len(weekdays), 1) - 0.5]},
        y={"range": [max(rows.values(), default=0.0) + 0.5, -0.5]},
        margin=(46, 2, 32, 4),
        notes=notes or [words("Nothing here", 0, 0, ink.quiet)],
        barmode="overlay",
    )


def _boxes(places: Sequence[tuple[int, int, int]], rows: Mapping[int, float], colours: str | list[str]) -> Dict:
    """A box in the column and at the hour of each place."""
    return {
        "type": "bar",
        "x": [column for column, _, _ in places],
        "y": [0.88] * len(places),
        "base": [rows[hour] - 0.44 for _, _, hour in places],
        "width": 0.94,
        "marker": {"color": colours, "line": {"width": 0}},
    }
