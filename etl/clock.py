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
    days = np.clip(at // DAY, _FIRST_DAY, _LAST_DAY)
    if not len(days):
        return days
    first = int(days.min())
    asked = np.unique(days) if int(days.max()) - first > len(days) + 20_000 else np.flatnonzero(np.bincount(days - first)) + first
    midnights = np.array([(offset(day * DAY, zone), offset(day * DAY + DAY, zone)) for day in asked.tolist()], np.int64)
    place = np.searchsorted(asked, days)
    out: Ints = midnights[place, 0]
    for changing in np.flatnonzero((midnights[:, 0] != midnights[:, 1])[place]).tolist():
        out[changing] = offset(int(at[changing]), zone)
    return out


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
