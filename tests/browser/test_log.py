"""Logging with one thumb at 400 px, and twenty in a minute by the keyboard alone: none lost, none doubled."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from etl.store import open_read
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import await_text, click, expect_words, go_to, open_page, settle, text, visiting
from tests.browser.tables import opened, write_row
from tests.making import PRACTICE

THUMB = {"width": 400, "height": 800}
BAD = {
    "riverside": "does not say how many minutes",
    "999 riverside": "at most 480 minutes",
    "6 nowhere": "names no location of yours",
    "<script>document.title='ran'</script>": "holds < or >",
    "6 riverside " + "x" * 10_000: "longer than 300 signs",
    "6 riverside 2099-01-01 10:00": "still to come",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("log")) as running:
        (running.db.parent / "practice.toml").write_text(PRACTICE, "utf-8")
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    with visiting(browser, server.address) as visit:
        visit.page.set_viewport_size(THUMB)
        open_page(visit.page, f"{server.address}/log")
        yield visit.page
    assert not visit.strangers


def topics(server: Server) -> list[str]:
    """What is logged, in order."""
    if not server.db.exists():
        return []
    with open_read(server.db) as con:
        return [row[0] for row in con.execute("select topic from interruptions order by topic").fetchall()]


def field(page: Page) -> None:
    """Go to the field by its name."""
    page.get_by_role("textbox", name="Minutes, location").click()


def value(page: Page) -> str:
    """What stands where the keyboard is."""
    return str(page.evaluate("() => document.activeElement.value ?? '(nowhere)'"))


def enter(page: Page, line: str) -> None:
    """Type a line, see that it was understood, keep it: the keyboard alone, wherever it is."""
    page.keyboard.type(line)
    page.keyboard.press("Enter")
    page.get_by_text("Not kept yet").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.value === ''")
    page.get_by_text("Not kept yet").wait_for(state="detached")


def test_from_a_cold_page_to_a_logged_one_in_three_actions_then_in_one(page: Page, server: Server) -> None:
    field(page)
    page.keyboard.type("6 riverside front desk alpha")
    page.keyboard.press("Enter")
    await_text(page, "6 min, Riverside, front desk, alpha (new topic)")
    assert topics(server) == []
    click(page, "Keep it")
    await_text(page, "Kept: 6 min, Riverside, front desk, alpha")
    assert topics(server) == ["alpha"]
    tap = page.get_by_role("button", name="Riverside · alpha · 6 min")
    box = tap.bounding_box()
    assert box
    assert (box["height"] >= 48, box["width"] >= 120) == (True, True)
    tap.click()
    await_text(page, "Kept: Riverside · alpha · 6 min")
    assert topics(server) == ["alpha"] * 2
    click(page, "Undo")
    await_text(page, "Taken back: Riverside · alpha · 6 min")
    assert topics(server) == ["alpha"]
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_twenty_in_a_minute_by_keyboard_and_a_held_key(page: Page, server: Server) -> None:
    field(page)
    began = time.monotonic()
    lines = [f"topic {chr(97 + nth)}" for nth in range(19)]
    for nth, topic in enumerate([*lines, lines[-1]]):  # the last two say the same
        enter(page, f"{nth + 3} north {topic}")
    print(f"twenty lines in {time.monotonic() - began:.0f} s")
    settle(page)
    assert [each for each in topics(server) if each.startswith("topic")] == [*lines, lines[-1]]
    page.keyboard.type("5 north topic z")
    for _ in range(6):
        page.keyboard.press("Enter")
        page.wait_for_timeout(60)
    settle(page)
    assert topics(server).count("topic z") == 1
    assert value(page) == ""


def test_two_windows_at_once(page: Page, server: Server, browser: Browser) -> None:
    here = f"window {chr(97 + len(topics(server)) % 26)}"  # another one when this is run once more
    with visiting(browser, server.address) as other:
        open_page(other.page, f"{server.address}/log")
        windows = (page, other.page)
        for window in windows:
            field(window)
        for nth in range(3):
            for name, window in zip("xy", windows, strict=True):
                window.keyboard.type(f"5 north {here} {name}{nth}")
                window.keyboard.press("Enter")
            for window in windows:
                window.get_by_text("Not kept yet").wait_for()
            for window in windows:
                window.keyboard.press("Enter")
            for window in windows:
                window.wait_for_function("() => document.activeElement.value === ''")
                window.get_by_text("Not kept yet").wait_for(
                    state="detached"
                )  # else the next line is taken for read by this one's
        for window in windows:
            settle(window)
    assert [each for each in topics(server) if here in each] == [f"{here} {name}{nth}" for name in "xy" for nth in range(3)]


def test_bad_lines_are_answered_beside_the_field_and_stay(page: Page, server: Server) -> None:
    before = topics(server)
    field(page)
    line = page.get_by_role("textbox", name="Minutes, location")
    for bad, answer in BAD.items():
        line.fill(bad)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").first).to_contain_text(answer)
        assert value(page) == bad
        page.keyboard.press("Enter")
        settle(page)
        assert (value(page), answer in text(page)) == (bad, True)
    assert topics(server) == before
    assert page.title() != "ran"


def test_a_tally_is_typed_in_and_taken_back(page: Page, server: Server) -> None:
    opened(page.locator(".st-key-tally_grid"))
    settle(page)
    before = topics(server)
    write_row(page, 0, [None, "3"])
    expect_words(page, "3 strokes of 5 min")
    click(page, "Write them down")
    await_text(page, "Written down: 3 strokes of 5 min")
    assert len(topics(server)) == len(before) + 3
    with open_read(server.db) as con:
        assert con.execute("select count(*) from interruptions where estimated and via = 'tally'").fetchall() == [(3,)]
    click(page, "Undo")
    await_text(page, "Taken back: 3 strokes of 5 min")
    assert topics(server) == before


def test_a_correction_that_is_not_saved_yet_outlives_what_else_is_logged(page: Page, server: Server) -> None:
    field(page)
    enter(page, "5 north alone")
    expect(page.locator(".st-key-save_log button")).to_be_disabled()
    settle(page)
    write_row(page, 0, [None, "77"], nth=page.get_by_test_id("stDataFrame").count() - 1)
    await_text(page, "1 row changed")
    field(page)
    enter(page, "7 north meanwhile")
    await_text(page, "1 row changed, not saved yet. The log was changed since")
    page.set_viewport_size({"width": 1280, "height": 900})  # on a narrow one the pages are behind a menu
    go_to(page, "Help")
    go_to(page, "Log")
    await_text(page, "1 row changed, not saved yet. The log was changed since")
    click(page, "Save the log")
    await_text(page, "Saved: 1 row changed")
    assert "not saved yet" not in text(page)
    assert "meanwhile" in topics(server)
    with open_read(server.db) as con:
        assert con.execute("select count(*) from interruptions where ends_at - starts_at = interval 77 minutes").fetchall() == [
            (1,)
        ]
