"""What the words of a title make likely: naive Bayes over its words and their pieces, learned from titles that have a role.

It measures better on the titles in tests/transform/four_hundred.csv than the nearest titles do (python -m tests.filing), and
is learned in some 30 ms.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

ROLES = ("leadership", "management", "clinical", "personal")
_EVEN = 0.3  # what a piece that was never seen counts as
_CALM = 3.0  # pieces of a word are not independent: what they say together is a third of its face value


class Learned:
    """Learned once, asked often. Pure: the same examples always make the same of a title."""

    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        """`examples` are forms of titles (transform/titles.py) with their roles."""
        counts: dict[str, Counter[str]] = {role: Counter() for role in ROLES}
        titles = Counter(role for _, role in examples)
        for form, role in examples:
            counts[role].update(_pieces(form))
        many = len({piece for of_role in counts.values() for piece in of_role}) or 1
        total = max(sum(titles.values()), 1)
        self._first = {role: math.log((titles[role] + 1) / (total + len(ROLES))) for role in ROLES}
        self._counts = counts
        self._sums = {role: sum(of_role.values()) + _EVEN * many for role, of_role in counts.items()}
        self._seen = {piece for of_role in counts.values() for piece in of_role}

    def of(self, form: str) -> Mapping[str, float]:
        """How likely each role is; empty where no word or piece of the title was seen."""
        pieces = [(piece, weight) for piece, weight in _pieces(form).items() if piece in self._seen]
        if not pieces:
            return {}
        scores = {
            role: self._first[role]
            + sum(weight * math.log((self._counts[role][piece] + _EVEN) / self._sums[role]) for piece, weight in pieces)
            for role in ROLES
        }
        most = max(scores.values())
        parts = {role: math.exp((score - most) / _CALM) for role, score in scores.items()}
        return {role: part / sum(parts.values()) for role, part in parts.items()}


def _pieces(form: str) -> Counter[str]:
    """Its words, and by half as much every three and four letters of it in a row."""
    found: Counter[str] = Counter(form.split())
    padded = f" {form} "
    for length in (3, 4):
        found.update(_half(padded[at : at + length] for at in range(len(padded) - length + 1)))
    return found


def _half(pieces: Iterable[str]) -> dict[str, float]:
    halves: dict[str, float] = {}
    for piece in pieces:
        halves[f"#{piece}"] = halves.get(f"#{piece}", 0.0) + 0.5
    return halves
