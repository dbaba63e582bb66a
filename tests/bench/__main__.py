"""`python -m tests.bench load`, `answer`, `marts` or `pages`, or all of them."""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    """Run what is asked for; 1 where something that is needed is not here."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["load", "answer", "marts", "pages"])
    parser.add_argument("rounds", nargs="?", type=int, help="how often each is measured (load 7, answer 5, marts 5, pages 9)")
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 10, 30], help="load: the lengths to compare")
    given = parser.parse_args()
    status = 0
    if given.what in (None, "load"):
        from tests.bench.load import main as load  # alone in its process while it measures: a child's peak counts its parent's

        status |= load(given.rounds or 7, given.years)
    if given.what in (None, "answer"):
        from tests.bench.answer import main as answer

        status |= answer(given.rounds or 5)
    if given.what in (None, "marts"):
        from tests.bench.marts import main as marts

        status |= marts(given.rounds or 5)
    if given.what in (None, "pages"):
        from tests.bench.pages import main as pages

        status |= pages(given.rounds or 9)
    return status


if __name__ == "__main__":
    sys.exit(main())
