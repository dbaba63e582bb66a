"""Files in, report out: nothing new, re-counting by a changed practice, and that what must not be stored is in no byte."""

import io
import zipfile
from pathlib import Path

import pytest

from etl.changes import practice_text, remove_source, use_practice
from etl.model import Refused
from etl.pipeline import load
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log

WORK = ("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00"), event("Zq day", "2026-01-06 09:00", "12:00")))
PULLS = ("log.csv", log("2026-01-05 09:30,15,Riverside,desk,stock order,yes"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_desk(tmp_path / "desk")


def counted(desk: Desk) -> list[tuple[str, ...]]:
    return desk.sql("select columns(*)::varchar from time_slices order by all")


def test_a_file_loaded_again_is_nothing_new(desk: Desk) -> None:
    desk.take(WORK, PULLS)
    before = desk.db.read_bytes()
    reports = desk.load(WORK, PULLS)
    assert [report.nothing_new for report in reports] == [True, True]
    assert [source.hours for report in reports for source in report.sources] == [4, 0.25]
    assert desk.db.read_bytes() == before


def test_the_report_says_what_a_file_came_to(desk: Desk) -> None:
    file = calendar(
        "Work",
        event("Rota", "2026-01-05 09:00", "11:00"),
        event("Rota again", "2026-01-05 10:00", "12:00"),
        event("Zq", "2026-01-06 09:00", "10:00"),
        event("Holiday", "2026-01-07"),
        event("Payroll", "2026-01-08 09:00", "10:30", "STATUS:CANCELLED"),
        event("Gym", "2026-01-08 18:00", "19:00", "TRANSP:TRANSPARENT"),
        event("Call", "2026-01-09 09:00", "09:30", "ATTENDEE;PARTSTAT=DECLINED:mailto:owner@example.com"),
    )
    (report,) = desk.load(("work.ics", file))
    (source,) = report.sources
    assert (source.source_id, source.kind, source.rows, source.hours, source.unclassified_hours) == (
        "calendar/Work",
        "calendar",
        7,
        4,
        1,
    )
    assert (source.covers_from, source.covers_to) == ("2026-01-05", "2026-01-09")
    assert [step for step in source.waterfall if step[1] or step[2]] == [
        ("exported", 32, 7),
        ("all-day", -24, 1),
        ("cancelled", -1.5, 1),
        ("declined", -0.5, 1),
        ("free", -1, 1),
        ("at the same time as another", -1, None),
        ("counted", 4, 3),
    ]


def test_one_refused_file_does_not_keep_the_others_out(desk: Desk) -> None:
    good, bad, also_good = desk.load(WORK, ("cut.ics", WORK[1][:-20]), PULLS)
    assert (good.refused, also_good.refused) == (None, None)
    assert bad.refused
    assert desk.hours() == {
        ("management", "Practice-wide"): 0.75,
        ("management", "Riverside"): 0.25,
        ("unclassified", "Practice-wide"): 3,
    }


def test_an_archive_is_taken_whole_or_not_at_all(desk: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.ics", WORK[1])
        archive.writestr("b.ics", calendar("Other", event("Payroll", "2026-01-05 09:00", "10:00"))[:-20])
    (report,) = desk.load(("both.zip", packed.getvalue()))
    assert report.refused
    assert not desk.db.exists()


def test_the_order_of_files_makes_no_difference(desk: Desk, tmp_path: Path) -> None:
    twin = ("twin.ics", calendar("Twin", event("Rota", "2026-01-05 09:00", "10:00"), event("Zz", "2026-01-05 09:00", "10:00")))
    other = at_desk(tmp_path / "other")
    desk.take(WORK, twin, PULLS)
    other.take(PULLS, twin, WORK)
    told = "select starts_at::varchar, ends_at::varchar, role, activity, location, displaced_role from time_slices order by all"
    assert desk.sql(told) == other.sql(told)
    assert desk.broken() == other.broken() == []


def test_progress_runs_from_nothing_to_all(desk: Desk) -> None:
    said: list[float] = []
    load([WORK, PULLS], desk.db, say=lambda what, done: said.append(done))
    assert said == sorted(said)
    assert said[-1] == 1


def test_a_changed_practice_counts_everything_again(desk: Desk) -> None:
    desk.take(WORK)
    desk.practice.write_text(PRACTICE + '[[rule]]\nrole = "leadership"\ntitle = "zq"\nlocation = "North"\n')
    desk.take(PULLS)  # any load goes by the file as it is now
    assert desk.hours() == {
        ("management", "Practice-wide"): 0.75,
        ("management", "Riverside"): 0.25,
        ("leadership", "North"): 3,
    }


def test_an_alias_finds_places_of_the_calendar_and_of_the_log(desk: Desk) -> None:
    desk.take(("a.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00", place="Old Mill"))))
    (report,) = desk.load(("log.csv", log("2026-01-06 09:00,30,Old Mill")))
    assert [note.text for note in report.notes] == [
        "1 row is about a location that practice.toml does not name, and counted as Practice-wide for now."
        " Add it as a location or an alias on the Data page"
    ]
    assert desk.hours() == {("management", "Practice-wide"): 1.5}
    use_practice(desk.db, PRACTICE.replace("12 Mill Road", "old mill"))
    assert desk.hours() == {("management", "North"): 1.5}


def test_another_zone_asks_for_the_export_and_loading_it_heals(desk: Desk) -> None:
    """A floating series of nine o'clock crosses a change of the clocks that only the new zone has."""
    series = event("Rota", "2026-03-23 09:00", "10:00", "RRULE:FREQ=WEEKLY;COUNT=2", zone="")
    files = [("work.ics", calendar("Work", series)), ("log.csv", log("2026-03-30 09:30,15"))]
    desk.take(*files)
    use_practice(desk.db, PRACTICE.replace('"UTC"', '"Europe/Berlin"'))
    starts = "select strftime(starts_at, '%m-%d %H:%M') from occurrences order by all"
    assert desk.sql(starts) == [("03-23 08:00",), ("03-30 07:00",)]
    (practice,) = desk.ask("practice")
    assert practice["notice"] == (
        "Please load the export of “Work” again: some of its times name no time zone and were read in UTC."
    )
    assert [report.nothing_new for report in desk.load(*files)] == [False, True]
    assert desk.sql(starts) == [("03-23 08:00",), ("03-30 07:00",)]
    assert desk.ask("practice")[0]["notice"] == ""
    assert desk.hours() == {("management", "Practice-wide"): 2}


def test_other_addresses_ask_for_the_export_and_loading_it_heals(desk: Desk) -> None:
    declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:second@example.com"
    file = ("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00", declined)))
    desk.take(file)
    assert desk.hours() == {("management", "Practice-wide"): 1}
    use_practice(desk.db, PRACTICE.replace("owner@", "second@"))
    assert "your mail addresses have changed" in desk.ask("practice")[0]["notice"]
    desk.take(file)
    assert (desk.hours(), desk.ask("practice")[0]["notice"]) == ({}, "")


def test_a_dropped_title_asks_for_the_export_and_loading_it_heals(desk: Desk) -> None:
    file = ("work.ics", calendar("Work", event("Surgery Rex", "2026-01-05 09:00", "10:00")))
    desk.take(file)
    assert desk.hours() == {("clinical", "Practice-wide"): 1}
    use_practice(desk.db, PRACTICE + '[[rule]]\nrole = "leadership"\ntitle = "rex"\n')
    assert desk.hours() == {("clinical", "Practice-wide"): 1}
    assert "the titles of its clinical events were not kept" in desk.ask("practice")[0]["notice"]
    desk.take(file)
    assert (desk.hours(), desk.ask("practice")[0]["notice"]) == ({("leadership", "Practice-wide"): 1}, "")


def test_without_a_practice_the_calendars_own_zone_is_taken(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", "")
    file = calendar(
        "Work", "X-WR-TIMEZONE:America/Toronto", event("Rota", "2026-01-05 23:00", "2026-01-06 01:00", zone="America/Toronto")
    )
    (report,) = desk.load(("work.ics", file))
    assert any("no practice.toml yet: days and times are those of America/Toronto" in note.text for note in report.notes)
    assert desk.sql("select day::varchar, seconds from day_slices order by all") == [("2026-01-05", 3600), ("2026-01-06", 3600)]


def test_a_named_practice_file_is_kept_in_mind(desk: Desk) -> None:
    other = desk.file("other.toml", PRACTICE.replace("Maple", "Oak"))
    desk.practice.unlink()
    load([WORK], desk.db, other)
    desk.take(PULLS)
    assert desk.sql("select name from practice") == [("Oak",)]
    assert practice_text(desk.db) == other.read_text()


def test_a_practice_file_that_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"lost\.toml: there is no such file\. Check the name after --practice"):
        load([WORK], desk.db, desk.folder / "lost.toml")
    assert not desk.db.exists()


def test_a_folder_and_a_missing_file_are_refused(desk: Desk) -> None:
    folder, missing = load([desk.folder, desk.folder / "lost.ics"], desk.db)
    assert folder.refused == "desk: this is a folder. Name the files in it."
    assert missing.refused == "lost.ics: there is no such file. Check the name and the folder."


SECRETS = calendar(
    "Zlist (zcal@clinic.example)",
    event(
        "Zrota with zperson@clinic.example",
        "2026-01-05 09:00",
        "10:00",
        "DESCRIPTION:zdescription\\nmore",
        "ORGANIZER;CN=zorganizer:mailto:zorganizer@clinic.example",
        "ATTENDEE;CN=zattendee:mailto:zattendee@clinic.example",
        "ATTACH:https://files.example/zattachment",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:zalarm\r\nEND:VALARM",
        "COMMENT:zcomment",
        uid="zuid@clinic.example",
        place="https://meet.example/zdialin?pwd=zpassword",
    ),
    event("Surgery zpatient", "2026-01-06 09:00", "10:00", uid="zuid2", place="zhome of Smith", category="zcategory"),
    event("Surgery at North zpatient", "2026-01-07 09:00", "10:00", uid="zuid3", place="North, zroom"),
    event("Vaccination zpatient", "2026-01-08", uid="zuid4"),
)
NEVER = (
    *("zcal@", "zperson@", "@clinic", "zdescription", "zorganizer", "zattendee", "zattachment", "zalarm", "zcomment", "zuid"),
    *("zdialin", "zpassword", "zpatient", "zhome", "zcategory", "zroom", "owner-zname"),
)


def test_what_must_not_be_stored_is_in_no_byte(desk: Desk) -> None:
    assert all(word.encode() in SECRETS for word in NEVER if word != "owner-zname")
    desk.take(("owner-zname@clinic.example.ics", SECRETS), ("log.csv", log("2026-01-05 09:30,5,,zattendee@clinic.example,stock")))
    assert [word for word in NEVER if desk.has(word)] == ["owner-zname"]  # the part before the @ tells calendars apart
    assert desk.has("Zrota with (mail address)")
    assert desk.sql("select place_text, location from occurrences where place_text is not null order by all") == [
        ("North", "North"),
        ("meet.example", "Practice-wide"),
    ]


def test_titles_may_be_kept_and_are_wiped_when_they_may_no_longer(desk: Desk) -> None:
    desk.practice.write_text(PRACTICE + '[privacy]\nclinical_titles = "keep"\n')
    desk.take(("work.ics", SECRETS))
    assert desk.has("zpatient")
    use_practice(desk.db, PRACTICE)
    assert [word for word in ("zpatient", "zhome", "zcategory", "zroom") if desk.has(word)] == []
    assert desk.hours()["clinical", "Practice-wide"] == 1


def test_a_title_that_becomes_clinical_leaves_every_byte(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", event("Zpatient Smith", "2026-01-05 09:00", "10:00", place="zhome"))))
    assert desk.has("zpatient")
    use_practice(desk.db, PRACTICE + '[[calendar]]\nname = "work"\nrole = "clinical"\n')
    assert desk.hours() == {("clinical", "Practice-wide"): 1}
    assert not desk.has("zpatient")
    assert not desk.has("zhome")


def test_an_old_title_that_a_newer_export_replaced_leaves_every_byte_with_the_next_load(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", event("Zpatient Smith", "2026-01-05 09:00", "10:00", uid="a"))))
    newer = ("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00", uid="a")))
    desk.take(newer)
    assert desk.titles() == [("01-05 09:00", "Rota")]
    desk.take(newer)  # nothing new: that load can still be undone
    assert desk.has("zpatient")
    desk.take(PULLS)
    assert not desk.has("zpatient")


def test_a_removed_source_leaves_every_byte(desk: Desk) -> None:
    desk.take(("zfile.ics", calendar("Zname", event("Ztitle", "2026-01-05 09:00", "10:00", place="zplace"))), WORK)
    desk.take(("zlog.csv", log("2026-01-05 09:00,10,zabout,zasked,ztopic,,,zvia,znote")))
    remove_source(desk.db, "calendar/Zname")
    remove_source(desk.db, "interruptions/zlog")
    planted = ("zfile", "zname", "ztitle", "zplace", "zlog", "zabout", "zasked", "ztopic", "zvia", "znote")
    assert [word for word in planted if desk.has(word)] == []
    assert desk.hours() == {("management", "Practice-wide"): 1, ("unclassified", "Practice-wide"): 3}
    assert sorted(path.name for path in desk.folder.iterdir()) == ["desk.duckdb", "desk.duckdb.key", "practice.toml"]


CLINIC = b"""Day,From,To,Client,Reason,Room,Vet
2026-01-05,9:00,10:00,Zyxwv Quux,Dental Zyxwv,North,Dr A
2026-01-06,9:00,11:00,Plugh Xyzzy,Surgery,North,Dr B
2026-13-06,9:00,11:00,Plugh Xyzzy,Surgery,North,Dr A
"""
COLUMNS = """
[[csv]]
name = "Clinic"
date = "Day"
start = "From"
end = "To"
title = "Reason"
place = "Room"
provider = "Vet"
owner = ["Dr A"]

[[calendar]]
name = "Clinic"
role = "clinical"
"""


def test_a_table_is_asked_about_until_its_columns_are_known_and_read_again_when_they_change(desk: Desk) -> None:
    (asked,) = desk.load(("clinic.csv", CLINIC))
    assert asked.asks_columns is not None
    assert asked.refused == (
        "clinic.csv, line 1: the columns of this table are not known yet. Say in practice.toml under [[csv]] which column is "
        "start, and which is end or minutes; in the dashboard, choose them on the Data page."
    )
    assert not desk.db.exists()
    desk.practice.write_text(PRACTICE + COLUMNS, "utf-8")
    (taken,) = desk.load(("clinic.csv", CLINIC))
    assert [(source.name, source.hours) for source in taken.sources] == [("Clinic", 1)]
    assert desk.hours() == {("clinical", "North"): 1}
    assert desk.load(("clinic.csv", CLINIC))[0].nothing_new
    desk.practice.write_text((PRACTICE + COLUMNS).replace('["Dr A"]', '["Dr A", "dr b"]'), "utf-8")
    (again,) = desk.load(("clinic.csv", CLINIC))
    assert [source.hours for source in again.sources] == [3]


def test_what_stands_in_columns_that_nobody_named_is_nowhere(desk: Desk) -> None:
    desk.practice.write_text(PRACTICE + COLUMNS, "utf-8")
    reports = desk.load(("clinic.csv", CLINIC), ("other.csv", CLINIC.replace(b"Day,", b"When,")))
    assert [bool(report.refused) for report in reports] == [False, True]
    said = " ".join([*(note.text for report in reports for note in report.notes), str(reports[1].refused)])
    for planted in ("Zyxwv", "Plugh", "Xyzzy", "Dr B"):
        assert not desk.has(planted)
        assert planted not in said
