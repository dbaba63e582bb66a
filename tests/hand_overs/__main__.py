"""What the ledger says of practices whose truth is known: `python -m tests.hand_overs [HOW MANY]`."""

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence

from etl.transform.verdict import BOUNCED, HOLDING, NO_CHANGE, TOO_EARLY, Verdict, Week, of_hours, of_pulls
from tests.hand_overs.simulated import LOOKS, TRUTHS, Practice, events, practices, verdicts, weeks

WORDS = (TOO_EARLY, HOLDING, BOUNCED, NO_CHANGE)
Table = dict[tuple[str, int], Counter[str]]
Kind = tuple[Callable[[Practice, random.Random], list[Week]], Callable[[Sequence[Week]], Verdict]]
TOPICS: Kind = (weeks, of_pulls)
EVENTS: Kind = (events, of_hours)
"""How the weeks of a practice are made, and what judges them."""


def told(count: int, kind: Kind = TOPICS, seed: int = 6) -> tuple[Table, int]:
    """How often each word is said, by truth and by weeks after the hand-over; and how many of those that do nothing are called
    holding or bounced back at any of the looks."""
    make, says = kind
    chance = random.Random(seed + 1)
    found: Table = {(truth, look): Counter() for truth in TRUTHS for look in LOOKS}
    ever_wrong = 0
    for practice in practices(count, seed):
        said = {look: verdict.word for look, verdict in verdicts(make(practice, chance), says).items()}
        for look, word in said.items():
            found[practice.truth, look][word] += 1
        ever_wrong += practice.truth == "does nothing" and not {HOLDING, BOUNCED}.isdisjoint(said.values())
    return found, ever_wrong


def table(found: Table) -> str:
    """The table as text."""
    lines = [f"{'truth':<14}{'weeks':>6}" + "".join(f"{word:>14}" for word in WORDS) + f"{'of':>8}"]
    for (truth, look), words in found.items():
        lines.append(f"{truth:<14}{look:>6}" + "".join(f"{words[word]:>14}" for word in WORDS) + f"{words.total():>8}")
    return "\n".join(lines)


def wrong(found: Table, look: int) -> tuple[int, int]:
    """Of the hand-overs that do nothing, how many are said to hold or to have bounced back; and how many there are."""
    words = found["does nothing", look]
    return words[HOLDING] + words[BOUNCED], words.total()


def main(count: int) -> None:
    """Print both tables, and how often those that do nothing are judged wrongly."""
    for name, kind in (("Topics of interruptions", TOPICS), ("Events of a calendar", EVENTS)):
        found, ever = told(count, kind)
        print(f"{name}\n{table(found)}")
        for look in LOOKS:
            bad, of = wrong(found, look)
            print(f"{look} weeks: of those that do nothing, wrongly called holding or bounced back {bad} of {of}, {bad / of:.1%}")
        print(f"at any of these looks: {ever} of {of}, {ever / of:.1%}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
