"""What the ledger says of practices whose truth is known: `python -m tests.hand_overs [HOW MANY]`."""

import random
import sys
from collections import Counter

from etl.transform.verdict import BOUNCED, HOLDING, NO_CHANGE, TOO_EARLY
from tests.hand_overs.simulated import LOOKS, TRUTHS, practices, verdicts, weeks

WORDS = (TOO_EARLY, HOLDING, BOUNCED, NO_CHANGE)
Table = dict[tuple[str, int], Counter[str]]


def told(count: int, seed: int = 6) -> Table:
    """How often each word is said, by truth and by weeks after the hand-over."""
    chance = random.Random(seed + 1)
    found: Table = {(truth, look): Counter() for truth in TRUTHS for look in LOOKS}
    for practice in practices(count, seed):
        for look, verdict in verdicts(weeks(practice, chance)).items():
            found[practice.truth, look][verdict.word] += 1
    return found


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


def ever_wrong(count: int, seed: int = 6) -> tuple[int, int]:
    """Of those that do nothing, how many are called holding or bounced back at any of the looks; and how many there are."""
    chance = random.Random(seed + 1)
    idle = [weeks(practice, chance) for practice in practices(count, seed) if practice.truth == "does nothing"]
    return sum(any(v.word in (HOLDING, BOUNCED) for v in verdicts(made).values()) for made in idle), len(idle)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    found = told(wanted)
    print(table(found))
    for look in LOOKS:
        count, of = wrong(found, look)
        print(f"{look} weeks: of those that do nothing, wrongly called holding or bounced back {count} of {of}, {count / of:.1%}")
    count, of = ever_wrong(wanted)
    print(f"at any of these looks: {count} of {of}, {count / of:.1%}")
