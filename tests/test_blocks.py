"""Which hours are chosen for leadership: weeks worked out by hand, and no random practice in whose way a block ever stands."""

import importlib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from etl import marts, pipeline
from etl.blocks import Block, Calm, Week, Wish, choose, weeks_ahead
from etl.free_time import Span, Stretch
from etl.model import Refused
from etl.store import open_read

sys.path.append(str(Path(__file__).parent / "minutes"))  # its modules call each other by their bare names
practices = importlib.import_module("practices")
written = importlib.import_module("written")

UTC_ZONE = ZoneInfo("UTC")
MONDAY = date(2026, 1, 5)
WORK_DAYS = tuple((weekday, 8 * 60, 18 * 60) for weekday in range(5))
ALIKE: Calm = {(weekday, hour): 0.5 for weekday in range(7) for hour in range(24)}


def stretch(day: str, begins: str, ends: str, zone: ZoneInfo = UTC_ZONE) -> Stretch:
    """A stretch on a day's local clock."""
    at = [datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone).astimezone(UTC) for clock in (begins, ends)]
    return Stretch(at[0], at[1])


def one_week(
    wish: Wish,
    taken: Sequence[Stretch] = (),
    put_aside: Sequence[Stretch] = (),
    calm: Calm = ALIKE,
    spans: Sequence[Span] = WORK_DAYS,
) -> Week:
    (week,) = choose(wish, [MONDAY], UTC_ZONE, spans, taken, put_aside, calm)
    return week


def told(week: Week, zone: ZoneInfo = UTC_ZONE) -> list[str]:
    """`Mon 08:00-09:30` for each block."""
    ends = [(each.starts_at.astimezone(zone), each.ends_at.astimezone(zone)) for each in week.blocks]
    return [f"{begins:%a %H:%M}-{end:%H:%M}" for begins, end in ends]


def test_where_all_hours_are_alike_the_mornings_are_taken_a_day_after_the_other() -> None:
    week = one_week(Wish(4.5))
    assert told(week) == ["Mon 08:00-09:30", "Tue 08:00-09:30", "Wed 08:00-09:30"]
    assert (week.begins, week.already, week.missing) == (MONDAY, 0, 0)


def test_the_least_disturbed_hours_go_before_the_morning_but_not_by_a_hair() -> None:
    calm = dict(ALIKE) | {(2, 14): 0.9, (2, 15): 0.9, (3, 16): 0.504}  # a Wednesday, a Thursday
    assert told(one_week(Wish(4, minutes=120), calm=calm)) == ["Mon 08:00-10:00", "Wed 14:00-16:00"]


def test_a_day_has_two_blocks_at_most_and_what_finds_no_room_is_said() -> None:
    week = one_week(Wish(6), spans=WORK_DAYS[:1])
    assert told(week) == ["Mon 08:00-09:30", "Mon 09:30-11:00"]
    assert week.missing == 3
    assert told(one_week(Wish(6), put_aside=[stretch("2026-01-05", "16:00", "17:00")], spans=WORK_DAYS[:1])) == [
        "Mon 08:00-09:30"
    ]


def test_where_nothing_longer_fits_a_block_is_shorter_but_never_less_than_an_hour() -> None:
    ragged = [
        stretch("2026-01-05", "07:00", "09:07"),  # the next quarter hour is 9:15
        stretch("2026-01-05", "10:20", "11:00"),  # leaves 65 minutes from 9:15, of which an hour is whole quarters
        stretch("2026-01-05", "11:59", "18:00"),  # leaves 59 minutes from 11:00
    ]
    week = one_week(Wish(3), ragged, spans=WORK_DAYS[:1])
    assert told(week) == ["Mon 09:15-10:15"]
    assert week.missing == 2


@pytest.mark.parametrize(
    ("hours", "minutes", "lengths"),
    [(1, 90, [60]), (1.25, 60, [75]), (2, 90, [60, 60]), (2.5, 60, [60, 90]), (3, 90, [90, 90]), (4, 90, [90, 90, 60])],
)
def test_the_hours_wanted_are_dealt_out_in_blocks_without_a_crumb(hours: float, minutes: int, lengths: list[int]) -> None:
    week = one_week(Wish(hours, minutes=minutes))
    assert sorted(each.minutes for each in week.blocks) == sorted(lengths)
    assert week.missing == 0


def test_what_is_put_aside_already_counts_and_stays() -> None:
    held = [stretch("2026-01-05", "08:00", "09:30"), stretch("2026-01-12", "08:00", "12:00")]  # the second is a week later
    week = one_week(Wish(3), put_aside=held)
    assert told(week) == ["Mon 09:30-11:00"] or told(week) == ["Tue 08:00-09:30"]
    assert (week.already, week.missing) == (1.5, 0)


@pytest.mark.parametrize(("hours", "held", "minutes"), [(2.7, "", 165), (2.6, "", 150), (3, "11:00", 0), (3, "09:20", 75)])
def test_what_is_less_than_a_quarter_or_a_block_did_not_miss_room(hours: float, held: str, minutes: int) -> None:
    week = one_week(
        Wish(hours), put_aside=[stretch("2026-01-05", "08:00", held), stretch("2026-01-06", "08:00", "08:15")] if held else []
    )
    assert sum(each.minutes for each in week.blocks) == minutes
    assert week.missing == 0


def test_eight_o_clock_on_both_sides_of_a_change_of_the_clocks() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")  # half an hour back on 5 April 2026
    before, after = choose(Wish(1.5), [date(2026, 3, 30), date(2026, 4, 6)], zone, WORK_DAYS, [], [], ALIKE)
    assert told(before, zone) == told(after, zone) == ["Mon 08:00-09:30"]
    assert after.blocks[0].starts_at - before.blocks[0].starts_at == timedelta(days=7, minutes=30)


@pytest.mark.parametrize(
    "wish", [Wish(0.5), Wish(99), Wish(3, weeks=0), Wish(3, weeks=9), Wish(3, minutes=45), Wish(3, minutes=70)]
)
def test_a_wish_that_cannot_be_is_refused(wish: Wish) -> None:
    with pytest.raises(Refused):
        wish.verify()


def test_the_next_week_is_the_first_by_the_practice_s_own_week() -> None:
    sunday = date(2026, 1, 11)
    assert weeks_ahead(sunday, "monday", 2) == (date(2026, 1, 12), date(2026, 1, 19))
    assert weeks_ahead(sunday, "sunday", 1) == (date(2026, 1, 18),)


@settings(
    max_examples=8,  # loading is what takes long: three wishes are tried on each
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(practices.practices(), st.lists(st.tuples(st.floats(1, 20), st.sampled_from((60, 75, 90, 240))), min_size=3, max_size=3))
def test_no_block_stands_in_the_way_of_anything_counted(practice: Any, wishes: list[tuple[float, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        db = Path(name) / "one.duckdb"
        try:
            pipeline.load(written.write(replace(practice, logs=()), Path(name)), db, db.with_name("practice.toml"))
        except Refused:  # rules that contradict
            assume(False)
        with open_read(db) as con:
            counted = con.execute("select epoch(starts_at), epoch(ends_at) from occurrences where counted").fetchall()
            assume(counted)
            zone = ZoneInfo(practice.zone)
            first = datetime.fromtimestamp(min(counted)[0], zone).date()
            week = first - timedelta(first.weekday())
            rows = marts.ask(con, "taken_ahead", from_day=week, to_day=week + timedelta(13)).fetchall()
    taken = [Stretch(*(datetime.fromtimestamp(at, UTC) for at in row[:2])) for row in rows]
    all_day_long = [(weekday, 0, 1440) for weekday in range(7)]
    for hours, minutes in wishes:
        weeks = choose(Wish(hours, minutes=minutes), [week, week + timedelta(7)], zone, all_day_long, taken, taken[:1], ALIKE)
        in_nobody_s_way([each for found in weeks for each in found.blocks], counted, zone)


def in_nobody_s_way(blocks: Sequence[Block], counted: Sequence[tuple[float, float]], zone: ZoneInfo) -> None:
    """Blocks of at least an hour, in whole quarter hours, two a day, that meet neither what is counted nor each other."""
    for nth, block in enumerate(blocks):
        begins, ends = block.starts_at.timestamp(), block.ends_at.timestamp()
        assert not any(begins < until and since < ends for since, until in counted)
        assert not any(begins < other.ends_at.timestamp() and other.starts_at.timestamp() < ends for other in blocks[:nth])
        assert begins % 900 == ends % 900 == 0
        assert ends - begins >= 3600
        assert block.starts_at.astimezone(zone).minute % 15 == 0
    days = [each.starts_at.astimezone(zone).date() for each in blocks]
    assert all(days.count(day) <= 2 for day in days)
