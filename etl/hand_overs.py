"""What the owner has handed over: kept, ended, taken back. A series or a group is kept by its keys, never by its title."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from etl.edit import changing
from etl.model import PRACTICE_WIDE, Refused
from etl.practice_checks import folded

KINDS = ("hand-over", "written answer")
LONGEST = 2_000
_WHAT = "Hand-over"


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
        if _is_gone_already(con, what, places):
            mend = "Say in the ledger that it is yours again, or choose other locations"
            raise Refused(_WHAT, "this is handed over already", mend)  # its hours would come back twice
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
    """It is the owner's again from this day on. Raises Refused where it is before it began, or there is no such hand-over."""
    with changing(db) as (con, _, _):
        found = con.execute("select from_day from hand_overs where hand_over_id = ?", [hand_over_id]).fetchall()
        if not found:
            raise Refused(_WHAT, "it is not there any more", "Reload the page")
        if day < found[0][0]:
            raise Refused(_WHAT, "it would end before it began", "Choose a later day, or take it out altogether")
        con.execute("update hand_overs set ended_on = ? where hand_over_id = ?", [day, hand_over_id])


def remove(db: Path, hand_over_id: str) -> None:
    """Take a hand-over out, its words' bytes included."""
    with changing(db) as (con, _, _):
        con.execute("delete from hand_overs where hand_over_id = ?", [hand_over_id])
        con.execute("delete from hand_over_locations where hand_over_id = ?", [hand_over_id])
        con.execute("update about_file set rewrite_due = true")


def _is_gone_already(con: duckdb.DuckDBPyConnection, what: HandOver, places: list[str]) -> bool:
    """Whether somebody has the same thing, at one of these places, on the day from which it is handed over."""
    return bool(
        con.execute(
            """select 1 from hand_overs as h
            where (lower(trim(h.topic)) = lower(trim($topic)) or h.uid = $uid or h.group_key = $group)
                and coalesce(h.ended_on > $from_day, true)
                and (
                    len($places::varchar[]) = 0
                    or not exists (from hand_over_locations as l where l.hand_over_id = h.hand_over_id)
                    or exists (
                        from hand_over_locations as l
                        where l.hand_over_id = h.hand_over_id and list_contains($places::varchar[], l.location)
                    )
                )""",
            {"topic": what.topic, "uid": what.uid, "group": what.group_key, "from_day": what.from_day, "places": places},
        ).fetchall()
    )


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
