"""The stopwatch of the log: it runs in the database, whoever looks, and stops once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from etl import logbook
from etl.edit import changing
from etl.logbook import Step
from etl.model import Interruption, Refused
from etl.store import open_read

FORGOTTEN_WATCH = timedelta(hours=8)
"""A watch that runs longer was forgotten: its owner says how long it was."""
_BEGAN = "epoch_us(started_at) // 1000000"


def running(db: Path) -> datetime | None:
    """When the watch was started (UTC), if it runs."""
    if not db.exists():
        return None
    with open_read(db) as con:
        rows = con.execute(f"select {_BEGAN} from stopwatch").fetchall()
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
    with changing(db) as (con, practice, key):
        began = _taken(con)
        if minutes is None and now - began > FORGOTTEN_WATCH:
            raise Refused("Stopwatch", "it has been running for more than 8 hours", "Say how many minutes it was")
        measured = minutes if minutes is not None else max((now - began).total_seconds() / 60, 1.0)
        entry = Interruption(began, measured, via="stopwatch", estimated=minutes is not None)
        return replace(logbook.corrected(con, practice, key, [("", entry)]), began=began)


def reset(db: Path) -> Step:
    """Take the watch back: nothing is written down. Raises Refused where none runs."""
    with changing(db) as (con, _, _):
        return Step(began=_taken(con))


def _taken(con: duckdb.DuckDBPyConnection) -> datetime:
    """When the watch was started that stops here and now: of two windows only one can have it."""
    rows = con.execute(f"delete from stopwatch returning {_BEGAN}").fetchall()
    if not rows:
        raise Refused("Stopwatch", "no watch is running", "Start it when somebody comes")
    return datetime.fromtimestamp(rows[0][0], UTC)
