"""The same pull in two logs is asked about, and counted once until the owner has answered."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import logbook
from etl.model import Interruption, Refused
from tests.making import Desk, at_desk, log, moment

Pair = tuple[str, str]


def counted(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql("select strftime(starts_at, '%H:%M'), topic from interruptions order by starts_at, topic")


def test_it_is_counted_once_and_asked_about(desk: Desk) -> None:
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside")))
    logbook.write_down(desk.db, [Interruption(moment("2026-01-05 10:04"), 8, "Riverside", "front desk", "stock")])
    assert counted(desk) == [("10:04", "stock")]  # it says more
    assert desk.hours() == {("management", "Riverside"): pytest.approx(8 / 60)}
    (asked,) = desk.ask("log_twice")
    assert (asked["source"], asked["minutes"], asked["other_source"], asked["other_topic"]) == ("calls", 6, "typed in", "stock")
    assert desk.broken() == []
    step = logbook.decide_twice(desk.db, asked["interruption_id"], asked["twin_id"], same=False)
    assert counted(desk) == [("10:00", None), ("10:04", "stock")]
    assert desk.ask("log_twice") == []
    with pytest.raises(Refused, match="they were called two different ones meanwhile"):  # the other way round is the same pair
        logbook.decide_twice(desk.db, asked["twin_id"], asked["interruption_id"], same=True)
    logbook.undo(desk.db, step)
    assert desk.ask("log_twice") == [asked]
    with pytest.raises(Refused, match="the log was changed since"):
        logbook.undo(desk.db, step)
    logbook.decide_twice(desk.db, asked["twin_id"], asked["interruption_id"], same=True)
    assert counted(desk) == [("10:04", "stock")]
    assert desk.ask("log_twice") == []


def test_no_answer_is_kept_about_one_that_is_no_more(desk: Desk, pair: Pair) -> None:
    logbook.correct(desk.db, [], [pair[1]])
    with pytest.raises(Refused, match="one of them was corrected or deleted meanwhile"):
        logbook.decide_twice(desk.db, *pair, same=True)
    assert desk.sql("from log_verdicts") == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-01-05 10:06,6,Riverside", "six minutes later"),
        ("2026-01-05 10:00,6,North", "another location"),
    ],
)
def test_what_is_no_such_pair_is_not_asked_about(desk: Desk, row: str, why: str) -> None:
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside")), ("other.csv", log(row)))
    assert len(counted(desk)) == 2, why
    assert desk.ask("log_twice") == []


def test_two_in_one_log_are_two(desk: Desk) -> None:
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside", "2026-01-05 10:01,6,Riverside")))
    assert len(counted(desk)) == 2


def test_one_holds_one(desk: Desk) -> None:
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside", "2026-01-05 10:03,6,Riverside")))
    desk.take(("other.csv", log("2026-01-05 10:02,6,Riverside,,stock")))
    assert counted(desk) == [("10:00", None), ("10:02", "stock")]  # the nearer of the two is held back


MINUTES = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["Riverside", "North"])), max_size=7, unique=True)


@settings(max_examples=3)
@given(days=st.lists(st.tuples(MINUTES, MINUTES), min_size=6, max_size=6))
def test_as_many_as_can_be_told_apart_stay(
    days: list[tuple[list[Any], list[Any]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Eighteen days at random, six in two logs: to load them takes longer than to compare."""
    desk = at_desk(tmp_path_factory.mktemp("twice") / "desk")
    logs = [
        [
            f"{moment('2026-01-05 10:00') + timedelta(days=day, minutes=at):%Y-%m-%d %H:%M},1,{place},,t{nth}"
            for day, pair in enumerate(days)
            for at, place in pair[nth]
        ]
        for nth in (0, 1)
    ]
    desk.take(*((f"log{nth}.csv", log(*rows)) for nth, rows in enumerate(logs) if rows))
    if not any(logs):
        return
    held = {(a, b) for a, b in desk.sql("select interruption_id, twin_id from log_held")}
    at = {
        row[0]: row[1:] for row in desk.sql("select interruption_id, source_id, about_location, epoch(starts_at) from log_rows")
    }

    def alike(a: str, b: str) -> bool:
        return at[a][0] != at[b][0] and at[a][1] == at[b][1] and abs(at[a][2] - at[b][2]) <= 300

    assert all(alike(a, b) for a, b in held)
    paired = [each for pair in held for each in pair]
    assert len(paired) == len(set(paired))
    free = set(at) - set(paired)
    assert not any(alike(a, b) for a, b in product(free, free))
    assert desk.broken() == []


def test_about_no_location_they_are_alike_only_where_they_say_the_same_words(desk: Desk) -> None:
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Lakeside", "2026-01-05 12:00,6,", "2026-01-05 14:00,6,Lakeside")))
    desk.take(
        ("other.csv", log("2026-01-05 10:01,6,Hillside", "2026-01-05 12:01,6,Practice-wide", "2026-01-05 14:01,6, lakeside"))
    )
    assert [at[:2] for at, _ in counted(desk)] == ["10", "10", "12", "14"]


def standing(desk: Desk) -> tuple[int, int, int]:
    """How many are counted, held back, and asked about."""
    return (
        desk.sql("select count(*) from interruptions")[0][0],
        desk.sql("select count(*) from log_held")[0][0],
        len(desk.ask("log_twice")),
    )


ROTA = Interruption(moment("2026-01-05 10:03"), 6, "Riverside", "vet", "rota")


@pytest.fixture
def pair(desk: Desk) -> Pair:
    """A line and a row of a log that look like one; the line counts."""
    logbook.write_down(desk.db, [ROTA])
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside")))
    (asked,) = desk.ask("log_twice")
    return asked["twin_id"], asked["interruption_id"]


def test_a_corrected_row_is_still_of_its_log(desk: Desk) -> None:
    desk.take(("calls.csv", log("2026-01-05 10:20,1,Riverside", "2026-01-05 10:23,5,Riverside")))
    (first,) = desk.sql("select interruption_id from interruptions order by starts_at")[0]
    entry = Interruption(moment("2026-01-05 10:20"), 1, "Riverside", topic="rota")
    once = logbook.correct(desk.db, [(first, entry)])
    assert standing(desk) == (2, 0, 0)
    logbook.correct(desk.db, [(once.added[0], replace(entry, note="n"))])
    assert standing(desk) == (2, 0, 0)
    assert desk.hours() == {("management", "Riverside"): pytest.approx(0.1)}
    desk.take(("other.csv", log("2026-01-05 10:21,6,Riverside")))  # another log's is asked about all the same
    assert standing(desk) == (2, 1, 1)


def test_a_corrected_row_is_no_row_of_the_line(desk: Desk) -> None:
    logbook.write_down(desk.db, [replace(ROTA, asked_by="", topic="")])
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside,vet,rota")))
    (counts,) = desk.sql("select interruption_id from interruptions")[0]
    logbook.correct(desk.db, [(counts, replace(ROTA, started_at=moment("2026-01-05 10:00"), note="n"))])
    assert standing(desk) == (1, 1, 1)


def test_rows_of_several_logs_are_corrected_at_once(desk: Desk) -> None:
    desk.take(("one.csv", log("2026-01-05 10:20,1,Riverside", "2026-01-05 10:23,5,Riverside")))
    desk.take(("two.csv", log("2026-01-06 10:20,1,North", "2026-01-06 10:23,5,North")))
    found = desk.sql("select interruption_id, strftime(starts_at, '%Y-%m-%d %H:%M'), about_location from interruptions")
    entries = [(old, Interruption(moment(at), 1, place, topic="rota")) for old, at, place in found if at.endswith("20")]
    step = logbook.correct(desk.db, [*entries, ("", replace(ROTA, started_at=moment("2026-01-07 10:00")))])
    assert standing(desk) == (5, 0, 0)
    logbook.undo(desk.db, step)
    assert standing(desk) == (4, 0, 0)


def test_one_that_is_corrected_back_and_undone_stays_out_of_its_log(desk: Desk) -> None:
    export = log("2026-01-05 10:20,1,Riverside")
    desk.take(("one.csv", export))
    (first,) = desk.sql("select interruption_id from interruptions")[0]
    entry = Interruption(moment("2026-01-05 10:20"), 1, "Riverside")
    (second,) = logbook.correct(desk.db, [(first, replace(entry, minutes=30))]).added
    logbook.undo(desk.db, logbook.correct(desk.db, [(second, entry)]))
    desk.take(("one.csv", export + b"\n"))
    assert desk.sql("select epoch(ends_at - starts_at) / 60 from interruptions") == [(30,)]


def test_an_answer_outlives_a_correction_and_its_undo(desk: Desk, pair: Pair) -> None:
    answer = logbook.decide_twice(desk.db, *pair, same=False)
    step = logbook.correct(desk.db, [(pair[0], replace(ROTA, note="n"))])
    assert standing(desk) == (2, 0, 0)
    logbook.undo(desk.db, step)
    assert standing(desk) == (2, 0, 0)
    logbook.undo(desk.db, answer)
    logbook.decide_twice(desk.db, *pair, same=True)
    logbook.correct(desk.db, [(pair[0], replace(ROTA, started_at=moment("2026-01-05 12:03"), about="North"))])
    assert standing(desk) == (1, 1, 0)  # an hour later it is still the same


def test_one_that_is_deleted_takes_along_what_was_called_the_same(desk: Desk, pair: Pair) -> None:
    logbook.decide_twice(desk.db, *pair, same=True)
    step = logbook.correct(desk.db, [], [pair[0]])
    assert standing(desk) == (0, 0, 0)
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside", "2026-01-06 10:00,6,Riverside")))
    assert standing(desk) == (1, 0, 0)
    logbook.undo(desk.db, step)
    assert standing(desk) == (2, 1, 0)
    assert desk.sql("from log_forgotten") == []


def test_one_that_stands_in_three_logs_is_counted_once(desk: Desk, pair: Pair) -> None:
    desk.take(("third.csv", log("2026-01-05 10:01,6,Riverside,vet", "2026-01-05 10:04,6,Riverside")))
    assert standing(desk) == (2, 2, 2)  # the third log has two: one of them is another interruption
    assert desk.broken() == []
    for asked in desk.ask("log_twice"):
        logbook.decide_twice(desk.db, asked["interruption_id"], asked["twin_id"], same=True)
    assert standing(desk) == (2, 2, 0)
    calls = Interruption(moment("2026-01-05 10:00"), 6, "Riverside", "vet", "rota, the long way", note="n")
    logbook.correct(desk.db, [(pair[1], calls), (pair[0], replace(ROTA, topic=""))])  # another one says most now
    assert standing(desk) == (2, 2, 0)


def test_two_that_were_called_two_are_not_one_through_a_third(desk: Desk, pair: Pair) -> None:
    logbook.decide_twice(desk.db, *pair, same=False)
    desk.take(("third.csv", log("2026-01-05 10:01,6,Riverside")))
    assert standing(desk) == (2, 1, 1)


def test_the_strokes_of_a_tally_look_like_nothing(desk: Desk) -> None:
    desk.take(("calls.csv", log("2026-01-05 10:00,6,Riverside")))
    logbook.write_down(desk.db, [replace(ROTA, started_at=moment("2026-01-05 10:01"), via="tally", estimated=True)])
    assert standing(desk) == (2, 0, 0)


def test_a_row_that_stands_in_both_logs_is_no_twin_of_its_neighbour_in_one(desk: Desk) -> None:
    rows = ("2026-01-05 10:00,6,Riverside", "2026-01-05 10:03,6,Riverside")
    desk.take(("calls.csv", log(*rows)), ("copy.csv", log(*rows)))
    assert [at for at, _ in counted(desk)] == ["10:00", "10:03"]
    assert desk.ask("log_twice") == []
