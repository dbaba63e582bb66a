"""The interruption log by hand: write down, correct, delete, undo; the stopwatch; and what looks written down twice.

Each is one transaction, with all counted anew at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from etl import recount
from etl.edit import changing, standing
from etl.keyed import Key
from etl.known_words import known_words
from etl.model import Interruption, Refused
from etl.practice import parse
from etl.store import open_read, sources, write
from etl.store.kept import schemas
from etl.transform.one_line import Vocabulary
from etl.transform.roles import Filer
from etl.transform.rows import LogRow, log_rows

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
FORGOTTEN_WATCH = timedelta(hours=8)
"""A watch that runs longer was forgotten: its owner says how long it was."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a change of the log did, so that it can be undone: ids that are new, and rows that went (as the table has them)."""

    added: tuple[str, ...] = ()
    removed: tuple[tuple[str, dict[str, Any]], ...] = ()


def correct(db: Path, changed: Sequence[tuple[str, Interruption]], deleted: Sequence[str] = ()) -> Step:
    """Put corrected interruptions in the place of those with these ids ("" for a new one), and forget the deleted ones.

    What was corrected or deleted stays so when its log is loaded again. Two that say the same are two, a second apart.
    Raises Refused where minutes or time cannot be.
    """
    for _, entry in changed:
        _verify(entry)
    with changing(db) as (con, practice, key):
        replaced = {old for old, _ in changed if old} | set(deleted)
        taken = {row[0] for row in con.execute("select interruption_id from log_rows").fetchall()} - replaced
        rows = [_row(entry, taken, recount.filer(practice, key), key, practice.zone) for _, entry in changed]
        new_ids = [row.interruption_id for row in rows]
        gone = [old for old in dict.fromkeys((*(old for old, _ in changed if old), *deleted)) if old not in new_ids]
        removed = _rows(con, [*gone, *new_ids])
        for old in (*gone, *new_ids):
            for schema in schemas(con) if old in gone else ("main",):
                con.execute(f"delete from {schema}.log_rows where interruption_id = ?", [old])
        con.execute("delete from log_forgotten where list_contains($ids, interruption_id)", {"ids": new_ids})
        for old in gone:
            con.execute("insert or ignore into log_forgotten values (?)", [old])
        write.insert(con, "log_rows", rows)
        _state(con, erased=bool(gone))
    return Step(tuple(new_ids), tuple(removed))


def write_down(db: Path, entries: Sequence[Interruption]) -> Step:
    """Add interruptions. Raises Refused where the minutes or the time of one cannot be: then none is added."""
    return correct(db, [("", entry) for entry in entries])


def undo(db: Path, step: Step) -> None:
    """Put the log back as it was before a step. Raises Refused where that was changed since."""
    with changing(db) as (con, _, _):
        there = {row[0] for row in con.execute("select interruption_id from log_rows").fetchall()}
        known = {row[0] for row in con.execute("select source_id from sources").fetchall()} | {TYPED_IN.source_id}
        if not there.issuperset(step.added) or any(row["source_id"] not in known for _, row in step.removed):
            raise Refused("Undo", "the log was changed since", "Correct the entry itself")
        for new in step.added:
            con.execute("delete from log_rows where interruption_id = ? and source_id = ?", [new, TYPED_IN.source_id])
        for schema, row in step.removed:
            con.execute("delete from log_forgotten where interruption_id = ?", [row["interruption_id"]])
            names = ", ".join(row)
            if schema in schemas(con):
                con.execute(f"insert into {schema}.log_rows ({names}) values ({', '.join('?' * len(row))})", list(row.values()))
        _state(con, erased=bool(step.added))


def vocabulary(db: Path) -> Vocabulary:
    """What a line can name: the practice's locations, and who asked about what before, the most usual first."""
    practice = parse(standing(db).text)
    if not db.exists():
        return known_words(None, practice)
    with open_read(db) as con:
        return known_words(con, practice)


def running(db: Path) -> datetime | None:
    """When the watch was started (UTC), if it runs."""
    if not db.exists():
        return None
    with open_read(db) as con:
        rows = con.execute("select epoch_us(started_at) // 1000000 from stopwatch").fetchall()
    return datetime.fromtimestamp(rows[0][0], UTC) if rows else None


def start(db: Path, now: datetime) -> None:
    """Start the watch; one that runs goes on running."""
    with changing(db) as (con, _, _):
        if not con.execute("select 1 from stopwatch").fetchall():
            con.execute("insert into stopwatch values (?)", [now])


def stop(db: Path, now: datetime, minutes: float | None = None) -> Step:
    """Stop the watch and write down what it measured, at least a minute; or `minutes`, where it was forgotten.

    Raises Refused where none runs, or a forgotten one is stopped without minutes.
    """
    began = running(db)
    if began is None:
        raise Refused("Stopwatch", "no watch is running", "Start it when somebody comes")
    if minutes is None and now - began > FORGOTTEN_WATCH:
        raise Refused("Stopwatch", "it has been running for more than 8 hours", "Say how many minutes it was")
    measured = minutes if minutes is not None else max((now - began).total_seconds() / 60, 1.0)
    step = write_down(db, [Interruption(began, measured, via="stopwatch", estimated=minutes is not None)])
    reset(db)
    return step


def reset(db: Path) -> None:
    """Take the watch back: nothing is written down."""
    with changing(db) as (con, _, _):
        con.execute("delete from stopwatch")


def decide_twice(db: Path, interruption_id: str, twin_id: str, *, same: bool) -> None:
    """Keep the owner's answer whether two rows are one interruption."""
    with changing(db) as (con, _, _):
        con.execute(
            """delete from log_verdicts
            where (interruption_id = $one and twin_id = $two) or (interruption_id = $two and twin_id = $one)""",
            {"one": interruption_id, "two": twin_id},
        )
        con.execute("insert into log_verdicts values (?, ?, ?)", [interruption_id, twin_id, same])


def _row(entry: Interruption, taken: set[str], by: Filer, key: Key, zone: ZoneInfo) -> LogRow:
    """The row of an entry, begun a second earlier for each row that says the very same; its id joins those `taken`."""
    while True:
        (row,) = log_rows([entry], TYPED_IN.source_id, by, key, zone)
        if row.interruption_id not in taken:
            taken.add(row.interruption_id)
            return row
        entry = replace(entry, started_at=entry.started_at - timedelta(seconds=1))


def _rows(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Rows of the log by schema, times as text."""
    found = []
    for schema in schemas(con):
        picked = "* replace (starts_at::varchar as starts_at, ends_at::varchar as ends_at, answered_at::varchar as answered_at)"
        rows = con.execute(
            f"select {picked} from {schema}.log_rows where list_contains($ids, interruption_id)", {"ids": list(ids)}
        )
        names = [column[0] for column in rows.description or ()]
        found += [(schema, dict(zip(names, row, strict=True))) for row in rows.fetchall()]
    return found


def _state(con: duckdb.DuckDBPyConnection, *, erased: bool) -> None:
    sources.state(con, replace(TYPED_IN, loaded_at=datetime.now(UTC)))
    con.execute("delete from sources where source_id = ? and covers_from is null", [TYPED_IN.source_id])
    if erased:
        con.execute("update about_file set rewrite_due = true")


def _verify(entry: Interruption) -> None:
    if not 0 < entry.minutes <= 24 * 60:
        raise Refused("Interruption", "the minutes must be more than 0 and at most 1440, a day", "Enter how long it took")
    if not 1990 <= entry.started_at.year <= 2100:
        raise Refused("Interruption", "the day must lie between 1990 and 2100", "Enter the day it happened")
