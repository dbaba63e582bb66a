"""The heading is the finding, by fixed rules."""

from dataclasses import replace
from datetime import date

from pages.parts import sentences
from pages.parts.filters import in_words
from pages.parts.period import LAST, THIS, YEAR_AGO, Period

FOUR = Period("4 weeks", date(2026, 10, 26), date(2026, 11, 22), date(2026, 9, 28), date(2026, 10, 25))
THREE_DAYS = Period(THIS, date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 9), date(2026, 11, 11), so_far=True)
LED = (3.5, 52.0)


def test_led_of_all_work_against_the_target() -> None:
    assert sentences.led(FOUR, *LED, *LED, 8.0) == "You led 3.5 of your 52 hours a week. Your target is 8."
    assert sentences.led(FOUR, *LED, *LED, 3.5) == "You led 3.5 of your 52 hours a week. Your target of 3.5 is met."
    assert sentences.led(FOUR, *LED, *LED, None) == "You led 3.5 of your 52 hours a week."


def test_a_week_with_days_off_has_less_of_a_target_and_says_so() -> None:
    week = Period(LAST, date(2026, 11, 9), date(2026, 11, 15), weeks=1, days_off=3, share=0.4)
    assert (
        sentences.led(week, *LED, *LED, 8.0)
        == "You led 3.5 of your 52 hours a week. Your target of 3.2, with 3 days off, is met."
    )
    assert sentences.led(week, *LED, *LED, 10.0) == "You led 3.5 of your 52 hours a week. Your target is 4, with 3 days off."
    none = replace(week, days_off=5, share=0)
    assert sentences.led(none, *LED, *LED, 8.0) == "You led 3.5 of your 52 hours a week."


def test_the_days_are_told_with_what_their_days_off_make_of_them() -> None:
    said = "26 Oct – 22 Nov 2026, against the 4 weeks before"
    assert in_words(FOUR) == said
    assert in_words(replace(FOUR, weeks=3.6, days_off=2)) == f"{said}; an average of 3.6 weeks: 2 days off"
    assert in_words(replace(FOUR, weeks=1.0, days_off=19)) == f"{said}; 19 days off"
    assert in_words(Period("Quarter", FOUR.from_day, FOUR.to_day, against=YEAR_AGO)).endswith(
        "nothing a year before to compare with"
    )


def test_led_at_some_locations_is_not_held_against_the_target_of_all() -> None:
    assert sentences.led(FOUR, *LED, *LED, 8.0, ["North", "Harbour"]).startswith("For North and Harbour, you led 3.5")
    assert "target" not in sentences.led(FOUR, *LED, *LED, 8.0, ["North"])


def test_led_in_less_than_a_week_is_told_in_its_own_hours() -> None:
    assert sentences.led(THREE_DAYS, 1.5, 20.0, 1.5, 20.0, 8.0) == "So far this week, you led 1.5 of 20 hours."


def test_led_in_days_without_work() -> None:
    assert sentences.led(FOUR, 0.0, 0.0, 0.0, 0.0, 8.0) == "No counted hours in these days."


def test_managed_with_all_that_is_known() -> None:
    said = sentences.managed(FOUR, 27.2, 2.0, {"Riverside": 0.41, "North": 0.2, "Eastgate": 0.2, "Harbour": 0.19}, 5.0, 7.0)
    assert said == (
        "Management took 27.2 h a week, 2 h more than in the 4 weeks before. "
        "Riverside alone took 41 % of the managing that was for one location. Of all managing, 5 to 7 h a week may not need you."
    )


def test_managed_names_no_location_when_all_take_alike() -> None:
    assert "alone" not in sentences.managed(FOUR, 27.2, None, {"A": 0.49, "B": 0.51}, None, None)


def test_managed_without_a_time_before() -> None:
    assert sentences.managed(FOUR, 27.2, None, {}, None, None) == "Management took 27.2 h a week."


def test_who_asks_and_who_gets() -> None:
    assert (
        sentences.asks_most({"Riverside": 9, "North": 2}, {"Riverside": 19, "North": 11})
        == "Riverside asks most, and gets most of your managing."
    )
    assert (
        sentences.asks_most({"Riverside": 9, "North": 2}, {"Riverside": 1, "North": 11})
        == "North asks most; Riverside gets most of your managing."
    )
    assert sentences.asks_most({"North": 2}, {}) == "North gets most of your managing."
    assert (
        sentences.asks_most({"North": 0.0, "Mill": 0.0}, {"North": 0.79, "Mill": 0.81})  # both read 0.8
        == "No location asks more of you than the others."
    )
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


def test_a_single_place_is_told_its_hours() -> None:
    assert sentences.one_place({"Riverside": 9.13}, named=True) == "Riverside gets 9.1 of your hours a week."
    assert sentences.one_place({"Practice-wide": 30.0}, named=False) == "No location has a name yet."


def test_what_is_loaded() -> None:
    assert sentences.loaded(2, 1) == "2 calendars and 1 log are loaded."
    assert sentences.loaded(1, 0) == "1 calendar is loaded."
    assert sentences.loaded(0, 0) == "Nothing is loaded yet."
