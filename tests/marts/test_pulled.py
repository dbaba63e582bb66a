"""What pulls the owner away: each mart against a dozen interruptions worked out by hand, and against a counter of seconds.

    Mon 5 Jan  surgery at North 9 to 13   9:30 Riverside 12 min stock (yes), answered 10:00   in the surgery
                                          10:55 Riverside 10 min Stock (no), answered 10:55   in the surgery, over the hour
                                          14:00 North 30 min rota                             nothing planned, working hours
    Tue 6      strategy 9 to 11           9:50 Riverside 20 min rota (yes), answered 10:50    in the strategy, over the hour
                                          17:50 Riverside 20 min lease (no)                   over the end of the working hours
    Wed 7      gym 18:00 to 19:30         18:30 North 6 min, no topic                         personal
    Thu 8      rota at Riverside 9 to 10  9:00 Riverside 15 min stock, answered 9:20          in the rota, there
                                          9:10 for nobody in particular, 5 min lease          takes 5 of the 15 minutes
    Sun 11     nothing                    23:50 North 20 min alarm (no), answered 0:10        over midnight
    Mon 12     no entry
    Tue 13     zq 9 to 10                 9:00 North 9 min stock (yes)                        not filed
    Fri 16     nothing                    13:00 Riverside 60 min rota                         working hours

North is open from 8 to 12 and 13 to 17 on weekdays, with a team of 4; Riverside does not say when it is open.
"""

import importlib
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from etl import pipeline
from etl.model import Refused
from etl.store import open_read
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log
from tests.making import rows as rows_of

sys.path.append(str(Path(__file__).parents[1] / "minutes"))  # its modules call each other by their bare names
practices = importlib.import_module("practices")
written = importlib.import_module("written")
counter = importlib.import_module("counter")

WORK = calendar(
    "Work",
    event("Surgery", "2026-01-05 09:00", "13:00", place="North"),
    event("Strategy", "2026-01-06 09:00", "11:00"),
    event("Gym", "2026-01-07 18:00", "19:30"),
    event("Rota", "2026-01-08 09:00", "10:00", place="Riverside"),
    event("Zq", "2026-01-13 09:00", "10:00"),
    event("Rota", "2026-01-18 20:00", "20:30"),  # the fortnight is covered
)
PULLS = log(
    "2026-01-05 09:30,12,Riverside,desk,stock,yes,2026-01-05 10:00",
    "2026-01-05 10:55,10,Riverside,desk,Stock,no,2026-01-05 10:55",
    "2026-01-05 14:00,30,North,desk,rota",
    "2026-01-06 09:50,20,Riverside,nurse,rota,yes,2026-01-06 10:50",
    "2026-01-06 17:50,20,Riverside,desk,lease,no",
    "2026-01-07 18:30,6,North,desk,,",
    "2026-01-08 09:00,15,Riverside,desk,stock,,2026-01-08 09:20",
    "2026-01-08 09:10,5,,manager,lease",
    "2026-01-11 23:50,20,North,desk,alarm,no,2026-01-12 00:10",
    "2026-01-13 09:00,9,North,desk,stock,yes",
    "2026-01-16 13:00,60,Riverside,desk,rota",
)
OPEN = 'name = "North"\nopen = "Mon-Fri 08:00-12:00; Mon-Fri 13:00-17:00"\nteam = 4'
FORTNIGHT: dict[str, Any] = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18"), "locations": None}
SECOND: dict[str, Any] = FORTNIGHT | {"from_day": day("2026-01-12")}
Rows = list[dict[str, Any]]
HERE = pytest.approx
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("pulled") / "desk", PRACTICE.replace('name = "North"', OPEN))
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    return desk


def minutes(rows: Rows, *names: str, of: str = "hours") -> list[tuple[Any, ...]]:
    """What is named of each row, and its hours in minutes."""
    return [(*(row[name] for name in names), round(row[of] * 60, 6)) for row in rows]


def test_by_hour_the_time_falls_on_both_sides_and_the_beginning_on_one(desk: Desk) -> None:
    rows = desk.ask("pulls_by_hour", **FORTNIGHT)
    assert minutes(rows, "weekday", "hour", "pulls") == [
        (0, 0, 0, 10),  # Sunday's alarm after midnight
        (0, 9, 1, 12),
        (0, 10, 1, 5),
        (0, 11, 0, 5),
        (0, 14, 1, 30),
        (1, 9, 2, 19),  # 10 of the rota, and 9 on the second Tuesday
        (1, 10, 0, 10),
        (1, 17, 1, 10),
        (1, 18, 0, 10),
        (2, 18, 1, 6),
        (3, 9, 2, 15),
        (4, 13, 1, 60),
        (6, 23, 1, 10),
    ]
    assert minutes(desk.ask("pulls_by_hour", **SECOND), "weekday", "hour", "pulls") == [
        (0, 0, 0, 10),
        (1, 9, 1, 9),
        (4, 13, 1, 60),
    ]
    wide = desk.ask("pulls_by_hour", **(FORTNIGHT | {"locations": ["Practice-wide"]}))
    assert minutes(wide, "weekday", "hour", "pulls") == [(3, 9, 1, 5)]


def test_taken_from_is_cut_at_the_edge_of_the_working_hours(desk: Desk) -> None:
    assert minutes(desk.ask("pulls_taken_from", **FORTNIGHT), "taken_from", "seconds", "pulls") == [
        ("clinical", 22 * 60, 2, 22),
        ("leadership", 20 * 60, 1, 20),
        ("management", 15 * 60, 2, 15),
        ("unclassified", 9 * 60, 1, 9),
        ("free working time", 100 * 60, 3, 100),  # 30, 10 before six, 60
        ("personal", 6 * 60, 1, 6),
        ("after hours", 30 * 60, 1, 30),  # 10 after six, 20 around midnight
    ]
    shares = [row["share"] for row in desk.ask("pulls_taken_from", **FORTNIGHT)]
    assert shares[0] == HERE(22 / 202)
    assert sum(shares) == HERE(1)


def test_topics_and_what_of_them_the_team_could_have_settled(desk: Desk) -> None:
    rows = desk.ask("pulled_topics", **FORTNIGHT)
    columns = ("topic", "spellings", "pulls", "locations")
    assert minutes(rows, *columns) == [
        ("rota", ["rota"], 3, 2, 110),
        ("stock", ["Stock", "stock"], 4, 2, 41),  # 12 and 10 and 10 of 15 and 9
        ("lease", ["lease"], 2, 1, 25),
        ("alarm", ["alarm"], 1, 1, 20),
        ("(no topic)", ["(no topic)"], 1, 1, 6),
    ]
    assert [[round(row[part] * 60, 6) for part in ("could_hours", "unknown_hours", "needed_hours")] for row in rows] == [
        [20, 90, 0],
        [21, 10, 10],
        [0, 5, 20],
        [0, 0, 20],
        [0, 6, 0],
    ]
    assert {
        (round(r["all_hours"] * 60, 6), round(r["all_could_hours"] * 60, 6), round(r["all_unknown_hours"] * 60, 6)) for r in rows
    } == {(202, 41, 111)}
    assert [row["topic"] for row in desk.ask("topic_spellings")] == ["(no topic)", "Stock", "alarm", "lease", "rota", "stock"]


def test_a_share_of_hours_that_has_none_is_nothing_and_of_no_hours_is_not_known(desk: Desk) -> None:
    shares = [
        [row["with_patients_share"], row["elsewhere_share"]]
        for on in (day("2026-01-16"), day("2026-01-14"))  # nothing was planned; no entry
        for row in desk.ask("pulls_summary", from_day=on, to_day=on, locations=None)
    ]
    assert shares == [[0, 0], [None, None]]


def test_answer_once_asks_for_two_locations_or_three_times(desk: Desk) -> None:
    rows = desk.ask("answer_once", **FORTNIGHT)
    assert minutes(rows, "topic", "pulls", "locations") == [
        ("rota", 3, 2, 110),
        ("stock", 4, 2, 41),
    ]  # lease: twice, one location
    assert [row["hours_a_year"] for row in rows] == [HERE(110 / 60 / 2 * 52), HERE(41 / 60 / 2 * 52)]
    assert (rows[0]["first_day"], rows[0]["last_day"], rows[0]["handed_over"]) == (day("2025-12-22"), day("2026-01-18"), None)
    # The four weeks reach back before the second week; the hours a year are the week's own.
    assert [row["hours_a_year"] for row in desk.ask("answer_once", **SECOND)] == [HERE(52), HERE(9 / 60 * 52)]
    at_north = desk.ask("answer_once", **(FORTNIGHT | {"locations": ["North"]}))
    assert at_north == []
    early = desk.ask("answer_once", **(FORTNIGHT | {"to_day": day("2026-01-06")}))
    assert minutes(early, "topic", "pulls", "locations") == [("rota", 2, 2, 50)]  # two locations; stock twice, one location


def test_answer_once_says_what_is_handed_over(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    desk.harm(
        """insert into hand_overs by name from (values
            ('a', 'hand-over', ' ROTA', 'desk', date '2026-01-10', null),
            ('b', 'written answer', 'stock', 'nurse', date '2026-01-02', date '2026-01-09')
        ) as h (hand_over_id, kind, topic, to_role, from_day, ended_on),
        lateral (select '' as good, '' as decides, '' as comes_when, now() as made_at)"""
    )
    rows = desk.ask("answer_once", **FORTNIGHT)
    assert [(row["topic"], row["handed_over"], row["to_role"], row["from_day"]) for row in rows] == [
        ("stock", None, None, None),  # taken back since
        ("rota", "hand-over", "desk", day("2026-01-10")),
    ]


def test_waiting_is_from_asked_to_answered(desk: Desk) -> None:
    rows = desk.ask("waiting_times", **FORTNIGHT)
    said = ("split", "name", "answered", "pulls")
    assert [tuple(row[name] for name in (*said, "median_minutes")) for row in rows] == [
        ("all", "all", 5, 11, 20),  # 30, 0, 60, 20, 20
        ("found", "here", 1, 1, 20),
        ("found", "elsewhere", 0, 1, None),  # the five minutes in Riverside's rota were for nobody in particular
        ("found", "patients", 2, 2, 15),
        ("found", "practice-wide", 1, 3, 60),
        ("found", "nothing", 1, 4, 20),
        ("location", "North", 1, 4, 20),
        ("location", "Riverside", 4, 6, 25),
        ("location", "Practice-wide", 0, 1, None),
    ]
    assert rows[0]["ninetieth_minutes"] == HERE(48)  # 0 20 20 30 60: six tenths of the way from 30 to 60
    assert rows[6]["ninetieth_minutes"] == 20


def test_what_runs_without_the_owner(desk: Desk) -> None:
    north, riverside = desk.ask("runs_without_you", **FORTNIGHT)
    # Logged open days: 5, 6, 7, 8, 13 and 16 January; of these with one about North: 5, 7 (after hours) and 13.
    assert [north[name] for name in ("location", "given", "open_days", "logged_days", "free_days")] == ["North", True, 10, 6, 3]
    assert north["free_share"] == HERE(0.5)
    # 14:30 to 17:00 on Monday, and Tuesday to Thursday whole; Friday the 9th was not logged.
    assert north["longest_hours"] == HERE(2.5 + 3 * 8)
    assert riverside["given"] is False  # 8 to 18, Monday to Friday
    assert (riverside["logged_days"], riverside["free_days"]) == (6, 2)  # the 7th and the 13th
    # From 17:50 + 20 min, which is after closing, over Wednesday to Thursday 9:00: 10 + 1 h.
    assert riverside["longest_hours"] == HERE(11)
    assert (north["best_hours"], riverside["best_hours"]) == (HERE(26.5), HERE(11))


def test_a_run_is_cut_by_the_period_and_the_best_is_not(desk: Desk) -> None:
    north, riverside = desk.ask("runs_without_you", **SECOND)
    assert (north["open_days"], north["logged_days"], north["free_days"]) == (5, 2, 1)  # the 13th and the 16th
    assert (north["longest_hours"], north["best_hours"]) == (
        HERE(8),
        HERE(26.5),
    )  # the whole Friday, since Wednesday was not logged
    assert (riverside["longest_hours"], riverside["best_hours"]) == (HERE(10), HERE(11))  # Tuesday
    cut, _ = desk.ask("runs_without_you", **(FORTNIGHT | {"from_day": day("2026-01-07")}))
    assert (cut["longest_hours"], cut["best_hours"]) == (HERE(16), HERE(26.5))  # Wednesday and Thursday
    (only,) = desk.ask("runs_without_you", **(FORTNIGHT | {"to_day": day("2026-01-05"), "locations": ["North"]}))
    assert (only["open_days"], only["longest_hours"]) == (1, HERE(5))  # 8 to 12 and 13 to 14
    (none,) = desk.ask("runs_without_you", **(FORTNIGHT | {"from_day": day("2026-01-17"), "locations": ["North"]}))
    assert (none["open_days"], none["logged_days"], none["free_share"], none["longest_hours"]) == (0, 0, None, None)


def test_an_interruption_over_a_closed_hour_ends_where_it_ends(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE.replace('name = "North"', OPEN))
    # Over lunch, 11:50 to 13:20; inside it another; on the next day nothing about North.
    desk.take(("log.csv", log("2026-01-05 11:50,90,North", "2026-01-05 11:55,3,North", "2026-01-06 08:00,5,Riverside")))
    north, _ = desk.ask("runs_without_you", **FORTNIGHT)
    assert north["longest_hours"] == HERE(4 - 20 / 60 + 8)
    assert north["free_days"] == 1


def test_open_hours_of_a_day_on_which_the_clocks_change(tmp_path: Path) -> None:
    night = 'name = "North"\nopen = "Sun 00:00-04:00; Sun 03:00-06:00"'
    desk = at_desk(tmp_path / "desk", PRACTICE.replace('"UTC"', '"America/Toronto"').replace('name = "North"', night))
    desk.take(("log.csv", log("2025-11-02 12:00,5,Riverside", "2026-03-08 05:30,5,North")))
    north, _ = desk.ask("runs_without_you", **(FORTNIGHT | {"from_day": day("2025-11-02"), "to_day": day("2025-11-02")}))
    assert north["longest_hours"] == HERE(7)  # the hour from one to two came twice
    north, _ = desk.ask("runs_without_you", **(FORTNIGHT | {"from_day": day("2026-03-08"), "to_day": day("2026-03-08")}))
    assert (north["longest_hours"], north["best_hours"]) == (HERE(4.5), HERE(7))  # two to three never came
    (rate, _) = desk.ask("pull_rate", **(FORTNIGHT | {"from_day": day("2025-11-02"), "to_day": day("2026-03-08")}))
    assert (rate["logged_open_hours"], rate["pulls_in_open_hours"]) == (HERE(12), 1)


def test_the_rate_is_for_each_open_hour_and_each_of_the_team(desk: Desk) -> None:
    north, riverside = desk.ask("pull_rate", **FORTNIGHT)
    assert [north[name] for name in ("pulls", "pulls_a_week", "logged_open_hours", "pulls_in_open_hours", "team")] == [
        4,
        2,
        48,
        2,
        4,
    ]
    assert (north["pulls_an_open_hour"], north["pulls_in_ten_open_hours"]) == (HERE(2 / 48), HERE(20 / 48))
    assert north["pulls_a_member_a_week"] == HERE(0.5)
    assert [riverside[name] for name in ("pulls", "pulls_a_week")] == [6, 3]
    missing = ("logged_open_hours", "pulls_in_open_hours", "pulls_an_open_hour", "team", "pulls_a_member_a_week")
    assert {riverside[name] for name in missing} == {None}


KEYS = {
    "pulls_by_location": ("about_location", "was"),
    "pulls_by_hour": ("weekday", "hour"),
    "pulls_taken_from": ("taken_from",),
    "pulled_topics": ("topic",),
}
BEHIND: dict[str, Any] = dict.fromkeys(("roles", "slots", "taken", "kinds", "was", "topics", "could")) | {"answered": False}


def test_every_cell_opens_to_its_interruptions(desk: Desk) -> None:
    for days in (FORTNIGHT, SECOND):
        for row in desk.ask("pulls_by_hour", **days):
            slot = f"{WEEKDAYS[row['weekday']]} {row['hour']}"
            found = desk.ask("pulls_behind", **(days | BEHIND | {"slots": [slot]}))
            assert sum(each["hours"] for each in found) == HERE(row["hours"])
        for row in desk.ask("pulls_taken_from", **days):
            found = desk.ask("pulls_behind", **(days | BEHIND | {"taken": [row["taken_from"]]}))
            assert sum(each["seconds"] for each in found) == row["seconds"]
    answered = desk.ask("pulls_behind", **(FORTNIGHT | BEHIND | {"answered": True}))
    assert len(answered) == 5
    assert {row["title"] for row in desk.ask("pulls_behind", **(FORTNIGHT | BEHIND | {"kinds": ["patients"]}))} == {
        "stock",
        "Stock",
    }
    assert [
        row["seconds"] for row in desk.ask("pulls_behind", **(FORTNIGHT | BEHIND | {"topics": ["alarm"], "could": ["no"]}))
    ] == [1200]


def test_with_nothing_logged_every_mart_answers(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", WORK))
    for name in ("pulls_by_hour", "pulls_taken_from", "pulled_topics", "answer_once", "waiting_times"):
        assert desk.ask(name, **FORTNIGHT) == []
    assert [row["pulls"] for row in desk.ask("pull_rate", **FORTNIGHT)] == [0, 0]
    rows = desk.ask("runs_without_you", **FORTNIGHT)
    assert [(row["logged_days"], row["longest_hours"]) for row in rows] == [(0, None), (0, None)]


@settings(
    max_examples=12,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(practices.practices())
def test_the_same_seconds_by_place_topic_hour_and_what_they_were_taken_from(practice: Any) -> None:
    # In one log: what two logs seem to have twice is held back until the owner has said whether it is one.
    practice = replace(practice, logs=(tuple(pull for entries in practice.logs for pull in entries),))
    assume(practice.logs[0])
    try:
        ticks = {at: tick for at, tick in counter.count(practice).items() if tick.interruption}
    except counter.UnsettledError:
        assume(False)
    assume(ticks)
    zone = ZoneInfo(practice.zone)
    walls = {at: datetime.fromtimestamp(at, zone) for at in ticks}
    days = sorted({wall.date() for wall in walls.values()})
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name))
        try:
            pipeline.load(written.write(practice, desk.folder), desk.db, desk.practice)
        except Refused:  # rules that contradict
            assume(False)
        with open_read(desk.db) as con:
            for first, last in dict.fromkeys([(days[0], days[-1]), (days[len(days) // 2],) * 2]):
                there = [(ticks[at], wall) for at, wall in walls.items() if first <= wall.date() <= last]
                agree(partial(rows_of, con), practice.grid, there, {"from_day": first, "to_day": last})


def agree(ask: Callable[..., Rows], grid: int, ticks: list[tuple[Any, datetime]], days: dict[str, date]) -> None:
    """Hold the marts of these days against the ticks of interruptions in them, in seconds."""
    hours, taken, about, where = (Counter[Any]() for _ in range(4))
    for tick, wall in ticks:
        working = wall.weekday() < 5 and 8 <= wall.hour < 18
        hours[wall.weekday(), wall.hour] += grid
        taken[tick.displaced[0] if tick.displaced else "free working time" if working else "after hours"] += grid
        about[tick.location] += grid
        where[tick.location, tick.displaced is None] += grid
    names = ("pulls_by_location", "pulls_by_hour", "pulls_taken_from", "pulled_topics")
    found = {name: ask(name, **days, locations=None) for name in names}
    assert seconds(found["pulls_by_hour"], "weekday", "hour") == hours
    assert seconds(found["pulls_taken_from"], "taken_from") == taken
    assert {name: sum(seconds(rows, *KEYS[name]).values()) for name, rows in found.items()} == dict.fromkeys(
        names, grid * len(ticks)
    )
    matrix = Counter[Any]()
    for row in found["pulls_by_location"]:
        matrix[row["about_location"], row["was_kind"] == "nothing"] += round(row["hours"] * 3600)
    assert +matrix == where
    location, there = about.most_common(1)[0]
    for name in names:
        assert sum(seconds(ask(name, **days, locations=[location]), *KEYS[name]).values()) == there, name
    assert len({sum(row["pulls"] for row in rows) for rows in found.values()}) == 1


def seconds(rows: Rows, *names: str) -> Counter[Any]:
    """Whole seconds of each row that has any; the marts' hours are seconds over 3600, exactly."""
    found = {tuple(row[name] for name in names) if len(names) > 1 else row[names[0]]: row["hours"] * 3600 for row in rows}
    assert all(abs(value - round(value)) < 1e-6 for value in found.values())
    return +Counter({key: round(value) for key, value in found.items()})
