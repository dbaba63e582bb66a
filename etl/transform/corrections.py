"""The owner's word on one event or one series: which occurrences it holds for, whatever their export says later.

A block of leadership time that was put aside here is known again by its UID, whatever it is called by then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from etl.clock import Ints

NONE = 0
PUT_ASIDE = -1
"""The number of what holds for all planned blocks; the owner's own corrections go before it."""
PLANNED = "planned"
"""The activity of leadership time that was put aside."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of the table `corrections`; `original` is None for every instance of a series. Numbers start at 1."""

    correction_id: int
    uid: int
    original: int | None
    original_clock: int | None
    role: str
    activity: str
    location: str | None

    @property
    def what(self) -> str:
        """What decides the role of its occurrences, as the column `decided_by` says it."""
        if self.correction_id == PUT_ASIDE:
            return "planned block"
        return "this series" if self.original is None else "this event"


_BLOCK = Correction(PUT_ASIDE, 0, None, None, "leadership", PLANNED, None)


class Corrections:
    """All corrections, ready to be found. One of an event goes before one of its series; of two the newer.

    `put_aside` are the UIDs of planned blocks.
    """

    def __init__(self, corrections: Sequence[Correction] = (), put_aside: Iterable[int] = ()) -> None:
        self.by_id = {each.correction_id: each for each in (*corrections, _BLOCK)}
        self._series: dict[int, int] = dict.fromkeys(put_aside, PUT_ASIDE)
        self._events: dict[tuple[int, int, int], int] = {}
        for each in sorted(corrections, key=lambda c: c.correction_id):
            if each.original is None or each.original_clock is None:
                self._series[each.uid] = each.correction_id
            else:
                self._events[each.uid, each.original, each.original_clock] = each.correction_id
        self._uids = np.unique(np.array([*self._series, *(uid for uid, _, _ in self._events)], np.int64))

    def of(self, uid: Ints, original: Ints, original_clock: Ints) -> Ints:
        """The number of each occurrence's correction, NONE where it has none."""
        numbers = np.zeros(len(uid), np.int64)
        if not len(self._uids):
            return numbers
        for at in np.flatnonzero(np.isin(uid, self._uids)).tolist():
            event = (int(uid[at]), int(original[at]), int(original_clock[at]))
            numbers[at] = self._events.get(event) or self._series.get(event[0], NONE)
        return numbers
