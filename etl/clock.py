"""Wall clocks and instants, a column at a time. Times are whole seconds since 1970-01-01 00:00, of UTC or of a wall clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]
Flags = NDArray[np.bool_]

DAY = 86_400
_FIRST_DAY, _LAST_DAY = -135_140, 84_006  # 1600 and 2200: before and after, clocks are taken to be as they were and will be
_UNKNOWN = np.iinfo(np.int32).max
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall-clock seconds


def instants(walls: Ints, zone: tzinfo) -> Ints:
    """The instants of wall-clock times in `zone`. A time that the clocks skip is read by the offset before the change, of
    one that comes twice the first is meant (RFC 5545 3.3.5)."""
    return walls - _ahead(walls, zone, _offset_on_clock)


def walls(at: Ints, zone: tzinfo) -> Ints:
    """What the clocks of `zone` show at these instants."""
    return at + _ahead(at, zone, _offset_at)


def _ahead(at: Ints, zone: tzinfo, offset: Callable[[int, tzinfo], int]) -> Ints:
    """The offset from UTC at each time. On nearly all days one offset holds from midnight to midnight: it is asked once a
    day, and only on a day on which it changes once a time."""
    days = np.clip(at // DAY, _FIRST_DAY, _LAST_DAY) - _FIRST_DAY
    known = _at_midnights(zone, offset)
    unknown = days[(known[days] == _UNKNOWN) | (known[days + 1] == _UNKNOWN)]
    for day in np.unique(np.concatenate([unknown, unknown + 1])).tolist():
        known[day] = offset((day + _FIRST_DAY) * DAY, zone)
    out = known[days].astype(np.int64)
    for changing in np.flatnonzero(out != known[days + 1]).tolist():
        out[changing] = offset(int(at[changing]), zone)
    return out


@lru_cache(maxsize=40)
def _at_midnights(zone: tzinfo, offset: Callable[[int, tzinfo], int]) -> Ints:
    """The offsets that are known so far, by days from the first one on; filled by who asks."""
    return np.full(_LAST_DAY - _FIRST_DAY + 2, _UNKNOWN, np.int32)


@lru_cache(maxsize=200_000)
def _offset_on_clock(at: int, zone: tzinfo) -> int:
    return _seconds_ahead(wall(at).replace(tzinfo=zone))


@lru_cache(maxsize=200_000)
def _offset_at(at: int, zone: tzinfo) -> int:
    return _seconds_ahead(wall(at).replace(tzinfo=UTC).astimezone(zone))


def grouped(keys: Ints) -> Iterator[Ints]:
    """The places of each distinct key, ascending by key."""
    order = np.argsort(keys, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(keys[order])) + 1) if len(keys) else ()


def seconds(moment: date) -> int:
    """A date's midnight or a time of day as wall-clock seconds; an aware time as its instant."""
    if not isinstance(moment, datetime):
        return (moment - _EPOCH.date()).days * DAY
    naive = moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta(0))
    return (naive - _EPOCH) // timedelta(seconds=1)


def wall(at: int) -> datetime:
    """Seconds as the date and time they stand for, without a zone."""
    return _EPOCH + timedelta(seconds=at)


def _seconds_ahead(moment: datetime) -> int:
    return (moment.utcoffset() or timedelta(0)) // timedelta(seconds=1)
