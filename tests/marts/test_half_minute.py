"""The three sentences over small calendars, the thin ones too, and their numbers a second time by a loop over the slices."""

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl import half_minute, marts
from etl.__main__ import main
from etl.sample import load_sample
from etl.store import open_read
from pages.parts import format as written
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log, rows

TARGET = '[targets]\nleadership = 8\n[[rule]]\nrole = "management"\ntitle = "chores"\n'
MONDAY = day("2026-01-05")
WEEK = {"from_day": MONDAY, "to_day": MONDAY + timedelta(6)}
FORTNIGHT = {"from_day": MONDAY, "to_day": MONDAY + timedelta(13)}


def on(nth: int, title: str, start: str, end: str, place: str = "") -> str:
    """An event on the nth day."""
    return event(title, f"{MONDAY + timedelta(nth)} {start}", end, place=place)


def pull(nth: int, topic: str, minutes: int, could: str = "yes", about: str = "North") -> str:
    return f"{MONDAY + timedelta(nth)} 11:00,{minutes},{about},desk,{topic},{could}"


LED = [on(1, "Strategy", "09:00", "11:00"), on(2, "Surgery", "09:00", "15:00", "North")]  # 2 h led of 8
ENDS = [on(4, "Surgery", "09:00", "10:00", "North"), on(11, "Surgery", "09:00", "10:00", "North")]  # a fortnight is covered
AT_BOTH = [on(0, "Chores", "09:00", "12:00", "North"), on(3, "Chores", "09:00", "11:00", "Riverside")]  # 3 and 2 h
PULLS = [pull(nth, topic, 15) for nth, topic in enumerate(("stock", "rota", "stock", "refund", "Stock"))]  # 75 min in 5 days

# What is in the calendar, what is in the log, which days, and what is said.
CASES: dict[str, tuple[list[str], list[str], dict[str, date], list[str]]] = {
    "a whole week": (
        [*LED, *AT_BOTH, *ENDS[:1]], PULLS, WEEK,
        [
            "You led 2 of your 15 hours; your target is 8.",  # 14 h, and 45 min in which nothing was planned
            "North took 67 % of your management hours, the most of 2 locations.",
            "Three topics you could hand over come to 1.3 h.",
        ],
    ),
    "two weeks are told a week": (
        [*LED, *AT_BOTH, *ENDS], PULLS, FORTNIGHT,
        [
            "You led 1 of your 7.9 hours a week; your target is 8.",
            "North took 67 % of your management hours, the most of 2 locations.",
            "Three topics you could hand over come to 38 min a week.",
        ],
    ),
    "a day off makes the target less": (
        [*LED, *AT_BOTH, *ENDS[:1], event("Vacation", f"{MONDAY + timedelta(4)}")], PULLS, WEEK,
        [
            "You led 2 of your 15 hours; your target is 6.4, with 1 day off.",
            "North took 67 % of your management hours, the most of 2 locations.",
            "Three topics you could hand over come to 1.3 h.",
        ],
    ),
    "the target is met": (
        [on(nth, "Strategy", "09:00", "11:00") for nth in range(4)] + ENDS[:1], [], WEEK,
        ["You led 8 of your 9 hours; your target of 8 is met.", "None of it was management.", NO_LOG := (
            "No interruption is logged in these days: log a week of them to see what you could hand over."
        )],
    ),
    "nothing": (
        [*LED, *ENDS], [], {"from_day": MONDAY + timedelta(5), "to_day": MONDAY + timedelta(6)},
        ["No counted hours in these days."],
    ),
    "personal time is no work": ([on(0, "Gym", "18:00", "19:00"), *ENDS[1:]], [], WEEK, ["No counted hours in these days."]),
    "nothing is filed": (
        [on(nth, "Zq", "09:00", "11:00") for nth in range(5)], [], WEEK, ["None of your 10 hours has a role yet."],
    ),
    "half is not filed": (
        [on(0, "Zq", "09:00", "17:00"), *LED], PULLS[2:3], WEEK, ["50 % of your 16 hours have no role yet."],
    ),
    "less than half is not filed": ([on(0, "Zq", "09:00", "16:00"), *LED, *ENDS[:1]], [], WEEK, [
        "You led 2 of your 16 hours; your target is 8.", "None of it was management.", NO_LOG,
    ]),
    "less than five hours": ([on(0, "Strategy", "09:00", "10:00"), on(0, "Chores", "10:00", "13:30")], [], WEEK, [
        "You led 1 of your 4.5 hours.", "4.5 h in 1 day is too little to say more.",
    ]),
    "less than five hours of management at locations": ([*LED, *AT_BOTH[:1], *ENDS[:1]], [], WEEK, [
        "You led 2 of your 12 hours; your target is 8.", "Management took 3 h, 25 % of your hours.", NO_LOG,
    ]),
    "no location stands out": (
        [*LED, on(0, "Chores", "09:00", "12:00", "North"), on(3, "Chores", "09:00", "12:15", "Riverside"), *ENDS[:1]], [], WEEK,
        [
            "You led 2 of your 15 hours; your target is 8.",
            "Management took 6.3 h, 41 % of your hours.",
            "One event that comes again takes 6.3 h of management: could somebody else have it?",
        ],
    ),
    "less management than in the week before": (
        [on(0, "Chores", "09:00", "15:00"), on(7, "Chores", "09:00", "13:00"),
         *(on(nth, "Surgery", "14:00", "17:00") for nth in (4, 7, 8, 11))],
        [], {"from_day": MONDAY + timedelta(7), "to_day": MONDAY + timedelta(13)},
        [
            "You led none of your 13 hours; your target is 8.",
            "Management took 4 h, 2 h less than in the week before.",
            NO_LOG,
        ],
    ),
    "a small difference is no change": (
        [on(0, "Chores", "09:00", "13:30"), on(7, "Chores", "09:00", "13:00"),
         *(on(nth, "Surgery", "14:00", "17:00") for nth in (4, 7, 11))],
        [], {"from_day": MONDAY + timedelta(7), "to_day": MONDAY + timedelta(13)},
        ["You led none of your 10 hours; your target is 8.", "Management took 4 h, 40 % of your hours.", NO_LOG],
    ),
    "four days of a log": ([*LED, *AT_BOTH[:1], *ENDS[:1]], PULLS[:4], WEEK, [
        "You led 2 of your 13 hours; your target is 8.",
        "Management took 3.8 h, 30 % of your hours.",
        "Your log has entries on 4 days: too few to say what you could hand over.",
    ]),
    "nothing is marked as the team's": (
        [*LED, *AT_BOTH[:1], *ENDS[:1]],
        [pull(nth, "stock", 15, could) for nth, could in enumerate(("no", "", "", "", "no"))], WEEK,
        [
            "You led 2 of your 13 hours; your target is 8.",
            "Management took 4 h, 31 % of your hours.",
            "What your log marks as the team's comes to less than a quarter of an hour a week.",
        ],
    ),
    "what is not marked either way is in the most": ([*LED, *AT_BOTH, *ENDS[:1]], [*PULLS[:4], pull(4, "stock", 60, "")], WEEK, [
        "You led 2 of your 16 hours; your target is 8.",
        "North took 70 % of your management hours, the most of 2 locations.",
        "Three topics you could hand over come to 1 to 2 h.",
    ]),
    "the four largest of five topics": (
        [*LED, *AT_BOTH, *ENDS[:1]], [pull(nth, f"topic {nth}", 10 + nth) for nth in range(5)], WEEK,
        [
            "You led 2 of your 15 hours; your target is 8.",
            "North took 66 % of your management hours, the most of 2 locations.",
            "Four topics you could hand over come to 50 min.",
        ],
    ),
    "topics of a few minutes": ([*LED, *ENDS[:1]], [pull(nth, "stock", 2) for nth in range(5)], WEEK, [
        "You led 2 of your 9.1 hours; your target is 8.",
        "Management took 0.2 h, 2 % of your hours.",
        "What your log marks as the team's comes to less than a quarter of an hour a week.",
    ]),
}  # fmt: skip


def said(desk: Desk, days: dict[str, Any], locations: list[str] | None = None) -> list[str]:
    """The sentences of a period, held against as many days just before it."""
    length = (days["to_day"] - days["from_day"]).days + 1
    before = {"before_from": days["from_day"] - timedelta(length), "before_to": days["from_day"] - timedelta(1)}
    found = desk.ask("half_minute", **days, **before, locations=locations)
    assert [row["sentence_order"] for row in found] == list(range(1, len(found) + 1))
    return [half_minute.sentence(row, written, "", "the week before") for row in found]


@pytest.mark.parametrize("case", CASES)
def test_what_is_said(case: str, tmp_path: Path) -> None:
    events, pulls, days, expected = CASES[case]
    desk = at_desk(tmp_path / "desk", PRACTICE + TARGET)
    desk.take(("work.ics", calendar("Work", *events)), *[("log.csv", log(*pulls))] * bool(pulls))
    assert said(desk, days) == expected


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    events, pulls, _, _ = CASES["a whole week"]
    desk = at_desk(tmp_path_factory.mktemp("half") / "desk", PRACTICE + TARGET)
    desk.take(("work.ics", calendar("Work", *events)), ("log.csv", log(*pulls)))
    return desk


def test_one_location_is_not_held_against_others_nor_against_the_target_of_all(desk: Desk) -> None:
    assert said(desk, WEEK, ["North"])[:2] == ["You led none of your 11 hours.", "Management took 4 h, 37 % of your hours."]


def test_no_location_has_a_name(tmp_path: Path) -> None:
    events, _, _, _ = CASES["a whole week"]
    desk = at_desk(tmp_path / "desk", '[practice]\ntime_zone = "UTC"\n[[rule]]\nrole = "management"\ntitle = "chores"\n')
    desk.take(("work.ics", calendar("Work", *events)))
    assert said(desk, WEEK)[:2] == ["You led 2 of your 14 hours.", "Management took 5 h, 36 % of your hours."]


def test_what_is_handed_over_is_not_told_again(tmp_path: Path) -> None:
    events, pulls, _, _ = CASES["a whole week"]
    desk = at_desk(tmp_path / "desk", PRACTICE + TARGET)
    desk.take(("work.ics", calendar("Work", *events)), ("log.csv", log(*pulls)))
    hand = "insert into hand_overs (hand_over_id, topic, kind, to_role, good, decides, comes_when, from_day, made_at) values (%s)"
    desk.harm(hand % "1, ' STOCK', 'hand-over', 'desk', 'done', '', '', date '2026-01-10', now()")
    assert said(desk, WEEK)[2] == "Two topics you could hand over come to 30 min."
    assert [row["topic"] for row in desk.ask("hand_over_topics", **WEEK, locations=None)] == ["refund", "rota"]
    desk.harm("insert into hand_over_locations values (1, 'Riverside')")  # not at North, where all of it is
    assert said(desk, WEEK)[2] == "Three topics you could hand over come to 1.3 h."


def test_the_numbers_a_second_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Over the sample: by `report --json` and by a loop over all slices."""
    db, last = tmp_path / "sample.duckdb", date(2026, 11, 20)
    assert not any(report.refused for report in load_sample(db, last))
    days = {"from_day": date(2026, 10, 19), "to_day": date(2026, 11, 15)}
    nowhere = {"before_from": None, "before_to": None, "locations": None}
    with open_read(db) as con:
        led, location, topics = rows(con, "half_minute", **days, **nowhere)
        slices = con.execute(
            """select role, location, interruption_id, (timezone(p.time_zone, starts_at))::date::varchar,
                epoch_us(ends_at) - epoch_us(starts_at)
            from time_slices, practice as p"""
        ).fetchall()
        pulls = con.execute("select interruption_id, topic, team_could from interruptions where role = 'management'").fetchall()
        handed = {topic for (topic,) in con.execute("select topic from hand_overs").fetchall()}
    asked = {key: (topic, could) for key, topic, could in pulls}
    by_role: dict[str, float] = defaultdict(float)
    managing: dict[str, float] = defaultdict(float)
    open_topics: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for role, at, key, on_day, length in slices:
        if days["from_day"] <= date.fromisoformat(on_day) <= days["to_day"]:  # none of the sample's crosses midnight
            hours = length / 3600e6
            by_role[role] += hours
            if role == "management":
                managing[at] += hours
                topic, could = asked.get(key, (None, None))
                if topic and topic not in handed and could is not False:
                    open_topics[topic][0] += hours if could else 0.0
                    open_topics[topic][1] += hours
    assert main(["report", "--json", "--db", str(db), "--from", str(days["from_day"]), "--to", str(days["to_day"])]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["by_role"] == pytest.approx({"personal": 0.0} | by_role, abs=1e-5)
    work = sum(hours for role, hours in by_role.items() if role != "personal")
    assert (led["fact"], led["hours"], led["of_hours"], led["target"]) == (
        "led", pytest.approx(by_role["leadership"] / 4), pytest.approx(work / 4), 8,
    )  # fmt: skip
    most = max((name for name in managing if name != "Practice-wide"), key=lambda name: managing[name])
    assert (location["fact"], location["name"], location["hours"]) == ("location", most, pytest.approx(managing[most] / 4))
    assert location["share"] == pytest.approx(report["by_location"][most]["management"] / report["by_role"]["management"])
    largest = sorted((sums for sums in open_topics.values() if sums[0]), key=lambda sums: -sums[1])[:4]
    assert (topics["fact"], topics["amount"]) == ("topics", 4)
    assert (topics["least_hours"], topics["hours"]) == pytest.approx([sum(side) / 4 for side in zip(*largest, strict=True)])


def test_the_picture_shows_what_the_sentence_says(tmp_path: Path) -> None:
    db = tmp_path / "sample.duckdb"
    load_sample(db, date(2026, 11, 20))
    days = {"from_day": date(2026, 10, 19), "to_day": date(2026, 11, 15), "locations": None}
    with open_read(db) as con:
        *_, topics = rows(con, "half_minute", **days, before_from=None, before_to=None)
        shown = rows(con, "hand_over_topics", **days)
        places = rows(con, "hours_by_location", **days)
    first = [row for row in shown if row["said"]]
    assert shown[: len(first)] == first
    assert len(first) == topics["amount"]
    assert sum(row["high_hours_a_week"] for row in first) == pytest.approx(topics["hours"])
    assert sum(row["share_of_all"] for row in places if row["role"] == "management") == pytest.approx(1)


def test_each_fact_of_the_mart_has_its_words() -> None:
    sql = (Path(marts.__file__).parent / "half_minute.sql").read_text("utf-8")
    words = Path(half_minute.__file__).read_text("utf-8")
    facts = {"nothing", "unfiled", "led", "thin", "location", "managed", "topics", "series", "log_thin", "not_marked", "no_log"}
    assert {fact for fact in facts if f"'{fact}'" in sql and f'case "{fact}"' in words} == facts
