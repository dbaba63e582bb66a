"""Pulled away: its words by fixed rules, its pictures, and whole pages over a real database, without a browser."""

from pathlib import Path
from typing import Any

import pytest
from pandas import Series
from streamlit.testing.v1 import AppTest

from pages.parts import behind, charts_pairs, charts_pulled, charts_pulled_rows, hours_words, pulled_words
from pages.parts.behind import Behind
from pages.parts.charts_pulled_rows import Wait
from pages.parts.ink import DARK, LIGHT, ROLE_COLOURS
from pages.parts.ink import faded as faded_ink
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log
from tests.pages import test_pages_run
from tests.pages.test_pages_run import shown

NASTY = "<b>stock</b> ![x](http://127.0.0.1:9/x.png)"
DAYS = {"period": "Between two days", "from": "2026-01-05", "to": "2026-01-18"}
WORK = calendar("Work", event("Surgery", "2026-01-05 09:00", "13:00", place="North"), event("Rota", "2026-01-16 09:00", "10:00"))
PULLS = (
    f"2026-01-05 09:30,12,Riverside,desk,{NASTY},yes,2026-01-05 10:00",
    f"2026-01-06 09:50,20,North,desk,{NASTY},no",
    "2026-01-07 10:00,10,Riverside,desk,rota",
)


def cell(about: str, was: str, hours: float, pulls: int = 1) -> dict[str, Any]:
    return {"about_location": about, "was": was, "hours": hours, "pulls": pulls}


def summary(pulls: int, with_patients: float | None = None, elsewhere: float | None = None) -> Series:
    return Series({"pulls": pulls, "hours": 2.5, "with_patients_share": with_patients, "elsewhere_share": elsewhere})


def test_the_heading_says_where_the_owner_was_and_who_asked() -> None:
    def said(*cells: dict[str, Any], **more: Any) -> str:
        return pulled_words.finding(cells, summary(len(cells), **more))

    north = cell("North", "nothing in the calendar", 0.5)
    assert said(cell("Riverside", "with patients at North", 2.0), north) == "You were with patients at North; Riverside asked."
    at_north = (cell("Riverside", "at North", 1.2), cell("Riverside", "with patients at North", 0.8))
    assert said(*at_north, north) == "You were at North; Riverside asked."
    there = cell("Riverside", "at Riverside", 2.0)
    assert said(there, north) == "Riverside pulls you away most, and mostly while you are there."
    spread = [cell("Riverside", f"at {name}", 0.4) for name in ("North", "Mill", "Elm", "Bay")]
    assert said(*spread, north) == "Riverside pulls you away most, wherever you are."
    assert said(cell("Riverside", "nothing in the calendar", 2.0), north) == "Riverside pulls you away most."
    assert said(cell("Riverside", "Practice-wide work", 2.0), north) == "Riverside pulls you away most."
    alike = (cell("Riverside", "at North", 1.0), cell("North", "at North", 1.0))
    assert said(*alike) == "All locations pull you away alike."
    assert said(*alike, with_patients=0.6) == "All locations pull you away alike, mostly from patients."
    assert said(there) == "Riverside pulled you away once."
    assert (
        said(there, cell("Practice-wide", "at Riverside", 0.1), with_patients=0.5)
        == "You were pulled away twice, mostly from patients."
    )
    assert "\\*" in said(cell("*Bay*", "at Mill", 3.0), north), "a stranger's name stays its letters"


def test_the_lead_says_how_much_and_what_the_team_could_have_settled() -> None:
    topics = [{"all_could_hours": 1.0, "all_unknown_hours": 0.5}]
    assert pulled_words.lead(summary(3, 0.4, 0.25), topics) == (
        "3 interruptions took 2 h 30 min of these days. 40 % of it came while you were with patients, 25 % while you were at "
        "another location than it was about. 1 h of it the team could have settled, by your own marks."
    )
    unmarked = pulled_words.lead(summary(3, 0.4, 0.0), [{"all_could_hours": 0.0, "all_unknown_hours": 0.5}])
    assert "another location" not in unmarked
    assert unmarked.endswith("None of it is marked as what the team could have settled.")


def test_thin_data_is_said() -> None:
    row = {"split": "all", "name": "all", "answered": 4, "pulls": 9, "median_minutes": 30.0, "ninetieth_minutes": 90.0}
    assert pulled_words.waiting_in_words([row]) == (
        "Half had their answer within 30 min, nine of ten within 1 h 30 min. 4 of 9 interruptions say when they were answered. "
        "That is few: take it as a hint."
    )
    assert "few" not in pulled_words.waiting_in_words([row | {"answered": 5}])
    assert pulled_words.waiting_in_words([row | {"answered": 0}]) == ""
    run = {"location": "North", "given": False, "logged_days": 4}
    assert pulled_words.runs_in_words([run]) == (
        "Open hours are not given, so they are taken to be your working hours. A few logged days say little yet."
    )
    several = [run | {"logged_days": 5}, {"location": "Mill", "given": True, "logged_days": 5}]
    assert pulled_words.runs_in_words(several) == "By your working hours, since no open hours are given: North."


def test_what_the_team_could_have_settled_stands_on_the_baseline() -> None:
    drawn = charts_pulled.topics([(NASTY, 1.0, 0.5, 0.25), ("rota", 0.5, 0.0, 0.0)], LIGHT)
    *parts, words = drawn.data
    assert [list(part.x) for part in parts] == [[1.0, 0.5], [0.5, 0.0], [0.25, 0.0]]
    assert drawn.data[0].marker.color == ROLE_COLOURS["management"]
    assert [part.customdata[1][1] for part in parts] == ["yes", "not known", "no"]
    said = words.text
    assert "<b>1.8 h</b>" in said[0]
    assert "1 h the team could" in said[0]
    assert "all the team could" in said[1]
    assert "<b>stock" not in said[0]


def test_the_week_has_only_the_hours_that_occur_and_a_gap_between() -> None:
    drawn = charts_pulled.week({(0, 9): (0.5, 2), (4, 10): (1.0, 1), (0, 20): (0.1, 0)}, range(5), DARK)
    ground, bars = drawn.data
    assert len(ground.x) == 3 * 5
    assert (ground.hoverinfo, ground.customdata, ground.marker.color) == ("skip", None, DARK.heat[0]), "opens nothing"
    assert [list(place) for place in bars.customdata] == [[0, 9], [4, 10], [0, 20]]
    assert list(bars.text) == ["30 min", "1 h", "6 min"]
    first, second, third = bars.base
    assert (second - first, round(third - second, 6)) == (1, 1 + charts_pulled.SKIPPED)
    assert bars.marker.color[1] == DARK.heat[1]
    charts_pulled.week({}, range(5), LIGHT)


def test_what_is_no_role_is_drawn_in_ink() -> None:
    rows = [("clinical", "Clinical work", 2.0, 0.8), ("after hours", "After hours", 0.5, 0.2)]
    drawn = charts_pulled.taken(rows, ROLE_COLOURS, LIGHT)
    assert list(drawn.data[0].marker.color) == [ROLE_COLOURS["clinical"], faded_ink(LIGHT.mark, LIGHT.faint)]


def test_few_answers_are_faint_and_have_no_ninetieth() -> None:
    drawn = charts_pulled_rows.waits([Wait("North", 30.0, 90.0, 9, False), Wait(NASTY, 60.0, 60.0, 2, True)], 90.0, LIGHT)
    open_marks, full, words = drawn.data
    assert (list(open_marks.x), list(full.x)) == ([90.0], [30.0, 60.0])
    assert list(full.marker.color) == [faded_ink(LIGHT.mark, 1.0), faded_ink(LIGHT.mark, LIGHT.faint)]
    assert "of 2, few" in words.text[1]


def test_runs_and_shares_leave_out_what_is_not_known() -> None:
    drawn = charts_pulled_rows.runs([("North", 8.0, 20.0), ("Mill", None, 4.0), ("Bay", 4.0, 4.0)], LIGHT)
    *parts, words = drawn.data
    assert [list(part.x) for part in parts] == [[20.0, 4.0, 4.0], [8.0, 4.0]]
    assert [place for (place,) in drawn.data[1].customdata] == [0, 2]
    assert "the best so far" in words.text[2]
    shares = charts_pulled_rows.shares([("North", 0.25, 1), ("Mill", None, 0)], LIGHT)
    assert list(shares.data[1].x) == [0.25]
    assert "of 1 day<" in shares.data[-1].text[0]


def test_the_heat_map_counts_too() -> None:
    drawn = charts_pairs.heat(["North"], ["at Mill"], {("North", "at Mill"): (3, 1.5)}, LIGHT, counts=True)
    assert drawn.data[2].text[0] == "3"
    assert "3 interruptions, 1.5 h" in drawn.data[1].hovertext[0]


def test_hours_says_which_of_the_interruptions_are_shown() -> None:
    def only(**asked: Any) -> str:
        return hours_words.narrowed(Behind(pulls=True, **asked))

    assert only(slots=("Mon 10",)) == "Only interruptions on Mondays from 10:00 to 11:00."
    assert only(taken=("clinical", "after hours")) == "Only interruptions taken from clinical or after hours."
    assert only(kinds=("elsewhere",), answered=True) == (
        "Only interruptions that found you at another location than it was about, that say when they were answered."
    )
    assert only(slots=("<b>",)) == "Only interruptions on \\<b\\>."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = at_desk(
        tmp_path / "desk", PRACTICE.replace('name = "North"', 'name = "North"\nteam = 4\nopen = "Mon-Fri 08:00-12:00"')
    )
    desk.take(("work.ics", WORK))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    return desk


def words(app: AppTest) -> str:
    return test_pages_run.words(app).replace("\u00a0", " ")


def test_with_no_log_it_says_how_to_begin(desk: Desk) -> None:
    said = words(shown("pulled_away", **DAYS))
    assert "No interruption is written down yet." in said
    assert "could not be drawn" not in said


def test_days_without_an_interruption_are_said(desk: Desk) -> None:
    desk.take(("log.csv", log("2026-01-05 09:30,12,Riverside")))
    said = words(shown("pulled_away", **(DAYS | {"from": "2026-01-12"})))
    assert "No interruption was written down in these days." in said
    assert "When do they come?" not in said


def test_all_of_it_with_words_of_strangers(desk: Desk) -> None:
    desk.take(("log.csv", log(*PULLS)))
    app = shown("pulled_away", **DAYS)
    said = words(app)
    for question in (
        "Where were you when they asked, and about which location?",
        "What are they about?",
        "What could you answer once?",
        "When do they come?",
        "What was it taken from?",
        "How long do they wait for your answer?",
        "Which location runs without you?",
        "Who asks most, fairly counted?",
    ):
        assert question in said
    assert "2 times, 2 locations, 32 min in four weeks; 14 h a year." in said  # 32 of 60 minutes in two weeks, times 26
    assert "By your working hours, since no open hours are given: Riverside." in said
    assert said.count("The log was kept on 3 of 4 working days") >= 7, "how far the log can be trusted stands on every picture"
    assert "![x](http" not in said
    assert "could not be drawn" not in said
    none = words(shown("pulled_away", **DAYS, at="Riverside"))
    assert "Riverside pulled you away twice, mostly from patients." in none


def test_a_cell_opens_its_part_of_the_interruptions_on_hours(desk: Desk) -> None:
    desk.take(("log.csv", log(*PULLS)))
    said = words(shown("hours", **DAYS, kind="interruptions", slot="Tue 10"))
    assert "10 min in 1 interruption" in said
    assert "Only interruptions on Tuesdays from 10:00 to 11:00." in said
    topic = words(shown("hours", **DAYS, kind="interruptions", topic=behind.topic_key(NASTY), could="no"))
    assert "20 min in 1 interruption" in topic, "one that needed the owner is found by its topic too"
