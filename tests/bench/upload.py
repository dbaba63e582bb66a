"""A load from the page against one from the command line: in a warm process, and in a real Chromium on a real server."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.process import ROOT, Figures, Ran, by_turns

if TYPE_CHECKING:
    from tests.bench.load import Bench

# What a page does with an upload: the modules are there, a thread of the server's calls `load` with its bytes.
WARM = """
import sys, threading, time
from pathlib import Path
import streamlit, pandas, plotly.graph_objects
from etl import pipeline
for line in sys.stdin:
    file, db = map(Path, line.split("\\t"))
    told, found = [], []
    begun = time.perf_counter()
    upload = (file.name, file.read_bytes())
    work = threading.Thread(target=lambda: found.extend(
        pipeline.load([upload], Path(str(db).strip()), None, say=lambda *said: told.append(said), as_stored=True)))
    work.start()
    work.join()
    assert found and found[0].refused is None, found
    print((time.perf_counter() - begun) * 1e3, flush=True)
"""


def measure(bench: Bench, rounds: int, first: Figures) -> None:
    """Print the figures of ten years, by turns with the command line."""
    file = bench.calendar(10)
    with ExitStack() as stack:
        warm = stack.enter_context(Warm(bench))
        each = {"command line": partial(bench.load, file), "warm process, a thread of it": partial(warm.load, file)}
        chromium = _chromium()
        if chromium:
            page = stack.enter_context(InPage(bench.folder / "page", chromium))
            each["page, from choosing to report"] = partial(page.load, file)
        figures = by_turns(rounds, *each.values())
    line = figures[0]
    print(f"{'upload of ten years':<32}{'least':>9}{'median':>9}{'to command line':>20}   at most 1.3")
    for name, figure in zip(each, figures, strict=True):
        ratios = f"{figure.least / line.least:.2f} {figure.median / line.median:.2f}"
        print(f"{name:<32}{figure.least:>9.0f}{figure.median:>9.0f}{ratios:>20}", flush=True)
    for step, ms in figures[-1].steps.items() if chromium else ():
        words = {"chosen": "until the button stands there", "loaded": "from the click to the report"}[step]
        print(f"  {words:<30}{min(ms):>9.0f}{statistics.median(ms):>9.0f}")
    if not chromium:
        print("page, from choosing to report: no Chromium was found")


def _chromium() -> str:
    from tests.chromium import find

    return find()


class Warm:
    """A process like the server's, that loads when it is told to."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.process = subprocess.Popen(
            [sys.executable, "-c", WARM], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def load(self, file: Path) -> Ran:
        """Load into a new database."""
        assert self.process.stdin
        assert self.process.stdout
        print(file, self.bench.desk(), sep="\t", file=self.process.stdin, flush=True)
        return Ran(float(self.process.stdout.readline()), 0, "", "")

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


class InPage:
    """The Data page of a real server in a real Chromium."""

    def __init__(self, folder: Path, chromium: str) -> None:
        folder.mkdir()
        self.folder, self.chromium = folder, chromium
        self.stack = ExitStack()

    def __enter__(self) -> InPage:
        from playwright.sync_api import sync_playwright

        from tests.bench.load import PRACTICE
        from tests.browser.conftest import FLAGS
        from tests.browser.server import serving
        from tests.browser.streamlit_page import visiting

        self.practice = PRACTICE
        self.server = self.stack.enter_context(serving(self.folder))
        playwright = self.stack.enter_context(sync_playwright())
        browser = self.stack.enter_context(playwright.chromium.launch(executable_path=self.chromium, args=FLAGS))
        self.page = self.stack.enter_context(visiting(browser, self.server.address)).page
        self.page.set_default_timeout(300_000)
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def load(self, file: Path) -> Ran:
        """Choose the file, press Load and wait for the report; the database is a new one."""
        from tests.browser.streamlit_page import open_page

        for path in self.folder.glob("owner_time.duckdb*"):
            path.unlink()
        (self.folder / "practice.toml").write_text(self.practice, "utf-8")
        open_page(self.page, f"{self.server.address}/data")
        field = self.page.locator('input[type="file"]').first
        begun = time.perf_counter()
        field.set_input_files(file)
        button = self.page.locator(".st-key-load button")
        button.wait_for()
        offered = time.perf_counter()
        button.click()
        self.page.locator(".st-key-report_0").wait_for()
        done = time.perf_counter()
        said = f"time chosen {(offered - begun) * 1e3}\ntime loaded {(done - offered) * 1e3}"
        return Ran((done - begun) * 1e3, 0, "", said)
