"""What is taken along, as an owner does it: files at the foot of a page, the coach's page on paper, pictures."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from etl import along
from etl.along.account import Account
from etl.along.asked import asked_for
from etl.store import open_read
from tests.along.desks import LOCATION, TOPIC, Read, written
from tests.browser.server import Server
from tests.browser.streamlit_page import open_page, settle
from tests.making import Desk

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 26)
DAYS = f"period=Between+two+days&from={FIRST}&to={LAST}"
PAPERS = ({"format": "A4"}, {"format": "Letter"}, {"width": "210mm", "height": "170mm"}, {"width": "210mm", "height": "110mm"})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return written(tmp_path_factory.mktemp("desk") / "desk")


@pytest.fixture
def dashboard(desk: Desk, server: Server) -> Server:
    """The dashboard over that practice."""
    for ending in ("", ".key"):
        shutil.copy(f"{desk.db}{ending}", f"{server.db}{ending}")
    return server


def account(desk: Desk, words: bool = False) -> Account:
    with open_read(desk.db) as con:
        return along.account(con, asked_for(con, FIRST, LAST, words))


def taken(page: Page, button: Locator) -> tuple[str, bytes]:
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_files_are_those_of_the_command_line(page: Page, desk: Desk, dashboard: Server) -> None:
    open_page(page, f"{dashboard.address}/overview?{DAYS}")
    name, data = taken(page, page.get_by_role("button", name="The coach's page"))
    assert name == f"owner-time-{FIRST}-to-{LAST}.html"
    assert Read(data.decode()).tables == Read(along.page(account(desk))).tables
    assert b"Stoat" not in data
    name, data = taken(page, page.get_by_role("button", name="Excel workbook"))
    assert (name[-5:], data[:2]) == (".xlsx", b"PK")
    assert taken(page, page.get_by_role("button", name="CSV tables"))[1] == along.zipped(along.csv_files(account(desk)))
    page.get_by_text("With words").click()
    settle(page)
    data = taken(page, page.get_by_role("button", name="The coach's page"))[1]
    assert Read(data.decode()).tables == Read(along.page(account(desk, words=True))).tables
    assert TOPIC in Read(data.decode()).text
    open_page(page, f"{dashboard.address}/locations?{DAYS}&at=North")
    data = taken(page, page.get_by_role("button", name="The coach's page"))[1]
    assert LOCATION not in Read(data.decode()).text


@pytest.fixture
def coach(desk: Desk, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """The coach's page, opened from the disk without a network; nothing but itself may be asked for."""
    file = tmp_path / "coach.html"
    file.write_text(along.page(account(desk, words=True)), "utf-8")
    context = browser.new_context(offline=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert asked == [file.as_uri()]
    assert not said  # the browser would say there what the page's own policy refused


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_coachs_page_on_a_screen(coach: Page, scheme: str) -> None:
    coach.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for width in (1280, 400):
        coach.set_viewport_size({"width": width, "height": 900})
        assert coach.evaluate("document.documentElement.scrollWidth") == width
        cut = """() => [...document.querySelectorAll('svg text')].filter(word => {
            const box = word.getBoundingClientRect(), of = word.closest('svg').getBoundingClientRect();
            return box.left < of.left - 1 || box.right > Math.max(of.right, 0) + 1 || box.height < 8;
        }).map(word => word.textContent)"""
        assert coach.evaluate(cut) == []
    paper, ink = (coach.evaluate(f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color"))
    assert (_light(paper), _light(ink)) == ((False, True) if scheme == "dark" else (True, False))


def _light(colour: str) -> bool:
    return sum(map(int, re.findall(r"\d+", colour)[:3])) > 380


def test_the_coachs_page_on_paper(coach: Page) -> None:
    coach.emulate_media(media="print", color_scheme="dark")
    paper, ink = (coach.evaluate(f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color"))
    assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    pictures = coach.locator("svg[role=img]").count()
    for paper in PAPERS:
        data = coach.pdf(**paper, tagged=True)
        if "format" in paper:
            assert len(re.findall(rb"/Type /Page\n", data)) <= 2
        found = re.findall(rb"/S /Figure\n/Alt .*?/K (\d+|\[.*?\])>>", data, re.DOTALL)
        assert len(found) == pictures > 5
        assert not [kept for kept in found if not kept.isdigit()], "a picture lies on two pages"


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_a_picture_is_kept_by_its_camera(page: Page, dashboard: Server, kind: str) -> None:
    page.emulate_media(color_scheme="dark")
    open_page(page, f"{dashboard.address}/locations?{DAYS}")
    if kind == "PNG":
        page.get_by_role("radio", name="PNG").or_(page.get_by_role("button", name="PNG")).first.click()
        settle(page)
    picture = page.get_by_test_id("stPlotlyChart").first
    camera = picture.get_by_role("button")
    camera.wait_for(state="attached")
    assert camera.count() == 1
    assert camera.evaluate("button => getComputedStyle(button.parentElement).opacity") == "0"
    if kind == "SVG":
        camera.focus()
    else:
        picture.hover()
    page.wait_for_timeout(500)
    assert camera.evaluate("button => getComputedStyle(button.parentElement).opacity") == "1"
    assert camera.bounding_box()["y"] + camera.bounding_box()["height"] <= picture.bounding_box()["y"] + 4  # type: ignore[index]
    with page.expect_download() as download:
        page.keyboard.press("Enter") if kind == "SVG" else camera.click()
    data = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == f"owner-time-picture.{kind.lower()}"
    if kind == "PNG":
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert len(data) > 5_000
    else:
        assert data.startswith(b"<svg")
        assert b"North" in data
        assert re.search(rb"<rect[^>]*fill: rgb\(23, 22, 19\); fill-opacity: 1", data), "it brings no paper along"
