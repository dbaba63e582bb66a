"""Two to twelve locations on one scale, two of them against each other, and on which weekday the owner is where."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

# Two weeks from Monday 5 January 2026, UTC. North: ten surgeries of an hour, Monday to Friday at 9. Riverside: a rota of an
# hour on the same days at 14, and two hours of strategy on the first Monday at 16. Mill: one hour of rota.
SEVEN = 'name = "Riverside"\nteam = 2\nopen = "Mon-Fri 08:00-18:00"\n\n[[location]]\nname = "mill"\n'
GROUP = PRACTICE.replace('name = "North"', 'name = "North"\nteam = 4\nopen = "Mon-Fri 08:00-18:00"').replace(
    'name = "Riverside"\n', SEVEN
)
DAYS = [f"2026-01-{number:02}" for number in (*range(5, 10), *range(12, 17))]
WORK = calendar(
    "Work",
    *(event("Surgery", f"{each} 09:00", "10:00", place="North") for each in DAYS),
    *(event("Rota", f"{each} 14:00", "15:00", place="Riverside") for each in DAYS),
    event("Strategy", "2026-01-05 16:00", "18:00", place="Riverside"),
    event("Rota", "2026-01-06 16:00", "17:00", place="mill"),
    event("Gym at North", "2026-01-10 10:00", "11:00"),
)
# Each day one about Riverside while at North with patients, 6 min; one about North on a free evening.
PULLS = log(*(f"{each} 09:30,6,Riverside,desk,stock" for each in DAYS), "2026-01-07 20:00,30,North,desk,keys")
WHERE: dict[str, Any] = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18"), "locations": None}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("side") / "desk", GROUP)
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    return desk


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("hours", ["Riverside", "North", "mill"]),
        ("management", ["mill", "Riverside", "North"]),
        ("interruptions", ["Riverside", "North", "mill"]),
        ("name", ["mill", "North", "Riverside"]),  # whatever its case
        (None, ["Riverside", "North", "mill"]),
    ],
)
def test_locations_stand_in_the_order_that_was_chosen(desk: Desk, sort: str | None, expected: list[str]) -> None:
    rows = desk.ask("side_by_side", **WHERE, sort=sort)
    assert [row["location"] for row in rows] == [*expected, "Practice-wide"]
    assert [row["is_place"] for row in rows] == [True, True, True, False]


def test_a_location_says_what_its_share_is_of(desk: Desk) -> None:
    found = {row["location"]: row for row in desk.ask("side_by_side", **WHERE, sort="hours")}
    north, riverside = found["North"], found["Riverside"]
    assert (north["hours"], north["entries"], north["days"]) == (pytest.approx(9.5), 11, 10)  # the gym is not work
    assert north["management_share"] == pytest.approx(0.5 / 9.5)
    assert (riverside["hours_a_week"], riverside["pulls"], riverside["pulls_a_week"]) == (pytest.approx(6.5), 10, 5)
    assert found["Practice-wide"]["entries"] == 0
    assert [row["location"] for row in desk.ask("side_by_side", **(WHERE | {"locations": ["mill"]}), sort="name")] == ["mill"]


def facts(desk: Desk, **more: Any) -> dict[str, dict[str, Any]]:
    asked = WHERE | {"one": "North", "other": "Riverside"} | more
    return {row["fact"]: row for row in desk.ask("against", **asked)}


def test_two_locations_fact_by_fact(desk: Desk) -> None:
    found = facts(desk)
    assert {
        name: (round(row["one"], 4), round(row["other"], 4), row["one_n"], row["other_n"]) for name, row in found.items()
    } == {
        "Hours": (4.75, 6.5, 11, 21),
        "Leadership": (0, 1, 0, 1),
        "Leadership share": (0, round(2 / 13, 4), 11, 21),
        "Management": (0.25, 5.5, 1, 20),
        "Management share": (round(0.5 / 9.5, 4), round(11 / 13, 4), 11, 21),
        "Management for each team member": (0.0625, 2.75, 1, 20),
        "Clinical": (4.5, 0, 10, 0),
        "Not filed": (0, 0, 0, 0),
        "Interruptions": (0.5, 5, 1, 10),
        "Interruptions in ten open hours": (0, 1, 0, 10),  # the log was kept on all ten days, ten hours each
        "Interruptions for each team member": (0.125, 2.5, 1, 10),
        "Hours of interruptions": (0.25, 0.5, 1, 10),
        "Interruptions while with patients": (0, 5, 0, 10),
    }
    assert {found[name]["largest"] for name in ("Hours", "Leadership", "Hours of interruptions")} == {6.5}, (
        "what is small looks small"
    )
    assert found["Interruptions while with patients"]["largest"] == 5
    assert found["Management for each team member"]["largest"] == 2.75
    assert found["Management share"]["largest"] == 1, "a share runs from nothing to all of it"


def test_the_three_largest_differences_are_told_one_of_each_family(desk: Desk) -> None:
    found = facts(desk)
    told = {row["told"]: name for name, row in found.items() if row["told"]}
    # Nothing against something is the whole of the larger. Leadership has only one event behind it, and a share of it is.
    assert told == {1: "Leadership share", 2: "Clinical", 3: "Interruptions in ten open hours"}
    assert (found["Leadership"]["large"], found["Leadership"]["enough"]) == (True, False)
    assert (found["Hours"]["large"], found["Hours"]["told"]) == (True, None)
    swapped = facts(desk, one="Riverside", other="North")
    assert {row["told"]: name for name, row in swapped.items() if row["told"]} == told


def test_what_is_hardly_a_difference_is_not_told(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    longer = [event("Rota", f"{each} 09:00", "10:15", place="North") for each in DAYS]
    shorter = [event("Rota", f"{each} 14:00", "15:00", place="Riverside") for each in DAYS]
    desk.take(("work.ics", calendar("Work", *longer, *shorter)))
    found = facts(desk)
    assert (round(found["Management"]["one"], 4), found["Management"]["other"]) == (6.25, 5.0)
    assert not any(row["told"] for row in found.values()), "a fifth of the larger"


def test_too_few_events_tell_nothing(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", calendar("Work", *(event("Rota", f"{each} 09:00", "12:00", place="North") for each in DAYS[:9]))))
    row = facts(desk)["Management"]
    assert (row["large"], row["enough"], row["told"]) == (True, False, None)
    desk.take(("one.ics", calendar("One", event("Rota", "2026-01-16 14:00", "14:30", place="Riverside"))))
    row = facts(desk)["Management"]
    assert (row["large"], row["enough"], row["told"]) == (True, True, 2), "after the hours, which differ as much"


def test_a_fact_that_one_of_them_has_not_is_left_out(desk: Desk) -> None:
    assert "Interruptions in ten open hours" not in facts(desk, other="mill")
    assert "Interruptions for each team member" not in facts(desk, other="mill")


def test_presence_is_where_the_owner_was(desk: Desk) -> None:
    rows = desk.ask("presence", **WHERE)
    monday = {row["location"]: row for row in rows if row["weekday"] == 0}
    # In the clinic at North, though six minutes of it were about Riverside.
    assert {name: (row["hours"], row["hours_a_day"], row["days"]) for name, row in monday.items()} == {
        "North": (2, 1, 2), "Riverside": (4, 2, 2), "mill": (0, 0, 0), "Practice-wide": (0, 0, 0),
    }  # fmt: skip
    assert {row["location"]: row["location_hours"] for row in rows} == {
        "North": 10, "Riverside": 12, "mill": 1, "Practice-wide": 0,
    }  # fmt: skip
    assert {(row["weekday"], row["all_days"]) for row in rows} == {(number, 2) for number in range(7)}
    saturday = [row["seconds"] for row in rows if row["weekday"] == 5]
    assert saturday == [0, 0, 0, 0], "the gym is no work"
    wednesday = [row["hours"] for row in rows if row["weekday"] == 2]
    assert wednesday == [2, 2, 0, 0], "an interruption of a free evening: nobody knows where"
    assert {row["location"] for row in desk.ask("presence", **(WHERE | {"locations": ["mill"]}))} == {"mill"}


def test_every_cell_of_presence_opens_to_its_hours(desk: Desk) -> None:
    filled = 0
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    for cell in desk.ask("presence", **WHERE):
        asked = WHERE | {"roles": None, "there": [cell["location"]], "weekdays": [names[cell["weekday"]]]}
        behind = desk.ask("presence_behind", **asked)
        assert sum(row["seconds"] for row in behind) == cell["seconds"]
        filled += cell["seconds"] > 0
    assert filled == 11
    management = desk.ask("presence_behind", **WHERE, roles=["management"], there=["North"], weekdays=["Tue"])
    assert [(row["location"], row["seconds"]) for row in management] == [("Riverside", 360), ("Riverside", 360)]
    here = WHERE | {"locations": ["North"], "roles": None, "there": ["North"], "weekdays": ["Tue"]}
    assert [row["seconds"] for row in desk.ask("presence_behind", **here)] == [3240, 3240]


def test_a_period_may_begin_before_anything(desk: Desk) -> None:
    rows = desk.ask("presence", **(WHERE | {"from_day": date(2020, 1, 1)}))
    assert {row["all_days"] for row in rows} == {2}
