"""The log by hand: nothing is lost, nothing doubled, and each step can be taken back."""

import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from etl import changes, forget, logbook, watch
from etl.model import Interruption, Refused
from tests.conftest import Etl
from tests.making import Desk, calendar, day, event, log, moment

CLINIC = calendar("Work", event("Surgery", "2026-01-05 09:00", "13:00", place="North"))
PULL = Interruption(moment("2026-01-05 10:00"), 6, "riverside", "front desk", "supplier order", via="line")


def rows(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql("select source_id, strftime(starts_at, '%H:%M:%S'), topic from interruptions order by starts_at")


def state(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql("select * exclude (starts_at, ends_at, answered_at), starts_at::varchar from log_rows order by all")


def test_two_that_say_the_same_are_two(desk: Desk) -> None:
    logbook.write_down(desk.db, [PULL, PULL])
    logbook.write_down(desk.db, [PULL])
    assert [row[1] for row in rows(desk)] == ["09:59:58", "09:59:59", "10:00:00"]
    assert desk.broken() == []


def test_an_answer_before_the_question_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="it cannot have been answered before it began"):
        logbook.write_down(desk.db, [replace(PULL, answered_at=moment("2026-01-05 09:59"))])
    logbook.write_down(desk.db, [replace(PULL, answered_at=PULL.started_at)])
    assert len(rows(desk)) == 1


def _ten(db: Path) -> None:
    for _ in range(10):
        logbook.write_down(db, [PULL])


def test_two_windows_at_once_lose_none(desk: Desk) -> None:
    desk.take(("work.ics", CLINIC))
    windows = [multiprocessing.get_context("spawn").Process(target=_ten, args=(desk.db,)) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join(60)
    assert desk.sql("select count(*) from interruptions") == [(20,)]


def test_what_is_written_down_corrected_and_deleted_is_undone(desk: Desk) -> None:
    desk.take(("work.ics", CLINIC), ("log.csv", log("2026-01-05 09:30,12,North,nurse,lease")))
    before, hours = state(desk), desk.hours()
    assert hours["management", "North"] == pytest.approx(0.2)
    first = logbook.write_down(desk.db, [PULL])
    (lease,) = desk.sql("select interruption_id from interruptions where topic = 'lease'")[0]
    corrected = logbook.correct(desk.db, [(lease, Interruption(moment("2026-01-05 09:30"), 30, "North", topic="lease"))])
    assert desk.hours()["management", "North"] == pytest.approx(0.5)
    deleted = logbook.correct(desk.db, [], [*first.added, *corrected.added])
    assert rows(desk) == []
    for step in (deleted, corrected, first):
        logbook.undo(desk.db, step)
    assert (state(desk), desk.hours()) == (before, hours)
    assert desk.sql("from log_forgotten") == []
    desk.take(("log.csv", log("2026-01-05 09:30,12,North,nurse,lease")))
    assert state(desk) == before


def test_a_step_that_was_changed_since_is_not_undone(desk: Desk) -> None:
    step = logbook.write_down(desk.db, [PULL])
    logbook.correct(desk.db, [], step.added)
    with pytest.raises(Refused, match="the log was changed since"):
        logbook.undo(desk.db, step)
    desk.take(("log.csv", log("2026-01-05 09:30,12,North,nurse,lease")))
    (lease,) = desk.sql("select interruption_id from interruptions")[0]
    step = logbook.correct(desk.db, [], [lease])
    changes.remove_source(desk.db, "interruptions/log")
    with pytest.raises(Refused, match="the log was changed since"):
        logbook.undo(desk.db, step)


def test_what_was_forgotten_by_its_day_is_not_brought_back(desk: Desk) -> None:
    desk.take(("log.csv", log("2026-01-05 09:30,12,North,nurse,lease", "2026-01-07 09:30,12,North,nurse,rent")))
    ids = [row[0] for row in desk.sql("select interruption_id from interruptions")]
    step = logbook.correct(desk.db, [], ids)
    forget.forget_before(desk.db, day("2026-01-06"))
    with pytest.raises(Refused, match="you had everything before its day forgotten"):
        logbook.undo(desk.db, step)
    assert rows(desk) == []


def test_a_row_of_a_load_that_was_undone_is_not_brought_back(desk: Desk) -> None:
    lease, rent = "2026-01-05 09:30,12,North,nurse,lease", "2026-01-07 09:30,12,North,nurse,rent"
    desk.take(("log.csv", log(lease)))
    desk.take(("log.csv", log(lease, rent)))
    ids = dict(desk.sql("select topic, interruption_id from interruptions"))
    of_rent, of_lease = (logbook.correct(desk.db, [], [ids[topic]]) for topic in ("rent", "lease"))
    changes.undo_last_load(desk.db)
    with pytest.raises(Refused, match="the log was changed since"):
        logbook.undo(desk.db, of_rent)
    logbook.undo(desk.db, of_lease)  # it was there before that load too
    assert rows(desk) == [("interruptions/log", "09:30:00", "lease")]
    assert desk.sql("select count(*) from log_rows") == [(1,)]


def test_thousands_are_deleted_and_brought_back_in_bulk(desk: Desk) -> None:
    entries = [f"2026-01-{n // 60 // 20 + 1:02} {n // 60 % 20:02}:{n % 60:02},1,North,,t{n}" for n in range(2000)]
    desk.take(("log.csv", log(*entries)))
    before = state(desk)
    step = logbook.correct(desk.db, [], [row[0] for row in desk.sql("select interruption_id from interruptions")])
    assert desk.sql("select count(*) from interruptions") == [(0,)]
    logbook.undo(desk.db, step)
    assert state(desk) == before


def test_the_bytes_of_what_is_taken_back_leave_the_file(desk: Desk) -> None:
    step = logbook.write_down(desk.db, [Interruption(moment("2026-01-05 10:00"), 6, topic="zqsecret")])
    assert desk.has("zqsecret")
    logbook.undo(desk.db, step)
    assert not desk.has("zqsecret")


def test_the_watch_runs_on_while_nobody_looks_and_measures_what_it_ran(desk: Desk) -> None:
    began = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
    assert watch.running(desk.db) is None
    watch.start(desk.db, began)
    watch.start(desk.db, began + timedelta(minutes=3))  # a second tap on start
    assert watch.running(desk.db) == began
    watch.stop(desk.db, began + timedelta(minutes=7, seconds=30))
    assert watch.running(desk.db) is None
    assert desk.sql("select epoch(ends_at - starts_at), via, estimated, topic from interruptions") == [
        (450, "stopwatch", False, None)
    ]
    (unnamed,) = desk.ask("log_unnamed")
    assert (unnamed["minutes"], unnamed["via"]) == (7.5, "stopwatch")
    for late in (watch.reset, lambda db: watch.stop(db, began)):
        with pytest.raises(Refused, match="no watch is running"):
            late(desk.db)


def _stop(db: Path, began: datetime, both: Barrier) -> None:
    both.wait(60)
    watch.stop(db, began + timedelta(minutes=7))


def test_two_windows_that_stop_the_watch_at_once_write_it_down_once(desk: Desk) -> None:
    began = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
    watch.start(desk.db, began)
    spawn = multiprocessing.get_context("spawn")
    both = spawn.Barrier(2)
    windows = [spawn.Process(target=_stop, args=(desk.db, began, both)) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join(60)
    assert sorted(window.exitcode or 0 for window in windows) == [0, 1]
    assert desk.sql("select count(*) from interruptions") == [(1,)]


def test_a_watch_that_was_stopped_or_forgotten_by_mistake_runs_on(desk: Desk) -> None:
    began = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
    watch.start(desk.db, began)
    for by_mistake in (lambda db: watch.stop(db, began + timedelta(minutes=7)), watch.reset):
        step = by_mistake(desk.db)
        watch.start(desk.db, began + timedelta(minutes=9))
        with pytest.raises(Refused, match="another watch is running"):
            logbook.undo(desk.db, step)
        assert desk.sql("select count(*) from interruptions") == [(len(step.added),)]
        watch.reset(desk.db)
        logbook.undo(desk.db, step)
        assert (watch.running(desk.db), rows(desk)) == (began, [])


def test_one_that_another_window_changed_meanwhile_is_left_and_told(desk: Desk) -> None:
    ids = logbook.write_down(desk.db, [PULL, replace(PULL, topic="lease")]).added
    logbook.correct(desk.db, [(ids[0], replace(PULL, topic="gloves"))])
    step = logbook.correct(desk.db, [(each, replace(PULL, topic="late")) for each in ids])
    assert step.missed == 1
    assert sorted(str(row[2]) for row in rows(desk)) == ["gloves", "late"]
    assert logbook.correct(desk.db, [], ids).missed == 2
    logbook.undo(desk.db, step)
    assert sorted(str(row[2]) for row in rows(desk)) == ["gloves", "lease"]


def test_a_watch_of_seconds_is_a_minute_and_a_forgotten_one_is_asked_about(desk: Desk) -> None:
    began = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
    watch.start(desk.db, began)
    watch.stop(desk.db, began + timedelta(seconds=5))
    watch.start(desk.db, began + timedelta(hours=1))
    with pytest.raises(Refused, match="Say how many minutes it was"):
        watch.stop(desk.db, began + timedelta(hours=10))
    watch.stop(desk.db, began + timedelta(hours=10), minutes=20)
    assert desk.sql("select epoch(ends_at - starts_at), estimated from interruptions order by starts_at") == [
        (60, False), (1200, True)
    ]  # fmt: skip
    watch.start(desk.db, began)
    watch.reset(desk.db)
    assert watch.running(desk.db) is None


def test_usual_pairs_and_words_are_those_of_the_log(desk: Desk) -> None:
    today = datetime.now(UTC).date()
    recent, old = today - timedelta(days=3), today - timedelta(days=120)
    desk.take(("log.csv", log(
        f"{recent} 09:00,4,Riverside,front desk,Supplier order",
        f"{recent} 10:00,6,Riverside,nurse,supplier order",
        f"{recent} 11:00,20,riverside,front desk,supplier order ",
        f"{recent} 12:00,9,North,,lease",
        f"{recent} 13:00,2,North,nurse",
        f"{old} 09:00,5,North,porter,old topic",
    )))  # fmt: skip
    pairs = [(r["about_location"], r["topic"], r["minutes"], r["asked_by"], r["pulls"]) for r in desk.ask("usual_pairs")]
    assert pairs == [("Riverside", "supplier order", 6, "front desk", 3), ("North", "lease", 9, None, 1)]
    known = logbook.vocabulary(desk.db)
    assert (known.topics, known.askers) == (["supplier order", "lease", "old topic"], ["front desk", "nurse", "porter"])
    assert known.locations == {"North": ("12 Mill Road",), "Riverside": ()}


def test_the_command_line_keeps_what_it_understood(desk: Desk, etl: Etl) -> None:
    desk.take(("work.ics", CLINIC))
    status, out, err = etl("log", "6", "riverside", "front", "desk,", "broken door", "yesterday", "10:20", "!")
    assert (status, err) == (0, "")
    assert out.startswith("Written down: 6 min, Riverside, front desk, broken door (new topic), the team could, ")
    assert out.endswith(" at 10:20.\n")
    assert desk.sql("select about_location, asked_by, topic, team_could, via from interruptions") == [
        ("Riverside", "front desk", "broken door", True, "line")
    ]


def test_a_time_in_a_line_is_no_option_of_the_command(desk: Desk, etl: Etl) -> None:
    status, out, err = etl("log", "6", "riverside", "-20m", "rota")
    assert (status, err) == (0, "")
    assert out.startswith("Written down: 6 min, Riverside, rota (new topic), ")
    assert desk.sql("select starts_at < now() - interval 19 minutes from interruptions") == [(True,)]


@pytest.mark.parametrize(
    "line",
    ["riverside", "999 riverside", "6 nowhere", "<script>alert(1)</script>", "6 " * 5000, "6 riverside 9999-12-31 23:59",
     "6 riverside 0001-01-01 00:10"],
)  # fmt: skip
def test_a_line_that_is_not_clear_is_refused_and_nothing_stored(desk: Desk, etl: Etl, line: str) -> None:
    status, out, err = etl("log", line)
    assert (status, out) == (1, "")
    assert err.startswith("Line: ")
    assert not desk.db.exists()
