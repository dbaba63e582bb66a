"""Whatever the owner corrected stays so: over the same files again, newer exports, moved events, and other corrections."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import correct, filing
from etl.model import Refused
from etl.pipeline import load
from tests.making import Desk, at_desk, calendar, event

TITLES = ("Zq", "Zq 2", "Wx S.", "Wx K.", "Staff meeting", "Consult", "Uvv Riverside", "Uvv", "")
ROLES = ("leadership", "management", "clinical", "personal")
CORRECTIONS = 50

Correction = tuple[int, str, str, str, str]
corrections = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.sampled_from(["event", "series", "title", "calendar"]),
        st.sampled_from(ROLES),
        st.sampled_from(["", "vision"]),
        st.sampled_from(["", "North"]),
    ),
    min_size=CORRECTIONS,
    max_size=CORRECTIONS,
)
SINGLES = [(n, TITLES[n % len(TITLES)], f"2026-01-{5 + n % 20:02} {9 + n % 7:02}:00") for n in range(24)]
SERIES = [(n, TITLES[n * 2 % len(TITLES)], f"2026-01-{5 + n:02} {16 + n}:00") for n in range(3)]


def exports(newer: bool) -> list[tuple[str, bytes]]:
    """Two calendars; the newer exports have one event moved, one instance moved, one more event, and longer series."""
    found: dict[str, list[str]] = {"Clinic": [], "Office": []}
    for n, title, start in SINGLES:
        moved = newer and n % 8 == 1
        begins = f"{start[:11]}07:00" if moved else start
        found["Clinic" if n % 2 else "Office"].append(event(title, begins, f"{int(begins[11:13]) + 1:02}:00", uid=f"single{n}"))
    for n, title, start in SERIES:
        end = f"{int(start[11:13]) + 1}:00"
        rule = f"RRULE:FREQ=WEEKLY;COUNT={6 if newer else 5}"
        found["Office"].append(event(title, start, end, rule, uid=f"series{n}"))
        if newer:
            second = int(start[8:10]) + 7
            original = f"RECURRENCE-ID:202601{second:02}T{start[11:13]}0000Z"
            found["Office"].append(event(title, f"2026-01-{second:02} 06:00", "07:00", original, uid=f"series{n}"))
    if newer:
        found["Clinic"].append(event("Zq 3", "2026-01-20 20:00", "21:00", uid="more"))
    stamp = "X-OWN:again\r\n" if newer else ""
    return [
        (f"{name}.ics", calendar(name, *events).replace(b"END:VCALENDAR", stamp.encode() + b"END:VCALENDAR"))
        for name, events in found.items()
    ]


def standing(desk: Desk) -> dict[Any, tuple[Any, ...]]:
    """Role, activity and location of each occurrence, by its UID and, where there are several, its original start."""
    rows = desk.sql(
        """select o.uid, d.original, count(*) over (partition by o.source_id, o.uid), o.role, o.activity, o.location
        from occurrences as o join dated as d using (occurrence_id)"""
    )
    return {(uid, original if instances > 1 else 0): tuple(rest) for uid, original, instances, *rest in rows}


def apply(desk: Desk, ids: list[int], each: Correction) -> None:
    """Make one correction, which must hold for its occurrence unless a nearer one does already."""
    at, scope, role, activity, location = each
    occurrence = ids[at % len(ids)]
    query = f"select decided_by, role, activity, location from occurrences where occurrence_id = {occurrence}"
    ((decided_by, *_),) = desk.sql(query)
    filing.file(desk.db, [correct.answer_for(desk.db, occurrence, scope, role, activity, location)])
    ((by_now, *now),) = desk.sql(query)
    nearer = {"event": (), "series": (), "title": ("this event", "this series")}.get(scope)
    if nearer is not None and decided_by not in nearer:
        assert now[:2] == [role, activity], (each, decided_by, by_now)
        assert not location or now[2] == location
    elif nearer:
        assert by_now == decided_by


@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corrections)
def test_fifty_corrections_outlive_every_load(made: list[Correction]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = at_desk(Path(folder) / "desk")
        desk.take(*exports(newer=False))
        ids = [found for (found,) in desk.sql("select occurrence_id from occurrences order by occurrence_id")]
        for each in made:
            apply(desk, ids, each)
        before, kept = standing(desk), correct.kept(desk.db)
        desk.harm("update sources set content_key = ''")  # else the same bytes are not read again
        desk.take(*exports(newer=False))
        assert standing(desk) == before
        for report in load(exports(newer=True), desk.db, replace=True):
            assert report.refused is None
        after = standing(desk)
        assert {key: after[key] for key in before} == before
        assert [each.correction_id for each in correct.kept(desk.db)] == [each.correction_id for each in kept]
        assert desk.broken() == []
        for each in kept:
            correct.take_back(desk.db, each.correction_id)
        assert not any(row[0].startswith("this ") for row in desk.sql("select decided_by from occurrences"))


def test_a_correction_of_one_event_moves_it_alone_and_is_listed_and_taken_back(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    weekly = event("Zq", "2026-01-05 09:00", "10:00", "RRULE:FREQ=WEEKLY;COUNT=3", uid="weekly")
    desk.take(("work.ics", calendar("Work", weekly, event("Zq", "2026-01-06 09:00", "10:00", uid="one"))))
    second = desk.sql("select occurrence_id from occurrences where starts_at = '2026-01-12 09:00+00'")[0][0]
    step = filing.file(desk.db, [correct.answer_for(desk.db, second, "event", "leadership", "vision", "North")])
    assert desk.hours() == {("leadership", "North"): 1, ("unclassified", "Practice-wide"): 3}
    (only,) = correct.kept(desk.db)
    assert (only.what, only.title, only.first_at, only.events) == ("event", "Zq", "2026-01-12 09:00", 1)
    assert desk.sql("select decided_by, location_by from occurrences where role = 'leadership'") == [("this event", "this event")]
    filing.undo(desk.db, step)
    assert desk.hours() == {("unclassified", "Practice-wide"): 4}
    filing.file(desk.db, [correct.answer_for(desk.db, second, "series", "personal")])
    assert desk.hours()["personal", "Practice-wide"] == 3
    correct.take_back(desk.db, correct.kept(desk.db)[0].correction_id)
    assert desk.hours() == {("unclassified", "Practice-wide"): 4}


def test_undo_brings_back_forgotten_titles_from_memory_and_refuses_after_another_change(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", calendar("Work", event("Zqsmith", "2026-01-05 09:00", "10:00", place="Zqroad"))))
    before = desk.practice.read_bytes()
    first = filing.file(desk.db, [filing.Answer("clinical", titles=("Zqsmith",))])
    assert not desk.has("zqsmith")
    assert "Zqsmith" not in repr(first)
    filing.undo(desk.db, first)
    assert desk.titles() == [("01-05 09:00", "Zqsmith")]
    assert desk.practice.read_bytes() == before
    again = filing.file(desk.db, [filing.Answer("clinical", titles=("Zqsmith",))])
    filing.file(desk.db, [filing.Answer("personal", titles=("Wx",))])
    with pytest.raises(Refused, match="something else was changed since then"):
        filing.undo(desk.db, again)
    assert not desk.has("zqsmith")
