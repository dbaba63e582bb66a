from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.extract.written_ics import HOW, dated, event, extract, texts


def only(*lines: str):
    found = extract(event(*lines))
    (one,) = dated(found)
    return one, texts(found)


def test_words_of_an_event_without_their_escapes():
    one, notes = only(
        "DTSTART:20260105T090000Z",
        "DTEND:20260105T100000Z",
        r"SUMMARY:Rota\, stock\nand \\ more",
        "LOCATION: North ",
        r"CATEGORIES:A\,B,C",
    )
    assert (one.uid, one.title, one.place, one.categories) == ("one", "Rota, stock\nand \\ more", "North", ("A,B", "C"))
    assert (one.original, one.status, one.line, notes) == ("20260105T090000Z", "", 3, [])


def test_floating_times_stay_on_the_wall_clock():
    one, _ = only("DTSTART:20260105T090000", "DTEND:20260105T100000")
    assert (one.start, one.end, one.original) == (datetime(2026, 1, 5, 9), datetime(2026, 1, 5, 10), "20260105T090000")


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (["DTSTART;VALUE=DATE:20260105"], date(2026, 1, 6)),
        (["DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260108"], date(2026, 1, 8)),
        (["DTSTART:20260105", "DURATION:P2D"], date(2026, 1, 7)),
        (["DTSTART:20260105", "DURATION:PT24H"], date(2026, 1, 6)),
        (["DTSTART;VALUE=DATE;TZID=Europe/Berlin:20260105"], date(2026, 1, 6)),
    ],
)
def test_days(lines, end):
    one, notes = only(*lines)
    assert (one.start, one.end, one.original, notes) == (date(2026, 1, 5), end, "20260105", [])


@pytest.mark.parametrize(
    ("lasts", "utc"),
    [
        ("PT1H30M", "2026-03-08T01:30"),
        ("P1D", "2026-03-09T00:00"),
        ("PT24H", "2026-03-09T01:00"),
        ("PT3H", "2026-03-08T04:00"),
        ("P1W", "2026-03-15T00:00"),
    ],
)
def test_a_length_in_days_follows_the_calendar_and_one_in_hours_the_stopwatch(lasts, utc):
    one, _ = only("DTSTART;TZID=America/Toronto:20260308T000000", f"DURATION:{lasts}")
    assert one.end.astimezone(HOW.zone).isoformat()[:16] == utc


def test_a_meeting_in_the_hour_that_clocks_skip_keeps_its_length():
    one, _ = only("DTSTART;TZID=America/Toronto:20260308T024500", "DTEND;TZID=America/Toronto:20260308T031500")
    assert one.start == datetime(2026, 3, 8, 7, 45, tzinfo=UTC)
    assert (one.end - one.start).total_seconds() == 1800


def test_outlooks_whole_days_are_days():
    one, _ = only(
        "DTSTART;TZID=America/Toronto:20260105T000000",
        "DTEND;TZID=America/Toronto:20260106T000000",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    )
    assert (one.start, one.end) == (date(2026, 1, 5), date(2026, 1, 6))


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (["DTSTART:20260105T090000Z"], "3: an event has no end; in the plan it counts 0 minutes"),
        (
            ["DTSTART:20260105T090000Z", "DTEND:20260105T080000Z"],
            "3: an event ends before it starts; in the plan it counts 0 minutes",
        ),
        (["DTSTART:20260105T090000Z", "DURATION:-PT5H"], "3: an event ends before it starts; in the plan it counts 0 minutes"),
    ],
)
def test_never_a_negative_length(lines, note):
    one, notes = only(*lines)
    assert one.start == one.end == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert notes == [note]


def test_of_two_times_one_with_a_zone_gives_it_to_the_other():
    one, notes = only("DTSTART:20260105T090000", "DTEND:20260105T100000Z")
    assert (one.start, one.end) == (datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 1, 5, 10, tzinfo=UTC))
    assert notes == ["3: one of an event's two times has no time zone; it is read in that of the other"]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "has no start"),
        (["DTSTART:soon"], "has a time that cannot be read"),
        (["DTSTART:20260231T090000Z"], "has a time that cannot be read"),
        (["DTSTART:PT1H"], "has a time that cannot be read"),
        (["DTSTART:00010101T000000Z"], "starts outside the years 1990 to 2100"),
        (["DTSTART;TZID=Asia/Tokyo:00010101T000000"], "starts outside the years 1990 to 2100"),
        (["DTSTART:99991231T230000Z", "DTEND:99991231T235959Z"], "starts outside the years 1990 to 2100"),
        (["DTSTART:20260105T090000Z", "DTEND:99990105T090000Z"], "ends after the year 2100"),
        (["DTSTART:20260105T090000Z", "DURATION:long"], "has a length that cannot be read"),
        (["DTSTART:20260105T090000Z", "DURATION:PT999999999999H"], "has a length that cannot be read"),
        (["DTSTART:00010101T090000Z", "RRULE:FREQ=DAILY"], "repeats from outside the years 1900 to 2100"),
    ],
)
def test_a_bad_event_costs_only_itself(lines, why):
    found = extract(event("SUMMARY:Mrs Example", *lines), event("DTSTART:20260105T090000Z", "DURATION:PT1H", uid="two"))
    assert [one.uid for one in dated(found)] == ["two"]
    assert texts(found) == [f"3: an event {why}; it is left out"]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["STATUS:CONFIRMED", "TRANSP:OPAQUE"], ""),
        (["STATUS:TENTATIVE"], ""),
        (["STATUS:CANCELLED", "TRANSP:TRANSPARENT"], "cancelled"),
        (["ATTENDEE;PARTSTAT=DECLINED:mailto:Owner@Example.com", "TRANSP:TRANSPARENT"], "declined"),
        (["ATTENDEE;PARTSTAT=DECLINED;EMAIL=owner@example.com:urn:uuid:1"], "declined"),
        (["ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.com"], ""),
        (["ATTENDEE;PARTSTAT=ACCEPTED:mailto:owner@example.com"], ""),
        (["TRANSP:TRANSPARENT"], "free"),
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE"], "free"),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF"], "out of office"),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF", "TRANSP:TRANSPARENT"], "free"),
    ],
)
def test_standing(lines, status):
    one, _ = only("DTSTART:20260105T090000Z", "DURATION:PT1H", *lines)
    assert one.status == status


def test_the_calendars_own_name_is_the_owner_where_it_is_a_mail_address():
    how = replace(HOW, owners=frozenset())
    declined = event("DTSTART:20260105T090000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.com")
    assert dated(extract("X-WR-CALNAME:Me@example.com", declined, how=how))[0].status == "declined"
    assert dated(extract("X-WR-CALNAME:Work", declined, how=how))[0].status == ""


def test_a_calendar_of_cancellations_is_cancelled():
    assert dated(extract("METHOD:CANCEL", event("DTSTART:20260105T090000Z", "DURATION:PT1H")))[0].status == "cancelled"


def test_an_event_without_uid_has_an_identity_made_of_its_content():
    one, _ = only("DTSTART:20260105T090000Z", "DURATION:PT1H")
    bare = [line for line in event("DTSTART:20260105T090000Z", "DURATION:PT1H", "SUMMARY:x").split("\r\n") if "UID" not in line]
    other = [line.replace("SUMMARY:x", "SUMMARY:y") for line in bare]
    found = dated(extract("\r\n".join(bare), "\r\n".join(other)))
    assert len({one.uid for one in found} - {""}) == 2
    assert dated(extract("\r\n".join(bare)))[0].uid == found[0].uid != one.uid


def test_a_text_without_end_is_cut():
    one, notes = only("DTSTART:20260105T090000Z", "DURATION:PT1H", "SUMMARY:" + "x" * 3000)
    assert (len(one.title), notes) == (2000, ["3: a text of more than 2,000 characters is cut"])


def test_outlooks_whole_days_may_be_the_midnights_of_the_practice_in_utc():
    one, _ = only("DTSTART:20260105T050000Z", "DTEND:20260106T050000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    assert (one.start, one.end) == (date(2026, 1, 5), date(2026, 1, 6))
