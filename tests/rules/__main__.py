"""`python -m tests.rules --count 10000`: random rules through the product, dateutil and libical; 1 where they differ."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.libical import MissingError, build
from tests.rules.engines import by_dateutil, by_libical, product
from tests.rules.judge import explained, verdict
from tests.rules.making import UNTIL, rules

BATCH = 500


def main() -> int:
    """Compare, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.rules", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    drawn = list(rules(given.seed, given.count))
    verdicts: Counter[str] = Counter()
    libical: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            program = build("expand_rules", Path(folder))
        except MissingError as missing:
            print(f"without libical: {missing}")
            program = None
        for at in range(0, len(drawn), BATCH):
            some = drawn[at : at + BATCH]
            thirds = by_libical(some, UNTIL, program) if program else iter([None] * len(some))
            for rule, read, third in zip(some, product(some, UNTIL), thirds, strict=True):
                second = by_dateutil(rule, UNTIL)
                found = verdict(rule, read, second)
                verdicts[found] += 1
                why = "same as dateutil" if third == second else explained(rule) or "NOT EXPLAINED"
                if third is not None:
                    libical[why] += 1
                if found == "DIFFERS" or (third is not None and why == "NOT EXPLAINED"):
                    wrong += 1
                    twice = len(read.instants) - len(set(read.instants))
                    apart = sorted(set(read.instants) ^ set(second))[:3]
                    print(f"{found} {why} #{rule.number} {' '.join(rule.lines)}")
                    shown = [f"{one:%Y%m%dT%H%M%SZ}" for one in apart]
                    print(f"  {len(read.instants)} for {len(second)}, {twice} of them twice; {shown} {read.said}")
            print(f"{min(at + BATCH, len(drawn)):>7} of {len(drawn)}", file=sys.stderr, flush=True)
    for title, counted in (("the product against dateutil", verdicts), ("libical against dateutil", libical)):
        print(f"{title}, {given.count:,} rules, seed {given.seed}")
        for found, many in counted.most_common():
            print(f"{many:>8,}  {found}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
