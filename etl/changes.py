"""What the owner changes by hand: settings, sources: each one transaction, all counted anew."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from etl import recount
from etl.edit import Change, changing, recounted
from etl.edit import changed_outside as changed_outside
from etl.edit import practice_file as practice_file
from etl.edit import practice_text as practice_text
from etl.model import Refused
from etl.store import open_read, sources, undo


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


def undo_last_load(db: Path, only: LastLoad | None = None) -> LastLoad:
    """Put all calendars and logs that the last load changed back as they were; what was loaded.

    Settings and filings stay as they are now. Raises Refused where there is no load to undo, or the last is not `only` that one.
    """
    found = last_load(db)
    if found and only and found != only:
        raise Refused(
            db.name, "another file was loaded since then, so this load cannot be undone any more", "See Data, What is loaded"
        )
    if found is None:
        raise Refused(db.name, "there is no load to undo: only the last one can be undone, and only once", "Load a file again")
    with changing(db) as (con, practice, key):
        undo.undo(con)
        by = recount.policy(con, practice, key)
        recount.refile(con, by, key)
        recount.recorrect(con, by, key)
    return found
