"""At a quiet moment: what is stored is what the windows were told is done, and every total is the sum of it."""

from __future__ import annotations

import json

from etl.store import open_read
from pages.parts.format import exact
from tests.browser.command_line import etl
from tests.browser.tables import numbers
from tests.soak.windows import Soak, plain

NAMES = {"Leadership": "leadership", "Management": "management", "Personal": "personal", "Not filed": "unclassified"}


def judge(soak: Soak) -> None:
    """AssertionError where an edit is lost or doubled, a total is wrong, or the file is not sound."""
    soak.end()
    stored(soak)
    totals(soak)
    assert "BROKEN" not in etl(soak.server, "check")
    assert "Traceback" not in soak.server.log.read_text("utf-8", errors="replace")


def stored(soak: Soak) -> None:
    """Every edit of every kind, and none that was not told to be done."""
    model = soak.model
    with open_read(soak.server.db) as con:
        log = con.execute("select topic, date_diff('minute', starts_at, ends_at) from interruptions order by all").fetchall()
        titles = con.execute("select title, role from occurrences where title <> 'Payroll'").fetchall()
        events = con.execute("select strftime(starts_at, '%m-%d %H'), role from occurrences where title = 'Payroll'").fetchall()
        ledger = con.execute("select to_role, ended_on is not null from hand_overs order by all").fetchall()
        calendars = con.execute("select name from sources where name like 'Extra%' order by name").fetchall()
    assert log == model.log(), "the log"
    assert ledger == model.ledger(), "what is handed over"
    assert [name for (name,) in calendars] == sorted(model.loaded), "what is loaded"
    roles = dict(titles + events)
    assert sorted(roles) == sorted(model.hours), "titles and events"
    wrong = {thing: (role, set(model.roles[thing])) for thing, role in roles.items() if role not in model.roles[thing]}
    assert not wrong, f"answers and corrections, as (stored, told): {wrong}"
    model.roles |= {thing: frozenset([role]) for thing, role in roles.items()}


def totals(soak: Soak) -> None:
    """The model's own sums, the report of the command line, Overview and Locations: all the same."""
    report = json.loads(etl(soak.server, "report", "--json"))
    by_role = {role: round(hours, 6) for role, hours in report["by_role"].items() if hours}
    assert by_role == {role: round(hours, 6) for role, hours in soak.model.by_role().items() if hours}, "the report"
    page = soak.chance.choice(soak.windows)
    soak.open(page, "overview?period=All")
    rows = numbers(page, "roles")
    shown = {row[0]: plain(row[rows[0].index("Hours")]) for row in rows[1:]}
    for name, role in NAMES.items():
        assert shown.get(name, exact(0)) == plain(exact(report["by_role"].get(role, 0.0))), (name, shown, report["by_role"])
    soak.open(page, "locations?period=All")
    rows = numbers(page, "side")
    shown = {row[0]: plain(row[rows[0].index("Hours")]) for row in rows[1:]}
    for place, roles in report["by_location"].items():
        worked = sum(hours for role, hours in roles.items() if role != "personal")
        assert shown.get(place, exact(0)) == plain(exact(worked)), (place, shown, report["by_location"])
