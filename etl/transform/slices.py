"""From the occurrences and interruptions that are stored to time that is counted once, and the same by local days."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl.clock import DAY, instants
from etl.store import write
from etl.transform.sweep import NOBODY, Ints, boundaries, cut, owners, stretches

Columns = Mapping[str, NDArray[Any]]

_FOLDER = Path(__file__).parent
_SECOND = 1_000_000  # microseconds


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Make everything anew that follows from what is stored and the practice: copies, markers, slices."""
    _hold(con)
    con.execute("delete from settled")
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


def _hold(con: duckdb.DuckDBPyConnection) -> None:
    """Hold back, of two rows of different logs that look like one interruption or were called so, the one that says less; a row
    is held back for one other at most, and one that is held back holds none."""
    con.execute("delete from log_held")
    several = "select count(distinct source_id) > 1 or exists (from log_verdicts where same) from log_rows"
    if not con.execute(several).fetchall()[0][0]:
        return
    paired: set[str] = set()
    held: list[tuple[str, str]] = []
    for one, two, first_stands in con.execute(_sql("twice")).fetchall():
        if one not in paired and two not in paired:
            paired |= {one, two}
            held.append((two, one) if first_stands else (one, two))
    if held:
        names = ("interruption_id", "twin_id")
        write.insert_columns(con, "log_held", dict(zip(names, map(write.texts, zip(*held, strict=True)), strict=True)))


def _pieces(con: duckdb.DuckDBPyConnection, claims: Columns, pulls: Columns) -> Columns:
    """The slices, cut at local midnight; `filing_id` and `pull` are -1 where there is nothing planned, or no interruption."""
    bounds = boundaries(*(each[side] for each in (claims, pulls) for side in ("starts_at", "ends_at")))
    starts, ends, (claim, pull) = stretches(
        bounds, *(owners(each["starts_at"], each["ends_at"], bounds) for each in (claims, pulls))
    )
    first_day, midnights = _days(con, starts, ends)
    of, begins, finishes = cut(starts, ends, np.unique(midnights))  # of two days that begin at once one was skipped
    planned = np.minimum(claim, len(claims["starts_at"]))[of]
    return {
        "slice": starts[of],
        "slice_ends": ends[of],
        "begins": begins,
        "ends": finishes,
        "day": first_day + np.searchsorted(midnights, begins, "right") - 1,
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
