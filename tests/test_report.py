"""The report against hours worked out by hand, and text and JSON against each other."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.model import Refused
from etl.report import load_text, report, report_text
from etl.store import open_read
from tests.making import Desk, at_desk, calendar, day, event, log

# Monday 5 January: clinic 9-13 at North with a staff meeting 10-11 inside, and a call from Riverside 10:30-10:45: 3 h
# clinical, 45 min of meeting, 15 min of call. Tuesday: strategy 9-11, and from 10:30 to 12 something shorter that is not
# filed and owns its time: 1.5 h each; an hour of gym; a call at eight in the evening adds its 20 minutes.
FILE = calendar(
    "Work",
    event("Surgery", "2026-01-05 09:00", "13:00", place="North"),
    event("Staff meeting", "2026-01-05 10:00", "11:00", place="North"),
    event("Strategy", "2026-01-06 09:00", "11:00"),
    event("Zq", "2026-01-06 10:30", "12:00"),
    event("Gym", "2026-01-06 18:00", "19:00"),
    event("Payroll", "2026-01-07 09:00", "10:00", "STATUS:CANCELLED"),
    event("At Riverside", "2026-01-08"),
)
LOG = log("2026-01-05 10:30,15,Riverside,desk,stock order,yes", "2026-01-06 20:00,20,Riverside")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("desk") / "desk")
    desk.take(("work.ics", FILE), ("log.csv", LOG))
    return desk


def asked(desk: Desk, from_day: date | None = None, to_day: date | None = None) -> dict[str, Any]:
    with open_read(desk.db) as con:
        return report(con, from_day, to_day)


def test_whose_weeks_end_on_thursday_has_whole_weeks_in_the_report_as_on_the_pages(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    days = (f"2026-01-{day:02}" for day in (*range(5, 9), *range(12, 16)))
    desk.take(("work.ics", calendar("Work", *(event("Strategy", f"{day} 08:00", "16:00") for day in days))))
    found = asked(desk)
    assert (found["from"], found["to"], found["weeks"]) == ("2026-01-05", "2026-01-18", 2)
    assert "(32.00)" in report_text(found)  # of 64 h; over eleven days it would be 40.7


def test_all_of_it(desk: Desk) -> None:
    found = asked(desk)
    nothing = dict.fromkeys(("leadership", "management", "clinical", "unclassified", "personal"), 0)
    assert found == {
        "from": "2026-01-05",
        "to": "2026-01-06",
        "time_zone": "UTC",
        "weeks": 1,
        "days_off": 0,
        "hours": pytest.approx(8 + 1 / 3, abs=1e-6),
        "by_role": {
            "leadership": 1.5,
            "management": pytest.approx(1 + 1 / 3, abs=1e-6),
            "clinical": 3,
            "unclassified": 1.5,
            "personal": 1,
        },
        "by_location": {
            "North": nothing | {"management": 0.75, "clinical": 3},
            "Riverside": nothing | {"management": pytest.approx(0.25 + 1 / 3, abs=1e-6)},
            "Practice-wide": nothing | {"leadership": 1.5, "unclassified": 1.5, "personal": 1},
        },
        "not_counted": {},
        "waterfall": [
            {"step": "In the calendars", "hours": 9.5, "occurrences": 5},
            *({"step": step, "hours": 0, "occurrences": 0} for step in STEPS),
            {"step": "At the same time as another", "hours": -1.5, "occurrences": None},
            {"step": "Interruptions outside the calendar", "hours": pytest.approx(1 / 3, abs=1e-6), "occurrences": 1},
            {"step": "Counted", "hours": pytest.approx(8 + 1 / 3, abs=1e-6), "occurrences": None},
        ],
        "notice": "",
    }
    assert json.loads(json.dumps(found)) == found


STEPS = ("All-day", "Cancelled", "Declined", "Marked free", "Longer than 31 days", "No length", "On two calendars")


def test_some_days_of_it(desk: Desk) -> None:
    found = asked(desk, day("2026-01-06"), day("2026-01-08"))
    assert found["hours"] == pytest.approx(4 + 1 / 3, abs=1e-6)
    assert found["not_counted"] == {"all-day": {"occurrences": 1, "hours": 24}, "cancelled": {"occurrences": 1, "hours": 1}}
    assert found["by_location"]["North"]["clinical"] == 0
    steps = [step["hours"] for step in found["waterfall"]]
    assert sum(steps[:-1]) == pytest.approx(steps[-1], abs=1e-5)


def test_days_the_wrong_way_round_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="the first day, 2026-01-06, is after the last, 2026-01-05"):
        asked(desk, day("2026-01-06"), day("2026-01-05"))


def test_a_time_with_nothing_in_it(desk: Desk) -> None:
    found = asked(desk, day("2030-01-01"))
    assert (found["from"], found["to"], found["hours"], found["weeks"]) == ("2030-01-01", "2030-01-01", 0, 1)
    assert "0.00" in report_text(found)


def test_the_text_says_the_same(desk: Desk) -> None:
    lines = report_text(asked(desk)).splitlines()
    assert lines[0] == "From 2026-01-05 to 2026-01-06, 1.0 weeks, days of UTC. Hours; in brackets a week."
    assert [line.split() for line in lines[2:7]] == [
        ["Leadership", "Management", "Clinical", "Not", "filed", "Personal", "All"],
        ["North", "0.00", "0.75", "3.00", "0.00", "0.00", "3.75"],
        ["Riverside", "0.00", "0.58", "0.00", "0.00", "0.00", "0.58"],
        ["Practice-wide", "1.50", "0.00", "0.00", "1.50", "1.00", "4.00"],
        ["All", "1.50", "1.33", "3.00", "1.50", "1.00", "8.33"],
    ]
    assert lines[7].split() == ["(1.50)", "(1.33)", "(3.00)", "(1.50)", "(1.00)", "(8.33)"]
    assert [line.split() for line in lines[-4:]] == [
        ["In", "the", "calendars", "9.50", "h", "(5)"],
        ["At", "the", "same", "time", "as", "another", "-1.50", "h"],
        ["Interruptions", "outside", "the", "calendar", "0.33", "h", "(1)"],
        ["Counted", "8.33", "h"],
    ]


def test_the_report_of_a_load(tmp_path: Path) -> None:
    work, pulls, twice = at_desk(tmp_path / "desk").load(("work.ics", FILE), ("log.csv", LOG), ("more.csv", LOG[:-1]))
    assert load_text(work).splitlines() == [
        "work.ics: calendar “Work”, 7 events, 2026-01-05 to 2026-01-08, 8.00 h counted",
        "  7 new, 0 changed, 0 gone, 0 unchanged",
        "  Exported                                   34.50 h  (7)",
        "  All-day                                   -24.00 h  (1)",
        "  Cancelled                                  -1.00 h  (1)",
        "  At the same time as another                -1.50 h",
        "  Counted                                     8.00 h  (5)",
        "  Not filed yet: 1.50 h. File them on the Roles page",
    ]
    assert load_text(pulls).splitlines() == [
        "log.csv: interruption log “log”, 2 interruptions, 2026-01-05 to 2026-01-06, 0.58 h counted",
        "  2 new, 0 changed, 0 gone, 0 unchanged",
    ]
    assert load_text(twice).splitlines() == [
        "more.csv: interruption log “more”, 2 interruptions, 2026-01-05 to 2026-01-06, 0.00 h counted",
        "  2 new, 0 changed, 0 gone, 0 unchanged",
    ]
