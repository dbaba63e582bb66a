"""What all windows together were told is done, in plain Python: what must be stored then, and the hours that come of it.

Where the app takes a change only if no other window came first, the change moves a thing from one state to another, and moves
add up in any order. An answer or a correction goes over whatever was said before: of these, one at a time about the same thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

Before = dict[str, frozenset[str]]
WAITS = frozenset(["unclassified"])


@dataclass(slots=True)
class Model:
    """`hours` of each thing that has a role: a title that is filed, or one event that is corrected. `roles` is what each may be:
    one, but for what was taken back by words that fit several answers."""

    hours: dict[str, float] = field(default_factory=dict)
    roles: dict[str, frozenset[str]] = field(default_factory=dict)
    answers: list[tuple[str, Before]] = field(default_factory=list)  # what the page said of each, and how it was before
    logged: Counter[tuple[str, int]] = field(default_factory=Counter)  # topic and minutes: 1 where it stands so
    handed: Counter[str] = field(default_factory=Counter)  # by who takes it: 1 where it is in the ledger
    ended: Counter[str] = field(default_factory=Counter)  # and 1 where it is the owner's again
    loaded: dict[str, str] = field(default_factory=dict)  # extra calendars, each with its one title

    def say(self, things: Iterable[str], role: str) -> Before:
        """They are of this role now; what they were before."""
        before = {thing: self.roles[thing] for thing in things}
        self.roles |= dict.fromkeys(before, frozenset([role]))
        return before

    def unsay(self, *befores: Before) -> None:
        """They are as they were before: in one of these ways."""
        for thing in {thing for before in befores for thing in before}:
            self.roles[thing] = frozenset().union(*(before[thing] for before in befores))

    def correct_log(self, topic: str, old: int, new: int) -> None:
        """An entry of so many minutes has others now; 0 for none, before it is written down or when it is taken back."""
        self.logged[topic, old] -= 1
        self.logged[topic, new] += 1

    def log(self) -> list[tuple[str, int]]:
        """What stands in the log: topic and minutes."""
        return sorted((+Counter({key: many for key, many in self.logged.items() if key[1]})).elements())

    def ledger(self) -> list[tuple[str, bool]]:
        """Who takes something, and whether it ended."""
        return sorted((who, bool(self.ended[who])) for who in (+self.handed).elements())

    def by_role(self) -> dict[str, float]:
        """The hours of each role: no two things of a soak are at the same time."""
        found: Counter[str] = Counter({"management": sum(minutes for _, minutes in self.log()) / 60})
        for thing, hours in self.hours.items():
            (role,) = self.roles[thing]
            found[role] += hours
        return dict(found)
