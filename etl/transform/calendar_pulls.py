"""Events of a calendar that are no plan but interruptions: those with the practice's marker, or of a calendar that is a log."""

import re
from dataclasses import dataclass, replace
from datetime import UTC

import numpy as np

from etl.clock import Flags, Ints, wall
from etl.columns import ALL_DAY, FLOATING, Columns
from etl.keyed import Key
from etl.model import Interruption
from etl.practice import Practice
from etl.practice_checks import folded
from etl.transform import privacy
from etl.transform.one_line import Vocabulary, read_title
from etl.transform.roles import Filer
from etl.transform.rows import LogRow, log_rows, occurrence_ids

LONGEST = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Pulls:
    """The interruptions of one export, `left_out` of them not taken: cancelled, declined, free, all-day, still to come or
    longer than a day."""

    rows: tuple[LogRow, ...]
    left_out: int


def are_pulls(found: Columns, calendar: str, practice: Practice) -> Flags:
    """Which occurrences of a calendar are interruptions."""
    if is_log(calendar, practice):
        return np.ones(len(found), bool)
    if not practice.marker:
        return np.zeros(len(found), bool)
    begins = np.array([_after_marker(text.title, practice.marker) is not None for text in found.texts], bool)
    return begins[found.text] if len(begins) else np.zeros(len(found), bool)


def _after_marker(title: str, marker: str) -> str | None:
    """What follows the marker that a title begins with, None where it begins with none. One of letters is a whole word."""
    whole = r"(?!\w)" if marker[-1:].isalnum() else ""
    found = re.match(rf"\s*{re.escape(marker)}{whole}", title, re.IGNORECASE) if marker else None
    return title[found.end() :] if found else None


def is_log(calendar: str, practice: Practice) -> bool:
    """Whether everything on this calendar is an interruption."""
    return any(each.kind == "interruptions" and folded(each.name) == folded(calendar) for each in practice.calendars)


def pulls_of(
    found: Columns,
    uids: Ints,
    source_id: str,
    calendar: str,
    practice: Practice,
    known: Vocabulary,
    by: Filer,
    key: Key,
    now: int,
) -> Pulls:
    """These occurrences as rows of the log; `uids` are the keyed hashes of their UIDs, `now` is in seconds.

    An id is that of the event's instance, so that the next export brings the same row, be it moved or given another title.
    """
    length = found.end - found.start
    taken = (found.clock != ALL_DAY) & np.isin(found.status, (0, 4)) & (length >= 0) & (length <= LONGEST) & (found.start <= now)
    default = next((each.location for each in practice.calendars if folded(each.name) == folded(calendar) and each.location), "")
    occurrence_id = occurrence_ids(uids[found.uid], found.original, found.original_clock, source_id)
    rows: dict[str, LogRow] = {}
    for at in np.flatnonzero(taken).tolist():
        entry = _entry(found, at, practice, known, by, default)
        (row,) = log_rows([entry], source_id, by, key, practice.zone)
        place = found.texts[found.text[at]].place
        name = _identity(found, at, uids, key)
        row = replace(
            row,
            interruption_id=name,
            uid=int(uids[found.uid[at]]),
            occurrence_id=int(occurrence_id[at]),
            place_dropped=bool(place.strip()) and entry.about in ("", default) and not by.place_kept(place),
        )
        rows.setdefault(name, row)
    return Pulls(tuple(rows.values()), int((~taken).sum()))


def _identity(found: Columns, at: int, uids: Ints, key: Key) -> str:
    """The id of an interruption: of one that does not recur its UID alone tells it, wherever it is moved."""
    instance = f"{found.original[at]}:{found.original_clock[at]}" if found.recurs[at] else ""
    return key.hash(f"in a calendar:{uids[found.uid[at]]}:{instance}")


def _entry(found: Columns, at: int, practice: Practice, known: Vocabulary, by: Filer, default: str) -> Interruption:
    text = found.texts[found.text[at]]
    title = _after_marker(text.title, practice.marker)
    length = int(found.end[at] - found.start[at]) / 60
    said = read_title(privacy.place(text.title if title is None else title), known, measured=length > 0)
    minutes = length if said.minutes is None else said.minutes
    place = privacy.place(text.place)
    began = wall(int(found.start[at])).replace(tzinfo=UTC)
    if found.clock[at] == FLOATING:
        began = began.astimezone(practice.zone).replace(tzinfo=None)
    return Interruption(
        started_at=began,
        minutes=minutes or practice.usual_minutes,
        about=said.about or by.place_named(place) or default,  # never the words of a place: they may name a stranger
        asked_by=said.asked_by,
        topic=said.topic,
        team_could=said.team_could,
        via="calendar",
        note=said.note,
        estimated=not minutes,
    )
