"""The report: hours by role and location and what was not counted, as text and as JSON, both from the marts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from etl import marts
from etl.model import ROLES, WrongUsage

if TYPE_CHECKING:  # what reads files would cost the first page a second
    from etl.pipeline import LoadReport, SourceReport


def report(con: duckdb.DuckDBPyConnection, from_day: date | None, to_day: date | None) -> dict[str, Any]:
    """The report as plain values: hours are numbers rounded to a millionth, days ISO text. Days as `days_of` has them."""
    zone = con.execute("select time_zone from coverage").fetchall()[0][0]
    from_day, to_day = days_of(con, from_day, to_day)
    days = {"from_day": from_day, "to_day": to_day}
    table = marts.ask(con, "hours_by_role_location", **days).fetchall()
    steps = marts.ask(con, "waterfall", **days).fetchall()
    not_counted = marts.ask(con, "not_counted", **days).fetchall()
    days_off, weeks, _ = marts.ask(con, "weeks", **days).fetchall()[0]
    by_location: dict[str, dict[str, float]] = {}
    by_role = dict.fromkeys(ROLES, 0.0)
    for role, _, location, _, hours in table:
        by_location.setdefault(location, {})[role] = _hours(hours)
        by_role[role] += hours
    notice = con.execute("select notice from practice").fetchall()[0][0]
    return {
        "from": from_day.isoformat(),
        "to": to_day.isoformat(),
        "time_zone": zone,
        "weeks": _hours(weeks),
        "days_off": days_off,
        "hours": _hours(sum(by_role.values())),
        "by_role": {role: _hours(hours) for role, hours in by_role.items()},
        "by_location": by_location,
        "not_counted": {reason: {"occurrences": count, "hours": _hours(hours)} for reason, count, hours in not_counted},
        "waterfall": [{"step": step, "hours": _hours(hours), "occurrences": count} for _, step, hours, count in steps],
        "notice": notice,
    }


def days_of(con: duckdb.DuckDBPyConnection, from_day: date | None, to_day: date | None) -> tuple[date, date]:
    """The first and the last day that are asked for; without them, the first covered one and the last that is not in the future.

    Raises WrongUsage where they are the wrong way round.
    """
    today, first, last = con.execute("select today, covered_from, covered_to from coverage").fetchall()[0]
    from_day = from_day or first or today
    to_day = to_day or max(last or today, from_day)
    if from_day > to_day:
        raise WrongUsage("report", f"the first day, {from_day}, is after the last, {to_day}", "Turn --from and --to round")
    return from_day, to_day


def report_text(r: dict[str, Any]) -> str:
    """The report as a person reads it."""
    lines = [
        f"From {r['from']} to {r['to']}, {r['weeks']:.1f} weeks{_off(r['days_off'])}, days of {r['time_zone']}."
        " Hours; in brackets a week.",
        "",
    ]
    width = max((len(location) for location in r["by_location"]), default=0) + 2
    lines.append(" " * width + "".join(f"{LABELS[role]:>12}" for role in ROLES) + f"{'All':>12}")
    for location, roles in r["by_location"].items():
        row = "".join(f"{roles[role]:>12.2f}" for role in ROLES)
        lines.append(f"{location:<{width}}{row}{sum(roles.values()):>12.2f}")
    lines.append(f"{'All':<{width}}" + "".join(f"{r['by_role'][role]:>12.2f}" for role in ROLES) + f"{r['hours']:>12.2f}")
    a_week = "".join(f"{'(%.2f)' % (r['by_role'][role] / r['weeks']):>12}" for role in ROLES)
    lines += [
        f"{'':<{width}}{a_week}{'(%.2f)' % (r['hours'] / r['weeks']):>12}",
        "",
        "From the calendars to the counted hours:",
    ]
    lines += [_step(s["step"], s["hours"], s["occurrences"]) for s in r["waterfall"] if s["hours"] or s["occurrences"]]
    if r["notice"]:
        lines += ["", r["notice"]]
    return "\n".join(lines)


def load_text(report: LoadReport) -> str:
    """What became of one file, as a person reads it."""
    if report.refused is not None:
        return f"Not taken: {report.refused}"
    if report.nothing_new:
        return f"{report.file_name}: nothing new. This file is loaded already."
    lines = []
    for source in report.sources:
        lines += [f"{report.file_name}: {_source_line(source)}"]
        lines += [f"  {source.new} new, {source.changed} changed, {source.gone} gone, {source.unchanged} unchanged"]
        lines += [_step(step.capitalize(), hours, count) for step, hours, count in source.waterfall if hours or count]
        if source.unclassified_hours:
            lines.append(f"  Not filed yet: {source.unclassified_hours:.2f} h. File them on the Roles page")
    for note in report.notes:
        lines.append(f"  Note, line {note.line}: {note.text}." if note.line else f"  Note: {note.text}.")
    return "\n".join(lines)


def _source_line(s: SourceReport) -> str:
    what = "calendar" if s.kind == "calendar" else "interruption log"
    noun = ("event" if s.kind == "calendar" else "interruption") + ("" if s.rows == 1 else "s")
    days = f", {s.covers_from} to {s.covers_to}" if s.covers_from else ""
    to_come = f", {s.hours_to_come:.2f} h of them still to come" if s.hours_to_come else ""
    return f"{what} “{s.name}”, {s.rows} {noun}{days}, {s.hours:.2f} h counted{to_come}"


def _step(step: str, hours: float, count: int | None) -> str:
    events = "" if count is None else f"  ({count})"
    return f"  {step:<36}{hours:>12.2f} h{events}"


def _off(days: int) -> str:
    return f" ({days} working day{'' if days == 1 else 's'} off left out)" if days else ""


def _hours(hours: float) -> float:
    return round(hours, 6) + 0.0  # + 0.0: no minus before a zero


LABELS = {
    "leadership": "Leadership",
    "management": "Management",
    "clinical": "Clinical",
    "unclassified": "Not filed",
    "personal": "Personal",
}
"""The roles as people read them."""
