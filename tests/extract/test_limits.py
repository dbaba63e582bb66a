"""Each limit with its sentence: what is too large, too many, too long or of another time is said, never followed."""

import io
import time
import zipfile

import pytest

from etl.extract import read
from etl.extract.archive import MOST_BYTES
from etl.given import LARGEST_FILE
from etl.model import Refused
from tests.extract.written_ics import HOW, calendar, dated, event, extract, texts
from tests.making import at_desk

HOUR = ("DTSTART:20260105T090000Z", "DTEND:20260105T100000Z")
GOOD = event(*HOUR, uid="good")


def refusal(data: bytes, name: str = "owner.ics") -> str:
    with pytest.raises(Refused) as refused:
        read(data, name, HOW)
    return str(refused.value)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def test_a_file_of_more_than_100_megabytes():
    data = calendar(GOOD, "X-LONG:" + "x" * LARGEST_FILE)
    assert refusal(data) == "owner.ics: the file is larger than 100 MB. Export a shorter time."


def test_an_archive_that_unpacks_to_more_than_300_megabytes():
    blank = bytes(MOST_BYTES // 6 + 1)
    data = zipped(*((f"{n}.bin", blank) for n in range(6)))
    assert refusal(data, "owner.zip").startswith("owner.zip: the zip unpacks to more than 300 MB.")


def test_an_archive_of_more_than_200_files():
    data = zipped(*((f"{n}.ics", calendar(GOOD)) for n in range(201)))
    assert refusal(data, "owner.zip").startswith("owner.zip: the zip holds more than 200 files.")


def test_a_text_that_is_too_long_is_cut():
    found = extract(event(*HOUR, "SUMMARY:" + "x" * 300_000))
    assert [len(one.title) for one in dated(found)] == [2_000]
    assert texts(found) == ["3: a text of more than 2,000 characters is cut"]


def test_a_line_that_is_too_long_costs_itself():
    found = extract(GOOD, event(*HOUR, "LOCATION;X=" + "y" * 100_000 + ":North", uid="two"))
    assert [one.place for one in dated(found)] == ["", ""]
    assert len(found.notes) == 1


def test_more_dates_than_a_file_may_make():
    data = calendar(*(event("DTSTART:19900101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid=f"{n}") for n in range(31)))
    assert refusal(data).startswith("owner.ics: this file makes more than 300,000 dates")


def test_a_series_of_more_than_10_000_dates():
    found = extract(event("DTSTART:19950101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
    assert len(dated(found)) == 10_000
    assert [text.partition(": ")[2] for text in texts(found)] == [
        "a repeating event has more than 10,000 dates; the first are taken"
    ]


def test_a_list_of_more_than_10_000_dates():
    many = ",".join(f"2026{1 + n // 28 % 12:02}{1 + n % 28:02}T{n // 336 % 24:02}{n // 8064:02}00Z" for n in range(10_002))
    found = extract(event(*HOUR, f"RDATE:{many}"), GOOD)
    assert 10_000 <= len(dated(found)) <= 10_002
    assert any("more than 10,000 dates; the first are taken" in text for text in texts(found))


def test_a_list_of_more_than_10_000_exceptions():
    many = ",".join(f"2020{1 + n // 28 % 12:02}{1 + n % 28:02}T{n // 336 % 24:02}{n // 8064:02}00Z" for n in range(10_002))
    found = extract(event(*HOUR, "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{many}"), GOOD)
    assert len(dated(found)) == 4
    assert [text.partition(": ")[2] for text in texts(found)] == [
        "an event names more than 10,000 exceptions; the first are taken"
    ]


def test_more_exceptions_than_a_file_may_name():
    many = ",".join(["20200101T090000Z"] * 10_000)
    data = calendar(*(event(*HOUR, "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{many}", uid=f"{n}") for n in range(31)))
    assert refusal(data).startswith("owner.ics: this file names more than 300,000 dates or exceptions")


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=30", "FREQ=SECONDLY;COUNT=1000000000"])
def test_what_comes_more_often_than_hourly(rule):
    found = extract(event(*HOUR, f"RRULE:{rule}"), GOOD)
    assert len(dated(found)) == 2
    assert texts(found) == ["7: the repetition of an event comes more often than hourly; only its first date is taken"]


def test_hourly_is_often_enough():
    found = extract(event(*HOUR, "RRULE:FREQ=HOURLY;COUNT=30"))
    assert (len(dated(found)), texts(found)) == (30, [])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("19891231T220000Z", "19891231T230000Z"),
        ("21010101T090000Z", "21010101T100000Z"),
        ("00010101T000000Z", "00010101T010000Z"),
        ("99991231T230000Z", "99991231T235959Z"),
    ],
)
def test_years_that_do_not_count(start, end):
    found = extract(event(f"DTSTART:{start}", f"DTEND:{end}"), GOOD)
    assert [one.uid for one in dated(found)] == ["good"]
    assert len(found.notes) == 1
    assert found.notes[0].line == 3
    assert "outside the years 1990 to 2100" in found.notes[0].text


@pytest.mark.parametrize(("start", "end"), [("19900101T000000Z", "19900101T010000Z"), ("21001231T220000Z", "21001231T230000Z")])
def test_the_first_and_the_last_year_count(start, end):
    found = extract(event(f"DTSTART:{start}", f"DTEND:{end}"))
    assert (len(dated(found)), texts(found)) == (1, [])


def test_an_occurrence_of_more_than_31_days(tmp_path):
    long = event("DTSTART:20260105T090000Z", "DTEND:20260205T090100Z", "SUMMARY:Payroll", uid="long")
    found = extract(long, GOOD)
    assert [note.line for note in found.notes] == [3]
    assert "31 days" in found.notes[0].text
    desk = at_desk(tmp_path / "desk")
    desk.take(("owner.ics", calendar(long, GOOD)))
    assert sum(desk.hours().values()) == 1


def test_an_occurrence_of_31_days():
    found = extract(event("DTSTART:20260105T090000Z", "DTEND:20260205T090000Z"))
    assert (len(dated(found)), texts(found)) == (1, [])


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
        lambda data: bytes(len(data) // 2) + data[len(data) // 2 :],
        lambda data: data.replace(b"END:VEVENT", b"END:VTODO", 1),
        lambda data: data.replace(b"END:VEVENT\r\n", b"", 1),
        lambda data: data.replace(b"END:VCALENDAR", b""),
    ],
    ids=["cut in the middle", "its second half never came", "its first half is zero", "ends wrongly", "no end", "no end of all"],
)
def test_a_damaged_file_is_refused_whole(damage):
    data = calendar(*(event(*HOUR, uid=f"{n}") for n in range(100)))
    assert len(dated(read(data, "owner.ics", HOW))) == 100
    assert refusal(damage(data)).startswith("owner.ics")


@pytest.mark.parametrize(
    "bad",
    [
        "DTSTART:20260230T090000Z",
        "DTSTART:tomorrow",
        "SUMMARY:no start",
        "DTSTART:20260105T090000Z\r\nDTEND:later",
        "DTSTART:20260105T090000Z\r\nDURATION:long",
    ],
)
def test_a_bad_event_costs_that_event(bad):
    found = extract(event(bad, uid="bad"), GOOD)
    assert [one.uid for one in dated(found)] == ["good"]
    assert len(found.notes) == 1
    assert found.notes[0].line in (3, 5, 6)


def repeated(times: int, *lines: str) -> str:
    return event(*HOUR, *(line for _ in range(times) for line in lines))


@pytest.mark.parametrize(
    "data",
    [
        calendar(
            *(
                event(
                    "DTSTART:19000101T000000Z",
                    f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};UNTIL=19891231T000000Z",
                    uid=f"{n}",
                )
                for n in range(20)
            )
        ),
        calendar(repeated(20_000, "CATEGORIES:a\\,b")),
        calendar("VERSION:1.0", event(*HOUR, "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:" + "=\r\n".join(["A" * 70] * 10_000))),
        calendar(event("DTSTART;X=" + "y" * 1_000_000 + ":20260105T090000Z", "DURATION:PT1H")),
        calendar(event(*HOUR, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;X=" + "y" * 50_000 + ":" + ",".join(["1"] * 5_000))),
        calendar("X-WR-CALNAME:" + "a" * 100_000 + " @", GOOD),
    ],
    ids=["rules before anything counts", "categories", "quoted lines", "a parameter", "exceptions", "a name"],
)
def test_hostile_files_cost_what_their_size_costs(data, tmp_path):
    begun = time.process_time()
    at_desk(tmp_path / "desk").load(("owner.ics", data))
    assert time.process_time() - begun < 5  # each took minutes, or all memory, before it was bounded


def test_more_calendars_than_anybody_has():
    data = b"".join(calendar(f"X-WR-CALNAME:{n}", event(*HOUR, uid=f"{n}")) for n in range(201))
    assert refusal(data).startswith("owner.ics: this file holds more than 200 calendars.")


def test_what_is_nothing_of_ours_in_an_archive_is_left_out():
    found = read(
        zipped(("a.ics", calendar(GOOD)), ("contacts.csv", b"Name,Phone\nA,1\n"), ("note.txt", b"hello")), "owner.zip", HOW
    )
    assert [one.uid for one in dated(found)] == ["good"]
    assert len(found.notes) == 2


def test_events_that_stand_twice_are_no_series():
    many = [event(*HOUR, uid=f"{n}") for n in range(21_000)]
    assert len(dated(extract(*many, *many))) == 21_000
