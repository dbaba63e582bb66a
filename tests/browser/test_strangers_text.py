"""Anybody's invitation lands in a calendar: what strangers write shows as the text it is, on every page.

Each text below is one that a careless page would follow, run, draw or fetch. The fixture `page` fails the test when
any request leaves for another address.
"""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from etl.store import open_read
from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import click, open_page, settle, turn_to, upload
from tests.making import LOG_HEADER, calendar, event

TEXTS = (
    "![x](http://127.0.0.1:9/a)",
    "<img src=x onerror=document.title='ran'>",
    '=HYPERLINK("http://127.0.0.1:9","x")',
    r"$\LaTeX$",
    "[a](javascript:document.title='ran')",
    ":material/home: :red[b]",
    "<a href='http://127.0.0.1:9/b'>c</a> <script>document.title='ran'</script>",
    "**d** `e` www.127.0.0.1 &lt;i&gt;",
)
HOSTS_ONLY = {  # of a link in a place only its host is kept: what follows it can be a dial-in code
    TEXTS[0]: "![x](127.0.0.1:9",
    TEXTS[2]: '=HYPERLINK("127.0.0.1:9","x")',
    TEXTS[6]: "<a href='127.0.0.1:9'>c</a> <script>document.title='ran'</script>",
    TEXTS[7]: "**d** `e` 127.0.0.1 &lt;i&gt;",
}


def _in_calendar(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


LOCATIONS = tuple(f"{text} L" for text in TEXTS)
PLACES = tuple(HOSTS_ONLY.get(text, text) for text in TEXTS)
FILE_NAMES = ("![x](a).ics", "<img src=x onerror=document.title='ran'>.ics", r"$\LaTeX$ :material:home: [a](b).ics")
DAYS = "period=Between+two+days&from=2026-03-02&to=2026-03-15"
ADDRESSES = {
    f"/overview?{DAYS}": (*TEXTS, *LOCATIONS),  # topics; locations to choose
    f"/locations?{DAYS}": LOCATIONS,
    f"/against?{DAYS}&one={quote(LOCATIONS[1])}&other={quote(LOCATIONS[0])}": LOCATIONS[:2],
    f"/pulled_away?{DAYS}": (*TEXTS, *LOCATIONS),  # topics
    f"/day?{DAYS}": LOCATIONS,
    f"/handing_over?{DAYS}": (*TEXTS, *LOCATIONS),  # topics and titles
    f"/hours?{DAYS}": (*TEXTS, *LOCATIONS),  # titles, topics, calendars; where it was counted
    "/roles": TEXTS,  # titles and calendars
    "/roles?roles_part=Places": PLACES,
    "/log": LOCATIONS,  # the grid of a tally
    f"/data?data_part=Log&{DAYS}": (*TEXTS, *LOCATIONS),  # topic, asked by, note; about
    f"/data?data_part=What+is+loaded&{DAYS}": tuple(map(_in_calendar, TEXTS)),  # names of calendars, as their files write them
    f"/data?data_part=Practice&{DAYS}": (TEXTS[0], *LOCATIONS),  # its name; locations
}
"""Pages and the strangers' texts on each."""
JOINER = "\u2060"  # the sign that keeps an address from becoming a link
SHOWN = """() => document.body.textContent + [...document.querySelectorAll('input')].map(input => input.value).join(' ')"""
GROWN = """() => [...document.querySelectorAll(`
    img[src='x'], img[src*='127.0.0.1:9'], a[href*='127.0.0.1:9'], a[href^='javascript'], a[href*='www.127'], .katex,
    main script:not(.st-key-steps_back script), main em, [style*='127.0.0.1:9']`)].map(element => element.outerHTML)"""


def _quoted(text: str) -> str:
    return "'''" + text + "'''" if "'" in text else f"'{text}'"


def write_files(folder: Path) -> list[str]:
    """A practice whose every name is a stranger's, its calendars and a log; the paths to load."""
    for number, text in enumerate(TEXTS):
        words = _in_calendar(text)
        (folder / f"{number}.ics").write_bytes(
            calendar(
                words,
                event(words, f"2026-03-{2 + number:02} 09:00", "10:00", uid=f"title{number}", place=f"site {number}"),
                event(f"Zephyr {number}", f"2026-03-{2 + number:02} 11:00", "12:00", place=words),
                event("Payroll", f"2026-03-{2 + number:02} 13:00", "14:00", uid=f"pay{number}", place=f"site {number}"),
                event("Consults", f"2026-03-{2 + number:02} 15:00", "17:00", uid=f"seen{number}", place=f"site {number}"),
            )
        )
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    for number, text in enumerate(TEXTS):
        rows.writerow([f"2026-03-{2 + number:02} 15:30", 5 + number, f"site {number}", text, text, "yes", "", "", text])
    log = folder / "pulls.csv"
    log.write_text(LOG_HEADER.removesuffix(",role") + "\n" + out.getvalue(), "utf-8", newline="\n")
    lines = ["[practice]", f"name = {_quoted(TEXTS[0])}", 'time_zone = "UTC"']
    for number, name in enumerate(LOCATIONS):
        lines += ["[[location]]", f"name = {_quoted(name)}", f'aliases = ["site {number}"]']
    (folder / "practice.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return [*(str(folder / f"{number}.ics") for number in range(len(TEXTS))), str(log)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("strangers")
    with serving(folder) as running:
        etl(running, "load", *write_files(folder))
        yield running


def shown(page: Page) -> str:
    """All that stands on the page, folded away or not; AssertionError where a text became more than text."""
    folded = page.locator("[data-testid=stMain] details:not([open]) > summary")
    while folded.count():  # one fold may hold another
        folded.evaluate_all("folds => folds.forEach(fold => fold.click())")
        settle(page)
    assert page.evaluate(GROWN) == []
    assert "home" not in page.get_by_test_id("stIconMaterial").all_inner_texts()
    return str(page.evaluate(SHOWN)).replace(JOINER, "")


@pytest.fixture(autouse=True)
def _nothing_runs(page: Page) -> Iterator[None]:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield
    assert dialogs == []
    assert page.title() != "ran"


def test_a_strangers_text_is_text_on_every_page(page: Page, server: Server) -> None:
    missing = []
    for address, texts in ADDRESSES.items():
        turn_to(page, server.address + address)
        end = time.monotonic() + 15  # on a busy machine what a fold holds comes after the page seems to be drawn
        while not all(map(shown(page).__contains__, texts)) and time.monotonic() < end:
            settle(page)
        found = shown(page)
        missing += [(address, text) for text in texts if text not in found]
    assert missing == []


def test_whatever_is_opened_on_hours_says_why_in_plain_text(page: Page, server: Server) -> None:
    """One event of each stranger's title and place, and each interruption: what was told of one is told of its like."""
    with open_read(server.db) as con:
        items = con.execute(
            """select 'e' || min(occurrence_id) from occurrences
            where counted and title not in ('Payroll', 'Consults') group by title
            union all select 'p' || interruption_id from interruptions"""
        ).fetchall()
    assert len(items) == 3 * len(TEXTS)
    found = ""
    for (item,) in items:
        turn_to(page, f"{server.address}/hours?{DAYS}&event={item}")
        assert "Why does it count so?" in page.get_by_test_id("stMain").inner_text()
        found += shown(page)
    assert [text for text in (*TEXTS, *LOCATIONS) if text not in found] == []


def test_a_file_may_have_any_name_and_a_refused_one_too(page: Page, server: Server) -> None:
    with_one_event = calendar("Late", event("Zephyr late", "2026-03-13 18:00", "18:30"))
    open_page(page, f"{server.address}/data")
    upload(page, (FILE_NAMES[0], with_one_event), (FILE_NAMES[1], b"no calendar"), (FILE_NAMES[2], b""))
    assert FILE_NAMES[0] in shown(page)  # Streamlit shortens the others
    click(page, "Load 3 files")
    assert [name for name in FILE_NAMES if name not in shown(page)] == []
    open_page(page, f"{server.address}/data?data_part=What+is+loaded")
    assert FILE_NAMES[0] in shown(page)


def test_locations_of_any_name_can_be_chosen_and_named_in_the_heading(page: Page, server: Server) -> None:
    open_page(page, f"{server.address}/overview?{DAYS}")
    for chosen in range(1, len(LOCATIONS) + 1):
        page.locator(".st-key-at button").filter(has_text=re.compile(" L$")).nth(chosen - 1).click()
        settle(page)
        said = heading(page)
        assert [name for name in LOCATIONS[:chosen] if name not in said] == []
        assert page.evaluate(GROWN) == []
    open_page(page, page.url)  # names in an address are strangers' words too
    assert heading(page) == said
    assert page.get_by_text("that is not here").count() == 0
    open_page(page, f"{server.address}/overview?{DAYS}&at={quote(LOCATIONS[0])}")  # as somebody would type it
    assert LOCATIONS[0] in heading(page)
    page.reload()
    settle(page)
    assert LOCATIONS[0] in heading(page)
    assert page.get_by_text("that is not here").count() == 0


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace(JOINER, "")
