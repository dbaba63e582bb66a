"""Write the invented practice as real exports: two calendars, an interruption log and a practice file.

    python data/sample/generate.py --last 2026-11-20 --out DIR

The story is in story.toml. The same last day always gives the same bytes: chance is seeded, nothing else varies.
"""

import argparse
import csv
import io
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
STORY: dict[str, Any] = tomllib.loads((HERE / "story.toml").read_text("utf-8"))
WEEKS = range(27)  # 26 whole weeks and the running one
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AWAY = [tuple(day) for day in STORY["away"]]
ZONE = ZoneInfo("America/Toronto")
LOG_HEADER = "started_at,minutes,about_location,asked_by,topic,team_could,answered_at,via,note"
GUEST = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={};CN={};X-NUM-GUESTS=0:mailto:{}@example.com"
AGENDA = "Bring the numbers, open points;\nand what nobody could decide – à la carte.\nJoin by phone, PIN 1234"


@dataclass(frozen=True, slots=True)
class Series:
    """A weekly event, as story.toml describes it."""

    days: str
    start: str
    minutes: int
    title: str
    place: str = ""
    weeks: Sequence[int] = (0, 27)
    calendars: Sequence[str] = ("owner",)
    skip: Sequence[int] = ()
    moved: Sequence[tuple[int, int, str]] = ()
    called_off: Sequence[int] = ()
    invited: bool = False


def fold(line: str) -> str:
    """Lines of at most 75 octets, no character cut in two (RFC 5545 3.1)."""
    parts, width = [""], 0
    for char in line:
        octets = len(char.encode())
        if width + octets > 75:
            parts.append("")
            width = 1
        parts[-1] += char
        width += octets
    return "\r\n ".join(parts)


def escape(text: str) -> str:
    """Text as the value of a property (RFC 5545 3.3.11)."""
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(char, escaped)
    return text


def utc(wall: datetime, minutes: int = 0) -> str:
    """A wall-clock time and the elapsed minutes after it, as the instant they are."""
    return (wall.replace(tzinfo=ZONE).astimezone(UTC) + timedelta(minutes=minutes)).strftime("%Y%m%dT%H%M%SZ")


def calendar(name: str, events: Sequence[str]) -> bytes:
    """A whole file as Google writes it."""
    zone = [f"TZID:{ZONE.key}", f"X-LIC-LOCATION:{ZONE.key}"]
    for part, before, after, start, rule in (
        ("DAYLIGHT", "-0500", "-0400", "19700308T020000", "BYMONTH=3;BYDAY=2SU"),
        ("STANDARD", "-0400", "-0500", "19701101T020000", "BYMONTH=11;BYDAY=1SU"),
    ):
        zone += [f"BEGIN:{part}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", f"TZNAME:E{part[0]}T"]
        zone += [f"DTSTART:{start}", f"RRULE:FREQ=YEARLY;{rule}", f"END:{part}"]
    head = ["BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0", "CALSCALE:GREGORIAN"]
    head += ["METHOD:PUBLISH", f"X-WR-CALNAME:{name}", f"X-WR-TIMEZONE:{ZONE.key}"]
    lines = [*head, "BEGIN:VTIMEZONE", *zone, "END:VTIMEZONE", *events, "END:VCALENDAR"]
    return "".join(fold(line) + "\r\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class Sample:
    """Weeks and days count from the first Monday; nothing is later than `last`."""

    first: date
    last: date

    def day(self, week: int, day: int) -> date:
        return self.first + timedelta(weeks=week, days=day)

    def wall(self, week: int, day: int, start: str) -> datetime:
        return datetime.combine(self.day(week, day), time.fromisoformat(start))

    def event(self, uid: str, when: Sequence[str], title: str, place: str = "", *more: str, status: str = "CONFIRMED",
              transp: str = "OPAQUE") -> list[str]:  # fmt: skip
        """One event; `when` are its lines of time."""
        stamp = f"{self.last:%Y%m%d}T100000Z"
        head = ["BEGIN:VEVENT", *when, f"DTSTAMP:{stamp}", f"UID:{uid}@example.com", *more, f"LAST-MODIFIED:{stamp}"]
        tail = [f"LOCATION:{escape(place)}", "SEQUENCE:0", f"STATUS:{status}", f"SUMMARY:{escape(title)}"]
        return [*head, *tail, f"TRANSP:{transp}", "END:VEVENT"]

    def single(self, uid: str, start: datetime, minutes: int, title: str, place: str = "", *more: str,
               **marks: str) -> list[str]:  # fmt: skip
        """A single event, its times in UTC; nothing after the last day."""
        if start.date() > self.last:
            return []
        return self.event(uid, [f"DTSTART:{utc(start)}", f"DTEND:{utc(start, minutes)}"], title, place, *more, **marks)

    def series(self, uid: str, s: Series) -> Iterator[str]:
        """A recurring event, in wall-clock time with its zone; and what was taken out, moved or called off."""
        days, weeks = [DAYS.index(day) for day in s.days.split(",")], range(*s.weeks)
        length = timedelta(minutes=s.minutes) if s.minutes else timedelta(days=1)
        form = f";TZID={ZONE.key}:%Y%m%dT%H%M%S" if s.minutes else ";VALUE=DATE:%Y%m%d"
        until = min(self.last, self.day(weeks.stop, -1))
        ends = utc(datetime.combine(until, time(23, 59, 59))) if s.minutes else f"{until:%Y%m%d}"
        every = f";INTERVAL={weeks.step}" if weeks.step > 1 else ""
        place = STORY["places"].get(s.place, "")
        more = ["ORGANIZER;CN=Owner:mailto:owner@example.com", GUEST.format("ACCEPTED", "Owner", "owner"),
                GUEST.format("ACCEPTED", "Head nurse", "head.nurse"), f"DESCRIPTION:{escape(AGENDA)}"]  # fmt: skip
        more = more if s.invited else []

        def span(start: datetime) -> list[str]:
            return ["DTSTART" + start.strftime(form), "DTEND" + (start + length).strftime(form)]

        rule = f"RRULE:FREQ=WEEKLY;WKST=MO;UNTIL={ends}{every};BYDAY={s.days}"
        gaps = [(w, d) for w in weeks for d in days if ((w, d) in AWAY or w in s.skip) and self.day(w, d) <= until]
        out = ["EXDATE" + self.wall(w, d, s.start).strftime(form) for w, d in gaps]
        when = [*span(self.wall(weeks.start, days[0], s.start)), rule, *out]
        # Google marks an all-day event as free unless told otherwise
        yield from self.event(uid, when, s.title, place, *more, transp="OPAQUE" if s.minutes else "TRANSPARENT")
        for week, later, start in s.moved:
            this = "RECURRENCE-ID" + self.wall(week, days[0], s.start).strftime(form)
            yield from self.event(uid, [*span(self.wall(week, days[0] + later, start)), this], s.title, place, *more)
        for week in s.called_off:
            original = self.wall(week, days[0], s.start)
            when = [*span(original), "RECURRENCE-ID" + original.strftime(form)]
            yield from self.event(uid, when, s.title, place, status="CANCELLED")

    def oddities(self) -> Iterator[str]:
        """What stands in a calendar and is no hour of work; and a night with a patient."""
        for week in (4, 17):
            no = GUEST.format("DECLINED", "Owner", "owner")
            yield from self.single(f"declined-{week}", self.wall(week, 3, "10:00"), 90, "Supplier webinar", "", no)
        walk, fair = self.wall(12, 3, "19:30"), self.wall(8, 2, "09:00")
        yield from self.single("cancelled", walk, 60, "Landlord", STORY["places"]["Harbour"], status="CANCELLED")
        yield from self.single("free", fair, 480, "Trade fair, perhaps", transp="TRANSPARENT")
        for week, day in AWAY:
            start, end = self.day(week, day), self.day(week, day + 1)
            when = [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]
            yield from self.event(f"away-{week}-{day}", when, "Away", transp="TRANSPARENT")
        nights = [self.wall(week, 5, "23:00") for week in range(25)]
        changes = [night for night in nights if utc(night, 600) != utc(night + timedelta(hours=10))]
        yield from self.single("night", (changes or nights[9:])[0], 240, "Emergency surgery", STORY["places"]["North"])

    def singles(self, chance: random.Random) -> Iterator[str]:
        """What came up, week by week."""
        pool = STORY["single"]
        for week in WEEKS:
            kinds = (("waiting", 3), ("managing", 4), ("leading", week % 2))
            titles = [(kind, title) for kind, count in kinds for title in chance.sample(pool[kind], count)]
            for (kind, title), (day, start) in zip(titles, chance.sample(pool["slots"], len(titles)), strict=True):
                minutes = 75 if kind == "leading" else chance.choice((30, 45, 45, 60))
                place = chance.choice(("", "", STORY["places"][STORY["at"][day]]))
                if (week, day) not in AWAY:
                    uid = f"single-{week}-{day}-{start.replace(':', '')}"
                    yield from self.single(uid, self.wall(week, day, start), minutes, title, place)

    def log(self, chance: random.Random) -> list[tuple[str, ...]]:
        """The pulls, in order of time; six of seven working days were logged."""
        rows = []
        for week in WEEKS:
            days = [day for day in range(5) if (week, day) not in AWAY and chance.random() < 0.87] or [1]
            topics: list[str] = []
            for topic in ("rota and cover", "supplier order"):
                before, then, since = STORY["pulls"][topic]
                after = week - STORY["hand_off"]
                topics += [topic] * (before if after < 0 else then[after] if after < len(then) else since)
            weights = [topic["weight"] for topic in STORY["topics"].values()]
            topics += chance.choices(list(STORY["topics"]), weights, k=chance.randint(*STORY["pulls"]["others"]))
            rows += [self.pull(chance, week, days, topic) for topic in topics]
        return sorted(row for row in rows if row[0][:10] <= self.last.isoformat())

    def pull(self, chance: random.Random, week: int, days: Sequence[int], name: str) -> tuple[str, ...]:
        """One row of the log: mostly from where the owner is not, and most of all while at North."""
        topic, at = STORY["topics"][name], STORY["at"]
        about = chance.choices(list(STORY["pulls"]["about"]), list(STORY["pulls"]["about"].values()))[0]
        day = chance.choices(days, [1 if at[d] == about else 6 if at[d] == "North" else 3 for d in days])[0]
        hour = chance.choice((8, 9, 9, 10, 10, 11, 11, 14, 14, 15, 15, 16, 17))
        start = self.wall(week, day, f"{hour:02}:{chance.randrange(5, 60):02}")
        here = at[day] == about
        waited = 0 if here or chance.random() > 0.35 else chance.randrange(25, 200)
        answered = f"{start + timedelta(minutes=waited):%Y-%m-%d %H:%M}" if waited else ""
        via = "in person" if here else chance.choice(("phone", "phone", "message"))
        could = chance.choices(("yes", "no", ""), topic["could"])[0]
        asked, minutes = chance.choice(topic["asks"]), str(chance.randint(*topic["minutes"]))
        note = "asked twice" if waited and chance.random() < 0.2 else ""
        said = "" if chance.random() < 0.03 else about
        return (f"{start:%Y-%m-%d %H:%M}", minutes, said, asked, name, could, answered, via, note)


def first_week(last: date) -> date:
    """The first day of the 26 weeks up to the one of `last`."""
    tomorrow = last + timedelta(days=1)
    return tomorrow - timedelta(days=tomorrow.weekday(), weeks=26)


def handed_over(last: date) -> list[dict[str, Any]]:
    """What the owner handed over: the words of each, and `from_day`."""
    return [{**each, "from_day": first_week(last) + timedelta(weeks=STORY["hand_off"])} for each in STORY["handed"]]


def write(folder: Path, last: date) -> list[Path]:
    """Write the exports of the 26 weeks up to `last` into `folder`; their paths, the practice file first."""
    sample = Sample(first_week(last), last)
    chance = random.Random("Maple Veterinary Group")
    series = [Series(**entry) for entry in STORY["weekly"]["series"]]
    started = [(f"series-{n}", s) for n, s in enumerate(series) if sample.day(s.weeks[0], 0) <= last]
    owner, clinic = ([sample.series(uid, s) for uid, s in started if c in s.calendars] for c in ("owner", "clinic"))
    table = io.StringIO()
    singles = list(sample.singles(chance))
    csv.writer(table, lineterminator="\n").writerows([LOG_HEADER.split(","), *sample.log(chance)])
    files = {
        "practice.toml": (HERE / "practice.toml").read_bytes(),
        "owner.ics": calendar("Owner", [*chain(*owner), *sample.oddities(), *singles]),
        "clinic-schedule-north.ics": calendar("Clinic schedule North", [*chain(*clinic)]),
        "interruptions.csv": table.getvalue().encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the sample practice's exports.")
    parser.add_argument("--last", type=date.fromisoformat, default=datetime.now(ZONE).date(), metavar="DAY")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    given = parser.parse_args()
    for path in write(given.out, given.last):
        print(path)
