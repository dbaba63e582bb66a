"""The ledger of hand-overs: for each the weeks before and after it, what came back to the owner, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from etl import marts
from etl.transform.verdict import Verdict, Week, of_hours, of_pulls


@dataclass(frozen=True, slots=True)
class LedgerWeek:
    """A week of 7 days from the hand-over's day on, number 0 the first; `left_out` is why it is not compared, '' if it is.
    `counted_hours` are those that count in the sum of all hand-overs: an hour of two is in one of them alone."""

    number: int
    begins: date
    ends: date
    hours: float
    counted_hours: float
    pulls: int
    left_out: str
    side: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Something in hours or in number a week, before and after; None where there is nothing to compare with."""

    name: str
    hours_before: float | None
    hours_after: float | None
    pulls_before: float | None = None
    pulls_after: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One hand-over in the ledger. `label` may be a stranger's title. `together` is what the owner has of it a week, in all
    the weeks that are compared; `where` are the owner's hours by role in the same weeks. `unknown_locations` are those of
    `locations` that the practice does not have any more."""

    hand_over_id: str
    kind: str
    of: str
    label: str
    to_role: str
    from_day: date
    ended_on: date | None
    locations: tuple[str, ...]
    unknown_locations: tuple[str, ...]
    good: str
    decides: str
    comes_when: str
    weeks: tuple[LedgerWeek, ...]
    together: Sides
    by_location: tuple[Sides, ...]
    where: tuple[Sides, ...]
    verdict: Verdict

    @property
    def came_back(self) -> float | None:
        """Hours a week that are the owner's no more; negative where there are more of them than before."""
        before, after = self.together.hours_before, self.together.hours_after
        return None if before is None or after is None else before - after


def ledger(con: duckdb.DuckDBPyConnection) -> tuple[Entry, ...]:
    """All hand-overs, the latest first."""
    weeks = _by_id(con, "hand_over_weeks")
    places = _by_id(con, "hand_over_by_location")
    where = _by_id(con, "hand_over_where")
    return tuple(
        _entry(row, weeks.get(row["hand_over_id"], []), places.get(row["hand_over_id"], []), where.get(row["hand_over_id"], []))
        for row in marts.rows(con, "hand_overs_list")
    )


def came_back(entries: Sequence[Entry]) -> float | None:
    """The hours a week that came back to the owner from all hand-overs that hold today and can be compared, each hour once; None
    where none can."""
    sides = [
        [_a_week(entry.weeks, side, "counted_hours") for side in ("before", "after")]
        for entry in entries
        if entry.ended_on is None
    ]
    back = [before - after for before, after in sides if before is not None and after is not None]
    return sum(back) if back else None


def _entry(row: dict[str, Any], weeks: list[dict[str, Any]], places: list[dict[str, Any]], where: list[dict[str, Any]]) -> Entry:
    told = tuple(
        LedgerWeek(
            w["number"], w["begins"], w["ends"], w["hours"], w["counted_hours"], w["pulls"], w["left_out"] or "", w["side"] or ""
        )
        for w in weeks
    )
    judged = [Week(week.number, week.pulls, week.hours, not week.left_out) for week in told]
    return Entry(
        hand_over_id=row["hand_over_id"],
        kind=row["kind"],
        of=row["of"],
        label=row["label"],
        to_role=row["to_role"],
        from_day=row["from_day"],
        ended_on=row["ended_on"],
        locations=_names(row["locations"]),
        unknown_locations=_names(row["unknown_locations"]),
        good=row["good"],
        decides=row["decides"],
        comes_when=row["comes_when"],
        weeks=told,
        together=Sides(
            "", *(_a_week(told, side, "hours") for side in ("before", "after")),
            *(_a_week(told, side, "pulls") for side in ("before", "after")),
        ),
        by_location=tuple(
            Sides(p["location"], p["hours_before"], p["hours_after"], p["pulls_before"], p["pulls_after"]) for p in places
        ),
        where=tuple(Sides(w["role"], w["hours_before"], w["hours_after"]) for w in where),
        verdict=of_pulls(judged) if row["of"] == "topic" else of_hours(judged),
    )  # fmt: skip


def _names(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(chr(31))) if joined else ()


def _a_week(weeks: tuple[LedgerWeek, ...], side: str, what: str) -> float | None:
    """The average of a side's weeks; None where there are none."""
    found = [float(getattr(week, what)) for week in weeks if week.side == side]
    return sum(found) / len(found) if found else None


def _by_id(con: duckdb.DuckDBPyConnection, mart: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in marts.rows(con, mart):
        found.setdefault(row["hand_over_id"], []).append(row)
    return found
