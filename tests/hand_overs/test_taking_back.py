"""What was done with hand-overs, blocks and loads, taken back; and refused where something else was changed meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from etl import changes, hand_overs, planned
from etl.blocks import Block
from etl.hand_overs import HandOver
from etl.model import Refused
from tests.making import Desk, at_desk, calendar, event, log

FROM = date(2026, 1, 12)
STOCK = HandOver(FROM, "head nurse", topic="stock", locations=("North",), good="No shelf is empty.")
ROWS = "select * exclude made_at, epoch_us(made_at) from hand_overs order by from_day"
PLACES = "from hand_over_locations"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_desk(tmp_path / "desk")
    desk.take(
        ("work.ics", calendar("Work", event("Staff meeting", "2026-01-05 09:00", "11:00", place="North"))),
        ("log.csv", log("2026-01-05 10:00,6,North,desk,stock,yes")),
    )
    return desk


def test_a_hand_over_is_taken_back_as_long_as_nothing_became_of_it(desk: Desk) -> None:
    hand_overs.take_back(desk.db, hand_overs.keep(desk.db, STOCK))
    assert desk.sql(ROWS) == desk.sql(PLACES) == []
    ended = hand_overs.keep(desk.db, STOCK)
    hand_overs.end(desk.db, ended, FROM)
    with pytest.raises(Refused, match="something else was changed since then"):
        hand_overs.take_back(desk.db, ended)
    assert len(desk.sql(ROWS)) == 1


def test_one_that_ended_goes_on_unless_somebody_else_has_it_by_now(desk: Desk) -> None:
    one = hand_overs.keep(desk.db, STOCK)
    before = desk.sql(ROWS)
    hand_overs.end(desk.db, one, FROM)
    hand_overs.go_on(desk.db, one, FROM)
    assert desk.sql(ROWS) == before
    with pytest.raises(Refused, match="something else was changed since then"):
        hand_overs.go_on(desk.db, one, FROM)
    hand_overs.end(desk.db, one, FROM)
    with pytest.raises(Refused, match="it is yours again already"):
        hand_overs.end(desk.db, one, FROM)
    hand_overs.keep(desk.db, STOCK)
    with pytest.raises(Refused, match="this is handed over already at one of these locations, from 2026-01-12 on"):
        hand_overs.go_on(desk.db, one, FROM)


def test_one_that_was_taken_out_is_put_back_as_it_was_and_once(desk: Desk) -> None:
    one = hand_overs.keep(desk.db, STOCK)
    before, places = desk.sql(ROWS), desk.sql(PLACES)
    taken = hand_overs.remove(desk.db, one)
    assert not desk.has("No shelf is empty")
    assert "shelf" not in repr(taken)
    hand_overs.put_back(desk.db, taken)
    assert (desk.sql(ROWS), desk.sql(PLACES)) == (before, places)
    with pytest.raises(Refused, match="it is back already"):
        hand_overs.put_back(desk.db, taken)
    taken = hand_overs.remove(desk.db, one)
    hand_overs.keep(desk.db, STOCK)
    with pytest.raises(Refused, match="handed over already"):
        hand_overs.put_back(desk.db, taken)
    with pytest.raises(Refused, match="not there any more"):
        hand_overs.remove(desk.db, one)


def test_blocks_are_put_aside_taken_back_and_put_back(desk: Desk) -> None:
    starts = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=14)
    block = Block(starts, starts + timedelta(hours=1))
    every = "select block_id, uid, epoch(starts_at), epoch(ends_at) from planned_blocks"
    marked, new = planned.put_aside(desk.db, [block], datetime.now(UTC))
    assert [mark for mark, _ in marked] == new
    assert planned.put_aside(desk.db, [block], datetime.now(UTC))[1] == []
    before = desk.sql(every)
    gone = planned.withdraw(desk.db, new)
    assert desk.sql(every) == []
    planned.put_back(desk.db, gone)
    assert desk.sql(every) == before
    with pytest.raises(Refused, match="something else stands in the way"):
        planned.put_back(desk.db, gone)
    assert desk.sql(every) == before


def test_a_load_is_undone_only_while_it_is_the_last(desk: Desk) -> None:
    first = changes.last_load(desk.db)
    desk.take(("more.ics", calendar("More", event("Rota", "2026-01-06 09:00", "11:00"))))
    with pytest.raises(Refused, match="another file was loaded since then"):
        changes.undo_last_load(desk.db, first)
    assert len(desk.sql("select occurrence_id from occurrences")) == 2
    changes.undo_last_load(desk.db, changes.last_load(desk.db))
    assert len(desk.sql("select occurrence_id from occurrences")) == 1
    assert desk.broken() == []
