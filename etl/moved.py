"""Which hours a change moves: from which role and location to which."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

_SQL = Path(__file__).with_name("moved.sql")


@dataclass(frozen=True, slots=True)
class Moved:
    """Hours, up to today, that change their role or their location."""

    hours: float
    from_role: str
    to_role: str
    from_location: str
    to_location: str


def moved(con: duckdb.DuckDBPyConnection) -> tuple[Moved, ...]:
    """What differs between the temporary table `old_slices` and `time_slices`, the most hours first."""
    return tuple(Moved(*row) for row in con.execute(_SQL.read_text("utf-8")).fetchall())
