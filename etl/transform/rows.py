"""From what a file states to rows for the store: instants, filing, and only what may be kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from etl.keyed import Key
from etl.model import PRACTICE_WIDE, CalendarExport, Interruption, Occurrence
from etl.transform import privacy
from etl.transform.roles import Event, Filer

LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """A row of the table `occurrences`, but for what only the whole file of calendars can settle."""

    occurrence_id: str
    source_id: str
    uid: str
    uid_order: int
    original: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    floating: bool
    title: str | None
    title_location: str | None
    title_key: str
    place_text: str | None
    categories: str | None
    calendar: str
    status: str
    left_out_because: str | None
    own_location: str | None
    role: str
    activity: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the table `log_rows`."""

    interruption_id: str
    source_id: str
    starts_at: datetime
    ends_at: datetime
    floating: bool
    about_text: str | None
    about_location: str
    asked_by: str | None
    topic: str | None
    team_could: bool | None
    answered_at: datetime | None
    via: str | None
    note: str | None
    role: str
    activity: str


def occurrence_rows(
    export: CalendarExport,
    source_id: str,
    calendar: str,
    filer: Filer,
    key: Key,
    zone: ZoneInfo,
    *,
    keep_clinical: bool,
) -> Iterator[OccurrenceRow]:
    """The rows of one calendar. The title of what is filed as clinical is dropped here, in memory."""
    order = {uid: n for n, uid in enumerate(sorted({o.uid for o in export.occurrences}))}
    seen: set[str] = set()
    for o in export.occurrences:
        uid = key.hash("uid:" + o.uid)
        occurrence_id = key.hash(f"{source_id}\n{o.uid}\n{o.original}")
        if occurrence_id in seen:  # a broken export repeats an instance: the first stands
            continue
        seen.add(occurrence_id)
        title = privacy.without_addresses(o.title).strip()
        place = privacy.place(o.place)
        categories = privacy.without_addresses(", ".join(o.categories))
        all_day = not isinstance(o.start, datetime)
        event = Event(title, key.title(title), place, calendar, categories)
        filing = filer.file(event)
        dropped = filing.role == "clinical" and not keep_clinical
        kept_place = filer.place_named(place) if dropped else place
        starts_at, ends_at = instant(o.start, zone), instant(o.end, zone)
        yield OccurrenceRow(
            occurrence_id=occurrence_id,
            source_id=source_id,
            uid=uid,
            uid_order=order[o.uid],
            original=o.original,
            starts_at=starts_at,
            ends_at=ends_at,
            all_day=all_day,
            floating=isinstance(o.start, datetime) and o.start.tzinfo is None,
            title=None if dropped else title or None,
            title_location=filer.place_named(title) if dropped else None,
            title_key=event.title_key,
            place_text=kept_place or None,
            categories=None if dropped else categories or None,
            calendar=calendar,
            status=o.status,
            left_out_because=left_out_because(o, starts_at, ends_at),
            own_location=filer.marker(event) if all_day else filing.location,
            role=filing.role,
            activity=filing.activity,
            decided_by=filing.decided_by,
        )


def left_out_because(o: Occurrence, starts_at: datetime, ends_at: datetime) -> str | None:
    """Why an occurrence is not counted whatever else there is; None where it may be (DESIGN, rule 1)."""
    if not isinstance(o.start, datetime):
        return "all-day"
    if o.status:
        return o.status
    if ends_at <= starts_at:
        return "no length"
    if ends_at - starts_at > LONGEST:
        return "longer than 31 days"
    return None


def log_rows(interruptions: Iterable[Interruption], source_id: str, filer: Filer, key: Key, zone: ZoneInfo) -> Iterator[LogRow]:
    """The rows of one interruption log, each once."""
    seen: set[str] = set()
    for i in interruptions:
        starts_at = instant(i.started_at, zone)
        texts = [privacy.without_addresses(text).strip() for text in (i.about, i.asked_by, i.topic, i.via, i.note)]
        about, asked_by, topic, via, note = texts
        written = i.started_at if i.started_at.tzinfo is None else starts_at  # another zone later leaves it the same row
        identity = [written.isoformat(), f"{i.minutes:g}", i.role, str(i.team_could), *texts]
        interruption_id = key.hash("\n".join(identity))
        if interruption_id in seen:
            continue
        seen.add(interruption_id)
        yield LogRow(
            interruption_id=interruption_id,
            source_id=source_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(seconds=round(i.minutes * 60)),
            floating=i.started_at.tzinfo is None,
            about_text=about or None,
            about_location=filer.place_named(about) or PRACTICE_WIDE,
            asked_by=asked_by or None,
            topic=topic or None,
            team_could=i.team_could,
            answered_at=None if i.answered_at is None else instant(i.answered_at, zone),
            via=via or None,
            note=note or None,
            role=i.role,
            activity=filer.activity_of_topic(topic, i.role),
        )


def instant(when: datetime | date, zone: ZoneInfo) -> datetime:
    """The instant in UTC: a floating time or a day's midnight is the practice's.

    A wall-clock time that the change to summer time skips is read by the offset before it, one that comes twice is
    the first (RFC 5545 3.3.5).
    """
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    return (when.replace(tzinfo=zone) if when.tzinfo is None else when).astimezone(UTC)
