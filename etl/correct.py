"""Corrections of what one event is: the answer that each reach of them stands for, those that hold, and taking one back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from etl import marts, recount
from etl.edit import Change
from etl.filing import Answer, Step, make_step
from etl.keyed import Key
from etl.model import Refused
from etl.practice import Practice
from etl.store import open_read

Scope = Literal["event", "series", "title", "calendar"]
"""This one; every instance of it; all whose titles mean the same; all on its calendar that nothing else files."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A correction of one event or one series that holds. `title` is None where it is not kept or the event is not loaded
    now; `first_at` is local, `2026-09-14 10:20`, '' for an event that is not loaded."""

    correction_id: int
    what: Literal["event", "series"]
    title: str | None
    calendar: str
    first_at: str
    events: int
    role: str
    activity: str
    location: str


def answer_for(db: Path, occurrence_id: int, scope: Scope, role: str, activity: str = "", location: str = "") -> Answer:
    """The answer that corrects this occurrence and all that `scope` reaches. Raises Refused where it is no longer there."""
    with open_read(db) as con:
        found = con.execute(
            """select title, title_key, group_key, calendar from dated join filings using (filing_id)
            where occurrence_id = ?""",
            [occurrence_id],
        ).fetchall()
    if not found:
        raise Refused("Correction", "this event is no longer there: its calendar was loaded again", "Open its hours again")
    title, title_key, group_key, calendar = found[0]
    if scope == "calendar":
        return Answer(role, activity, location, calendar=calendar)
    if scope == "title":
        if title is not None:
            return Answer(role, activity, location, titles=(title,))
        return Answer(role, activity, location, keys=(group_key or title_key,))
    return Answer(role, activity, location, occurrences=(occurrence_id,), whole_series=scope == "series")


def kept(db: Path) -> tuple[Kept, ...]:
    """The corrections that hold, the newest first."""
    with open_read(db) as con:
        return tuple(Kept(*row) for row in marts.ask(con, "corrections_kept").fetchall())


def take_back(db: Path, correction_id: int) -> Step:
    """Let a correction hold no more. Raises Refused, StoreError."""

    def without(con: duckdb.DuckDBPyConnection, before: Practice, key: Key) -> Change:
        def then(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> None:
            con.execute("delete from corrections where correction_id = ?", [correction_id])
            recount.recorrect(con, recount.policy(con, practice, key), key)

        return Change(before.text, only=(), also=then)

    return make_step(db, without)
