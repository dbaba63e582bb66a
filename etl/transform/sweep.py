"""Who owns each moment: pure arithmetic over columns of instants (whole microseconds since 1970, UTC).

Every start and end is a boundary. Between two boundaries nothing changes, so each segment has one owner: the claim over it
that is first in rank.
"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NOBODY = np.iinfo(np.int64).max
"""The owner of a moment that nothing claims."""


def boundaries(*moments: Ints) -> Ints:
    """All moments at which an owner may change, in order, each once."""
    found: Ints = np.sort(np.concatenate(moments))
    again = np.zeros(len(found), bool)  # np.unique does the same in three times the time
    again[1:] = found[1:] == found[:-1]
    return found[~again]


def owners(starts: Ints, ends: Ints, bounds: Ints) -> Ints:
    """For each segment between two neighbours of `bounds`, the number of the first claim over it, else NOBODY.

    The claims come in order of rank, the first in rank first, and have a length. Each claim is laid over its segments as
    two stretches whose length is a power of two, which may overlap; then every stretch hands its owner down to its two
    halves. So the cost hardly depends on how long the claims are or how many lie above each other.
    """
    count = max(len(bounds) - 1, 0)
    first, last = np.searchsorted(bounds, starts), np.searchsorted(bounds, ends)
    level = np.frexp((last - first).astype(float))[1] - 1  # the greatest power of two that fits
    rank, above = np.arange(len(starts), dtype=np.int64), np.full(count, NOBODY)
    for power in range(int(level.max(initial=0)), -1, -1):
        here = level == power
        for at in (first[here], last[here] - 2**power):
            np.minimum.at(above, at, rank[here])
        if power:
            half, below = 2 ** (power - 1), above.copy()
            np.minimum(below[half:], above[: count - half], out=below[half:])
            above = below
    return above


def stretches(bounds: Ints, *owned_by: Ints) -> tuple[Ints, Ints, list[Ints]]:
    """Starts, ends and owners of the stretches that have one, neighbours with the same owners made one."""
    if len(bounds) < 2:
        none = np.empty(0, np.int64)
        return none, none, [none for _ in owned_by]
    changes = np.ones(len(bounds) - 1, bool)
    changes[1:] = np.logical_or.reduce([owner[1:] != owner[:-1] for owner in owned_by])
    begins = np.flatnonzero(changes)
    ends = np.append(begins[1:], len(bounds) - 1)
    held = np.logical_or.reduce([owner[begins] != NOBODY for owner in owned_by])
    return bounds[begins][held], bounds[ends][held], [owner[begins][held] for owner in owned_by]


def cut(starts: Ints, ends: Ints, at: Ints) -> tuple[Ints, Ints, Ints]:
    """Stretches cut at the moments `at`: number of the stretch, start and end of each piece, none of no length."""
    first, last = np.searchsorted(at, starts, "right"), np.searchsorted(at, ends, "left")  # the moments within it
    pieces = last - first + 1
    stretch = np.repeat(np.arange(len(starts)), pieces)
    nth = np.arange(len(stretch)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    begins, finishes = starts[stretch].copy(), ends[stretch].copy()
    begins[nth > 0] = at[(first[stretch] + nth - 1)[nth > 0]]
    inner = nth < pieces[stretch] - 1
    finishes[inner] = at[(first[stretch] + nth)[inner]]
    return stretch, begins, finishes
