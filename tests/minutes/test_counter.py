"""The counter agrees with days worked out by hand, so that it may judge the program."""

from datetime import date

import pytest
from cases import CASES, stretches
from counter import UnsettledError, count, hours
from written import AllDay, Calendar, Event, Practice, calendar_text


@pytest.mark.parametrize("case", CASES)
def test_counts_as_by_hand(case: str) -> None:
    practice, expected = CASES[case]
    assert stretches(count(practice), practice.grid) == expected


def test_a_night_counts_on_both_sides_of_midnight() -> None:
    practice, _ = CASES["midnight, where the day before was spent at Riverside"]
    before, after = date(2025, 6, 2), date(2025, 6, 3)
    ticks = count(practice)
    assert hours(ticks, practice.grid, practice.zone, before, before) == {("unclassified", "Riverside"): 2}
    assert hours(ticks, practice.grid, practice.zone, after, after) == {
        ("unclassified", "Riverside"): 2,
        ("unclassified", "Practice-wide"): 1,
    }


def test_says_where_the_rules_are_silent() -> None:
    practice, _ = CASES["midnight, where the day before was spent at Riverside"]
    marker = AllDay("other", date(2025, 6, 2), 1, "At North")
    calendar = Calendar("Sandrake", (marker,))
    with pytest.raises(UnsettledError):
        count(Practice(practice.zone, (*practice.calendars, calendar), practice.locations))


def test_writes_what_a_calendar_program_would() -> None:
    practice, _ = CASES["a night of five hours, and a clinic that keeps its clock time"]
    lines = calendar_text(practice.calendars[0]).split("\r\n")
    assert "DTSTART;TZID=America/Toronto:20250308T090000" in lines
    assert "RRULE:FREQ=DAILY;INTERVAL=1;COUNT=3" in lines
    assert "EXDATE;TZID=America/Toronto:20250310T090000" in lines
    event = practice.calendars[0].events[0]
    assert isinstance(event, Event)
    long = calendar_text(Calendar("Long", (Event(event.uid, event.zone, event.start, 60, "a, b; c " * 20),)))
    assert max(map(len, long.split("\r\n"))) <= 75 + 1
    assert "a\\, b\\; c" in long.replace("\r\n ", "")
