"""The practice of a soak. Nothing in it is at the same time as anything else, so that hours are added up without our code.

March      a title a day that nobody knows, 1 h each
April      six series of Payroll, on four Mondays, 1 h each: they are corrected
February   what is loaded on the way: a calendar each, with a title that nobody knows, half an hour
the log    in the days before today, a call every twenty minutes
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from etl import hand_overs, logbook
from etl.hand_overs import HandOver
from etl.model import Interruption
from etl.store import open_read
from tests.browser.command_line import etl
from tests.browser.server import Server
from tests.making import PRACTICE, calendar, event
from tests.soak.model import WAITS, Model

WORDS = [
    "".join(syllables)
    for syllables in product(
        ("vum", "qua", "zef", "drix"), ("bol", "nak", "wiz", "pru"), ("et", "omp", "us", "ag"), ("tra", "no", "bix", "meg", "dal")
    )
]
TITLES = [word.capitalize() for word in WORDS[: len(WORDS) // 2]]
TOPICS = WORDS[len(WORDS) // 2 :]
WAITING = 48
SERIES = [f"{hour:02}" for hour in range(8, 14)]
MONDAYS = ("04-06", "04-13", "04-20", "04-27")
APRIL = "period=Between+two+days&from=2026-04-01&to=2026-04-30"
BEGUN = 2  # entries of the log, and hand-overs
LOG_DAYS, CALL = 12, 20  # days, and minutes from one call to the next


def series(hour: str) -> list[str]:
    """What the model calls the events of a series."""
    return [f"{day} {hour}" for day in MONDAYS]


def begin(server: Server) -> Model:
    """Load it; what is stored then."""
    folder, model = server.db.parent, Model()
    (folder / "practice.toml").write_text(PRACTICE, "utf-8")
    waiting = [
        event(title, f"2026-03-{2 + nth % 26:02} {8 + nth // 26:02}:00", f"{9 + nth // 26:02}:00", place="North")
        for nth, title in enumerate(TITLES[:WAITING])
    ]
    again = "RRULE:FREQ=WEEKLY;COUNT=4"
    weekly = [event("Payroll", f"2026-04-06 {hour}:00", f"{int(hour) + 1:02}:00", again, place="North") for hour in SERIES]
    (folder / "work.ics").write_bytes(calendar("Work", *waiting, *weekly))
    etl(server, "load", str(folder / "work.ics"))
    known = [each for hour in SERIES for each in series(hour)]
    model.hours = dict.fromkeys([*TITLES[:WAITING], *known], 1.0)
    moments = [datetime.fromisoformat(call(nth, midnight())) for nth in range(BEGUN)]
    logbook.write_down(server.db, [Interruption(at, 6.0, "North", topic=TOPICS[nth]) for nth, at in enumerate(moments)])
    for nth in range(BEGUN):
        model.correct_log(TOPICS[nth], 0, 6)
        hand_overs.keep(server.db, HandOver(midnight().date(), f"team {nth}", topic=f"first {nth}"))
        model.handed[f"team {nth}"] += 1
    model.roles = dict.fromkeys(TITLES, WAITS) | dict.fromkeys(known, frozenset(["management"]))
    return model


def extra(nth: int) -> tuple[str, str, bytes]:
    """A calendar that no other window has: its name, its one title, its export."""
    name, title = f"Extra {nth}", TITLES[WAITING + nth]
    at = f"{6 + nth // 25:02}"
    return (
        name,
        title,
        calendar(name, event(title, f"2026-02-{2 + nth % 25:02} {at}:00", f"{at}:30", uid=name, place="Riverside")),
    )


def call(nth: int, today: datetime) -> str:
    """When the nth call of the log was, as a line says it."""
    day = today - timedelta(days=1 + nth % LOG_DAYS)
    return (day + timedelta(minutes=CALL * (nth // LOG_DAYS))).strftime("%Y-%m-%d %H:%M")


def midnight() -> datetime:
    """The beginning of today, on the practice's clock."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def numbers_of_events(server: Server) -> dict[str, str]:
    """By the model's name of an event of a series: its number, as an address has it."""
    with open_read(server.db) as con:
        rows = con.execute(
            "select strftime(starts_at, '%m-%d %H'), occurrence_id::varchar from occurrences where title = 'Payroll'"
        )
        return dict(rows.fetchall())
