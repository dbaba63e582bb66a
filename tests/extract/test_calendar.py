from dataclasses import replace
from pathlib import Path

import pytest

from etl.extract import read
from etl.model import Refused
from tests.extract.written_ics import HOW, calendar, dated, event, extract, starts, texts

FILES = Path(__file__).parent / "calendars"
HOUR = ("DTSTART:20260105T090000Z", "DURATION:PT1H")


def test_a_series_and_its_exception_meet_across_calendars_of_one_name():
    found = read((FILES / "exception_in_a_second_calendar_of_the_same_name.ics").read_bytes(), "owner.ics", HOW)
    assert [(export.name, export.file_name) for export in found.exports] == [("Work", "owner.ics")]
    assert starts(found) == ["2026-01-05T09:00:00+00:00", "2026-01-06T15:00:00+00:00"]


def test_calendars_of_different_names_are_exports_of_their_own():
    two = calendar("X-WR-CALNAME:Work", event(*HOUR)) + calendar("X-WR-CALNAME:Clinic", event(*HOUR)) + calendar(event(*HOUR))
    assert [(export.name, len(export.occurrences)) for export in read(two, "owner.ics", HOW).exports] == [
        ("Work", 1),
        ("Clinic", 1),
        ("", 1),
    ]


def test_a_calendar_inside_a_calendar_is_read_too():
    found = extract(event(*HOUR), calendar(event(*HOUR, uid="inner")).decode().strip())
    assert [one.uid for one in dated(found)] == ["one", "inner"]


def test_the_zone_of_a_calendar_is_the_only_one_it_uses():
    berlin, tokyo = (
        event(f"DTSTART;TZID={zone}:20260105T090000", "DURATION:PT1H", uid=zone) for zone in ("Europe/Berlin", "Asia/Tokyo")
    )
    assert extract(berlin, berlin).exports[0].time_zone == "Europe/Berlin"
    assert extract(berlin, tokyo).exports[0].time_zone == ""
    assert extract(event(*HOUR)).exports[0].time_zone == ""


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ([], "no events in this file"),
        (["BEGIN:VTODO", "SUMMARY:x", "END:VTODO"], "no events in this file"),
        (["BEGIN:VFREEBUSY", "FREEBUSY:20260105T090000Z/PT1H", "END:VFREEBUSY"], "no events: this is a free/busy share"),
    ],
)
def test_a_calendar_without_events_is_refused(parts, what):
    with pytest.raises(Refused) as refused:
        extract(*parts)
    assert refused.value.what == what


def test_the_old_format_is_named():
    found = read(calendar(event(*HOUR)).replace(b"VERSION:2.0", b"VERSION:1.0"), "owner.ics", HOW)
    assert texts(found) == ["1: this is the old vCalendar 1.0 format, which is read as far as it is like the new one"]


def test_many_notes_alike_are_counted():
    found = extract(*(event("SUMMARY:x", uid=str(number)) for number in range(50)), event(*HOUR))
    assert len(found.notes) == 21
    assert texts(found)[-1] == "83: 30 more times, the last on line 199: an event has no start; it is left out"


def test_no_note_and_no_refusal_holds_content():
    secret = (
        "SUMMARY:Zebulon",
        "LOCATION:Zebulon",
        "DESCRIPTION:Zebulon",
        "UID:Zebulon",
        "DTSTART:Zebulon",
        "RRULE:Zebulon",
        "Zebulon",
    )
    found = extract(
        event(*secret), event("DTSTART;TZID=Zebulon:20260105T090000", "DTEND:Zebulon", "EXDATE:Zebulon", "RRULE:FREQ=Zebulon")
    )
    assert len(found.notes) >= 4
    assert "ZEBULON" not in "".join(texts(found)).upper()


def test_more_dates_than_a_practice_can_have_are_refused(monkeypatch):
    monkeypatch.setattr("etl.extract.calendar.MOST_OCCURRENCES", 15_000)
    many = (event("DTSTART:20200101T000000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY", uid=str(number)) for number in range(2))
    with pytest.raises(Refused, match="this file makes more than 15,000 dates"):
        extract(*many)


def test_tells_how_far_it_is():
    said = []
    extract(event(*HOUR), how=replace(HOW, say=lambda what, share: said.append((what, share))))
    assert said == [("Reading owner.ics", 0.5), ("Reading owner.ics", 1.0)]
