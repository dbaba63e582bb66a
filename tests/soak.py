"""Many windows on one dashboard, all day long: `python -m tests.soak --windows 20 --minutes 30 [--seed 7]`.

Real Chromium windows click at random, log lines, file titles and upload, and the command line loads beside them. Several are at
work at once: a window is waited for only when its next turn comes. At quiet moments the pages' totals are held against
`report --json`, what was confirmed against the file, and the server's memory is read.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from etl.store import open_read
from pages.parts.format import exact
from tests.browser.command_line import etl
from tests.browser.conftest import FLAGS
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import open_page, settle, text, upload, visiting
from tests.browser.tables import numbers
from tests.chromium import find
from tests.making import PRACTICE, calendar, event

PAGES = ("overview", "locations", "pulled_away", "day", "handing_over", "hours", "log", "roles", "data")
ROLES = {"leadership": "1", "management": "2"}
WAITING = [
    "".join(letters) for letters in product(("Vum", "Qua", "Zef", "Drix"), ("bol", "nak", "wiz", "pru"), ("et", "omp", "us"))
]
WRONG = ("could not be drawn", "This could not be done", "Open this page anew", "has encountered an error")
PATIENCE = 90


@dataclass(slots=True)
class Soak:
    """One server, its windows, and what they were told is done."""

    server: Server
    windows: list[Page]
    chance: random.Random
    logged: list[str] = field(default_factory=list)
    filed: dict[str, str] = field(default_factory=dict)
    loaded: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)

    def act(self) -> None:
        """One action in one window, or one load beside them."""
        page = self.chance.choice(self.windows)
        name, action, weight = zip(*self.actions(), strict=True)
        at = self.chance.choices(range(len(name)), weight)[0]
        self.quiet(page)
        action[at](page)
        self.done[name[at]] = self.done.get(name[at], 0) + 1

    def actions(self) -> list[tuple[str, Callable[[Page], None], int]]:
        """What can be done, and how often."""
        return [
            ("another page", self.turn, 6),
            ("a period", lambda page: self.press(page, ".st-key-period [role=radio]"), 5),
            ("a location", lambda page: self.press(page, ".st-key-at button"), 4),
            ("into a bar", lambda page: self.press(page, ".barlayer .point path"), 4),
            ("back", lambda page: self.press(page, "button:has-text('Back to')"), 4),
            ("a line logged", self.log, 4),
            ("a title filed", self.file, 3),
            ("an upload", self.upload, 2),
            ("a load beside", self.load, 1),
        ]

    def quiet(self, page: Page) -> None:
        """Wait for a window. AssertionError where it says that something went wrong."""
        settle(page, PATIENCE)
        said = text(page)
        assert not [words for words in WRONG if words in said], f"at {page.url}:\n{said[:800]}"

    def turn(self, page: Page) -> None:
        """To another page by its name on top, or now and then by its address, which is loaded anew."""
        name = self.chance.choice(PAGES)
        link = page.get_by_test_id("stTopNavLink").filter(has_text=name.replace("_", " ").replace("day", "The day").capitalize())
        if self.chance.random() < 0.2 or not link.count() or not link.first.is_visible():
            open_page(page, f"{self.server.address}/{name}?period=All")
        else:
            link.first.click()

    def press(self, page: Page, what: str) -> None:
        """One of what can be pressed here, if anything can; not waited for."""
        found = [each for each in page.locator(what).all()[:40] if each.is_visible()]
        if found:
            self.chance.choice(found).click(force=True, timeout=5000)

    def log(self, page: Page) -> None:
        """One line by keyboard; it counts when the page says that it is kept."""
        topic = f"topic {len(self.logged)}"
        open_page(page, f"{self.server.address}/log")
        page.get_by_role("textbox", name="Minutes, location").click()
        page.keyboard.type(f"6 north {topic}")
        page.keyboard.press("Enter")
        page.get_by_text("Not kept yet").wait_for(timeout=PATIENCE * 1000)
        settle(page, PATIENCE)
        page.get_by_role("button", name="Keep it", exact=True).click()
        page.get_by_text(f"Kept: 6 min, North, {topic}").first.wait_for(timeout=PATIENCE * 1000)
        self.logged.append(topic)

    def file(self, page: Page) -> None:
        """The first title that waits; it counts when the page says its role."""
        open_page(page, f"{self.server.address}/roles")
        if "Without a role yet" not in text(page):
            return
        role = self.chance.choice(list(ROLES))
        page.keyboard.press(ROLES[role])
        page.get_by_text(f"are {role}. Everything is counted anew.").first.wait_for(timeout=PATIENCE * 1000)
        told = re.search(rf"“(\w+)”[^“]*? are {role}\. Everything", text(page))
        assert told, text(page)[:800]
        self.filed[told[1]] = role

    def export(self) -> tuple[str, bytes]:
        """A calendar of one event that no other has."""
        name = f"Extra {len(self.loaded)}"
        day, hour = 2 + len(self.loaded) % 26, 6 + len(self.loaded) // 26 % 10
        made = event("Payroll", f"2026-02-{day:02} {hour:02}:00", f"{hour:02}:30", uid=name, place="Riverside")
        self.loaded.append(name)
        return f"{name.lower().replace(' ', '_')}.ics", calendar(name, made)

    def upload(self, page: Page) -> None:
        """A new calendar by the page."""
        open_page(page, f"{self.server.address}/data")
        file, content = self.export()
        upload(page, (file, content), seconds=PATIENCE)
        page.get_by_role("button", name="Load 1 file", exact=True).click()
        page.get_by_text(f"{file} is loaded").first.wait_for(timeout=PATIENCE * 1000)

    def load(self, _: Page) -> None:
        """A new calendar by the command line, while the windows are at work."""
        file, content = self.export()
        path = self.server.db.parent / file
        path.write_bytes(content)
        etl(self.server, "load", str(path))

    def judge(self) -> None:
        """At a quiet moment: pages and report agree, nothing confirmed is lost or doubled, the file is sound."""
        for window in self.windows:
            self.quiet(window)
        report = json.loads(etl(self.server, "report", "--json"))
        page = self.chance.choice(self.windows)
        open_page(page, f"{self.server.address}/overview?period=All")
        rows = numbers(page, "roles")
        shown = {row[0]: row[rows[0].index("Hours")].replace("\u00a0", " ") for row in rows[1:]}
        for name, key in (("Leadership", "leadership"), ("Management", "management"), ("Not filed", "unclassified")):
            assert shown.get(name) == exact(report["by_role"][key]).replace("\u00a0", " "), (name, shown, report["by_role"])
        assert "BROKEN" not in etl(self.server, "check")
        with open_read(self.server.db) as con:
            topics = [row[0] for row in con.execute("select topic from interruptions").fetchall()]
            roles = dict(
                con.execute("select title, any_value(role) from occurrences where title is not null group by 1").fetchall()
            )
            sources = [row[0] for row in con.execute("select name from sources").fetchall()]
        assert sorted(topics) == sorted(self.logged)
        assert {title: roles.get(title) for title in self.filed} == self.filed
        assert sorted(name for name in sources if name.startswith("Extra")) == sorted(self.loaded)
        assert "Traceback" not in self.server.log.read_text("utf-8", errors="replace")

    def weigh(self, minute: float) -> None:
        """The server's memory now, in MB; 0 where the system does not tell."""
        status = Path(f"/proc/{self.server.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text()) if status.exists() else None
        self.memory.append((minute, int(found[1]) / 1024 if found else 0.0))


def begin(context: BrowserContext, server: Server, windows: int, seed: int) -> Soak:
    """Load a practice and open the windows on it."""
    folder = server.db.parent
    (folder / "practice.toml").write_text(PRACTICE, "utf-8")
    work = [
        event(title, f"2026-03-{2 + nth % 26:02} {8 + nth // 26 * 2:02}:00", f"{9 + nth // 26 * 2:02}:00", place="North")
        for nth, title in enumerate((*WAITING, "Strategy", "Payroll", "Staff meeting"))
    ]
    (folder / "work.ics").write_bytes(calendar("Work", *work))
    etl(server, "load", str(folder / "work.ics"))
    first = context.pages[0]
    pages = [first, *(context.new_page() for _ in range(windows - 1))]
    for page in pages:
        open_page(page, f"{server.address}/overview?period=All")
    return Soak(server, pages, random.Random(seed))


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
        began = told = time.monotonic()
        while (now := time.monotonic()) - began < asked.minutes * 60:
            try:
                soak.act()
            except Error as error:  # a mark that moved away under the pointer; what is wrong is an AssertionError
                print(f"not done: {str(error).splitlines()[0]}", flush=True)
            if now - told > 60:
                told = now
                soak.weigh((now - began) / 60)
                print(
                    f"{soak.memory[-1][0]:5.1f} min {soak.memory[-1][1]:6.0f} MB  {sum(soak.done.values())} actions", flush=True
                )
        soak.judge()
    assert not visit.strangers
    print(soak.done)
    after = [size for minute, size in soak.memory if minute >= 5]
    if after:
        print(f"memory at minute five {after[0]:.0f} MB, at the end {after[-1]:.0f} MB: {after[-1] / after[0] - 1:+.0%}")
    return int(bool(after) and after[-1] > 1.15 * after[0])


if __name__ == "__main__":
    sys.exit(main())
