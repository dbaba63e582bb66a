"""The sample practice: real exports that end on the day, hold what real calendars hold, and tell their story."""

import csv
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from data.sample.generate import fold, write

LAST = date(2026, 11, 20)  # a Friday; the clocks went back on 1 November
ZONE = ZoneInfo("America/Toronto")
NAMES = ["practice.toml", "owner.ics", "clinic-schedule-north.ics", "interruptions.csv"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sample")
    assert write(place, LAST) == [place / name for name in NAMES]
    return place


@pytest.fixture(scope="module")
def owner(folder: Path) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical((folder / "owner.ics").read_bytes())


@pytest.fixture(scope="module")
def pulls(folder: Path) -> list[dict[str, str]]:
    with (folder / "interruptions.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def days_of(path: Path) -> list[date]:
    """The days on which something of a calendar starts, all-day events too."""
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(path.read_bytes())).between("20200101", "20300101")
    starts = [event.start for event in events]
    return sorted(start.astimezone(ZONE).date() if isinstance(start, datetime) else start for start in starts)


def week_of(moment: str) -> int:
    return (date.fromisoformat(moment[:10]) - date(2026, 5, 18)).days // 7


def test_the_same_day_gives_the_same_bytes_in_another_process_too(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "data/sample/generate.py", "--last", LAST.isoformat(), "--out", str(tmp_path / "new")]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60).stdout
    assert said.splitlines() == [str(tmp_path / "new" / name) for name in NAMES]
    for name in NAMES:
        assert (tmp_path / "new" / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize("weekday", range(7))
def test_it_ends_on_its_day_and_reaches_26_weeks_back(weekday: int, tmp_path: Path) -> None:
    last = date(2027, 3, 1) + timedelta(days=weekday)  # a Monday, and the days after it
    _, calendar, _, log = write(tmp_path, last)
    days = days_of(calendar)
    assert days[-1] == last
    assert timedelta(weeks=26) <= last + timedelta(days=1) - days[0] < timedelta(weeks=27)
    assert days[0].weekday() == 0
    logged = max(date.fromisoformat(line[:10]) for line in log.read_text("utf-8").splitlines()[1:])
    assert last - timedelta(days=5) <= logged <= last


def test_the_practice_file_names_four_locations_and_the_clinic_schedule(folder: Path) -> None:
    practice = tomllib.loads((folder / "practice.toml").read_text("utf-8"))
    assert practice["practice"]["name"] == "Maple Veterinary Group"
    assert practice["practice"]["time_zone"] == ZONE.key
    assert practice["targets"] == {"leadership": 8}
    assert [place["name"] for place in practice["location"]] == ["North", "Riverside", "Eastgate", "Harbour"]
    assert practice["calendar"] == [{"name": "Clinic schedule North", "role": "clinical", "location": "North"}]


@pytest.mark.parametrize("name", NAMES[1:3])
def test_lines_are_folded_by_octets_and_end_in_crlf(folder: Path, name: str) -> None:
    raw = (folder / name).read_bytes()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_a_fold_cuts_no_character_in_two() -> None:
    line = "é" * 100
    parts = fold(line).encode().split(b"\r\n ")
    assert [len(part) for part in parts] == [74, 74, 52]
    assert b"".join(parts).decode() == line


def test_it_is_written_as_google_writes(folder: Path, owner: icalendar.Calendar) -> None:
    assert (owner["X-WR-CALNAME"], owner["X-WR-TIMEZONE"]) == ("Owner", ZONE.key)
    raw = (folder / "owner.ics").read_text("utf-8")
    assert raw.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART;TZID=America/Toronto:20260518T073000" in raw
    assert "UNTIL=20261121T045959Z" in raw
    assert any(line.startswith("DTSTART:") and line.endswith("Z") for line in raw.splitlines())
    assert "LOCATION:3 Tannery Lane\\, Eastgate" in raw
    assert "LOCATION:Maple vets\\; 12 Mill Road" in raw
    assert any("à la carte" in event.get("DESCRIPTION", "") for event in owner.walk("VEVENT"))


def test_it_holds_what_real_calendars_hold(owner: icalendar.Calendar) -> None:
    events = owner.walk("VEVENT")
    assert sum("RRULE" in event and "EXDATE" in event for event in events) >= 10
    assert sum("RECURRENCE-ID" in event and event["STATUS"] == "CONFIRMED" for event in events) >= 3
    assert sum("RECURRENCE-ID" in event and event["STATUS"] == "CANCELLED" for event in events) == 1
    assert sum("RECURRENCE-ID" not in event and event["STATUS"] == "CANCELLED" for event in events) == 1
    assert sum("PARTSTAT=DECLINED" in event.to_ical().decode().replace("\r\n ", "") for event in events) == 2
    timed = [event for event in events if isinstance(event.start, datetime)]
    assert [str(event["SUMMARY"]) for event in timed if event["TRANSP"] == "TRANSPARENT"] == ["Trade fair, perhaps"]
    all_day = {str(event["SUMMARY"]) for event in events if not isinstance(event.start, datetime)}
    assert all_day == {"At Riverside", "At Eastgate", "At Harbour", "Away"}


def test_a_staff_meeting_lies_inside_a_clinic_block_and_much_is_booked_twice(folder: Path) -> None:
    spans = [
        (event.start, event.end, str(event["SUMMARY"]))
        for name in NAMES[1:3]
        for event in recurring_ical_events.of(icalendar.Calendar.from_ical((folder / name).read_bytes())).all()
        if isinstance(event.start, datetime)
    ]
    thursday = datetime(2026, 5, 21, tzinfo=ZONE)
    assert (thursday.replace(hour=12), thursday.replace(hour=13), "Staff meeting") in spans
    assert (thursday.replace(hour=8, minute=30), thursday.replace(hour=13), "Surgery list") in spans
    inside = [a for a in spans for b in spans if b[0] <= a[0] and a[1] <= b[1] and a[2] != b[2]]
    assert len(inside) > 40


def test_one_invitation_lies_on_both_calendars(folder: Path, owner: icalendar.Calendar) -> None:
    clinic = icalendar.Calendar.from_ical((folder / "clinic-schedule-north.ics").read_bytes())
    both = {str(event["UID"]) for event in owner.walk("VEVENT")} & {str(event["UID"]) for event in clinic.walk("VEVENT")}
    assert len(both) == 1
    assert all(str(event["UID"]).endswith("@example.com") for event in owner.walk("VEVENT"))


@pytest.mark.parametrize(
    ("last", "hours_on_the_clock"),
    [(LAST, 3), (date(2027, 6, 1), 5), (date(2026, 10, 1), 4)],
    ids=["clocks back", "clocks forward", "no change"],
)
def test_a_night_goes_across_the_clock_change_where_there_is_one(last: date, hours_on_the_clock: int, tmp_path: Path) -> None:
    calendar = icalendar.Calendar.from_ical(write(tmp_path, last)[1].read_bytes())
    (night,) = [event for event in calendar.walk("VEVENT") if event["SUMMARY"] == "Emergency surgery"]
    start, end = (moment.astimezone(ZONE).replace(tzinfo=None) for moment in (night.start, night.end))
    assert night.end.astimezone(UTC) - night.start.astimezone(UTC) == timedelta(hours=4)
    assert end - start == timedelta(hours=hours_on_the_clock)
    assert end.date() > start.date()


def test_the_log_has_the_columns_of_the_contract_and_roles_for_names(pulls: list[dict[str, str]]) -> None:
    columns = ["started_at", "minutes", "about_location", "asked_by", "topic", "team_could", "answered_at", "via", "note"]
    assert list(pulls[0]) == columns
    assert {pull["asked_by"] for pull in pulls} == {"front desk", "head nurse", "practice manager", "associate vet"}
    assert {pull["team_could"] for pull in pulls} == {"yes", "no", ""}
    assert {pull["about_location"] for pull in pulls} == {"North", "Riverside", "Eastgate", "Harbour", ""}
    assert [pull["started_at"] for pull in pulls] == sorted(pull["started_at"] for pull in pulls)
    assert all(pull["answered_at"] == "" or pull["answered_at"] > pull["started_at"] for pull in pulls)
    assert sum(pull["answered_at"] != "" for pull in pulls) > 50


def test_most_working_days_are_logged_with_eleven_to_twenty_pulls_a_week(pulls: list[dict[str, str]]) -> None:
    weeks = [sum(week_of(pull["started_at"]) == week for pull in pulls) for week in range(26)]
    assert min(weeks) >= 11
    assert max(weeks) <= 20
    assert 0.8 < len({pull["started_at"][:10] for pull in pulls}) / (27 * 5 - 2) < 0.9


def test_riverside_asks_most_and_most_often_while_the_owner_is_at_north(pulls: list[dict[str, str]]) -> None:
    about = [pull["about_location"] for pull in pulls]
    assert all(about.count("Riverside") > 1.5 * about.count(other) for other in ("North", "Eastgate", "Harbour"))
    days = [date.fromisoformat(p["started_at"][:10]).weekday() for p in pulls if p["about_location"] == "Riverside"]
    assert days.count(0) + days.count(3) > len(days) / 2  # Monday and Thursday: with patients at North


@pytest.mark.parametrize(
    ("topic", "before", "three_weeks", "since"),
    [("rota and cover", 52, 5, 10), ("supplier order", 65, 2, 60)],
    ids=["stays handed over", "bounces back"],
)
def test_one_hand_off_works_and_one_comes_back(
    pulls: list[dict[str, str]], topic: str, before: int, three_weeks: int, since: int
) -> None:
    weeks = [week_of(pull["started_at"]) for pull in pulls if pull["topic"] == topic]
    assert sum(week < 13 for week in weeks) == before
    assert sum(13 <= week < 16 for week in weeks) == three_weeks
    assert sum(16 <= week < 26 for week in weeks) == since
