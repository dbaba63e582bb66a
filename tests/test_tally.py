"""A tally on paper: one page for any practice, and its strokes as interruptions that say they are estimated."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from etl import logbook, tally
from etl.model import Refused
from tests.browser.conftest import FLAGS
from tests.chromium import find
from tests.making import Desk

DAY = date(2026, 1, 5)
MORNING = [(540, 720)]  # 9 to 12


def test_strokes_lie_evenly_over_the_working_hours_and_say_they_are_estimated(desk: Desk) -> None:
    found = tally.spread(DAY, {("North", "stock"): 2, ("Riverside", "rota"): 1}, MORNING, 6)
    assert [(f"{each.started_at:%H:%M}", each.about, each.topic) for each in found] == [
        ("09:30", "North", "stock"), ("10:30", "Riverside", "rota"), ("11:30", "North", "stock")
    ]  # fmt: skip
    logbook.write_down(desk.db, found)
    assert desk.hours() == {("management", "North"): pytest.approx(0.2), ("management", "Riverside"): pytest.approx(0.1)}
    assert desk.sql("select distinct via, estimated from interruptions") == [("tally", True)]


CELLS = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")), st.integers(1, 20), min_size=1, max_size=6)


@settings(max_examples=50)
@given(CELLS, st.sampled_from([[], MORNING, [(480, 500)], [(0, 1440)]]), st.integers(1, 1439))
def test_no_stroke_is_lost_and_no_two_begin_together(
    cells: dict[tuple[str, str], int], spans: list[tuple[int, int]], now: int
) -> None:
    until = datetime(2026, 1, 5, now // 60, now % 60)
    if sum(cells.values()) > now:
        return
    found = tally.spread(DAY, cells, spans, 5, until)
    assert len({each.started_at for each in found}) == len(found) == sum(cells.values())
    assert all(each.started_at < until and each.started_at.date() == DAY for each in found)
    for (about, topic), count in cells.items():
        assert sum((each.about, each.topic) == (about, topic) for each in found) == count


@pytest.mark.parametrize(
    ("cells", "day", "said"),
    [
        ({}, DAY, "there is no stroke in it"),
        ({("", ""): 0}, DAY, "there is no stroke in it"),
        ({("", ""): 201}, DAY, "more than 200 strokes"),
        ({("", ""): 1}, date(2026, 1, 6), "still to come"),
    ],
)
def test_what_cannot_be_a_tally_is_refused(cells: dict[tuple[str, str], int], day: date, said: str) -> None:
    with pytest.raises(Refused, match=said):
        tally.spread(day, cells, MORNING, 5, datetime(2026, 1, 5, 18))


def pages_on(paper: str, places: list[str], topics: list[str]) -> int:
    """How many pages a browser prints a sheet on."""
    with sync_playwright() as player, player.chromium.launch(executable_path=find(), args=FLAGS) as browser:
        page = browser.new_page()
        page.set_content(tally.sheet("Maple & Co <b>", places, topics, paper, 5))
        pdf = page.pdf(prefer_css_page_size=True)
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page /") + pdf.count(b"/Type /Page>")


@pytest.mark.skipif(not os.environ.get("OWNER_TIME_CHROMIUM", find()), reason="no Chromium")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("locations", [0, 1, 6, 12, 40])
def test_the_sheet_is_one_page_on_either_paper(paper: str, locations: int) -> None:
    places = [f"A rather long name of a location {n}" for n in range(locations)]
    topics = [f"a topic that takes some words to say, number {n}" for n in range(14)]
    with ThreadPoolExecutor(1) as beside:  # the browser of other tests has taken this thread's event loop
        assert beside.submit(pages_on, paper, places, topics).result() == 1


def test_the_sheet_holds_no_text_that_is_more_than_text() -> None:
    html = tally.sheet("Maple & Co <b>", ["<script>"], ["<img src=x>"], "A4", 5)
    assert "<script>" not in html
    assert "<img" not in html
    assert "http" not in html
