"""From the occurrences and interruptions that are stored to time that is counted once, and the same by local days."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl.clock import DAY, instants
from etl.transform import twice
from etl.transform.sweep import NOBODY, Ints, boundaries, cut, owners, stretches

Columns = Mapping[str, NDArray[Any]]

_FOLDER = Path(__file__).parent
_SECOND = 1_000_000  # microseconds


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Make everything anew that follows from what is stored and the practice: days off, copies, markers, slices."""
    twice.hold(con)
    con.execute("delete from settled")
    con.execute("delete from days_off")
    con.execute(_sql("days_off"))
    if con.execute("select count(*) > 1 from sources where kind = 'calendar'").fetchall()[0][0]:
        con.execute(_sql("copies"))
    if con.execute("select 1 from filings where all_day and own_location is not null limit 1").fetchall():
        con.execute(_sql("markers"))
    claims, pulls = (con.execute(_sql(name)).fetchnumpy() for name in ("claims", "pulls"))
    con.register("pieces", _pieces(con, claims, pulls))
    con.register("pulls", {"pull": np.arange(len(pulls["starts_at"])), "interruption_id": pulls["interruption_id"]})
    con.execute(_sql("slices"))
    con.unregister("pieces")
    con.unregister("pulls")
    con.execute("delete from pull_pieces")
    if con.execute("select 1 from interruption_starts limit 1").fetchall():  # to plan it takes longer than to find nothing
        con.execute(_sql("pull_pieces"))
    con.execute(_sql("open_days"))
    con.execute(_sql("covered_days"))


def _pieces(con: duckdb.DuckDBPyConnection, claims: Columns, pulls: Columns) -> Columns:
    """The slices, cut at local midnight; `filing_id` and `pull` are -1 where there is nothing planned, or no interruption."""
    bounds = boundaries(*(each[side] for each in (claims, pulls) for side in ("starts_at", "ends_at")))
    starts, ends, (claim, pull) = stretches(
        bounds, *(owners(each["starts_at"], each["ends_at"], bounds) for each in (claims, pulls))
    )
    first_day, midnights = _days(con, starts, ends)
    of, begins, finishes = cut(starts, ends, np.unique(midnights))  # of two days that begin at once one was skipped
    planned = np.minimum(claim, len(claims["starts_at"]))[of]
    nth = np.searchsorted(midnights, begins, "right") - 1
    return {
        "slice": starts[of],
        "slice_ends": ends[of],
        "begins": begins,
        "ends": finishes,
        "day": first_day + nth,
        "midnight": midnights[nth],
        "next_midnight": midnights[nth + 1],
        "occurrence_id": np.append(claims["occurrence_id"], -1)[planned],
        "filing_id": np.append(claims["filing_id"], -1)[planned],
        "pull": np.where(pull == NOBODY, -1, pull)[of],
    }


def _days(con: duckdb.DuckDBPyConnection, starts: Ints, ends: Ints) -> tuple[int, Ints]:
    """The first local day of these stretches, and when it and each later one to the last begin."""
    if not len(starts):
        return 0, np.empty(0, np.int64)
    zone = ZoneInfo(con.execute("select time_zone from practice").fetchall()[0][0])
    first, last = int(starts[0]) // (DAY * _SECOND) - 1, int(ends[-1]) // (DAY * _SECOND) + 2
    days = np.arange(first, last + 1, dtype=np.int64)
    return first, (instants(days * DAY, zone) * _SECOND).astype(np.int64)


def _sql(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text("utf-8")
