"""From marts' frames to tables and words."""

from dataclasses import replace
from datetime import date, datetime

import pandas as pd

from etl.extract.dates import ASK
from etl.model import Interruption
from etl.pipeline import LoadReport, Note, SourceReport
from etl.practice import Location
from pages.parts import frames, load_files, locations_words, log_table, overview_words, settings_form


def test_weeks_come_in_order_with_plain_values() -> None:
    weekly = pd.DataFrame(
        {
            "begins": pd.to_datetime(["2026-11-09", "2026-11-02", "2026-11-02"]),
            "role": ["leadership", "leadership", "clinical"],
            "hours": [2.0, 1.0, 9.0],
            "finished": [False, True, True],
            "days_off": [2, 0, 0],
        }
    )
    assert frames.weeks(weekly, role="leadership") == [(date(2026, 11, 2), 1.0, True), (date(2026, 11, 9), 2.0, False)]
    assert overview_words.week_rows(weekly)[0] == {"Week of": "9 Nov 2026 (not whole), 2 days off", "Leadership": "2 h"}
    assert overview_words.week_rows(weekly, "month")[1] == {"Month": "Nov 2026", "Leadership": "1 h", "Clinical": "9 h"}


def test_the_topics_that_are_drawn_are_those_that_the_half_minute_adds_up() -> None:
    topics = [{"topic": str(nth), "said": nth < 4} for nth in range(9)]
    assert [row["topic"] for row in overview_words.drawn(topics)] == ["0", "1", "2", "3"]
    unsaid = [row | {"said": False} for row in topics]
    assert len(overview_words.drawn(unsaid)) == overview_words.TOPICS, "with no sum to show, the first"


def test_practice_wide_has_a_row_where_it_has_hours() -> None:
    rows = [
        {"location": place, "role": "management", "hours": hours, "hours_a_week": hours, "share_of_all": None}
        for place, hours in (("Practice-wide", 0.0), ("North", 0.0), ("Mill", 2.0))
    ]
    assert [name for name, _, _ in overview_words.managing(pd.DataFrame(rows))] == ["Mill", "North"]
    rows[0]["hours"] = 9.0
    assert [name for name, _, _ in overview_words.managing(pd.DataFrame(rows))] == ["Mill", "North", "Practice-wide"]


def test_blanks_are_left_out_of_a_map() -> None:
    assert frames.by(pd.DataFrame({"role": ["a", "b"], "hours": [1.0, None]}), "role", "hours") == {"a": 1.0}


def test_what_does_not_need_the_owner_is_a_range_with_its_reason() -> None:
    fits = pd.Series(
        {
            "low_hours_a_week": 1.4, "high_hours_a_week": 26.8, "marked_pulls": 36, "unmarked_pulls": 16, "needed_pulls": 1,
            "calendar_management_hours_a_week": 25.0, "not_known_hours_a_week": 0.4,
        }
    )  # fmt: skip
    assert overview_words.hand_over(fits) == (
        "**1.4 to 26.8 h a week.** At least 1.4 h a week: 36 interruptions in these days that you marked as the team's. "
        "At most 26.8 h a week: with 25 h a week of managing in your calendar and 24 min a week in 16 interruptions not "
        "marked either way. "
        "Left out: 1 interruption you marked as yours."
    )


def test_interruptions_are_told_by_where_they_found_the_owner() -> None:
    pulls = pd.Series({"pulls": 3, "hours": 4.0, "with_patients_share": 0.5, "elsewhere_share": 0.5})
    assert locations_words.asked_while(pulls) == (
        "Interruptions took 4 h. 50 % of it came while you were with patients, "
        "50 % while you were at another location than it was about."
    )
    none = pd.Series({"pulls": 0, "hours": 0.0, "with_patients_share": None, "elsewhere_share": None})
    assert locations_words.asked_while(none) == "No interruptions in these days."


def test_no_location_has_most_where_two_read_the_same() -> None:
    assert locations_words.lead({"A": 2.01, "B": 1.99}, 4.0, None) == (
        "All locations shown together have 4 h of your time a week, none clearly the most."
    )
    assert locations_words.lead({"A": 3.0, "B": 1.0}, 4.0, 2.0) == (
        "A has the most of your hours, 3 h a week of 4 h at all locations shown. "
        "Besides, 2 h a week went to the practice as a whole."
    )


def test_a_location_is_told_its_first_and_last_whole_bar() -> None:
    bars = [(date(2026, 9, 1), 9.0, False), (date(2026, 10, 1), 1.0, True), (date(2026, 11, 1), 2.0, True)]
    assert locations_words.trend_in_words("A", bars, "month") == "A: 1 h in Oct 2026, 2 h in Nov 2026."
    assert locations_words.trend_in_words("A", bars, "day") == "A: 1 h on 1 Oct 2026, 2 h on 1 Nov 2026."
    assert locations_words.trend_in_words("A", bars) == "A: 1 h in the week of 1 Oct 2026, 2 h in the week of 1 Nov 2026."
    assert locations_words.week_rows({"A": bars}, "month")[2] == {"Month": "Sep 2026 (not whole)", "A": "9 h"}


def test_a_place_alone_is_told_its_split() -> None:
    said = locations_words.alone({"leadership": 0.0, "management": 0.81, "clinical": 0.16, "unclassified": 0.03}, 6.75)
    assert said == "Of it, 81 % management, 16 % clinical and 3 % not filed; you were asked 6.8 times a week."
    assert locations_words.alone({}, 0.0) == "No hours in these days."


STORED = {
    "interruption_id": "i1", "started_fold": 0, "answered_fold": 0,
    "started_at": datetime(2026, 11, 3, 10, 20), "minutes": 6.0, "about_text": "river side",
    "about_location": "Riverside", "asked_by": "front desk", "topic": "order", "team_could": True, "answered_at": None,
    "via": "phone", "note": "", "role": "management", "estimated": False,
}  # fmt: skip
SHOWN = {
    "Started": datetime(2026, 11, 3, 10, 20), "Minutes": 6.0, "About": "Riverside", "Asked by": "front desk", "Topic": "order",
    "Team could": "yes", "It was": "Management", "Answered": None, "Note": "", "Estimated": False,
}  # fmt: skip


def test_an_untouched_log_asks_for_no_change() -> None:
    assert log_table.corrections([STORED], [SHOWN], [0]) == ([], [])


def test_a_corrected_row_keeps_what_the_table_does_not_show() -> None:
    changed, deleted = log_table.corrections([STORED], [SHOWN | {"Minutes": 8.0, "Team could": "not known"}], [0])
    assert deleted == []
    assert changed == [
        (
            "i1",
            Interruption(
                datetime(2026, 11, 3, 10, 20), 8.0, "river side", "front desk", "order", None, None, "phone", "", "management"
            ),
        )
    ]


def test_when_it_was_answered_is_written_beside_it_and_taken_out_again() -> None:
    at = datetime(2026, 11, 4, 9, 0)
    changed, _ = log_table.corrections([STORED], [SHOWN | {"Answered": at}], [0])
    assert changed[0][1].answered_at == at
    began = datetime(2026, 11, 3, 10, 20, 31)
    at_once = SHOWN | {"Started": began, "Answered": SHOWN["Started"]}
    assert log_table.corrections([STORED | {"started_at": began}], [at_once], [0])[0][0][1].answered_at == began
    answered = STORED | {"answered_at": at}
    assert log_table.corrections([answered], [SHOWN | {"Answered": at}], [0]) == ([], [])
    assert log_table.corrections([answered], [SHOWN], [0])[0][0][1].answered_at is None


def test_another_location_takes_the_place_of_the_words_in_the_log() -> None:
    changed, _ = log_table.corrections([STORED], [SHOWN | {"About": "North"}], [0])
    assert changed[0][1].about == "North"


def test_a_row_that_is_gone_is_deleted() -> None:
    other = STORED | {"interruption_id": "i2"}
    assert log_table.corrections([STORED, other], [SHOWN], [1]) == ([], ["i1"])


def test_locations_are_lines_with_their_other_words() -> None:
    lines = [("North", "480 Juniper Street, Hill Town; Maple North"), ("", "nobody's"), (" ", ""), ("Riverside ", "")]
    assert settings_form.wanted_locations(lines) == [
        Location("North", ("480 Juniper Street, Hill Town", "Maple North")),
        Location("Riverside"),
    ]


def test_a_page_names_no_option_of_the_command_line() -> None:
    assert load_files.for_page(f"a.csv, line 2: two ways. {ASK}.") == "a.csv, line 2: two ways. Say below which it is."
    guessed = "read day first. If that is wrong, load it again with --date-order mdy, or say so on the Data page"
    assert load_files.for_page(guessed) == "read day first. If that is wrong, say so below"
    assert load_files.for_page("If that is right, load it again with --replace.") == "If that is right, say so below."


def test_a_calendar_loaded_again_says_what_became_of_it() -> None:
    first = SourceReport("calendar/Work", "Work", "calendar", 4, 4.5, 1.0, 0.0, "2026-01-05", "2026-01-09", (), new=4)
    assert load_files.source_sentence(first) == (
        "Calendar **Work**: 4 events, 4 h 30 min counted, from 5 Jan 2026 to 9 Jan 2026; 1 h not filed yet."
    )
    again = replace(first, new=1, changed=2, gone=3, unchanged=1)
    assert load_files.source_sentence(again).endswith(
        "not filed yet. Against what was known: 1 new, 2 changed, 3 gone, 1 unchanged."
    )


def test_a_file_with_dates_of_two_readings_is_asked_about() -> None:
    assert load_files.asks_date_order(LoadReport("a.csv", refused="a.csv, line 2: …", asks_date_order=True))
    assert load_files.asks_date_order(LoadReport("a.csv", notes=(Note(None, "load it again with --date-order mdy"),)))
    assert not load_files.asks_date_order(LoadReport("a.ics", refused="a.ics: the file is empty. …"))
