"""What the owner has forgotten: titles that wait, and everything before a day. The bytes leave the file, and no load brings
them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl import marts, recount
from etl.edit import changing
from etl.model import Refused
from etl.store import filings, open_read
from etl.store.kept import schemas

LONG = 90
"""Days after which a title that waits is offered for forgetting."""


@dataclass(frozen=True, slots=True)
class LongWaiting:
    """A title that waits for a role; for the owner's eyes."""

    title: str
    group_key: str
    calendar: str
    days: int


def long_waiting(db: Path) -> tuple[LongWaiting, ...]:
    """The titles without a role that have waited longer than LONG days, the longest first."""
    with open_read(db) as con:
        return tuple(LongWaiting(*row) for row in marts.ask(con, "titles_to_forget", days=LONG).fetchall())


def forget_titles(db: Path, group_keys: Sequence[str]) -> None:
    """Forget the text of the titles of these groups while they have no role: their events stay, and can be given one."""
    with changing(db) as (con, practice, key):
        known = {row[0] for row in con.execute("select group_key from forgotten_titles").fetchall()}
        for group_key in dict.fromkeys(group_keys):
            if group_key not in known:
                con.execute("insert into forgotten_titles values (?)", [group_key])
        recount.refile(con, recount.policy(con, practice, key), key, group_keys)


def forgotten_before(db: Path) -> date | None:
    """The day before which everything is forgotten; None where nothing is."""
    with open_read(db) as con:
        rows = con.execute("select timezone(time_zone, before_at)::date from forgotten_before cross join practice").fetchall()
    return rows[0][0] if rows else None


def forget_before(db: Path, day: date) -> None:
    """Forget every event and interruption that ended before this local day; later loads leave them out too.

    Raises Refused for a day that is still to come.
    """
    with changing(db) as (con, _, _):
        at, coming = con.execute(
            """select epoch_us(instant_at(time_zone, $day::date::timestamp)), $day::date > timezone(time_zone, now())::date
            from practice""",
            {"day": day},
        ).fetchall()[0]
        if coming:
            raise Refused("Forget", "the day is still to come", "Choose a day up to today")
        con.execute("delete from forgotten_before")
        con.execute("insert into forgotten_before values (make_timestamptz(?::bigint))", [at])
        for schema in schemas(con):
            for table in ("dated", "log_rows"):
                con.execute(f"delete from {schema}.{table} where ends_at <= make_timestamptz(?::bigint)", [at])
        con.execute("delete from planned_blocks where ends_at <= make_timestamptz(?::bigint)", [at])
        filings.prune(con)
        con.execute("update about_file set rewrite_due = true")


def keep_all(db: Path) -> None:
    """Forget nothing by its day from now on: what is gone comes back when its export is loaded again."""
    with changing(db) as (con, _, _):
        con.execute("delete from forgotten_before")
        con.execute("update sources set content_key = ''")
