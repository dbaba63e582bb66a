"""One calendar or log of a file, put into the source that it is or renews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from etl import recount
from etl.given import stem
from etl.keyed import Key
from etl.model import CalendarExport, LogExport, Note
from etl.practice import Practice
from etl.store import sources
from etl.transform import privacy, rows


@dataclass(frozen=True, slots=True)
class Mark:
    """What every source of one file is marked with."""

    now: datetime
    until: datetime  # recurring events are expanded to here
    content_key: str
    practice: Practice
    key: Key


def put(con: duckdb.DuckDBPyConnection, export: CalendarExport | LogExport, mark: Mark, notes: Sequence[Note]) -> str:
    """Put one export in the place of the older ones of its source; gives the source's id."""
    practice, key = mark.practice, mark.key
    by = recount.filer(practice, key)
    found: list[rows.OccurrenceRow] | list[rows.LogRow]
    file_stem = privacy.calendar_name(stem(export.file_name))
    floating = False
    if isinstance(export, CalendarExport):
        kind, name = "calendar", privacy.calendar_name(export.name) or file_stem
        events = {(key.hash("uid:" + o.uid), o.original) for o in export.occurrences}
        calendar = name  # events are filed by the calendar's own name, whatever tells the sources apart
        source_id, name = sources.identify_calendar(con, name, file_stem, events)
        found = list(
            rows.occurrence_rows(export, source_id, calendar, by, key, practice.zone, keep_clinical=practice.keep_clinical_titles)
        )
        floating = any(row.floating for row in found)
    else:
        kind, name = "interruptions", file_stem
        source_id = f"interruptions/{name}"
        found = list(rows.log_rows(export.interruptions, source_id, by, key, practice.zone))
    source = sources.Source(
        source_id=source_id,
        kind=kind,
        name=name,
        file_name=privacy.file_name(export.file_name),
        loaded_at=mark.now,
        covers_from=None,
        covers_to=None,
        time_zone=(export.time_zone or None) if isinstance(export, CalendarExport) else None,
        content_key=mark.content_key,
        read_zone=practice.time_zone if floating else "",
        read_owners=recount.owners_mark(practice, key),
        read_rules=recount.rules_mark(practice),
        read_until=mark.until,
    )
    sources.renew(con, source, found, notes)
    return source_id


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
