"""Periods end where the counted time ends; what is not over is never held against a whole week."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pages.parts.period import (
    ALL,
    BEFORE,
    BETWEEN,
    LAST,
    PRESETS,
    THIS,
    YEAR_AGO,
    Period,
    before_in_words,
    finished_until,
    months_on,
    moved,
    period,
    week_start,
)

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 18), date(2026, 11, 20)
LONG_AGO = date(2025, 1, 6)


@pytest.mark.parametrize(
    ("day", "starts", "expected"),
    [
        (date(2026, 11, 22), "monday", date(2026, 11, 16)),
        (date(2026, 11, 22), "sunday", date(2026, 11, 22)),
        (date(2026, 11, 21), "sunday", date(2026, 11, 15)),
        (MONDAY, "monday", MONDAY),
    ],
)
def test_a_week_starts_where_the_practice_says(day: date, starts: str, expected: date) -> None:
    assert week_start(day, starts) == expected


def test_four_weeks_are_the_last_four_finished_ones_against_the_four_before() -> None:
    found = period("4 weeks", today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY)
    assert (found.from_day, found.to_day) == (date(2026, 10, 26), date(2026, 11, 22))
    assert (found.before_from, found.before_to) == (date(2026, 9, 28), date(2026, 10, 25))
    assert before_in_words(found) == "the 4 weeks before"


def test_a_covered_week_is_finished_and_one_cut_in_the_middle_is_not() -> None:
    assert finished_until(MONDAY, date(2026, 11, 22), "monday") == date(2026, 11, 22)
    assert finished_until(MONDAY, WEDNESDAY, "monday") == date(2026, 11, 15)
    assert finished_until(date(2026, 11, 21), date(2026, 11, 21), "monday") == date(2026, 11, 15)  # a Saturday
    assert finished_until(date(2026, 11, 21), date(2026, 11, 21), "sunday") == date(2026, 11, 14)


def test_an_old_export_ends_every_period_where_it_ends() -> None:
    ended = date(2026, 6, 30)
    for preset in PRESETS:
        found = period(preset, today=MONDAY, covered_from=LONG_AGO, covered_to=ended)
        assert LONG_AGO <= found.from_day <= found.to_day <= ended


def test_this_week_stands_against_the_same_days_of_the_week_before() -> None:
    found = period(THIS, today=WEDNESDAY, covered_from=LONG_AGO, covered_to=WEDNESDAY)
    assert (found.from_day, found.to_day) == (date(2026, 11, 16), WEDNESDAY)
    assert (found.before_from, found.before_to) == (date(2026, 11, 9), date(2026, 11, 11))
    assert found.so_far
    assert before_in_words(found) == "the same days of the week before"


def test_last_week_is_one_whole_week() -> None:
    found = period(LAST, today=WEDNESDAY, covered_from=LONG_AGO, covered_to=WEDNESDAY)
    assert (found.from_day, found.to_day) == (date(2026, 11, 9), date(2026, 11, 15))
    assert before_in_words(found) == "the week before"


def test_ten_days_are_compared_with_the_same_weekdays_two_weeks_before() -> None:
    chosen = (date(2026, 11, 2), date(2026, 11, 11))
    found = period(BETWEEN, today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY, between=chosen)
    assert (found.from_day, found.to_day) == chosen
    assert (found.before_from, found.before_to) == (date(2026, 10, 19), date(2026, 10, 28))
    assert before_in_words(found) == "the same days 2 weeks before"


def test_days_picked_the_wrong_way_round_are_turned() -> None:
    found = period(BETWEEN, today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY, between=(WEDNESDAY, date(2026, 11, 9)))
    assert (found.from_day, found.to_day) == (date(2026, 11, 9), WEDNESDAY)


def test_all_has_nothing_before() -> None:
    assert period(ALL, today=MONDAY, covered_from=LONG_AGO, covered_to=FRIDAY) == Period(ALL, LONG_AGO, FRIDAY)


def test_less_data_than_asked_for_gives_what_there_is_and_no_comparison() -> None:
    found = period("52 weeks", today=MONDAY, covered_from=date(2026, 10, 12), covered_to=MONDAY)
    assert (found.from_day, found.to_day) == (date(2026, 10, 12), date(2026, 11, 22))
    assert found.before_from is None
    assert before_in_words(found) == ""


def test_before_the_first_finished_week_all_there_is_is_shown() -> None:
    found = period("4 weeks", today=WEDNESDAY, covered_from=date(2026, 11, 16), covered_to=WEDNESDAY)
    assert (found.preset, found.from_day, found.to_day) == (ALL, date(2026, 11, 16), WEDNESDAY)


def test_a_time_before_that_is_not_wholly_covered_is_no_comparison() -> None:
    around = date(2026, 10, 26), date(2026, 11, 22)
    for covered_from, compared in [(date(2026, 9, 28), True), (date(2026, 9, 29), False)]:
        found = period(BETWEEN, today=MONDAY, covered_from=covered_from, covered_to=MONDAY, between=around)
        assert (found.before_from is not None) == compared


def test_short_periods_are_drawn_by_the_day() -> None:
    assert period(LAST, today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY).grain == "day"
    assert period("4 weeks", today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY).grain == "week"


def test_long_periods_are_drawn_by_the_month_and_very_long_ones_by_the_quarter() -> None:
    assert period(ALL, today=MONDAY, covered_from=date(2016, 1, 4), covered_to=MONDAY).grain == "quarter"
    assert period("52 weeks", today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY).grain == "week"
    assert period(ALL, today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY).grain == "month"


def test_days_in_the_future_are_cut_at_today() -> None:
    found = period(
        BETWEEN, today=WEDNESDAY, covered_from=LONG_AGO, covered_to=WEDNESDAY, between=(date(2026, 11, 16), date(2027, 1, 1))
    )
    assert found.to_day == WEDNESDAY


@pytest.mark.parametrize(
    ("preset", "ago", "against", "days", "before", "said"),
    [
        ("Quarter", 0, BEFORE, ("2026-10-01", "2026-11-18"), ("2026-07-01", "2026-08-18"), "the same days of the quarter before"),
        ("Quarter", 1, BEFORE, ("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30"), "the quarter before"),
        ("Quarter", 1, YEAR_AGO, ("2026-07-01", "2026-09-30"), ("2025-07-01", "2025-09-30"), "the same quarter a year before"),
        ("Quarter", 0, YEAR_AGO, ("2026-10-01", "2026-11-18"), ("2025-10-01", "2025-11-18"), "the same days a year before"),
        ("Year", 0, BEFORE, ("2026-01-01", "2026-11-18"), ("2025-01-01", "2025-11-18"), "the same days of the year before"),
        ("Year", 1, YEAR_AGO, ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31"), "the year before"),
        (THIS, 0, YEAR_AGO, ("2026-11-16", "2026-11-18"), ("2025-11-17", "2025-11-19"), "the same days a year before"),
        (THIS, 1, BEFORE, ("2026-11-09", "2026-11-15"), ("2026-11-02", "2026-11-08"), "the week before"),
        (LAST, 2, BEFORE, ("2026-10-26", "2026-11-01"), ("2026-10-19", "2026-10-25"), "the week before"),
        ("4 weeks", 1, YEAR_AGO, ("2026-09-21", "2026-10-18"), ("2025-09-22", "2025-10-19"), "the same 4 weeks a year before"),
    ],
)
def test_steps_back_and_what_they_are_held_against(
    preset: str, ago: int, against: str, days: tuple[str, str], before: tuple[str, str], said: str
) -> None:
    found = period(preset, today=WEDNESDAY, covered_from=date(2024, 1, 1), covered_to=WEDNESDAY, ago=ago, against=against)
    assert (str(found.from_day), str(found.to_day)) == days
    assert (str(found.before_from), str(found.before_to)) == before
    assert before_in_words(found) == said


def test_a_year_to_the_29th_of_february_stands_against_one_to_the_28th() -> None:
    leap = date(2028, 2, 29)
    found = period("Year", today=leap, covered_from=LONG_AGO, covered_to=leap)
    assert (found.before_from, found.before_to) == (date(2027, 1, 1), date(2027, 2, 28))


def test_a_month_between_two_days_moves_by_the_month_and_more_than_a_year_has_none_a_year_before() -> None:
    asked = {"today": MONDAY, "covered_from": LONG_AGO, "covered_to": MONDAY}
    found = period(BETWEEN, **asked, between=(date(2026, 10, 1), date(2026, 10, 31)))
    assert moved(found, -1) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (before_in_words(found), found.later) == ("the month before", False)
    long = period(BETWEEN, **asked, between=(date(2025, 10, 1), date(2026, 10, 30)), against=YEAR_AGO)
    assert long.before_from is None


def test_arrows_end_where_nothing_is_covered() -> None:
    asked = {"today": WEDNESDAY, "covered_from": date(2026, 10, 12), "covered_to": WEDNESDAY}
    assert [(each.earlier, each.later) for each in (period(LAST, **asked, ago=ago) for ago in (0, 4, 9))] == [
        (True, False), (False, True), (False, True)
    ]  # fmt: skip
    assert period(LAST, **asked, ago=9).ago == 4
    assert (period(ALL, **asked).earlier, period(ALL, **asked).later) == (False, False)


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(
    st.sampled_from([THIS, LAST, "4 weeks", "13 weeks", "Quarter", "Year"]),
    days,
    st.integers(0, 60),
    st.sampled_from(["monday", "sunday"]),
)
def test_no_day_is_in_a_period_and_in_the_one_before_and_none_between(preset: str, today: date, ago: int, starts: str) -> None:
    asked = {"today": today, "covered_from": date(2023, 6, 14), "covered_to": today, "week_starts": starts}
    here, there = period(preset, **asked, ago=ago), period(preset, **asked, ago=ago + 1)
    assert here.earlier == (there.ago == here.ago + 1)
    assume(here.earlier)
    assert there.to_day == here.from_day - timedelta(days=1)
    for each in (here, there):
        if each.before_to:
            assert each.before_to < each.from_day
    if here.before_from and not here.so_far:
        assert (here.before_from, here.before_to) == (there.from_day, there.to_day)


@given(days, days, st.integers(1, 5))
def test_arrows_there_and_back_between_two_days_give_the_same_days(first: date, last: date, steps: int) -> None:
    asked = {"today": date(2027, 12, 31), "covered_from": date(2024, 1, 1), "covered_to": date(2027, 12, 31)}
    begun = there = period(BETWEEN, **asked, between=(first, last))
    taken = 0
    while there.earlier and taken < steps:
        before = there
        there = period(BETWEEN, **asked, between=moved(there, -1))
        taken += 1
        assume(bool(there.months) == bool(begun.months))  # days that come to lie on a whole month go on by the month
        assert there.to_day < before.from_day
        assert there.later
    for _ in range(taken):
        there = period(BETWEEN, **asked, between=moved(there, 1))
    assert (there.from_day, there.to_day) == (begun.from_day, begun.to_day)


@given(days, st.integers(-60, 60))
def test_months_on_is_the_day_of_that_month_or_its_last(day: date, months: int) -> None:
    there = months_on(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day == day.day or (there.day < day.day and (there + timedelta(days=1)).day == 1)
