"""What the owner changes by hand: settings, filings, the log, sources: each one transaction, all counted anew."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl import recount
from etl.desk import prepare
from etl.exact_title import exact
from etl.keyed import Key
from etl.model import Interruption, Refused
from etl.pipeline import practice_for, tidy
from etl.practice import Practice, Rule, default_text, parse
from etl.practice_edit import with_rules
from etl.store import holds_sample, open_read, open_write, sources, undo, write
from etl.store.connection import sentences
from etl.store.kept import schemas
from etl.store.key import open_key
from etl.transform.roles import exact_key, title_alone
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


@dataclass(frozen=True, slots=True)
class Answer:
    """The owner's word on a title: its role, and activity and location where they want to say them."""

    title: str
    role: str
    activity: str = ""
    location: str = ""


def practice_file(db: Path) -> Path:
    """Where the practice of this database is kept as a file: where it was read from, else beside the database.

    The sample practice has a file of its own: it must never be written over the owner's.
    """
    if db.exists():
        with open_read(db) as con:
            stored, sample = recount.stored_practice(con), holds_sample(con)
        if sample:
            return db.with_name(f"{db.stem}.practice.toml")
        if stored and stored[1] and Path(stored[1]).parent.is_dir():
            return Path(stored[1])
    return db.with_name("practice.toml")


def practice_text(db: Path) -> str:
    """practice.toml as all is counted now; a first draft where nothing is stored yet."""
    if db.exists():
        with open_read(db) as con:
            if stored := recount.stored_practice(con):
                return stored[0].text
    practice, _ = practice_for(db, None, None)
    return practice.text if practice else default_text("UTC")


def changed_outside(db: Path) -> bool:
    """Whether practice.toml says something else than what all is counted by: somebody edited the file."""
    path = practice_file(db)
    with sentences(path):
        written = path.read_bytes() if path.is_file() else None
    if written is None:
        return False
    try:
        return not _alike(written.decode("utf-8-sig"), practice_text(db))
    except UnicodeDecodeError:
        return True  # saved in another encoding; counting by it says so


def use_practice(db: Path, text: str, *, write_file: bool = True) -> None:
    """Count everything by this practice.toml, and keep it as the file too.

    Raises Refused where the text is not right, or the file holds an edit by hand that would be lost.
    """
    if write_file:
        _verify_not_edited(db)
    _recount(db, lambda before, key: text, write_file=write_file)


def file_titles(db: Path, answers: Sequence[Answer]) -> None:
    """Save the owner's answers as rules, the newest first, and count everything by them.

    An older answer on the same title goes. A title that becomes clinical is not written into practice.toml: a keyed
    hash of it is, which finds it as well.
    """

    def with_answers(before: Practice, key: Key) -> str:
        keep = before.keep_clinical_titles
        rules = [
            Rule(
                role=a.role,
                activity=a.activity,
                location=a.location or None,
                title=exact(a.title) if a.role != "clinical" or keep else None,
                title_key=key.title(a.title) if a.role == "clinical" and not keep else None,
            )
            for a in answers
        ]
        keys = {key.title(a.title) for a in answers}
        older = [r.number for r in before.rules if title_alone(r) and exact_key(r, key) in keys]
        return with_rules(before.text, rules, older)

    _verify_not_edited(db)
    _recount(db, with_answers)


def _verify_not_edited(db: Path) -> None:
    if changed_outside(db):
        name = practice_file(db).name
        raise Refused(name, "it was changed outside of the dashboard", "Take that change over first, then save again")


def _recount(db: Path, change: Callable[[Practice, Key], str], *, write_file: bool = True) -> None:
    """Count everything by a changed practice. The change is made to what is stored at that moment, so that what
    another page saved just before is not lost; the file is written within the transaction, and is as before where
    either of the two fails."""
    path, first = practice_file(db), parse(practice_text(db), practice_file(db).name)
    before = path.read_bytes() if path.is_file() else None
    written = False
    try:
        with open_write(db) as con:
            stored = recount.stored_practice(con)
            key = open_key(con, db)
            text = change(stored[0] if stored else first, key)
            practice = parse(text, path.name)
            recount.set_practice(con, practice, str(path), key)
            recount.settle(con, practice, key)
            if write_file:
                _write(path, text.encode())
                written = True
    except BaseException:
        if written and before is not None:
            _write(path, before)
        elif written:
            path.unlink(missing_ok=True)
        raise
    tidy(db)


def _write(path: Path, data: bytes) -> None:
    """Write a file all or nothing."""
    new = path.with_name(path.name + ".new")
    try:
        with sentences(path):
            new.write_bytes(data)
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def remove_source(db: Path, source_id: str) -> None:
    """Take one calendar or log out of the file, bytes included."""
    with _changing(db) as (con, _, _):
        sources.remove(con, source_id)
    tidy(db)


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
    with _changing(db) as (con, practice, key):
        undo.undo(con)
        recount.refile(con, practice, recount.filer(practice, key), key)
    tidy(db)
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
    with _changing(db) as (con, practice, key):
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
    tidy(db)


@contextlib.contextmanager
def _changing(db: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Practice, Key]]:
    """One transaction around a change, with everything settled at its end."""
    first, path = parse(practice_text(db)), practice_file(db)
    with open_write(db) as con:
        stored = recount.stored_practice(con)
        practice = stored[0] if stored else first
        key = prepare(con, db, practice, stored[1] if stored else str(path))
        yield con, practice, key
        recount.settle(con, practice, key)


def _alike(text: str, other: str) -> bool:
    """Whether two texts differ in their line ends at most."""
    return text.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def _verify(entry: Interruption) -> None:
    if not 0 < entry.minutes <= 24 * 60:
        raise Refused("Interruption", "the minutes must be more than 0 and at most 1440, a day", "Enter how long it took")
    if not 1990 <= entry.started_at.year <= 2100:
        raise Refused("Interruption", "the day must lie between 1990 and 2100", "Enter the day it happened")
