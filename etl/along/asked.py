"""What is to be taken along: which days, against which, of which locations, and whether with words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from etl.along.written import PLAIN, Pen
from etl.country import country_of, writing_of
from etl.report import days_of

MOST_WEEKS = 60
"""Longer periods are told by the month."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Days are inclusive; `before_*` are None where there is nothing to compare with, `locations` for all of them.

    `words`: with topics, what was handed over, to whom and what good looks like, and the practice's name.
    """

    from_day: date
    to_day: date
    before_from: date | None = None
    before_to: date | None = None
    locations: tuple[str, ...] | None = None
    grain: str = "week"
    words: bool = False
    pen: Pen = PLAIN

    @property
    def days(self) -> dict[str, Any]:
        return {"from_day": self.from_day, "to_day": self.to_day}

    @property
    def where(self) -> dict[str, Any]:
        return self.days | {"locations": None if self.locations is None else list(self.locations)}


def asked_for(con: duckdb.DuckDBPyConnection, from_day: date | None, to_day: date | None, words: bool) -> Asked:
    """The days of the command line, held against the same weekdays just before where these are covered."""
    first, last = days_of(con, from_day, to_day)
    (covered_from,) = con.execute("select covered_from from coverage").fetchall()[0]
    country, zone = con.execute("select country, time_zone from practice").fetchall()[0]
    writing = writing_of(country or country_of(zone))
    length = (last - first).days + 1
    back = timedelta(days=-(-length // 7) * 7)
    covered = covered_from is not None and covered_from <= first - back
    return Asked(
        first,
        last,
        first - back if covered else None,
        last - back if covered else None,
        grain="week" if length <= 7 * MOST_WEEKS else "month",
        words=words,
        pen=Pen(writing.decimal, writing.day),
    )
