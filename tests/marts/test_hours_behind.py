"""The events behind a bar, a cell or a point add up to it: over the sample and over random practices, for every picture."""

import importlib
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from etl import marts, pipeline
from etl.model import Refused
from etl.sample import load_sample
from etl.store import open_read
from tests.making import Desk, at_desk, calendar, day, event, log

sys.path.append(str(Path(__file__).parents[1] / "minutes"))  # its modules call each other by their bare names
practices = importlib.import_module("practices")
written = importlib.import_module("written")

LAST = date(2026, 11, 20)
ANY: dict[str, Any] = {
    "roles": None, "locations": None, "pulls": False, "was": None, "topics": None, "could": None,
}  # fmt: skip
COULD = {"the team could": ["yes"], "not known": ["not known"]}
Bar = tuple[str, float, dict[str, Any]]
"""What is drawn, its hours, and what the events behind it are asked by."""


class Asked:
    """The marts of one open database."""

    def __init__(self, con: Any) -> None:
        self.con = con

    def rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        found = marts.ask(self.con, name, **parameters)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def weeks(self, days: dict[str, date]) -> float:
        return float(self.con.execute("select weeks_in($from_day, $to_day)::double", days).fetchall()[0][0])


def bars(asked: Asked, days: dict[str, date], locations: list[str] | None) -> Iterator[Bar]:
    """Every mark of Overview and Locations that stands for hours, for these days and locations."""
    where = days | {"locations": locations}
    for row in asked.rows("hours_by_role", **where, before_from=None, before_to=None):
        yield f"role {row['role']}", row["hours"], where | {"roles": [row["role"]]}
    yield "all work", row["work_hours"] or 0.0, where
    for grain in ("week", "month"):
        for row in asked.rows("weekly_hours", **where, grain=grain):
            yield (
                f"{grain} {row['begins']} {row['role']}",
                row["hours"],
                where | within(days, row, grain) | {"roles": [row["role"]]},
            )
        for row in asked.rows("weekly_by_location", **where, grain=grain):
            here = where | within(days, row, grain) | {"locations": [row["location"]]}
            yield f"{grain} {row['begins']} {row['location']} {row['role']}", row["hours"], here | {"roles": [row["role"]]}
            yield f"{grain} {row['begins']} {row['location']}", row["location_hours"], here
    for row in asked.rows("hours_by_location", **where):
        here = where | {"locations": [row["location"]]}
        yield f"{row['location']} {row['role']}", row["hours"], here | {"roles": [row["role"]]}
        yield f"{row['location']}", row["location_hours"], here
    for row in asked.rows("pulls_by_location", **where):
        cell = where | {"locations": [row["about_location"]], "pulls": True, "was": [row["was"]]}
        yield f"about {row['about_location']}, {row['was']}", row["hours"], cell
    yield "all interruptions", asked.rows("pulls_summary", **where)[0]["hours"], where | {"pulls": True}
    weeks = asked.weeks(days)
    for row in asked.rows("hand_over_topics", **where):
        low, high = row["low_hours_a_week"] * weeks, row["high_hours_a_week"] * weeks
        topic = where | {"roles": ["management"], "pulls": True, "topics": row["spellings"]}
        if row["abouts"] is not None:
            topic |= {"locations": row["abouts"]}
        yield f"topic {row['topic']}, sure", low, topic | {"could": ["yes"]}
        yield f"topic {row['topic']}, not known", high - low, topic | {"could": ["not known"]}
        yield f"topic {row['topic']}", high, topic | {"could": ["yes", "not known"]}


def within(days: dict[str, date], row: dict[str, Any], grain: str) -> dict[str, date]:
    """The days of a week or month that lie in the period."""
    begins: date = row["begins"]
    ends = begins + timedelta(6) if grain == "week" else (begins.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    return {"from_day": max(begins, days["from_day"]), "to_day": min(ends, days["to_day"])}


def agrees(asked: Asked, days: dict[str, date], locations: list[str] | None, *, empty_too: bool = True) -> int:
    """How many bars with hours there were; each must be what is listed behind it, each event or interruption in it once.

    Behind a bar of no hours nothing is listed: that follows from the others, whose sums are the whole, and takes most time.
    """
    filled = 0
    for what, hours, behind in bars(asked, days, locations):
        if not hours and not empty_too:
            continue
        rows = asked.rows("hours_behind", **(ANY | behind))
        assert sum(row["hours"] for row in rows) == pytest.approx(hours, abs=1e-6), what
        assert all(row["seconds"] > 0 for row in rows), what
        assert len({(row["occurrence_id"], row["interruption_id"]) for row in rows}) == len(rows), what
        assert all((row["occurrence_id"] is None) != (row["interruption_id"] is None) for row in rows), what
        assert [row["seconds"] for row in rows] == sorted((row["seconds"] for row in rows), reverse=True), what
        filled += hours > 0
    return filled


def test_every_mark_of_the_sample_opens_to_its_hours(tmp_path: Path) -> None:
    db = tmp_path / "sample.duckdb"
    assert not any(report.refused for report in load_sample(db, LAST))
    with open_read(db) as con:
        asked = Asked(con)
        names = [row["location"] for row in asked.rows("location_names")]
        for days, locations in (
            ({"from_day": LAST - timedelta(27), "to_day": LAST}, None),
            ({"from_day": LAST - timedelta(9), "to_day": LAST - timedelta(3)}, names[:2]),  # cuts two weeks
        ):
            assert agrees(asked, days, locations) > 60


@settings(
    max_examples=4,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(practices.practices())
def test_every_mark_of_a_random_practice_opens_to_its_hours(practice: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        db = Path(name) / "one.duckdb"
        try:
            reports = pipeline.load(written.write(practice, Path(name)), db, db.with_name("practice.toml"))
        except Refused:  # rules that contradict
            assume(False)
        assert not any(report.refused for report in reports)
        with open_read(db) as con:
            asked = Asked(con)
            first, last = con.execute("select min(day), max(day) from day_slices").fetchall()[0]
            assume(first is not None)
            agrees(asked, {"from_day": first, "to_day": last}, None, empty_too=False)
            agrees(asked, {"from_day": first + timedelta(1), "to_day": last}, ["North", "Practice-wide"], empty_too=False)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("behind") / "desk")
    work = calendar(
        "Work",
        event("Surgery", "2026-01-05 09:00", "13:00", place="North"),
        event("Rota", "2026-01-05 10:00", "11:00", place="Riverside"),
        event("Gym", "2026-01-06 18:00", "19:00"),
        event("Overnight rota", "2026-01-11 22:00", "2026-01-12 03:00"),
        event("Strategy", "2030-01-07 09:00", "10:00"),  # still to come
    )
    pulls = log(
        "2026-01-05 09:30,12,Riverside,desk,stock,yes",
        "2026-01-06 18:10,6,North,desk,,",
        "2026-01-07 08:00,6,North,desk,lease,no",
    )
    desk.take(("work.ics", work), ("log.csv", pulls))
    return desk


def behind(desk: Desk, **asked: Any) -> list[tuple[Any, ...]]:
    week = {"from_day": day("2026-01-05"), "to_day": day("2026-01-11")}
    return [(row["title"], row["seconds"] // 60) for row in desk.ask("hours_behind", **(week | ANY | asked))]


def test_the_most_hours_first_and_only_what_counts_in_these_days(desk: Desk) -> None:
    assert behind(desk) == [(None, 168), ("Overnight rota", 120), ("Rota", 60), ("stock", 12), ("lease", 6), (None, 6)]
    assert behind(desk, roles=["personal"]) == [("Gym", 54)]
    assert behind(desk, roles=["clinical"], locations=["Riverside"]) == []
    assert behind(desk, from_day=day("2026-01-12"), to_day=day("2035-01-01")) == [("Overnight rota", 180)], "up to today"


def test_interruptions_by_where_they_found_the_owner_and_on_what(desk: Desk) -> None:
    assert behind(desk, pulls=True) == [("stock", 12), ("lease", 6), (None, 6)]
    assert behind(desk, pulls=True, was=["with patients at North"]) == [("stock", 12)]
    assert behind(desk, pulls=True, was=["nothing in the calendar"]) == [("lease", 6)]
    assert behind(desk, pulls=True, topics=["(no topic)"]) == [(None, 6)]
    assert behind(desk, pulls=True, could=["yes", "not known"]) == [("stock", 12), (None, 6)]
    assert behind(desk, could=["no"]) == [("lease", 6)]


def test_a_row_says_what_it_is(desk: Desk) -> None:
    week = {"from_day": day("2026-01-05"), "to_day": day("2026-01-05")}
    first, _, pull = desk.ask("hours_behind", **(week | ANY))
    stored = desk.sql("select occurrence_id from occurrences where role = 'clinical'")
    assert (first["occurrence_id"], first["interruption_id"]) == (str(stored[0][0]), None), "an id is text: browsers lose digits"
    assert [first[name] for name in ("calendar", "place_text", "role", "location")] == ["Work", "North", "clinical", "North"]
    assert [f"{first[name]:%d %H:%M}" for name in ("starts_at", "ends_at")] == ["05 09:00", "05 13:00"]
    assert pull["occurrence_id"] is None
    assert [pull[name] for name in ("title", "calendar", "place_text", "role")] == ["stock", "log", "Riverside", "management"]
