"""A practice from literals: exports written as text by hand, loaded through the real pipeline into a real file."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from etl import marts
from etl.pipeline import LoadReport, load
from etl.store import open_read, open_write

LOG_HEADER = "started_at,minutes,about_location,asked_by,topic,team_could,answered_at,via,note,role"
PRACTICE = """\
[practice]
name = "Maple"
time_zone = "UTC"
owner_emails = ["owner@example.com"]

[[location]]
name = "North"
aliases = ["12 Mill Road"]

[[location]]
name = "Riverside"
"""


def event(
    title: str, start: str, end: str = "", *more: str, uid: str = "", place: str = "", category: str = "", zone: str = "UTC"
) -> str:
    """One VEVENT. `start` is "2026-01-05 09:00" or a day; `end` also a time alone, on the same day; `more` are lines."""
    lines = [f"UID:{uid or title + start}", _at("DTSTART", start, zone)]
    if end:
        lines.append(_at("DTEND", end if len(end) > 5 else f"{start[:10]} {end}", zone))
    lines += [f"SUMMARY:{title}"] if title else []
    lines += [f"LOCATION:{place}"] if place else []
    lines += [f"CATEGORIES:{category}"] if category else []
    return "\r\n".join(["BEGIN:VEVENT", *lines, *more, "END:VEVENT"])


def calendar(name: str, *events: str) -> bytes:
    """An .ics file."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Making//EN"] + ([f"X-WR-CALNAME:{name}"] if name else [])
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def log(*rows: str) -> bytes:
    """An interruption log; a row may leave out commas at its end."""
    return "\n".join([LOG_HEADER, *(row + "," * (LOG_HEADER.count(",") - row.count(",")) for row in rows), ""]).encode()


@dataclass(frozen=True)
class Desk:
    """A database and the practice.toml beside it, in a folder of their own."""

    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "desk.duckdb"

    @property
    def practice(self) -> Path:
        return self.folder / "practice.toml"

    def file(self, name: str, data: bytes | str) -> Path:
        """A file on disk, outside of the database's own folder."""
        folder = self.folder.with_name(self.folder.name + "-exports")
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder / name

    def load(self, *files: tuple[str, bytes]) -> list[LoadReport]:
        """Load uploads by the pipeline."""
        return load(files, self.db)

    def take(self, *files: tuple[str, bytes]) -> None:
        """Load uploads, each of which must be taken."""
        for report in self.load(*files):
            assert report.refused is None, report.refused

    def ask(self, mart: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of a mart."""
        with open_read(self.db) as con:
            return rows(con, mart, **parameters)

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with open_read(self.db) as con:
            return con.execute(query).fetchall()

    def harm(self, statement: str) -> None:
        """Change the database behind the program's back."""
        with open_write(self.db) as con:
            con.execute(statement)

    def hours(self) -> dict[tuple[str, str], float]:
        """Counted hours by role and location."""
        found = self.sql(
            """select role, location, sum(epoch_us(ends_at) - epoch_us(starts_at)) / 3600e6
            from time_slices group by all order by all"""
        )
        return {(role, location): hours for role, location, hours in found}

    def titles(self) -> list[tuple[str, str | None]]:
        """Start and title of all that is stored, in order of time."""
        return self.sql("select strftime(starts_at, '%m-%d %H:%M'), title from occurrences order by starts_at, title")

    def broken(self) -> list[str]:
        """The invariants that what is stored does not hold."""
        return [row["invariant"] for row in self.ask("check") if row["broken"]]

    def has(self, text: str) -> bool:
        """Whether a text can be read, in any case, in any byte of any file beside the database, or in its name."""
        wanted = text.lower().encode()
        return any(
            wanted in path.read_bytes().lower() + path.name.lower().encode() for path in self.folder.rglob("*") if path.is_file()
        )


def rows(con: Any, mart: str, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of a mart, asked of an open database."""
    found = marts.ask(con, mart, **parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def at_desk(folder: Path, practice: str = PRACTICE) -> Desk:
    """A desk with a practice.toml on it."""
    folder.mkdir(exist_ok=True)
    desk = Desk(folder)
    if practice:
        desk.practice.write_text(practice, "utf-8")
    return desk


def day(text: str) -> date:
    """2026-01-05"""
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """2026-01-05 09:00, on the practice's wall clock."""
    return datetime.fromisoformat(text)


def _at(name: str, when: str, zone: str) -> str:
    digits = when.replace("-", "").replace(":", "").replace(" ", "T")
    if len(when) == 10:
        return f"{name};VALUE=DATE:{digits}"
    digits += "00"
    if zone == "UTC":
        return f"{name}:{digits}Z"
    return f"{name};TZID={zone}:{digits}" if zone else f"{name}:{digits}"
