"""The words and tables of Overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pandas import DataFrame, Series

from etl.along.sentences import RULE as RULE
from etl.model import PRACTICE_WIDE
from pages.parts import frames
from pages.parts.behind import Behind
from pages.parts.charts_week import Week
from pages.parts.format import BAR_HEADS, begun, between, brief, change, count, exact, hours, label, number, percent
from pages.parts.ink import ROLE_NAMES

TOPICS = 6
"""How many topics are drawn where the half minute adds none up; the table under them has all."""


def role_rows(roles: DataFrame) -> list[dict[str, str]]:
    """A row a role: hours in the period, a week, share, the time before, change."""
    return [
        {
            "Role": ROLE_NAMES[row["role"]],
            "Hours": exact(row["hours"]),
            "Hours a week": hours(row["hours_a_week"]),
            "Share of work": percent(row["share"]),
            "Before, a week": hours(row["hours_a_week_before"]),
            "Change a week": change(row["change_a_week"]),
        }
        for row in frames.records(roles)
    ]


def week_rows(weekly: DataFrame, grain: str = "week") -> list[dict[str, str]]:
    """A row a bar, the newest first, a column a role; days off stand behind its name."""
    found: dict[Any, dict[str, str]] = {}
    for row in frames.records(weekly):
        called = begun(row["begins"], grain) + ("" if row["finished"] else " (not whole)")
        called += f", {count(row['days_off'], 'day')} off" if row["days_off"] else ""
        line = found.setdefault(row["begins"], {BAR_HEADS[grain]: called})
        line[ROLE_NAMES[row["role"]]] = exact(row["hours"])
    return [found[begins] for begins in sorted(found, reverse=True)]


def weeks_in_words(name: str, weeks: Sequence[Week], grain: str = "week") -> str:
    """What a row of bars shows: from which hours to which, the least and the most."""
    whole = [week for week in weeks if week[2]]
    if not whole:
        return f"{name}: no whole {grain} in these days."
    amounts = [week[1] for week in whole]
    return (
        f"{name}, {count(len(whole), grain)}: {hours(amounts[0])} in the first, {hours(amounts[-1])} in the last; "
        f"least {hours(min(amounts))}, most {hours(max(amounts))}."
    )


def hand_over(fits: Series, each: str = " a week") -> str:
    """The range of hours that may not need the owner, and its reason; `each` stands behind the range."""
    low, high = frames.one(fits["low_hours_a_week"]) or 0.0, frames.one(fits["high_hours_a_week"]) or 0.0
    if not high:
        return "No managing in these days that the team could carry."
    marked, unmarked, needed = (int(fits[name]) for name in ("marked_pulls", "unmarked_pulls", "needed_pulls"))
    planned, open_ = (
        frames.one(fits["calendar_management_hours_a_week"]) or 0.0,
        frames.one(fits["not_known_hours_a_week"]) or 0.0,
    )
    said = [f"**{between(low, high)}{each}.**"]
    if marked:
        said.append(f"At least {brief(low)}{each}: {count(marked, 'interruption')} in these days that you marked as the team's.")
    more = []
    if planned:
        more.append(f"{brief(planned)}{each} of managing in your calendar")
    if open_:
        more.append(f"{brief(open_)}{each} in {count(unmarked, 'interruption')} not marked either way")
    if more:
        said.append(f"At most {brief(high)}{each}: {'with ' if marked else ''}{' and '.join(more)}.")
    if needed:
        said.append(f"Left out: {count(needed, 'interruption')} you marked as yours.")
    return " ".join(said)


def drawn(topics: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The topics of the picture: those that the half minute adds up, as it leads there; else the first."""
    return [row for row in topics if row["said"]] or list(topics[:TOPICS])


def of_topic(row: Mapping[str, Any], could: str) -> Behind:
    """The interruptions behind a topic's bar, those that were marked "yes" or those "not known"."""
    abouts = None if row["abouts"] is None else tuple(map(str, row["abouts"]))
    return Behind(roles=("management",), locations=abouts, pulls=True, topics=tuple(map(str, row["spellings"])), could=(could,))


def managing(places: DataFrame) -> list[tuple[str, float, float]]:
    """(place, hours of management a week, share of all management), the most first, Practice-wide last where it has any."""
    rows = [row for row in frames.records(places) if row["role"] == "management"]
    rows = [row for row in rows if row["hours"] or row["location"] != PRACTICE_WIDE]
    rows.sort(key=lambda row: (row["location"] == PRACTICE_WIDE, -row["hours"]))
    return [(str(row["location"]), float(row["hours_a_week"]), row["share_of_all"] or 0.0) for row in rows]


def managing_in_words(rows: Sequence[tuple[str, float, float]], each: str) -> str:
    """ "Management, hours a week: Riverside 8.2 h, 31 %; North 5 h, 19 %." """
    return f"Management, hours{each}: " + "; ".join(f"{name} {hours(most)}, {percent(share)}" for name, most, share in rows) + "."


def managing_rows(places: DataFrame) -> list[dict[str, str]]:
    """A row a place: its management in the period, a week and as a share, and what else it has."""
    rows = [row for row in frames.records(places) if row["role"] == "management"]
    return [
        {
            "Location": label(str(row["location"])),
            "Management": exact(row["hours"]),
            "A week": hours(row["hours_a_week"]),
            "Of all management": percent(row["share_of_all"] or 0.0),
            "All work": exact(row["location_hours"]),
        }
        for row in rows
    ]


def topic_rows(topics: DataFrame) -> list[dict[str, str]]:
    """A row a topic, all of them."""
    return [
        {
            "Topic": label(str(row["topic"])),
            "Interruptions": number(row["pulls"], 0),
            "About locations": number(row["locations"], 0),
            "At least, a week": exact(row["low_hours_a_week"]),
            "At most, a week": exact(row["high_hours_a_week"]),
        }
        for row in frames.records(topics)
    ]


def step_frame(steps: DataFrame) -> DataFrame:
    """The way from the calendars' hours to the counted ones."""
    return DataFrame(
        [
            {
                "Step": row["step"][:1].upper() + row["step"][1:],  # one calendar's are in small letters
                "Hours": exact(row["hours"]),
                "Events": "" if row["occurrences"] is None else number(row["occurrences"], 0),
            }
            for row in frames.records(steps)
            if row["hours"] or row["occurrences"] or row["step_order"] == 1
        ]
    )
