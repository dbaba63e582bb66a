"""Locations in the owner's order and two of them against each other: what the pages say, without a browser."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import against_words, behind, way_back, whereabouts
from pages.parts.behind import Behind
from pages.parts.charts_pairs import Fact
from pages.parts.period import Period
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log
from tests.pages import test_pages_run
from tests.pages.test_pages_run import opened, shown

DAYS = {"period": "Between two days", "from": "2026-01-05", "to": "2026-01-18"}
WEEK = Period("Last week", day("2026-01-05"), day("2026-01-11"))
ONE_DAY = Period("Between two days", day("2026-01-05"), day("2026-01-05"))


def row(fact: str, one: float, other: float, unit: str = "h", told: int | None = 1, **more: Any) -> dict[str, Any]:
    return {
        "fact": fact, "unit": unit, "weekly": unit != "share", "one": one, "other": other, "one_n": 12, "other_n": 20,
        "largest": 1.0 if unit == "share" else 20.0, "large": True, "enough": True, "told": told,
    } | more  # fmt: skip


HOURS = row("Hours", 10.0, 5.0, told=None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (row("Hours", 5.0, 10.0), "B gets 10 h a week of your time, A 5 h."),
        (row("Leadership", 2.5, 0.0), "You lead 2.5 h a week at A, 0 h at B."),
        (row("Leadership share", 0.25, 0.1, "share"), "Leading is 25 % of your 10 h a week at A, 10 % of your 5 h at B."),
        (row("Management", 4.0, 0.5), "A takes 4 h a week of managing, B 30 min."),
        (row("Management share", 0.1, 0.4, "share"), "Managing is 40 % of your 5 h a week at B, 10 % of your 10 h at A."),
        (row("Interruptions", 6.0, 0.0, "times"), "A asks 6 times a week, B not once."),
        (row("Interruptions in ten open hours", 1.0, 2.5, "times", weekly=False), "In ten open hours B asks 2.5 times, A once."),
    ],
)
def test_a_difference_is_a_sentence_with_hours_beside_shares(said: dict[str, Any], expected: str) -> None:
    rows = [HOURS, said] if said["fact"] != "Hours" else [said]
    assert against_words.told(rows, "A", "B", " a week") == [expected]


def test_every_fact_that_can_be_told_has_its_sentence_and_the_largest_comes_first(desk: Desk) -> None:
    where = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18"), "locations": None}
    facts = [
        found["fact"] for found in desk.ask("against", **where, one="North", other="Riverside") if found["fact"] != "Not filed"
    ]
    assert len(facts) == 12
    rows = [row(fact, 2.0, 1.0, told=number + 1) for number, fact in enumerate(facts)]
    assert len(against_words.told(rows[::-1], "A", "B", "")) == 12
    assert against_words.told(rows[::-1], "A", "B", "")[0] == "A gets 2 h of your time, B 1 h."


def test_nothing_is_told_where_too_little_is_behind_it() -> None:
    heading, why = against_words.nothing_told([row("Hours", 9.0, 1.0, told=None, enough=False)], "A", "B")
    assert heading == "Too little is known yet to tell A from B."
    assert why.startswith("Fewer than ten events or interruptions")
    heading, _ = against_words.nothing_told([row("Hours", 9.0, 8.0, told=None, large=False)], "A", "B")
    assert heading == "A and B differ little."


def test_a_share_is_drawn_in_percent_of_all_of_it() -> None:
    (fact,) = against_words.facts([row("Management share", 0.25, 0.5, "share")], " a week")
    assert fact == Fact("Management share", "% of its hours", 25.0, 50.0, 100.0, (12, 20))
    assert against_words.in_one_line([fact], "A", "B") == "A against B: Management share 25 and 50 % of its hours"
    (line,) = against_words.table([row("Interruptions", 1.5, 2.0, "times")], "A", "B", "")
    assert line == {"Fact": "Interruptions", "Unit": "in these days", "A": "1.5", "n": "12", "B": "2", "n of the other": "20"}


def test_the_way_between_is_told_a_week_or_in_these_days() -> None:
    sums = [{"all_hours_a_week": 1.5, "all_trips": 3}]
    assert whereabouts.on_the_way(sums, WEEK) == (
        "About 1.5 h a week: 3 trips between two locations in these days. This time has no role."
    )
    assert "About 1.5 h: 3 trips" in whereabouts.on_the_way(sums, ONE_DAY)
    assert "no two locations" in whereabouts.on_the_way([], WEEK)


def test_the_page_remembers_its_order_and_its_two_on_the_way_back() -> None:
    assert way_back.read("locations?sorted=Name&one=North") == ("locations", {"sorted": ["Name"]})
    assert way_back.read("against?period=All&one=North&other=Mill+%26+Co") == (
        "against",
        {"period": ["All"], "one": ["North"], "other": ["Mill & Co"]},
    )


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = at_desk(
        tmp_path / "desk",
        PRACTICE.replace('name = "North"', 'name = "North"\nteam = 4\nopen = "Mon-Fri 08:00-12:00"').replace(
            'name = "Riverside"', 'name = "Riverside"\nteam = 2\nopen = "Mon-Fri 08:00-12:00"'
        ),
    )
    weekdays = [f"2026-01-{number:02}" for number in (*range(5, 10), *range(12, 17))]
    work = calendar(
        "Work",
        *(event("Surgery", f"{each} 09:00", "10:00", place="North") for each in weekdays),
        *(event("Rota", f"{each} 10:30", "12:30", place="Riverside") for each in weekdays),
    )
    desk.take(("work.ics", work), ("log.csv", log("2026-01-05 09:30,12,Riverside,desk,stock")))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    return desk


def words(app: AppTest) -> str:
    return test_pages_run.words(app).replace("\u00a0", " ")


def first_column(app: AppTest) -> list[str]:
    """The locations of the table under the first picture."""
    return [str(name) for name in opened(app).table[0].value["Location"]]


def test_locations_come_in_the_order_of_the_address(desk: Desk) -> None:
    assert first_column(shown("locations", **DAYS)) == ["Riverside", "North", "Practice-wide"]
    by_name = shown("locations", **DAYS, sorted="Name")
    assert first_column(by_name) == ["North", "Riverside", "Practice-wide"]
    said = words(by_name)
    assert "You are most at Riverside on Mondays: 2 h on an average Monday, there on 2 of 2." in said
    assert "About 2.5 h a week: 10 trips between two locations in these days." in said
    assert "could not be drawn" not in said


def test_less_than_a_week_is_not_told_by_the_week(desk: Desk) -> None:
    app = shown("locations", **(DAYS | {"to": "2026-01-07"}))
    said = words(app)
    assert "**Hours**" in said
    assert "could not be drawn" not in said
    kept = said.replace("hours a week at each", "").replace("a week that is not over", "")  # bars stand for weeks all the same
    assert "a week" not in kept
    assert "Riverside has the most of your hours, 6.2 h of 9 h at all locations shown." in said
    against = words(shown("against", **(DAYS | {"to": "2026-01-07"}), one="North", other="Riverside"))
    assert "could not be drawn" not in against
    assert "a week" not in against.replace("hours a week", "").replace("a week that is not over", "")


def test_two_locations_are_told_by_their_address(desk: Desk) -> None:
    app = shown("against", **DAYS, one="North", other="Riverside")
    said = words(app)
    assert app.title[0].value.replace("\u00a0", " ") == "Riverside takes 10.1 h a week of managing, North 0 h."
    assert "Clinical work takes 4.9 h a week at North, 0 h at Riverside." in said
    assert "Riverside gets 10.1 h a week of your time, North 4.9 h." in said
    assert "could not be drawn" not in said
    swapped = shown("against", **DAYS, one="Riverside", other="North")
    assert [swapped.selectbox(key=name).value for name in ("one", "other")] == ["Riverside", "North"]
    assert swapped.title[0].value == app.title[0].value


@pytest.mark.parametrize("address", [{}, {"one": "Mars", "other": "Riverside"}, {"one": "Riverside", "other": "Riverside"}])
def test_whatever_the_address_asks_two_are_shown(desk: Desk, address: dict[str, str]) -> None:
    app = shown("against", **DAYS, **address)
    assert sorted(app.selectbox(key=name).value for name in ("one", "other")) == ["North", "Riverside"]
    assert "could not be drawn" not in words(app)


def test_one_location_alone_is_told_so(desk: Desk) -> None:
    desk.practice.write_text(PRACTICE[: PRACTICE.rindex("[[location]]")], "utf-8")
    desk.take(("more.ics", calendar("More", event("Rota", "2026-01-05 15:00", "16:00", place="North"))))
    said = words(shown("against", **DAYS))
    assert "There are no two locations yet." in said


def test_a_cell_of_presence_opens_what_the_owner_was_in(desk: Desk) -> None:
    said = words(shown("hours", **DAYS, there="North", weekday="Mon"))
    assert "2 h in 2 events and 1 interruption" in said
    assert "Only while you were at North, on Mondays." in said
    assert "Only in Practice-wide work" not in said


def test_a_fact_opens_its_role_or_its_interruptions() -> None:
    class At:
        all_locations = ("North", "Riverside")

    def opened(fact: str) -> Behind:
        return behind.of_fact(fact, "North", At())  # type: ignore[arg-type]

    here = Behind(locations=("North",))
    assert opened("Hours") == here
    assert (
        opened("Management share")
        == opened("Management for each team member")
        == Behind(roles=("management",), locations=("North",))
    )
    assert opened("Not filed").roles == ("unclassified",)
    assert opened("Interruptions in ten open hours").pulls
    assert opened("Interruptions while with patients").was == (
        "with patients",
        "with patients at North",
        "with patients at Riverside",
    )


def test_the_alternative_text_of_presence_reads_names_as_they_are() -> None:
    rows = [{"location": "North #1", "seconds": 9, "hours_a_day": 2.5, "weekday": 0, "days": 2, "all_days": 4}]
    rest = "on Mondays: 2.5 h on an average Monday, there on 2 of 4."
    assert whereabouts.most_at(rows) == f"You are most at North \\#1 {rest}"  # markdown
    assert whereabouts.most_at(rows, str) == f"You are most at North #1 {rest}"


def test_most_at_needs_a_location() -> None:
    nowhere = [{"location": "Practice-wide", "seconds": 9, "hours_a_day": 1.0}]
    assert whereabouts.most_at(nowhere) == "None of these days says that you were at a location."
    assert pd.DataFrame(whereabouts.presence_rows([], [], [])).empty
