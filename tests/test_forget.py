"""What the owner has forgotten leaves every byte, and no load brings it back."""

from datetime import date
from pathlib import Path

import pytest

from etl import changes, filing, forget
from etl.model import Refused
from etl.pipeline import load
from etl.practice_edit import with_order
from etl.waiting import waiting
from tests.making import Desk, at_desk, calendar, event, log

WORK = (
    "work.ics",
    calendar(
        "Work",
        event("Zqpatient 1", "2026-01-05 09:00", "10:00", place="Zqroad 5, North"),
        event("Zqpatient 2", "2026-02-05 09:00", "11:00", place="Zqroad 5"),
        event("Wxcontrol", "2026-02-06 09:00", "12:00"),
        event("Payroll", "2026-01-07 23:00", "2026-01-08 01:00"),
    ),
)
LOG = ("log.csv", log("2026-01-05 09:10,10,North,zqdesk,zqtopic", "2026-02-05 09:10,10,North,wxdesk,rota"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_desk(tmp_path / "desk")
    desk.take(WORK, LOG)
    return desk


def wait_for(desk: Desk, days: int) -> None:
    desk.harm(f"update filings set since = now() - to_days({days})")


def test_only_titles_that_waited_long_are_offered(desk: Desk) -> None:
    assert forget.long_waiting(desk.db) == ()
    wait_for(desk, forget.LONG)
    assert {each.title for each in forget.long_waiting(desk.db)} == {"Zqpatient 1", "Zqpatient 2", "Wxcontrol"}


def test_how_long_a_title_waits_outlives_a_load_and_a_recount(desk: Desk) -> None:
    wait_for(desk, forget.LONG + 1)
    newer = calendar(
        "Work",
        event("Zqpatient 1", "2026-01-05 09:00", "10:00", place="Zqroad 5, North"),
        event("Zq new", "2026-02-07 09:00", "10:00"),
    )
    assert load([("work.ics", newer)], desk.db, replace=True)[0].refused is None
    filing.file(desk.db, [filing.Answer("management", titles=("Wxcontrol",))])
    assert [each.title for each in forget.long_waiting(desk.db)] == ["Zqpatient 1", "Zqpatient 2"]  # the other for the undo


def test_a_forgotten_title_leaves_every_byte_keeps_its_hours_and_can_be_filed(desk: Desk) -> None:
    wait_for(desk, 91)
    before = desk.hours()
    forget.forget_titles(desk.db, [each.group_key for each in forget.long_waiting(desk.db) if each.title.startswith("Zqpatient")])
    assert not desk.has("zqpatient")
    assert not desk.has("zqroad")
    assert desk.has("wxcontrol")
    assert desk.hours() == before
    newer = calendar("Work", event("Zqpatient 3", "2026-02-09 09:00", "10:00"), event("Wxcontrol", "2026-02-10 09:00", "10:00"))
    desk.take(("work.ics", newer))
    assert not desk.has("zqpatient")
    group = next(group for group in waiting(desk.db).groups if group.forgotten)
    assert group.times == 3  # those that the newer export does not cover, and the new one
    filing.file(desk.db, [group.answer("leadership")])
    assert sum(hours for (role, _), hours in desk.hours().items() if role == "leadership") == pytest.approx(4 - 2 / 6)
    desk.take(("work.ics", newer.replace(b"20260209", b"20260211")))
    assert sum(hours for (role, _), hours in desk.hours().items() if role == "leadership") == pytest.approx(4 - 2 / 6)


def test_everything_before_a_day_is_gone_and_stays_so(desk: Desk) -> None:
    forget.forget_before(desk.db, date(2026, 1, 8))
    assert not any(desk.has(text) for text in ("zqpatient 1", "zqdesk", "zqtopic"))
    assert desk.titles() == [("01-07 23:00", "Payroll"), ("02-05 09:00", "Zqpatient 2"), ("02-06 09:00", "Wxcontrol")]
    assert desk.broken() == []
    assert forget.forgotten_before(desk.db) == date(2026, 1, 8)
    again = WORK[1].replace(b"END:VCALENDAR", event("Wxmore", "2026-02-06 13:00", "14:00").encode() + b"\r\nEND:VCALENDAR")
    (report,) = desk.load(("work.ics", again))
    assert "1 event was left out: you had everything before that day forgotten" in " ".join(note.text for note in report.notes)
    desk.take(("log.csv", LOG[1] + b"2026-02-06 09:10,10,North,,,,,,,\n"))
    assert not any(desk.has(text) for text in ("zqpatient 1", "zqdesk", "zqtopic"))
    forget.keep_all(desk.db)
    desk.take(("work.ics", again))
    assert desk.has("zqpatient 1")


def test_a_day_to_come_is_refused_and_changes_nothing(desk: Desk) -> None:
    before = desk.titles()
    with pytest.raises(Refused, match="the day is still to come"):
        forget.forget_before(desk.db, date(2090, 1, 1))
    assert desk.titles() == before


def test_the_titles_of_a_rule_stay_until_it_is_taken_out(desk: Desk) -> None:
    filing.file(desk.db, [filing.Answer("management", titles=("Wxcontrol",))])
    for (source_id,) in desk.sql("select source_id from sources"):
        changes.remove_source(desk.db, source_id)
    assert desk.has("wxcontrol"), "the rule holds for what is loaded next"
    filing.change_rules(desk.db, lambda text: with_order(text, []))
    assert not desk.has("wxcontrol")
