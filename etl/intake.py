"""One calendar or log of a file, put into the source that it is or renews."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from etl import marks
from etl.given import stem
from etl.keyed import Key
from etl.known_words import known_words
from etl.model import CalendarExport, LogExport, Note
from etl.practice import Practice
from etl.store import undo
from etl.store.renewal import Renewed, renew_calendar, renew_log
from etl.store.sources import Source, days_of, identify_calendar, identify_calls
from etl.transform import calendar_pulls, privacy, rows
from etl.transform.filed import Policy
from etl.transform.rows import LogRow


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
) -> tuple[str, Renewed, list[Note]]:
    """Put one export in the place of the older ones of its source; gives the source's id, what became of its rows, and what
    more there is to say of it."""
    source = Source(
        source_id="",
        kind="interruptions",
        name=privacy.calendar_name(stem(export.file_name)),
        file_name=privacy.file_name(export.file_name),
        loaded_at=mark.now,
        covers_from=None,
        covers_to=None,
        time_zone=None,
        content_key=mark.content_key,
        read_zone="",
        read_owners=marks.owners_mark(mark.practice, mark.key),
        read_rules=marks.rules_mark(mark.practice),
        read_until=mark.until,
    )
    if isinstance(export, CalendarExport):
        return _put_calendar(con, export, source, mark, notes)
    return _put_log(con, export, source, mark, notes)


def _put_calendar(
    con: duckdb.DuckDBPyConnection, export: CalendarExport, source: Source, mark: Mark, notes: Sequence[Note]
) -> tuple[str, Renewed, list[Note]]:
    practice, key, found = mark.practice, mark.key, export.occurrences
    calendar = privacy.calendar_name(export.name) or source.name  # whatever tells the sources of one name apart
    uids = key.uids(found.uids)
    source_id, name = identify_calendar(con, calendar, source.name, found, uids)
    pulls = calendar_pulls.are_pulls(found, calendar, practice)
    plan = rows.dated(found.only(~pulls) if pulls.any() else found, uids, source_id, calendar, mark.policy)
    said: list[Note] = []
    pulled: list[LogRow] = []
    if pulls.any():
        known, now = known_words(con, practice), int(mark.now.timestamp())
        taken = calendar_pulls.pulls_of(
            found.only(pulls), uids, source_id, calendar, practice, known, mark.policy.filer, key, now
        )
        pulled = _standing(con, taken.rows, mark)
        said = _pull_notes(len(pulled), taken.left_out)
    undo.keep(con, source_id)
    source = replace(
        source,
        source_id=source_id,
        kind="calendar",
        name=name,
        time_zone=export.time_zone or None,
        read_zone=practice.time_zone if plan.floating else "",
        read_pulls=marks.pulls_mark(practice, name),
    )
    days = days_of(found.start, found.end, found.recurs)
    renewed = renew_calendar(con, source, plan, pulled, uids[found.uid[pulls]], export.exported_at, [*notes, *said], days)
    return source_id, renewed, said


def _put_log(
    con: duckdb.DuckDBPyConnection, export: LogExport, source: Source, mark: Mark, notes: Sequence[Note]
) -> tuple[str, Renewed, list[Note]]:
    zone = mark.practice.zone
    began = [rows.instant(moment, zone) for moment in (*export.began, *(each.started_at for each in export.interruptions))]
    if export.calls:
        name = identify_calls(con, privacy.calendar_name(export.name), source.name, began)
        source = replace(source, name=name, read_pulls=marks.phones_mark(mark.practice))
    source = replace(source, source_id=f"interruptions/{source.name}")
    undo.keep(con, source.source_id)
    logged = _standing(con, rows.log_rows(export.interruptions, source.source_id, mark.policy.filer, mark.key, zone), mark)
    if export.calls:  # one that the owner took out by an older version of the program is known by the id of any log's row
        logged = _standing(con, rows.call_rows(logged, mark.key, zone), mark)
    return source.source_id, renew_log(con, source, logged, began, notes), []


def _standing(con: duckdb.DuckDBPyConnection, logged: Iterable[LogRow], mark: Mark) -> list[LogRow]:
    """Those that the owner has neither taken out by hand nor had forgotten by their day."""
    taken_out = {row[0] for row in con.execute("select interruption_id from log_forgotten").fetchall()}
    before = mark.policy.before
    return [
        row for row in logged if row.interruption_id not in taken_out and (before is None or row.ends_at.timestamp() > before)
    ]


def _pull_notes(taken: int, left_out: int) -> list[Note]:
    events = "1 event is an interruption" if taken == 1 else f"{taken} events are interruptions"
    notes = [f"{events}: in the log, not in the plan"] if taken else []
    if left_out:
        others = "1 interruption was" if left_out == 1 else f"{left_out} interruptions were"
        notes.append(
            f"{others} left out: in the log are those that have a time of day, have begun, take at most a day,"
            " and are not cancelled, declined or free"
        )
    return [Note(None, note) for note in notes]


def forgotten_notes(exports: Sequence[CalendarExport | LogExport], mark: Mark) -> list[Note]:
    """What to say of events before the day that the owner had everything forgotten before."""
    if (before := mark.policy.before) is None:
        return []
    left_out = sum(int((export.occurrences.end <= before).sum()) for export in exports if isinstance(export, CalendarExport))
    if not left_out:
        return []
    events = "1 event was" if left_out == 1 else f"{left_out} events were"
    return [Note(None, f"{events} left out: you had everything before that day forgotten. Change it on the Data page, Privacy")]


def place_notes(con: duckdb.DuckDBPyConnection, source_id: str, mark: Mark) -> list[Note]:
    """What to say of the locations that a log names and the practice does not."""
    named = con.execute(
        """select about_text, count(*) from log_rows where source_id = ? and about_location = 'Practice-wide'
        and lower(trim(about_text)) not in ('practice-wide', 'practice wide') group by about_text""",
        [source_id],
    ).fetchall()
    unknown = sum(count for text, count in named if not mark.policy.filer.place_kept(text))
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
