"""Practices of which the truth is known: pulls on one topic by a Poisson process, handed over in the middle."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from etl.transform.verdict import Verdict, Week, of_pulls

TRUTHS = ("works", "fails", "does nothing")
LOOKS = (2, 3, 4, 6, 8)
"""After how many weeks somebody looks."""


@dataclass(frozen=True)
class Practice:
    """One hand-over: pulls a week before it, what becomes of it, and the weeks that do not count."""

    truth: str
    rate: float
    left: float  # share of the pulls that stays while it works
    comes_back: int  # week from which they are as before, where it fails
    scattered: bool
    off: frozenset[int]

    def expected(self, week: int) -> float:
        works = self.truth == "works" or (self.truth == "fails" and week < self.comes_back)
        return self.rate * (self.left if week >= 0 and works else 1.0)


def practices(count: int, seed: int) -> list[Practice]:
    """Rates of 1 to 15 a week, a third scattered more than chance, some with a week on holiday or without a log."""
    chance = random.Random(seed)
    return [
        Practice(
            truth=TRUTHS[n % 3],
            rate=math.exp(chance.uniform(0, math.log(15))),
            left=chance.uniform(0, 0.2),
            comes_back=chance.randint(2, 4),
            scattered=chance.random() < 0.33,
            off=frozenset(week for week in range(-4, 8) if chance.random() < 0.08),
        )
        for n in range(count)
    ]


def weeks(practice: Practice, chance: random.Random) -> list[Week]:
    """Eleven to twelve weeks of pulls as the log would have them."""
    made = []
    for number in range(-4, 8):
        mean = practice.expected(number) * (chance.gammavariate(4, 1 / 4) if practice.scattered else 1.0)
        pulls = poisson(mean, chance)
        made.append(Week(number, pulls, pulls * 0.1, number not in practice.off))
    return made


def poisson(mean: float, chance: random.Random) -> int:
    """A number of pulls: arrivals with exponential gaps within one week."""
    count, at = 0, chance.expovariate(1.0)
    while at < mean:
        count, at = count + 1, at + chance.expovariate(1.0)
    return count


def verdicts(made: Sequence[Week]) -> dict[int, Verdict]:
    """What is said at each look."""
    return {look: of_pulls([week for week in made if week.number < look]) for look in LOOKS}
