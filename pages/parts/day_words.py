"""What the page of the day says, from what the marts give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pages.parts.format import brief, clock_of, count, day, full_stop, hours, label, percent, times
from pages.parts.ink import ROLE_NAMES

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULE = (
    "A switch is a change of role (or of location) from one stretch of the day to the next. Stretches under five minutes are "
    "ignored on both sides, and neighbours that touch and have the same role are one stretch."
)


DAY_OFF = {
    "in your list": "It is in your list of days off",
    "out of office": "An all-day event marks you as out of office",
    "says so": "An all-day event says that you were off",
    "personal": "It is under a personal all-day event",
}


def day_off(why: str) -> str:
    """`A day off. It is in your list of days off; what you worked on it counts as ever.`"""
    return f"A day off. {DAY_OFF[why]}; what you worked on it counts as ever."


def named(on: date) -> str:
    """`Mon 5 Jan 2026`."""
    return f"{DAYS[on.weekday()]} {day(on)}"


def finding(facts: Sequence[Mapping[str, Any]]) -> str:
    """`You switch role 14 times a day; your longest time to lead was 1 h 30 min.`"""
    if not facts or facts[0]["role_switches_a_day"] is None:
        return "No day of these has counted work."
    switches, longest = facts[0]["role_switches_a_day"], facts[0]["longest_of_all_hours"]
    lead = f"your longest undisturbed time to lead was {brief(longest)}" if longest else "no day had time to lead"
    return f"You switch role {times(switches)} a day; {lead}."


def lead(facts: Sequence[Mapping[str, Any]], planned: Sequence[Mapping[str, Any]]) -> str:
    """What stands under the finding."""
    said = [f"From one location to another you switch {times(facts[0]['location_switches_a_day'])} a day."]
    if planned:
        aside, kept, share = (planned[0][name] for name in ("planned_hours", "kept_hours", "kept_share"))
        said.append(f"Of {hours(aside)} put aside for leadership, {hours(kept)} were kept ({percent(share)}).")
    return " ".join(said)


def became(row: Mapping[str, Any]) -> str:
    """Who ate it, or that it was kept; a stranger's words, not escaped."""
    if row["became"] == "kept":
        return "Kept"
    if row["became"] == "event":
        return "Another event: " + ROLE_NAMES[row["what"]].lower()
    return f"Interruption about {row['what']}" + (f": {row['topic']}" if row["topic"] else "")


def eaten(planned: Sequence[Mapping[str, Any]]) -> list[tuple[str, float, str]]:
    """The parts of the picture: kept, then each other event by role, then interruptions by location; topics are in the table."""
    found = {(row["became"], became({**row, "topic": ""})): float(row["what_hours"]) for row in planned}
    order = {"kept": 0, "event": 1, "interruption": 2}
    return [(name, value, kind) for (kind, name), value in sorted(found.items(), key=lambda each: (order[each[0][0]], -each[1]))]


def colours(pieces: Sequence[tuple[str, float, str]], dark: bool) -> str:
    """`Orange: kept. Black: eaten by interruptions.` Of the picture of `eaten`, what is in it."""
    words = {
        "kept": "Orange: kept.",
        "interruption": f"{'White' if dark else 'Black'}: eaten by interruptions.",
        "event": "Grey: eaten by other events.",
    }
    there = {kind for _, _, kind in pieces}
    return " ".join(said for kind, said in words.items() if kind in there)


def planned_rows(planned: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The table under it."""
    return [
        {
            "What became of it": label(became(row)),
            "Hours": brief(row["hours"]),
            "Share": percent(row["share"]),
        }
        for row in planned
    ]


def day_rows(facts: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """A row a day."""
    return [
        {
            "Day": named(row["day"]) + ", day off" * bool(row["day_off"]),
            "Work": brief(row["work_hours"]),
            "Leadership": brief(row["leadership_hours"]),
            "Longest undisturbed": longest(row),
            "Interruptions": str(row["pulls"]),
            "Switches of role": str(row["role_switches"]),
            "Switches of location": str(row["location_switches"]),
        }
        for row in facts
    ]


def longest(row: Mapping[str, Any]) -> str:
    """`1 h 30 min, from 09:00`."""
    if not row["longest_leadership_hours"]:
        return "none"
    return f"{brief(row['longest_leadership_hours'])}, from {clock_of(row['longest_from_minute'])}"


def one_day(row: Mapping[str, Any]) -> str:
    """The day in a sentence."""
    roles, places = (count(row[f"{what}_switches"], "switch", "switches") for what in ("role", "location"))
    pulls = count(row["pulls"], "interruption")
    said = f"{roles} of role, {places} of location, {pulls}; longest undisturbed time to lead: {longest(row)}"
    return full_stop(said)


def stretch_rows(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The stretches of one day."""
    return [
        {
            "From": clock_of(part["starts_minute"]),
            "To": clock_of(part["ends_minute"]),
            "Role": ROLE_NAMES[part["role"]],
            "Location": label(part["location"]),
            "Interruption": ("out of " + ROLE_NAMES[part["displaced_role"]].lower() if part["displaced_role"] else "yes")
            if part["pull"]
            else "",
        }
        for part in parts
    ]
