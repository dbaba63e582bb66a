"""Loading again: what a newer export says is followed whatever the order, what would remove much is asked, all can be undone."""

import itertools
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl import changes, filing, logbook, pipeline
from etl.extract import read
from etl.model import CalendarExport, Extract, How, Refused
from etl.pipeline import LoadReport, load
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log

WEEK = [event("Rota", f"2026-01-{n:02} 09:00", "10:00", uid=f"rota{n}") for n in range(5, 13)]
HUDDLE = event("Huddle", "2026-01-05 08:00", "08:30", "RRULE:FREQ=DAILY;COUNT=10", uid="huddle")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_desk(tmp_path / "desk")


def told(report: LoadReport) -> tuple[int, int, int, int]:
    """new, changed, gone, unchanged"""
    assert report.refused is None, report.refused
    (source,) = report.sources
    return source.new, source.changed, source.gone, source.unchanged


def work(*events: str) -> tuple[str, bytes]:
    return ("work.ics", calendar("Work", *events))


def days(desk: Desk, title: str) -> list[str]:
    return [start[:5] for start, found in desk.titles() if found == title]


def test_the_report_says_new_changed_gone_and_unchanged(desk: Desk) -> None:
    assert told(desk.load(work(*WEEK))[0]) == (8, 0, 0, 0)
    moved = event("Rota", "2026-01-06 14:00", "15:00", uid="rota6")
    renamed = event("Payroll", "2026-01-07 09:00", "10:00", uid="rota7")
    added = event("Stock order", "2026-01-08 13:00", "14:00", uid="stock")
    gone = WEEK[:1] + WEEK[3:5] + WEEK[6:]
    assert told(desk.load(work(*gone, moved, renamed, added))[0]) == (1, 2, 1, 5)
    assert days(desk, "Rota") == ["01-05", "01-06", "01-08", "01-09", "01-11", "01-12"]
    assert desk.broken() == []


def test_the_same_events_in_another_order_are_unchanged(desk: Desk) -> None:
    desk.take(work(*WEEK))
    assert told(desk.load(work(*reversed(WEEK)))[0]) == (0, 0, 0, 8)


def test_a_series_that_was_deleted_goes_from_the_first_day_of_the_export_on(desk: Desk) -> None:
    desk.take(work(HUDDLE, *WEEK))
    cut = WEEK[3:6]  # the 8th to the 10th
    assert told(desk.load(work(*cut))[0]) == (0, 0, 7, 3)
    assert days(desk, "Huddle") == ["01-05", "01-06", "01-07"]
    assert days(desk, "Rota") == [f"01-{n:02}" for n in range(5, 13)]


def test_a_single_event_late_on_the_last_day_is_covered(desk: Desk) -> None:
    late = event("Staff meeting", "2026-01-12 17:00", "18:00", uid="late")
    desk.take(work(*WEEK, late))
    assert told(desk.load(work(*WEEK))[0]) == (0, 0, 1, 8)


def test_an_instance_that_moved_is_changed(desk: Desk) -> None:
    desk.take(work(HUDDLE, *WEEK))
    moved = event("Huddle", "2026-01-07 12:00", "12:30", "RECURRENCE-ID:20260107T080000Z", uid="huddle")
    assert told(desk.load(work(HUDDLE, moved, *WEEK))[0]) == (0, 1, 0, 17)


def test_a_series_moved_by_an_hour_removes_no_hours(desk: Desk) -> None:
    desk.take(work(HUDDLE))
    later = HUDDLE.replace("T080000Z", "T090000Z").replace("T083000Z", "T093000Z")
    assert told(desk.load(work(later))[0]) == (10, 0, 10, 0)
    assert desk.hours() == {("management", "Practice-wide"): 5}


def test_more_than_a_third_gone_is_asked_first(desk: Desk) -> None:
    desk.take(work(*WEEK))
    before = desk.titles()
    half = work(*WEEK[:3], *WEEK[6:])
    (report,) = desk.load(half)
    assert report.asks_replace
    assert report.refused == (
        "work.ics: it would remove 3.0 h of the 8.0 h that are known so far, more than a third."
        " If that is right, load it again with --replace."
    )
    assert desk.titles() == before
    assert desk.ask("check")
    (report,) = load([half], desk.db, replace=True)
    assert told(report) == (0, 0, 3, 5)


def test_hours_to_come_and_those_not_counted_are_not_asked_about(desk: Desk) -> None:
    to_come = [event("Rota", f"2090-01-{n:02} 09:00", "10:00", uid=f"later{n}") for n in range(5, 25)]
    free = [event("Gym", f"2026-01-{n:02} 12:00", "18:00", "TRANSP:TRANSPARENT", uid=f"gym{n}") for n in range(6, 12)]
    desk.take(work(*WEEK, *to_come, *free))
    assert told(desk.load(work(*WEEK, to_come[-1]))[0]) == (0, 0, 25, 9)


def test_a_log_that_lost_most_of_its_lines_is_asked_about(desk: Desk) -> None:
    lines = [f"2026-01-05 {hour:02}:00,10,North" for hour in range(9, 15)]
    desk.take(("log.csv", log(*lines)))
    (report,) = desk.load(("log.csv", log(lines[0], lines[-1])))
    assert report.asks_replace
    assert told(load([("log.csv", log(lines[0], lines[-1]))], desk.db, replace=True)[0]) == (0, 0, 4, 2)


def everything(desk: Desk) -> list[list[tuple[object, ...]]]:
    """All that is stored, but for what is made anew in each database: ids and moments of loading."""
    return [
        desk.sql(
            """select source_id, starts_at::varchar, ends_at::varchar, all_day, title, place_text, calendar, counted,
            not_counted_because, role, activity, location, decided_by from occurrences order by all"""
        ),
        desk.sql(
            """select starts_at::varchar, ends_at::varchar, role, activity, location, displaced_role, displaced_location
            from time_slices order by all"""
        ),
        desk.sql("select source_id, kind, name, file_name, covers_from::varchar, covers_to::varchar from sources order by all"),
    ]


def test_the_order_of_exports_of_several_calendars_makes_no_difference(tmp_path: Path) -> None:
    copy = event("Rota", "2026-01-05 09:00", "10:00", uid="rota5")
    files = [
        work(*WEEK, HUDDLE),
        ("clinic.ics", calendar("Clinic", copy, event("Surgery", "2026-01-05 08:15", "12:00", place="North"))),
        ("days.ics", calendar("Where", event("At Riverside", "2026-01-07"))),
        ("log.csv", log("2026-01-05 09:30,15,Riverside")),
    ]
    found = []
    for number, order in enumerate(list(itertools.permutations(files))[4::5]):  # each file in each place
        desk = at_desk(tmp_path / f"desk{number}")
        for file in order:
            desk.take(file)
        assert [report.nothing_new for report in desk.load(*order)] == [True] * 4
        found.append(everything(desk))
        assert desk.broken() == []
    assert all(each == found[0] for each in found)


def aged(monkeypatch: pytest.MonkeyPatch, ages: dict[str, datetime]) -> None:
    """Let exports tell their age by the name of their file."""

    def read_aged(data: bytes, file_name: str, how: How) -> Extract:
        found = read(data, file_name, how)
        return replace(
            found,
            exports=tuple(
                replace(each, exported_at=ages[file_name]) if isinstance(each, CalendarExport) else each for each in found.exports
            ),
        )

    monkeypatch.setattr(pipeline, "read", read_aged)


def in_each_order(desk: Desk, exports: dict[str, bytes]) -> Iterator[tuple[str, Desk]]:
    """Each order of loading the exports, and the desk that it came to; what orders begin with alike is loaded once."""
    if not exports:
        yield desk.folder.name, desk
    for name, data in exports.items():
        then = Desk(desk.folder.with_name(f"{desk.folder.name} {name}"))
        shutil.copytree(desk.folder, then.folder)
        (report,) = load([(name, data)], then.db, replace=True)
        assert report.refused is None
        yield from in_each_order(then, {other: left for other, left in exports.items() if other != name})


def test_the_order_of_exports_of_one_calendar_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = event("Payroll", "2026-01-20 09:00", "10:00", uid="rota5")
    new = event("Stock order", "2026-01-21 09:00", "10:00", uid="stock")
    last = event("Stock order", "2026-01-19 09:00", "10:00", uid="end")
    exports = {  # of one calendar
        "first.ics": calendar("Work", HUDDLE, *WEEK),
        "second.ics": calendar("Work", HUDDLE, moved, new, last),  # covers the 19th to the 21st
        "third.ics": calendar("Work", new, last),  # the moved one was deleted
        "fourth.ics": calendar("Work", *WEEK[3:6], new),  # the series was deleted, from the 8th on
    }
    aged(monkeypatch, {name: datetime(2026, 2, number, tzinfo=UTC) for number, name in enumerate(exports, 1)})
    found = list(in_each_order(at_desk(tmp_path / "desk"), exports))
    assert len(found) == 24
    desk = found[0][1]
    first = everything(desk)
    for order, other in found:
        assert everything(other) == first, order
    assert days(desk, "Huddle") == ["01-05", "01-06", "01-07"]
    assert days(desk, "Payroll") == []
    assert days(desk, "Rota") == [f"01-{n:02}" for n in range(6, 11)]


def test_an_export_that_does_not_tell_its_age_is_the_newest(desk: Desk) -> None:
    desk.take(work(*WEEK))
    desk.take(work(*WEEK[1:]))
    assert desk.load(work(*WEEK))[0].refused is None
    assert len(desk.titles()) == 8


def test_a_calendar_missing_from_a_newer_archive_stays(desk: Desk) -> None:
    desk.take(work(*WEEK), ("other.ics", calendar("Other", event("Payroll", "2026-01-06 09:00", "10:00"))))
    desk.take(work(*WEEK, HUDDLE))
    assert desk.sql("select name from sources order by all") == [("Other",), ("Work",)]


def test_one_meeting_as_utc_and_in_a_zone_counts_once(desk: Desk) -> None:
    series = "RRULE:FREQ=WEEKLY;COUNT=3"
    utc = event("Rota", "2026-03-02 14:00", "15:00", series, uid="same")
    toronto = event("Rota", "2026-03-02 09:00", "10:00", series, uid="same", zone="America/Toronto")
    desk.take(("a.ics", calendar("Google", utc)), ("b.ics", calendar("Outlook", toronto)))
    told = desk.sql("select calendar, strftime(starts_at, '%m-%d %H:%M'), not_counted_because from occurrences order by all")
    assert [row for row in told if row[2]] == [("Outlook", "03-02 14:00", "on another calendar")]
    # From the 8th on the clocks of Toronto are ahead: the other instances are not the same moment.
    assert desk.sql("select count(*) from occurrences where counted") == [(5,)]


def test_a_floating_copy_is_the_same_as_its_instant(desk: Desk) -> None:
    desk.practice.write_text(PRACTICE.replace('"UTC"', '"America/Toronto"'))
    floating = event("Rota", "2026-01-05 09:00", "10:00", uid="same", zone="")
    utc = event("Rota", "2026-01-05 14:00", "15:00", uid="same")
    desk.take(("a.ics", calendar("A", floating)), ("b.ics", calendar("B", utc)))
    assert desk.hours() == {("management", "Practice-wide"): 1}
    assert desk.broken() == []


def test_the_last_load_is_undone_with_all_its_files(desk: Desk) -> None:
    lines = ["2026-01-05 09:30,15,Riverside", "2026-01-05 11:30,15,North"]
    desk.take(work(*WEEK), ("log.csv", log(lines[0])))
    before = everything(desk)
    newer = [
        work(HUDDLE, *WEEK[1:]),
        ("log.csv", log(*lines)),
        ("z@clinic.example.ics", calendar("Clinic", event("Ztitle", "2026-01-05 12:00", "13:00"))),
    ]
    desk.take(*newer)
    known = changes.last_load(desk.db)
    assert known is not None
    assert known.file_names == ("work.ics", "log.csv", "z.ics")
    assert abs((datetime.now(UTC) - known.loaded_at).total_seconds()) < 60
    changes.undo_last_load(desk.db)
    assert everything(desk) == before
    assert not desk.has("ztitle")
    assert desk.broken() == []
    assert changes.last_load(desk.db) is None
    with pytest.raises(Refused, match="there is no load to undo"):
        changes.undo_last_load(desk.db)
    assert [report.nothing_new for report in desk.load(*newer)] == [False] * 3
    assert len(days(desk, "Huddle")) == 10


def test_the_first_load_is_undone(desk: Desk) -> None:
    desk.take(work(*WEEK))
    changes.undo_last_load(desk.db)
    assert (desk.titles(), desk.hours(), desk.sql("from sources")) == ([], {}, [])
    assert not desk.has("rota")


def test_a_refused_file_leaves_the_last_load_to_undo(desk: Desk) -> None:
    desk.take(work(*WEEK))
    assert desk.load(("letter.ics", b"Dear Sir"), work())[0].refused
    known = changes.last_load(desk.db)
    assert known is not None
    assert known.file_names == ("work.ics",)


def test_what_is_kept_for_an_undo_is_reached_by_privacy(desk: Desk) -> None:
    old = event("Zpatient Smith", "2026-01-05 09:00", "10:00", uid="a")
    desk.take(work(old, *WEEK))
    desk.take(work(event("Rota", "2026-01-05 09:00", "10:00", uid="a"), *WEEK))
    assert desk.has("zpatient")  # for the undo
    filing.file(desk.db, [filing.Answer("clinical", titles=("Zpatient Smith",))])
    assert not desk.has("zpatient")
    changes.undo_last_load(desk.db)
    assert desk.hours()["clinical", "Practice-wide"] == 1
    assert not desk.has("zpatient")


def test_a_removed_source_is_not_brought_back_by_an_undo(desk: Desk) -> None:
    desk.take(work(event("Ztitle", "2026-01-05 12:00", "13:00", uid="z"), *WEEK))
    desk.take(work(*WEEK))
    changes.remove_source(desk.db, "calendar/Work")
    assert not desk.has("ztitle")
    assert changes.last_load(desk.db) is None


def test_a_line_taken_out_of_a_log_stays_out_when_its_load_is_undone(desk: Desk) -> None:
    lines = ["2026-01-05 09:30,15,North,desk,zstock", "2026-01-05 11:30,15,North"]
    desk.take(("log.csv", log(*lines)))
    desk.take(("log.csv", log(*lines, "2026-01-05 12:30,15,North")))
    (first, *_) = [found for (found,) in desk.sql("select interruption_id from interruptions order by starts_at")]
    logbook.correct(desk.db, [], [first])
    assert not desk.has("zstock")
    changes.undo_last_load(desk.db)
    assert desk.sql("select strftime(starts_at, '%H:%M') from interruptions") == [("11:30",)]


def test_another_zone_reaches_what_is_kept_for_an_undo(desk: Desk) -> None:
    floating = event("Rota", "2026-01-05 09:00", "10:00", uid="f", zone="")
    desk.take(work(floating, *WEEK))
    desk.take(work(floating.replace("090000", "093000"), *WEEK))
    changes.use_practice(desk.db, PRACTICE.replace('"UTC"', '"America/Toronto"'))
    changes.undo_last_load(desk.db)
    assert ("01-05 14:00", "Rota") in desk.titles()


def stamped(stamp: str, *parts: str) -> bytes:
    """A calendar whose events all bear one stamp, as an export of that moment does."""
    return calendar("Cal", *(part.replace("BEGIN:VEVENT", f"BEGIN:VEVENT\r\nDTSTAMP:{stamp}") for part in parts))


def day(number: int) -> str:
    return (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)).strftime("%Y-%m-%d")


def hour(number: int) -> str:
    return event("Rota", f"{day(number)} 14:00", "15:00", uid=f"e{number}")


ONE_LEFT = event("Rota", "2026-03-12 20:00", "21:00", "RRULE:FREQ=WEEKLY;COUNT=1", uid="stump")
HOLIDAY = event("Away", "2026-03-12", "2026-04-03", uid="holiday")


@pytest.mark.parametrize("reaching", [ONE_LEFT, HOLIDAY], ids=["the one date left of a series", "a holiday of three weeks"])
def test_what_reaches_into_an_export_does_not_stretch_its_days(desk: Desk, reaching: str) -> None:
    desk.take(("cal.ics", stamped("20260401T000000Z", *map(hour, range(100)))))
    (report,) = desk.load(("cal.ics", stamped("20260501T000000Z", *map(hour, range(90, 97)), reaching)))
    assert report.refused is None
    (source,) = report.sources
    assert (source.new, source.gone) == (1, 0)


def test_an_export_that_cancels_or_shortens_much_asks_too(desk: Desk) -> None:
    desk.take(("cal.ics", stamped("20260401T000000Z", *map(hour, range(20)))))
    cancelled = [hour(n).replace("SUMMARY", "STATUS:CANCELLED\r\nSUMMARY") for n in range(20)]
    (report,) = desk.load(("cal.ics", stamped("20260501T000000Z", *cancelled)))
    assert report.asks_replace


def test_an_export_that_tells_no_age_takes_nothing_of_others(desk: Desk) -> None:
    full = [hour(n) for n in range(12)]
    desk.take(("a.ics", stamped("20260401T000000Z", *full)))
    desk.take(("b.ics", stamped("20260402T000000Z", *full[5:9])))
    desk.take(("c.ics", stamped("20260301T000000Z", *full)))
    assert len(desk.titles()) == 12


def test_an_event_without_uid_is_known_by_what_it_holds(desk: Desk) -> None:
    bare = [re.sub(r"UID:[^\r]*\r\n", "", hour(n)).replace("SUMMARY:Rota", f"SUMMARY:Rota {n}") for n in range(6)]
    desk.take(("cal.ics", calendar("Cal", *bare[1:])))
    (report,) = desk.load(("cal.ics", calendar("Cal", *bare)))
    assert [(source.new, source.gone, source.unchanged) for source in report.sources] == [(1, 0, 5)]
