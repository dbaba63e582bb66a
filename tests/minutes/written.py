"""A practice as plain records, and the files its owner would export: written as text by hand, with no calendar library.

Wall-clock times are naive datetimes; the zone beside them says where the clock hangs.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

OWNER = "owner@example.com"
PRACTICE_WIDE = "Practice-wide"


def instant(wall: datetime, zone: str) -> int:
    """Seconds since 1970 of a wall clock's time.

    RFC 5545 3.3.5: a time that comes twice means the first of the two; one that the clock leaps over is read with
    the offset from before the leap. Both are what `fold=0` means in Python.
    """
    return int(wall.replace(tzinfo=ZoneInfo(zone), fold=0).timestamp())


@dataclass(frozen=True)
class Event:
    """One timed event. `zone` is "UTC", an IANA name, or "" for floating (the practice's own clock).

    `end` is a wall-clock time in the same zone, an exact number of seconds, or None for an event without a length.
    `status` is "", "tentative", "cancelled", "free", "declined" (by the owner) or "refused" (by somebody else, who
    is of no interest).
    """

    uid: str
    zone: str
    start: datetime
    end: datetime | int | None
    title: str
    place: str = ""
    category: str = ""
    status: str = ""
    repeat: "Repeat | None" = None


@dataclass(frozen=True)
class Repeat:
    """Every `interval` days, or every `interval` weeks on `weekdays` (0 is Monday), up to `count` or through `until`.

    `skipped` are the starts taken out (EXDATE); `moved` are the starts that have an event of their own instead.
    """

    weekdays: tuple[int, ...] = ()
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    skipped: tuple[datetime, ...] = ()
    moved: tuple[tuple[datetime, Event], ...] = ()


@dataclass(frozen=True)
class AllDay:
    """An event without a time of day, over `days` whole days."""

    uid: str
    first: date
    days: int
    title: str
    place: str = ""
    free: bool = False


@dataclass(frozen=True)
class Calendar:
    """One exported calendar. `role` and `location` are what practice.toml says of all of it, "" for nothing."""

    name: str
    events: tuple[Event | AllDay, ...]
    role: str = ""
    location: str = ""


@dataclass(frozen=True)
class Rule:
    """Whatever has `word` in its `where` (title, category or calendar) has this role and activity, maybe a location."""

    where: str
    word: str
    role: str
    activity: str
    location: str = ""


@dataclass(frozen=True)
class Pull:
    """One line of the interruption log; `start` on the practice's clock, `role` "" for none written."""

    start: datetime
    seconds: int
    about: str
    topic: str
    role: str = ""
    asked_by: str = ""
    team_could: str = ""


@dataclass(frozen=True)
class Practice:
    """A practice, its calendars and logs. `grid` is the number of seconds that every time is a multiple of.

    `together` says that the first two calendars are exported into one file.
    """

    zone: str
    calendars: tuple[Calendar, ...]
    locations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    logs: tuple[tuple[Pull, ...], ...] = ()
    grid: int = 60
    together: bool = False


def write(practice: Practice, folder: Path) -> list[Path]:
    """Write practice.toml and every export into the folder; the exports, in the order of the practice."""
    (folder / "practice.toml").write_text(settings(practice), "utf-8")
    written = []
    for number, calendar in enumerate(practice.calendars):
        text = calendar_text(calendar)
        if practice.together and number == 1:
            written[0].write_bytes(written[0].read_bytes() + text.encode())
            continue
        written.append(folder / f"calendar-{number}.ics")
        written[-1].write_bytes(text.encode())
    for number, pulls in enumerate(practice.logs):
        written.append(folder / f"log-{number}.csv")
        written[-1].write_text(log_text(pulls), "utf-8")
    return written


def settings(practice: Practice) -> str:
    """practice.toml."""
    lines = ["[practice]", 'name = "Minutes"', f'time_zone = "{practice.zone}"', f'owner_emails = ["{OWNER}"]']
    for name, aliases in practice.locations.items():
        lines += ["[[location]]", f'name = "{name}"', f"aliases = {list(aliases)!r}"]
    for calendar in practice.calendars:
        if calendar.role or calendar.location:
            lines += ["[[calendar]]", f'name = "{calendar.name}"']
            lines += [f'role = "{calendar.role}"'] if calendar.role else []
            lines += [f'location = "{calendar.location}"'] if calendar.location else []
    for rule in practice.rules:
        lines += ["[[rule]]", f'role = "{rule.role}"', f'activity = "{rule.activity}"', f'{rule.where} = "{rule.word}"']
        lines += [f'location = "{rule.location}"'] if rule.location else []
    return "\n".join(lines) + "\n"


def log_text(pulls: tuple[Pull, ...]) -> str:
    """An interruption log, with a role column only where one of its lines has a role."""
    with_role = any(pull.role for pull in pulls)
    lines = ["Started_At,minutes,about_location,asked_by,topic,team_could,answered_at,via,note" + ",role" * with_role]
    for pull in pulls:
        start = pull.start.strftime("%Y-%m-%d %H:%M:%S" if pull.start.second else "%Y-%m-%d %H:%M")
        line = f'{start},{pull.seconds / 60:g},"{pull.about}",{pull.asked_by},{pull.topic},{pull.team_could},,,'
        lines.append(line + f",{pull.role}" * with_role)
    return "\n".join(lines) + "\n"


def calendar_text(calendar: Calendar) -> str:
    """An .ics file: RFC 5545, lines folded at 75, CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Minutes//EN", f"X-WR-CALNAME:{escaped(calendar.name)}"]
    for event in calendar.events:
        if isinstance(event, AllDay):
            lines += all_day_lines(event)
            continue
        lines += event_lines(event, rule_lines(event))
        if event.repeat:
            for original, moved in event.repeat.moved:
                lines += event_lines(moved, [at("RECURRENCE-ID", original, event.zone)])
    return "".join(folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def event_lines(event: Event, more: list[str]) -> list[str]:
    """A VEVENT, with more lines inside."""
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", "DTSTAMP:20250101T000000Z", at("DTSTART", event.start, event.zone)]
    if isinstance(event.end, datetime):
        lines.append(at("DTEND", event.end, event.zone))
    elif event.end is not None:
        lines.append(f"DURATION:{length(event.end)}")
    lines += [*more, f"SUMMARY:{escaped(event.title)}"]
    lines += [f"LOCATION:{escaped(event.place)}"] if event.place else []
    lines += [f"CATEGORIES:Velmoor,{escaped(event.category)}"] if event.category else []
    lines += {
        "tentative": ["STATUS:TENTATIVE"],
        "cancelled": ["STATUS:CANCELLED"],
        "free": ["TRANSP:TRANSPARENT"],
        "declined": [f"ATTENDEE;CN=The Owner;PARTSTAT=DECLINED:MAILTO:{OWNER.title()}"],
        "refused": [
            f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{OWNER}",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.com",
        ],
    }.get(event.status, [])
    return [*lines, "END:VEVENT"]


def all_day_lines(event: AllDay) -> list[str]:
    """A VEVENT of whole days; one of a single day needs no end."""
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"]
    if event.days > 1:
        lines.append(f"DTEND;VALUE=DATE:{event.first + timedelta(event.days):%Y%m%d}")
    lines.append(f"SUMMARY:{escaped(event.title)}")
    lines += [f"LOCATION:{escaped(event.place)}"] if event.place else []
    lines += ["TRANSP:TRANSPARENT"] if event.free else []
    return [*lines, "END:VEVENT"]


def rule_lines(event: Event) -> list[str]:
    """RRULE and EXDATE of a recurring event."""
    repeat = event.repeat
    if repeat is None:
        return []
    rule = f"RRULE:FREQ={'WEEKLY' if repeat.weekdays else 'DAILY'};INTERVAL={repeat.interval}"
    if repeat.weekdays:
        rule += ";BYDAY=" + ",".join(("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day] for day in repeat.weekdays)
    if repeat.count:
        rule += f";COUNT={repeat.count}"
    elif repeat.until:
        rule += f";UNTIL={repeat.until:%Y%m%dT%H%M%S}" if not event.zone else f";UNTIL={utc(repeat.until, event.zone)}"
    return [rule, *(at("EXDATE", start, event.zone) for start in repeat.skipped)]


def at(name: str, wall: datetime, zone: str) -> str:
    """A property that holds a time: in UTC, with its zone, or floating."""
    if zone == "UTC":
        return f"{name}:{wall:%Y%m%dT%H%M%S}Z"
    return f"{name};TZID={zone}:{wall:%Y%m%dT%H%M%S}" if zone else f"{name}:{wall:%Y%m%dT%H%M%S}"


def utc(wall: datetime, zone: str) -> str:
    """The same time, in UTC as RFC 5545 writes it."""
    return f"{datetime.fromtimestamp(instant(wall, zone), UTC):%Y%m%dT%H%M%SZ}"


def length(seconds: int) -> str:
    """An exact length: RFC 5545 3.3.6, hours and smaller only, since a 'day' there is a day of the calendar."""
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes or (hours and seconds))
    return "PT" + (parts + f"{seconds}S" * bool(seconds) or "0S")


def escaped(text: str) -> str:
    """RFC 5545 3.3.11."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """RFC 5545 3.1; the text here is ASCII, so a character is an octet."""
    return line if len(line) <= 75 else line[:75] + "\r\n " + folded(line[75:])
