"""The words and tables of Locations. Names of locations are plain here unless a docstring says they are escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pandas import DataFrame

from etl.model import PRACTICE_WIDE
from pages.parts import frames
from pages.parts.charts_week import Week
from pages.parts.format import day, exact, hours, in_words, label, number, percent
from pages.parts.ink import ROLE_NAMES, WORK

Pair = tuple[str, str, float, float, float]
"""Fact, unit, value of one, value of the other, the largest of all locations."""


def lead(located: Mapping[str, float], wide: float | None) -> str:
    """The next facts: which location has most hours, and how much is for the whole practice. Names are escaped."""
    said = []
    busy = {name: value for name, value in located.items() if value > 0}
    if busy:
        name, most = max(busy.items(), key=lambda item: item[1])
        said.append(
            f"{name} has most of your hours, {hours(most)} a week of {hours(sum(located.values()))} at all locations shown."
        )
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
    return f"They are {in_words(parts)}; it asked {number(asked)} times a week."


def in_one_line(what: str, rows: Sequence[tuple[str, float | None]], unit: str) -> str:
    """ "Hours a week: North 16.8 h, Riverside 14.8 h.\""""
    return f"{what}: " + ", ".join(f"{name} {number(value)}{unit}" for name, value in rows) + "."


def splits_in_words(mixes: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    """The shares of each location, role by role."""
    lines = []
    for name, values in mixes:
        whole = sum(values.values())
        parts = [f"{ROLE_NAMES[role].lower()} {percent(values[role] / whole)}" for role in WORK if whole and values.get(role)]
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
            "Hours": exact(sum(cell.get("hours") or 0.0 for cell in cells.values())),
            "Hours a week": hours(cells["leadership"].get("location_hours_a_week")),
        }
        for role in WORK:
            cell = cells[role]
            row[ROLE_NAMES[role]] = f"{exact(cell.get('hours') or 0.0)} ({percent(cell.get('share') or 0.0)})"
        row["Interruptions a week"] = number(asked.get(name, 0.0))
        rows.append(row)
    return rows


def trend_in_words(name: str, by_role: Mapping[str, Sequence[Week]]) -> str:
    """The first and the last whole week of a location."""
    totals: dict[Any, float] = {}
    for weeks in by_role.values():
        for week, amount, finished in weeks:
            if finished:
                totals[week] = totals.get(week, 0.0) + amount
    if not totals:
        return f"{name}: no whole week in these days."
    return (
        f"{name}: {hours(totals[min(totals)])} in the week of {day(min(totals))}, "
        f"{hours(totals[max(totals)])} in the week of {day(max(totals))}."
    )


def week_rows(weekly: DataFrame, order: Sequence[str]) -> list[dict[str, str]]:
    """A row a week, the newest first, a column a location."""
    found: dict[Any, dict[str, float]] = {}
    whole: dict[Any, bool] = {}
    for row in frames.records(weekly):
        whole[row["week"]] = row["finished"]
        if row["role"] != "personal":
            line = found.setdefault(row["week"], {})
            line[row["location"]] = line.get(row["location"], 0.0) + (row["hours"] or 0.0)
    return [
        {"Week of": day(week) + ("" if whole[week] else " (not whole)")}
        | {label(name): exact(found[week].get(name, 0.0)) for name in order}
        for week in sorted(found, reverse=True)
    ]


def asked_while(cells: Mapping[tuple[str, str], tuple[float, float]]) -> str:
    """The one cell with the most hours, and what came while patients were waiting."""
    whole = sum(amount for _, amount in cells.values())
    if not whole:
        return "No interruptions in these days."
    with_patients = sum(amount for (_, was), (_, amount) in cells.items() if was.startswith("with patients"))
    placed = {about for about, _ in cells if about != PRACTICE_WIDE}
    said = f"Interruptions took {exact(whole)}. {percent(with_patients / whole)} of it came while you were with patients"
    if not placed:
        return f"{said}."
    elsewhere = sum(
        amount
        for (about, was), (_, amount) in cells.items()
        if about in placed and was.startswith(("at ", "with patients at ")) and not was.endswith(f"at {about}")
    )
    return f"{said}, {percent(elsewhere / whole)} while you were at another location than it was about."


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
    """A row a fact: both values and how they differ."""
    if one == two:
        return [{"Fact": fact, "Unit": unit, label(one): number(a, 2)} for fact, unit, a, _, _ in rows]
    return [
        {"Fact": fact, "Unit": unit, label(one): number(a, 2), label(two): number(b, 2), "Difference": number(a - b, 2)}
        for fact, unit, a, b, _ in rows
    ]
