"""What the owner has handed over: kept, ended, taken back. A series or a group is kept by its keys, never by its title."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.edit import changing
from etl.model import PRACTICE_WIDE, Refused
from etl.practice_checks import folded
from etl.store import open_read

KINDS = ("hand-over", "written answer")
LONGEST = 2_000
_WHAT = "Hand-over"
_CHANGED, _BY_HAND = "something else was changed since then", "Change it by hand below"
_COLUMNS = "hand_over_id, kind, topic, uid, group_key, to_role, from_day, good, decides, comes_when, epoch_us(made_at), ended_on"


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over: of exactly one of a `topic` of interruptions, a series (`uid`, as in `dated`) or events whose titles
    mean the same (`group_key`); for `locations`, none for all."""

    from_day: date
    to_role: str
    topic: str | None = None
    uid: int | None = None
    group_key: str | None = None
    locations: tuple[str, ...] = ()
    good: str = ""
    decides: str = ""
    comes_when: str = ""
    kind: str = "hand-over"


def keep(db: Path, what: HandOver) -> str:
    """Keep a hand-over; gives its id. Raises Refused where it does not say what or to whom, or cannot be."""
    _verify(what)
    with changing(db) as (con, practice, _):
        known = {folded(name): name for name in (*practice.location_names, PRACTICE_WIDE)}
        unknown = [name for name in what.locations if folded(name) not in known]
        if unknown:
            raise Refused(_WHAT, "one of its locations is not in your practice", "Choose among your locations, or none for all")
        places = list(dict.fromkeys(known[folded(name)] for name in what.locations))
        _verify_free(con, replace(what, locations=tuple(places)))
        hand_over_id = secrets.token_hex(8)
        con.execute(
            "insert into hand_overs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
            [
                hand_over_id,
                what.kind,
                what.topic.strip() if what.topic else None,
                what.uid,
                what.group_key,
                what.to_role.strip(),
                what.from_day,
                what.good.strip(),
                what.decides.strip(),
                what.comes_when.strip(),
                datetime.now(UTC),
            ],
        )
        for name in places:
            con.execute("insert into hand_over_locations values (?, ?)", [hand_over_id, name])
    return hand_over_id


def end(db: Path, hand_over_id: str, day: date) -> None:
    """It is the owner's again from this day on. Raises Refused where it is so already or before it began, or there is no such
    hand-over."""
    with changing(db) as (con, _, _):
        found = con.execute("select from_day, ended_on from hand_overs where hand_over_id = ?", [hand_over_id]).fetchall()
        if not found:
            raise Refused(_WHAT, "it is not there any more", "Reload the page")
        if found[0][1] is not None:  # else an undo in the window that was first would undo this one too
            raise Refused(_WHAT, "it is yours again already", "Reload the page")
        if day < found[0][0]:
            raise Refused(_WHAT, "it would end before it began", "Choose a later day, or take it out altogether")
        con.execute("update hand_overs set ended_on = ? where hand_over_id = ?", [day, hand_over_id])


def go_on(db: Path, hand_over_id: str, ended_on: date) -> None:
    """Take back that it ended on this day. Raises Refused where something else was changed since."""
    with changing(db) as (con, _, _):
        taken = _taken_out(con, hand_over_id)
        if taken is None or taken.row[-1] != ended_on:
            raise Refused("Undo", _CHANGED, _BY_HAND)
        _verify_free(con, taken.what, hand_over_id)
        con.execute("update hand_overs set ended_on = null where hand_over_id = ?", [hand_over_id])


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A hand-over that was taken out, to put it back: for the memory only, since its words are stored no more."""

    row: tuple[Any, ...] = field(repr=False)
    what: HandOver = field(repr=False)


def remove(db: Path, hand_over_id: str) -> TakenOut:
    """Take a hand-over out, its words' bytes included. Raises Refused where it is not there any more."""
    with changing(db) as (con, _, _):
        taken = _taken_out(con, hand_over_id)
        if taken is None:
            raise Refused(_WHAT, "it is not there any more", "Reload the page")
        con.execute("delete from hand_overs where hand_over_id = ?", [hand_over_id])
        con.execute("delete from hand_over_locations where hand_over_id = ?", [hand_over_id])
        con.execute("update about_file set rewrite_due = true")
    return taken


def put_back(db: Path, taken: TakenOut) -> None:
    """Put a hand-over back that was taken out. Raises Refused where it is back, or somebody else has the same thing by now."""
    with changing(db) as (con, _, _):
        if _taken_out(con, taken.row[0]):
            raise Refused("Undo", "it is back already", "Reload the page")
        if taken.row[-1] is None:
            _verify_free(con, taken.what)
        con.execute(
            "insert into hand_overs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, make_timestamptz(?::bigint), ?)", list(taken.row)
        )
        for name in taken.what.locations:
            con.execute("insert into hand_over_locations values (?, ?)", [taken.row[0], name])


def take_back(db: Path, hand_over_id: str) -> None:
    """Take back that something was handed over. Raises Refused where it was ended or taken out since."""
    with open_read(db) as con:
        found = _taken_out(con, hand_over_id)
    if found is None or found.row[-1] is not None:
        raise Refused("Undo", _CHANGED, _BY_HAND)
    remove(db, hand_over_id)


def _taken_out(con: duckdb.DuckDBPyConnection, hand_over_id: str) -> TakenOut | None:
    rows = con.execute(f"select {_COLUMNS} from hand_overs where hand_over_id = ?", [hand_over_id]).fetchall()
    if not rows:
        return None
    _, kind, topic, uid, group_key, to_role, from_day, good, decides, comes_when, _, _ = rows[0]
    places = con.execute("select location from hand_over_locations where hand_over_id = ?", [hand_over_id]).fetchall()
    names = tuple(name for (name,) in places)
    return TakenOut(rows[0], HandOver(from_day, to_role, topic, uid, group_key, names, good, decides, comes_when, kind))


def _verify_free(con: duckdb.DuckDBPyConnection, what: HandOver, but: str = "") -> None:
    """Raises Refused where somebody has the same thing already, `but` for one hand-over."""
    found = _who_has_it(con, what, but)
    if found is None:
        return
    since, everywhere = found
    where = "" if everywhere else " at one of these locations"
    raise Refused(  # its hours would come back twice
        _WHAT,
        f"this is handed over already{where}, from {since} on: perhaps another window handed it over",
        "Look under “Handed over”: say there that it is yours again, or choose other locations",
    )


def _who_has_it(con: duckdb.DuckDBPyConnection, what: HandOver, but: str) -> tuple[date, bool] | None:
    """Since when somebody has the same thing, at one of these places, on the day from which it is handed over; and whether
    that is for all locations."""
    rows = con.execute(
        """select
            h.from_day, not exists (from hand_over_locations as l where l.hand_over_id = h.hand_over_id) as everywhere
        from hand_overs as h
        where (lower(trim(h.topic)) = lower(trim($topic)) or h.uid = $uid or h.group_key = $group)
            and h.hand_over_id <> $but
            and coalesce(h.ended_on > $from_day, true)
            and (
                len($places::varchar[]) = 0
                or everywhere
                or exists (
                    from hand_over_locations as l
                    where l.hand_over_id = h.hand_over_id and list_contains($places::varchar[], l.location)
                )
            )
        order by h.from_day""",
        {
            "topic": what.topic, "uid": what.uid, "group": what.group_key, "from_day": what.from_day,
            "places": list(what.locations), "but": but,
        },
    ).fetchall()  # fmt: skip
    return (rows[0][0], bool(rows[0][1])) if rows else None


def _verify(what: HandOver) -> None:
    things = [what.topic and what.topic.strip(), what.uid, what.group_key]
    if sum(thing not in (None, "") for thing in things) != 1:
        raise Refused(_WHAT, "it does not say what is handed over", "Choose a topic, a series or a group of events")
    if not what.to_role.strip():
        raise Refused(_WHAT, "it does not say who takes it", "Name a role of the team: front desk, practice manager")
    if what.kind not in KINDS:
        raise Refused(_WHAT, "it is of no known kind", f"Choose {KINDS[0]} or {KINDS[1]}")
    if not 1990 <= what.from_day.year <= 2100:
        raise Refused(_WHAT, "the day must lie between 1990 and 2100", "Choose the day from which they take it")
    if any(len(text) > LONGEST for text in (what.to_role, what.topic or "", what.good, what.decides, what.comes_when)):
        raise Refused(_WHAT, f"one of its texts is longer than {LONGEST:,} signs", "A sentence is enough")
