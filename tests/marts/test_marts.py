"""Each mart against small practices worked out by hand, and the marts against each other."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl import marts
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

FOLDER = Path(marts.__file__).parent
ROLES = ("leadership", "management", "clinical", "unclassified", "personal")
ALL: dict[str, Any] = {"locations": None}
WEEKLY: dict[str, Any] = {"locations": None, "grain": "week"}

# Two weeks from Monday 5 January 2026. Clinic at North each Monday 9-13, a huddle at Riverside inside it 10-11 in the
# second week, strategy on the first Tuesday 9-11, rota on the second 9-10, something not filed on the first Wednesday.
WORK = calendar(
    "Work",
    event("Surgery", "2026-01-05 09:00", "13:00", place="North"),
    event("Strategy", "2026-01-06 09:00", "11:00"),
    event("Zq", "2026-01-07 09:00", "10:00", place="Old barn"),
    event("Gym", "2026-01-07 18:00", "19:30"),
    event("Surgery", "2026-01-12 09:00", "13:00", place="North"),
    event("Team huddle", "2026-01-12 10:00", "11:00", place="Riverside"),
    event("Rota", "2026-01-13 09:00", "10:00"),
    event("Payroll", "2026-01-14 09:00", "10:00", "STATUS:CANCELLED"),
    event("At Riverside", "2026-01-16"),
    event("Rota", "2026-01-18 20:00", "22:00", place="North"),  # a Sunday
)
# In the clinic from Riverside (12 min), in the huddle from North (6), in the strategy for nobody in particular (30),
# on a free evening from Riverside (24). Marked as the team's: the first two; as the owner's: the third; the last is open.
PULLS = log(
    "2026-01-05 09:30,12,Riverside,desk,stock,yes,2026-01-05 10:00,phone,short",
    "2026-01-12 10:15,6,North,nurse,rota,yes",
    "2026-01-06 09:30,30,,manager,lease,no",
    "2026-01-14 20:00,24,Riverside,desk,stock",
)
FORTNIGHT = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18")}
FIRST_WEEK = {"from_day": day("2026-01-05"), "to_day": day("2026-01-11")}
SECOND_WEEK = {"from_day": day("2026-01-12"), "to_day": day("2026-01-18")}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("marts") / "desk", PRACTICE + "[targets]\nleadership = 8\n")
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    return desk


def table(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(round(row[c], 6) if isinstance(row[c], float) else row[c] for c in columns) for row in rows]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_every_mart_says_what_it_answers(path: Path) -> None:
    sql = path.read_text("utf-8")
    assert sql.startswith("-- ")
    head = re.match(r"(?:--[^\n]*\n)+", sql)
    assert head
    for parameter in marts.parameters(path.stem):
        family = f"{parameter.split('_')[0]}_*"
        assert parameter in head[0] or family in head[0], f"{parameter} is not told of"


def test_a_question_that_is_asked_wrongly_is_an_error(desk: Desk) -> None:
    with pytest.raises(TypeError, match=r"takes \['from_day', 'to_day'\], not \['from_day'\]"):
        desk.ask("waterfall", from_day=day("2026-01-05"))


def test_hours_by_role(desk: Desk) -> None:
    before = {"before_from": day("2025-12-29"), "before_to": day("2026-01-04")}
    rows = desk.ask("hours_by_role", **FIRST_WEEK, **before, **ALL)
    assert table(rows, "role", "role_order", "hours", "hours_a_week", "hours_before", "change_a_week") == [
        ("leadership", 1, 1.5, 1.5, None, None),  # the lease took half an hour
        ("management", 2, 0.7, 0.7, None, None),
        ("clinical", 3, 3.8, 3.8, None, None),
        ("unclassified", 4, 1, 1, None, None),
        ("personal", 5, 1.5, 1.5, None, None),
    ]
    assert [row["share"] for row in rows] == [
        pytest.approx(1.5 / 7),
        pytest.approx(0.1),
        pytest.approx(3.8 / 7),
        pytest.approx(1 / 7),
        None,
    ]


def test_hours_by_role_against_the_week_before(desk: Desk) -> None:
    before = {"before_from": day("2026-01-05"), "before_to": day("2026-01-11")}
    rows = desk.ask("hours_by_role", **SECOND_WEEK, **before, **ALL)
    assert table(rows, "role", "hours", "hours_a_week_before", "change_a_week") == [
        ("leadership", 0, 1.5, -1.5),
        ("management", 4.4, 0.7, 3.7),
        ("clinical", 3, 3.8, -0.8),
        ("unclassified", 0, 1, -1),
        ("personal", 0, 1.5, -1.5),
    ]
    none = desk.ask("hours_by_role", **SECOND_WEEK, before_from=None, before_to=None, **ALL)
    assert {row["hours_before"] for row in none} == {None}


def test_hours_by_role_at_some_locations(desk: Desk) -> None:
    rows = desk.ask("hours_by_role", **FORTNIGHT, before_from=None, before_to=None, locations=["North", "Riverside"])
    assert table(rows, "role", "hours") == [
        ("leadership", 0),
        ("management", 3.6),  # 0.2 + 0.4 about Riverside, the huddle's 0.9, 0.1 about North, 2 of rota at North
        ("clinical", 6.8),
        ("unclassified", 0),
        ("personal", 0),
    ]


def test_weeks_are_those_with_days_that_are_covered(desk: Desk) -> None:
    for from_day, to_day, weeks in [
        ("2026-01-05", "2026-01-18", 2),
        ("2025-01-01", "2030-01-01", 2),
        ("2026-01-05", "2026-01-14", 10 / 7),
        ("2026-01-05", "2026-01-05", 1),
        ("2020-01-01", "2020-12-31", 1),
    ]:
        assert desk.sql(f"select weeks_in(date '{from_day}', date '{to_day}')::double") == [(pytest.approx(weeks),)]


def test_weekly_hours(desk: Desk) -> None:
    rows = desk.ask("weekly_hours", from_day=day("2026-01-05"), to_day=day("2026-01-20"), **WEEKLY)
    assert [row for row in table(rows, "begins", "role", "hours", "finished") if row[1] in {"management", "clinical"}] == [
        (day("2026-01-05"), "management", 0.7, True),
        (day("2026-01-05"), "clinical", 3.8, True),
        (day("2026-01-12"), "management", 4.4, True),
        (day("2026-01-12"), "clinical", 3, True),
        (day("2026-01-19"), "management", 0, False),  # nothing is loaded of it
        (day("2026-01-19"), "clinical", 0, False),
    ]


def test_a_week_that_the_period_cuts_is_not_finished(desk: Desk) -> None:
    rows = desk.ask("weekly_hours", from_day=day("2026-01-06"), to_day=day("2026-01-17"), **WEEKLY)
    assert [row for row in table(rows, "begins", "role", "hours", "finished") if row[1] == "leadership"] == [
        (day("2026-01-05"), "leadership", 1.5, False),
        (day("2026-01-12"), "leadership", 0, False),
    ]


def test_weeks_may_start_on_sunday(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE.replace('time_zone = "UTC"', 'time_zone = "UTC"\nweek_starts = "sunday"'))
    desk.take(("work.ics", WORK))
    rows = desk.ask("weekly_hours", **FORTNIGHT, **WEEKLY)
    assert [row for row in table(rows, "begins", "role", "hours") if row[1] == "management"] == [
        (day("2026-01-04"), "management", 0),
        (day("2026-01-11"), "management", 2),
        (day("2026-01-18"), "management", 2),
    ]


def test_hand_over(desk: Desk) -> None:
    (row,) = desk.ask("hand_over", **FORTNIGHT, **ALL)
    assert table([row], "low_hours_a_week", "high_hours_a_week", "calendar_management_hours_a_week", "needed_hours_a_week") == [
        (0.15, 2.3, 1.95, 0.25)  # 12 + 6 min; with 0.9 + 1 + 2 h of the calendar and 24 min not known; 30 min
    ]
    assert table([row], "marked_pulls", "unmarked_pulls", "needed_pulls") == [(2, 1, 1)]
    assert table(
        desk.ask("hand_over_topics", **FORTNIGHT, **ALL), "topic", "pulls", "locations", "low_hours_a_week", "high_hours_a_week"
    ) == [
        ("stock", 2, 1, 0.1, 0.3),
        ("rota", 1, 1, 0.05, 0.05),
    ]


def test_each_step_of_the_waterfall_opens_to_its_list(desk: Desk) -> None:
    for days in (FORTNIGHT, FIRST_WEEK, SECOND_WEEK, {"from_day": day("2026-01-12"), "to_day": day("2026-01-12")}):
        for step in desk.ask("waterfall", **days):
            found = desk.ask("left_out", **days, step=step["step"])
            if step["step"] not in ("In the calendars", "Interruptions outside the calendar", "Counted"):
                assert -sum(row["hours"] for row in found) == pytest.approx(step["hours"], abs=1e-6)
                assert step["occurrences"] in (None, len(found))
            else:
                assert found == []
    for step in desk.ask("source_waterfall", source_id="calendar/Work")[1:-1]:
        found = desk.ask("source_left_out", source_id="calendar/Work", step=step["step"])
        assert -sum(row["hours"] for row in found) == pytest.approx(step["hours"], abs=1e-6)


def test_the_list_behind_a_step_says_which_events(desk: Desk) -> None:
    columns = ("starts_at", "hours", "title", "calendar", "reason")
    assert table(desk.ask("left_out", **FORTNIGHT, step="Cancelled"), *columns) == [
        (datetime(2026, 1, 14, 9), 1, "Payroll", "Work", "cancelled")
    ]
    # The clinic lost an hour to the huddle inside it; its title was dropped.
    expected = [(datetime(2026, 1, 12, 9), 1, None, "Work", "at the same time as another")]
    assert table(desk.ask("left_out", **FORTNIGHT, step="At the same time as another"), *columns) == expected
    same = desk.ask("source_left_out", source_id="calendar/Work", step="at the same time as another")
    assert table(same, *columns) == expected


def test_the_waterfall_adds_up_to_what_is_counted(desk: Desk) -> None:
    rows = desk.ask("waterfall", **FORTNIGHT)
    assert [row for row in table(rows, "step", "hours", "occurrences") if row[1]] == [
        ("In the calendars", 41.5, 10),
        ("All-day", -24, 1),
        ("Cancelled", -1, 1),
        ("At the same time as another", -1, None),
        ("Interruptions outside the calendar", 0.4, 1),
        ("Counted", 15.9, None),
    ]
    for days in (FORTNIGHT, FIRST_WEEK, SECOND_WEEK, {"from_day": day("2026-01-12"), "to_day": day("2026-01-12")}):
        *steps, counted = [row["hours"] for row in desk.ask("waterfall", **days)]
        assert sum(steps) == pytest.approx(counted, abs=1e-5)


def test_what_was_not_counted(desk: Desk) -> None:
    assert table(desk.ask("not_counted", **FORTNIGHT), "reason", "occurrences", "hours") == [
        ("all-day", 1, 24),
        ("cancelled", 1, 1),
    ]


def test_hours_by_location(desk: Desk) -> None:
    rows = desk.ask("hours_by_location", **FORTNIGHT, **ALL)
    assert [row for row in table(rows, "location", "role", "hours", "location_hours_a_week") if row[2]] == [
        ("North", "management", 2.1, 4.45),
        ("North", "clinical", 6.8, 4.45),
        ("Riverside", "management", 1.5, 0.75),
        ("Practice-wide", "leadership", 1.5, 2),
        ("Practice-wide", "management", 1.5, 2),
        ("Practice-wide", "unclassified", 1, 2),
        ("Practice-wide", "personal", 1.5, 2),
    ]
    assert len(rows) == 15
    assert [row["location"] for row in desk.ask("location_names")] == ["North", "Riverside", "Practice-wide"]


def test_where_the_owner_was_when_they_came(desk: Desk) -> None:
    assert table(desk.ask("pulls_by_location", **FORTNIGHT, **ALL), "about_location", "was", "pulls", "hours") == [
        ("North", "at Riverside", 1, 0.1),
        ("Riverside", "with patients at North", 1, 0.2),
        ("Riverside", "nothing in the calendar", 1, 0.4),
        ("Practice-wide", "Practice-wide work", 1, 0.5),
    ]


def test_location_facts(desk: Desk) -> None:
    rows = desk.ask("location_facts", **FORTNIGHT, locations=["Riverside"])
    assert table(rows, "fact", "unit", "value") == [
        ("Hours", "h a week", 0.75),
        ("Leadership", "h a week", 0),
        ("Management", "h a week", 0.75),
        ("Clinical", "h a week", 0),
        ("Not filed", "h a week", 0),
        ("Pulls", "a week", 1),
        ("Hours of pulls", "h a week", 0.3),
        ("Pulls while with patients", "a week", 0.5),
    ]


def test_titles_that_wait(desk: Desk) -> None:
    (row,) = desk.ask("waiting_titles")
    asked = {"titles": ["Zq"], "group_keys": [row.pop("group_key")], "calendars": ["Work"], "numbers": [7]}
    assert row == {"title": "Zq", "forgotten": False, "calendar": "Work", "hours": 1, "times": 1, "waits_days": 0}
    (group,) = desk.ask("waiting_groups", **asked)
    assert group.pop("times_a_week") > 0
    assert group == {
        "number": 7,
        "hours": 1,
        "times": 1,
        "weekday": 3,
        "morning": True,
        "usual_hours": 1,
        "calendars": "Work",
        "places": "Old barn",
        "location": "Practice-wide",
    }
    assert table(desk.ask("unclassified_hours", **FORTNIGHT, **ALL), "hours", "hours_a_week", "titles") == [(1, 0.5, 1)]
    assert desk.ask("places_waiting") == [
        {"place": "Old barn", "hours": 1, "times": 1, "weekday": "Wednesday", "calendars": "Work"}
    ]


def test_a_waiting_title_loses_what_an_interruption_took(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", calendar("Work", event("Zq", "2026-01-05 09:00", "10:00"))), ("log.csv", log("2026-01-05 09:00,15")))
    assert table(desk.ask("waiting_titles"), "hours") == [(0.75,)]
    assert table(desk.ask("unclassified_hours", **FORTNIGHT, **ALL), "hours") == [(0.75,)]


def test_the_log(desk: Desk) -> None:
    newest, *_, oldest = desk.ask("log_entries", **FORTNIGHT)
    assert (newest["topic"], newest["minutes"], newest["team_could"], newest["about_text"]) == ("stock", 24, None, "Riverside")
    assert table([oldest], "minutes", "about_location", "asked_by", "topic", "team_could", "via", "note", "role", "source") == [
        (12, "Riverside", "desk", "stock", True, "phone", "short", "management", "log")
    ]
    assert (str(oldest["started_at"]), str(oldest["answered_at"])) == ("2026-01-05 09:30:00", "2026-01-05 10:00:00")


def test_the_practice(desk: Desk) -> None:
    (row,) = desk.ask("practice")
    assert {key: row[key] for key in ("name", "time_zone", "week_starts", "leadership_target", "is_sample", "notice")} == {
        "name": "Maple",
        "time_zone": "UTC",
        "week_starts": "monday",
        "leadership_target": 8,
        "is_sample": False,
        "notice": "",
    }
    assert [str(row[key]) for key in ("first_day", "last_day", "log_first_day", "log_last_day", "calendar_last_day")] == [
        "2026-01-05",
        "2026-01-18",
        "2026-01-05",
        "2026-01-14",
        "2026-01-18",
    ]
    assert (row["sources"], row["calendars"], row["logs"], row["unclassified_hours"]) == (2, 1, 1, 1)


def test_the_sources(desk: Desk) -> None:
    rows = desk.ask("sources_list")
    assert table(rows, "source_id", "file_name", "covers_from", "covers_to", "occurrences", "interruptions", "counted_hours") == [
        ("calendar/Work", "work.ics", day("2026-01-05"), day("2026-01-18"), 10, 0, 15.5),
        ("interruptions/log", "log.csv", day("2026-01-05"), day("2026-01-14"), 0, 4, 1.2),
    ]


def test_notes_say_their_line(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    row = "2026-01-05 09:00,10"
    desk.take(("log.csv", log(row, row)))
    assert table(desk.ask("load_notes"), "name", "line") == [("log", 3)]


@pytest.mark.parametrize("days", [FORTNIGHT, FIRST_WEEK, {"from_day": day("2026-01-07"), "to_day": day("2026-01-13")}], ids=str)
def test_the_marts_agree_with_each_other(desk: Desk, days: dict[str, Any]) -> None:
    by_role = {
        row["role"]: pytest.approx(row["hours"])
        for row in desk.ask("hours_by_role", **days, before_from=None, before_to=None, **ALL)
    }
    for mart, parameters in [
        ("weekly_hours", WEEKLY),
        ("weekly_hours", ALL | {"grain": "month"}),
        ("hours_by_location", ALL),
        ("weekly_by_location", WEEKLY),
        ("weekly_by_location", ALL | {"grain": "month"}),
        ("hours_by_role_location", {}),
    ]:
        sums = dict.fromkeys(ROLES, 0.0)
        for row in desk.ask(mart, **days, **parameters):
            sums[row["role"]] += row["hours"]
        assert sums == by_role, mart
    waterfall = desk.ask("waterfall", **days)
    assert waterfall[-1]["hours"] == pytest.approx(sum(sums.values()), abs=1e-5)
    everything = desk.ask("unclassified_hours", from_day=day("1990-01-01"), to_day=day("2100-01-01"), **ALL)
    assert sum(row["hours"] for row in desk.ask("waiting_titles")) == pytest.approx(everything[0]["hours"])
    side = desk.ask("side_by_side", **days, **ALL, sort="hours")
    assert sum(row["hours"] for row in side) == pytest.approx(sum(sums.values()) - sums["personal"])
    pulls = desk.ask("pulls_by_location", **days, **ALL)
    assert sum(row["pulls"] for row in side) == sum(row["pulls"] for row in pulls)
    found = {row["location"]: row for row in side}
    for row in desk.ask("against", **days, **ALL, one="North", other="Riverside"):
        named = {"Hours": "hours_a_week", "Management share": "management_share", "Interruptions": "pulls_a_week"}.get(
            row["fact"]
        )
        if named:
            assert (row["one"], row["other"]) == pytest.approx((found["North"][named], found["Riverside"][named]))


def test_tomorrow_is_not_yet_counted(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    today = datetime.now(UTC).date()
    last_week, later = today - timedelta(days=7), today + timedelta(days=2)
    rotas = [event("Rota", f"{day} 09:00", "10:00") for day in (last_week, later)]
    desk.take(("work.ics", calendar("Work", *rotas)))
    rows = desk.ask("hours_by_role", from_day=last_week, to_day=later, before_from=None, before_to=None, **ALL)
    assert sum(row["hours"] for row in rows) == 1
    assert today <= desk.ask("practice")[0]["last_day"] < later
    assert {row["finished"] for row in desk.ask("weekly_hours", from_day=later, to_day=later, **WEEKLY)} == {False}


def test_nothing_counted_is_no_error(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00", "STATUS:CANCELLED"))))
    for name in sorted(path.stem for path in FOLDER.glob("*.sql")):
        given: dict[str, Any] = {"from_day": day("2026-01-01"), "to_day": day("2026-01-31"), "source_id": "calendar/Work"}
        rows = desk.ask(name, **{parameter: given.get(parameter) for parameter in marts.parameters(name)})
        assert all(not isinstance(value, float) or abs(value) <= 1 for row in rows for value in row.values()), name


def test_free_days_at_the_ends_of_a_week_do_not_shorten_it(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE)
    worked = [event("Rota", f"2026-01-{d:02} 09:00", "11:00") for d in (6, 7, 8, 9, 13, 14, 15, 16)]  # Tuesdays to Fridays
    desk.take(("work.ics", calendar("Work", *worked)))
    two_weeks = desk.ask("hours_by_role", **FORTNIGHT, before_from=None, before_to=None, **ALL)
    assert table(two_weeks, "role", "hours", "hours_a_week")[1] == ("management", 16.0, 8.0)
    assert {row["finished"] for row in desk.ask("weekly_hours", **FORTNIGHT, **WEEKLY)} == {True}
    later = desk.ask("hours_by_role", **SECOND_WEEK, before_from=day("2026-01-05"), before_to=day("2026-01-11"), **ALL)
    assert table(later, "hours_before")[1] == (8.0,)
