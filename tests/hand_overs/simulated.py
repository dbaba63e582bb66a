"""Practices of which the truth is known: pulls on one topic by a Poisson process, or events of a calendar, handed over in the
middle."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.transform.verdict import Verdict, Week, of_pulls

TRUTHS = ("works", "fails", "does nothing")
LOOKS = (2, 3, 4, 6, 8)
"""After how many weeks somebody looks."""


RHYTHMS = ("each week", "every other week", "every third week", "two weeks of four", "each week and once a month", "as they come")
"""How events are planned; some of each are missed, and those of a group come as they please."""


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


def events(practice: Practice, chance: random.Random) -> list[Week]:
    """The same for events of a calendar, planned in one of the rhythms; the practice's rate is that of a group's events."""
    rhythm, turn, missed = chance.choice(RHYTHMS), chance.randrange(12), chance.uniform(0, 0.3)
    made = []
    for number in range(-4, 8):
        nth = number + turn
        planned = {
            RHYTHMS[0]: 1.0, RHYTHMS[1]: nth % 2 == 0, RHYTHMS[2]: nth % 3 == 0, RHYTHMS[3]: 2.0 * (nth % 4 < 2),
            RHYTHMS[4]: 0.5 + 3.0 * (nth % 4 == 0),
            RHYTHMS[5]: sum(chance.uniform(0.25, 2) for _ in range(poisson(practice.rate, chance))),
        }[rhythm]  # fmt: skip
        stays = chance.random() < practice.expected(number) / practice.rate
        hours = float(planned) if stays and (chance.random() >= missed or rhythm == RHYTHMS[5]) else 0.0
        made.append(Week(number, int(hours > 0), hours, number not in practice.off))
    return made


def verdicts(made: Sequence[Week], says: Callable[[Sequence[Week]], Verdict] = of_pulls) -> dict[int, Verdict]:
    """What is said at each look; of events by `of_hours`."""
    return {look: says([week for week in made if week.number < look]) for look in LOOKS}
