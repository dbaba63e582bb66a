"""The page Log without a browser: what each click does to the log, once, and how it is taken back."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from etl import logbook, watch
from etl.logged_line import named
from etl.model import Interruption, Refused
from etl.store.connection import HeldError
from etl.transform.line_words import Unclear
from etl.transform.one_line import Vocabulary
from pages.parts import log_forms, log_later, log_line, log_table, log_tally, log_taps
from pages.parts.ink import ROLE_NAMES
from pages.parts.log_desk import Desk as ToDo
from pages.parts.log_desk import Task
from pages.parts.log_forms import COULD
from pages.parts.log_known import Known
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log
from tests.pages.test_pages_run import ROOT, shown, words

KNOWN = Known(ZoneInfo("UTC"), Vocabulary({"North": ["12 Mill Road"], "Riverside": []}, ["desk"], ["stock"]), None)
LINE = "6 north nurse stock"


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two locations and nothing loaded yet."""
    desk = at_desk(tmp_path / "desk", PRACTICE)
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    return desk


def logged(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql("select about_location, asked_by, topic, round((epoch(ends_at) - epoch(starts_at)) / 60) from interruptions")


def press(app: AppTest, key: str) -> AppTest:
    """Press the first button whose key begins so."""
    next(button for button in app.button if (button.key or "").startswith(key)).click().run()
    assert "could not be drawn" not in words(app)
    return app


def typed(app: AppTest, text: str) -> AppTest:
    app.text_input(key="log_line").input(text)
    return press(app, "log_it_")


def test_the_first_minute_of_all_a_line_is_shown_kept_and_taken_back(practice: Desk) -> None:
    app = shown("log")
    assert "could not be drawn" not in words(app)
    typed(app, LINE)
    assert "6 min, North, nurse, stock \\(new topic\\)" in app.info[0].value
    assert not practice.db.exists()
    press(app, "log_it_")
    assert logged(practice) == [("North", "nurse", "stock", 6)]
    assert app.text_input(key="log_line").value == ""
    assert "Kept: 6 min, North, nurse, stock" in words(app)
    press(app, "undo_log")
    assert logged(practice) == []
    assert "Taken back: 6 min, North, nurse, stock" in words(app)


def test_without_a_practice_the_clock_is_not_guessed_and_all_is_practice_wide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_desk(tmp_path / "desk", "")
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    app = typed(shown("log"), "6 stock")
    press(app, "log_it_")
    assert logged(desk) == [("Practice-wide", None, "stock", 6)]
    assert not desk.practice.exists()


def test_a_changed_line_is_read_anew_and_a_bad_one_is_answered_and_stays(practice: Desk) -> None:
    app = typed(shown("log"), LINE)
    typed(app, "7 riverside desk stock")
    assert "7 min, Riverside" in app.info[0].value
    typed(app, "7 nowhere")
    assert not app.info
    assert "names no location of yours" in app.error[0].value
    assert app.text_input(key="log_line").value == "7 nowhere"
    assert not practice.db.exists()


def test_a_usual_pair_is_logged_by_one_tap_and_a_trembling_thumb_logs_it_once(
    practice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d")
    practice.take(("log.csv", log(*(f"{yesterday} {hour}:00,{hour},North,desk,stock" for hour in (10, 11, 12)))))
    app = shown("log")
    for _ in range(2):
        press(app, "pair_North_stock")
    assert logged(practice).count(("North", "desk", "stock", 11)) == 2  # the median, one of them from the file
    monkeypatch.setattr(log_taps, "SAME_TAP", 0.0)
    press(app, "pair_North_stock")
    assert logged(practice).count(("North", "desk", "stock", 11)) == 3
    press(press(app, "undo_log"), "undo_log")
    assert logged(practice).count(("North", "desk", "stock", 11)) == 1


def test_a_watch_is_started_stopped_and_named_later(practice: Desk) -> None:
    app = press(shown("log"), "start_watch")
    assert "Stop: running since" in app.button(key="stop_watch").label
    press(app, "stop_watch")
    ((entry,),) = practice.sql("select interruption_id from interruptions")
    assert "What is not named yet?" in words(app)
    app.text_input(key=f"name_{entry}").input("stock")
    press(app, f"named_{entry}")
    assert "names no location of yours" in words(app)
    app.text_input(key=f"name_{entry}").input("riverside nurse stock")
    press(app, f"named_{entry}")
    assert logged(practice) == [("Riverside", "nurse", "stock", 1)]
    press(app, "undo_log")
    press(app, f"unnamed_{entry}")
    assert logged(practice) == []


def test_a_watch_that_was_forgotten_asks_how_long_it_was(practice: Desk) -> None:
    watch.start(practice.db, datetime.now(UTC) - timedelta(hours=9))
    app = shown("log")
    assert "more than 8 hours" in words(app)
    app.number_input(key="watch_minutes").set_value(25)
    press(app, "stop_forgotten")
    assert practice.sql("select round((epoch(ends_at) - epoch(starts_at)) / 60), estimated from interruptions") == [(25, True)]
    assert "more than 8 hours" not in words(app)


def test_the_same_one_in_two_logs_is_asked_about(practice: Desk) -> None:
    work = calendar("Work", event("Surgery", "2026-03-02 09:00", "13:00", place="North"))
    rows = [log(f"2026-03-02 10:0{n},{n + 5},North,{asker},stock") for n, asker in enumerate(("desk", "nurse"))]
    practice.take(("work.ics", work), ("one.csv", rows[0]), ("two.csv", rows[1]))
    app = shown("log")
    assert "Is this the same one?" in words(app)
    assert "2 Mar 2026 at 10:00, 5 min, North, desk, stock; in the log “one”" in words(app)
    (two,) = [button.key for button in app.button if button.key and button.key.startswith("same_False")]
    press(app, two)
    assert len(logged(practice)) == 2
    assert "Answered: two different ones" in words(app)


def test_a_line_that_is_not_kept_yet_is_there_after_another_page(practice: Desk) -> None:
    app = typed(shown("log"), LINE)
    app.switch_page(str(ROOT / "pages" / "start.py")).run()
    app.switch_page(str(ROOT / "pages" / "log.py")).run()
    assert "6 min, North, nurse, stock" in app.info[0].value
    assert app.text_input(key="log_line").value == LINE
    press(app, "log_it_")
    assert logged(practice) == [("North", "nurse", "stock", 6)]


def test_a_watch_that_was_stopped_or_forgotten_runs_on_after_undo(practice: Desk) -> None:
    app = press(shown("log"), "start_watch")
    for button in ("stop_watch", "reset_watch"):
        press(press(app, button), "undo_log")
        assert "Stop: running since" in app.button(key="stop_watch").label
        assert logged(practice) == []


def test_what_undo_takes_back_next_is_said(practice: Desk) -> None:
    app = shown("log")
    for text in (LINE, "7 riverside nurse rota"):
        press(typed(app, text), "log_it_")
    press(app, "undo_log")
    assert "Taken back: 7 min, Riverside, nurse, rota" in words(app)
    assert "Undo takes back next: kept, 6 min, North, nurse, stock" in words(app)


def test_a_question_that_another_window_answered_is_not_answered_anew(practice: Desk) -> None:
    practice.take(*((f"{name}.csv", log(f"2026-03-02 10:0{n},5,North,{name},stock")) for n, name in enumerate(("one", "two"))))
    app, other = shown("log"), shown("log")
    press(app, "same_True")
    press(other, "same_False")
    assert "they were called the same meanwhile, in another window" in words(other)
    assert len(logged(practice)) == 1
    press(app, "undo_log")
    assert "Is this the same one?" in words(app)
    press(app, "same_False")
    assert len(logged(practice)) == 2


def test_what_another_window_deleted_cannot_be_named_and_that_is_said(practice: Desk) -> None:
    app = press(press(shown("log"), "start_watch"), "stop_watch")
    ((entry,),) = practice.sql("select interruption_id from interruptions")
    logbook.correct(practice.db, [], [entry])
    app.text_input(key=f"name_{entry}").input("riverside nurse stock")
    press(app, f"named_{entry}")
    assert "1 entry was corrected or deleted meanwhile, in another window" in words(app)
    assert logged(practice) == []


def test_the_fuller_form_takes_how_long_they_waited_also_over_the_night_the_clocks_change() -> None:
    began = datetime(2026, 3, 7, 16, 0, tzinfo=ZoneInfo("America/Toronto"))
    assert log_forms.answered(began, 24 * 60).astimezone(UTC) == datetime(2026, 3, 8, 21, 0, tzinfo=UTC)
    assert (log_forms.answered(began, 0), log_forms.answered(began, None)) == (began, None)


def test_a_table_with_something_unsaved_waits() -> None:
    assert [log_table.waits(edits) for edits in (
        None, {"edited_rows": {}, "deleted_rows": []}, {"edited_rows": {0: {"Minutes": 7}}, "deleted_rows": []},
        {"edited_rows": {}, "deleted_rows": [1]},
    )] == [False, False, True, True]  # fmt: skip


def test_a_held_key_keeps_a_line_once(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = log_line.Draft()
    kept = [draft.entered(LINE, KNOWN, 0) for _ in range(12)]  # the browser has not heard yet
    assert [line is not None for line in kept] == [False, True] + [False] * 10
    again = [draft.entered(LINE, KNOWN, 1) for _ in range(2)]  # typed once more: another one that says the same
    assert [line is not None for line in again] == [False, True]


def test_what_the_file_does_not_take_now_waits_and_what_is_refused_goes() -> None:
    held, desk, done = [True], ToDo(), []

    def write() -> logbook.Step:
        if held[0]:
            raise HeldError("another program has it open")
        done.append(1)
        return logbook.Step()

    def refuse() -> None:
        raise Refused("Line", "no", "Yes")

    desk.to_do += [Task("line", "Kept", "x", write), Task("line", "Kept", "y", refuse)]
    desk.carry_out(lambda: None)
    assert (len(desk.to_do), desk.trouble, done) == (2, "another program has it open", [])
    held[0] = False
    desk.carry_out(lambda: None)
    desk.carry_out(lambda: None)
    assert (desk.to_do, desk.trouble, done, len(desk.done)) == ([], "Line: no. Yes.", [1], 1)


def test_what_was_left_out_of_a_step_is_told_and_a_step_that_did_nothing_is_none() -> None:
    desk = ToDo()
    for step, word, steps in (
        (logbook.Step(added=("a",), missed=2), "Saved: 3 rows changed", 1),
        (logbook.Step(missed=1), "", 1),
    ):
        desk.to_do.append(Task("table", "Saved", "3 rows changed", lambda step=step: step))
        desk.carry_out(lambda: None)
        assert (desk.word, len(desk.done)) == (word, steps)
        told = {2: "2 entries were", 1: "1 entry was"}[step.missed]
        assert desk.trouble.startswith(f"{told} corrected or deleted meanwhile, in another window or by a load.")


def test_what_is_named_keeps_its_time_its_way_and_its_length_unless_it_says_another() -> None:
    stored = Interruption(datetime(2026, 3, 2, 10), 9, via="stopwatch", estimated=True)
    line = named(stored, "riverside desk stock", KNOWN.vocabulary)
    assert line.entry == Interruption(stored.started_at, 9, "Riverside", "desk", "stock", via="stopwatch", estimated=True)
    longer = named(stored, "20 min riverside lease", KNOWN.vocabulary)
    assert (longer.entry.minutes, longer.entry.estimated, longer.new_topic) == (20, False, True)
    timed = Interruption(stored.started_at, 25, via="stopwatch")
    for text, minutes in (("2 vets sick north", 25), ("24 h emergency north", 25), ("0 min north", 25), ("20 min north", 20)):
        assert named(timed, text, KNOWN.vocabulary).entry.minutes == minutes
    with pytest.raises(Unclear, match="two locations"):
        named(stored, "north riverside stock", KNOWN.vocabulary)
    with pytest.raises(Unclear, match="no location"):
        named(stored, "stock", KNOWN.vocabulary)
    assert named(stored, "stock", Vocabulary({"North": []})).entry.about == "North"
    for bad in ("", "<b>", "x" * 10_000):
        with pytest.raises(Unclear):
            named(stored, bad, KNOWN.vocabulary)


def test_strokes_of_a_grid_by_hand() -> None:
    places = ["North", "Riverside", "Practice-wide"]
    rows = [
        {"topic": "stock", "at0": 2, "at1": None, "at2": 0},
        {"topic": " stock  ", "at0": 1, "at1": 3, "at2": None},
        {"topic": None, "at0": None, "at1": None, "at2": 1},
    ]
    found = log_tally.strokes(rows, places)
    assert found == {("North", "stock"): 3, ("Riverside", "stock"): 3, ("", ""): 1}
    assert log_tally.in_words(found, 5) == "7 strokes of 5 min"
    assert log_tally.frame(["stock", ""], places).isna().to_numpy().sum() == 6


def test_strangers_words_on_a_button_and_in_a_question_are_words() -> None:
    pair = {"about_location": "**N**", "topic": "![x](http://a/b)", "minutes": 6, "asked_by": None}
    assert log_taps.in_words(pair).startswith("\\*\\*N\\*\\*\u00a0· \\!\\[x\\]")
    assert log_taps.just_ended(pair, datetime(2026, 3, 2, 10, tzinfo=UTC)).started_at.minute == 54
    row = {
        "about_location": "N",
        "started_at": datetime(2026, 3, 2, 10),
        "minutes": 5,
        "asked_by": "",
        "topic": "<b>",
        "source": "*",
    }
    assert log_later.side(row, "") == "2 Mar 2026 at 10:00, 5 min, N, \\<b\\>; in the log “\\*”"


def test_a_note_corrected_in_the_hour_that_comes_twice_leaves_its_time(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE.replace('"UTC"', '"America/Toronto"'))
    twice = [datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (5, 6)]  # both 1:30
    logbook.write_down(desk.db, [Interruption(at, at.hour, "North", answered_at=at) for at in twice])
    rows = desk.ask("log_entries", from_day=date(2026, 11, 1), to_day=date(2026, 11, 1))
    edited = [
        {
            "Started": row["started_at"], "Minutes": row["minutes"], "About": row["about_location"], "Asked by": "", "Topic": "",
            "Team could": COULD[row["team_could"]], "It was": ROLE_NAMES[row["role"]], "Note": "a note", "Estimated": False,
            "Answered": row["answered_at"],
        }
        for row in rows
    ]  # fmt: skip
    logbook.correct(desk.db, *log_table.corrections(rows, edited, range(2)))
    assert desk.sql("select epoch(starts_at), epoch(answered_at), note from interruptions order by 1") == [
        (at.timestamp(), at.timestamp(), "a note") for at in twice
    ]


def test_a_tap_in_the_night_the_clocks_change_ended_now() -> None:
    pair = {"about_location": "N", "topic": "x", "minutes": 20, "asked_by": None}
    now = datetime(2026, 3, 8, 3, 5, tzinfo=ZoneInfo("America/Toronto"))
    assert log_taps.just_ended(pair, now).started_at.astimezone(UTC) == datetime(2026, 3, 8, 6, 45, tzinfo=UTC)


def test_a_usual_length_of_less_than_half_a_minute_leaves_the_page_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE + "[interruptions]\nusual_minutes = 0.25\n")
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    app = shown("log")
    app.session_state["tally_grid"] = True
    assert "could not be drawn" not in words(app.run())
    assert app.number_input(key="tally_minutes_0").value == 0.25
