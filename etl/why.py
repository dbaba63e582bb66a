"""Why any hour counts as it does: for one event or interruption, what decided it and to whom its minutes belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import duckdb

from etl import marts, why_words
from etl.practice import parse
from etl.store import open_read
from etl.transform import words
from etl.why_words import Said, Texts

NOT_KEPT = "(title not kept)"
_ROLES = {"unclassified": "not filed"}
"""What roles are called where that is not their name."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the time of an event or interruption, and what has it or gave it; its `occurrence_id` or `interruption_id`."""

    seconds: int
    said: Said
    what: Literal["own", "event", "interruption", "nothing"]
    occurrence_id: int | None = None
    interruption_id: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """All that is to be said about one event or interruption. Times are the practice's wall clock.

    The seconds of `minutes` add up to `seconds`, its length, where it counts; else there are none. Those of `took` do not:
    of three events at the same time one takes the same minutes from both others. `title` is None where it was dropped or
    absent; of an interruption it is the topic, and its `calendar` is the name of its log. `uid` is that
    of an event's series.
    """

    what: Literal["event", "interruption"]
    title: str | None
    calendar: str
    place: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    seconds: int
    instances: int
    role: str
    activity: str
    location: str
    role_by: Said
    location_by: Said
    not_counted: Said | None
    minutes: tuple[Share, ...]
    took: tuple[Share, ...]
    uid: int | None = None


def of_event(db: Path, occurrence_id: int) -> Why | None:
    """Why one event counts as it does; None where it is not stored. Raises StoreError."""
    with open_read(db) as con:
        asked = {"occurrence_id": occurrence_id}
        if not (rows := _rows(con, "why_event", **asked)):
            return None
        row = rows[0]
        markers = [(m["title"], m["calendar"]) for m in _rows(con, "why_marker", **asked)]
        counts = row["not_counted_because"] is None
        minutes = tuple(_share(share) for share in _rows(con, "why_minutes", **asked)) if counts else ()
        took = tuple(_taken(share) for share in _rows(con, "why_took", **asked)) if counts else ()
    practice = parse(row["practice_text"])
    if row["instances"] == 1:  # a correction of a single event is kept by its UID alone, as one of a series is
        row |= {name: "this event" for name in ("decided_by", "location_by") if row[name] == "this series"}
    texts = Texts(row["title"], row["place_text"] or "", row["calendar"], row["categories"] or "")
    return Why(
        what="event",
        title=row["title"],
        calendar=row["calendar"],
        place=row["place_text"] or "",
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        all_day=row["all_day"],
        seconds=row["seconds"],
        instances=row["instances"],
        role=row["role"],
        activity=row["activity"],
        location=row["location"],
        role_by=why_words.role_by(row["decided_by"], texts, row["role"], row["activity"], practice, words.built_in()),
        location_by=why_words.location_by(row["location_by"], texts, row["location"], practice, markers),
        not_counted=why_words.not_counted(row["not_counted_because"], row["counted_on"]),
        minutes=minutes,
        took=took,
        uid=row["uid"],
    )


def of_interruption(db: Path, interruption_id: str) -> Why | None:
    """Why one interruption counts as it does, and what it was taken from; None where it is not stored. Raises StoreError."""
    with open_read(db) as con:
        if not (rows := _rows(con, "why_pull", interruption_id=interruption_id)):
            return None
        row = rows[0]
        minutes = tuple(_pulled(share) for share in _rows(con, "why_pull_minutes", interruption_id=interruption_id))
    management = row["role"] == "management"
    about = row["about_text"]
    return Why(
        what="interruption",
        title=row["topic"],
        calendar=row["log"],
        place=about or "",
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        all_day=False,
        seconds=row["seconds"],
        instances=1,
        role=row["role"],
        activity=row["activity"],
        location=row["location"],
        role_by=Said("An interruption is management where its log says nothing else." if management else "Its log says so."),
        location_by=Said("Its log says that it was about ‘{}’.", (about,))
        if about
        else Said("Its log names no location, so it is for the practice as a whole."),
        not_counted=None if row["seconds"] else Said("It is not counted: it has no length."),
        minutes=minutes,
        took=(),
    )


def _rows(con: duckdb.DuckDBPyConnection, mart: str, **parameters: Any) -> list[dict[str, Any]]:
    found = marts.ask(con, mart, **parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _share(row: Mapping[str, Any]) -> Share:
    """Whose minutes of an event these are."""
    if row["what"] == "own":
        said = Said("its own")
    elif row["what"] == "interruption":
        said = _interruption("belong to", row)
    else:
        reason = why_words.goes_before(row["goes_before"], inside=row["inside"])
        said = Said(
            f"belong to ‘{{}}’ ({_ROLES.get(row['role'], row['role'])}, {{}}), {reason}",
            (row["title"] or NOT_KEPT, row["location"]),
        )
    return _made(row, said)


def _taken(row: Mapping[str, Any]) -> Share:
    """From which event an event took minutes."""
    said = Said(f"taken from ‘{{}}’ ({_ROLES.get(row['role'], row['role'])}, {{}})", (row["title"] or NOT_KEPT, row["location"]))
    return _made({**row, "what": "event"}, said)


def _pulled(row: Mapping[str, Any]) -> Share:
    """From what an interruption took these minutes."""
    if row["what"] == "nothing":
        said = Said("in which nothing was in the calendar")
    elif row["what"] == "interruption":
        said = _interruption("belong to", row, " that began later")
    else:
        said = Said(
            f"taken from ‘{{}}’ ({_ROLES.get(row['role'], row['role'])}, {{}})", (row["title"] or NOT_KEPT, row["location"])
        )
    return _made(row, said)


def _interruption(verb: str, row: Mapping[str, Any], more: str = "") -> Said:
    if row["title"]:
        return Said(f"{verb} an interruption{more} about {{}}, on ‘{{}}’", (row["location"], row["title"]))
    return Said(f"{verb} an interruption{more} about {{}}", (row["location"],))


def _made(row: Mapping[str, Any], said: Said) -> Share:
    event = row["occurrence_id"]
    return Share(row["seconds"], said, row["what"], None if event is None else int(event), row.get("interruption_id"))
