"""The morning that README and Help draw: exports loaded like any others, so that what they come to is counted."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from etl import marts
from etl.pipeline import load
from etl.store import open_read

_PRACTICE = """\
[practice]
time_zone = "UTC"

[privacy]
clinical_titles = "keep"

[[location]]
name = "North"

[[location]]
name = "Riverside"
"""
_CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Owner Time//EN
X-WR-CALNAME:Owner
BEGIN:VEVENT
UID:list
DTSTART:20260914T090000Z
DTEND:20260914T120000Z
SUMMARY:Surgery list
LOCATION:North
END:VEVENT
BEGIN:VEVENT
UID:meeting
DTSTART:20260914T100000Z
DTEND:20260914T110000Z
SUMMARY:Staff meeting
LOCATION:North
END:VEVENT
END:VCALENDAR
"""
_LOG = "started_at,minutes,about_location,topic\n2026-09-14 10:20,6,Riverside,supplier order\n"
_DAY = "2026-09-14"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the day in a `layer`: 'calendar' and 'log' as they were written down, 'counted' as they count. Minutes since
    midnight; `name` is the event's title; `taken_from` what an interruption took it from, `management at North`, else ''."""

    layer: str
    name: str
    role: str
    location: str
    starts_minute: float
    ends_minute: float
    taken_from: str

    @property
    def hours(self) -> float:
        return (self.ends_minute - self.starts_minute) / 60


@dataclass(frozen=True, slots=True)
class Morning:
    """The stretches in order, the calendar first; and what they come to, in hours."""

    stretches: tuple[Stretch, ...]

    def layer(self, name: str) -> tuple[Stretch, ...]:
        """The stretches of one layer."""
        return tuple(each for each in self.stretches if each.layer == name)

    def hours(self, layer: str) -> float:
        """All hours of a layer, added up."""
        return sum(each.hours for each in self.layer(layer))

    def hours_of(self, role: str) -> float:
        """The counted hours of a role."""
        return sum(each.hours for each in self.layer("counted") if each.role == role)


def morning() -> Morning:
    """The example, counted by the very load that counts a practice."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "example.duckdb"
        db.with_name("practice.toml").write_text(_PRACTICE, "utf-8")
        reports = load([("owner.ics", _CALENDAR.encode()), ("log.csv", _LOG.encode())], db)
        if any(report.refused for report in reports):
            raise LookupError("the example was not taken")
        with open_read(db) as con:
            rows = marts.ask(con, "laid_and_counted", from_day=_DAY, to_day=_DAY).fetchall()
    return Morning(tuple(Stretch(*row) for row in rows))
