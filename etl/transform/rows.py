"""From what a file states to rows for the store: instants, filing, and only what may be kept."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from etl.clock import DAY, Flags, Ints
from etl.columns import ALL_DAY, FLOATING, Columns
from etl.keyed import Key
from etl.model import PRACTICE_WIDE, Interruption
from etl.transform import privacy
from etl.transform.filed import Filed, Policy, file_text
from etl.transform.roles import Filer

LONGEST = 31 * DAY
LEFT_OUT = ("all-day", "cancelled", "declined", "free", "no length", "longer than 31 days")


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """The occurrences of one calendar as the table `dated` has them, column by column; `filed` are numbers of `filings`."""

    filings: tuple[Filed, ...]
    occurrence_id: Ints
    uid: Ints
    uid_order: Ints
    original: Ints
    original_clock: Ints
    starts_at: Ints
    ends_at: Ints
    clock: Ints
    filed: Ints
    status: Ints
    left_out: Ints
    recurs: Flags

    @property
    def floating(self) -> bool:
        """Whether any of its times named no zone."""
        return bool((self.clock == FLOATING).any())


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
    estimated: bool
    uid: int | None = None
    occurrence_id: int | None = None
    place_dropped: bool = False
    origins: tuple[str, ...] | None = None


def dated(found: Columns, uids: Ints, source_id: str, calendar: str, policy: Policy) -> Dated:
    """The occurrences of one calendar, each instance once; `uids` are the keyed hashes of its UIDs.

    The title of what is filed as clinical is dropped here, in memory, and so is one that its owner had forgotten.
    """
    occurrence_id = occurrence_ids(uids[found.uid], found.original, found.original_clock, source_id)
    kept = np.sort(np.unique(occurrence_id, return_index=True)[1])  # a broken export repeats an instance: the first stands
    if policy.before is not None:
        kept = kept[found.end[kept] > policy.before]
    order = np.empty(len(uids), np.int32)
    order[sorted(range(len(uids)), key=found.uids.__getitem__)] = np.arange(len(uids), dtype=np.int32)
    corrected = policy.corrections.of(uids[found.uid[kept]], found.original[kept], found.original_clock[kept])
    kinds, filed = np.unique(
        (corrected * len(found.texts) + found.text[kept]) * 2 + (found.clock[kept] == ALL_DAY), return_inverse=True
    )
    filings = [
        file_text(
            found.texts[kind // 2 % len(found.texts)],
            calendar,
            policy,
            all_day=bool(kind % 2),
            correction_id=kind // 2 // len(found.texts) or None,
        )
        for kind in kinds.tolist()
    ]
    return Dated(
        filings=tuple(filings),
        occurrence_id=occurrence_id[kept],
        uid=uids[found.uid[kept]],
        uid_order=order[found.uid[kept]],
        original=found.original[kept],
        original_clock=found.original_clock[kept].astype(np.int8),
        starts_at=found.start[kept],
        ends_at=found.end[kept],
        clock=found.clock[kept].astype(np.int8),
        filed=filed,
        status=found.status[kept].astype(np.int8),
        left_out=left_out(found)[kept],
        recurs=found.recurs[kept],
    )


def left_out(found: Columns) -> Ints:
    """Why each alone is not counted (DESIGN, rule 1): a number of LEFT_OUT, from 1; 0 where it may be."""
    length = found.end - found.start
    reasons = [found.clock == ALL_DAY, *(found.status == n for n in (1, 2, 3)), length <= 0, length > LONGEST]
    return np.select(reasons, range(1, len(LEFT_OUT) + 1), 0).astype(np.int8)


def occurrence_ids(uid: Ints, original: Ints, original_clock: Ints, source_id: str) -> Ints:
    """The ids of occurrences, the same from load to load: 63 bits mixed of source, UID and original start (splitmix64)."""
    source = int.from_bytes(hashlib.sha256(source_id.encode()).digest()[:8], "big")
    mixed = uid.astype(np.uint64) ^ np.uint64(source)
    for part in (original, original_clock):
        mixed = mixed + part.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(1)).astype(np.int64)


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
            estimated=i.estimated,
        )


def call_rows(rows: Iterable[LogRow], key: Key, zone: ZoneInfo) -> Iterator[LogRow]:
    """Rows of a call list, told apart by when and how long they were: a location that is named or numbered anew leaves them
    the same. Two such calls at once are told apart by their order."""
    seen: Counter[str] = Counter()
    for row in rows:
        written = row.starts_at.astimezone(zone).replace(tzinfo=None) if row.floating else row.starts_at
        call = f"{written.isoformat()}:{row.ends_at - row.starts_at}"
        yield replace(row, interruption_id=key.hash(f"in a call list:{call}:{seen[call]}"))
        seen[call] += 1


def instant(when: datetime | date, zone: ZoneInfo) -> datetime:
    """The instant in UTC: a floating time or a day's midnight is the practice's.

    A wall-clock time that the change to summer time skips is read by the offset before it, one that comes twice is
    the first (RFC 5545 3.3.5).
    """
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    return (when.replace(tzinfo=zone) if when.tzinfo is None else when).astimezone(UTC)
