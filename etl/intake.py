"""One calendar or log of a file, put into the source that it is or renews."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from etl import marks
from etl.clock import Flags, Ints
from etl.columns import Columns
from etl.given import stem
from etl.keyed import Key
from etl.known_words import known_words
from etl.model import CalendarExport, LogExport, Note
from etl.practice import Practice
from etl.store import undo
from etl.store.pulls import has_pulls, renew_pulls
from etl.store.renewal import Renewed, renew_calendar, renew_log
from etl.store.sources import Source, days_of, identify_calendar, restate
from etl.transform import calendar_pulls, privacy, rows
from etl.transform.filed import Policy

_IN_THE_LOG = "in the log"


@dataclass(frozen=True, slots=True)
class Mark:
    """What every source of one file is marked with."""

    now: datetime
    until: datetime  # recurring events are expanded to here
    content_key: str
    practice: Practice
    key: Key
    policy: Policy


def put(
    con: duckdb.DuckDBPyConnection, export: CalendarExport | LogExport, mark: Mark, notes: Sequence[Note]
) -> tuple[str, Renewed]:
    """Put one export in the place of the older ones of its source; gives the source's id and what became of its rows."""
    practice, key = mark.practice, mark.key
    calls = isinstance(export, LogExport) and export.calls
    file_stem = privacy.calendar_name(export.name if calls else stem(export.file_name))
    source = Source(
        source_id="",
        kind="interruptions",
        name=file_stem,
        file_name=privacy.file_name(export.file_name),
        loaded_at=mark.now,
        covers_from=None,
        covers_to=None,
        time_zone=None,
        content_key=mark.content_key,
        read_zone="",
        read_owners=marks.owners_mark(practice, key),
        read_rules=marks.rules_mark(practice),
        read_until=mark.until,
        read_pulls=marks.phones_mark(practice) if calls else "",
    )
    if isinstance(export, CalendarExport):
        calendar = privacy.calendar_name(export.name) or file_stem  # whatever tells the sources of one name apart
        uids = key.uids(export.occurrences.uids)
        source_id, name = identify_calendar(con, calendar, file_stem, export.occurrences, uids)
        pulls = calendar_pulls.are_pulls(export.occurrences, calendar, practice)
        plan = export.occurrences.only(~pulls) if pulls.any() else export.occurrences
        found = rows.dated(plan, uids, source_id, calendar, mark.policy)
        undo.keep(con, source_id)
        read_zone = practice.time_zone if found.floating else ""
        zone = export.time_zone or None
        source = replace(source, source_id=source_id, kind="calendar", name=name, time_zone=zone, read_zone=read_zone)
        source = replace(source, read_pulls=marks.pulls_mark(practice, name))
        days = days_of(*(getattr(export.occurrences, side) for side in ("start", "end", "recurs")))
        renewed = renew_calendar(con, source, found, export.exported_at, notes, days)
        return source_id, _with_pulls(con, renewed, source_id, calendar, export.occurrences, pulls, uids, mark)
    source = replace(source, source_id=f"interruptions/{file_stem}")
    undo.keep(con, source.source_id)
    logged = list(rows.log_rows(export.interruptions, source.source_id, mark.policy.filer, key, practice.zone))
    if (before := mark.policy.before) is not None:
        logged = [row for row in logged if row.ends_at.timestamp() > before]
    return source.source_id, renew_log(con, source, logged, notes)


def _with_pulls(
    con: duckdb.DuckDBPyConnection,
    renewed: Renewed,
    source_id: str,
    calendar: str,
    found: Columns,
    pulls: Flags,
    uids: Ints,
    mark: Mark,
) -> Renewed:
    """Put the events that are interruptions into the log; what became of all rows together."""
    had = has_pulls(con, source_id)
    if not had and not pulls.any():
        return renewed
    known = known_words(con, mark.practice)
    logged = found.only(pulls)
    now = int(mark.now.timestamp())
    taken = calendar_pulls.pulls_of(logged, uids, source_id, calendar, mark.practice, known, mark.policy.filer, mark.key, now)
    kept = [row for row in taken.rows if mark.policy.before is None or row.ends_at.timestamp() > mark.policy.before]
    planned = list(calendar_pulls.identities(found.only(~pulls), uids, mark.key)) if had else []
    more = renew_pulls(con, source_id, kept, planned, (uids[logged.uid], logged.original, logged.original_clock, logged.recurs))
    con.execute("delete from load_notes where source_id = ? and note like ?", [source_id, f"%{_IN_THE_LOG}%"])
    for note in _pull_notes(len(taken.rows), taken.left_out):
        con.execute("insert into load_notes values (?, null, ?)", [source_id, note])
    restate(con, source_id)
    return replace(
        renewed,
        new=renewed.new + more.new,
        changed=renewed.changed + more.changed,
        gone=renewed.gone + more.gone,
        unchanged=renewed.unchanged + more.unchanged,
    )


def _pull_notes(taken: int, left_out: int) -> list[str]:
    events = "1 event is an interruption" if taken == 1 else f"{taken} events are interruptions"
    notes = [f"{events}: {_IN_THE_LOG}, not in the plan"] if taken else []
    if left_out:
        others = "1 interruption was" if left_out == 1 else f"{left_out} interruptions were"
        notes.append(
            f"{others} left out: {_IN_THE_LOG} are those that have a time of day, have begun, take at most a day,"
            " and are not cancelled, declined or free"
        )
    return notes


def forgotten_notes(exports: Sequence[CalendarExport | LogExport], mark: Mark) -> list[Note]:
    """What to say of events before the day that the owner had everything forgotten before."""
    if (before := mark.policy.before) is None:
        return []
    left_out = sum(int((export.occurrences.end <= before).sum()) for export in exports if isinstance(export, CalendarExport))
    if not left_out:
        return []
    events = "1 event was" if left_out == 1 else f"{left_out} events were"
    return [Note(None, f"{events} left out: you had everything before that day forgotten. Change it on the Data page, Privacy")]


def pull_notes(con: duckdb.DuckDBPyConnection, source_id: str) -> list[Note]:
    """What there is to say of the interruptions that stand in a calendar."""
    said = con.execute(
        "select note from load_notes where source_id = ? and note like ? order by note", [source_id, f"%{_IN_THE_LOG}%"]
    )
    return [Note(None, note) for (note,) in said.fetchall()]


def place_notes(con: duckdb.DuckDBPyConnection, source_id: str) -> list[Note]:
    """What to say of the locations that a log names and the practice does not."""
    unknown = con.execute(
        """select count(*) from log_rows where source_id = ? and about_text is not null and about_location = 'Practice-wide'
        and lower(trim(about_text)) not in ('practice-wide', 'practice wide')""",
        [source_id],
    ).fetchall()[0][0]
    if not unknown:
        return []
    rows_are = "1 row is" if unknown == 1 else f"{unknown} rows are"
    return [
        Note(
            None,
            f"{rows_are} about a location that practice.toml does not name, and counted as Practice-wide for now."
            " Add it as a location or an alias on the Data page",
        )
    ]
