"""Free working time: the working hours of some days without what is taken already. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from etl.clock import DAY, instants, seconds, walls

Span = tuple[int, int, int]
"""Weekday (0 is Monday), first minute of the local day, end minute."""
_MINUTE, _WEEK = 60, 7 * DAY
_MONDAY = 4 * DAY  # 1970 began on a Thursday


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A stretch of time; both ends are aware, in UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> float:
        """How long it is, elapsed."""
        return (self.ends_at - self.starts_at) / timedelta(minutes=1)

    def meets(self, other: "Stretch") -> bool:
        """Whether the two share a moment."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def working(spans: Iterable[Span], zone: ZoneInfo, first: date, days: int) -> tuple[Stretch, ...]:
    """The working hours of so many days from a local day on, in order; those that follow each other without a break are one.

    A minute works when the local clocks show one of the spans: where they go back it works twice, where they leap it does not.
    """
    works = np.zeros(_WEEK // _MINUTE, bool)
    for weekday, begins, ends in spans:
        works[weekday * 1440 + begins : weekday * 1440 + ends] = True
    reach = np.array([seconds(first), seconds(first + timedelta(days))])
    since, until = instants(reach, zone).tolist()
    minutes = np.arange(since, until, _MINUTE)
    shown = walls(minutes, zone)
    on = works[(shown - _MONDAY) % _WEEK // _MINUTE]
    turns = np.flatnonzero(np.diff(np.concatenate([[False], on, [False]])))
    at = np.append(minutes, until)[turns].tolist()
    return tuple(Stretch(_moment(begins), _moment(ends)) for begins, ends in zip(at[::2], at[1::2], strict=True))


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What is left of stretches that do not overlap, in order; what is taken may overlap itself."""
    left: list[Stretch] = []
    in_the_way = sorted(taken, key=_by_time)  # they may be of several kinds
    for stretch in sorted(stretches, key=_by_time):
        at = stretch.starts_at
        for other in in_the_way:
            if other.starts_at >= stretch.ends_at:
                break
            if other.ends_at > at:
                if other.starts_at > at:
                    left.append(Stretch(at, other.starts_at))
                at = other.ends_at
        if at < stretch.ends_at:
            left.append(Stretch(at, stretch.ends_at))
    return tuple(left)


def free(spans: Iterable[Span], zone: ZoneInfo, first: date, days: int, taken: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The working hours of so many days from a local day on that nothing takes, in order."""
    return without(working(spans, zone, first, days), taken)


def _by_time(stretch: Stretch) -> tuple[datetime, datetime]:
    return stretch.starts_at, stretch.ends_at


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
