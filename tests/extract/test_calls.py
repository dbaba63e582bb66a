"""The call list of a telephone: which location called, how long, and no number anywhere."""

import pytest

from etl import changes
from etl.extract.calls import location_of
from tests.making import PRACTICE, Desk, at_desk

PHONES = (
    PRACTICE.replace('name = "Riverside"\n', 'name = "Riverside"\nphones = ["+1 416 555 0199", "204"]\n')
    + """
[[csv]]
name = "Telephone"
kind = "calls"
date = "Day"
start = "Time"
number = "Caller"
seconds = "Duration"
status = "Result"
cancelled = ["missed"]
"""
)
HEAD = "Day,Time,Caller,Duration,Result,Name\n"


@pytest.fixture
def desk(tmp_path) -> Desk:  # type: ignore[no-untyped-def]
    return at_desk(tmp_path / "desk", PHONES)


def calls(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows) + "\n").encode()


def pulls(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql(
        """select strftime(starts_at, '%m-%d %H:%M'), epoch(ends_at - starts_at), about_location, asked_by, via
        from interruptions order by starts_at"""
    )


def test_a_locations_calls_are_interruptions_and_nobody_elses(desk: Desk) -> None:
    (report,) = desk.load(("export-january.csv", calls(
        "2026-01-05,10:20,416-555-0199,372,answered,Zqcaller",
        "2026-01-05,10:40,204,0:06:12,answered,",
        "2026-01-05,11:00,(647) 555-7777,600,answered,Zqpatient",
        "2026-01-05,11:20,204,30,missed,",
        "2026-01-05,11:40,204,0,answered,",
        "2026-01-05,12:00,204,soon,answered,",
    )))  # fmt: skip
    assert pulls(desk) == [
        ("01-05 10:20", 372, "Riverside", None, "phone"),
        ("01-05 10:40", 372, "Riverside", None, "phone"),
    ]
    assert [source.name for source in report.sources] == ["Telephone"]
    said = [note.text for note in report.notes]
    assert "1 call was with a number that is no location's, and left out; name the numbers under phones" in said
    assert "2 calls were not answered, and left out" in said
    for secret in ("555-7777", "6475557777", "Zqpatient", "Zqcaller", "5550199"):
        assert secret not in str(report)
        database = desk.db.read_bytes()
        assert secret.encode() not in database.replace(b"+1 416 555 0199", b"")


def test_the_next_months_list_is_the_same_source_and_takes_nothing_away(desk: Desk) -> None:
    desk.take(("january.csv", calls("2026-01-05,10:20,204,60,answered,")))
    desk.take(("february.csv", calls("2026-02-05,10:20,204,60,answered,")))
    assert [row[0] for row in pulls(desk)] == ["01-05 10:20", "02-05 10:20"]
    assert desk.sql("select source_id from sources") == [("interruptions/Telephone",)]


def test_a_number_that_is_named_later_is_found_in_the_same_file(desk: Desk) -> None:
    rows = calls("2026-01-05,10:20,0416 555 0111,60,answered,", "2026-01-05,10:40,204,60,answered,")
    desk.take(("january.csv", rows))
    assert len(pulls(desk)) == 1
    desk.practice.write_text(PHONES.replace('"204"', '"204", "555 0111"'), "utf-8")
    desk.take(("january.csv", rows))
    assert len(pulls(desk)) == 2


def test_a_list_of_which_nothing_can_be_read_is_refused(desk: Desk) -> None:
    (report,) = desk.load(("january.csv", calls("2026-01-05,10:20,204,soon,answered,")))
    assert report.refused is not None
    assert report.refused.startswith("january.csv, line 2: no call of this list can be read")
    assert not desk.db.exists() or desk.sql("select count(*) from sources") == [(0,)]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("+1 (0)416 555 0199", True),
        ("+1 (416) 555-0199 x12", True), ("416 555 0199 ext. 12", True), ("Ext. 204", True), ("+1 647 555 7777 x204", False),
        ("+14165550199", True), ("0014165550199", True), ("04165550199", True), ("4165550199", True), ("555 0199", True),
        ("204", True), ("1204", False), ("04", False), ("0204", False), ("50199", False), ("+49 30 5550100", False), ("", False),
    ],
)  # fmt: skip
def test_numbers_are_compared_by_their_digits(number: str, found: bool) -> None:
    assert (location_of(number, (("+1 416 555 0199", "Riverside"), ("204", "Riverside"))) == "Riverside") is found


def test_an_extension_behind_a_number_tells_locations_apart_where_the_practice_has_it() -> None:
    phones = (("416 555 0199", "North"), ("416 555 0199 x2", "Riverside"))
    assert [location_of(f"+1 416 555 0199{end}", phones) for end in ("", " x2", " x3")] == ["North", "Riverside", "North"]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("60s", 60), ("60 sec", 60), ("0h 1m", 60), ("1 min 30 s", 90), ("1h", 3600), ("1 Hour 2 minutes 3 seconds", 3723)],
)
def test_a_length_that_says_its_units(desk: Desk, written: str, seconds: int) -> None:
    desk.take(("january.csv", calls(f"2026-01-05,10:00,204,{written},answered,")))
    assert [row[1] for row in pulls(desk)] == [seconds]


def test_lengths_are_read_as_they_are_written(desk: Desk) -> None:
    desk.take(("january.csv", calls(
        "2026-01-05,10:00,204,6 min,answered,",
        "2026-01-05,11:00,204,90,answered,",
        "2026-01-05,12:00,204,0.4,answered,",  # less than a second: nobody answered
    )))  # fmt: skip
    assert [row[:2] for row in pulls(desk)] == [("01-05 10:00", 360), ("01-05 11:00", 90)]


def test_what_somebody_else_took_is_told_apart_from_strangers_numbers(tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk = at_desk(
        tmp_path / "desk", PHONES.replace('status = "Result"', 'provider = "Name"\nowner = ["Zqowner"]\nstatus = "Result"')
    )
    (report,) = desk.load(("january.csv", calls(
        "2026-01-05,10:00,204,60,answered,Zqowner",
        "2026-01-05,11:00,204,60,answered,Zqother",
        "2026-01-05,12:00,6475557777,60,answered,Zqowner",
    )))  # fmt: skip
    assert [row[0] for row in pulls(desk)] == ["01-05 10:00"]
    said = [note.text for note in report.notes]
    assert "1 call was somebody else's by the column of who took it, and left out" in said
    assert any(text.startswith("1 call was with a number that is no location's") for text in said)
    assert "Zq" not in str(report)


def test_new_numbers_ask_for_the_list_again(desk: Desk) -> None:
    desk.take(("january.csv", calls("2026-01-05,10:20,204,60,answered,")))
    changes.use_practice(desk.db, PHONES.replace('"204"', '"204", "555 0111"'))
    (notice,) = desk.sql("select notice from practice")[0]
    assert (
        notice
        == "Please load the call list “Telephone” again: you have changed the names or telephone numbers of your locations."
    )
