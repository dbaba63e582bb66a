"""What the owner changes by hand: settings, the log, sources: each one transaction, all counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from etl import recount
from etl.edit import Change, changing, recounted
from etl.edit import changed_outside as changed_outside
from etl.edit import practice_file as practice_file
from etl.edit import practice_text as practice_text
from etl.model import Interruption, Refused
from etl.store import open_read, sources, undo, write
from etl.store.kept import schemas
from etl.transform.rows import log_rows

TYPED_IN = sources.Source(
    source_id="typed in",  # no kind in front: a file may be called so too
    kind="interruptions",
    name="typed in",
    file_name="",
    loaded_at=datetime(1990, 1, 1, tzinfo=UTC),
    covers_from=None,
    covers_to=None,
    time_zone=None,
    content_key="",
    read_zone="",
    read_owners="",
    read_rules="",
    read_until=datetime(1990, 1, 1, tzinfo=UTC),
)
"""The log of what is entered in the app and not in a file."""


def use_practice(db: Path, text: str, *, write_file: bool = True) -> None:
    """Count everything by this practice.toml, and keep it as the file too.

    Raises Refused where the text is not right, or the file holds an edit by hand that would be lost.
    """
    recounted(db, lambda con, before, key: Change(text), write_file=write_file)


def remove_source(db: Path, source_id: str) -> None:
    """Take one calendar or log out of the file, bytes included."""
    with changing(db) as (con, _, _):
        sources.remove(con, source_id)


@dataclass(frozen=True, slots=True)
class LastLoad:
    """The files that were loaded last, in one go, and when (UTC)."""

    file_names: tuple[str, ...]
    loaded_at: datetime


def last_load(db: Path) -> LastLoad | None:
    """The load that can be undone; None where there is none."""
    if not db.exists():
        return None
    with open_read(db) as con:
        found = undo.last(con)
    return LastLoad(found[0], datetime.fromisoformat(found[1]).replace(tzinfo=UTC)) if found else None


def undo_last_load(db: Path) -> LastLoad:
    """Put all calendars and logs that the last load changed back as they were; what was loaded.

    Settings and filings stay as they are now. Raises Refused where there is no load to undo.
    """
    found = last_load(db)
    if found is None:
        raise Refused(db.name, "there is no load to undo: only the last one can be undone, and only once", "Load a file again")
    with changing(db) as (con, practice, key):
        undo.undo(con)
        by = recount.policy(con, practice, key)
        recount.refile(con, by, key)
        recount.recorrect(con, by, key)
    return found


def log_interruption(db: Path, entry: Interruption) -> None:
    """Add one interruption. Raises Refused where its minutes or its time cannot be."""
    correct_log(db, [("", entry)], [])


def correct_log(db: Path, changed: Sequence[tuple[str, Interruption]], deleted: Sequence[str]) -> None:
    """Put corrected interruptions in the place of those with these ids ("" for a new one), and forget the deleted ones.

    What was corrected or deleted stays so when its log is loaded again.
    """
    for _, entry in changed:
        _verify(entry)
    with changing(db) as (con, practice, key):
        by = recount.filer(practice, key)
        rows = list(log_rows([entry for _, entry in changed], TYPED_IN.source_id, by, key, practice.zone))
        new_ids = [row.interruption_id for row in rows]
        gone = [old for old, _ in changed if old and old not in new_ids] + [d for d in deleted if d not in new_ids]
        for old in gone:
            con.execute("insert or ignore into log_forgotten values (?)", [old])
            for schema in schemas(con):
                con.execute(f"delete from {schema}.log_rows where interruption_id = ?", [old])
        for new in new_ids:
            con.execute("delete from log_forgotten where interruption_id = ?", [new])
            con.execute("delete from log_rows where interruption_id = ? and source_id = ?", [new, TYPED_IN.source_id])
        write.insert(con, "log_rows", rows)
        sources.state(con, replace(TYPED_IN, loaded_at=datetime.now(UTC)))
        con.execute("delete from sources where source_id = ? and covers_from is null", [TYPED_IN.source_id])
        if gone:
            con.execute("update about_file set rewrite_due = true")


def _verify(entry: Interruption) -> None:
    if not 0 < entry.minutes <= 24 * 60:
        raise Refused("Interruption", "the minutes must be more than 0 and at most 1440, a day", "Enter how long it took")
    if not 1990 <= entry.started_at.year <= 2100:
        raise Refused("Interruption", "the day must lie between 1990 and 2100", "Enter the day it happened")
