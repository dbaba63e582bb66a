"""What was done, with the way back beside it: on whole pages over a real database, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import changes
from etl.logbook import write_down
from etl.model import Interruption, Refused
from etl.practice_edit import with_settings
from pages.parts import begun, doing
from tests.making import PRACTICE, Desk, at_desk, calendar, event, moment
from tests.pages.conftest import Opened


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A staff meeting at North and something that waits for a role."""
    desk = at_desk(tmp_path / "desk", PRACTICE)
    week = [event("Staff meeting", f"2026-01-{day:02} 09:00", "11:00", place="North") for day in range(5, 9)]
    desk.take(("work.ics", calendar("Work", *week, event("Zephyr", "2026-01-09 09:00", "12:00"))))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    return desk


def button(app: AppTest, label: str) -> None:
    """Press the one button of that name."""
    (found,) = [each for each in app.button if each.label == label]
    found.click().run()


def said(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in (*app.success, *app.error))


def test_saved_settings_are_taken_back_from_the_message_and_the_message_goes_with_the_next_action(
    desk: Desk, opened: Opened
) -> None:
    app = opened("data", data_part="Practice")
    before = changes.practice_text(desk.db)
    (name,) = [each for each in app.text_input if each.label == "Name of the practice"]
    name.set_value("Oak")
    app.button(key="save_practice").click().run()
    assert "The practice is saved" in said(app)
    assert '"Oak"' in changes.practice_text(desk.db)
    button(app, "Undo")
    assert "Taken back: The practice is saved" in said(app)
    assert "Undo" not in [each.label for each in app.button]
    assert changes.practice_text(desk.db) == before
    assert said(app.run()) == ""


def test_what_is_typed_into_the_settings_is_saved_although_something_else_was_stored(desk: Desk, opened: Opened) -> None:
    app = opened("data", data_part="Practice")
    write_down(desk.db, [Interruption(moment("2026-01-05 10:00"), 5)])
    next(each for each in app.text_input if each.label == "Name of the practice").set_value("Oak")
    app.button(key="save_practice").click().run()
    assert "The practice is saved" in said(app)
    assert '"Oak"' in changes.practice_text(desk.db)


def test_settings_that_another_window_saved_meanwhile_are_not_written_over(desk: Desk, opened: Opened) -> None:
    app = opened("data", data_part="Practice")
    changes.use_practice(desk.db, with_other_name(changes.practice_text(desk.db)))
    elsewhere = changes.practice_text(desk.db)
    next(each for each in app.text_input if each.label == "Name of the practice").set_value("Oak")
    app.button(key="save_practice").click().run()
    assert begun.CHANGED in said(app)
    assert next(each for each in app.text_input if each.label == "Name of the practice").value == "Oak"
    assert changes.practice_text(desk.db) == elsewhere


def test_what_another_window_changed_meanwhile_is_not_written_over(desk: Desk, opened: Opened) -> None:
    app = opened("data", data_part="Practice")
    app.button(key="save_practice").click().run()
    changes.use_practice(desk.db, with_other_name(changes.practice_text(desk.db)))
    button(app, "Undo")
    assert "something else was changed since then" in said(app)
    assert '"Elsewhere"' in changes.practice_text(desk.db)


def test_a_correction_is_taken_back_once(desk: Desk, opened: Opened) -> None:
    ((number,),) = desk.sql("select occurrence_id from occurrences where title = 'Zephyr'")
    app = opened("hours", event=f"e{number}")
    (role,) = [each for each in app.selectbox if each.label == "It is"]
    role.select("Leadership").run()
    button(app, "Save the correction")
    assert desk.hours()["leadership", "Practice-wide"] == 3.0
    button(app, "Undo")
    assert "Taken back" in said(app)
    assert ("leadership", "Practice-wide") not in desk.hours()


def test_an_undo_that_is_refused_says_why_and_one_that_works_says_what() -> None:
    def refused() -> None:
        raise Refused("Undo", "something else was changed since then", "Change it by hand below")

    assert doing.answer("It is saved", lambda: None).text == "Taken back: It is saved"
    told = doing.answer("It is saved", refused)
    assert told.refused
    assert "something else was changed since then" in told.text


def with_other_name(text: str) -> str:
    """A practice.toml as another window saves it meanwhile."""
    return with_settings(
        text, name="Elsewhere", time_zone="UTC", week_starts="monday", owner_emails=[], working_hours="Mon-Fri 08:00-18:00",
        leadership_target=None, locations=[], country="", days_off=[],
    )  # fmt: skip


def test_an_undo_that_fails_is_not_tried_again_with_every_later_action() -> None:
    def page() -> None:
        import streamlit as st

        from pages.parts import doing

        def fails() -> None:
            st.session_state["tried"] = st.session_state.get("tried", 0) + 1
            raise KeyError("a title")

        if "told" not in st.session_state:
            st.session_state["told"] = True
            doing.done("It is saved", fails)
        try:
            doing.take_back()
        except KeyError:
            st.write("broken")
        doing.draw()

    app = AppTest.from_function(page).run()
    button(app, "Undo")
    app.run()
    assert app.session_state["tried"] == 1
