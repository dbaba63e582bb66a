"""What waits for a role: groups of titles that mean the same and the rest of calendars, by hours, each with a suggestion."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb
import numpy as np

from etl import marts, recount
from etl.filing import Answer
from etl.practice import Practice
from etl.store import open_read
from etl.suggest import Advisor, Suggestion, Waits
from etl.transform import words
from etl.transform.groups import joined
from etl.transform.places import Places
from etl.transform.titles import core

_OWN_ROW = 0.02  # of the hours that wait: a title with more of them is asked about alone
_MANY = 12  # titles from which on the rest of a calendar is one question
_CONTRARY = 0.8  # how sure a title alone must be of another role to be taken out of its calendar's rest


@dataclass(frozen=True, slots=True)
class Group:
    """Titles that mean the same, or the many small ones of one calendar. Hours are counted ones, up to today.

    `titles` are those that are stored, the one with the most hours first; `keys` are those of their groups, of forgotten
    ones too. `weekday` is 1 for Monday; it and `morning` are None where there is no usual one.
    """

    kind: Literal["titles", "calendar"]
    name: str
    titles: tuple[str, ...]
    keys: tuple[str, ...]
    forgotten: bool
    hours: float
    times: int
    times_a_week: float
    weekday: int | None
    morning: bool | None
    usual_hours: float
    calendars: tuple[str, ...]
    places: str
    apart: bool  # one title of a group that was split: meant alone
    location: str
    suggestion: Suggestion | None

    def answer(self, role: str, activity: str = "", location: str = "", waiting: Sequence[str] = ()) -> Answer:
        """The owner's word on all of it; of a calendar's rest, `waiting` are keys of groups that shall wait on."""
        if self.kind == "calendar":
            return Answer(role, activity, location, calendar=self.name, waiting=tuple(waiting))
        return Answer(role, activity, location, titles=self.titles, exact=self.apart, keys=self.keys if self.forgotten else ())


@dataclass(frozen=True, slots=True)
class Waiting:
    """All groups, the most hours first, and the hours that wait in all."""

    groups: tuple[Group, ...]
    hours: float

    @property
    def curve(self) -> tuple[float, ...]:
        """The share of the hours that wait which the first 1, 2, … answers settle."""
        return tuple((np.cumsum([group.hours for group in self.groups]) / self.hours).tolist()) if self.hours else ()

    def answers_for(self, share: float) -> int:
        """How many answers settle this share of the hours that wait."""
        return int(np.searchsorted(self.curve, share - 1e-9)) + 1 if self.groups else 0

    def others_of(self, calendar: str, answered: Sequence[Group]) -> tuple[str, ...]:
        """The keys of the groups on a calendar that stay when all that nothing else files there is answered."""
        done = {id(group) for group in answered}
        stay = (g for g in self.groups if g.kind == "titles" and calendar in g.calendars and id(g) not in done)
        return tuple(dict.fromkeys(key for group in stay for key in group.keys))


def waiting(db: Path, split: frozenset[str] = frozenset()) -> Waiting:
    """What waits now. `split` are keys of groups whose titles are asked about one by one. Raises StoreError."""
    with open_read(db) as con:
        return waiting_in(con, split)


def this_once(db: Path, group: Group, role: str, activity: str = "", location: str = "") -> Answer:
    """The owner's word on the events of a group that are there now, and no later ones. Raises StoreError."""
    with open_read(db) as con:
        found = marts.ask(
            con,
            "waiting_occurrences",
            titles=list(group.titles),
            calendars=list(group.calendars),
            keys=list(group.keys) if group.forgotten else [],
        ).fetchall()
    return Answer(role, activity, location, occurrences=tuple(number for (number,) in found))


def waiting_in(con: duckdb.DuckDBPyConnection, split: frozenset[str] = frozenset()) -> Waiting:
    """The same, in a database that is open."""
    titles = _rows(marts.ask(con, "waiting_titles"))
    if not titles:
        return Waiting((), 0.0)
    stored = recount.stored_practice(con)
    advisor = _advisor(con)
    heads = _heads(titles, Places(stored[0] if stored else Practice()), split)
    rest = _rests(titles, heads, split, advisor)
    names: dict[_Name, int] = {}
    asked: list[_Name] = [
        ("calendar", row["calendar"]) if head in rest else head for head, row in zip(heads, titles, strict=True)
    ]
    number = [names.setdefault(name, len(names)) for name in asked]
    facts = _rows(
        marts.ask(
            con,
            "waiting_groups",
            titles=[row["title"] for row in titles],
            group_keys=[row["group_key"] for row in titles],
            calendars=[row["calendar"] for row in titles],
            numbers=number,
        )
    )
    members: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for at, row in enumerate(titles):
        members[number[at]].append(row)
    labels = {at: name for name, at in names.items()}
    groups = tuple(_group(fact, members[fact["number"]], labels[fact["number"]], advisor, split) for fact in facts)
    return Waiting(groups, sum(group.hours for group in groups))


_Name = tuple[Literal["titles", "calendar"], str]


def _heads(titles: Sequence[Mapping[str, Any]], places: Places, split: frozenset[str]) -> list[_Name]:
    """The name of each title's group."""
    cores = [core(row["title"], places) for row in titles]
    hours: dict[str, float] = defaultdict(float)
    for each, row in zip(cores, titles, strict=True):
        hours[each] += row["hours"]
    spelled = joined(hours)
    return [
        ("titles", row["title"] if row["group_key"] in split else row["group_key"] if row["forgotten"] else spelled[each])
        for each, row in zip(cores, titles, strict=True)
    ]


def _rests(titles: Sequence[Mapping[str, Any]], heads: Sequence[_Name], split: frozenset[str], advisor: Advisor) -> set[_Name]:
    """The groups that are asked about as the rest of their calendars: many, each of few hours, none of another role for sure."""
    total = sum(row["hours"] for row in titles)
    hours: dict[_Name, float] = defaultdict(float)
    calendars: dict[_Name, set[str]] = defaultdict(set)
    for head, row in zip(heads, titles, strict=True):
        hours[head] += row["hours"]
        calendars[head].add(row["calendar"])
    alone = {head for head, row in zip(heads, titles, strict=True) if row["group_key"] in split or row["forgotten"]}
    roles = {calendar: getattr(advisor.about_calendar(calendar), "role", None) for calendar in set().union(*calendars.values())}
    small = {
        head
        for head, amount in hours.items()
        if amount < _OWN_ROW * total and head not in alone and not _contrary(advisor.about_title(head[1]), calendars[head], roles)
    }
    many = {calendar for calendar in roles if sum(calendar in calendars[head] for head in small) >= _MANY}
    return {head for head in small if calendars[head] <= many}


def _contrary(own: Suggestion | None, calendars: set[str], roles: Mapping[str, str | None]) -> bool:
    return own is not None and own.sure >= _CONTRARY and any(own.role != roles[calendar] for calendar in calendars)


def _group(
    fact: Mapping[str, Any], members: Sequence[Mapping[str, Any]], name: _Name, advisor: Advisor, split: frozenset[str]
) -> Group:
    kind, text = name
    titles = tuple(dict.fromkeys(row["title"] for row in members if not row["forgotten"]))
    calendars = tuple(dict.fromkeys(row["calendar"] for row in members))
    about = Waits(text, calendars[0], fact["location"], fact["weekday"], fact["morning"])
    return Group(
        kind=kind,
        name=text if kind == "calendar" else titles[0] if titles else "",
        titles=titles,
        keys=tuple(dict.fromkeys(row["group_key"] for row in members)),
        forgotten=not titles,
        hours=fact["hours"],
        times=fact["times"],
        times_a_week=fact["times_a_week"],
        weekday=fact["weekday"],
        morning=fact["morning"],
        usual_hours=fact["usual_hours"],
        calendars=calendars,
        places=fact["places"],
        apart=any(row["group_key"] in split for row in members),
        location=fact["location"],
        suggestion=advisor.about_calendar(text) if kind == "calendar" else advisor.about(about),
    )


def _advisor(con: duckdb.DuckDBPyConnection) -> Advisor:
    by_calendar: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(marts.ask(con, "filed_by_calendar")):
        by_calendar[row["calendar"]][row["role"]] = row["times"]
    by_time: dict[tuple[str, int, bool], dict[str, int]] = defaultdict(dict)
    for row in _rows(marts.ask(con, "filed_by_time")):
        by_time[row["location"], row["weekday"], row["morning"]][row["role"]] = row["times"]
    titles = [(row["title"], row["role"], row["activity"]) for row in _rows(marts.ask(con, "filed_titles"))]
    return Advisor(words.built_in(), titles, by_calendar, by_time)


def _rows(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
