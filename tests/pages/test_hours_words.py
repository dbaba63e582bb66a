"""The words of Hours, and what a mark of a picture asks for. No server."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from etl.moved import Moved
from etl.why_words import Said
from pages.parts import behind, correction_form, hours_words, way_back, why_panel
from pages.parts.behind import Behind
from pages.parts.ink import LIGHT
from pages.parts.period import Period
from pages.parts.picture import WAY
from pages.parts.view import View

THESE = Period("13 weeks", date(2026, 8, 24), date(2026, 11, 22), date(2026, 5, 25), date(2026, 8, 23))
VIEW = View(Path("x"), False, LIGHT, None, THESE, None, ("North", "Riverside", "Practice-wide"))
NASTY = "![x](http://127.0.0.1:9/x.png)"


def row(**given: Any) -> dict[str, Any]:
    found = {"seconds": 5400, "hours": 1.5, "interruption_id": None, "occurrence_id": "12", "title": None}
    return found | {"starts_at": datetime(2026, 8, 24, 9, 5)} | given


def test_the_heading_states_what_is_shown() -> None:
    pull = row(interruption_id="ab", occurrence_id=None, seconds=900)
    asked = Behind(roles=("management",), locations=("Riverside",))
    assert hours_words.heading([row(), row(), pull], asked, THESE) == (
        "Riverside, management, 24 Aug – 22 Nov 2026: 3 h 15 min in 2 events and 1 interruption"
    )
    assert hours_words.heading([], Behind(), THESE) == "All work, 24 Aug – 22 Nov 2026: 0 min in no events"
    assert hours_words.heading([pull], Behind(pulls=True), THESE).startswith("Interruptions, 24 Aug")
    assert NASTY not in hours_words.heading([], Behind(locations=(NASTY,)), THESE)


def test_interruptions_that_are_left_away_are_told() -> None:
    assert hours_words.narrowed(Behind()) == ""
    assert hours_words.narrowed(Behind(pulls=True)) == "Only interruptions."
    assert hours_words.narrowed(Behind(pulls=True, was=("nothing in the calendar", "at North"))) == (
        "Only interruptions while you were with nothing in the calendar or at North."
    )
    said = hours_words.narrowed(Behind(pulls=True, topics=("stock",), could=("yes", "not known")))
    assert said == "Only interruptions on stock, the team could carry or not marked either way."
    assert NASTY not in hours_words.narrowed(Behind(pulls=True, topics=(NASTY,), was=(NASTY,)))


def test_a_row_is_told_by_when_how_much_and_what() -> None:
    assert hours_words.option(row()) == "24 Aug 2026, 09:05, 1 h 30 min, (title not kept)"
    assert hours_words.item(row()) == "e12"
    assert hours_words.item(row(interruption_id="ab")) == "pab"
    assert hours_words.title(row(interruption_id="ab", title="stock")) == "Interruption: stock"


def test_a_bar_stands_for_the_days_of_it_that_are_shown() -> None:
    assert behind.bar_days(VIEW, date(2026, 8, 24)) == (date(2026, 8, 24), date(2026, 8, 30))
    cut = View(Path("x"), False, LIGHT, None, Period("Between two days", date(2026, 9, 2), date(2026, 9, 20)))
    assert behind.bar_days(cut, date(2026, 8, 31)) == (date(2026, 9, 2), date(2026, 9, 6))
    assert behind.bar_days(cut, date(2026, 9, 14)) == (date(2026, 9, 14), date(2026, 9, 20))
    long = View(Path("x"), False, LIGHT, None, Period("All", date(2025, 1, 15), date(2026, 11, 20)))
    assert behind.bar_days(long, date(2025, 2, 1)) == (date(2025, 2, 1), date(2025, 2, 28))
    of = ["week of 24 Aug 2026", "2 h", "clinical", "2026-08-24"]
    assert behind.of_bar(VIEW, of, "North") == Behind((date(2026, 8, 24), date(2026, 8, 30)), ("clinical",), ("North",))


def test_marks_of_the_other_pictures() -> None:
    assert behind.of_role(VIEW, "clinical", "now") == Behind(roles=("clinical",))
    assert behind.of_role(VIEW, "clinical", "before") == Behind((date(2026, 5, 25), date(2026, 8, 23)), ("clinical",))
    assert behind.of_fact("Hours", "North", VIEW) == Behind(locations=("North",))
    assert behind.of_fact("Not filed", "North", VIEW) == Behind(roles=("unclassified",), locations=("North",))
    assert behind.of_fact("Hours of interruptions", "North", VIEW) == Behind(locations=("North",), pulls=True)
    with_patients = behind.of_fact("Interruptions while with patients", "North", VIEW).was
    assert with_patients[:2] == ("with patients", "with patients at North")


@pytest.mark.parametrize(
    ("address", "page", "asked"),
    [
        ("locations?period=13+weeks&at=North&at=A%26B", "locations", {"period": ["13 weeks"], "at": ["North", "A&B"]}),
        ("overview", "overview", {}),
        ("https://elsewhere?role=x", "overview", {}),
        ("overview?from=2026-13-01&to=x", "overview", {}),
    ],
)
def test_an_address_to_go_back_to(address: str, page: str, asked: dict[str, list[str]]) -> None:
    assert way_back.read(address) == (page, asked)


def test_a_number_of_a_thousand_figures_in_an_address_is_left_out() -> None:
    assert way_back.read(f"overview?ago={'9' * 5000}") == ("overview", {})


def test_what_a_correction_moves() -> None:
    moves = [
        Moved(12.5, "unclassified", "management", "North", "North"),
        Moved(2.0, "clinical", "management", "North", NASTY),
        Moved(1.0, "clinical", "management", "North", "North"),
    ]
    said = correction_form.moved_in_words(moves)
    assert said.startswith("Moves 12 h 30 min from not filed to management, 3 h from clinical to management, 2 h from North to ")
    assert NASTY not in said
    assert correction_form.moved_in_words([]) == "Moves no hours up to today."


def test_strangers_words_in_a_sentence_are_escaped() -> None:
    said = why_panel.in_markdown(Said("The all-day event ‘{}’ of that day.", (NASTY,)))
    assert said.startswith("The all-day event ‘")
    assert NASTY not in said


def test_the_second_of_two_quick_clicks_leads_where_the_first_one_went() -> None:
    """It comes from the page that was left, as the mark's taking back, when the filters are those of the hours already."""

    def chosen(*points: dict[str, list[int]]) -> SimpleNamespace:
        return SimpleNamespace(selection=SimpleNamespace(points=list(points)))

    def means(of: list[int]) -> Behind:
        return Behind(locations=(("North", "Riverside")[of[0]],))

    st.session_state.clear()
    st.session_state["side"] = chosen({"customdata": [1]})
    behind._clicked("side", VIEW, "locations", means)
    first = (st.session_state.pop(WAY), st.session_state.pop("at"))
    st.session_state["side"] = chosen()
    behind._clicked("side", replace(VIEW, locations=("Riverside",)), "locations", means)
    assert (st.session_state.pop(WAY), st.session_state.pop("at")) == first
    assert first[1] == ["Riverside"]
    st.session_state.clear()
