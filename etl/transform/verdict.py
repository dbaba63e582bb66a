"""Whether a hand-over holds, from the owner's weeks before and after it; rather 'too early' than a guess.

Interruptions come as they please: their numbers are compared as those of Poisson processes, given their sum (a binomial test;
Przyborowski and Wilenski 1940), by less than their number where the weeks scatter more than chance would. Events of a calendar
do not: what counts there is whether their hours went. Either way the order of the weeks must not be one that chance often
brings (an exact permutation test; Fisher 1935), for what is only planned every third week has empty weeks of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, exp

TOO_EARLY, HOLDING, BOUNCED, NO_CHANGE = "too early", "holding", "bounced back", "no change"
FEWEST, WINDOW, LONG = 2, 4, 18
"""Weeks that are needed on each side, and that are looked at; of events that come every other week only many weeks tell."""
SURE = 0.01
"""How rarely a hand-over that does nothing may look as if it held."""
BY_ORDER = 0.03
"""In how few of all orders of the weeks so little may lie after the hand-over; of four and three weeks, in one of 35."""
DIP = 0.005
UP = 0.05
POWER, A_THIRD = 0.8, 1 / 3
GONE, FEW_LEFT = 0.5, 0.25
"""Share of a planned thing's hours that is left at most when it holds, and when it was surely gone before it came back."""
BACK = 0.8


@dataclass(frozen=True, slots=True)
class Week:
    """A week of 7 days counted from the hand-over, the first after it number 0: the owner's pulls and hours in it."""

    number: int
    pulls: int
    hours: float
    used: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word and why, in a sentence."""

    word: str
    reason: str


def of_pulls(weeks: Sequence[Week]) -> Verdict:
    """The verdict on a topic of interruptions, by their number."""
    before, after, early = _sides(weeks)
    if early:
        return early
    old, now = [week.pulls for week in before], [week.pulls for week in after]
    latest = now[-WINDOW:]
    scatter = max(_scatter(old, latest), 1.0)
    said = f"{_count(sum(latest))} in the latest {len(latest)} weeks, {sum(old)} in the {len(old)} before the hand-over"
    if (when := _dip(old, now, scatter)) and _back(old, now[:when], now[when:], scatter):
        return Verdict(BOUNCED, f"Fewer in the first {when} weeks, then as many as before: {said}.")
    if _fewer(old, latest, scatter) <= SURE:
        if len(latest) > FEWEST and _by_order(old, latest) > BY_ORDER:
            return Verdict(TOO_EARLY, f"Fewer than before, but your weeks differ much among themselves: {said}.")
        if len(now) > FEWEST and _fewer(now[-FEWEST:], now[:-FEWEST], scatter) <= UP:
            return Verdict(TOO_EARLY, f"Fewer than before, but more again in the latest weeks: {said}.")
        return Verdict(HOLDING, f"{said}: fewer than chance would explain.")
    if _would_have_shown(old, len(latest), scatter):
        return Verdict(NO_CHANGE, f"{said}. Had two thirds of them gone, it would show by now.")
    return Verdict(TOO_EARLY, f"{said}: too few to tell.")


def of_hours(weeks: Sequence[Week]) -> Verdict:
    """The verdict on a series or a group of events, by their hours."""
    before, after, early = _sides(weeks)
    if early:
        return early
    hours = [week.hours for week in before]
    old = sum(hours) / len(hours)
    if not old or sum(week.hours > 0 for week in before) < FEWEST:
        return Verdict(TOO_EARLY, "It took hours in fewer than two of the weeks before: too few to compare with.")
    now = [week.hours for week in after]
    latest = now[-WINDOW:]
    left = sum(latest) / len(latest) / old
    said = f"{sum(latest) / len(latest):.1f} h a week in the latest {len(latest)} weeks, {old:.1f} h before the hand-over"
    dips = (now[:n] for n in range(FEWEST, min(WINDOW, len(now) - FEWEST) + 1))
    if sum(now[-FEWEST:]) / FEWEST >= BACK * old and any(_gone(dip, hours, FEW_LEFT) for dip in dips):
        return Verdict(BOUNCED, f"It had gone, and is back: {said}.")
    if _gone(latest, hours, GONE) or (left <= GONE and _gone(now[-LONG:], hours, GONE)):
        return Verdict(HOLDING, f"{said}.")
    if len(latest) < WINDOW:
        return Verdict(TOO_EARLY, f"{said}: from {WINDOW} weeks on it can be told.")
    if left <= GONE:
        return Verdict(TOO_EARLY, f"{said}: but weeks without it were usual before, too.")
    return Verdict(NO_CHANGE, f"{said}: {left:.0%} of it is still yours.")


def _sides(weeks: Sequence[Week]) -> tuple[list[Week], list[Week], Verdict | None]:
    used = sorted((week for week in weeks if week.used), key=lambda week: week.number)
    before, after = [w for w in used if w.number < 0][-WINDOW:], [w for w in used if w.number >= 0]
    if len(before) >= FEWEST and len(after) >= FEWEST:
        return before, after, None
    side, there = ("before", before) if len(before) < FEWEST else ("after", after)
    weeks_are = "There is 1 week" if len(there) == 1 else f"There are {len(there) or 'no'} weeks"
    return before, after, Verdict(TOO_EARLY, f"{weeks_are} {side} the hand-over to compare with; two are needed.")


def _gone(new: Sequence[float], old: Sequence[float], share: float) -> bool:
    """Whether at most this share is left, and that is not how the weeks fall by chance."""
    return sum(new) / len(new) <= share * sum(old) / len(old) and _by_order(old, new) <= BY_ORDER


def _by_order(old: Sequence[float], new: Sequence[float]) -> float:
    """In how many of all orders of these weeks the new ones come to so little; of 4 and 4 weeks there are 70."""
    most = sum(new) + 1e-9  # hours are fractions, whose sums differ in their last digit
    sums = [sum(weeks) for weeks in combinations((*old, *new), len(new))]
    return sum(each <= most for each in sums) / len(sums)


def _fewer(old: Sequence[int], new: Sequence[int], scatter: float) -> float:
    """How likely so few of all of them would fall into the new weeks, if nothing had changed."""
    few, rest = round(sum(new) / scatter), round(sum(old) / scatter)
    return _at_most(few, few + rest, len(new) / (len(new) + len(old)))


def _at_most(few: int, of: int, chance: float) -> float:
    """That at most `few` of `of` fall where each falls with this chance."""
    return min(sum(comb(of, n) * chance**n * (1 - chance) ** (of - n) for n in range(few + 1)), 1.0)


def _scatter(*sides: Sequence[int]) -> float:
    """The variance of the weeks in means, within each side: 1 is that of chance."""
    parts = [
        (sum((n - sum(side) / len(side)) ** 2 for n in side) / (sum(side) / len(side)), len(side) - 1)
        for side in sides
        if sum(side)
    ]
    free = sum(df for _, df in parts)
    return sum(chi for chi, _ in parts) / free if free else 1.0


def _dip(old: Sequence[int], now: Sequence[int], scatter: float) -> int:
    """For how many of the first weeks after it surely were fewer; 0 for none."""
    found = [n for n in range(FEWEST, min(WINDOW, len(now) - FEWEST) + 1) if _fewer(old, now[:n], scatter) <= DIP]
    return found[-1] if found else 0


def _back(old: Sequence[int], dip: Sequence[int], since: Sequence[int], scatter: float) -> bool:
    latest = since[-WINDOW:]
    up = _fewer(latest, dip, scatter) <= UP
    return up and _fewer(old, latest, scatter) > UP and sum(latest) / len(latest) >= sum(old) / len(old) / 2


def _would_have_shown(old: Sequence[int], weeks: int, scatter: float) -> bool:
    """Whether a fall to a third would have been called holding, four times of five."""
    expected = sum(old) / len(old) * weeks * A_THIRD / scatter
    rest, chance = round(sum(old) / scatter), weeks / (weeks + len(old))
    if not rest:
        return False
    power, term = 0.0, exp(-expected)
    for n in range(rest + 1):
        if _at_most(n, n + rest, chance) > SURE:
            break
        power += term
        term *= expected / (n + 1)
    return power >= POWER


def _count(pulls: int) -> str:
    return "1 interruption" if pulls == 1 else f"{pulls} interruptions"
