import time
from datetime import UTC, date, datetime, timedelta

import pytest

from etl.transform.rows import instant
from tests.extract.written_ics import TORONTO, dated, event, extract, starts, texts

HUDDLE = (
    "DTSTART;TZID=America/Toronto:20261026T090000",
    "DTEND;TZID=America/Toronto:20261026T093000",
    "RRULE:FREQ=WEEKLY;COUNT=3",
)


def test_a_series_keeps_its_wall_clock_over_the_change_of_clocks():
    assert starts(extract(event(*HUDDLE))) == [
        "2026-10-26T13:00:00+00:00",
        "2026-11-02T14:00:00+00:00",
        "2026-11-09T14:00:00+00:00",
    ]


def test_a_floating_series_is_expanded_on_the_wall_clock():
    found = extract(event("DTSTART:20261026T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert starts(found) == ["2026-10-26T09:00:00", "2026-11-02T09:00:00"]
    assert [one.original for one in dated(found)] == ["20261026T090000", "20261102T090000"]


def test_a_series_of_days():
    found = extract(event("DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:At Riverside"))
    assert [(one.start, one.end, one.original) for one in dated(found)] == [
        (date(2026, 1, 5), date(2026, 1, 6), "20260105"),
        (date(2026, 1, 12), date(2026, 1, 13), "20260112"),
    ]


def test_a_moved_instance_counts_once_and_remembers_where_it_was():
    moved = (
        "RECURRENCE-ID;TZID=America/Toronto:20261102T090000",
        "DTSTART;TZID=America/Toronto:20261103T100000",
        "DURATION:PT1H",
        "SUMMARY:Moved",
    )
    found = extract(event(*HUDDLE, "SUMMARY:Huddle"), event(*moved))
    assert [(one.original, one.start.isoformat()[:16], one.title, one.line) for one in dated(found)] == [
        ("20261026T130000Z", "2026-10-26T13:00", "Huddle", 3),
        ("20261102T140000Z", "2026-11-03T15:00", "Moved", 10),
        ("20261109T140000Z", "2026-11-09T14:00", "Huddle", 3),
    ]


def test_a_cancelled_and_a_declined_instance_keep_their_place():
    cancelled = ("RECURRENCE-ID:20261102T140000Z", "DTSTART:20261102T140000Z", "DURATION:PT30M", "STATUS:CANCELLED")
    declined = (
        "RECURRENCE-ID:20261109T140000Z",
        "DTSTART:20261109T140000Z",
        "DURATION:PT30M",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:owner@example.com",
    )
    assert [one.status for one in dated(extract(event(*HUDDLE), event(*cancelled), event(*declined)))] == [
        "",
        "cancelled",
        "declined",
    ]


@pytest.mark.parametrize(
    "gone", ["EXDATE;TZID=America/Toronto:20261102T090000", "EXDATE:20261102T140000Z", "EXDATE;VALUE=DATE:20261102"]
)
def test_an_exception_is_left_out(gone):
    assert starts(extract(event(*HUDDLE, gone))) == ["2026-10-26T13:00:00+00:00", "2026-11-09T14:00:00+00:00"]


def test_an_exception_takes_the_date_of_its_instant_before_that_of_its_reading_of_the_clock():
    twice_a_day = ("DTSTART;TZID=America/Toronto:20260105T090000", "DURATION:PT30M", "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=9,14")
    assert starts(extract(event(*twice_a_day, "EXDATE:20260105T140000Z"))) == ["2026-01-05T19:00:00+00:00"]
    assert starts(extract(event(*twice_a_day, "EXDATE;TZID=Europe/Berlin:20260105T090000"))) == ["2026-01-05T19:00:00+00:00"]


def test_added_dates_and_periods_of_their_own_length():
    found = extract(
        event("DTSTART:20260105T090000Z", "DURATION:PT1H", "RDATE:20260107T090000Z", "RDATE;VALUE=PERIOD:20260108T090000Z/PT2H")
    )
    assert [(one.start.day, (one.end - one.start).seconds // 3600) for one in dated(found)] == [(5, 1), (7, 1), (8, 2)]


def test_this_and_later_moves_every_later_instance_and_each_keeps_its_identity():
    later = (
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/Toronto:20261102T090000",
        "DTSTART;TZID=America/Toronto:20261102T110000",
        "DURATION:PT1H",
    )
    found = dated(extract(event(*HUDDLE), event(*later)))
    assert [(one.original, one.start.isoformat()[:16]) for one in found] == [
        ("20261026T130000Z", "2026-10-26T13:00"),
        ("20261102T140000Z", "2026-11-02T16:00"),
        ("20261109T140000Z", "2026-11-09T16:00"),
    ]


def test_an_exception_without_its_series_is_taken_as_it_stands():
    found = extract(event("RECURRENCE-ID:20260105T090000Z", "DTSTART:20260105T100000Z", "DURATION:PT1H"))
    assert [(one.original, one.start.hour) for one in dated(found)] == [("20260105T090000Z", 10)]


def test_every_monday_and_the_first_tuesday():
    found = extract(event("DTSTART:20260105T090000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=MO,1TU;UNTIL=20260131T000000Z"))
    assert [one.start.day for one in dated(found)] == [5, 6, 12, 19, 26]


def test_a_birthday_from_before_anything_counts():
    found = extract(event("DTSTART;VALUE=DATE:19650423", "RRULE:FREQ=YEARLY"))
    assert (dated(found)[0].start, dated(found)[-1].start) == (date(1990, 4, 23), date(2026, 4, 23))


def test_two_rules_count_together_and_that_is_said():
    found = extract(event("DTSTART:20260105T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert [one.start.day for one in dated(found)] == [5, 6, 12]
    assert texts(found) == ["3: an event has several rules for its repetition; the dates of all are taken"]


def test_an_unsound_rule_costs_the_repetition_and_not_the_event():
    found = extract(event("DTSTART:20260105T090000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY;COUNT=1000000000"))
    assert starts(found) == ["2026-01-05T09:00:00+00:00"]
    assert texts(found) == ["7: the repetition of an event comes more often than hourly; only its first date is taken"]


def test_a_rule_that_no_date_meets_costs_the_repetition():
    found = extract(event("DTSTART:20260105T090000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;INTERVAL=24;BYHOUR=11"))
    assert starts(found) == ["2026-01-05T09:00:00+00:00"]
    assert texts(found) == ["3: the repetition of an event asks for a date that does not exist; only its first date is taken"]


def test_a_series_that_ends_before_it_starts_says_so():
    found = extract(event("DTSTART:20260105T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=19990101T000000Z"))
    assert (dated(found), texts(found)) == ([], ["3: a repeating event has no date in the years that count"])


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("FREQ=HOURLY", "20200101T000000Z"),
        ("FREQ=DAILY;COUNT=1000000000", "19900101T000000Z"),
        ("FREQ=DAILY;BYHOUR=9,10,11,12", "20000101T000000Z"),
    ],
)
def test_no_series_has_more_than_ten_thousand_dates(rule, start):
    started = time.process_time()
    found = extract(event(f"DTSTART:{start}", "DURATION:PT1H", f"RRULE:{rule}"))
    assert len(dated(found)) == 10_000
    assert texts(found) == ["3: a repeating event has more than 10,000 dates; the first are taken"]
    assert time.process_time() - started < 5


def test_one_identity_twice_without_a_series():
    hour = ("DURATION:PT1H",)
    found = extract(event("DTSTART:20260105T090000Z", *hour), event("DTSTART:20260107T090000Z", *hour))
    assert [one.start.day for one in dated(found)] == [5, 7]
    assert texts(found) == ["8: two events share one identity (UID) but start at different times; both are taken"]


def test_of_two_versions_of_an_event_the_newer_counts():
    old, new = (
        event("DTSTART:20260105T090000Z", "DURATION:PT1H", "SEQUENCE:1"),
        event("DTSTART:20260105T110000Z", "DURATION:PT1H", "SEQUENCE:2"),
    )
    for found in (extract(old, new), extract(new, old)):
        assert starts(found) == ["2026-01-05T11:00:00+00:00"]
        assert texts(found) == ["9: an event is in this file more than once; the newest version is taken"]


def test_nothing_after_the_day_to_which_series_are_expanded():
    found = extract(event("DTSTART:20261230T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
    assert [one.start for one in dated(found)] == [datetime(2026, 12, day, 9, tzinfo=UTC) for day in (30, 31)]


@pytest.mark.parametrize(
    ("lasts", "hours"), [("PT8H", [8, 8, 8]), ("P1D", [24, 23, 24]), ("P1DT2H", [26, 25, 26]), ("PT24H", [24, 24, 24])]
)
@pytest.mark.parametrize("zone", [";TZID=America/Toronto", ""])
def test_hours_of_a_length_are_elapsed_time_on_each_date_and_days_are_the_calendars(zone, lasts, hours):
    found = dated(extract(event(f"DTSTART{zone}:20260306T230000", f"DURATION:{lasts}", "RRULE:FREQ=DAILY;COUNT=3")))
    assert [(instant(one.end, TORONTO) - instant(one.start, TORONTO)) / timedelta(hours=1) for one in found] == hours


@pytest.mark.parametrize("zone", [";TZID=America/Toronto", ""])
@pytest.mark.parametrize("rule", ["RRULE:FREQ=DAILY;COUNT=1", "COMMENT:once"])
@pytest.mark.parametrize(
    ("start", "lasts", "began", "ended"),
    [
        ("20261101T010000", "PT90M", "05:00", "06:30"),  # ends in the hour that comes again
        ("20261101T013000", "PT30M", "05:30", "06:00"),  # ends on the clock before it begins
        ("20261101T003000", "PT3H", "04:30", "07:30"),
        ("20260308T024500", "PT30M", "07:45", "08:15"),  # begins in the hour that clocks skip
    ],
)
def test_a_length_within_the_hours_of_a_change_of_clocks(zone, rule, start, lasts, began, ended):
    (one,) = dated(extract(event(f"DTSTART{zone}:{start}", f"DURATION:{lasts}", rule)))
    assert [f"{instant(time, TORONTO):%H:%M}" for time in (one.start, one.end)] == [began, ended]


def test_an_added_date_of_its_own_length_in_hours_has_them_over_a_change_of_clocks():
    lines = ("DTSTART;TZID=America/Toronto:20260306T090000", "DURATION:PT1H")
    added = "RDATE;VALUE=PERIOD;TZID=America/Toronto:20260307T230000/PT8H,20260309T090000/20260309T110000"
    found = dated(extract(event(*lines, added)))
    assert [(one.end - one.start) / timedelta(hours=1) for one in found] == [1, 8, 2]


@pytest.mark.parametrize(
    ("named", "begins"),
    [
        (":20261102T140000Z", ";TZID=America/Toronto:20261102T110000"),
        (";TZID=America/Toronto:20261102T090000", ":20261102T160000Z"),
        (";VALUE=DATE:20261102", ";TZID=America/Toronto:20261102T110000"),
    ],
)
def test_this_and_later_may_be_written_on_two_clocks(named, begins):
    found = dated(
        extract(event(*HUDDLE), event(f"RECURRENCE-ID;RANGE=THISANDFUTURE{named}", f"DTSTART{begins}", "DURATION:PT1H"))
    )
    assert [one.start.isoformat()[:16] for one in found] == ["2026-10-26T13:00", "2026-11-02T16:00", "2026-11-09T16:00"]


def test_an_added_day_has_the_usual_time():
    assert starts(extract(event(*HUDDLE, "RDATE;VALUE=DATE:20261120")))[-1] == "2026-11-20T14:00:00+00:00"


def test_the_hour_that_clocks_skip_is_the_one_after_it_and_counts_once():
    rule = ("DTSTART;TZID=America/Toronto:20260308T010000", "DURATION:PT10M", "RRULE:FREQ=HOURLY;COUNT=4")
    assert [text[11:16] for text in starts(extract(event(*rule)))] == ["06:00", "07:00", "08:00"]
