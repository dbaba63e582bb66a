"""Periods end where the counted time ends; what is not over is never held against a whole week."""

from datetime import date

import pytest

from pages.parts.period import (
    ALL,
    BETWEEN,
    LAST,
    PRESETS,
    THIS,
    Period,
    before_in_words,
    finished_until,
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


def test_long_periods_are_drawn_by_the_month() -> None:
    assert period("52 weeks", today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY).grain == "week"
    assert period(ALL, today=MONDAY, covered_from=LONG_AGO, covered_to=MONDAY).grain == "month"


def test_days_in_the_future_are_cut_at_today() -> None:
    found = period(
        BETWEEN, today=WEDNESDAY, covered_from=LONG_AGO, covered_to=WEDNESDAY, between=(date(2026, 11, 16), date(2027, 1, 1))
    )
    assert found.to_day == WEDNESDAY
