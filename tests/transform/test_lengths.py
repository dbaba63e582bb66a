"""How long it was, as a line and as a title says it: a wrong number is worse than none."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from etl.transform.line_words import Unclear
from etl.transform.one_line import Vocabulary, read, read_title

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=ZoneInfo("UTC"))
KNOWN = Vocabulary({"Riverside": (), "North": ("12 Mill Road",)}, topics=("rota", "6 rota", "12", "15 min"))


@pytest.mark.parametrize(
    ("text", "minutes", "topic"),
    [
        ("1h30 riverside rota", 90, "rota"), ("1 h 30 riverside rota", 90, "rota"), ("1 hour 30 min riverside rota", 90, "rota"),
        ("1h 5 min riverside rota", 65, "rota"), ("1 h riverside rota", 60, "rota"), ("1,5h riverside rota", 90, "rota"),
        ("half an hour riverside rota", 30, "rota"), ("riverside rota an hour and a half", 90, "rota"),
        ("6min. riverside rota", 6, "rota"), ("6 min. riverside rota", 6, "rota"), ("6' riverside rota", 6, "rota"),
        ("12 riverside rota", 12, "rota"), ("15 min riverside rota", 15, "rota"), ("riverside 6 rota", 6, "rota"),
        ("riverside 3 patients waiting 6 min", 6, "3 patients waiting"), ("riverside 2026 plan 6", 6, "2026 plan"),
        ("riverside, 3 patients waiting, 6", 6, "3 patients waiting"),
        ("6 riverside 24h emergency", 6, "24h emergency"), ("2 vets sick riverside 10 min", 10, "2 vets sick"),
        ("6 riverside room 3", 6, "room 3"), ("10 min riverside room 3", 10, "room 3"), ("12 mill road 6 rota", 6, "rota"),
    ],
)  # fmt: skip
def test_how_long_a_line_says_it_was(text: str, minutes: float, topic: str) -> None:
    entry = read(text, KNOWN, NOW).entry
    assert (entry.minutes, entry.topic, entry.note) == (minutes, topic, "")


@pytest.mark.parametrize("text", ["6 riverside 5m fence", "rota riverside 6 - 20m", "6 min riverside 1h", "6, riverside, 8",
                                  "6 riverside 10h", "riverside 6 at 3", "6 7 riverside x", "riverside 6 7 x",
                                  "riverside 3 patients waiting 6"])  # fmt: skip
def test_two_lengths_in_a_line_are_not_chosen_from(text: str) -> None:
    with pytest.raises(Unclear, match="says two lengths"):
        read(text, KNOWN, NOW)


@pytest.mark.parametrize(
    ("title", "minutes"),
    [
        ("24 h emergency line Riverside", None), ("2 h emergency line Riverside", None),
        ("3 patients waiting at Riverside", None), ("2 vets sick North", None), ("2026 plan", None),
        ("fence 5m long Riverside", None), ("Riverside 2", None),
        ("9 min Riverside 8 min", None), ("600 min Riverside", None), ("2 nurse shifts Riverside", None),
        ("Riverside rota 9 min", 9), ("Riverside, 9 min, rota", 9), ("North 3 min lease", 3), ("9 min Riverside rota", 9),
        ("Riverside rota 1 h", 60), ("8 Riverside rota", 8), ("8, Riverside, rota", 8), ("Riverside, rota, 8", 8),
    ],
)  # fmt: skip
def test_a_number_in_a_title_replaces_a_measured_length_only_where_it_can_be_nothing_else(
    title: str, minutes: float | None
) -> None:
    assert read_title(title, KNOWN, measured=True).minutes == minutes


@pytest.mark.parametrize(
    ("title", "minutes"),
    [("3 patients waiting", 3), ("24 h emergency line", None), ("2026 plan", None), ("room 3", None), ("fence 5m long", 5)],
)
def test_without_a_measured_length_the_first_number_is_one(title: str, minutes: float | None) -> None:
    assert read_title(title, KNOWN).minutes == minutes


def test_a_number_that_is_no_length_stays_a_word() -> None:
    assert read_title("24 h emergency line Riverside", KNOWN, measured=True).topic == "24 h emergency line"
