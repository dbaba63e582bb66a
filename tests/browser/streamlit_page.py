"""Drives a page that Streamlit draws: open it, wait until it is drawn, upload, read.

Streamlit 1.67 marks its state on `stApp` (initial, running, notRunning), but for some ten milliseconds after a click
it still says notRunning: the click has been sent and the server has not answered yet. So the wire is watched too.
A fold (st.expander) takes half a second to open; at the end of it the page jumps for one frame, which shuts any list that
is open and eats a click. So a page whose fold still moves is not drawn yet.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Error, FilePayload, Locator, Page, ProxySettings, Request, WebSocket

NOWHERE = "/_stcore/health"  # of the server's, but not of the dashboard
QUIET = 0.3  # seconds without a message that mean it is over; longer than any pause before a widget sends
UNANSWERED = 5.0  # seconds after which a message that was sent needs no answer
DRAWN = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return Boolean(app) && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
        && ![...document.querySelectorAll('.stPlotlyChart')].some(chart => !chart.querySelector('.main-svg'))
        && ![...document.querySelectorAll('details')].some(fold => fold.getAnimations().length);
}"""
TURN = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"""
SPOKEN = """() => new Promise(done => setTimeout(done, 400))"""
TURNED = """address => {
    dispatchEvent(new Event('pointerdown'));  // the owner's doing: see pages/parts/steps_back.py
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
}"""
CELLS = """table => [...table.querySelectorAll('tr')].map(row =>
    [...row.querySelectorAll('th, td')].map(cell => cell.textContent))"""


@dataclass(slots=True)
class Wire:
    """When (time.monotonic) the page last sent a message to its server, and last heard from it; how long it may take."""

    sent: float = 0.0
    heard: float = 0.0
    patience: float = 30.0


@dataclass(slots=True)
class Visit:
    """A page at work, and every address it asked for that is not its server's."""

    page: Page
    strangers: list[str] = field(default_factory=list)


_wires: WeakKeyDictionary[Page, Wire] = WeakKeyDictionary()
_idle: WeakKeyDictionary[Browser, dict[str, list[BrowserContext]]] = WeakKeyDictionary()


@contextlib.contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Visit]:
    """Give a fresh browser window that can reach the server at the address and nothing else, with no cookie and no storage.

    All other traffic, other ports of this machine included, is sent to a proxy that does not exist. The scripts of Streamlit
    stay with the browser, compiled, from one visit of an address to the next: half of what a page costs. So do the window and the
    process: the last page waits, away from the dashboard, until the next one is there.
    """
    own = urlsplit(address).netloc
    idle = _idle.setdefault(browser, {}).setdefault(own, [])
    context = idle.pop() if idle else _that_reaches(browser, own)
    before, visit = context.pages, Visit(page=context.new_page())
    visit.page.goto(f"{address}{NOWHERE}")
    for page in before:
        page.close()
    forget = {"origin": address, "storageTypes": "cookies,local_storage,indexeddb,file_systems,service_workers"}
    context.new_cdp_session(visit.page).send("Storage.clearDataForOrigin", forget)

    def note(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != own:
            visit.strangers.append(url)

    def follow(page: Page) -> None:
        wire = _wires.setdefault(page, Wire())
        page.on("websocket", lambda socket: _watch(socket, wire, note))

    def requested(request: Request) -> None:
        note(request.url)

    context.on("request", requested)
    context.on("page", follow)
    follow(visit.page)
    try:
        yield visit
    finally:
        context.remove_listener("request", requested)
        context.remove_listener("page", follow)
        for page in context.pages[1:]:
            page.close()
        with contextlib.suppress(Error):  # no server any more
            visit.page.goto(f"{address}{NOWHERE}")
        idle.append(context)


def _that_reaches(browser: Browser, own: str) -> BrowserContext:
    """Windows that can reach this server and nothing else. They move nothing slowly: a fold opens at once."""
    away = ProxySettings(server="http://127.0.0.1:9", bypass=own)
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", proxy=away, accept_downloads=True, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    return context


def _watch(socket: WebSocket, wire: Wire, note: Callable[[str], None]) -> None:
    """Keep the time of every message."""
    note(socket.url)

    def sent(_: object) -> None:
        wire.sent = time.monotonic()

    def heard(_: object) -> None:
        wire.heard = time.monotonic()

    socket.on("framesent", sent)
    socket.on("framereceived", heard)


def be_patient(page: Page, seconds: float) -> None:
    """From now on this page may be so late."""
    _wires[page].patience = seconds
    page.set_default_timeout(seconds * 1000)


def settle(page: Page, seconds: float | None = None) -> None:
    """Return when everything is drawn and the wire is quiet. AssertionError after that many seconds."""
    wire = _wires[page]
    seconds = seconds or wire.patience
    end = time.monotonic() + seconds
    page.evaluate(TURN)  # what a click just now sends may still be on its way to the wire
    began = time.monotonic()
    while time.monotonic() < end:
        page.wait_for_timeout(50)  # also hands over the messages that came meanwhile
        now = time.monotonic()
        answered = wire.heard >= wire.sent or now - wire.sent > UNANSWERED
        if answered and now - max(wire.sent, wire.heard, began) > QUIET and page.evaluate(DRAWN):
            return
    raise AssertionError(f"the page is still not drawn after {seconds} s; it shows:\n{text(page)}")


def open_page(page: Page, address: str) -> None:
    """Open an address, such as f"{server.address}/locations?period=...", and wait until it is drawn."""
    page.goto(address)
    settle(page)


def turn_to(page: Page, address: str) -> None:
    """Go on to another address of the same server, as Back and Forward do, and wait until it is drawn.

    Where pages are looked at one after the other, half of what each costs is Streamlit's own start; that each may be the first
    address, tests/browser/test_doors.py shows.
    """
    if page.url.endswith(NOWHERE):
        open_page(page, address)
        return
    page.evaluate(TURNED, address)
    settle(page)


def go_to(page: Page, name: str) -> None:
    """Click a page's name in the navigation and wait until it is drawn."""
    links = page.get_by_test_id("stSidebarNavLink").or_(page.get_by_test_id("stTopNavLink"))
    links.filter(has_text=name).first.click()
    settle(page)


def click(page: Page, name: str) -> None:
    """Click the button of this name and wait until what it did is drawn."""
    page.get_by_role("button", name=name, exact=True).first.click()
    settle(page)


def choose(within: Page | Locator, name: str, option: str = "") -> None:
    """Choose the first option that has these words, of the select box of this name.

    A scroll shuts an open list, also the scroll with which a click brings a box into view: so it is brought there before.
    """
    box = within.get_by_role("combobox", name=name)
    box.evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    settle(box.page)
    box.click()
    box.page.get_by_role("option", name=option).first.click()
    settle(box.page)


def upload(page: Page, *files: Path | tuple[str, bytes], nth: int = 0, seconds: float = 60) -> None:
    """Give files, or names with contents, to the nth upload field of the page and wait until that is drawn."""
    named = [(f.name, f.read_bytes()) if isinstance(f, Path) else f for f in files]
    payloads = [FilePayload(name=name, mimeType="application/octet-stream", buffer=data) for name, data in named]
    page.locator('input[type="file"]').nth(nth).set_input_files(payloads)
    settle(page, seconds)


def text(page: Page) -> str:
    """Return what stands on the page, without the navigation; tables and charts are pictures, see `table`."""
    main = page.get_by_test_id("stMain")
    return main.inner_text() if main.count() else page.locator("body").inner_text()


def await_text(page: Page, words: str) -> None:
    """Return when these words stand on the page and it is drawn.

    For what is said after a save: the run that saves ends, and on a busy machine a second can pass before the next begins,
    which `settle` takes for the end.
    """
    page.get_by_test_id("stMain").get_by_text(words).first.wait_for()
    settle(page)


def expect_words(page: Page, words: str, seconds: float = 15) -> None:
    """Return when these words are among the page's text; AssertionError after that many seconds, with what it shows.

    As `await_text`, for words that go over the borders of what the page is made of.
    """
    end = time.monotonic() + seconds
    while words not in text(page):
        assert time.monotonic() < end, f"{words!r} is not on the page; it shows:\n{text(page)}"
        page.wait_for_timeout(100)
        settle(page)


def table(page: Page, nth: int = 0) -> list[list[str]]:
    """Return the rows of the nth table (st.dataframe, st.data_editor), its header first, as a screen reader has them.

    Only what is scrolled into view is there. What a screen reader has of it follows what is drawn 200 ms later, by a timer of the
    page's: a later timer of the page's comes after that, however busy the machine.
    """
    page.evaluate(SPOKEN)
    page.evaluate(TURN)
    grid = page.get_by_test_id("stDataFrame").nth(nth).locator("canvas table").first
    grid.wait_for(state="attached")
    rows: list[list[str]] = grid.evaluate(CELLS)
    return rows
