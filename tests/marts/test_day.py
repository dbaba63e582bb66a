"""The day: ribbons, switches, undisturbed leadership and what became of planned leadership, by hand and by the minute."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

MONDAY = {"from_day": day("2026-01-05"), "to_day": day("2026-01-05")}
WEEK = {"from_day": day("2026-01-05"), "to_day": day("2026-01-11")}
# Monday: strategy 9-12; in it a call from Riverside 10:00-10:30, one of 3 minutes from North at 11:00, and rota 11:30-12:00 over
# it; surgery at North 13-15; a night from 23:00 to 1:00. Tuesday is marked as at Riverside.
WORK = calendar(
    "Work",
    event("Strategy", "2026-01-05 09:00", "12:00"),
    event("Rota", "2026-01-05 11:30", "12:00", place="North"),
    event("Surgery", "2026-01-05 13:00", "15:00", place="North"),
    event("Surgery", "2026-01-05 23:00", "2026-01-06 01:00", place="North"),
    event("At Riverside", "2026-01-06"),
    event("Strategy", "2026-01-07 09:00", "10:00"),
)
PULLS = log("2026-01-05 10:00,30,Riverside,,stock", "2026-01-05 11:00,3,North,,stock")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("day") / "desk", PRACTICE)
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    return desk


def test_the_ribbon_of_a_day(desk: Desk) -> None:
    rows = [
        (r["starts_minute"], r["ends_minute"], r["role"], r["location"], r["pull"])
        for r in desk.ask("day_ribbon", **MONDAY, most=1)
    ]
    assert rows == [
        (540, 600, "leadership", "Practice-wide", False),
        (600, 630, "management", "Riverside", True),
        (630, 660, "leadership", "Practice-wide", False),
        (660, 663, "management", "North", True),
        (663, 690, "leadership", "Practice-wide", False),
        (690, 720, "management", "North", False),
        (780, 900, "clinical", "North", False),
        (1380, 1440, "clinical", "North", False),
    ]
    assert [r["displaced_role"] for r in desk.ask("day_ribbon", **MONDAY, most=1) if r["pull"]] == ["leadership", "leadership"]


def test_the_facts_of_each_day(desk: Desk) -> None:
    facts = {row["day"].day: row for row in desk.ask("day_facts", **WEEK)}
    assert [*facts] == [7, 6, 5]
    monday = facts[5]
    # leadership, call, leadership (the three minutes are ignored), rota, surgery, surgery
    assert (monday["role_switches"], monday["location_switches"], monday["pulls"]) == (4, 3, 2)
    assert (monday["longest_leadership_hours"], monday["longest_from_minute"]) == (1.0, 540)
    assert (monday["leadership_hours"], monday["clinical_hours"]) == (pytest.approx(117 / 60), 3.0)
    assert monday["management_hours"] == pytest.approx(63 / 60)
    assert (facts[6]["clinical_hours"], facts[6]["role_switches"], facts[6]["longest_from_minute"]) == (1.0, 0, None)
    assert all(row["role_switches_a_day"] == pytest.approx(4 / 3) for row in facts.values())
    assert {row["longest_of_all_hours"] for row in facts.values()} == {1.0}


def test_what_became_of_the_hours_put_aside(desk: Desk) -> None:
    rows = desk.ask("planned_leadership", **WEEK)
    assert [(r["became"], r["what"], r["topic"], round(r["hours"] * 60)) for r in rows] == [
        ("kept", "", "", 177), ("interruption", "Riverside", "stock", 30), ("event", "management", "", 30),
        ("interruption", "North", "stock", 3),
    ]  # fmt: skip
    assert all((r["planned_hours"], r["kept_hours"]) == (4.0, pytest.approx(177 / 60)) for r in rows)


def test_the_marker_of_a_day(desk: Desk) -> None:
    assert [(row["day"], row["location"]) for row in desk.ask("day_markers", **WEEK)] == [(day("2026-01-06"), "Riverside")]


def test_two_markers_of_as_many_days_that_disagree_say_nothing_where_the_clocks_change_too(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE.replace('"UTC"', '"America/Toronto"'))
    markers = event("At North", "2026-03-06", "2026-03-08"), event("At Riverside", "2026-03-07", "2026-03-09")  # 48 h and 47 h
    desk.take(("work.ics", calendar("Work", *markers, event("Surgery", "2026-03-07 15:00", "16:00"))))
    where = [
        (row["day"].day, row["location"]) for row in desk.ask("day_markers", from_day=day("2026-03-01"), to_day=day("2026-03-31"))
    ]
    assert where == [(6, "North"), (8, "Riverside")]
    assert [*desk.hours()] == [("clinical", "Practice-wide")]


ROLE_OF = {"Strategy": "leadership", "Rota": "management", "Surgery": "clinical", "Gym": "personal"}
EVENTS = st.lists(
    st.tuples(st.sampled_from(sorted(ROLE_OF)), st.integers(0, 140), st.integers(1, 40), st.sampled_from(["North", "Riverside"])),
    min_size=1, max_size=7,
)  # fmt: skip
PULL = st.lists(st.tuples(st.integers(0, 280), st.integers(1, 20), st.sampled_from(["North", "Riverside"])), max_size=4)


@settings(max_examples=4)
@given(st.lists(st.tuples(EVENTS, PULL), min_size=5, max_size=5))
def test_by_the_minute(tmp_path_factory: pytest.TempPathFactory, weeks: list[tuple[list[Any], list[Any]]]) -> None:
    """Twenty Mondays at random, five weeks in one file: to load it takes longer than to count."""
    desk = at_desk(tmp_path_factory.mktemp("minutes") / "desk")
    mondays = [MONDAY["from_day"] + timedelta(days=7 * nth) for nth in range(len(weeks))]
    evenings = [datetime(on.year, on.month, on.day, 20, tzinfo=UTC) for on in mondays]  # four hours, and on into Tuesday

    def at(evening: datetime, minute: int) -> str:
        return f"{evening + timedelta(minutes=minute):%Y-%m-%d %H:%M}"

    pulls = [
        f"{at(evening, start)},{length},{place}"
        for evening, (_, called) in zip(evenings, weeks, strict=True)
        for start, length, place in called
    ]
    desk.take(
        ("work.ics", calendar("Work", *(
            event(title, at(evening, 2 * start), at(evening, 2 * start + length), uid=f"u{evening}{n}", place=place)
            for evening, (events, _) in zip(evenings, weeks, strict=True)
            for n, (title, start, length, place) in enumerate(events)
        ))),
        *[("log.csv", log(*pulls))] * bool(pulls),
    )  # fmt: skip
    minutes: dict[int, tuple[str, str, str | None]] = {}
    for starts, ends, role, location, pull in desk.sql(
        "select epoch(starts_at)::bigint, epoch(ends_at)::bigint, role, location, interruption_id from time_slices"
    ):
        minutes |= dict.fromkeys(range(starts // 60, ends // 60), (role, location, pull))
    for monday, evening, (events, _) in zip(mondays, evenings, weeks, strict=True):
        week = {"from_day": monday, "to_day": monday + timedelta(days=6)}
        the_facts_are_those_of_the_minutes(desk, week, minutes)
        begins = int(evening.timestamp()) // 60
        planned = {
            minute
            for title, start, length, _ in events
            for minute in range(begins + 2 * start, begins + 2 * start + length)
            if ROLE_OF[title] == "leadership"
        }
        became = Counter[str]()
        for row in desk.ask("planned_leadership", **week):
            became[row["became"]] += round(row["hours"] * 60)
        expected = Counter(
            "kept" if minutes[minute][0] == "leadership" else "interruption" if minutes[minute][2] else "event"
            for minute in planned
        )
        assert became == expected
        assert became.total() == len(planned)


def the_facts_are_those_of_the_minutes(
    desk: Desk, week: dict[str, date], minutes: dict[int, tuple[str, str, str | None]]
) -> None:
    facts = {row["day"]: row for row in desk.ask("day_facts", **week)}
    assert facts, "something was drawn for each Monday"
    for on in facts:
        begins = int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp()) // 60
        mine = {minute - begins: owner for minute, owner in minutes.items() if begins <= minute < begins + 1440}
        for number, name in ((0, "role"), (1, "location")):
            assert facts[on][f"{name}_switches"] == switches({minute: str(owner[number]) for minute, owner in mine.items()})
        assert facts[on]["leadership_hours"] * 60 == pytest.approx(sum(owner[0] == "leadership" for owner in mine.values()))


def switches(owners: dict[int, str]) -> int:
    """Changes from one run of at least five minutes of the same owner to the next, counted minute by minute."""
    runs: list[tuple[str, int]] = []
    for minute in sorted(owners):
        if runs and owners.get(minute - 1) == owners[minute] == runs[-1][0]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((owners[minute], 1))
    long = [owner for owner, length in runs if length >= 5]
    return sum(one != two for one, two in pairwise(long))
