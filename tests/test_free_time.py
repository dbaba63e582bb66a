"""Free working time, against a counter that looks at every minute and knows no arithmetic of stretches."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.free_time import Span, Stretch, free, without, working

CHANGES = {
    "America/Toronto": [date(2025, 3, 9), date(2025, 11, 2)],
    "America/Havana": [date(2025, 3, 9), date(2025, 11, 2)],  # at midnight, both
    "America/Santiago": [date(2025, 4, 6), date(2025, 9, 7)],
    "Europe/Berlin": [date(2025, 3, 30), date(2025, 10, 26)],
    "Asia/Kathmandu": [date(2025, 6, 18)],  # none; 5 h 45 min ahead
    "Australia/Lord_Howe": [date(2025, 4, 6), date(2025, 10, 5)],  # by half an hour
    "Pacific/Chatham": [date(2025, 4, 6), date(2025, 9, 28)],  # at 2:45
}
WORK_DAYS = tuple((weekday, 8 * 60, 18 * 60) for weekday in range(5))


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def minutes_counted(spans: list[Span], zone: ZoneInfo, first: date, days: int, taken: list[Stretch]) -> set[datetime]:
    """Each minute, seen from UTC, that the clock on the wall shows as working and that nothing touches."""
    found = set()
    minute = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    last = minute + timedelta(days=days + 2)
    while minute < last:
        wall = minute.astimezone(zone)
        today = 0 <= (wall.date() - first).days < days
        of_day = wall.hour * 60 + wall.minute
        works = today and any(weekday == wall.weekday() and begins <= of_day < ends for weekday, begins, ends in spans)
        if works and not any(each.starts_at <= minute < each.ends_at for each in taken):
            found.add(minute)
        minute += timedelta(minutes=1)
    return found


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[Span], ZoneInfo, date, int, list[Stretch]]:
    """A few days around a change of the clocks, with spans that may touch and overlap."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    middle = draw(st.sampled_from(CHANGES[zone]))
    ends = st.lists(st.sampled_from(range(0, 1441, 15)) | st.integers(0, 1440), min_size=2, max_size=2, unique=True).map(sorted)
    spans = draw(st.lists(st.tuples(st.integers(0, 6), ends).map(lambda of: (of[0], of[1][0], of[1][1])), min_size=1, max_size=9))
    midnight = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - timedelta(days=2)
    parts = st.tuples(st.integers(0, 4 * 1440), st.sampled_from((1, 15, 30, 60, 90, 600, 1800)))
    taken = [
        Stretch(midnight + timedelta(minutes=begins), midnight + timedelta(minutes=begins + length))
        for begins, length in draw(st.lists(parts, max_size=6))
    ]
    return spans, ZoneInfo(zone), middle - timedelta(days=1), 3, taken


@settings(max_examples=25, derandomize=True, database=None, deadline=None)
@given(weeks())
def test_the_same_minutes_as_a_counter_that_looks_at_each(week: tuple[list[Span], ZoneInfo, date, int, list[Stretch]]) -> None:
    stretches = free(*week)
    found = [each.starts_at + timedelta(minutes=minute) for each in stretches for minute in range(int(each.minutes))]
    assert len(found) == len(set(found))
    assert set(found) == minutes_counted(*week)
    for one, other in pairwise(stretches):
        assert one.ends_at < other.starts_at, "in order, and what touches is one"


def test_a_working_day_with_a_meeting_and_a_lunch_that_reaches_out_of_it() -> None:
    taken = [
        Stretch(at("2026-01-05 09:00"), at("2026-01-05 10:30")),
        Stretch(at("2026-01-05 10:00"), at("2026-01-05 10:20")),
        Stretch(at("2026-01-05 17:30"), at("2026-01-05 19:00")),
    ]
    assert free(WORK_DAYS, ZoneInfo("UTC"), date(2026, 1, 5), 1, taken) == (
        Stretch(at("2026-01-05 08:00"), at("2026-01-05 09:00")),
        Stretch(at("2026-01-05 10:30"), at("2026-01-05 17:30")),
    )


def test_eight_o_clock_stays_eight_o_clock_when_the_clocks_change() -> None:
    friday, monday = working(WORK_DAYS, ZoneInfo("Europe/Berlin"), date(2026, 3, 27), 4)
    assert (friday.starts_at, friday.minutes) == (at("2026-03-27 07:00"), 600)
    assert (monday.starts_at, monday.minutes) == (at("2026-03-30 06:00"), 600)


def test_a_night_shift_is_an_hour_longer_when_the_clocks_go_back_and_shorter_when_they_leap() -> None:
    night = [(6, 0, 240)]  # Sunday, midnight to four
    (back,) = working(night, ZoneInfo("Europe/Berlin"), date(2026, 10, 25), 1)
    (leap,) = working(night, ZoneInfo("Europe/Berlin"), date(2026, 3, 29), 1)
    assert (back.minutes, leap.minutes) == (300, 180)


def test_what_touches_takes_nothing_and_seconds_count() -> None:
    hour = Stretch(at("2026-01-05 09:00"), at("2026-01-05 10:00"))
    assert without([hour], [Stretch(at("2026-01-05 08:00"), at("2026-01-05 09:00"))]) == (hour,)
    assert without([hour], [Stretch(at("2026-01-05 09:00"), at("2026-01-05 09:00:30"))]) == (
        Stretch(at("2026-01-05 09:00:30"), at("2026-01-05 10:00")),
    )
    assert without([hour], [hour]) == ()
    assert not hour.meets(Stretch(hour.ends_at, at("2026-01-05 11:00")))
