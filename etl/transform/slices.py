"""From the occurrences and interruptions that are stored to time that is counted once, and the same by local days."""

from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl.clock import DAY, instants
from etl.transform.sweep import NOBODY, Ints, boundaries, cut, owners, stretches

_FOLDER = Path(__file__).parent
_SECOND = 1_000_000  # microseconds


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Make everything anew that follows from what is stored and the practice: copies, markers, slices."""
    con.execute(_sql("settle"))
    claims, pulls = (con.execute(_sql(name)).fetchnumpy() for name in ("claims", "pulls"))
    bounds = boundaries(*(each[side] for each in (claims, pulls) for side in ("starts_at", "ends_at")))
    starts, ends, (claim, pull) = stretches(
        bounds, *(owners(each["starts_at"], each["ends_at"], bounds) for each in (claims, pulls))
    )
    day, midnights = _days(con, starts, ends)
    of, begins, finishes = cut(starts, ends, np.unique(midnights))  # of two days that begin at once one was skipped
    tables: dict[str, dict[str, NDArray[np.generic]]] = {
        "swept": {
            "starts_at": starts,
            "ends_at": ends,
            "claimed": claim != NOBODY,
            "occurrence_id": np.append(claims["occurrence_id"], 0)[np.minimum(claim, len(claims["occurrence_id"]))],
            "pulled": pull != NOBODY,
            "interruption_id": np.append(pulls["interruption_id"], "")[np.minimum(pull, len(pulls["interruption_id"]))],
        },
        "pieces": {
            "starts_at": starts[of],
            "begins": begins,
            "day": day + np.searchsorted(midnights, begins, "right") - 1,
            "seconds": (finishes - begins) // _SECOND,
        },
    }
    for name, table in tables.items():
        con.register(name, table)
    con.execute(_sql("slices"))
    for name in tables:
        con.unregister(name)


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
