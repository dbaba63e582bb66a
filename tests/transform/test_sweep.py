"""The sweep against the plainest way to say the same: look at every moment."""

import itertools
import random

import numpy as np
import pytest

from etl.transform.sweep import NOBODY, Ints, boundaries, cut, owners, stretches


def some_claims(chance: random.Random) -> tuple[Ints, Ints]:
    count = chance.randint(0, 14)
    starts = np.array([chance.randint(0, 30) for _ in range(count)], np.int64)
    return starts, starts + np.array([chance.randint(1, 25) for _ in range(count)], np.int64)


def moment_by_moment(starts: Ints, ends: Ints) -> dict[int, int]:
    """The owner of each moment that has one."""
    over = {at: [n for n in range(len(starts)) if starts[n] <= at < ends[n]] for at in range(60)}
    return {at: min(claims) for at, claims in over.items() if claims}


@pytest.mark.parametrize("seed", range(80))
def test_each_moment_has_its_first_claim(seed: int) -> None:
    starts, ends = some_claims(random.Random(seed))
    bounds = boundaries(starts, ends)
    begins, finishes, (owner,) = stretches(bounds, owners(starts, ends, bounds))
    found = {at: int(n) for b, e, n in zip(begins, finishes, owner, strict=True) for at in range(b, e)}
    assert found == moment_by_moment(starts, ends)
    assert all(e < b or m != n for e, b, m, n in zip(finishes, begins[1:], owner, owner[1:], strict=False))


@pytest.mark.parametrize("seed", range(40))
def test_pieces_are_cut_where_they_should_be_and_nowhere_else(seed: int) -> None:
    chance = random.Random(seed)
    starts, ends = some_claims(chance)
    bounds = boundaries(starts, ends)
    begins, finishes, _ = stretches(bounds, owners(starts, ends, bounds))
    at = np.array(sorted(chance.sample(range(60), 8)), np.int64)
    of, piece_begins, piece_ends = cut(begins, finishes, at)
    expected = []
    for n, (begin, end) in enumerate(zip(begins.tolist(), finishes.tolist(), strict=True)):
        marks = [begin, *(m for m in at.tolist() if begin < m < end), end]
        expected += [(n, a, b) for a, b in itertools.pairwise(marks)]
    assert list(zip(of.tolist(), piece_begins.tolist(), piece_ends.tolist(), strict=True)) == expected


def test_two_kinds_of_owners_make_a_stretch_together() -> None:
    bounds = np.array([0, 5, 10, 15], np.int64)
    planned, pulled = np.array([0, 0, 0]), np.array([NOBODY, 0, NOBODY])
    begins, finishes, (one, other) = stretches(bounds, planned, pulled)
    assert (begins.tolist(), finishes.tolist()) == ([0, 5, 10], [5, 10, 15])
    assert (one.tolist(), other.tolist()) == ([0, 0, 0], [NOBODY, 0, NOBODY])


def test_nothing_is_nothing() -> None:
    none = np.empty(0, np.int64)
    assert [len(each) for each in stretches(boundaries(none, none), owners(none, none, none))[:2]] == [0, 0]
