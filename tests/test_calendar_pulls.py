"""Interruptions that are written down in the phone's own calendar: in the log, once, and never a plan."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import changes, logbook
from etl.model import Interruption
from etl.pipeline import load
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log, moment

MARKED = PRACTICE + '[interruptions]\nmarker = "?"\nusual_minutes = 4\n\n[[calendar]]\nname = "Pulls"\nkind = "interruptions"\n'
CLINIC = event("Surgery", "2026-01-05 09:00", "13:00", place="North", uid="clinic")
PULL = event("? Riverside, Zsupplier order, front desk", "2026-01-05 10:00", "10:06", uid="pull")


@pytest.fixture
def desk(tmp_path) -> Desk:  # type: ignore[no-untyped-def]
    return at_desk(tmp_path / "desk", MARKED)


def pulls(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql(
        """select strftime(starts_at, '%m-%d %H:%M') as at, epoch(ends_at - starts_at) / 60, about_location, asked_by, topic
        from interruptions order by starts_at, topic"""
    )


RIVERSIDE = ("01-05 10:00", 6, "Riverside", "front desk", "Zsupplier order")


def test_it_is_an_interruption_and_no_occurrence(desk: Desk) -> None:
    (report,) = desk.load(("work.ics", calendar("Work", CLINIC, PULL)))
    assert pulls(desk) == [RIVERSIDE]
    assert desk.sql("select title from occurrences") == [(None,)]
    assert desk.sql("select count(*) from filings") == [(1,)]
    assert desk.hours() == {("clinical", "North"): pytest.approx(3.9), ("management", "Riverside"): pytest.approx(0.1)}
    assert desk.sql("select distinct source_id, via, estimated from interruptions") == [("calendar/Work", "calendar", False)]
    assert [note.text for note in report.notes] == ["1 event is an interruption: in the log, not in the plan"]
    (source,) = report.sources
    assert (source.new, source.rows, source.hours) == (2, 2, pytest.approx(4.1))
    assert desk.broken() == []
    assert not any("Zsupplier" in str(note) for note in report.notes)


def test_the_next_export_brings_it_once_moved_or_renamed(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)))
    more = event("?North 3 min lease", "2026-01-06 10:00", "10:30", uid="second")
    (report,) = desk.load(("work.ics", calendar("Work", CLINIC, PULL, more)))
    assert pulls(desk) == [RIVERSIDE, ("01-06 10:00", 3, "North", None, "lease")]
    assert (report.sources[0].new, report.sources[0].unchanged) == (1, 2)
    moved = event("? Riverside, rota", "2026-01-05 11:00", "11:10", uid="pull")
    (report,) = desk.load(("work.ics", calendar("Work", CLINIC, moved, more)))
    assert pulls(desk)[0] == ("01-05 11:00", 10, "Riverside", None, "rota")
    assert (report.sources[0].changed, report.sources[0].gone) == (1, 0)
    (report,) = desk.load(("work.ics", calendar("Work", CLINIC, more)))
    assert len(pulls(desk)) == 1
    assert report.sources[0].gone == 1


def test_what_lies_outside_of_an_exports_days_stays(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)))
    late = event("? North lease", "2026-02-03 10:00", "10:30", uid="late")
    desk.take(("work.ics", calendar("Work", event("Rota", "2026-02-02 09:00", "10:00"), late)))
    assert [row[0] for row in pulls(desk)] == ["01-05 10:00", "02-03 10:00"]


def test_an_older_export_brings_nothing_back(desk: Desk) -> None:
    def stamped(when: str, *events: str) -> bytes:
        return calendar("Work", *(each.replace("END:VEVENT", f"DTSTAMP:{when}\r\nEND:VEVENT") for each in events))

    rest = [event("Rota", f"2026-01-0{n} 15:00", "16:00", uid=f"rota{n}") for n in range(5, 10)]  # five tell when it was made
    desk.take(("new.ics", stamped("20260120T000000Z", CLINIC, *rest)))
    desk.take(("old.ics", stamped("20260110T000000Z", CLINIC, PULL, *rest)))
    assert pulls(desk) == []


def test_a_plan_that_becomes_an_interruption_and_back(desk: Desk) -> None:
    plan = event("Zcall", "2026-01-05 10:00", "10:06", uid="pull")
    desk.take(("work.ics", calendar("Work", CLINIC, plan)))
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)))
    assert pulls(desk) == [RIVERSIDE]
    assert desk.sql("select count(*) from occurrences") == [(1,)]
    desk.take(("work.ics", calendar("Work", CLINIC, plan)))
    assert pulls(desk) == []
    assert desk.sql("select count(*) from occurrences") == [(2,)]


def test_a_series_and_one_of_it_moved(desk: Desk) -> None:
    series = event("? North rota", "2026-01-05 10:00", "10:05", "RRULE:FREQ=DAILY;COUNT=3", uid="s")
    moved = event("? North rota", "2026-01-06 12:00", "12:05", "RECURRENCE-ID:20260106T100000Z", uid="s")
    desk.take(("work.ics", calendar("Work", CLINIC, series, moved)))
    assert [row[0] for row in pulls(desk)] == ["01-05 10:00", "01-06 12:00", "01-07 10:00"]


def test_all_of_a_calendar_may_be_the_log_and_what_has_no_length_takes_the_usual(desk: Desk) -> None:
    desk.take(("pulls.ics", calendar("Pulls", event("Riverside stock", "2026-01-05 10:00", "10:00", uid="a"))))
    assert pulls(desk) == [("01-05 10:00", 4, "Riverside", None, "stock")]
    assert desk.sql("select estimated from interruptions") == [(True,)]
    assert desk.sql("select count(*) from occurrences") == [(0,)]


def test_what_never_was_is_left_out_and_said_without_its_words(desk: Desk) -> None:
    (report,) = desk.load(("work.ics", calendar(
        "Work", CLINIC,
        event("? Zq called off", "2026-01-05 10:00", "10:06", "STATUS:CANCELLED", uid="a"),
        event("? Zq free", "2026-01-05 10:00", "10:06", "TRANSP:TRANSPARENT", uid="b"),
        event("? Zq day", "2026-01-05", uid="c"),
        event("? Zq still to come", "2087-01-05 10:00", "10:06", uid="d"),
        event("Not ? at the start", "2026-01-06 10:00", "10:06", uid="e"),
    )))  # fmt: skip
    assert pulls(desk) == []
    assert desk.sql("select count(*) from occurrences") == [(2,)]
    (note,) = [each.text for each in report.notes]
    assert note.startswith("4 interruptions were left out: ")
    assert "Zq" not in note


def test_without_a_marker_it_is_an_event_like_any_other(tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk = at_desk(tmp_path / "plain")
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)))
    assert pulls(desk) == []
    assert desk.sql("select count(*) from occurrences") == [(2,)]
    changes.use_practice(desk.db, MARKED)
    (notice,) = desk.sql("select notice from practice")[0]
    assert notice == "Please load the export of “Work” again: you have changed which of its events are interruptions."
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)))
    assert (pulls(desk), desk.sql("select notice from practice")) == ([RIVERSIDE], [("",)])


def test_what_the_owner_corrected_or_deleted_stays_so(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)))
    (old,) = desk.sql("select interruption_id from interruptions")[0]
    logbook.correct(desk.db, [(old, Interruption(moment("2026-01-05 10:00"), 30, "North", topic="stock"))])
    desk.take(("work.ics", calendar("Work", CLINIC, event("Rota", "2026-01-06 09:00", "10:00"), PULL)))
    assert pulls(desk) == [("01-05 10:00", 30, "North", None, "stock")]


def test_an_undo_and_a_removal_take_it_along(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", CLINIC)))
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)))
    changes.undo_last_load(desk.db)
    assert pulls(desk) == []
    desk.take(("work.ics", calendar("Work", CLINIC, PULL)), ("log.csv", log("2026-01-07 10:00,6,North")))
    changes.remove_source(desk.db, "calendar/Work")
    assert [row[0] for row in pulls(desk)] == ["01-07 10:00"]
    changes.undo_last_load(desk.db) if changes.last_load(desk.db) else None
    assert not desk.has("Zsupplier")


def test_the_place_of_the_event_tells_the_location_where_its_title_does_not(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", event("? lease", "2026-01-05 10:00", "10:06", place="12 Mill Road"))))
    assert pulls(desk) == [("01-05 10:00", 6, "North", None, "lease")]
    rows = desk.ask("sources_list")
    assert [(row["occurrences"], row["interruptions"], row["covers_from"]) for row in rows] == [(0, 1, day("2026-01-05"))]


def test_an_event_has_its_own_length_unless_its_title_says_another_that_can_be_nothing_else(desk: Desk) -> None:
    desk.take(("work.ics", calendar(
        "Work",
        event("? Riverside room 3", "2026-01-05 10:00", "10:06", uid="a"),
        event("? 8 Riverside rota", "2026-01-05 11:00", "11:06", uid="b"),
        event("? Riverside rota 9 min", "2026-01-05 12:00", "12:06", uid="c"),
        event("? 24 h emergency line Riverside", "2026-01-05 13:00", "13:20", uid="d"),
        event("? 2 vets sick North", "2026-01-05 14:00", "14:30", uid="e"),
        event("? 3 patients waiting", "2026-01-05 15:00", "15:00", uid="f"),
        event("? 2026 plan", "2026-01-05 16:00", "16:00", uid="g"),
    )))  # fmt: skip
    assert [(row[1], row[4]) for row in pulls(desk)] == [
        (6, "room 3"), (8, "rota"), (9, "rota"), (20, "24 h emergency line"), (30, "2 vets sick"), (3, "patients waiting"),
        (4, "2026 plan"),
    ]  # fmt: skip


def test_two_locations_in_a_title_are_the_practice_as_for_an_event(desk: Desk) -> None:
    desk.take(
        ("work.ics", calendar("Work", event("? North Riverside rota", "2026-01-05 10:00", "10:06", place="North", uid="a")))
    )
    assert pulls(desk)[0][2] == "Practice-wide"


def test_a_topic_that_holds_what_becomes_a_location_does_not_hide_it(desk: Desk) -> None:
    data = calendar("Work", CLINIC, event("? Oakville rota", "2026-01-05 10:00", "10:06", uid="a"))
    desk.take(("work.ics", data))
    assert pulls(desk)[0][2:] == ("Practice-wide", None, "Oakville rota")
    desk.practice.write_text(MARKED + '[[location]]\nname = "Oakville"\n', "utf-8")
    desk.take(("work.ics", data))
    assert pulls(desk)[0][2:] == ("Oakville", None, "rota")


def test_a_link_in_a_title_keeps_its_host_alone(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", event(
        "? North call https://zoom.us/j/123?pwd=Zpwd", "2026-01-05 10:00", "10:06", uid="a"
    ))))  # fmt: skip
    assert pulls(desk)[0][4] == "call zoom.us"
    assert not desk.has("Zpwd")


def test_a_marker_of_letters_is_a_whole_word(tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk = at_desk(tmp_path / "desk", MARKED.replace('"?"', '"INT"'))
    desk.take(("work.ics", calendar(
        "Work",
        event("int North rota", "2026-01-05 10:00", "10:06", uid="a"),
        event("INT: North lease", "2026-01-05 11:00", "11:06", uid="b"),
        event("Interview North", "2026-01-05 12:00", "13:00", uid="c"),
    )))  # fmt: skip
    assert [(row[2], row[4]) for row in pulls(desk)] == [("North", "rota"), ("North", "lease")]


def test_a_place_that_is_no_location_is_not_kept_and_asked_for_when_it_may_become_one(desk: Desk) -> None:
    export = calendar("Work", event("? rota", "2026-01-05 10:00", "10:06", place="Lakeside, Mrs Zjones", uid="a"))
    (report,) = desk.load(("work.ics", export))
    assert (pulls(desk)[0][2], desk.sql("select about_text from log_rows")) == ("Practice-wide", [(None,)])
    assert not desk.has("zjones")
    assert not any("does not name" in note.text for note in report.notes)
    changes.use_practice(desk.db, MARKED + '[[location]]\nname = "Lakeside"\n')
    (notice,) = desk.sql("select notice from practice")[0]
    assert notice.endswith("the places of its interruptions were not kept, so your new locations cannot reach them.")
    desk.take(("work.ics", export))
    assert (pulls(desk)[0][2], desk.sql("select notice from practice")) == ("Lakeside", [("",)])
    assert desk.sql("select about_text from log_rows") == [("Lakeside",)]
    changes.use_practice(desk.db, MARKED + '[[location]]\nname = "Lakeside"\naliases = ["Oakville"]\n')
    assert desk.sql("select notice from practice") == [("",)]  # no place is missing


def test_a_place_that_belongs_to_none_is_known_and_one_without_a_topic_is_asked_for_its_name(tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk = at_desk(tmp_path / "wide", MARKED + '[places]\npractice_wide = ["zoom"]\n')
    zoom = event("?", "2026-01-05 10:00", "10:06", place="Zoom", uid="a")
    (report,) = desk.load(("work.ics", calendar("Work", zoom, event("?", "2026-01-05 11:00", "11:06", place="12 Mill Road"))))
    assert len(report.notes) == 1
    assert len(desk.ask("log_unnamed")) == 2
    changes.use_practice(desk.db, MARKED + '[places]\npractice_wide = ["zoom", "teams"]\n')
    assert desk.sql("select notice from practice") == [("",)]


def test_the_words_for_no_location_are_no_unknown_location_of_a_log(tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk = at_desk(tmp_path / "wide", PRACTICE + '[places]\npractice_wide = ["zoom"]\n')
    (report,) = desk.load(("log.csv", log("2026-01-05 10:00,6,Zoom", "2026-01-05 12:00,6,Lakeside")))
    assert [note.text[:8] for note in report.notes if "does not name" in note.text] == ["1 row is"]


SERIES = event("Riverside rota", "2026-01-05 10:00", "10:10", "RRULE:FREQ=WEEKLY;COUNT=3", uid="s")
LATER = event("Riverside rota", "2026-01-05 11:00", "11:10", "RRULE:FREQ=WEEKLY;COUNT=3", uid="s")
WITHOUT = SERIES.replace("END:VEVENT", "EXDATE:20260112T100000Z\r\nEND:VEVENT")
OFF = event("Riverside rota", "2026-01-12 10:00", "10:10", "RECURRENCE-ID:20260112T100000Z", "STATUS:CANCELLED", uid="s")
ONCE = event("Riverside rota", "2026-01-05 10:00", "10:10", uid="s")
OTHER = event("North lease", "2026-01-05 15:00", "15:10", uid="one")


@pytest.mark.parametrize(
    ("first", "then", "starts"),
    [
        ([SERIES], [LATER], ["01-05 11:00", "01-12 11:00", "01-19 11:00"]),
        ([SERIES], [WITHOUT], ["01-05 10:00", "01-19 10:00"]),
        ([SERIES], [SERIES, OFF], ["01-05 10:00", "01-19 10:00"]),
        ([ONCE], [SERIES], ["01-05 10:00", "01-12 10:00", "01-19 10:00"]),
        ([SERIES], [ONCE], ["01-05 10:00"]),
        ([SERIES, OTHER], [OTHER], ["01-05 15:00"]),
        ([ONCE, OTHER], [ONCE.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT"), OTHER], ["01-05 15:00"]),
        ([SERIES, OTHER], [SERIES], ["01-05 10:00", "01-05 15:00", "01-12 10:00", "01-19 10:00"]),
    ],
    ids=[
        "moved",
        "one deleted",
        "one called off",
        "becomes a series",
        "was a series",
        "deleted",
        "called off",
        "only what repeats",
    ],
)
def test_an_export_has_the_last_word_on_each_event_it_holds(
    desk: Desk, first: list[str], then: list[str], starts: list[str]
) -> None:
    desk.take(("pulls.ics", calendar("Pulls", *first)))
    (report,) = load([("pulls.ics", calendar("Pulls", *then))], desk.db, replace=True)
    assert [row[0] for row in pulls(desk)] == starts
    assert report.sources[0].rows == len(starts)
    assert desk.broken() == []


def test_one_of_a_planned_series_becomes_an_interruption_and_back(desk: Desk) -> None:
    plan = event("Huddle", "2026-01-05 08:00", "08:30", "RRULE:FREQ=WEEKLY;COUNT=3", uid="h")
    one = event("? Riverside rota", "2026-01-12 08:00", "08:10", "RECURRENCE-ID:20260112T080000Z", uid="h")
    desk.take(("work.ics", calendar("Work", CLINIC, plan)))
    (report,) = desk.load(("work.ics", calendar("Work", CLINIC, plan, one)))
    assert (report.sources[0].new, report.sources[0].changed, report.sources[0].gone) == (0, 1, 0)
    assert ([row[0] for row in pulls(desk)], len(desk.titles())) == (["01-12 08:00"], 3)
    desk.take(("work.ics", calendar("Work", CLINIC, plan)))
    assert (pulls(desk), len(desk.titles())) == ([], 4)


def test_two_logs_of_one_name_are_two(desk: Desk) -> None:
    for name, hour in (("a", 10), ("b", 14)):
        events = [event(f"North {name}{n}", f"2026-01-0{n} {hour}:00", f"{hour}:10", uid=f"{name}{n}") for n in (5, 6, 7)]
        desk.take((f"{name}.ics", calendar("Pulls", *events)))
    assert desk.sql("select count(*) from interruptions") == [(6,)]
    assert desk.sql("select name from sources order by name") == [("Pulls",), ("Pulls (b)",)]
    changes.use_practice(desk.db, MARKED.replace("Pulls", "Other pulls"))
    assert len(desk.sql("select notice from practice")[0][0].splitlines()) == 2


def test_much_that_goes_from_a_log_is_asked_about(desk: Desk) -> None:
    many = [event(f"Riverside rota {n}", f"2026-01-0{n} 10:00", "10:30", uid=f"u{n}") for n in range(1, 10)]
    desk.take(("pulls.ics", calendar("Pulls", *many)))
    (report,) = desk.load(("pulls.ics", calendar("Pulls", many[0], many[-1])))
    assert report.refused == (
        "pulls.ics: it would remove 3.5 h of the 4.5 h that are known so far, more than a third."
        " If that is right, load it again with --replace."
    )
    assert len(pulls(desk)) == 9


def test_what_becomes_an_interruption_is_not_removed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk = at_desk(tmp_path / "plain")
    export = calendar("Work", *(event(f"? Riverside rota {n}", f"2026-01-0{n} 10:00", "10:10", uid=f"u{n}") for n in range(1, 6)))
    desk.take(("work.ics", export))
    changes.use_practice(desk.db, MARKED)
    desk.take(("work.ics", export))
    assert (len(pulls(desk)), desk.titles()) == (5, [])


def test_of_one_event_in_two_calendars_the_newest_export_counts(desk: Desk) -> None:
    def stamped(name: str, when: str, start: str) -> bytes:
        events = [event("? Riverside rota", f"2026-01-05 {start}", f"{start[:3]}30", uid="pull")]
        events += [event("Rota", f"2026-01-0{n} 15:00", "16:00", uid=f"{name}{n}") for n in range(5, 10)]
        return calendar(name, *(each.replace("END:VEVENT", f"DTSTAMP:{when}\r\nEND:VEVENT") for each in events))

    desk.take(("b.ics", stamped("B", "20260120T000000Z", "11:00")), ("a.ics", stamped("A", "20260110T000000Z", "10:00")))
    logbook.write_down(desk.db, [Interruption(moment("2026-01-05 11:02"), 6, "Riverside", topic="rota")])
    assert [row[0] for row in desk.sql("select strftime(starts_at, '%H:%M') from log_once")] in (
        ["11:00", "11:02"],
        ["11:02", "11:00"],
    )
    assert len(desk.ask("log_twice")) == 1
    desk.take(("a.ics", stamped("A", "20260125T000000Z", "12:00")))
    assert [row[0] for row in pulls(desk)] == ["01-05 11:02", "01-05 12:00"]


def test_another_usual_length_is_counted_without_the_export(desk: Desk) -> None:
    desk.take(("pulls.ics", calendar("Pulls", event("rota", "2026-01-05 10:00", "10:00", uid="a"), OTHER)))
    changes.use_practice(desk.db, MARKED.replace("usual_minutes = 4", "usual_minutes = 7.5"))
    assert [row[1] for row in pulls(desk)] == [7.5, 10]
    assert desk.sql("select notice from practice") == [("",)]


def test_what_is_said_counts_what_is_in_the_log(desk: Desk) -> None:
    desk.take(("pulls.ics", calendar("Pulls", ONCE, OTHER)))
    (lease,) = desk.sql("select interruption_id from interruptions where topic = 'lease'")[0]
    logbook.correct(desk.db, [], [lease])
    more = event("North rent", "2026-01-06 15:00", "15:10", uid="two")
    (report,) = desk.load(("pulls.ics", calendar("Pulls", ONCE, OTHER, more)))
    assert [note.text for note in report.notes] == ["2 events are interruptions: in the log, not in the plan"]


def test_only_the_calendars_that_a_change_reaches_are_asked_for_again(desk: Desk) -> None:
    desk.take(("pulls.ics", calendar("Pulls", event("rota", "2026-01-05 10:00", "10:00", uid="a"))))
    desk.take(("work.ics", calendar("Work", CLINIC)))
    changes.use_practice(desk.db, MARKED.replace("Pulls", "Other pulls"))
    (notice,) = desk.sql("select notice from practice")[0]
    assert notice == "Please load the export of “Pulls” again: you have changed which of its events are interruptions."


def test_the_same_file_an_hour_later_brings_what_has_begun_since(desk: Desk) -> None:
    soon = moment("2087-01-05 10:00")
    data = calendar("Work", CLINIC, event("? North rota", f"{soon:%Y-%m-%d %H:%M}", "10:06", uid="a"))
    desk.take(("work.ics", data))
    (report,) = desk.load(("work.ics", data))
    assert report.nothing_new
    desk.harm("update sources set loaded_at = loaded_at - interval 2 hours")
    (report,) = desk.load(("work.ics", data))
    assert not report.nothing_new


def _variants(uid: str, on: str) -> list[list[str]]:
    """What one event can be from export to export: nothing, once, moved, a series, one of it deleted, called off or moved."""
    one = event("rota", f"{on} 10:00", "10:10", uid=uid)
    series = event("rota", f"{on} 10:00", "10:10", "RRULE:FREQ=DAILY;COUNT=4", uid=uid)
    next_day = f"{day(on) + timedelta(days=1)}"
    second = f"RECURRENCE-ID:{next_day.replace('-', '')}T100000Z"
    return [
        [],
        [one],
        [event("rota", f"{on[:7]}-20 10:00", "10:10", uid=uid)],
        [one.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT")],
        [series],
        [event("rota", f"{on} 11:00", "11:10", "RRULE:FREQ=DAILY;COUNT=4", uid=uid)],
        [series.replace("END:VEVENT", f"EXDATE:{next_day.replace('-', '')}T100000Z\r\nEND:VEVENT")],
        [series, event("rota", f"{next_day} 10:00", "10:10", second, "STATUS:CANCELLED", uid=uid)],
        [series, event("rota", f"{next_day} 15:00", "15:10", second, uid=uid)],
    ]


DAYS = [f"2026-0{month}-0{nth}" for month in (1, 2, 3, 4) for nth in (2, 4, 6)]
EXPORTS = st.tuples(*(st.sampled_from(_variants(f"u{on}", on)) for on in DAYS), st.sampled_from(["10", "20", "30"]))


@settings(max_examples=6)
@given(exports=st.lists(EXPORTS, min_size=2, max_size=3))
def test_the_interruptions_of_a_calendar_are_renewed_as_its_plan_would_be(
    exports: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A dozen events at a time, each on its own way from export to export: to load them takes longer than to compare."""
    desks = [at_desk(tmp_path_factory.mktemp("renewed") / "desk", text) for text in (MARKED, PRACTICE)]
    for *events, made in exports:
        rest = [event("lease", f"2026-0{on} 18:00", "18:10", uid=f"rest{on}") for on in ("1-01", "1-02", "1-03", "1-04", "4-09")]
        stamped = [
            each.replace("END:VEVENT", f"DTSTAMP:202606{made}T000000Z\r\nEND:VEVENT")
            for each in (*itertools.chain(*events), *rest)
        ]
        for desk in desks:
            (report,) = load([("pulls.ics", calendar("Pulls", *stamped))], desk.db, replace=True)
            assert report.refused is None
    log_of, plan_of = desks
    assert log_of.sql("select starts_at::varchar, topic from interruptions order by all") == plan_of.sql(
        "select starts_at::varchar, title from occurrences where counted order by all"
    )
