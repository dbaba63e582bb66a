"""The account of a period: one table a question, and what the marts say about it as a whole. No number is made here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from etl import marts
from etl.along import tables
from etl.along.asked import Asked
from etl.along.tables import Called, Row, Table
from etl.half_minute import sentence
from etl.ledger import ledger


@dataclass(frozen=True, slots=True)
class Account:
    """All of it. `practice` is its name, "" unless words were asked for; `said` are the sentences of the half minute; the others
    are rows of the marts."""

    asked: Asked
    practice: str
    time_zone: str
    known_to: date
    calendars_to: date | None
    weeks: float
    notice: bool
    said: tuple[str, ...]
    roles: tuple[Row, ...]
    weekly: tuple[Row, ...]
    places: tuple[Row, ...]
    facts: tuple[Row, ...]
    fits: Row
    topics: tuple[Row, ...]
    log: Row
    tables: Mapping[str, Table]


def account(con: duckdb.DuckDBPyConnection, asked: Asked) -> Account:
    """Ask the marts."""
    practice, called = marts.rows(con, "practice")[0], Called(asked.words)
    span, where = asked.days, asked.where
    versus = where | {"before_from": asked.before_from, "before_to": asked.before_to}
    roles = marts.rows(con, "hours_by_role", **versus)
    weekly = marts.rows(con, "weekly_hours", **where, grain=asked.grain)
    places = marts.rows(con, "hours_by_location", **where)
    facts = marts.rows(con, "location_facts", **where)
    topics = [row | {"topic": called.topic(row["topic"])} for row in marts.rows(con, "hand_over_topics", **where)]
    log = marts.rows(con, "log_trust", **where)[0]
    answers = (
        tables.roles(roles),
        tables.weeks(weekly, asked.grain),
        tables.locations(places, facts),
        tables.split(places),
        tables.location_weeks(marts.rows(con, "weekly_by_location", **where, grain=asked.grain), asked.grain),
        tables.pulls(facts),
        tables.found(marts.rows(con, "pulls_by_location", **where)),
        tables.topics(topics),
        tables.hand_overs(ledger(con), called),
        tables.not_counted(marts.rows(con, "waterfall", **span)),
        tables.log(log),
    )
    return Account(
        asked=asked,
        practice=practice["name"] if asked.words else "",
        time_zone=practice["time_zone"],
        known_to=practice["covered_to"] or practice["today"],
        calendars_to=practice["calendar_last_day"],
        weeks=con.execute("select weeks_in(?, ?)::double", [asked.from_day, asked.to_day]).fetchall()[0][0],
        notice=bool(practice["notice"]),
        said=tuple(sentence(row, asked.pen, before="the time before") for row in marts.rows(con, "half_minute", **versus)),
        roles=tuple(roles),
        weekly=tuple(weekly),
        places=tuple(places),
        facts=tuple(facts),
        fits=marts.rows(con, "hand_over", **where)[0],
        topics=tuple(topics),
        log=log,
        tables={table.name: table for table in answers},
    )
