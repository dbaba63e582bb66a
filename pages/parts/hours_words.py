"""The words and the table of Hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pandas import DataFrame

from etl.model import PRACTICE_WIDE
from pages.parts.behind import Behind
from pages.parts.format import clock, count, day, exact, full_hour, in_words, label, span
from pages.parts.ink import ROLE_NAMES
from pages.parts.period import Period

NOT_KEPT = "(title not kept)"
_COULD = {"yes": "the team could carry", "not known": "not marked either way", "no": "marked as yours"}
_FOUND = {
    "here": "at the location it was about",
    "elsewhere": "at another location than it was about",
    "patients": "with patients",
    "practice-wide": "in Practice-wide work",
    "nothing": "with nothing in the calendar",
}
_WEEKDAYS = {
    "Mon": "Mondays",
    "Tue": "Tuesdays",
    "Wed": "Wednesdays",
    "Thu": "Thursdays",
    "Fri": "Fridays",
    "Sat": "Saturdays",
    "Sun": "Sundays",
}


def heading(rows: Sequence[dict[str, Any]], asked: Behind, these: Period) -> str:
    """ "Riverside, management, 26 Oct – 22 Nov 2026: 31 h 15 min in 64 events." Names are escaped."""
    seconds = sum(row["seconds"] for row in rows)
    pulls = sum(row["interruption_id"] is not None for row in rows)
    parts = [label(name) for name in asked.locations or ()]
    parts += [ROLE_NAMES[role].lower() for role in asked.roles]
    if asked.pulls:
        parts.append("interruptions")
    elif not asked.roles:
        parts.append("all work")
    first = ", ".join([*parts, span(these.from_day, these.to_day)])
    amounts = [count(len(rows) - pulls, "event")] * (len(rows) > pulls) + [count(pulls, "interruption")] * bool(pulls)
    return f"{first[:1].upper()}{first[1:]}: {exact(seconds / 3600)} in {in_words(amounts) or 'no events'}"


def narrowed(asked: Behind) -> str:
    """What of the interruptions is shown, "" where all are. Names and topics are escaped."""
    parts = []
    if asked.was:
        parts.append("while you were " + " or ".join(label(_you_were(name)) for name in asked.was))
    if asked.topics:
        parts.append(f"on {in_words([label(topic) for topic in asked.topics])}")
    if asked.could:
        parts.append(" or ".join(_COULD[word] for word in asked.could))
    if asked.slots:
        parts.append("on " + " or ".join(_slot(slot) for slot in asked.slots))
    if asked.taken:
        parts.append("taken from " + " or ".join(ROLE_NAMES.get(name, name).lower() for name in map(label, asked.taken)))
    if asked.kinds:
        parts.append("that found you " + " or ".join(_FOUND.get(kind, label(kind)) for kind in asked.kinds))
    if asked.answered:
        parts.append("that say when they were answered")
    if asked.there or asked.weekdays:
        where = ["while you were " + " or ".join(_place(name) for name in asked.there)] * bool(asked.there)
        where += ["on " + " or ".join(_WEEKDAYS.get(name, label(name)) for name in asked.weekdays)] * bool(asked.weekdays)
        return f"Only {', '.join(where)}."
    return f"Only interruptions {', '.join(parts)}." if parts else "Only interruptions." if asked.pulls else ""


def _slot(slot: str) -> str:
    """ "Mondays from 10:00 to 11:00" of `Mon 10`; of what an address says otherwise, its words."""
    weekday, _, hour = slot.partition(" ")
    if weekday not in _WEEKDAYS or not hour.isdecimal():
        return label(slot)
    return f"{_WEEKDAYS[weekday]} from {full_hour(int(hour))} to {full_hour(int(hour) + 1)}"


def _place(name: str) -> str:
    """ "at North"; Practice-wide work is at no place."""
    return f"in {name} work" if name == PRACTICE_WIDE else f"at {label(name)}"


def _you_were(was: str) -> str:
    return (
        "with nothing in the calendar" if was == "nothing in the calendar" else was if was[:3] in ("at ", "wit") else f"in {was}"
    )


def table(rows: Sequence[dict[str, Any]]) -> DataFrame:
    """An event or interruption a row. Titles are strangers' words: they stand in cells only."""
    return DataFrame(
        {
            "Counts here": [exact(row["hours"]) for row in rows],
            "Start": [row["starts_at"] for row in rows],
            "Title": [title(row) for row in rows],
            "Role": [ROLE_NAMES[row["role"]] for row in rows],
            "Activity": [row["activity"] or "" for row in rows],
            "Location": [row["location"] for row in rows],
            "Calendar": [row["calendar"] or "" for row in rows],
            "Place": [row["place_text"] or "" for row in rows],
            "Whole length": [exact(row["length_hours"]) for row in rows],
        }
    )


def title(row: dict[str, Any]) -> str:
    """A stranger's words: the title of an event, or the topic of an interruption."""
    if row["interruption_id"] is None:
        return str(row["title"] or NOT_KEPT)
    return f"Interruption: {row['title']}" if row["title"] else "Interruption"


def item(row: dict[str, Any]) -> str:
    """What stands for a row in the address: an e and its number, or a p and its mark."""
    return f"e{row['occurrence_id']}" if row["interruption_id"] is None else f"p{row['interruption_id']}"


def option(row: dict[str, Any]) -> str:
    """A row as one line of a list to choose from; a stranger's words."""
    starts: datetime = row["starts_at"]
    return f"{day(starts)}, {clock(starts)}, {exact(row['hours'])}, {title(row)}"
