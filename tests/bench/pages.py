"""Measures the pages with a busy year. Asserts nothing.

A click is timed from the click to the last change of the page after it, in the browser itself, and set against a bare
Streamlit page with as many pictures, clicked by turns with it: the ratio says what is ours and what the machine's.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.command_line import etl
from tests.browser.conftest import FLAGS
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import go_to, open_page, settle, visiting
from tests.chromium import find
from tests.making import LOG_HEADER, calendar, event

TARGET = 1500  # ms from a click to the page drawn
ZONE = "America/Toronto"
PLACES = ("North", "Riverside", "Hillcrest", "Harbour")
TITLES = (
    "Staff meeting",
    "Supplier call",
    "Rota",
    "Payroll",
    "Strategy",
    "One-to-one",
    "Zephyr",
    "Budget",
    "Interviews",
    "Vision",
)
TOPICS = ("supplier order", "rota", "refund", "sick call", "equipment", "price question", "complaint", "keys")
PRACTICE = f'[practice]\nname = "Busy"\ntime_zone = "{ZONE}"\n\n[targets]\nleadership = 8\n' + "".join(
    f'\n[[location]]\nname = "{place}"\n' for place in PLACES
)
BARE = """
import plotly.graph_objects as go, streamlit as st
charts = int(st.query_params.get("charts", "0"))
st.session_state.n = st.session_state.get("n", 0) + st.button("Next", key="next")
n = st.session_state.n
for start in range(0, charts, 3):
    for box, number in zip(st.columns(3), range(start, min(start + 3, charts))):
        bars = [go.Bar(name=role, x=list(range(13)), y=[10 + (week * 7 + at * 3 + n) % 11 for week in range(13)])
                for at, role in enumerate(("leadership", "management", "clinical"))]
        box.plotly_chart(go.Figure(bars, dict(barmode="stack", height=220)), key=f"chart_{number}")
st.markdown(f"run {n}")
"""
CLICKED = """button => new Promise((drawn, never) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const begun = performance.now();
    let changed = begun, ran = false;
    const watch = new MutationObserver(records => {
        changed = performance.now();
        ran = ran || app.dataset.testScriptState !== 'notRunning' || records.some(record => record.type !== 'attributes');
    });
    watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
    button.click();
    const look = setInterval(() => {
        const now = performance.now();
        const done = ran && app.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-stale="true"]');
        if ((done && now - changed > 500) || now - begun > 60000) {
            clearInterval(look);
            watch.disconnect();
            done ? drawn(changed - begun) : never(new Error('not drawn within a minute'));
        }
    }, 20);
})"""


def busy_year(last: date) -> tuple[bytes, bytes]:
    """A calendar and a log of the 52 weeks to a day: about 2,400 events, a tenth of them overlapping, and 1,300 interruptions."""
    chance = random.Random(7)
    events = [
        event("Huddle", f"{last - timedelta(weeks=52)} 08:00", "08:15", "RRULE:FREQ=DAILY;COUNT=364", zone=ZONE),
        event("Rounds", f"{last - timedelta(weeks=52)} 17:00", "17:30", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=156", zone=ZONE),
    ]
    logged = [LOG_HEADER]
    for back in range(364):
        day = last - timedelta(days=back)
        if day.weekday() > 4:
            continue
        place = chance.choice(PLACES)
        events.append(event(f"At {place}", f"{day}"))
        events.append(event("Consults", f"{day} 09:00", "12:00", zone=ZONE, place=place, uid=f"clinic-{day}"))
        for number in range(7):
            begins = datetime(day.year, day.month, day.day, 9) + timedelta(minutes=15 * chance.randrange(36))
            ends = begins + timedelta(minutes=chance.choice((15, 30, 60, 90)))
            title = f"{chance.choice(TITLES)}{chance.choice(('', '', f' {chance.randrange(30)}'))}"
            where = chance.choice((*PLACES, ""))
            events.append(
                event(title, f"{begins:%Y-%m-%d %H:%M}", f"{ends:%H:%M}", zone=ZONE, place=where, uid=f"{day}-{number}")
            )
        for _ in range(5):
            at = f"{day} {chance.randrange(8, 19):02}:{chance.randrange(60):02}"
            could = chance.choice(("yes", "no", ""))
            row = [at, str(chance.randrange(2, 20)), chance.choice(PLACES), "front desk", chance.choice(TOPICS), could]
            logged.append(",".join(row) + ",,,,")
    return calendar("Busy", *events), ("\n".join(logged) + "\n").encode()


def main(rounds: int) -> int:
    """Print the figures; exit status 1 without a Chromium."""
    chromium = find()
    if not chromium:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
    ):
        load(server)
        bare = Path(folder) / "bare"
        bare.mkdir()
        (bare / "bare.py").write_text(BARE, "utf-8")
        with serving(bare, str(bare / "bare.py")) as floor:
            pages(browser, server, floor, rounds)
    return 0


def load(server: Server) -> None:
    """Load a busy year."""
    today = datetime.now().astimezone().date()
    ics, log = busy_year(today)
    folder = server.db.parent
    (folder / "practice.toml").write_text(PRACTICE, "utf-8")
    (folder / "busy.ics").write_bytes(ics)
    (folder / "log.csv").write_bytes(log)
    etl(server, "load", str(folder / "busy.ics"), str(folder / "log.csv"))


def pages(browser: Browser, server: Server, floor: Server, rounds: int) -> None:
    """Time the clicks of each page by turns with a bare page of as many pictures."""
    print(f"{'page and click':<34}{'median':>9}{'worst':>9}{'pictures':>10}{'bare':>9}{'ratio':>7}   (ms, {rounds} rounds)")
    medians = []
    with visiting(browser, server.address) as visit, visiting(browser, floor.address) as beside:
        page = visit.page
        open_page(page, f"{server.address}/overview?period=13+weeks")
        for name in ("Overview", "Locations", "Pulled away", "The day", "Handing over", "Log", "Roles", "Data"):
            go_to(page, name)
            pictures = page.locator(".js-plotly-plot").count()
            open_page(beside.page, f"{floor.address}/?charts={pictures}")
            for what, buttons in clicks(page, name):
                ours, bare = [], []
                for turn in range(rounds + 1):
                    took = clicked(page, buttons[turn % len(buttons)], name)
                    alone = clicked(beside.page, beside.page.locator(".st-key-next button"))
                    if turn:  # the first one warms both up
                        ours.append(took)
                        bare.append(alone)
                median, beneath = statistics.median(ours), statistics.median(bare)
                medians.append(median)
                numbers = f"{median:>9.0f}{max(ours):>9.0f}{pictures:>10}{beneath:>9.0f}{median / beneath:>7.2f}"
                print(f"{f'{name}: {what}':<34}{numbers}", flush=True)
    print(f"slowest median {max(medians):.0f} ms; the target is {TARGET} ms")


def clicks(page: Page, name: str) -> Iterator[tuple[str, list[Locator]]]:
    """What is clicked on a page, by turns."""
    periods = page.locator(".st-key-period button")
    if periods.count():
        yield "period", [periods.filter(has_text="52 weeks"), periods.filter(has_text="13 weeks")]
        yield "location", [page.locator(".st-key-at button").filter(has_text="North")]
    links = page.get_by_test_id("stTopNavLink")
    elsewhere = "Roles" if name == "Data" else "Data"
    yield f"from {elsewhere}", [links.filter(has_text=name)]


def clicked(page: Page, button: Locator, name: str = "") -> float:
    """Milliseconds from a click to the last change after it. A page's own link is clicked from another page."""
    if name and button.get_attribute("data-testid") == "stTopNavLink":
        go_to(page, "Roles" if name == "Data" else "Data")
    took = float(button.evaluate(CLICKED))
    settle(page)
    return took
