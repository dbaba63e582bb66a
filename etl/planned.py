"""Leadership blocks proposed by what is stored, put aside, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, count
from pathlib import Path

import duckdb

from etl import block_file, marts, recount
from etl.blocks import Block, Week, Wish, choose, weeks_ahead
from etl.edit import changing
from etl.free_time import Span, Stretch
from etl.model import Refused
from etl.store import open_read

LOOK_BACK = timedelta(weeks=26)
"""How far back it is looked for the owner's least disturbed hours."""

_INSERT = """insert into planned_blocks values
(?, ?, make_timestamptz(?::bigint), make_timestamptz(?::bigint), make_timestamptz(?::bigint))"""


@dataclass(frozen=True, slots=True)
class Taken(Stretch):
    """What is there already: an 'event' with its role, a 'day off', or a 'block' that no export has yet."""

    what: str
    role: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be put aside, week by week, and what is there already; all that a picture of it needs."""

    weeks: tuple[Week, ...]
    taken: tuple[Taken, ...]
    put_aside: tuple[Stretch, ...]
    spans: tuple[Span, ...]
    time_zone: str


def proposed(db: Path, wish: Wish) -> Proposal:
    """Blocks for the next weeks that begin after today. Raises Refused for a wish that cannot be, StoreError."""
    wish.verify()
    with open_read(db) as con:
        stored = recount.stored_practice(con)
        if stored is None:
            raise Refused("Blocks", "nothing is loaded yet", "Load a calendar first")
        practice = stored[0]
        today = datetime.now(practice.zone).date()
        weeks = weeks_ahead(today, practice.week_starts, wish.weeks)
        taken = _taken(con, weeks[0], weeks[-1] + timedelta(6))
        put_aside = tuple(Stretch(*_moments(*row[4:6])) for row in marts.ask(con, "planned_ahead").fetchall())
        best = marts.ask(con, "best_hours", from_day=today - LOOK_BACK, to_day=today - timedelta(1)).fetchall()
    calm = {(weekday, hour): row[-1] for weekday, hour, *row in best}
    chosen = choose(wish, weeks, practice.zone, practice.working_spans, taken, put_aside, calm)
    return Proposal(chosen, taken, put_aside, practice.working_spans, practice.time_zone)


def planned(db: Path, blocks: Sequence[Block], about: str = "", made_at: datetime | None = None) -> bytes:
    """Put blocks aside and give them as a calendar file. `about` is what the owner adds to their title."""
    made_at = made_at or datetime.now(UTC)
    return block_file.written(put_aside(db, blocks, made_at)[0], about, made_at)


def put_aside(db: Path, blocks: Sequence[Block], made_at: datetime) -> tuple[list[tuple[str, Block]], list[str]]:
    """Put blocks aside: all of them with their marks, and the marks of those that were not put aside already.

    Nothing counts before they come back with an export. Raises Refused where something stands in their way by now, StoreError.
    """
    with changing(db) as (con, _, key):
        known = {row[0] for row in con.execute("select block_id from planned_blocks").fetchall()}
        standing = {(row[0], *_moments(*row[4:6])) for row in marts.ask(con, "planned_ahead").fetchall()}
        marked = [(_mark(block, made_at, known, standing), block) for block in sorted(blocks)]
        new = [(mark, block) for mark, block in marked if mark not in known]
        _verify(con, [block for _, block in new])
        for (mark, block), uid in zip(new, key.uids(block_file.uid_of(mark).encode() for mark, _ in new).tolist(), strict=True):
            con.execute(
                _INSERT, [mark, uid, *(round(at.timestamp()) * 1_000_000 for at in (block.starts_at, block.ends_at, made_at))]
            )
    return marked, [mark for mark, _ in new]


def file_of(con: duckdb.DuckDBPyConnection, about: str = "") -> bytes:
    """The calendar file, once more, of all coming blocks that no export has yet."""
    rows = [row for row in marts.ask(con, "planned_ahead").fetchall() if not row[7]]
    made = con.execute("select coalesce(max(epoch_us(made_at)), 0) // 1000000 from planned_blocks").fetchall()[0][0]
    marked = [(row[0], Block(*_moments(*row[4:6]))) for row in rows]
    return block_file.written(marked, about, datetime.fromtimestamp(made, UTC))


Withdrawn = tuple[tuple[str, int, int, int, int], ...]
"""Blocks that were taken back, to put them aside again."""


def withdraw(db: Path, block_ids: Sequence[str]) -> Withdrawn:
    """Take blocks back. One that an export has already counts from now on by what it is called. Raises StoreError."""
    with changing(db) as (con, practice, key):
        gone = con.execute(
            """delete from planned_blocks where list_contains($ids, block_id)
            returning block_id, uid, epoch_us(starts_at), epoch_us(ends_at), epoch_us(made_at)""",
            {"ids": list(block_ids)},
        ).fetchall()
        recount.recorrect(con, recount.policy(con, practice, key), key)
    return tuple(gone)


def put_back(db: Path, gone: Withdrawn) -> None:
    """Put blocks aside again that were taken back. Raises Refused where something stands in their way by now."""
    with changing(db) as (con, practice, key):
        _verify(con, [Block(*_moments(starts // 1_000_000, ends // 1_000_000)) for _, _, starts, ends, _ in gone])
        for row in gone:
            con.execute(_INSERT, list(row))
        recount.recorrect(con, recount.policy(con, practice, key), key)


def _mark(block: Block, made_at: datetime, known: set[str], standing: set[tuple[str, datetime, datetime]]) -> str:
    """A block's mark: that of the one which stands there, made before; else one that no other has, though it was moved away."""
    first = block_file.block_id(block, made_at)
    marks = chain([first], (f"{first}-{nth}" for nth in count(2)))
    return next(mark for mark in marks if mark not in known or (mark, block.starts_at, block.ends_at) in standing)


def _verify(con: duckdb.DuckDBPyConnection, blocks: Sequence[Block]) -> None:
    for nth, block in enumerate(blocks):
        days = (block.starts_at.date() - timedelta(1), block.ends_at.date() + timedelta(1))
        if any(block.meets(other) for other in (*_taken(con, *days), *blocks[:nth])):
            raise Refused(
                "Blocks", "something else stands in the way of one by now", "Look at the blocks again, then choose anew"
            )


def _taken(con: duckdb.DuckDBPyConnection, from_day: date, to_day: date) -> tuple[Taken, ...]:
    rows = marts.ask(con, "taken_ahead", from_day=from_day, to_day=to_day).fetchall()
    return tuple(Taken(*_moments(starts, ends), what, role) for starts, ends, what, role in rows)


def _moments(starts: int, ends: int) -> tuple[datetime, datetime]:
    return datetime.fromtimestamp(starts, UTC), datetime.fromtimestamp(ends, UTC)
