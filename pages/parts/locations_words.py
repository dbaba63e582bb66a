"""The words and tables of Locations. Names of locations are plain here unless a docstring says they are escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pandas import DataFrame, Series

from pages.parts import frames
from pages.parts.charts_rows import Mix
from pages.parts.charts_week import NONE_OFF, Off, Week, off_in_words
from pages.parts.format import BAR_HEADS, begun, exact, hours, in_words, label, number, percent, times
from pages.parts.ink import ROLE_NAMES, WORK
from pages.parts.sentences import stands_out

SORTS = {"Hours": "hours", "Management share": "management", "Interruptions": "interruptions", "Name": "name"}
"""What the locations can be sorted by, and what the mart side_by_side calls it."""


def lead(located: Mapping[str, float], together: float, wide: float | None, each: str = " a week") -> str:
    """The next facts: which location has most hours, and how much is for the whole practice. Names are escaped.

    `together` are the hours at all of `located`, `wide` those of Practice-wide; `each` stands behind an amount.
    """
    said = []
    busy = together > 0
    if name := stands_out(located):
        said.append(
            f"{name} has the most of your hours, {hours(located[name])}{each} of {hours(together)} at all locations shown."
        )
    elif busy:
        said.append(f"All locations shown together have {hours(together)} of your time{each}, none clearly the most.")
    if wide:
        said.append(
            f"Besides, {hours(wide)}{each} went to the practice as a whole."
            if busy
            else f"All of it, {hours(wide)}{each}, is counted for the practice as a whole."
        )
    return " ".join(said) or "No hours in these days."


def alone(shares: Mapping[str, float], asked: float, each: str = " a week") -> str:
    """The next facts of a single place: how its hours split, and how often it asked."""
    parts = [f"{percent(shares[role])} {ROLE_NAMES[role].lower()}" for role in WORK if shares.get(role)]
    if not parts:
        return "No hours in these days."
    return f"Of it, {in_words(parts)}; you were asked {times(asked)}{each}."


def in_one_line(what: str, rows: Sequence[tuple[str, float | None]], unit: str) -> str:
    """ "Hours a week: North 16.8 h, Riverside 14.8 h.\""""
    return f"{what}: " + ", ".join(f"{name} {number(value)}{unit}" for name, value in rows) + "."


def mixes(side: DataFrame, split: DataFrame) -> list[Mix]:
    """How the hours of each location split, in the order of the mart side_by_side."""
    return [
        Mix(
            str(row["location"]),
            frames.by(split, "role", "hours_a_week", location=row["location"]),
            frames.by(split, "role", "share", location=row["location"]),
            float(row["hours_a_week"]),
            int(row["entries"]),
        )
        for row in frames.records(side)
    ]


def splits_in_words(rows: Sequence[Mix]) -> str:
    """The hours of each location and their shares, role by role."""
    lines = []
    for mix in rows:
        parts = [f"{ROLE_NAMES[role].lower()} {percent(mix.shares[role])}" for role in WORK if mix.shares.get(role)]
        lines.append(f"{mix.name}: {hours(mix.together)}, {', '.join(parts)}" if parts else f"{mix.name}: no hours")
    return "; ".join(lines) + "."


def split_rows(side: DataFrame, split: DataFrame, each: str = " a week") -> list[dict[str, str]]:
    """A row a location: hours, hours a week, each role's hours and share, and how many events these are of."""
    rows = []
    found = {(row["location"], row["role"]): row for row in frames.records(split)}
    for place in frames.records(side):
        cells = {role: found.get((place["location"], role), {}) for role in WORK}
        rows.append(
            {
                "Location": label(place["location"]),
                "Hours": exact(place["hours"]),
                "n": str(place["entries"]),
            }
            | ({f"Hours{each}": hours(place["hours_a_week"])} if each else {})
            | {
                ROLE_NAMES[role]: f"{exact(cell.get('hours') or 0.0)} ({percent(cell.get('share') or 0.0)})"
                for role, cell in cells.items()
            }
            | {"Interruptions": str(place["pulls"])}
            | ({f"Interruptions{each}": number(place["pulls_a_week"])} if each else {})
        )
    return rows


def trend_in_words(name: str, bars: Sequence[Week], grain: str = "week") -> str:
    """The first and the last whole week or month of a location."""
    whole = [bar for bar in bars if bar[2]]
    if not whole:
        return f"{name}: no whole {grain} in these days."
    when = {"day": "on", "week": "in the week of"}.get(grain, "in")
    ends = [f"{hours(amount)} {when} {begun(begins, grain)}" for begins, amount, _ in whole]
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
