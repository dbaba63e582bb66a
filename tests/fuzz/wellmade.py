"""Random calendars as programs write them: nothing in them is wrong, and everything in them occurs in real exports.

Every word of an owner's in them holds the mark: where it comes up in a message, a message says too much.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.rules.making import rule

MARK = "Zqxj"
TITLES = (
    f"{MARK} rota ‡", f"Müller {MARK}", f"{MARK}: x-ray, left", f"Recall; {MARK}", f"{MARK}\n‡ two lines", f"木 {MARK}", "",
    f"{MARK} " * 20, f"=1+1 {MARK}", f"{MARK} \\ back",
)  # fmt: skip
PLACES = ("", "", f"Room {MARK}", f"{MARK} St 12, North", f"https://{MARK}.example/j/1")
WORLD = ("America/Toronto", "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata", "America/Santiago", "Etc/UTC")
WINDOWS = {"Eastern Standard Time": "America/New_York", "W. Europe Standard Time": "Europe/Berlin"}
NOISE = (
    "CLASS:PRIVATE", "DTSTAMP:20260101T000000Z", "LAST-MODIFIED:20260101T000000Z", "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
    f"DESCRIPTION:{MARK}\\n" + "Please bring the numbers\\, all of them; " * 6, f"COMMENT:DTSTART:20200101T000000Z {MARK}",
    f"ORGANIZER;CN=\"{MARK}: one\":mailto:{MARK}@example.com", f"ATTENDEE;CN={MARK};PARTSTAT=ACCEPTED:mailto:{MARK}@example.com",
    f"X-ALT-DESC;FMTTYPE=text/html:<p>{MARK}</p>",
)  # fmt: skip
ALARM = ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{MARK}", "TRIGGER:-PT15M", "END:VALARM")
OWN_ZONE = "Practice Clock"
OWN_ZONE_LINES = (
    "BEGIN:VTIMEZONE", f"TZID:{OWN_ZONE}",
    "BEGIN:DAYLIGHT", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "DTSTART:19700308T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
    "TZNAME:EDT", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "DTSTART:19701101T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    "TZNAME:EST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
# HOURLY has caps of ours; of `MO,1TU`, BYWEEKNO and BYSETPOS dateutil makes its own: tests/rules is for these.
ODD_RULE = re.compile(r"HOURLY|BYHOUR|BYMINUTE|BYSECOND|BYWEEKNO|BYSETPOS|BYDAY=[^;]*\d[A-Z]{2}")
# No offset from UTC: the library takes an added date for a moved one where the one's wall clock is the other's UTC.
APART = timedelta(days=3, hours=6, minutes=30)
CLOCKS = (*WORLD[:4], *WINDOWS, OWN_ZONE, "UTC", "floating", "day")


class Calendar:
    """One VCALENDAR in the making."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)
        self.seed = seed
        self.uids = 0
        self.wide = False

    def lines(self, events: int) -> Iterator[str]:
        """All content lines, unfolded."""
        chance = self.chance
        yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{MARK}//EN")
        if chance.random() < 0.6:
            yield f"X-WR-CALNAME:{MARK} {chance.choice(('work', 'owner@example.com', 'Klinik Süd'))}"
        self.wide = chance.random() < 0.3
        if self.wide:
            yield f"X-WR-TIMEZONE:{chance.choice(WORLD)}"
        zone_last = chance.random() < 0.2
        if not zone_last:
            yield from OWN_ZONE_LINES
        for _ in range(events):
            yield from chance.choices((self.single, self.series), (3, 2))[0]()
        if zone_last:
            yield from OWN_ZONE_LINES
        yield "END:VCALENDAR"

    def uid(self) -> str:
        """A new one."""
        self.uids += 1
        return f"{self.seed}-{self.uids}-{MARK}@example.com"

    def single(self) -> Iterator[str]:
        """An event that happens once."""
        yield from self.event(self.uid(), self.moment(), self.chance.choice(CLOCKS), ())

    def series(self) -> Iterator[str]:
        """A series with dates taken out, put in, moved and cancelled."""
        chance = self.chance
        uid, clock, start = self.uid(), chance.choice(CLOCKS), self.moment()
        if clock == "UTC" and self.wide:  # such a series follows the calendar's clock, its exceptions in UTC would not
            clock = "floating"
        step = chance.choice((1, 1, 7, 7, 14))
        count = chance.randint(2, 40)
        rules = [f"FREQ={'DAILY' if step == 1 else 'WEEKLY;INTERVAL=' + str(step // 7)};COUNT={count}"]
        if chance.random() < 0.25 and clock in WORLD:
            drawn = next(found for number in range(99) if (found := rule(f"{self.seed} {self.uids}", number)))
            if not ODD_RULE.search(drawn.text):
                start, rules = drawn.start, [drawn.text]
        elif chance.random() < 0.3:
            end = start + timedelta(days=step * (count - 1))
            until = self.written(end, clock)[1]
            if clock not in ("UTC", "floating", "day"):  # UNTIL of a zoned series is in UTC (3.3.10)
                until = f"{end.replace(tzinfo=_zone(clock)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
            rules = [rules[0].rpartition(";COUNT")[0] + f";UNTIL={until}"]
        dates = [start + timedelta(days=step * at) for at in range(count)]
        more = [f"RRULE:{text}" for text in rules]
        gone = chance.sample(dates[1:], min(len(dates) - 1, chance.choice((0, 0, 1, 3))))
        if gone and chance.random() < 0.5:
            more.append(self.line("EXDATE", clock, *gone))
        else:
            more += [self.line("EXDATE", clock, one) for one in gone]
        if chance.random() < 0.2:
            extra = [one + (timedelta(days=3) if clock == "day" else APART) for one in chance.sample(dates, min(2, len(dates)))]
            more.append(self.line("RDATE", clock, *extra))
        yield from self.event(uid, start, clock, more)
        left = [one for one in dates[1:] if one not in gone]
        for one in chance.sample(left, min(len(left), chance.choice((0, 0, 1, 2)))):
            later = chance.random() < 0.12
            moved = one + timedelta(days=chance.choice((0, 1)), minutes=0 if clock == "day" else chance.choice((0, 30, 90)))
            head = self.line("RECURRENCE-ID;RANGE=THISANDFUTURE" if later else "RECURRENCE-ID", clock, one)
            yield from self.event(uid, moved, clock, [head])
            if later:
                break

    def event(self, uid: str, start: datetime, clock: str, more: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[str]:
        """One VEVENT; its properties in any order, as programs have theirs."""
        chance = self.chance
        title, place = chance.choice(TITLES), chance.choice(PLACES)
        held = [f"UID:{uid}", self.line("DTSTART", clock, start), *self.ends(start, clock), *more]
        held += [f"SUMMARY:{_escaped(title)}"] if title else []
        held += [f"LOCATION:{_escaped(place)}"] if place else []
        held += [chance.choice(NOISE) for _ in range(chance.randrange(4))]
        held += chance.choices(
            ([], ["STATUS:CONFIRMED"], ["STATUS:CANCELLED"], ["TRANSP:TRANSPARENT"], ["TRANSP:OPAQUE"], ["SEQUENCE:2"],
             ["X-MICROSOFT-CDO-BUSYSTATUS:FREE"], ["ATTENDEE;PARTSTAT=DECLINED:mailto:owner@example.com"],
             [f"CATEGORIES:{MARK},Blue"]),
            (5, 2, 1, 1, 1, 1, 1, 1, 1),
        )[0]  # fmt: skip
        if chance.random() < 0.7:
            chance.shuffle(held)
        alarm = ALARM if chance.random() < 0.2 else ()
        yield from ("BEGIN:VEVENT", *held, *alarm, "END:VEVENT")

    def ends(self, start: datetime, clock: str) -> list[str]:
        """DTEND, DURATION, or for days neither."""
        chance = self.chance
        if clock == "day":
            days = chance.choice((0, 1, 1, 2, 5))
            return [self.line("DTEND", clock, start + timedelta(days=days))] if days else []
        if chance.random() < 0.3:
            return [f"DURATION:{chance.choice(('PT30M', 'PT1H', 'PT1H30M', 'P1D', 'PT90M', 'P1W', 'PT0S'))}"]
        return [self.line("DTEND", clock, start + timedelta(minutes=chance.choice((0, 15, 30, 45, 60, 480, 1500))))]

    def moment(self) -> datetime:
        """A time of day from 2018 to 2027, now and then on a day on which clocks change."""
        chance = self.chance
        day = datetime(2018, 1, 1) + timedelta(days=chance.randrange(3600))
        if chance.random() < 0.1:
            day = chance.choice((datetime(2026, 3, 8), datetime(2025, 11, 2), datetime(2026, 10, 25), datetime(2024, 2, 29)))
        return day + timedelta(hours=chance.choice((0, 1, 2, 7, 9, 9, 12, 17, 23)), minutes=chance.choice((0, 0, 15, 30, 59)))

    def line(self, name: str, clock: str, *at: datetime) -> str:
        """A property of times on a clock."""
        params = self.written(at[0], clock)[0]
        return f"{name}{params}:{','.join(self.written(one, clock)[1] for one in at)}"

    def written(self, at: datetime, clock: str) -> tuple[str, str]:
        """Parameters and value of a time."""
        if clock == "day":
            return ";VALUE=DATE", f"{at:%Y%m%d}"
        if clock in ("UTC", "floating"):
            return "", f"{at:%Y%m%dT%H%M%S}{'Z' if clock == 'UTC' else ''}"
        return f";TZID={clock}", f"{at:%Y%m%dT%H%M%S}"


def calendar(seed: str, events: int, fold_at: int = 75, end: str = "\r\n") -> bytes:
    """A calendar file; the same for the same seed."""
    return b"".join(fold(line, fold_at, end) for line in Calendar(seed).lines(events))


def fold(line: str, width: int, end: str) -> bytes:
    """A content line folded at so many octets, be it within a character (RFC 5545 3.1), with its line end."""
    raw = line.encode()
    parts = [raw[:width], *(raw[at : at + width - 1] for at in range(width, len(raw), width - 1))]
    return (end.encode() + b" ").join(parts) + end.encode()


def _zone(clock: str) -> ZoneInfo:
    return ZoneInfo(WINDOWS.get(clock, "America/Toronto" if clock == OWN_ZONE else clock))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
