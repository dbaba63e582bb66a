"""Leadership blocks: which free working hours of coming weeks to put aside, the owner's least disturbed hours first. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from etl.clock import DAY, seconds, walls
from etl.free_time import Span, Stretch, free
from etl.model import Refused

QUARTER, SHORTEST, LONGEST = 15, 60, 240
"""Minutes: blocks begin and end on whole quarter hours, and none is shorter or wished for longer than these."""
_QUARTER = QUARTER * 60
A_DAY = 2
MOST_WEEKS, MOST_HOURS = 8, 20
Calm = Mapping[tuple[int, int], float]
"""How undisturbed an hour is, by weekday (0 is Monday) and hour of the local clock; only its order matters."""


@dataclass(frozen=True, slots=True)
class Wish:
    """So many hours of leadership a week, to the nearest quarter, in blocks of so many minutes, for so many weeks."""

    hours: float
    weeks: int = 4
    minutes: int = 90

    def verify(self) -> None:
        """Raises Refused where it cannot be."""
        if not SHORTEST / 60 <= self.hours <= MOST_HOURS:
            raise Refused("Blocks", "so many hours a week cannot be put aside", f"Wish for 1 to {MOST_HOURS} hours")
        if not 1 <= self.weeks <= MOST_WEEKS:
            raise Refused("Blocks", "so many weeks cannot be planned", f"Choose 1 to {MOST_WEEKS} weeks")
        if not SHORTEST <= self.minutes <= LONGEST or self.minutes % QUARTER:
            raise Refused("Blocks", "a block cannot be so long", f"Choose {SHORTEST} to {LONGEST} minutes in quarter hours")


@dataclass(frozen=True, slots=True, order=True)
class Block(Stretch):
    """Leadership time to put aside, in whole quarter hours."""


@dataclass(frozen=True, slots=True)
class Week:
    """What one week, from its first local day on, can give. Hours: those put aside already, and those that found no room."""

    begins: date
    already: float
    blocks: tuple[Block, ...]
    missing: float


def weeks_ahead(today: date, week_starts: str, count: int) -> tuple[date, ...]:
    """The first days of the next weeks that begin after today."""
    begun = today - timedelta(days=(today.weekday() + (week_starts == "sunday")) % 7)
    return tuple(begun + timedelta(weeks=nth) for nth in range(1, count + 1))


def choose(
    wish: Wish,
    weeks: Sequence[date],
    zone: ZoneInfo,
    spans: Iterable[Span],
    taken: Sequence[Stretch],
    put_aside: Sequence[Stretch],
    calm: Calm,
) -> tuple[Week, ...]:
    """Blocks for each of these weeks; nothing in `taken` or `put_aside` is touched, and what is put aside already counts.

    The least disturbed hours are taken first, of equally good ones the earlier in the day, then the earlier day; at most
    A_DAY blocks a day. Where nothing of the wished length fits, a shorter one is taken. Raises Refused for a wish that cannot be.
    """
    wish.verify()
    spans = tuple(spans)
    return tuple(_week(wish, begins, zone, spans, taken, put_aside, calm) for begins in weeks)


def _week(
    wish: Wish,
    begins: date,
    zone: ZoneInfo,
    spans: Sequence[Span],
    taken: Sequence[Stretch],
    put_aside: Sequence[Stretch],
    calm: Calm,
) -> Week:
    room = _Room(free(spans, zone, begins, 7, [*taken, *put_aside]), zone, begins, calm)
    days = [(each.starts_at.astimezone(zone).date() - begins).days for each in put_aside]
    here = [(day, each.minutes) for each, day in zip(put_aside, days, strict=True) if 0 <= day < 7]
    for day, _ in here:
        room.count(day)
    already = sum(minutes for _, minutes in here)
    left = (round(wish.hours * 60 / QUARTER) * QUARTER - already) // QUARTER * QUARTER
    if left < SHORTEST:
        left = 0  # less than a block: nothing that had no room
    blocks: list[Block] = []
    while left >= SHORTEST:
        block = next((found for length in _lengths(int(left), wish.minutes) if (found := room.take(length))), None)
        if block is None:
            break
        blocks.append(block)
        left -= block.minutes
    return Week(begins, already / 60, tuple(sorted(blocks)), left / 60)


def _lengths(left: int, wished: int) -> range:
    """Lengths to try, in minutes, the best first: as wished, but so that what then remains is nothing or a block of its own."""
    first = min(left, wished)
    if 0 < left - first < SHORTEST:
        first = left - SHORTEST if left >= 2 * SHORTEST else left
    return range(first // QUARTER * QUARTER, SHORTEST - 1, -QUARTER)


class _Room:
    """The free quarter hours of one week. The zones of today are ahead of UTC by whole quarter hours: theirs are UTC's."""

    def __init__(self, stretches: Iterable[Stretch], zone: ZoneInfo, begins: date, calm: Calm) -> None:
        self._first = seconds(begins) // _QUARTER - 96  # a day before, for the zones ahead of UTC
        at = np.arange(self._first, self._first + 9 * 96)
        shown = walls(at * _QUARTER, zone)
        self._minute = shown % DAY // 60
        self._day = (shown - seconds(begins)) // DAY
        hours = zip(((begins.weekday() + self._day) % 7).tolist(), (self._minute // 60).tolist(), strict=True)
        self._calm = np.array([calm.get(each, 0.0) for each in hours])
        self._free = np.zeros(len(at), bool)
        for each in stretches:
            since, until = (int(moment.timestamp()) for moment in (each.starts_at, each.ends_at))
            self._free[-(-since // _QUARTER) - self._first : max(until // _QUARTER - self._first, 0)] = True
        self._blocks = np.zeros(9, int)  # of each day

    def count(self, day: int) -> None:
        """Count a block on a day of this week."""
        self._blocks[day] += 1

    def take(self, minutes: int) -> Block | None:
        """Take the best stretch of so many minutes that is free; None where none is."""
        length = minutes // QUARTER
        ends = np.arange(length, len(self._free) + 1)
        room = np.concatenate([[0], np.cumsum(self._free)])
        at = np.flatnonzero((room[ends] - room[ends - length] == length) & (self._blocks[self._day[: len(ends)]] < A_DAY))
        if not len(at):
            return None
        sums = np.concatenate([[0], np.cumsum(self._calm)])
        mean = ((sums[at + length] - sums[at]) / length).round(2)  # a hundredth is no difference between two hours
        best = int(at[np.lexsort((at, self._minute[at], -mean))[0]])
        self._free[best : best + length] = False
        self.count(int(self._day[best]))
        return Block(*(datetime.fromtimestamp((self._first + place) * _QUARTER, UTC) for place in (best, best + length)))
