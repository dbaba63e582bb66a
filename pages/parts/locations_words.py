"""The words and tables of Locations. Names of locations are plain here unless a docstring says they are escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pandas import DataFrame, Series

from pages.parts import frames
from pages.parts.charts_rows import Mix
from pages.parts.charts_week import NONE_OFF, Off, Week, off_in_words
from pages.parts.format import BAR_HEADS, begun, exact, hours, in_words, label, number, percent, times
from pages.parts.ink import ROLE_NAMES, WORK
from pages.parts.sentences import stands_out

Pair = tuple[str, str, float, float, float]
"""Fact, unit, value of one, value of the other, the largest of all locations."""


def lead(located: Mapping[str, float], together: float, wide: float | None) -> str:
    """The next facts: which location has most hours, and how much is for the whole practice. Names are escaped.

    `together` are the hours a week at all of `located`, `wide` those of Practice-wide.
    """
    said = []
    busy = together > 0
    if name := stands_out(located):
        said.append(f"{name} has most of your hours, {hours(located[name])} a week of {hours(together)} at all locations shown.")
    elif busy:
        said.append(f"All locations shown together have {hours(together)} of your time a week, none clearly the most.")
    if wide:
        said.append(
            f"Besides, {hours(wide)} a week went to the practice as a whole."
            if busy
            else f"All of it, {hours(wide)} a week, is counted for the practice as a whole."
        )
    return " ".join(said) or "No hours in these days."


def alone(shares: Mapping[str, float], asked: float) -> str:
    """The next facts of a single place: how its hours split, and how often it asked."""
    parts = [f"{percent(shares[role])} {ROLE_NAMES[role].lower()}" for role in WORK if shares.get(role)]
    if not parts:
        return "No hours in these days."
    return f"Of it, {in_words(parts)}; you were asked {times(asked)} a week."


def in_one_line(what: str, rows: Sequence[tuple[str, float | None]], unit: str) -> str:
    """ "Hours a week: North 16.8 h, Riverside 14.8 h.\""""
    return f"{what}: " + ", ".join(f"{name} {number(value)}{unit}" for name, value in rows) + "."


def splits_in_words(mixes: Sequence[Mix]) -> str:
    """The shares of each location, role by role."""
    lines = []
    for name, _, shares in mixes:
        parts = [f"{ROLE_NAMES[role].lower()} {percent(shares[role])}" for role in WORK if shares.get(role)]
        lines.append(f"{name}: {', '.join(parts) or 'no hours'}")
    return "; ".join(lines) + "."


def split_rows(split: DataFrame, order: Sequence[str], asked: Mapping[str, float]) -> list[dict[str, str]]:
    """A row a location: hours, hours a week, and each role's hours and share."""
    rows = []
    found = {(row["location"], row["role"]): row for row in frames.records(split)}
    for name in order:
        cells = {role: found.get((name, role), {}) for role in WORK}
        row = {
            "Location": label(name),
            "Hours": exact(cells["leadership"].get("location_hours")),
            "Hours a week": hours(cells["leadership"].get("location_hours_a_week")),
        }
        for role in WORK:
            cell = cells[role]
            row[ROLE_NAMES[role]] = f"{exact(cell.get('hours') or 0.0)} ({percent(cell.get('share') or 0.0)})"
        row["Interruptions a week"] = number(asked.get(name, 0.0))
        rows.append(row)
    return rows


def trend_in_words(name: str, bars: Sequence[Week], grain: str = "week") -> str:
    """The first and the last whole week or month of a location."""
    whole = [bar for bar in bars if bar[2]]
    if not whole:
        return f"{name}: no whole {grain} in these days."
    ends = [f"{hours(amount)} in {'the week of ' * (grain == 'week')}{begun(begins, grain)}" for begins, amount, _ in whole]
    return f"{name}: {ends[0]}, {ends[-1]}."


def week_rows(trends: Mapping[str, Sequence[Week]], grain: str = "week", off: Off = NONE_OFF) -> list[dict[str, str]]:
    """A row a bar, the newest first, a column a location; days off stand behind its name."""
    rows: dict[date, dict[str, str]] = {}
    for name, bars in trends.items():
        for begins, amount, whole in bars:
            called = begun(begins, grain) + ("" if whole else " (not whole)") + off_in_words(begins, off)
            row = rows.setdefault(begins, {BAR_HEADS[grain]: called})
            row[label(name)] = exact(amount)
    return [rows[begins] for begins in sorted(rows, reverse=True)]


def asked_while(pulls: Series) -> str:
    """How much of the interruptions came while patients were waiting, and while the owner was elsewhere."""
    if not pulls["hours"]:
        return "No interruptions in these days."
    with_patients, elsewhere = (pulls[name] for name in ("with_patients_share", "elsewhere_share"))
    return (
        f"Interruptions took {exact(pulls['hours'])}. {percent(with_patients)} of it came while you were with patients, "
        f"{percent(elsewhere)} while you were at another location than it was about."
    )


def pull_rows(pulls: DataFrame) -> list[dict[str, str]]:
    """A row for each pair of about and where."""
    return [
        {
            "About": label(row["about_location"]),
            "You were": label(row["was"]),
            "Interruptions": number(row["pulls"], 0),
            "Hours": exact(row["hours"]),
        }
        for row in frames.records(pulls)
    ]


def pairs(facts: DataFrame, one: str, two: str) -> list[Pair]:
    """The facts of two locations, in the mart's order."""
    found: dict[str, dict[str, Any]] = {}
    for row in frames.records(facts.sort_values("fact_order", kind="stable")):
        entry = found.setdefault(row["fact"], {"unit": row["unit"], "values": {}})
        entry["values"][row["location"]] = row["value"] or 0.0
    return [
        (
            fact.replace("Pulls", "Interruptions").replace("pulls", "interruptions"),
            entry["unit"],
            entry["values"].get(one, 0.0),
            entry["values"].get(two, 0.0),
            max(entry["values"].values(), default=0.0),
        )
        for fact, entry in found.items()
    ]


def pair_rows(rows: Sequence[Pair], one: str, two: str) -> list[dict[str, str]]:
    """A row a fact, with both values."""
    return [{"Fact": fact, "Unit": unit, label(one): number(a, 2), label(two): number(b, 2)} for fact, unit, a, b, _ in rows]
