"""The interruption log by hand: write down, correct, delete, undo; and what looks written down twice.

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
from etl.practice import Practice, parse
from etl.store import by_hand, open_read, sources, write
from etl.store.kept import schemas
from etl.transform.one_line import Vocabulary
from etl.transform.roles import Filer
from etl.transform.rows import LogRow, instant, log_rows

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
_CHANGED = ("Undo", "the log was changed since", "Nothing was taken back: what still stands in the log can be corrected there")


@dataclass(frozen=True, slots=True)
class Step:
    """What a change of the log did, so that it can be undone: ids that are new, rows that went (as the table has them), ids that
    came in the place of others, ids that no load brings back since and that one would again, and when each log was loaded; when
    the watch that it stopped had been started; and the two rows that an answer was about.

    `missed` were to be corrected or deleted, and stood there no more."""

    added: tuple[str, ...] = ()
    removed: tuple[tuple[str, dict[str, Any]], ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    forgotten: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    loaded: tuple[tuple[str, int], ...] = ()
    began: datetime | None = None
    answered: tuple[str, str] | None = None
    missed: int = 0


def correct(db: Path, changed: Sequence[tuple[str, Interruption]], deleted: Sequence[str] = ()) -> Step:
    """Put corrected interruptions in the place of those with these ids ("" for a new one), and forget the deleted ones, with
    those that the owner called the same.

    What was corrected or deleted stays so when its log is loaded again. Two that say the same are two, a second apart. What
    somebody else corrected or deleted meanwhile is left as it is now.
    Raises Refused where minutes or time cannot be.
    """
    with changing(db) as (con, practice, key):
        return corrected(con, practice, key, changed, deleted)


def corrected(
    con: duckdb.DuckDBPyConnection,
    practice: Practice,
    key: Key,
    changed: Sequence[tuple[str, Interruption]],
    deleted: Sequence[str] = (),
) -> Step:
    """Correct within a transaction that is open."""
    for _, entry in changed:
        _verify(entry, practice.zone)
    there = {row[0] for row in con.execute("select interruption_id from log_rows").fetchall()}
    asked = len(changed) + len(deleted)
    changed = [(old, entry) for old, entry in changed if not old or old in there]
    deleted = [old for old in deleted if old in there]
    missed = asked - len(changed) - len(deleted)
    before = {old for old, _ in changed if old}
    deleted = [*deleted, *(by_hand.called_the_same(con, deleted) - before)]
    taken = there - before - set(deleted)
    logs = by_hand.logs_of(con, before)
    by = recount.filer(practice, key)
    rows = [replace(_row(entry, taken, by, key, practice.zone), origins=logs.get(old)) for old, entry in changed]
    new_ids = [row.interruption_id for row in rows]
    kept = set(new_ids)
    renamed = tuple((old, new) for (old, _), new in zip(changed, new_ids, strict=True) if old and old != new)
    gone = list(dict.fromkeys(old for old in (*(old for old, _ in changed), *deleted) if old and old not in kept))
    removed = by_hand.rows_of(con, [*gone, *new_ids])
    for schema in schemas(con):
        ids = gone if schema != "main" else [*gone, *new_ids]
        con.execute(f"delete from {schema}.log_rows where interruption_id in (select unnest($ids::varchar[]))", {"ids": ids})
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
    return Step(tuple(new_ids), tuple(removed), renamed, forgot, knew, tuple(loaded), missed=missed)


def write_down(db: Path, entries: Sequence[Interruption]) -> Step:
    """Add interruptions. Raises Refused where the minutes or the time of one cannot be: then none is added."""
    return correct(db, [("", entry) for entry in entries])


def undo(db: Path, step: Step) -> None:
    """Put the log back as it was before a step, and let a watch that it stopped run on. Raises Refused where that was changed
    since or forgotten by its day, and where another watch runs."""
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
        if step.answered and not by_hand.take_answer(con, *step.answered):
            raise Refused(*_CHANGED)
        if (
            step.began
            and not con.execute(
                "insert into stopwatch select $began where not exists (from stopwatch) returning 1", {"began": step.began}
            ).fetchall()
        ):
            raise Refused("Undo", "another watch is running, and there is only one", "Nothing was taken back")
        _state(con, erased=bool(step.added))


def vocabulary(db: Path) -> Vocabulary:
    """What a line can name: the practice's locations, and who asked about what before, the most usual first."""
    practice = parse(standing(db).text)
    if not db.exists():
        return known_words(None, practice)
    with open_read(db) as con:
        return known_words(con, practice)


def decide_twice(db: Path, interruption_id: str, twin_id: str, *, same: bool) -> Step:
    """Keep the owner's answer whether two rows are one interruption. Raises Refused where it was answered meanwhile, or one of
    the two is no more."""
    pair = (interruption_id, twin_id)
    with changing(db) as (con, _, _):
        if (was := by_hand.answer(con, *pair)) is not None:
            said = "the same" if was else "two different ones"
            raise Refused("These two", f"they were called {said} meanwhile, in another window", "That answer stands")
        there = con.execute(
            "select count(distinct interruption_id) from log_rows where interruption_id in (select unnest($ids::varchar[]))",
            {"ids": pair},
        ).fetchall()
        if there != [(2,)]:
            raise Refused("These two", "one of them was corrected or deleted meanwhile", "Nothing was answered")
        con.execute("insert into log_verdicts values (?, ?, ?)", [*pair, same])
    return Step(answered=pair)


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


def _verify(entry: Interruption, zone: ZoneInfo) -> None:
    if not 0 < entry.minutes <= 24 * 60:
        raise Refused("Interruption", "the minutes must be more than 0 and at most 1440, a day", "Enter how long it took")
    if not 1990 <= entry.started_at.year <= 2100:
        raise Refused("Interruption", "the day must lie between 1990 and 2100", "Enter the day it happened")
    if entry.answered_at and instant(entry.answered_at, zone) < instant(entry.started_at, zone):
        raise Refused(
            "Interruption", "it cannot have been answered before it began", "Enter when they had their answer, or leave it blank"
        )
