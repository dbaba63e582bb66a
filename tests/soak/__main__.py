"""Many windows on one dashboard, all day long: `python -m tests.soak --windows 20 --minutes 30 [--seed 7]`.

Real Chromium windows click, log, file, correct, hand over, upload and undo at random, and the command line loads beside them.
So many steps a minute at most: a fast machine waits, a slow one does fewer. Every few minutes all that was told to be done is
held against what is stored, and the totals of the pages against `report --json`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import visiting
from tests.chromium import find
from tests.soak import practice
from tests.soak.clicks import CLICKS
from tests.soak.edits import EDITS
from tests.soak.judge import judge
from tests.soak.windows import Soak

STEPS = 60  # a minute, at most
JUDGED = 5  # minutes from one time to the next
MOST = 1.15  # times the memory of minute five


def begin(context: BrowserContext, server: Server, windows: int, seed: int) -> Soak:
    """Load the practice, open the windows on it; every kind of edit comes once before any comes again."""
    model, chance = practice.begin(server), random.Random(seed)
    pages = [*context.pages, *(context.new_page() for _ in range(windows - len(context.pages)))]
    soak = Soak(server, pages, chance, model, practice.midnight(), practice.numbers_of_events(server), [*CLICKS, *EDITS])
    soak.made.update({"call": practice.BEGUN, "team": practice.BEGUN})
    soak.to_do = chance.sample(EDITS, len(EDITS))
    for page in pages:
        soak.open(page, "overview?period=All")
    return soak


def run(soak: Soak, minutes: float) -> None:
    """Steps until the time is over, none before its time."""
    began, minute, steps = time.monotonic(), 0, 0
    while (taken := (time.monotonic() - began) / 60) < minutes:
        soak.act()
        steps += 1
        time.sleep(max(0.0, began + steps * 60 / STEPS - time.monotonic()))
        if taken >= minute + 1:
            minute = int(taken)
            soak.weigh(minute)
            print(f"minute {minute}: {soak.memory[-1][1]:.0f} MB, {steps} steps", flush=True)
            if minute % JUDGED == 0:
                judge(soak)
    judge(soak)
    soak.weigh(minutes)


def figures(soak: Soak) -> None:
    """How often what was done, and what was refused."""
    print("done:", *(f"  {many:4}  {kind}" for kind, many in sorted(soak.done.items()) if many), sep="\n")
    print(f"refused by a sentence of the app's: {soak.refused.total()}")
    print(*(f"  {many:4}  {kind}: {sentence}" for (kind, sentence), many in sorted(soak.refused.items())), sep="\n")


def main() -> int:
    """Run for the minutes asked for, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--windows", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.windows} windows, {asked.minutes:g} min", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find(), args=FLAGS) as browser,
        visiting(browser, server.address) as visit,
    ):
        soak = begin(visit.page.context, server, asked.windows, asked.seed)
        try:
            run(soak, asked.minutes)
        finally:
            figures(soak)
    assert not visit.strangers
    after = [size for minute, size in soak.memory if minute >= min(5, asked.minutes)]
    print(f"memory at minute five {after[0]:.0f} MB, at the end {after[-1]:.0f} MB: {after[-1] / after[0] - 1:+.0%}")
    return int(after[-1] > MOST * after[0])


if __name__ == "__main__":
    sys.exit(main())
