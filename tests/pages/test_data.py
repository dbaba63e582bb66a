"""What the pages remember of the database: dropped when anybody changes the file, in every window, and never too much."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pandas import DataFrame

from etl import logbook
from pages.parts import data, frames
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log
from tests.pages.test_pages_run import shown, words


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Three weeks of a rota, and a question from Riverside."""
    desk = at_desk(tmp_path / "desk", PRACTICE)
    rotas = [event("Rota", f"2025-03-{day:02} 09:00", "12:00", place="North") for day in (3, 10, 17)]
    desk.take(("work.ics", calendar("Work", *rotas)), ("log.csv", log("2025-03-10 10:00,30,Riverside,desk,stock,yes")))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    return desk


def test_a_change_within_the_same_tick_of_the_clock_and_of_the_same_size_is_seen(desk: Desk) -> None:
    before = desk.db.stat()
    assert [str(row) for row in data.ask(desk.db, ("topic_spellings", {}))[0]["topic"]] == ["stock"]
    desk.harm("update log_rows set topic = 'lease'; update interruption_starts set topic = 'lease'")
    os.utime(desk.db, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (desk.db.stat().st_mtime_ns, desk.db.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert [str(row) for row in data.ask(desk.db, ("topic_spellings", {}))[0]["topic"]] == ["lease"]


def test_every_open_window_shows_what_the_command_line_changed_with_its_next_action(desk: Desk) -> None:
    windows = [shown("pulled_away", period="All") for _ in range(2)]
    assert all("North pulls you away most." not in words(window) for window in windows)
    more = desk.file("more.csv", log("2025-03-11 10:00,90,North,desk,refund,yes"))
    command = [sys.executable, "-m", "etl", "load", str(more), "--db", str(desk.db)]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    for window in windows:
        assert "North pulls you away most." in words(window.run())


def test_a_fold_that_is_opened_after_a_change_draws_the_whole_page_anew(desk: Desk) -> None:
    window = shown("overview", period="All")
    window.session_state["numbers_roles"] = True
    (only,) = [row[0] for row in desk.sql("select interruption_id from interruptions")]
    logbook.correct(desk.db, [], [only])
    assert "could not be drawn" not in words(window.run())
    assert data.stamp(desk.db) == window.session_state["_shown"][1]


def test_answers_of_an_older_state_are_not_kept_and_what_is_kept_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, frame = data.Answers(), DataFrame({"n": range(1000)})
    assert answers.of("db", 1, ["a"]) == {}
    answers.keep("db", 1, {"a": frame, "b": frame})
    assert set(answers.of("db", 1, ["a", "b", "c"])) == {"a", "b"}
    answers.keep("db", 0, {"c": frame})
    assert answers.of("db", 1, ["c"]) == {}
    monkeypatch.setattr(data, "MOST_BYTES", 2 * answers.size - 1)
    answers.of("db", 1, ["a"])
    answers.keep("db", 1, {"c": frame, "d": frame})
    assert set(answers.of("db", 1, ["a", "b", "c", "d"])) == {"a", "c", "d"}
    assert answers.of("db", 2, ["a"]) == {}
    assert answers.size == 0


@pytest.mark.parametrize("zone", ["America/Toronto", "Asia/Kolkata", "Pacific/Chatham"])
def test_no_answer_holds_over_midnight(zone: str) -> None:
    midnight = datetime(2026, 1, 6, tzinfo=ZoneInfo(zone))
    assert data.quarter_hour(midnight) != data.quarter_hour(midnight.astimezone(UTC) - timedelta(seconds=1))
    assert data.quarter_hour(midnight) == data.quarter_hour(midnight + timedelta(minutes=14))


def test_who_changes_an_answer_changes_a_copy(desk: Desk) -> None:
    first = data.ask(desk.db, ("location_names", {}))[0]
    first.loc[0, "location"] = "Mars"
    assert "Mars" not in set(data.ask(desk.db, ("location_names", {}))[0]["location"])


def test_the_first_page_does_not_wait_for_what_reads_files() -> None:
    code = "import sys, pages.parts.shell, pages.parts.filters; print([n for n in sys.modules if n.startswith('etl.extract')])"
    at = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=at)
    assert done.stdout.strip() == "[]"


def test_a_topic_of_two_spellings_is_a_row_like_others(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("log.csv", log("2026-03-02 09:30,6,North,desk,Rota,yes", "2026-03-03 09:30,6,North,desk,rota,yes")))
    where = {"from_day": date(2026, 3, 2), "to_day": date(2026, 3, 8), "locations": None}
    for mart in ("hand_over_topics", "pulled_topics"):
        (row,) = frames.records(data.ask(desk.db, (mart, where))[0])
        assert row["spellings"] == ["Rota", "rota"], mart
        assert row.get("abouts") is None


def test_days_and_locations_are_asked_for_where_they_change_something(desk: Desk) -> None:
    def asks(**address: str) -> bool:
        return "period" in [each.key for each in shown("data", **address).get("button_group")]

    parts = ("Files", "Log", "What is loaded", "What was left out", "Practice", "Privacy")
    assert [part for part in parts if asks(data_part=part)] == ["Log", "What was left out"]
    assert not asks(), "Files are the first part"
