"""The owner's word on one event or one series: which occurrences it holds for, whatever their export says later."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.clock import Ints

NONE = 0


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
        return "this series" if self.original is None else "this event"


class Corrections:
    """All corrections, ready to be found. One of an event goes before one of its series; of two the newer."""

    def __init__(self, corrections: Sequence[Correction] = ()) -> None:
        self.by_id = {each.correction_id: each for each in corrections}
        self._series: dict[int, int] = {}
        self._events: dict[tuple[int, int, int], int] = {}
        for each in sorted(corrections, key=lambda c: c.correction_id):
            if each.original is None or each.original_clock is None:
                self._series[each.uid] = each.correction_id
            else:
                self._events[each.uid, each.original, each.original_clock] = each.correction_id
        self._uids = np.unique(np.array([each.uid for each in corrections], np.int64))

    def of(self, uid: Ints, original: Ints, original_clock: Ints) -> Ints:
        """The number of each occurrence's correction, NONE where it has none."""
        numbers = np.zeros(len(uid), np.int64)
        if not len(self._uids):
            return numbers
        for at in np.flatnonzero(np.isin(uid, self._uids)).tolist():
            event = (int(uid[at]), int(original[at]), int(original_clock[at]))
            numbers[at] = self._events.get(event) or self._series.get(event[0], NONE)
        return numbers
