from datetime import UTC, datetime, timedelta

import pytest

from etl.extract.zones import file_zone
from tests.extract.written_ics import dated, event, extract, texts


def half(kind: str, start: str, before: str, after: str, *rest: str) -> str:
    return "\r\n".join(
        [f"BEGIN:{kind}", f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *rest, f"END:{kind}"]
    )


def zone(name: str, *halves: str) -> str:
    return "\r\n".join(["BEGIN:VTIMEZONE", f"TZID:{name}", *halves, "END:VTIMEZONE"])


CENTRAL_EUROPE = (
    half("STANDARD", "16010101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    half("DAYLIGHT", "16010101T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
)


def start_in(tzid: str, *zones: str, at: str = "20260105T090000"):
    found = extract(*zones, event(f"DTSTART;TZID={tzid}:{at}", "DURATION:PT1H"))
    return dated(found)[0].start, found


@pytest.mark.parametrize(
    ("tzid", "utc_hour", "named"),
    [
        ("Europe/Berlin", 8, "Europe/Berlin"),
        ("europe/berlin", 8, "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", 8, "Europe/Berlin"),
        ("Eastern Standard Time", 14, "America/New_York"),
        ('"Eastern Standard Time"', 14, "America/New_York"),
    ],
)
def test_a_known_name_means_the_worlds_zone(tzid, utc_hour, named):
    start, found = start_in(tzid)
    assert start == datetime(2026, 1, 5, utc_hour, tzinfo=UTC)
    assert found.exports[0].time_zone == named


def test_a_name_of_the_world_wins_over_a_file_that_lies_about_it():
    start, found = start_in("America/New_York", zone("America/New_York", half("STANDARD", "19700101T000000", "+1300", "+1300")))
    assert start == datetime(2026, 1, 5, 14, tzinfo=UTC)
    assert texts(found) == ["3: the file gives a time zone other rules than the world does; the world's hold"]


@pytest.mark.parametrize(("at", "utc_hour"), [("20260105T090000", 8), ("20260705T090000", 7)])
def test_any_other_name_means_what_the_file_says(at, utc_hour):
    start, found = start_in("Customized Time Zone", zone("Customized Time Zone", *CENTRAL_EUROPE), at=at)
    assert (start.hour, found.notes) == (utc_hour, ())


def test_one_file_does_not_lend_its_zones_to_the_next():
    start_in("Lent", zone("Lent", *CENTRAL_EUROPE))
    start, found = start_in("Lent")
    assert start == datetime(2026, 1, 5, 9)
    assert texts(found) == ["5: a time zone that nobody knows; its times are read on the practice's clock"]


@pytest.mark.parametrize(
    "halves",
    [
        (),
        (half("STANDARD", "19700101T000000", "+9959", "+9959"),),
        (half("STANDARD", "19700101T000000", "+0000", "+0100", "RRULE:FREQ=SECONDLY"),),
        (half("STANDARD", "19700101T000000", "+0000", "+0100", "RRULE:FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24)))),),
        (half("STANDARD", "never", "+0000", "+0100"),),
        ("BEGIN:STANDARD\r\nEND:STANDARD",),
    ],
)
def test_a_zone_that_makes_no_sense_leaves_its_times_floating(halves):
    start, found = start_in("Odd", zone("Odd", *halves))
    assert start == datetime(2026, 1, 5, 9)
    assert texts(found)[0] == "3: the rules of a time zone in this file make no sense and are left out"


def test_a_zone_of_the_file_agrees_with_the_worlds_at_every_hour_of_a_year():
    from zoneinfo import ZoneInfo

    own = file_zone(tuple(tuple(tuple(line.split(":", 1)) for line in half.split("\r\n")[1:-1]) for half in CENTRAL_EUROPE))
    berlin = ZoneInfo("Europe/Berlin")
    assert own is not None
    for hour in range(366 * 24):
        instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        there = instant.astimezone(berlin)
        assert instant.astimezone(own).replace(tzinfo=None) == there.replace(tzinfo=None)
        assert instant.astimezone(own).fold == there.fold
        assert there.replace(tzinfo=own).utcoffset() == there.utcoffset()


def test_a_calendar_wide_zone_is_for_times_without_one():
    found = extract("X-WR-TIMEZONE:Europe/Berlin", event("DTSTART:20260105T090000", "DURATION:PT1H"))
    assert dated(found)[0].start == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert found.exports[0].time_zone == "Europe/Berlin"


def test_a_series_in_utc_keeps_the_calendars_clock_over_the_change_of_clocks():
    found = extract("X-WR-TIMEZONE:Europe/Berlin", event("DTSTART:20260328T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"))
    assert [one.start.hour for one in dated(found)] == [8, 7]


def test_a_calendar_wide_zone_that_nobody_knows_is_noted():
    found = extract("X-WR-TIMEZONE:Mars/Olympus", event("DTSTART:20260105T090000", "DURATION:PT1H"))
    assert dated(found)[0].start == datetime(2026, 1, 5, 9)
    assert texts(found) == ["3: the calendar's own time zone is one that nobody knows, and is left out"]


def test_the_end_of_a_rule_of_a_zone_is_in_utc():
    summer = half("DAYLIGHT", "20001008T020000", "+1000", "+1100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU")
    winter = half("STANDARD", "20000402T030000", "+1100", "+1000", "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20250405T160000Z")
    start, _ = start_in("Ours", zone("Ours", summer, winter), at="20250701T090000")
    assert start == datetime(2025, 6, 30, 23, tzinfo=UTC)
