"""Measures the pages with ten years in the file. Asserts nothing.

A click is timed in the browser itself, from the press until every picture is redrawn and until the last change of the page,
and set against the floor: a bare Streamlit page with as many pictures, clicked by turns with it and timed the same way. The
ratio says what is ours and what the machine's. A page without pictures has nothing to redraw: its last change stands against
that of an empty page, for what that is worth.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import decade
from tests.bench.floor import floor
from tests.browser.command_line import etl
from tests.browser.conftest import FLAGS
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import go_to, open_page, settle, visiting
from tests.chromium import find

YEARS = 10
MOST, AIM, MOST_COLD, MOST_MEMORY = 1.5, 1.25, 1.4, 500
PAGES = ("Overview", "Locations", "Pulled away", "The day", "Handing over", "Log", "Roles", "Data")
PICTURES = ".js-plotly-plot"
BARS = ".js-plotly-plot:not(.st-key-log_days *) .bars .point path"
"""Those that open their hours: the days of the log open nothing."""
PRESETS = ("52 weeks", "13 weeks", "26 weeks", "4 weeks")
WATCH = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    window.drawn = new Promise((drawn, never) => {
        let begun = 0, changed = 0, pictured = 0, ran = false;
        const within = node => (node.nodeType === 1 ? node : node.parentElement)?.closest('.js-plotly-plot');
        const asked = performance.now();
        const start = () => { begun = changed = pictured = performance.now(); };
        window.addEventListener('pointerdown', start, {capture: true, once: true});
        const watch = new MutationObserver(records => {
            changed = performance.now();
            pictured = records.some(each => within(each.target)) ? changed : pictured;
            const runs = app.dataset.testScriptState !== 'notRunning';
            ran = ran || begun && (runs || records.some(each => each.type !== 'attributes'));
        });
        watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
        const look = setInterval(() => {
            const now = performance.now();
            const done = ran && app.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-stale="true"]');
            if ((done && now - changed > 500) || now - asked > 60000) {
                clearInterval(look);
                watch.disconnect();
                done ? drawn([pictured - begun, changed - begun]) : never(new Error('not drawn within a minute'));
            }
        }, 20);
    });
}"""
FIRST = """pictures => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('h1, .st-key-next')
        && document.querySelectorAll('.js-plotly-plot .main-svg .bglayer').length >= pictures
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]');
}"""
Press = Callable[[], None]
Drawn = tuple[float, float]
"""Milliseconds until the pictures are redrawn, and until all is drawn."""


def main(rounds: int) -> int:
    """Print the figures; exit status 1 without a Chromium."""
    chromium = find()
    if not chromium:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
    ):
        ours, bare = Path(folder) / "ours", Path(folder) / "bare"
        load(ours)
        measure(browser, ours, bare, rounds)
    return 0


def load(folder: Path) -> Path:
    """A database with ten years in it, new in this folder."""
    files = decade.write(folder, YEARS, datetime.now().astimezone().date())
    db = folder / "owner_time.duckdb"
    etl(Server(0, db, folder / "server.log"), "load", *map(str, files))
    return db


def measure(browser: Browser, ours: Path, bare: Path, rounds: int) -> None:
    """Print all figures of a database."""
    with serving(ours) as server, floor(bare) as beneath:
        pictures = pages(browser, server, beneath, rounds)
        print(f"server memory {memory(server)} MB at most; the target is {MOST_MEMORY} MB")
    cold(browser, ours, bare, pictures, max(rounds // 3, 3))


def pages(browser: Browser, server: Server, beneath: Server, rounds: int) -> int:
    """Time the clicks of each page by turns with the floor; how many pictures Overview has."""
    heads = (
        f"{'page and click':<26}{'pictures':>10}{'redrawn':>9}{'floor':>7}{'ratio':>7}{'all drawn':>11}{'floor':>7}{'ratio':>7}"
    )
    print(f"{heads}{'worst':>8}   (ms, {rounds} rounds; * over {MOST})")
    ratios: list[float] = []
    first = 0
    with visiting(browser, server.address) as visit, visiting(browser, beneath.address) as beside:
        page, below = visit.page, beside.page
        open_page(page, f"{server.address}/overview?period=13+weeks")
        first = page.locator(PICTURES).count()
        for name in PAGES:
            go_to(page, name)
            for what, prepare, presses in clicks(page, name):
                next_one, there = floor_button(below), -1
                ours: list[Drawn] = []
                alone: list[Drawn] = []
                for turn in range(-len(presses), rounds):
                    prepare()
                    one = timed(page, presses[turn % len(presses)])
                    pictures = page.locator(PICTURES).count()
                    if pictures != there:
                        there = pictures
                        open_page(below, f"{beneath.address}/?charts={pictures}")
                        timed(below, next_one)
                    other = timed(below, next_one)
                    if turn >= 0:  # those before warm both up, and each answer is known
                        ours.append(one)
                        alone.append(other)
                (redrawn, drawn), (least_redrawn, least) = middle(ours), middle(alone)
                if there:
                    ratios.append(redrawn / least_redrawn)
                    pictured = f"{redrawn:>9.0f}{least_redrawn:>7.0f}{ratios[-1]:>7.2f}"
                else:
                    pictured = f"{'':>23}"
                over = " *" if there and ratios[-1] > MOST else ""
                numbers = f"{drawn:>11.0f}{least:>7.0f}{drawn / least:>7.2f}{max(each[1] for each in ours):>8.0f}"
                print(f"{f'{name}: {what}':<26}{there:>10}{pictured}{numbers}{over}", flush=True)
    slow = sum(each > MOST for each in ratios)
    print(f"pictures redrawn: {slow} of {len(ratios)} clicks over {MOST}, ", end="")
    print(f"largest ratio {max(ratios):.2f}, median {statistics.median(ratios):.2f}; the aim is {AIM}")
    return first


def floor_button(page: Page) -> Press:
    """The floor's one button."""
    return lambda: page.locator(".st-key-next button").click()


def clicks(page: Page, name: str) -> Iterator[tuple[str, Press, list[Press]]]:
    """What is clicked on a page, what has to be done before each time, and the clicks by turns."""
    periods = page.locator(".st-key-period button")
    if periods.count():
        periods.filter(has_text="13 weeks").click()
        settle(page)
        yield "new days", stay, [page.locator(".st-key-step_earlier button").first.click]
        yield "period", stay, [periods.filter(has_text=preset).click for preset in PRESETS]
        yield "location", stay, [page.locator(".st-key-at button").filter(has_text="North").click]
    elsewhere = "Roles" if name == "Data" else "Data"
    links = page.get_by_test_id("stTopNavLink")
    yield f"from {elsewhere}", lambda: go_to(page, elsewhere), [links.filter(has_text=name).first.click]
    if page.locator(BARS).count() and name != "Handing over":  # its bars open nothing
        yield "drill", lambda: back_to(page, name), [lambda: drill(page)]


def stay() -> None:
    """Nothing has to be done."""


def back_to(page: Page, name: str) -> None:
    """The page that a bar is clicked on, and the bar in sight."""
    go_to(page, name)
    page.locator(BARS).first.scroll_into_view_if_needed()


def drill(page: Page) -> None:
    """Click the first bar of the page, in its middle."""
    box = page.locator(BARS).first.bounding_box()
    if box is None:
        raise LookupError("no bar is drawn")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def timed(page: Page, press: Press) -> Drawn:
    """Milliseconds from the press to the last change of a picture, and to the last of the page."""
    page.evaluate(WATCH)
    press()
    pictured, changed = page.evaluate("window.drawn")
    settle(page)
    return float(pictured), float(changed)


def middle(times: list[Drawn]) -> Drawn:
    """The median of each."""
    pictured, changed = (statistics.median(each) for each in zip(*times, strict=True))
    return pictured, changed


def memory(server: Server) -> int:
    """The most that a server has held, in MB."""
    for each in Path("/proc").glob("[0-9]*"):
        command = (each / "cmdline").read_bytes() if (each / "cmdline").exists() else b""
        if f"--server.port={server.port}".encode() in command:
            status = (each / "status").read_text()
            return int(status.partition("VmHWM:")[2].split()[0]) // 1024
    return 0


def cold(browser: Browser, ours: Path, bare: Path, pictures: int, rounds: int) -> None:
    """Time both from the start of the server to the first page drawn, by turns."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(rounds):
        for mine in (True, False):
            begun = time.perf_counter()
            with (
                serving(ours) if mine else floor(bare) as server,
                visiting(browser, server.address) as visit,
            ):
                visit.page.goto(server.address + ("/" if mine else f"/?charts={pictures}"))
                visit.page.wait_for_function(FIRST, arg=pictures, timeout=60_000)
                took[mine].append((time.perf_counter() - begun) * 1e3)
    one, other = (statistics.median(took[mine]) for mine in (True, False))
    print(f"first page after a cold start {one:.0f} ms, floor {other:.0f} ms, ratio {one / other:.2f}; the target is {MOST_COLD}")
