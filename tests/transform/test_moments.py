"""When it was, as a line says it; what looks like a time or a day and cannot be read is answered, never filed as a topic."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from etl.transform.line_words import Unclear
from etl.transform.one_line import Vocabulary, read

ZONE = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 20, 14, 30, 12, tzinfo=ZONE)  # a Friday
KNOWN = Vocabulary({"North": (), "May Street": ()}, topics=("lease", "monday huddle", "monday", "2pm", "10:20 call"))


@pytest.mark.parametrize(
    ("when", "began"),
    [
        ("2pm", "11-20 14:00"), ("2 pm", "11-20 14:00"), ("2:15 p.m.", "11-20 14:15"), ("9am", "11-20 09:00"),
        ("12am", "11-20 00:00"), ("12:05pm", "11-20 12:05"), ("10:20am", "11-20 10:20"), ("at 10:20", "11-20 10:20"),
        ("@10:20", "11-20 10:20"), ("14h05", "11-20 14:05"), ("20 min ago", "11-20 14:10"), ("-20mins", "11-20 14:10"),
        ("-20 min", "11-20 14:10"), ("-1h30", "11-20 13:00"), ("an hour ago", "11-20 13:30"), ("half an hour ago", "11-20 14:00"),
        ("monday 10:20", "11-16 10:20"), ("10:20 on Monday", "11-16 10:20"), ("mon 10:20", "11-16 10:20"),
        ("friday 10:20", "11-20 10:20"), ("friday 17:00", "11-13 17:00"), ("today -20m", "11-20 14:10"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["6 north {} lease", "{} 6 min north lease", "lease north 6 {}", "lease, north, 6, {}"])
def test_each_way_of_saying_it(line: str, when: str, began: str) -> None:
    entry = read(line.format(when), KNOWN, NOW).entry
    assert f"{entry.started_at:%m-%d %H:%M}" == began
    assert (entry.minutes, entry.about, entry.topic, entry.note) == (6, "North", "lease", "")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("24:00", "looks like a time"), ("10:75", "looks like a time"), ("10:20-10:26", "looks like a time"),
        ("13pm", "looks like a time"), ("-20", "looks like a time"), ("2 days ago", "looks like a time"),
        ("19.11.2026 10:20", "looks like a day"), ("19/11 10:20", "looks like a day"), ("19 nov 10:20", "looks like a day"),
        ("nov 19th", "looks like a day"), ("2026-9-14 10:20", "looks like a day"),
        ("10:20 11:30", "two times of day"), ("-20m 10:20", "two times of day"), ("-20m -30m", "two times of day"),
        ("yesterday monday 10:20", "two days"), ("yesterday -20m", "two days"),
        ("tomorrow 10:20", "still to come"), ("9999-12-31 23:59", "still to come"), ("2026-11-21 10:00", "still to come"),
        ("0001-01-01 00:10", "too long ago"), ("-999999h", "too long ago"),
        ("monday", "names a day and no time of day"), ("lease monday", "names a day and no time of day"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_have_been_is_answered(when: str, said: str) -> None:
    with pytest.raises(Unclear) as answer:
        read(f"6 north {when}", KNOWN, NOW)
    assert said in str(answer.value)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("6 north monday rota", "monday rota"),  # no time beside it, and another word of the topic behind it
        ("6 north monday huddle", "monday huddle"),
        ("6 north rota for tomorrow morning", "rota for tomorrow morning"),
        ("6 march rota north", "march rota"),
        ("6 north 24/7 line", "24/7 line"),
        ("6 north call 416-555-0100", "call 416-555-0100"),
    ],
)
def test_what_is_no_time_stays_a_topic(text: str, topic: str) -> None:
    entry = read(text, KNOWN, NOW).entry
    assert (entry.minutes, entry.topic, f"{entry.started_at:%H:%M}") == (6, topic, "14:24")


def test_a_location_may_be_called_like_a_month() -> None:
    assert read("6 may street lease 10:20", KNOWN, NOW).entry.about == "May Street"


def test_a_time_that_was_learned_as_a_topic_is_a_time() -> None:
    assert f"{read('2pm north lease 6', KNOWN, NOW).entry.started_at:%H:%M}" == "14:00"
    assert f"{read('monday 9:00 north 6', KNOWN, NOW).entry.started_at:%d %H:%M}" == "16 09:00"
    assert f"{read('6 north 10:20 call', KNOWN, NOW).entry.started_at:%H:%M}" == "10:20"


def test_a_line_that_says_only_when_is_told_so() -> None:
    with pytest.raises(Unclear, match="says when it was, but not how many minutes it took"):
        read("1:30 north lease", KNOWN, NOW)


@pytest.mark.parametrize(
    ("now", "line", "began"),
    [
        (datetime(2026, 3, 8, 3, 5, tzinfo=ZONE), "6 north -20m", datetime(2026, 3, 8, 6, 45, tzinfo=UTC)),
        (datetime(2026, 3, 8, 3, 5, tzinfo=ZONE), "20 north", datetime(2026, 3, 8, 6, 45, tzinfo=UTC)),
        (datetime(2026, 11, 1, 1, 5, tzinfo=ZONE, fold=1), "6 north -20m", datetime(2026, 11, 1, 5, 45, tzinfo=UTC)),
        (datetime(2026, 11, 1, 1, 5, tzinfo=ZONE, fold=1), "20 north", datetime(2026, 11, 1, 5, 45, tzinfo=UTC)),
    ],
)
def test_twenty_minutes_ago_is_that_also_in_the_night_the_clocks_change(now: datetime, line: str, began: datetime) -> None:
    assert read(line, KNOWN, now).entry.started_at.astimezone(UTC) == began


def test_a_year_before_all_years_is_no_fault_anywhere_on_earth() -> None:
    with pytest.raises(Unclear):
        read("6 north 0001-01-01 00:10", KNOWN, NOW.astimezone(ZoneInfo("Asia/Tokyo")))
