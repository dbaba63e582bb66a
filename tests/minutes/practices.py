"""Random practices for hypothesis: a few busy days around a change of the clocks, somewhere in the world."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from counter import starts
from hypothesis import strategies as st
from written import PRACTICE_WIDE, AllDay, Calendar, Event, Practice, Pull, Repeat, Rule, instant

CHANGES = {
    "America/Toronto": [date(2025, 3, 9), date(2025, 11, 2)],
    "America/St_Johns": [date(2025, 3, 9), date(2025, 11, 2)],
    "America/Santiago": [date(2025, 4, 6), date(2025, 9, 7)],  # at midnight
    "Europe/London": [date(2025, 3, 30), date(2025, 10, 26)],
    "Asia/Kolkata": [date(2025, 6, 18)],  # none
    "Atlantic/Azores": [date(2025, 3, 30), date(2025, 10, 26)],  # back at midnight
    "America/Havana": [date(2025, 3, 9), date(2025, 11, 2)],  # at midnight, both
    "Australia/Adelaide": [date(2025, 4, 6), date(2025, 10, 5)],
    "Australia/Lord_Howe": [date(2025, 4, 6), date(2025, 10, 5)],  # by half an hour
    "Pacific/Auckland": [date(2025, 4, 6), date(2025, 9, 28)],
    "Pacific/Chatham": [date(2025, 4, 6), date(2025, 9, 28)],  # at 2:45
}
"""Zones of both hemispheres, some off by half or quarter hours, and the days on which their clocks change."""

LOCATIONS = {
    "North": ("nrth site", "12 Mill Road"),
    "Riverside": ("river side",),
    "Elm Street": (),
}
WORDS = ("brellane", "tovinor", "quarnish", "zimbelow")  # those that rules look for
OTHER_WORDS = ("vumbrik", "oxlaber", "Northwards", "Elmstreet", "riversides")  # name neither a role nor a location
ROLES = ("leadership", "management", "clinical", "personal")
CALENDARS = ("Kettumar", "Ploverin North", "Sandrake", "zandrake")
MINUTES = (0, 5, 10, 15, 30, 30, 45, 60, 60, 90, 120, 180, 240, 480, 600, 1440, 1800)
SECONDS = (0, 1, 7, 30, 59, 60, 61, 119, 300, 601, 1800)


LOGS = (1, 0, 1, 1, 1, 2)  # files to load cost time: mostly one


@st.composite
def practices(draw: st.DrawFn) -> Practice:
    """A practice whose every time lies on whole minutes, or, one in six, on whole seconds of a shorter stretch."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    grid = draw(st.sampled_from((60, 60, 60, 60, 60, 1)))
    other_zone = draw(st.sampled_from(sorted(CHANGES)))
    middle = draw(st.sampled_from(CHANGES[zone] + CHANGES[other_zone]))
    walls = wall_times(middle, grid)
    zones = st.sampled_from((zone, zone, other_zone, "UTC", ""))
    names = draw(st.permutations(CALENDARS))[: draw(st.sampled_from((1, 2, 2, 2, 3)))]
    timed = [draw(st.lists(events(zones, walls, grid, zone), min_size=2, max_size=7)) for _ in names]
    rules = draw(st.lists(rule_on(names), max_size=4, unique_by=lambda rule: (rule.where, rule.word)))  # else they contradict
    if len(names) > 1 and draw(st.booleans()):
        rules.insert(0, Rule("title", "pelluvane", draw(st.sampled_from(ROLES)), "held twice"))
        timed[0][0] = recognizable(timed[0][0], draw(st.sampled_from(sorted(LOCATIONS))))
    days = draw(st.lists(all_days(middle), max_size=4, unique_by=lambda day: day.first if day.days == 1 else day.days))
    calendars = [
        Calendar(
            name,
            (
                *(with_uid(event, f"{event.uid}{number}@{name[:3]}") for number, event in enumerate(timed[place])),
                *(replace(day, uid=f"day{number}") for number, day in enumerate(days) if number % len(names) == place),
            ),
            draw(st.sampled_from(("", "", *ROLES))),
            draw(st.sampled_from(("", "", *LOCATIONS, PRACTICE_WIDE))),
        )
        for place, name in enumerate(names)
    ]
    if rules and rules[0].word == "pelluvane":
        again = calendars[0].events[0]
        if not again.repeat and draw(st.integers(0, 3)) == 0:  # one uid, but another start: another occurrence
            again = replace(again, start=again.start - timedelta(hours=1))
        calendars[1] = replace(calendars[1], events=(*calendars[1].events, again))
    called = st.one_of(walls, during([event for group in timed for event in group], zone, grid))
    logs = [draw(st.lists(pulls(called, grid), min_size=1, max_size=5)) for _ in range(draw(st.sampled_from(LOGS)))]
    numbered = tuple(
        tuple(replace(pull, topic=f"topic {place}-{number}") for number, pull in enumerate(log)) for place, log in enumerate(logs)
    )
    return Practice(zone, tuple(calendars), LOCATIONS, tuple(rules), numbered, grid, draw(st.integers(0, 2)) > 0)


def during(events: list[Event], home: str, grid: int) -> st.SearchStrategy[datetime]:
    """Times on the practice's clock shortly before, in or after one of the events."""
    begins = [datetime.fromtimestamp(instant(e.start, e.zone or home), ZoneInfo(home)).replace(tzinfo=None) for e in events]
    ticks = st.sampled_from((-30, -10, 0, 0, 5, 10, 20, 45, 90))
    return st.tuples(st.sampled_from(begins), ticks).map(lambda pair: pair[0] + timedelta(seconds=pair[1] * grid))


def with_uid(event: Event, uid: str) -> Event:
    """The event, and what was moved out of it, under one uid."""
    if event.repeat is None:
        return replace(event, uid=uid)
    moved = tuple((wall, replace(other, uid=uid)) for wall, other in event.repeat.moved)
    return replace(event, uid=uid, repeat=replace(event.repeat, moved=moved))


def recognizable(event: Event, place: str) -> Event:
    """The event with a title and a place that give it one role and location on whichever calendar it stands."""
    event = replace(event, title="Pelluvane", place=place)
    if event.repeat is None:
        return event
    moved = tuple((wall, replace(other, title="Pelluvane", place=place)) for wall, other in event.repeat.moved)
    return replace(event, repeat=replace(event.repeat, moved=moved))


def wall_times(middle: date, grid: int) -> st.SearchStrategy[datetime]:
    """Times on a clock near the change: often on the half hour, so that they meet, often in the first hours."""
    if grid == 1:
        near = st.integers(0, 4 * 3600)
        return near.map(lambda second: datetime.combine(middle, time()) + timedelta(seconds=second))
    offsets = st.one_of(
        st.integers(-3 * 48, 4 * 48).map(lambda half: half * 30),
        st.integers(-6, 12).map(lambda half: half * 30),
        st.integers(-120, 360),
        st.integers(16, 38).map(lambda half: half * 30),
    )
    return offsets.map(lambda minutes: datetime.combine(middle, time()) + timedelta(minutes=minutes))


@st.composite
def titles(draw: st.DrawFn) -> str:
    """A word or two that a rule may look for, and sometimes a location, in any case."""
    words = draw(st.lists(st.sampled_from(WORDS + OTHER_WORDS), min_size=1, max_size=2))
    words += draw(st.sampled_from(([], [], ["North"], ["(River Side)"], ["ELM STREET,"])))
    return draw(st.sampled_from((str, str.upper, str.title)))(" ".join(words))


def places() -> st.SearchStrategy[str]:
    """A place: mostly none, a location by name or alias, somewhere else, and rarely two locations at once."""
    return st.sampled_from(
        ("",) * 6
        + ("North", "riverside", "12 mill road, Suite 4; rear", "Elm Street", "Room 2, NRTH SITE", "Northwards House")
        + ("Riverside or North",)
    )


@st.composite
def events(draw: st.DrawFn, zones: st.SearchStrategy[str], walls: st.SearchStrategy[datetime], grid: int, home: str) -> Event:
    """A timed event, one in four of them recurring; its uid is only a first letter yet."""
    zone, start = draw(zones), draw(walls)
    seconds = draw(st.sampled_from(SECONDS)) if grid == 1 else draw(st.sampled_from(MINUTES)) * 60
    event = Event(
        draw(st.sampled_from("aBcZ")),
        zone,
        start,
        ending(draw(st.booleans()), start, seconds, zone or home),
        draw(titles()),
        draw(places()),
        draw(st.sampled_from(("", "", "", "Ambrel"))),
        draw(st.sampled_from(("",) * 10 + ("tentative", "cancelled", "free", "declined", "refused"))),
    )
    if grid == 60 and draw(st.integers(0, 3)) == 0:
        series = draw(repeated(event, walls, home))
        if steady(series, home):
            return series
    return event


def ending(as_time: bool, start: datetime, seconds: int, zone: str) -> datetime | int | None:
    """An end as a time of the clock where that does not run backwards, else as an exact length."""
    end = start + timedelta(seconds=seconds)
    if as_time and instant(end, zone) >= instant(start, zone):
        return end
    return seconds or None


@st.composite
def repeated(draw: st.DrawFn, event: Event, walls: st.SearchStrategy[datetime], home: str) -> Event:
    """The same event, daily or weekly, begun early enough to meet the change, with exceptions."""
    start = event.start - timedelta(draw(st.integers(0, 9)))
    end = event.end + (start - event.start) if isinstance(event.end, datetime) else event.end
    days = sorted({start.weekday(), *draw(st.lists(st.integers(0, 6), max_size=2))})
    weekly = draw(st.booleans())
    repeat = Repeat(tuple(days) if weekly else (), draw(st.integers(1, 2)) if not weekly or len(days) == 1 else 1)
    if draw(st.booleans()):
        repeat = replace(repeat, count=draw(st.integers(1, 6)))
    else:
        until = start + timedelta(draw(st.integers(0, 21 if weekly else 8)), minutes=draw(st.sampled_from((0, 0, 1, -1))))
        repeat = replace(repeat, until=max(start, until))
    event = replace(event, start=start, end=end, repeat=repeat)
    walked = starts(event, home)
    skipped = tuple(draw(st.lists(st.sampled_from(walked[1:]), max_size=2, unique=True))) if walked[1:] else ()
    moved = []
    for wall in [wall for wall in walked if wall not in skipped][: draw(st.integers(0, 2))]:
        to = draw(walls)
        other = replace(
            event,
            start=to,
            end=ending(True, to, draw(st.sampled_from(MINUTES)) * 60, event.zone or home),
            title=draw(st.one_of(st.just(event.title), titles())),
            status=draw(st.sampled_from(("", "", event.status, "cancelled"))),
            repeat=None,
        )
        moved.append((wall, other))
    return replace(event, repeat=replace(repeat, skipped=skipped, moved=tuple(moved)))


def steady(event: Event, home: str) -> bool:
    """Whether no instance with an end by the clock lies across a change of the clocks, so that its length is clear.

    There programs differ: RFC 5545 3.8.5.3 keeps the exact length of the first, calendars keep the clock time of the end.
    """
    if not isinstance(event.end, datetime):
        return True
    zone, apart = event.zone or home, event.end - event.start
    lengths = {instant(wall + apart, zone) - instant(wall, zone) for wall in starts(event, home)}
    return lengths <= {apart.total_seconds()}


@st.composite
def all_days(draw: st.DrawFn, middle: date) -> AllDay:
    """A day or some, often one that says where the owner is."""
    title = draw(st.sampled_from(("At Riverside", "north", "at nrth site", "Elm Street day", "Vumbrik")))
    place = draw(st.sampled_from(("", "", "", "Riverside")))
    days = draw(st.sampled_from((1, 1, 1, 2, 3, 5, 7)))
    first = middle + timedelta(draw(st.integers(-days, 2)))
    return AllDay("", first, days, title, place, draw(st.booleans()))


@st.composite
def rule_on(draw: st.DrawFn, names: list[str]) -> Rule:
    """A rule by title, or now and then by category or calendar."""
    where = draw(st.sampled_from(("title",) * 6 + ("category", "calendar")))
    word = {"title": draw(st.sampled_from(WORDS)), "category": "ambrel", "calendar": names[0].lower()}[where]
    role = draw(st.sampled_from(ROLES))
    location = draw(st.sampled_from(("", "", "", *LOCATIONS, PRACTICE_WIDE)))
    return Rule(where, word, role, draw(st.sampled_from(("vision", "rota", "rounds"))), location)


@st.composite
def pulls(draw: st.DrawFn, walls: st.SearchStrategy[datetime], grid: int) -> Pull:
    """A line of the log."""
    length = st.sampled_from((1, 2, 5, 6, 10, 15, 20, 30, 45, 60, 90, 300)).map(lambda minutes: minutes * 60)
    if grid == 1:
        length = st.sampled_from((15, 30, 60, 75, 90, 210, 600))  # minutes of at most two decimals
    return Pull(
        draw(walls),
        draw(length),
        draw(st.sampled_from(("", "North", "RIVERSIDE", "river side", "12 Mill Road", "Elm Street"))),
        "",
        draw(st.sampled_from(("", "", "", "", *ROLES))),
        draw(st.sampled_from(("", "front desk", "nurse"))),
        draw(st.sampled_from(("", "yes", "no"))),
    )
