"""What is said of the log: never more than it can carry."""

from typing import Any

from pages.parts.trust import in_words, kept_on

FACTS: dict[str, Any] = {
    "working_days": 20, "logged_days": 14, "estimated_share": 0.25, "low_hours_a_week": 3.5, "high_hours_a_week": 5.0
}  # fmt: skip


def test_the_days_the_guesses_and_the_range() -> None:
    assert in_words(FACTS) == (
        "The log was kept on 14 of 20 working days, 25 % of its hours are estimated. "
        "As logged 3.5 h a week; 3.5 to 5 h if unlogged days were alike."
    )


def test_no_range_of_few_days_nor_where_every_day_is_logged() -> None:
    few = in_words(FACTS | {"logged_days": 9, "high_hours_a_week": None, "estimated_share": 0.0})
    assert few == (
        "The log was kept on 9 of 20 working days, none of its hours are estimated. "
        "Hours are as logged, nothing is added for the other days; from 10 logged days on a range is given."
    )
    every = in_words(FACTS | {"logged_days": 20, "high_hours_a_week": 3.5, "estimated_share": None})
    assert every == "The log was kept on 20 of 20 working days, none of its hours are estimated."
    assert in_words(FACTS).startswith(kept_on(FACTS) + ","), "under the other pictures of a page stands its beginning"
    assert in_words(FACTS | {"logged_days": 0}) == "The log has no entry on any of 20 working days."
