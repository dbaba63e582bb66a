"""The occurrences of one calendar, column by column: a decade of them is a few arrays, not a record each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

import numpy as np

from etl.clock import Flags, Ints, seconds, wall
from etl.model import Occurrence

INSTANT, FLOATING, ALL_DAY = 0, 1, 2
"""What a file gave: an instant, a time on the practice's wall clock, a day."""
STATUSES = ("", "cancelled", "declined", "free", "out of office")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of an event; many events share theirs."""

    title: str
    place: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One place an occurrence, in arrays of one length; iterating gives records, for tests and small files.

    `start`, `end`: instants, seconds of UTC; the end of a day is exclusive. `clock`: what the file gave, INSTANT, FLOATING or
    ALL_DAY; the latter two were read on the clock of `zone`.
    `original`, `original_clock`: which instance of its event it is (RFC 5545 3.8.4.4), as seconds and what they are: those
    of an instant, of a wall clock or of a day's midnight.
    `uid`, `text`, `status`: numbers of `uids`, `texts`, STATUSES. `recurs`: whether it is of a series, be it the only one
    left of it. `line`: of the file.
    """

    zone: tzinfo
    uids: tuple[bytes, ...]
    texts: tuple[Text, ...]
    uid: Ints
    text: Ints
    start: Ints
    end: Ints
    clock: Ints
    original: Ints
    original_clock: Ints
    status: Ints
    recurs: Flags
    line: Ints

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, at: int) -> Occurrence:
        clock, text = int(self.clock[at]), self.texts[self.text[at]]
        return Occurrence(
            uid=self.uids[self.uid[at]].decode("utf-8", "surrogateescape"),
            original=_identity(int(self.original[at]), int(self.original_clock[at])),
            start=self._moment(int(self.start[at]), clock),
            end=self._moment(int(self.end[at]), clock),
            title=text.title,
            place=text.place,
            categories=text.categories,
            status=STATUSES[self.status[at]],
            line=int(self.line[at]),
        )

    def only(self, which: Flags | Ints) -> "Columns":
        """The occurrences that are chosen, by a flag each or by their places."""
        return replace(self, **{name: getattr(self, name)[which] for name in _ARRAYS})

    def __iter__(self) -> Iterator[Occurrence]:
        return (self[at] for at in range(len(self)))

    def _moment(self, at: int, clock: int) -> date:
        instant = wall(at).replace(tzinfo=UTC)
        if clock == INSTANT:
            return instant
        floating = instant.astimezone(self.zone).replace(tzinfo=None)
        return floating if clock == FLOATING else floating.date()


def joined(one: Columns, other: Columns) -> Columns:
    """The occurrences of one, then those of the other; what both hold, by UID, original and start, is one."""
    uids = {uid: number for number, uid in enumerate(one.uids)}
    number = np.array([uids.setdefault(uid, len(uids)) for uid in other.uids], np.int64)
    arrays = {name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in _ARRAYS}
    arrays["uid"] = np.concatenate([one.uid, number[other.uid]])
    arrays["text"][len(one) :] += len(one.texts)
    keys = np.stack([arrays[name] for name in ("uid", "original", "original_clock", "start")])
    first = np.sort(np.unique(keys, axis=1, return_index=True)[1])
    return Columns(one.zone, tuple(uids), (*one.texts, *other.texts), **{name: array[first] for name, array in arrays.items()})


def columns(rows: Iterable[Occurrence], zone: tzinfo) -> Columns:
    """Records as columns; `zone` is the practice's, for times without one and for days."""
    rows = list(rows)
    uids: dict[bytes, int] = {}
    texts: dict[Text, int] = {}
    uid = [uids.setdefault(row.uid.encode("utf-8", "surrogateescape"), len(uids)) for row in rows]
    text = [texts.setdefault(Text(row.title, row.place, row.categories), len(texts)) for row in rows]
    identities = [_read_identity(row.original) for row in rows]
    return Columns(
        zone=zone,
        uids=tuple(uids),
        texts=tuple(texts),
        uid=_ints(uid),
        text=_ints(text),
        start=_ints([_instant(row.start, zone) for row in rows]),
        end=_ints([_instant(row.end, zone) for row in rows]),
        clock=_ints([_clock(row.start) for row in rows]),
        original=_ints([at for at, _ in identities]),
        original_clock=_ints([clock for _, clock in identities]),
        status=_ints([STATUSES.index(row.status) for row in rows]),
        recurs=np.zeros(len(rows), bool),
        line=_ints([row.line for row in rows]),
    )


_ARRAYS = ("uid", "text", "start", "end", "clock", "original", "original_clock", "status", "recurs", "line")


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.int64)


def _clock(moment: date) -> int:
    if not isinstance(moment, datetime):
        return ALL_DAY
    return FLOATING if moment.tzinfo is None else INSTANT


def _instant(moment: date, zone: tzinfo) -> int:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return seconds(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def _identity(at: int, clock: int) -> str:
    return f"{wall(at):%Y%m%d}" if clock == ALL_DAY else f"{wall(at):%Y%m%dT%H%M%S}{'Z' if clock == INSTANT else ''}"


def _read_identity(text: str) -> tuple[int, int]:
    if len(text) == 8:
        return seconds(datetime.strptime(text, "%Y%m%d").date()), ALL_DAY  # noqa: DTZ007 - a wall-clock day
    found = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - seconds() takes it as it stands
    return seconds(found), INSTANT if text.endswith("Z") else FLOATING
