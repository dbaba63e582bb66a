"""Pages with nothing to show: each says so and has a way on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import filing, hand_overs, waiting
from etl.hand_overs import HandOver
from pages.parts import steps, waiting_card
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log
from tests.pages.conftest import Opened
from tests.pages.test_pages_run import words

EMPTY = {"handing_over": "", "hours": "", "roles": "", "data": "Log"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two meetings with half a year between them, and a question."""
    desk = at_desk(tmp_path / "desk", PRACTICE)
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    days = ("2026-01-05", "2026-06-01")
    desk.take(
        ("work.ics", calendar("Work", *(event("Staff meeting", f"{each} 09:00", "11:00", place="North") for each in days))),
        ("log.csv", log("2026-01-05 10:00,6,Riverside,desk,stock,yes")),
    )
    return desk


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


@pytest.mark.parametrize(("page", "part"), EMPTY.items())
def test_while_nothing_is_loaded_each_page_leads_to_a_calendar_or_the_sample(
    page: str, part: str, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OWNER_TIME_DB", str(tmp_path / "none.duckdb"))
    app = opened(page, **({f"{page}_part": part} if part else {}))
    assert "could not be drawn" not in words(app)
    assert "Look around with the sample practice" in labels(app)


@pytest.mark.parametrize("page", ["overview", "locations", "day"])
def test_days_without_an_hour_say_so_and_lead_to_those_that_have_some(page: str, opened: Opened, desk: Desk) -> None:
    assert desk.db.exists()
    app = opened(page, period="Between two days", **{"from": "2026-03-02", "to": "2026-03-08"})
    assert "Not one hour is counted in these days: 2 Mar – 8 Mar 2026." in words(app)
    app.button(key="show_all").click().run()
    said = words(app)
    assert "Not one hour" not in said
    assert "could not be drawn" not in said


def test_what_another_window_handed_over_meanwhile_is_said_so_and_the_form_stays(opened: Opened, desk: Desk) -> None:
    app = opened("handing_over", period="All")
    app.selectbox(key="hand_what_0").select(("topic", "stock")).run()
    app.text_area(key="hand_good_0").input("No shelf is empty.").run()
    app.selectbox(key="hand_role_0").select("desk").run()
    hand_overs.keep(desk.db, HandOver(date(2026, 1, 12), "head nurse", topic="stock"))
    app.button(key="hand_it_0").click().run()
    (told,) = [str(each.value) for each in app.error]
    assert "this is handed over already, from 2026-01-12 on" in told
    assert "perhaps another window handed it over" in told
    assert app.text_area(key="hand_good_0").value == "No shelf is empty."
    assert len(desk.ask("hand_overs_list")) == 1


def test_a_hand_over_is_taken_back_from_the_message(opened: Opened, desk: Desk) -> None:
    app = opened("handing_over", period="All")
    app.selectbox(key="hand_what_0").select(("topic", "stock")).run()
    app.selectbox(key="hand_role_0").select("desk").run()
    app.button(key="hand_it_0").click().run()
    assert len(desk.ask("hand_overs_list")) == 1
    next(each for each in app.button if each.label == "Undo").click().run()
    assert desk.ask("hand_overs_list") == []
    assert desk.broken() == []


def test_days_that_only_the_log_knows_are_told_so(desk: Desk, opened: Opened) -> None:
    desk.take(("later.csv", log("2026-06-08 10:00,6,Riverside,desk,stock,yes")))
    days = {"period": "Between two days", "from": "2026-05-25"}
    told = "Your calendars end on 1 Jun 2026: what is newer is of the log alone."
    assert told in words(opened("overview", **days, to="2026-06-08"))
    assert told not in words(opened("overview", **days, to="2026-06-07"))


def test_undo_takes_back_the_step_it_names_and_not_one_of_another_window_meanwhile(desk: Desk, opened: Opened) -> None:
    def step(title: str) -> steps.Step:
        rule = f"\n[[rule]]\nrole = 'leadership'\ntitle = '{title}'\n"
        return (f"{title} is filed", filing.change_rules(desk.db, lambda text: text + rule))

    done = steps._steps(str(desk.db))
    done[:] = [step("Rota")]
    app = opened("roles")
    assert "Last: Rota is filed." in words(app)
    done.append(step("Payroll"))  # another window
    app.button(key="undo_step").click().run()
    assert "Payroll is filed" in [said for said, _ in done]
    assert "Payroll" in desk.practice.read_text("utf-8")


def test_an_answer_is_about_what_its_page_showed_and_never_about_what_came_there_meanwhile(desk: Desk, opened: Opened) -> None:
    more = [event(title, f"2026-01-0{nth} 09:00", f"{10 + nth}:00") for nth, title in enumerate(("Wxrex", "Vumbrik", "Zq"), 6)]
    desk.take(("more.ics", calendar("More", *more)))
    app = opened("roles")
    (management,) = [each for each in app.button if each.label == "Management"]
    shown, following, _ = waiting.waiting(desk.db, frozenset()).groups
    filing.file(desk.db, [shown.answer("leadership")])  # another window
    management.click().run()
    assert "Nothing was answered. This is next now." in words(app)
    assert following.name in [each.name for each in waiting.waiting(desk.db, frozenset()).groups]
    next(each for each in app.button if each.label == "Management").click().run()
    assert "Nothing was answered" not in words(app)
    assert following.name not in [each.name for each in waiting.waiting(desk.db, frozenset()).groups]


def test_of_a_single_event_nothing_is_said_as_if_it_were_usual(desk: Desk) -> None:
    desk.take(("more.ics", calendar("More", event("Zq", "2026-01-06 09:00", "10:00"))))
    (group,) = waiting.waiting(desk.db, frozenset()).groups
    assert waiting_card.facts(group) == "**1 h**, 1 event. Calendar: More. Counted at Practice-wide."
