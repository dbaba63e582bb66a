"""Wall clocks and instants, a column at a time. Times are whole seconds since 1970-01-01 00:00, of UTC or of a wall clock."""

from datetime import date, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]

DAY = 86_400
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall-clock seconds


def instants(walls: Ints, zone: tzinfo) -> Ints:
    """The instants of wall-clock times in `zone`. A time that the clocks skip is read by the offset before the change, of
    one that comes twice the first is meant (RFC 5545 3.3.5).

    On nearly all days one offset holds from midnight to midnight: it is asked once a day, and only on a day on which it
    changes once a time.
    """
    days, at = np.unique(walls // DAY, return_inverse=True)
    first, last = (np.array([_offset(day * DAY, zone) for day in (days + more).tolist()], np.int64) for more in (0, 1))
    out = walls - first[at]
    for place in np.flatnonzero((first != last)[at]).tolist():
        out[place] = walls[place] - _offset(int(walls[place]), zone)
    return out


def seconds(moment: date) -> int:
    """A date's midnight or a time of day as wall-clock seconds; an aware time as its instant."""
    if not isinstance(moment, datetime):
        return (moment - _EPOCH.date()).days * DAY
    naive = moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta(0))
    return (naive - _EPOCH) // timedelta(seconds=1)


def wall(at: int) -> datetime:
    """Seconds as the date and time they stand for, without a zone."""
    return _EPOCH + timedelta(seconds=at)


def _offset(at: int, zone: tzinfo) -> int:
    ahead = wall(at).replace(tzinfo=zone).utcoffset() or timedelta(0)
    return ahead // timedelta(seconds=1)
