"""Events in, occurrences out: single events as they stand, series expanded with their exceptions (RFC 5545 3.8.5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice

import icalendar
import recurring_ical_events
from icalendar.prop import vDDDLists, vDDDTypes, vRecur

from etl.extract.events import FIRST_YEAR, LAST_YEAR, MOST_DATES, Event
from etl.extract.guard import times_a_day
from etl.extract.values import Length, Moment, as_time, dates
from etl.model import Note, Occurrence

FIRST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
MARK = "X-OWNER-TIME-EVENT"
# What recurring_ical_events, icalendar and dateutil raise on series that passed our own checks but contradict themselves.
CONFUSED = (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, AssertionError)


def occurrences(events: Iterable[Event], until: datetime, zone: tzinfo, notes: list[Note]) -> Iterator[list[Occurrence]]:
    """The occurrences of each event or series, until `until`; floating times are on the clock of `zone`.
    Events of one UID belong together, wherever they stand in the file; where one UID has several single events, those
    with the highest SEQUENCE count."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        groups[event.uid].append(event)
    for group in groups.values():
        if any(event.recurs for event in group):
            yield series(group, until, zone, notes)
        elif len(group) == 1:
            yield [single(group[0])]
        else:
            yield [single(event) for event in _newest(group, notes)]


def single(event: Event) -> Occurrence:
    """An event that happens once."""
    return _occurrence(event, event.start, event.end, event.start)


def series(group: Sequence[Event], until: datetime, zone: tzinfo, notes: list[Note]) -> list[Occurrence]:
    """All dates of a series from 1990 until `until`; of one that contradicts itself those it names."""
    masters = [event for event in group if event.moves is None]
    line = (masters or group)[0].line
    if len(masters) > 1:
        notes.append(Note(masters[1].line, "a repeating event is in this file more than once; the newest version is taken"))
    calendar = icalendar.Calendar()
    for number, event in enumerate(group):
        calendar.add_component(_component(event, number))
    try:
        stop = min((_stop(event, until) for event in masters), default=until)
        found = recurring_ical_events.of(calendar).between(FIRST, stop)
        timed = [(event, _own_lengths(event)) for event in group]
        instances = (_instance(one, timed, masters, zone) for one in found)
        once = {(one.original, one.start): one for one in instances}  # an hourly rule gives one all-day date many times
        dated = sorted(once.values(), key=lambda one: (one.original, one.line))
    except CONFUSED:
        notes.append(Note(line, "a repeating event contradicts itself; only the dates that it names are taken"))
        dated = [_occurrence(event, event.start, event.end, event.moves or event.start) for event in group]
        stop = until
    if stop < until or len(dated) > MOST_DATES:
        notes.append(Note(line, f"a repeating event has more than {MOST_DATES:,} dates; the first are taken"))
    elif not dated and masters:
        notes.append(Note(line, "a repeating event has no date in the years that count"))
    return [one for one in dated if one.start.year >= FIRST_YEAR and one.end.year <= LAST_YEAR][:MOST_DATES]


def _component(event: Event, number: int) -> icalendar.Event:
    """The event as `icalendar` holds it, with nothing but its times."""
    component = icalendar.Event()
    component[MARK] = str(number)
    component["UID"] = "series"
    # Within the hour that comes twice an end can stand before its start on the clock, which is no series to the library.
    end = event.start + event.lasts.whole if event.lasts else event.end
    component["DTSTART"], component["DTEND"] = vDDDTypes(event.start), vDDDTypes(end)
    if event.sequence >= 0:
        component["SEQUENCE"] = event.sequence
    if event.moves is not None:
        component["RECURRENCE-ID"] = vDDDTypes(event.moves, {"RANGE": "THISANDFUTURE"} if event.and_later else {})
    for rule in event.rules:
        component.add("RRULE", vRecur.from_ical(rule))
    if event.more:
        component["RDATE"] = vDDDLists([one if not isinstance(one, tuple) else _period(*one) for one in event.more])
    if event.without:
        component["EXDATE"] = vDDDLists(list(event.without))
    return component


def _period(start: Moment, lasts: Length) -> tuple[datetime, timedelta]:
    return as_time(start), lasts.whole


def _stop(event: Event, until: datetime) -> datetime:
    """Where to stop expanding so that no rule gives more than MOST_DATES dates from 1990 on."""
    start = as_time(event.start).replace(tzinfo=None)
    end = until.replace(tzinfo=None)
    for rule in event.rules:
        a_day = times_a_day(rule)
        if (end - max(start, FIRST.replace(tzinfo=None))).days * a_day <= MOST_DATES:
            continue
        bare = ";".join(part for part in rule.split(";") if not part.startswith(("UNTIL=", "COUNT=")))
        counted = dates(bare, start).xafter(FIRST.replace(tzinfo=None), inc=True)
        end = min(end, next(islice(counted, MOST_DATES, None), end))
    return until if end == until.replace(tzinfo=None) else end.replace(tzinfo=UTC)


def _instance(
    component: icalendar.Event, group: Sequence[tuple[Event, dict[str, Length]]], masters: Sequence[Event], zone: tzinfo
) -> Occurrence:
    """One date of a series, and which instance of the series it is. Where the file gives a length, each date has it."""
    event, own = group[int(str(component[MARK]))]
    start, end = component.DTSTART, component.DTEND
    if start is None or end is None:
        raise ValueError("an instance without a time")
    lasts = own.get(identity(as_time(start)), event.lasts)
    if lasts is not None and isinstance(start, datetime):
        end = lasts.after(start, zone)
    original: Moment = start
    if event.moves is not None:
        original = event.moves
        if event.and_later:  # it stands for this and all later dates, each moved by as much
            original = as_time(start) - (_wall(event.start) - _wall(event.moves))
    if masters and not isinstance(masters[0].start, datetime):
        original = original.date() if isinstance(original, datetime) else original
    elif isinstance(original, datetime) and original.tzinfo is None and isinstance(start, datetime):
        original = original.replace(tzinfo=start.tzinfo)
    return _occurrence(event, start, end, original)


def _own_lengths(event: Event) -> dict[str, Length]:
    """The lengths of the added dates (RDATE) that have one of their own, by identity."""
    return {identity(as_time(one[0])): one[1] for one in event.more if isinstance(one, tuple)}


def _occurrence(event: Event, start: Moment, end: Moment, original: Moment) -> Occurrence:
    began, ended = _utc(start), _utc(end)
    if isinstance(began, datetime) and isinstance(ended, datetime) and began.tzinfo and ended < began:
        ended = began + max(_wall(end) - _wall(start), timedelta(0))  # a start in the hour that clocks skip in spring
    return Occurrence(
        uid=event.uid,
        original=identity(original),
        start=began,
        end=ended,
        title=event.title,
        place=event.place,
        categories=event.categories,
        status=event.status,
        line=event.line,
    )


def identity(moment: Moment) -> str:
    """An instance's identity as text: UTC, floating or a day."""
    utc = _utc(moment)
    if not isinstance(utc, datetime):
        return f"{utc:%Y%m%d}"
    return f"{utc:%Y%m%dT%H%M%S}{'Z' if utc.tzinfo else ''}"


def _utc(moment: Moment) -> Moment:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo is not None else moment


def _wall(moment: Moment) -> datetime:
    return as_time(moment).replace(tzinfo=None)


def _newest(group: Sequence[Event], notes: list[Note]) -> list[Event]:
    """Of single events with one UID: those of the highest SEQUENCE, of those with one start the last in the file."""
    newest = max(event.sequence for event in group)
    by_start = {identity(event.start): event for event in group if event.sequence == newest}
    if len(by_start) > 1:
        notes.append(Note(group[1].line, "two events share one identity (UID) but start at different times; both are taken"))
    if len(by_start) < len(group):
        notes.append(Note(group[1].line, "an event is in this file more than once; the newest version is taken"))
    return list(by_start.values())
