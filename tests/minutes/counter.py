"""Where an owner's time went, counted the slow way: a list of claims for every tick of the clock.

A second opinion on the program, made from the counting rules alone. It shares no code with the program, and no idea
either: no sweep, no intervals, no SQL. Every tick (a minute, or a second where times need it) is a key of a dict;
every occurrence lays a claim on each of its ticks; the claims of a tick are sorted, and the first one owns it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from written import PRACTICE_WIDE, AllDay, Calendar, Event, Practice, Pull, instant

WORK = ("leadership", "management", "clinical")


class UnsettledError(Exception):
    """The counting rules do not say who owns a tick of this practice."""


@dataclass(frozen=True)
class Tick:
    """What one tick counts as; `claim` is the start and end of the occurrence or interruption that owns it.

    `activity` is None where the rules do not say it.
    """

    role: str
    activity: str | None
    location: str
    interruption: bool
    claim: tuple[int, int]
    displaced: tuple[str, str] | None = None


@dataclass(frozen=True)
class Claim:
    """A counted occurrence: instants in seconds."""

    calendar: str
    uid: str
    start: int
    end: int
    role: str
    activity: str | None
    location: str

    def rank(self) -> tuple[int, int, int, str, str]:
        """What decides between claims on one tick; the smallest owns it."""
        role = 0 if self.role in WORK else 1 if self.role == "personal" else 2
        return self.end - self.start, -self.start, role, self.calendar, self.uid


def count(practice: Practice) -> dict[int, Tick]:
    """Every tick that counts, by its first second."""
    claims, pulls = defaultdict(list), defaultdict(list)
    for claim in counted(practice):
        for tick in ticks(claim.start, claim.end, practice.grid):
            claims[tick].append(claim)
    for pull in [pull for log in practice.logs for pull in log]:
        start = instant(pull.start, practice.zone)
        for tick in ticks(start, start + pull.seconds, practice.grid):
            pulls[tick].append(pull)
    day = {}
    for tick in claims.keys() | pulls.keys():
        owner = sorted(claims[tick], key=Claim.rank)[0] if tick in claims else None
        if tick in pulls:
            day[tick] = interrupted(practice, pulls[tick], owner)
        elif owner:
            day[tick] = Tick(owner.role, owner.activity, owner.location, False, (owner.start, owner.end))
    return day


def ticks(start: int, end: int, grid: int) -> range:
    """The ticks from start to end, which must lie on the grid."""
    if start % grid or end % grid:
        raise ValueError(f"{start} to {end} does not lie on a grid of {grid} s")
    return range(start, end, grid)


def interrupted(practice: Practice, pulls: list[Pull], owner: Claim | None) -> Tick:
    """The tick of the interruption that started last, or of the shorter of two that started together."""
    ranked = sorted(pulls, key=lambda pull: (-instant(pull.start, practice.zone), pull.seconds))
    first = ranked[0]
    start = instant(first.start, practice.zone)
    for other in ranked[1:]:
        same_time = (instant(other.start, practice.zone), other.seconds) == (start, first.seconds)
        if same_time and pulled(practice, other) != pulled(practice, first):
            raise UnsettledError("two interruptions with one start and one length")
    role, location = pulled(practice, first)
    displaced = (owner.role, owner.location) if owner else None
    return Tick(role, None, location, True, (start, start + first.seconds), displaced)


def pulled(practice: Practice, pull: Pull) -> tuple[str, str]:
    """Role and location of an interruption."""
    return pull.role or "management", next(iter(named(practice, pull.about)), PRACTICE_WIDE)


def counted(practice: Practice) -> list[Claim]:
    """Every occurrence that counts, once, however many calendars hold it."""
    copies: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for calendar in practice.calendars:
        for event in calendar.events:
            if isinstance(event, Event):
                for original, start, end, one in instances(event, practice.zone):
                    if one.status not in ("cancelled", "free", "declined"):
                        copies[one.uid, original].append(claimed(practice, calendar, one, start, end))
    for same in copies.values():
        if len({(claim.start, claim.end, claim.role, claim.activity, claim.location) for claim in same}) > 1:
            raise UnsettledError("two copies of an occurrence that say different things")
    return [min(same, key=lambda claim: claim.calendar) for same in copies.values()]


def instances(event: Event, home: str) -> Iterator[tuple[int, int, int, Event]]:
    """(original start, start, end, event) of each instance; the moved ones are events of their own."""
    moved = dict(event.repeat.moved) if event.repeat else {}
    for wall in starts(event, home):
        one = moved.get(wall, event)
        original = instant(wall, event.zone or home)
        start = original if one is event else instant(one.start, one.zone or home)
        yield original, start, start + seconds(one, home), one


def seconds(event: Event, home: str) -> int:
    """Elapsed length. All instances of a series have the exact length of the first (RFC 5545 3.8.5.3)."""
    if isinstance(event.end, datetime):
        return instant(event.end, event.zone or home) - instant(event.start, event.zone or home)
    return event.end or 0


def starts(event: Event, home: str) -> list[datetime]:
    """The wall-clock starts of an event's instances, found by looking at each day in turn."""
    repeat = event.repeat
    if repeat is None:
        return [event.start]
    found: list[datetime] = []
    monday = event.start.date() - timedelta(event.start.weekday())
    for days in range(400):
        wall = event.start + timedelta(days)
        if repeat.until and instant(wall, event.zone or home) > instant(repeat.until, event.zone or home):
            break
        if repeat.count and len(found) == repeat.count:
            break
        weeks = (wall.date() - monday).days // 7
        if repeat.weekdays and wall.weekday() in repeat.weekdays and weeks % repeat.interval == 0:
            found.append(wall)
        if not repeat.weekdays and days % repeat.interval == 0:
            found.append(wall)
    return [wall for wall in found if wall not in repeat.skipped]


def claimed(practice: Practice, calendar: Calendar, event: Event, start: int, end: int) -> Claim:
    """An occurrence with its role and its location."""
    texts = {"title": event.title, "category": event.category, "calendar": calendar.name}
    rule = next((rule for rule in practice.rules if rule.word.lower() in texts[rule.where].lower()), None)
    role = rule.role if rule else calendar.role or "unclassified"
    location = (rule.location if rule else "") or placed(practice, calendar, event, start)
    return Claim(calendar.name, event.uid, start, end, role, rule.activity if rule else None, location)


def placed(practice: Practice, calendar: Calendar, event: Event, start: int) -> str:
    """Where it was: by its place, else its title, the calendar's default, the calendar's name, the day's marker."""
    default = [calendar.location] if calendar.location else []
    for names in (
        named(practice, event.place),
        named(practice, event.title),
        default,
        named(practice, calendar.name),
        marked(practice, datetime.fromtimestamp(start, UTC).astimezone(ZoneInfo(practice.zone)).date()),
    ):
        if names:
            return names[0] if len(names) == 1 else PRACTICE_WIDE
    return PRACTICE_WIDE


def named(practice: Practice, text: str) -> list[str]:
    """The locations whose name or alias stands in a text, as whole words in any case."""
    found = []
    for name, aliases in practice.locations.items():
        if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in (name, *aliases)):
            found.append(name)
    return found


def marked(practice: Practice, day: date) -> list[str]:
    """The location that the shortest all-day event over this day names."""
    found = []
    for event in [event for calendar in practice.calendars for event in calendar.events]:
        if isinstance(event, AllDay) and event.first <= day < event.first + timedelta(event.days):
            names = named(practice, event.place) or named(practice, event.title)
            if len(names) > 1:
                raise UnsettledError("an all-day event that names two locations")
            found += [(event.days, names[0])] if names else []
    shortest = {name for days, name in found if days == min(found)[0]}
    if len(shortest) > 1:
        raise UnsettledError("two equally long all-day events that name different locations")
    return sorted(shortest)


def hours(day: dict[int, Tick], grid: int, zone: str, first: date, last: date) -> dict[tuple[str, str], float]:
    """Hours by (role, location) from the first through the last day of the practice's calendar."""
    total: dict[tuple[str, str], int] = defaultdict(int)
    for second, tick in day.items():
        if first <= datetime.fromtimestamp(second, ZoneInfo(zone)).date() <= last:
            total[tick.role, tick.location] += grid
    return {key: value / 3600 for key, value in total.items()}
