"""Why an hour counts as it does: each thing that can decide, and minutes that add up to the length of every event."""

import importlib
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from etl import correct, filing, pipeline, why
from etl.model import Refused
from etl.store import open_read
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log

sys.path.append(str(Path(__file__).parent / "minutes"))  # its modules call each other by their bare names
counter = importlib.import_module("counter")
practices = importlib.import_module("practices")
written = importlib.import_module("written")

RULES = """
[[calendar]]
name = "Clinic North"
role = "clinical"
location = "North"

[[rule]]
role = "management"
activity = "staff"
titles = ["Staff meeting"]

[[rule]]
role = "leadership"
title = "zq+"
location = "Riverside"

[[rule]]
role = "management"
place = "old barn"
"""
OWNER = calendar(
    "Owner",
    event("Staff meeting 12", "2026-01-05 10:00", "11:00"),
    event("Zqq", "2026-01-06 10:00", "11:00"),
    event("Vumbrik", "2026-01-06 12:00", "13:00", place="the old barn"),
    event("Supplier call", "2026-01-07 10:00", "11:00"),
    event("Oxlaber", "2026-01-07 12:00", "13:00"),
    event("At Riverside", "2026-01-07"),
    event("Brellane", "2026-01-08 10:00", "11:00", "RRULE:FREQ=WEEKLY;COUNT=3"),
    event("Tovinor in North", "2026-01-09 10:00", "11:00"),
    event("Quarnish", "2026-01-09 12:00", "13:00", place="North or Riverside"),
    event("Zimbelow", "2026-01-09 14:00", "15:00", "STATUS:CANCELLED", place="North"),
    event("Surgery: Lovelace", "2026-01-10 10:00", "11:00"),
)
CLINIC = calendar("Clinic North", event("Lovelace", "2026-01-05 09:00", "13:00"))
PULLS = log("2026-01-05 09:30,15,Riverside,desk,stock,yes", "2026-01-05 10:30,10,,desk,lease", "2026-01-12 20:00,6,North")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("why") / "desk", PRACTICE + RULES)
    desk.take(("owner.ics", OWNER), ("clinic.ics", CLINIC), ("log.csv", PULLS))
    return desk


def at(desk: Desk, start: str) -> int:
    """The event that starts then, as `01-05 09:00`."""
    found: int = desk.sql(f"select occurrence_id from occurrences where strftime(starts_at, '%m-%d %H:%M') = '{start}'")[0][0]
    return found


def explained(desk: Desk, start: str) -> why.Why:
    found = why.of_event(desk.db, at(desk, start))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "role", "by"),
    [
        ("01-05 10:00", "management", "Your rule 1 in practice.toml: titles that mean ‘Staff meeting’."),
        ("01-06 10:00", "leadership", "Your rule 2 in practice.toml: titles with the pattern ‘zq+’."),
        ("01-06 12:00", "management", "Your rule 3 in practice.toml: places with the pattern ‘old barn’."),
        ("01-05 09:00", "clinical", "The role of this calendar, ‘Clinic North’, in practice.toml: no rule says otherwise."),
        ("01-07 12:00", "unclassified", "Nobody yet: it waits for a role on Roles."),
    ],
)
def test_what_decided_the_role(desk: Desk, start: str, role: str, by: str) -> None:
    found = explained(desk, start)
    assert (found.role, found.role_by.plain()) == (role, by)


def test_a_word_of_the_built_in_list_is_named_with_its_reason(desk: Desk) -> None:
    found = explained(desk, "01-07 10:00")
    assert found.role_by.text == "A word in its title that the built-in list knows, ‘{}’: {}"
    word, reason = found.role_by.words
    assert word.casefold().startswith("supplier")
    assert reason.endswith(".")
    dropped = explained(desk, "01-10 10:00")
    assert (dropped.title, dropped.role) == (None, "clinical")
    assert dropped.role_by.text.startswith("A word of the built-in list; its title is not kept.")


@pytest.mark.parametrize(
    ("start", "location", "by"),
    [
        ("01-06 10:00", "Riverside", "Your rule 2 in practice.toml: titles with the pattern ‘zq+’. It says the location too."),
        ("01-05 09:00", "North", "The location of this calendar, ‘Clinic North’, in practice.toml."),
        ("01-07 10:00", "Riverside", "The all-day event ‘At Riverside’ of that day says where you were."),
        ("01-09 10:00", "North", "Its title names it."),
        ("01-09 12:00", "Practice-wide", "Its place, ‘North or Riverside’, names no single location."),
        ("01-09 14:00", "North", "Its place, ‘North’, names it."),
        ("01-05 10:00", "Practice-wide", "Nothing says where it was, so it is for the practice as a whole."),
    ],
)
def test_what_decided_the_location(desk: Desk, start: str, location: str, by: str) -> None:
    found = explained(desk, start)
    assert (found.location, found.location_by.plain()) == (location, by)


def test_to_whom_the_minutes_belong(desk: Desk) -> None:
    found = explained(desk, "01-05 09:00")
    assert (found.title, found.seconds) == (None, 4 * 3600)
    assert [(share.seconds // 60, share.said.plain()) for share in found.minutes] == [
        (165, "its own"),
        (60, "belong to ‘Staff meeting 12’ (management, Practice-wide), which is shorter and lies inside it"),
        (15, "belong to an interruption about Riverside, on ‘stock’"),
    ]
    meeting = explained(desk, "01-05 10:00")
    assert [(share.seconds // 60, share.what) for share in meeting.minutes] == [(50, "own"), (10, "interruption")]
    assert [(share.seconds // 60, share.said.plain()) for share in meeting.took] == [
        (60, "taken from ‘(title not kept)’ (clinical, North)")
    ]
    assert meeting.took[0].occurrence_id == at(desk, "01-05 09:00")


def test_what_is_not_counted_says_why(desk: Desk) -> None:
    cancelled = explained(desk, "01-09 14:00")
    assert cancelled.not_counted == why.Said("It is not counted: it was called off.")
    assert (cancelled.minutes, cancelled.took) == ((), ())
    assert "a whole day" in str(explained(desk, "01-07 00:00").not_counted)
    assert explained(desk, "01-06 10:00").not_counted is None


def test_the_same_event_on_two_calendars_names_the_one_where_it_counts(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    both = event("Payroll", "2026-01-05 09:00", "10:00", uid="payroll")
    desk.take(("a.ics", calendar("Aaa", both)), ("b.ics", calendar("Bbb", both)))
    ids = [row[0] for row in desk.sql("select occurrence_id from occurrences order by calendar")]
    first, second = (why.of_event(desk.db, each) for each in ids)
    assert first
    assert first.not_counted is None
    assert second
    assert second.not_counted == why.Said("It is not counted here: the same event counts on your calendar ‘{}’.", ("Aaa",))


def test_what_goes_before_what(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take((
        "a.ics",
        calendar(
            "Owner",
            event("Rota", "2026-01-05 09:00", "11:00"),
            event("Payroll", "2026-01-05 10:00", "12:00"),
            event("Vumbrik", "2026-01-06 09:00", "10:00"),
            event("Rota", "2026-01-06 09:00", "10:00", uid="same"),
        ),
    ))  # fmt: skip
    found = why.of_event(desk.db, at(desk, "01-05 09:00"))
    assert found
    assert found.minutes[1].said.text.endswith("which is as long and started later")
    nameless = desk.sql("select occurrence_id from occurrences where title = 'Vumbrik'")[0][0]
    found = why.of_event(desk.db, nameless)
    assert found
    assert [share.seconds for share in found.minutes] == [3600]
    assert found.minutes[0].said.plain() == (
        "belong to ‘Rota’ (management, Practice-wide), which is at the same time and of a role that goes first"
    )


def test_an_interruption_says_what_it_was_taken_from(desk: Desk) -> None:
    ids = [row[0] for row in desk.sql("select interruption_id from interruptions order by starts_at")]
    stock, lease, evening = (why.of_interruption(desk.db, each) for each in ids)
    assert stock
    assert [(share.seconds // 60, share.said.plain()) for share in stock.minutes] == [
        (15, "taken from ‘(title not kept)’ (clinical, North)")
    ]
    assert stock.location_by.plain() == "Its log says that it was about ‘Riverside’."
    assert lease
    assert lease.location_by.plain() == "Its log names no location, so it is for the practice as a whole."
    assert lease.minutes[0].said.plain() == "taken from ‘Staff meeting 12’ (management, Practice-wide)"
    assert evening
    assert evening.minutes[0].said.plain() == "in which nothing was in the calendar"
    assert why.of_interruption(desk.db, "no such") is None
    assert why.of_event(desk.db, 1) is None


def test_corrections_answers_and_rules_since_gone_are_told(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE + RULES)
    desk.take(("owner.ics", OWNER))
    series, single = at(desk, "01-08 10:00"), at(desk, "01-07 12:00")
    assert explained(desk, "01-08 10:00").instances == 3
    filing.file(desk.db, [correct.answer_for(desk.db, series, "series", "leadership", location="North")])
    found = explained(desk, "01-15 10:00")
    assert found.role_by.plain() == found.location_by.plain() == "Your correction of this series."
    filing.file(desk.db, [correct.answer_for(desk.db, single, "event", "personal")])
    found = explained(desk, "01-07 12:00")
    assert (found.role, found.role_by.plain()) == ("personal", "Your correction of this event.")
    assert found.location_by.plain().startswith("The all-day event")
    rest = at(desk, "01-09 12:00")
    filing.file(desk.db, [correct.answer_for(desk.db, rest, "calendar", "management")])
    assert explained(desk, "01-09 12:00").role_by.plain() == (
        "Your answer on everything on this calendar, ‘Owner’, that nothing else files."
    )
    title = at(desk, "01-09 10:00")
    filing.file(desk.db, [correct.answer_for(desk.db, title, "title", "clinical")])
    found = explained(desk, "01-09 10:00")
    assert (found.title, found.role_by.plain()) == (
        None,
        "Your rule 1 in practice.toml: titles that are not kept, only a mark of each.",
    )


@dataclass(frozen=True)
class Span:
    """The start and end of an event or interruption, seconds since 1970."""

    start: int
    end: int


def spans(db: Path, table: str, which: str) -> list[tuple[Any, Span]]:
    with open_read(db) as con:
        rows = con.execute(f"select {table}_id, epoch(starts_at)::bigint, epoch(ends_at)::bigint from {table}s where {which}")
        return [(each, Span(start, end)) for each, start, end in rows.fetchall()]


@settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(practices.practices())
def test_the_minutes_of_every_event_are_those_the_counter_counts(practice: Any) -> None:
    try:
        expected = counter.count(practice)
    except counter.UnsettledError:
        assume(False)
    with tempfile.TemporaryDirectory() as name:
        db = Path(name) / "one.duckdb"
        try:
            reports = pipeline.load(written.write(practice, Path(name)), db, db.with_name("practice.toml"))
        except Refused:  # rules that contradict
            assume(False)
        assert not any(report.refused for report in reports)
        events, pulls = spans(db, "occurrence", "counted"), spans(db, "interruption", "true")
        found = {each: why.of_event(db, each) for each, _ in events}
        pulled = {each: why.of_interruption(db, each) for each, _ in pulls}
    own: Counter[tuple[bool, Span]] = Counter()
    for each, span in events:
        explained = found[each]
        assert explained is not None
        assert sum(share.seconds for share in explained.minutes) == explained.seconds == span.end - span.start
        assert all(share.seconds > 0 for share in (*explained.minutes, *explained.took))
        own[False, span] += sum(share.seconds for share in explained.minutes if share.what == "own")
        for share in explained.took:  # what one took, the other gave
            other = found[share.occurrence_id]
            assert other is not None
            assert [s.seconds for s in other.minutes if s.what == "event" and s.occurrence_id == each] == [share.seconds]
    for each, span in pulls:
        explained = pulled[each]
        assert explained is not None
        assert sum(share.seconds for share in explained.minutes) == explained.seconds == span.end - span.start
        own[True, span] += sum(share.seconds for share in explained.minutes if share.what != "interruption")
    counted = Counter((tick.interruption, Span(*tick.claim)) for tick in expected.values())
    assert {key: ticks * practice.grid for key, ticks in counted.items()} == {key: own[key] for key in own if own[key]}
