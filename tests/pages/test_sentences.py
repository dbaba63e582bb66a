"""The heading is the finding, by fixed rules."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pages.parts import sentences
from pages.parts.filters import in_words
from pages.parts.format import label
from pages.parts.period import ALL, BETWEEN, LAST, THIS, YEAR_AGO, Period, period

ROOT = Path(__file__).parents[2]

WEEK = (date(2026, 11, 16), date(2026, 11, 22))
FOUR = Period("4 weeks", date(2026, 10, 26), WEEK[1], date(2026, 9, 28), date(2026, 10, 25))
THREE_DAYS = replace(
    Period(THIS, date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 9), date(2026, 11, 11)), so_far=True, current=True
)
MONDAY = date(2026, 11, 23)
ROW: dict[str, Any] = {
    "name": None,
    "share": None,
    "change": None,
    "least_hours": None,
    "amount": None,
    "target": None,
    "days": 28,
    "days_off": None,
}
LED = ROW | {"fact": "led", "hours": 3.5, "of_hours": 52.0, "target": 8.0}


def test_the_half_minute_leads_to_its_pictures() -> None:
    rows = [
        LED,
        ROW | {"fact": "location", "name": "[North](http://x)", "hours": 9.0, "share": 0.41, "amount": 4},
        ROW | {"fact": "topics", "hours": 7.0, "least_hours": 5.0, "amount": 4},
    ]
    assert sentences.half_minute(rows, FOUR) == [
        "[Over 4 weeks you led 3.5 of your 52 hours a week; your target is 8.](#average-week)",
        f"[{label('[North](http://x)')} took 41\u00a0% of your management hours, the most of 4 locations.](#managing)",
        "[Four topics you could hand over come to 5 to 7\u00a0h a week.](#hand-over)",
    ]
    assert sentences.ways_on(rows) == []


def test_the_days_are_told_with_what_their_days_off_make_of_them() -> None:
    said = "26 Oct – 22 Nov 2026, against the 4 weeks before"
    assert in_words(FOUR) == said
    assert in_words(replace(FOUR, weeks=3.6, days_off=2)) == f"{said}; an average of 3.6 weeks: 2 days off"
    assert in_words(replace(FOUR, weeks=1.0, days_off=19)) == f"{said}; 19 days off"
    assert in_words(Period("Quarter", FOUR.from_day, FOUR.to_day, against=YEAR_AGO)).endswith(
        "nothing a year before to compare with"
    )


def test_what_is_missing_leads_to_where_it_is_given() -> None:
    rows = [ROW | {"fact": "unfiled", "hours": 26.0, "of_hours": 52.0, "share": 0.5}]
    assert sentences.half_minute(rows, FOUR) == ["50\u00a0% of your 52 hours a week have no role yet."]
    assert [page for page, _, _ in sentences.ways_on(rows)] == ["roles"]


def test_every_fact_leads_somewhere_that_is_there() -> None:
    sql = (ROOT / "etl" / "marts" / "half_minute.sql").read_text("utf-8")
    facts = set(re.findall(r"(?:then|else) '(\w+)'", sql))
    assert facts == sentences.SHOWN.keys() | sentences.WAYS.keys()
    overview = (ROOT / "pages" / "overview.py").read_text("utf-8")
    assert all(f'anchor="{anchor}"' in overview for anchor in sentences.SHOWN.values())
    assert all((ROOT / "pages" / f"{page}.py").exists() for page, _, _ in sentences.WAYS.values())


def test_a_change_is_held_against_the_time_before() -> None:
    row = ROW | {"fact": "managed", "hours": 27.2, "of_hours": 52.0, "share": 0.52, "change": -2.0}
    assert sentences.half_minute([row], FOUR) == [
        "[Management took 27.2\u00a0h a week, 2\u00a0h less than in the 4 weeks before.](#average-week)"
    ]
    (said,) = sentences.half_minute([row], THREE_DAYS)
    assert "2\u00a0h less than the same days of the week before." in said


def test_how_a_sentence_about_some_days_begins() -> None:
    assert sentences.when(FOUR) == "Over 4 weeks"
    assert sentences.when(FOUR, ["North", "Harbour"]) == "Over 4 weeks, for North and Harbour,"
    assert sentences.when(THREE_DAYS) == "So far this week"
    assert sentences.when(Period(BETWEEN, WEEK[0], WEEK[0])) == "In 1 day"
    assert sentences.when(Period(ALL, date(2026, 10, 27), WEEK[1])) == ""
    assert sentences.when(Period(ALL, date(2026, 10, 27), WEEK[1]), ["North"]) == "For North,"


def test_this_and_last_are_said_of_none_but_those_that_are() -> None:
    def said(preset: str, ago: int = 0, covered_to: date = MONDAY, today: date = MONDAY) -> str:
        return sentences.when(period(preset, today=today, covered_from=date(2024, 1, 1), covered_to=covered_to, ago=ago))

    assert said(THIS) == "So far this week"
    assert said(THIS, today=date(2026, 11, 22)) == "This week"  # its last day
    assert said(LAST) == "Last week"
    assert said("Quarter") == "So far this quarter"
    assert said("Year") == "So far this year"
    assert said(LAST, ago=3) == "In the week of 26 Oct"
    assert said(THIS, ago=1) == "In the week of 16 Nov"
    assert said("Quarter", ago=1) == ""
    ended = date(2026, 10, 27)  # an export of a month ago
    assert said(THIS, covered_to=ended) == "In 2 days"
    assert said(LAST, covered_to=ended) == "In the week of 19 Oct"
    assert said("Quarter", covered_to=date(2026, 6, 10)) == ""


def test_who_asks_and_who_gets() -> None:
    assert (
        sentences.asks_most({"Riverside": 9, "North": 2}, {"Riverside": 19, "North": 11})
        == "Riverside asks most, and gets the most of your managing."
    )
    assert (
        sentences.asks_most({"Riverside": 9, "North": 2}, {"Riverside": 1, "North": 11})
        == "North asks most; Riverside gets the most of your managing."
    )
    assert sentences.asks_most({"North": 2}, {}) == "North gets the most of your managing."
    assert (
        sentences.asks_most({"North": 0.0, "Mill": 0.0}, {"North": 12, "Mill": 16})  # a quarter more is not most
        == "No location asks more of you than the others."
    )
    assert sentences.asks_most({}, {"North": 4, "Mill": 1}) == "No location asks more of you than the others.", "of so few"
    assert sentences.asks_most({}, {}) == "No managing was for one location in these days."


def test_what_was_counted_of_what() -> None:
    steps = [
        ("In the calendars", 231.0),
        ("All-day", -12.0),
        ("Declined", 0.0),
        ("Interruptions outside the calendar", 1.0),
        ("Counted", 220.0),
    ]
    assert sentences.counted_of(steps) == (
        "220 h counted of 231 h in the calendars: less 12 h all-day, plus 1 h interruptions outside the calendar."
    )
    added = [("In the calendars", 23.0), ("Interruptions outside the calendar", 1.0), ("Counted", 24.0)]
    assert sentences.counted_of(added) == "24 h counted: 23 h in the calendars, plus 1 h interruptions outside the calendar."


def test_a_single_place_is_told_its_hours() -> None:
    assert sentences.one_place({"Riverside": 9.13}, named=True) == "Riverside gets 9.1 of your hours a week."
    assert sentences.one_place({"Practice-wide": 30.0}, named=False) == "No location has a name yet."


def test_what_is_loaded() -> None:
    assert sentences.loaded(2, 1) == "2 calendars and 1 log are loaded."
    assert sentences.loaded(1, 0) == "1 calendar is loaded."
    assert sentences.loaded(0, 0) == "Nothing is loaded yet."
