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
from etl.store import by_hand, open_read, sources, write
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
_CHANGED = ("Undo", "the log was changed since", "Correct the entry itself")


@dataclass(frozen=True, slots=True)
class Step:
    """What a change of the log did, so that it can be undone: ids that are new, rows that went (as the table has them), ids that
    came in the place of others, ids that no load brings back since and that one would again, and when each log was loaded."""

    added: tuple[str, ...] = ()
    removed: tuple[tuple[str, dict[str, Any]], ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    forgotten: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    loaded: tuple[tuple[str, int], ...] = ()


def correct(db: Path, changed: Sequence[tuple[str, Interruption]], deleted: Sequence[str] = ()) -> Step:
    """Put corrected interruptions in the place of those with these ids ("" for a new one), and forget the deleted ones, with
    those that the owner called the same.

    What was corrected or deleted stays so when its log is loaded again. Two that say the same are two, a second apart.
    Raises Refused where minutes or time cannot be.
    """
    for _, entry in changed:
        _verify(entry)
    with changing(db) as (con, practice, key):
        before = {old for old, _ in changed if old}
        deleted = [*deleted, *(by_hand.called_the_same(con, deleted) - before)]
        taken = {row[0] for row in con.execute("select interruption_id from log_rows").fetchall()} - before - set(deleted)
        logs = by_hand.logs_of(con, before)
        by = recount.filer(practice, key)
        rows = [replace(_row(entry, taken, by, key, practice.zone), origins=logs.get(old)) for old, entry in changed]
        new_ids = [row.interruption_id for row in rows]
        kept = set(new_ids)
        renamed = tuple((old, new) for (old, _), new in zip(changed, new_ids, strict=True) if old and old != new)
        gone = list(dict.fromkeys(old for old in (*(old for old, _ in changed), *deleted) if old and old not in kept))
        removed = by_hand.rows_of(con, [*gone, *new_ids])
        for schema in schemas(con):
            old = gone if schema != "main" else [*gone, *new_ids]
            con.execute(f"delete from {schema}.log_rows where interruption_id in (select unnest($ids::varchar[]))", {"ids": old})
        recalled = con.execute(
            "delete from log_forgotten where interruption_id in (select unnest($ids::varchar[])) returning interruption_id",
            {"ids": new_ids},
        ).fetchall()
        forgotten = con.execute(
            "insert or ignore into log_forgotten select unnest($ids::varchar[]) returning interruption_id", {"ids": gone}
        ).fetchall()
        write.insert(con, "log_rows", rows)
        by_hand.rename_verdicts(con, renamed)
        loaded = con.execute("select source_id, epoch_us(loaded_at) from sources").fetchall()
        _state(con, erased=bool(gone))
    forgot, knew = (tuple(row[0] for row in ids) for ids in (forgotten, recalled))
    return Step(tuple(new_ids), tuple(removed), renamed, forgot, knew, tuple(loaded))


def write_down(db: Path, entries: Sequence[Interruption]) -> Step:
    """Add interruptions. Raises Refused where the minutes or the time of one cannot be: then none is added."""
    return correct(db, [("", entry) for entry in entries])


def undo(db: Path, step: Step) -> None:
    """Put the log back as it was before a step. Raises Refused where that was changed since, or forgotten by its day."""
    with changing(db) as (con, _, _):
        there = {row[0] for row in con.execute("select interruption_id from log_rows").fetchall()}
        if not there.issuperset(step.added):
            raise Refused(*_CHANGED)
        back = _brought_back(con, step)
        con.execute(
            "delete from log_rows where source_id = $source and interruption_id in (select unnest($ids::varchar[]))",
            {"source": TYPED_IN.source_id, "ids": list(step.added)},
        )
        con.execute(
            "delete from log_forgotten where interruption_id in (select unnest($ids::varchar[]))", {"ids": list(step.forgotten)}
        )
        con.execute("insert or ignore into log_forgotten select unnest($ids::varchar[])", {"ids": list(step.recalled)})
        for schema in schemas(con):
            if rows := [row for where, row in back if where == schema]:
                columns = {name: write.texts([row[name] for row in rows]) for name in rows[0]}
                write.insert_columns(con, f"{schema}.log_rows", columns)
        by_hand.rename_verdicts(con, [(new, old) for old, new in step.replaced])
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


def _brought_back(con: duckdb.DuckDBPyConnection, step: Step) -> list[tuple[str, dict[str, Any]]]:
    """The rows that undoing a step brings back, by schema. Raises Refused where one of them is no more: its log was taken out,
    the load that brought it was undone, or it was forgotten by its day."""
    loaded = dict(con.execute("select source_id, epoch_us(loaded_at) from sources").fetchall())
    own = TYPED_IN.source_id
    undone = {source for source, when in step.loaded if source != own and when > loaded.get(source, when)}
    kept = {row["interruption_id"] for schema, row in step.removed if schema != "main"}
    for _, row in step.removed:
        source = row["source_id"]
        if source not in {own, *loaded} or (source in undone and row["interruption_id"] not in kept):
            raise Refused(*_CHANGED)
    if con.execute(
        """select 1 from forgotten_before
        where before_at >= (select min(ends_at::timestamptz) from unnest($ends::varchar[]) as r (ends_at))""",
        {"ends": [row["ends_at"] for _, row in step.removed]},
    ).fetchall():
        raise Refused("Undo", "you had everything before its day forgotten since", "Write down again what you still need")
    # Where the load was undone, what stands now is what was kept of the time before it.
    return [
        ("main" if row["source_id"] in undone else schema, row)
        for schema, row in step.removed
        if schema != "main" or row["source_id"] not in undone
    ]


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
